package reference

import (
	"slices"
	"strings"
	"time"
)

// node is a unit as it stands in the tree of a period.
type node struct {
	code, tier, parent string // codes in upper case; parent "" at the top
	future             bool   // every register row starts after the cut-off day
}

// tree maps a unit's code in upper case to its place on the cut-off day.
type tree map[string]node

func (s State) treeOn(day time.Time) tree {
	t := tree{}
	for _, code := range s.codes() {
		u := s.rowOn(code, day)
		t[code] = node{code, u.Tier, strings.ToUpper(u.Parent), u.ValidFrom.After(day)}
	}
	return t
}

// codes lists the units of the register, each once, in upper case and sorted.
func (s State) codes() []string {
	var out []string
	for _, u := range s.w.Units {
		out = append(out, strings.ToUpper(u.Code))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// spelling is a unit's code as its first register row writes it.
func (s State) spelling(code string) string {
	i := slices.IndexFunc(s.w.Units, func(u Unit) bool { return strings.EqualFold(u.Code, code) })
	return s.w.Units[i].Code
}

// rowOn picks the register row that places a unit: the one valid on the day,
// else the latest that ended before, else the earliest of those to come.
func (s State) rowOn(code string, day time.Time) Unit {
	var valid, ended, coming *Unit
	for i := range s.w.Units {
		u := &s.w.Units[i]
		switch {
		case !strings.EqualFold(u.Code, code):
		case u.validOn(day):
			valid = u
		case u.ValidFrom.After(day):
			if coming == nil || u.ValidFrom.Before(coming.ValidFrom) {
				coming = u
			}
		case ended == nil || u.ValidTo.After(ended.ValidTo):
			ended = u
		}
	}
	if valid != nil {
		return *valid
	}
	if ended != nil {
		return *ended
	}
	return *coming
}

// path lists the unit and the units above it, nearest first.
func (t tree) path(code string) []string {
	var out []string
	for {
		n, ok := t[code]
		if !ok || slices.Contains(out, code) {
			return out
		}
		out = append(out, code)
		code = n.parent
	}
}
