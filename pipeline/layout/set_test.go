package layout

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"cchc/pipeline/dataset"
	"cchc/pipeline/reader"

	"github.com/xuri/excelize/v2"
)

func folder(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, body := range files {
		out[name] = &fstest.MapFile{Data: []byte(body)}
	}
	return out
}

func TestProblemsOfLayoutsComeAllAtOnce(t *testing.T) {
	_, err := Load(folder(map[string]string{
		"a.yaml": `layout: tinh/a
dataset: dossiers
header:
  dossier_code: [x]
headers:
  dosier_code: [Mã]
  desk: [Chủ hồ sơ]
  field: [Mã TTHC]
  procedure_code: [Cột]
  status: [Cột]
values:
  status: {gone: [a], processing: [b], received: [b]}
  desk: {a: [b]}
fixed: {channel: bồ câu}
dates: {received_at: [ngày/tháng], desk: [dd/MM/yyyy]}
from_title: [desk]
first: [nope]
`,
		"b.yaml":      "layout: canonical/dossiers\ndataset: dossiers\n",
		"c.yaml":      "layout: tinh/c\nextends: tinh/d\n",
		"d.yaml":      "layout: tinh/d\nextends: tinh/c\n",
		"e.yaml":      "layout: tinh/e\nextends: canonical/dosiers\n",
		"f.yaml":      "layout: [\n",
		"g.yaml":      "layout: tinh/g\ndataset: dossier\n",
		"h.yaml":      "layout: tinh/h\nlayout: tinh/i\ndataset: tasks\n",
		"notes.txt":   "no layout",
		".hid.yaml":   "nonsense: 1",
		"x/deep.yaml": "nonsense: 1",
	}))
	if err == nil {
		t.Fatal("no problem found")
	}
	got := err.Error()
	for _, want := range []string{
		`layouts/a.yaml line 3: unknown key "header" (did you mean "headers"?)`, `layouts/a.yaml line 6: headers: dossiers has no field "dosier_code" (did you mean "dossier_code"?)`,
		`layouts/a.yaml line 7: header "Chủ hồ sơ" names personal data`, `layouts/a.yaml line 10: header "Cột" stands for two fields`,
		`layouts/a.yaml line 8: header "Mã TTHC" stands for two fields`, `line 12: values: status has no value "gone"`, `line 12: status: the word "b" stands for two values`, `line 13: values: desk is no closed list`,
		`line 14: fixed: channel: "bồ câu" is not understood`, `line 15: dates: date form "ngày/tháng"`, `line 15: dates: desk is no date`, `line 16: from_title`, `line 17: first: dossiers has no field "nope"`,
		`layouts/b.yaml line 1: layout "canonical/dossiers" is defined in dossiers.yaml too`, `extends this layout itself`, `layouts/e.yaml line 2: extends: there is no layout "canonical/dosiers" (did you mean "canonical/dossiers"?)`,
		`layouts/f.yaml: not readable as YAML`, `layouts/g.yaml line 2: unknown dataset "dossier" (did you mean "dossiers"?)`, `layouts/h.yaml: not readable as YAML: [2:1] mapping key "layout" already defined`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s\nis missing in\n%s", want, got)
		}
	}
	if strings.Contains(got, "nonsense") {
		t.Errorf("files that are no layouts were read:\n%s", got)
	}
}

func TestFolderMayBeMissing(t *testing.T) {
	s, err := Load(os.DirFS(filepath.Join(t.TempDir(), "layouts")))
	if err != nil || s.Fingerprint("canonical/tasks") == "" {
		t.Fatal(err)
	}
}

const ownLayout = `layout: tinh/danh-sach
extends: canonical/dossiers
headers:
  dossier_code: [Số phiếu]
  unit_name: [Nơi làm]
  received_at: [Vào]
  due_at: [Ra]
  channel: [Đường]
  status: [Bước]
  procedure_code: [Loại việc]
dates: {received_at: [MM/dd/yyyy, yyyyMMddHHmm], due_at: [d.M.yy]}
values:
  channel: {post: [chim câu]}
  status: {processing: ["A"], returned: ["Z"]}
fixed: {digitised: có, service_level: toàn trình}
ignore: [Màu bìa]
personal: [Bí danh]
`

