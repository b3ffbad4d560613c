package page

import (
	"strings"
	"unicode"

	"cchc/reports/model"
)

// cell is one cell of a table with its place and its text.
type cell struct {
	col, cols, rows int // rows is the number of rows it covers
	text            string
	font            Font // its Size is set when the table's is known
	ink             Color
	align           Align
	wrap            bool // may break between words
	indent          float64
	link            string
	nat, min        float64 // width of the longest line and word, at 1 pt, in mm
	lines           []Line
}

// gridRow is a row of cells; covered columns have none.
type gridRow struct {
	cells []cell
	style model.RowStyle
	down  []bool // columns that go on into the next row; nil when none does
	inner []bool // column borders inside a cell; nil when there are none
}

// resolve finds the spans of rows. A span never covers a cell that has something
// to say, nor leaves the table, so that no odd input can lose a text.
func resolve(rows [][]model.Cell, cols int) [][]cell {
	taken := make([][]bool, len(rows))
	out := make([][]cell, len(rows))
	for r := range rows {
		out[r] = make([]cell, 0, cols)
		for c := 0; c < cols; c++ {
			if taken[r] != nil && taken[r][c] {
				continue
			}
			m := at(rows[r], c)
			w, h := 1, 1
			for w < m.ColSpan && c+w < cols && free(rows[r], taken[r], c+w) {
				w++
			}
			for h < m.RowSpan && r+h < len(rows) && freeRow(rows[r+h], taken[r+h], c, w) {
				h++
			}
			for i := 1; i < h; i++ {
				if taken[r+i] == nil {
					taken[r+i] = make([]bool, cols)
				}
				for j := 0; j < w; j++ {
					taken[r+i][c+j] = true
				}
			}
			out[r] = append(out[r], cell{col: c, cols: w, rows: h})
			c += w - 1
		}
	}
	return out
}

func at(row []model.Cell, c int) model.Cell {
	if c < len(row) {
		return row[c]
	}
	return model.Cell{}
}

// free reports a cell that a span may cover.
func free(row []model.Cell, taken []bool, c int) bool {
	if taken != nil && taken[c] {
		return false
	}
	m := at(row, c)
	return m.Covered || m.Value.Kind == model.String && m.Value.Text == "" && m.ColSpan < 2 && m.RowSpan < 2
}

func freeRow(row []model.Cell, taken []bool, c, w int) bool {
	for i := 0; i < w; i++ {
		if !free(row, taken, c+i) {
			return false
		}
	}
	return true
}

// grid fills the cells of rows with their text and look.
func grid(t model.Table, rows []model.Row, cols int, header bool) []gridRow {
	raw := make([][]model.Cell, len(rows))
	for i, r := range rows {
		raw[i] = r.Cells
	}
	spans := resolve(raw, cols)
	out := make([]gridRow, len(rows))
	for r, cells := range spans {
		first := true
		for i := range cells {
			c := &cells[i]
			m := at(raw[r], c.col)
			dress(c, m, rows[r].Style, column(t, c.col), header)
			// the row's name is indented, not its number
			if rows[r].Style == model.Detail && first && c.align == Left && strings.ContainsFunc(c.text, unicode.IsLetter) {
				c.indent = 3
			}
			if c.indent > 0 {
				first = false
			}
			c.measure()
			if header {
				c.nat = max(c.min, headerWidth(c.nat, cols))
			}
		}
		out[r] = gridRow{cells: cells, style: rows[r].Style}
	}
	for r := range out {
		for _, c := range out[r].cells {
			for i := 0; i < c.rows; i++ {
				out[r+i].cover(c, cols, i < c.rows-1)
			}
		}
	}
	return out
}

// headerWidth is what a header of natural width nat asks for at 1 pt: three lines
// before it widens a column, but a short one is not broken where there is room.
func headerWidth(nat float64, cols int) float64 {
	if cols <= 8 && nat < 1.7 || cols <= 12 && nat < 1.2 { // 19 and 13 mm at 11 pt
		return nat
	}
	return nat / 3
}

// cover notes what a cell of several columns or rows hides of the rules.
func (g *gridRow) cover(c cell, cols int, down bool) {
	if down && g.down == nil {
		g.down = make([]bool, cols)
	}
	if c.cols > 1 && g.inner == nil {
		g.inner = make([]bool, cols+1)
	}
	for j := 0; j < c.cols; j++ {
		if down {
			g.down[c.col+j] = true
		}
		if j > 0 {
			g.inner[c.col+j] = true
		}
	}
}

func column(t model.Table, c int) model.Column {
	if c < len(t.Columns) {
		return t.Columns[c]
	}
	return model.Column{}
}

// Print is what a value reads on paper; a ratio over 0 cannot be printed.
func Print(v model.Value) string {
	if (v.Kind == model.Ratio || v.Kind == model.Points) && v.Den == 0 {
		return "–"
	}
	return v.String()
}

func dress(c *cell, m model.Cell, style model.RowStyle, col model.Column, header bool) {
	c.text = Print(m.Value)
	c.link = m.Value.Link
	c.font = Font{Bold: m.Bold || header, Italic: m.Italic}
	c.wrap = m.Value.Kind == model.String && !col.NoWrap || m.Value.Kind == model.Moment || header
	switch style {
	case model.Sum, model.Group, model.Marked:
		c.font.Bold = true
	case model.Detail:
		c.font.Italic = true
	}
	switch m.Tone {
	case model.Good:
		c.ink = GoodInk
	case model.Bad:
		c.ink, c.font.Bold = BadInk, true
	case model.Muted:
		c.ink, c.font.Italic = MutedInk, true
	}
	if c.link != "" && c.ink == Black {
		c.ink = LinkInk
	}
	a := m.Align
	if a == model.Auto && !header {
		a = col.Align
	}
	switch {
	case a == model.Left:
		c.align = Left
	case a == model.Center, a == model.Auto && header:
		c.align = Center
	case a == model.Right, a == model.Auto && (m.Value.IsNumber() || m.Value.Kind == model.Missing):
		c.align = Right
	case a == model.Justify:
		c.align = Justify
	case m.Value.Kind == model.Day || m.Value.Kind == model.Moment:
		c.align = Center
	}
}

// measure finds the natural and the least width of the text, at 1 pt.
func (c *cell) measure() {
	c.text, _ = c.font.Clean(c.text)
	f := c.font.At(1)
	t := faces[f.index()].table()
	lineW, wordW := 0, 0
	nat, least := 0, 0
	for i, r := range c.text {
		w := 500
		if r < 1<<16 && t[r] != noGlyph {
			w = int(t[r])
		}
		switch {
		case r == '\n':
			lineW, wordW = 0, 0
			continue
		case r == ' ' && c.wrap && !sticky(c.text, i):
			lineW, wordW = lineW+w, 0
			continue
		}
		lineW, wordW = lineW+w, wordW+w
		nat, least = max(nat, lineW), max(least, wordW)
	}
	c.nat, c.min = float64(nat)*Point/1000, float64(least)*Point/1000
}

// formulaWidth lets "(3)=(4)+(5)" break between its terms, so that a formula does
// not widen its column.
func (c *cell) formulaWidth() {
	least := 0.0
	for _, term := range strings.SplitAfter(c.text, ")") {
		least = max(least, c.font.At(1).Width(term))
	}
	c.min, c.nat = least, least
}
