package reader

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// legacy is an encoding of the old Vietnamese fonts, whose letters stand on the
// places of other signs. Documents carry them as bytes, or as the code points
// U+0080 to U+00FF after such text went through Unicode programs.
//
// TCVN3 (ABC, the .Vn fonts) has one byte a letter; its capitals with a tone mark
// are the small letters shown in a capital font, so they come out small. VNI
// (VNI-Windows, the VNI- fonts) writes most letters as base and mark.
type legacy struct {
	name   string
	single [256]rune        // code to letter, 0: none
	mark   [256]bool        // code is a mark on the letter before it
	joined map[[2]rune]rune // letter and mark to letter
	bases  map[rune]bool    // letters that take a mark
}

func legacyNamed(name string) *legacy {
	switch name {
	case tcvn3Name:
		return tcvn3
	case vniName:
		return vni
	}
	return nil
}

// The tables are data: letters in the order of their codes, and nothing writes
// to them after the program has started.
var (
	tcvn3 = newTCVN3()
	vni   = newVNI()
)

func newTCVN3() *legacy {
	l := &legacy{name: tcvn3Name}
	l.ascii()
	l.run(0xA0, "\u00A0ĂÂÊÔƠƯĐăâêôơưđ")
	l.run(0xB5, "àảãáạ")
	l.run(0xBB, "ằẳẵắ")
	l.run(0xC6, "ặầẩẫấậè")
	l.run(0xCE, "ẻẽ")
	l.run(0xD0, "éẹềểễếệìỉ")
	l.run(0xDC, "ĩíịò")
	l.run(0xE1, "ỏõóọồổỗốộờở")
	l.run(0xEC, "ỡớợù")
	l.run(0xF1, "ủũúụừửữứự")
	l.run(0xFA, "ỳỷỹýỵ")
	return l
}

func newVNI() *legacy {
	l := &legacy{name: vniName, joined: map[[2]rune]rune{}, bases: map[rune]bool{}}
	l.ascii()
	l.single[0xA0] = '\u00A0'
	for code, letter := range map[byte]string{0xED: "íÍ", 0xEC: "ìÌ", 0xE6: "ỉỈ", 0xF3: "ĩĨ", 0xF2: "ịỊ", 0xF4: "ơƠ", 0xF6: "ưƯ", 0xEE: "ỵỴ", 0xF1: "đĐ"} {
		l.pair(code, letter)
	}
	tones := []byte{0xF9, 0xF8, 0xFB, 0xF5, 0xEF} // acute, grave, hook, tilde, dot
	l.marks("aA", tones, "áàảãạ", "ÁÀẢÃẠ")
	l.marks("eE", tones, "éèẻẽẹ", "ÉÈẺẼẸ")
	l.marks("oO", tones, "óòỏõọ", "ÓÒỎÕỌ")
	l.marks("uU", tones, "úùủũụ", "ÚÙỦŨỤ")
	l.marks("yY", tones[:4], "ýỳỷỹ", "ÝỲỶỸ")
	l.marks("ơƠ", tones, "ớờởỡợ", "ỚỜỞỠỢ")
	l.marks("ưƯ", tones, "ứừửữự", "ỨỪỬỮỰ")
	circumflex := []byte{0xE2, 0xE1, 0xE0, 0xE5, 0xE3, 0xE4}
	l.marks("aA", circumflex, "âấầẩẫậ", "ÂẤẦẨẪẬ")
	l.marks("eE", circumflex, "êếềểễệ", "ÊẾỀỂỄỆ")
	l.marks("oO", circumflex, "ôốồổỗộ", "ÔỐỒỔỖỘ")
	l.marks("aA", []byte{0xEA, 0xE9, 0xE8, 0xFA, 0xFC, 0xEB}, "ăắằẳẵặ", "ĂẮẰẲẴẶ")
	return l
}

func (l *legacy) ascii() {
	for c := range 0x80 {
		l.single[c] = rune(c)
	}
}

func (l *legacy) run(code byte, letters string) {
	for _, r := range letters {
		l.single[code] = r
		code++
	}
}

