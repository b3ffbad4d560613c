package source

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// tree writes empty files below a new folder.
func tree(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, n := range names {
		path := filepath.Join(dir, filepath.FromSlash(n))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func names(files []File) []string {
	out := []string{}
	for _, f := range files {
		out = append(out, f.Name)
	}
	return out
}

func TestFolderListsExportsInOrder(t *testing.T) {
	dir := tree(t, "in/b.csv", "in/a.csv", "in/xã một/9.csv", "in/xã một/10.csv", "in/B.csv",
		"in/.hidden.csv", "in/.git/config", "in/~$a.xlsx", "in/a.csv.done", "in/a.csv.sha256", "other/c.csv")
	want := []string{"B.csv", "a.csv", "b.csv", "xã một/10.csv", "xã một/9.csv"}
	for _, url := range []string{"in/", "in", filepath.Join(dir, "in"), "file://" + filepath.ToSlash(filepath.Join(dir, "in"))} {
		files, err := List(dir, "inbox", url)
		if err != nil || !slices.Equal(names(files), want) {
			t.Errorf("%s lists %v, %v", url, names(files), err)
			continue
		}
		for _, f := range files {
			if f.Source != "inbox" {
				t.Errorf("%s comes from %q", f.Name, f.Source)
			}
			if b, err := os.ReadFile(f.Path); err != nil || string(b) != "x" {
				t.Errorf("%s cannot be opened at %s: %v", f.Name, f.Path, err)
			}
		}
	}
}

// An inbox may itself lie below a hidden folder.
func TestHiddenParentDoesNotMatter(t *testing.T) {
	dir := tree(t, ".data/in/a.csv")
	if files, err := List(dir, "inbox", ".data/in"); err != nil || len(files) != 1 {
		t.Errorf("%v, %v", names(files), err)
	}
}

func TestLinksAreNotFollowed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a privilege here")
	}
	dir := tree(t, "in/a.csv", "out/secret.csv")
	for from, to := range map[string]string{"in/link.csv": "out/secret.csv", "in/folder": "out", "in/loop": "in"} {
		if err := os.Symlink(filepath.Join(dir, to), filepath.Join(dir, from)); err != nil {
			t.Fatal(err)
		}
	}
	if files, err := List(dir, "inbox", "in"); err != nil || !slices.Equal(names(files), []string{"a.csv"}) {
		t.Errorf("%v, %v", names(files), err)
	}
	for _, name := range []string{"in/link.csv", "in/folder"} {
		if _, err := Named(filepath.Join(dir, name)); err == nil || !strings.Contains(err.Error(), "is not a regular file") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMissingFolderHasNoFiles(t *testing.T) {
	if files, err := List(t.TempDir(), "inbox", "inbox/"); err != nil || len(files) != 0 {
		t.Errorf("%v, %v", files, err)
	}
}

func TestUnknownScheme(t *testing.T) {
	_, err := List(t.TempDir(), "kho", "gopher://x/y")
	if err == nil || !strings.Contains(err.Error(), "source kho") || !strings.Contains(err.Error(), "gopher://") {
		t.Errorf("%v", err)
	}
}

func TestNamed(t *testing.T) {
	dir := tree(t, "in/a.csv")
	f, err := Named(filepath.Join(dir, "in", "a.csv"))
	if err != nil || f.Name != "a.csv" || f.Source != "" {
		t.Errorf("%+v, %v", f, err)
	}
	for path, want := range map[string]string{"in": "is not a regular file; name the export itself", "in/b.csv": "cannot be read"} {
		if _, err := Named(filepath.Join(dir, path)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
