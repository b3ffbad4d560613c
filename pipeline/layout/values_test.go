package layout

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"cchc/pipeline/dataset"
	"cchc/pipeline/reader"

	"github.com/xuri/excelize/v2"
)

func TestDates(t *testing.T) {
	loc := time.FixedZone("+07", 7*3600)
	for _, c := range []struct{ in, want string }{
		{"15/09/2021", "2021-09-15 00:00:00"}, {"5/9/2021", "2021-09-05 00:00:00"}, {" 15/09/2021 ", "2021-09-15 00:00:00"},
		{"15-09-2021", "2021-09-15 00:00:00"}, {"15.09.2021", "2021-09-15 00:00:00"}, {"15/09/2021 7:05", "2021-09-15 07:05:00"},
		{"15/09/2021 17:05:59", "2021-09-15 17:05:59"}, {"15/09/2021  17:05", "2021-09-15 17:05:00"},
		{"2021-09-15", "2021-09-15 00:00:00"}, {"2021-09-15 17:05", "2021-09-15 17:05:00"}, {"2021-09-15T17:05:59", "2021-09-15 17:05:59"},
		{"2021-09-15T17:05:59.123", "2021-09-15 17:05:59"}, {"2021-09-15T17:05:59.123Z", "2021-09-16 00:05:59"},
		{"2021-09-15T23:30:00+07:00", "2021-09-15 23:30:00"}, {"2021-09-15T23:30:00+0900", "2021-09-15 21:30:00"}, {"2021-09-15 23:30-05", "2021-09-16 11:30:00"},
		{"20210915", "2021-09-15 00:00:00"}, {"20210915170559", "2021-09-15 17:05:59"}, {"2021/09/15", "2021-09-15 00:00:00"},
		{"29/02/2020", "2020-02-29 00:00:00"}, {"31/12/2100", "2100-12-31 00:00:00"}, {"01/01/1990", "1990-01-01 00:00:00"},
		{"29/02/2021", noSuchDay}, {"31/02/2021", noSuchDay}, {"31/04/2021", noSuchDay}, {"15/13/2021", noSuchDay}, {"0/9/2021", noSuchDay}, {"20211315", noSuchDay},
		{"31/12/1989", yearOutside}, {"01/01/2101", yearOutside}, {"01/01/0201", notDate},
		{"15/09/21", notDate}, {"15/9", notDate}, {"44454", notDate}, {"mai", notDate}, {"15/09-2021", notDate}, {"15/09/2021x", notDate},
		{"15/09/2021 25:00", notDate}, {"15/09/2021 24:00", notDate}, {"15/09/2021 10:60", notDate}, {"15/09/2021 10", notDate}, {"15/09/2021 10:5", notDate},
		{"2021-09-15T", notDate}, {"2021-9-0005", notDate}, {"2021091517", notDate}, {"15/09/2021 10:00 PM", notDate}, {"2021-09-15T10:00+25:00", notDate}, {"", notDate},
	} {
		got, why := parseTime([]byte(c.in), loc)
		text := got.Format(time.DateTime)
		if why != "" {
			text = why
		}
		if text != c.want {
			t.Errorf("%q is %s, want %s", c.in, text, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ in, number, count string }{
		{"1265", "1265", "1265"}, {"1.265", "1265", "1265"}, {"12.345.678", "12345678", "12345678"}, {"07", "7", "7"}, {" 7 ", "7", "7"},
		{"84,28", "84.28", notInteger}, {"0.5", "0.5", notInteger}, {"0.500", "0.5", notInteger}, {"12.75", "12.75", notInteger}, {"1265.000", "1265", "1265"},
		{"1.265,5", "1265.5", notInteger}, {"1,265.5", "1265.5", notInteger}, {"1,265,000", "1265000", "1265000"}, {"1 265", "1265", "1265"}, {"1\u00a0265,5", "1265.5", notInteger},
		{"1,265", "1.265", notInteger}, {"7,0", "7", "7"}, {"01hồ sơ", notNumber, "1"}, {"10 hồ sơ", notNumber, "10"}, {"5 hồ sơ 2", notNumber, notInteger},
		{"-5", "-5", negative}, {"−5", "-5", negative}, {"-0", "0", "0"}, {"+5", "5", "5"},
		{"1.26", "1.26", notInteger}, {"1.2650", "1.265", notInteger}, {"12.3456.789", notNumber, notInteger}, {"1..265", notNumber, notInteger},
		{"5,", notNumber, notInteger}, {",5", notNumber, notInteger}, {".", notNumber, notInteger}, {"", notNumber, notInteger}, {"hồ sơ", notNumber, notInteger},
		{"1e3", notNumber, notInteger}, {"5%", notNumber, notInteger}, {"1 2", notNumber, notInteger}, {"1,2,3", notNumber, notInteger}, {"٣", notNumber, notInteger},
		{"0,1234565", "0.123457", notInteger}, {"9223372036854", "9223372036854", "9223372036854"}, {"9223372036855", tooLarge, "9223372036855"},
		{"99999999999999999999", tooLarge, tooLarge},
	} {
		d, why := parseDecimal([]byte(c.in))
		got := why
		if why == "" {
			got = strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%06d", int64(d)/1e6, abs(int64(d)%1e6)), "0"), ".")
		}
		if got != c.number {
			t.Errorf("number %q is %s, want %s", c.in, got, c.number)
		}
		n, why := parseInt([]byte(c.in))
		if got = why; why == "" {
			got = fmt.Sprint(n)
		}
		if got != c.count {
			t.Errorf("count %q is %s, want %s", c.in, got, c.count)
		}
	}
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

func TestFoldAndCleanText(t *testing.T) {
	for _, pair := range [][2]string{
		{"Số hoá", "số HÓA"}, {"Uỷ ban", "ủy ban"}, {"Mã hồ sơ (*)", "mã  hồ\nsơ"}, {"Qu\u0079\u0301", "quý"}, {"in_progress", "In progress"}, {"\ufeffĐơn vị:", "đơn vị"},
	} {
		if fold(pair[0]) != fold(pair[1]) {
			t.Errorf("%q and %q differ: %q %q", pair[0], pair[1], fold(pair[0]), fold(pair[1]))
		}
	}
	if fold("Mã") == fold("Ma") || fold("đạt") == fold("đất") {
		t.Error("marks are lost")
	}
	for _, c := range []struct {
		in, want string
		lines    bool
	}{
		{"  a\u00a0 b\t\nc ", "a b c", false}, {"a\r\n\r\n b \u2028c", "a\nb\nc", true}, {"a\x01\u200bb", "ab", false},
		{"e\u0302\u0323", "ệ", false}, {"e\u200d\u0302", "ê", false}, {"", "", false}, {"\n\n", "", true}, {"=1+1", "=1+1", false}, {"a  b", "a b", false},
	} {
		if got := cleanText([]byte(c.in), c.lines); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.in, got, c.want)
		}
	}
}

func TestLayoutsAreSound(t *testing.T) {
	s, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	for i, set := range dataset.All {
		if name := "canonical/" + set.Name; !slices.Contains(s.Names(), name) || len(s.Fingerprint(name)) != 64 {
			t.Errorf("dataset %d has no layout %s", i, name)
		}
	}
}

// The digests of the door tell rows apart exactly as dataset.Content does.
func TestDigestsAgreeWithContent(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	pick := func(f dataset.Field) any {
		if r.IntN(4) == 0 && !f.Required {
			return nil
		}
		switch f.Type {
		case dataset.Date, dataset.Time:
			return time.Date(2020+r.IntN(2), 1, 1+r.IntN(2), 0, 0, r.IntN(2), 0, time.UTC)
		case dataset.Int, dataset.Level:
			return int64(1 + r.IntN(2))
		case dataset.Number:
			return dataset.Decimal(r.IntN(2))
		case dataset.Flag:
			return r.IntN(2) == 0
		}
		return []string{"a", "A", "ă", "Ă", "aă"}[r.IntN(5)]
	}
	for _, set := range dataset.All {
		contents := map[string]string{}
		for range 3000 {
			row := dataset.Row{Values: make([]any, len(set.Fields))}
			for i, f := range set.Fields {
				if f.Key || r.IntN(6) == 0 {
					row.Values[i] = pick(f)
				}
			}
			content := string(appendContent(nil, set, row))
			if old, ok := contents[set.Content(row)]; ok && old != content {
				t.Fatalf("%s: one content, two digests: %q", set.Name, set.Content(row))
			}
			contents[set.Content(row)] = content
		}
		distinct := map[string]bool{}
		for _, v := range contents {
			distinct[v] = true
		}
		if len(distinct) != len(contents) {
			t.Errorf("%s: %d contents fall on %d digests", set.Name, len(contents), len(distinct))
		}
	}
}

// workbook writes sheets of rows; a cell written as "=…" is a formula, a
// time.Time a date cell.
func workbookOf(t testing.TB, date1904 bool, sheets ...[][]any) []byte {
	f := excelize.NewFile()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if date1904 {
		check(f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &date1904}))
	}
	for i, rows := range sheets {
		name := fmt.Sprintf("Trang %d", i+1)
		if i == 0 {
			check(f.SetSheetName("Sheet1", name))
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x, v := range row {
				cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if s, ok := v.(string); ok && strings.HasPrefix(s, "=") {
					check(f.SetCellFormula(name, cell, s[1:]))
				} else if v != nil {
					check(f.SetCellValue(name, cell, v))
				}
			}
		}
	}
	var b bytes.Buffer
	check(f.Write(&b))
	return b.Bytes()
}

