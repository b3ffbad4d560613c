package pdf

import (
	"strconv"
	"strings"

	"cchc/reports/model"
	"cchc/reports/page"
)

// Sizes in points and distances in millimetres of NĐ 30/2020/NĐ-CP, Phụ lục I.
const (
	bodySize   = 13.0
	firstLine  = 10.0           // 1–1.27 cm
	paragraph  = 6 * page.Point // at least 6 pt between paragraphs
	titleSize  = 14.0
	smallSize  = 10.5
	listHang   = 5.0
	blankLines = 2
)

// body is the font of running text.
var body = page.Font{Size: bodySize}

// flow lays the blocks of a section out in one column.
func flow(blocks []model.Block, f frame) []page.Strip {
	w := writer{width: f.width(), height: f.height()}
	for i, b := range blocks {
		var next model.Block
		if i+1 < len(blocks) {
			next = blocks[i+1]
		}
		w.block(untitled(b, blocks[:i]), next)
	}
	return w.strips
}

// untitled takes the caption from a table that says what the heading right above
// it says.
func untitled(b model.Block, before []model.Block) model.Block {
	t, ok := b.(model.Table)
	if !ok || len(before) == 0 || t.Title == "" {
		return b
	}
	if h, ok := before[len(before)-1].(model.Heading); ok && strings.HasSuffix(h.Text, ". "+t.Title) {
		if t.Sheet == "" {
			t.Sheet = t.Title
		}
		t.Title = ""
		return t
	}
	return b
}

type writer struct {
	width, height float64
	strips        []page.Strip
	turn          bool // the next strip begins a page
}

func (w *writer) add(strips ...page.Strip) {
	if len(strips) == 0 {
		return
	}
	if w.turn {
		strips[0].Break = true
		w.turn = false
	}
	w.strips = append(w.strips, strips...)
}

func (w *writer) block(b, next model.Block) {
	switch b := b.(type) {
	case model.Letterhead:
		w.add(letterhead(b, w.width)...)
	case model.Title:
		w.add(title(b, w.width)...)
	case model.Heading:
		w.add(heading(b, w.width)...)
	case model.Paragraph:
		_, signed := next.(model.Signature)
		w.paragraph(b, signed)
	case model.List:
		w.list(b)
	case model.Blank:
		w.add(blank(b, w.width)...)
	case model.KeyFigures:
		w.add(page.KeyFigures(b, w.width)...)
	case model.Table:
		w.add(page.Table(b, w.width, w.height)...)
	case model.Chart:
		w.add(page.Chart(b, w.width, w.height)...)
	case model.Signature:
		w.add(signature(b, w.width)...)
	case model.PageBreak:
		w.turn = len(w.strips) > 0
	case model.Rule:
		var c page.Canvas
		c.Line(0, 1.5, w.width, 1.5, 0.2, page.Black, nil)
		w.add(page.Strip{Height: 3, Ops: c.Ops})
	}
}

// lines makes strips of a text's lines. No single line of it stands alone at the
// foot or the top of a page.
func lines(ls []page.Line, width float64, align page.Align, gap float64) []page.Strip {
	out := make([]page.Strip, len(ls))
	for i, l := range ls {
		var c page.Canvas
		c.Set(0, 0, width, l, align)
		out[i] = page.Strip{Height: l.Height, Ops: c.Ops, Keep: len(ls) > 1 && (i == 0 || i == len(ls)-2) && i < len(ls)-1}
	}
	if len(out) > 0 {
		out[0].Gap = gap
	}
	return out
}

// keep ties all strips together, and to what follows.
func keep(strips []page.Strip) []page.Strip {
	for i := range strips {
		strips[i].Keep = true
	}
	return strips
}

func align(a model.Align) page.Align {
	switch a {
	case model.Left:
		return page.Left
	case model.Center:
		return page.Center
	case model.Right:
		return page.Right
	}
	return page.Justify
}

