// Package reader turns the bytes of an export into rows of cells, strictly: a
// file that is damaged, ambiguous or beyond the caps is refused with a Refusal
// and never read half. It knows file formats and nothing of datasets.
//
// Rows are delivered one by one to a callback and the buffers are reused, so
// that memory does not grow with the number of rows.
package reader

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Kind is what a cell holds. CSV has Empty and Text only. In JSON a number of
// more than 15 significant digits is Text, so that nobody rounds it.
type Kind uint8

// The kinds of a cell, and what its Text is.
const (
	Empty  Kind = iota // no content
	Text               // the text, UTF-8
	Number             // a number as the file stores it: "1265.5", "1E+20"
	Date               // a number whose cell is shown as a date: a serial, see SerialTime
	Bool               // "1" or "0"
	Fault              // an error value ("#N/A"), or a formula that was never calculated ("")
)

// Cell is one cell. Text is valid only until the callback that got it returns.
type Cell struct {
	Text []byte
	Kind Kind
}

// Row is one row that has at least one cell that is not empty. Cells is dense
// from the first column on and valid only until the callback returns.
type Row struct {
	// Line is the row number of the sheet; in CSV the line on which the record
	// starts; in JSON the number of the record, 0 for the row of keys.
	Line  int
	Cells []Cell
}

// Limits caps what a file may ask of the machine. A zero field takes the value
// of DefaultLimits.
type Limits struct {
	FileBytes   int64 // size of the file
	Parts       int   // entries of a container
	TotalBytes  int64 // size of all parts of a container, unpacked
	HeldBytes   int64 // a workbook inside an archive, which is held in memory
	Ratio       int64 // unpacked to packed size of one part
	StringBytes int64 // shared strings of a workbook, unpacked
	Sheets      int
	Rows        int // rows of one sheet or file
	Columns     int
	CellBytes   int // one cell
	LineBytes   int // one record of a text file or JSON, one markup token of a workbook
}

// DefaultLimits allows exports of a whole province (some millions of rows) and
// stops what no export is.
func DefaultLimits() Limits {
	return Limits{
		FileBytes: 4 << 30, Parts: 2000, TotalBytes: 4 << 30, HeldBytes: 256 << 20, Ratio: 500, StringBytes: 512 << 20, Sheets: 256,
		Rows: 10_000_000, Columns: 1024, CellBytes: 1 << 20, LineBytes: 8 << 20,
	}
}

func (l Limits) withDefaults() Limits {
	d := DefaultLimits()
	fill(&l.FileBytes, d.FileBytes)
	fill(&l.Parts, d.Parts)
	fill(&l.TotalBytes, d.TotalBytes)
	fill(&l.HeldBytes, d.HeldBytes)
	fill(&l.Ratio, d.Ratio)
	fill(&l.StringBytes, d.StringBytes)
	fill(&l.Sheets, d.Sheets)
	fill(&l.Rows, d.Rows)
	fill(&l.Columns, d.Columns)
	fill(&l.CellBytes, d.CellBytes)
	fill(&l.LineBytes, d.LineBytes)
	return l
}

func fill[T int | int64](v *T, d T) {
	if *v <= 0 {
		*v = d
	}
}

// Options is how an export is to be read; the zero value reads what the bytes
// prove to be, within DefaultLimits, for as long as it takes.
type Options struct {
	Limits Limits
	// Encoding is what the source is said to use: one of Encodings, or empty to
	// go by the bytes alone. Bytes that prove another encoding win over it.
	Encoding string
	// Context ends the reading: a passed deadline refuses the file, a
	// cancellation is returned as it is. Nil: no end.
	Context context.Context
}

// Refusal is why a file, or a place in it, cannot be read. Reason is for the
// office that sent the file (Vietnamese, with what to do), Short for the log.
// Neither repeats content of the file.
type Refusal struct {
	Reason string
	Short  string
	Line   int    // 0: the file as a whole
	Sheet  string // empty: the file as a whole, or a format without sheets
}

