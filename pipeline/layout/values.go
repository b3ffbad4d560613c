package layout

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"time"

	"cchc/pipeline/dataset"
	"cchc/pipeline/reader"
)

// memo remembers values of a column by the text of their cells, as most columns
// say few things: a small table in which a new text takes the place of an old
// one. It is given up when it does not help.
type memo struct {
	slots      []remembered
	hits, miss int
}

type remembered struct {
	text  string
	value any
}

const (
	memoSize = 1024 // slots per column, a power of two
	memoText = 256  // longest text remembered
)

func newMemo() memo { return memo{slots: make([]remembered, memoSize)} }

// pair is the two slots in which a text may be; nil when it is not to be
// remembered.
func (m *memo) pair(b []byte) []remembered {
	n := len(b)
	if m.slots == nil || n == 0 || n > memoText {
		return nil
	}
	h := uint64(n)
	if n >= 8 {
		h ^= binary.LittleEndian.Uint64(b)*0x9E3779B97F4A7C15 ^ bits.RotateLeft64(binary.LittleEndian.Uint64(b[n-8:]), 23)
	} else {
		for _, c := range b {
			h = h<<8 | uint64(c)
		}
	}
	h *= 0xD6E8FEB86659FD93
	i := h >> 32 & (memoSize - 2)
	return m.slots[i : i+2]
}

func (m *memo) put(pair []remembered, b []byte, v any) {
	pair[1], pair[0] = pair[0], remembered{string(b), v}
	if m.miss++; m.miss >= 4*memoSize && m.miss > m.hits {
		m.slots = nil
	}
}

// Reasons that hold for any type.
const (
	faultyCell = "bị lỗi công thức hoặc công thức chưa được tính; ghi giá trị thay cho công thức"
	notInList  = "không có trong danh sách giá trị cho phép"
)

// typed makes the value of a cell. why is empty, or says what is wrong with the
// content, to be put after the name of the column.
func (t *table) typed(c *column, cell reader.Cell) (value any, why string) {
	if cell.Kind != reader.Text {
		return t.parse(c, cell)
	}
	pair := c.memo.pair(cell.Text)
	for i := range pair {
		if pair[i].text == string(cell.Text) {
			c.memo.hits++
			return pair[i].value, ""
		}
	}
	noted := t.result.Masked + len(t.result.Repaired)
	value, why = t.parse(c, cell)
	if why == "" && pair != nil && t.result.Masked+len(t.result.Repaired) == noted { // what is reported is counted each time
		c.memo.put(pair, cell.Text, value)
	}
	return value, why
}

func (t *table) parse(c *column, cell reader.Cell) (any, string) {
	f := t.fieldOf(c)
	switch {
	case cell.Kind == reader.Empty || cell.Kind == reader.Text && len(trimSpace(cell.Text)) == 0:
		return emptyValue(f), ""
	case cell.Kind == reader.Fault && f.Lenient:
		return dataset.Unknown, ""
	case cell.Kind == reader.Fault:
		return nil, faultyCell
	}
	switch f.Type {
	case dataset.Date, dataset.Time:
		return t.parseDate(c, f, cell)
	case dataset.Int:
		return orNil(parseCount(f, cell))
	case dataset.Number:
		return orNil(parseAmount(cell))
	case dataset.Flag, dataset.Enum, dataset.Level:
		return t.parseWord(c, f, cell)
	case dataset.Period:
		name, err := t.env.Period(t.textOf(cell, false))
		if err != nil {
			return nil, "không phải là kỳ báo cáo; ghi như 2021-M09, 2021-Q3, 2021-H1, 2021-9M, 2021-Y hoặc 2020-12-15..2021-09-15"
		}
		return name, ""
	}
	s := t.textOf(cell, c.lines)
	switch {
	case s == "":
		return nil, ""
	case f.Type == dataset.Text:
		var hidden bool
		if s, hidden = screen(s); hidden {
			t.result.Masked++
		}
	case f.Name == "procedure_code" && t.set == dataset.Dossiers:
		s = t.repaired(s)
	}
	return s, ""
}

