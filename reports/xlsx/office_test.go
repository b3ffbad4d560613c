//go:build tools

package xlsx

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cchc/reports/xlsx/workbook"
)

// office converts a workbook with LibreOffice and returns the path of the result.
func office(t *testing.T, file []byte, to string) string {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.xlsx"), filepath.Join(dir, "out")
	if err := os.WriteFile(in, file, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", to, "--outdir", out, in)
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, msg)
	}
	return filepath.Join(out, "in."+to)
}

// LibreOffice must read every cell as it was written and find nothing to change
// when it calculates.
func TestLibreOfficeReadsTheSameCells(t *testing.T) {
	r := report()
	file := written(t, r, workbook.MaxRows-1)
	ours, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := excelize.OpenFile(office(t, file, "xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	raw := excelize.Options{RawCellValue: true}
	if a, b := strings.Join(ours.GetSheetList(), "|"), strings.Join(theirs.GetSheetList(), "|"); a != b {
		t.Fatalf("sheets %s, LibreOffice has %s", a, b)
	}
	cells := 0
	for _, sheet := range ours.GetSheetList() {
		rows, err := ours.GetRows(sheet, raw)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, want := range row {
				if want == "" { // covered cells of a merge read as their first cell
					continue
				}
				at, _ := excelize.CoordinatesToCellName(j+1, i+1)
				got, err := theirs.GetCellValue(sheet, at, raw)
				if err != nil {
					t.Fatal(err)
				}
				if !same(got, want) {
					t.Errorf("%s %s: LibreOffice has %q, written %q", sheet, at, got, want)
				}
				if f, _ := theirs.GetCellFormula(sheet, at); f != "" {
					t.Errorf("%s %s became the formula %q", sheet, at, f)
				}
				cells++
			}
		}
	}
	if cells < 300 {
		t.Errorf("only %d cells compared", cells)
	}
}

// same compares two stored values; LibreOffice writes fewer digits.
func same(a, b string) bool {
	n := min(len(a), len(b))
	return a == b || n >= 14 && strings.Contains(a, ".") && strings.Contains(b, ".") && a[:n-1] == b[:n-1]
}

func TestPrintedPages(t *testing.T) {
	text, err := exec.Command("pdftotext", "-layout", office(t, written(t, report(), workbook.MaxRows-1), "pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Tình hình, kết quả giải quyết TTHC", "(3)=(4)+(5)+(6)", "Tổng cộng", "điểm %", "DỰ THẢO", "Ấn bản 1 & số liệu đến ngày 14/9/2021", "15/09/2021 08:30", "Mục tiêu ≥ 80 %"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the printed workbook lacks %q", want)
		}
	}
	if strings.Contains(string(text), "###") {
		t.Error("a column is too narrow for its numbers")
	}
}
