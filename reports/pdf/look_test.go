package pdf

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"cchc/reports/model"
)

func samples() map[string]model.Report {
	return map[string]model.Report{"periodic": periodic(), "brief": brief(), "hard": hard()}
}

// TestSamplesRender writes the samples to the folder of CCHC_LOOK, if set, for a
// person to look at.
func TestSamplesRender(t *testing.T) {
	for name, r := range samples() {
		var b bytes.Buffer
		if err := Render(&b, r); err != nil {
			t.Fatal(name, err)
		}
		if !bytes.HasPrefix(b.Bytes(), []byte("%PDF-")) {
			t.Errorf("%s does not begin as a PDF", name)
		}
		if dir := os.Getenv("CCHC_LOOK"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".pdf"), b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
