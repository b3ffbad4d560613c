package reader

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// dump writes the rows of all sheets, one line each: "line: cell|cell".
func dump(data []byte, o Options) (string, error) {
	f, err := New(bytes.NewReader(data), int64(len(data)), o)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for i, name := range f.Sheets() {
		if name != "" {
			fmt.Fprintf(&b, "[%s]\n", name)
		}
		err := f.Rows(i, func(r *Row) error {
			fmt.Fprintf(&b, "%d: ", r.Line)
			for k, c := range r.Cells {
				if k > 0 {
					b.WriteByte('|')
				}
				if c.Kind > Text {
					fmt.Fprintf(&b, "<%s>", [...]string{"", "", "n", "d", "b", "!"}[c.Kind])
				}
				b.WriteString(strings.NewReplacer("\r\n", "⏎", "\n", "⏎").Replace(string(c.Text)))
			}
			b.WriteByte('\n')
			return nil
		})
		if err != nil {
			return b.String(), err
		}
	}
	return b.String(), nil
}

// TestCSV runs testdata/csv.txtar: every case is a file "name" and a file
// "name.want" with the rows, or "refused: …". \r, \0, \xHH and \e (nothing) are
// written out.
func TestCSV(t *testing.T) {
	archive, err := txtar.ParseFile(filepath.Join("testdata", "csv.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	unquote := strings.NewReplacer(`\r`, "\r", `\0`, "\x00", `\xE0`, "\xE0", `\BOM`, "\uFEFF", `\t`, "\t", "\\\n", "")
	for i := 0; i+1 < len(archive.Files); i += 2 {
		in, want := archive.Files[i], archive.Files[i+1]
		t.Run(in.Name, func(t *testing.T) {
			if want.Name != in.Name+".want" {
				t.Fatalf("case %s is followed by %s", in.Name, want.Name)
			}
			got, err := dump([]byte(unquote.Replace(string(in.Data))), Options{})
			if err != nil {
				var r *Refusal
				if !errors.As(err, &r) || r.Reason == "" {
					t.Fatalf("not a refusal with a reason: %v", err)
				}
				got = "refused: " + err.Error() + "\n"
			}
			if got != string(want.Data) {
				t.Errorf("got\n%swant\n%s", got, want.Data)
			}
		})
	}
}

// A file read in small pieces gives the same rows: records over buffer ends,
// characters cut in two, quoted fields over many lines.
func TestCSVOverBufferEnds(t *testing.T) {
	var in, want strings.Builder
	line := 1
	for i := range 30_000 {
		switch i % 3 {
		case 0:
			fmt.Fprintf(&in, "hồ sơ %d,Đất đai,x\r\n", i)
			fmt.Fprintf(&want, "%d: hồ sơ %d|Đất đai|x\n", line, i)
			line++
		case 1:
			fmt.Fprintf(&in, "\"a\"\"%d\"\"\",\"hai\ndòng, một ô\",\n", i)
			fmt.Fprintf(&want, "%d: a\"%d\"|hai⏎dòng, một ô|\n", line, i)
			line += 2
		case 2:
			fmt.Fprintf(&in, "\"ệ%d\",\"b,c\",\"\"\n", i)
			fmt.Fprintf(&want, "%d: ệ%d|b,c|\n", line, i)
			line++
		}
	}
	got, err := dump([]byte(in.String()), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got != want.String() {
		t.Error("rows differ")
	}
	_, err = dump([]byte(in.String()+"\xff\n"), Options{})
	if want := fmt.Sprintf("line %d: not UTF-8", line); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestCSVCaps(t *testing.T) {
	for _, c := range []struct {
		name, in, want string
		limits         Limits
	}{
		{"rows", "a,b\n1,2\n3,4\n", "line 3: number of rows exceeds the limit", Limits{Rows: 2}},
		{"columns", "a,b,c\n", "line 1: number of columns exceeds the limit", Limits{Columns: 2}},
		{"columns quoted", "a,\"b\"\"\",c\n", "line 1: number of columns exceeds the limit", Limits{Columns: 2}},
		{"cell", "a,b\n1,22222\n", "line 2: length of a line or cell exceeds the limit", Limits{CellBytes: 4}},
		{"quoted cell", "a,b\n1,\"2\"\"222\"\n", "line 2: length of a line or cell exceeds the limit", Limits{CellBytes: 4}},
		{"line", "a,b\n" + strings.Repeat("x", 1<<20), "line 2: length of a line or cell exceeds the limit", Limits{LineBytes: 1 << 18}},
		{"file", "a,b\n", "file exceeds the limit", Limits{FileBytes: 3}},
	} {
		if _, err := dump([]byte(c.in), Options{Limits: c.limits}); err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

func TestMemoryStaysBounded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large.csv")
	line := []byte("000.19.12.H03-210915-0001,\"Đất đai, môi trường\",15/09/2021 07:30:00,x\n")
	if err := os.WriteFile(path, bytes.Repeat(line, 200_000), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	allocs := testing.AllocsPerRun(1, func() {
		n = 0
		if err := f.Rows(0, func(*Row) error { n++; return nil }); err != nil {
			t.Fatal(err)
		}
	})
	if n != 200_000 || allocs > 100 {
		t.Errorf("%d rows with %.0f allocations", n, allocs)
	}
}

func TestStopAndAgain(t *testing.T) {
	f, err := New(strings.NewReader("a,b\n1,2\n3,\"4\n"), 13, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		n := 0
		if err := f.Rows(0, func(*Row) error { n++; return Stop }); err != nil || n != 1 {
			t.Errorf("%d rows, %v", n, err)
		}
	}
	own := errors.New("own")
	if err := f.Rows(0, func(*Row) error { return own }); err != own {
		t.Errorf("the callback's error became %v", err)
	}
}
