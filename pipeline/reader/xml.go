package reader

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// markupError is a place where the markup of a workbook part is not sound.
type markupError struct{ what string }

func (e *markupError) Error() string { return e.what }

func malformed(format string, args ...any) error {
	return &markupError{fmt.Sprintf(format, args...)}
}

var errTokenTooLong = errors.New("markup token too long")

type token uint8

const (
	endOfPart token = iota
	openTag
	closeTag
	text
)

const maxDepth = 64

// xmlScanner reads the markup of a workbook part token by token from a sliding
// buffer: elements, text and CDATA. Document types and entities other than the
// five of XML are refused; comments and processing instructions are skipped.
// Views are valid until the next call of next.
type xmlScanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	eof      bool
	maxToken int
	checked  int // buf[:checked] is sound text

	name  []byte // local name of the tag
	attrs []byte // raw attributes of an opening tag
	raw   []byte // raw text
	cdata bool   // raw is taken as is
	depth int    // elements open, the current opening tag included
	empty bool   // the opening tag closed itself: its closeTag is delivered next
	stack []byte // names of the open elements
	ends  [maxDepth]int
	begun bool  // the root element was seen
	fault error // attributes asked for that cannot be read; next returns it
}

func newXMLScanner(r io.Reader, buf []byte, maxToken int) *xmlScanner {
	return &xmlScanner{r: r, buf: buf, maxToken: maxToken}
}

// next returns the next token; endOfPart only after a complete root element.
func (s *xmlScanner) next() (token, error) {
	if s.fault != nil {
		return 0, s.fault
	}
	if s.empty {
		s.empty = false
		return s.pop()
	}
	for {
		c, ok, err := s.peek(0)
		if err != nil {
			return 0, err
		}
		if !ok {
			if s.depth > 0 || !s.begun {
				return 0, malformed("markup ends too early")
			}
			return endOfPart, nil
		}
		if c != '<' {
			s.raw, err = s.until('<', false)
			if err != nil {
				return 0, err
			}
			s.cdata = false
			if s.depth > 0 {
				return text, nil
			}
			if len(bytes.Trim(s.raw, " \t\r\n\xEF\xBB\xBF")) > 0 {
				return 0, malformed("text outside the root element")
			}
			continue
		}
		if c, _, err = s.peek(1); err != nil {
			return 0, err
		}
		switch c {
		case '?':
			if err := s.instruction(); err != nil {
				return 0, err
			}
		case '!':
			done, err := s.declaration()
			if done || err != nil {
				return text, err
			}
		case '/':
			tag, err := s.until('>', true)
			if err != nil {
				return 0, err
			}
			return s.close(tag)
		default:
			tag, err := s.until('>', true)
			if err != nil {
				return 0, err
			}
			return s.open(tag)
		}
	}
}

// instruction skips a processing instruction; the declaration of the document
// must not claim another encoding or version than the format has.
func (s *xmlScanner) instruction() error {
	raw, err := s.through("?>")
	if err != nil {
		return err
	}
	if !isName(raw[2:3]) {
		return malformed("bad tag")
	}
	if !bytes.HasPrefix(raw, []byte("<?xml")) || len(raw) < 8 || !isSpace(raw[5]) {
		return nil
	}
	s.attrs = raw[5 : len(raw)-2]
	if v := s.attr("version"); v != nil && string(v) != "1.0" {
		return malformed("another version of XML")
	}
	if v := s.attr("encoding"); v != nil && !bytes.EqualFold(v, []byte("utf-8")) {
		return malformed("markup is not UTF-8")
	}
	return nil
}

// declaration handles "<!": a comment is skipped, CDATA is text (done).
func (s *xmlScanner) declaration() (done bool, err error) {
	if _, _, err := s.peek(8); err != nil {
		return false, err
	}
	head := s.buf[s.pos:s.end]
	switch {
	case bytes.HasPrefix(head, []byte("<!--")):
		_, err = s.through("-->")
		return false, err
	case bytes.HasPrefix(head, []byte("<![CDATA[")) && s.depth > 0:
		raw, err := s.through("]]>")
		if err != nil {
			return false, err
		}
		s.raw, s.cdata = raw[9:len(raw)-3], true
		return true, nil
	}
	return false, malformed("document type or other declaration in the markup")
}

