package workspace

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
	"time"
	"unicode/utf8"

	"cchc/pipeline/unit"

	"golang.org/x/text/unicode/norm"
)

// column of a state table: its field name, Vietnamese label, and whether a row
// must have it.
type column struct {
	name, label string
	required    bool
}

// line of a state table, by field name.
type row struct {
	line  int
	cells map[string]string
}

// readTable reads a state file kept by hand (UTF-8 CSV, comma or semicolon).
// All problems are collected.
func readTable(b []byte, cols []column) (rows []row, problems []string) {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(b) {
		return nil, []string{"the file is not UTF-8; save it as \"CSV UTF-8\""}
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.FieldsPerRecord = -1
	first, _, _ := bytes.Cut(b, []byte("\n"))
	if bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")) {
		r.Comma = ';'
	}
	head, err := r.Read()
	if err != nil {
		return nil, []string{"line 1: a header row is needed: " + headerOf(cols)}
	}
	names, problems := matchHeader(head, cols)
	for {
		rec, err := r.Read()
		if err == io.EOF {
			return rows, problems
		}
		line, _ := r.FieldPos(0)
		if err != nil {
			var pe *csv.ParseError
			if errors.As(err, &pe) {
				return rows, append(problems, fmt.Sprintf("line %d: %v", pe.Line, pe.Err))
			}
			return rows, append(problems, err.Error())
		}
		if strings.Join(rec, "") == "" {
			continue
		}
		if len(rec) > len(names) {
			problems = append(problems, fmt.Sprintf("line %d: %d cells where the header has %d", line, len(rec), len(names)))
			continue
		}
		out := row{line, map[string]string{}}
		for i, v := range rec {
			out.cells[names[i]] = strings.Join(strings.Fields(norm.NFC.String(v)), " ")
		}
		for _, c := range cols {
			if c.required && out.cells[c.name] == "" {
				problems = append(problems, fmt.Sprintf("line %d: %s is empty", line, c.name))
			}
		}
		rows = append(rows, out)
	}
}

func headerOf(cols []column) string {
	var names []string
	for _, c := range cols {
		names = append(names, c.name)
	}
	return strings.Join(names, ",")
}

func matchHeader(head []string, cols []column) (names, problems []string) {
	seen := map[string]bool{}
	for _, h := range head {
		name := ""
		for _, c := range cols {
			if k := unit.FoldName(h); k == c.name || k == unit.FoldName(c.label) {
				name = c.name
			}
		}
		switch {
		case name == "" && strings.TrimSpace(h) != "":
			problems = append(problems, fmt.Sprintf("line 1: unknown column %q; known: %s", h, headerOf(cols)))
		case seen[name] && name != "":
			problems = append(problems, fmt.Sprintf("line 1: column %q stands twice", h))
		}
		seen[name] = true
		names = append(names, name)
	}
	for _, c := range cols {
		if c.required && !seen[c.name] {
			problems = append(problems, fmt.Sprintf("line 1: column %s (%s) is missing", c.name, c.label))
		}
	}
	return names, problems
}

// day reads a civil date of a state file; empty is the zero time.
func (r row) day(name string, problems *[]string) time.Time {
	v := r.cells[name]
	if v == "" {
		return time.Time{}
	}
	for _, form := range []string{time.DateOnly, "2/1/2006"} {
		if t, err := time.Parse(form, v); err == nil {
			return t
		}
	}
	*problems = append(*problems, fmt.Sprintf("line %d: %s %q is not a day; write 2021-09-14 or 14/09/2021", r.line, name, v))
	return time.Time{}
}

// millionths reads an exact decimal, with point or comma.
func (r row) millionths(name string, problems *[]string) int64 {
	v := strings.Replace(r.cells[name], ",", ".", 1)
	percent := strings.HasSuffix(v, "%")
	rat, ok := new(big.Rat).SetString(strings.TrimSpace(strings.TrimSuffix(v, "%")))
	if ok {
		scale := int64(1_000_000)
		if percent {
			scale = 10_000
		}
		rat.Mul(rat, big.NewRat(scale, 1))
		if rat.IsInt() && rat.Num().IsInt64() {
			return rat.Num().Int64()
		}
	}
	*problems = append(*problems, fmt.Sprintf("line %d: %s %q is not a number with at most six decimals", r.line, name, r.cells[name]))
	return 0
}
