package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cchc/reports/model"
	"cchc/reports/xlsx/workbook"
)

// opened is a written workbook, read again.
type opened struct {
	*excelize.File
	t     *testing.T
	parts map[string]string
}

func open(t *testing.T, r model.Report) *opened {
	t.Helper()
	return reopen(t, written(t, r, workbook.MaxRows-1))
}

func written(t *testing.T, r model.Report, limit int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := render(&b, r, limit); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func reopen(t *testing.T, file []byte) *opened {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	o := &opened{f, t, map[string]string{}}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		o.parts[part.Name] = string(data)
	}
	return o
}

func (o *opened) raw(sheet, cell string) string {
	o.t.Helper()
	v, err := o.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		o.t.Fatal(err)
	}
	return v
}

func (o *opened) style(sheet, cell string) *excelize.Style {
	o.t.Helper()
	id, err := o.GetCellStyle(sheet, cell)
	if err != nil {
		o.t.Fatal(err)
	}
	st, err := o.GetStyle(id)
	if err != nil {
		o.t.Fatal(err)
	}
	return st
}

func (o *opened) format(sheet, cell string) string {
	o.t.Helper()
	st := o.style(sheet, cell)
	if st.CustomNumFmt != nil {
		return *st.CustomNumFmt
	}
	return map[int]string{0: "", 3: "#,##0", 9: "0%", 10: "0.00%", 49: "@"}[st.NumFmt]
}

// xml returns the part of a sheet.
func (o *opened) xml(sheet string) string {
	o.t.Helper()
	i, err := o.GetSheetIndex(sheet)
	if err != nil || i < 0 {
		o.t.Fatalf("no sheet %q among %q", sheet, o.GetSheetList())
	}
	return o.parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)]
}

func TestEveryKindOfValueIsTyped(t *testing.T) {
	o := open(t, report())
	const s = "So sánh các đơn vị"
	points := `+0.00" điểm %";-0.00" điểm %";0.00" điểm %"`
	for cell, want := range map[string][2]string{
		"B4": {"1265", "#,##0"}, "C4": {"0.05533596837944664", "0.00%"}, "D4": {"25", points}, "E4": {"84.28", "#,##0.00"},
		"F4": {"44453", "dd/mm/yyyy"}, "G4": {"44454.354166666664", "dd/mm/yyyy hh:mm"},
		"B5": {"0", "#,##0"}, "C5": {"0.00125", "0.00%"}, "D5": {"-25", points}, "E5": {"-0.5", "#,##0.0"}, "G5": {"", ""},
		"E6": {"5", "#,##0"}, "B7": {"12", `#,##0" hồ sơ"`}, "C7": {"0.9995", "0.00%"}, "D7": {"0", points}, "E7": {"0.000123", "#,##0.000000"},
		"B6": {"–", ""}, "C6": {"–", ""}, "D6": {"–", ""},
		"H4": {`=HYPERLINK("http://a")`, ""}, "H5": {"-1+2", ""}, "H6": {"+84, @đơn vị", ""}, "H7": {"@SUM(A1) □□ hết", ""},
	} {
		if got := [2]string{o.raw(s, cell), o.format(s, cell)}; got != want {
			t.Errorf("%s is %q, want %q", cell, got, want)
		}
	}
	for part, text := range o.parts {
		if strings.HasPrefix(part, "xl/worksheets/") && (strings.Contains(text, "<f>") || strings.Contains(text, "<f ")) {
			t.Errorf("%s holds a formula", part)
		}
	}
}

func TestMissingSaysWhy(t *testing.T) {
	o := open(t, report())
	got := map[string]string{}
	notes, err := o.GetComments("So sánh các đơn vị")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range notes {
		for _, p := range c.Paragraph {
			got[c.Cell] += p.Text
		}
	}
	want := map[string]string{"B6": "chưa gửi dữ liệu", "C6": "mẫu số bằng 0", "D6": "không có số liệu để so sánh"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("comments %v, want %v", got, want)
	}
}

func TestManyMissingGoToAColumn(t *testing.T) {
	r := report()
	table := model.Table{Title: "Nhiều ô trống", Columns: columns(2), Header: [][]model.Cell{{txt("Đơn vị"), txt("Số")}}}
	for i := range maxNotes + 1 {
		table.Rows = append(table.Rows, model.Row{Cells: []model.Cell{txt(fmt.Sprint(i)), {Value: model.None("chưa gửi dữ liệu")}}})
	}
	r.Sections = []model.Section{{Blocks: []model.Block{table}}}
	o := open(t, r)
	if got := o.raw("Nhiều ô trống", "C3"); got != "Vì sao không có số liệu" {
		t.Errorf("header of the column of reasons is %q", got)
	}
	if got := o.raw("Nhiều ô trống", fmt.Sprintf("C%d", 3+maxNotes+1)); got != "chưa gửi dữ liệu" {
		t.Errorf("last reason is %q", got)
	}
	if notes, _ := o.GetComments("Nhiều ô trống"); len(notes) != 0 {
		t.Errorf("%d comments beside the column of reasons", len(notes))
	}
}

