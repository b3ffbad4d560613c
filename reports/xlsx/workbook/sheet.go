package workbook

import (
	"fmt"
	"math"

	"github.com/xuri/excelize/v2"
)

// Cell is a value and the number of its style. Value is nil (a styled blank),
// string, int64 or float64; a date is the float64 of Serial.
type Cell struct {
	Value any
	Style int
}

// Sheet collects a worksheet. Rows and columns count from 1. The exported fields
// may be set until Book.Write.
type Sheet struct {
	Name      string
	Landscape bool
	Footer    string // left part of the foot of the printed page; the page number is at its right
	Header    string // middle of the head of the printed page
	NoGrid    bool   // hide the grid lines on the screen
	FreezeRow int    // rows that stay when scrolling
	FreezeCol int    // columns that stay
	TitleFrom int    // first and last row printed again on every page; 0: none
	TitleTo   int
	Tab       string // colour of the tab; empty: none

	// Body yields rows that follow the ones put; BodyRows is how many. They are
	// asked for at Write, so that a long list never stands in memory as cells.
	Body     func(emit func([]Cell) error) error
	BodyRows int

	book    *Book
	rows    [][]Cell
	heights map[int]float64
	widths  map[int]float64
	looks   map[int]int
	merges  [][4]int
	merged  map[[2]int]bool // top left cells of merges
	notes   []note
	links   []link
	filter  [4]int
	checks  []Check
	charts  []placed
}

type note struct {
	row, col int
	text     string
}

type link struct {
	row, col int
	target   string
}

// Put sets a cell.
func (s *Sheet) Put(row, col int, c Cell) {
	for len(s.rows) < row {
		s.rows = append(s.rows, nil)
	}
	for len(s.rows[row-1]) < col {
		s.rows[row-1] = append(s.rows[row-1], Cell{})
	}
	s.rows[row-1][col-1] = c
}

// PutRow sets the cells of a row from its first column on.
func (s *Sheet) PutRow(row int, cells []Cell) {
	for i, c := range cells {
		s.Put(row, i+1, c)
	}
}

// Rows is the number of the last row that was put.
func (s *Sheet) Rows() int { return len(s.rows) }

// Merge joins the cells of a rectangle; a single cell is left alone.
func (s *Sheet) Merge(row, col, toRow, toCol int) {
	if row == toRow && col == toCol {
		return
	}
	if s.merged == nil {
		s.merged = map[[2]int]bool{}
	}
	s.merged[[2]int{row, col}] = true
	s.merges = append(s.merges, [4]int{row, col, toRow, toCol})
}

// Height sets the height of a row in points, at most 409.
func (s *Sheet) Height(row int, points float64) {
	if s.heights == nil {
		s.heights = map[int]float64{}
	}
	s.heights[row] = math.Min(points, 409)
}

// Width sets the width of a column in digits of the default font.
func (s *Sheet) Width(col int, digits float64) {
	if s.widths == nil {
		s.widths = map[int]float64{}
	}
	s.widths[col] = math.Min(digits, 255)
}

// Look sets the style of a column's cells that hold nothing yet.
func (s *Sheet) Look(col, style int) {
	if s.looks == nil {
		s.looks = map[int]int{}
	}
	s.looks[col] = style
}

// Note hangs a comment on a cell.
func (s *Sheet) Note(row, col int, text string) {
	s.notes = append(s.notes, note{row, col, Clean(text)})
}

// Link makes a cell lead to the first cell of another sheet.
func (s *Sheet) Link(row, col int, to *Sheet) {
	s.links = append(s.links, link{row, col, "'" + to.Name + "'!A1"})
}

// Filter puts filter buttons on a header row and covers the rows below it.
func (s *Sheet) Filter(row, col, toRow, toCol int) { s.filter = [4]int{row, col, toRow, toCol} }

// extent is the last row and column of the sheet.
func (s *Sheet) extent() (rows, cols int) {
	cols = 1
	for _, r := range s.rows {
		cols = max(cols, len(r))
	}
	for c := range s.widths {
		cols = max(cols, c)
	}
	return max(1, len(s.rows)+s.BodyRows), cols
}

