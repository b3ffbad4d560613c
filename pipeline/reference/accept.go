package reference

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Counts is the account of one export:
// Rows = Added + Changed + Unchanged + Older + Duplicate + Skipped + Returned.
type Counts struct {
	Rows, Added, Changed, Unchanged, Older, Duplicate, Skipped, Returned int
}

// State is what the workspace holds after its imports.
type State struct {
	w      Workspace
	stored map[string]map[string]stored // dataset → key
}

type stored struct {
	row  record
	asOf time.Time
}

// Import takes the exports one after the other and gives the account of each.
func Import(w Workspace) (State, []Counts) {
	s := State{w: w, stored: map[string]map[string]stored{}}
	var counts []Counts
	for _, e := range w.Exports {
		counts = append(counts, s.take(e))
	}
	return s, counts
}

func (s State) take(e Export) Counts {
	var n Counts
	var good []record
	for _, cells := range e.Rows {
		raw := rawCells(e.Header, cells)
		if isNoRow(e.Dataset, raw) {
			continue
		}
		n.Rows++
		if isDetail(e.Dataset, raw) {
			n.Skipped++
		} else if row, err := s.accept(e, raw); err != nil {
			n.Returned++
		} else {
			good = append(good, row)
		}
	}
	var rowKeys, contents []string
	for _, row := range good {
		rowKeys = append(rowKeys, keyOf(e.Dataset, row))
		contents = append(contents, contentOf(e.Dataset, row))
	}
	for i, row := range good {
		conflict, repeated := false, false
		for j := range good {
			same := rowKeys[i] == rowKeys[j]
			conflict = conflict || same && contents[i] != contents[j]
			repeated = repeated || same && j < i
		}
		if conflict {
			n.Returned++
		} else if repeated {
			n.Duplicate++
		} else {
			s.put(e, row, &n)
		}
	}
	return n
}

// put stores a row unless a newer export has spoken. A row that repeats the
// stored one replaces it too: from then on it is as new as its export.
func (s State) put(e Export, row record, n *Counts) {
	if s.stored[e.Dataset] == nil {
		s.stored[e.Dataset] = map[string]stored{}
	}
	rows, key, asOf := s.stored[e.Dataset], keyOf(e.Dataset, row), e.AsOf
	if asOf.IsZero() {
		asOf = e.At
	}
	old, found := rows[key]
	switch {
	case !found:
		n.Added++
	case asOf.Before(old.asOf):
		n.Older++
		return
	case contentOf(e.Dataset, old.row) == contentOf(e.Dataset, row):
		n.Unchanged++
	default:
		n.Changed++
	}
	rows[key] = stored{row, asOf}
}

func rawCells(header, cells []string) map[string]string {
	raw := map[string]string{}
	for i, name := range header {
		raw[name] = strings.Join(strings.Fields(cells[i]), " ")
	}
	return raw
}

// isNoRow: blank rows and the total row of a summary are not counted at all.
func isNoRow(dataset string, raw map[string]string) bool {
	for _, cell := range raw {
		if cell != "" {
			return dataset == "summaries" && strings.HasPrefix(strings.ToLower(raw["field"]), "tổng cộng")
		}
	}
	return true
}

func isDetail(dataset string, raw map[string]string) bool {
	return dataset == "summaries" && strings.HasPrefix(strings.ToLower(raw["field"]), "trong đó")
}

func keyOf(dataset string, row record) string {
	var parts []string
	for _, name := range keys[dataset] {
		part := row[name]
		if name == "registered_on" {
			part = part[:len("2006")]
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "\x1f")
}

func contentOf(dataset string, row record) string {
	var parts []string
	for _, f := range schema[dataset] {
		parts = append(parts, row[f.name])
	}
	return strings.Join(parts, "\x1f")
}

// accept types a row, or says why it goes back to the sender.
func (s State) accept(e Export, raw map[string]string) (record, error) {
	if raw["unit_code"] == "" {
		raw["unit_code"] = s.codeOfName(raw["unit_name"])
	}
	row := record{}
	for _, f := range schema[e.Dataset] {
		cell := raw[f.name]
		if cell == "" {
			if f.required {
				return nil, fmt.Errorf("%s is missing", f.name)
			}
			continue
		}
		value, err := f.canonical(cell)
		if err != nil {
			return nil, err
		}
		row[f.name] = value
		if (f.kind == "day" || f.kind == "instant") && !f.future && dateOf(row.at(f.name)).After(e.At) {
			return nil, fmt.Errorf("%s lies after the day of the import", f.name)
		}
	}
	if e.Dataset == "dossiers" {
		return row, s.acceptDossier(row, e.At)
	}
	if !s.registered(row["unit_code"], time.Time{}, time.Time{}) {
		return nil, errors.New("the unit is not in the register")
	}
	return row, nil
}

// endOf is when the result was ready, else when it was handed over.
func endOf(row record) time.Time {
	if t := row.at("finished_at"); !t.IsZero() {
		return t
	}
	return row.at("returned_at")
}

func outsideTheCounts(row record) bool {
	return row["status"] == "submitted" || row["status"] == "not_accepted"
}

func (s State) acceptDossier(row record, importDay time.Time) error {
	received, end := row.at("received_at"), endOf(row)
	if received.IsZero() && !outsideTheCounts(row) {
		return errors.New("received_at is missing")
	}
	if !received.IsZero() && !end.IsZero() && dateOf(end).Before(dateOf(received)) {
		return errors.New("the dossier ended before it was received")
	}
	switch row["status"] {
	case "withdrawn", "stopped", "refused", "resolved", "returned":
		if end.IsZero() {
			return errors.New("the status is an end, but there is no date of it")
		}
	}
	first, last := importDay, importDay
	if submitted := row.at("submitted_at"); !received.IsZero() {
		first = dateOf(received)
	} else if !submitted.IsZero() {
		first = dateOf(submitted)
	}
	if !end.IsZero() {
		last = dateOf(end)
	}
	if !s.registered(row["unit_code"], first, last) {
		return errors.New("the unit was not in the register from reception to end")
	}
	return nil
}

// registered reports whether the unit has a register row valid on some day from
// first to last; zero days ask for any day.
func (s State) registered(code string, first, last time.Time) bool {
	return slices.ContainsFunc(s.w.Units, func(u Unit) bool {
		if !strings.EqualFold(u.Code, code) {
			return false
		}
		if first.IsZero() {
			return true
		}
		for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
			if u.validOn(day) {
				return true
			}
		}
		return false
	})
}

func (u Unit) validOn(day time.Time) bool {
	return !day.Before(u.ValidFrom) && (u.ValidTo.IsZero() || day.Before(u.ValidTo))
}

func (s State) codeOfName(name string) string {
	for _, u := range s.w.Units {
		if name != "" && strings.EqualFold(u.Name, name) {
			return u.Code
		}
	}
	return ""
}
