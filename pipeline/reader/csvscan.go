package reader

import (
	"bytes"
	"io"
)

// textScanner cuts records out of a sliding buffer. Cells are views into the
// buffer; quoted fields with doubled quotes are squeezed in place.
type textScanner struct {
	file       *textFile
	r          io.Reader
	total      int64 // bytes read so far
	buf        []byte
	start, end int  // unread bytes are buf[start:end]
	checked    int  // buf[:checked] is known to be valid UTF-8 without NUL
	eof        bool // nothing more to read
	sep        byte
	limits     Limits
	line       int      // line number of buf[start]
	spans      [][2]int // fields of a quoted record, from its start
	row        Row
}

// next returns the next record, without cells when it is blank, or nil at the
// end of the file.
func (s *textScanner) next() (*Row, error) {
	from := 0 // part of the record already searched for its end
	for {
		rest := s.buf[s.start:s.end]
		if i := bytes.IndexByte(rest[from:], '\n'); i >= 0 {
			line := rest[:from+i]
			if bytes.IndexByte(line, '"') < 0 {
				s.start += len(line) + 1
				s.line++
				return s.plain(line, s.line-1)
			}
			if done, err := s.simple(line); done || err != nil {
				return &s.row, err
			}
			return s.quoted()
		}
		if s.eof {
			if len(rest) == 0 {
				return nil, nil
			}
			if bytes.IndexByte(rest, '"') >= 0 {
				return s.quoted()
			}
			s.start = s.end
			return s.plain(rest, s.line)
		}
		from = len(rest)
		if err := s.fill(); err != nil {
			return nil, err
		}
	}
}

// plain splits a line without quotes.
func (s *textScanner) plain(line []byte, number int) (*Row, error) {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	if bytes.IndexByte(line, '\r') >= 0 {
		return nil, strayReturn(number)
	}
	s.begin(number)
	for {
		i := bytes.IndexByte(line, s.sep)
		if i < 0 {
			return s.finish(line)
		}
		if err := s.add(line[:i]); err != nil {
			return nil, err
		}
		line = line[i+1:]
	}
}

// simple splits a line whose quoted fields hold no quote and no line end; done
// is false, and nothing is consumed, when it is not of that kind.
func (s *textScanner) simple(line []byte) (done bool, err error) {
	s.begin(s.line)
	rest := bytes.TrimSuffix(line, []byte{'\r'})
	if bytes.IndexByte(rest, '\r') >= 0 {
		return false, nil
	}
	for last := false; !last; {
		var v []byte
		if len(rest) > 0 && rest[0] == '"' {
			i := bytes.IndexByte(rest[1:], '"')
			if i < 0 || i+2 < len(rest) && rest[i+2] != s.sep {
				return false, nil
			}
			v = rest[1 : 1+i]
			last = i+2 == len(rest)
			rest = rest[min(i+3, len(rest)):]
		} else {
			i := bytes.IndexByte(rest, s.sep)
			if last = i < 0; last {
				i = len(rest)
			}
			v = rest[:i]
			if bytes.IndexByte(v, '"') >= 0 {
				return false, nil
			}
			rest = rest[min(i+1, len(rest)):]
		}
		if last {
			_, err = s.finish(v)
		} else {
			err = s.add(v)
		}
		if err != nil {
			return false, err
		}
	}
	s.start += len(line) + 1
	s.line++
	return true, nil
}

// quoted splits a record with quotes in it, which may go over several lines.
func (s *textScanner) quoted() (*Row, error) {
	first := s.line
	s.begin(first)
	pos, lines := 0, 0 // offset from s.start, so that fill may move the buffer
	s.spans = s.spans[:0]
	for {
		from, to, next, ended, nl, err := s.field(pos, first+lines)
		if err != nil {
			return nil, err
		}
		s.spans = append(s.spans, [2]int{from, to})
		pos, lines = next, lines+nl
		if ended {
			break
		}
		if len(s.spans) > s.limits.Columns {
			return nil, s.tooWide()
		}
	}
	for i, sp := range s.spans {
		v := s.buf[s.start+sp[0] : s.start+sp[1]]
		var err error
		if i == len(s.spans)-1 {
			_, err = s.finish(v)
		} else {
			err = s.add(v)
		}
		if err != nil {
			return nil, err
		}
	}
	s.start += pos
	s.line += lines
	return &s.row, nil
}

