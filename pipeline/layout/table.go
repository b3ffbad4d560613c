package layout

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"cchc/pipeline/dataset"
	"cchc/pipeline/reader"
)

// table is one pass over the rows of the sheet that was recognised.
type table struct {
	*header
	file     *reader.File
	env      Env
	accept   func(dataset.Row) error
	result   *Result
	set      *dataset.Dataset
	date1904 bool
	first    bool           // the next row is directly below the header
	at       map[string]int // field name → field
	fields   []*dataset.Field
	codeCol  int // index into columns of unit_code, or -1
	nameCol  int // index into columns of unit_name, or -1
	fieldCol int // of summaries: index into columns of field, or -1
	units    map[string]unitAnswer
	keys     *keyring

	values   []any // of the row, by field
	bad      []bool
	problems []Problem
	unitName string
}

func newTable(f *reader.File, env Env, h *header, accept func(dataset.Row) error) *table {
	set := h.layout.set
	t := &table{
		header: h, file: f, env: env, accept: accept, set: set, date1904: f.Date1904(), first: true,
		at: map[string]int{}, codeCol: -1, nameCol: -1, fieldCol: -1, units: map[string]unitAnswer{},
		keys: newKeyring(set), values: make([]any, len(set.Fields)), bad: make([]bool, len(set.Fields)),
	}
	if t.env.Location == nil {
		t.env.Location = time.UTC
	}
	for i := range set.Fields {
		t.at[set.Fields[i].Name] = i
		t.fields = append(t.fields, &set.Fields[i])
	}
	for i := range h.columns {
		c := &h.columns[i]
		switch {
		case c.field == unitName:
			t.nameCol = i
		case set.Fields[c.field].Name == "unit_code":
			t.codeCol = i
		case set == dataset.Summaries && set.Fields[c.field].Name == "field":
			t.fieldCol = i
		}
		c.memo = newMemo()
	}
	return t
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
	if r.Line <= t.line || t.isNoRow(r) {
		return nil
	}
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
			Sheet: t.result.Sheet, Line: r.Line, Cells: t.cells(r), Problems: t.problems})
		t.problems = nil
		return nil
	}
	row := dataset.Row{Values: t.values, Sheet: t.result.Sheet, Line: r.Line}
	switch t.keys.add(row) {
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
	for i, f := range t.fields {
		t.values[i], t.bad[i] = absentValue(f), false
	}
	t.unitName = ""
	for i := range t.columns {
		c := &t.columns[i]
		var cell reader.Cell
		if c.at < len(r.Cells) {
			cell = r.Cells[c.at]
		}
		v, why := t.typed(c, cell)
		if why != "" {
			t.problem(i, t.fieldOf(c).Label+" "+why+".")
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
			return i
		}
	}
	return -1
}

// cells copies what the recognised columns say, in one block.
func (t *table) cells(r *reader.Row) []string {
	out := make([]string, len(t.columns))
	for i := range t.columns {
		if at := t.columns[i].at; at < len(r.Cells) {
			out[i] = t.textOf(r.Cells[at], true)
		}
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
	return t.startsWith(r, isTotal)
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
