// Package dataset says what the pipeline reads: the eight datasets, their
// fields, the type of each field and what makes two rows the same thing.
//
// It holds no reading and no storing. The reader side (layout) produces Rows of
// these shapes, the storing side (warehouse) turns them into typed columns.
package dataset

import (
	"fmt"
	"strings"
	"time"
)

// Type is how the value of a field is typed once accepted.
type Type int

// The types of a field and the Go value a Row carries for each; nil is "empty".
const (
	Text   Type = iota // string, NFC, trimmed, inner spaces collapsed
	Code               // string as Text; compared without case
	Period             // string, canonical period name (period.Period.Name)
	Date               // time.Time at 00:00 UTC standing for a civil date
	Time               // time.Time in UTC standing for the workspace's wall clock
	Int                // int64
	Number             // Decimal
	Flag               // bool
	Enum               // string, one of Field.Values
	Level              // int64, 1 to 4
)

// Decimal is an exact number in millionths: 0,5 is 500000.
type Decimal int64

// DecimalScale is the number of decimals a Decimal keeps.
const DecimalScale = 6

// Field is one column of a dataset.
type Field struct {
	Name     string   // field name, also the column name in the store
	Label    string   // Vietnamese header
	Type     Type     // how a cell is typed
	Required bool     // a row without it goes back to the sender
	Key      bool     // part of what makes two rows the same thing
	Future   bool     // may lie after the day of the import
	Lenient  bool     // an unreadable value becomes Unknown instead of returning the row
	Values   []string // closed list, for Enum
	Labels   []string // Vietnamese word of each value, same order
}

// Dataset is one kind of export.
type Dataset struct {
	Name   string // file and table name
	Label  string // Vietnamese name
	Fields []Field
}

// Unknown is the value of a lenient Enum whose cell was empty or not understood.
const Unknown = "unknown"

// KeySeparator ends every part of a key: a character that no cell can hold.
const KeySeparator = "\x1f"

// Row is one accepted row: a value per field of its dataset, in field order.
// Who types rows fills in Key and Digest; they are what Dataset.Key and
// Dataset.Content tell, the content as a 64-bit hash.
type Row struct {
	Values []any
	Key    string
	Digest uint64
	Sheet  string // sheet of the file; empty for a format without sheets
	Line   int    // row number in the sheet or file, from 1
}

// Index returns the position of the named field, or -1.
func (d *Dataset) Index(name string) int {
	for i := range d.Fields {
		if d.Fields[i].Name == name {
			return i
		}
	}
	return -1
}

// Field returns the named field; ok is false when the dataset has none.
func (d *Dataset) Field(name string) (Field, bool) {
	if i := d.Index(name); i >= 0 {
		return d.Fields[i], true
	}
	return Field{}, false
}

// Key returns the text that two rows share exactly when they are the same
// thing. Codes are compared without case; of documents, the year of
// registered_on stands for its date.
func (d *Dataset) Key(r Row) string {
	var b strings.Builder
	for i := range d.Fields {
		f := &d.Fields[i]
		if !f.Key {
			continue
		}
		v := r.Values[i]
		if d.Name == "documents" && f.Name == "registered_on" {
			if t, ok := v.(time.Time); ok {
				v = int64(t.Year())
			}
		}
		writeValue(&b, f, v)
	}
	return b.String()
}

// Content returns a text that two rows share exactly when all their typed
// values are equal.
func (d *Dataset) Content(r Row) string {
	var b strings.Builder
	for i := range d.Fields {
		writeValue(&b, &d.Fields[i], r.Values[i])
	}
	return b.String()
}

// writeValue writes a value so that equal texts mean equal content. An empty flag
// says no, and an empty channel is an unknown one.
func writeValue(b *strings.Builder, f *Field, v any) {
	switch v := v.(type) {
	case nil:
		if f.Type == Flag {
			b.WriteString("false")
		}
		if f.Lenient {
			b.WriteString(Unknown)
		}
	case string:
		if f.Type == Code {
			v = strings.ToUpper(v)
		}
		b.WriteString(v)
	case time.Time:
		b.WriteString(v.Format("20060102150405"))
	default:
		fmt.Fprint(b, v)
	}
	b.WriteString(KeySeparator)
}

// ByName returns the dataset of that name, or nil.
func ByName(name string) *Dataset {
	for _, d := range All {
		if d.Name == name {
			return d
		}
	}
	return nil
}