func TestWorkbooks(t *testing.T) {
	day := time.Date(2021, 9, 15, 14, 30, 0, 0, time.UTC)
	guide := [][]any{{"Hướng dẫn nhập liệu"}, {"dossier_code", "Mã hồ sơ", "bắt buộc"}, {"unit_code", "Mã đơn vị", "bắt buộc"}}
	tasks := []any{"unit_code", "year", "task_code"}
	dossiers := []any{"dossier_code", "unit_code", "received_at", "due_at", "digitised", "Chủ hồ sơ"}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"date cells, text dates, serials, truth values", workbookOf(t, false, guide, [][]any{dossiers,
			{"a", "H03.15", day, "20/12/2021", true, "không ai"}, {123, "H03.15", 44454, 20211220, 1, nil}, {"c", "H03.15", 5, 20213101, nil, nil}}),
			"canonical/dossiers header 1 rows 3 skipped 0 duplicate 0 returned 1\npersonal Chủ hồ sơ\nleft Trang 1 \n" +
				"2: \"a\" \"H03.15\" - - - - - \"unknown\" - 2021-09-15T14:30:00 2021-12-20 - - - - - true - - -\n" +
				"3: \"123\" \"H03.15\" - - - - - \"unknown\" - 2021-09-15 2021-12-20 - - - - - true - - -\n" +
				"back 4: c|H03.15|5|20213101|\n" +
				"  received_at: Ngày tiếp nhận có năm ngoài khoảng 1990–2100; kiểm tra lại năm.\n" +
				"  due_at: Ngày hẹn trả không phải là ngày; ghi theo mẫu ngày/tháng/năm, ví dụ 05/09/2021 hoặc 05/09/2021 14:30.\n"},
		{"epoch of 1904", workbookOf(t, true, [][]any{dossiers, {"a", "H03.15", 42992.5, nil, nil}}),
			"canonical/dossiers header 1 rows 1 skipped 0 duplicate 0 returned 0\npersonal Chủ hồ sơ\n" +
				"2: \"a\" \"H03.15\" - - - - - \"unknown\" - 2021-09-15T12:00:00 - - - - - - false - - -\n"},
		{"number cells", workbookOf(t, false, [][]any{{"unit_code", "period", "code", "value"},
			{"H03.15", "2021-9M", "a", 84.28}, {"H03.15", "2021-9M", "b", 0.1 + 0.2}, {"H03.15", "2021-9M", "c", 1.265}, {"H03.15", "2021-9M", "d", "1.265"},
			{"H03.15", "2021-9M", "e", 1e15}, {"H03.15", "2021-9M", "f", "=1/0"}, {"H03.15", "2021-9M", "g", day}}),
			"canonical/figures header 1 rows 7 skipped 0 duplicate 0 returned 3\n" +
				"2: \"H03.15\" \"2021-9M\" \"a\" 84280000 - - - - -\n3: \"H03.15\" \"2021-9M\" \"b\" 300000 - - - - -\n" +
				"4: \"H03.15\" \"2021-9M\" \"c\" 1265000 - - - - -\n5: \"H03.15\" \"2021-9M\" \"d\" 1265000000 - - - - -\n" +
				"back 6: H03.15|2021-9M|e|1000000000000000\n  value: Giá trị là số quá lớn; kiểm tra lại.\n" +
				"back 7: H03.15|2021-9M|f|\n  value: Giá trị bị lỗi công thức hoặc công thức chưa được tính; ghi giá trị thay cho công thức.\n" +
				"back 8: H03.15|2021-9M|g|15/09/2021 14:30:00\n  value: Giá trị không phải là số; ghi số bằng chữ số, ví dụ 1.265 hoặc 84,28.\n"},
		{"year as a number, with a fraction, as a date", workbookOf(t, false, [][]any{tasks, {"H03.15", 2021, "a"}, {"H03.15", 2021.5, "b"}, {"H03.15", day, "c"}}),
			"canonical/tasks header 1 rows 3 skipped 0 duplicate 0 returned 2\n2: \"H03.15\" 2021 \"a\" - - - - - - -\n" +
				"back 3: H03.15|2021.5|b\n  year: Năm kế hoạch không phải là số nguyên; ghi số nguyên, ví dụ 1265.\n" +
				"back 4: H03.15|15/09/2021 14:30:00|c\n  year: Năm kế hoạch không phải là số nguyên; ghi số nguyên, ví dụ 1265.\n"},
		{"the best of several sheets", workbookOf(t, false, [][]any{tasks, {"H03.15", 2021, "a"}}, [][]any{append(tasks, "content"), {"H03.15", 2021, "b", "x"}}),
			"canonical/tasks header 1 rows 1 skipped 0 duplicate 0 returned 0\nleft Trang 1 canonical/tasks\n2: \"H03.15\" 2021 \"b\" \"x\" - - - - - -\n"},
		{"all of equal sheets", workbookOf(t, false, [][]any{tasks, {"H03.15", 2021, "a"}}, [][]any{tasks, {"H03.15", 2021, "b"}}),
			"canonical/tasks header 1 rows 2 skipped 0 duplicate 0 returned 0\nsheets Trang 1|Trang 2\nTrang 1!2: \"H03.15\" 2021 \"a\" - - - - - - -\nTrang 2!2: \"H03.15\" 2021 \"b\" - - - - - - -\n"},
		{"a guide only", workbookOf(t, false, guide),
			"refused: no header of a known dataset found\nKhông tìm thấy dòng tiêu đề cột của loại số liệu nào đã biết; hãy dùng biểu mẫu nhập liệu hoặc kiểm tra lại tên các cột.\n"},
		{"a form not filled in", workbookOf(t, false, guide, [][]any{dossiers}),
			"canonical/dossiers header 1 rows 0 skipped 0 duplicate 0 returned 0\npersonal Chủ hồ sơ\nleft Trang 1 \n"},
	} {
		if got := describe(c.data); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
		}
	}
}

