package reader

import "bytes"

// fastCell reads a cell that stands whole in the buffer and is written the way
// nearly all are: <c r="B2" s="1" t="s"><v>12</v></c>, <c r="B2" s="1"/> or
// <c r="B2" t="inlineStr"><is><t>text</t></is></c>. For anything else done is
// false, nothing is consumed, and the general way reads the cell and judges it.
func (r *sheetReader) fastCell(next int) (col int, done bool, err error) {
	s := r.s
	b := s.buf[s.pos:s.end]
	if s.empty || len(b) < 4 || b[0] != '<' || b[1] != 'c' || b[2] != ' ' {
		return 0, false, nil
	}
	col, kind, style, i := r.fastHead(b, next)
	if i == 0 {
		return 0, false, nil
	}
	if b[i-2] == '/' { // no content
		s.pos += i
		return col + 1, true, nil
	}
	if kind == 'i' {
		return r.fastInline(b, i, col)
	}
	if !bytes.HasPrefix(b[i:], []byte("<v>")) {
		return 0, false, nil
	}
	i += 3
	v, ok := plainText(b[i:])
	i += len(v)
	if !ok || len(v) == 0 || !bytes.HasPrefix(b[i:], []byte("</v></c>")) {
		return 0, false, nil
	}
	if kind != 's' {
		start := len(r.arena)
		r.arena = append(r.arena, v...)
		v = r.arena[start:]
	}
	cell, err := r.typed(kind, style, v, false)
	if err == nil {
		s.pos += i + len("</v></c>")
		err = r.put(col, cell)
	}
	return col + 1, true, err
}

// fastHead reads the opening tag of a cell up to after its '>'; end is 0 when it
// is not of the usual form.
func (r *sheetReader) fastHead(b []byte, next int) (col int, kind byte, style, end int) {
	i, at, styled := 2, -1, false
	for i+4 < len(b) && b[i] == ' ' && b[i+2] == '=' && b[i+3] == '"' {
		name := b[i+1]
		i += 4
		from := i
		for i < len(b) && b[i] != '"' && i-from < 16 {
			i++
		}
		if i >= len(b)-2 || b[i] != '"' {
			return
		}
		v := b[from:i]
		i++
		ok := false
		switch {
		case name == 'r' && at < 0:
			var line int
			at, line, ok = cellRef(v)
			ok = ok && line == r.line && at >= next
		case name == 's' && !styled:
			styled = true
			style, ok = digits(v)
			ok = ok && (style == 0 || style < len(r.w.dates))
		case name == 't' && kind == 0:
			switch string(v) {
			case "s", "n", "b", "e":
				kind, ok = v[0], true
			case "str":
				kind, ok = 't', true
			case "inlineStr":
				kind, ok = 'i', true
			}
		}
		if !ok {
			return 0, 0, 0, 0
		}
	}
	if kind == 0 {
		kind = 'n'
	}
	switch {
	case at < 0 || i+1 >= len(b):
		return 0, 0, 0, 0
	case b[i] == '>':
		return at, kind, style, i + 1
	case b[i] == '/' && b[i+1] == '>':
		return at, kind, style, i + 2
	}
	return 0, 0, 0, 0
}

func (r *sheetReader) fastInline(b []byte, i, col int) (int, bool, error) {
	i, ok := textTag(b, i, "<is><t>", `<is><t xml:space="preserve">`)
	if !ok {
		return 0, false, nil
	}
	v, ok := plainText(b[i:])
	if !ok || len(v) == 0 || !bytes.HasPrefix(b[i+len(v):], []byte("</t></is></c>")) {
		return 0, false, nil
	}
	start := len(r.arena)
	r.arena = append(r.arena, v...)
	cell, err := r.typed('i', 0, r.arena[start:], false)
	if err == nil {
		r.s.pos += i + len(v) + len("</t></is></c>")
		err = r.put(col, cell)
	}
	return col + 1, true, err
}

// fastString reads a shared string that stands whole in the buffer as
// <si><t>text</t></si> and appends its text.
func (s *xmlScanner) fastString(dst []byte) (out []byte, done bool) {
	b := s.buf[s.pos:s.end]
	if s.empty || s.depth != 1 {
		return dst, false
	}
	i, ok := textTag(b, 0, "<si><t>", `<si><t xml:space="preserve">`)
	if !ok {
		return dst, false
	}
	v, ok := plainText(b[i:])
	if !ok || !bytes.HasPrefix(b[i+len(v):], []byte("</t></si>")) {
		return dst, false
	}
	s.pos += i + len(v) + len("</t></si>")
	return append(dst, v...), true
}

func textTag(b []byte, i int, tags ...string) (end int, ok bool) {
	for _, t := range tags {
		if len(b)-i >= len(t) && string(b[i:i+len(t)]) == t {
			return i + len(t), true
		}
	}
	return 0, false
}

// plainText is the text up to the next tag when it means just itself.
func plainText(b []byte) (v []byte, ok bool) {
	for i, c := range b {
		if plain[c] != isPlain {
			return b[:i], c == '<'
		}
	}
	return nil, false
}

const isPlain = 0

// plain marks the bytes that mean more than themselves: markup, control
// characters, line ends, and the start of the form _x000D_.
var plain = func() (t [256]byte) {
	for c := range 0x20 {
		t[c] = 1
	}
	for _, c := range []byte("<&>_") {
		t[c] = 1
	}
	t['\t'] = isPlain
	return t
}()
