package warehouse

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"cchc/pipeline/dataset"
	"cchc/pipeline/store"
)

// Build is a new warehouse in the making, beside the one in use.
type Build struct {
	db      *DB
	store   *store.Store
	target  string
	temp    string
	applied []store.Entry
	staged  bool // the rows of the entry being applied are in the table stage
}

// Begin copies the warehouse at target (or starts an empty one) and applies the
// ledger entries it lacks. A damaged or foreign file is left aside and built
// anew. End with Commit or Discard.
func Begin(s *store.Store, target string, entries []store.Entry) (*Build, error) {
	b := &Build{store: s, target: target, temp: s.Temp("warehouse.duckdb")}
	b.clean()
	if err := copyFile(target, b.temp); err == nil {
		err = b.resume(entries)
		if err == nil {
			return b, nil
		}
		b.close()
		b.clean()
	} else if !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("copy the warehouse: %w", err)
	}
	b.applied = nil
	return b, b.restart(entries)
}

func (b *Build) open() (err error) {
	dir, err := filepath.Abs(b.store.Dir())
	if err != nil {
		return err
	}
	b.db, err = open(b.temp, []string{dir}, "")
	return err
}

// resume goes on from a copy, if it is a prefix of the ledger.
func (b *Build) resume(entries []store.Entry) error {
	if err := b.open(); err != nil {
		return err
	}
	var version string
	if err := b.db.scan("SELECT version FROM format", &version); err != nil {
		return err
	}
	if version != formatVersion {
		return fmt.Errorf("warehouse: format %s is not %s", version, formatVersion)
	}
	rows, err := b.db.Query("SELECT seq, kind, sha256 FROM ledger ORDER BY seq")
	if err != nil {
		return err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var e store.Entry
		if err := rows.Scan(&e.Seq, &e.Kind, &e.SHA256); err != nil {
			return err
		}
		if n >= len(entries) || entries[n].Seq != e.Seq || entries[n].Kind != e.Kind || entries[n].SHA256 != e.SHA256 {
			return errors.New("warehouse: it holds another ledger")
		}
		n++
	}
	if err := rows.Err(); err != nil {
		return err
	}
	rows.Close()
	b.applied = append([]store.Entry(nil), entries[:n]...)
	return b.applyAll(entries[n:])
}

func (b *Build) restart(entries []store.Entry) error {
	err := b.open()
	if err == nil {
		err = createTables(b.db)
	}
	if err == nil {
		err = b.applyAll(entries)
	}
	if err != nil {
		b.Discard()
	}
	return err
}

func (b *Build) applyAll(entries []store.Entry) error {
	for _, e := range entries {
		if err := b.Apply(e); err != nil {
			return err
		}
	}
	return nil
}

// Apply brings the next ledger entry into the build.
func (b *Build) Apply(e store.Entry) error {
	if e.Seq != len(b.applied)+1 {
		return fmt.Errorf("warehouse: ledger position %d cannot follow %d", e.Seq, len(b.applied))
	}
	asOf := any(nil)
	if e.AsOf != "" {
		asOf = e.AsOf
	}
	err := b.db.Exec("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, CAST(? AS DATE), NULL)", e.Seq, e.Kind, e.At.UTC(), e.SHA256, e.File, e.Dataset, asOf)
	if err != nil {
		return err
	}
	gone := e.Takes
	if e.Replaces > 0 {
		gone = []int{e.Replaces}
	}
	for _, seq := range gone {
		if err := b.takeOut(seq, e.Seq); err != nil {
			return err
		}
	}
	if e.Kind == store.Import && e.Rows != "" {
		if err := b.load(e); err != nil {
			return err
		}
	}
	b.applied = append(b.applied, e)
	return nil
}

// Effect is what the newest entry, an import, changed.
type Effect struct{ Added, Changed, Unchanged, Older, Removed int }

