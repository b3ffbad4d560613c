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
	"time"

	"cchc/pipeline"
	"cchc/pipeline/dataset"
	"cchc/pipeline/reference"
	"cchc/pipeline/source"
	"cchc/pipeline/store"
	"cchc/pipeline/warehouse"

	_ "github.com/duckdb/duckdb-go/v2"
	"github.com/google/go-cmp/cmp"
)

// silent says nothing: progress is not what these tests look at.
type silent struct{}

func (silent) Step(string, int)   {}
func (silent) Advance(int)        {}
func (silent) Say(string, ...any) {}

// office is a workspace that takes exports one by one.
type office struct {
	t   *testing.T
	dir string
}

func newOffice(t *testing.T) *office {
	o := &office{t, t.TempDir()}
	o.write("cchc.yaml", "organisation: {code: T, name: UBND}\n")
	o.write("units.csv", "code,name,tier\nT,UBND,commune\nT2,UBND Hai,commune\n")
	return o
}

func (o *office) write(name, text string) string {
	o.t.Helper()
	path := filepath.Join(o.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		o.t.Fatal(err)
	}
	return path
}

func (o *office) open(at time.Time) *pipeline.Project {
	o.t.Helper()
	p, err := pipeline.Open(o.dir, func() time.Time { return at }, "test", silent{})
	if err != nil {
		o.t.Fatal(err)
	}
	return p
}

var noon = time.Date(2021, 9, 21, 5, 0, 0, 0, time.UTC)

// take imports a list of tasks as of a day of September, one "code:content" a word.
func (o *office) take(day int, tasks string) pipeline.Imported {
	o.t.Helper()
	text := "unit_code,year,task_code,content\n"
	for _, task := range strings.Fields(tasks) {
		code, content, _ := strings.Cut(task, ":")
		text += "T,2021," + code + "," + content + "\n"
	}
	path := o.write(fmt.Sprintf("%d %s.csv", day, strings.ReplaceAll(tasks, ":", "-")), text)
	asOf := time.Date(2021, 9, day, 0, 0, 0, 0, time.UTC)
	got, err := o.open(noon).Import(context.Background(), []source.File{{Name: filepath.Base(path), Path: path}}, pipeline.ImportOptions{AsOf: asOf})
	if err != nil {
		o.t.Fatal(err)
	}
	if got[0].Finding() {
		o.t.Fatalf("%s: %+v", tasks, got[0])
	}
	return got[0]
}

// ensure brings the warehouse up to date, as any command does.
func (o *office) ensure() error {
	s, err := o.open(noon).Measure(nil, time.Time{})
	if err == nil {
		s.Close()
	}
	return err
}

func (o *office) file() string { return filepath.Join(o.dir, "warehouse.duckdb") }

// tasks lists the rows of the tasks: "code:content [seq_from,seq_to) of seq".
func (o *office) tasks() []string {
	o.t.Helper()
	rows := []string{}
	for _, r := range query(o.t, o.file(), "SELECT task_code || ':' || coalesce(content, '') || ' [' || seq_from || ',' || seq_to || ') of ' || seq FROM wh.tasks ORDER BY ALL") {
		rows = append(rows, strings.ReplaceAll(r, "2147483647", "∞"))
	}
	return rows
}

