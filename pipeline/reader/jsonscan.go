package reader

import (
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonScanner reads JSON text strictly, record by record: no key twice, no
// nesting, no lone surrogates, nothing that RFC 8259 does not have. Nesting is
// refused where it begins, so depth costs nothing.
type jsonScanner struct {
	f        *jsonFile
	r        io.Reader
	limits   Limits
	fn       func(*Row) error
	buf      []byte
	pos, end int
	lineEnds int // line ends passed between tokens
	record   int // number of the record being read
	count    int // records delivered
	members  []member
	arena    []byte // keys and values of the record
	last     []int  // per column, the last record that had it
	row      Row
}

func (s *jsonScanner) begin() {
	s.record++
	s.members = s.members[:0]
	s.arena = s.arena[:0]
}

// fill reads more; io.EOF at the end of the text.
func (s *jsonScanner) fill() error {
	n, err := 0, error(nil)
	for n == 0 && err == nil {
		n, err = s.r.Read(s.buf)
	}
	s.pos, s.end = 0, n
	if n > 0 || errors.Is(err, io.EOF) && n == 0 {
		if n > 0 {
			return nil
		}
		return io.EOF
	}
	if bad := new(unmapped); errors.As(err, bad) {
		return notIn(s.f.in.enc, s.record)
	}
	return damaged(err)
}

// token returns the next byte that is no white space; io.EOF at the end.
func (s *jsonScanner) token() (byte, error) {
	for {
		for s.pos < s.end {
			c := s.buf[s.pos]
			s.pos++
			switch c {
			case '\n':
				s.lineEnds++
			case ' ', '\t', '\r':
			default:
				return c, nil
			}
		}
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
}

// inside is token where the text must go on.
func (s *jsonScanner) inside() (byte, error) {
	c, err := s.token()
	return c, s.goesOn(err)
}

func (s *jsonScanner) goesOn(err error) error {
	if errors.Is(err, io.EOF) {
		return s.bad("cut short")
	}
	return err
}

// next is the next byte within a token.
func (s *jsonScanner) next() (byte, error) {
	if s.pos == s.end {
		if err := s.fill(); err != nil {
			return 0, s.goesOn(err)
		}
	}
	s.pos++
	return s.buf[s.pos-1], nil
}

// value reads the value that starts with c into m and keeps m.
func (s *jsonScanner) value(c byte, m member) error {
	var err error
	switch {
	case c == '"':
		m.kind, err = Text, s.str()
	case c == '-' || c >= '0' && c <= '9':
		err = s.number(c)
		m.kind = numberKind(s.arena[m.value:])
	case c == 't':
		m.kind, err = Bool, s.word("rue")
		s.arena = append(s.arena, '1')
	case c == 'f':
		m.kind, err = Bool, s.word("alse")
		s.arena = append(s.arena, '0')
	case c == 'n':
		m.kind, err = Empty, s.word("ull")
	case c == '{' || c == '[':
		return s.nested()
	default:
		return s.bad("value expected")
	}
	if err != nil {
		return err
	}
	if m.to = len(s.arena); m.to == m.value {
		m.kind = Empty
	}
	if m.to > s.limits.LineBytes || m.to-m.value > s.limits.CellBytes {
		return s.tooLong()
	}
	s.members = append(s.members, m)
	return nil
}

// str reads a string whose quote was just read into the arena.
func (s *jsonScanner) str() error {
	from := len(s.arena)
	for {
		i := s.pos
		for i < s.end && s.buf[i] != '"' && s.buf[i] != '\\' && s.buf[i] >= 0x20 {
			i++
		}
		s.arena = append(s.arena, s.buf[s.pos:i]...)
		s.pos = i
		if len(s.arena)-from > s.limits.CellBytes {
			return s.tooLong()
		}
		c, err := s.next()
		switch {
		case err != nil:
			return err
		case c == '"':
			if !utf8.Valid(s.arena[from:]) {
				return notIn(s.f.in.enc, s.record)
			}
			return nil
		case c == '\\':
			if err := s.escape(); err != nil {
				return err
			}
		case c < 0x20:
			return s.bad("control character in a text")
		default: // the buffer was at its end
			s.pos--
		}
	}
}

func (s *jsonScanner) escape() error {
	c, err := s.next()
	if err != nil {
		return err
	}
	switch c {
	case '"', '\\', '/':
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'u':
		r, err := s.hex()
		if err != nil {
			return err
		}
		if utf16.IsSurrogate(r) {
			if r, err = s.pair(r); err != nil {
				return err
			}
		}
		if r == 0 {
			return s.bad("NUL character in a text")
		}
		s.arena = utf8.AppendRune(s.arena, r)
		return nil
	default:
		return s.bad("unknown escape")
	}
	s.arena = append(s.arena, c)
	return nil
}

// pair reads the second half of a character beyond U+FFFF.
func (s *jsonScanner) pair(high rune) (rune, error) {
	for _, want := range []byte(`\u`) {
		if c, err := s.next(); err != nil || c != want {
			return 0, s.orBad(err, "half a character")
		}
	}
	low, err := s.hex()
	if err != nil {
		return 0, err
	}
	r := utf16.DecodeRune(high, low)
	if r == utf8.RuneError {
		return 0, s.bad("half a character")
	}
	return r, nil
}

func (s *jsonScanner) hex() (r rune, err error) {
	for range 4 {
		c, err := s.next()
		if err != nil {
			return 0, err
		}
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, s.bad("bad escape")
		}
	}
	return r, nil
}

func (s *jsonScanner) word(rest string) error {
	for _, want := range []byte(rest) {
		if c, err := s.next(); err != nil || c != want {
			return s.orBad(err, "value expected")
		}
	}
	return nil
}

// number reads a number that starts with c into the arena, as it is written.
func (s *jsonScanner) number(c byte) error {
	from := len(s.arena)
	for {
		s.arena = append(s.arena, c)
		if len(s.arena)-from > s.limits.CellBytes {
			return s.tooLong()
		}
		var err error
		if c, err = s.next(); err != nil {
			return err
		}
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c|0x20 != 'e' {
			s.pos--
			break
		}
	}
	if !isJSONNumber(s.arena[from:]) {
		return s.bad("bad number")
	}
	return nil
}

// isJSONNumber knows -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?
func isJSONNumber(v []byte) bool {
	if v[0] == '-' {
		v = v[1:]
	}
	n := leadingDigits(v)
	if n == 0 || v[0] == '0' && n > 1 {
		return false
	}
	if v = v[n:]; len(v) > 0 && v[0] == '.' {
		if n = leadingDigits(v[1:]); n == 0 {
			return false
		}
		v = v[1+n:]
	}
	if len(v) == 0 || v[0]|0x20 != 'e' {
		return len(v) == 0
	}
	if v = v[1:]; len(v) > 0 && (v[0] == '+' || v[0] == '-') {
		v = v[1:]
	}
	return len(v) > 0 && leadingDigits(v) == len(v)
}

func leadingDigits(v []byte) int {
	n := 0
	for n < len(v) && v[n] >= '0' && v[n] <= '9' {
		n++
	}
	return n
}

func (s *jsonScanner) bad(what string) *Refusal {
	return &Refusal{Line: s.record, Short: "damaged JSON: " + what,
		Reason: "Tệp JSON sai cú pháp hoặc bị cắt cụt; hãy xuất lại từ phần mềm, hoặc gửi tệp Excel (.xlsx) hoặc CSV."}
}

func (s *jsonScanner) orBad(err error, what string) error {
	if err != nil {
		return err
	}
	return s.bad(what)
}

func (s *jsonScanner) nested() *Refusal {
	return &Refusal{Line: s.record, Short: "nested JSON is not read",
		Reason: "Dữ liệu JSON có mục lồng nhau; chỉ nhận danh sách các bản ghi phẳng (mỗi trường một giá trị). Hãy xuất ra Excel (.xlsx) hoặc CSV."}
}

func (s *jsonScanner) twice() *Refusal {
	return &Refusal{Line: s.record, Short: "key twice in one record",
		Reason: "Một bản ghi JSON có hai trường cùng tên; hãy sửa ở phần mềm rồi xuất lại."}
}

func (s *jsonScanner) tooLong() *Refusal {
	return placedAt(tooBig("length of a line or cell", "Dòng hoặc ô quá dài"), s.record)
}

func placedAt(r *Refusal, line int) *Refusal {
	r.Line = line
	return r
}
