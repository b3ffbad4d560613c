package reference

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Line is one count. From and To are days as 2006-01-02; Measure carries its
// dataset, such as dossiers.received. By and Key are empty without a breakdown.
type Line struct {
	Period, From, To, Unit, Tier, By, Key, Measure string
	Value                                          int64
}

// IndicatorLine is one ratio, left as a fraction; the denominator may be 0.
type IndicatorLine struct {
	Period, Unit, Tier, By, Key, Indicator string
	Numerator, Denominator                 int64
}

// Breakdowns are the values that by may have besides "".
var Breakdowns = []string{"field", "desk", "procedure", "month"}

// Measures counts every measure for every unit of the register and every tier
// that has data, sorted by period, unit, tier, key and measure. It panics on a
// period that it cannot read: the periods of a test are the test's own.
func (s State) Measures(periods []string, by string) []Line {
	var out []Line
	for _, name := range periods {
		p, err := parsePeriod(name, s.w.Rule)
		if err != nil {
			panic(fmt.Sprintf("reference: %v", err))
		}
		t := s.treeOn(p.to)
		for dataset := range names {
			out = append(out, s.count(dataset, s.facts(dataset, p, t), p, t, by)...)
		}
	}
	slices.SortFunc(out, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Tier, b.Tier),
			cmp.Compare(a.Key, b.Key), cmp.Compare(a.Measure, b.Measure))
	})
	return out
}

// count rolls the facts of one dataset and period up to every unit and tier.
func (s State) count(dataset string, facts []fact, p span, t tree, by string) []Line {
	var out []Line
	above := map[string][]string{}
	for code := range t {
		above[code] = t.path(code)
	}
	for _, unit := range s.codes() {
		for _, tier := range []string{"province", "department", "district", "commune", "all"} {
			var here []fact
			for _, f := range facts {
				if slices.Contains(above[f.unit], unit) && (tier == "all" || t[f.unit].tier == tier) {
					here = append(here, f)
				}
			}
			for _, key := range keysOf(here, by) {
				for _, measure := range names[dataset] {
					out = append(out, Line{Period: p.name, From: p.from.Format(time.DateOnly), To: p.to.Format(time.DateOnly),
						Unit: s.spelling(unit), Tier: tier, By: by, Key: key, Measure: dataset + "." + measure,
						Value: distinct(here, by, key, measure)})
				}
			}
		}
	}
	return out
}

// keysOf lists the keys that have lines, each once. Without a breakdown that is
// "" as soon as one row is known; with one, the keys of rows that count for
// anything in the period.
func keysOf(facts []fact, by string) []string {
	var out []string
	for _, f := range facts {
		key, has := f.keys[by]
		if by == "" && f.known {
			out = append(out, "")
		} else if by != "" && has && countsForAnything(f) {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func countsForAnything(f fact) bool {
	for _, set := range f.flags {
		if set {
			return true
		}
	}
	return false
}

// distinct counts the things that have the flag. Only procedures have several
// facts per thing, so for all other datasets it is the number of rows.
func distinct(facts []fact, by, key, measure string) int64 {
	seen := map[string]bool{}
	for _, f := range facts {
		if f.flags[measure] && (by == "" || f.keys[by] == key) {
			seen[f.counted] = true
		}
	}
	return int64(len(seen))
}
