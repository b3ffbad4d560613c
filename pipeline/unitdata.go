package pipeline

import (
	"database/sql"
	"slices"

	"cchc/pipeline/measure"
	"cchc/pipeline/unit"
	"cchc/reports"
)

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
