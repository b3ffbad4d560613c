package pipeline

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"cchc/pipeline/measure"
	"cchc/pipeline/period"
	"cchc/reports"
)

// measurePeriod counts the period, those it is compared with and the months of
// its trend, for every unit.
func measurePeriod(_ context.Context, r *Run) (err error) {
	r.Progress.Step("measure "+r.Period.Name, 0)
	periods := comparedPeriods(r.Period, r.Config.PeriodRule)
	if r.Session, err = r.Measure(periods, time.Time{}); err != nil {
		return err
	}
	if err = r.Session.Materialise(); err != nil {
		return err
	}
	if err = r.Session.PrepareLists(); err != nil {
		return err
	}
	r.Groups, err = r.Session.Groups(r.Units.Codes(), "")
	return err
}

// comparedPeriods lists the period first, then the one before, a year before,
// and the points of the trend with the same points a year before.
func comparedPeriods(p period.Period, rule period.Rule) []period.Period {
	out := []period.Period{p, p.Previous(), p.LastYear()}
	for _, t := range trend(p, rule) {
		out = append(out, t, t.LastYear())
	}
	return out
}

// trend is the reporting months inside a period; of a month, the six up to it.
func trend(p period.Period, rule period.Rule) []period.Period {
	if p.Kind == "M" {
		out := []period.Period{p}
		for len(out) < 6 {
			out = append(out, out[len(out)-1].Previous())
		}
		slices.Reverse(out)
		return out
	}
	var out []period.Period
	m, err := period.Parse(period.MonthOf(p.From, rule), rule)
	for err == nil && !m.To.After(p.To) && len(out) < 24 {
		if !m.From.Before(p.From) {
			out = append(out, m)
		}
		m = m.Next()
	}
	return out
}

func label(p period.Period) reports.Period {
	return reports.Period{Name: p.Name, Label: p.Label(), Kind: p.Kind, From: p.From, To: p.To}
}

// shared is what the reports of one period have in common; only what is about
// one unit is filled in per unit.
type shared struct {
	base     reports.Data
	groups   map[string][]measure.Group // by unit
	coverage []reports.Coverage
	byField  []measure.Group
	byDesk   []measure.Group
	declared []reports.Declared
	texts    map[string][]reports.Narrative
	checks   []reports.Check
	posted   []reports.Procedure
	unused   []reports.Procedure
}

// collect reads everything that does not depend on the unit.
func (r *Run) collect() (*shared, error) {
	tree := r.Session.Tree(r.Period)
	prev, last := label(r.Period.Previous()), label(r.Period.LastYear())
	s := &shared{texts: map[string][]reports.Narrative{}, groups: map[string][]measure.Group{}}
	s.base = reports.Data{
		Organisation: reports.Organisation(r.Config.Organisation),
		Now:          r.Now(), Rule: string(r.Config.PeriodRule), Deadline: r.Config.Deadline,
		Period: label(r.Period), Previous: &prev, LastYear: &last,
		Indicators: indicators(r.Session.Definitions()),
	}
	for _, t := range trend(r.Period, r.Config.PeriodRule) {
		s.base.Trend = append(s.base.Trend, label(t))
	}
	for _, g := range r.Groups {
		s.groups[g.Unit] = append(s.groups[g.Unit], g)
	}
	for _, u := range tree.Units {
		if tree.Standing[u.Code] || s.hasFigures(u.Code, r.Period) {
			s.base.Units = append(s.base.Units, reports.Unit{Code: u.Code, Name: u.Name, Tier: u.Tier, Parent: u.Parent})
		}
	}
	for _, t := range r.Targets {
		if t.InForce(r.Period.To) {
			s.base.Targets = append(s.base.Targets, reports.Target{Indicator: t.Indicator, Tier: t.Tier, Operator: t.Operator, Value: t.Value, Basis: t.Basis})
		}
	}
	var err error
	now := []period.Period{r.Period}
	if s.byField, err = r.Session.GroupsOf(now, r.Units.Codes(), "field"); err != nil {
		return nil, err
	}
	if s.byDesk, err = r.Session.GroupsOf(now, r.Units.Codes(), "desk"); err != nil {
		return nil, err
	}
	return s, r.collectTables(s)
}

func (s *shared) hasFigures(code string, p period.Period) bool {
	return slices.ContainsFunc(s.groups[code], func(g measure.Group) bool { return g.Period.Name == p.Name })
}

