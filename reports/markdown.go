package reports

import (
	"errors"
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"cchc/reports/model"
)

// page turns filled Markdown into sections of blocks.
type page struct {
	b        *builder
	file     string
	template string // as written, to find the line of a problem
	source   []byte // filled
	sections []model.Section
	problems []error
}

// parse reads Markdown with tokens. What a report cannot hold (HTML, images,
// code blocks, nested lists) is an error, never dropped.
func (b *builder) parse(file, template, filled string) ([]model.Section, error) {
	p := &page{b: b, file: file, template: template, source: []byte(filled)}
	md := goldmark.New(goldmark.WithExtensions(extension.Table))
	root := md.Parser().Parse(text.NewReader(p.source))
	p.sections = []model.Section{{}}
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		p.block(n)
	}
	if len(p.problems) > 0 {
		return nil, errors.Join(p.problems...)
	}
	out := p.sections[:0]
	for _, s := range p.sections {
		if len(s.Blocks) > 0 {
			out = append(out, s)
		}
	}
	return out, nil
}

func (p *page) add(blocks ...model.Block) {
	s := &p.sections[len(p.sections)-1]
	s.Blocks = append(s.Blocks, blocks...)
}

// complain reports a problem at the template line that holds the node's words.
func (p *page) complain(n ast.Node, format string, args ...any) {
	where := p.file
	words := p.literal(n)
	if i := strings.Index(p.template, words); words != "" && i >= 0 {
		where = fmt.Sprintf("%s:%d", p.file, lineAt(p.template, i))
	}
	p.problems = append(p.problems, fmt.Errorf("%s: "+format, append([]any{where}, args...)...))
}

// literal is the first run of the node's words that is no token.
func (p *page) literal(n ast.Node) string {
	var raw string
	_ = ast.Walk(n, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			raw = string(n.Segment.Value(p.source))
		case *ast.RawHTML:
			raw = string(n.Segments.Value(p.source))
		default:
			if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
				line := n.Lines().At(0)
				raw = string(line.Value(p.source))
			}
		}
		for _, s := range p.b.pieces(raw) {
			if t := strings.TrimSpace(s.text); t != "" {
				raw = t
				return ast.WalkStop, nil
			}
		}
		raw = ""
		return ast.WalkContinue, nil
	})
	return raw
}

func (p *page) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		if n.Level > 3 {
			p.complain(n, "a report has three levels of headings; use #, ## or ###")
			return
		}
		p.add(model.Heading{Level: n.Level, Text: spansText(p.spans(n))})
	case *ast.Paragraph:
		p.paragraph(n)
	case *ast.List:
		p.list(n)
	case *ast.ThematicBreak:
		p.add(model.Rule{})
	case *ast.Blockquote:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if _, ok := c.(*ast.Paragraph); !ok {
				p.complain(n, "a note (>) holds paragraphs only")
				return
			}
			p.add(model.Paragraph{Spans: p.spans(c), Plain: true, Small: true})
		}
	case *xast.Table:
		p.table(n)
	case *ast.HTMLBlock:
		p.complain(n, "HTML is not for reports; a remark is written {{/* … */}}")
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		p.complain(n, "a line indented by four spaces or fenced is code, which a report cannot hold; remove the indent")
	default:
		p.complain(n, "%s is not for reports", n.Kind())
	}
}

// paragraph is words, or directives standing alone.
func (p *page) paragraph(n *ast.Paragraph) {
	raw := string(n.Lines().Value(p.source))
	var blocks, words int
	pieces := p.b.pieces(raw)
	for _, s := range pieces {
		switch {
		case s.token != nil && !s.token.inline():
			blocks++
		case s.token != nil || strings.TrimSpace(s.text) != "":
			words++
		}
	}
	if blocks > 0 && words > 0 {
		p.complain(n, "a directive for a table, chart or list stands in the middle of a line; give it a line of its own")
		return
	}
	if blocks == 0 {
		if spans := p.spans(n); strings.TrimSpace(spansText(spans)) != "" {
			p.add(model.Paragraph{Spans: spans})
		}
		return
	}
	for _, s := range pieces {
		switch {
		case s.token == nil:
		case s.token.turn != nil:
			p.sections = append(p.sections, *s.token.turn)
		default:
			p.add(s.token.blocks()...)
		}
	}
}

