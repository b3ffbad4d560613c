package form_test

import (
	"bytes"
	"testing"
	"time"

	"cchc/pipeline/dataset"
	"cchc/pipeline/form"
	"cchc/pipeline/layout"
	"cchc/pipeline/period"
	"cchc/pipeline/reader"
)

// What an office gets to fill in must come back in through the front door.
func TestFormsImportWithoutComplaint(t *testing.T) {
	now := time.Date(2021, 9, 15, 8, 30, 0, 0, time.UTC)
	env := layout.Env{
		Today: time.Date(2021, 9, 15, 0, 0, 0, 0, time.UTC), Location: time.UTC,
		UnitByCode: func(c string, _, _ time.Time) (string, bool) { return c, c == "H03.15.01" },
		UnitByName: func(string, time.Time, time.Time) (string, int) { return "", 0 },
		Period: func(s string) (string, error) {
			p, err := period.Parse(s, "nd09")
			return p.Name, err
		},
	}
	for _, d := range dataset.All {
		var b bytes.Buffer
		if err := form.FillIn(&b, d, form.Example(d, "H03.15.01", "2021-9M", now), now); err != nil {
			t.Fatal(err)
		}
		f, err := reader.New(bytes.NewReader(b.Bytes()), int64(b.Len()), reader.Options{})
		if err != nil {
			t.Errorf("%s: %v", d.Name, err)
			continue
		}
		var rows []dataset.Row
		r, err := layout.Read(f, env, func(*dataset.Dataset) (func(dataset.Row) error, error) {
			return func(row dataset.Row) error { rows = append(rows, row); return nil }, nil
		})
		switch {
		case err != nil:
			t.Errorf("%s: %v", d.Name, err)
		case r.Dataset != d || r.Rows != 1 || len(rows) != 1 || len(r.Returned) > 0 || len(r.Unknown) > 0:
			t.Errorf("%s: read as %s, %d rows, returned %+v, unknown %q", d.Name, r.Dataset.Name, r.Rows, r.Returned, r.Unknown)
		case r.Sheet != d.Label || rows[0].Line != 2:
			t.Errorf("%s: row %d of sheet %q", d.Name, rows[0].Line, r.Sheet)
		}
	}
}
