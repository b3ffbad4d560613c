package layout

import (
	"fmt"
	"strings"
	"time"
)

// dateForm is a way to write a date that a layout gives for a field, cut into
// its marks: "MM/dd/yyyy", "yyyyMMddHHmm", "dd-MM-yy"; "serial" and
// "serial1904" are the day numbers of a workbook that a text file kept.
type dateForm []dateMark

// dateMark is a number of a date, or a character between them.
type dateMark struct {
	part   byte // y M d H m s, 0 for a character
	digits int  // of the widest number
	exact  bool // exactly that many digits
	char   byte
	serial int // 1900 or 1904: the whole text is a serial of a workbook of that epoch
}

// parseDateForm reads a form. A single letter (d, M, H) is one or two digits.
func parseDateForm(form string) (dateForm, error) {
	if epoch, ok := map[string]int{"serial": 1900, "serial1904": 1904}[form]; ok {
		return dateForm{{serial: epoch}}, nil
	}
	var out dateForm
	seen := map[byte]bool{}
	for i := 0; i < len(form); {
		c := form[i]
		if strings.IndexByte("yMdHms", c) < 0 {
			if c >= 0x80 || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' && c != 'T' {
				return nil, fmt.Errorf("date form %q: %q is no mark; write it of yyyy, yy, MM, M, dd, d, HH, H, mm, ss", form, c)
			}
			out = append(out, dateMark{char: c})
			i++
			continue
		}
		n := 1
		for i+n < len(form) && form[i+n] == c {
			n++
		}
		if seen[c] || n > 2 && c != 'y' || c == 'y' && n != 2 && n != 4 {
			return nil, fmt.Errorf("date form %q: %q is not understood", form, form[i:i+n])
		}
		seen[c] = true
		out = append(out, dateMark{part: c, digits: max(n, 2), exact: n > 1})
		i += n
	}
	if !seen['y'] || !seen['M'] || !seen['d'] || seen['m'] && !seen['H'] || seen['s'] && !seen['m'] {
		return nil, fmt.Errorf("date form %q lacks year, month, day or the hour of its minutes", form)
	}
	return out, nil
}

// parse reads a text in this form; a year of two digits is of this century.
func (f dateForm) parse(b []byte) (t time.Time, why string) {
	b = trimSpace(b)
	if f[0].serial != 0 {
		whole, frac, _ := strings.Cut(string(b), ".")
		if len(whole) != 5 || !onlyDigits(whole) || !onlyDigits(frac) {
			return t, notDate
		}
		return serialTime(b, f[0].serial == 1904)
	}
	var v [128]int
	for _, m := range f {
		if m.part == 0 {
			if len(b) == 0 || b[0] != m.char {
				return t, notDate
			}
			b = b[1:]
			continue
		}
		n, value := 0, 0
		for n < len(b) && n < m.digits && b[n] >= '0' && b[n] <= '9' {
			value = value*10 + int(b[n]-'0')
			n++
		}
		if n == 0 || m.exact && n != m.digits {
			return t, notDate
		}
		if m.part == 'y' && m.digits == 2 {
			value += 2000
		}
		v[m.part], b = value, b[n:]
	}
	if len(b) > 0 || v['H'] > 23 || v['m'] > 59 || v['s'] > 59 {
		return t, notDate
	}
	return civil(v['y'], v['M'], v['d'], v['H'], v['m'], v['s'])
}

// civil checks a day and gives it as UTC.
func civil(y, m, d, hour, minute, second int) (t time.Time, why string) {
	t = time.Date(y, time.Month(m), d, hour, minute, second, 0, time.UTC)
	switch {
	case m < 1 || m > 12 || t.Day() != d:
		return time.Time{}, noSuchDay
	case y < firstYear || y > lastYear:
		return time.Time{}, yearOutside
	}
	return t, ""
}
