package page

import (
	"fmt"

	"cchc/reports/model"
)

// sizes are tried in turn until a table's columns fit. The last ones are for
// tables with so many columns that no character would fit otherwise.
var sizes = []float64{11, 10, 9, 8, 7, 6, 5, 4, 3}

// smallest is the size below which words are cut instead.
const smallest = 8

// Table lays a table out in strips of the given width; height is that of a page.
// The header is printed again on every page, rows stay whole unless they are
// taller than a page.
func Table(t model.Table, width, height float64) []Strip {
	out := caption(t, width)
	if t.NotPaged {
		out = append(out, note(notPaged(t), width, true)...)
		return keepAll(append(out, notes(t.Notes, width)...), height)
	}
	l := newTableLayout(t, width, height)
	body := l.strips(height)
	out = append(out, body...)
	tail := notes(t.Notes, width)
	if t.Selected > len(t.Rows) {
		tail = append(note(more(t), width, true), tail...)
	}
	if len(tail) > 0 {
		out[len(out)-1].Keep = true
		tail[0].Gap += 1
		if extent(tail, true) < height*0.2 {
			keepAll(tail, height)
		}
	}
	out = append(out, tail...)
	return append(out, Strip{Gap: 2})
}

func caption(t model.Table, width float64) []Strip {
	var out []Strip
	head := Font{Bold: true, Size: 12}
	if t.Title != "" {
		for _, l := range Balance(t.Title, head, width) {
			var c Canvas
			c.Set(0, 0, width, l, Center)
			out = append(out, Strip{Height: l.Height, Ops: c.Ops, Keep: true})
		}
	}
	if t.Unit != "" {
		for i, l := range BreakText(t.Unit, Font{Italic: true, Size: 11}, Black, Shape{Width: width}) {
			var c Canvas
			c.Set(0, 0, width, l, Right)
			s := Strip{Height: l.Height, Ops: c.Ops, Keep: true}
			if i == 0 {
				s.Gap = 1
			}
			out = append(out, s)
		}
	}
	if len(out) > 0 {
		out[len(out)-1].Height += 1
	} else {
		out = append(out, Strip{Keep: true})
	}
	var c Canvas
	c.Anchor(0, t.ID)
	out[0].Ops = append(c.Ops, out[0].Ops...)
	out[0].Gap = 3
	return out
}

func notPaged(t model.Table) string {
	n := max(t.Selected, len(t.Rows))
	return fmt.Sprintf("Danh sách có %s dòng, không in ở đây; xem trang tính “%s” trong tệp Excel kèm theo.",
		model.Thousands(int64(n)), sheet(t))
}

func more(t model.Table) string {
	return fmt.Sprintf("Hiển thị %s/%s dòng; đầy đủ tại trang tính “%s” trong tệp Excel kèm theo.",
		model.Thousands(int64(len(t.Rows))), model.Thousands(int64(t.Selected)), sheet(t))
}

func sheet(t model.Table) string {
	switch {
	case t.Sheet != "":
		return t.Sheet
	case t.Title != "":
		return t.Title
	}
	return t.ID
}

func notes(lines []string, width float64) []Strip {
	var out []Strip
	for _, s := range lines {
		out = append(out, note(s, width, false)...)
	}
	return out
}

func note(s string, width float64, italic bool) []Strip {
	var out []Strip
	lines := BreakText(s, Font{Italic: italic, Size: 10}, Black, Shape{Width: width, Align: Justify})
	for i, l := range lines {
		var c Canvas
		c.Set(0, 0, width, l, Left)
		st := Strip{Height: l.Height, Ops: c.Ops, Keep: len(lines) < 4 && i < len(lines)-1}
		if i == 0 {
			st.Gap = 0.5
		}
		out = append(out, st)
	}
	return out
}

// keepAll makes strips one block when that fits on a page.
func keepAll(strips []Strip, height float64) []Strip {
	if extent(strips, true) > height {
		return strips
	}
	for i := range strips[:max(0, len(strips)-1)] {
		strips[i].Keep = true
	}
	return strips
}
