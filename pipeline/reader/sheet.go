package reader

import (
	"bytes"
	"errors"
	"strconv"
)

// rows delivers the rows of a worksheet.
func (w *workbook) rows(sheet int, fn func(*Row) error) error {
	r := &sheetReader{w: w, fn: fn}
	err := w.c.scan(w.parts[sheet], func(s *xmlScanner) error {
		r.s = s
		return r.sheet()
	})
	return placed(err, w.names[sheet], r.line)
}

// placed adds the place to a refusal that has none.
func placed(err error, sheet string, line int) error {
	var r *Refusal
	if errors.As(err, &r) && r.Sheet == "" {
		p := *r
		p.Sheet = sheet
		if p.Line == 0 {
			p.Line = line
		}
		return &p
	}
	return err
}

// merges lists the merged cells of a worksheet.
func (w *workbook) merges(sheet int) ([]Range, error) {
	var out []Range
	err := w.c.scan(w.parts[sheet], func(s *xmlScanner) error {
		for {
			t, err := s.next()
			if err != nil || t == endOfPart {
				return err
			}
			if t != openTag || string(s.name) != "mergeCell" {
				continue
			}
			from, to, _ := bytes.Cut(s.attr("ref"), []byte{':'})
			c1, r1, ok1 := cellRef(from)
			c2, r2, ok2 := cellRef(to)
			if !ok1 || !ok2 || c1 > c2 || r1 > r2 {
				return malformed("bad merged range")
			}
			out = append(out, Range{r1, c1 + 1, r2, c2 + 1})
		}
	})
	return out, placed(err, w.names[sheet], 0)
}

// sheetReader is one pass over the rows of a worksheet.
type sheetReader struct {
	w     *workbook
	s     *xmlScanner
	fn    func(*Row) error
	line  int // row number being read
	count int
	row   Row
	arena []byte // text of the row's own cells
}

// sheet walks worksheet > sheetData > row; other parts of the sheet are skipped.
func (r *sheetReader) sheet() error {
	s, seen := r.s, false
	t, err := s.next()
	if err != nil {
		return err
	}
	if t != openTag || string(s.name) != "worksheet" {
		return malformed("not a worksheet")
	}
	for {
		t, err := s.next()
		if err != nil || t == endOfPart {
			if err == nil && !seen {
				return malformed("worksheet without data")
			}
			return err
		}
		if t != openTag {
			continue
		}
		if string(s.name) != "sheetData" {
			if err := s.skip(); err != nil {
				return err
			}
			continue
		}
		if seen {
			return malformed("worksheet with two blocks of data")
		}
		seen = true
		if err := r.sheetData(); err != nil {
			return err
		}
	}
}

func (r *sheetReader) sheetData() error {
	s := r.s
	for {
		t, err := s.next()
		if err != nil {
			return err
		}
		switch {
		case t == closeTag:
			return nil
		case t == text:
			if err := blankText(s); err != nil {
				return err
			}
		case string(s.name) != "row":
			return malformed("unexpected element among the rows")
		default:
			if err := r.readRow(); err != nil {
				return err
			}
		}
	}
}

func blankText(s *xmlScanner) error {
	if len(bytes.TrimLeft(s.raw, " \t\r\n")) > 0 {
		return malformed("text between cells")
	}
	return nil
}

const (
	maxRow = 1 << 20
	maxCol = 1 << 14
)

func (r *sheetReader) readRow() error {
	s, line := r.s, r.line+1
	if v := s.attr("r"); v != nil {
		n, ok := digits(v)
		if !ok || n < line || n > maxRow {
			return malformed("rows out of order")
		}
		line = n
	}
	r.line = line
	r.row.Line = line
	r.row.Cells = r.row.Cells[:0]
	r.arena = r.arena[:0]
	next := 0
	for {
		col, done, err := r.fastCell(next)
		if done {
			if err != nil {
				return err
			}
			next = col
			continue
		}
		t, err := s.next()
		if err != nil {
			return err
		}
		if t == closeTag {
			break
		}
		if t == text {
			if err := blankText(s); err != nil {
				return err
			}
			continue
		}
		if string(s.name) != "c" {
			if string(s.name) != "extLst" {
				return malformed("unexpected element among the cells")
			}
			if err := s.skip(); err != nil {
				return err
			}
			continue
		}
		if next, err = r.readCell(next); err != nil {
			return err
		}
	}
	if len(r.row.Cells) == 0 {
		return nil
	}
	if r.count++; r.count > r.w.limits.Rows {
		return tooBig("number of rows", "Số dòng của trang tính quá lớn so với giới hạn")
	}
	return r.fn(&r.row)
}

// readCell reads one <c>; next is the first column it may stand in.
func (r *sheetReader) readCell(next int) (int, error) {
	col, kind, style, err := r.cellHead(next)
	if err != nil {
		return 0, err
	}
	var value []byte
	from, formula, calculated, filled := len(r.arena), false, false, false
	s, outer := r.s, r.s.depth
	for {
		t, err := s.next()
		if err != nil {
			return 0, err
		}
		if t == closeTag && s.depth < outer {
			break
		}
		switch {
		case t == text:
			if err := blankText(s); err != nil {
				return 0, err
			}
		case t != openTag:
		case filled && (string(s.name) == "v" || string(s.name) == "is"):
			return 0, malformed("two values in a cell")
		case len(s.name) == 1 && s.name[0] == 'v':
			filled = true
			if value, err = r.value(); err != nil {
				return 0, err
			}
			calculated = kind == 't' || len(value) > 0 // an empty text is a result too
		case string(s.name) == "is" && kind == 'i':
			filled = true
			if r.arena, err = s.richText(r.arena); err != nil {
				return 0, err
			}
			value = r.arena[from:]
		default:
			f := len(s.name) == 1 && s.name[0] == 'f'
			if formula = formula || f; !f && string(s.name) != "extLst" {
				return 0, malformed("unexpected element in a cell")
			}
			if err := s.skip(); err != nil {
				return 0, err
			}
		}
	}
	cell, err := r.typed(kind, style, value, formula && !calculated)
	if err == nil {
		err = r.put(col, cell)
	}
	return col + 1, err
}

