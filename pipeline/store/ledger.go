// Package store is the truth of a workspace: the exports as received
// (archive/), the accepted rows as typed files (store/<dataset>/) and the ledger
// that says in which order they came. Nothing in it is ever changed.
package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

// Kinds of ledger entry.
const (
	Import   = "import"
	Withdraw = "withdraw"
)

// Entry is one line of the ledger. Positions count from 1 without a gap; each
// entry carries the SHA-256 of the one before, so a lost or changed entry shows.
type Entry struct {
	Seq      int       `json:"seq"`
	Kind     string    `json:"kind"`
	At       time.Time `json:"at"`     // instant of the import
	SHA256   string    `json:"sha256"` // of the export
	File     string    `json:"file,omitempty"`
	Member   string    `json:"member,omitempty"` // of an archive of several exports
	Dataset  string    `json:"dataset,omitempty"`
	Layout   string    `json:"layout,omitempty"`
	AsOf     string    `json:"as_of,omitempty"`    // civil date
	Reading  string    `json:"reading,omitempty"`  // fingerprint of layout and reader
	Register string    `json:"register,omitempty"` // SHA-256 of units.csv
	Rows     string    `json:"rows,omitempty"`     // typed file, relative to store/
	RowsSum  string    `json:"rows_sha256,omitempty"`
	Counts   Counts    `json:"counts"`
	Whole    bool      `json:"whole,omitempty"`     // what it covers and lacks no longer holds
	Encoding string    `json:"encoding,omitempty"`  // as read
	Replaces int       `json:"replaces,omitempty"`  // earlier reading of the same bytes
	Takes    []int     `json:"withdraws,omitempty"` // entries a withdrawal takes out
	Previous string    `json:"previous"`            // SHA-256 of the entry before; empty for the first
}

// Counts is the accounting of one export:
// Rows = Added + Changed + Unchanged + Older + Duplicate + Skipped + Returned.
// Removed counts stored rows that the export took out.
type Counts struct {
	Rows      int `json:"rows"`
	Added     int `json:"added"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Older     int `json:"older"`
	Duplicate int `json:"duplicate"`
	Skipped   int `json:"skipped"`
	Returned  int `json:"returned"`
	Removed   int `json:"removed"`
}

// Accepted is how many rows of the export are kept in the store.
func (c Counts) Accepted() int { return c.Added + c.Changed + c.Unchanged + c.Older }

// Balanced reports whether every row of the export is accounted for.
func (c Counts) Balanced() bool { return c.Rows == c.Accepted()+c.Duplicate+c.Skipped+c.Returned }

// Store is the store of one workspace.
type Store struct{ dir string }

// Open makes the folders of the store if they are missing.
func Open(workspace string) (*Store, error) {
	s := &Store{dir: workspace}
	for _, d := range []string{s.archive(), s.ledger(), s.path("tmp")} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, fmt.Errorf("make the store: %w", err)
		}
	}
	return s, nil
}

func (s *Store) archive() string { return filepath.Join(s.dir, "archive") }
func (s *Store) ledger() string  { return s.path("ledger") }
func (s *Store) path(parts ...string) string {
	return filepath.Join(append([]string{s.dir, "store"}, parts...)...)
}

// Dir is the folder of the store, where the warehouse may read and write.
func (s *Store) Dir() string { return s.path() }

// Entries reads the whole ledger and checks its chain.
func (s *Store) Entries() ([]Entry, error) {
	names, err := os.ReadDir(s.ledger())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	var list []string
	for _, n := range names {
		if strings.HasSuffix(n.Name(), ".json") {
			list = append(list, n.Name())
		}
	}
	sort.Strings(list)
	var out []Entry
	previous := ""
	for i, name := range list {
		b, err := os.ReadFile(filepath.Join(s.ledger(), name))
		if err != nil {
			return nil, fmt.Errorf("read the ledger: %w", err)
		}
		var e Entry
		if err := json.Unmarshal(b, &e); err != nil || e.Seq != i+1 || name != entryName(e.Seq) || e.Previous != previous {
			return nil, fmt.Errorf("the ledger is damaged at store/ledger/%s (position %d); restore store/ from a backup", name, i+1)
		}
		previous = sum(b)
		out = append(out, e)
	}
	return out, nil
}

// Head is the SHA-256 of the entry at a position, empty for position 0. As each
// entry carries that of the one before, it vouches for the whole ledger up to it.
func (s *Store) Head(position int) (string, error) {
	if position == 0 {
		return "", nil
	}
	b, err := os.ReadFile(filepath.Join(s.ledger(), entryName(position)))
	if err != nil {
		return "", fmt.Errorf("read the ledger: %w", err)
	}
	return sum(b), nil
}

func entryName(seq int) string { return fmt.Sprintf("%08d.json", seq) }

// Append writes the next entry. It is on disk, whole, when Append returns.
func (s *Store) Append(e Entry, before []Entry) (Entry, error) {
	e.Seq = len(before) + 1
	var err error
	if e.Previous, err = s.Head(len(before)); err != nil {
		return e, err
	}
	if e.Kind == Import && !e.Counts.Balanced() {
		return e, fmt.Errorf("the rows of %s do not add up: %+v; nothing was loaded", e.File, e.Counts)
	}
	b, err := json.MarshalIndent(e, "", " ")
	if err != nil {
		return e, err
	}
	return e, WriteFile(filepath.Join(s.ledger(), entryName(e.Seq)), append(b, '\n'))
}

// RowsName is where the accepted rows of an entry lie, relative to Dir.
func RowsName(dataset string, seq int) string {
	return dataset + "/" + fmt.Sprintf("%08d.parquet", seq)
}

// RowsPath is the path of a file named by RowsName.
func (s *Store) RowsPath(name string) string { return s.path(filepath.FromSlash(name)) }

// Temp is a path for a file being written, on the same file system.
func (s *Store) Temp(name string) string { return s.path("tmp", name) }

// KeepRows moves a typed file from Temp to its place, checks nothing was there
// that the ledger knows, and returns its SHA-256.
func (s *Store) KeepRows(temp, name string) (string, error) {
	digest, err := SumFile(temp)
	if err != nil {
		return "", err
	}
	to := s.RowsPath(name)
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return "", err
	}
	if err := os.Chmod(temp, 0o600); err != nil {
		return "", err
	}
	if err := syncFile(temp); err != nil {
		return "", err
	}
	if err := os.Rename(temp, to); err != nil {
		return "", err
	}
	return digest, syncDir(filepath.Dir(to))
}

// Current tells which imports hold at a ledger position: those not withdrawn and
// not replaced by another reading of the same bytes.
func Current(entries []Entry) map[int]bool {
	live := map[int]bool{}
	for _, e := range entries {
		switch e.Kind {
		case Import:
			live[e.Seq] = true
			delete(live, e.Replaces)
		case Withdraw:
			for _, t := range e.Takes {
				delete(live, t)
			}
		}
	}
	return live
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}
