// Package measure turns stored rows into figures: facts (one row per thing and
// period, a boolean column per measure), counts per unit and tier, and ratios.
//
// What a measure is stands in sql/fact/, what a ratio is in sql/indicators.yaml;
// this package only runs them.
package measure

import (
	"fmt"
	"strings"
	"time"

	"cchc/pipeline/dataset"
	"cchc/pipeline/period"
	"cchc/pipeline/unit"
	"cchc/pipeline/warehouse"
	files "cchc/sql"
)

// Fact is a dataset that is measured.
type Fact struct {
	Name     string
	Additive bool     // counts of units sum to their parent's; else distinct codes are counted
	By       []string // breakdowns the fact has columns for
	measures []string // boolean columns, in order; read from the query itself
}

// facts in the order in which figures are shown.
func facts() []*Fact {
	return []*Fact{
		{Name: "tasks", Additive: true, By: []string{"month"}},
		{Name: "dossiers", Additive: true, By: []string{"field", "desk", "procedure", "month"}},
		{Name: "documents", Additive: true, By: []string{"month"}},
		{Name: "procedures", By: []string{"field", "procedure", "month"}},
		{Name: "checklist", Additive: true, By: []string{"month"}},
	}
}

// Breakdowns are the values of --by.
var Breakdowns = []string{"field", "desk", "procedure", "month"}

// Settings are what the workspace decides about counting.
type Settings struct {
	Rule     period.Rule
	Deadline string // date or instant
	AsKnown  bool   // compute from the ledger as it stood at Position
	Position int
}

// Session is an opened warehouse prepared for some periods.
type Session struct {
	db       *warehouse.DB
	settings Settings
	periods  []period.Period
	units    *unit.Register
	trees    map[string]*unit.Tree
	facts    []*Fact
	defs     *Definitions
	listed   bool // PrepareLists was called
	kept     bool // Materialise was called
}

// Open prepares the periods asked for. Close the session when done.
func Open(file string, units *unit.Register, periods []period.Period, set Settings) (*Session, error) {
	defs, err := LoadDefinitions()
	if err != nil {
		return nil, err
	}
	db, err := warehouse.Open(file)
	if err != nil {
		return nil, err
	}
	s := &Session{db: db, settings: set, units: units, trees: map[string]*unit.Tree{}, facts: facts(), defs: defs}
	if err := s.prepare(periods); err != nil {
		db.Close()
		return nil, err
	}
	return s, nil
}

// Close ends the session.
func (s *Session) Close() error { return s.db.Close() }

// DB is the connection, for the queries of checks and reports.
func (s *Session) DB() *warehouse.DB { return s.db }

// Periods are the prepared periods, each once, in the order asked for.
func (s *Session) Periods() []period.Period { return s.periods }

// Tree is the unit tree of a prepared period.
func (s *Session) Tree(p period.Period) *unit.Tree { return s.trees[p.Name] }

func (s *Session) prepare(periods []period.Period) error {
	position := 1<<31 - 2
	if s.settings.AsKnown {
		position = s.settings.Position
	}
	for _, d := range dataset.All {
		err := s.db.Exec(fmt.Sprintf("CREATE VIEW %s AS SELECT * EXCLUDE (seq_from, seq_to) FROM wh.%[1]s WHERE seq_from > 0 AND seq_from <= %d AND seq_to > %[2]d", d.Name, position))
		if err != nil {
			return err
		}
	}
	if err := s.db.Exec("CREATE VIEW ledger AS SELECT * FROM wh.ledger"); err != nil {
		return err
	}
	if err := s.script("load/session.sql"); err != nil {
		return err
	}
	rule := "month_nd09"
	if s.settings.Rule == period.Calendar {
		rule = "month_calendar"
	}
	if err := s.db.Exec("CREATE MACRO reporting_month(d) AS " + rule + "(d)"); err != nil {
		return err
	}
	if err := s.db.Exec(fmt.Sprintf("INSERT INTO settings VALUES (%t)", s.settings.Deadline == "instant")); err != nil {
		return err
	}
	if err := s.fillPeriods(periods); err != nil {
		return err
	}
	return s.createFacts()
}

// script runs a file of statements.
func (s *Session) script(name string) error {
	text, err := files.Files.ReadFile(name)
	if err != nil {
		return err
	}
	for _, q := range strings.Split(stripComments(string(text)), ";") {
		if strings.TrimSpace(q) == "" {
			continue
		}
		if err := s.db.Exec(q); err != nil {
			return err
		}
	}
	return nil
}

func stripComments(text string) string {
	lines := strings.Split(text, "\n")
	kept := lines[:0]
	for _, l := range lines {
		if !strings.HasPrefix(strings.TrimSpace(l), "--") {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

func (s *Session) fillPeriods(periods []period.Period) error {
	var rows, tree, closure [][]any
	for _, p := range periods {
		if s.trees[p.Name] != nil {
			continue
		}
		t := s.units.At(p.To)
		s.trees[p.Name] = t
		s.periods = append(s.periods, p)
		rows = append(rows, []any{int32(len(rows)), p.Name, p.From, p.To, p.From, p.Stop(), int64(p.Year())})
		for i, u := range t.Units {
			tree = append(tree, []any{p.Name, key(u.Code), u.Tier, t.Born[u.Code], t.Standing[u.Code], int32(i)})
			for distance, above := range t.Up(u.Code) {
				closure = append(closure, []any{p.Name, key(u.Code), key(above), int32(distance)})
			}
		}
	}
	if err := s.db.Fill("periods", rows); err != nil {
		return err
	}
	if err := s.db.Fill("tree", tree); err != nil {
		return err
	}
	return s.db.Fill("closure", closure)
}

func key(code string) string { return strings.ToUpper(code) }

// factQuery returns the text of a query in sql/fact.
func factQuery(name string) (string, error) {
	b, err := files.Files.ReadFile("fact/" + name + ".sql")
	return string(b), err
}

func (s *Session) createFacts() error {
	if err := s.view("catalogue", "catalogue"); err != nil {
		return err
	}
	for _, f := range s.facts {
		if err := s.view("fact_"+f.Name, f.Name); err != nil {
			return err
		}
		if err := s.view("known_"+f.Name, f.Name+".known"); err != nil {
			return err
		}
		var err error
		if f.measures, err = s.booleans("fact_" + f.Name); err != nil {
			return err
		}
	}
	return nil
}

func (s *Session) view(name, file string) error {
	q, err := factQuery(file)
	if err != nil {
		return err
	}
	return s.db.Exec("CREATE VIEW " + name + " AS\n" + stripComments(q))
}

// Materialise computes every fact once, for sessions that ask many questions.
func (s *Session) Materialise() error {
	if s.kept {
		return nil
	}
	s.kept = true
	for _, f := range s.facts {
		for _, q := range []string{
			"CREATE TABLE kept AS SELECT * FROM fact_" + f.Name,
			"DROP VIEW fact_" + f.Name,
			"ALTER TABLE kept RENAME TO fact_" + f.Name,
		} {
			if err := s.db.Exec(q); err != nil {
				return err
			}
		}
	}
	return nil
}

// booleans lists the measures of a fact: its boolean columns.
func (s *Session) booleans(view string) ([]string, error) {
	rows, err := s.db.Query("SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND data_type = 'BOOLEAN' ORDER BY column_index", view)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

// Measures lists every measure of the program as dataset.measure, in order.
func (s *Session) Measures() []string {
	var out []string
	for _, f := range s.facts {
		for _, m := range f.measures {
			out = append(out, f.Name+"."+m)
		}
	}
	return out
}

func day(t time.Time) string { return t.Format(time.DateOnly) }
