package layout

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// people are the phrases by which a header names personal data, without marks:
// " chu ho so ", " dia chi ".
type people struct {
	phrases []string
	joined  map[string]string // "chuhoso" → its phrase
}

func newPeople(list words) people { return people{joined: map[string]string{}}.and(list) }

// and adds phrases to a copy.
func (p people) and(list words) people {
	out := people{phrases: append([]string(nil), p.phrases...), joined: map[string]string{}}
	for k, v := range p.joined {
		out.joined[k] = v
	}
	for _, w := range list {
		s := bare(w.text)
		if strings.TrimSpace(s) == "" {
			continue
		}
		out.phrases = append(out.phrases, s)
		out.joined[strings.ReplaceAll(s, " ", "")] = strings.TrimSpace(s)
	}
	return out
}

// names finds the phrase that makes a header one of personal data; empty when
// there is none. A phrase is found as whole words in any case, with or without
// marks, also written together: "Địa chỉ", "DIA CHI", "DiaChi", "diachi".
func (p people) names(header string) string {
	s := bare(header)
	for _, phrase := range p.phrases {
		if strings.Contains(s, phrase) {
			return strings.TrimSpace(phrase)
		}
	}
	return p.joined[strings.ReplaceAll(s, " ", "")]
}

// bare writes a text without marks, in lower case, its words between single
// spaces; a capital within a word begins a new one.
func bare(s string) string {
	var b strings.Builder
	b.WriteByte(' ')
	gap, lower := true, false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r) || isInvisible(r):
			continue
		case r == 'đ':
			r = 'd'
		case r == 'Đ':
			r = 'D'
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			if !gap {
				b.WriteByte(' ')
			}
			gap, lower = true, false
			continue
		}
		if unicode.IsUpper(r) && lower && !gap {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
		gap, lower = false, unicode.IsLower(r)
	}
	if !gap {
		b.WriteByte(' ')
	}
	return b.String()
}

// mask is put in the place of a phone number, an e-mail address or the number of
// an identity paper.
const mask = "[đã ẩn]"

// screen hides what looks like personal data in a text: phone numbers of this
// country however spaced, e-mail addresses, identity numbers. Codes of dossiers
// and procedures, numbers of documents and dates stay.
func screen(s string) (out string, hidden bool) {
	if !suspicious(s) {
		return s, false
	}
	r := []rune(s)
	var b strings.Builder
	kept := 0
	for i := 0; i < len(r); {
		end := 0
		switch {
		case r[i] == '@':
			from, to := emailAt(r, i)
			if from < kept {
				from = kept
			}
			if to > 0 {
				b.WriteString(string(r[kept:from]) + mask)
				kept, i = to, to
				continue
			}
		case digit(r[i]) >= 0 || r[i] == '+' || r[i] == '(':
			end = numberAt(r, i)
		}
		if end > 0 {
			b.WriteString(string(r[kept:i]) + mask)
			kept, i = end, end
			continue
		}
		i++
	}
	if kept == 0 {
		return s, false
	}
	b.WriteString(string(r[kept:]))
	return b.String(), true
}

// suspicious is a cheap test: an "@", or nine digits.
func suspicious(s string) bool {
	digits := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c == 0xEF: // 0xEF begins a digit of full width
			digits++
		case c == '@':
			return true
		}
		if digits == 9 {
			return true
		}
	}
	return false
}

func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '０' && r <= '９':
		return int(r - '０')
	}
	return -1
}

// emailAt gives the ends of the address around an "@"; to is 0 when it is none.
func emailAt(r []rune, at int) (from, to int) {
	part := func(c rune) bool {
		return unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("._%+-", c)
	}
	from, to = at, at+1
	for from > 0 && part(r[from-1]) {
		from--
	}
	for to < len(r) && part(r[to]) {
		to++
	}
	for to > at+1 && strings.ContainsRune("._%+-", r[to-1]) {
		to--
	}
	if from == at || to == at+1 {
		return 0, 0
	}
	return from, to
}

// numberAt gives the end of a phone or identity number that begins at i, or 0.
func numberAt(r []rune, i int) int {
	if i > 0 && digit(r[i]) >= 0 && !opens(r, i) {
		return 0
	}
	var digits []byte
	var groups []int
	at, plus := i, false
	for at < len(r) && at-i < 3 && (r[at] == '(' || r[at] == '+') {
		plus = plus || r[at] == '+'
		at++
	}
	end := 0
	for at < len(r) && len(groups) < 8 {
		from := at
		for at < len(r) && digit(r[at]) >= 0 && at-from < 14 {
			digits = append(digits, byte('0'+digit(r[at])))
			at++
		}
		if at == from || len(digits) > 14 {
			break
		}
		groups = append(groups, at-from)
		if (closes(r, at) || len(groups) == 1 && endsSentence(r, at)) && (isPhone(string(digits), groups, plus) || isIdentity(string(digits), groups, r[:i])) {
			end = at
		}
		gap := at
		for at < len(r) && at-gap < 3 && (unicode.IsSpace(r[at]) || strings.ContainsRune(".-–·()", r[at])) {
			at++
		}
		if at == gap {
			break
		}
	}
	return end
}