// Effect compares the rows that hold since the newest entry with those that held
// before it.
func (b *Build) Effect() (Effect, error) {
	e := b.applied[len(b.applied)-1]
	var out Effect
	d := dataset.ByName(e.Dataset)
	if d == nil {
		return out, nil
	}
	err := b.db.scan(fmt.Sprintf(`
WITH came AS (SELECT key, digest, seq_from = %[2]d AS holds FROM %[1]s WHERE seq = %[2]d),
old AS (SELECT key, digest FROM %[1]s WHERE seq_to = %[2]d AND seq_from < %[2]d)
SELECT count(*) FILTER (WHERE holds AND old.key IS NULL),
       count(*) FILTER (WHERE holds AND old.key IS NOT NULL AND came.digest <> old.digest),
       count(*) FILTER (WHERE holds AND old.key IS NOT NULL AND came.digest = old.digest),
       count(*) FILTER (WHERE NOT holds),
       (SELECT count(*) FROM old o WHERE NOT EXISTS (SELECT 1 FROM %[1]s n WHERE n.key = o.key AND n.seq_to = %[3]d AND n.seq_from = %[2]d))
FROM came LEFT JOIN old ON old.key = came.key`, d.Name, e.Seq, forever),
		&out.Added, &out.Changed, &out.Unchanged, &out.Older, &out.Removed)
	return out, err
}

// takeOut ends the rows of an earlier import at position at; where it hid an
// older row of the same key, that row holds again.
func (b *Build) takeOut(seq, at int) error {
	if err := b.db.Exec("UPDATE ledger SET ended_by = ? WHERE seq = ?", at, seq); err != nil {
		return err
	}
	d := dataset.ByName(b.applied[seq-1].Dataset)
	if d == nil {
		return nil
	}
	columns := columnNames(historyColumns(d)[:len(historyColumns(d))-2])
	for _, q := range []string{
		fmt.Sprintf(`CREATE OR REPLACE TEMP TABLE ended AS SELECT key FROM %[1]s WHERE seq = %[2]d AND seq_to = %[3]d
UNION SELECT r.key FROM %[1]s r JOIN spans s ON s.seq = %[2]d AND s.dataset = '%[1]s' AND s.unit_key = upper(r.unit_code) AND %[4]s BETWEEN s.first AND s.last`,
			d.Name, seq, forever, slots[d.Name]),
		fmt.Sprintf("UPDATE %s SET seq_to = %d WHERE seq = %d AND seq_to = %d", d.Name, at, seq, forever),
		fmt.Sprintf(`INSERT INTO %[1]s (%[2]s, seq_from, seq_to)
SELECT %[2]s, %[3]d, %[4]d FROM (
  SELECT *, row_number() OVER (PARTITION BY key ORDER BY as_of DESC, seq DESC, seq_from DESC) AS place
  FROM %[1]s WHERE seq IN (SELECT seq FROM ledger WHERE ended_by IS NULL)
    AND key IN (SELECT key FROM ended) AND key NOT IN (SELECT key FROM %[1]s WHERE seq_to = %[4]d)) r
WHERE place = 1 AND NOT %[5]s ORDER BY key`, d.Name, columns, at, forever, hiddenBy(d, "r.as_of", "r.seq")),
	} {
		if err := b.db.Exec(q); err != nil {
			return err
		}
	}
	return nil
}

// olderQuery lists the keys of a temporary table of rows that may not hold: a row
// of a newer export does, or a newer whole export lacks them.
func olderQuery(d *dataset.Dataset, table, asOf string, seq int) string {
	return fmt.Sprintf(`SELECT key FROM %[1]s r
WHERE key IN (SELECT key FROM %[2]s WHERE seq_to = %[3]d AND as_of > DATE '%[4]s') OR %[5]s`,
		table, d.Name, forever, asOf, hiddenBy(d, "DATE '"+asOf+"'", fmt.Sprint(seq)))
}

// replace takes away what a whole export covers and does not have, and keeps what
// it covers for exports that come later.
func (b *Build) replace(d *dataset.Dataset, e store.Entry, rows string) error {
	for _, q := range []string{
		fmt.Sprintf("UPDATE %[1]s SET seq_to = %[2]d WHERE seq_to = %[3]d AND key IN (%[4]s)", d.Name, e.Seq, forever, covered(d, rows, e.AsOf)),
		fmt.Sprintf("INSERT INTO spans SELECT %d, '%s', unit_key, first, last FROM (%s) ORDER BY ALL", e.Seq, d.Name, spansOf(d, rows)),
	} {
		if err := b.db.Exec(q); err != nil {
			return err
		}
	}
	return nil
}

