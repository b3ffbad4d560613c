package pipeline

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"cchc/pipeline/measure"
	"cchc/pipeline/period"
	"cchc/pipeline/publish"
)

// Verified is the outcome of a verification.
type Verified struct {
	Files, Figures int
	Problems       []publish.Problem
}

// Verify compares an edition with its manifest, and its figures with those
// computed again from the store as it was known then.
func (p *Project) Verify(dir string) (*Verified, error) {
	m, problems, err := publish.Verify(dir)
	if err != nil {
		return nil, fmt.Errorf("verify %s: %w", dir, err)
	}
	v := &Verified{Files: len(m.Outputs), Problems: problems}
	stated, err := readFigures(dir)
	if err != nil {
		return v, nil // already named as missing or changed
	}
	v.Figures = len(stated)
	of, err := period.Parse(m.Period, p.Config.PeriodRule)
	if err != nil {
		return nil, err
	}
	s, err := p.measureAt([]period.Period{of}, m.Ledger.Position)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	groups, err := s.Groups([]string{m.Unit}, "")
	if err != nil {
		return nil, err
	}
	for _, c := range compare(stated, measure.Lines(groups)) {
		v.Problems = append(v.Problems, publish.Problem{File: FiguresName,
			What: fmt.Sprintf("%s of %s (%s) is %s, recomputed %s", c.Measure, c.Unit, c.Tier, text(c.Before), text(c.After))})
	}
	return v, nil
}

func text(n *int64) string {
	if n == nil {
		return "not there"
	}
	return fmt.Sprint(*n)
}

func readFigures(dir string) ([]measure.Line, error) {
	b, err := os.ReadFile(filepath.Join(dir, FiguresName))
	if err != nil {
		return nil, err
	}
	var out []measure.Line
	if err := json.Unmarshal(b, &out); err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", filepath.Join(dir, FiguresName), err)
	}
	return out, nil
}

// Moved is a figure that differs between two editions; nil is "not there".
type Moved struct {
	Unit    string `json:"unit"`
	Tier    string `json:"tier"`
	Measure string `json:"measure"`
	Before  *int64 `json:"before"`
	After   *int64 `json:"after"`
}

// Diff compares the figures of two editions.
func Diff(a, b string) ([]Moved, error) {
	before, err := readFigures(a)
	if err != nil {
		return nil, fmt.Errorf("diff: %w", err)
	}
	after, err := readFigures(b)
	if err != nil {
		return nil, fmt.Errorf("diff: %w", err)
	}
	return compare(before, after), nil
}

// compare lists what moved: first in the order of what is there now, then what
// is no longer there.
func compare(before, now []measure.Line) []Moved {
	type at struct{ unit, tier, measure string }
	old := map[at]int64{}
	for _, l := range before {
		old[at{l.Unit, l.Tier, l.Measure}] = l.Value
	}
	out := []Moved{}
	for _, l := range now {
		k := at{l.Unit, l.Tier, l.Measure}
		was, ok := old[k]
		delete(old, k)
		value := l.Value
		switch {
		case !ok:
			out = append(out, Moved{l.Unit, l.Tier, l.Measure, nil, &value})
		case was != value:
			out = append(out, Moved{l.Unit, l.Tier, l.Measure, &was, &value})
		}
	}
	for _, l := range before {
		if was, ok := old[at{l.Unit, l.Tier, l.Measure}]; ok {
			out = append(out, Moved{l.Unit, l.Tier, l.Measure, &was, nil})
		}
	}
	return out
}
