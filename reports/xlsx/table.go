package xlsx

import (
	"fmt"
	"strings"

	"cchc/reports/model"
	"cchc/reports/xlsx/workbook"
)

// maxNotes is how many reasons of missing values hang on their cells; when there
// are more, they stand in a column of their own.
const maxNotes = 300

// grid is a table on its way to a sheet.
type grid struct {
	t       model.Table
	widths  []float64
	span    int  // columns that title and notes run over
	reasons bool // a last column holds the reasons of missing values
}

func (w *writer) table(t model.Table, landscape bool, key [2]int) error {
	if err := rectangular(t); err != nil {
		return err
	}
	title := firstOf(t.Title, t.Sheet, t.ID, "Bảng")
	s, err := w.add(firstOf(t.Sheet, t.Title, t.ID, "Bảng"), t.ID, title, len(t.Rows), key)
	if err != nil {
		return err
	}
	s.Landscape = landscape || len(t.Columns) > 9
	g := newGrid(t)
	row := w.head(s, g, title, t.Unit, nil)
	first := row
	for _, r := range t.Rows {
		row = w.putRow(s, g, row, r)
	}
	last := row - 1
	for _, r := range t.Total {
		if r.Style == model.Body {
			r.Style = model.Sum
		}
		row = w.putRow(s, g, row, r)
	}
	if last >= first && flat(t) {
		s.Filter(first-1, 1, last, g.columns())
	}
	w.notes(s, g, row)
	return nil
}

// rectangular checks what the model promises: every row has a cell per column.
func rectangular(t model.Table) error {
	n := len(t.Columns)
	check := func(what string, i int, cells int) error {
		if cells != n {
			return fmt.Errorf("table %q: %s %d has %d cells, the table %d columns", firstOf(t.ID, t.Title), what, i+1, cells, n)
		}
		return nil
	}
	for i, h := range t.Header {
		if err := check("header row", i, len(h)); err != nil {
			return err
		}
	}
	if t.Formula != nil {
		if err := check("formula row", 0, len(t.Formula)); err != nil {
			return err
		}
	}
	for i, r := range t.Rows {
		if err := check("row", i, len(r.Cells)); err != nil {
			return err
		}
	}
	for i, r := range t.Total {
		if err := check("total row", i, len(r.Cells)); err != nil {
			return err
		}
	}
	if n == 0 {
		return fmt.Errorf("table %q has no columns", firstOf(t.ID, t.Title))
	}
	return nil
}

// flat reports whether the rows can be filtered and sorted without tearing
// apart rows that belong together.
func flat(t model.Table) bool {
	for _, r := range t.Rows {
		if r.Style == model.Group || r.Style == model.Detail {
			return false
		}
		for _, c := range r.Cells {
			if c.Covered || c.ColSpan > 1 || c.RowSpan > 1 {
				return false
			}
		}
	}
	return true
}

func newGrid(t model.Table) *grid {
	g := &grid{t: t}
	missing := 0
	for _, rows := range [][]model.Row{t.Rows, t.Total} {
		for _, r := range rows {
			for _, c := range r.Cells {
				if c.Value.Kind == model.Missing && c.Value.Why != "" {
					missing++
				}
			}
		}
	}
	g.reasons = missing > maxNotes
	g.measure()
	return g
}

func (g *grid) columns() int {
	if g.reasons {
		return len(g.t.Columns) + 1
	}
	return len(g.t.Columns)
}

// head writes title, subject, lines and the header of a table from the first row
// on, sets what depends on it, and returns the row where the body starts.
func (w *writer) head(s *workbook.Sheet, g *grid, title, unit string, lines []string) int {
	for i, width := range g.widths {
		s.Width(i+1, width)
	}
	row := 1
	line := func(text string, st workbook.Style, perLine float64) {
		if text == "" {
			return
		}
		st.Wrap = true
		s.Put(row, 1, workbook.Cell{Value: text, Style: w.style(st)})
		s.Merge(row, 1, row, g.span)
		s.Height(row, perLine*float64(workbook.Lines(text, g.total()*11/max(st.Size, 11)*0.92))+2)
		row++
	}
	line(title, workbook.Style{Bold: true, Size: 13, Color: ink}, 17)
	line(w.report.Subject, workbook.Style{Italic: true, Color: muted}, 15)
	for _, l := range lines {
		line(l, workbook.Style{Size: 10, Color: muted}, 14)
	}
	line(unit, workbook.Style{Italic: true, Size: 10, Align: "right"}, 14)
	s.TitleFrom = row
	for i, cells := range g.t.Header {
		w.headRow(s, g, row, cells, workbook.Style{Bold: true, Fill: headFill})
		s.Height(row, g.headHeight(i))
		row++
	}
	if g.reasons {
		st := w.style(workbook.Style{Bold: true, Fill: headFill, Border: true, Align: "center", Wrap: true})
		for r := s.TitleFrom; r < row; r++ {
			s.Put(r, g.columns(), workbook.Cell{Style: st})
		}
		s.Put(s.TitleFrom, g.columns(), workbook.Cell{Value: "Vì sao không có số liệu", Style: st})
		s.Merge(s.TitleFrom, g.columns(), row-1, g.columns())
	}
	if g.t.Formula != nil {
		w.headRow(s, g, row, g.t.Formula, workbook.Style{Italic: true, Size: 10})
		row++
	}
	s.TitleTo, s.FreezeRow = row-1, row-1
	return row
}

