package form

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"cchc/pipeline/dataset"
)

var now = time.Date(2021, 9, 15, 8, 30, 0, 0, time.UTC)

func filled(t *testing.T, d *dataset.Dataset) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := FillIn(&b, d, Example(d, "H03.15.01", "2021-9M", now), now); err != nil {
		t.Fatal(err)
	}
	return reread(t, b.Bytes())
}

func reread(t *testing.T, file []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func at(col, row int) string {
	s, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err)
	}
	return s
}

func raw(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	v, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEveryDatasetHasAForm(t *testing.T) {
	for _, d := range dataset.All {
		f := filled(t, d)
		if got := fmt.Sprint(f.GetSheetList()); got != "[Hướng dẫn "+d.Label+"]" {
			t.Errorf("%s: sheets %s", d.Name, got)
			continue
		}
		if p, _ := f.GetPanes(d.Label); !p.Freeze || p.YSplit != 1 {
			t.Errorf("%s: the header does not stay", d.Name)
		}
		if purposes[d.Name] == "" || things[d.Name] == "" {
			t.Errorf("%s: no words for the guide", d.Name)
		}
		checks := map[string]*excelize.DataValidation{}
		list, err := f.GetDataValidations(d.Label)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range list {
			checks[v.Sqref] = v
		}
		notes, _ := f.GetComments(d.Label)
		if len(notes) != len(d.Fields)+1 {
			t.Errorf("%s: %d notes for %d columns and the example", d.Name, len(notes), len(d.Fields))
		}
		for i, field := range d.Fields {
			column(t, f, d, field, i+1, checks[at(i+1, 2)+":"+at(i+1, FormRows+1)])
		}
	}
}

func column(t *testing.T, f *excelize.File, d *dataset.Dataset, field dataset.Field, col int, v *excelize.DataValidation) {
	t.Helper()
	label := strings.TrimSuffix(raw(t, f, d.Label, at(col, 1)), " *")
	if label != field.Label {
		t.Errorf("%s.%s: header %q", d.Name, field.Name, label)
	}
	if starred := label != raw(t, f, d.Label, at(col, 1)); starred != (field.Required || field.Name == "received_at") {
		t.Errorf("%s.%s: marked as required: %v", d.Name, field.Name, starred)
	}
	if meaning(d, field) == "" {
		t.Errorf("%s.%s: no meaning", d.Name, field.Name)
	}
	if v == nil || v.Prompt == nil || !strings.Contains(*v.Prompt, meaning(d, field)) {
		t.Errorf("%s.%s: no prompt", d.Name, field.Name)
		return
	}
	if n := len(utf16.Encode([]rune(prompt(d, field)))); n > 255 {
		t.Errorf("%s.%s: the prompt has %d characters, Excel shows 255", d.Name, field.Name, n)
	}
	want := ""
	if list := allowed(field); len(list) > 0 {
		want = `"` + strings.Join(list, ",") + `"`
	}
	if v.Formula1 != want || (want != "") != (v.Type == "list") || (want != "") != v.ShowErrorMessage {
		t.Errorf("%s.%s: list %s of type %s, want %s", d.Name, field.Name, v.Formula1, v.Type, want)
	}
	style, err := f.GetColStyle(d.Label, strings.TrimRight(at(col, 1), "1"))
	if err != nil {
		t.Fatal(err)
	}
	st, err := f.GetStyle(style)
	if err != nil {
		t.Fatal(err)
	}
	got := map[int]string{49: "@"}[st.NumFmt]
	if st.CustomNumFmt != nil {
		got = *st.CustomNumFmt
	}
	if got != format(field) {
		t.Errorf("%s.%s: empty cells have format %q, want %q", d.Name, field.Name, got, format(field))
	}
}

func TestExampleIsTyped(t *testing.T) {
	f := filled(t, dataset.Dossiers)
	col := func(name string) string { return at(dataset.Dossiers.Index(name)+1, 2) }
	for name, want := range map[string]string{
		"unit_code": "H03.15.01", "procedure_code": "1.001234", "received_at": "44434.354166666664", "service_level": "3", "status": "Đã trả kết quả", "apology": "không",
	} {
		if got := raw(t, f, "Hồ sơ TTHC", col(name)); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	kind, err := f.GetCellType("Hồ sơ TTHC", col("procedure_code"))
	if err != nil || kind != excelize.CellTypeInlineString {
		t.Errorf("the code is stored as %v", kind)
	}
	g := filled(t, dataset.Procedures)
	if got := raw(t, g, "Danh mục TTHC", at(dataset.Procedures.Index("committed_days")+1, 2)); got != "7.5" {
		t.Errorf("committed_days is %q", got)
	}
}

func TestExamplesLieBeforeToday(t *testing.T) {
	for _, d := range dataset.All {
		ex := Example(d, "X", "2021-9M", now)
		for i, f := range d.Fields {
			if f.Type != dataset.Date && f.Type != dataset.Time || ex[i] == "" || f.Future {
				continue
			}
			day, err := time.Parse("02/01/2006", ex[i][:10])
			if err != nil || !day.Before(now) {
				t.Errorf("%s.%s: %q, %v", d.Name, f.Name, ex[i], err)
			}
		}
		for i, f := range d.Fields {
			if f.Required && ex[i] == "" {
				t.Errorf("%s.%s is required and has no example", d.Name, f.Name)
			}
			if list := allowed(f); ex[i] != "" && len(list) > 0 && !strings.Contains("\n"+strings.Join(list, "\n")+"\n", "\n"+ex[i]+"\n") {
				t.Errorf("%s.%s: example %q is not in its list", d.Name, f.Name, ex[i])
			}
		}
	}
}

func TestBadExamplesAreRefused(t *testing.T) {
	d := &dataset.Dataset{Name: "thử", Label: "Thử", Fields: []dataset.Field{{Name: "on", Label: "Ngày", Type: dataset.Date}}}
	for _, c := range []struct {
		example []string
		want    string
	}{
		{[]string{}, "0 values, the dataset 1 fields"}, {[]string{"31/02/2021"}, `"31/02/2021" is not a date`}, {[]string{"2021"}, "is not a date"},
	} {
		err := FillIn(&bytes.Buffer{}, d, c.example, now)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v", c.example, err)
		}
	}
	d.Fields[0].Type = dataset.Int
	if err := FillIn(&bytes.Buffer{}, d, []string{"một"}, now); err == nil || !strings.Contains(err.Error(), "not a whole number") {
		t.Errorf("error %v", err)
	}
}

func TestLongListsReferToCells(t *testing.T) {
	long := dataset.Field{Name: "loai", Label: "Loại", Type: dataset.Enum}
	for i := range 30 {
		long.Values = append(long.Values, fmt.Sprint(i))
		long.Labels = append(long.Labels, fmt.Sprintf("giá trị thứ %d của danh sách", i))
	}
	comma := dataset.Field{Name: "phi", Label: "Phí", Type: dataset.Enum, Values: []string{"a", "b"}, Labels: []string{"phí, lệ phí", "không"}}
	d := &dataset.Dataset{Name: "thử", Label: "Thử", Fields: []dataset.Field{long, comma}}
	var b bytes.Buffer
	if err := FillIn(&b, d, nil, now); err != nil {
		t.Fatal(err)
	}
	f := reread(t, b.Bytes())
	list, err := f.GetDataValidations("Thử")
	if err != nil || len(list) != 2 {
		t.Fatalf("%d checks, %v", len(list), err)
	}
	for i, field := range d.Fields {
		_, area, ok := strings.Cut(list[i].Formula1, "'Hướng dẫn'!")
		from, to, _ := strings.Cut(strings.ReplaceAll(area, "$", ""), ":")
		if !ok || raw(t, f, "Hướng dẫn", from) != field.Labels[0] || raw(t, f, "Hướng dẫn", to) != field.Labels[len(field.Labels)-1] {
			t.Errorf("%s: list at %q", field.Name, list[i].Formula1)
		}
	}
	if got := raw(t, f, "Thử", "A2"); got != "" {
		t.Errorf("a form without an example holds %q", got)
	}
}

func TestFormsAreTheSameBytes(t *testing.T) {
	for _, d := range []*dataset.Dataset{dataset.Dossiers, dataset.Summaries} {
		var first []byte
		for i := range 5 {
			var b bytes.Buffer
			if err := FillIn(&b, d, Example(d, "H03", "2021-9M", now), now); err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				first = b.Bytes()
			} else if !bytes.Equal(first, b.Bytes()) {
				t.Fatalf("%s: run %d gives other bytes", d.Name, i+1)
			}
		}
	}
}