func (p *page) list(n *ast.List) {
	if n.IsOrdered() && n.Start != 1 {
		p.complain(n, "a numbered list starts at 1; write a heading for a number of the outline")
		return
	}
	list := model.List{Ordered: n.IsOrdered()}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		c := item.FirstChild()
		if c == nil {
			continue
		}
		switch c.(type) {
		case *ast.TextBlock, *ast.Paragraph:
		default:
			p.complain(item, "a list item holds words only")
			continue
		}
		if c.NextSibling() != nil {
			p.complain(c, "a list item holds one paragraph and no list")
			continue
		}
		list.Items = append(list.Items, p.spans(c))
	}
	p.add(list)
}

// table is a table written in the template itself, for a province's own forms.
func (p *page) table(n *xast.Table) {
	var t model.Table
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []model.Cell
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, cellOf(p.spans(c)))
		}
		if _, ok := row.(*xast.TableHeader); ok {
			t.Columns = make([]model.Column, len(cells))
			t.Header = [][]model.Cell{cells}
			continue
		}
		t.Rows = append(t.Rows, model.Row{Cells: cells})
	}
	p.add(p.b.finish(t))
}

// cellOf keeps a lone value typed and prints everything else as text.
func cellOf(spans []model.Span) model.Cell {
	if len(spans) == 1 && spans[0].Value != nil {
		return model.Cell{Value: *spans[0].Value}
	}
	return model.Cell{Value: model.Text(spansText(spans))}
}

// style is what surrounds a piece of text.
type style struct {
	bold, italic bool
	link         string
}

func (p *page) spans(n ast.Node) []model.Span {
	var out []model.Span
	p.collect(n, style{}, &out)
	return out
}

func (p *page) collect(n ast.Node, st style, out *[]model.Span) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			s := string(c.Segment.Value(p.source))
			if c.SoftLineBreak() || c.HardLineBreak() {
				s += " "
			}
			p.words(c, s, st, out)
		case *ast.String:
			p.words(c, string(c.Value), st, out)
		case *ast.Emphasis:
			inner := st
			if c.Level > 1 {
				inner.bold = true
			} else {
				inner.italic = true
			}
			p.collect(c, inner, out)
		case *ast.Link:
			inner := st
			if id, ok := strings.CutPrefix(string(c.Destination), "#"); ok {
				inner.link = id
			}
			p.collect(c, inner, out)
		case *ast.CodeSpan:
			p.collect(c, st, out)
		case *ast.AutoLink:
			*out = append(*out, model.Span{Text: string(c.Label(p.source)), Bold: st.bold, Italic: st.italic})
		default:
			p.complain(n, "%s is not for reports; write plain words", c.Kind())
		}
	}
}

// words exchanges the tokens of a run of text and undoes the escapes of the
// literal words around them.
func (p *page) words(n ast.Node, s string, st style, out *[]model.Span) {
	for _, piece := range p.b.pieces(s) {
		spans := []model.Span{{Text: string(unescape([]byte(piece.text)))}}
		if piece.token != nil {
			if !piece.token.inline() {
				p.complain(n.Parent(), "a directive for a table, chart or list cannot stand inside other text")
				return
			}
			spans = piece.token.spans
		}
		for _, sp := range spans {
			sp.Bold, sp.Italic = sp.Bold || st.bold, sp.Italic || st.italic
			if st.link != "" {
				sp.Link = st.link
			}
			*out = join(*out, sp)
		}
	}
}

// join appends a span, growing the last one when both are words of one style.
func join(out []model.Span, s model.Span) []model.Span {
	if n := len(out); n > 0 && s.Value == nil {
		last := &out[n-1]
		if last.Value == nil && last.Bold == s.Bold && last.Italic == s.Italic && last.Link == s.Link {
			last.Text += s.Text
			return out
		}
	}
	return append(out, s)
}

func unescape(s []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(s)))
}
