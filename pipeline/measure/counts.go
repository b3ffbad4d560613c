package measure

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"cchc/pipeline/period"
	"cchc/pipeline/unit"
)

// Part names one part of a breakdown.
type Part struct {
	By  string `json:"by"`
	Key string `json:"key"`
}

// Line is one count. Part is nil without a breakdown. Tier is one of unit.Tiers
// or All.
type Line struct {
	Period string `json:"period"`
	From   string `json:"from"`
	To     string `json:"to"`
	Unit   string `json:"unit"`
	Tier   string `json:"tier"`
	*Part
	Measure string `json:"measure"`
	Value   int64  `json:"value"`
}

// All is the tier that stands for every tier at or under a unit.
const All = "all"

// Group is one unit, tier and key of a period with every measure of a fact.
type Group struct {
	Period period.Period
	Unit   string
	Tier   string
	Fact   *Fact
	Part   *Part   // nil without a breakdown
	Counts []int64 // parallel to Fact.Names()
}

// Names are the measures of the fact.
func (f *Fact) Names() []string { return f.measures }

// Get returns one count of the group.
func (g Group) Get(measure string) int64 {
	if i := slices.Index(g.Fact.measures, measure); i >= 0 {
		return g.Counts[i]
	}
	return 0
}

type cell struct{ period, unit, tier, key string }

// Groups counts everything of the prepared periods for the units given (their
// canonical codes). by is empty or one of Breakdowns. A unit and tier of which no
// row is known by the cut-off day has no group: unknown is not 0.
func (s *Session) Groups(units []string, by string) ([]Group, error) {
	return s.GroupsOf(s.periods, units, by)
}

// GroupsOf counts as Groups does, for some of the prepared periods.
func (s *Session) GroupsOf(periods []period.Period, units []string, by string) ([]Group, error) {
	var out []Group
	for _, f := range s.facts {
		if by != "" && !slices.Contains(f.By, by) {
			continue
		}
		counts, err := s.count(f, by, periods)
		if err != nil {
			return nil, err
		}
		known, err := s.known(f)
		if err != nil {
			return nil, err
		}
		out = append(out, s.assemble(f, by, periods, units, counts, known)...)
	}
	return out, nil
}

