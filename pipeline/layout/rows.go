package layout

import (
	"bytes"
	"strings"
	"unicode"

	"cchc/pipeline/reader"
)

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
			if h.depth > 1 && strings.HasSuffix(c.text, " > "+string(text)) || h.depth > 1 && strings.HasPrefix(c.text, string(text)+" > ") {
				hits++
				continue
			}
			if !first {
				return false
			}
			if at, ok := h.layout.headers[fold(string(text))]; !ok || at.field != c.field {
				return false
			}
		}
		hits++
	}
	return hits >= min(headerWords, len(h.columns))
}

// isGroup recognises a heading between the rows, such as "II | Lĩnh vực đất
// đai": words in one cell at the left of a table of four columns or more, beside
// a numeral at most, and nothing else.
func (h *header) isGroup(r *reader.Row) bool {
	if len(h.columns) < 4 {
		return false
	}
	said := -1
	for i := range r.Cells {
		c := &r.Cells[i]
		if c.Kind == reader.Empty || c.Kind == reader.Text && len(trimSpace(c.Text)) == 0 {
			continue
		}
		if said < 0 && isMarker(c) {
			continue
		}
		if said >= 0 || c.Kind != reader.Text {
			return false
		}
		said = i
	}
	if said < 0 || said > h.columns[0].at+1 {
		return false
	}
	for i := range h.columns {
		if c := &h.columns[i]; c.at == said && c.field == unitName {
			return false // a row that says its unit and nothing else is a row to return
		}
	}
	return isHeading(r.Cells[said].Text)
}

// isMarker accepts "II", "A.", "1.2" before a heading.
func isMarker(c *reader.Cell) bool {
	t := bytes.TrimRight(trimSpace(c.Text), ".)")
	if len(t) == 0 || len(t) > 5 {
		return false
	}
	if len(t) == 1 && t[0] >= 'A' && t[0] <= 'H' {
		return true
	}
	roman := len(bytes.Trim(t, "IVX")) == 0
	return roman || len(bytes.Trim(t, "0123456789.")) == 0
}

// isHeading accepts a text of two words and more without a digit.
func isHeading(b []byte) bool {
	letters, spaces := 0, 0
	for _, r := range string(trimSpace(b)) {
		switch {
		case unicode.IsDigit(r):
			return false
		case unicode.IsLetter(r):
			letters++
		case unicode.IsSpace(r):
			spaces++
		}
	}
	return letters >= 5 && spaces >= 1
}

// personalBelow says whether most of the cells of a column below a line are phone
// numbers, e-mail addresses or identity numbers.
func (g *grid) personalBelow(at, line int) bool {
	said, hits := 0, 0
	for _, r := range g.rows {
		if r.line <= line || at >= len(r.any) || !r.any[at] {
			continue
		}
		said++
		if personalShape(r.shown[at]) {
			hits++
		}
	}
	return hits >= 3 && hits*5 >= said*3
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
