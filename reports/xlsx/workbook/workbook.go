// Package workbook writes Excel files whose bytes depend on nothing but what is
// put in: the same cells give the same file, run after run.
//
// It sits on excelize's stream writer and closes the holes that matter here: a
// text can never become a formula, a character that XML forbids is shown as □,
// a text longer than a cell may hold is refused instead of cut, and whatever
// the library wants before the first row (widths, panes, filters, notes,
// charts) is kept until then, so the order of the caller's calls is free.
package workbook

import (
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"
)

// Limits of a worksheet.
const (
	MaxRows  = 1_048_576 // rows of a sheet
	MaxChars = 32_767    // UTF-16 units of a cell
)

// Properties are what the file says about itself.
type Properties struct {
	Title   string
	Subject string
	Author  string
	Created time.Time // creation and modification time of the file
}

// Book is a workbook being made. It is not safe for concurrent use.
type Book struct {
	f       *excelize.File
	prop    Properties
	sheets  []*Sheet
	taken   map[string]bool // sheet names in lower case
	styles  map[Style]int
	wrapped map[int]float64 // font size of the styles that wrap
	guarded map[int]int     // style → the same style with a quote prefix
	names   []name
	known   map[string]bool // defined names in lower case
	charts  int
}

type name struct{ name, ref, comment string }

// New starts a workbook. Close it after Write, also when Write fails.
func New(p Properties) (*Book, error) {
	b := &Book{
		f: excelize.NewFile(), prop: p,
		taken: map[string]bool{}, styles: map[Style]int{}, wrapped: map[int]float64{}, guarded: map[int]int{}, known: map[string]bool{},
	}
	if err := b.f.SetDefaultFont(Font); err != nil {
		return nil, fmt.Errorf("workbook: default font: %w", err)
	}
	return b, nil
}

// Close removes the temporary files of long sheets.
func (b *Book) Close() error { return b.f.Close() }

// Add appends a sheet. Its name is made legal (at most 31 characters, none of
// \ / ? * [ ] : ') and unique in the book; Sheet.Name says what became of it.
func (b *Book) Add(title string) (*Sheet, error) {
	n := b.free(title)
	if len(b.sheets) == 0 {
		if err := b.f.SetSheetName("Sheet1", n); err != nil {
			return nil, fmt.Errorf("sheet %q: %w", n, err)
		}
	} else if _, err := b.f.NewSheet(n); err != nil {
		return nil, fmt.Errorf("sheet %q: %w", n, err)
	}
	s := &Sheet{Name: n, book: b}
	b.sheets = append(b.sheets, s)
	return s, nil
}

// Define gives a cell a name that formulas of other workbooks may use. The name
// is made legal with DefinedName and unique with a number; what was given is
// returned.
func (b *Book) Define(title, comment string, s *Sheet, row, col int) string {
	n := unique(DefinedName(title), b.known, 255, "_%d")
	b.names = append(b.names, name{n, fmt.Sprintf("'%s'!%s", s.Name, absolute(row, col)), Clean(comment)})
	return n
}

// Write writes the whole workbook. It may be called once.
func (b *Book) Write(w io.Writer) error {
	if len(b.sheets) == 0 {
		return fmt.Errorf("workbook: no sheet to write")
	}
	b.f.SetActiveSheet(0) // before the sheets: later it would parse each written sheet again
	for _, s := range b.sheets {
		if err := s.flush(); err != nil {
			return fmt.Errorf("sheet %q: %w", s.Name, err)
		}
	}
	for _, n := range b.names {
		d := &excelize.DefinedName{Name: n.name, RefersTo: n.ref, Comment: n.comment}
		if err := b.f.SetDefinedName(d); err != nil {
			return fmt.Errorf("defined name %q: %w", n.name, err)
		}
	}
	if err := b.describe(); err != nil {
		return fmt.Errorf("document properties: %w", err)
	}
	b.f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &archive{w: w} })
	return b.f.Write(w)
}

func (b *Book) describe() error {
	at := b.prop.Created.UTC().Format(time.RFC3339)
	err := b.f.SetDocProps(&excelize.DocProperties{
		Title: Clean(b.prop.Title), Subject: Clean(b.prop.Subject), Creator: Clean(b.prop.Author),
		LastModifiedBy: Clean(b.prop.Author), Created: at, Modified: at, Language: "vi-VN",
	})
	if err != nil {
		return err
	}
	// LibreOffice fits the heights of rows only in files that do not claim to
	// come from Excel.
	return b.f.SetAppProps(&excelize.AppProperties{Application: "cchc", Company: Clean(b.prop.Author)})
}
