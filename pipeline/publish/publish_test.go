package publish

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func outputs(text string) []Output {
	return []Output{{"brief.xlsx", []byte(text + " xlsx")}, {"brief.pdf", []byte(text + " pdf")}, {"figures.json", []byte("[]\n")}}
}

// published is a shelf with editions 1 to n.
func published(t *testing.T, n int) Shelf {
	t.Helper()
	s := ShelfOf(filepath.Join(t.TempDir(), "reports"), "2021-Q3", "brief", "T.1")
	for i := 1; i <= n; i++ {
		path, err := s.Publish(Manifest{Report: "brief", Unit: "T.1", Period: "2021-Q3", Edition: i, Content: fmt.Sprint(i)}, outputs(fmt.Sprint(i)))
		if err != nil || path != s.Path(i) {
			t.Fatalf("%s, %v", path, err)
		}
	}
	return s
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range list {
		out = append(out, e.Name())
	}
	return out
}

func TestPublish(t *testing.T) {
	s := published(t, 2)
	if !strings.HasSuffix(filepath.ToSlash(s.Path(2)), "reports/2021-Q3/brief/T.1/v2") {
		t.Errorf("an edition lies at %s", s.Path(2))
	}
	if got := names(t, s.Dir); !slices.Equal(got, []string{"v1", "v2"}) {
		t.Errorf("the shelf has %v", got)
	}
	if got := names(t, s.Path(1)); !slices.Equal(got, []string{"brief.pdf", "brief.xlsx", "figures.json", "manifest.json"}) {
		t.Errorf("the edition has %v", got)
	}
	m, err := s.Manifest(2)
	if err != nil || m.Edition != 2 || m.Content != "2" || len(m.Outputs) != 3 {
		t.Fatalf("%+v, %v", m, err)
	}
	for i, name := range []string{"brief.pdf", "brief.xlsx", "figures.json"} {
		b, err := os.ReadFile(filepath.Join(s.Path(2), name))
		if err != nil {
			t.Fatal(err)
		}
		want := File{name, fmt.Sprintf("%x", sha256.Sum256(b)), int64(len(b))}
		if m.Outputs[i] != want {
			t.Errorf("output %+v, want %+v", m.Outputs[i], want)
		}
	}
	if runtime.GOOS != "windows" {
		for path, want := range map[string]os.FileMode{s.Dir: 0o700, s.Path(1): 0o700, filepath.Join(s.Path(1), "brief.pdf"): 0o600} {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: %v, %v", path, info.Mode(), err)
			}
		}
	}
}

// The manifest of the same edition has the same bytes, in whatever order its
// files were rendered.
func TestManifestHasOneForm(t *testing.T) {
	var first []byte
	for range 2 {
		s := ShelfOf(t.TempDir(), "2021-Q3", "brief", "T.1")
		list := outputs("x")
		if first != nil {
			slices.Reverse(list)
		}
		if _, err := s.Publish(Manifest{Edition: 1}, list); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(s.Path(1), ManifestName))
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = b
		} else if string(b) != string(first) {
			t.Errorf("%s\n%s", first, b)
		}
	}
}

func TestAnEditionIsNeverOverwritten(t *testing.T) {
	s := published(t, 1)
	_, err := s.Publish(Manifest{Edition: 1}, outputs("other"))
	if err == nil || !strings.Contains(err.Error(), "an edition is never changed") {
		t.Errorf("%v", err)
	}
	if _, problems, err := Verify(s.Path(1)); err != nil || len(problems) != 0 {
		t.Errorf("%v, %v", problems, err)
	}
	// not even one that lost its files
	if err := os.RemoveAll(s.Path(1)); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(s.Path(1), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Publish(Manifest{Edition: 1}, outputs("other")); err == nil {
		t.Error("an empty folder was taken for free")
	}
	if got := names(t, s.Dir); !slices.Equal(got, []string{"v1"}) {
		t.Errorf("left on the shelf: %v", got)
	}
}

// A publication that fails leaves no trace.
func TestFailedPublicationLeavesNothing(t *testing.T) {
	s := published(t, 1)
	if _, err := s.Publish(Manifest{Edition: 2}, []Output{{"brief.pdf", []byte("x")}, {"no/such/folder.pdf", []byte("x")}}); err == nil {
		t.Error("no error")
	}
	if got := names(t, s.Dir); !slices.Equal(got, []string{"v1"}) {
		t.Errorf("left on the shelf: %v", got)
	}
}

func TestLatest(t *testing.T) {
	s := published(t, 0)
	if n, err := s.Latest(); n != 0 || err != nil {
		t.Errorf("an empty shelf: %d, %v", n, err)
	}
	s = published(t, 11)
	// what a stop or a person left is no edition
	for _, name := range []string{"v99", ".new-1", "vx", "12", "v-3"} {
		if err := os.Mkdir(filepath.Join(s.Dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := s.Latest(); n != 11 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}

func TestVerifyNamesWhatIsWrong(t *testing.T) {
	s := published(t, 1)
	dir := s.Path(1)
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if m, problems, err := Verify(dir); err != nil || len(problems) != 0 || m.Unit != "T.1" {
		t.Errorf("%v, %v", problems, err)
	}
	must(os.Remove(filepath.Join(dir, "brief.pdf")))
	must(os.WriteFile(filepath.Join(dir, "brief.xlsx"), []byte("1 xlsY"), 0o600))
	must(os.WriteFile(filepath.Join(dir, "note.txt"), nil, 0o600))
	_, problems, err := Verify(dir)
	want := []Problem{{"brief.pdf", "is missing"}, {"brief.xlsx", "was changed after it was published"}, {"note.txt", "does not belong to the edition"}}
	if err != nil || !slices.Equal(problems, want) {
		t.Errorf("%v, %v", problems, err)
	}
	must(os.WriteFile(filepath.Join(dir, ManifestName), []byte("{"), 0o600))
	if _, _, err := Verify(dir); err == nil || !strings.Contains(err.Error(), "manifest.json is damaged") {
		t.Errorf("%v", err)
	}
	must(os.Remove(filepath.Join(dir, ManifestName)))
	if _, _, err := Verify(dir); err == nil {
		t.Error("an edition without a manifest verifies")
	}
}
