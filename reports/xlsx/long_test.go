package xlsx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	"cchc/reports/model"
	"cchc/reports/xlsx/workbook"
)

func TestEvidenceIsSplitOverNumberedSheets(t *testing.T) {
	r := model.Report{Title: "Thử", Created: moment, Evidence: []model.Table{list(25)}}
	o := reopen(t, written(t, r, 16)) // 6 rows above the list at most: 10 rows a sheet
	if got := fmt.Sprint(o.GetSheetList()); got != "[Tổng quan Hồ sơ 1 Hồ sơ 2 Hồ sơ 3]" {
		t.Fatalf("sheets %s", got)
	}
	want := []string{"Phần 1/3: dòng 1–10 trên tổng số 25 dòng.", "Phần 2/3: dòng 11–20 trên tổng số 25 dòng.", "Phần 3/3: dòng 21–25 trên tổng số 25 dòng."}
	next := 1
	for i, sheet := range o.GetSheetList()[1:] {
		rows, err := o.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		head := 0
		for j, row := range rows {
			if len(row) > 0 && row[0] == want[i] {
				head = j + 1
			}
		}
		if head == 0 || rows[head][0] != "Mã hồ sơ" {
			t.Fatalf("%s: no line %q above the header", sheet, want[i])
		}
		for _, row := range rows[head+1:] {
			if row[0] != fmt.Sprintf("000.19.12.H10-210915-%06d", next) {
				t.Fatalf("%s: row %d is %q", sheet, next, row[0])
			}
			next++
		}
	}
	if next != 26 {
		t.Errorf("%d rows came through", next-1)
	}
}

func TestStreamedListIsTheSameAsAShortOne(t *testing.T) {
	n := streamFrom + 5
	o := open(t, model.Report{Title: "Thử", Created: moment, Subject: "Kỳ", Evidence: []model.Table{list(n)}})
	last := 4 + n
	for cell, want := range map[string]string{
		"A5": "000.19.12.H10-210915-000001", fmt.Sprint("A", last): fmt.Sprintf("000.19.12.H10-210915-%06d", n),
		"C5": "44454.354166666664", "D5": "44453", fmt.Sprint("E", last): fmt.Sprint((n - 1) % 7),
	} {
		if got := o.raw("Hồ sơ", cell); got != want {
			t.Errorf("%s is %q, want %q", cell, got, want)
		}
	}
	if got := [2]string{o.format("Hồ sơ", "C5"), o.format("Hồ sơ", fmt.Sprint("D", last))}; got != [2]string{"dd/mm/yyyy hh:mm", "dd/mm/yyyy"} {
		t.Errorf("formats %q", got)
	}
	sheet := o.xml("Hồ sơ")
	for _, want := range []string{fmt.Sprintf(`<dimension ref="A1:E%d">`, last), fmt.Sprintf(`<autoFilter ref="$A$4:$E$%d">`, last), `ySplit="4"`, `<col min="1" max="1" width=`} {
		if !strings.Contains(sheet, want) {
			t.Errorf("the streamed sheet lacks %s", want)
		}
	}
}

func TestSelectedSaysWhatIsElsewhere(t *testing.T) {
	table := list(3)
	table.Selected = 1500
	o := open(t, model.Report{Title: "Thử", Created: moment, Evidence: []model.Table{table}})
	if got := o.raw("Hồ sơ", "A2"); got != "Trang này ghi 3 trên tổng số 1.500 dòng." {
		t.Errorf("line above the list: %q", got)
	}
}

func TestSameInputSameBytes(t *testing.T) {
	r := report()
	r.Evidence = []model.Table{list(streamFrom + 1), list(streamFrom + 2)}
	first := written(t, r, workbook.MaxRows-1)
	for i := range 5 {
		if !bytes.Equal(first, written(t, r, workbook.MaxRows-1)) {
			t.Fatalf("run %d gives other bytes", i+2)
		}
	}
}

func TestEveryPartIsWellFormed(t *testing.T) {
	r := report()
	r.Title, r.Footer = `A & B <c> "d"`, `x & <y> "z" &R 100 &`
	o := open(t, r)
	for name, text := range o.parts {
		d := xml.NewDecoder(strings.NewReader(text))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
	}
}

func TestChartsDrawTheirCells(t *testing.T) {
	o := open(t, report())
	bars := o.parts["xl/charts/chart1.xml"]
	for _, want := range []string{
		`<c:barDir val="bar"/>`, `'BĐ Tỷ lệ giải quyết đúng hạn'!$B$5:$B$9`, `<c:v>UBND thị trấn Nà Phặc</c:v>`, `<c:pt idx="1"><c:v>0.7</c:v>`,
		`<c:v>Mục tiêu ≥ 80 %</c:v>`, `<a:prstDash val="dash"/>`, `<c:dPt><c:idx val="1"/>`, `C6483F`, `formatCode="0.00%"`,
		`<a:solidFill><a:srgbClr val="404040"/>`, `<c:dispBlanksAs val="gap"/>`,
	} {
		if !strings.Contains(strings.ReplaceAll(bars, "&#39;", "'"), want) {
			t.Errorf("the bars lack %s", want)
		}
	}
	if strings.Contains(bars, `<c:pt idx="2"><c:v>0</c:v>`) {
		t.Error("a missing figure is drawn as 0")
	}
	if !strings.Contains(o.parts["xl/charts/chart2.xml"], `<c:grouping val="stacked"/>`) || !strings.Contains(o.parts["xl/charts/chart3.xml"], `<c:lineChart>`) {
		t.Error("the second chart is not stacked or the third not a line")
	}
	const s = "BĐ Tỷ lệ giải quyết đúng hạn"
	for cell, want := range map[string]string{"A4": "Tên", "B4": "Đúng hạn", "C4": "Mục tiêu ≥ 80 %", "B5": "0.99", "B6": "0.7", "B7": "", "C9": "0.8"} {
		if got := o.raw(s, cell); got != want {
			t.Errorf("%s is %q, want %q", cell, got, want)
		}
	}
	if notes, _ := o.GetComments(s); len(notes) != 1 || notes[0].Cell != "B7" {
		t.Errorf("comments %v", notes)
	}
}

func TestAChartWithoutFiguresSaysSo(t *testing.T) {
	o := open(t, model.Report{Title: "Thử", Created: moment, Sections: []model.Section{{Blocks: []model.Block{model.Chart{Title: "Trống"}}}}})
	if got := o.raw("BĐ Trống", "A4"); got != "Không có số liệu để vẽ." {
		t.Errorf("the sheet says %q", got)
	}
}

func BenchmarkEvidence(b *testing.B) {
	r := model.Report{Title: "Thử", Created: moment, Evidence: []model.Table{list(100_000)}}
	for b.Loop() {
		if err := Render(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
