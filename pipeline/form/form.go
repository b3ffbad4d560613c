// Package form writes the workbooks exchanged with the offices: the one they
// fill in, and the slip that returns the rows that could not be taken.
package form

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"cchc/pipeline/dataset"
	"cchc/reports/xlsx/workbook"
)

// FormRows is how many rows of a fill-in workbook have drop-down lists.
const FormRows = 5_000

// maxInline is how many characters a drop-down list can hold in itself; a longer
// one refers to cells.
const maxInline = 255

const (
	headFill = "DCE6F1"
	needFill = "FCE4D6" // header of a column that must be filled
	badFill  = "F8CBAD"
	ink      = "1F3A5F"
	muted    = "6B6B6B"
)

// FillIn writes the workbook in which an office enters the rows of a dataset:
// the sheet "Hướng dẫn", then the sheet to fill in, named after the dataset, with
// its header in row 1 and one example row. example has a text per field of d, as
// a person would type it (dates dd/mm/yyyy or dd/mm/yyyy hh:mm, flags có/không);
// nil leaves the example out. created is the file's date. It fails when the
// example does not fit the fields.
func FillIn(w io.Writer, d *dataset.Dataset, example []string, created time.Time) (err error) {
	if example != nil && len(example) != len(d.Fields) {
		return fmt.Errorf("fill-in workbook %s: the example has %d values, the dataset %d fields", d.Name, len(example), len(d.Fields))
	}
	book, err := workbook.New(workbook.Properties{Title: "Biểu nhập " + d.Label, Created: created})
	if err != nil {
		return err
	}
	defer func() {
		if e := book.Close(); err == nil {
			err = e
		}
	}()
	f := &filler{styles: styles{book: book}, d: d}
	if f.guide, err = book.Add("Hướng dẫn"); err != nil {
		return err
	}
	if f.form, err = book.Add(d.Label); err != nil {
		return err
	}
	sources := f.writeGuide()
	if err := f.writeForm(example, sources); err != nil {
		return fmt.Errorf("fill-in workbook %s: %w", d.Name, err)
	}
	if f.bad != nil {
		return fmt.Errorf("fill-in workbook %s: %w", d.Name, f.bad)
	}
	return book.Write(w)
}

// styles keeps the first error of a style, so that building cells reads on.
type styles struct {
	book *workbook.Book
	bad  error
}

func (s *styles) style(st workbook.Style) int {
	id, err := s.book.Style(st)
	if err != nil && s.bad == nil {
		s.bad = err
	}
	return id
}

type filler struct {
	styles
	d           *dataset.Dataset
	guide, form *workbook.Sheet
}

// writeForm writes the sheet to fill in. sources has the cells that hold a
// closed list too long for the drop-down itself, per field.
func (f *filler) writeForm(example []string, sources []string) error {
	s := f.form
	s.FreezeRow, s.TitleFrom, s.TitleTo, s.Landscape = 1, 1, 1, true
	s.Filter(1, 1, FormRows+1, len(f.d.Fields))
	lines := 1
	for i, field := range f.d.Fields {
		col := i + 1
		label, ground := header(f.d, field), headFill
		if needed(f.d, field) {
			ground = needFill
		}
		st := workbook.Style{Bold: true, Fill: ground, Border: true, Align: "center", Wrap: true, Format: workbook.FormatText}
		s.Put(1, col, workbook.Cell{Value: label, Style: f.style(st)})
		s.Note(1, col, field.Name+"\n"+prompt(f.d, field))
		width := colWidth(field)
		s.Width(col, width)
		lines = max(lines, workbook.Lines(label, width-3.5))
		look := f.style(workbook.Style{Format: format(field), Align: aligned(field)})
		s.Look(col, look)
		f.limit(col, field, sources[i])
		if example == nil {
			continue
		}
		v, err := typed(field, strings.TrimSpace(example[i]))
		if err != nil {
			return err
		}
		s.Put(2, col, workbook.Cell{Value: v, Style: look})
	}
	s.Height(1, 15*float64(lines)+6)
	if example != nil {
		s.Note(2, 1, "Dòng ví dụ: hãy ghi đè hoặc xóa trước khi gửi.")
	}
	return nil
}

