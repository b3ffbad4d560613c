package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"cchc/pipeline/sample"
)

// run calls the program as a person would and returns standard output.
func run(t *testing.T, want int, args ...string) []byte {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := Main(args, &out, &errOut); code != want {
		t.Fatalf("cchc %v ends with %d, want %d\n%s", args, code, want, errOut.String())
	}
	return out.Bytes()
}

type counted struct {
	Period, Unit, Tier, By, Key, Measure string
	Value                                int64
}

// measuresOf asks the program for every count of a period, by no, one or more
// breakdowns.
func measuresOf(t *testing.T, dir, period string, by ...string) map[sample.Expectation]bool {
	t.Helper()
	out := map[sample.Expectation]bool{}
	for _, b := range append([]string{""}, by...) {
		args := []string{"-w", dir, "measures", "--period", period, "--format", "json"}
		if b != "" {
			args = append(args, "--by", b)
		}
		var lines []counted
		if err := json.Unmarshal(run(t, exitDone, args...), &lines); err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			out[sample.Expectation{Period: l.Period, Unit: l.Unit, Tier: l.Tier, Measure: l.Measure, By: l.By, Key: l.Key, Value: l.Value}] = true
		}
	}
	return out
}

// expectAll holds every count that an example knows of itself against the
// program, and nothing may be counted beside them.
func expectAll(t *testing.T, dir string, w *sample.Workspace) {
	t.Helper()
	got := map[string]map[sample.Expectation]bool{}
	expected := map[sample.Expectation]bool{}
	for _, e := range w.Expect {
		if got[e.Period] == nil {
			got[e.Period] = measuresOf(t, dir, e.Period, "field", "desk")
		}
		expected[e] = true
		if !got[e.Period][e] {
			t.Errorf("%s: %+v is not what the program counts", w.Name, e)
		}
	}
	for period, lines := range got {
		for l := range lines {
			if l.By == "" && !expected[l] {
				t.Errorf("%s, %s: the program counts %+v, the rows do not", w.Name, period, l)
			}
		}
	}
	if len(w.Expect) == 0 {
		t.Errorf("%s expects nothing", w.Name)
	}
}

// The demo runs whole, every figure of every example comes out of its rows, and
// each job has left its reports.
func TestDemo(t *testing.T) {
	dir := t.TempDir()
	run(t, exitDone, "demo", dir, "--quiet")
	for _, name := range sample.Names() {
		w, err := sample.Build(name, sample.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) {
			at := filepath.Join(dir, name)
			expectAll(t, at, w)
			published(t, at)
		})
	}
	t.Run("figures in the published files", func(t *testing.T) { printedFigures(t, dir) })
	t.Run("findings in words", func(t *testing.T) { printedPhrases(t, dir) })
	t.Run("again", func(t *testing.T) {
		out := run(t, exitDone, "demo", dir, "--quiet")
		if bytes.Contains(out, []byte("published")) {
			t.Errorf("a second demo publishes again:\n%s", out)
		}
	})
}

// Another seed gives other totals, and they come out of the rows all the same:
// nothing is fixed to the articles.
func TestAnotherSeed(t *testing.T) {
	moved := 0
	for _, name := range sample.Names() {
		w, err := sample.Build(name, sample.Options{Seed: 7})
		if err != nil {
			t.Fatal(err)
		}
		articles, err := sample.Build(name, sample.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range w.Expect {
			if !slices.Contains(articles.Expect, e) {
				moved++
			}
		}
		dir := filepath.Join(t.TempDir(), name)
		if err := sample.Write(dir, w); err != nil {
			t.Fatal(err)
		}
		run(t, exitDone, "-w", dir, "--now", w.Now, "import", "--quiet")
		expectAll(t, dir, w)
	}
	if moved < 500 {
		t.Errorf("only %d figures differ from the articles'", moved)
	}
}

// published checks that every report of every job and unit is there in every
// format.
func published(t *testing.T, dir string) {
	t.Helper()
	for _, format := range []string{"pdf", "xlsx"} {
		found, err := filepath.Glob(filepath.Join(dir, "reports", "*", "*", "*", "v1", "*."+format))
		if err != nil || len(found) == 0 {
			t.Errorf("%s has no %s report: %v", dir, format, err)
		}
	}
}