// readRows reads the typed file of an import into the temporary table incoming.
func (b *Build) readRows(d *dataset.Dataset, e store.Entry) error {
	path, err := filepath.Abs(b.store.RowsPath(e.Rows))
	if err != nil {
		return err
	}
	if digest, err := store.SumFile(path); err != nil || digest != e.RowsSum {
		return fmt.Errorf("store/%s is missing or damaged; restore store/ from a backup", e.Rows)
	}
	if err := b.db.Exec(fmt.Sprintf("CREATE OR REPLACE TEMP TABLE incoming (%s)", strings.Join(fileColumns(d), ", "))); err != nil {
		return err
	}
	// a field added since the file was written is empty
	return b.db.Exec(fmt.Sprintf("INSERT INTO incoming BY NAME SELECT * FROM read_parquet(%s)", quote(path)))
}

// ApplyStaged is Apply for the import whose rows are in the stage: they are not
// read back.
func (b *Build) ApplyStaged(e store.Entry) error {
	b.staged = true
	defer func() { b.staged = false }()
	return b.Apply(e)
}

// load brings the rows of an import in: each takes the place of the row of its
// key whose as_of is not newer; the others are kept, but hold at no position.
func (b *Build) load(e store.Entry) error {
	d := dataset.ByName(e.Dataset)
	if d == nil {
		return fmt.Errorf("warehouse: ledger position %d names no known dataset: %q", e.Seq, e.Dataset)
	}
	rows := "stage" // as the import that is under way left it
	if !b.staged {
		rows = "incoming"
		if err := b.readRows(d, e); err != nil {
			return err
		}
	}
	columns := columnNames(fileColumns(d))
	for _, q := range []string{
		"CREATE OR REPLACE TEMP TABLE older AS " + olderQuery(d, rows, e.AsOf, e.Seq),
		fmt.Sprintf(`UPDATE %s SET seq_to = %d WHERE seq_to = %d
AND key IN (SELECT key FROM %s) AND key NOT IN (SELECT key FROM older)`, d.Name, e.Seq, forever, rows),
		fmt.Sprintf(`INSERT INTO %[1]s (%[2]s, as_of, seq, seq_from, seq_to)
SELECT %[2]s, DATE '%[3]s', %[4]d,
       CASE WHEN key IN (SELECT key FROM older) THEN 0 ELSE %[4]d END,
       CASE WHEN key IN (SELECT key FROM older) THEN 0 ELSE %[5]d END
FROM %[6]s`, d.Name, columns, e.AsOf, e.Seq, forever, rows),
	} {
		if err := b.db.Exec(q); err != nil {
			return err
		}
	}
	if e.Whole {
		if err := b.replace(d, e, rows); err != nil {
			return err
		}
	}
	var n int
	if err := b.db.scan(fmt.Sprintf("SELECT count(*) FROM %s WHERE seq = %d", d.Name, e.Seq), &n); err != nil {
		return err
	}
	if e.Counts.Rows > 0 && n != e.Counts.Accepted() { // a new entry is counted after it is applied
		return fmt.Errorf("warehouse: ledger position %d has %d rows, the ledger says %d", e.Seq, n, e.Counts.Accepted())
	}
	return nil
}

// Commit checks the build and puts it in the place of the file in use.
func (b *Build) Commit() error {
	var parts []string
	for _, d := range dataset.All {
		parts = append(parts, fmt.Sprintf("SELECT '%[1]s' AS name, count(*) - count(DISTINCT key) AS twice FROM %[1]s WHERE seq_to = %[2]d", d.Name, forever))
	}
	var twice int
	var names string
	err := b.db.scan("SELECT coalesce(CAST(sum(twice) AS BIGINT), 0), coalesce(string_agg(name, ', '), '') FROM ("+strings.Join(parts, " UNION ALL ")+") WHERE twice > 0", &twice, &names)
	if err == nil && twice > 0 {
		err = fmt.Errorf("warehouse: %d rows of %s hold beside another of the same key; nothing was changed", twice, names)
	}
	if err != nil {
		b.Discard()
		return err
	}
	if err := b.db.Exec("CHECKPOINT"); err != nil {
		b.Discard()
		return err
	}
	if err := b.close(); err != nil {
		b.clean()
		return err
	}
	if err := os.Chmod(b.temp, 0o600); err != nil {
		return err
	}
	if err := os.Rename(b.temp, b.target); err != nil {
		b.clean()
		return fmt.Errorf("put the warehouse in place: %w", err)
	}
	return nil
}

// Discard ends the build without a trace.
func (b *Build) Discard() {
	b.close()
	b.clean()
}

func (b *Build) close() error {
	if b.db == nil {
		return nil
	}
	err := b.db.Close()
	b.db = nil
	return err
}

func (b *Build) clean() {
	os.Remove(b.temp)
	os.Remove(b.temp + ".wal")
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
