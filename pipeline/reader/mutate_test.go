package reader

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// mutator damages a file as copying, cutting and hand editing do.
type mutator struct {
	name string
	do   func(r *rand.Rand, data []byte) []byte
}

var mutators = []mutator{
	{"flipped byte", func(r *rand.Rand, d []byte) []byte { d[r.IntN(len(d))] ^= byte(1 + r.IntN(255)); return d }},
	{"flipped bit", func(r *rand.Rand, d []byte) []byte { d[r.IntN(len(d))] ^= 1 << r.IntN(8); return d }},
	{"cut", func(r *rand.Rand, d []byte) []byte { return d[:r.IntN(len(d))] }},
	{"hole", func(r *rand.Rand, d []byte) []byte {
		i := r.IntN(len(d))
		return slices.Delete(d, i, min(len(d), i+1+r.IntN(20)))
	}},
	{"CRLF damage", func(r *rand.Rand, d []byte) []byte {
		switch r.IntN(3) {
		case 0:
			return without(r, d, '\n')
		case 1:
			return bytes.ReplaceAll(d, []byte("\n"), []byte("\r\n"))
		}
		return slices.Insert(d, r.IntN(len(d)), '\r')
	}},
	{"quote removed", func(r *rand.Rand, d []byte) []byte { return without(r, d, '"') }},
	{"quote added", func(r *rand.Rand, d []byte) []byte { return slices.Insert(d, r.IntN(len(d)), '"') }},
	{"doubled piece", func(r *rand.Rand, d []byte) []byte {
		i := r.IntN(len(d))
		return slices.Insert(d, i, bytes.Clone(d[i:min(len(d), i+1+r.IntN(30))])...)
	}},
}

// without removes one of the bytes c.
func without(r *rand.Rand, d []byte, c byte) []byte {
	n := bytes.Count(d, []byte{c})
	if n == 0 {
		return d
	}
	for i, k := 0, r.IntN(n); i < len(d); i++ {
		if d[i] == c {
			if k--; k < 0 {
				return slices.Delete(d, i, i+1)
			}
		}
	}
	return d
}

// smallTable makes a few rows with all that is hard in a cell.
func smallTable(r *rand.Rand) [][]string {
	words := []string{"Đất đai", "một, hai", "ba; bốn", "\"ngoặc\"", "dòng\nhai", "1265", "84,28", "", "hồ sơ", "Cấp giấy chứng nhận quyền sử dụng đất", "a<b>&c", "x"}
	rows := [][]string{{"Mã hồ sơ", "Lĩnh vực", "Ngày tiếp nhận", "Trạng thái"}}
	for range 2 + r.IntN(8) {
		row := make([]string, 4)
		for i := range row {
			row[i] = words[r.IntN(len(words))]
		}
		row[0] = fmt.Sprintf("000.19.12.H03-210915-%04d", r.IntN(10000))
		rows = append(rows, row)
	}
	return rows
}

// family is a way to write a table, and how to judge what is read of a damaged
// file: nil when that is right.
type family struct {
	name  string
	write func(t *testing.T, rows [][]string) []byte
	judge func(whole, damaged []byte, f *File) error
}

func families() []family {
	plainCSV := func(sep, end string, way int) func(*testing.T, [][]string) []byte {
		return func(_ *testing.T, rows [][]string) []byte { return writtenWays()[way].bytes(asCSV(rows, sep, end, "")) }
	}
	return []family{
		{"csv", plainCSV(",", "\n", 0), judgeCSV}, {"csv mark CRLF", plainCSV(";", "\r\n", 1), judgeCSV}, {"csv tab", plainCSV("\t", "\n", 0), judgeCSV},
		{"csv utf-16", plainCSV("\t", "\r\n", 3), judgeCSV}, {"csv 1258", plainCSV(",", "\r\n", 7), judgeCSV},
		{"json array", func(_ *testing.T, rows [][]string) []byte { return []byte(asJSON(rows, "[", ",\n", "]")) }, judgeJSON},
		{"json lines", func(_ *testing.T, rows [][]string) []byte { return []byte(asJSON(rows, "", "\n", "\n")) }, judgeJSON},
		{"json wrapped", func(_ *testing.T, rows [][]string) []byte {
			return []byte(asJSON(rows, `{"n":1,"data":[`, ",", "]}"))
		}, judgeJSON},
		{"xlsx", func(t *testing.T, rows [][]string) []byte { return asXLSX(t, rows, false, false) }, judgeSame},
		{"xlsx inline", func(t *testing.T, rows [][]string) []byte { return asXLSX(t, rows, true, true) }, judgeSame},
		{"gzip", func(_ *testing.T, rows [][]string) []byte { return gzipped([]byte(asCSV(rows, ",", "\n", ""))) }, judgeSame},
		{"zip", func(t *testing.T, rows [][]string) []byte {
			return zipped(t, "a.csv", []byte(asCSV(rows, ",", "\n", "")))
		}, judgeSame},
		{"zip of xlsx", func(t *testing.T, rows [][]string) []byte { return zipped(t, "a.xlsx", asXLSX(t, rows, false, false)) }, judgeSame},
	}
}

