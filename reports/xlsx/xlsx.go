// Package xlsx renders a report as an Excel workbook.
//
// The first sheet, "Tổng quan", holds the headline figures, a list of the sheets
// and the report's own text; then comes a sheet per table and per chart in the
// order of the report, then the evidence: the rows behind the figures. Numbers
// are numbers, unrounded; dates are dates; only their formats print them the
// Vietnamese way. No cell holds a formula.
//
// Figures of Report.Headline have defined names for other workbooks to refer
// to: the name of the figure with every character but ASCII letters and digits
// replaced by "_" (dossiers.received is dossiers_received).
package xlsx

import (
	"fmt"
	"io"

	"cchc/reports/model"
	"cchc/reports/xlsx/workbook"
)

// streamFrom is the number of rows from which a list is written row by row
// without holding its cells.
const streamFrom = 10_000

// Render writes the workbook of a report. The same report gives the same bytes.
// It fails when a table is not rectangular or w cannot be written.
func Render(w io.Writer, r model.Report) error { return render(w, r, workbook.MaxRows-1) }

// render is Render with the number of rows that a sheet may hold.
func render(out io.Writer, r model.Report, limit int) (err error) {
	book, err := workbook.New(workbook.Properties{Title: r.Title, Subject: r.Subject, Author: r.Author, Created: r.Created})
	if err != nil {
		return err
	}
	defer func() {
		if e := book.Close(); err == nil {
			err = e
		}
	}()
	w := &writer{book: book, report: r, limit: limit, byID: map[string]*workbook.Sheet{}}
	if err := w.sheets(); err != nil {
		return fmt.Errorf("workbook of report %q: %w", r.Kind, err)
	}
	if err := book.Write(out); err != nil {
		return fmt.Errorf("workbook of report %q: %w", r.Kind, err)
	}
	return nil
}

// writer is one rendering. The first error of a style is kept in bad, so that
// code which builds cells reads straight on.
type writer struct {
	book   *workbook.Book
	report model.Report
	limit  int
	byID   map[string]*workbook.Sheet
	index  []entry
	bad    error
}

// entry is a line of the list of sheets.
type entry struct {
	sheet *workbook.Sheet
	title string
	rows  int // -1: a chart
	key   [2]int
}

func (w *writer) sheets() error {
	first, err := w.book.Add("Tổng quan")
	if err != nil {
		return err
	}
	for i, sec := range w.report.Sections {
		for j, b := range sec.Blocks {
			key := [2]int{i, j}
			switch b := b.(type) {
			case model.Table:
				err = w.table(b, sec.Landscape, key)
			case model.Chart:
				err = w.chart(b, key)
			}
			if err != nil {
				return err
			}
		}
	}
	for i, t := range w.report.Evidence {
		if err := w.evidence(t, i); err != nil {
			return err
		}
	}
	w.overview(first)
	return w.bad
}

// add starts a sheet and enters it in the list of sheets.
func (w *writer) add(name, id, title string, rows int, key [2]int) (*workbook.Sheet, error) {
	s, err := w.book.Add(name)
	if err != nil {
		return nil, err
	}
	s.Footer, s.Header = w.report.Footer, w.draft()
	if id != "" && w.byID[id] == nil {
		w.byID[id] = s
	}
	w.index = append(w.index, entry{s, title, rows, key})
	return s, nil
}

func (w *writer) draft() string {
	if w.report.Draft {
		return "DỰ THẢO"
	}
	return ""
}

func (w *writer) style(st workbook.Style) int {
	id, err := w.book.Style(st)
	if err != nil && w.bad == nil {
		w.bad = err
	}
	return id
}

func firstOf(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
