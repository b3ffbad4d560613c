package reader

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// appendText appends the content of the last text token to dst, references
// resolved and checked to be UTF-8.
func (s *xmlScanner) appendText(dst []byte) ([]byte, error) {
	raw := s.raw
	if bytes.IndexByte(raw, '\r') >= 0 { // line ends of XML are LF, whatever stands there
		raw = bytes.ReplaceAll(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	if s.cdata {
		return append(dst, raw...), nil
	}
	if bytes.Contains(raw, []byte("]]>")) {
		return dst, malformed("end of CDATA in a text")
	}
	return unescape(dst, raw)
}

// validate checks the bytes that came in, but for a character cut at the end:
// UTF-8 without the characters that XML does not have.
func (s *xmlScanner) validate() error {
	fresh := s.buf[s.checked:s.end]
	if !s.eof {
		fresh = whole(fresh)
	}
	if hasControl(fresh) {
		return malformed("control character in the markup")
	}
	if !utf8.Valid(fresh) {
		return malformed("text is not UTF-8")
	}
	for rest := fresh; ; {
		i := bytes.Index(rest, []byte("\xEF\xBF"))
		if i < 0 || i+2 == len(rest) {
			break
		}
		if rest[i+2] >= 0xBE {
			return malformed("no character of XML")
		}
		rest = rest[i+3:]
	}
	s.checked += len(fresh)
	return nil
}

// hasControl looks for bytes below space that are no white space.
func hasControl(b []byte) bool {
	for len(b) >= 8 {
		x := le.Uint64(b)
		if (x-0x2020202020202020)&^x&0x8080808080808080 != 0 && controlIn(b[:8]) {
			return true
		}
		b = b[8:]
	}
	return controlIn(b)
}

func controlIn(b []byte) bool {
	for _, c := range b {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' {
			return true
		}
	}
	return false
}

func isName(b []byte) bool {
	for i, c := range b {
		switch {
		case c >= 0x80, c|0x20 >= 'a' && c|0x20 <= 'z', c == '_', c == ':':
		case i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '.'):
		default:
			return false
		}
	}
	return len(b) > 0
}

// soundAttrs checks the attributes of a tag that nobody may look at.
func (s *xmlScanner) soundAttrs() error {
	if len(s.attrs) == 0 {
		return nil
	}
	sound := true
	err := s.eachAttr(func(_, value []byte) {
		if bytes.IndexByte(value, '&') >= 0 {
			_, err := unescape(nil, value)
			sound = sound && err == nil
		}
	})
	if err == nil && !sound {
		err = malformed("bad attribute")
	}
	return err
}

// attr returns the raw value of the attribute with that local name. Attributes
// that cannot be read are a fault of the part, which the next token reports.
func (s *xmlScanner) attr(name string) []byte {
	var value []byte
	err := s.eachAttr(func(n, v []byte) {
		if value == nil && string(n) == name {
			value = v
		}
	})
	if err != nil && s.fault == nil {
		s.fault = err
	}
	return value
}

// eachAttr calls fn with the local name and raw value of every attribute.
func (s *xmlScanner) eachAttr(fn func(name, value []byte)) error {
	a := s.attrs
	for {
		i := 0
		for i < len(a) && isSpace(a[i]) {
			i++
		}
		if i == len(a) {
			return nil
		}
		eq := bytes.IndexByte(a, '=')
		if eq < 0 {
			return malformed("attribute without value")
		}
		name := a[i:eq]
		if a = a[eq+1:]; eq > i && isSpace(name[len(name)-1]) || len(a) > 0 && isSpace(a[0]) {
			name = bytes.TrimRight(name, " \t\r\n")
			a = bytes.TrimLeft(a, " \t\r\n")
		}
		if !isName(name) {
			return malformed("bad name of an attribute")
		}
		if len(a) < 2 || a[0] != '"' && a[0] != '\'' {
			return malformed("attribute value without quotes")
		}
		end := bytes.IndexByte(a[1:], a[0])
		if end < 0 {
			return malformed("attribute value without end")
		}
		fn(local(name), a[1:1+end])
		a = a[end+2:]
	}
}

// unescape appends raw with the five entities of XML and character references
// resolved.
func unescape(dst, raw []byte) ([]byte, error) {
	for {
		i := bytes.IndexByte(raw, '&')
		if i < 0 {
			return append(dst, raw...), nil
		}
		dst = append(dst, raw[:i]...)
		raw = raw[i+1:]
		end := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
		if end < 0 {
			return dst, malformed("reference without end")
		}
		switch name := string(raw[:end]); name {
		case "lt":
			dst = append(dst, '<')
		case "gt":
			dst = append(dst, '>')
		case "amp":
			dst = append(dst, '&')
		case "quot":
			dst = append(dst, '"')
		case "apos":
			dst = append(dst, '\'')
		default:
			r, ok := charReference(name)
			if !ok {
				return dst, malformed("unknown entity")
			}
			dst = utf8.AppendRune(dst, r)
		}
		raw = raw[end+1:]
	}
}

func charReference(name string) (rune, bool) {
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) || n == 0xFFFE || n == 0xFFFF || n < 0x20 && n != '\t' && n != '\n' && n != '\r' {
		return 0, false
	}
	return rune(n), true
}
