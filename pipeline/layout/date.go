package layout

import (
	"regexp"
	"strconv"
	"time"

	"cchc/pipeline/reader"
)

// Years outside these are typing errors.
const firstYear, lastYear = 1990, 2100

// Reasons for which a text is no date; empty means it is one.
const (
	notDate     = "không phải là ngày; ghi theo mẫu ngày/tháng/năm, ví dụ 05/09/2021 hoặc 05/09/2021 14:30"
	noSuchDay   = "là ngày không có trong lịch; kiểm tra lại ngày, tháng"
	yearOutside = "có năm ngoài khoảng 1990–2100; kiểm tra lại năm"
)

// parseTime reads a date or date-time: d/M/yyyy (also with - or .), yyyy-MM-dd
// (also with /), yyyyMMdd, yyyyMMddHHmmss, the first two with HH:mm[:ss[.fff]]
// and an offset, which is brought to loc. The result is the wall clock in UTC,
// to the second.
func parseTime(b []byte, loc *time.Location) (t time.Time, why string) {
	b = trimSpace(b)
	c := cursor{rest: b}
	a, n := c.number()
	var y, m, d int
	var clock [3]int
	switch {
	case n == 14 && len(c.rest) == 0:
		y, m, d = a/1e10, a/1e8%100, a/1e6%100
		clock = [3]int{a / 1e4 % 100, a / 100 % 100, a % 100}
	case n == 8 && len(c.rest) == 0:
		y, m, d = a/1e4, a/100%100, a%100
	case n == 4 && (c.at('-') || c.at('/')):
		y = a
		if m, d = c.two(2); d < 0 {
			return t, notDate
		}
	case (n == 1 || n == 2) && (c.at('/') || c.at('-') || c.at('.')):
		d = a
		if m, y = c.two(4); y < 1000 {
			return t, notDate
		}
	default:
		return t, notDate
	}
	offset, hasOffset := 0, false
	if len(c.rest) > 0 {
		var ok bool
		if clock, ok = c.clock(); !ok {
			return t, notDate
		}
		if offset, hasOffset, ok = c.offset(); !ok || len(c.rest) > 0 {
			return t, notDate
		}
	}
	if clock[0] > 23 || clock[1] > 59 || clock[2] > 59 {
		return t, notDate
	}
	t = time.Date(y, time.Month(m), d, clock[0], clock[1], clock[2], 0, time.UTC)
	if m < 1 || m > 12 || t.Day() != d {
		return time.Time{}, noSuchDay
	}
	if hasOffset {
		t = wallClock(t.Add(-time.Duration(offset)*time.Minute), loc)
	}
	if t.Year() < firstYear || t.Year() > lastYear {
		return time.Time{}, yearOutside
	}
	return t, ""
}

// wallClock moves an instant to UTC with the clock it shows at loc.
func wallClock(t time.Time, loc *time.Location) time.Time {
	l := t.In(loc)
	return time.Date(l.Year(), l.Month(), l.Day(), l.Hour(), l.Minute(), l.Second(), 0, time.UTC)
}

// cursor reads a date from left to right.
type cursor struct{ rest []byte }

// number reads the digits at the cursor, at most 14, and how many there are.
func (c *cursor) number() (value, n int) {
	for n < len(c.rest) && n < 15 && c.rest[n] >= '0' && c.rest[n] <= '9' {
		value = value*10 + int(c.rest[n]-'0')
		n++
	}
	c.rest = c.rest[n:]
	return value, n
}

func (c *cursor) at(b byte) bool { return len(c.rest) > 0 && c.rest[0] == b }

// two reads "/12/2021" with the same mark twice, the second number of at most
// that many digits; -1 for what is not there.
func (c *cursor) two(digits int) (first, second int) {
	mark := c.rest[0]
	c.rest = c.rest[1:]
	first, n := c.number()
	if n < 1 || n > 2 || !c.at(mark) {
		return -1, -1
	}
	c.rest = c.rest[1:]
	second, n = c.number()
	if n < 1 || n > digits {
		return -1, -1
	}
	return first, second
}

// clock reads " HH:mm[:ss[.fff]]" or the same after a T.
func (c *cursor) clock() (hms [3]int, ok bool) {
	spaces := 0
	for spaces < len(c.rest) && c.rest[spaces] == ' ' {
		spaces++
	}
	c.rest = c.rest[spaces:]
	if spaces == 0 {
		if !c.at('T') && !c.at('t') {
			return hms, false
		}
		c.rest = c.rest[1:]
	}
	for i := range hms {
		if i > 0 {
			if !c.at(':') {
				return hms, i == 2
			}
			c.rest = c.rest[1:]
		}
		v, n := c.number()
		if n < 1 || n > 2 || n != 2 && i > 0 {
			return hms, false
		}
		hms[i] = v
	}
	if c.at('.') || c.at(',') {
		c.rest = c.rest[1:]
		if _, n := c.number(); n < 1 || n > 9 {
			return hms, false
		}
	}
	return hms, true
}

// offset reads Z, +07, +0700 or +07:00 in minutes east; has is false without one.
func (c *cursor) offset() (minutes int, has, ok bool) {
	if len(c.rest) == 0 {
		return 0, false, true
	}
	sign := 1
	switch c.rest[0] {
	case 'Z', 'z':
		c.rest = c.rest[1:]
		return 0, true, true
	case '-':
		sign = -1
	case '+':
	default:
		return 0, false, false
	}
	c.rest = c.rest[1:]
	h, n := c.number()
	m := 0
	switch {
	case n == 4:
		h, m = h/100, h%100
	case n == 2 && c.at(':'):
		c.rest = c.rest[1:]
		if m, n = c.number(); n != 2 {
			return 0, false, false
		}
	case n != 2:
		return 0, false, false
	}
	return sign * (h*60 + m), true, h <= 15 && m < 60
}

// serialTime reads a number cell as a date: whole yyyyMMdd and yyyyMMddHHmmss,
// else a serial of the workbook.
func serialTime(b []byte, date1904 bool) (t time.Time, why string) {
	if len(b) == 8 || len(b) == 14 {
		if t, why = parseTime(b, time.UTC); why == "" {
			return t, ""
		}
	}
	f, err := strconv.ParseFloat(string(b), 64)
	if err != nil {
		return t, notDate
	}
	t, ok := reader.SerialTime(f, date1904)
	switch {
	case !ok:
		return time.Time{}, notDate
	case t.Year() < firstYear || t.Year() > lastYear:
		return time.Time{}, yearOutside
	}
	return t, ""
}

// dayOf drops the clock.
func dayOf(t time.Time) time.Time { return t.Truncate(24 * time.Hour) }

var (
	untilDay   = regexp.MustCompile(`(?i)đến\s+(?:hết\s+)?(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})`)
	untilWords = regexp.MustCompile(`(?i)đến\s+(?:hết\s+)?ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})`)
)

// asOf finds the day to which the rows stand in the texts above the header: the
// last "đến ngày …". A day after today is no day that rows can stand at.
func asOf(titles []string, today time.Time) (day time.Time) {
	for _, text := range titles {
		for _, re := range []*regexp.Regexp{untilDay, untilWords} {
			for _, m := range re.FindAllStringSubmatch(text, -1) {
				t, why := parseTime([]byte(m[1]+"/"+m[2]+"/"+m[3]), time.UTC)
				if why == "" && !t.After(today) {
					day = t
				}
			}
		}
	}
	return day
}