func query(t *testing.T, file, q string) []string {
	t.Helper()
	db, err := warehouse.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(q)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := []string{}
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// content is everything a warehouse holds, table by table.
func content(t *testing.T, file string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, table := range query(t, file, "SELECT table_name FROM duckdb_tables() WHERE database_name = 'wh'") {
		out[table] = query(t, file, "SELECT CAST(r AS VARCHAR) FROM wh."+table+" r ORDER BY ALL")
	}
	return out
}

// Growing with every import and building from the ledger give the same rows with
// the same spans, whatever the order, corrections and repetitions of exports.
func TestGrownEqualsBuilt(t *testing.T) {
	total := 0
	for seed := uint64(1001); seed <= 1006; seed++ {
		w := reference.Random(seed)
		o := &office{t, t.TempDir()}
		for _, f := range w.Files() {
			o.write(f.Path, string(f.Bytes))
		}
		for i, e := range w.Exports {
			at := time.Date(e.At.Year(), e.At.Month(), e.At.Day(), 5, 0, 0, 0, time.UTC)
			file := source.File{Name: w.ExportPath(i), Path: filepath.Join(o.dir, w.ExportPath(i))}
			if _, err := o.open(at).Import(context.Background(), []source.File{file}, pipeline.ImportOptions{AsOf: e.AsOf}); err != nil {
				t.Fatal(err)
			}
		}
		grown := content(t, o.file())
		if len(grown) != len(dataset.All)+3 { // ledger, spans, format
			t.Fatalf("the warehouse has %d tables", len(grown))
		}
		if err := os.Remove(o.file()); err != nil {
			t.Fatal(err)
		}
		if err := o.ensure(); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(grown, content(t, o.file())); d != "" {
			t.Fatalf("seed %d (-grown +built):\n%.3000s", seed, d)
		}
		for _, rows := range grown {
			total += len(rows)
		}
	}
	if total < 500 {
		t.Errorf("only %d rows were compared", total)
	}
}

// A row holds from the import it came with until one takes its place; an older
// one holds at no position until what hid it is withdrawn.
func TestSpans(t *testing.T) {
	o := newOffice(t)
	o.take(10, "a:first b:first")
	o.take(12, "a:second c:first")
	o.take(11, "a:older c:older d:first")
	want := []string{
		"a:first [1,2) of 1", "a:older [0,0) of 3", "a:second [2,∞) of 2",
		"b:first [1,∞) of 1", "c:first [2,∞) of 2", "c:older [0,0) of 3", "d:first [3,∞) of 3",
	}
	if d := cmp.Diff(want, o.tasks()); d != "" {
		t.Errorf("three imports (-want +got):\n%s", d)
	}

	gone := o.take(12, "a:second c:first") // known: nothing happens
	i, err := o.open(noon).Withdraw(gone.SHA256)
	if err != nil || i.Removed != 2 {
		t.Fatalf("%+v, %v", i, err)
	}
	want = []string{
		"a:first [1,2) of 1", "a:older [0,0) of 3", "a:older [4,∞) of 3", "a:second [2,4) of 2",
		"b:first [1,∞) of 1", "c:first [2,4) of 2", "c:older [0,0) of 3", "c:older [4,∞) of 3", "d:first [3,∞) of 3",
	}
	if d := cmp.Diff(want, o.tasks()); d != "" {
		t.Errorf("withdrawn (-want +got):\n%s", d)
	}

	// at every position there is one row a key, and position 3 is as it was
	for position, rows := range map[int][]string{1: {"a:first", "b:first"}, 3: {"a:second", "b:first", "c:first", "d:first"}, 4: {"a:older", "b:first", "c:older", "d:first"}} {
		got := query(t, o.file(), fmt.Sprintf("SELECT task_code || ':' || content FROM wh.tasks WHERE seq_from > 0 AND seq_from <= %d AND seq_to > %[1]d ORDER BY ALL", position))
		if !slices.Equal(got, rows) {
			t.Errorf("at position %d: %v, want %v", position, got, rows)
		}
	}

	// all of them withdrawn, nothing holds
	for _, digest := range query(t, o.file(), "SELECT sha256 FROM wh.ledger WHERE ended_by IS NULL AND kind = 'import' ORDER BY seq") {
		if _, err := o.open(noon).Withdraw(digest); err != nil {
			t.Fatal(err)
		}
	}
	if got := query(t, o.file(), "SELECT task_code FROM wh.tasks WHERE seq_to = 2147483647"); len(got) != 0 {
		t.Errorf("%v still hold", got)
	}
	grown := content(t, o.file())
	os.Remove(o.file())
	if err := o.ensure(); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(grown, content(t, o.file())); d != "" {
		t.Errorf("(-grown +built):\n%s", d)
	}
}

// Bytes read again with another register take the place of their own reading.
func TestReadAgainWithAnotherRegister(t *testing.T) {
	o := newOffice(t)
	path := o.write("a.csv", "unit_code,year,task_code,content\nT,2021,a,x\nT2,2021,b,y\nT3,2021,c,z\n")
	read := func() store.Counts {
		t.Helper()
		got, err := o.open(noon).Import(context.Background(), []source.File{{Name: "a.csv", Path: path}}, pipeline.ImportOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return got[0].Counts
	}
	if c := read(); c != (store.Counts{Rows: 3, Added: 2, Returned: 1}) {
		t.Errorf("%+v", c)
	}
	o.write("units.csv", "code,name,tier\nT,UBND,commune\nT3,UBND Ba,commune\n")
	if c := read(); c != (store.Counts{Rows: 3, Added: 1, Unchanged: 1, Returned: 1, Removed: 1}) {
		t.Errorf("%+v", c)
	}
	want := []string{"a:x [1,2) of 1", "a:x [2,∞) of 2", "b:y [1,2) of 1", "c:z [2,∞) of 2"}
	if d := cmp.Diff(want, o.tasks()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// The typed files have the columns of their dataset and no other, so that a name
// or a phone number has no place to be in.
func TestTypedFilesHoldNoOtherColumns(t *testing.T) {
	o := newOffice(t)
	path := o.write("a.csv", "Mã hồ sơ,Chủ hồ sơ,SĐT,Mã đơn vị,Ngày tiếp nhận\nH1,APPLICANT,APPLICANT,T,1/7/2021\n")
	if _, err := o.open(noon).Import(context.Background(), []source.File{{Name: "a.csv", Path: path}}, pipeline.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	file := filepath.Join(o.dir, "store", "dossiers", "00000001.parquet")
	rows, err := db.Query("SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet('" + file + "'))")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	want := []string{"key", "digest", "sheet", "line"}
	for _, f := range dataset.Dossiers.Fields {
		want = append(want, f.Name)
	}
	var got []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		got = append(got, name)
	}
	if err := rows.Err(); err != nil {
		t.Error(err)
	}
	if !slices.Equal(got, want) {
		t.Errorf("columns %v, want %v", got, want)
	}
	var all string
	if err := db.QueryRow("SELECT string_agg(CAST(r AS VARCHAR)) FROM read_parquet('" + file + "') r").Scan(&all); err != nil || strings.Contains(all, "APPLICANT") || !strings.Contains(all, "H1") {
		t.Errorf("rows %s, %v", all, err)
	}
}

func TestUpToDate(t *testing.T) {
	o := newOffice(t)
	if warehouse.UpToDate(o.file(), nil) {
		t.Error("a file that is not there is up to date")
	}
	o.take(10, "a:first")
	p := o.open(noon)
	entries, err := p.Store.Entries()
	if err != nil {
		t.Fatal(err)
	}
	if !warehouse.UpToDate(o.file(), entries) {
		t.Error("not up to date after an import")
	}
	if warehouse.UpToDate(o.file(), nil) || warehouse.UpToDate(o.file(), append(entries, store.Entry{Seq: 2})) {
		t.Error("up to date with another ledger")
	}
}
