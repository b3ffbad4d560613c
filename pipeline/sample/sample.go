// Package sample writes example workspaces: for each of five published
// articles on administrative reform, a folder of row-level exports from which
// the figures of the article come out by counting. Nothing in it is read from a
// real system, and it holds no persons.
//
// The same options give the same bytes. Every list of rows has a random stream
// of its own, so that a row added to one does not move the others.
package sample

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Options choose a variant of a workspace.
type Options struct {
	Seed  uint64 // 0: the articles' own totals; else totals drawn from the seed
	Scale int    // multiplies dossiers and documents; 0 means 1
}

// Workspace is one example, ready to be written, and what must be counted in it.
type Workspace struct {
	Name     string
	Files    []File // in a fixed order: configuration, register, targets, exports
	Now      string // RFC 3339: the clock of the example's run, a few days after the cut-off
	Jobs     []Job  // also in cchc.yaml
	Expect   []Expectation
	Declared []Declared
}

// File is one file of a workspace; Path is relative, with slashes.
type File struct {
	Path string
	Data []byte
}

// Job is one entry of "jobs" in cchc.yaml.
type Job struct {
	Name, Schedule, Period string
	Reports, Units         []string
}

// Expectation is one count that the exports hold. By and Key are empty, or a
// breakdown ("field" or "desk") and the value it is for.
type Expectation struct {
	Period, Unit, Tier, Measure string
	By, Key                     string
	Value                       int64
}

// Declared is one declared figure, its numbers as they stand in the export;
// an empty text is a number that was not given.
type Declared struct {
	Period, Unit, Code            string
	Value, Numerator, Denominator string
}

// builders lists the examples in the order in which they are shown.
var builders = []struct {
	name  string
	build func(*builder) error
}{
	{"ngan-son", buildNganSon},
	{"can-tho", buildCanTho},
	{"khu-kinh-te", buildKhuKinhTe},
	{"hiep-hoa", buildHiepHoa},
	{"my-duc", buildMyDuc},
}

// Names lists the examples.
func Names() []string {
	var names []string
	for _, b := range builders {
		names = append(names, b.name)
	}
	return names
}

// Build makes one example in memory. It fails for an unknown name, and when a
// seed draws totals that no rows can have.
func Build(name string, o Options) (*Workspace, error) {
	if o.Scale < 0 {
		return nil, fmt.Errorf("sample %s: scale %d is negative; give 1 or more", name, o.Scale)
	}
	if o.Scale == 0 {
		o.Scale = 1
	}
	for _, c := range builders {
		if c.name != name {
			continue
		}
		b := newBuilder(name, o)
		if err := c.build(b); err != nil {
			return nil, fmt.Errorf("sample %s (seed %d, scale %d): %w", name, o.Seed, o.Scale, err)
		}
		return b.finish(), nil
	}
	return nil, fmt.Errorf("there is no example %q; choose one of %s", name, strings.Join(Names(), ", "))
}

// Write puts the files of w under dir, folders with mode 0700 and files with
// 0600. It refuses a folder that already holds something.
func Write(dir string, w *Workspace) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("write example %s: %w", w.Name, err)
	}
	if len(entries) > 0 {
		return fmt.Errorf("write example %s: %s is not empty; name a new folder or remove what is in it", w.Name, dir)
	}
	for _, f := range w.Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return fmt.Errorf("write example %s: %w", w.Name, err)
		}
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			return fmt.Errorf("write example %s: %w", w.Name, err)
		}
	}
	return nil
}
