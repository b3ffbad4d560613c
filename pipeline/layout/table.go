package layout

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"cchc/pipeline/dataset"
	"cchc/pipeline/reader"
)

// table is one pass over the rows of the sheets that were recognised.
type table struct {
	*header  // of the sheet being read
	file     *reader.File
	env      Env
	accept   func(dataset.Row) error
	result   *Result
	set      *dataset.Dataset
	date1904 bool
	first    bool           // the next row is directly below the header
	at       map[string]int // field name → field
	fields   []*dataset.Field
	required []int // fields that a row must have, but for the unit
	past     []int // dates that cannot lie ahead
	units    map[string]unitAnswer
	keys     *keyring
	codes    *catalogue

	// of the sheet being read
	heads    []*header
	names    []string // of the sheets
	given    []constants
	order    int   // of the sheet
	base     int   // lines of the sheets before it
	bases    []int // the same for every sheet begun
	last     int   // the last line seen
	reading  []int // columns in the order in which they are read: synonyms by rank
	codeCol  int   // index into columns of unit_code, or -1
	nameCol  int   // index into columns of unit_name, or -1
	fieldCol int   // of summaries: index into columns of field, or -1

	values   []any // of the row, by field
	bad      []bool
	anyBad   bool
	said     []bool // by field + 1: a column of several for one field had content
	problems []Problem
	unitName string
	line     int
	sheetRef string
}

// constants are what no column of a sheet says.
type constants struct {
	values   []any // by field, as before any cell is read
	unitName string
}

func newTable(f *reader.File, env Env, l *layout) (*table, error) {
	set := l.set
	n := len(set.Fields)
	t := &table{
		file: f, env: env, set: set, date1904: f.Date1904(), at: map[string]int{}, units: map[string]unitAnswer{},
		keys: newKeyring(set), values: make([]any, n), bad: make([]bool, n), said: make([]bool, n+1),
	}
	if t.env.Location == nil {
		t.env.Location = time.UTC
	}
	for i := range set.Fields {
		f := &set.Fields[i]
		t.at[f.Name] = i
		t.fields = append(t.fields, f)
		if f.Required && f.Name != "unit_code" {
			t.required = append(t.required, i)
		}
		if !f.Future && (f.Type == dataset.Date || f.Type == dataset.Time) {
			t.past = append(t.past, i)
		}
	}
	return t, nil
}

// enter begins a sheet.
func (t *table) enter(i int) {
	h := t.heads[i]
	t.header, t.order, t.first, t.sheetRef = h, i, true, t.names[h.sheet]
	t.bases = append(t.bases, t.base)
	t.codeCol, t.nameCol, t.fieldCol, t.last = -1, -1, -1, 0
	t.reading = t.reading[:0]
	for i := range h.columns {
		c := &h.columns[i]
		switch {
		case c.field == unitName && (t.nameCol < 0 || c.rank < h.columns[t.nameCol].rank):
			t.nameCol = i
		case c.field == unitName:
		case t.set.Fields[c.field].Name == "unit_code":
			t.codeCol = i
		case t.set == dataset.Summaries && t.set.Fields[c.field].Name == "field":
			t.fieldCol = i
		}
		c.memo = newMemo()
		t.reading = append(t.reading, i)
	}
	slices.SortStableFunc(t.reading, func(a, b int) int {
		if !h.columns[a].many || !h.columns[b].many || h.columns[a].field != h.columns[b].field {
			return rankOf(h.columns[a].many) - rankOf(h.columns[b].many)
		}
		return h.columns[a].rank - h.columns[b].rank
	})
}

// leave ends a sheet.
func (t *table) leave() {
	t.base += t.last
	for i := range t.columns {
		t.columns[i].memo = memo{}
	}
}

var unitNameField = &dataset.Field{Name: "unit_name", Label: "Tên đơn vị", Type: dataset.Text}

func (t *table) fieldOf(c *column) *dataset.Field {
	if c.field == unitName {
		return unitNameField
	}
	return t.fields[c.field]
}

// row takes one row of the sheet through the door.
func (t *table) row(r *reader.Row) error {
	t.last = r.Line
	if r.Line <= t.header.line || t.isNoRow(r) {
		return nil
	}
	t.line = r.Line
	t.result.Rows++
	if t.set == dataset.Summaries && t.isDetail(r) {
		t.result.Skipped++
		return nil
	}
	t.read(r)
	t.checkRequired()
	t.checkUnit()
	t.checkDates()
	if t.set == dataset.Dossiers {
		t.checkDossier()
	}
	if len(t.problems) > 0 {
		slices.SortStableFunc(t.problems, func(a, b Problem) int { return a.Column - b.Column })
		t.result.Returned = append(t.result.Returned, Returned{
			Sheet: t.sheetRef, Line: r.Line, Cells: t.cells(r), Problems: t.problems, order: t.order})
		t.problems = nil
		return nil
	}
	row := dataset.Row{Values: t.values, Sheet: t.sheetRef, Line: r.Line}
	switch t.keys.add(&row, t.base+r.Line) {
	case duplicate:
		t.result.Duplicate++
		return nil
	case conflict:
		return nil
	}
	return t.accept(row)
}

