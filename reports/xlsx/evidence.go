package xlsx

import (
	"fmt"

	"cchc/reports/model"
	"cchc/reports/xlsx/workbook"
)

// evidence writes the rows behind the figures: one sheet, or numbered ones when
// a sheet cannot hold them all. Long lists are written row by row.
func (w *writer) evidence(t model.Table, n int) error {
	if err := rectangular(t); err != nil {
		return err
	}
	title := firstOf(t.Title, t.Sheet, t.ID, fmt.Sprintf("Số liệu gốc %d", n+1))
	g := newGrid(t)
	room := w.limit - headRows(t)
	if room < 1 {
		return fmt.Errorf("evidence %q: %d rows of a sheet leave none for the list", title, w.limit)
	}
	parts := cut(t.Rows, room)
	for i, p := range parts {
		name := firstOf(t.Sheet, t.Title, t.ID, title)
		if len(parts) > 1 {
			name = numbered(name, i+1)
		}
		s, err := w.add(name, t.ID, title, p.to-p.from, [2]int{-1, n})
		if err != nil {
			return err
		}
		s.Landscape, s.Tab = sum(g.widths) > 100, "A6A6A6"
		part := *g
		part.t.Rows = t.Rows[p.from:p.to]
		w.list(s, &part, title, index(t, p, i, len(parts)), p.lines)
	}
	return nil
}

// numbered puts the number where it survives the cut to 31 characters.
func numbered(name string, n int) string {
	tail := fmt.Sprintf(" %d", n)
	short := []rune(workbook.SheetName(name))
	return string(short[:min(len(short), 31-len(tail))]) + tail
}

func (w *writer) list(s *workbook.Sheet, g *grid, title string, lines []string, count int) {
	row := w.head(s, g, title, g.t.Unit, lines)
	if count > 0 && flat(g.t) {
		s.Filter(row-1, 1, row+count-1, g.columns())
	}
	if count > streamFrom && flat(g.t) {
		s.BodyRows = count
		s.Body = func(emit func([]workbook.Cell) error) error {
			for _, r := range g.t.Rows {
				for _, cells := range w.row(g, r) {
					if err := emit(cells); err != nil {
						return err
					}
				}
			}
			return w.bad
		}
		return
	}
	for _, r := range g.t.Rows {
		row = w.putRow(s, g, row, r)
	}
}

// index is the lines above a list: which part of how many rows it is, then the
// notes of the table, which below a long list nobody would see.
func index(t model.Table, p part, i, n int) []string {
	total := max(t.Selected, len(t.Rows))
	lines := []string{fmt.Sprintf("%s dòng.", model.Thousands(int64(len(t.Rows))))}
	switch {
	case n > 1:
		lines[0] = fmt.Sprintf("Phần %d/%d: dòng %s–%s trên tổng số %s dòng.", i+1, n,
			model.Thousands(int64(p.from+1)), model.Thousands(int64(p.to)), model.Thousands(int64(total)))
	case total > len(t.Rows):
		lines[0] = fmt.Sprintf("Trang này ghi %s trên tổng số %s dòng.", model.Thousands(int64(len(t.Rows))), model.Thousands(int64(total)))
	}
	return append(lines, t.Notes...)
}

// headRows is how many rows stand above the list at most.
func headRows(t model.Table) int { return 5 + len(t.Notes) + len(t.Header) }

// part is a run of rows on one sheet; lines is how many rows of the sheet they
// take, more than the rows when a text overflows its cell.
type part struct{ from, to, lines int }

func cut(rows []model.Row, room int) []part {
	parts := []part{{}}
	for i, r := range rows {
		need := 1
		for _, c := range r.Cells {
			if len(c.Value.Text) > workbook.MaxChars {
				need = max(need, len(workbook.Split(workbook.Clean(c.Value.Text))))
			}
		}
		p := &parts[len(parts)-1]
		if p.lines > 0 && p.lines+need > room {
			parts = append(parts, part{from: i})
			p = &parts[len(parts)-1]
		}
		p.to, p.lines = i+1, p.lines+need
	}
	return parts
}
