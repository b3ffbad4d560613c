package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"
	"time"

	"cchc/pipeline/measure"
	"cchc/pipeline/publish"
	"cchc/reports"
	"cchc/reports/model"
)

// built is one report ready to be rendered, with what its manifest will say.
type built struct {
	report   model.Report
	shelf    publish.Shelf
	manifest publish.Manifest
	figures  []measure.Line // what the edition states, kept beside it
}

// Edition is a published edition, or one that was left alone because nothing had
// changed.
type Edition struct {
	Report, Unit, Period string
	Path                 string
	Number               int
	New                  bool
}

// publishReports makes, renders and publishes one report after the other, so that
// only one is in memory. What would repeat the last edition is left alone.
func publishReports(ctx context.Context, r *Run) error {
	units, err := r.SelectUnits(r.Work.Units, r.Period.To)
	if err != nil {
		return err
	}
	s, err := r.collect()
	if err != nil {
		return err
	}
	r.Progress.Step("reports", len(units)*len(r.Work.Reports))
	for _, name := range r.Work.Reports {
		kind, ok := reports.KindByName(name)
		if !ok {
			return fmt.Errorf("no report is called %q", name)
		}
		for _, code := range units {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := r.buildOne(s, kind, code); err != nil {
				return fmt.Errorf("%s of %s: %w", kind.Name, code, err)
			}
			r.Progress.Advance(1)
		}
	}
	return nil
}

func (r *Run) buildOne(s *shared, kind reports.Kind, code string) error {
	d, err := r.dataFor(s, kind, code)
	if err != nil {
		return err
	}
	if kind.Compares && d.Tier == "" {
		r.Progress.Say("%s has no unit below it: no %s", code, kind.Name)
		return nil
	}
	b := built{shelf: publish.ShelfOf(r.Path("reports"), r.Period.Name, kind.Name, code)}
	if b.manifest, err = r.manifest(&d, kind); err != nil {
		return err
	}
	last, err := b.shelf.Latest()
	if err != nil {
		return err
	}
	b.manifest.Edition = last + 1
	b.figures = r.stated(d.Unit.Code)
	if last > 0 {
		before, err := b.shelf.Manifest(last)
		if err != nil {
			return err
		}
		if before.Content == b.manifest.Content && before.Program == r.Program {
			r.Editions = append(r.Editions, Edition{kind.Name, code, r.Period.Name, b.shelf.Path(last), last, false})
			return nil
		}
		if d.Edition.Changes, err = changes(b.shelf.Path(last), b.figures); err != nil {
			return err
		}
		d.Edition.ChangesOf = last
	}
	d.Edition.Number, d.Edition.Ledger, d.Edition.RunID = b.manifest.Edition, b.manifest.Ledger.Position, b.manifest.RunID
	d.Edition.Program, d.Edition.Definitions = r.Program, b.manifest.Definitions
	own := os.DirFS(r.Path("templates"))
	if b.report, err = reports.Build(kind.Name, d, own); err != nil {
		return err
	}
	return r.publishOne(b)
}

// manifest says what an edition of d is made of; its content is a digest of all
// of d but the clock.
func (r *Run) manifest(d *reports.Data, kind reports.Kind) (publish.Manifest, error) {
	definitions, err := measure.Fingerprint()
	if err != nil {
		return publish.Manifest{}, err
	}
	m := publish.Manifest{
		Report: kind.Name, Unit: d.Unit.Code, UnitName: d.Unit.Name, Period: r.Period.Name, From: day(r.Period.From), To: day(r.Period.To),
		Clock: r.Clock().In(r.Config.Location).Format(time.RFC3339), Program: r.Program,
		Definitions: fmt.Sprintf("%d-%s", r.Session.Definitions().Version, definitions[:12]),
		Ledger:      publish.Ledger{Position: len(r.Entries)}, Exports: []publish.Export{}, Findings: []publish.Finding{}, State: []publish.File{},
	}
	if m.Ledger.Head, err = r.Store.Head(len(r.Entries)); err != nil {
		return m, err
	}
	for _, s := range d.Sources {
		m.Exports = append(m.Exports, publish.Export{File: s.File, SHA256: s.SHA256, Dataset: s.Dataset, AsOf: day(s.AsOf), Rows: s.Rows})
	}
	for name, sum := range r.StateFiles() {
		m.State = append(m.State, publish.File{Name: name, SHA256: sum})
	}
	templates, err := r.folderSums("templates")
	if err != nil {
		return m, err
	}
	layouts, err := r.folderSums("layouts")
	if err != nil {
		return m, err
	}
	m.State = append(append(m.State, templates...), layouts...)
	sort.Slice(m.State, func(a, b int) bool { return m.State[a].Name < m.State[b].Name })
	for _, f := range d.Findings {
		m.Findings = append(m.Findings, publish.Finding{Rule: f.Rule, Severity: f.Severity, Unit: f.Unit, Message: f.Message, Rows: f.Rows})
	}
	m.Content, err = digest(*d, kind.Name, m.Definitions, r.formats(), templates)
	h := sha256.Sum256([]byte(m.Content + m.Clock + m.Program + m.Ledger.Head))
	m.RunID = hex.EncodeToString(h[:8])
	return m, err
}

