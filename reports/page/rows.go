package page

import (
	"math"
	"slices"

	"cchc/reports/model"
)

const rule = 0.18 // width of table rules, mm

// tableLayout is a table whose font size and column widths are decided.
type tableLayout struct {
	head, body []gridRow
	total      int // index in body where the totals begin
	widths, xs []float64
	width      float64
	size, pad  float64
	padY       float64
}

func newTableLayout(t model.Table, width, height float64) *tableLayout {
	cols := len(t.Columns)
	for _, rows := range [][]model.Row{t.Rows, t.Total} {
		for _, r := range rows {
			cols = max(cols, len(r.Cells))
		}
	}
	for _, h := range t.Header {
		cols = max(cols, len(h))
	}
	cols = max(cols, len(t.Formula))
	l := &tableLayout{width: width, total: len(t.Rows), padY: 0.5}
	if cols == 0 {
		return l
	}
	l.head = grid(t, headerRows(t), cols, true)
	l.body = grid(t, slices.Concat(t.Rows, t.Total), cols, false)
	if len(t.Formula) > 0 {
		f := &l.head[len(l.head)-1]
		for i := range f.cells {
			f.cells[i].font.Bold, f.cells[i].font.Italic = false, true
			f.style = formula
			f.cells[i].measure()
			f.cells[i].formulaWidth()
		}
	}
	l.choose(t.Columns, measureColumns(cols, l.head, l.body), height)
	return l
}

// choose takes the largest size at which every word has room and the header
// leaves room for rows; a smaller one down to 9 when it saves a quarter of the
// lines, so that rows of short texts do not become towers.
func (l *tableLayout) choose(columns []model.Column, m measured, height float64) {
	best, lines := -1, 0.0
	for i, size := range sizes {
		if i < l.first() {
			continue
		}
		fits := l.try(columns, m, size)
		small := size <= smallest
		tiny := small && l.width/float64(len(l.widths))-2*l.pad <= size*Point*1.05
		if tiny || !small && (!fits || l.headHeight() > height*0.4) {
			continue
		}
		if d := l.depth(); best < 0 || len(l.body) > 6 && d <= lines*0.75 {
			best, lines = i, d
		}
		if size <= 9 {
			break
		}
	}
	if best >= 0 {
		l.try(columns, m, sizes[best])
	}
}

// first is the place in sizes to begin at: a list on a landscape page, which holds
// few lines, is set one size smaller than other tables.
func (l *tableLayout) first() int {
	if l.width > 200 && len(l.body) > 8 {
		return 1
	}
	return 0
}

func (l *tableLayout) try(columns []model.Column, m measured, size float64) bool {
	l.size, l.pad = size, padding(len(m.min))
	var fits bool
	l.widths, fits = m.fit(columns, size, l.width, l.pad)
	l.columns()
	return fits
}

// depth is the mean number of lines of a row, estimated from widths.
func (l *tableLayout) depth() float64 {
	lines := 0.0
	for r := range l.body {
		if l.body[r].style == model.Group { // one line across all columns
			lines++
			continue
		}
		deepest := 1.0
		for i := range l.body[r].cells {
			c := &l.body[r].cells[i]
			deepest = max(deepest, math.Ceil(c.nat*l.size/max(l.span(c)-2*l.pad-c.indent, 0.1)))
		}
		lines += deepest
	}
	return lines / max(1, float64(len(l.body)))
}

// formula marks the row "(3)=(4)+(5)"; it is small and not bold.
const formula model.RowStyle = -1

func headerRows(t model.Table) []model.Row {
	var out []model.Row
	for _, h := range t.Header {
		out = append(out, model.Row{Cells: h})
	}
	if len(t.Formula) > 0 {
		out = append(out, model.Row{Cells: t.Formula})
	}
	return out
}

func padding(cols int) float64 {
	switch {
	case cols > 40:
		return 0.1
	case cols > 10:
		return 0.7
	}
	return 1.2
}

func (l *tableLayout) columns() {
	l.xs = make([]float64, len(l.widths)+1)
	for i, w := range l.widths {
		l.xs[i+1] = l.xs[i] + w
	}
	l.xs[len(l.xs)-1] = l.width
}

func (l *tableLayout) span(c *cell) float64 { return sum(l.widths[c.col : c.col+c.cols]) }

func (l *tableLayout) fontSize(style model.RowStyle) float64 {
	if style == formula {
		return max(min(l.size-1.5, 8), 2)
	}
	return l.size
}

// setRow breaks the texts of a row and returns the height of the cells that end
// in it.
func (l *tableLayout) setRow(r *gridRow) float64 {
	h := l.minimum(r)
	for i := range r.cells {
		c := &r.cells[i]
		c.font.Size = l.fontSize(r.style)
		c.indent = min(c.indent, l.span(c)*0.15)
		w := max(l.span(c)-2*l.pad-c.indent, 0.1)
		c.lines = BreakText(c.text, c.font, c.ink, Shape{Width: w, Align: c.align})
		if c.rows == 1 {
			h = max(h, l.cellHeight(c))
		}
	}
	return h
}

func (l *tableLayout) minimum(r *gridRow) float64 {
	return Font{Size: l.fontSize(r.style)}.Height() + 2*l.padY
}

