package measure

import (
	"fmt"
	"slices"
	"strings"

	"cchc/pipeline/dataset"
)

// Explanation takes one figure apart: what it means, how it is counted, and every
// row that is in it.
type Explanation struct {
	Period  string    `json:"period"`
	From    string    `json:"from"`
	To      string    `json:"to"`
	Unit    string    `json:"unit"`
	Tier    string    `json:"tier"`
	*Part             // the part of a breakdown asked for
	Measure string    `json:"measure"`
	Words   string    `json:"words"`
	SQL     string    `json:"sql"`
	Value   int64     `json:"value"`
	Rows    []Counted `json:"rows"`
}

// Counted is a row that is in a figure. Counted is what is counted: for figures
// that are not sums, several rows may stand for the same code.
type Counted struct {
	Unit    string `json:"unit"`
	Key     string `json:"key"`
	Counted string `json:"counted"`
	File    string `json:"file"`
	Sheet   string `json:"sheet"`
	Row     int    `json:"row"`
}

// Explain lists the rows behind dataset.measure of a unit in the first prepared
// period. tier is one of unit.Tiers or All; part may be nil.
func (s *Session) Explain(name, unit, tier string, part *Part, words string) (*Explanation, error) {
	set, m, _ := strings.Cut(name, ".")
	i := slices.IndexFunc(s.facts, func(f *Fact) bool { return f.Name == set && slices.Contains(f.measures, m) })
	if i < 0 {
		return nil, fmt.Errorf("no measure is called %q; one of: %s", name, strings.Join(s.Measures(), ", "))
	}
	f := s.facts[i]
	where, args := fmt.Sprintf("f.%s AND f.period = ? AND c.ancestor_key = ?", m), []any{s.periods[0].Name, key(unit)}
	if tier != All {
		where, args = where+" AND t.tier = ?", append(args, tier)
	}
	if part != nil {
		if !slices.Contains(f.By, part.By) {
			return nil, fmt.Errorf("%s has no breakdown by %s; it has %s", f.Name, part.By, strings.Join(f.By, ", "))
		}
		where, args = where+" AND f."+part.By+" = ?", append(args, part.Key)
	}
	p := s.periods[0]
	e := &Explanation{Period: p.Name, From: day(p.From), To: day(p.To), Unit: unit, Tier: tier, Part: part, Measure: name, Words: words, Rows: []Counted{}}
	query, err := factQuery(f.Name)
	if err != nil {
		return nil, err
	}
	count := "count(*)"
	if !f.Additive {
		count = "count(DISTINCT counted)"
	}
	e.SQL = fmt.Sprintf("SELECT %s FROM (\n%s\n) WHERE %s", count, strings.TrimSpace(query), m)
	rows, err := s.db.Query(fmt.Sprintf(`SELECT t.unit_key, f.key, f.counted, l.file, d.sheet, d.line
FROM fact_%[1]s f JOIN %[1]s d USING (key) JOIN ledger l ON l.seq = d.seq
JOIN closure c ON c.period = f.period AND c.unit_key = f.unit_key
JOIN tree t ON t.period = f.period AND t.unit_key = f.unit_key
WHERE %[2]s ORDER BY t.ord, f.key`, f.Name, where), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	distinct := map[string]bool{}
	for rows.Next() {
		var c Counted
		if err := rows.Scan(&c.Unit, &c.Key, &c.Counted, &c.File, &c.Sheet, &c.Row); err != nil {
			return nil, err
		}
		if code, ok := s.units.Canonical(c.Unit); ok {
			c.Unit = code
		}
		distinct[c.Counted] = true
		c.Key, c.Counted = readable(c.Key), readable(c.Counted)
		e.Rows = append(e.Rows, c)
	}
	e.Value = int64(len(e.Rows))
	if !f.Additive {
		e.Value = int64(len(distinct))
	}
	return e, rows.Err()
}

// readable writes a key for a person: its parts with a slash between them.
func readable(k string) string {
	return strings.ReplaceAll(strings.TrimSuffix(k, dataset.KeySeparator), dataset.KeySeparator, " / ")
}
