package layout

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold brings a header or a word of a closed list to the form in which they are
// compared: NFC, lower case, single spaces ("_" is one), one placement of tones,
// nothing of "*" and punctuation at the ends.
func fold(s string) string {
	s = strings.ToLower(norm.NFC.String(s))
	s = strings.ReplaceAll(s, "_", " ")
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || isInvisible(r) }), " ")
	s = strings.Trim(s, " *:;.,()[]\"'“”-–")
	return tones.Replace(s)
}

// tones moves the tone of oa, oe and uy to the first vowel everywhere. That is
// no spelling (quý becomes qúy) but makes hoà and hòa, uỷ and ủy the same.
var tones = strings.NewReplacer(
	"oà", "òa", "oá", "óa", "oả", "ỏa", "oã", "õa", "oạ", "ọa",
	"oè", "òe", "oé", "óe", "oẻ", "ỏe", "oẽ", "õe", "oẹ", "ọe",
	"uỳ", "ùy", "uý", "úy", "uỷ", "ủy", "uỹ", "ũy", "uỵ", "ụy")

func isInvisible(r rune) bool {
	if isLatin(r) {
		return r < ' ' && (r < '\t' || r > '\r') || r >= 0x7F && r < 0xA0 && r != 0x85 || r == 0xAD
	}
	return unicode.Is(unicode.Cf, r)
}

// isLatin covers the letters of Vietnamese in their composed form. All of these
// are NFC by themselves.
func isLatin(r rune) bool { return r < 0x300 || r >= 0x1E00 && r < 0x1F00 }

func isSpaceRune(r rune) bool {
	if r > 0x20 && r < 0x7F || r >= 0xC0 && isLatin(r) {
		return false
	}
	return unicode.IsSpace(r)
}

// cleanText makes the value of a text: NFC, trimmed, inner spaces collapsed,
// control and invisible characters removed. With lines, line ends stay as "\n"
// between paragraphs that are not blank.
func cleanText(b []byte, lines bool) string {
	if isPlain(b) {
		return string(b)
	}
	out := make([]byte, 0, len(b))
	composed := true
	gap := byte(0) // what stands between the last character and the next
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case lines && (r >= '\n' && r <= '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029'):
			gap = '\n'
		case isSpaceRune(r):
			if gap == 0 {
				gap = ' '
			}
		case isInvisible(r):
		default:
			if gap != 0 && len(out) > 0 {
				out = append(out, gap)
			}
			gap = 0
			out = append(out, b[:n]...)
			composed = composed && isLatin(r)
		}
		b = b[n:]
	}
	if !composed {
		out = norm.NFC.Bytes(out)
	}
	return string(out)
}

// isPlain is true for ASCII text that cleanText would not change.
func isPlain(b []byte) bool {
	last := byte(' ')
	for _, c := range b {
		if c < ' ' || c > '~' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' ' || len(b) == 0
}

// trimSpace trims spaces, the no-break space too.
func trimSpace(b []byte) []byte {
	if len(b) > 0 && b[0] > ' ' && b[0] < 0x80 && b[len(b)-1] > ' ' && b[len(b)-1] < 0x80 {
		return b
	}
	return bytes.TrimFunc(b, func(r rune) bool { return unicode.IsSpace(r) || isInvisible(r) })
}
