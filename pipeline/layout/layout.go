// Package layout is the door of the pipeline: it recognises what an export
// holds by its header, types every row after the dataset's fields and decides
// which rows go back to the sender, with every reason at once.
//
// What an export looks like is data: one YAML file per layout, those of the
// program beside this code, those of a province in its workspace. Columns of
// personal data (names, addresses, phones of applicants) are recognised by their
// header and by the shape of their cells and are never read; what looks like
// personal data in texts that are kept is hidden.
package layout

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"cchc/pipeline/dataset"
	"cchc/pipeline/reader"
)

// Env is what typing needs to know about the workspace. The functions are not
// called concurrently.
type Env struct {
	Today    time.Time      // civil date of the import, UTC midnight
	Location *time.Location // times with an offset are brought here
	// UnitByCode finds a unit that is in the register on some day from..to, both
	// inside; two zero times mean any day.
	UnitByCode func(code string, from, to time.Time) (canonical string, ok bool)
	// UnitByName finds a unit by name; matches is 0 for none, 1 for one, more
	// when the name is ambiguous.
	UnitByName func(name string, from, to time.Time) (canonical string, matches int)
	// NearestUnits suggests up to three units as "CODE – name"; may be nil.
	NearestUnits func(name string) []string
	// Period reads the name of a period.
	Period func(text string) (canonical string, err error)
	// Codes lists the procedure codes of the catalogue as known so far; may be
	// nil. It is called once at most, when a code looks damaged.
	Codes func() []string
	// Fixed gives fields that the source sets for files without a column of them:
	// "unit_code": "H03.15", "period": "2021-9M". Fields of other datasets are let
	// pass.
	Fixed map[string]string
}

// Result is what became of one file.
type Result struct {
	Dataset *dataset.Dataset
	Layout  string // "canonical/dossiers"
	// Fingerprint identifies the layout files used and the typing rules: a file
	// read with the same fingerprint, register and Env.Fixed gives the same rows,
	// but for Repaired, which depends on the catalogue.
	Fingerprint string
	Sheet       string      // the first sheet read
	HeaderLine  int         // last row of its header
	HeaderRows  int         // rows its header consists of
	Sheets      []string    // all sheets read: those with the same columns of the same layout
	Left        []LeftSheet // sheets that were not read, blank ones left out
	AsOf        time.Time   // "đến ngày 14/9/2021" of the title rows, the latest of the sheets; zero if none, or after Today
	// Rows = rows accepted and not dropped + Duplicate + Skipped + len(Returned).
	Rows, Skipped, Duplicate int
	Headings                 int      // group headings between the rows, which are no rows
	Header                   []string // texts of the recognised columns, in file order
	Returned                 []Returned
	// Drop lists rows that were handed to accept before another row of the file
	// contradicted them. They stand in Returned too.
	Drop     []Loc
	Unknown  []string // header texts that no layout knows; their columns were not read
	Personal []string // header texts of columns of personal data; they were not read
	Masked   int      // cells of accepted and returned rows in which personal data was hidden
	Repaired []Repair // codes damaged on the way that the catalogue restores
}

// LeftSheet is a sheet that was not read.
type LeftSheet struct {
	Sheet  string
	Layout string // the layout it would have been read by; empty when no header was found
}

// Repair is a procedure code that was damaged by a spreadsheet and of which the
// catalogue has exactly one that fits.
type Repair struct {
	Sheet    string
	Line     int
	From, To string
}

// Loc is a row of the file.
type Loc struct {
	Sheet string
	Line  int
}

// Returned is a row that goes back to the sender. Cells is parallel to
// Result.Header.
type Returned struct {
	Sheet    string
	Line     int
	Cells    []string
	Problems []Problem
	order    int // of its sheet
}

// Problem is one reason, in Vietnamese, with what to correct.
type Problem struct {
	Column int // index into Result.Header, -1 for the row as a whole
	Reason string
}

// Fingerprint is that of a layout of the program; see Set.Fingerprint.
func Fingerprint(name string) string {
	s, err := builtin()
	if err != nil {
		return ""
	}
	return s.Fingerprint(name)
}

// Read reads a file by the layouts of the program; see Set.Read.
func Read(f *reader.File, env Env, begin func(*dataset.Dataset) (accept func(dataset.Row) error, err error)) (*Result, error) {
	s, err := builtin()
	if err != nil {
		return nil, fmt.Errorf("embedded layouts: %w", err)
	}
	return s.Read(f, env, begin)
}

