package sample

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plain makes a file name of a Vietnamese name: "xã Bằng Vân" is xa-Bang-Van.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'đ':
			b.WriteByte('d')
		case r == 'Đ':
			b.WriteByte('D')
		case r == ' ':
			b.WriteByte('-')
		case r < 128:
			b.WriteRune(r)
		}
	}
	return b.String()
}
