package layout

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"cchc/pipeline/dataset"
	"cchc/pipeline/reader"
)

const (
	headRows    = 40 // rows of a sheet in which the header is looked for
	leadBlank   = 8  // blank columns that may stand before the first header cell
	headerWords = 2  // columns that make a row look like a header that lacks something
)

// header is a row recognised as the header of a layout.
type header struct {
	layout  *layout
	sheet   int
	line    int
	columns []column // in file order
	unknown []string
	missing []string // labels of required columns that are not there
	lacking []string // the same as field names
	twice   []string // header texts of columns that are there twice
	width   int      // columns up to the last header cell
	titles  []string // texts of the rows above
}

// column is a recognised column.
type column struct {
	at    int    // column of the file, from 0
	field int    // field of the dataset, or unitName
	text  string // header text
	lines bool   // keep line ends
	memo  memo
}

// textRow is a row of the head of a sheet, kept to look for the header.
type textRow struct {
	line  int
	cells []string // blank for cells that are no text
}

// recognise finds the best header of the file. Text files are tried with their
// other separators when the likely one gives no complete header.
func recognise(f *reader.File, all []*layout) (*header, error) {
	separators := f.Separators()
	if len(separators) == 0 {
		separators = []byte{0}
	}
	var best *header
	var firstErr error
	for i, sep := range separators {
		f.SetSeparator(sep)
		h, err := recogniseOnce(f, all)
		if err != nil && i == 0 {
			firstErr = err
		}
		if err == nil && h.better(best) {
			best = h
		}
		if best.complete() {
			return best, best.refusal(f)
		}
	}
	if firstErr != nil {
		return nil, firstErr
	}
	return nil, best.refusal(f)
}

func recogniseOnce(f *reader.File, all []*layout) (*header, error) {
	var best *header
	for i := range f.Sheets() {
		rows, err := head(f, i)
		if err != nil {
			return nil, err
		}
		for k, row := range rows {
			for _, l := range all {
				h := match(l, row)
				if h == nil || best != nil && !h.better(best) {
					continue
				}
				h.sheet, h.titles = i, nil
				for _, above := range rows[:k] {
					h.titles = append(h.titles, above.cells...)
				}
				best = h
			}
		}
	}
	return best, nil
}

func head(f *reader.File, sheet int) ([]textRow, error) {
	var rows []textRow
	err := f.Rows(sheet, func(r *reader.Row) error {
		t := textRow{line: r.Line, cells: make([]string, len(r.Cells))}
		for i, c := range r.Cells {
			if c.Kind == reader.Text {
				t.cells[i] = cleanText(c.Text, false)
			}
		}
		if rows = append(rows, t); len(rows) == headRows {
			return reader.Stop
		}
		return nil
	})
	return rows, err
}

// match reads a row as the header of a layout; nil when no cell fits.
func match(l *layout, row textRow) *header {
	h := &header{layout: l, line: row.line}
	seen := map[int]bool{}
	for i, text := range row.cells {
		if text == "" {
			continue
		}
		if h.width == 0 && i > leadBlank {
			return nil
		}
		h.width = i + 1
		field, ok := l.headers[fold(text)]
		switch {
		case !ok:
			h.unknown = append(h.unknown, text)
		case seen[field]:
			h.twice = append(h.twice, fmt.Sprintf("%s (%s)", text, l.label(field)))
		default:
			seen[field] = true
			h.columns = append(h.columns, column{at: i, field: field, text: text,
				lines: l.set.Name == "narratives" && field != unitName && l.set.Fields[field].Name == "text"})
		}
	}
	if len(h.columns) == 0 {
		return nil
	}
	for i, f := range l.set.Fields {
		switch {
		case seen[i] || f.Name == "unit_code" && seen[unitName]:
		case f.Name == "unit_code":
			h.missing = append(h.missing, "Mã đơn vị (hoặc Tên đơn vị)")
			h.lacking = append(h.lacking, "unit_code (or unit_name)")
		case f.Required || l.set == dataset.Dossiers && f.Name == "received_at":
			h.missing = append(h.missing, f.Label)
			h.lacking = append(h.lacking, f.Name)
		}
	}
	return h
}