// Read recognises the layout of a file and types its rows. Once the dataset is
// known begin gives the function that takes its rows. Every good row is handed to
// accept; its Values are reused for the next row, so accept copies the
// slice if it keeps it (the values in it stay valid).
//
// Of a workbook the sheet whose header matches best is read, the first of
// equals, and with it every sheet that has the same columns in the same layout
// (a sheet per month or per commune). Other sheets are named in Result.Left.
// Hidden rows and sheets are read like others.
//
// On an error, which is a *reader.Refusal when the file is at fault, nothing that
// accept got may be kept.
func (s *Set) Read(f *reader.File, env Env, begin func(*dataset.Dataset) (accept func(dataset.Row) error, err error)) (*Result, error) {
	p, err := s.plan(f, env)
	if err != nil {
		return nil, err
	}
	if err := p.refusal; err != nil {
		return nil, err
	}
	t, err := newTable(f, env, p.heads[0].layout)
	if err != nil {
		return nil, err
	}
	t.result = p.result(f, env)
	t.result.Header = p.out()
	if err := t.knowSheets(p.heads, f.Sheets()); err != nil {
		return nil, err
	}
	if t.accept, err = begin(t.set); err != nil {
		return nil, err
	}
	for i := range p.heads {
		t.enter(i)
		if err := f.Rows(t.sheet, t.row); err != nil {
			return nil, err
		}
		t.leave()
	}
	if err := t.returnConflicts(); err != nil {
		return nil, err
	}
	slices.SortFunc(t.result.Returned, func(a, b Returned) int { return cmp.Or(a.order-b.order, a.Line-b.Line) })
	return t.result, nil
}

// plan is what of a file will be read.
type plan struct {
	best    *header
	heads   []*header // sheets to read, in file order
	left    []LeftSheet
	grids   []*grid
	refusal error
}

func (s *Set) plan(f *reader.File, env Env) (*plan, error) {
	fixed := sortedKeys(env.Fixed)
	if slices.Contains(fixed, "unit_name") {
		fixed = append(fixed, "unit_code")
	}
	best, grids, err := s.recognise(f, fixed)
	if err != nil {
		return nil, err
	}
	p := &plan{best: best, grids: grids}
	if p.refusal = best.refusal(f); p.refusal != nil {
		return p, nil //nolint:nilerr // the plan carries the refusal
	}
	names := f.Sheets()
	for i, g := range grids {
		h := best
		if i != best.sheet {
			if h, err = s.bestOf(f, g, []*layout{best.layout}, fixed); err != nil {
				return nil, err
			}
		}
		if h.usable() && h.sameFields(best) {
			p.heads = append(p.heads, h)
			h.dropShapes()
			continue
		}
		if len(g.rows) == 0 {
			continue
		}
		if h, err = s.bestOf(f, g, s.all, fixed); err != nil {
			return nil, err
		}
		left := LeftSheet{Sheet: names[i]}
		if h.usable() {
			left.Layout = h.layout.name
		}
		p.left = append(p.left, left)
	}
	return p, nil
}

// sameFields says whether two headers of one layout have the same columns, in
// any order.
func (h *header) sameFields(as *header) bool {
	list := func(h *header) []int {
		var out []int
		for _, c := range h.columns {
			out = append(out, c.field)
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(list(h), list(as))
}

// out gives every column its place in Result.Header: that of the first sheet's
// column of the same field and place among its synonyms.
func (p *plan) out() []string {
	var header []string
	type key struct{ field, nth int }
	places := map[key]int{}
	for _, h := range p.heads {
		count := map[int]int{}
		for j := range h.columns {
			c := &h.columns[j]
			k := key{c.field, count[c.field]}
			count[c.field]++
			at, ok := places[k]
			if !ok { // of the first sheet, or a column that only another sheet kept
				at = len(header)
				places[k] = at
				header = append(header, c.text)
			}
			c.out = at
		}
	}
	return header
}

func (p *plan) result(f *reader.File, env Env) *Result {
	h, names := p.heads[0], f.Sheets()
	r := &Result{
		Dataset: h.layout.set, Layout: h.layout.name, Fingerprint: h.layout.fingerprint,
		Sheet: names[h.sheet], HeaderLine: h.line, HeaderRows: h.depth, Left: p.left,
	}
	for _, h := range p.heads {
		r.Sheets = append(r.Sheets, names[h.sheet])
		r.Unknown = addNew(r.Unknown, h.unknown)
		r.Personal = addNew(r.Personal, h.personal)
		if d := asOf(h.titles, env.Today); d.After(r.AsOf) {
			r.AsOf = d
		}
	}
	return r
}

func addNew(to, more []string) []string {
	for _, s := range more {
		if s, _ = screen(s); !slices.Contains(to, s) {
			to = append(to, s)
		}
	}
	return to
}
