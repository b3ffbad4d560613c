package store

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2021, 9, 21, 5, 0, 0, 0, time.UTC)

// ledger is a store with n imports in its ledger.
func ledger(t *testing.T, n int) (*Store, []Entry) {
	t.Helper()
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var entries []Entry
	for i := range n {
		e, err := s.Append(Entry{Kind: Import, At: noon, SHA256: fmt.Sprintf("%064x", i+1), File: "a.csv", Dataset: "tasks", Counts: Counts{Rows: 2, Added: 1, Returned: 1}}, entries)
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e)
	}
	return s, entries
}

func TestLedgerReadsBackWhatWasAppended(t *testing.T) {
	s, want := ledger(t, 3)
	got, err := s.Entries()
	if err != nil || len(got) != 3 {
		t.Fatalf("%d entries, %v", len(got), err)
	}
	for i, e := range got {
		if e.Seq != i+1 || e.SHA256 != want[i].SHA256 || !e.At.Equal(noon) || e.Counts != want[i].Counts {
			t.Errorf("entry %d is %+v", i+1, e)
		}
		if (i == 0) != (e.Previous == "") {
			t.Errorf("entry %d follows %q", i+1, e.Previous)
		}
	}
	empty, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := empty.Entries(); err != nil || len(got) != 0 {
		t.Errorf("a new ledger has %v, %v", got, err)
	}
}

// Whatever happens to a file of the ledger shows, with its name and position.
func TestDamagedLedgerIsRefused(t *testing.T) {
	edit := func(from, to string) func(string) error {
		return func(dir string) error {
			path := filepath.Join(dir, entryName(2))
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			after := strings.Replace(string(b), from, to, 1)
			if after == string(b) {
				return fmt.Errorf("%q is not in %s", from, b)
			}
			return os.WriteFile(path, []byte(after), 0o600)
		}
	}
	for name, c := range map[string]struct {
		damage func(dir string) error
		at     string
	}{
		"a gap":             {func(dir string) error { return os.Remove(filepath.Join(dir, entryName(2))) }, "00000003.json (position 2)"},
		"the first is gone": {func(dir string) error { return os.Remove(filepath.Join(dir, entryName(1))) }, "00000002.json (position 1)"},
		"a changed count":   {edit(`"added": 1`, `"added": 2`), "00000003.json (position 3)"},
		"a changed blank":   {edit("\n", "\n\n"), "00000003.json (position 3)"},
		"another position":  {edit(`"seq": 2`, `"seq": 5`), "00000002.json (position 2)"},
		"a torn file":       {func(dir string) error { return os.Truncate(filepath.Join(dir, entryName(2)), 40) }, "00000002.json (position 2)"},
		"an empty file":     {func(dir string) error { return os.Truncate(filepath.Join(dir, entryName(2)), 0) }, "00000002.json (position 2)"},
		"a renamed file": {func(dir string) error {
			return os.Rename(filepath.Join(dir, entryName(3)), filepath.Join(dir, "3.json"))
		}, "3.json (position 3)"},
		"a file of its own": {func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "00000002-copy.json"), []byte("{}"), 0o600)
		}, "position 2"},
		"the entries swap": {func(dir string) error {
			return swap(filepath.Join(dir, entryName(2)), filepath.Join(dir, entryName(3)))
		}, "00000002.json (position 2)"},
		"the last is broken": {func(dir string) error { return os.WriteFile(filepath.Join(dir, entryName(3)), []byte("{"), 0o600) }, "00000003.json (position 3)"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := ledger(t, 3)
			if err := c.damage(s.ledger()); err != nil {
				t.Fatal(err)
			}
			_, err := s.Entries()
			if err == nil || !strings.Contains(err.Error(), "the ledger is damaged at store/ledger/") || !strings.Contains(err.Error(), c.at) ||
				!strings.Contains(err.Error(), "restore store/ from a backup") {
				t.Errorf("error %v, want one at %s", err, c.at)
			}
		})
	}
}

func swap(a, b string) error {
	if err := os.Rename(a, a+".x"); err != nil {
		return err
	}
	if err := os.Rename(b, a); err != nil {
		return err
	}
	return os.Rename(a+".x", b)
}

