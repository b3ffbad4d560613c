package reference

import (
	"reflect"
	"strings"
	"testing"
)

const seeds = 500

func TestRandomIsTheSameForTheSameSeed(t *testing.T) {
	for seed := range uint64(50) {
		a, b := Random(seed), Random(seed)
		if !reflect.DeepEqual(a, b) || !reflect.DeepEqual(a.Files(), b.Files()) || !reflect.DeepEqual(Periods(seed, a), Periods(seed, b)) {
			t.Fatalf("seed %d: two calls differ", seed)
		}
	}
}

func TestEveryRowOfEveryExportIsAccountedFor(t *testing.T) {
	var all Counts
	for seed := range uint64(seeds) {
		_, counts := Import(Random(seed))
		for i, n := range counts {
			if n.Rows != n.Added+n.Changed+n.Unchanged+n.Older+n.Duplicate+n.Skipped+n.Returned {
				t.Errorf("seed %d, export %d: %+v", seed, i+1, n)
			}
			all = Counts{all.Rows + n.Rows, all.Added + n.Added, all.Changed + n.Changed, all.Unchanged + n.Unchanged, all.Older + n.Older,
				all.Duplicate + n.Duplicate, all.Skipped + n.Skipped, all.Returned + n.Returned}
		}
	}
	t.Logf("%+v", all)
	if all.Added == 0 || all.Changed == 0 || all.Unchanged == 0 || all.Older == 0 || all.Duplicate == 0 || all.Skipped == 0 || all.Returned == 0 {
		t.Errorf("the random workspaces leave a kind out: %+v", all)
	}
}

// place is where a set of lines belongs together.
type place struct{ period, unit, tier, key, dataset string }

func grouped(lines []Line) map[place]map[string]int64 {
	out := map[place]map[string]int64{}
	for _, l := range lines {
		dataset, measure, _ := strings.Cut(l.Measure, ".")
		at := place{l.Period, l.Unit, l.Tier, l.Key, dataset}
		if out[at] == nil {
			out[at] = map[string]int64{}
		}
		out[at][measure] = l.Value
	}
	return out
}

// identities: the left measure is the sum of the right ones, per dataset. The
// first four are those of form II.06a with its three extra columns.
var identities = []struct{ dataset, left, right string }{
	{"dossiers", "received", "received_online received_counter received_post received_channel_unknown carried_over"},
	{"dossiers", "resolved", "resolved_early resolved_on_time resolved_late resolved_no_deadline"},
	{"dossiers", "pending", "pending_within_due pending_overdue pending_no_deadline"},
	{"dossiers", "received", "resolved pending"},
	{"dossiers", "received_in_period", "received_online received_counter received_post received_channel_unknown"},
	{"dossiers", "online_level_3_4", "online_level_3 online_level_4"},
	{"documents", "total", "incoming outgoing"},
	{"tasks", "total", "completed in_progress not_started"},
	{"tasks", "done_or_ongoing", "completed in_progress"},
	{"checklist", "checked", "passed partly failed"},
}

func TestIdentitiesHoldEverywhere(t *testing.T) {
	nonzero := map[string]int{}
	for seed := range uint64(seeds) {
		w := Random(seed)
		s, _ := Import(w)
		lines := s.Measures(Periods(seed, w), "")
		for at, v := range grouped(lines) {
			for _, id := range identities {
				if id.dataset == at.dataset && v[id.left] != sum(v, id.right) {
					t.Errorf("seed %d, %+v: %s is %d, not %s: %v", seed, at, id.left, v[id.left], id.right, v)
				}
			}
			if len(v) != len(names[at.dataset]) {
				t.Errorf("seed %d, %+v: %d lines of %d", seed, at, len(v), len(names[at.dataset]))
			}
		}
		for _, l := range lines {
			if l.Value > 0 {
				nonzero[l.Measure]++
			}
		}
	}
	for dataset, measures := range names {
		for _, m := range measures {
			if nonzero[dataset+"."+m] < 50 {
				t.Errorf("%s.%s is above 0 in %d lines only: the workspaces do not try it", dataset, m, nonzero[dataset+"."+m])
			}
		}
	}
}

