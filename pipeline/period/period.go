// Package period knows reporting periods: their names, first and cut-off days,
// and how they follow one another.
//
// Days are civil dates, kept as time.Time at 00:00 UTC. A period is the
// half-open interval [Start, Stop) of the workspace's wall clock.
package period

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Rule says where a month begins and ends.
type Rule string

// The rules. ND09 is that of Nghị định 09/2019/NĐ-CP: a month runs from the
// 15th of the month before to the 14th. Calendar months run from the 1st.
const (
	ND09     Rule = "nd09"
	Calendar Rule = "calendar"
)

// Period is a span of days, both inside it.
type Period struct {
	Name string    // canonical: 2021-M09, 2021-Q3, 2021-H1, 2021-9M, 2021-Y or 2020-12-15..2021-09-15
	Kind string    // M, Q, H, 9M, Y, or "" for two explicit days
	From time.Time // first day
	To   time.Time // cut-off day
	rule Rule
	year int
	n    int // which month, quarter or half
}

// Kinds are the names of the kinds of period, as a job gives them.
var Kinds = []string{"M", "Q", "H", "9M", "Y"}

var (
	named    = regexp.MustCompile(`^(\d{4})-(?:M(\d{2})|Q([1-4])|H([12])|(9M)|(Y))$`)
	explicit = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$`)
)

// Parse reads a period's name. Letters may be in either case.
func Parse(s string, rule Rule) (Period, error) {
	name := strings.ToUpper(strings.TrimSpace(s))
	if m := explicit.FindStringSubmatch(name); m != nil {
		return between(m[1], m[2], rule)
	}
	m := named.FindStringSubmatch(name)
	if m == nil {
		return Period{}, fmt.Errorf("period %q is not understood; write 2021-M09, 2021-Q3, 2021-H1, 2021-9M, 2021-Y or 2020-12-15..2021-09-15", s)
	}
	year, _ := strconv.Atoi(m[1])
	if year < 1990 || year > 2100 {
		return Period{}, fmt.Errorf("period %q: the year must lie between 1990 and 2100", s)
	}
	switch {
	case m[2] != "":
		n, _ := strconv.Atoi(m[2])
		if n < 1 || n > 12 {
			return Period{}, fmt.Errorf("period %q: the month must be 01 to 12", s)
		}
		return of("M", year, n, rule), nil
	case m[3] != "":
		n, _ := strconv.Atoi(m[3])
		return of("Q", year, n, rule), nil
	case m[4] != "":
		n, _ := strconv.Atoi(m[4])
		return of("H", year, n, rule), nil
	case m[5] != "":
		return of("9M", year, 1, rule), nil
	}
	return of("Y", year, 1, rule), nil
}

func between(from, to string, rule Rule) (Period, error) {
	a, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return Period{}, fmt.Errorf("period %s..%s: %s is not a day of the calendar", from, to, from)
	}
	b, err := time.Parse(time.DateOnly, to)
	if err != nil {
		return Period{}, fmt.Errorf("period %s..%s: %s is not a day of the calendar", from, to, to)
	}
	if b.Before(a) {
		return Period{}, fmt.Errorf("period %s..%s ends before it begins", from, to)
	}
	return Period{Name: from + ".." + to, From: a, To: b, rule: rule, year: b.Year()}, nil
}

// months of a kind: how many it spans.
var months = map[string]int{"M": 1, "Q": 3, "H": 6, "9M": 9, "Y": 12}

func of(kind string, year, n int, rule Rule) Period {
	span := months[kind]
	first := (n-1)*span + 1
	from, _ := month(year, first, rule)
	_, to := month(year, first+span-1, rule)
	return Period{Name: nameOf(kind, year, n), Kind: kind, From: from, To: to, rule: rule, year: year, n: n}
}

func nameOf(kind string, year, n int) string {
	switch kind {
	case "M":
		return fmt.Sprintf("%04d-M%02d", year, n)
	case "Q", "H":
		return fmt.Sprintf("%04d-%s%d", year, kind, n)
	}
	return fmt.Sprintf("%04d-%s", year, kind)
}

func month(year, m int, rule Rule) (from, to time.Time) {
	if rule == Calendar {
		from = day(year, m, 1)
		return from, day(year, m+1, 1).AddDate(0, 0, -1)
	}
	return day(year, m-1, 15), day(year, m, 14)
}

func day(year, m, d int) time.Time { return time.Date(year, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// Stop is the instant after the period: 00:00 of the day after the cut-off.
func (p Period) Stop() time.Time { return p.To.AddDate(0, 0, 1) }

// Year is the year of the cut-off day.
func (p Period) Year() int { return p.To.Year() }

// Explicit reports whether the period was given as two days.
func (p Period) Explicit() bool { return p.Kind == "" }

// Previous is the period of the same kind just before; before two explicit days
// it is as many days. Of nine months it is those of the year before.
func (p Period) Previous() Period {
	switch p.Kind {
	case "":
		days := int(p.To.Sub(p.From).Hours()/24) + 1
		return explicitDays(p.From.AddDate(0, 0, -days), p.From.AddDate(0, 0, -1), p.rule)
	case "9M", "Y":
		return of(p.Kind, p.year-1, 1, p.rule)
	}
	if p.n > 1 {
		return of(p.Kind, p.year, p.n-1, p.rule)
	}
	return of(p.Kind, p.year-1, 12/months[p.Kind], p.rule)
}

// Next is the period of the same kind just after.
func (p Period) Next() Period {
	switch p.Kind {
	case "":
		days := int(p.To.Sub(p.From).Hours()/24) + 1
		return explicitDays(p.To.AddDate(0, 0, 1), p.To.AddDate(0, 0, days), p.rule)
	case "9M", "Y":
		return of(p.Kind, p.year+1, 1, p.rule)
	}
	if p.n < 12/months[p.Kind] {
		return of(p.Kind, p.year, p.n+1, p.rule)
	}
	return of(p.Kind, p.year+1, 1, p.rule)
}

// Before is the period that ends on the day before this one starts, with the
// same length where its kind allows it: the one whose pending must be this
// one's carry-over. Before nine months that is the quarter before.
func (p Period) Before() Period {
	if p.Kind == "9M" {
		return of("Q", p.year-1, 4, p.rule)
	}
	return p.Previous()
}

// LastYear is the same period a year earlier.
func (p Period) LastYear() Period {
	if p.Kind == "" {
		return explicitDays(yearBack(p.From), yearBack(p.To), p.rule)
	}
	return of(p.Kind, p.year-1, p.n, p.rule)
}

// yearBack keeps the day of the month; 29 February becomes the 28th.
func yearBack(t time.Time) time.Time {
	b := t.AddDate(-1, 0, 0)
	if b.Month() != t.Month() {
		b = b.AddDate(0, 0, -1)
	}
	return b
}

func explicitDays(from, to time.Time, rule Rule) Period {
	return Period{Name: from.Format(time.DateOnly) + ".." + to.Format(time.DateOnly), From: from, To: to, rule: rule, year: to.Year()}
}

// Latest is the newest period of the kind whose cut-off day is over on the given
// day: a cut-off of the 14th is closed from the 15th.
func Latest(kind string, rule Rule, today time.Time) (Period, error) {
	kind = strings.ToUpper(kind)
	span, ok := months[kind]
	if !ok {
		return Period{}, fmt.Errorf("kind of period %q is not known; take one of %s", kind, strings.Join(Kinds, ", "))
	}
	n := 1
	if kind != "9M" && kind != "Y" {
		n = 12 / span
	}
	p := of(kind, today.Year()+1, n, rule)
	for !p.To.Before(today) {
		p = p.Previous()
	}
	return p, nil
}

// MonthOf names the reporting month that a day falls in, such as 2021-M09.
func MonthOf(t time.Time, rule Rule) string {
	y, m := t.Year(), int(t.Month())
	if rule != Calendar && t.Day() >= 15 {
		m++
	}
	if m > 12 {
		y, m = y+1, 1
	}
	return nameOf("M", y, m)
}

// Label is the period in Vietnamese, as a title prints it.
func (p Period) Label() string {
	switch p.Kind {
	case "M":
		return fmt.Sprintf("tháng %02d năm %d", p.n, p.year)
	case "Q":
		return fmt.Sprintf("quý %s năm %d", roman[p.n], p.year)
	case "H":
		return fmt.Sprintf("6 tháng %s năm %d", map[int]string{1: "đầu", 2: "cuối"}[p.n], p.year)
	case "9M":
		return fmt.Sprintf("9 tháng đầu năm %d", p.year)
	case "Y":
		return fmt.Sprintf("năm %d", p.year)
	}
	return fmt.Sprintf("từ ngày %s đến ngày %s", p.From.Format("02/01/2006"), p.To.Format("02/01/2006"))
}

var roman = map[int]string{1: "I", 2: "II", 3: "III", 4: "IV"}
