package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"cchc/pipeline/layout"
	"cchc/pipeline/period"
	"cchc/pipeline/reader"
	"cchc/pipeline/source"
	"cchc/pipeline/store"
	"cchc/pipeline/warehouse"
)

// Imported is what became of one file. The counts are those of store.Counts.
type Imported struct {
	File    string `json:"file"`
	SHA256  string `json:"sha256"`
	Dataset string `json:"dataset"`
	Layout  string `json:"layout"`
	AsOf    string `json:"as_of"`
	store.Counts
	Slip    string `json:"slip"`              // path of the return slip; empty when nothing goes back
	Refused string `json:"refused,omitempty"` // why the whole file was set aside
	Known   bool   `json:"-"`                 // the same bytes were read before: nothing to do
}

// Finding reports whether the file makes an import end with findings.
func (i Imported) Finding() bool { return i.Refused != "" || (i.Returned > 0 && !i.Known) }

func importExports(ctx context.Context, r *Run) error {
	if r.NoImport {
		return nil
	}
	files, err := r.Expand()
	if err != nil {
		return err
	}
	r.Imported, err = r.Import(ctx, files, time.Time{})
	return err
}

// Import takes files into the store, one after the other. asOf is the day the
// exports stand for, or zero. What was taken before an error stays taken.
func (p *Project) Import(ctx context.Context, files []source.File, asOf time.Time) ([]Imported, error) {
	entries, err := p.Store.Entries()
	if err != nil {
		return nil, err
	}
	in := &intake{Project: p, entries: entries, asOf: asOf}
	defer in.discard()
	p.Progress.Step("import", len(files))
	var out []Imported
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		one, err := in.take(f)
		if err != nil {
			return out, fmt.Errorf("%s: %w", f.Name, err)
		}
		out = append(out, one)
		p.Progress.Advance(1)
	}
	return out, in.commit()
}

// intake is an import under way. The warehouse is opened with the first file
// that must be read.
type intake struct {
	*Project
	entries []store.Entry
	asOf    time.Time
	build   *warehouse.Build
	grown   bool
}

func (in *intake) discard() {
	if in.build != nil {
		in.build.Discard()
	}
}

func (in *intake) commit() error {
	if in.build == nil {
		return nil
	}
	b := in.build
	in.build = nil
	if !in.grown {
		b.Discard()
		return nil
	}
	return b.Commit()
}

func (in *intake) take(f source.File) (Imported, error) {
	out := Imported{File: f.Name}
	info, err := os.Lstat(f.Path)
	if err != nil || !info.Mode().IsRegular() {
		return in.setAside(out, f, &reader.Refusal{Reason: "Không đọc được tệp: chỉ nhận tệp thông thường, không nhận liên kết hoặc thư mục.", Short: "not a regular file"})
	}
	digest, err := in.Store.Archive(f.Path)
	if err != nil {
		return out, err
	}
	out.SHA256 = digest
	before := in.readings(digest)
	if e, ok := in.sameReading(before); ok {
		return in.known(out, e), nil
	}
	if in.build == nil {
		if in.build, err = warehouse.Begin(in.Store, in.warehousePath(), in.entries); err != nil {
			return out, err
		}
	}
	opened, err := reader.Open(in.Store.ArchivePath(digest), reader.Options{})
	if err == nil {
		defer opened.Close()
		out, err = in.read(out, f, opened, before)
	}
	var refusal *reader.Refusal
	if errors.As(err, &refusal) {
		in.Store.Forget(digest, in.entries)
		return in.setAside(out, f, refusal)
	}
	return out, err
}

// readings are the entries by which these bytes are held now, oldest first.
func (in *intake) readings(digest string) []store.Entry {
	live := store.Current(in.entries)
	var out []store.Entry
	for _, e := range in.entries {
		if e.Kind == store.Import && e.SHA256 == digest && live[e.Seq] {
			out = append(out, e)
		}
	}
	return out
}

// sameReading finds an earlier reading that this one could only repeat.
func (in *intake) sameReading(before []store.Entry) (store.Entry, bool) {
	for _, e := range slices.Backward(before) {
		same := e.Register == in.RegisterSum() && e.Reading == layout.Fingerprint(e.Layout)
		if same && (in.asOf.IsZero() || e.AsOf == day(in.asOf)) {
			return e, true
		}
	}
	return store.Entry{}, false
}

// known is the account of a file that was read before: every kept row unchanged.
func (in *intake) known(out Imported, e store.Entry) Imported {
	out.Dataset, out.Layout, out.AsOf, out.Known = e.Dataset, e.Layout, e.AsOf, true
	out.Counts = store.Counts{Rows: e.Counts.Rows, Unchanged: e.Counts.Accepted(), Duplicate: e.Counts.Duplicate, Skipped: e.Counts.Skipped, Returned: e.Counts.Returned}
	if e.Counts.Returned > 0 {
		out.Slip = in.slipPath(out)
	}
	return out
}

func (in *intake) env() layout.Env {
	return layout.Env{
		Today: in.Today(), Location: in.Config.Location,
		UnitByCode: in.Units.ByCode, UnitByName: in.Units.ByName,
		NearestUnits: func(name string) []string { return in.Units.Nearest(name, 3) },
		Period: func(text string) (string, error) {
			p, err := period.Parse(text, in.Config.PeriodRule)
			return p.Name, err
		},
	}
}