func (f *filler) limit(col int, field dataset.Field, source string) {
	c := workbook.Check{Row: 2, Col: col, ToRow: FormRows + 1, ToCol: col, Title: field.Label, Prompt: prompt(f.d, field)}
	if list := allowed(field); len(list) > 0 {
		c.Refusal = "Hãy chọn một giá trị trong danh sách" + map[bool]string{true: ".", false: " hoặc để trống."}[field.Required]
		if source != "" {
			c.Source = source
		} else {
			c.Values = list
		}
	}
	f.form.Check(c)
}

// allowed is the closed list of a field as a person reads it; nil when open.
func allowed(f dataset.Field) []string {
	switch f.Type {
	case dataset.Enum:
		return f.Labels
	case dataset.Flag:
		return []string{"có", "không"}
	case dataset.Level:
		return []string{"1", "2", "3", "4"}
	}
	return nil
}

// inline reports whether a list fits into the drop-down: commas part its items.
func inline(list []string) bool {
	s := strings.Join(list, ",")
	return len(utf16.Encode([]rune(s))) <= maxInline && strings.Count(s, ",") == len(list)-1
}

// needed reports whether a column is marked as one to be filled. received_at is
// one although two statuses do without it.
func needed(d *dataset.Dataset, f dataset.Field) bool {
	return f.Required || d.Name == "dossiers" && f.Name == "received_at"
}

func header(d *dataset.Dataset, f dataset.Field) string {
	if needed(d, f) {
		return f.Label + " *"
	}
	return f.Label
}

// format is the number format of a column: codes and texts are text, so that
// Excel does not make a number of 1.000100 or drop a leading zero.
func format(f dataset.Field) string {
	switch f.Type {
	case dataset.Date:
		return workbook.FormatDay
	case dataset.Time:
		return workbook.FormatMoment
	case dataset.Int, dataset.Number, dataset.Level:
		return ""
	}
	return workbook.FormatText
}

func aligned(f dataset.Field) string {
	switch f.Type {
	case dataset.Date, dataset.Time, dataset.Flag, dataset.Level, dataset.Period:
		return "center"
	}
	return ""
}

func colWidth(f dataset.Field) float64 {
	w := map[dataset.Type]float64{
		dataset.Text: 26, dataset.Code: 20, dataset.Period: 13, dataset.Date: 17, dataset.Time: 19,
		dataset.Int: 12, dataset.Number: 12, dataset.Flag: 13, dataset.Enum: 18, dataset.Level: 10,
	}[f.Type]
	switch f.Name {
	case "dossier_code":
		w = 30
	case "procedure_name", "content", "requirement":
		w = 44
	case "text":
		w = 90
	}
	for _, l := range f.Labels {
		w = max(w, min(workbook.Width(l)+3, 42))
	}
	return w
}

// typed turns an example as a person would type it into a cell's value.
func typed(f dataset.Field, s string) (any, error) {
	if s == "" {
		return nil, nil
	}
	switch f.Type {
	case dataset.Date, dataset.Time:
		for _, layout := range []string{"02/01/2006", "02/01/2006 15:04", "02/01/2006 15:04:05"} {
			if t, err := time.Parse(layout, s); err == nil {
				if days, ok := workbook.Serial(t); ok {
					return days, nil
				}
			}
		}
		return nil, fmt.Errorf("example of %s: %q is not a date like 31/12/2021", f.Name, s)
	case dataset.Int, dataset.Level:
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("example of %s: %q is not a whole number", f.Name, s)
		}
		return n, nil
	case dataset.Number:
		x, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
		if err != nil {
			return nil, fmt.Errorf("example of %s: %q is not a number like 84,28", f.Name, s)
		}
		return x, nil
	}
	return s, nil
}