// counts picks what a report about one unit may print: its own figures of every
// period, and those of the units below and beside it of the periods compared. A
// report then changes only when one of these does.
func (s *shared) counts(code string, near []string, compared []string) reports.Counts {
	out := reports.Counts{}
	for _, u := range near {
		for _, g := range s.groups[u] {
			if u != code && !slices.Contains(compared, g.Period.Name) {
				continue
			}
			for i, m := range g.Fact.Names() {
				out[reports.Key{Period: g.Period.Name, Unit: g.Unit, Tier: g.Tier, Measure: g.Fact.Name + "." + m}] = g.Counts[i]
			}
		}
	}
	return out
}

func indicators(defs *measure.Definitions) []reports.Indicator {
	var out []reports.Indicator
	for _, i := range defs.Indicators {
		out = append(out, reports.Indicator{
			Name: i.Name, Label: i.Label, Short: i.Short, Numerator: full(i, i.Numerator), Denominator: full(i, i.Denominator),
			NumLabel: i.Of, DenLabel: i.Over, Higher: i.Better != "lower", Zero: i.Zero, Legal: i.Legal, Sentence: i.Missed,
		})
	}
	return out
}

func full(i measure.Indicator, measures []string) []string {
	out := make([]string, len(measures))
	for n, m := range measures {
		out[n] = i.Dataset() + "." + m
	}
	return out
}

// names are the two names a period may have in a declaration: its own and that
// of its two days.
func names(p period.Period) (string, string) {
	return p.Name, p.From.Format(time.DateOnly) + ".." + p.To.Format(time.DateOnly)
}

// collectTables reads what units declared, wrote and were checked on.
func (r *Run) collectTables(s *shared) error {
	name, days := names(r.Period)
	canonical := func(code string) string {
		if c, ok := r.Units.Canonical(code); ok {
			return c
		}
		return code
	}
	err := r.Session.Each("declared", func(rows *sql.Rows) error {
		var d reports.Declared
		var v, n, m sql.NullInt64
		var on sql.NullTime
		err := rows.Scan(&d.Unit, &d.Code, &v, &n, &m, &d.Evidence, &d.EnteredBy, &on)
		d.Unit, d.Value, d.Numerator, d.Denominator, d.EnteredOn = canonical(d.Unit), number(v), number(n), number(m), measure.Day(on)
		s.declared = append(s.declared, d)
		return err
	}, name, days)
	if err != nil {
		return err
	}
	err = r.Session.Each("narratives", func(rows *sql.Rows) error {
		var unit string
		var n reports.Narrative
		err := rows.Scan(&unit, &n.Section, &n.Text)
		s.texts[canonical(unit)] = append(s.texts[canonical(unit)], n)
		return err
	}, name, days)
	if err != nil {
		return err
	}
	err = r.Session.Each("summaries", func(rows *sql.Rows) error {
		var x reports.Summary
		var c [11]sql.NullInt64
		into := []any{&x.Unit, &x.Field}
		for i := range c {
			into = append(into, &c[i])
		}
		err := rows.Scan(into...)
		x.Unit = canonical(x.Unit)
		for i := range c {
			x.C[i] = number(c[i])
		}
		s.base.Summaries = append(s.base.Summaries, x)
		return err
	}, name, days)
	if err != nil {
		return err
	}
	err = r.Session.Each("checklist", func(rows *sql.Rows) error {
		var c reports.Check
		err := rows.Scan(&c.Unit, &c.Criterion, &c.Requirement, &c.Result, &c.Note, &c.On)
		c.Unit = canonical(c.Unit)
		s.checks = append(s.checks, c)
		return err
	})
	if err != nil {
		return err
	}
	err = r.Session.Each("procedures", func(rows *sql.Rows) error {
		var p reports.Procedure
		var ord int
		var posted bool
		err := rows.Scan(&ord, &p.Unit, &p.Code, &p.Name, &p.Field, &posted)
		p.Unit = canonical(p.Unit)
		if posted {
			s.posted = append(s.posted, p)
		} else {
			s.unused = append(s.unused, p)
		}
		return err
	})
	if err != nil {
		return err
	}
	return r.Session.Each("coverage", func(rows *sql.Rows) error {
		var c reports.Coverage
		var on sql.NullTime
		err := rows.Scan(&c.Unit, &c.Tier, &c.Dataset, &c.WithData, &c.Expected, &on)
		c.Unit, c.Latest = canonical(c.Unit), measure.Day(on)
		s.coverage = append(s.coverage, c)
		return err
	})
}

func number(n sql.NullInt64) *int64 {
	if !n.Valid {
		return nil
	}
	return &n.Int64
}