// What a row says does not depend on the rows before it, though values are
// remembered by their text.
func TestRememberedValuesStayRight(t *testing.T) {
	var in bytes.Buffer
	in.WriteString("dossier_code,unit_code,received_at,field,status\n")
	const rows = 60_000
	for i := range rows {
		fmt.Fprintf(&in, "m%d,H03.15,%d/%d/2021 00:%02d:%02d,L%d,%d\n", i, 1+i%28, 1+i%8, i%60, i/60%60, i%9000, 4+i%3)
	}
	f, err := reader.New(bytes.NewReader(in.Bytes()), int64(in.Len()), reader.Options{})
	if err != nil {
		t.Fatal(err)
	}
	i, states := 0, []string{"processing", "supplement", "payment"}
	res, err := Read(f, testEnv(), into(func(r dataset.Row) error {
		want := fmt.Sprintf("m%d 2021-%02d-%02d 00:%02d:%02d L%d %s", i, 1+i%8, 1+i%28, i%60, i/60%60, i%9000, states[i%3])
		got := fmt.Sprintf("%s %s %s %s", r.Values[0], r.Values[9].(time.Time).Format(time.DateTime), r.Values[5], r.Values[13])
		if got != want {
			return fmt.Errorf("row %d is %s, want %s", i, got, want)
		}
		i++
		return nil
	}))
	if err != nil || i != rows || res.Rows != rows {
		t.Fatalf("%d rows, %v", i, err)
	}
}

