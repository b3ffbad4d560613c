package sample

import "sort"

// The measures of each dataset; a unit with data has a line for every one.
var measures = map[string][]string{
	"dossiers": {"carried_over", "received_in_period", "received", "received_online", "received_counter", "received_post",
		"received_channel_unknown", "resolved", "resolved_early", "resolved_on_time", "resolved_late", "resolved_no_deadline",
		"resolved_same_day", "resolved_withdrawn", "resolved_refused", "resolved_stopped", "pending", "pending_within_due",
		"pending_overdue", "pending_no_deadline", "offered_online", "online_level_3", "online_level_4", "online_level_3_4",
		"by_post", "returned_by_post", "result_attached", "digitised", "with_fee", "paid_online", "late_with_apology",
		"awaiting_reception", "not_accepted"},
	"documents": {"total", "secret", "incoming", "outgoing", "electronic", "processed_online", "processed_online_signed",
		"signed", "signed_by_organ", "signed_by_person", "outgoing_electronic", "outgoing_signed", "outgoing_signed_by_person",
		"incoming_assigned", "filed", "with_due", "finished_on_time", "overdue"},
	"tasks": {"total", "completed", "completed_late", "in_progress", "not_started", "done_or_ongoing", "overdue"},
	"procedures": {"total", "one_stop", "interlinked", "postal", "posted", "level_2", "level_3", "level_4", "level_3_4",
		"level_3_4_used", "level_4_used", "time_cut_20", "issued", "amended", "abolished", "posted_though_abolished"},
	"checklist": {"checked", "passed", "partly", "failed"},
}

// datasetOrder is the order of expectations.
var datasetOrder = []string{"dossiers", "documents", "tasks", "procedures", "checklist"}

type line struct{ unit, measure, by, key string }

// tally adds up what is generated for the period, per unit. Procedures are
// counted once per code over units, so their codes are kept.
type tally struct {
	sums  map[line]int64
	codes map[line]map[string]bool
}

func newTally() tally {
	return tally{sums: map[line]int64{}, codes: map[line]map[string]bool{}}
}

func (t *tally) add(unit, measure string, when bool) {
	if when {
		t.sums[line{unit: unit, measure: measure}]++
	}
}

func (t *tally) by(unit, measure, by, key string) { t.sums[line{unit, measure, by, key}]++ }

func (t *tally) code(unit, measure, code string, when bool) {
	if !when {
		return
	}
	l := line{unit: unit, measure: measure}
	if t.codes[l] == nil {
		t.codes[l] = map[string]bool{}
	}
	t.codes[l][code] = true
}

// expectations rolls the units up: a unit's own tier, each tier below it, all.
func (t *tally) expectations(b *builder) []Expectation {
	has := map[[2]string]bool{} // unit, dataset
	for l := range t.sums {
		has[[2]string{l.unit, datasetOf(l.measure)}] = true
	}
	for l := range t.codes {
		has[[2]string{l.unit, datasetOf(l.measure)}] = true
	}
	totals := map[Expectation]int64{}
	codes := map[Expectation]map[string]bool{}
	each := func(u unit, f func(Expectation)) {
		for a := u; a.Code != ""; a = b.parent(a) {
			f(Expectation{Unit: a.Code, Tier: u.Tier})
			f(Expectation{Unit: a.Code, Tier: "all"})
		}
	}
	for _, u := range b.units {
		for _, d := range datasetOrder {
			if !has[[2]string{u.Code, d}] {
				continue
			}
			for _, m := range measures[d] {
				l := line{unit: u.Code, measure: d + "." + m}
				each(u, func(e Expectation) {
					e.Measure = l.measure
					totals[e] += t.sums[l]
					if d != "procedures" {
						return
					}
					if codes[e] == nil {
						codes[e] = map[string]bool{}
					}
					for c := range t.codes[l] {
						codes[e][c] = true
					}
				})
			}
		}
	}
	for e, set := range codes {
		totals[e] = int64(len(set))
	}
	for l, n := range t.sums {
		if l.by != "" {
			each(b.unit(l.unit), func(e Expectation) {
				e.Measure, e.By, e.Key = l.measure, l.by, l.key
				totals[e] += n
			})
		}
	}
	return ordered(b, totals)
}

func datasetOf(measure string) string {
	for i := range measure {
		if measure[i] == '.' {
			return measure[:i]
		}
	}
	return measure
}

// ordered lists the totals: register order, then tier, measure and breakdown.
func ordered(b *builder, totals map[Expectation]int64) []Expectation {
	place := map[string]int{}
	for i, u := range b.units {
		place[u.Code] = i
	}
	out := make([]Expectation, 0, len(totals))
	for e, n := range totals {
		e.Period, e.Value = b.perName, n
		out = append(out, e)
	}
	sort.Slice(out, func(i, j int) bool {
		x, y := out[i], out[j]
		switch {
		case x.Unit != y.Unit:
			return place[x.Unit] < place[y.Unit]
		case x.Tier != y.Tier:
			return x.Tier < y.Tier
		case x.Measure != y.Measure:
			return x.Measure < y.Measure
		case x.By != y.By:
			return x.By < y.By
		}
		return x.Key < y.Key
	})
	return out
}
