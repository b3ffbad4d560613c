// Package layout is the door of the pipeline: it recognises what an export
// holds by its header, types every row after the dataset's fields and decides
// which rows go back to the sender, with every reason at once.
//
// What an export looks like is data: one YAML file per layout beside this code.
// Cells of columns that no layout knows (names, addresses, phones of
// applicants) are never looked at and never leave the package.
package layout

import (
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
}

// Result is what became of one file.
type Result struct {
	Dataset *dataset.Dataset
	Layout  string // "canonical/dossiers"
	// Fingerprint identifies the layout files used and the typing rules: a file
	// read with the same fingerprint and register gives the same rows.
	Fingerprint string
	Sheet       string
	HeaderLine  int
	AsOf        time.Time // "đến ngày 14/9/2021" of the title rows; zero if none, or after Today
	// Rows = rows accepted and not dropped + Duplicate + Skipped + len(Returned).
	Rows, Skipped, Duplicate int
	Header                   []string // texts of the recognised columns, in file order
	Returned                 []Returned
	// Drop lists rows that were handed to accept before another row of the file
	// contradicted them. They stand in Returned too.
	Drop    []Loc
	Unknown []string // header texts that no layout knows; their columns were not read
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
}

// Problem is one reason, in Vietnamese, with what to correct.
type Problem struct {
	Column int // index into Result.Header, -1 for the row as a whole
	Reason string
}

// Fingerprint is that of a layout by its name; empty when there is none.
func Fingerprint(name string) string {
	all, err := layouts()
	if err != nil {
		return ""
	}
	for _, l := range all {
		if l.name == name {
			return l.fingerprint
		}
	}
	return ""
}

// Read recognises the layout of a file and types its rows. Once the dataset is
// known begin gives the function that takes its rows. Every good row is handed to
// accept; its Values are reused for the next row, so accept copies the
// slice if it keeps it (the values in it stay valid).
//
// Of a workbook one sheet is read: the one whose header matches best, the first
// of equals. On an error, which is a *reader.Refusal when the file is at fault,
// nothing that accept got may be kept.
func Read(f *reader.File, env Env, begin func(*dataset.Dataset) (accept func(dataset.Row) error, err error)) (*Result, error) {
	all, err := layouts()
	if err != nil {
		return nil, fmt.Errorf("embedded layouts: %w", err)
	}
	h, err := recognise(f, all)
	if err != nil {
		return nil, err
	}
	accept, err := begin(h.layout.set)
	if err != nil {
		return nil, err
	}
	sheet := f.Sheets()[h.sheet]
	t := newTable(f, env, h, accept)
	t.result = &Result{
		Dataset: h.layout.set, Layout: h.layout.name, Fingerprint: h.layout.fingerprint,
		Sheet: sheet, HeaderLine: h.line, AsOf: asOf(h.titles, env.Today), Unknown: h.unknown,
	}
	for i := range h.columns {
		t.result.Header = append(t.result.Header, h.columns[i].text)
	}
	if err := f.Rows(h.sheet, t.row); err != nil {
		return nil, err
	}
	if err := t.returnConflicts(); err != nil {
		return nil, err
	}
	slices.SortFunc(t.result.Returned, func(a, b Returned) int { return a.Line - b.Line })
	return t.result, nil
}
