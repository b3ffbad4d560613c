package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Box stands for a character that the font does not have.
const Box = '□'

// Clean returns s as it can be printed in f: composed (NFC), line ends as "\n",
// other controls as spaces or gone, and every character without a glyph replaced
// by Box. The second result counts the replaced ones.
func (f Font) Clean(s string) (string, int) {
	t := faces[f.index()].table()
	if printable(t, s) && norm.NFC.IsNormalString(s) {
		return s, 0
	}
	s = norm.NFC.String(strings.ReplaceAll(s, "\r\n", "\n"))
	var b strings.Builder
	b.Grow(len(s))
	lost := 0
	for _, r := range s {
		switch {
		case r == '\n', r == '\r', r == '\u2028', r == '\u2029', r == '\v', r == '\f', r == '\u0085':
			b.WriteByte('\n')
		case r == '\t':
			b.WriteByte(' ')
		case invisible(r):
		case r == '\u2011':
			b.WriteByte('-')
		case unicode.Is(unicode.Zs, r) && r != '\u00a0':
			b.WriteByte(' ')
		case r >= 1<<16, t[r] == noGlyph, r == utf8.RuneError:
			b.WriteRune(Box)
			lost++
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), lost
}

func printable(t *advances, s string) bool {
	for _, r := range s {
		if r != '\n' && (r >= 1<<16 || t[r] == noGlyph || r < ' ' || r >= 0x7f && r < 0xa0 ||
			r >= 0x2000 && r <= 0x206f && (unicode.Is(unicode.Zs, r) || invisible(r) || r == '\u2011') ||
			r == '\u00ad' || r == '\ufeff' || r == utf8.RuneError) {
			return false
		}
	}
	return true
}

// invisible reports the characters that print nothing: controls, soft hyphen,
// joiners, direction marks, variation selectors.
func invisible(r rune) bool {
	return unicode.IsControl(r) || r == '\u00ad' || r == '\u034f' || r == '\ufeff' ||
		r >= '\u200b' && r <= '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2060' && r <= '\u206f' ||
		r >= '\ufe00' && r <= '\ufe0f'
}
