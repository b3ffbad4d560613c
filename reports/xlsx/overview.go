package xlsx

import (
	"fmt"
	"strings"

	"cchc/reports/model"
	"cchc/reports/xlsx/workbook"
)

// overviewWidths are the columns of "Tổng quan": label, value, numerator,
// denominator, remark.
var overviewWidths = []float64{42, 17, 12, 12, 40}

// firstSheet is the sheet "Tổng quan" being filled; row is the next free row of it.
type firstSheet struct {
	*writer
	s   *workbook.Sheet
	row int
}

func (w *writer) overview(s *workbook.Sheet) {
	s.NoGrid, s.Footer, s.Header = true, w.report.Footer, w.draft()
	for i, width := range overviewWidths {
		s.Width(i+1, width)
	}
	o := &firstSheet{writer: w, s: s, row: 1}
	r := w.report
	o.line(strings.ToUpper(r.Author), workbook.Style{Bold: true, Color: muted})
	o.line(r.Title, workbook.Style{Bold: true, Size: 16, Color: ink})
	o.line(r.Subject, workbook.Style{Size: 12})
	if r.Draft {
		o.line("DỰ THẢO", workbook.Style{Bold: true, Size: 12, Color: bad})
	}
	if !r.Created.IsZero() {
		o.line("Lập lúc "+r.Created.Format("15:04 ngày 02/01/2006"), workbook.Style{Italic: true, Color: muted})
	}
	o.line(r.Footer, workbook.Style{Italic: true, Color: muted})
	o.keyFigures()
	o.headline()
	o.list()
	o.prose()
}

// line writes a text over the whole width; a text too long for a cell goes on in
// the next row.
func (o *firstSheet) line(text string, st workbook.Style) {
	if strings.TrimSpace(text) == "" {
		return
	}
	st.Wrap, st.Top = true, true
	size := max(st.Size, 11)
	indent := 2 * float64(st.Indent)
	for _, piece := range workbook.Split(workbook.Clean(text)) {
		o.s.Put(o.row, 1, workbook.Cell{Value: piece, Style: o.style(st)})
		o.s.Merge(o.row, 1, o.row, len(overviewWidths))
		lines := workbook.Lines(piece, (sum(overviewWidths)-indent)*11/size*1.02)
		o.s.Height(o.row, size*1.36*float64(lines)+3)
		o.row++
	}
}

func (o *firstSheet) part(title string) {
	o.row++
	o.line(title, workbook.Style{Bold: true, Size: 13, Color: ink})
}

func (o *firstSheet) header(names ...string) {
	st := o.style(workbook.Style{Bold: true, Fill: headFill, Border: true, Align: "center", Wrap: true})
	for i, n := range names {
		o.s.Put(o.row, i+1, workbook.Cell{Value: n, Style: st})
	}
	o.row++
}

// figure writes a row label, value, numerator, denominator, remark.
func (o *firstSheet) figure(label string, v model.Value, t model.Tone, remark string) {
	plain := workbook.Style{Border: true, Wrap: true}
	to := o.byID[v.Link]
	lab := plain
	if to != nil && to != o.s {
		lab.Link, lab.Color = true, ink
		o.s.Link(o.row, 1, to)
	}
	o.s.Put(o.row, 1, o.cell(model.Text(label), lab))
	o.s.Put(o.row, 2, o.cell(v, workbook.Style{Border: true, Bold: true, Align: "right", Color: tone(t)}))
	num, den := model.Value{}, model.Value{}
	if v.Kind == model.Ratio {
		num, den = model.Int(v.Num), model.Int(v.Den)
	}
	o.s.Put(o.row, 3, o.cell(num, plain))
	o.s.Put(o.row, 4, o.cell(den, plain))
	if v.Kind == model.Missing && v.Why != "" {
		o.s.Note(o.row, 2, v.Why)
		remark = strings.TrimPrefix(remark+"; "+v.Why, "; ")
	}
	plain.Color = muted
	o.s.Put(o.row, 5, o.cell(model.Text(remark), plain))
	o.row++
}

func (o *firstSheet) keyFigures() {
	begun := false
	for _, sec := range o.report.Sections {
		for _, b := range sec.Blocks {
			k, ok := b.(model.KeyFigures)
			if !ok {
				continue
			}
			if !begun {
				begun = true
				o.part("Số liệu chính")
				o.header("Chỉ tiêu", "Giá trị", "Tử số", "Mẫu số", "Chi tiết")
			}
			for _, f := range k.Items {
				o.figure(f.Label, f.Value, f.Tone, f.Detail)
			}
		}
	}
}