// label is the Vietnamese name of a column.
func (l *layout) label(field int) string {
	if field == unitName {
		return unitNameField.Label
	}
	return l.set.Fields[field].Label
}

func (h *header) complete() bool { return h != nil && len(h.missing) == 0 }

// better orders candidates: complete ones first, then by recognised columns.
// Equal ones keep their order: sheets, rows, datasets as in dataset.All.
func (h *header) better(than *header) bool {
	if h == nil || than == nil {
		return h != nil
	}
	if h.complete() != than.complete() {
		return h.complete()
	}
	return cmp.Or(cmp.Compare(len(h.columns), len(than.columns)), cmp.Compare(len(than.missing), len(h.missing))) > 0
}

// refusal says why the header cannot be used, or nil.
func (h *header) refusal(f *reader.File) error {
	if h == nil || !h.complete() && len(h.columns) < headerWords {
		return &reader.Refusal{Short: "no header of a known dataset found",
			Reason: "Không tìm thấy dòng tiêu đề cột của loại số liệu nào đã biết; hãy dùng biểu mẫu nhập liệu hoặc kiểm tra lại tên các cột."}
	}
	r := &reader.Refusal{Line: h.line, Sheet: f.Sheets()[h.sheet]}
	switch {
	case len(h.missing) > 0:
		r.Short = fmt.Sprintf("%s: missing columns: %s", h.layout.set.Name, strings.Join(h.lacking, ", "))
		r.Reason = fmt.Sprintf("Dòng tiêu đề giống số liệu \"%s\" nhưng thiếu cột: %s; hãy bổ sung các cột này rồi gửi lại.",
			h.layout.set.Label, strings.Join(h.missing, "; "))
	case len(h.twice) > 0:
		r.Short = h.layout.set.Name + ": a column stands twice in the header"
		r.Reason = fmt.Sprintf("Dòng tiêu đề có hai cột cho cùng một nội dung: %s; hãy bỏ bớt một cột rồi gửi lại.",
			strings.Join(h.twice, "; "))
	default:
		return nil
	}
	return r
}

// repeats reports whether a row is the header again: as it is (a page break of
// the export), or directly below it with other names of the same columns.
func (h *header) repeats(r *reader.Row, first bool) bool {
	hits := 0
	for i := range h.columns {
		c := &h.columns[i]
		if c.at >= len(r.Cells) || r.Cells[c.at].Kind == reader.Empty {
			continue
		}
		text := r.Cells[c.at].Text
		if string(text) != c.text {
			if !first {
				return false
			}
			if field, ok := h.layout.headers[fold(string(text))]; !ok || field != c.field {
				return false
			}
		}
		hits++
	}
	return hits >= min(headerWords, len(h.columns))
}

// isFormulaRow recognises the row below a header that numbers the columns:
// "(1) (2) (3)=(4)+(5)" anywhere, "A B 1 2 3" directly below the header.
func isFormulaRow(r *reader.Row, first bool) bool {
	formulas, numbers, last := 0, 0, 0
	for i := range r.Cells {
		t := trimSpace(r.Cells[i].Text)
		if len(t) == 0 {
			continue
		}
		n, isInt := smallInt(t)
		switch {
		case isInt && (numbers == 0 || n == last+1):
			numbers++
			last = n
		case len(t) == 1 && t[0] >= 'A' && t[0] <= 'D':
		case isFormula(t):
			formulas++
		default:
			return false
		}
	}
	return formulas > 0 || first && numbers >= 3
}

func smallInt(t []byte) (int, bool) {
	if len(t) > 2 {
		return 0, false
	}
	n := 0
	for _, c := range t {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// isFormula accepts "(3)", "(3)=(4)+(5)", "3=4+5".
func isFormula(t []byte) bool {
	digit, equals := false, false
	for _, c := range t {
		switch {
		case c >= '0' && c <= '9':
			digit = true
		case c == '=':
			equals = true
		case bytes.IndexByte([]byte("()+-*/:%[]abcx "), c) < 0:
			return false
		}
	}
	return digit && (equals || t[0] == '(')
}
