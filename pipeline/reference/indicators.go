package reference

import (
	"cmp"
	"slices"
	"strings"
)

// ratios lists the indicators: name, then the sums of measures that make its
// numerator and denominator. Names are of one dataset, so its prefix is left out.
var ratios = map[string][][3]string{
	"tasks": {
		{"completion", "completed", "total"},
		{"under_way", "done_or_ongoing", "total"},
	},
	"dossiers": {
		{"on_time_of_resolved", "resolved_early resolved_on_time", "resolved_early resolved_on_time resolved_late"},
		{"on_time_overall", "resolved_early resolved_on_time pending_within_due", "received"},
		{"overdue_overall", "resolved_late pending_overdue", "received"},
		{"late_of_resolved", "resolved_late", "resolved_early resolved_on_time resolved_late"},
		{"within_due_of_pending", "pending_within_due", "pending_within_due pending_overdue"},
		{"resolution", "resolved", "received"},
		{"online", "received_online", "received_in_period"},
		{"online_level_3_4", "online_level_3_4", "received_in_period"},
		{"online_of_offered", "online_level_3_4", "offered_online"},
		{"by_post", "by_post", "received_in_period"},
		{"returned_by_post", "returned_by_post", "resolved"},
		{"result_attached", "result_attached", "resolved"},
		{"digitised", "digitised", "received_in_period"},
		{"paid_online", "paid_online", "with_fee"},
	},
	"documents": {
		{"processed_online", "processed_online", "total"},
		{"signed", "signed", "total"},
		{"signed_of_processed", "processed_online_signed", "processed_online"},
		{"outgoing_signed_by_person", "outgoing_signed_by_person", "outgoing_electronic"},
		{"incoming_assigned", "incoming_assigned", "incoming"},
		{"filed", "filed", "total"},
	},
	"procedures": {
		{"one_stop", "one_stop", "total"},
		{"postal", "postal", "total"},
		{"level_3_4", "level_3_4", "total"},
		{"time_cut_20", "time_cut_20", "total"},
		{"level_3_4_used", "level_3_4_used", "level_3_4"},
		{"level_4_used", "level_4_used", "level_4"},
	},
	"checklist": {
		{"passed", "passed", "checked"},
	},
}

// Indicators gives every indicator wherever Measures has lines of its dataset,
// sorted by period, unit, tier, key and indicator.
func (s State) Indicators(periods []string, by string) []IndicatorLine {
	type place struct{ period, unit, tier, key, dataset string }
	values := map[place]map[string]int64{}
	for _, l := range s.Measures(periods, by) {
		dataset, measure, _ := strings.Cut(l.Measure, ".")
		at := place{l.Period, l.Unit, l.Tier, l.Key, dataset}
		if values[at] == nil {
			values[at] = map[string]int64{}
		}
		values[at][measure] = l.Value
	}
	var out []IndicatorLine
	for at, v := range values {
		for _, r := range ratios[at.dataset] {
			out = append(out, IndicatorLine{Period: at.period, Unit: at.unit, Tier: at.tier, By: by, Key: at.key,
				Indicator: at.dataset + "." + r[0], Numerator: sum(v, r[1]), Denominator: sum(v, r[2])})
		}
	}
	slices.SortFunc(out, func(a, b IndicatorLine) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Tier, b.Tier),
			cmp.Compare(a.Key, b.Key), cmp.Compare(a.Indicator, b.Indicator))
	})
	return out
}

func sum(values map[string]int64, measures string) (n int64) {
	for m := range strings.FieldsSeq(measures) {
		n += values[m]
	}
	return n
}