func (w *writer) headRow(s *workbook.Sheet, g *grid, row int, cells []model.Cell, st workbook.Style) {
	for c, cell := range cells {
		st := st
		st.Border, st.Wrap, st.Align = true, true, firstOf(align(cell.Align), "center")
		st.Bold, st.Italic = st.Bold || cell.Bold, st.Italic || cell.Italic
		s.Put(row, c+1, w.cell(cell.Value, st))
		s.Merge(row, c+1, row+max(cell.RowSpan, 1)-1, c+max(cell.ColSpan, 1))
	}
}

// putRow writes a body or total row and what its long texts overflow into, and
// returns the next row.
func (w *writer) putRow(s *workbook.Sheet, g *grid, row int, r model.Row) int {
	for c, cell := range r.Cells {
		if cell.Value.Kind == model.Missing && cell.Value.Why != "" && !g.reasons {
			s.Note(row, c+1, cell.Value.Why)
		}
		wide, high := max(cell.ColSpan, 1), max(cell.RowSpan, 1)
		s.Merge(row, c+1, row+high-1, c+wide)
		if wide > 1 { // Excel does not fit the height of a row to merged cells
			if n := workbook.Lines(cell.Value.String(), sum(g.widths[c:c+wide])*0.95); n > 1 {
				s.Height(row, 15*float64(n)+2)
			}
		}
	}
	for _, cells := range w.row(g, r) {
		s.PutRow(row, cells)
		row++
	}
	return row
}

// row makes the cells of a row; more rows follow when a text is longer than a
// cell can hold.
func (w *writer) row(g *grid, r model.Row) [][]workbook.Cell {
	cells := make([]workbook.Cell, 0, g.columns())
	var why []string
	for c := range r.Cells {
		cell := &r.Cells[c]
		cells = append(cells, w.cell(cell.Value, rowLook(r.Style, g.t.Columns[c], cell, c == 0)))
		if v := cell.Value; v.Kind == model.Missing && v.Why != "" && !strings.Contains(strings.Join(why, "; "), v.Why) {
			why = append(why, v.Why)
		}
	}
	if g.reasons {
		st := w.style(workbook.Style{Border: true, Wrap: true, Color: muted, Size: 10})
		cells = append(cells, workbook.Cell{Value: strings.Join(why, "; "), Style: st})
	}
	return workbook.Overflow(cells)
}

func rowLook(rs model.RowStyle, col model.Column, cell *model.Cell, first bool) workbook.Style {
	st := workbook.Style{Border: true, Bold: cell.Bold, Italic: cell.Italic, Color: tone(cell.Tone)}
	st.Align = firstOf(align(cell.Align), align(col.Align))
	st.Wrap = !col.NoWrap && cell.Value.Kind == model.String
	switch rs {
	case model.Group:
		st.Bold, st.Fill = true, softFill
	case model.Sum:
		st.Bold, st.Fill = true, sumFill
	case model.Detail:
		st.Italic = true
		if cell.Value.Kind == model.String && (st.Align == "" || st.Align == "left") && !first {
			st.Align, st.Indent = "left", 1
		}
	case model.Marked:
		st.Bold, st.Fill = true, markFill
	}
	return st
}

// notes writes the lines below a table.
func (w *writer) notes(s *workbook.Sheet, g *grid, row int) {
	lines := g.t.Notes
	if n := len(g.t.Rows); g.t.Selected > n {
		lines = append([]string{fmt.Sprintf("Trang này ghi %s trên tổng số %s dòng.",
			model.Thousands(int64(n)), model.Thousands(int64(g.t.Selected)))}, lines...)
	}
	st := w.style(workbook.Style{Italic: true, Size: 10, Wrap: true, Top: true})
	for _, l := range lines {
		for _, piece := range workbook.Split(workbook.Clean(l)) {
			row++
			s.Put(row, 1, workbook.Cell{Value: piece, Style: st})
			s.Merge(row, 1, row, g.span)
			s.Height(row, 14*float64(workbook.Lines(piece, g.total()*1.05))+2)
		}
	}
}
