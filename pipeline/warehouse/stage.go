package warehouse

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"hash/fnv"
	"math/big"
	"strings"

	"cchc/pipeline/dataset"

	"github.com/duckdb/duckdb-go/v2"
)

// Stage holds the accepted rows of one export until they are kept or dropped.
type Stage struct {
	db     *DB
	data   *dataset.Dataset
	fill   *duckdb.Appender
	values []driver.Value
}

// Loc is where a row stood in its file.
type Loc struct {
	Sheet string
	Line  int
}

// Stage opens an empty stage. Begin says of which dataset its rows are.
func (b *Build) Stage() *Stage { return &Stage{db: b.db} }

// Begin makes room for rows of a dataset and returns the function that takes
// them; values handed to it are copied.
func (s *Stage) Begin(d *dataset.Dataset) (func(dataset.Row) error, error) {
	s.data = d
	if err := s.db.Exec("CREATE OR REPLACE TEMP TABLE stage (" + strings.Join(fileColumns(d), ", ") + ")"); err != nil {
		return nil, err
	}
	var err error
	if s.fill, err = s.db.appender("temp", "stage"); err != nil {
		return nil, fmt.Errorf("warehouse: stage %s: %w", d.Name, err)
	}
	s.values = make([]driver.Value, 4+len(d.Fields))
	return s.add, nil
}

func (s *Stage) add(r dataset.Row) error {
	h := fnv.New64a()
	h.Write([]byte(s.data.Content(r)))
	s.values[0], s.values[1], s.values[2], s.values[3] = s.data.Key(r), h.Sum64(), r.Sheet, int32(r.Line)
	for i, v := range r.Values {
		if n, ok := v.(dataset.Decimal); ok {
			v = duckdb.Decimal{Width: 18, Scale: dataset.DecimalScale, Value: big.NewInt(int64(n))}
		}
		s.values[4+i] = v
	}
	return s.fill.AppendRow(s.values...)
}

// Finish ends the filling and takes out the rows that turned out to conflict.
func (s *Stage) Finish(drop []Loc) error {
	if err := s.fill.Close(); err != nil {
		return fmt.Errorf("warehouse: stage %s: %w", s.data.Name, err)
	}
	s.fill = nil
	if len(drop) == 0 {
		return nil
	}
	if err := s.db.Exec("CREATE OR REPLACE TEMP TABLE dropped (sheet VARCHAR, line INTEGER)"); err != nil {
		return err
	}
	a, err := s.db.appender("temp", "dropped")
	if err != nil {
		return err
	}
	for _, l := range drop {
		if err := a.AppendRow(l.Sheet, int32(l.Line)); err != nil {
			return errors.Join(err, a.Close())
		}
	}
	if err := a.Close(); err != nil {
		return err
	}
	return s.db.Exec("DELETE FROM stage USING dropped WHERE stage.sheet = dropped.sheet AND stage.line = dropped.line")
}

// Abandon closes a stage whose file was refused half-way.
func (s *Stage) Abandon() {
	if s.fill != nil {
		s.fill.Close()
	}
}

// Write writes the staged rows, in the order of the file, as a typed file.
func (s *Stage) Write(path string) error {
	return s.db.Exec(fmt.Sprintf("COPY (SELECT * FROM stage ORDER BY sheet, line) TO %s (FORMAT parquet, COMPRESSION zstd)", quote(path)))
}

// Held counts the rows that hold now and came with the given imports.
func (b *Build) Held(name string, imports []int) (n int, err error) {
	d := dataset.ByName(name)
	if d == nil {
		return 0, fmt.Errorf("warehouse: no dataset is called %q", name)
	}
	err = b.db.scan(fmt.Sprintf("SELECT count(*) FROM %s WHERE seq_to = %d AND seq IN (%s)", d.Name, forever, strings.Trim(strings.Join(strings.Fields(fmt.Sprint(imports)), ","), "[]")), &n)
	return n, err
}

// Codes lists the procedure codes of the catalogue as it stands in the build.
func (b *Build) Codes() ([]string, error) {
	rows, err := b.db.Query(fmt.Sprintf("SELECT DISTINCT procedure_code FROM procedures WHERE seq_to = %d ORDER BY 1", forever))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var code string
		if err := rows.Scan(&code); err != nil {
			return nil, err
		}
		out = append(out, code)
	}
	return out, rows.Err()
}
