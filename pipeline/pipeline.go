// Package pipeline is the run, from exports to published editions. Data goes one
// way through Steps; each step lives in a package of its own and this one passes
// values between them.
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"cchc/pipeline/measure"
	"cchc/pipeline/period"
	"cchc/pipeline/source"
	"cchc/pipeline/store"
	"cchc/pipeline/warehouse"
	"cchc/pipeline/workspace"
	"cchc/reports"
)

// Step is one stage of a run.
type Step struct {
	Name string
	Do   func(context.Context, *Run) error
}

// Steps is a run, in order. Each takes what the one before left in the Run.
var Steps = []Step{
	{"import", importExports},   // sources → archive, store, ledger, return slips
	{"build", buildWarehouse},   // ledger → warehouse
	{"measure", measurePeriod},  // warehouse → facts → counts and ratios
	{"check", checkFigures},     // counts → findings
	{"publish", publishReports}, // counts, texts → model → rendered files → edition, one report at a time
}

// Project is an opened workspace with its store.
type Project struct {
	*workspace.Workspace
	Store    *store.Store
	Progress Progress
	Program  string // version of the program, for manifests
}

// Progress tells a person what is going on. Total 0 means unknown.
type Progress interface {
	Step(name string, total int)
	Advance(n int)
	Say(format string, args ...any)
}

// Open opens a workspace.
func Open(dir string, clock workspace.Clock, program string, progress Progress) (*Project, error) {
	var kinds, formats []string
	for _, k := range reports.Kinds() {
		kinds = append(kinds, k.Name)
	}
	for _, f := range reports.Formats() {
		formats = append(formats, f.Name)
	}
	w, err := workspace.Open(dir, clock, kinds, formats)
	if err != nil {
		return nil, err
	}
	s, err := store.Open(dir)
	if err != nil {
		return nil, err
	}
	return &Project{Workspace: w, Store: s, Progress: progress, Program: program}, nil
}

// Work is what one job, or one command, asks for.
type Work struct {
	Job     string
	Period  string // a kind, or a whole name
	Reports []string
	Units   []string
	Formats []string // empty: every format
}

// Run is one run: what is asked, and what the steps have made of it so far.
type Run struct {
	*Project
	Work     Work
	NoImport bool

	Imported []Imported
	Period   period.Period
	Session  *measure.Session
	Entries  []store.Entry
	Groups   []measure.Group
	Findings []Finding
	Editions []Edition

	Started time.Time
	Steps   []StepRecord
}

// StepRecord is how a step went.
type StepRecord struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
	Error   string  `json:"error,omitempty"`
}

// Execute runs the steps for one piece of work and leaves a run record, also
// when a step fails. The lock of the workspace is held by the caller.
func (p *Project) Execute(ctx context.Context, work Work, noImport bool) (*Run, error) {
	r := &Run{Project: p, Work: work, NoImport: noImport, Started: p.Instant()}
	var err error
	if r.Period, err = p.resolvePeriod(work.Period); err != nil {
		return r, err
	}
	defer r.close()
	for _, s := range Steps {
		if err = ctx.Err(); err != nil {
			break
		}
		begin := time.Now() // how long a step took is for the record, never for a figure
		err = s.Do(ctx, r)
		rec := StepRecord{Name: s.Name, Seconds: time.Since(begin).Seconds()}
		if err != nil {
			err = fmt.Errorf("%s: %w", s.Name, err)
			rec.Error = err.Error()
		}
		r.Steps = append(r.Steps, rec)
		if err != nil {
			break
		}
	}
	return r, errors.Join(err, p.writeRecord(r, err))
}

func (r *Run) close() {
	if r.Session != nil {
		r.Session.Close()
		r.Session = nil
	}
}

// resolvePeriod reads a period's name, or takes the latest closed one of a kind.
func (p *Project) resolvePeriod(name string) (period.Period, error) {
	for _, k := range period.Kinds {
		if k == name {
			return period.Latest(k, p.Config.PeriodRule, p.Today())
		}
	}
	out, err := period.Parse(name, p.Config.PeriodRule)
	if err != nil {
		return out, &workspace.Invalid{Err: err}
	}
	return out, nil
}

func buildWarehouse(_ context.Context, r *Run) (err error) {
	r.Entries, err = r.ensureWarehouse()
	return err
}

// ensureWarehouse brings the warehouse to the end of the ledger. The lock is held
// by the caller.
func (p *Project) ensureWarehouse() ([]store.Entry, error) {
	entries, err := p.Store.Entries()
	if err != nil {
		return nil, err
	}
	if warehouse.UpToDate(p.warehousePath(), entries) {
		return entries, nil
	}
	p.Progress.Step("build the warehouse", 0)
	b, err := warehouse.Begin(p.Store, p.warehousePath(), entries)
	if err != nil {
		return nil, err
	}
	return entries, b.Commit()
}

func (p *Project) warehousePath() string { return p.Path("warehouse.duckdb") }

// Measure opens a session for the periods, bringing the warehouse up to date
// first. asKnown is a day, or zero for everything known.
func (p *Project) Measure(periods []period.Period, asKnown time.Time) (*measure.Session, error) {
	if asKnown.IsZero() {
		return p.measureAt(periods, -1)
	}
	entries, err := p.Store.Entries()
	if err != nil {
		return nil, err
	}
	return p.measureAt(periods, position(entries, asKnown, p.Config.Location))
}

// measureAt opens a session on the ledger as it stood at a position; below 0 as
// it stands now.
func (p *Project) measureAt(periods []period.Period, position int) (*measure.Session, error) {
	entries, err := p.Store.Entries()
	if err != nil {
		return nil, err
	}
	if !warehouse.UpToDate(p.warehousePath(), entries) {
		release, err := p.Lock("build the warehouse")
		if err != nil {
			return nil, err
		}
		_, err = p.ensureWarehouse()
		release()
		if err != nil {
			return nil, err
		}
	}
	set := measure.Settings{Rule: p.Config.PeriodRule, Deadline: p.Config.Deadline, AsKnown: position >= 0, Position: position}
	return measure.Open(p.warehousePath(), p.Units, periods, set)
}

// position is how far the ledger stood at the end of a day.
func position(entries []store.Entry, day time.Time, loc *time.Location) int {
	stop := time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, loc)
	n := 0
	for _, e := range entries {
		if e.At.Before(stop) {
			n = e.Seq
		}
	}
	return n
}

// Expand finds the files that the sources hold.
func (p *Project) Expand() ([]source.File, error) {
	var out []source.File
	for _, s := range p.Config.Sources {
		files, err := source.List(p.Dir, s.Name, s.URL)
		if err != nil {
			return nil, err
		}
		out = append(out, files...)
	}
	return out, nil
}
