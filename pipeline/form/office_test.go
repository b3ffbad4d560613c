//go:build tools

package form

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"cchc/pipeline/dataset"
)

// through opens a workbook with LibreOffice and saves it again.
func through(t *testing.T, file []byte) *excelize.File {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.xlsx"), filepath.Join(dir, "out")
	if err := os.WriteFile(in, file, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx", "--outdir", out, in)
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, msg)
	}
	f, err := excelize.OpenFile(filepath.Join(out, "in.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestLibreOfficeKeepsTheForm(t *testing.T) {
	d := dataset.Dossiers
	var b bytes.Buffer
	if err := FillIn(&b, d, Example(d, "H03.15.01", "2021-9M", now), now); err != nil {
		t.Fatal(err)
	}
	ours, theirs := reread(t, b.Bytes()), through(t, b.Bytes())
	for i := range d.Fields {
		for _, cell := range []string{at(i+1, 1), at(i+1, 2)} {
			got, want := raw(t, theirs, d.Label, cell), raw(t, ours, d.Label, cell)
			if got != want && (len(want) < 14 || got[:14] != want[:14]) {
				t.Errorf("%s: LibreOffice has %q, written %q", cell, got, want)
			}
		}
	}
	lists := 0
	checks, err := theirs.GetDataValidations(d.Label)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range checks {
		if v.Type == "list" {
			lists++
		}
	}
	if lists != 9 {
		t.Errorf("LibreOffice sees %d drop-down lists, want 9", lists)
	}
}

func TestLibreOfficeKeepsTheSlip(t *testing.T) {
	var b bytes.Buffer
	if err := Slip(&b, slipData()); err != nil {
		t.Fatal(err)
	}
	ours, theirs := reread(t, b.Bytes()), through(t, b.Bytes())
	for _, sheet := range ours.GetSheetList() {
		if got, want := sheetText(t, theirs, sheet), sheetText(t, ours, sheet); len(got) < len(want)/2 {
			t.Errorf("%s: LibreOffice has\n%s", sheet, got)
		}
	}
	for _, cell := range []string{"D3", "E3", "F3"} {
		if got, want := raw(t, theirs, "Dòng cần sửa", cell), raw(t, ours, "Dòng cần sửa", cell); got != want {
			t.Errorf("%s: LibreOffice has %q, written %q", cell, got, want)
		}
		if f, _ := theirs.GetCellFormula("Dòng cần sửa", cell); f != "" {
			t.Errorf("%s became the formula %q", cell, f)
		}
	}
}
