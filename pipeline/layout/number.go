package layout

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"cchc/pipeline/dataset"
)

// Reasons for which a text is no number.
const (
	notNumber  = "không phải là số; ghi số bằng chữ số, ví dụ 1.265 hoặc 84,28"
	notInteger = "không phải là số nguyên; ghi số nguyên, ví dụ 1265"
	negative   = "là số âm; ghi số không âm"
	tooLarge   = "là số quá lớn; kiểm tra lại"
)

// parts is a number cut at its decimal mark.
type parts struct {
	negative    bool
	whole, frac string // digits only; whole is not empty
	comma       bool   // the decimal mark was a comma
}

// splitNumber reads a number as people write it here: 1.265 and 1 265 group
// thousands, 84,28 and 0.5 have decimals. 1,265.5 and 1,265,000 are read the
// English way, as they cannot be anything else. A dot before exactly three
// digits groups thousands unless the number begins with 0.
func splitNumber(b []byte) (p parts, ok bool) {
	s := strings.Map(func(r rune) rune {
		switch r {
		case '\u00a0', '\u202f', '\u2009':
			return ' '
		case '−':
			return '-'
		}
		return r
	}, string(trimSpace(b)))
	if s != "" && (s[0] == '-' || s[0] == '+') {
		p.negative = s[0] == '-'
		s = strings.TrimLeft(s[1:], " ")
	}
	mark, group := byte(0), byte(0)
	dots, commas := strings.Count(s, "."), strings.Count(s, ",")
	switch {
	case dots > 0 && commas > 0:
		if mark, group = '.', ','; strings.LastIndexByte(s, ',') > strings.LastIndexByte(s, '.') {
			mark, group = ',', '.'
		}
	case dots > 0:
		if group = '.'; dots == 1 && !isGrouped(s, '.') {
			mark, group = '.', 0
		}
	case commas == 1:
		mark = ','
	case commas > 1:
		group = ','
	}
	p.whole = s
	if mark != 0 {
		i := strings.LastIndexByte(s, mark)
		p.whole, p.frac = s[:i], s[i+1:]
		if p.frac == "" || strings.Count(s, string(mark)) > 1 {
			return p, false
		}
		p.comma = mark == ','
	}
	if group == 0 && strings.Contains(p.whole, " ") {
		group = ' '
	}
	if group != 0 && strings.IndexByte(p.whole, group) >= 0 {
		if !isGrouped(p.whole, group) {
			return p, false
		}
		p.whole = strings.ReplaceAll(p.whole, string(group), "")
	}
	return p, p.whole != "" && onlyDigits(p.whole) && onlyDigits(p.frac)
}

// isGrouped accepts 1.265 and 12.345.678, not 0.265 and 1265.000.
func isGrouped(s string, mark byte) bool {
	groups := strings.Split(s, string(mark))
	if n := len(groups[0]); n < 1 || n > 3 || groups[0][0] == '0' {
		return false
	}
	for i, g := range groups {
		if !onlyDigits(g) || i > 0 && len(g) != 3 {
			return false
		}
	}
	return true
}

func onlyDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// parseInt reads a count that is not negative. Words after the digits are let
// pass ("01hồ sơ"). 1,265 is refused: a thousand here, one and a bit there.
func parseInt(b []byte) (n int64, why string) {
	b = trimSpace(b)
	if i := bytes.IndexFunc(b, isWordRune); i > 0 && !bytes.ContainsAny(b[i:], "0123456789") {
		b = trimSpace(b[:i])
	}
	p, ok := splitNumber(b)
	switch {
	case !ok || p.comma && len(p.frac) == 3 || strings.Trim(p.frac, "0") != "":
		return 0, notInteger
	case p.negative && strings.Trim(p.whole, "0") != "":
		return 0, negative
	}
	n, err := strconv.ParseInt(p.whole, 10, 64)
	if err != nil {
		return 0, tooLarge
	}
	return n, ""
}

func isWordRune(r rune) bool { return r >= utf8.RuneSelf || r|0x20 >= 'a' && r|0x20 <= 'z' }

// parseDecimal reads a number, rounded half away from zero to what a Decimal keeps.
func parseDecimal(b []byte) (dataset.Decimal, string) {
	p, ok := splitNumber(b)
	if !ok {
		return 0, notNumber
	}
	return p.decimal()
}

func (p parts) decimal() (dataset.Decimal, string) {
	digits := p.frac + strings.Repeat("0", dataset.DecimalScale)
	n, err := strconv.ParseInt(p.whole+digits[:dataset.DecimalScale], 10, 64)
	if err != nil || n == math.MaxInt64 {
		return 0, tooLarge
	}
	if len(p.frac) > dataset.DecimalScale && p.frac[dataset.DecimalScale] >= '5' {
		n++
	}
	if p.negative {
		n = -n
	}
	return dataset.Decimal(n), ""
}

// cellNumber cuts the number of a workbook cell, whose dot is always the
// decimal mark.
func cellNumber(b []byte) (p parts, ok bool) {
	s := plainNumber(b)
	if strings.HasPrefix(s, "-") {
		p.negative, s = true, s[1:]
	}
	p.whole, p.frac, _ = strings.Cut(s, ".")
	return p, p.whole != "" && onlyDigits(p.whole) && onlyDigits(p.frac)
}

// plainNumber writes the number of a workbook cell as the workbook shows it:
// without exponent, at most 15 significant digits.
func plainNumber(b []byte) string {
	s := string(b)
	if len(s) <= 15 && !strings.ContainsAny(s, "eE+") || onlyDigits(s) {
		return s
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	if err != nil {
		return s
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}
