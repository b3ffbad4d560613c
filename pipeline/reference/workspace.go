// Package reference counts the measures a second time, in plain Go and without a
// database, so that a property test can hold the program against it.
//
// It is written to be read beside the counting rules, not to be fast: every
// predicate stands where it is used, nothing is indexed, and no other package of
// the project is imported. Random makes small workspaces that are dense in
// boundary cases; Files writes one so that the program reads the same.
package reference

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"time"
)

// Workspace is all that decides the figures: two settings, the unit register
// and the exports in the order in which they were imported.
type Workspace struct {
	Rule     string // period rule: nd09 or calendar
	Deadline string // date or instant
	Units    []Unit
	Exports  []Export
}

// Unit is one row of the register. A code may have several rows whose validity
// does not overlap. Days are civil dates at 00:00 UTC; zero means open.
type Unit struct {
	Code, Name, Tier, Parent string
	ValidFrom, ValidTo       time.Time // ValidTo is the first day no longer valid
}

// Export is one file. Header holds field names (unit_name may stand for
// unit_code), Rows the raw cells: ISO dates and date-times, the English words of
// closed lists, yes and no, whole numbers or a decimal comma.
type Export struct {
	Dataset string
	AsOf    time.Time // civil date the data stand for; zero: the day of the import
	At      time.Time // civil date of the import
	Header  []string
	Rows    [][]string
}

// File is a file of the workspace, its path relative to the workspace folder.
type File struct {
	Path  string
	Bytes []byte
}

// ExportPath is the name under which Files writes the export at that position.
func (w Workspace) ExportPath(i int) string {
	return fmt.Sprintf("%02d-%s.csv", i+1, w.Exports[i].Dataset)
}

// Files writes the workspace: cchc.yaml, units.csv, then one CSV per export in
// import order. The caller imports each with its own AsOf and At.
func (w Workspace) Files() []File {
	files := []File{{"cchc.yaml", w.config()}, {"units.csv", w.register()}}
	for i, e := range w.Exports {
		files = append(files, File{w.ExportPath(i), table(append([][]string{e.Header}, e.Rows...))})
	}
	return files
}

func (w Workspace) config() []byte {
	return fmt.Appendf(nil, "organisation: {code: %s, name: %s, place: Bắc Kạn}\ntimezone: Asia/Ho_Chi_Minh\nperiod_rule: %s\ndeadline: %s\n",
		w.Units[0].Code, w.Units[0].Name, w.Rule, w.Deadline)
}

func (w Workspace) register() []byte {
	rows := [][]string{{"code", "name", "tier", "parent", "valid_from", "valid_to"}}
	for _, u := range w.Units {
		rows = append(rows, []string{u.Code, u.Name, u.Tier, u.Parent, dayText(u.ValidFrom), dayText(u.ValidTo)})
	}
	return table(rows)
}

func table(rows [][]string) []byte {
	var b bytes.Buffer
	c := csv.NewWriter(&b)
	_ = c.WriteAll(rows) // a bytes.Buffer does not fail
	return b.Bytes()
}

func dayText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
