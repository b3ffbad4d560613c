package page

import "cchc/reports/model"

// draw records rows that belong together, from y = 0: first all shades, then
// texts and rules, so that a cell over several rows is not painted over.
func (l *tableLayout) draw(rows []gridRow, heights []float64, header bool) []Op {
	var c Canvas
	if header {
		c.Rect(0, 0, l.width, sum(heights), HeadFill)
	}
	y := 0.0
	for r := range rows {
		l.fill(&c, rows[r].style, y, heights[r])
		y += heights[r]
	}
	if rows[0].shaded() { // the shade covers half of the rule above
		c.Line(0, 0, l.width, 0, rule, FrameInk, nil)
	}
	y = 0
	for r := range rows {
		row := &rows[r]
		for i := range row.cells {
			ce := &row.cells[i]
			top := y + l.padY
			if ce.rows > 1 || header {
				top += (sum(heights[r:r+ce.rows]) - l.cellHeight(ce)) / 2
			}
			for _, ln := range ce.lines {
				l.setLine(&c, ce, ln, top)
				top += ln.Height
			}
		}
		c.Columns(l.edges(row), y, y+heights[r], rule, FrameInk)
		y += heights[r]
		l.bottom(&c, row, y)
	}
	return c.Ops
}

func (l *tableLayout) setLine(c *Canvas, ce *cell, ln Line, y float64) {
	x := l.xs[ce.col] + l.pad + ce.indent
	w := l.span(ce) - 2*l.pad - ce.indent
	c.Set(x, y, w, ln, ce.align)
	if ce.link != "" && len(ln.Pieces) > 0 {
		c.Link(l.xs[ce.col], y, l.span(ce), ln.Height, ce.link)
	}
}

func (g *gridRow) shaded() bool {
	return g.style == model.Group || g.style == model.Sum || g.style == model.Marked
}

// fill shades a row. The marked row also has a bar at its edge, which a copier
// cannot wash out.
func (l *tableLayout) fill(c *Canvas, style model.RowStyle, y, h float64) {
	switch style {
	case model.Group, model.Sum:
		c.Rect(0, y, l.width, h, RowFill)
	case model.Marked:
		c.Rect(0, y, l.width, h, MarkFill)
		c.Rect(0, y, 0.7, h, Black)
	}
}

// edges are the vertical rules of a row: every column's but inside spans.
func (l *tableLayout) edges(row *gridRow) []float64 {
	if row.inner == nil {
		return l.xs
	}
	out := make([]float64, 0, len(l.xs))
	for i, x := range l.xs {
		if !row.inner[i] {
			out = append(out, x)
		}
	}
	return out
}

// bottom rules off a row, but not through cells that go on below.
func (l *tableLayout) bottom(c *Canvas, row *gridRow, y float64) {
	if row.down == nil {
		c.Line(0, y, l.width, y, rule, FrameInk, nil)
		return
	}
	for i := range l.widths {
		if !row.down[i] {
			c.Line(l.xs[i], y, l.xs[i+1], y, rule, FrameInk, nil)
		}
	}
}
