package form

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"cchc/pipeline/dataset"
)

func slipData() SlipData {
	return SlipData{
		File: "ho-so-thang-9.xlsx", SHA256: strings.Repeat("9f86d081", 8), Dataset: dataset.Dossiers, Layout: "canonical/dossiers", AsOf: now, Received: now, Unknown: 3,
		Counts: SlipCounts{Rows: 1265, Added: 1200, Changed: 20, Unchanged: 30, Older: 5, Duplicate: 4, Skipped: 3, Returned: 3},
		Header: []string{"Mã hồ sơ", "Mã đơn vị", "Ngày tiếp nhận", "=Trạng thái"},
		Rows: []SlipRow{
			{Sheet: "Hồ sơ", Line: 7, Cells: []string{"000.19.12.H10-210915-0001", "H03.99", "31/02/2021", "Đã trả kết quả"},
				Problems: []SlipProblem{{1, "đơn vị không có trong danh sách"}, {2, "không đọc được ngày"}, {2, "sau ngày gửi"}}},
			{Sheet: "Hồ sơ", Line: 1205, Cells: []string{"=1+1", "@H03", "+1", "-\x00x", "thừa"}, Problems: []SlipProblem{{-1, "trùng mã, khác nội dung"}}},
			{Line: 1206, Cells: []string{"0012"}, Problems: []SlipProblem{{0, "thiếu"}, {2, "không đọc được ngày"}}},
		},
	}
}

func slip(t *testing.T, s SlipData) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := Slip(&b, s); err != nil {
		t.Fatal(err)
	}
	return reread(t, b.Bytes())
}

func sheetText(t *testing.T, f *excelize.File, sheet string) string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, "|") + "\n")
	}
	return b.String()
}

const account = "1.265 dòng = 1.200 thêm mới + 20 thay đổi + 30 không đổi + 5 cũ hơn số đã có + 4 trùng lặp + 3 bỏ qua + 3 trả lại."

func TestSlipAccountsForEveryRow(t *testing.T) {
	f := slip(t, slipData())
	text := sheetText(t, f, "Phiếu trả")
	for _, want := range []string{
		account, "Đã nhận 1.250 dòng; trả lại 3 dòng để đơn vị sửa.", "Số dòng trong tệp|1265|", "– Trả lại|3|", "Cột không nhận|3 cột ngoài mẫu",
		"Ngày tiếp nhận|2|không đọc được ngày|trang “Hồ sơ”, dòng 7", "(cả dòng)|1|trùng mã, khác nội dung|trang “Hồ sơ”, dòng 1.205", "3. Kết xuất lại và gửi lại",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the slip lacks %q:\n%s", want, text)
		}
	}
	bad := slipData()
	bad.Counts.Added--
	if err := Slip(io.Discard, bad); err == nil || !strings.Contains(err.Error(), "1265 rows are accounted for as 1264") {
		t.Errorf("error %v", err)
	}
	bad = slipData()
	bad.Rows = bad.Rows[:2]
	if err := SlipText(io.Discard, bad); err == nil || !strings.Contains(err.Error(), "3 rows go back, 2 are listed") {
		t.Errorf("error %v", err)
	}
}

