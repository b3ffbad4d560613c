// Package model is what a report says, before anyone decides how it looks.
//
// A report is a list of sections, a section a list of blocks. Every figure in a
// block is a Value: it carries its own unit, decimals and, when it is missing,
// the reason. Renderers (pdf, xlsx, docx) decide looks and never numbers: they
// print Value.String() and store Value.Float() or Value.Date.
//
// The package imports nothing of this project.
package model

import "time"

// Report is one rendered thing: one unit, one period, one kind.
type Report struct {
	Kind     string    // brief, periodic, comparison
	Title    string    // document title, for metadata and the file's properties
	Subject  string    // one line: unit and period
	Author   string    // the organisation
	Language string    // BCP 47, "vi-VN"
	Created  time.Time // the run's clock; never the machine's
	Draft    bool      // print the watermark "DỰ THẢO"
	Footer   string    // small line at the foot of every page: edition, cut-off; may be empty
	Sections []Section
	Evidence []Table // rows behind the figures: sheets of the workbook, not pages
	Headline []Named // figures that the workbook gives a defined name
}

// Named is a figure with a stable name, such as dossiers.received.
type Named struct {
	Name  string // measure or indicator name
	Label string
	Value Value
}

// Section is a run of pages of one orientation.
type Section struct {
	Landscape bool
	Annex     bool // starts on a new page; its pages are numbered apart
	Blocks    []Block
}

// Block is one of the types below. The set is closed.
type Block interface{ block() }

// Letterhead is the head of an official document (NĐ 30/2020/NĐ-CP): issuing
// bodies left, national motto right, number and place-and-date below.
type Letterhead struct {
	Superior string // superior body, upper case; may be empty
	Issuer   string // issuing body, upper case
	Number   string // "Số:      /BC-UBND"
	Place    string // "Ngân Sơn, ngày      tháng      năm 2021"
}

// Title is the name of the document ("BÁO CÁO") and its subject, centred. A
// rule is drawn under the subject.
type Title struct {
	Name    string
	Subject []string // lines
}

// Heading starts a part. Level 1 is "I.", 2 "1.", 3 "a)"; Text holds the
// numbering already. Headings make the outline of the PDF.
type Heading struct {
	Level int
	Text  string
	ID    string // target of Span.Link and Value.Link; may be empty
}

// Paragraph is justified text with a first-line indent unless Plain.
type Paragraph struct {
	Spans []Span
	Plain bool  // no first-line indent
	Align Align // default Justify
	Small bool  // notes under tables
	Keep  bool  // keep with the next block
}

// List is a bulleted or numbered list; each item is a run of spans.
type List struct {
	Ordered bool
	Small   bool // in the size of notes, close together
	Items   [][]Span
}

// Blank is a place that neither the data nor the office fills: printed as a
// visible gap with its prompt, for the author to write in.
type Blank struct{ Prompt string }

// Span is a piece of text of one style, or one Value (then Text is empty).
type Span struct {
	Text   string
	Value  *Value
	Bold   bool
	Italic bool
	Link   string // ID of a heading or table; may be empty
}

// Align is where text stands in its line or cell.
type Align int

// The alignments. Auto is by kind of value: numbers right, text left.
const (
	Auto Align = iota
	Left
	Center
	Right
	Justify
)

// KeyFigures is a strip of headline figures ("at a glance").
type KeyFigures struct {
	Items []KeyFigure
}

// KeyFigure is one headline figure. Value is printed large, Detail small below
// ("764 + 0 / 771 hồ sơ"); Tone colours it.
type KeyFigure struct {
	Label  string
	Value  Value
	Detail string
	Tone   Tone
}

// Tone is the judgement of a figure against its target.
type Tone int

// The tones. Neutral: there is no target.
const (
	Neutral Tone = iota
	Good
	Bad
	Muted // missing, not comparable
)

// Table has a header of one to three rows, body rows and, when Total is set,
// one or more total rows at the end that the body rows' sums do not include
// again. Every row has exactly len(Columns) cells; a cell covered by the span of
// another is the zero Cell with Covered set.
type Table struct {
	ID      string // stable name: anchor in the PDF, sheet name source in the workbook
	Title   string // caption above; may be empty
	Unit    string // "Đơn vị tính: Số hồ sơ TTHC", right-aligned above; may be empty
	Columns []Column
	Header  [][]Cell // 1..3 rows, then Formula
	Formula []Cell   // the row "(3)=(4)+(5)+(6)"; nil when none
	Rows    []Row
	Total   []Row
	Notes   []string // lines below: rule, coverage, source
	Sheet   string   // name of its sheet in the workbook, at most 31 characters; empty: from Title
	// Selected is how many rows the selection had; when greater than len(Rows)
	// the rows are elsewhere and the footer says where. 0 means len(Rows).
	Selected int
	NotPaged bool // too long for the page: PDF prints count and sheet name only
}

// Column is one column's look. Width is a share; 0 lets the renderer measure.
type Column struct {
	Width  float64
	Align  Align
	Name   string // machine name, for evidence sheets; may be empty
	NoWrap bool
}

// Row is a body or total row.
type Row struct {
	Cells []Cell
	Style RowStyle
}

// RowStyle says what a row is.
type RowStyle int

// The row styles.
const (
	Body   RowStyle = iota
	Group           // a row that names the rows below it
	Sum             // a total
	Detail          // "Trong đó": part of the row above
	Marked          // the row the report is about, among its peers
)

// Cell is a value, possibly spanning. ColSpan and RowSpan of 0 mean 1.
type Cell struct {
	Value   Value
	ColSpan int
	RowSpan int
	Covered bool
	Bold    bool
	Italic  bool
	Tone    Tone
	Align   Align
}

// Chart is drawn by the renderer on its own canvas; its figures always stand in
// a table of the same section too.
type Chart struct {
	ID         string
	Kind       ChartKind
	Title      string
	Categories []string // one per bar or point
	Series     []Series
	Target     *Value // a line across; nil when there is no target
	TargetName string
	Percent    bool // values are ratios: the axis is in %
	Sheet      string
}

// ChartKind is how a chart is drawn.
type ChartKind int

// The chart kinds. Bars are horizontal with the category names beside them.
const (
	Bars ChartKind = iota
	Stacked
	Line
)

// Series is one value per category of its chart.
type Series struct {
	Name   string
	Values []Value // a Missing value leaves a gap
	Tones  []Tone  // per value; nil: neutral
}

// Signature closes a document: recipients left, authority and title right, room
// for the signature, name (blank unless given).
type Signature struct {
	Recipients []string // "- Như trên;", "- Lưu: VT."
	Authority  string   // "TM. ỦY BAN NHÂN DÂN"
	Position   string   // "CHỦ TỊCH"
	Name       string
}

// PageBreak starts a new page.
type PageBreak struct{}

// Rule is a thin line across the text.
type Rule struct{}

func (Letterhead) block() {}
func (Title) block()      {}
func (Heading) block()    {}
func (Paragraph) block()  {}
func (List) block()       {}
func (Blank) block()      {}
func (KeyFigures) block() {}
func (Table) block()      {}
func (Chart) block()      {}
func (Signature) block()  {}
func (PageBreak) block()  {}
func (Rule) block()       {}