func TestOwnLayout(t *testing.T) {
	own := folder(map[string]string{"a.yaml": ownLayout})
	env := testEnv()
	env.Codes = func() []string {
		return []string{"1.000100", "1.001000", "001.0010", "2.0005", "2.00050", "000123", "1.001234"}
	}
	got := describeBy([]byte("Số phiếu,Nơi làm,Vào,Ra,Đường,Bước,Màu bìa,Bí danh,Loại việc\n"+
		"p1,UBND xã số 1,09/13/2021,1.9.22,Chim Câu,A,đỏ,-,1.0001\n"+
		"p2,UBND xã số 1,202109131405,1.9.22,2,A,đỏ,-,\"1,0001\"\n"+
		"p3,UBND xã số 1,13/09/2021,1.9.2022,2,A,đỏ,-,123\n"+
		"p4,UBND xã số 1,09/13/2021,,,,,,1.001\n"+
		"p5,UBND xã số 1,09/13/2021,,,,,,2.0005\n"+
		"p6,UBND xã số 1,09/13/2021,,,,,,7.5\n"+
		"p7,UBND xã số 1,09/13/2021,,,,,,123\n"), env, own)
	want := `tinh/danh-sach header 1 rows 7 skipped 0 duplicate 0 returned 1
personal Bí danh
repaired 2: 1.0001 is 1.000100
repaired 3: 1,0001 is 1.000100
repaired 4: 123 is 000123
repaired 8: 123 is 000123
2: "p1" "H03.15.01" - "1.000100" - - 4 "post" - 2021-09-13 2022-09-01 - - "processing" - - true - - -
3: "p2" "H03.15.01" - "1.000100" - - 4 "online" - 2021-09-13T14:05:00 2022-09-01 - - "processing" - - true - - -
5: "p4" "H03.15.01" - "1.001" - - 4 "unknown" - 2021-09-13 - - - - - - true - - -
6: "p5" "H03.15.01" - "2.0005" - - 4 "unknown" - 2021-09-13 - - - - - - true - - -
7: "p6" "H03.15.01" - "7.5" - - 4 "unknown" - 2021-09-13 - - - - - - true - - -
8: "p7" "H03.15.01" - "000123" - - 4 "unknown" - 2021-09-13 - - - - - - true - - -
back 4: p3|UBND xã số 1|13/09/2021|1.9.2022|2|A|123
  Vào: Ngày tiếp nhận là ngày không có trong lịch; kiểm tra lại ngày, tháng.
  Ra: Ngày hẹn trả không phải là ngày; ghi theo mẫu ngày/tháng/năm, ví dụ 05/09/2021 hoặc 05/09/2021 14:30.
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	a, _ := Load(own)
	b, _ := Load(folder(map[string]string{"a.yaml": ownLayout + "\n"}))
	if x := a.Fingerprint("tinh/danh-sach"); x == "" || x == b.Fingerprint("tinh/danh-sach") {
		t.Error("a changed layout keeps its fingerprint")
	}
}

func TestDateForms(t *testing.T) {
	for _, c := range []struct{ form, in, want string }{
		{"MM/dd/yyyy", "09/13/2021", "2021-09-13 00:00:00"}, {"MM/dd/yyyy", "9/13/2021", notDate}, {"M/d/yyyy", "9/3/2021", "2021-09-03 00:00:00"},
		{"dd-MM-yy", "13-09-21", "2021-09-13 00:00:00"}, {"yyyyMMddHHmm", "202109131405", "2021-09-13 14:05:00"}, {"yyyyMMddHHmm", "2021091314", notDate},
		{"dd/MM/yyyy HH:mm:ss", "13/09/2021 24:00:00", notDate}, {"dd/MM/yyyy", "31/02/2021", noSuchDay}, {"dd/MM/yyyy", "01/01/1980", yearOutside}, {"dd/MM/yyyy", "13/09/2021x", notDate},
		{"serial", "44454", "2021-09-15 00:00:00"}, {"serial", "44454.5", "2021-09-15 12:00:00"}, {"serial1904", "42992.5", "2021-09-15 12:00:00"}, {"serial", "444541", notDate}, {"serial", "-4445", notDate},
	} {
		form, err := parseDateForm(c.form)
		if err != nil {
			t.Fatal(err)
		}
		got, why := form.parse([]byte(c.in))
		if why == "" {
			why = got.Format(time.DateTime)
		}
		if why != c.want {
			t.Errorf("%s of %q is %s, want %s", c.form, c.in, why, c.want)
		}
	}
	for _, form := range []string{"", "dd/MM", "yyy/MM/dd", "dd/MM/yyyy mm", "dd/MM/yyyy dd", "ngày", "DD/MM/YYYY", "dd/MM/yyyy HH:ss"} {
		if _, err := parseDateForm(form); err == nil {
			t.Errorf("%q is taken for a form", form)
		}
	}
}

func TestFieldsSetByTheSource(t *testing.T) {
	env := testEnv()
	env.Fixed = map[string]string{"unit_code": "h03.15.02", "period": "2021-9M", "direction": "in"}
	got := describeBy([]byte("Lĩnh vực,c3\nĐất đai,5\n"), env, nil)
	want := "canonical/summaries header 1 rows 1 skipped 0 duplicate 0 returned 0\n2: \"H03.15.02\" \"2021-9M\" \"Đất đai\" 5 - - - - - - - - - -\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	got = describeBy([]byte("unit_code,Lĩnh vực,c3\nH03.15,Đất đai,5\n"), env, nil)
	if !strings.Contains(got, `"H03.15" "2021-9M"`) {
		t.Errorf("a column is overruled by the source:\n%s", got)
	}
}

// merged writes the follow-up register as a workbook with merged cells.
func merged(t *testing.T, sheets ...string) []byte {
	f := excelize.NewFile()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for n, name := range sheets {
		if n == 0 {
			check(f.SetSheetName("Sheet1", name))
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		set := func(cell string, v any) { check(f.SetCellValue(name, cell, v)) }
		set("A1", "SỔ THEO DÕI HỒ SƠ (đến ngày 1"+fmt.Sprint(n)+"/9/2021)")
		check(f.MergeCell(name, "A1", "I1"))
		for i, h := range []string{"STT", "Mã hồ sơ", "Tên TTHC", "Chủ hồ sơ"} {
			cell, _ := excelize.CoordinatesToCellName(i+2, 3)
			below, _ := excelize.CoordinatesToCellName(i+2, 5)
			set(cell, h)
			check(f.MergeCell(name, cell, below))
		}
		set("F3", "Nhận và trả kết quả")
		check(f.MergeCell(name, "F3", "I3"))
		set("F4", "Ngày tháng năm")
		check(f.MergeCell(name, "F4", "H4"))
		set("F5", "Tiếp nhận")
		set("G5", "Hẹn trả kết quả")
		set("H5", "Trả kết quả")
		set("I4", "Phương thức nhận kết quả")
		check(f.MergeCell(name, "I4", "I5"))
		set("B6", 1)
		set("C6", fmt.Sprintf("h-%d", n))
		set("G6", time.Date(2021, 9, 20, 0, 0, 0, 0, time.UTC))
		set("F6", "01/9/2021")
		set("C7", "chung")
		set("F7", "02/9/2021")
		set("D7", []string{"một", "hai"}[n%2])
		check(f.SetRowVisible(name, 6, false))
	}
	var b bytes.Buffer
	check(f.Write(&b))
	return b.Bytes()
}

func TestMergedHeaderOfSeveralSheets(t *testing.T) {
	got := describe(merged(t, "UBND xã số 1", "UBND xã số 2"))
	want := `so-theo-doi/ho-so header 5 rows 4 skipped 0 duplicate 0 returned 0
as of 2021-09-11
personal Chủ hồ sơ
sheets UBND xã số 1|UBND xã số 2
header rows 3 headings 0 masked 0
UBND xã số 1!6: "h-0" "H03.15.01" - - - - - "unknown" - 2021-09-01 2021-09-20 - - - - - - - - -
UBND xã số 1!7: "chung" "H03.15.01" - - "một" - - "unknown" - 2021-09-02 - - - - - - - - - -
UBND xã số 2!6: "h-1" "H03.15.02" - - - - - "unknown" - 2021-09-01 2021-09-20 - - - - - - - - -
UBND xã số 2!7: "chung" "H03.15.02" - - "hai" - - "unknown" - 2021-09-02 - - - - - - - - - -
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestConflictsAcrossSheets(t *testing.T) {
	tasks := []any{"unit_code", "year", "task_code", "content"}
	other := []any{nil, "task_code", "content", "year", "unit_code"}
	got := describe(workbookOf(t, false, [][]any{tasks, {"H03.15", 2021, "a", "x"}, {"H03.15", 2021, "b", "x"}, {"H03.15", 2021, "c", "x"}},
		[][]any{other, {nil, "b", "y", 2021, "H03.15"}, {nil, "a", "x", 2021, "H03.15"}}))
	want := `canonical/tasks header 1 rows 5 skipped 0 duplicate 1 returned 2
sheets Trang 1|Trang 2
Trang 1!2: "H03.15" 2021 "a" "x" - - - - - -
Trang 1!3: "H03.15" 2021 "b" "x" - - - - - -
Trang 1!4: "H03.15" 2021 "c" "x" - - - - - -
drop Trang 1!3
back Trang 1!3: H03.15|2021|b|x
  (dòng): Cùng khóa với dòng 2 (trang "Trang 2") nhưng nội dung khác nhau ở: content; chỉ giữ lại dòng đúng.
back Trang 2!2: H03.15|2021|b|y
  (dòng): Cùng khóa với dòng 3 (trang "Trang 1") nhưng nội dung khác nhau ở: content; chỉ giữ lại dòng đúng.
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// written is one way to write the same dossiers: a header per field and how a
// value of it is written.
type written struct {
	layout string
	titles []string
	header map[string]string
	date   func(time.Time) string
	words  map[string]string
}

// The same rows in every layout of dossiers give the same accepted rows.
func TestSameRowsInEveryLayout(t *testing.T) {
	ways := []written{
		{layout: "canonical/dossiers", date: func(d time.Time) string { return d.Format("02/01/2006 15:04:05") }, header: map[string]string{
			"dossier_code": "Mã hồ sơ", "unit": "Mã đơn vị", "procedure_code": "Mã TTHC", "channel": "Hình thức nộp", "received_at": "Ngày tiếp nhận", "due_at": "Ngày hẹn trả",
			"finished_at": "Ngày có kết quả", "returned_at": "Ngày trả kết quả", "status": "Trạng thái"},
			words: map[string]string{"online": "trực tuyến", "counter": "trực tiếp", "processing": "Đang xử lý", "resolved": "Đã xử lý xong"}},
		{layout: "quoc-gia/ho-so", date: func(d time.Time) string { return d.Format("20060102150405") }, header: map[string]string{
			"dossier_code": "MaHoSo", "unit": "DonViXuLy", "procedure_code": "MaTTHC", "channel": "KenhThucHien", "received_at": "NgayTiepNhan", "due_at": "NgayHenTra",
			"finished_at": "NgayKetThucXuLy", "returned_at": "NgayTra", "status": "TrangThaiHoSo"},
			words: map[string]string{"online": "2", "counter": "1", "processing": "4", "resolved": "9"}},
		{layout: "mot-cua/ho-so", titles: []string{"DANH SÁCH HỒ SƠ", ""}, date: func(d time.Time) string { return d.Format("2/1/2006 15:04:05") }, header: map[string]string{
			"dossier_code": "Số hồ sơ", "unit": "Cơ quan thụ lý", "procedure_code": "Mã thủ tục", "channel": "Trực tuyến", "received_at": "Ngày tiếp nhận", "due_at": "Ngày gia hạn",
			"finished_at": "Ngày kết thúc xử lý", "returned_at": "Ngày trả", "status": "Trạng thái"},
			words: map[string]string{"online": "x", "counter": "không", "processing": "đang giải quyết", "resolved": "đã giải quyết"}},
		{layout: "so-theo-doi/ho-so", date: func(d time.Time) string { return d.Format("2006-01-02T15:04:05+07:00") }, header: map[string]string{
			"dossier_code": "Mã hồ sơ", "unit": "Cơ quan chủ trì giải quyết", "procedure_code": "Mã TTHC", "channel": "Hình thức nộp",
			"received_at": "Nhận và trả kết quả > Nhận hồ sơ", "due_at": "Nhận và trả kết quả > Hẹn trả kết quả", "finished_at": "Nhận và trả kết quả > Nhận kết quả từ cơ quan giải quyết",
			"returned_at": "Nhận và trả kết quả > Trả kết quả > Ngày, tháng, năm", "status": "Trạng thái"},
			words: map[string]string{"online": "trực tuyến", "counter": "tại bộ phận một cửa", "processing": "4", "resolved": "Đã giải quyết"}},
	}
	fields := []string{"dossier_code", "unit", "procedure_code", "channel", "received_at", "due_at", "finished_at", "returned_at", "status"}
	for seed := range uint64(30) {
		var first string
		for n, w := range ways {
			r := rand.New(rand.NewPCG(seed, 1))
			got := acceptedBy(t, writeDossiers(r, w, fields, seed), w.layout)
			if n == 0 {
				first = got
			} else if got != first {
				t.Fatalf("seed %d: %s gives\n%s\n%s gives\n%s", seed, ways[0].layout, first, w.layout, got)
			}
		}
	}
}

func writeDossiers(r *rand.Rand, w written, fields []string, seed uint64) []byte {
	var b strings.Builder
	for _, title := range w.titles {
		b.WriteString(`"` + title + "\"\n")
	}
	depth := 1
	for _, f := range fields {
		depth = max(depth, strings.Count(w.header[f], " > ")+1)
	}
	for d := range depth {
		last := ""
		for i, f := range fields {
			if i > 0 {
				b.WriteByte(',')
			}
			parts := strings.Split(w.header[f], " > ")
			cell := ""
			if d < len(parts) && (d == len(parts)-1 || parts[d] != last) {
				cell = parts[d]
				last = cell
			}
			b.WriteString(`"` + cell + `"`)
		}
		b.WriteByte('\n')
	}
	for i := range 40 {
		received := time.Date(2021, 8, 1+r.IntN(20), r.IntN(24), r.IntN(60), r.IntN(60), 0, time.UTC)
		values := map[string]string{"dossier_code": fmt.Sprintf("000.19.12.H03-%d-%d", seed, i), "unit": fmt.Sprintf("UBND xã số %d", 1+r.IntN(9)),
			"procedure_code": fmt.Sprintf("1.%06d", 1000+r.IntN(9)), "channel": w.words[[]string{"online", "counter"}[r.IntN(2)]],
			"received_at": w.date(received), "due_at": w.date(received.AddDate(0, 0, 9)), "status": w.words["processing"]}
		if w.layout == "canonical/dossiers" {
			values["unit"] = "H03.15.0" + strings.TrimPrefix(values["unit"], "UBND xã số ")
		}
		if r.IntN(2) == 0 {
			values["status"] = w.words["resolved"]
			values["finished_at"] = w.date(received.AddDate(0, 0, r.IntN(12)))
			if r.IntN(2) == 0 {
				values["returned_at"] = w.date(received.AddDate(0, 0, 13))
			}
		}
		for i, f := range fields {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + values[f] + `"`)
		}
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

