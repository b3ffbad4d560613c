// Package publish puts finished reports in their place as immutable editions:
// reports/<period>/<report>/<unit>/v<N>/, each with a manifest that says what it
// was made of.
package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"cchc/pipeline/store"
)

// Manifest says what an edition is and what it was made of. Dates are civil
// dates, Clock is the run's clock (RFC 3339).
type Manifest struct {
	Report      string    `json:"report"`
	Unit        string    `json:"unit"`
	UnitName    string    `json:"unit_name"`
	Period      string    `json:"period"`
	From        string    `json:"from"`
	To          string    `json:"to"`
	Edition     int       `json:"edition"`
	Clock       string    `json:"clock"`
	RunID       string    `json:"run_id"`
	Program     string    `json:"program"`
	Definitions string    `json:"definitions"`
	Ledger      Ledger    `json:"ledger"`
	Content     string    `json:"content"` // SHA-256 of everything the report says, clock and edition apart
	Outputs     []File    `json:"outputs"`
	Exports     []Export  `json:"exports"`
	State       []File    `json:"state"`
	Findings    []Finding `json:"findings"`
}

// Ledger is the position the figures were computed at.
type Ledger struct {
	Position int    `json:"position"`
	Head     string `json:"sha256"` // of the ledger entry at that position, which vouches for all before it
}

// File is a file and its SHA-256.
type File struct {
	Name   string `json:"file"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes,omitempty"`
}

// Export is an export that rows of the edition come from.
type Export struct {
	File    string `json:"file"`
	SHA256  string `json:"sha256"`
	Dataset string `json:"dataset"`
	AsOf    string `json:"as_of"`
	Rows    int    `json:"rows"`
}

// Finding is what check said when the edition was made.
type Finding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Unit     string `json:"unit,omitempty"`
	Message  string `json:"message"`
	Rows     int    `json:"rows"`
}

// ManifestName is the manifest's file name in an edition.
const ManifestName = "manifest.json"

// Shelf is where the editions of one report of one unit and period stand.
type Shelf struct{ Dir string }

// ShelfOf is the shelf below a workspace's reports folder.
func ShelfOf(reports, period, report, unit string) Shelf {
	return Shelf{filepath.Join(reports, period, report, unit)}
}

// Latest is the number of the newest whole edition, 0 when there is none.
func (s Shelf) Latest() (int, error) {
	list, err := os.ReadDir(s.Dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return 0, err
	}
	best := 0
	for _, e := range list {
		n, err := strconv.Atoi(strings.TrimPrefix(e.Name(), "v"))
		if err != nil || !strings.HasPrefix(e.Name(), "v") || n <= best {
			continue
		}
		if _, err := os.Stat(filepath.Join(s.Dir, e.Name(), ManifestName)); err == nil {
			best = n
		}
	}
	return best, nil
}

// Path is the folder of an edition.
func (s Shelf) Path(n int) string { return filepath.Join(s.Dir, "v"+strconv.Itoa(n)) }

// Manifest reads the manifest of an edition.
func (s Shelf) Manifest(n int) (*Manifest, error) { return Read(s.Path(n)) }

// Read reads the manifest in an edition's folder.
func Read(dir string) (*Manifest, error) {
	b, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil {
		return nil, err
	}
	var m Manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("%s/%s is damaged: %w", dir, ManifestName, err)
	}
	return &m, nil
}

// Output is one file of an edition.
type Output struct {
	Name  string
	Bytes []byte
}

// Publish writes a new edition: beside, whole, then renamed into place. Nothing
// that was published before is touched.
func (s Shelf) Publish(m Manifest, outputs []Output) (string, error) {
	to := s.Path(m.Edition)
	if _, err := os.Stat(to); err == nil {
		return "", fmt.Errorf("%s is there already; an edition is never changed", to)
	}
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return "", fmt.Errorf("publish: %w", err)
	}
	temp, err := os.MkdirTemp(s.Dir, ".new-")
	if err != nil {
		return "", fmt.Errorf("publish: %w", err)
	}
	defer os.RemoveAll(temp)
	m.Outputs = nil
	for _, o := range outputs {
		sum := sha256.Sum256(o.Bytes)
		m.Outputs = append(m.Outputs, File{o.Name, hex.EncodeToString(sum[:]), int64(len(o.Bytes))})
		if err := store.WriteFile(filepath.Join(temp, o.Name), o.Bytes); err != nil {
			return "", fmt.Errorf("publish %s: %w", o.Name, err)
		}
	}
	slices.SortFunc(m.Outputs, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	b, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return "", err
	}
	if err := store.WriteFile(filepath.Join(temp, ManifestName), append(b, '\n')); err != nil {
		return "", fmt.Errorf("publish: %w", err)
	}
	if err := os.Rename(temp, to); err != nil {
		return "", fmt.Errorf("publish: %w", err)
	}
	return to, nil
}

// Problem is one thing wrong with an edition.
type Problem struct{ File, What string }

// Verify compares the files of an edition with its manifest.
func Verify(dir string) (*Manifest, []Problem, error) {
	m, err := Read(dir)
	if err != nil {
		return nil, nil, err
	}
	var out []Problem
	known := map[string]bool{ManifestName: true}
	for _, f := range m.Outputs {
		known[f.Name] = true
		sum, err := store.SumFile(filepath.Join(dir, f.Name))
		switch {
		case errors.Is(err, os.ErrNotExist):
			out = append(out, Problem{f.Name, "is missing"})
		case err != nil:
			return m, out, err
		case sum != f.SHA256:
			out = append(out, Problem{f.Name, "was changed after it was published"})
		}
	}
	list, err := os.ReadDir(dir)
	if err != nil {
		return m, out, err
	}
	for _, e := range list {
		if !known[e.Name()] {
			out = append(out, Problem{e.Name(), "does not belong to the edition"})
		}
	}
	return m, out, nil
}
