package reference

import (
	"strings"
	"time"
)

// dossier is a dossier with what its predicates ask for in one period.
type dossier struct {
	record
	received, due, end time.Time
	inPeriod           bool // received in the period
	counted            bool // received in it or carried over into it
	resolved, pending  bool
}

func readDossier(r record, p span) dossier {
	d := dossier{record: r, received: r.at("received_at"), due: r.at("due_at"), end: endOf(r)}
	if d.received.IsZero() || outsideTheCounts(r) {
		return d
	}
	d.inPeriod = p.holds(d.received)
	d.counted = d.inPeriod || d.carriedOver(p)
	d.resolved = d.counted && !d.end.IsZero() && p.holds(d.end)
	d.pending = d.counted && (d.end.IsZero() || !d.end.Before(p.stop()))
	return d
}

func (d dossier) carriedOver(p span) bool {
	return !d.received.IsZero() && !outsideTheCounts(d.record) &&
		d.received.Before(p.from) && (d.end.IsZero() || !d.end.Before(p.from))
}

// online: received in the period through the online channel.
func (d dossier) online() bool { return d.inPeriod && d.record["channel"] == "online" }

// againstDue is -1, 0 or 1: the end is before, at or after the due date, by date
// or by instant. Only for a dossier that has both.
func (s State) againstDue(d dossier) int {
	if s.w.Deadline == "instant" {
		return d.end.Compare(d.due)
	}
	return dateOf(d.end).Compare(dateOf(d.due))
}

// levelOf is the level on the dossier, else that of the catalogue's row in force
// on the day of reception; "" when neither says one.
func levelOf(d dossier, c catalogue) string {
	if level := d.record["service_level"]; level != "" {
		return level
	}
	if row := c.find(d.record["unit_code"], d.record["procedure_code"], dateOf(d.received)); row != nil {
		return row["service_level"]
	}
	return ""
}

func (s State) dossierFacts(p span, t tree) []fact {
	c := catalogue{s.rows("procedures"), t}
	var out []fact
	for _, r := range s.rows("dossiers") {
		d := readDossier(r, p)
		date := d.received
		if date.IsZero() {
			date = r.at("submitted_at")
		}
		out = append(out, fact{
			unit: r["unit_code"], counted: keyOf("dossiers", r),
			known: !date.IsZero() && date.Before(p.stop()),
			flags: s.dossierFlags(d, p, c),
			keys: map[string]string{"field": r["field"], "desk": r["desk"],
				"procedure": strings.ToUpper(r["procedure_code"]), "month": monthName(date, s.w.Rule)},
		})
	}
	return out
}

func (s State) dossierFlags(d dossier, p span, c catalogue) map[string]bool {
	r, submitted := d.record, d.record.at("submitted_at")
	hasDue := !d.due.IsZero()
	compared := 0
	if hasDue && !d.end.IsZero() {
		compared = s.againstDue(d)
	}
	late := d.resolved && hasDue && compared > 0
	overdue := d.pending && hasDue && dateOf(d.due).Before(p.to)
	level := ""
	if d.inPeriod {
		level = levelOf(d, c)
	}
	submittedIn := !submitted.IsZero() && p.holds(submitted)
	return map[string]bool{
		"carried_over":             d.carriedOver(p),
		"received_in_period":       d.inPeriod,
		"received":                 d.counted,
		"received_online":          d.online(),
		"received_counter":         d.inPeriod && r["channel"] == "counter",
		"received_post":            d.inPeriod && r["channel"] == "post",
		"received_channel_unknown": d.inPeriod && r["channel"] == "",
		"resolved":                 d.resolved,
		"resolved_early":           d.resolved && hasDue && compared < 0,
		"resolved_on_time":         d.resolved && hasDue && compared == 0,
		"resolved_late":            late,
		"resolved_no_deadline":     d.resolved && !hasDue,
		"resolved_same_day":        d.resolved && dateOf(d.end).Equal(dateOf(d.received)),
		"resolved_withdrawn":       d.resolved && r["status"] == "withdrawn",
		"resolved_refused":         d.resolved && r["status"] == "refused",
		"resolved_stopped":         d.resolved && r["status"] == "stopped",
		"pending":                  d.pending,
		"pending_within_due":       d.pending && hasDue && !dateOf(d.due).Before(p.to),
		"pending_overdue":          overdue,
		"pending_no_deadline":      d.pending && !hasDue,
		"offered_online":           d.inPeriod && (level == "3" || level == "4"),
		"online_level_3":           d.online() && level == "3",
		"online_level_4":           d.online() && level == "4",
		"online_level_3_4":         d.online() && (level == "3" || level == "4"),
		"by_post":                  d.inPeriod && (r["channel"] == "post" || r["return_channel"] == "post"),
		"returned_by_post":         d.resolved && r["return_channel"] == "post",
		"result_attached":          d.resolved && r.yes("result_attached"),
		"digitised":                d.inPeriod && r.yes("digitised"),
		"with_fee":                 d.inPeriod && r.yes("has_fee"),
		"paid_online":              d.inPeriod && r.yes("has_fee") && r.yes("paid_online"),
		"late_with_apology":        (late || overdue) && r.yes("apology"),
		"awaiting_reception":       r["status"] == "submitted" && submittedIn,
		"not_accepted":             r["status"] == "not_accepted" && submittedIn,
	}
}