func acceptedBy(t *testing.T, data []byte, layout string) string {
	t.Helper()
	f, err := reader.New(bytes.NewReader(data), int64(len(data)), reader.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	res, err := Read(f, testEnv(), into(func(r dataset.Row) error {
		out = append(out, dataset.Dossiers.Content(r))
		return nil
	}))
	if err != nil {
		t.Fatalf("%s: %v\n%.400s", layout, err, data)
	}
	if res.Layout != layout || res.Rows != 40 || len(out) != 40 {
		t.Fatalf("%s: read by %s, %d of %d rows, %+v\n%.600s", layout, res.Layout, len(out), res.Rows, res.Returned, data)
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

func TestStarterLoads(t *testing.T) {
	s, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, in, set string }{
		{"tinh/a", "Mã HS,Ngày nhận HS,Chủ hồ sơ,\"Tên \"\"lạ\"\"\",Tình trạng: A\nx,1/9/2021,-,-,-\n", "dossiers"},
		{"tinh/b", "alpha,beta\n1,2\n", "tasks"},
		{"tinh/c", "Mã hồ sơ,Đơn vị,Lạ\n1,2,3\n", ""},
	} {
		f, err := reader.New(strings.NewReader(c.in), int64(len(c.in)), reader.Options{})
		if err != nil {
			t.Fatal(err)
		}
		text, err := s.Starter(f, c.name, c.set)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		own, err := Load(folder(map[string]string{"a.yaml": string(text)}))
		if err != nil || own.Fingerprint(c.name) == "" {
			t.Errorf("%s: %v\n%s", c.name, err, text)
		}
	}
	f, _ := reader.New(strings.NewReader("alpha,beta\n1,2\n"), 15, reader.Options{})
	if _, err := s.Starter(f, "tinh/d", ""); err == nil {
		t.Error("a dataset is guessed for a file of which nothing is known")
	}
	if _, err := s.Starter(f, "../x", "tasks"); err == nil {
		t.Error("a name with a path is taken")
	}
}
