package sample

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// article lists the figures that the published articles print; two measures
// with a plus are added up.
var article = []struct {
	workspace, unit, tier, measure, by, key string
	want                                    int64
}{
	{"ngan-son", "H03.15", "district", "tasks.total", "", "", 40},
	{"ngan-son", "H03.15", "district", "tasks.done_or_ongoing", "", "", 30},
	{"ngan-son", "H03.15", "district", "procedures.total", "", "", 273},
	{"ngan-son", "H03.15", "district", "procedures.one_stop", "", "", 273},
	{"ngan-son", "H03.15", "district", "dossiers.received", "", "", 826},
	{"ngan-son", "H03.15", "district", "dossiers.resolved_early+dossiers.resolved_on_time", "", "", 764},
	{"ngan-son", "H03.15", "district", "dossiers.resolved_late", "", "", 7},
	{"ngan-son", "H03.15", "district", "dossiers.pending_within_due", "", "", 54},
	{"ngan-son", "H03.15", "district", "dossiers.pending_overdue", "", "", 1},
	{"ngan-son", "H03.15", "commune", "dossiers.received", "", "", 4231},
	{"ngan-son", "H03.15", "commune", "dossiers.resolved_early+dossiers.resolved_on_time", "", "", 3831},
	{"ngan-son", "H03.15", "commune", "dossiers.resolved_late", "", "", 29},
	{"ngan-son", "H03.15", "commune", "dossiers.pending_within_due", "", "", 370},
	{"ngan-son", "H03.15", "commune", "dossiers.pending_overdue", "", "", 1},
	{"can-tho", "CT.SNV", "department", "dossiers.received", "", "", 515},
	{"can-tho", "CT.SNV", "department", "dossiers.received", "desk", "ISO", 282},
	{"can-tho", "CT.SNV", "department", "dossiers.received", "desk", "Một cửa", 233},
	{"can-tho", "CT.SNV", "department", "dossiers.resolved_no_deadline", "", "", 173},
	{"can-tho", "CT.SNV", "department", "dossiers.resolved_late", "", "", 0},
	{"can-tho", "CT.VHTTDL", "department", "dossiers.received_in_period", "", "", 1265},
	{"can-tho", "CT.VHTTDL", "department", "dossiers.received_online", "", "", 70},
	{"khu-kinh-te", "CB.KKT", "department", "procedures.total", "", "", 46},
	{"khu-kinh-te", "CB.KKT", "department", "procedures.level_3", "", "", 6},
	{"khu-kinh-te", "CB.KKT", "department", "procedures.level_4", "", "", 30},
	{"khu-kinh-te", "CB.KKT", "department", "procedures.level_2", "", "", 10},
	{"khu-kinh-te", "CB.KKT", "department", "procedures.one_stop", "", "", 46},
	{"khu-kinh-te", "CB.KKT", "department", "procedures.postal", "", "", 46},
	{"khu-kinh-te", "CB.KKT", "department", "procedures.time_cut_20", "", "", 36},
	{"khu-kinh-te", "CB.KKT", "department", "procedures.abolished", "", "", 22},
	{"khu-kinh-te", "CB.KKT", "department", "procedures.issued", "", "", 25},
	{"khu-kinh-te", "CB.KKT", "department", "procedures.amended", "", "", 3},
	{"khu-kinh-te", "CB.KKT", "department", "documents.total", "", "", 4682},
	{"khu-kinh-te", "CB.KKT", "department", "documents.processed_online", "", "", 1548},
	{"khu-kinh-te", "CB.KKT", "department", "documents.processed_online_signed", "", "", 1472},
	{"my-duc", "HN.MD.01", "commune", "procedures.level_3_4", "", "", 36},
	{"my-duc", "HN.MD", "commune", "procedures.level_3_4", "", "", 36},
}

// The figures of the articles come out of the rows, counted by the reference.
func TestArticles(t *testing.T) {
	counted := map[string]map[Expectation]int64{}
	for _, name := range Names() {
		counted[name] = recount(t, build(t, name, Options{}))
	}
	at := func(ws, unit, tier, measure, by, key string) (sum int64) {
		period := map[string]string{"ngan-son": nganSonPeriod, "can-tho": canThoPeriod, "khu-kinh-te": khuKinhTePeriod,
			"hiep-hoa": hiepHoaPeriod, "my-duc": myDucPeriod}[ws]
		for _, m := range strings.Split(measure, "+") {
			v, ok := counted[ws][Expectation{Period: period, Unit: unit, Tier: tier, Measure: m, By: by, Key: key}]
			if !ok {
				t.Errorf("%s: %s %s has no %s", ws, unit, tier, m)
			}
			sum += v
		}
		return sum
	}
	for _, c := range article {
		if got := at(c.workspace, c.unit, c.tier, c.measure, c.by, c.key); got != c.want {
			t.Errorf("%s: %s %s %s %s %s = %d, want %d", c.workspace, c.unit, c.tier, c.measure, c.by, c.key, got, c.want)
		}
	}
	share := func(ws, unit, tier, num, den string) float64 {
		return float64(at(ws, unit, tier, num, "", "")) / float64(at(ws, unit, tier, den, "", ""))
	}
	hh := func(num, den string) float64 { return share("hiep-hoa", "BG.HH", "district", num, den) }
	for what, ok := range map[string]bool{
		"ngan-son level 4 used is low":         share("ngan-son", "H03.15", "district", "procedures.level_4_used", "procedures.level_4") <= 0.2,
		"ngan-son online is low":               share("ngan-son", "H03.15", "commune", "dossiers.online_level_3_4", "dossiers.received_in_period") < 0.2,
		"can-tho same day":                     at("can-tho", "CT.SNV", "department", "dossiers.resolved_same_day", "", "") >= 173,
		"hiep-hoa result attached under 100 %": hh("dossiers.result_attached", "dossiers.resolved") < 1,
		"hiep-hoa online under 30 %":           hh("dossiers.online_level_3_4", "dossiers.received_in_period") < 0.3,
		"hiep-hoa by post under 10 %":          hh("dossiers.by_post", "dossiers.received_in_period") < 0.1,
		"hiep-hoa assigned has data":           hh("documents.incoming_assigned", "documents.incoming") > 0,
		"hiep-hoa signed by person under 1":    hh("documents.outgoing_signed_by_person", "documents.outgoing_electronic") < 1,
		"my-duc posted though abolished":       at("my-duc", "HN.MD", "commune", "procedures.posted_though_abolished", "", "") > 0,
		"my-duc checklist fails":               at("my-duc", "HN.MD", "commune", "checklist.failed", "", "") > 0,
	} {
		if !ok {
			t.Errorf("not so: %s", what)
		}
	}
}

