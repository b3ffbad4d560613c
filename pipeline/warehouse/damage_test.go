package warehouse_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cchc/pipeline"
	"cchc/pipeline/source"
	"cchc/pipeline/warehouse"

	"github.com/google/go-cmp/cmp"
)

// The file is a cache: whatever became of it, it is built again from the store.
func TestFileThatCannotBeUsedIsBuiltAgain(t *testing.T) {
	o := newOffice(t)
	o.take(10, "a:first b:first")
	o.take(11, "a:second")
	good, err := os.ReadFile(o.file())
	if err != nil {
		t.Fatal(err)
	}
	want := content(t, o.file())
	other := newOffice(t)
	other.take(10, "x:other")
	other.take(11, "y:other")
	foreign, err := os.ReadFile(other.file())
	if err != nil {
		t.Fatal(err)
	}
	flipped := slices.Clone(good)
	for i := 8192; i < len(flipped); i++ {
		flipped[i] ^= 0xff
	}
	for name, b := range map[string][]byte{
		"gone": nil, "empty": {}, "text": []byte("not a database\n"), "cut short": good[:len(good)/2], "the header alone": good[:4096],
		"damaged inside": flipped, "another workspace": foreign,
		"another program's":   made(t, "CREATE TABLE t (a INTEGER)"),
		"an older format":     made(t, "CREATE TABLE format AS SELECT '0' AS version", "CREATE TABLE ledger (seq INTEGER, sha256 VARCHAR)"),
		"ahead of the ledger": edited(t, good, "INSERT INTO ledger SELECT 3, kind, taken_at, sha256, file, dataset, as_of, NULL FROM ledger WHERE seq = 2"),
		"behind the ledger":   edited(t, good, "DELETE FROM ledger", "DELETE FROM tasks"),
	} {
		t.Run(name, func(t *testing.T) {
			os.Remove(o.file())
			if b != nil {
				if err := os.WriteFile(o.file(), b, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := o.ensure(); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, content(t, o.file())); d != "" {
				t.Errorf("(-want +got):\n%.2000s", d)
			}
			if list, _ := os.ReadDir(filepath.Join(o.dir, "store", "tmp")); len(list) != 0 {
				t.Errorf("left in tmp: %v", list)
			}
		})
	}
	// an import meets it just as well
	if err := os.WriteFile(o.file(), []byte("not a database\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if i := o.take(12, "b:second"); i.Changed != 1 {
		t.Errorf("%+v", i)
	}
}

// made is a DuckDB file that these statements write.
func made(t *testing.T, statements ...string) []byte { return edited(t, nil, statements...) }

func edited(t *testing.T, start []byte, statements ...string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f.duckdb")
	if start != nil {
		if err := os.WriteFile(path, start, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	db, err := sql.Open("duckdb", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Damage that only shows when a block is read is said, with what to do.
func TestDamagedBlockIsSaid(t *testing.T) {
	o := newOffice(t)
	text := "unit_code,year,task_code,content\n"
	for i := range 2000 {
		text += fmt.Sprintf("T,2021,%d,%d\n", i, i*7919)
	}
	path := o.write("a.csv", text)
	if _, err := o.open(noon).Import(context.Background(), []source.File{{Name: "a.csv", Path: path}}, pipeline.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(o.file())
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for at := 12288 + 1000; at < len(good); at += 262144 { // the blocks follow three headers
		bad := slices.Clone(good)
		bad[at] ^= 0xff
		o.write("warehouse.duckdb", string(bad))
		if err := o.ensure(); err != nil {
			t.Errorf("byte %d: %v", at, err)
		}
		switch err := readAll(o.file()); {
		case err == nil:
		case strings.Contains(err.Error(), "warehouse.duckdb is damaged; delete it and run the command again"):
			said++
		default:
			t.Errorf("byte %d: %v", at, err)
		}
	}
	if said == 0 {
		t.Error("no block of the rows was met")
	}
}

// readAll reads every block of the tasks.
func readAll(file string) error {
	db, err := warehouse.Open(file)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.Query("SELECT sum(hash(r)) FROM wh.tasks r")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

// The store is the truth: where it is damaged, nothing is made up.
func TestDamagedRowsAreSaid(t *testing.T) {
	for name, damage := range map[string]func(path string) error{
		"gone":      os.Remove,
		"cut short": func(path string) error { return os.Truncate(path, 100) },
		"changed": func(path string) error {
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			b[len(b)/2] ^= 1
			return os.WriteFile(path, b, 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			o.take(10, "a:first")
			o.take(11, "a:second")
			before := content(t, o.file())
			if err := damage(filepath.Join(o.dir, "store", "tasks", "00000001.parquet")); err != nil {
				t.Fatal(err)
			}
			// what was built stays usable
			if err := o.ensure(); err != nil {
				t.Error(err)
			}
			if d := cmp.Diff(before, content(t, o.file())); d != "" {
				t.Error(d)
			}
			os.Remove(o.file())
			err := o.ensure()
			if err == nil || !strings.Contains(err.Error(), "store/tasks/00000001.parquet is missing or damaged; restore store/ from a backup") {
				t.Errorf("error %v", err)
			}
			if _, err := os.Stat(o.file()); !os.IsNotExist(err) {
				t.Error("half a warehouse was put in place")
			}
		})
	}
}

// A stop between two writes leaves files that no entry names; they are in nobody's way.
func TestLeftoversOfAStop(t *testing.T) {
	o := newOffice(t)
	o.take(10, "a:first")
	for _, name := range []string{"store/tasks/00000002.parquet", "store/tmp/rows.parquet", "store/tmp/warehouse.duckdb", "store/tmp/warehouse.duckdb.wal", "store/tmp/archive-1", "store/ledger/.new-1"} {
		o.write(filepath.FromSlash(name), "half")
	}
	o.take(11, "a:second")
	if got := o.tasks(); !slices.Equal(got, []string{"a:first [1,2) of 1", "a:second [2,∞) of 2"}) {
		t.Errorf("%v", got)
	}
	os.Remove(o.file())
	if err := o.ensure(); err != nil {
		t.Error(err)
	}
}
