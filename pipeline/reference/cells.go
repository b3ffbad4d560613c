package reference

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// field is one column: its kind says how a cell is read.
type field struct {
	name     string
	kind     string // text, code, period, day, instant, count, number, flag, word, channel, level
	required bool
	future   bool     // may lie after the day of the import
	words    []string // of kind word
}

// schema writes a dataset's fields as "name kind" with "*" for required and "+"
// for may lie in the future; a closed list is "name a|b|c".
var schema = map[string][]field{
	"dossiers": fields(`dossier_code code*, unit_code code*, desk text, procedure_code code, procedure_name text, field text,
		service_level level, channel channel, submitted_at instant, received_at instant, due_at instant+, finished_at instant,
		returned_at instant, status submitted|received|not_accepted|processing|supplement|payment|withdrawn|stopped|refused|resolved|returned,
		return_channel channel, result_attached flag, digitised flag, has_fee flag, paid_online flag, apology flag`),
	"documents": fields(`unit_code code*, direction in|out*, number code*, sender text, registered_on day*, due_on day+, finished_on day,
		electronic flag, processed_online flag, signed_by_organ flag, signed_by_person flag, assigned_on day, work_file text, secret flag`),
	"tasks": fields(`unit_code code*, year count*, task_code code*, content text, area text, due_on day+, started_on day, completed_on day,
		status completed|in_progress|not_started, evidence text`),
	"procedures": fields(`unit_code code*, applies_to province|department|district|commune, procedure_code code*, procedure_name text, field text,
		service_level level, one_stop flag, interlinked flag, postal flag, posted flag, statutory_days number, committed_days number,
		change new|amended, valid_from day*+, valid_to day+, decision text`),
	"checklist": fields(`unit_code code*, checked_on day*, criterion code*, requirement text, result pass|partly|fail|not_applicable*, note text`),
	"figures": fields(`unit_code code*, period period*, code code*, value number, numerator number, denominator number, evidence text,
		entered_by text, entered_on day`),
	"summaries": fields(`unit_code code*, period period*, field text*, c3 count, c4 count, c5 count, c6 count, c7 count, c8 count, c9 count,
		c10 count, c11 count, c12 count, c13 count`),
	"narratives": fields(`unit_code code*, period period*, section code*, text text*`),
}

// keys are the fields that make two rows of a dataset the same thing. Of
// documents only the year of registered_on counts.
var keys = map[string][]string{
	"dossiers":   {"unit_code", "dossier_code"},
	"documents":  {"unit_code", "direction", "registered_on", "number", "sender"},
	"tasks":      {"unit_code", "year", "task_code"},
	"procedures": {"unit_code", "applies_to", "procedure_code", "valid_from"},
	"checklist":  {"unit_code", "criterion", "checked_on"},
	"figures":    {"unit_code", "period", "code"},
	"summaries":  {"unit_code", "period", "field"},
	"narratives": {"unit_code", "period", "section"},
}

func fields(s string) []field {
	var out []field
	for part := range strings.SplitSeq(s, ",") {
		name, kind, _ := strings.Cut(strings.TrimSpace(part), " ")
		f := field{name: name, required: strings.Contains(kind, "*"), future: strings.Contains(kind, "+")}
		f.kind = strings.TrimRight(kind, "*+")
		if strings.Contains(f.kind, "|") {
			f.kind, f.words = "word", strings.Split(f.kind, "|")
		}
		out = append(out, f)
	}
	return out
}

// record is an accepted row: field name → canonical text, "" for empty. Equal
// typed values have equal texts.
type record map[string]string

const instantForm = "2006-01-02T15:04:05"

// canonical reads one non-empty cell; an error means that it is unreadable.
func (f field) canonical(cell string) (string, error) {
	unreadable := fmt.Errorf("%s: %q is not a %s", f.name, cell, f.kind)
	switch f.kind {
	case "text":
		return cell, nil
	case "code":
		return strings.ToUpper(cell), nil
	case "period":
		p, err := parsePeriod(cell, "nd09") // the name is the same under both rules
		return p.name, err
	case "day":
		t, err := time.Parse(time.DateOnly, cell)
		return t.Format(time.DateOnly), err
	case "instant":
		t, err := readInstant(cell)
		return t.Format(instantForm), err
	case "count":
		n, err := strconv.ParseInt(cell, 10, 64)
		return strconv.FormatInt(n, 10), err
	case "number":
		n, err := millionths(cell)
		return strconv.FormatInt(n, 10), err
	case "flag":
		return oneOf(cell, []string{"yes", "no"}, unreadable)
	case "level":
		return oneOf(cell, []string{"1", "2", "3", "4"}, unreadable)
	case "channel": // an unreadable channel is unknown and returns no row
		if c, err := oneOf(cell, []string{"counter", "online", "post"}, unreadable); err == nil {
			return c, nil
		}
		return "", nil
	}
	return oneOf(cell, f.words, unreadable)
}

func oneOf(cell string, words []string, unreadable error) (string, error) {
	for _, w := range words {
		if strings.EqualFold(cell, w) {
			return w, nil
		}
	}
	return "", unreadable
}

// readInstant brings a time with an offset to the wall clock of Asia/Ho_Chi_Minh,
// which is UTC+7 all year; a date alone is its 00:00.
func readInstant(cell string) (time.Time, error) {
	for _, form := range []string{time.DateOnly, instantForm, time.DateTime} {
		if t, err := time.Parse(form, cell); err == nil {
			return t, nil
		}
	}
	t, err := time.Parse(time.RFC3339, cell)
	return t.UTC().Add(7 * time.Hour), err
}

// millionths reads a whole number or one with a decimal comma.
func millionths(cell string) (int64, error) {
	whole, part, _ := strings.Cut(cell, ",")
	if len(part) > 6 {
		return 0, fmt.Errorf("%q has more than 6 decimals", cell)
	}
	return strconv.ParseInt(whole+part+strings.Repeat("0", 6-len(part)), 10, 64)
}

// at reads a day or instant of an accepted row; zero when it is empty.
func (r record) at(name string) time.Time {
	t, err := readInstant(r[name])
	if err != nil {
		return time.Time{}
	}
	return t
}

func (r record) yes(name string) bool { return r[name] == "yes" }

// number reads an accepted number in millionths; ok is false when it is empty.
func (r record) number(name string) (n int64, ok bool) {
	n, err := strconv.ParseInt(r[name], 10, 64)
	return n, err == nil
}

func dateOf(t time.Time) time.Time { return civil(t.Year(), int(t.Month()), t.Day()) }
