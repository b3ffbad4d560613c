package sample

import (
	"strings"
	"testing"
	"time"

	"cchc/pipeline/dataset"
)

// Hiệp Hòa comes seventh by everything its one-stop desk is measured by, sixth
// in digital change, fifth in justice and third in internal affairs.
func TestHiepHoaRanks(t *testing.T) {
	w := build(t, "hiep-hoa", Options{})
	counted := recount(t, w)
	ratio := func(num, den string) func(string) float64 {
		return func(unit string) float64 {
			at := func(m string) float64 {
				return float64(counted[Expectation{Period: hiepHoaPeriod, Unit: unit, Tier: "district", Measure: m}])
			}
			return at(num) / at(den)
		}
	}
	excellent := map[string]float64{}
	for _, d := range w.Declared {
		excellent[d.Unit] = float64(tenths(d.Numerator)) / float64(tenths(d.Denominator))
	}
	passed := map[string]float64{}
	c := &recounter{t: t, rows: map[string][]record{}, tier: map[string]string{}, parent: map[string]string{}}
	c.now, _ = time.Parse(time.RFC3339, w.Now)
	c.read(w)
	for _, r := range c.rows["checklist"] {
		if english(dataset.Checklist, "result", r["result"]) == "pass" {
			part, _, _ := strings.Cut(r["criterion"], ".")
			passed[part+r["unit_code"]]++
		}
	}
	for _, part := range []struct {
		name  string
		want  int
		value func(unit string) float64
	}{
		{"one-stop: results attached", 7, ratio("dossiers.result_attached", "dossiers.resolved")},
		{"one-stop: not late", 7, func(u string) float64 { return -ratio("dossiers.resolved_late", "dossiers.resolved")(u) }},
		{"one-stop: by post", 7, ratio("dossiers.by_post", "dossiers.received_in_period")},
		{"one-stop: excellent staff", 7, func(u string) float64 { return excellent[u] }},
		{"digital: online", 6, ratio("dossiers.online_level_3_4", "dossiers.received_in_period")},
		{"digital: assigned", 6, ratio("documents.incoming_assigned", "documents.incoming")},
		{"digital: signed", 6, ratio("documents.outgoing_signed_by_person", "documents.outgoing_electronic")},
		{"justice", 5, func(u string) float64 { return passed["TP"+u] }},
		{"internal affairs: findings", 3, func(u string) float64 { return passed["NV"+u] }},
		{"internal affairs: tasks", 3, ratio("tasks.completed", "tasks.total")},
	} {
		rank := 1
		for _, r := range rivals {
			if part.value(r.code) > part.value("BG.HH") {
				rank++
			}
		}
		if rank != part.want {
			t.Errorf("%s: BG.HH comes %d of 10, want %d", part.name, rank, part.want)
		}
	}
}