// emptyValue is what an empty cell of a column says: in a column of crosses it
// is a no, for the channel of submission it is unknown.
func emptyValue(f *dataset.Field) any {
	switch {
	case f.Type == dataset.Flag:
		return false
	case f.Lenient && f.Name == "channel":
		return dataset.Unknown
	}
	return nil
}

// absentValue is what a row says of a field whose column the file does not have.
func absentValue(f *dataset.Field) any {
	if f.Lenient && f.Name == "channel" {
		return dataset.Unknown
	}
	return nil
}

func orNil[T any](v T, why string) (any, string) {
	if why != "" {
		return nil, why
	}
	return v, ""
}

func (t *table) parseDate(c *column, f *dataset.Field, cell reader.Cell) (any, string) {
	var d time.Time
	why := notDate
	forms := t.layout.dates[c.field]
	switch {
	case forms != nil && cell.Kind != reader.Date:
		for _, form := range forms {
			if d, why = form.parse([]byte(t.textOf(cell, false))); why != notDate {
				break
			}
		}
		if why == notDate && cell.Kind == reader.Number {
			d, why = serialTime(cell.Text, t.date1904)
		}
	case cell.Kind == reader.Text:
		d, why = parseTime(cell.Text, t.env.Location)
	case cell.Kind == reader.Number || cell.Kind == reader.Date:
		d, why = serialTime(cell.Text, t.date1904)
	}
	if why != "" {
		return nil, why
	}
	if f.Type == dataset.Date {
		d = dayOf(d)
	}
	return d, ""
}

func parseCount(f *dataset.Field, cell reader.Cell) (int64, string) {
	n, why := int64(0), notInteger
	switch cell.Kind {
	case reader.Text:
		n, why = parseInt(cell.Text)
	case reader.Number:
		p, ok := cellNumber(cell.Text)
		if d, overflow := p.decimal(); ok && overflow == "" && int64(d)%1_000_000 == 0 {
			n, why = int64(d)/1_000_000, ""
		}
		if why == "" && n < 0 {
			why = negative
		}
	}
	if why == "" && f.Name == "year" && (n < firstYear || n > lastYear) {
		why = "không phải là năm trong khoảng 1990–2100"
	}
	return n, why
}

func parseAmount(cell reader.Cell) (dataset.Decimal, string) {
	switch cell.Kind {
	case reader.Text:
		return parseDecimal(cell.Text)
	case reader.Number:
		if p, ok := cellNumber(cell.Text); ok {
			return p.decimal()
		}
	}
	return 0, notNumber
}

func (t *table) parseWord(c *column, f *dataset.Field, cell reader.Cell) (any, string) {
	if v, ok := t.layout.words[c.field][fold(t.textOf(cell, false))]; ok {
		return v, ""
	}
	switch {
	case f.Lenient:
		return dataset.Unknown, ""
	case f.Type == dataset.Flag:
		return nil, notInList + " (có, không; x hoặc để trống; 1, 0)"
	case f.Type == dataset.Level:
		return nil, notInList + " (1, 2, 3, 4; một phần; toàn trình)"
	}
	return nil, notInList + " (" + strings.Join(f.Labels, ", ") + ")"
}

// textOf is the text a cell shows.
func (t *table) textOf(cell reader.Cell, lines bool) string {
	switch cell.Kind {
	case reader.Number:
		return plainNumber(cell.Text)
	case reader.Date:
		d, why := serialTime(cell.Text, t.date1904)
		if why != "" {
			return plainNumber(cell.Text)
		}
		if d.Equal(dayOf(d)) {
			return d.Format("02/01/2006")
		}
		return d.Format("02/01/2006 15:04:05")
	}
	return cleanText(cell.Text, lines)
}
