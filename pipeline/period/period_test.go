package period

import (
	"testing"
	"time"
)

func d(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name     string
		rule     Rule
		from, to string
	}{
		{"2021-M09", ND09, "2021-08-15", "2021-09-14"},
		{"2021-M01", ND09, "2020-12-15", "2021-01-14"},
		{"2021-Q1", ND09, "2020-12-15", "2021-03-14"},
		{"2021-Q4", ND09, "2021-09-15", "2021-12-14"},
		{"2021-H1", ND09, "2020-12-15", "2021-06-14"},
		{"2021-H2", ND09, "2021-06-15", "2021-12-14"},
		{"2021-9M", ND09, "2020-12-15", "2021-09-14"},
		{"2021-Y", ND09, "2020-12-15", "2021-12-14"},
		{"2021-M02", Calendar, "2021-02-01", "2021-02-28"},
		{"2021-Q4", Calendar, "2021-10-01", "2021-12-31"},
		{"2021-9M", Calendar, "2021-01-01", "2021-09-30"},
		{"2020-12-15..2021-09-15", ND09, "2020-12-15", "2021-09-15"},
		{"2021-q3", ND09, "2021-06-15", "2021-09-14"},
	} {
		p, err := Parse(c.name, c.rule)
		if err != nil || !p.From.Equal(d(c.from)) || !p.To.Equal(d(c.to)) {
			t.Errorf("Parse(%q, %s) = %v..%v, %v; want %s..%s", c.name, c.rule, p.From, p.To, err, c.from, c.to)
		}
	}
	for _, bad := range []string{"", "2021", "2021-M13", "2021-M00", "2021-Q5", "2021-H3", "2021-09-15..2020-12-15", "2021-02-30..2021-03-01", "1021-Y"} {
		if p, err := Parse(bad, ND09); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", bad, p)
		}
	}
}

func TestNeighbours(t *testing.T) {
	for _, c := range []struct{ name, previous, before, lastYear, next string }{
		{"2021-M01", "2020-M12", "2020-M12", "2020-M01", "2021-M02"},
		{"2021-Q1", "2020-Q4", "2020-Q4", "2020-Q1", "2021-Q2"},
		{"2021-H2", "2021-H1", "2021-H1", "2020-H2", "2022-H1"},
		{"2021-9M", "2020-9M", "2020-Q4", "2020-9M", "2022-9M"},
		{"2021-Y", "2020-Y", "2020-Y", "2020-Y", "2022-Y"},
		{"2021-03-01..2021-03-10", "2021-02-19..2021-02-28", "2021-02-19..2021-02-28", "2020-03-01..2020-03-10", "2021-03-11..2021-03-20"},
		{"2024-02-29..2024-02-29", "2024-02-28..2024-02-28", "2024-02-28..2024-02-28", "2023-02-28..2023-02-28", "2024-03-01..2024-03-01"},
	} {
		p, err := Parse(c.name, ND09)
		if err != nil {
			t.Fatal(err)
		}
		if p.Previous().Name != c.previous || p.Before().Name != c.before || p.LastYear().Name != c.lastYear || p.Next().Name != c.next {
			t.Errorf("%s: previous %s, before %s, last year %s, next %s; want %+v", c.name, p.Previous().Name, p.Before().Name, p.LastYear().Name, p.Next().Name, c)
		}
	}
}

func TestLatestIsClosedTheDayAfterItsCutOff(t *testing.T) {
	for _, c := range []struct{ kind, today, want string }{
		{"9M", "2021-09-14", "2020-9M"}, {"9M", "2021-09-15", "2021-9M"},
		{"M", "2021-01-14", "2020-M12"}, {"M", "2021-01-15", "2021-M01"}, {"M", "2020-12-15", "2020-M12"},
		{"Y", "2021-12-14", "2020-Y"}, {"Y", "2021-12-15", "2021-Y"}, {"Q", "2021-12-31", "2021-Q4"}, {"H", "2021-06-15", "2021-H1"},
	} {
		p, err := Latest(c.kind, ND09, d(c.today))
		if err != nil || p.Name != c.want {
			t.Errorf("Latest(%s, %s) = %s, %v; want %s", c.kind, c.today, p.Name, err, c.want)
		}
	}
}

func TestMonthOfAgreesWithTheMonthsThemselves(t *testing.T) {
	for _, rule := range []Rule{ND09, Calendar} {
		for day := d("2019-12-01"); day.Before(d("2022-01-31")); day = day.AddDate(0, 0, 1) {
			p, err := Parse(MonthOf(day, rule), rule)
			if err != nil || day.Before(p.From) || day.After(p.To) {
				t.Fatalf("%s: %v lies outside %v (%v)", rule, day, p, err)
			}
		}
	}
}
