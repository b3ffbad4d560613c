package reference

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// span is a reporting period: from and to are days, both inside it.
type span struct {
	name     string
	from, to time.Time
}

func (p span) stop() time.Time { return p.to.AddDate(0, 0, 1) }

// holds reports whether the instant lies in [from 00:00, to + 1 day 00:00).
func (p span) holds(t time.Time) bool { return !t.Before(p.from) && t.Before(p.stop()) }

func civil(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// startOfMonth is the first day of the reporting month, which may be counted
// past 12 into the next year.
func startOfMonth(year, month int, rule string) time.Time {
	if rule == "calendar" {
		return civil(year, month, 1)
	}
	return civil(year, month-1, 15)
}

// parsePeriod reads 2021-M09, 2021-Q3, 2021-H1, 2021-9M, 2021-Y or two days
// joined by two dots.
func parsePeriod(s, rule string) (span, error) {
	name := strings.ToUpper(strings.TrimSpace(s))
	if a, b, ok := strings.Cut(name, ".."); ok {
		from, err1 := time.Parse(time.DateOnly, a)
		to, err2 := time.Parse(time.DateOnly, b)
		if err1 != nil || err2 != nil || to.Before(from) {
			return span{}, fmt.Errorf("period %q: give two days, the earlier first, such as 2020-12-15..2021-09-15", s)
		}
		return span{name, from, to}, nil
	}
	y, kind, _ := strings.Cut(name, "-")
	year, err := strconv.Atoi(y)
	first, months := monthsOf(kind)
	if err != nil || len(y) != 4 || months == 0 {
		return span{}, fmt.Errorf("period %q is not understood; write it such as 2021-M09, 2021-Q3, 2021-H1, 2021-9M or 2021-Y", s)
	}
	return span{name, startOfMonth(year, first, rule), startOfMonth(year, first+months, rule).AddDate(0, 0, -1)}, nil
}

// monthsOf gives the first month of a kind such as Q3 and how many it spans.
func monthsOf(kind string) (first, months int) {
	switch kind {
	case "Y":
		return 1, 12
	case "9M":
		return 1, 9
	case "H1", "H2":
		return int(kind[1]-'1')*6 + 1, 6
	case "Q1", "Q2", "Q3", "Q4":
		return int(kind[1]-'1')*3 + 1, 3
	}
	if n, err := strconv.Atoi(strings.TrimPrefix(kind, "M")); err == nil && len(kind) == 3 && kind[0] == 'M' && n >= 1 && n <= 12 {
		return n, 1
	}
	return 0, 0
}

// monthName names the reporting month of a day; a missing day has the name "".
func monthName(t time.Time, rule string) string {
	if t.IsZero() {
		return ""
	}
	m := civil(t.Year(), int(t.Month()), 1)
	if rule == "nd09" && t.Day() >= 15 {
		m = m.AddDate(0, 1, 0)
	}
	return m.Format("2006-M01")
}
