package measure

import (
	"database/sql"
	"fmt"
	"io/fs"
	"sort"
	"strings"

	"cchc/pipeline/dataset"
	"cchc/pipeline/period"
	files "cchc/sql"
)

// Severities of a rule. A failing error keeps a report from being believed, a
// warning is for a person to look at.
const (
	Error   = "error"
	Warning = "warning"
)

// Violation is one row that a rule found and that must not exist. File, Sheet and
// Line say where the row behind it stood; they are empty when the rule speaks of
// a figure.
type Violation struct {
	Rule, Severity, Title string
	Period, Unit, Tier    string
	Detail                string
	File, Sheet           string
	Line                  int
}

// rule is a file of sql/check: a query that must return no row.
type rule struct{ name, severity, title, query string }

func rules() ([]rule, error) {
	names, err := fs.Glob(files.Files, "check/*.sql")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	var out []rule
	for _, n := range names {
		b, err := files.Files.ReadFile(n)
		if err != nil {
			return nil, err
		}
		r := rule{name: strings.TrimSuffix(strings.TrimPrefix(n, "check/"), ".sql"), query: stripComments(string(b))}
		for _, l := range strings.Split(string(b), "\n") {
			if v, ok := strings.CutPrefix(l, "-- severity: "); ok {
				r.severity = strings.TrimSpace(v)
			}
			if v, ok := strings.CutPrefix(l, "-- title: "); ok {
				r.title = strings.TrimSpace(v)
			}
		}
		if (r.severity != Error && r.severity != Warning) || r.title == "" {
			return nil, fmt.Errorf("sql/%s: a rule needs a severity (error or warning) and a title", n)
		}
		out = append(out, r)
	}
	return out, nil
}

// Check runs every rule on one prepared period; groups are its counts and those
// of the period before (prepared too).
func (s *Session) Check(p, before period.Period, groups, byField []Group) ([]Violation, error) {
	if err := s.fillChecks(p, before, groups, byField); err != nil {
		return nil, err
	}
	list, err := rules()
	if err != nil {
		return nil, err
	}
	var out []Violation
	for _, r := range list {
		found, err := s.violations(r)
		if err != nil {
			return nil, fmt.Errorf("rule %s: %w", r.name, err)
		}
		out = append(out, found...)
	}
	return out, nil
}

// fillChecks gives the rules the counts as tables.
func (s *Session) fillChecks(p, before period.Period, groups, byField []Group) error {
	for _, q := range []string{
		"CREATE OR REPLACE TABLE checked (period VARCHAR, days VARCHAR)",
		"CREATE OR REPLACE TABLE counts (period VARCHAR, unit_key VARCHAR, tier VARCHAR, measure VARCHAR, value BIGINT)",
		"CREATE OR REPLACE TABLE before_counts (period VARCHAR, unit_key VARCHAR, tier VARCHAR, measure VARCHAR, value BIGINT)",
		"CREATE OR REPLACE TABLE field_counts (period VARCHAR, unit_key VARCHAR, tier VARCHAR, field VARCHAR, measure VARCHAR, value BIGINT)",
		"CREATE OR REPLACE TABLE own_counts (period VARCHAR, unit_key VARCHAR, measure VARCHAR, value BIGINT)",
	} {
		if err := s.db.Exec(q); err != nil {
			return err
		}
	}
	var now, earlier, fields [][]any
	for _, g := range groups {
		for i, m := range g.Fact.measures {
			row := []any{g.Period.Name, key(g.Unit), g.Tier, g.Fact.Name + "." + m, g.Counts[i]}
			if g.Period.Name == p.Name {
				now = append(now, row)
			}
			if g.Period.Name == before.Name {
				earlier = append(earlier, row)
			}
		}
	}
	for _, g := range byField {
		if g.Period.Name == p.Name {
			for i, m := range g.Fact.measures {
				fields = append(fields, []any{g.Period.Name, key(g.Unit), g.Tier, g.Part.Key, g.Fact.Name + "." + m, g.Counts[i]})
			}
		}
	}
	days := day(p.From) + ".." + day(p.To)
	if err := s.db.Fill("checked", [][]any{{p.Name, days}}); err != nil {
		return err
	}
	if err := s.db.Fill("counts", now); err != nil {
		return err
	}
	if err := s.db.Fill("before_counts", earlier); err != nil {
		return err
	}
	if err := s.db.Fill("field_counts", fields); err != nil {
		return err
	}
	return s.ownCounts(p)
}

// ownCounts counts each unit's own rows, straight from the facts and without the
// tree, so that the rules compare two ways of counting.
func (s *Session) ownCounts(p period.Period) error {
	var all [][]any
	for _, f := range s.facts {
		if !f.Additive {
			continue
		}
		counts, err := s.ownCount(f, p)
		if err != nil {
			return err
		}
		all = append(all, counts...)
	}
	return s.db.Fill("own_counts", all)
}

func (s *Session) ownCount(f *Fact, p period.Period) ([][]any, error) {
	query := "SELECT unit_key"
	for _, m := range f.measures {
		query += fmt.Sprintf(", count(*) FILTER (WHERE %s)", m)
	}
	rows, err := s.db.Query(query+" FROM fact_"+f.Name+" WHERE period = ? GROUP BY unit_key ORDER BY unit_key", p.Name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out [][]any
	for rows.Next() {
		var unit string
		values := make([]int64, len(f.measures))
		into := []any{&unit}
		for i := range values {
			into = append(into, &values[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		for i, m := range f.measures {
			out = append(out, []any{p.Name, unit, f.Name + "." + m, values[i]})
		}
	}
	return out, rows.Err()
}

func (s *Session) violations(r rule) ([]Violation, error) {
	rows, err := s.db.Query(r.query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Violation
	var keys []sql.NullString
	var sets []sql.NullString
	for rows.Next() {
		v := Violation{Rule: r.name, Severity: r.severity, Title: r.title}
		var set, k sql.NullString
		if err := rows.Scan(&v.Period, &v.Unit, &v.Tier, &v.Detail, &set, &k); err != nil {
			return nil, err
		}
		if c, ok := s.units.Canonical(v.Unit); ok {
			v.Unit = c
		}
		out, keys, sets = append(out, v), append(keys, k), append(sets, set)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	for i := range out {
		if !keys[i].Valid || dataset.ByName(sets[i].String) == nil {
			continue
		}
		if err := s.locate(&out[i], sets[i].String, keys[i].String); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// locate finds where the row of a key stood.
func (s *Session) locate(v *Violation, set, k string) error {
	rows, err := s.db.Query(fmt.Sprintf("SELECT l.file, d.sheet, d.line FROM %s d JOIN ledger l ON l.seq = d.seq WHERE d.key = ?", set), k)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&v.File, &v.Sheet, &v.Line); err != nil {
			return err
		}
	}
	return rows.Err()
}
