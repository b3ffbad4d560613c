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
	"cchc/pipeline/workspace"
)

// Imported is what became of one file. The counts are those of store.Counts.
type Imported struct {
	File    string `json:"file"`
	SHA256  string `json:"sha256"`
	Dataset string `json:"dataset"`
	Layout  string `json:"layout"`
	AsOf    string `json:"as_of"`
	store.Counts
	Slip    string   `json:"slip"`              // path of the return slip; empty when nothing goes back
	Refused string   `json:"refused,omitempty"` // why the whole file was set aside
	Notes   []string `json:"notes,omitempty"`   // how it was read, in Vietnamese, where that was not plain
	member  string
	Known   bool `json:"-"` // the same bytes were read before: nothing to do
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
	r.Imported, err = r.Import(ctx, files, ImportOptions{Pause: Pause})
	return err
}

// Pause is how long an import waits before it looks at a file a second time.
const Pause = time.Second

// ImportOptions say how to import. AsOf is the day the exports stand for, or
// zero. Pause is the time between the two looks at each file.
type ImportOptions struct {
	AsOf     time.Time
	Encoding string // of text that does not say it itself; empty: that of the source
	Pause    time.Duration
}

// Import takes files into the store, one after the other. Files that are still
// being written are named and left for the next call. What was taken before an
// error stays taken.
func (p *Project) Import(ctx context.Context, files []source.File, o ImportOptions) ([]Imported, error) {
	entries, err := p.Store.Entries()
	if err != nil {
		return nil, err
	}
	layouts, err := p.Layouts()
	if err != nil {
		return nil, err
	}
	files, unsettled, err := source.Settle(ctx, files, o.Pause)
	if err != nil {
		return nil, err
	}
	for _, f := range unsettled {
		p.Progress.Say("%s is still being written, or its .sha256 does not agree: left for the next import", f.Name)
	}
	in := &intake{Project: p, entries: entries, layouts: layouts, asOf: o.AsOf, encoding: o.Encoding}
	defer in.discard()
	p.Progress.Step("import", len(files))
	var out []Imported
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		some, err := in.take(ctx, f)
		out = append(out, some...)
		if err != nil {
			return out, fmt.Errorf("%s: %w", f.Name, err)
		}
		p.Progress.Advance(1)
	}
	return out, in.commit()
}

