package sample

import "time"

// Days are counted from 1970-01-01, minutes likewise; 0 stands for "none".

func day(s string) int32 {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic("sample: bad day " + s)
	}
	return int32(t.Unix() / 86400)
}

func civil(d int32) (year int, month time.Month, dom int) {
	return time.Unix(int64(d)*86400, 0).UTC().Date()
}

func yearOf(d int32) int { y, _, _ := civil(d); return y }

func two(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

// appendDate writes dd/MM/yyyy.
func appendDate(b []byte, d int32) []byte {
	if d == 0 {
		return b
	}
	y, m, n := civil(d)
	b = append(two(b, n), '/')
	b = append(two(b, int(m)), '/')
	return two(two(b, y/100), y%100)
}

// appendMoment writes dd/MM/yyyy HH:mm.
func appendMoment(b []byte, m int32) []byte {
	if m == 0 {
		return b
	}
	b = append(appendDate(b, m/1440), ' ')
	b = append(two(b, int(m%1440/60)), ':')
	return two(b, int(m%60))
}

// holidays are the public holidays that fall on weekdays, as announced for the
// years of the examples: single days, or "first..last".
var holidays = []string{
	"2014-09-02", "2015-01-01..2015-01-02", "2015-02-16..2015-02-23", "2015-04-28..2015-05-01", "2015-09-02",
	"2016-01-01", "2016-02-08..2016-02-12", "2016-04-18", "2016-05-02..2016-05-03", "2016-09-02",
	"2017-01-02", "2017-01-26..2017-02-01", "2017-04-06", "2017-05-01..2017-05-02", "2017-09-04",
	"2018-01-01", "2018-02-14..2018-02-20", "2018-04-25", "2018-04-30..2018-05-01", "2018-09-03",
	"2019-01-01", "2019-02-04..2019-02-08", "2019-04-15", "2019-04-29..2019-05-01", "2019-09-02",
	"2020-01-01", "2020-01-23..2020-01-29", "2020-04-02", "2020-04-30..2020-05-01", "2020-09-02",
	"2021-01-01", "2021-02-10..2021-02-16", "2021-04-21", "2021-04-30..2021-05-03", "2021-09-02..2021-09-03",
	"2022-01-03", "2022-01-31..2022-02-04", "2022-04-11", "2022-05-02..2022-05-03", "2022-09-01..2022-09-02",
	"2023-01-02", "2023-01-20..2023-01-26",
}

// calendar numbers the working days, so that a deadline is an addition.
type calendar struct {
	days  []int32 // working day number → day
	first int32
	index []int32 // day - first → number of the first working day on or after it
}

func newCalendar(from, to string) *calendar {
	off := map[int32]bool{}
	for _, h := range holidays {
		a, z := day(h[:10]), day(h[len(h)-10:])
		for ; a <= z; a++ {
			off[a] = true
		}
	}
	c := &calendar{first: day(from)}
	for d := c.first; d <= day(to); d++ {
		c.index = append(c.index, int32(len(c.days)))
		weekday := (d + 4) % 7 // 1970-01-01 was a Thursday
		if weekday != 0 && weekday != 6 && !off[d] {
			c.days = append(c.days, d)
		}
	}
	return c
}

// onOrAfter is the number of the first working day on or after d.
func (c *calendar) onOrAfter(d int32) int { return int(c.index[d-c.first]) }

// onOrBefore is the number of the last working day on or before d.
func (c *calendar) onOrBefore(d int32) int {
	n := c.onOrAfter(d)
	if n < len(c.days) && c.days[n] == d {
		return n
	}
	return n - 1
}
