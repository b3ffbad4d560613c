package pipeline_test

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"cchc/pipeline"
	"cchc/pipeline/measure"
	"cchc/pipeline/period"
	"cchc/pipeline/reference"
	"cchc/pipeline/source"

	gocmp "github.com/google/go-cmp/cmp"
)

var (
	seeds     = flag.Int("seeds", 200, "random workspaces held against the reference")
	firstSeed = flag.Uint64("first-seed", 1, "seed of the first of them")
)

// silent says nothing: progress is not what these tests look at.
type silent struct{}

func (silent) Step(string, int)   {}
func (silent) Advance(int)        {}
func (silent) Say(string, ...any) {}

// Random workspaces, counted by the program and by the plain-Go reference, must
// give the same accounts and the same set of lines; and the warehouse that grew
// with the imports must equal one built from the ledger.
func TestProgramAgreesWithTheReference(t *testing.T) {
	work := make(chan uint64)
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for seed := range work {
				t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { agree(t, seed) })
			}
		}()
	}
	for i := range *seeds {
		work <- *firstSeed + uint64(i)
	}
	close(work)
	wg.Wait()
}

func agree(t *testing.T, seed uint64) {
	w := reference.Random(seed)
	dir := t.TempDir()
	for _, f := range w.Files() {
		if err := os.WriteFile(filepath.Join(dir, f.Path), f.Bytes, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	state, want := reference.Import(w)
	var p *pipeline.Project
	for i, e := range w.Exports {
		p = openAt(t, dir, e.At)
		got, err := p.Import(context.Background(), []source.File{{Name: w.ExportPath(i), Path: filepath.Join(dir, w.ExportPath(i))}}, pipeline.ImportOptions{AsOf: e.AsOf})
		if err != nil {
			t.Fatalf("export %d: %v", i+1, err)
		}
		c := got[0].Counts
		if g := (reference.Counts{Rows: c.Rows, Added: c.Added, Changed: c.Changed, Unchanged: c.Unchanged, Older: c.Older, Duplicate: c.Duplicate, Skipped: c.Skipped, Returned: c.Returned}); !got[0].Known && g != want[i] {
			t.Errorf("export %s is accounted as %+v, want %+v", w.ExportPath(i), g, want[i])
		}
	}
	periods := reference.Periods(seed, w)
	// Every seed is compared whole and by one breakdown; four seeds have them all.
	asked := []string{"", reference.Breakdowns[seed%uint64(len(reference.Breakdowns))]}
	lines, ratios := count(t, p, periods, asked)
	for _, by := range asked {
		if d := gocmp.Diff(state.Measures(periods, by), lines[by]); d != "" {
			t.Errorf("measures by %q differ from the reference (-want +got):\n%s", by, short(d))
		}
		if d := gocmp.Diff(state.Indicators(periods, by), ratios[by]); d != "" {
			t.Errorf("indicators by %q differ from the reference (-want +got):\n%s", by, short(d))
		}
	}
	if t.Failed() || seed%5 != 0 { // a rebuild is the same code from zero; some seeds are enough
		return
	}
	if err := os.Remove(filepath.Join(dir, "warehouse.duckdb")); err != nil {
		t.Fatal(err)
	}
	again, _ := count(t, p, periods, asked)
	if d := gocmp.Diff(lines, again); d != "" {
		t.Errorf("a rebuilt warehouse gives other lines (-grown +rebuilt):\n%s", short(d))
	}
}

func short(d string) string {
	if len(d) > 3000 {
		return d[:3000] + "…"
	}
	return d
}

func openAt(t *testing.T, dir string, at time.Time) *pipeline.Project {
	t.Helper()
	noon := time.Date(at.Year(), at.Month(), at.Day(), 5, 0, 0, 0, time.UTC) // 12:00 in Viet Nam
	p, err := pipeline.Open(dir, func() time.Time { return noon }, "test", silent{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// count asks the program for the breakdowns named, in the reference's shape and order.
func count(t *testing.T, p *pipeline.Project, names, asked []string) (map[string][]reference.Line, map[string][]reference.IndicatorLine) {
	t.Helper()
	var periods []period.Period
	for _, n := range names {
		q, err := period.Parse(n, p.Config.PeriodRule)
		if err != nil {
			t.Fatal(err)
		}
		periods = append(periods, q)
	}
	s, err := p.Measure(periods, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Materialise(); err != nil {
		t.Fatal(err)
	}
	lines, ratios := map[string][]reference.Line{}, map[string][]reference.IndicatorLine{}
	for _, by := range asked {
		groups, err := s.Groups(p.Units.Codes(), by)
		if err != nil {
			t.Fatal(err)
		}
		lines[by] = asLines(measure.Lines(groups))
		ratios[by] = asRatios(s.Ratios(groups))
	}
	return lines, ratios
}

func parts(p *measure.Part) (string, string) {
	if p == nil {
		return "", ""
	}
	return p.By, p.Key
}

func asLines(in []measure.Line) []reference.Line {
	var out []reference.Line
	for _, l := range in {
		by, key := parts(l.Part)
		out = append(out, reference.Line{Period: l.Period, From: l.From, To: l.To, Unit: l.Unit, Tier: l.Tier, By: by, Key: key, Measure: l.Measure, Value: l.Value})
	}
	slices.SortFunc(out, func(a, b reference.Line) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Tier, b.Tier), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Measure, b.Measure))
	})
	return out
}

func asRatios(in []measure.IndicatorLine) []reference.IndicatorLine {
	var out []reference.IndicatorLine
	for _, l := range in {
		by, key := parts(l.Part)
		out = append(out, reference.IndicatorLine{Period: l.Period, Unit: l.Unit, Tier: l.Tier, By: by, Key: key, Indicator: l.Indicator, Numerator: l.Numerator, Denominator: l.Denominator})
	}
	slices.SortFunc(out, func(a, b reference.IndicatorLine) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Tier, b.Tier), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Indicator, b.Indicator))
	})
	return out
}
