package reference

import (
	"slices"
	"strings"
	"time"
)

// catalogue finds procedure rows for a unit in the tree of a period.
type catalogue struct {
	rows []record
	tree tree
}

func validOn(row record, day time.Time) bool {
	to := row.at("valid_to")
	return !row.at("valid_from").After(day) && (to.IsZero() || day.Before(to))
}

// standsFor reports whether a row is one of the unit's: its own, or published
// for its tier at it or above it. Nothing is published for a unit to come.
func (c catalogue) standsFor(row record, unit string) bool {
	if row["applies_to"] == "" {
		return row["unit_code"] == unit
	}
	n := c.tree[unit]
	return row["applies_to"] == n.tier && !n.future && slices.Contains(c.tree.path(unit), row["unit_code"])
}

// inForce is the row in force for a unit and code on a day, or nil: among the
// rows valid that day the unit's own, else the nearest publisher's; of several,
// the one with the latest valid_from.
func (c catalogue) inForce(unit, code string, day time.Time) record {
	latest := func(belongs func(record) bool) (best record) {
		for _, row := range c.rows {
			if row["procedure_code"] == code && validOn(row, day) && c.standsFor(row, unit) && belongs(row) &&
				(best == nil || row.at("valid_from").After(best.at("valid_from"))) {
				best = row
			}
		}
		return best
	}
	if own := latest(func(r record) bool { return r["applies_to"] == "" }); own != nil {
		return own
	}
	for _, publisher := range c.tree.path(unit) {
		if row := latest(func(r record) bool { return r["applies_to"] != "" && r["unit_code"] == publisher }); row != nil {
			return row
		}
	}
	return nil
}

// find is inForce for a dossier's code: a local code such as
// 1.001234.000.00.00.H10 falls back to 1.001234.
func (c catalogue) find(unit, code string, day time.Time) record {
	if row := c.inForce(unit, code, day); row != nil {
		return row
	}
	if parts := strings.Split(code, "."); len(parts) > 2 {
		return c.inForce(unit, parts[0]+"."+parts[1], day)
	}
	return nil
}

// isSame compares two rows of the catalogue by their key.
func isSame(a, b record) bool {
	return a != nil && b != nil && keyOf("procedures", a) == keyOf("procedures", b)
}