func (l *tableLayout) cellHeight(c *cell) float64 {
	h := 2 * l.padY
	for _, ln := range c.lines {
		h += ln.Height
	}
	return h
}

// heights sets rows and returns their heights, grown where a cell over several
// rows needs it.
func (l *tableLayout) heights(rows []gridRow) []float64 {
	hs := make([]float64, len(rows))
	for r := range rows {
		hs[r] = l.setRow(&rows[r])
	}
	for r := range rows {
		for i := range rows[r].cells {
			if c := &rows[r].cells[i]; c.rows > 1 {
				widen(hs[r:r+c.rows], l.cellHeight(c))
			}
		}
	}
	return hs
}

func (l *tableLayout) headHeight() float64 {
	return sum(l.heights(l.head))
}

// strips makes the strips of header, body and totals.
func (l *tableLayout) strips(height float64) []Strip {
	if len(l.xs) == 0 {
		return nil
	}
	var out []Strip
	head := &Strip{}
	if hs := l.heights(l.head); len(l.head) > 0 {
		if h := sum(hs); h <= height*0.6 {
			head.Height = h
			head.Ops = l.draw(l.head, hs, true)
			l.topLine(head)
			first := *head
			first.Keep = len(l.body) > 0
			out = append(out, first)
		} else {
			l.topLine(head)
			out = append(out, Strip{Ops: head.Ops, Keep: true})
			out = append(out, l.loose(l.head, height, head)...)
		}
	} else {
		l.topLine(head)
		out = append(out, Strip{Ops: head.Ops, Keep: true})
	}
	for from := 0; from < len(l.body); {
		to := l.group(from)
		out = append(out, l.rows(from, to, height, head)...)
		from = to
	}
	return tie(out, height)
}

// whole is the height up to which a table is not cut: a good half of a landscape
// page, which holds few rows, and a third of a portrait one.
const whole = 95.0

// tie keeps a short table on one page, and of a longer one at least four rows
// before a page end and as many after it.
func tie(rows []Strip, height float64) []Strip {
	n := len(rows)
	if extent(rows, true) <= min(whole, height*0.6) {
		for i := range n - 1 {
			rows[i].Keep = true
		}
		return rows
	}
	for i := range rows[:n-1] {
		if (i > 0 && i < 4 || i >= n-4) && rows[i].Height+rows[i+1].Height < height*0.2 {
			rows[i].Keep = true
		}
	}
	return rows
}

func (l *tableLayout) topLine(s *Strip) {
	var c Canvas
	c.Line(0, 0, l.width, 0, rule, FrameInk, nil)
	s.Ops = append(s.Ops, c.Ops...)
}

// group returns the end of the rows that cells over several rows tie together.
func (l *tableLayout) group(from int) int {
	for from < len(l.body)-1 && l.body[from].down != nil {
		from++
	}
	return from + 1
}

func (l *tableLayout) rows(from, to int, height float64, head *Strip) []Strip {
	part := l.body[from:to]
	hs := l.heights(part)
	if sum(hs)+head.Height > height {
		return l.loose(part, height, head)
	}
	// a total is not left alone at the top of a page
	keep := to == l.total && from < l.total && to < len(l.body)
	return []Strip{{Height: sum(hs), Ops: l.draw(part, hs, false), Keep: keep, Head: head}}
}

// loose sets rows that do not fit on one page: spans over rows are dissolved and
// rows are cut between their lines.
func (l *tableLayout) loose(rows []gridRow, height float64, head *Strip) []Strip {
	var out []Strip
	for r := range rows {
		row := rows[r]
		row.down = nil
		row.cells = slices.Clone(row.cells)
		for i := range row.cells {
			row.cells[i].rows = 1
		}
		one := []gridRow{row}
		hs := l.heights(one)
		if hs[0]+head.Height <= height {
			out = append(out, Strip{Height: hs[0], Ops: l.draw(one, hs, false), Head: head})
			continue
		}
		out = append(out, l.cutRow(&one[0], head)...)
	}
	return out
}

// cutRow cuts one row into strips of a line each.
func (l *tableLayout) cutRow(row *gridRow, head *Strip) []Strip {
	n := 0
	for i := range row.cells {
		n = max(n, len(row.cells[i].lines))
	}
	lh := Font{Size: l.fontSize(row.style)}.Height()
	var bottom Canvas
	bottom.Line(0, lh, l.width, lh, rule, FrameInk, nil)
	out := make([]Strip, 0, n)
	for k := range n {
		s := Strip{Height: lh, Head: head, Close: bottom.Ops, Keep: k == 0 || k == n-2}
		top := 0.0
		if k == 0 {
			s.Height += l.padY
			top = l.padY
		}
		if k == n-1 {
			s.Height += l.padY
			s.Keep = false
		}
		var c Canvas
		l.fill(&c, row.style, 0, s.Height)
		for i := range row.cells {
			if ce := &row.cells[i]; k < len(ce.lines) {
				l.setLine(&c, ce, ce.lines[k], top)
			}
		}
		c.Columns(l.edges(row), 0, s.Height, rule, FrameInk)
		if k == n-1 {
			c.Line(0, s.Height, l.width, s.Height, rule, FrameInk, nil)
			s.Close = nil
		} else {
			s.Close = Shift(bottom.Ops, 0, s.Height-lh)
		}
		s.Ops = c.Ops
		out = append(out, s)
	}
	return out
}