func TestDeclared(t *testing.T) {
	want := map[string][]string{
		"ngan-son":    {"org.divisions=11", "org.service_units=33", "staff.recruitment_posts=4", "staff.transfers=3"},
		"can-tho":     {"index.par.rank=5", "index.papi.rank=2", "survey.informatics=193", "survey.reform_knowledge=856"},
		"khu-kinh-te": {"legal.documents=2"},
	}
	for name, list := range want {
		have := map[string]bool{}
		for _, d := range build(t, name, Options{}).Declared {
			have[d.Code+"="+d.Value] = true
		}
		for _, w := range list {
			if !have[w] {
				t.Errorf("%s does not declare %s", name, w)
			}
		}
	}
	excellent := 0
	for _, d := range build(t, "hiep-hoa", Options{}).Declared {
		if d.Unit == "BG.HH" && d.Code == "staff.excellent" && d.Numerator == "5" && d.Denominator == "12" {
			excellent++
		}
	}
	if excellent != 1 {
		t.Errorf("BG.HH declares staff.excellent 5 of 12 %d times, want once", excellent)
	}
}

// What a workspace says it holds is what its rows hold, for any seed and size.
func TestExpectations(t *testing.T) {
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, o := range []Options{{}, {Seed: 1}, {Seed: 7}, {Seed: 20260914, Scale: 2}} {
				w := build(t, name, o)
				got := recount(t, w)
				for _, e := range w.Expect {
					k := e
					k.Value = 0
					if v, ok := got[k]; !ok || v != e.Value {
						t.Errorf("%s %+v: counted %d (%v), said %+v", name, o, v, ok, e)
					}
				}
				if len(w.Expect) != len(got) {
					t.Errorf("%s %+v: %d expectations, %d counted", name, o, len(w.Expect), len(got))
				}
			}
		})
	}
}

func TestSeedsDiffer(t *testing.T) {
	for _, name := range Names() {
		own, other := build(t, name, Options{}), build(t, name, Options{Seed: 5})
		values := map[Expectation]int64{}
		for _, e := range own.Expect {
			v := e.Value
			e.Value = 0
			values[e] = v
		}
		moved := 0
		for _, e := range other.Expect {
			v := e.Value
			e.Value = 0
			if old, ok := values[e]; ok && old != v {
				moved++
			}
		}
		if moved < 50 {
			t.Errorf("%s: seed 5 moves only %d figures", name, moved)
		}
	}
}

func TestSameOptionsSameBytes(t *testing.T) {
	for _, name := range Names() {
		for _, seed := range []uint64{0, 9} {
			a, b := build(t, name, Options{Seed: seed}), build(t, name, Options{Seed: seed})
			if len(a.Files) != len(b.Files) {
				t.Fatalf("%s: %d and %d files", name, len(a.Files), len(b.Files))
			}
			for i := range a.Files {
				if a.Files[i].Path != b.Files[i].Path || !bytes.Equal(a.Files[i].Data, b.Files[i].Data) {
					t.Errorf("%s seed %d: %s differs between two builds", name, seed, a.Files[i].Path)
				}
			}
		}
	}
}

func TestWrite(t *testing.T) {
	w := build(t, "can-tho", Options{})
	dir := filepath.Join(t.TempDir(), "new")
	if err := Write(dir, w); err != nil {
		t.Fatal(err)
	}
	for _, f := range w.Files {
		path := filepath.Join(dir, f.Path)
		b, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(b, f.Data) {
			t.Errorf("%s: %v", f.Path, err)
		}
		if s, _ := os.Stat(path); s.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", f.Path, s.Mode())
		}
	}
	if err := Write(dir, w); err == nil {
		t.Error("a folder with files was written over")
	}
	if _, err := Build("nowhere", Options{}); err == nil || !strings.Contains(err.Error(), "ngan-son") {
		t.Errorf("unknown example: %v", err)
	}
}

func build(t testing.TB, name string, o Options) *Workspace {
	t.Helper()
	w, err := Build(name, o)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func BenchmarkScale(b *testing.B) {
	for b.Loop() {
		n := 0
		for _, f := range build(b, "ngan-son", Options{Scale: 100}).Files {
			n += bytes.Count(f.Data, []byte("\n"))
		}
		b.ReportMetric(float64(n), "rows")
	}
}
