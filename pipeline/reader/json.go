package reader

import (
	"errors"
	"io"
	"strconv"
)

// jsonFile is JSON text after RFC 8259: an array of flat objects, such objects
// one after the other (JSON lines), or an object with one such array among plain
// members ({"total": 2, "data": [...]}; those members are no rows). The keys in
// the order in which they were first seen make the row before the first record.
type jsonFile struct {
	in      *input
	keys    []string
	columns map[string]int
}

// openJSON reads the whole text once: a key may come up in the last record, and
// nothing is to be delivered of a text that ends unsound.
func openJSON(in *input) (string, book, error) {
	f := &jsonFile{in: in, columns: map[string]int{}}
	return "", f, f.scan(func(*Row) error { return nil })
}

func (f *jsonFile) sheets() []string   { return []string{""} }
func (f *jsonFile) encoding() encoding { return f.in.enc }

func (f *jsonFile) rows(_ int, fn func(*Row) error) error {
	header := &Row{Cells: make([]Cell, len(f.keys))}
	for i, k := range f.keys {
		if k != "" {
			header.Cells[i] = Cell{[]byte(k), Text}
		}
	}
	if len(f.keys) > 0 {
		if err := fn(header); err != nil {
			return err
		}
	}
	return f.scan(fn)
}

func (f *jsonFile) scan(fn func(*Row) error) error {
	r, err := f.in.text()
	if err != nil {
		return err
	}
	defer r.Close()
	s := &jsonScanner{f: f, r: r, limits: f.in.o.Limits, buf: make([]byte, 64<<10), fn: fn}
	return s.document()
}

// column is the place of a key; a new key gets the next one.
func (f *jsonFile) column(key []byte) int {
	i, ok := f.columns[string(key)]
	if !ok {
		i = len(f.keys)
		f.keys = append(f.keys, string(key))
		f.columns[string(key)] = i
	}
	return i
}

// member is one member of the record being read: its key is arena[key:value],
// its value arena[value:to].
type member struct {
	key, value, to int
	kind           Kind
}

// document reads the whole text.
func (s *jsonScanner) document() error {
	c, err := s.token()
	for first := true; err == nil; first = false {
		switch {
		case c == '[' && first:
			if err = s.records(); err == nil {
				return s.nothingMore()
			}
			return err
		case c != '{':
			return s.bad("a record is no object")
		}
		wrapped, err := s.object(first)
		if err == nil && wrapped {
			return s.nothingMore()
		}
		if err == nil {
			err = s.deliver()
		}
		if err != nil {
			return err
		}
		s.lineEnds = 0
		if c, err = s.token(); errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if s.lineEnds == 0 {
			return s.bad("two records on one line")
		}
	}
	if errors.Is(err, io.EOF) {
		return s.bad("no record")
	}
	return err
}

// nothingMore makes sure that nothing follows.
func (s *jsonScanner) nothingMore() error {
	_, err := s.token()
	if err == nil {
		return s.bad("text after the end of the data")
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// records reads the array of records whose bracket was just read.
func (s *jsonScanner) records() error {
	c, err := s.inside()
	if err != nil || c == ']' {
		return err
	}
	for {
		if c != '{' {
			return s.bad("a record is no object")
		}
		if _, err := s.object(false); err != nil {
			return err
		}
		if err := s.deliver(); err != nil {
			return err
		}
		if c, err = s.inside(); err != nil || c == ']' {
			return err
		}
		if c != ',' {
			return s.bad("comma or bracket expected")
		}
		if c, err = s.inside(); err != nil {
			return err
		}
	}
}

// object reads the members of the object whose brace was just read. The first
// object of the text may hold the records in an array: then wrapped is true and
// they were delivered.
func (s *jsonScanner) object(first bool) (wrapped bool, err error) {
	s.begin()
	seen := map[string]bool{} // keys of the first object only
	c, err := s.inside()
	if err != nil || c == '}' {
		return false, err
	}
	for {
		m, v, err := s.key(c)
		if err != nil {
			return false, err
		}
		if first {
			key := string(s.arena[m.key:m.value])
			if seen[key] {
				return false, s.twice()
			}
			seen[key] = true
		}
		if v == '[' && first {
			if wrapped {
				return false, s.nested()
			}
			wrapped = true
			s.record = 0
			err = s.records()
		} else {
			err = s.value(v, m)
		}
		if err != nil {
			return false, err
		}
		if c, err = s.inside(); err != nil || c == '}' {
			return wrapped, err
		}
		if c != ',' {
			return false, s.bad("comma or brace expected")
		}
		if c, err = s.inside(); err != nil {
			return false, err
		}
	}
}

// key reads a key, whose quote is c, and returns the first byte of its value.
func (s *jsonScanner) key(c byte) (m member, first byte, err error) {
	if c != '"' {
		return m, 0, s.bad("key expected")
	}
	m.key = len(s.arena)
	if err := s.str(); err != nil {
		return m, 0, err
	}
	m.value = len(s.arena)
	if c, err = s.inside(); err != nil {
		return m, 0, err
	}
	if c != ':' {
		return m, 0, s.bad("colon expected")
	}
	first, err = s.inside()
	return m, first, err
}

// deliver hands over the record that was read.
func (s *jsonScanner) deliver() error {
	f, row := s.f, &s.row
	row.Line = s.record
	row.Cells = row.Cells[:0]
	filled := false
	for _, m := range s.members {
		i := f.column(s.arena[m.key:m.value])
		if i >= s.limits.Columns {
			return placedAt(tooBig("number of columns", "Số cột quá lớn so với giới hạn"), s.record)
		}
		for len(s.last) < len(f.keys) {
			s.last = append(s.last, 0)
		}
		if s.last[i] == s.record {
			return s.twice()
		}
		s.last[i] = s.record
		for len(row.Cells) <= i {
			row.Cells = append(row.Cells, Cell{})
		}
		if m.kind != Empty {
			row.Cells[i] = Cell{s.arena[m.value:m.to:m.to], m.kind}
			filled = true
		}
	}
	if !filled {
		return nil
	}
	if s.count++; s.count > s.limits.Rows {
		return placedAt(tooBig("number of rows", "Số dòng của tệp quá lớn so với giới hạn"), s.record)
	}
	return s.fn(row)
}

// numberKind decides whether everybody can read a number without loss.
func numberKind(v []byte) Kind {
	significant, zeros := 0, 0
	for _, c := range v {
		switch {
		case c == 'e' || c == 'E':
			if x, err := strconv.ParseFloat(string(v), 64); err != nil || x == 0 && significant > 0 {
				return Text
			}
			return kindOf(significant)
		case c == '0' && significant > 0:
			zeros++
		case c > '0' && c <= '9':
			significant += zeros + 1
			zeros = 0
		}
	}
	if len(v) > 300 {
		return Text
	}
	return kindOf(significant)
}

func kindOf(significant int) Kind {
	if significant > 15 {
		return Text
	}
	return Number
}