func TestSlipShowsTheRows(t *testing.T) {
	f := slip(t, slipData())
	const s = "Dòng cần sửa"
	for cell, want := range map[string]string{
		"A2": "Hồ sơ", "B2": "7", "C2": "Mã đơn vị: đơn vị không có trong danh sách\nNgày tiếp nhận: không đọc được ngày\nNgày tiếp nhận: sau ngày gửi",
		"D2": "000.19.12.H10-210915-0001", "F2": "31/02/2021", "C3": "trùng mã, khác nội dung", "D3": "=1+1", "E3": "@H03", "F3": "+1", "G3": "-□x", "H3": "thừa",
		"G1": "=Trạng thái", "H1": "Cột 5", "B4": "1206", "D4": "0012", "E4": "",
	} {
		if got := raw(t, f, s, cell); got != want {
			t.Errorf("%s is %q, want %q", cell, got, want)
		}
		if formula, _ := f.GetCellFormula(s, cell); formula != "" {
			t.Errorf("%s is the formula %q", cell, formula)
		}
	}
	for cell, want := range map[string]bool{"D2": false, "E2": true, "F2": true, "D3": false, "D4": true, "F4": true, "E4": false} {
		id, _ := f.GetCellStyle(s, cell)
		st, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(st.Fill.Color) > 0 && st.Fill.Color[0] == badFill; got != want {
			t.Errorf("%s coloured: %v", cell, got)
		}
	}
	got := map[string]string{}
	notes, err := f.GetComments(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range notes {
		got[n.Cell] = n.Paragraph[0].Text
	}
	want := map[string]string{"E2": "đơn vị không có trong danh sách", "F2": "không đọc được ngày\nsau ngày gửi", "D4": "thiếu", "F4": "không đọc được ngày"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("comments %q, want %q", got, want)
	}
}

func TestSlipOfARefusedFile(t *testing.T) {
	s := SlipData{File: "la.pdf", SHA256: "ab", Received: now, Refusal: "tệp không phải CSV hay XLSX"}
	f := slip(t, s)
	if got := fmt.Sprint(f.GetSheetList()); got != "[Phiếu trả]" {
		t.Errorf("sheets %s", got)
	}
	text := sheetText(t, f, "Phiếu trả")
	for _, want := range []string{"Chưa nhận được tệp này: tệp không phải CSV hay XLSX", "chưa xác định được", "Kết xuất lại và gửi lại"} {
		if !strings.Contains(text, want) {
			t.Errorf("the slip lacks %q", want)
		}
	}
	if strings.Contains(text, "thêm mới") {
		t.Error("a refused file has no account")
	}
}

func TestSlipTextIsTheTwin(t *testing.T) {
	s := slipData()
	s.File = "a\nBcc: x@y.vn\x00.xlsx"
	var b bytes.Buffer
	if err := SlipText(&b, s); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	for _, want := range []string{account, "Tệp: a Bcc: x@y.vn□.xlsx\n", "- Ngày tiếp nhận: không đọc được ngày – 2 dòng", "- dòng 1.206: Mã hồ sơ: thiếu; Ngày tiếp nhận: không đọc được ngày"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "31/02/2021") || strings.Contains(text, "H03.99") {
		t.Error("the mail carries cells of the file")
	}
}

func manyRows(n int) SlipData {
	s := SlipData{File: "lon.csv", SHA256: "ab", Dataset: dataset.Dossiers, Received: now, Counts: SlipCounts{Rows: n, Returned: n}}
	for _, f := range dataset.Dossiers.Fields {
		s.Header = append(s.Header, f.Label)
	}
	cells := make([]string, len(s.Header))
	for i := range cells {
		cells[i] = fmt.Sprintf("giá trị ô %d", i)
	}
	for i := range n {
		s.Rows = append(s.Rows, SlipRow{Line: i + 2, Cells: cells, Problems: []SlipProblem{{i % len(cells), "không đọc được ngày"}}})
	}
	return s
}

func TestLongSlip(t *testing.T) {
	n := maxComments + 50
	f := slip(t, manyRows(n))
	if got := raw(t, f, "Dòng cần sửa", fmt.Sprint("B", n+1)); got != fmt.Sprint(n+1) {
		t.Errorf("last row is %q", got)
	}
	notes, err := f.GetComments("Dòng cần sửa")
	if err != nil || len(notes) != maxComments {
		t.Errorf("%d comments, %v", len(notes), err)
	}
	var b bytes.Buffer
	if err := SlipText(&b, manyRows(n)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "- và 1.000 dòng khác, xem trang “Dòng cần sửa” của phiếu.") {
		t.Error("the text does not say how many rows it leaves out")
	}
}

func TestSlipsAreTheSameBytes(t *testing.T) {
	var first []byte
	for i := range 5 {
		var b bytes.Buffer
		if err := Slip(&b, manyRows(500)); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = b.Bytes()
		} else if !bytes.Equal(first, b.Bytes()) {
			t.Fatalf("run %d gives other bytes", i+1)
		}
	}
}

func BenchmarkSlip(b *testing.B) {
	s := manyRows(100_000)
	start := time.Now()
	for b.Loop() {
		if err := Slip(io.Discard, s); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(time.Since(start).Seconds()/float64(b.N), "s/slip")
}
