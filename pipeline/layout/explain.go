package layout

// Why says why a column is read or not.
type Why string

// The reasons.
const (
	ColumnRead    Why = "read"
	ColumnIgnored Why = "ignored"        // known to the layout, not read
	ColumnUnknown Why = "unknown"        // no layout knows it
	ColumnTwice   Why = "twice"          // another column says the same
	PersonalName  Why = "personal name"  // its header names personal data
	PersonalShape Why = "personal shape" // its cells are phone numbers, e-mail addresses or identity numbers
)

// ColumnNote says what became of a column.
type ColumnNote struct {
	At     int    // column of the file, from 0
	Header string // its texts from top to bottom, joined by " > "
	Field  string // field it is read as; empty when it is not read
	Why    Why
}
