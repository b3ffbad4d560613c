package layout

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"cchc/pipeline/dataset"
	"cchc/pipeline/reader"
)

// Why says why a column is read or not.
type Why string

// The reasons.
const (
	ColumnRead    Why = "read"
	ColumnIgnored Why = "ignored"        // known to the layout, not read
	ColumnUnknown Why = "unknown"        // no layout knows it
	ColumnTwice   Why = "twice"          // another column says the same
	PersonalName  Why = "personal name"  // its header names personal data
	PersonalShape Why = "personal shape" // its cells are phone numbers, e-mail addresses or identity numbers
)

// ColumnNote says what became of a column.
type ColumnNote struct {
	At     int    // column of the file, from 0
	Header string // its texts from top to bottom, joined by " > "
	Field  string // field it is read as; empty when it is not read
	Why    Why
}

// Explanation is what was recognised in a file and why.
type Explanation struct {
	Candidates []Candidate // the best header of every layout that has one, the eight best, best first
	Refusal    error       // why the file cannot be read; a *reader.Refusal, or nil
	FirstLine  int         // rows of the header taken, of an unknown file the row that looks like one
	LastLine   int
	Sheet      string
	Columns    []ColumnNote
	Given      []Value // fields that no column gives: from the layout, the source or the title rows
	Result     *Result // of the whole file; nil with a Refusal
	First      []Value // the first accepted row
	FirstAt    Loc
}

// Candidate is a header as one layout reads it.
type Candidate struct {
	Layout    string
	Dataset   string
	Sheet     string
	FirstLine int
	LastLine  int
	Known     int      // columns that the layout knows
	Columns   int      // columns of the header
	Missing   []string // required fields that nothing gives
	Twice     []string // columns for a field that has one
}

// Value is a field of a row as text.
type Value struct{ Field, Label, Text string }

// Explain recognises and types a file like Read and keeps nothing of it but the
// first row. Personal data is in no part of it.
func (s *Set) Explain(f *reader.File, env Env) (*Explanation, error) {
	p, err := s.plan(f, env)
	if err != nil {
		return nil, err
	}
	e := &Explanation{Refusal: p.refusal}
	if err := s.rank(f, p, env, e); err != nil {
		return nil, err
	}
	if h := p.best; h != nil {
		e.FirstLine, e.LastLine, e.Sheet, e.Columns = h.grid.rows[h.row].line, h.line, f.Sheets()[h.sheet], h.notes
	}
	if p.best == nil {
		var sheet int
		if e.Columns, sheet, e.FirstLine = busiest(p.grids, s.shared); len(p.grids) > 0 {
			e.LastLine, e.Sheet = e.FirstLine, f.Sheets()[sheet]
		}
	}
	if p.refusal != nil {
		return e, nil //nolint:nilerr // the refusal is what is explained
	}
	var refused *reader.Refusal
	e.Result, err = s.Read(f, env, func(d *dataset.Dataset) (func(dataset.Row) error, error) {
		return func(r dataset.Row) error {
			if e.First == nil {
				e.FirstAt = Loc{r.Sheet, r.Line}
				e.First = valuesOf(d, r.Values)
			}
			return nil
		}, nil
	})
	if errors.As(err, &refused) {
		e.Refusal, err = refused, nil
	}
	if e.Result == nil || err != nil {
		return e, err
	}
	t, err := newTable(f, env, p.heads[0].layout)
	if err != nil {
		return nil, err
	}
	if err := t.knowSheets(p.heads, f.Sheets()); err != nil {
		return nil, err
	}
	for _, v := range valuesOf(t.set, t.given[0].values) {
		if v.Text != dataset.Unknown {
			e.Given = append(e.Given, v)
		}
	}
	return e, nil
}

func valuesOf(d *dataset.Dataset, values []any) []Value {
	var out []Value
	for i, v := range values {
		if v == nil {
			continue
		}
		f := d.Fields[i]
		text := fmt.Sprint(v)
		switch v := v.(type) {
		case time.Time:
			text = strings.TrimSuffix(v.Format(time.DateTime), " 00:00:00")
		case dataset.Decimal:
			text = strconv.FormatFloat(float64(v)/1e6, 'f', -1, 64)
		}
		out = append(out, Value{f.Name, f.Label, text})
	}
	return out
}

// rank lists the best header of every layout, the eight best.
func (s *Set) rank(f *reader.File, p *plan, env Env, e *Explanation) error {
	var all []*header
	for _, l := range s.all {
		var best *header
		for _, g := range p.grids {
			h, err := s.bestOf(f, g, []*layout{l}, sortedKeys(env.Fixed))
			if err != nil {
				return err
			}
			if h.better(best) {
				best = h
			}
		}
		if best != nil {
			all = append(all, best)
		}
	}
	slices.SortStableFunc(all, func(a, b *header) int { return rankOf(b.better(a)) - rankOf(a.better(b)) })
	for i, h := range all {
		if i > 0 && len(h.columns) < headerWords || i == 8 {
			break
		}
		e.Candidates = append(e.Candidates, Candidate{Layout: h.layout.name, Dataset: h.layout.set.Name, Sheet: f.Sheets()[h.sheet],
			FirstLine: h.grid.rows[h.row].line, LastLine: h.line, Known: h.known, Columns: len(h.notes), Missing: h.lacking, Twice: h.twice})
	}
	return nil
}
