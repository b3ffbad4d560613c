package pdf

import (
	"fmt"
	"slices"
	"strconv"

	"cchc/reports/model"
	"cchc/reports/page"
)

// texts lists what a report says and every page format must print. Labels that a
// chart may leave out when they would collide are not in it.
func texts(r model.Report) []string {
	var out []string
	add := func(s ...string) { out = append(out, s...) }
	spans := func(ss []model.Span) {
		all := ""
		for _, s := range ss {
			all += s.Text
			if s.Value != nil {
				all += page.Print(*s.Value)
			}
		}
		add(all)
	}
	for _, sec := range r.Sections {
		for _, b := range sec.Blocks {
			switch b := b.(type) {
			case model.Letterhead:
				add(b.Superior, b.Issuer, b.Number, b.Place)
			case model.Title:
				add(append([]string{b.Name}, b.Subject...)...)
			case model.Heading:
				add(b.Text)
			case model.Paragraph:
				spans(b.Spans)
			case model.List:
				for _, it := range b.Items {
					spans(it)
				}
			case model.Blank:
				add(b.Prompt)
			case model.KeyFigures:
				for _, it := range b.Items {
					add(it.Label, page.Print(it.Value), it.Detail)
				}
			case model.Table:
				add(b.Title, b.Unit)
				add(b.Notes...)
				add(cells(b)...)
			case model.Chart:
				add(b.Title)
				if len(b.Series) > 1 {
					for _, s := range b.Series {
						add(s.Name)
					}
				}
				if b.Kind != model.Line {
					add(b.Categories...)
				}
			case model.Signature:
				add(append(b.Recipients, b.Authority, b.Position, b.Name)...)
			}
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

func cells(t model.Table) []string {
	if t.NotPaged {
		return []string{strconv.Itoa(max(t.Selected, len(t.Rows)))}
	}
	var out []string
	row := func(cs []model.Cell) {
		for _, c := range cs {
			if !c.Covered {
				out = append(out, page.Print(c.Value))
			}
		}
	}
	for _, h := range t.Header {
		row(h)
	}
	row(t.Formula)
	for _, r := range slices.Concat(t.Rows, t.Total) {
		row(r.Cells)
	}
	return out
}

// faults finds what stands outside the margins and texts that overlap.
func faults(sheets []sheet) []string {
	const eps = 0.05
	var out []string
	for n, s := range sheets {
		w, h := s.frame.width(), s.frame.height()
		var texts []page.Op
		y := 0.0
		for _, st := range s.strips {
			y += st.Gap
			for _, o := range page.Shift(st.Ops, 0, y) {
				x1, y1, x2, y2 := extent(o)
				if x1 < -eps || y1 < -eps || x2 > w+eps || y2 > h+eps {
					out = append(out, fmt.Sprintf("page %d: kind %d %.40q at %.1f,%.1f–%.1f,%.1f is outside %.0f × %.0f", n+1, o.Kind, o.Text, x1, y1, x2, y2, w, h))
				}
				if o.Kind == page.OpText {
					texts = append(texts, o)
				}
			}
			y += st.Height
		}
		out = append(out, overlaps(texts, n+1)...)
	}
	return out
}

func extent(o page.Op) (x1, y1, x2, y2 float64) {
	switch o.Kind {
	case page.OpText:
		return o.X, o.Y - o.Font.Size*page.Point*0.7, o.X + o.TextWidth - o.Font.Width(trailing(o.Text)), o.Y + o.Font.Size*page.Point*0.2
	case page.OpPoly, page.OpColumns:
		x1, y1, x2, y2 = o.Points[0], o.Y, o.Points[0], max(o.Y, o.Y2)
		if o.Kind == page.OpPoly {
			y1 = o.Points[1]
			y2 = y1
		}
		for i, p := range o.Points {
			if o.Kind == page.OpColumns || i%2 == 0 {
				x1, x2 = min(x1, p), max(x2, p)
			} else {
				y1, y2 = min(y1, p), max(y2, p)
			}
		}
		return
	case page.OpAnchor, page.OpBookmark:
		return 0, o.Y, 0, o.Y
	}
	return min(o.X, o.X2), min(o.Y, o.Y2), max(o.X, o.X2), max(o.Y, o.Y2)
}

func trailing(s string) string {
	i := len(s)
	for i > 0 && s[i-1] == ' ' {
		i--
	}
	return s[i:]
}

func overlaps(texts []page.Op, n int) []string {
	var out []string
	slices.SortStableFunc(texts, func(a, b page.Op) int {
		switch {
		case a.Y < b.Y:
			return -1
		case a.Y > b.Y:
			return 1
		}
		return 0
	})
	for i, a := range texts {
		ax1, ay1, ax2, ay2 := extent(a)
		for _, b := range texts[i+1:] {
			bx1, by1, bx2, by2 := extent(b)
			if by1 > ay2 && b.Y-a.Y > 20 {
				break
			}
			const e = 0.15
			if min(ax2, bx2)-max(ax1, bx1) > e && min(ay2, by2)-max(ay1, by1) > e {
				out = append(out, fmt.Sprintf("page %d: %.30q and %.30q overlap", n, a.Text, b.Text))
			}
		}
	}
	return out
}
