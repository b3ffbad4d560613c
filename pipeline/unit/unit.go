// Package unit is the register of units: which exist when, under which parent,
// and what the tree looks like on a given day.
package unit

import (
	"fmt"
	"sort"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Tiers from top to bottom, with their Vietnamese names.
var (
	Tiers      = []string{"province", "department", "district", "commune"}
	TierLabels = map[string]string{"province": "tỉnh", "department": "sở", "district": "huyện", "commune": "xã"}
)

// Unit is one row of the register. A code may have several rows, each for
// another span of time. Zero dates are open ends; ValidTo is the first day no
// longer valid.
type Unit struct {
	Code, Name, Tier, Parent string
	ValidFrom, ValidTo       time.Time
	Line                     int // in units.csv
}

func (u Unit) validOn(day time.Time) bool {
	return !u.ValidFrom.After(day) && (u.ValidTo.IsZero() || u.ValidTo.After(day))
}

// Register is the whole register, in file order.
type Register struct {
	rows   []Unit
	byCode map[string][]int // fold(code) → rows, by ValidFrom
	byName map[string][]int // foldName(name) → rows
	order  []string         // canonical codes in file order
}

// New builds a register and returns every problem of it.
func New(rows []Unit) (*Register, []string) {
	r := &Register{rows: rows, byCode: map[string][]int{}, byName: map[string][]int{}}
	for i, u := range rows {
		k := fold(u.Code)
		if len(r.byCode[k]) == 0 {
			r.order = append(r.order, u.Code)
		}
		r.byCode[k] = append(r.byCode[k], i)
		n := FoldName(u.Name)
		r.byName[n] = append(r.byName[n], i)
	}
	for _, list := range r.byCode {
		sort.SliceStable(list, func(a, b int) bool { return rows[list[a]].ValidFrom.Before(rows[list[b]].ValidFrom) })
	}
	return r, r.problems()
}

func (r *Register) problems() []string {
	var out []string
	for i, u := range r.rows {
		if u.Parent != "" && len(r.byCode[fold(u.Parent)]) == 0 {
			out = append(out, fmt.Sprintf("line %d: parent %q of %s is not in the register", u.Line, u.Parent, u.Code))
		}
		if !u.ValidTo.IsZero() && !u.ValidTo.After(u.ValidFrom) {
			out = append(out, fmt.Sprintf("line %d: %s: valid_to must be after valid_from", u.Line, u.Code))
		}
		for _, j := range r.byCode[fold(u.Code)] {
			if j < i && overlap(u, r.rows[j]) {
				out = append(out, fmt.Sprintf("line %d: %s is already registered on line %d for the same days", u.Line, u.Code, r.rows[j].Line))
			}
		}
	}
	return append(out, r.cycles()...)
}

func overlap(a, b Unit) bool {
	return (a.ValidTo.IsZero() || a.ValidTo.After(b.ValidFrom)) && (b.ValidTo.IsZero() || b.ValidTo.After(a.ValidFrom))
}

// cycles looks at the tree on every day on which it changes.
func (r *Register) cycles() []string {
	seen := map[string]bool{}
	var out []string
	days := map[time.Time]bool{}
	for _, u := range r.rows {
		days[u.ValidFrom], days[u.ValidTo] = true, true
	}
	for day := range days {
		tree := r.At(day)
		for _, u := range tree.Units {
			at, steps := u.Code, 0
			for at != "" && steps <= len(tree.Units) {
				at, steps = tree.parent(at), steps+1
			}
			if at != "" && !seen[u.Code] {
				seen[u.Code] = true
				out = append(out, fmt.Sprintf("line %d: %s stands above itself through its parents", u.Line, u.Code))
			}
		}
	}
	sort.Strings(out)
	return out
}

// Codes lists every code once, in file order.
func (r *Register) Codes() []string { return r.order }

// Canonical returns a code as the register spells it.
func (r *Register) Canonical(code string) (string, bool) {
	list := r.byCode[fold(code)]
	if len(list) == 0 {
		return "", false
	}
	return r.rows[list[0]].Code, true
}

// ByCode finds a unit that was in the register on some day from..to, both
// inside; two zero days mean any day.
func (r *Register) ByCode(code string, from, to time.Time) (string, bool) {
	for _, i := range r.byCode[fold(code)] {
		if r.rows[i].touches(from, to) {
			return r.Canonical(code)
		}
	}
	return "", false
}

// ByName finds the unit of that name on some day from..to. matches is 0 for
// none, 1 for exactly one, more when the name is ambiguous.
func (r *Register) ByName(name string, from, to time.Time) (code string, matches int) {
	found := map[string]bool{}
	for _, i := range r.byName[FoldName(name)] {
		if r.rows[i].touches(from, to) && !found[fold(r.rows[i].Code)] {
			found[fold(r.rows[i].Code)] = true
			code, _ = r.Canonical(r.rows[i].Code)
		}
	}
	return code, len(found)
}

func (u Unit) touches(from, to time.Time) bool {
	if from.IsZero() && to.IsZero() {
		return true
	}
	if to.Before(from) {
		to = from
	}
	return !u.ValidFrom.After(to) && (u.ValidTo.IsZero() || u.ValidTo.After(from))
}

// Tree is the register as on one day.
type Tree struct {
	Units []Unit // one per code, in register order
	index map[string]int
	Born  map[string]bool // false for a unit that only begins after the day
	// Standing is true for a unit that exists on the day itself.
	Standing map[string]bool
}

// At is the tree on a day. A unit gone by then keeps its last parent; a unit
// that begins later stands with its first row, so that none of its rows is lost,
// and is marked as not born.
func (r *Register) At(day time.Time) *Tree {
	t := &Tree{index: map[string]int{}, Born: map[string]bool{}, Standing: map[string]bool{}}
	for _, code := range r.order {
		list := r.byCode[fold(code)]
		pick, born := list[0], false
		for _, i := range list {
			if !r.rows[i].ValidFrom.After(day) {
				pick, born = i, true // by ValidFrom: the last one wins, also when gone
			}
			if r.rows[i].validOn(day) {
				break
			}
		}
		u := r.rows[pick]
		u.Code = code
		if p, ok := r.Canonical(u.Parent); ok {
			u.Parent = p
		}
		t.index[code] = len(t.Units)
		t.Units = append(t.Units, u)
		t.Born[code], t.Standing[code] = born, r.rows[pick].validOn(day)
	}
	return t
}

func (t *Tree) parent(code string) string {
	i, ok := t.index[code]
	if !ok {
		return ""
	}
	return t.Units[i].Parent
}

// Get returns the unit of that canonical code.
func (t *Tree) Get(code string) (Unit, bool) {
	i, ok := t.index[code]
	if !ok {
		return Unit{}, false
	}
	return t.Units[i], true
}

// Up lists the code itself and every unit above it, nearest first.
func (t *Tree) Up(code string) []string {
	var out []string
	for at := code; at != "" && len(out) <= len(t.Units); at = t.parent(at) {
		out = append(out, at)
	}
	return out
}

// Under lists the units at or below a code, in register order.
func (t *Tree) Under(code string) []Unit {
	var out []Unit
	for _, u := range t.Units {
		for _, a := range t.Up(u.Code) {
			if a == code {
				out = append(out, u)
				break
			}
		}
	}
	return out
}

func fold(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

// FoldName brings a unit's name to the form in which names are compared: NFC,
// lower case, single spaces, no invisible characters, old tone placement as new,
// one kind of hyphen and none around it, and words for the abbreviations of an
// address: "UBND P. 01, TP.Cao Bằng" is "ubnd phường 1 thành phố cao bằng".
func FoldName(name string) string {
	s := strings.ToLower(norm.NFC.String(name))
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Cf, r):
		case r == '.' || r == '/':
			b.WriteRune(r)
			b.WriteByte(' ')
		case r == ',' || r == ';' || r == '"' || r == '(' || r == ')':
			b.WriteByte(' ')
		case unicode.Is(unicode.Pd, r):
			b.WriteString(" - ")
		default:
			b.WriteRune(r)
		}
	}
	s = strings.Join(strings.Fields(tones.Replace(b.String())), " ")
	words := strings.Fields(strings.ReplaceAll(s, "ủy ban nhân dân", ubnd))
	out := words[:0:0]
	for i, w := range words {
		if w == "-" {
			continue
		}
		head := len(out) == 0 || out[len(out)-1] == ubnd
		dotted := strings.HasSuffix(w, ".")
		w = strings.TrimSuffix(w, ".")
		full, short := abbreviations[w]
		switch {
		case w == "":
			continue
		case short && (dotted || len(w) > 1 || head && i+1 < len(words)):
			w = full
		case onlyDigits(w) && len(w) > 1:
			w = strings.TrimLeft(w[:len(w)-1], "0") + w[len(w)-1:]
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

const ubnd = "ubnd"

var (
	tones = strings.NewReplacer(
		"oà", "òa", "oá", "óa", "oả", "ỏa", "oã", "õa", "oạ", "ọa",
		"oè", "òe", "oé", "óe", "oẻ", "ỏe", "oẽ", "õe", "oẹ", "ọe",
		"uỳ", "ùy", "uý", "úy", "uỷ", "ủy", "uỹ", "ũy", "uỵ", "ụy")
	// A single letter stands for its word before a dot, or where the kind of unit
	// stands in a name.
	abbreviations = map[string]string{"p": "phường", "x": "xã", "h": "huyện", "q": "quận", "t": "tỉnh",
		"tt": "thị trấn", "tx": "thị xã", "tp": "thành phố"}
)

func onlyDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// Nearest suggests up to n units whose names are most like the given one, each
// as "CODE – name".
func (r *Register) Nearest(name string, n int) []string {
	type near struct {
		text string
		d    int
	}
	want := []rune(FoldName(name))
	var all []near
	seen := map[string]bool{}
	for _, u := range r.rows {
		text := u.Code + " – " + u.Name
		if seen[text] {
			continue
		}
		seen[text] = true
		all = append(all, near{text, Distance(want, []rune(FoldName(u.Name)))})
	}
	sort.SliceStable(all, func(a, b int) bool { return all[a].d < all[b].d })
	var out []string
	for i := 0; i < len(all) && i < n; i++ {
		out = append(out, all[i].text)
	}
	return out
}

// Distance is the number of single-letter edits between two texts.
func Distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		last := row[0]
		row[0] = i + 1
		for j := range b {
			cost := last
			if a[i] != b[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