// TestSumsOfParts: in additive datasets all is the sum of the tiers, a unit the
// sum of its own rows and its children, and the total the sum over the keys of
// every breakdown.
func TestSumsOfParts(t *testing.T) {
	for seed := range uint64(60) {
		w := Random(seed)
		s, _ := Import(w)
		periods := Periods(seed, w)
		lines := s.Measures(periods, "")
		tiers := map[Line]int64{}
		totals := map[Line]int64{}
		for _, l := range lines {
			at := l
			at.Value = 0
			if l.Tier == "all" {
				totals[at] = l.Value
				continue
			}
			at.Tier = "all"
			tiers[at] += l.Value
		}
		for at, v := range totals {
			additive := !strings.HasPrefix(at.Measure, "procedures.")
			if additive && tiers[at] != v || tiers[at] < v {
				t.Errorf("seed %d, %+v: all is %d, the tiers add up to %d", seed, at, v, tiers[at])
			}
		}
		for _, by := range Breakdowns {
			checkKeys(t, seed, by, lines, s.Measures(periods, by))
		}
	}
}

func checkKeys(t *testing.T, seed uint64, by string, lines, parts []Line) {
	t.Helper()
	sums := map[Line]int64{}
	datasets := map[string]bool{}
	for _, l := range parts {
		dataset, _, _ := strings.Cut(l.Measure, ".")
		datasets[dataset] = true
		sums[Line{Period: l.Period, From: l.From, To: l.To, Unit: l.Unit, Tier: l.Tier, Measure: l.Measure}] += l.Value
	}
	for _, l := range lines {
		dataset, _, _ := strings.Cut(l.Measure, ".")
		value := l.Value
		l.Value = 0
		if !datasets[dataset] {
			continue
		}
		if additive := dataset != "procedures"; additive && sums[l] != value || sums[l] < value {
			t.Errorf("seed %d, %+v: %d, but by %s %d", seed, l, value, by, sums[l])
		}
	}
}

// TestPendingIsTheNextCarryOver holds as long as no row changes in between.
func TestPendingIsTheNextCarryOver(t *testing.T) {
	for seed := range uint64(60) {
		w := Random(seed)
		for i := range w.Units { // a unit that moves takes its dossiers along
			w.Units[i].ValidFrom, w.Units[i].ValidTo = on(t, ""), on(t, "")
		}
		s, _ := Import(w)
		got := grouped(s.Measures([]string{"2021-Q1", "2021-Q2", "2021-9M", "2020-Q4"}, ""))
		for at, v := range got {
			for before, after := range map[string]string{"2021-Q1": "2021-Q2", "2020-Q4": "2021-9M"} {
				next := at
				next.period = after
				if at.period == before && at.dataset == "dossiers" && got[next]["carried_over"] != v["pending"] {
					t.Errorf("seed %d, %+v: pending %d, carried over into %s %d", seed, at, v["pending"], after, got[next]["carried_over"])
				}
			}
		}
	}
}

func TestIndicatorsAreWhereMeasuresAre(t *testing.T) {
	w := Random(7)
	s, _ := Import(w)
	for _, by := range append([]string{""}, Breakdowns...) {
		places := map[place]int{}
		for _, l := range s.Indicators(Periods(7, w), by) {
			dataset, _, _ := strings.Cut(l.Indicator, ".")
			places[place{l.Period, l.Unit, l.Tier, l.Key, dataset}]++
		}
		measured := grouped(s.Measures(Periods(7, w), by))
		if len(places) != len(measured) {
			t.Errorf("by %q: indicators at %d places, measures at %d", by, len(places), len(measured))
		}
		for at, n := range places {
			if measured[at] == nil || n != len(ratios[at.dataset]) {
				t.Errorf("by %q, %+v: %d indicators", by, at, n)
			}
		}
	}
}