// field reads the field at pos. from and to bound its value, next is where the
// next field starts, ended tells that the record is over, nl counts the line
// ends passed.
func (s *textScanner) field(pos, line int) (from, to, next int, ended bool, nl int, err error) {
	c, ok, err := s.at(pos)
	if err != nil {
		return
	}
	if ok && c == '"' {
		return s.quotedField(pos, line)
	}
	from = pos
	for ; ; pos++ {
		if c, ok, err = s.at(pos); err != nil {
			return
		}
		switch {
		case !ok:
			return from, pos, pos, true, 0, nil
		case c == s.sep:
			return from, pos, pos + 1, false, 0, nil
		case c == '\n':
			return from, pos, pos + 1, true, 1, nil
		case c == '\r':
			if n, more, e := s.at(pos + 1); e != nil || !more || n == '\n' {
				return from, pos, pos + 1 + b2i(more), true, b2i(more), e
			}
			return 0, 0, 0, false, 0, strayReturn(line)
		case c == '"':
			return 0, 0, 0, false, 0, &Refusal{Line: line, Short: "quote inside an unquoted field",
				Reason: "Dấu ngoặc kép nằm giữa ô không được bao bằng ngoặc kép; hãy xuất lại tệp CSV từ phần mềm, không sửa tay."}
		}
	}
}

func (s *textScanner) quotedField(pos, line int) (from, to, next int, ended bool, nl int, err error) {
	start := line
	pos++
	from, to = pos, pos
	for {
		c, ok, e := s.at(pos)
		if e != nil {
			return 0, 0, 0, false, 0, e
		}
		if !ok {
			return 0, 0, 0, false, 0, &Refusal{Line: start, Short: "unterminated quote",
				Reason: "Ô mở ngoặc kép nhưng không đóng (tệp có thể bị cắt cụt); hãy xuất lại tệp CSV rồi gửi lại."}
		}
		if c == '"' {
			n, more, e := s.at(pos + 1)
			if e != nil {
				return 0, 0, 0, false, 0, e
			}
			if !more || n != '"' {
				break
			}
			pos++ // a doubled quote stands for one
		}
		if c == '\n' {
			nl++
		}
		s.buf[s.start+to] = c
		to++
		pos++
		if to-from > s.limits.CellBytes {
			return 0, 0, 0, false, 0, s.tooLong(start)
		}
	}
	pos++ // closing quote
	c, ok, err := s.at(pos)
	switch {
	case err != nil:
		return
	case !ok:
		return from, to, pos, true, nl, nil
	case c == s.sep:
		return from, to, pos + 1, false, nl, nil
	case c == '\n':
		return from, to, pos + 1, true, nl + 1, nil
	case c == '\r':
		n, more, e := s.at(pos + 1)
		if e == nil && (!more || n == '\n') {
			return from, to, pos + 1 + b2i(more), true, nl + b2i(more), nil
		}
	}
	return 0, 0, 0, false, 0, &Refusal{Line: line + nl, Short: "text after a closing quote",
		Reason: "Có chữ ngay sau dấu đóng ngoặc kép; hãy xuất lại tệp CSV từ phần mềm, không sửa tay."}
}

func (s *textScanner) begin(line int) {
	s.row.Line = line
	s.row.Cells = s.row.Cells[:0]
}

func (s *textScanner) add(v []byte) error {
	if len(v) > s.limits.CellBytes {
		return s.tooLong(s.row.Line)
	}
	if len(s.row.Cells) >= s.limits.Columns {
		return s.tooWide()
	}
	k := Text
	if len(v) == 0 {
		k = Empty
	}
	s.row.Cells = append(s.row.Cells, Cell{v, k})
	return nil
}

// finish adds the last field; a record of empty fields only has no cells.
func (s *textScanner) finish(v []byte) (*Row, error) {
	if err := s.add(v); err != nil {
		return nil, err
	}
	for i := range s.row.Cells {
		if s.row.Cells[i].Kind != Empty {
			return &s.row, nil
		}
	}
	s.row.Cells = s.row.Cells[:0]
	return &s.row, nil
}

func (s *textScanner) tooLong(line int) *Refusal {
	r := tooBig("length of a line or cell", "Dòng hoặc ô quá dài (có thể do thiếu dấu ngoặc kép)")
	r.Line = line
	return r
}

func (s *textScanner) tooWide() *Refusal {
	r := tooBig("number of columns", "Số cột quá lớn so với giới hạn")
	r.Line = s.row.Line
	return r
}

func strayReturn(line int) *Refusal {
	return &Refusal{Line: line, Short: "carriage return without line feed",
		Reason: "Có ký tự xuống dòng lẻ (CR) ngoài ngoặc kép; hãy xuất lại tệp CSV rồi gửi lại."}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