// opens says whether a number may begin at i: not within a word or a code.
func opens(r []rune, i int) bool {
	c := r[i-1]
	if digit(c) >= 0 || c == '_' {
		return false
	}
	if c == '/' {
		return i > 1 && digit(r[i-2]) >= 0
	}
	from := i
	if c == '.' || c == '-' {
		if from--; from > 0 && digit(r[from-1]) >= 0 {
			return false
		}
	}
	to := from
	for from > 0 && unicode.IsLetter(r[from-1]) {
		from--
	}
	return from == to || strings.Contains(" dt sdt dd tel phone zalo mobile fax cmnd cccd cmt so ", bare(string(r[from:to])))
}

// closes says whether a number may end before i.
func closes(r []rune, i int) bool {
	if i >= len(r) {
		return true
	}
	switch c := r[i]; {
	case unicode.IsLetter(c) || digit(c) >= 0 || c == '_':
		return false
	case c == '.' || c == '-':
		return i+1 >= len(r) || !unicode.IsLetter(r[i+1]) && digit(r[i+1]) < 0
	case c == '/':
		n := 0
		for n < 5 && i+1+n < len(r) && digit(r[i+1+n]) >= 0 {
			n++
		}
		return n > 4 || i+1 == len(r)
	}
	return true
}

// endsSentence says that a number is followed by a full stop and a word.
func endsSentence(r []rune, i int) bool {
	return i+1 < len(r) && r[i] == '.' && unicode.IsLetter(r[i+1])
}

// isPhone knows mobile and fixed lines: 09…, 02…, the older 01… and 04…, with
// +84, 84 or 0084 for the 0.
func isPhone(d string, groups []int, plus bool) bool {
	first := groups[0]
	switch {
	case strings.HasPrefix(d, "0084"):
		d, first = "0"+strings.TrimPrefix(d[4:], "0"), 4
	case strings.HasPrefix(d, "84") && (plus || len(d) >= 11):
		d, first = "0"+strings.TrimPrefix(d[2:], "0"), 4
	case plus:
		return len(d) >= 9 && len(d) <= 14
	}
	if len(d) < 10 || d[0] != '0' {
		return false
	}
	mobile := len(d) == 10 && strings.IndexByte("35789", d[1]) >= 0
	fixed := d[1] == '2' && (len(d) == 10 || len(d) == 11) || d[1] == '4' && len(d) == 10 || d[1] == '1' && len(d) == 11
	if !mobile && !fixed || len(groups) > 5 {
		return false
	}
	return first >= 3 || first == 2 && evenly(groups)
}

// evenly keeps "05 09 2021 12" from being a phone: behind two digits come groups
// of two throughout, or of three and more.
func evenly(groups []int) bool {
	pairs, long := true, true
	for _, n := range groups[1:] {
		pairs, long = pairs && n == 2, long && n >= 3
	}
	return pairs || long
}

// isIdentity knows the twelve digits of an identity number, in one piece or in
// groups of three or four, that are no date with more behind it; nine digits
// only behind a word that says so.
func isIdentity(d string, groups []int, before []rune) bool {
	for _, n := range groups {
		if len(groups) > 1 && n != groups[0] {
			return false
		}
	}
	switch {
	case len(d) == 12 && (len(groups) == 1 || groups[0] == 3 || groups[0] == 4):
		_, why := parseTime([]byte(d[:8]), nil)
		return why != ""
	case len(d) == 9 && (len(groups) == 1 || groups[0] == 3):
		s := bare(string(before[max(0, len(before)-30):]))
		for _, word := range []string{" cmnd ", " cccd ", " cmt ", " can cuoc ", " chung minh ", " dinh danh ", " ho chieu "} {
			if strings.Contains(s, word) {
				return true
			}
		}
	}
	return false
}

// personalShape says of a whole cell that it is a phone number, an e-mail
// address or an identity number, also one that lost its leading zero in a
// workbook.
func personalShape(s string) bool {
	if out, hidden := screen(s); hidden {
		return strings.Trim(strings.ReplaceAll(out, mask, ""), " ,;/-+().:") == ""
	}
	return len(s) == 9 && onlyDigits(s) || len(s) == 11 && onlyDigits(s) && s[0] != '2' && s[0] != '1'
}
