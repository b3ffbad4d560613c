package workbook

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Continued marks the rest of a text that Split had to cut.
const Continued = "(tiếp) "

// Clean makes a text fit for XML: a character that XML forbids becomes □, every
// kind of line end a newline.
func Clean(s string) string {
	ok := utf8.ValidString(s)
	if ok && strings.IndexFunc(s, unprintable) < 0 {
		return s
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	var out strings.Builder
	for i, r := range s {
		if forbidden(r) || r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			r = '□'
		}
		out.WriteRune(r)
	}
	return out.String()
}

func unprintable(r rune) bool { return r == '\r' || forbidden(r) }

func forbidden(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

// Split cuts a text into pieces that a cell can hold, at a blank where there is
// one near the end. Every piece but the first starts with Continued.
func Split(s string) []string {
	if len(s) <= MaxChars {
		return []string{s}
	}
	var out []string
	for room := MaxChars; units(s) > room; room = MaxChars - units(Continued) {
		cut := prefix(s, room)
		if i := strings.LastIndexByte(s[:cut], ' '); i > cut-200 && i > 0 {
			cut = i + 1 // the blank stays: the pieces joined are the text
		}
		out, s = append(out, s[:cut]), s[cut:]
	}
	out = append(out, s)
	for i := 1; i < len(out); i++ {
		out[i] = Continued + out[i]
	}
	return out
}

// Overflow cuts the texts of a row that are longer than a cell can hold: the rest
// stands in the rows that follow, in the same column and with Continued in front.
func Overflow(cells []Cell) [][]Cell {
	out := [][]Cell{cells}
	for c := range cells {
		s, ok := cells[c].Value.(string)
		if !ok || len(s) <= MaxChars {
			continue
		}
		for i, piece := range Split(Clean(s)) {
			if i == len(out) {
				blank := make([]Cell, len(cells))
				for k := range blank {
					blank[k].Style = cells[k].Style
				}
				out = append(out, blank)
			}
			out[i][c].Value = piece
		}
	}
	return out
}

// prefix returns the length in bytes of the longest start of s of at most n
// UTF-16 units.
func prefix(s string, n int) int {
	for i, r := range s {
		if n--; r > 0xFFFF {
			n--
		}
		if n < 0 {
			return i
		}
	}
	return len(s)
}

func units(s string) int {
	n := 0
	for _, r := range s {
		if n++; r > 0xFFFF {
			n++
		}
	}
	return n
}

// risky reports whether a spreadsheet program could take the text for a formula
// when the cell is edited or the sheet is saved as CSV.
func risky(s string) bool {
	return s != "" && strings.IndexByte("=+-@\t\n", s[0]) >= 0
}

// Width is the width of a text's longest line, in digits of the default font.
func Width(s string) float64 {
	var w, most float64
	for _, r := range s {
		switch {
		case r == '\n':
			w = 0
		case unicode.Is(unicode.Mn, r):
		case strings.ContainsRune("iíìỉĩịjlftr.,:;!'|()[]I ", r):
			w += 0.62
		case strings.ContainsRune("mwMW%—ƠƯ", r):
			w += 1.6
		case unicode.IsUpper(r):
			w += 1.36
		default:
			w++
		}
		most = math.Max(most, w)
	}
	return most
}

// Lines is how many lines a text takes in a cell of the given width, both in
// digits of the default font; the text breaks at blanks.
func Lines(s string, width float64) int {
	n := 0
	for _, para := range strings.Split(s, "\n") {
		line := 0.0
		n++
		for _, word := range strings.Fields(para) {
			w := Width(word)
			if line > 0 && line+0.5+w > width {
				n++
				line = 0
			}
			for ; w > width; w -= width {
				n++
			}
			line += w + 0.5
		}
	}
	return n
}

// Serial is Excel's number for the wall clock of t, in days; ok is false before
// March 1900 (Excel counts a 29/02/1900 that never was) and after 9999.
func Serial(t time.Time) (days float64, ok bool) {
	y, m, d := t.Date()
	if y > 9999 || y < 1900 || y == 1900 && m < time.March {
		return 0, false
	}
	day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/86400 + 25569
	sec := t.Hour()*3600 + t.Minute()*60 + t.Second()
	return float64(day) + float64(sec)/86400, true
}

// SheetName makes a legal sheet name: at most 31 UTF-16 units, none of
// \ / ? * [ ] : ' and no control character; "Trang" when nothing is left.
func SheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/?*[]:'`, r) || r < 0x20 {
			return ' '
		}
		return r
	}, Clean(s))
	s = strings.Join(strings.Fields(s), " ")
	s = strings.TrimSpace(s[:prefix(s, 31)])
	if s == "" || strings.EqualFold(s, "history") { // a name Excel keeps for itself
		return strings.TrimSpace("Trang " + s)
	}
	return s
}

func (b *Book) free(title string) string { return unique(SheetName(title), b.taken, 31, " (%d)") }

// unique returns the name, numbered by the pattern when it is taken whatever its
// case, and marks it taken.
func unique(name string, taken map[string]bool, max int, pattern string) string {
	n := name
	for i := 2; taken[strings.ToLower(n)]; i++ {
		tail := fmt.Sprintf(pattern, i)
		n = strings.TrimSpace(name[:prefix(name, max-units(tail))]) + tail
	}
	taken[strings.ToLower(n)] = true
	return n
}

// DefinedName makes a legal defined name: every character but letters and digits
// of ASCII becomes "_" ("dossiers.received" is dossiers_received), and "_" comes
// first where the result would start with a digit or read as a cell ("c3", "R1C1").
func DefinedName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '_'
	}, s)
	if s == "" || s[0] >= '0' && s[0] <= '9' || likeCell(s) {
		s = "_" + s
	}
	return s[:prefix(s, 255)]
}

func likeCell(s string) bool {
	if _, _, err := excelize.CellNameToCoordinates(s); err == nil {
		return true
	}
	u := strings.ToUpper(s)
	if u[0] != 'R' && u[0] != 'C' {
		return false
	}
	return strings.Trim(u, "RC0123456789") == ""
}

func ref(row, col int) string {
	n, err := excelize.ColumnNumberToName(col)
	if err != nil {
		return ""
	}
	return n + strconv.Itoa(row)
}

func absolute(row, col int) string {
	n, err := excelize.ColumnNumberToName(col)
	if err != nil {
		return ""
	}
	return "$" + n + "$" + strconv.Itoa(row)
}