func TestHeaderOfThreeLevels(t *testing.T) {
	o := open(t, report())
	const s = "Biểu II.06a"
	merged := map[string]string{}
	cells, err := o.GetMergeCells(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range cells {
		merged[m.GetStartAxis()+":"+m.GetEndAxis()] = m.GetCellValue()
	}
	for area, want := range map[string]string{
		"A4:A6": "STT", "B4:B6": "Lĩnh vực", "C4:F4": "Số lượng hồ sơ tiếp nhận", "C5:C6": "Tổng số", "D5:E5": "Trong kỳ",
		"F5:F6": "Từ kỳ trước", "G4:J4": "Số lượng hồ sơ đã giải quyết", "K4:M4": "Số lượng hồ sơ đang giải quyết", "A14:B14": "Tổng cộng",
	} {
		if merged[area] != want {
			t.Errorf("%s is %q, want %q", area, merged[area], want)
		}
	}
	if got := o.raw(s, "C7"); got != "(3)=(4)+(5)+(6)" || !o.style(s, "C7").Font.Italic {
		t.Errorf("formula row has %q", got)
	}
	if o.raw(s, "A3") != "Đơn vị tính: Số hồ sơ TTHC" || o.style(s, "A3").Alignment.Horizontal != "right" {
		t.Error("the unit of the table is not at its right")
	}
	if !o.style(s, "C14").Font.Bold || o.style(s, "C8").Font.Bold {
		t.Error("the total row alone must be bold")
	}
	if p, _ := o.GetPanes(s); !p.Freeze || p.YSplit != 7 || p.TopLeftCell != "A8" {
		t.Errorf("panes %+v", p)
	}
	if !strings.Contains(o.xml(s), `<autoFilter ref="$A$7:$M$13">`) {
		t.Error("the filter does not stand on the formula row, without the total")
	}
}

func TestSumsOfTheWorkbookBalance(t *testing.T) {
	o := open(t, report())
	for col := 'C'; col <= 'M'; col++ {
		sum := 0
		for row := 8; row <= 13; row++ {
			n := 0
			fmt.Sscan(o.raw("Biểu II.06a", fmt.Sprintf("%c%d", col, row)), &n)
			sum += n
		}
		if got := o.raw("Biểu II.06a", fmt.Sprintf("%c14", col)); got != fmt.Sprint(sum) {
			t.Errorf("total of %c is %s, the rows make %d", col, got, sum)
		}
	}
}

func TestPageSetUp(t *testing.T) {
	o := open(t, report())
	for sheet, way := range map[string]string{"Biểu II.06a": "landscape", "So sánh các đơn vị": "portrait"} {
		l, err := o.GetPageLayout(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if *l.Orientation != way || *l.Size != 9 || *l.FitToWidth != 1 || *l.FitToHeight != 0 {
			t.Errorf("%s: %s, paper %d, %d × %d pages", sheet, *l.Orientation, *l.Size, *l.FitToWidth, *l.FitToHeight)
		}
		if p, _ := o.GetSheetProps(sheet); !*p.FitToPage {
			t.Errorf("%s: does not fit to the page", sheet)
		}
		if strings.Contains(o.xml(sheet), "filterMode") {
			t.Errorf("%s: marked as filtered", sheet)
		}
	}
	titles := map[string]string{}
	for _, n := range o.GetDefinedName() {
		if n.Name == "_xlnm.Print_Titles" {
			titles[n.Scope] = n.RefersTo
		}
	}
	for sheet, want := range map[string]string{"Biểu II.06a": "'Biểu II.06a'!$4:$7", "So sánh các đơn vị": "'So sánh các đơn vị'!$3:$3", "Hồ sơ": "'Hồ sơ'!$4:$4"} {
		if titles[sheet] != want {
			t.Errorf("%s repeats %q, want %q", sheet, titles[sheet], want)
		}
	}
}

func TestHeadlineNames(t *testing.T) {
	o := open(t, report())
	refs := map[string]string{}
	for _, n := range o.GetDefinedName() {
		refs[n.Name] = n.RefersTo
	}
	for name, want := range map[string]string{"dossiers_received": "826", "dossiers_on_time_overall": "0.9903147699757869", "_c3": "3", "dossiers_by_post": "–"} {
		sheet, cell, ok := strings.Cut(refs[name], "!")
		if !ok || sheet != "'Tổng quan'" {
			t.Errorf("%s refers to %q", name, refs[name])
			continue
		}
		if got := o.raw("Tổng quan", strings.ReplaceAll(cell, "$", "")); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestOverview(t *testing.T) {
	o := open(t, report())
	rows, err := o.GetRows("Tổng quan", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range rows {
		all = append(all, strings.Join(r, "|"))
	}
	text := strings.Join(all, "\n")
	for _, want := range []string{
		"UBND TỈNH BẮC KẠN", "Lập lúc 08:30 ngày 15/09/2021", "DỰ THẢO",
		"Giải quyết đúng và trước hạn|0.9903147699757869|818|826|764 + 54 / 826 hồ sơ",
		"Hồ sơ quá hạn|8|||7 đã trả, 1 đang giải quyết",
		"Dịch vụ bưu chính công ích|–|||mẫu số bằng 0",
		"Hồ sơ tiếp nhận|826|||dossiers_received",
		"Biểu II.06a|6|Tình hình, kết quả giải quyết TTHC",
		"tỷ lệ giải quyết hồ sơ đúng và trước hạn là 99,03 %, trong đó",
		"– Đã niêm yết 273/273 thủ tục.", "[ Đơn vị bổ sung nội dung tuyên truyền ]",
		"→ Bảng “So sánh các đơn vị”: trang tính “So sánh các đơn vị”",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the first sheet lacks %q", want)
		}
	}
	if ok, target, _ := o.GetCellHyperLink("Tổng quan", "A23"); !ok || target != "'So sánh các đơn vị'!A1" {
		t.Errorf("the list of sheets leads to %q", target)
	}
	want := []string{"Tổng quan", "So sánh các đơn vị", "BĐ Tỷ lệ giải quyết đúng hạn", "BĐ Hồ sơ theo hình thức nộp", "BĐ Diễn biến theo quý", "Biểu II.06a", "Hồ sơ"}
	if got := o.GetSheetList(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("sheets %q, want %q", got, want)
	}
}

func TestPropertiesComeFromTheReport(t *testing.T) {
	o := open(t, report())
	p, err := o.GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	if p.Created != "2021-09-15T08:30:00Z" || p.Modified != p.Created || p.Creator != "UBND tỉnh Bắc Kạn" || p.Language != "vi-VN" {
		t.Errorf("properties %+v", p)
	}
}

func TestTablesMustBeRectangular(t *testing.T) {
	r := report()
	r.Sections[0].Blocks = append(r.Sections[0].Blocks, model.Table{ID: "x", Columns: columns(2), Rows: []model.Row{{Cells: []model.Cell{num(1)}}}})
	err := Render(io.Discard, r)
	if err == nil || !strings.Contains(err.Error(), `table "x": row 1 has 1 cells, the table 2 columns`) {
		t.Errorf("error %v", err)
	}
}

func TestLongTextGoesOnInTheNextRow(t *testing.T) {
	long := strings.Repeat("nội dung rất dài ", 4000)
	r := model.Report{Title: "Thử", Created: moment, Sections: []model.Section{{Blocks: []model.Block{
		model.Paragraph{Spans: []model.Span{{Text: long}}},
		model.Table{Title: "Dài", Columns: columns(2), Header: [][]model.Cell{{txt("A"), txt("B")}},
			Rows: []model.Row{{Cells: []model.Cell{num(1), txt(long)}}, {Cells: []model.Cell{num(2), txt("ngắn")}}}},
	}}}}
	o := open(t, r)
	got := o.raw("Dài", "B3")
	row := 4
	for ; strings.HasPrefix(o.raw("Dài", fmt.Sprintf("B%d", row)), workbook.Continued); row++ {
		got += strings.TrimPrefix(o.raw("Dài", fmt.Sprintf("B%d", row)), workbook.Continued)
	}
	if got != long {
		t.Errorf("%d characters of %d came through", len(got), len(long))
	}
	if o.raw("Dài", fmt.Sprintf("B%d", row)) != "ngắn" || row != 6 {
		t.Errorf("the next row stands at %d", row)
	}
	if !strings.Contains(o.xml("Dài"), `<autoFilter ref="$A$2:$B$6">`) {
		t.Error("the filter does not cover the overflow rows")
	}
}
