package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sort"
	"strings"
	"time"

	"cchc/pipeline/store"
)

// Record is what a run leaves in runs/: what was asked, what came of it.
type Record struct {
	ID       string       `json:"id"`
	Command  string       `json:"command"` // run or import
	Job      string       `json:"job,omitempty"`
	Period   string       `json:"period,omitempty"`
	Started  time.Time    `json:"started"`
	Ended    time.Time    `json:"ended"`
	Outcome  string       `json:"outcome"` // published, unchanged, findings, failed, interrupted
	Error    string       `json:"error,omitempty"`
	Steps    []StepRecord `json:"steps,omitempty"`
	Imported []Imported   `json:"imported,omitempty"`
	Findings []Finding    `json:"findings,omitempty"`
	Editions []string     `json:"editions,omitempty"`
}

// HasFindings reports whether the run ends with exit code 3: a row or file went
// back, or a rule found something.
func (r *Run) HasFindings() bool {
	for _, i := range r.Imported {
		if i.Finding() {
			return true
		}
	}
	return len(r.Findings) > 0
}

func (p *Project) writeRecord(r *Run, err error) error {
	rec := Record{
		Command: "run", Job: r.Work.Job, Period: r.Period.Name, Started: r.Started, Ended: p.Instant(),
		Steps: r.Steps, Imported: r.Imported, Findings: r.Findings,
	}
	fresh := 0
	for _, e := range r.Editions {
		if e.New {
			fresh++
			rec.Editions = append(rec.Editions, strings.TrimPrefix(strings.TrimPrefix(e.Path, p.Dir), string(os.PathSeparator)))
		}
	}
	switch {
	case err != nil && errors.Is(err, context.Canceled):
		rec.Outcome = "interrupted"
	case err != nil:
		rec.Outcome, rec.Error = "failed", err.Error()
	case r.HasFindings():
		rec.Outcome = "findings"
	case fresh > 0:
		rec.Outcome = "published"
	default:
		rec.Outcome = "unchanged"
	}
	return p.WriteRecord(rec)
}

// WriteRecord files a run record under a name that sorts by time.
func (p *Project) WriteRecord(rec Record) error {
	b, err := json.Marshal(rec)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(b)
	rec.ID = rec.Started.Format("20060102-150405") + "-" + hex.EncodeToString(sum[:4])
	if b, err = json.MarshalIndent(rec, "", " "); err != nil {
		return err
	}
	if err := os.MkdirAll(p.Path("runs"), 0o700); err != nil {
		return err
	}
	return store.WriteFile(p.Path("runs", rec.ID+".json"), append(b, '\n'))
}

// Records reads the run records, oldest first.
func (p *Project) Records() ([]Record, error) {
	list, err := os.ReadDir(p.Path("runs"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	out := []Record{}
	for _, e := range list {
		if !strings.HasSuffix(e.Name(), ".json") {
			continue
		}
		b, err := os.ReadFile(p.Path("runs", e.Name()))
		if err != nil {
			return nil, err
		}
		var r Record
		if err := json.Unmarshal(b, &r); err != nil {
			return nil, fmt.Errorf("runs/%s is damaged: %w", e.Name(), err)
		}
		out = append(out, r)
	}
	sort.SliceStable(out, func(a, b int) bool { return out[a].Started.Before(out[b].Started) })
	return out, nil
}