// put places a cell in the row.
func (r *sheetReader) put(col int, cell Cell) error {
	if cell.Kind == Empty {
		return nil
	}
	if col >= r.w.limits.Columns {
		return tooBig("number of columns", "Số cột quá lớn so với giới hạn")
	}
	for len(r.row.Cells) < col {
		r.row.Cells = append(r.row.Cells, Cell{})
	}
	r.row.Cells = append(r.row.Cells, cell)
	return nil
}

// cellHead reads the attributes of <c>. kind is the letter of the type: n, b, e,
// d as in the file, s shared string, t formula text ("str"), i inline string.
func (r *sheetReader) cellHead(next int) (col int, kind byte, style int, err error) {
	col, kind, style = next, 'n', 0
	bad, seen := "", [32]bool{}
	err = r.s.eachAttr(func(name, v []byte) {
		if len(name) != 1 {
			return
		}
		if seen[name[0]&0x1F] {
			bad = "attribute twice"
		}
		seen[name[0]&0x1F] = true
		switch name[0] {
		case 'r':
			c, row, ok := cellRef(v)
			if !ok || row != r.line || c < next {
				bad = "cell references out of order"
			}
			col = c
		case 's':
			n, ok := digits(v)
			if !ok || n >= len(r.w.dates) && n > 0 {
				bad = "cell style out of range"
			}
			style = n
		case 't':
			switch string(v) {
			case "n", "b", "e", "d", "s":
				kind = v[0]
			case "str":
				kind = 't'
			case "inlineStr":
				kind = 'i'
			default:
				bad = "unknown type of cell"
			}
		}
	})
	if err == nil && bad != "" {
		err = malformed("%s", bad)
	}
	if col >= maxCol {
		err = malformed("cell references out of order")
	}
	return
}

// value reads the text of the <v> just opened into the arena.
func (r *sheetReader) value() ([]byte, error) {
	from, s := len(r.arena), r.s
	for {
		t, err := s.next()
		switch {
		case err != nil:
			return nil, err
		case t == closeTag:
			return r.arena[from:], nil
		case t == openTag:
			return nil, malformed("element inside a value")
		}
		if r.arena, err = s.appendText(r.arena); err != nil {
			return nil, err
		}
	}
}

func (r *sheetReader) typed(kind byte, style int, v []byte, neverCalculated bool) (Cell, error) {
	if len(v) > r.w.limits.CellBytes {
		return Cell{}, errTokenTooLong
	}
	if kind == 's' && len(v) > 0 {
		i, ok := digits(v)
		if !ok || i >= len(r.w.strings.ends) {
			return Cell{}, malformed("shared string out of range")
		}
		if v = r.w.strings.at(i); len(v) == 0 {
			return Cell{}, nil
		}
		return Cell{v, Text}, nil
	}
	if len(v) == 0 {
		if neverCalculated {
			return Cell{nil, Fault}, nil
		}
		return Cell{}, nil
	}
	switch kind {
	case 'd':
		return Cell{v, Text}, nil
	case 'i':
		return r.text(v)
	case 't':
		from := len(r.arena) - len(v)
		r.arena = unescapeControls(r.arena, from)
		return r.text(r.arena[from:])
	case 'b':
		if len(v) != 1 || v[0] != '0' && v[0] != '1' {
			return Cell{}, malformed("bad truth value")
		}
		return Cell{v, Bool}, nil
	case 'e':
		return Cell{v, Fault}, nil
	}
	if !isNumber(v) {
		return Cell{}, malformed("bad number")
	}
	if style < len(r.w.dates) && r.w.dates[style] {
		return Cell{v, Date}, nil
	}
	return Cell{v, Number}, nil
}

// text is a cell of text that the sheet holds itself.
func (r *sheetReader) text(v []byte) (Cell, error) {
	if r.w.legacy == nil {
		return Cell{v, Text}, nil
	}
	from, ok := len(r.arena), false
	if r.arena, ok = r.w.legacy.decodeCell(r.arena, v); !ok {
		return Cell{}, notIn(r.w.enc, 0)
	}
	return Cell{r.arena[from:], Text}, nil
}

// isNumber accepts plain digits fast and asks strconv for the rest; infinity,
// hexadecimal and underscores are no numbers of a workbook.
func isNumber(v []byte) bool {
	for _, c := range v {
		if c >= '0' && c <= '9' {
			continue
		}
		if c|0x20 > 'e' || c == '_' {
			return false
		}
		_, err := strconv.ParseFloat(string(v), 64)
		return err == nil && bytes.IndexByte(v, '_') < 0
	}
	return true
}

// cellRef splits "B12" into column (from 0) and row (from 1).
func cellRef(v []byte) (col, row int, ok bool) {
	i := 0
	for i < len(v) && i < 4 && v[i] >= 'A' && v[i] <= 'Z' {
		col = col*26 + int(v[i]-'A') + 1
		i++
	}
	row, ok = digits(v[i:])
	return col - 1, row, ok && i > 0 && row > 0 && row <= maxRow && col <= maxCol
}

// digits reads an unsigned number of at most nine digits.
func digits(v []byte) (n int, ok bool) {
	if len(v) == 0 || len(v) > 9 {
		return 0, false
	}
	for _, c := range v {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