// count runs a fact once and rolls it up the tree.
func (s *Session) count(f *Fact, by string, periods []period.Period) (map[cell][]int64, error) {
	rows, err := s.db.Query(countQuery(f, by, periods))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[cell][]int64{}
	for rows.Next() {
		var c cell
		values := make([]int64, len(f.measures))
		into := []any{&c.period, &c.unit, &c.tier, &c.key}
		for i := range values {
			into = append(into, &values[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("count %s: %w", f.Name, err)
		}
		out[c] = values
	}
	return out, rows.Err()
}

// countQuery counts per unit first and joins the tree afterwards; what is not
// additive is counted after the join, each code once.
func countQuery(f *Fact, by string, periods []period.Period) string {
	var names []string
	for _, p := range periods {
		names = append(names, "'"+p.Name+"'") // letters, digits, dots and dashes only
	}
	within := "period IN (" + strings.Join(names, ", ") + ")"
	column := "''"
	if by != "" {
		column = by
	}
	var leaf, up, distinct, any []string
	for _, m := range f.measures {
		leaf = append(leaf, fmt.Sprintf("count(*) FILTER (WHERE %s) AS %[1]s", m))
		up = append(up, fmt.Sprintf("CAST(sum(l.%s) AS BIGINT)", m))
		distinct = append(distinct, fmt.Sprintf("count(DISTINCT counted) FILTER (WHERE l.%s)", m))
		any = append(any, m)
	}
	from := fmt.Sprintf("(SELECT period, unit_key, %s AS bykey, %s FROM fact_%s WHERE %s GROUP BY ALL)", column, strings.Join(leaf, ", "), f.Name, within)
	sums := up
	if !f.Additive {
		from = fmt.Sprintf("(SELECT period, unit_key, %s AS bykey, counted, %s FROM fact_%s WHERE %s AND (%s))", column, strings.Join(f.measures, ", "), f.Name, within, strings.Join(any, " OR "))
		sums = distinct
	}
	return fmt.Sprintf(`SELECT l.period, c.ancestor_key, coalesce(t.tier, '%s'), l.bykey, %s
FROM %s l
JOIN closure c ON c.period = l.period AND c.unit_key = l.unit_key
JOIN tree t ON t.period = l.period AND t.unit_key = l.unit_key
GROUP BY GROUPING SETS ((l.period, c.ancestor_key, t.tier, l.bykey), (l.period, c.ancestor_key, l.bykey))
ORDER BY ALL`, All, strings.Join(sums, ", "), from)
}

// known lists the units and tiers of which the fact has a row by the cut-off day.
func (s *Session) known(f *Fact) (map[cell]bool, error) {
	rows, err := s.db.Query(fmt.Sprintf(`SELECT DISTINCT k.period, c.ancestor_key, t.tier
FROM known_%s k
JOIN closure c ON c.period = k.period AND c.unit_key = k.unit_key
JOIN tree t ON t.period = k.period AND t.unit_key = k.unit_key
ORDER BY ALL`, f.Name))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[cell]bool{}
	for rows.Next() {
		var c cell
		if err := rows.Scan(&c.period, &c.unit, &c.tier); err != nil {
			return nil, err
		}
		out[c] = true
		c.tier = All
		out[c] = true
	}
	return out, rows.Err()
}

func (s *Session) assemble(f *Fact, by string, periods []period.Period, units []string, counts map[cell][]int64, known map[cell]bool) []Group {
	keys := map[cell][]string{}
	for c, values := range counts {
		if by != "" && slices.Max(values) > 0 {
			at := cell{c.period, c.unit, c.tier, ""}
			keys[at] = append(keys[at], c.key)
		}
	}
	var out []Group
	for _, p := range periods {
		for _, u := range units {
			for _, tier := range append(slices.Clone(unit.Tiers), All) {
				at := cell{p.Name, key(u), tier, ""}
				if !known[at] {
					continue
				}
				list := []string{""}
				if by != "" {
					list = keys[at]
					sort.Strings(list)
				}
				for _, k := range list {
					at.key = k
					values := counts[at]
					if values == nil {
						values = make([]int64, len(f.measures))
					}
					out = append(out, Group{p, u, tier, f, part(by, k), values})
				}
			}
		}
	}
	return out
}

func part(by, key string) *Part {
	if by == "" {
		return nil
	}
	return &Part{by, key}
}

// Lines flattens groups to one line per measure: by period, unit, tier, dataset,
// key, measure.
func Lines(groups []Group) []Line {
	var out []Line
	for _, g := range ordered(groups) {
		for i, m := range g.Fact.measures {
			out = append(out, Line{
				Period: g.Period.Name, From: day(g.Period.From), To: day(g.Period.To), Unit: g.Unit, Tier: g.Tier,
				Part: g.Part, Measure: g.Fact.Name + "." + m, Value: g.Counts[i],
			})
		}
	}
	return out
}

// ordered brings the groups of one unit and tier together, facts in their order.
func ordered(groups []Group) []Group {
	out := slices.Clone(groups)
	periods, units := map[string]int{}, map[string]int{}
	for _, g := range groups {
		if _, ok := periods[g.Period.Name]; !ok {
			periods[g.Period.Name] = len(periods)
		}
		if _, ok := units[g.Unit]; !ok {
			units[g.Unit] = len(units)
		}
	}
	sort.SliceStable(out, func(a, b int) bool {
		x, y := out[a], out[b]
		if periods[x.Period.Name] != periods[y.Period.Name] {
			return periods[x.Period.Name] < periods[y.Period.Name]
		}
		if units[x.Unit] != units[y.Unit] {
			return units[x.Unit] < units[y.Unit]
		}
		return tierOrder(x.Tier) < tierOrder(y.Tier)
	})
	return out
}

func tierOrder(t string) int {
	if i := slices.Index(unit.Tiers, t); i >= 0 {
		return i
	}
	return len(unit.Tiers)
}

// IndicatorLine is one ratio; Value is nil where the denominator is 0.
type IndicatorLine struct {
	Period string `json:"period"`
	From   string `json:"from"`
	To     string `json:"to"`
	Unit   string `json:"unit"`
	Tier   string `json:"tier"`
	*Part
	Indicator   string   `json:"indicator"`
	Numerator   int64    `json:"numerator"`
	Denominator int64    `json:"denominator"`
	Value       *float64 `json:"value"`
}

// Ratios computes every indicator of the groups' datasets.
func (s *Session) Ratios(groups []Group) []IndicatorLine {
	var out []IndicatorLine
	for _, g := range ordered(groups) {
		for _, ind := range s.defs.Indicators {
			if ind.Dataset() != g.Fact.Name {
				continue
			}
			l := IndicatorLine{
				Period: g.Period.Name, From: day(g.Period.From), To: day(g.Period.To), Unit: g.Unit, Tier: g.Tier,
				Part: g.Part, Indicator: ind.Name, Numerator: total(g, ind.Numerator), Denominator: total(g, ind.Denominator),
			}
			if l.Denominator != 0 {
				v := float64(l.Numerator) / float64(l.Denominator)
				l.Value = &v
			}
			out = append(out, l)
		}
	}
	return out
}

func total(g Group, measures []string) (n int64) {
	for _, m := range measures {
		n += g.Get(m)
	}
	return n
}

// Definitions are the indicators of the session.
func (s *Session) Definitions() *Definitions { return s.defs }