// open takes "<name attrs" or "<name attrs/", without the final '>'.
func (s *xmlScanner) open(tag []byte) (token, error) {
	tag = tag[1:]
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		s.empty = true
		tag = tag[:n-1]
	}
	i := 0
	for i < len(tag) && !isSpace(tag[i]) {
		switch tag[i] {
		case '<', '"', '\'', '=', '/':
			return 0, malformed("bad tag")
		}
		i++
	}
	full := tag[:i]
	s.attrs = tag[i:]
	if !isName(full) || len(s.attrs) > 0 && bytes.IndexByte(s.attrs, '<') >= 0 {
		return 0, malformed("bad tag")
	}
	if err := s.soundAttrs(); err != nil {
		return 0, err
	}
	if s.depth == 0 && s.begun {
		return 0, malformed("second root element")
	}
	if s.depth == maxDepth {
		return 0, malformed("elements nested too deep")
	}
	s.begun = true
	s.stack = append(s.stack, full...)
	s.ends[s.depth] = len(s.stack)
	s.depth++
	s.name = local(full)
	return openTag, nil
}

func (s *xmlScanner) close(tag []byte) (token, error) {
	full := tag[2:]
	if s.depth > 0 && !bytes.Equal(full, s.top()) {
		full = bytes.TrimRight(full, " \t\r\n")
	}
	if s.depth == 0 || !bytes.Equal(full, s.top()) {
		return 0, malformed("closing tag without its opening tag")
	}
	return s.pop()
}

func (s *xmlScanner) top() []byte {
	from := 0
	if s.depth > 1 {
		from = s.ends[s.depth-2]
	}
	return s.stack[from:]
}

func (s *xmlScanner) pop() (token, error) {
	full := s.top()
	s.name = local(full)
	s.stack = s.stack[:len(s.stack)-len(full)]
	s.depth--
	return closeTag, nil
}

// skip reads past the element whose opening tag was just delivered.
func (s *xmlScanner) skip() error {
	for target := s.depth - 1; s.depth > target; {
		if _, err := s.next(); err != nil {
			return err
		}
	}
	return nil
}

// peek returns the byte n after the current position.
func (s *xmlScanner) peek(n int) (byte, bool, error) {
	if s.pos+n < s.end {
		return s.buf[s.pos+n], true, nil
	}
	return s.peekFar(n)
}

func (s *xmlScanner) peekFar(n int) (byte, bool, error) {
	for s.pos+n >= s.end {
		if s.eof {
			return 0, false, nil
		}
		if err := s.fill(); err != nil {
			return 0, false, err
		}
	}
	return s.buf[s.pos+n], true, nil
}

// until consumes up to stop, which is consumed too when it belongs to a tag.
// Quoted attribute values of a tag may hold stop.
func (s *xmlScanner) until(stop byte, tag bool) ([]byte, error) {
	from := 0
	for {
		b := s.buf[s.pos:s.end]
		for {
			i := bytes.IndexByte(b[from:], stop)
			if i < 0 {
				break
			}
			if tag && b[1] != '/' && openQuote(b[:from+i]) {
				from += i + 1
				continue
			}
			s.pos += from + i
			if tag {
				s.pos++
			}
			return b[:from+i], nil
		}
		if s.eof {
			if tag {
				return nil, malformed("markup ends inside a tag")
			}
			s.pos = s.end
			return b, nil
		}
		from = len(b)
		if err := s.fill(); err != nil {
			return nil, err
		}
	}
}

// openQuote reports whether an attribute value is still open at the end of tag.
func openQuote(tag []byte) bool {
	if bytes.IndexByte(tag, '\'') < 0 {
		return bytes.Count(tag, []byte{'"'})%2 == 1
	}
	for {
		i := bytes.IndexAny(tag, `"'`)
		if i < 0 {
			return false
		}
		end := bytes.IndexByte(tag[i+1:], tag[i])
		if end < 0 {
			return true
		}
		tag = tag[i+end+2:]
	}
}

// through consumes up to and including mark.
func (s *xmlScanner) through(mark string) ([]byte, error) {
	for {
		b := s.buf[s.pos:s.end]
		if i := bytes.Index(b, []byte(mark)); i >= 0 {
			s.pos += i + len(mark)
			return b[:i+len(mark)], nil
		}
		if s.eof {
			return nil, malformed("markup ends too early")
		}
		if err := s.fill(); err != nil {
			return nil, err
		}
	}
}

func (s *xmlScanner) fill() error {
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.checked -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if s.end >= s.maxToken {
			return errTokenTooLong
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.r.Read(s.buf[s.end:])
	s.end += n
	if err == io.EOF {
		s.eof, err = true, nil
	}
	if err != nil {
		return err
	}
	return s.validate()
}

func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