// A file half-written when the machine stopped is no entry.
func TestLeftoversAreNoEntries(t *testing.T) {
	s, _ := ledger(t, 2)
	if err := os.WriteFile(filepath.Join(s.ledger(), ".new-123"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Entries(); err != nil || len(got) != 2 {
		t.Errorf("%d entries, %v", len(got), err)
	}
}

func TestUnbalancedEntryIsNotWritten(t *testing.T) {
	s, before := ledger(t, 1)
	_, err := s.Append(Entry{Kind: Import, File: "b.csv", Counts: Counts{Rows: 3, Added: 1, Returned: 1}}, before)
	if err == nil || !strings.Contains(err.Error(), "the rows of b.csv do not add up") {
		t.Errorf("error %v", err)
	}
	if got, _ := s.Entries(); len(got) != 1 {
		t.Errorf("%d entries", len(got))
	}
}

func TestCountsBalance(t *testing.T) {
	all := Counts{Rows: 28, Added: 1, Changed: 2, Unchanged: 3, Older: 4, Duplicate: 5, Skipped: 6, Returned: 7, Removed: 100}
	if !all.Balanced() || all.Accepted() != 10 {
		t.Errorf("%+v: balanced %t, accepted %d", all, all.Balanced(), all.Accepted())
	}
	if all.Rows++; all.Balanced() {
		t.Error("one row is lost and nobody says so")
	}
}

func TestCurrent(t *testing.T) {
	list := []Entry{
		{Seq: 1, Kind: Import}, {Seq: 2, Kind: Import}, {Seq: 3, Kind: Import, Replaces: 1},
		{Seq: 4, Kind: Withdraw, Takes: []int{2}}, {Seq: 5, Kind: Import}, {Seq: 6, Kind: Withdraw, Takes: []int{3, 5}},
	}
	for n, want := range [][]int{{}, {1}, {1, 2}, {2, 3}, {3}, {3, 5}, {}} {
		var got []int
		for seq := range Current(list[:n]) {
			got = append(got, seq)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("after %d entries %v hold, want %v", n, got, want)
		}
	}
}

func TestArchive(t *testing.T) {
	s, _ := ledger(t, 0)
	from := filepath.Join(t.TempDir(), "báo cáo.csv")
	if err := os.WriteFile(from, []byte("abc"), 0o644); err != nil {
		t.Fatal(err)
	}
	const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	digest, err := s.Archive(from)
	if err != nil || digest != abc {
		t.Fatalf("%s, %v", digest, err)
	}
	if b, err := os.ReadFile(s.ArchivePath(digest)); err != nil || string(b) != "abc" {
		t.Errorf("the archive holds %q, %v", b, err)
	}
	if again, err := s.Archive(from); err != nil || again != digest {
		t.Errorf("again: %s, %v", again, err)
	}
	if list, _ := os.ReadDir(s.path("tmp")); len(list) != 0 {
		t.Errorf("%d files are left in tmp", len(list))
	}
	if _, err := s.Archive(from + ".gone"); err == nil {
		t.Error("a missing file is archived")
	}

	// what no entry names can be forgotten, what one names cannot
	s.Forget(digest, []Entry{{SHA256: abc}})
	if _, err := os.Stat(s.ArchivePath(digest)); err != nil {
		t.Error("an export in the ledger was forgotten")
	}
	s.Forget(digest, []Entry{{SHA256: "00"}})
	if _, err := os.Stat(s.ArchivePath(digest)); !os.IsNotExist(err) {
		t.Error("a refused export stays in the archive")
	}
}

// Exports hold personal data: nobody but the owner reads the store.
func TestModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes mean nothing here")
	}
	s, _ := ledger(t, 1)
	from := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(from, []byte("abc"), 0o644); err != nil {
		t.Fatal(err)
	}
	digest, err := s.Archive(from)
	if err != nil {
		t.Fatal(err)
	}
	temp := s.Temp("rows.parquet")
	if err := os.WriteFile(temp, []byte("abc"), 0o644); err != nil {
		t.Fatal(err)
	}
	name := RowsName("tasks", 1)
	if sum, err := s.KeepRows(temp, name); err != nil || sum != digest {
		t.Fatalf("%s, %v", sum, err)
	}
	for path, want := range map[string]os.FileMode{
		s.archive(): 0o700, s.Dir(): 0o700, s.ledger(): 0o700, s.path("tasks"): 0o700,
		s.ArchivePath(digest): 0o600, s.RowsPath(name): 0o600, filepath.Join(s.ledger(), entryName(1)): 0o600,
	} {
		info, err := os.Stat(path)
		if err != nil {
			t.Error(err)
		} else if info.Mode().Perm() != want {
			t.Errorf("%s has mode %o, want %o", path, info.Mode().Perm(), want)
		}
	}
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	for _, text := range []string{"one", "", "three, longer than the others"} {
		if err := WriteFile(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if b, _ := os.ReadFile(path); string(b) != text {
			t.Errorf("%q was written as %q", text, b)
		}
	}
	// where it cannot be put in place, what was there stays and nothing is left over
	taken := filepath.Join(dir, "folder")
	if err := os.MkdirAll(filepath.Join(taken, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(taken, []byte("x")); err == nil {
		t.Error("a folder was overwritten")
	}
	if err := WriteFile(filepath.Join(dir, "nowhere", "a"), []byte("x")); err == nil {
		t.Error("written into a folder that is not there")
	}
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	if !slices.Equal(names, []string{"a", "folder"}) {
		t.Errorf("left in the folder: %v", names)
	}
}