// pair sets a small letter and its capital, which stands 32 places before.
func (l *legacy) pair(code byte, letters string) {
	small, n := utf8.DecodeRuneInString(letters)
	capital, _ := utf8.DecodeRuneInString(letters[n:])
	l.single[code], l.single[code-0x20] = small, capital
}

// marks sets what a base becomes with each mark. The marks of capitals stand 32
// places before; typists mix the two, and the base decides.
func (l *legacy) marks(bases string, marks []byte, small, capital string) {
	out := [][]rune{[]rune(small), []rune(capital)}
	for k, base := range []rune(bases) {
		l.bases[base] = true
		for i, m := range marks {
			l.mark[m], l.mark[m-0x20] = true, true
			l.joined[[2]rune{base, rune(m)}] = out[k][i]
			l.joined[[2]rune{base, rune(m - 0x20)}] = out[k][i]
		}
	}
}

// legacyText decodes a stream; a base waits for its mark.
type legacyText struct {
	legacy *legacy
	base   rune
}

// add appends what one code stands for.
func (t *legacyText) add(dst []byte, code rune) ([]byte, bool) {
	l := t.legacy
	if code > 0xFF {
		return utf8.AppendRune(t.flush(dst), code), true
	}
	if l.mark[code] {
		r, ok := l.joined[[2]rune{t.base, code}]
		t.base = 0
		return utf8.AppendRune(dst, r), ok
	}
	dst = t.flush(dst)
	r := l.single[code]
	if r == 0 && code != 0 {
		return dst, false
	}
	if l.bases[r] {
		t.base = r
		return dst, true
	}
	return utf8.AppendRune(dst, r), true
}

func (t *legacyText) flush(dst []byte) []byte {
	if t.base != 0 {
		dst, t.base = utf8.AppendRune(dst, t.base), 0
	}
	return dst
}

// bytes decodes bytes in the legacy encoding, for a decoder.
func (t *legacyText) bytes(dst, src []byte, end bool) (out []byte, used int, err error) {
	var ok bool
	for i, c := range src {
		if dst, ok = t.add(dst, rune(c)); !ok {
			return dst, i, unmapped{}
		}
	}
	if end {
		dst = t.flush(dst)
	}
	return dst, len(src), nil
}

// codePoints decodes legacy codes carried as code points in UTF-8, for a
// decoder; characters above U+00FF are Unicode already and stay.
func (t *legacyText) codePoints(dst, src []byte, end bool) (out []byte, used int, err error) {
	var ok bool
	for used < len(src) {
		if !end && !utf8.FullRune(src[used:]) {
			return dst, used, nil
		}
		r, n := utf8.DecodeRune(src[used:])
		if r == utf8.RuneError && n == 1 {
			return dst, used, unmapped{}
		}
		if dst, ok = t.add(dst, r); !ok {
			return dst, used, unmapped{}
		}
		used += n
	}
	if end {
		dst = t.flush(dst)
	}
	return dst, used, nil
}

// decodeCell decodes one text of a workbook. A text with a character above
// U+00FF is Unicode and stays as it is; ok is false when a code has no letter.
func (l *legacy) decodeCell(dst, text []byte) (out []byte, ok bool) {
	if bytes.IndexFunc(text, func(r rune) bool { return r > 0xFF }) >= 0 {
		return append(dst, text...), true
	}
	t := legacyText{legacy: l}
	dst, _, err := t.codePoints(dst, text, true)
	return dst, err == nil
}

// decodeLoosely decodes a sample; codes without a letter become U+FFFD.
func (l *legacy) decodeLoosely(sample string) string {
	var out strings.Builder
	t := legacyText{legacy: l}
	var buf []byte
	for _, r := range sample {
		ok := r <= 0xFF || !unicode.IsLetter(r) // a Unicode letter speaks against the old font
		if ok {
			buf, ok = t.add(buf[:0], r)
		}
		if !ok {
			buf = utf8.AppendRune(t.flush(buf[:0]), utf8.RuneError)
		}
		out.Write(buf)
	}
	out.Write(t.flush(nil))
	return out.String()
}
