package reader

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// corpusCase is a line of testdata/corpus: outcome, name and text, with the
// escapes of Go, but for quotes. "@x100000" stands for x a hundred thousand times.
type corpusCase struct {
	name, text string
	accept     bool
}

func corpus(t testing.TB, file string) (out []corpusCase) {
	raw, err := os.ReadFile(filepath.Join("testdata", "corpus", file))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		f := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 3)
		text := strings.TrimSuffix(f[2], "100000")
		if strings.HasPrefix(f[2], "@") {
			out = append(out, corpusCase{f[1], strings.Repeat(text[1:], 100_000), false})
			continue
		}
		text, err := strconv.Unquote(`"` + strings.ReplaceAll(f[2], `"`, `\x22`) + `"`)
		if err != nil {
			t.Fatalf("%s: %v", f[1], err)
		}
		out = append(out, corpusCase{f[1], text, f[0] == "accept"})
	}
	return out
}

func TestCorpus(t *testing.T) {
	for file, c := range map[string]struct {
		accepted, refused int
		make              func(text string) []byte
		judge             func(whole, damaged []byte, f *File) error
	}{
		"json.tsv": {30, 90, func(text string) []byte { return []byte(text) }, judgeJSON},
		"csv.tsv":  {35, 39, func(text string) []byte { return []byte(text) }, judgeCSVAfterHint},
		"xlsx.tsv": {29, 59, func(text string) []byte { return pack(t, handMade(text)) }, judgeXLSX},
	} {
		accepted, refused := 0, 0
		for _, x := range corpus(t, file) {
			data := c.make(x.text)
			_, f, err := cells(data, Options{})
			var refusal *Refusal
			switch {
			case err != nil && (!errors.As(err, &refusal) || refusal.Reason == ""):
				t.Errorf("%s, %s: no refusal but %v", file, x.name, err)
			case (err == nil) != x.accept:
				t.Errorf("%s, %s: accept is %v, want %v (%v)", file, x.name, err == nil, x.accept, err)
			case err == nil:
				accepted++
				if err := c.judge(data, data, f); err != nil {
					t.Errorf("%s, %s: %v", file, x.name, err)
				}
			default:
				refused++
			}
		}
		t.Logf("%s: %d accepted, %d refused", file, accepted, refused)
		if accepted != c.accepted || refused != c.refused {
			t.Errorf("%s: %d accepted, %d refused; the counts say %d and %d", file, accepted, refused, c.accepted, c.refused)
		}
	}
}

// judgeCSVAfterHint takes away the line that encoding/csv does not know.
func judgeCSVAfterHint(_, data []byte, f *File) error {
	if f.book.(*textFile).skipLines > 0 {
		data = data[bytes.IndexByte(data, '\n')+1:]
	}
	return judgeCSV(nil, data, f)
}

func judgeXLSX(_, data []byte, f *File) error {
	got, err := gridOf(f)
	if err != nil {
		return err
	}
	want, err := oracleXLSX(data)
	for k, v := range want {
		want[k] = strings.ReplaceAll(v, "_x000D_", "\r")
	}
	if err == nil && !maps.Equal(got, want) {
		return errors.New("encoding/xml reads other cells")
	}
	return err
}
