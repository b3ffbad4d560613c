// Package workspace is one organisation's folder: its configuration, unit
// register and targets, where everything lies, who holds it, and what time it
// is.
package workspace

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"cchc/pipeline/unit"

	"github.com/gofrs/flock"
)

// Workspace is an opened folder.
type Workspace struct {
	Dir     string
	Config  *Config
	Units   *unit.Register
	Targets []Target
	Clock   Clock
	state   map[string][]byte // state files as read, by name
}

// Clock says what time it is; a fixed one serves tests and reruns.
type Clock func() time.Time

// Open reads the workspace at dir. Every problem of every state file comes back
// in one error.
func Open(dir string, clock Clock, reports, formats []string) (*Workspace, error) {
	w := &Workspace{Dir: dir, Clock: clock, state: map[string][]byte{}}
	var problems []error
	if b, err := readState(dir, "cchc.yaml"); err != nil {
		problems = append(problems, err)
	} else {
		w.state["cchc.yaml"] = b
		if w.Config, err = ParseConfig("cchc.yaml", b, reports, formats); err != nil {
			problems = append(problems, err)
		}
	}
	if b, err := readState(dir, "units.csv"); err != nil {
		problems = append(problems, err)
	} else {
		w.state["units.csv"] = b
		if w.Units, err = ParseUnits("units.csv", b); err != nil {
			problems = append(problems, err)
		}
	}
	if b, err := os.ReadFile(filepath.Join(dir, "targets.csv")); err == nil {
		w.state["targets.csv"] = b
		if w.Targets, err = ParseTargets("targets.csv", b); err != nil {
			problems = append(problems, err)
		}
	} else if !os.IsNotExist(err) {
		problems = append(problems, err)
	}
	if len(problems) > 0 {
		return nil, &Invalid{errors.Join(problems...)}
	}
	return w, w.crossCheck()
}

// Invalid says that the workspace's own files are wrong: exit code 2.
type Invalid struct{ Err error }

func (e *Invalid) Error() string { return e.Err.Error() }
func (e *Invalid) Unwrap() error { return e.Err }

// crossCheck looks at what one state file says of another.
func (w *Workspace) crossCheck() error {
	var list []string
	if _, ok := w.Units.Canonical(w.Config.Organisation.Code); !ok {
		list = append(list, fmt.Sprintf("line %d: organisation %q is not in units.csv", w.Config.lines["organisation"], w.Config.Organisation.Code))
	}
	for _, j := range w.Config.Jobs {
		for _, u := range j.Units {
			if err := w.checkUnit(u); err != nil {
				list = append(list, fmt.Sprintf("line %d: job %s: %v", w.Config.lines[jobLine(j.Name)], j.Name, err))
			}
		}
	}
	if list == nil {
		return nil
	}
	return &Invalid{&Problems{"cchc.yaml", list}}
}

// TierPrefix before a tier's name selects every unit of that tier.
const TierPrefix = "tier:"

func (w *Workspace) checkUnit(u string) error {
	if len(u) > len(TierPrefix) && u[:len(TierPrefix)] == TierPrefix {
		if _, ok := tierOf(u[len(TierPrefix):]); !ok {
			return fmt.Errorf("%q names no tier; write tier:province, tier:department, tier:district or tier:commune", u)
		}
		return nil
	}
	if _, ok := w.Units.Canonical(u); !ok {
		return fmt.Errorf("unit %q is not in units.csv", u)
	}
	return nil
}

// SelectUnits turns codes and "tier:…" into canonical codes of the tree of a
// day, in register order, each once. An empty list means every unit.
func (w *Workspace) SelectUnits(list []string, day time.Time) ([]string, error) {
	if len(list) == 0 {
		return w.Units.Codes(), nil
	}
	want := map[string]bool{}
	tree := w.Units.At(day)
	for _, u := range list {
		if err := w.checkUnit(u); err != nil {
			return nil, &Invalid{err}
		}
		if code, ok := w.Units.Canonical(u); ok {
			want[code] = true
			continue
		}
		tier, _ := tierOf(u[len(TierPrefix):])
		for _, x := range tree.Units {
			if x.Tier == tier && tree.Standing[x.Code] {
				want[x.Code] = true
			}
		}
	}
	var out []string
	for _, code := range w.Units.Codes() {
		if want[code] {
			out = append(out, code)
		}
	}
	return out, nil
}

// Now is the wall clock of the workspace, kept as UTC (see package dataset).
func (w *Workspace) Now() time.Time { return Wall(w.Clock(), w.Config.Location) }

// Instant is the clock's time in the workspace's zone, for records: its offset
// stands beside it.
func (w *Workspace) Instant() time.Time { return w.Clock().In(w.Config.Location) }

// Wall turns an instant into the wall clock of a zone, kept as UTC.
func Wall(t time.Time, loc *time.Location) time.Time {
	t = t.In(loc)
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// Today is the workspace's civil date.
func (w *Workspace) Today() time.Time { return w.Now().Truncate(24 * time.Hour) }

// StateFiles gives the SHA-256 of every state file read, by name.
func (w *Workspace) StateFiles() map[string]string {
	out := map[string]string{}
	for name, b := range w.state {
		sum := sha256.Sum256(b)
		out[name] = hex.EncodeToString(sum[:])
	}
	return out
}

// RegisterSum is the SHA-256 of units.csv: a file is read again when it changed.
func (w *Workspace) RegisterSum() string { return w.StateFiles()["units.csv"] }

// Path joins parts to the workspace's folder.
func (w *Workspace) Path(parts ...string) string {
	return filepath.Join(append([]string{w.Dir}, parts...)...)
}

// Held means that another run holds the workspace: exit code 4.
type Held struct{ Path, Owner string }

func (e *Held) Error() string {
	return fmt.Sprintf("another run holds the workspace (%s)%s; wait for it to end", e.Path, e.Owner)
}

// Lock takes the workspace for a run that writes; release with the function
// returned.
func (w *Workspace) Lock(purpose string) (release func(), err error) {
	if err := os.MkdirAll(w.Path("runs"), 0o700); err != nil {
		return nil, err
	}
	path := w.Path("runs", "lock")
	l := flock.New(path, flock.SetPermissions(0o600))
	ok, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("take the lock of the workspace: %w", err)
	}
	owner := w.Path("runs", "lock.owner")
	if !ok {
		by, _ := os.ReadFile(owner)
		text := ""
		if len(by) > 0 {
			text = ": " + string(by)
		}
		return nil, &Held{path, text}
	}
	note := fmt.Sprintf("%s, process %d, since %s", purpose, os.Getpid(), w.Now().Format("2006-01-02 15:04:05"))
	if err := os.WriteFile(owner, []byte(note), 0o600); err != nil {
		l.Unlock()
		return nil, err
	}
	return func() { os.Remove(owner); l.Unlock() }, nil
}
