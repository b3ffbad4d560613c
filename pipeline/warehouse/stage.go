package warehouse

import (
	"database/sql/driver"
	"errors"
	"fmt"
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
	batch  []driver.Value      // rows on their way, one after the other
	full   chan []driver.Value // batches for the filling goroutine; nil when it does not run
	failed chan error          // why it ended early
	done   chan struct{}
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
	width := 4 + len(d.Fields)
	s.batch = make([]driver.Value, 0, batchRows*width)
	s.full, s.failed, s.done = make(chan []driver.Value, 4), make(chan error, 1), make(chan struct{})
	go s.pump(width)
	return s.add, nil
}

// batchRows is how many rows are handed to the filling goroutine at once.
const batchRows = 1024

func (s *Stage) add(r dataset.Row) error {
	values := s.batch[len(s.batch) : len(s.batch)+4+len(r.Values)]
	s.batch = s.batch[:len(s.batch)+len(values)]
	values[0], values[1], values[2], values[3] = r.Key, r.Digest, r.Sheet, int32(r.Line)
	for i, v := range r.Values {
		if n, ok := v.(dataset.Decimal); ok {
			v = duckdb.Decimal{Width: 18, Scale: dataset.DecimalScale, Value: big.NewInt(int64(n))}
		}
		values[4+i] = v
	}
	if len(s.batch) == cap(s.batch) {
		return s.hand()
	}
	return nil
}

// hand gives the batch to the filling goroutine and takes an empty one.
func (s *Stage) hand() error {
	select {
	case s.full <- s.batch:
		s.batch = make([]driver.Value, 0, cap(s.batch))
		return nil
	case err := <-s.failed:
		s.failed <- err
		return err
	}
}

// pump fills the table beside the reading: the two take about as long.
func (s *Stage) pump(width int) {
	defer close(s.done)
	for batch := range s.full {
		for at := 0; at < len(batch); at += width {
			if err := s.fill.AppendRow(batch[at : at+width]...); err != nil {
				s.failed <- fmt.Errorf("warehouse: stage %s: %w", s.data.Name, err)
				return
			}
		}
	}
}

// stop ends the filling goroutine.
func (s *Stage) stop() error {
	var err error
	if s.full != nil {
		if len(s.batch) > 0 {
			err = s.hand()
		}
		close(s.full)
		<-s.done
		s.full = nil
		select {
		case err = <-s.failed:
		default:
		}
	}
	return err
}

// Finish ends the filling and takes out the rows that turned out to conflict.
func (s *Stage) Finish(drop []Loc) error {
	if err := errors.Join(s.stop(), s.fill.Close()); err != nil {
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
		s.stop() //nolint:errcheck // the rows are thrown away
		s.fill.Close()
	}
}

// Write writes the staged rows, in the order in which they came, as a typed file.
func (s *Stage) Write(path string) error {
	return s.db.Exec(fmt.Sprintf("COPY (SELECT * FROM stage) TO %s (FORMAT parquet, COMPRESSION zstd)", quote(path)))
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
