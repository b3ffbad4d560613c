package pipeline

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"cchc/pipeline/dataset"
	"cchc/pipeline/measure"
	"cchc/pipeline/period"
	"cchc/pipeline/unit"
	"cchc/reports"
	"cchc/reports/model"
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

// dataFor fills in what is about one unit.
func (r *Run) dataFor(s *shared, kind reports.Kind, code string) (reports.Data, error) {
	d := s.base
	tree := r.Session.Tree(r.Period)
	u, _ := tree.Get(code)
	d.Unit = reports.Unit{Code: u.Code, Name: u.Name, Tier: u.Tier, Parent: u.Parent}
	under := map[string]bool{}
	var near []string
	for _, x := range tree.Under(code) {
		under[x.Code] = true
		near = append(near, x.Code)
	}
	for _, x := range tree.Units {
		if x.Parent == u.Parent && !under[x.Code] {
			near = append(near, x.Code)
		}
	}
	d.Counts = s.counts(code, near, []string{d.Period.Name, d.Previous.Name, d.LastYear.Name})
	d.Coverage = only(s.coverage, func(c reports.Coverage) bool { return slices.Contains(near, c.Unit) })
	if kind.Compares {
		d.Tier = comparedTier(tree, code)
	}
	d.ByField = breakdown(s.byField, code, "")
	d.ByDesk = breakdown(s.byDesk, code, u.Tier)
	d.Declared = only(s.declared, func(x reports.Declared) bool { return under[x.Unit] })
	d.Narratives = s.texts[code]
	d.Checklist = only(s.checks, func(x reports.Check) bool { return under[x.Unit] })
	d.Procedures = reports.ProcedureLists{
		PostedThoughAbolished: only(s.posted, func(x reports.Procedure) bool { return under[x.Unit] }),
		Level4Unused:          only(s.unused, func(x reports.Procedure) bool { return under[x.Unit] }),
	}
	for _, f := range r.Findings {
		if f.Unit == "" || under[f.Unit] {
			d.Findings = append(d.Findings, reports.Finding{Rule: f.Rule, Severity: f.Severity, Unit: f.Unit, Message: f.Message, Rows: len(f.Rows)})
		}
	}
	return d, r.lists(&d, code, kind)
}

// breakdown picks the dossiers of one unit, of one tier or of every tier.
func breakdown(groups []measure.Group, code, tier string) []reports.Breakdown {
	var out []reports.Breakdown
	for _, g := range groups {
		if g.Unit != code || g.Fact.Name != "dossiers" || (tier != "" && g.Tier != tier) {
			continue
		}
		b := reports.Breakdown{Unit: g.Unit, Tier: g.Tier, Field: g.Part.Key, Counts: map[string]int64{}}
		for i, m := range g.Fact.Names() {
			b.Counts[g.Fact.Name+"."+m] = g.Counts[i]
		}
		out = append(out, b)
	}
	sortFields(out)
	return out
}

func only[T any](list []T, keep func(T) bool) []T {
	var out []T
	for _, x := range list {
		if keep(x) {
			out = append(out, x)
		}
	}
	return out
}

// comparedTier is the tier of most units directly under one; of equals the upper.
// It is empty for a unit with none below it.
func comparedTier(tree *unit.Tree, code string) string {
	count := map[string]int{}
	for _, u := range tree.Units {
		if u.Parent == code && tree.Standing[u.Code] {
			count[u.Tier]++
		}
	}
	best := ""
	for _, t := range unit.Tiers {
		if count[t] > 0 && (best == "" || count[t] > count[best]) {
			best = t
		}
	}
	return best
}

// lists reads the dossiers, exports and evidence behind one unit's report.
func (r *Run) lists(d *reports.Data, code string, kind reports.Kind) error {
	read := func(into *[]reports.Dossier) func(*sql.Rows) error {
		return func(rows *sql.Rows) error {
			var x reports.Dossier
			var due, end sql.NullTime
			err := rows.Scan(&x.Unit, &x.Code, &x.Procedure, &x.Field, &x.Desk, &x.Received, &due, &end, &x.State, &x.DaysLate, &x.Apology, &x.File, &x.Sheet, &x.Line)
			x.Due, x.End = measure.Day(due), measure.Day(end)
			*into = append(*into, x)
			return err
		}
	}
	if err := r.Session.Each("dossiers", read(&d.Overdue), measure.Key(code)); err != nil {
		return err
	}
	d.SampleSeed = r.Period.Name + "/" + code
	if err := r.Session.Each("sample", read(&d.Sample), measure.Key(code), d.SampleSeed, r.Config.SampleSize); err != nil {
		return err
	}
	err := r.Session.Each("sources", func(rows *sql.Rows) error {
		var seq int
		var x reports.Source
		var on sql.NullTime
		err := rows.Scan(&seq, &x.File, &x.SHA256, &x.Dataset, &on, &x.Rows)
		x.AsOf = measure.Day(on)
		d.Sources = append(d.Sources, x)
		return err
	}, measure.Key(code))
	if err != nil || kind.Compares {
		return err
	}
	return r.evidence(d, code)
}