func judgeCSV(_, damaged []byte, f *File) error {
	if f.Format != "csv" {
		return fmt.Errorf("read as %s", f.Format)
	}
	text, ok := oracleText(damaged, f)
	if !ok {
		return fmt.Errorf("text that is not %s was taken", f.Encoding)
	}
	sep := f.book.(*textFile).sep
	want, err := oracleCSV(text, sep)
	if err != nil {
		return fmt.Errorf("encoding/csv refuses it: %w", err)
	}
	var got []string
	err = f.Rows(0, func(r *Row) error {
		var row []string
		for _, c := range r.Cells {
			row = append(row, strings.ReplaceAll(string(c.Text), "\r\n", "\n"))
		}
		got = append(got, strings.TrimRight(strings.Join(row, "\x1F"), "\x1F"))
		return nil
	})
	if err == nil && !slices.Equal(got, want) {
		return fmt.Errorf("%q, encoding/csv reads %q", got, want)
	}
	return err
}

func judgeJSON(_, damaged []byte, f *File) error {
	if f.Format == "csv" {
		return judgeCSV(nil, damaged, f) // the damage took the opening bracket
	}
	text, ok := oracleText(damaged, f)
	if !ok {
		return errors.New("text that is not in the encoding was taken")
	}
	want, err := oracleJSON(text)
	if err != nil {
		return fmt.Errorf("encoding/json refuses it: %w", err)
	}
	got, err := recordsOf(f)
	for len(got) < len(want) && len(want[len(got)]) == 0 {
		got = append(got, map[string]string{})
	}
	if err == nil && !slices.EqualFunc(got, want, maps.Equal[map[string]string, map[string]string]) {
		return fmt.Errorf("%q, encoding/json reads %q", got, want)
	}
	return err
}

// judgeSame is for files with checksums: what is read is what was written.
func judgeSame(whole, damaged []byte, f *File) error {
	if len(damaged) < 2 || !bytes.Equal(whole[:2], damaged[:2]) {
		return nil // no such file any more but a text
	}
	want, _, err := cells(whole, Options{})
	if err != nil {
		return err
	}
	got, _, err := cells(damaged, Options{})
	if err == nil && !slices.Equal(got, want) {
		return fmt.Errorf("altered values: %q, written were %q", got, want)
	}
	return err
}

// Random files of every format, damaged: what is accepted is what a strict parse
// of the damaged bytes gives; where there are checksums, what was written.
func TestDamagedFiles(t *testing.T) {
	const each = 40
	total := 0
	for _, fam := range families() {
		for k, m := range mutators {
			r := rand.New(rand.NewPCG(uint64(k), uint64(len(fam.name))))
			refused, accepted := 0, 0
			for range each {
				whole := fam.write(t, smallTable(r))
				damaged := m.do(r, bytes.Clone(whole))
				total++
				_, f, err := cells(damaged, Options{})
				var refusal *Refusal
				switch {
				case err != nil && (!errors.As(err, &refusal) || refusal.Reason == ""):
					t.Fatalf("%s, %s: no refusal but %v\n%q", fam.name, m.name, err, damaged)
				case err != nil:
					refused++
				default:
					accepted++
					if err := fam.judge(whole, damaged, f); err != nil {
						t.Errorf("%s, %s: %v\n%q", fam.name, m.name, err, damaged)
					}
				}
			}
			t.Logf("%-14s %-14s %3d refused, %3d accepted and right", fam.name, m.name, refused, accepted)
		}
	}
	if total < 4000 {
		t.Errorf("only %d files", total)
	}
	t.Logf("%d damaged files", total)
}

// Damage to the markup before it was packed, so that all checksums are right:
// what is accepted is what encoding/xml reads.
func TestDamagedMarkup(t *testing.T) {
	accepted, total := 0, 0
	for k, m := range mutators {
		r := rand.New(rand.NewPCG(uint64(k), 5))
		for i := range 150 {
			parts := unpack(t, asXLSX(t, smallTable(r), i%2 == 0, false))
			at := 5 // the sheet
			if i%3 == 0 {
				at = 4 // the shared strings
			}
			parts[at].body = string(m.do(r, []byte(parts[at].body)))
			data := pack(t, parts)
			total++
			_, f, err := cells(data, Options{})
			if err != nil {
				continue
			}
			got, err := gridOf(f)
			if err != nil {
				t.Fatal(err)
			}
			want, err := oracleXLSX(data)
			if err != nil {
				t.Errorf("%s: encoding/xml refuses it: %v\n%s", m.name, err, parts[at].body)
			} else if !maps.Equal(got, want) {
				t.Errorf("%s: %q\nencoding/xml reads %q\n%s", m.name, got, want, parts[at].body)
			}
			accepted++
		}
	}
	t.Logf("%d of %d accepted as encoding/xml reads them", accepted, total)
}

func unpack(t *testing.T, data []byte) (out []part) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, part{f.Name, string(body)})
	}
	return out
}

// A workbook that lost one part is refused, or gives the same rows.
func TestPartRemoved(t *testing.T) {
	whole := writtenByExcelize(t)
	parts := unpack(t, whole)
	refused := 0
	for i := range parts {
		got, err := dump(pack(t, slices.Delete(slices.Clone(parts), i, i+1)), Options{})
		if err != nil {
			refused++
		} else if got != excelizeRows {
			t.Errorf("without %s: %s", parts[i].name, got)
		}
	}
	t.Logf("%d of %d refused", refused, len(parts))
}
