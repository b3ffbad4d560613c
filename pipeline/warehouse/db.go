// Package warehouse is the DuckDB file built from the store, and the typed
// Parquet files of the store that it reads and writes. It is the only package
// that knows the database driver.
//
// The file is a cache: it may be deleted at any time and is built again from the
// ledger. It is changed only by building a copy and renaming it into place.
package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cchc/pipeline/store"

	"github.com/duckdb/duckdb-go/v2"
)

// DB is one connection to DuckDB. DuckDB's settings, temporary tables and
// attached files belong to a connection, so there is exactly one.
type DB struct {
	connector *duckdb.Connector
	pool      *sql.DB
	conn      *sql.Conn
}

// open starts DuckDB on a file (empty: in memory) and locks it down: nothing is
// downloaded, nothing outside the folders given is read or written.
func open(file string, folders []string, attach string) (*DB, error) {
	connector, err := duckdb.NewConnector(file, nil)
	if err != nil {
		return nil, fmt.Errorf("open the warehouse: %w", err)
	}
	pool := sql.OpenDB(connector)
	pool.SetMaxOpenConns(1)
	conn, err := pool.Conn(context.Background())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the warehouse: %w", err), pool.Close())
	}
	db := &DB{connector, pool, conn}
	settings := []string{
		"SET autoinstall_known_extensions = false",
		"SET autoload_known_extensions = false",
		"SET enable_progress_bar = false",
		"SET preserve_insertion_order = true",
		"SET memory_limit = '1GB'",
		"SET TimeZone = 'UTC'",
	}
	if len(folders) > 0 {
		settings = append(settings, "SET temp_directory = "+quote(filepath.Join(folders[0], "tmp")))
	}
	if attach != "" {
		settings = append(settings, "ATTACH "+quote(attach)+" AS wh (READ_ONLY)")
	}
	list := make([]string, len(folders))
	for i, f := range folders {
		list[i] = quote(f)
	}
	settings = append(settings,
		"SET allowed_directories = ["+strings.Join(list, ", ")+"]",
		"SET enable_external_access = false",
		"SET lock_configuration = true")
	if err := db.Exec(strings.Join(settings, ";\n")); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// Exec runs one statement.
func (db *DB) Exec(query string, args ...any) error {
	if _, err := db.conn.ExecContext(context.Background(), query, args...); err != nil {
		return failed(query, err)
	}
	return nil
}

// Query runs one statement; the caller closes the rows.
func (db *DB) Query(query string, args ...any) (*sql.Rows, error) {
	rows, err := db.conn.QueryContext(context.Background(), query, args...)
	if err != nil {
		return nil, failed(query, err)
	}
	return rows, nil
}

// scan reads the single row of a query.
func (db *DB) scan(query string, into ...any) error {
	if err := db.conn.QueryRowContext(context.Background(), query).Scan(into...); err != nil {
		return failed(query, err)
	}
	return nil
}

// appender fills a table of the connection quickly.
func (db *DB) appender(catalog, table string) (a *duckdb.Appender, err error) {
	err = db.conn.Raw(func(c any) error {
		a, err = duckdb.NewAppender(c.(driver.Conn), catalog, "main", table)
		return err
	})
	return a, err
}

// Fill appends rows to a table of the in-memory part of the connection.
func (db *DB) Fill(table string, rows [][]any) error {
	a, err := db.appender("", table)
	if err != nil {
		return fmt.Errorf("warehouse: fill %s: %w", table, err)
	}
	for _, r := range rows {
		values := make([]driver.Value, len(r))
		for i, v := range r {
			values[i] = v
		}
		if err := a.AppendRow(values...); err != nil {
			return errors.Join(fmt.Errorf("warehouse: fill %s: %w", table, err), a.Close())
		}
	}
	return a.Close()
}

// Close ends the connection.
func (db *DB) Close() error {
	return errors.Join(db.conn.Close(), db.pool.Close())
}

// Open opens a finished warehouse for reading. Tables of the file are in the
// catalogue wh; whatever the session creates lives in memory.
func Open(file string) (*DB, error) {
	if _, err := os.Stat(file); err != nil {
		return nil, fmt.Errorf("open the warehouse: %w", err)
	}
	return open("", nil, file)
}

// failed words the failure of a statement. Blocks of the file that were damaged on
// the disk show only when they are read.
func failed(query string, err error) error {
	if strings.Contains(err.Error(), "Corrupt database file") {
		return fmt.Errorf("warehouse.duckdb is damaged; delete it and run the command again, it is built anew from the store: %w", err)
	}
	if class, _, ok := strings.Cut(err.Error(), ":"); ok && slices.Contains(quoting, class) {
		return fmt.Errorf("warehouse: %s: %s", firstLine(query), class)
	}
	return fmt.Errorf("warehouse: %s: %w", firstLine(query), err)
}

// quoting are the classes of DuckDB's errors whose messages repeat values of rows:
// of those only the class is told.
var quoting = []string{"Conversion Error", "Constraint Error", "Invalid Input Error", "Mismatch Type Error", "Out of Range Error"}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// firstLine names a statement in an error by its beginning.
func firstLine(q string) string {
	q = strings.Join(strings.Fields(q), " ")
	if len(q) > 80 {
		q = q[:80] + "…"
	}
	return q
}

// UpToDate reports whether a finished warehouse stands at the end of the ledger.
func UpToDate(file string, entries []store.Entry) bool {
	db, err := Open(file)
	if err != nil {
		return false
	}
	defer db.Close()
	var version string
	if err := db.scan("SELECT version FROM wh.format", &version); err != nil || version != formatVersion {
		return false
	}
	n, last := 0, ""
	if err := db.scan("SELECT count(*), coalesce(max_by(sha256, seq), '') FROM wh.ledger", &n, &last); err != nil {
		return false
	}
	return n == len(entries) && (n == 0 || last == entries[n-1].SHA256)
}