// folderSums are the province's own files in a folder of the workspace.
func (r *Run) folderSums(folder string) ([]publish.File, error) {
	list, err := os.ReadDir(r.Path(folder))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	out := []publish.File{}
	for _, e := range list {
		b, err := os.ReadFile(r.Path(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(b)
		out = append(out, publish.File{Name: folder + "/" + e.Name(), SHA256: hex.EncodeToString(sum[:])})
	}
	return out, nil
}

// digest is a SHA-256 of everything a report says. Counts are listed in order:
// a map has none.
func digest(d reports.Data, more ...any) (string, error) {
	type count struct {
		reports.Key
		Value int64
	}
	counts := make([]count, 0, len(d.Counts))
	for k, v := range d.Counts {
		counts = append(counts, count{k, v})
	}
	slices.SortFunc(counts, func(a, b count) int {
		return strings.Compare(a.Period+"\x00"+a.Unit+"\x00"+a.Tier+"\x00"+a.Measure, b.Period+"\x00"+b.Unit+"\x00"+b.Tier+"\x00"+b.Measure)
	})
	d.Now, d.Edition = time.Time{}, reports.Edition{}
	said := struct {
		reports.Data
		Counts []count // in the place of the map
	}{d, counts}
	h := sha256.New()
	e := json.NewEncoder(h)
	for _, v := range append([]any{said}, more...) {
		if err := e.Encode(v); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// stated are the counts of a unit and period, as an edition keeps them.
func (r *Run) stated(code string) []measure.Line {
	var groups []measure.Group
	for _, g := range r.Groups {
		if g.Unit == code && g.Period.Name == r.Period.Name {
			groups = append(groups, g)
		}
	}
	return measure.Lines(groups)
}

// FiguresName is the file of an edition with its counts, in the form of
// `cchc measures --format json`.
const FiguresName = "figures.json"

// changes compares the figures of the last edition with those of a new one.
func changes(last string, now []measure.Line) ([]reports.Change, error) {
	before, err := readFigures(last)
	if err != nil {
		return nil, fmt.Errorf("figures of the last edition: %w", err)
	}
	var out []reports.Change
	for _, m := range compare(before, now) {
		out = append(out, reports.Change(m))
	}
	return out, nil
}

func (r *Run) formats() []string {
	if len(r.Work.Formats) > 0 {
		return r.Work.Formats
	}
	var out []string
	for _, f := range reports.Formats() {
		out = append(out, f.Name)
	}
	return out
}

// publishOne renders a report in every format asked for and publishes them
// together.
func (r *Run) publishOne(b built) error {
	var outputs []publish.Output
	for _, f := range reports.Formats() {
		if !slices.Contains(r.formats(), f.Name) {
			continue
		}
		var out bytes.Buffer
		if err := f.Render(&out, b.report); err != nil {
			return fmt.Errorf("render %s: %w", f.Name, err)
		}
		outputs = append(outputs, publish.Output{Name: b.manifest.Report + f.Ext, Bytes: out.Bytes()})
	}
	figures, err := json.MarshalIndent(b.figures, "", " ")
	if err != nil {
		return err
	}
	outputs = append(outputs, publish.Output{Name: FiguresName, Bytes: append(figures, '\n')})
	path, err := b.shelf.Publish(b.manifest, outputs)
	if err != nil {
		return err
	}
	r.Editions = append(r.Editions, Edition{b.manifest.Report, b.manifest.Unit, b.manifest.Period, path, b.manifest.Edition, true})
	return nil
}
