package reports

import "time"

// Data is everything one report is built from: plain values, already counted.
// The pipeline fills it from the warehouse; nothing in this package computes a
// count, it only picks, divides (late, exactly) and words.
type Data struct {
	Organisation Organisation
	Now          time.Time // the run's clock, wall clock of the workspace
	Rule         string    // nd09 or calendar
	Deadline     string    // date or instant
	Period       Period
	Previous     *Period // the period before, of the same length; nil when not defined
	LastYear     *Period // the same period a year before
	Trend        []Period

	Unit  Unit   // the unit the report is about
	Units []Unit // every unit of the tree on the cut-off day, in register order
	Tier  string // of a comparison: the tier compared; empty otherwise

	Counts     Counts
	ByField    []Breakdown // dossiers by field, of Period, of Unit per tier and "all"
	ByDesk     []Breakdown // dossiers by reception desk, of Period and of Unit at its own tier; Field is the desk
	Indicators []Indicator // every indicator of the program, in order
	Targets    []Target    // those in force on the cut-off day
	Declared   []Declared  // figures of Period (Unit and, in a comparison, its peers)
	Narratives []Narrative // of Unit and Period
	Summaries  []Summary   // II.06 rows that units sent themselves, of Period
	Checklist  []Check     // latest result per unit and criterion, Unit and below
	Coverage   []Coverage  // per unit, tier and dataset, of Period
	Overdue    []Dossier   // late or overdue in Period, of Unit and below, by unit and due date
	Sample     []Dossier   // seeded random sample to look at on site
	SampleSeed string      // printed beside the sample so that it can be drawn again
	Procedures ProcedureLists
	Findings   []Finding // of check
	Evidence   []Evidence
	Sources    []Source // exports the figures come from
	Edition    Edition
}

// Organisation is the workspace's owner.
type Organisation struct{ Code, Name, Place string }

// Period is a reporting period; From and To are both inside it.
type Period struct {
	Name  string // 2021-9M
	Label string // "9 tháng đầu năm 2021"
	Kind  string // M, Q, H, 9M, Y, or "" for two dates
	From  time.Time
	To    time.Time
}

// Unit is a unit as on the cut-off day.
type Unit struct{ Code, Name, Tier, Parent string }

// Key names one count. Tier is province, department, district, commune or all.
type Key struct{ Period, Unit, Tier, Measure string }

// Counts holds counts; a key that is absent is unknown, which is not 0.
type Counts map[Key]int64

// Breakdown is one line of a table by field. Fields are in Vietnamese order.
type Breakdown struct {
	Unit, Tier, Field string           // Field is empty for dossiers without one
	Counts            map[string]int64 // by measure
}

// Indicator is the definition of a ratio.
type Indicator struct {
	Name        string   // dossiers.on_time_overall
	Label       string   // Vietnamese name, with what it is a share of
	Short       string   // for column headers
	Numerator   []string // measures, summed
	Denominator []string
	NumLabel    string // "hồ sơ giải quyết trước và đúng hạn"
	DenLabel    string // "hồ sơ đã giải quyết có hạn"
	Higher      bool   // a higher value is better
	Zero        string // na, zero or full: what is printed for 0/0
	Legal       string // basis; empty when there is none to cite
	Sentence    string // text/template: printed when a target is missed
}

// Target is one row of targets.csv. Value is in millionths.
type Target struct {
	Indicator, Tier, Operator string
	Value                     int64
	Basis                     string
}

// Declared is a figure that a unit declares. Numbers are in millionths and nil
// when not given.
type Declared struct {
	Unit, Code                    string
	Value, Numerator, Denominator *int64
	Evidence, EnteredBy           string
	EnteredOn                     time.Time
}

// Narrative is the office's own text for a section of its report. Paragraphs
// are separated by newlines.
type Narrative struct{ Section, Text string }

// Summary is a row of a unit's own II.06 table; C[0] is column (3), C[10] column
// (13); nil is an empty cell.
type Summary struct {
	Unit, Field string
	C           [11]*int64
}

// Check is a finding of a checklist.
type Check struct {
	Unit, Criterion, Requirement, Result, Note string
	On                                         time.Time
}

// Coverage says on how many units a rolled-up figure rests.
type Coverage struct {
	Unit, Tier, Dataset string
	WithData, Expected  int
	Latest              time.Time // newest day that any row of it carries, not after the cut-off
}

// Dossier is a line of a list: no names, no addresses, no phones.
type Dossier struct {
	Unit, Code, Procedure, Field, Desk string
	Received, Due, End                 time.Time // zero: none
	DaysLate                           int       // calendar days over the due date
	State                              string    // late: ended late; overdue: pending and overdue; else resolved, pending
	Apology                            bool
	File, Sheet                        string
	Line                               int
}

// ProcedureLists name procedures that findings speak of, by unit.
type ProcedureLists struct {
	PostedThoughAbolished []Procedure
	Level4Unused          []Procedure
}

// Procedure is one line of such a list.
type Procedure struct{ Unit, Code, Name, Field string }

// Finding is what check says: severity error, warning or note.
type Finding struct {
	Rule, Severity, Unit, Message string
	Rows                          int
}

// Evidence is a sheet of the workbook: the rows behind one dataset's figures.
type Evidence struct {
	Name    string // sheet name, Vietnamese
	Title   string
	Columns []EvidenceColumn
	Rows    [][]any // string, int64, bool, time.Time or nil
	Total   int     // rows selected; greater than len(Rows) when not all are here
}

// EvidenceColumn is a column of an evidence sheet.
type EvidenceColumn struct {
	Name, Label string
	Moment      bool // times show hours and minutes
}

// Source is one export.
type Source struct {
	File, SHA256, Dataset string
	AsOf                  time.Time
	Rows                  int
}

// Edition identifies what is published.
type Edition struct {
	Number      int // 1 for v1
	Ledger      int // position
	RunID       string
	Program     string
	Definitions string
	Changes     []Change // against the edition before; nil for the first
	ChangesOf   int      // number of the edition compared with
}

// Change is a figure that moved between two editions. A nil is "not there".
type Change struct {
	Unit, Tier, Measure string
	Before, After       *int64
}