// headline lists the figures with a defined name each; the last column prints it.
func (o *firstSheet) headline() {
	if len(o.report.Headline) == 0 {
		return
	}
	o.part("Số liệu có tên để dẫn chiếu")
	o.header("Số liệu", "Giá trị", "Tử số", "Mẫu số", "Tên trong sổ tính")
	for _, h := range o.report.Headline {
		name := o.book.Define(h.Name, h.Label, o.s, o.row, 2)
		o.figure(firstOf(h.Label, h.Name), h.Value, model.Neutral, name)
	}
}

// list names the sheets that follow, each a link.
func (o *firstSheet) list() {
	if len(o.index) == 0 {
		return
	}
	o.part("Các trang tính")
	o.header("Trang tính", "Số dòng", "Nội dung", "", "")
	o.s.Merge(o.row-1, 3, o.row-1, 5)
	link := o.style(workbook.Style{Border: true, Link: true, Color: ink})
	for _, e := range o.index {
		o.s.Put(o.row, 1, workbook.Cell{Value: e.sheet.Name, Style: link})
		o.s.Link(o.row, 1, e.sheet)
		rows := model.Int(int64(e.rows))
		if e.rows < 0 {
			rows = model.Text("biểu đồ")
		}
		o.s.Put(o.row, 2, o.cell(rows, workbook.Style{Border: true, Align: "right"}))
		body := workbook.Style{Border: true, Wrap: true}
		o.s.Put(o.row, 3, o.cell(model.Text(e.title), body))
		o.s.Put(o.row, 4, o.cell(model.Value{}, body))
		o.s.Put(o.row, 5, o.cell(model.Value{}, body))
		o.s.Merge(o.row, 3, o.row, 5)
		o.s.Height(o.row, 15*float64(workbook.Lines(e.title, sum(overviewWidths[2:])*0.95))+2)
		o.row++
	}
}

// prose writes the report's text, with a line where a table or chart stands.
func (o *firstSheet) prose() {
	begun := false
	for i, sec := range o.report.Sections {
		for j, b := range sec.Blocks {
			before := o.row
			if !begun {
				o.row += 2 // room for the title, kept only when there is text
			}
			start := o.row
			o.block(b, [2]int{i, j})
			switch {
			case o.row == start:
				o.row = before
			case !begun:
				begun = true
				end := o.row
				o.row = before
				o.part("Nội dung báo cáo")
				o.row = end
			}
		}
	}
}

func (o *firstSheet) block(b model.Block, key [2]int) {
	switch b := b.(type) {
	case model.Title:
		o.line(b.Name, workbook.Style{Bold: true, Size: 13, Align: "center"})
		for _, l := range b.Subject {
			o.line(l, workbook.Style{Bold: true, Align: "center"})
		}
	case model.Heading:
		o.line(b.Text, workbook.Style{Bold: true, Italic: b.Level > 2, Size: float64(14 - min(b.Level, 3)), Color: ink})
	case model.Paragraph:
		st := workbook.Style{Align: align(b.Align)}
		if b.Small {
			st.Size, st.Italic = 10, true
		}
		o.line(words(b.Spans), st)
	case model.List:
		for n, item := range b.Items {
			mark := "– "
			if b.Ordered {
				mark = fmt.Sprintf("%d. ", n+1)
			}
			o.line(mark+words(item), workbook.Style{Indent: 1})
		}
	case model.Blank:
		o.line("[ "+b.Prompt+" ]", workbook.Style{Italic: true, Color: muted, Fill: markFill})
	case model.Table, model.Chart:
		o.pointer(key)
	}
}

// pointer says on which sheet the table or chart of this place stands.
func (o *firstSheet) pointer(key [2]int) {
	for _, e := range o.index {
		if e.key != key {
			continue
		}
		kind := "Bảng"
		if e.rows < 0 {
			kind = "Biểu đồ"
		}
		at := o.row
		o.line(fmt.Sprintf("→ %s “%s”: trang tính “%s”", kind, e.title, e.sheet.Name), workbook.Style{Link: true, Color: ink, Indent: 1})
		o.s.Link(at, 1, e.sheet)
	}
}

func words(spans []model.Span) string {
	var b strings.Builder
	for _, s := range spans {
		if s.Value != nil {
			b.WriteString(s.Value.String())
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}