// evidence reads the rows behind every dataset's figures of a unit. Texts of the
// office's own (contents, notes) are not needed to prove a count and stay out.
func (r *Run) evidence(d *reports.Data, code string) error {
	for _, f := range r.Session.Facts() {
		ds := dataset.ByName(f.Name)
		var fields []string
		for _, x := range ds.Fields {
			if x.Type != dataset.Text || slices.Contains([]string{"field", "desk", "procedure_name"}, x.Name) {
				fields = append(fields, x.Name)
			}
		}
		e, err := r.Session.Evidence(f, code, fields)
		if err != nil {
			return err
		}
		if len(e.Rows) > 0 {
			d.Evidence = append(d.Evidence, evidenceSheet(ds, e))
		}
	}
	if len(d.Declared) > 0 {
		d.Evidence = append(d.Evidence, declaredSheet(d.Declared))
	}
	return nil
}

// declaredSheet lists what units declared, as they declared it.
func declaredSheet(list []reports.Declared) reports.Evidence {
	out := reports.Evidence{Name: dataset.Figures.Label, Title: "Số liệu do đơn vị tự khai", Total: len(list)}
	for _, f := range dataset.Figures.Fields {
		if f.Name != "period" {
			out.Columns = append(out.Columns, reports.EvidenceColumn{Name: f.Name, Label: f.Label})
		}
	}
	for _, d := range list {
		out.Rows = append(out.Rows, []any{d.Unit, d.Code, exact(d.Value), exact(d.Numerator), exact(d.Denominator), d.Evidence, d.EnteredBy, d.EnteredOn})
	}
	return out
}

// exact is a declared number as a cell: whole ones as numbers.
func exact(millionths *int64) any {
	switch {
	case millionths == nil:
		return nil
	case *millionths%1_000_000 == 0:
		return *millionths / 1_000_000
	}
	return model.Millionths(*millionths).String()
}

func evidenceSheet(ds *dataset.Dataset, e *measure.Evidence) reports.Evidence {
	out := reports.Evidence{Name: "Dòng " + ds.Label, Title: "Các dòng dữ liệu tạo nên số liệu: " + ds.Label, Total: len(e.Rows)}
	origin := map[string]string{"file": "Tệp", "sheet": "Trang tính", "line": "Dòng"}
	for _, c := range e.Columns {
		f, ok := ds.Field(c)
		if !ok {
			f.Label = origin[c]
		}
		out.Columns = append(out.Columns, reports.EvidenceColumn{Name: c, Label: f.Label, Moment: f.Type == dataset.Time})
	}
	for _, m := range e.Fact.Names() {
		out.Columns = append(out.Columns, reports.EvidenceColumn{Name: m, Label: reports.MeasureLabel(ds.Name + "." + m)})
	}
	for _, row := range e.Rows {
		cells := make([]any, len(row))
		for i, v := range row {
			if i < len(e.Columns) {
				cells[i] = shown(ds, e.Columns[i], v)
			} else if b, _ := v.(bool); b {
				cells[i] = int64(1)
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// shown turns a stored value into what an office reads: the Vietnamese word of a
// closed list, exact numbers as text.
func shown(ds *dataset.Dataset, column string, v any) any {
	f, _ := ds.Field(column)
	switch v := v.(type) {
	case string:
		if i := slices.Index(f.Values, v); i >= 0 {
			return f.Labels[i]
		}
		if f.Type == dataset.Enum {
			return "không rõ"
		}
		return v
	case int32:
		return int64(v)
	case fmt.Stringer:
		if _, ok := any(v).(time.Time); !ok {
			return v.String()
		}
	}
	return v
}