// read types the rows of an opened file and keeps them.
func (in *intake) read(out Imported, f source.File, opened *reader.File, before []store.Entry) (Imported, error) {
	stage := in.build.Stage()
	defer stage.Abandon()
	res, err := layout.Read(opened, in.env(), stage.Begin)
	if err != nil {
		return out, err
	}
	out.Dataset, out.Layout = res.Dataset.Name, res.Layout
	if err := stage.Finish(drops(res)); err != nil {
		return out, err
	}
	e := store.Entry{
		Kind: store.Import, At: in.Clock(), SHA256: out.SHA256, File: f.Name, Dataset: res.Dataset.Name,
		Layout: res.Layout, Reading: res.Fingerprint, Register: in.RegisterSum(),
	}
	in.date(&e, res, before)
	out.AsOf = e.AsOf
	effect, err := in.build.Effect(stage, e.AsOf, e.Replaces)
	if err != nil {
		return out, err
	}
	e.Counts = store.Counts{
		Rows: res.Rows, Added: effect.Added, Changed: effect.Changed, Unchanged: effect.Unchanged, Older: effect.Older,
		Duplicate: res.Duplicate, Skipped: res.Skipped, Returned: len(res.Returned), Removed: effect.Removed,
	}
	out.Counts = e.Counts
	if err := in.keep(e, stage); err != nil {
		return out, err
	}
	if len(res.Returned) > 0 {
		out.Slip, err = in.writeSlip(out, res, "")
	}
	return out, err
}

func drops(res *layout.Result) []warehouse.Loc {
	out := make([]warehouse.Loc, len(res.Drop))
	for i, l := range res.Drop {
		out[i] = warehouse.Loc{Sheet: l.Sheet, Line: l.Line}
	}
	return out
}

// date decides which day an export stands for: the flag, the day its title rows
// name, that of an earlier reading of the same bytes, else the day it arrived.
// Bytes read before with another layout or register replace that reading.
func (in *intake) date(e *store.Entry, res *layout.Result, before []store.Entry) {
	e.AsOf = day(in.Today())
	if len(before) > 0 {
		e.AsOf = before[len(before)-1].AsOf
	}
	if !res.AsOf.IsZero() {
		e.AsOf = day(res.AsOf)
	}
	if !in.asOf.IsZero() {
		e.AsOf = day(in.asOf)
	}
	for _, b := range before {
		if b.AsOf == e.AsOf {
			e.Replaces = b.Seq
		}
	}
}

// keep writes the accepted rows, then the ledger entry, then the warehouse: a
// stop between any two loses nothing.
func (in *intake) keep(e store.Entry, stage *warehouse.Stage) error {
	if e.Counts.Accepted() > 0 {
		name := store.RowsName(e.Dataset, len(in.entries)+1)
		temp := in.Store.Temp("rows.parquet")
		if err := stage.Write(temp); err != nil {
			return err
		}
		sum, err := in.Store.KeepRows(temp, name)
		if err != nil {
			return err
		}
		e.Rows, e.RowsSum = name, sum
	}
	e, err := in.Store.Append(e, in.entries)
	if err != nil {
		return err
	}
	in.entries = append(in.entries, e)
	in.grown = true
	return in.build.Apply(e)
}

// setAside refuses a whole file: nothing of it is kept but its slip.
func (in *intake) setAside(out Imported, f source.File, why *reader.Refusal) (Imported, error) {
	out.Refused = why.Short
	out.AsOf = day(in.Today())
	if !in.asOf.IsZero() {
		out.AsOf = day(in.asOf)
	}
	in.Progress.Say("%s was set aside: %s", f.Name, why.Error())
	slip, err := in.writeSlip(out, nil, why.Reason)
	out.Slip = slip
	return out, err
}

func day(t time.Time) string { return t.Format(time.DateOnly) }

// Withdraw takes a wrong export back out: its rows no longer hold, as of now.
func (p *Project) Withdraw(digest string) (Imported, error) {
	entries, err := p.Store.Entries()
	if err != nil {
		return Imported{}, err
	}
	live := store.Current(entries)
	e := store.Entry{Kind: store.Withdraw, At: p.Clock(), SHA256: digest}
	for _, x := range entries {
		if x.Kind == store.Import && live[x.Seq] && len(digest) >= 8 && len(x.SHA256) >= len(digest) && x.SHA256[:len(digest)] == digest {
			if e.File != "" && e.SHA256 != x.SHA256 {
				return Imported{}, fmt.Errorf("%s stands for more than one export; write more of its SHA-256", digest)
			}
			e.File, e.Dataset, e.SHA256 = x.File, x.Dataset, x.SHA256
			e.Takes = append(e.Takes, x.Seq)
		}
	}
	if len(e.Takes) == 0 {
		return Imported{}, fmt.Errorf("no export with SHA-256 %s is in use; `cchc history` lists them", digest)
	}
	b, err := warehouse.Begin(p.Store, p.warehousePath(), entries)
	if err != nil {
		return Imported{}, err
	}
	defer b.Discard()
	if e.Counts.Removed, err = b.Held(e.Dataset, e.Takes); err != nil {
		return Imported{}, err
	}
	if e, err = p.Store.Append(e, entries); err != nil {
		return Imported{}, err
	}
	if err := b.Apply(e); err != nil {
		return Imported{}, err
	}
	out := Imported{File: e.File, SHA256: e.SHA256, Dataset: e.Dataset, Counts: e.Counts}
	return out, b.Commit()
}

func (p *Project) slipPath(i Imported) string {
	name := filepath.Base(filepath.FromSlash(i.File))
	if i.SHA256 != "" {
		name += "-" + i.SHA256[:8]
	}
	return p.Path("slips", name+".xlsx")
}
