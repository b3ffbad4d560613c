//go:build tools

package pdf

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func TestOtherProgramsReadTheSamples(t *testing.T) {
	for name, r := range samples() {
		file := filepath.Join(t.TempDir(), name+".pdf")
		if err := os.WriteFile(file, render(t, r), 0o644); err != nil {
			t.Fatal(err)
		}
		if out := run(t, "qpdf", "--check", file); strings.Contains(out, "WARNING") {
			t.Errorf("%s: qpdf says\n%s", name, out)
		}
		lines := strings.Split(strings.TrimSpace(run(t, "pdffonts", file)), "\n")
		for _, l := range lines[2:] {
			if f := strings.Fields(l); len(f) < 8 || f[len(f)-5] != "yes" || f[len(f)-3] != "yes" {
				t.Errorf("%s: font not embedded or without Unicode: %s", name, l)
			}
		}
		if len(lines) < 4 {
			t.Errorf("%s: only %d fonts", name, len(lines)-2)
		}
		words := map[string]bool{}
		for _, w := range strings.Fields(run(t, "pdftotext", "-layout", file, "-")) {
			words[strings.Trim(w, "[]")] = true
		}
		for _, s := range texts(r) {
			if len([]rune(s)) > 30 || strings.Contains(s, "=") { // formulas are cut between terms
				continue
			}
			for _, w := range strings.Fields(s) {
				if !words[w] {
					t.Errorf("%s: pdftotext does not find %q of %q", name, w, s)
				}
			}
		}
		info := run(t, "pdfinfo", file)
		if !strings.Contains(info, r.Title) || !strings.Contains(info, r.Author) {
			t.Errorf("%s: pdfinfo says\n%s", name, info)
		}
	}
}
