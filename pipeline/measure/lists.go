package measure

import (
	"database/sql"
	"fmt"
	"time"

	files "cchc/sql"
)

// PrepareLists computes once what the reports of the first prepared period read.
func (s *Session) PrepareLists() error {
	if s.listed {
		return nil
	}
	s.listed = true
	return s.script("report/prepare.sql")
}

// Each runs a query of sql/report and hands every row to scan.
func (s *Session) Each(name string, scan func(*sql.Rows) error, args ...any) error {
	q, err := files.Files.ReadFile("report/" + name + ".sql")
	if err != nil {
		return err
	}
	rows, err := s.db.Query(stripComments(string(q)), args...)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return rows.Err()
}

// Evidence is the rows behind one dataset's figures of the first period, at or
// under a unit: where each stood, its fields, and 1 in the column of every
// measure that counts it.
type Evidence struct {
	Fact    *Fact
	Columns []string // file, sheet, line, then fields of the dataset
	Rows    [][]any  // values of Columns, then one bool per measure
}

// Evidence reads the rows of one fact at or under a unit.
func (s *Session) Evidence(f *Fact, unit string, fields []string) (*Evidence, error) {
	e := &Evidence{Fact: f, Columns: append([]string{"file", "sheet", "line"}, fields...)}
	query := "SELECT l.file, d.sheet, d.line"
	for _, name := range fields {
		if name == "unit_code" {
			query += ", f.unit_key"
			continue
		}
		query += ", d." + name
	}
	for _, m := range f.measures {
		query += ", f." + m
	}
	query += fmt.Sprintf(` FROM fact_%[1]s f JOIN %[1]s d USING (key) JOIN ledger l ON l.seq = d.seq
JOIN closure c ON c.period = f.period AND c.unit_key = f.unit_key
JOIN tree t ON t.period = f.period AND t.unit_key = f.unit_key
WHERE c.ancestor_key = ? AND f.period = (SELECT period FROM periods WHERE ord = 0)
ORDER BY t.ord, d.key`, f.Name)
	rows, err := s.db.Query(query, key(unit))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		values := make([]any, len(e.Columns)+len(f.measures))
		into := make([]any, len(values))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		e.Rows = append(e.Rows, values)
	}
	return e, rows.Err()
}

// Facts are the measured datasets, in order.
func (s *Session) Facts() []*Fact { return s.facts }

// Key is a unit code as the queries compare it.
func Key(code string) string { return key(code) }

// Day turns a nullable date of a query into a time; null is the zero time.
func Day(t sql.NullTime) time.Time {
	if !t.Valid {
		return time.Time{}
	}
	return t.Time
}
