package reader

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// appendText appends the content of the last text token to dst, references
// resolved and checked to be UTF-8.
func (s *xmlScanner) appendText(dst []byte) ([]byte, error) {
	if !utf8.Valid(s.raw) {
		return dst, malformed("text is not UTF-8")
	}
	if err := legalText(s.raw); err != nil {
		return dst, err
	}
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

// legalText refuses the characters that XML does not have.
func legalText(raw []byte) error {
	for _, c := range raw {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' {
			return malformed("control character in a text")
		}
	}
	if bytes.Contains(raw, []byte("\uFFFE")) || bytes.Contains(raw, []byte("\uFFFF")) {
		return malformed("no character of XML")
	}
	return nil
}

// attr returns the raw value of the attribute with that local name.
func (s *xmlScanner) attr(name string) []byte {
	var value []byte
	s.eachAttr(func(n, v []byte) {
		if value == nil && string(n) == name {
			value = v
		}
	})
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