// flush writes the sheet. What the stream writer needs before its first row
// comes first: later it would be dropped without an error.
func (s *Sheet) flush() error {
	rows, cols := s.extent()
	if rows > MaxRows {
		return fmt.Errorf("%d rows, a sheet holds %d: split the list", rows, MaxRows)
	}
	for _, step := range []func() error{
		func() error { return s.columns(cols) }, s.decorate, s.page, s.validate, s.draw,
		func() error { return s.book.f.SetSheetDimension(s.Name, "A1:"+ref(rows, cols)) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	sw, err := s.book.f.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	for _, m := range s.merges {
		if err := sw.MergeCell(ref(m[0], m[1]), ref(m[2], m[3])); err != nil {
			return err
		}
	}
	if err := s.stream(sw); err != nil {
		return err
	}
	return sw.Flush()
}

func (s *Sheet) columns(cols int) error {
	f := s.book.f
	for c := cols; c > 0; c-- { // the library puts each new column before the others, Excel wants them in order
		n, err := excelize.ColumnNumberToName(c)
		if err != nil {
			return err
		}
		if w := s.widths[c]; w > 0 {
			if err := f.SetColWidth(s.Name, n, n, w); err != nil {
				return err
			}
		}
		if id, ok := s.looks[c]; ok {
			if err := f.SetColStyle(s.Name, n, id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Sheet) stream(sw *excelize.StreamWriter) error {
	var buf []any
	row := 0
	write := func(cells []Cell) error {
		row++
		if len(cells) == 0 && s.heights[row] == 0 {
			return nil
		}
		buf = buf[:0]
		for i := range cells {
			v, err := s.value(&cells[i])
			if err != nil {
				return fmt.Errorf("cell %s: %w", ref(row, i+1), err)
			}
			buf = append(buf, v)
		}
		h := s.heights[row]
		if h == 0 {
			h = s.fit(row, cells)
		}
		if h > 0 {
			return sw.SetRow(ref(row, 1), buf, excelize.RowOpts{Height: h})
		}
		return sw.SetRow(ref(row, 1), buf)
	}
	for _, cells := range s.rows {
		if err := write(cells); err != nil {
			return err
		}
	}
	if s.Body == nil {
		return nil
	}
	if err := s.Body(write); err != nil {
		return err
	}
	if got := row - len(s.rows); got != s.BodyRows {
		return fmt.Errorf("%d rows written, %d announced", got, s.BodyRows)
	}
	return nil
}

// fit is the height that the wrapped texts of a row need, 0 when one line is
// enough: not every program fits rows by itself when it opens a file.
func (s *Sheet) fit(row int, cells []Cell) float64 {
	height := 0.0
	for i := range cells {
		v, ok := cells[i].Value.(string)
		if !ok || len(v) < 5 || s.merged[[2]int{row, i + 1}] {
			continue
		}
		size := s.book.wrapped[cells[i].Style]
		width := s.widths[i+1]
		if size == 0 || width == 0 {
			continue
		}
		if n := Lines(v, (width-1)*11/size); n > 1 {
			height = max(height, size*1.36*float64(n)+2)
		}
	}
	return min(height, 409)
}

// value turns a cell into what the stream writer takes; strings are always
// written as inline strings, never as formulas.
func (s *Sheet) value(c *Cell) (any, error) {
	switch v := c.Value.(type) {
	case nil:
		if c.Style == 0 {
			return nil, nil
		}
		return excelize.Cell{StyleID: c.Style}, nil
	case string:
		v = Clean(v)
		if len(v) > MaxChars && units(v) > MaxChars {
			return nil, fmt.Errorf("a text of %d characters, a cell holds %d: use Split", units(v), MaxChars)
		}
		style := c.Style
		if risky(v) {
			style = s.book.guard(style)
		}
		return excelize.Cell{StyleID: style, Value: v}, nil
	case int64:
		return excelize.Cell{StyleID: c.Style, Value: v}, nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("not a number")
		}
		return excelize.Cell{StyleID: c.Style, Value: v}, nil
	}
	return nil, fmt.Errorf("a value of type %T", c.Value)
}