// intake is an import under way. The warehouse is opened with the first file
// that must be read.
type intake struct {
	*Project
	entries  []store.Entry
	layouts  *layout.Set
	asOf     time.Time
	encoding string // set for this call; else that of the source
	build    *warehouse.Build
	grown    bool
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

// patience is how long one export may take to be read.
const patience = 15 * time.Minute

// take archives a file and reads it; an archive of several exports gives an
// account of each.
func (in *intake) take(ctx context.Context, f source.File) ([]Imported, error) {
	info, err := os.Lstat(f.Path)
	if err != nil || !info.Mode().IsRegular() {
		return in.setAside(Imported{File: f.Name}, &reader.Refusal{Reason: "Không đọc được tệp: chỉ nhận tệp thông thường, không nhận liên kết hoặc thư mục.", Short: "not a regular file"})
	}
	digest, err := in.Store.Archive(f.Path)
	if err != nil {
		return nil, err
	}
	members, err := reader.Members(in.Store.ArchivePath(digest), in.options(ctx, f))
	var refusal *reader.Refusal
	if errors.As(err, &refusal) {
		in.Store.Forget(digest, in.entries)
		return in.setAside(Imported{File: f.Name, SHA256: digest}, refusal)
	}
	if err != nil {
		return nil, err
	}
	if members == nil {
		members = []reader.Member{{}}
	}
	var out []Imported
	for _, m := range members {
		one, err := in.takeOne(ctx, f, digest, m.Name)
		if err != nil {
			return out, err
		}
		out = append(out, one)
	}
	return out, nil
}

// options are how a file of this source is read.
func (in *intake) options(ctx context.Context, f source.File) reader.Options {
	encoding := in.encoding
	if encoding == "" {
		encoding = in.Config.SourceNamed(f.Source).Encoding
	}
	return reader.Options{Encoding: encoding, Context: ctx}
}

// takeOne reads an archived export, or one member of it.
func (in *intake) takeOne(ctx context.Context, f source.File, digest, member string) (Imported, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	options := in.options(ctx, f)
	out := Imported{File: f.Name, SHA256: digest, member: member}
	if member != "" {
		out.File += "/" + member
	}
	before := in.readings(digest, member)
	if e, ok := in.sameReading(before, options.Encoding); ok {
		return in.known(out, e), nil
	}
	var err error
	if in.build == nil {
		if in.build, err = warehouse.Begin(in.Store, in.warehousePath(), in.entries); err != nil {
			return out, err
		}
	}
	opened, err := open(in.Store.ArchivePath(digest), member, options)
	if err == nil {
		defer opened.Close()
		out, err = in.read(out, f, opened, options.Encoding, before)
	}
	var refusal *reader.Refusal
	if errors.As(err, &refusal) {
		in.Store.Forget(digest, in.entries)
		list, err := in.setAside(out, refusal)
		return list[0], err
	}
	return out, err
}

func open(path, member string, o reader.Options) (*reader.File, error) {
	if member == "" {
		return reader.Open(path, o)
	}
	return reader.OpenMember(path, member, o)
}

// readings are the entries by which these bytes are held now, oldest first.
func (in *intake) readings(digest, member string) []store.Entry {
	live := store.Current(in.entries)
	var out []store.Entry
	for _, e := range in.entries {
		if e.Kind == store.Import && e.SHA256 == digest && e.Member == member && live[e.Seq] {
			out = append(out, e)
		}
	}
	return out
}

// sameReading finds an earlier reading that this one could only repeat.
func (in *intake) sameReading(before []store.Entry, encoding string) (store.Entry, bool) {
	for _, e := range slices.Backward(before) {
		same := e.Register == in.RegisterSum() && e.Reading == reading(in.layouts.Fingerprint(e.Layout), encoding)
		if same && (in.asOf.IsZero() || e.AsOf == day(in.asOf)) {
			return e, true
		}
	}
	return store.Entry{}, false
}

// reading identifies how a file was read: layout and typing rules, and the
// encoding that was set.
func reading(fingerprint, encoding string) string {
	if encoding == "" {
		return fingerprint
	}
	return fingerprint + "+" + encoding
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

// Layouts are those of the program and those of the workspace, in layouts/.
func (p *Project) Layouts() (*layout.Set, error) {
	set, err := layout.Load(os.DirFS(p.Path("layouts")))
	var wrong *layout.Problems
	if errors.As(err, &wrong) {
		return nil, &workspace.Invalid{Err: err}
	}
	return set, err
}

// LayoutEnv is what typing needs to know about the workspace.
func (p *Project) LayoutEnv() layout.Env {
	return layout.Env{
		Today: p.Today(), Location: p.Config.Location,
		UnitByCode: p.Units.ByCode, UnitByName: p.Units.ByName,
		NearestUnits: func(name string) []string { return p.Units.Nearest(name, 3) },
		Period: func(text string) (string, error) {
			found, err := period.Parse(text, p.Config.PeriodRule)
			return found.Name, err
		},
	}
}

// env is that of the workspace, and the procedure codes known so far. They are
// read now: while rows are staged the connection is not free.
func (in *intake) env() (layout.Env, error) {
	env := in.LayoutEnv()
	codes, err := in.build.Codes()
	env.Codes = func() []string { return codes }
	return env, err
}

// read types the rows of an opened file and keeps them.
func (in *intake) read(out Imported, f source.File, opened *reader.File, encoding string, before []store.Entry) (Imported, error) {
	stage := in.build.Stage()
	defer stage.Abandon()
	env, err := in.env()
	if err != nil {
		return out, err
	}
	res, err := in.layouts.Read(opened, env, stage.Begin)
	if err != nil {
		return out, err
	}
	out.Dataset, out.Layout, out.Notes = res.Dataset.Name, res.Layout, notes(opened, res)
	if err := stage.Finish(drops(res)); err != nil {
		return out, err
	}
	e := store.Entry{
		Kind: store.Import, At: in.Clock(), SHA256: out.SHA256, File: out.File, Dataset: res.Dataset.Name,
		Member: out.member, Layout: res.Layout, Reading: reading(res.Fingerprint, encoding), Encoding: opened.Encoding, Register: in.RegisterSum(),
	}
	e.Whole = in.Config.SourceNamed(f.Source).Whole
	in.date(&e, f, res, before)
	out.AsOf = e.AsOf
	e.Counts = store.Counts{Rows: res.Rows, Duplicate: res.Duplicate, Skipped: res.Skipped, Returned: len(res.Returned)}
	if out.Counts, err = in.keep(e, stage); err != nil {
		return out, err
	}
	if len(res.Returned) > 0 {
		out.Slip, err = in.writeSlip(out, res, "")
	}
	return out, err
}

// notes tell what was taken that the file does not say plainly: nothing is
// guessed in silence. No cell of the file is in them.
func notes(opened *reader.File, res *layout.Result) []string {
	var out []string
	if opened.Encoding != "" && opened.Encoding != "utf-8" {
		how := map[string]string{reader.ByMark: "theo dấu đầu tệp", reader.ByContent: "nhận ra từ nội dung", reader.BySetting: "theo thiết lập của nguồn"}[opened.EncodingBy]
		out = append(out, "bảng mã của tệp: "+opened.Encoding+" ("+how+")")
	}
	if n := len(res.Repaired); n > 0 {
		out = append(out, fmt.Sprintf("%d mã thủ tục bị Excel làm sai dạng đã được khôi phục theo danh mục (dòng đầu tiên: %d)", n, res.Repaired[0].Line))
	}
	if res.Masked > 0 {
		out = append(out, fmt.Sprintf("%d chỗ có số điện thoại, thư điện tử hoặc số định danh trong phần ghi chú đã được che", res.Masked))
	}
	if n := len(res.Personal); n > 0 {
		out = append(out, fmt.Sprintf("%d cột dữ liệu cá nhân không được đọc và không lưu", n))
	}
	if len(res.Sheets) > 1 {
		out = append(out, fmt.Sprintf("đã đọc %d trang tính", len(res.Sheets)))
	}
	left := 0
	for _, l := range res.Left {
		if l.Layout != "" { // a sheet without a header, such as a guide, is nothing to speak of
			left++
		}
	}
	if left > 0 {
		out = append(out, fmt.Sprintf("%d trang tính theo mẫu khác không được đọc", left))
	}
	return out
}

func drops(res *layout.Result) []warehouse.Loc {
	out := make([]warehouse.Loc, len(res.Drop))
	for i, l := range res.Drop {
		out[i] = warehouse.Loc{Sheet: l.Sheet, Line: l.Line}
	}
	return out
}

// date decides which day an export stands for: the flag, the day its name gives
// by the source's pattern, the day its title rows name, that of an earlier reading
// of the same bytes, else the day it arrived. Bytes read before with another
// layout or register replace that reading.
func (in *intake) date(e *store.Entry, f source.File, res *layout.Result, before []store.Entry) {
	e.AsOf = day(in.Today())
	if len(before) > 0 {
		e.AsOf = before[len(before)-1].AsOf
	}
	if !res.AsOf.IsZero() {
		e.AsOf = day(res.AsOf)
	}
	if named := in.Config.SourceNamed(f.Source).NamedDay(f.Name); !named.IsZero() {
		e.AsOf = day(named)
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

// keep writes the accepted rows, applies them to the warehouse in the making, and
// then writes the ledger entry: only with it did the import happen.
func (in *intake) keep(e store.Entry, stage *warehouse.Stage) (store.Counts, error) {
	e.Seq = len(in.entries) + 1
	if accepted := e.Counts.Rows - e.Counts.Duplicate - e.Counts.Skipped - e.Counts.Returned; accepted > 0 {
		e.Rows = store.RowsName(e.Dataset, e.Seq)
		temp := in.Store.Temp("rows.parquet")
		if err := stage.Write(temp); err != nil {
			return e.Counts, err
		}
		var err error
		if e.RowsSum, err = in.Store.KeepRows(temp, e.Rows); err != nil {
			return e.Counts, err
		}
	}
	counts := e.Counts
	e.Counts = store.Counts{}
	if err := in.build.ApplyStaged(e); err != nil {
		return counts, err
	}
	effect, err := in.build.Effect()
	if err != nil {
		return counts, err
	}
	counts.Added, counts.Changed, counts.Unchanged, counts.Older, counts.Removed = effect.Added, effect.Changed, effect.Unchanged, effect.Older, effect.Removed
	e.Counts = counts
	if e, err = in.Store.Append(e, in.entries); err != nil {
		return counts, err
	}
	in.entries = append(in.entries, e)
	in.grown = true
	return counts, nil
}

// setAside refuses a whole file: nothing of it is kept but its slip.
func (in *intake) setAside(out Imported, why *reader.Refusal) ([]Imported, error) {
	out.Refused = why.Short
	out.AsOf = day(in.Today())
	if !in.asOf.IsZero() {
		out.AsOf = day(in.asOf)
	}
	in.Progress.Say("%s was set aside: %s", out.File, why.Error())
	slip, err := in.writeSlip(out, nil, why.Reason)
	out.Slip = slip
	return []Imported{out}, err
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
		return Imported{}, fmt.Errorf("no export with SHA-256 %s is in use; `cchc history --exports` lists them", digest)
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