// runs turns spans into runs of the base font.
func runs(spans []model.Span, base page.Font) []page.Run {
	out := make([]page.Run, 0, len(spans))
	for _, s := range spans {
		r := page.Run{Text: s.Text, Font: base, Link: s.Link}
		if s.Value != nil {
			r.Text = page.Print(*s.Value)
			if r.Link == "" {
				r.Link = s.Value.Link
			}
		}
		r.Font.Bold = r.Font.Bold || s.Bold
		r.Font.Italic = r.Font.Italic != s.Italic
		if r.Link != "" {
			r.Color = page.LinkInk
		}
		out = append(out, r)
	}
	return out
}

func (w *writer) paragraph(p model.Paragraph, signed bool) {
	font, gap, indent := body, paragraph, firstLine
	if p.Small {
		font, gap = page.Font{Size: smallSize}, 1
	}
	a := align(p.Align)
	if p.Plain || a == page.Center || a == page.Right || p.Small {
		indent = 0
	}
	ls := page.Break(runs(p.Spans, font), page.Shape{Width: w.width, Indent: indent, Align: a})
	out := lines(ls, w.width, a, gap)
	if p.Keep || signed { // a signature is never alone on its page
		out[len(out)-1].Keep = true
	}
	w.add(out...)
}

func (w *writer) list(l model.List) {
	for i, item := range l.Items {
		mark := "-"
		if l.Ordered {
			mark = strconv.Itoa(i+1) + "."
		}
		font, left, gap := body, firstLine, paragraph*0.7
		if l.Small {
			font, left, gap = page.Font{Size: smallSize}, 0, 0.6
		}
		hang := max(listHang, font.Width(mark)+2)
		ls := page.Break(runs(item, font), page.Shape{Width: w.width - left - hang, Align: page.Justify})
		out := lines(ls, w.width-left-hang, page.Justify, gap)
		for j := range out {
			out[j].Ops = page.Shift(out[j].Ops, left+hang, 0)
		}
		var c page.Canvas
		c.Text(left, ls[0].Baseline, mark, font, page.Black)
		out[0].Ops = append(c.Ops, out[0].Ops...)
		w.add(out...)
	}
}

// blank is a gap for the author: the prompt in brackets, then dots to write on.
func blank(b model.Blank, width float64) []page.Strip {
	font := page.Font{Italic: true, Size: bodySize}
	prompt := b.Prompt
	if prompt != "" {
		prompt = "[" + prompt + "]"
	}
	ls := page.BreakText(prompt, font, page.Black, page.Shape{Width: width, Indent: firstLine})
	out := lines(ls, width, page.Left, paragraph)
	last := len(ls) - 1
	from := ls[last].Width
	if len(ls[last].Pieces) == 0 {
		from = firstLine
	}
	out[last].Ops = append(out[last].Ops, dots(from+1.5, width, body.Baseline())...)
	for range blankLines - 1 {
		out = append(out, page.Strip{Height: body.Height(), Ops: dots(0, width, body.Baseline())})
	}
	return keep(out[: len(out)-1 : len(out)])[:len(out)]
}

// dots fills a line with ellipses, and its last few millimetres with full stops.
func dots(from, to, base float64) []page.Op {
	room := to - from
	n := max(0, int(room/body.Width("…")))
	room -= float64(n) * body.Width("…")
	s := strings.Repeat("…", n) + strings.Repeat(".", max(0, int(room/body.Width("."))))
	var c page.Canvas
	c.Text(from, base, s, body, page.Gray(110))
	return c.Ops
}

func heading(h model.Heading, width float64) []page.Strip {
	level := min(max(h.Level, 1), 3)
	font := page.Font{Bold: true, Size: bodySize, Italic: level == 3}
	gap := paragraph
	if level == 1 {
		gap *= 1.7
	}
	text, _ := font.Clean(h.Text)
	ls := page.BreakText(text, font, page.Black, page.Shape{Width: width, Indent: firstLine, Align: page.Justify})
	out := keep(lines(ls, width, page.Left, gap))
	var c page.Canvas
	c.Anchor(0, h.ID)
	if text != "" {
		c.Ops = append(c.Ops, page.Op{Kind: page.OpBookmark, Text: text, Level: level - 1, Font: font})
	}
	out[0].Ops = append(c.Ops, out[0].Ops...)
	return out
}
