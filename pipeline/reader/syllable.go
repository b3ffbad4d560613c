package reader

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// syllable is the shape of a Vietnamese syllable without its tone: first
// consonant, vowels, last consonant (k for names of the Highlands).
var syllable = regexp.MustCompile(`^(ngh?|nh|gh?|gi|kh?|ch?|th?|tr|ph?|qu?|b|d|đ|h|l|m|n|r|s|v|x)?` +
	`(uyê|uya|uyu|uêu|iêu|yêu|ươi|ươu|uôi|oai|oay|oao|oeo|uây|oă|oa|oe|uê|uy|uơ|uâ|iê|yê|ia|ươ|ưa|uô|ua|oo|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)` +
	`(ch|c|k|m|ng|nh|n|p|t)?$`)

// likely tells which of several readings of the same bytes is Vietnamese: at
// least three quarters of its words with a letter beyond ASCII are syllables, at
// least three of them, and no other reading comes near. Empty: none is certain.
func likely(readings map[string]string) string {
	best, bestShare, second := "", 0.0, 0.0
	for name, text := range readings {
		ok, all := syllables(text)
		share := 0.0
		if ok >= 3 {
			share = float64(ok) / float64(all)
		}
		if share > bestShare || share == bestShare && name < best {
			best, bestShare, second = name, share, bestShare
		} else {
			second = max(second, share)
		}
	}
	if bestShare < 0.75 || second > bestShare-0.25 {
		return ""
	}
	return best
}

// syllables counts the words with a sign beyond ASCII, and those of them that
// are Vietnamese syllables.
func syllables(text string) (ok, all int) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool {
		return r < 0x80 && !unicode.IsLetter(r) || r == 0xA0 || r >= 0x2010 && r <= 0x2026
	}) {
		if strings.IndexFunc(word, func(r rune) bool { return r >= 0x80 }) < 0 || utf8.RuneCountInString(word) < 2 {
			continue
		}
		upper := strings.ToUpper(word)
		if word == upper && strings.Trim(word, "ABCDĐGHKLMNPQRSTVX") == "" {
			continue // "QĐ", "HĐND"
		}
		all++
		if isSyllable(word) {
			ok++
		}
	}
	return ok, all
}

// isSyllable takes the tone off and looks at the shape.
func isSyllable(word string) bool {
	var b strings.Builder
	tones := 0
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		switch r {
		case 0x0300, 0x0301, 0x0303, 0x0309, 0x0323:
			tones++
		default:
			b.WriteRune(r)
		}
	}
	return tones <= 1 && syllable.MatchString(norm.NFC.String(b.String()))
}