func FuzzValues(f *testing.F) {
	for _, s := range []string{"15/09/2021 07:30", "20210915", "2021-09-15T00:00:00.5Z", "1.265,5", "-0", "84,28", "01hồ sơ", "1e9", "e\u0302\u0323", "\ufeff (3)=(4)"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if !utf8.Valid(b) {
			return // the reader lets no such text through
		}
		if d, why := parseTime(b, time.UTC); (why == "") != (d.Year() >= firstYear && d.Year() <= lastYear) {
			t.Errorf("date %v with %q", d, why)
		}
		if n, why := parseInt(b); why == "" && n < 0 {
			t.Errorf("negative count %d", n)
		}
		if d, why := parseDecimal(b); why == "" && (d == math.MinInt64 || d == math.MaxInt64) {
			t.Errorf("overflow")
		}
		if s := cleanText(b, false); s != cleanText([]byte(s), false) {
			t.Errorf("cleaning twice changes %q", s)
		}
		if s := fold(string(b)); s != fold(s) {
			t.Errorf("folding twice changes %q", s)
		}
		_, _ = serialTime(b, false)
		if out, found := screen(string(b)); found {
			if again, _ := screen(out); strings.Count(again, mask) < strings.Count(out, mask) {
				t.Errorf("screening twice changes %q", out)
			}
		}
		_ = bare(string(b))
		_ = numberForm(string(b))
	})
}
