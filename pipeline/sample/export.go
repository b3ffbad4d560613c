package sample

import (
	"strconv"

	"cchc/pipeline/dataset"
)

// export is one CSV file in the making.
type export struct {
	d       *dataset.Dataset
	english bool
	buf     []byte
	words   bool // service levels in words, as used since 2022
	first   bool // no cell of the line is written yet
	lines   int
}

func newExport(d *dataset.Dataset, english bool) *export {
	e := &export{d: d, english: english, first: true}
	for i := range d.Fields {
		if english {
			e.text(d.Fields[i].Name)
		} else {
			e.text(d.Fields[i].Label)
		}
	}
	e.end()
	return e
}

func (e *export) comma() {
	if !e.first {
		e.buf = append(e.buf, ',')
	}
	e.first = false
}

func (e *export) end() { e.buf = append(e.buf, '\n'); e.first = true; e.lines++ }

// rows is the number of rows below the header.
func (e *export) rows() int { return e.lines - 1 }

// text writes a cell, quoted when it must be (RFC 4180).
func (e *export) text(s string) {
	e.comma()
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c == ',' || c == '"' || c == '\n' || c == '\r' {
			plain = false
			break
		}
	}
	if plain {
		e.buf = append(e.buf, s...)
		return
	}
	e.buf = append(e.buf, '"')
	for i := 0; i < len(s); i++ {
		if s[i] == '"' {
			e.buf = append(e.buf, '"')
		}
		e.buf = append(e.buf, s[i])
	}
	e.buf = append(e.buf, '"')
}

// word writes a value of a closed list: itself, or its Vietnamese word.
func (e *export) word(field, value string) {
	if !e.english {
		if f, ok := e.d.Field(field); ok {
			for i, v := range f.Values {
				if v == value {
					value = f.Labels[i]
					break
				}
			}
		}
	}
	e.text(value)
}

func (e *export) flag(v bool) {
	switch {
	case e.english && v:
		e.text("1")
	case e.english:
		e.text("0")
	case v:
		e.text("Có")
	default:
		e.text("Không")
	}
}

func (e *export) number(n int) { e.text(strconv.Itoa(n)) }

func (e *export) date(d int32) {
	e.comma()
	e.buf = appendDate(e.buf, d)
}

func (e *export) moment(m int32) {
	e.comma()
	e.buf = appendMoment(e.buf, m)
}

var levelWords = [...]string{"", "1", "Cung cấp thông tin trực tuyến", "Một phần", "Toàn trình"}

func (e *export) level(n int) {
	switch {
	case n == 0:
		e.text("")
	case e.words && n >= 3:
		e.text(levelWords[n])
	default:
		e.text(string(rune('0' + n)))
	}
}