// Error returns the short English text with its place.
func (r *Refusal) Error() string {
	switch {
	case r.Sheet != "" && r.Line > 0:
		return fmt.Sprintf("sheet %q row %d: %s", r.Sheet, r.Line, r.Short)
	case r.Sheet != "":
		return fmt.Sprintf("sheet %q: %s", r.Sheet, r.Short)
	case r.Line > 0:
		return fmt.Sprintf("line %d: %s", r.Line, r.Short)
	}
	return r.Short
}

// Stop is returned by a callback that has seen enough; Rows then returns nil.
var Stop = errors.New("stop reading")

// File is an opened export: sheets of rows. A text file has one sheet without a
// name. A File is not safe for concurrent use.
type File struct {
	Format     string // name of the format: "csv", "json", "xlsx", "xlsm"
	Encoding   string // one of Encodings
	EncodingBy string // why that one: ByMark, ByContent or BySetting
	book       book
	closer     io.Closer
}

// book is what a format offers; see formats.go for who implements it.
type book interface {
	sheets() []string
	rows(sheet int, fn func(*Row) error) error
	encoding() encoding
}

// Open opens the file at path, which must be a regular file and no link. A gzip
// file and a ZIP archive with one file in it are opened to what is inside; for
// other archives see Members. The error is a *Refusal when the content is at
// fault. The caller closes the File.
func Open(path string, o Options) (*File, error) {
	src, size, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	file, err := New(src, size, o)
	if err != nil {
		src.Close()
		return nil, err
	}
	file.closer = src
	return file, nil
}

// New reads from src, which must stay readable while the File is used.
func New(src io.ReaderAt, size int64, o Options) (*File, error) {
	in, err := newInput(src, size, o)
	if err != nil {
		return nil, err
	}
	return in.file()
}

// file opens what the bytes are.
func (in *input) file() (*File, error) {
	if in.o.Encoding != "" && !slices.Contains(Encodings(), in.o.Encoding) {
		return nil, fmt.Errorf("encoding %q is not known; known are %v", in.o.Encoding, Encodings())
	}
	name, b, err := in.sniff()
	if err != nil {
		return nil, inTime(err)
	}
	e := b.encoding()
	return &File{Format: name, Encoding: e.name, EncodingBy: e.by, book: b}, nil
}

// Close releases the file.
func (f *File) Close() error {
	if f.closer == nil {
		return nil
	}
	return f.closer.Close()
}

// Sheets lists the sheets in the order of the file.
func (f *File) Sheets() []string { return f.book.sheets() }

// Rows calls fn for every row of the sheet that is not blank, in file order. It
// may be called again to read from the start. An error of fn ends the reading
// and is returned, except Stop.
func (f *File) Rows(sheet int, fn func(*Row) error) error {
	err := f.book.rows(sheet, fn)
	if errors.Is(err, Stop) {
		return nil
	}
	return inTime(err)
}

// inTime makes a Refusal of a passed deadline.
func inTime(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return &Refusal{Short: "reading took too long",
			Reason: "Đọc tệp quá lâu so với giới hạn (tệp quá lớn hoặc bất thường); hãy chia thành nhiều tệp nhỏ hơn rồi gửi lại."}
	}
	return err
}

// Separators lists the field separators that a text file may have, the likely
// one first; nil for a format without separators.
func (f *File) Separators() []byte {
	if t, ok := f.book.(*textFile); ok {
		return t.separators
	}
	return nil
}

// SetSeparator makes the following Rows split at sep, one of Separators.
func (f *File) SetSeparator(sep byte) {
	if t, ok := f.book.(*textFile); ok {
		t.sep = sep
	}
}

// Date1904 reports whether serials of the workbook count from 1/1/1904.
func (f *File) Date1904() bool {
	w, ok := f.book.(*workbook)
	return ok && w.date1904
}

// Range is a block of cells; rows and columns count from 1, both ends included.
type Range struct{ Row1, Col1, Row2, Col2 int }

// Merges lists the merged cells of a sheet, as the file orders them. It reads
// the whole sheet.
func (f *File) Merges(sheet int) ([]Range, error) {
	if w, ok := f.book.(*workbook); ok {
		return w.merges(sheet)
	}
	return nil, nil
}

func tooBig(what, vi string) *Refusal {
	return &Refusal{Short: what + " exceeds the limit", Reason: vi + "; hãy chia thành nhiều tệp nhỏ hơn rồi gửi lại."}
}
