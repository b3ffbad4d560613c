package layout

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cchc/pipeline/dataset"
	"cchc/pipeline/reader"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what the cases of testdata give as what they want")

// TestRead runs testdata/*.txtar. A case is a CSV file "name" and a file
// "name.want": what Read says of it.
func TestRead(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(archive.Files); i += 2 {
			in, want := archive.Files[i], &archive.Files[i+1]
			t.Run(in.Name, func(t *testing.T) {
				if want.Name != in.Name+".want" {
					t.Fatalf("%s is followed by %s", in.Name, want.Name)
				}
				got := describe(in.Data)
				if *update {
					want.Data = []byte(got)
				} else if got != string(want.Data) {
					t.Errorf("got\n%swant\n%s", got, want.Data)
				}
			})
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// describe reads a file in the test register and says everything of it.
func describe(data []byte) string { return describeBy(data, testEnv(), nil) }

func describeBy(data []byte, env Env, own fs.FS) string {
	f, err := reader.New(bytes.NewReader(data), int64(len(data)), reader.Options{})
	if err != nil {
		return "refused: " + err.Error() + "\n"
	}
	var b strings.Builder
	var rows []string
	var sheets []string
	set, err := builtin()
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	if own != nil {
		if set, err = Load(own); err != nil {
			return "error: " + err.Error() + "\n"
		}
	}
	res, err := set.Read(f, env, into(func(r dataset.Row) error {
		rows = append(rows, fmt.Sprintf("%d:", r.Line)+showRow(r))
		sheets = append(sheets, r.Sheet)
		return nil
	}))
	var refusal *reader.Refusal
	if errors.As(err, &refusal) {
		return fmt.Sprintf("refused: %v\n%s\n", err, refusal.Reason)
	} else if err != nil {
		return "error: " + err.Error() + "\n"
	}
	sheetOf := func(name string) string {
		if len(res.Sheets) < 2 {
			return ""
		}
		return name + "!"
	}
	fmt.Fprintf(&b, "%s header %d rows %d skipped %d duplicate %d returned %d\n", res.Layout, res.HeaderLine, res.Rows, res.Skipped, res.Duplicate, len(res.Returned))
	if !res.AsOf.IsZero() {
		fmt.Fprintf(&b, "as of %s\n", res.AsOf.Format(time.DateOnly))
	}
	if len(res.Unknown) > 0 {
		fmt.Fprintf(&b, "unknown %s\n", strings.Join(res.Unknown, "|"))
	}
	if len(res.Personal) > 0 {
		fmt.Fprintf(&b, "personal %s\n", strings.Join(res.Personal, "|"))
	}
	if len(res.Sheets) > 1 {
		fmt.Fprintf(&b, "sheets %s\n", strings.Join(res.Sheets, "|"))
	}
	for _, l := range res.Left {
		fmt.Fprintf(&b, "left %s %s\n", l.Sheet, l.Layout)
	}
	if res.HeaderRows > 1 || res.Headings+res.Masked > 0 {
		fmt.Fprintf(&b, "header rows %d headings %d masked %d\n", res.HeaderRows, res.Headings, res.Masked)
	}
	for _, r := range res.Repaired {
		fmt.Fprintf(&b, "repaired %s%d: %s is %s\n", sheetOf(r.Sheet), r.Line, r.From, r.To)
	}
	for i, r := range rows {
		fmt.Fprintln(&b, sheetOf(sheets[i])+r)
	}
	for _, d := range res.Drop {
		fmt.Fprintf(&b, "drop %s%d\n", sheetOf(d.Sheet), d.Line)
	}
	for _, r := range res.Returned {
		fmt.Fprintf(&b, "back %s%d: %s\n", sheetOf(r.Sheet), r.Line, strings.Join(r.Cells, "|"))
		for _, p := range r.Problems {
			column := "(dòng)"
			if p.Column >= 0 {
				column = res.Header[p.Column]
			}
			fmt.Fprintf(&b, "  %s: %s\n", column, p.Reason)
		}
	}
	if len(rows)-len(res.Drop)+res.Duplicate+res.Skipped+len(res.Returned) != res.Rows {
		fmt.Fprintln(&b, "THE SUM DOES NOT HOLD")
	}
	return b.String()
}

func showRow(r dataset.Row) string {
	var b strings.Builder
	for _, v := range r.Values {
		b.WriteByte(' ')
		switch v := v.(type) {
		case nil:
			b.WriteByte('-')
		case time.Time:
			s := v.Format("2006-01-02T15:04:05")
			b.WriteString(strings.TrimSuffix(s, "T00:00:00"))
		case string:
			fmt.Fprintf(&b, "%q", v)
		default:
			fmt.Fprint(&b, v)
		}
	}
	return b.String()
}

// A row that says nothing but its unit is no heading between the rows: it goes
// back, so that it is counted.
func TestRowWithItsUnitAloneGoesBack(t *testing.T) {
	got := describe([]byte("Đơn vị,Mã hồ sơ,Ngày tiếp nhận,Trạng thái\nUBND huyện Ngân Sơn,,,\n"))
	if !strings.Contains(got, "rows 1 ") || !strings.Contains(got, "returned 1") {
		t.Error(got)
	}
}