// read types the cells of the recognised columns.
func (t *table) read(r *reader.Row) {
	known := &t.given[t.order]
	copy(t.values, known.values)
	t.unitName = known.unitName
	if t.anyBad {
		clear(t.bad)
		t.anyBad = false
	}
	synonyms := false
	for _, i := range t.reading {
		c := &t.columns[i]
		var cell reader.Cell
		if c.at < len(r.Cells) {
			cell = r.Cells[c.at]
		}
		if c.many {
			if !synonyms {
				clear(t.said)
				synonyms = true
			}
			if t.said[c.field+1] {
				continue
			}
			t.said[c.field+1] = cell.Kind != reader.Empty && (cell.Kind != reader.Text || len(trimSpace(cell.Text)) > 0)
		}
		v, why := t.typed(c, cell)
		if why != "" {
			t.problem(c.out, t.fieldOf(c).Label+" "+why+".")
			t.anyBad = true
		}
		if c.field == unitName {
			t.unitName, _ = v.(string)
			continue
		}
		t.values[c.field], t.bad[c.field] = v, why != ""
	}
	if t.file.Format == "csv" && len(r.Cells) > t.width {
		for _, extra := range r.Cells[t.width:] {
			if len(trimSpace(extra.Text)) > 0 {
				t.problem(-1, "Dòng có nhiều ô hơn dòng tiêu đề (ô có dấu phân cách phải đặt trong ngoặc kép).")
				break
			}
		}
	}
}

func (t *table) problem(column int, reason string) {
	t.problems = append(t.problems, Problem{column, reason})
}

// columnOf finds the column of a field for a problem; -1 when the file has none.
func (t *table) columnOf(field int) int {
	for i := range t.columns {
		if t.columns[i].field == field {
			return t.columns[i].out
		}
	}
	return -1
}

// outOf is the place of a column in Result.Header; -1 for no column.
func (t *table) outOf(column int) int {
	if column < 0 {
		return -1
	}
	return t.columns[column].out
}

// cells copies what the recognised columns say, in one block. Personal data in
// cells that are no codes is hidden.
func (t *table) cells(r *reader.Row) []string {
	out := make([]string, len(t.result.Header))
	for i := range t.columns {
		c := &t.columns[i]
		if c.at >= len(r.Cells) {
			continue
		}
		s := t.textOf(r.Cells[c.at], true)
		if t.fieldOf(c).Type != dataset.Code {
			s, _ = screen(s)
		}
		out[c.out] = s
	}
	return out
}

// isNoRow tells title, header, formula, total and blank rows from rows. A row
// is blank when none of the recognised columns says anything.
func (t *table) isNoRow(r *reader.Row) bool {
	first := t.first
	blank := true
	for i := range t.columns {
		if at := t.columns[i].at; at < len(r.Cells) && r.Cells[at].Kind != reader.Empty &&
			(r.Cells[at].Kind != reader.Text || len(trimSpace(r.Cells[at].Text)) > 0) {
			blank = false
			break
		}
	}
	if blank {
		return true
	}
	if isFormulaRow(r, first) {
		return true // the next row may still be a second header
	}
	if t.repeats(r, first) {
		return true
	}
	t.first = false
	if t.startsWith(r, isTotal) {
		return true
	}
	if t.isGroup(r) {
		t.result.Headings++
		return true
	}
	return false
}

func (t *table) isDetail(r *reader.Row) bool { return t.startsWith(r, isDetail) }

// startsWith tests the first word of a row (the first cell that is a text and no
// number), of summaries also the name of the field.
func (t *table) startsWith(r *reader.Row, test func([]byte) bool) bool {
	if t.fieldCol >= 0 {
		if at := t.columns[t.fieldCol].at; at < len(r.Cells) && test(r.Cells[at].Text) {
			return true
		}
	}
	for i := range r.Cells {
		c := &r.Cells[i]
		if c.Kind != reader.Text {
			continue
		}
		text := trimSpace(c.Text)
		if len(text) == 0 || text[0] >= '0' && text[0] <= '9' {
			continue
		}
		return test(text)
	}
	return false
}

// mayBegin is a cheap test before folding: "tổ", "tr" or "cộ" behind bullets and
// quotes, in any case and Unicode form.
func mayBegin(text []byte) bool {
	text = bytes.TrimLeft(text, " *-+\"'(.\u2013\u2022\u201c")
	if len(text) < 2 || len(text) > 200 {
		return false
	}
	switch text[1] | 0x20 {
	case 'o', 0xE1:
		return text[0]|0x20 == 't' || text[0]|0x20 == 'c'
	case 'r':
		return text[0]|0x20 == 't'
	}
	return false
}

func isTotal(text []byte) bool {
	if !mayBegin(text) {
		return false
	}
	switch s := fold(string(text)); s {
	case "tổng", "cộng", "tổng số", "tổng cộng":
		return true
	default:
		return strings.HasPrefix(s, "tổng cộng ") || strings.HasPrefix(s, "tổng cộng:")
	}
}

func isDetail(text []byte) bool {
	return mayBegin(text) && strings.HasPrefix(fold(string(text)), "trong đó")
}
