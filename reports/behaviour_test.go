package reports

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"cchc/reports/model"
)

func build(t *testing.T, kind string, d Data) model.Report {
	t.Helper()
	r, err := Build(kind, d, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// own is a template folder with one file.
func own(name, text string) fstest.MapFS { return fstest.MapFS{name: {Data: []byte(text)}} }

func blocks(r model.Report) []model.Block {
	var out []model.Block
	for _, s := range r.Sections {
		out = append(out, s.Blocks...)
	}
	return out
}

func tableByID(t *testing.T, r model.Report, id string) model.Table {
	t.Helper()
	for _, b := range blocks(r) {
		if table, ok := b.(model.Table); ok && table.ID == id {
			return table
		}
	}
	t.Fatalf("no table %q", id)
	return model.Table{}
}

func TestUnknownKindAndMissingTier(t *testing.T) {
	if _, err := Build("brif", district(), nil); err == nil || !strings.Contains(err.Error(), `did you mean "brief"`) {
		t.Errorf("%v", err)
	}
	if _, err := Build("comparison", district(), nil); err == nil || !strings.Contains(err.Error(), "name the tier") {
		t.Errorf("%v", err)
	}
}

func TestAUnitThatSentNothing(t *testing.T) {
	d := district()
	d.Unit = Unit{"H03.17", "UBND thành phố Bắc Kạn", "district", "H03"}
	d.Narratives, d.Overdue, d.Sample, d.Evidence = nil, nil, nil, nil
	for _, kind := range []string{"brief", "periodic"} {
		got := dump(build(t, kind, d))
		if kind == "brief" && !strings.Contains(got, "KEY Hồ sơ phải giải quyết: – [chưa gửi dữ liệu] ?") {
			t.Errorf("a missing figure does not say why:\n%s", got)
		}
		if kind == "periodic" && !strings.Contains(got, "BLANK Số hồ sơ phải giải quyết") {
			t.Error("no blank for the dossiers")
		}
	}
}

func TestSelfReportedUnit(t *testing.T) {
	d := district()
	d.Unit = Unit{"H03.14", "UBND huyện Na Rì", "district", "H03"}
	r := build(t, "periodic", d)
	got := dump(r)
	for _, want := range []string{"Đất đai (số tự báo cáo) | 100", "số tự báo cáo", "T |  | Tổng cộng | 150 | 15 | 125 | 10 |"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
	// The form's own columns only: what it has no column for is not 0.
	if cols := len(tableByID(t, r, "ii06a-district").Columns); cols != 13 {
		t.Errorf("%d columns", cols)
	}
	whole := dump(build(t, "comparison", comparison()))
	for _, want := range []string{"UBND huyện Na Rì (số tự báo cáo) | 150", "UBND huyện Pác Nặm (chưa gửi dữ liệu)", "Tổng cộng (không gồm số tự báo cáo) | 1.236"} {
		if !strings.Contains(whole, want) {
			t.Errorf("no %q in the comparison", want)
		}
	}
}

func TestAddedColumnsAppearOnlyWhenNeeded(t *testing.T) {
	header := func(change map[string]int64) (formula string, columns int) {
		d := district()
		for m, n := range change {
			d.ByField[0].Counts[m] += n
		}
		table := tableByID(t, build(t, "periodic", d), "ii06a-district")
		for _, c := range table.Formula {
			formula += c.Value.Text + " "
		}
		for _, row := range append(slices.Clone(table.Header), table.Formula) {
			if len(row) != len(table.Columns) {
				t.Errorf("header row of %d cells for %d columns", len(row), len(table.Columns))
			}
		}
		return formula, len(table.Columns)
	}
	for _, c := range []struct {
		change  map[string]int64
		want    string
		columns int
	}{
		{nil, "(3)=(4)+(5)+(6) (4) (5) (6) (7)=(8)+(9)+(10) (8) (9) (10) (11)=(12)+(13) (12) (13)", 13},
		{map[string]int64{"received_channel_unknown": 1}, "(3)=(4)+(5)+(5a)+(6) (4) (5) (5a) (6)", 14},
		{map[string]int64{"resolved_no_deadline": 2}, "(7)=(8)+(9)+(10)+(10a) (8) (9) (10) (10a)", 14},
		{map[string]int64{"pending_no_deadline": 3}, "(11)=(12)+(13)+(13a) (12) (13) (13a)", 14},
		{map[string]int64{"received_channel_unknown": 1, "resolved_no_deadline": 2, "pending_no_deadline": 3}, "(13a)", 16},
	} {
		formula, columns := header(c.change)
		if !strings.Contains(formula, c.want) || columns != c.columns {
			t.Errorf("%v: %d columns, formula %s", c.change, columns, formula)
		}
	}
}

func TestRanks(t *testing.T) {
	v := func(num, den int64) ratio { return ratio{num, den, true} }
	for _, c := range []struct {
		values []ratio
		higher bool
		want   []int
		n      int
	}{
		{[]ratio{v(1, 2), v(3, 4), v(2, 4), v(0, 5)}, true, []int{2, 1, 2, 4}, 4},
		{[]ratio{v(1, 2), v(3, 4), v(2, 4), v(0, 5)}, false, []int{2, 4, 2, 1}, 4},
		{[]ratio{v(0, 0), {}, v(1, 3)}, true, []int{0, 0, 1}, 1},
		// equal when printed, not equal as fractions
		{[]ratio{v(333333333, 1000000000), v(1, 3)}, true, []int{2, 1}, 2},
		{[]ratio{v(1<<60, 3<<60-1), v(1, 3)}, true, []int{1, 2}, 2},
	} {
		rank, n := ranks(c.values, c.higher)
		if !reflect.DeepEqual(rank, c.want) || n != c.n {
			t.Errorf("%v: %v of %d, want %v of %d", c.values, rank, n, c.want, c.n)
		}
	}
}

func TestZeroDenominatorFollowsThePolicy(t *testing.T) {
	for policy, want := range map[string]string{"na": "–", "zero": "0,00 %", "full": "100,00 %", "": "–"} {
		if got := printed(&Indicator{Zero: policy}, ratio{0, 0, true}, "").String(); got != want {
			t.Errorf("%s prints %s, want %s", policy, got, want)
		}
		if got := printed(&Indicator{Zero: policy}, ratio{}, whyNothing); got.Kind != model.Missing || got.Why != whyNothing {
			t.Errorf("%s: no data prints %+v", policy, got)
		}
	}
}

func TestTargets(t *testing.T) {
	share := func(num, den int64) ratio { return ratio{num, den, true} }
	f := newFigures(&Data{Targets: []Target{{"a", "", ">=", 300_000, ""}, {"a", "commune", ">", 500_000, ""}, {"b", "", "<=", 125_000, ""}}})
	for _, c := range []struct {
		name, tier string
		r          ratio
		want       model.Tone
		words      string
	}{
		{"a", "district", share(3, 10), model.Good, "≥ 30 %"},
		{"a", "district", share(299_999_999, 1_000_000_000), model.Bad, "≥ 30 %"},
		{"a", "commune", share(1, 2), model.Bad, "> 50 %"},
		{"b", "commune", share(1, 8), model.Good, "≤ 12,5 %"},
		{"b", "commune", share(0, 0), model.Muted, "≤ 12,5 %"},
		{"c", "commune", share(1, 8), model.Neutral, ""},
	} {
		tone, target := f.judge(c.name, c.tier, c.r)
		words := ""
		if target != nil {
			words = target.words()
		}
		if tone != c.want || words != c.words {
			t.Errorf("%s at %s %v: tone %d, target %q", c.name, c.tier, c.r, tone, words)
		}
	}
}

func TestSameDataSameReport(t *testing.T) {
	for _, kind := range []string{"brief", "periodic", "comparison"} {
		a, b := build(t, kind, comparison()), build(t, kind, comparison())
		for range 5 {
			if !reflect.DeepEqual(a, b) {
				t.Fatalf("%s differs from run to run", kind)
			}
			b = build(t, kind, comparison())
		}
	}
}

func TestEveryTableIsRectangular(t *testing.T) {
	d := comparison()
	d.Edition.Changes = []Change{{"H03.15", "district", "dossiers.received", whole(820), whole(826)}, {"H03.15", "district", "tasks.total", nil, whole(40)}}
	d.Edition.ChangesOf = 1
	for kind, data := range map[string]Data{"brief": district(), "periodic": district(), "comparison": d} {
		r := build(t, kind, data)
		sheets := map[string]bool{}
		check := func(table model.Table) {
			if name := strings.ToLower(table.Sheet); sheets[name] || len([]rune(name)) > maxSheet || name == "" {
				t.Errorf("%s: sheet name %q is taken, too long or empty", kind, table.Sheet)
			}
			sheets[strings.ToLower(table.Sheet)] = true
			rows := slices.Clone(table.Header)
			for _, row := range append(slices.Clone(table.Rows), table.Total...) {
				rows = append(rows, row.Cells)
			}
			for i, row := range rows {
				if len(row) != len(table.Columns) {
					t.Errorf("%s, %s: row %d has %d cells for %d columns", kind, table.ID, i, len(row), len(table.Columns))
				}
			}
		}
		for _, b := range blocks(r) {
			if table, ok := b.(model.Table); ok {
				check(table)
			}
		}
		for _, table := range r.Evidence {
			check(table)
		}
		names := map[string]bool{}
		for _, h := range r.Headline {
			if names[h.Name] {
				t.Errorf("%s: headline %s twice", kind, h.Name)
			}
			names[h.Name] = true
		}
	}
	got := dump(build(t, "comparison", d))
	for _, want := range []string{"H1 Thay đổi so với phiên bản v1", "Hồ sơ phải giải quyết | 820 | 826 | 6", "–(không có) | 40"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestSentenceOfAnIndicator(t *testing.T) {
	d := district()
	for i := range d.Indicators {
		if d.Indicators[i].Name == "dossiers.online_level_3_4" {
			d.Indicators[i].Sentence = "Trực tuyến còn thấp: {{.Numerator}}/{{.Denominator}} ({{.Value}}), thiếu {{.Gap}} so với chỉ tiêu {{.Target}}."
		}
		if d.Indicators[i].Name == "dossiers.on_time_of_resolved" {
			d.Indicators[i].Sentence = "{{.Broken}}"
		}
	}
	got := dump(build(t, "brief", d))
	for _, want := range []string{
		"- Cấp huyện: trực tuyến còn thấp: 52/800 (6,50 %), thiếu 23,50 điểm % so với chỉ tiêu ≥ 30 %.",
		"- Cấp huyện: tỷ lệ hồ sơ giải quyết trước và đúng hạn trên số đã giải quyết có hạn (A): 99,09 % (764/771), chưa đạt chỉ tiêu ≥ 100 %.",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
}

// The built-in templates are checked against the real definitions, not only
// against those of the tests.
func TestTemplatesKnowTheRealIndicators(t *testing.T) {
	raw, err := os.ReadFile("../sql/indicators.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var real []string
	for _, m := range regexp.MustCompile(`(?m)^  - name: (\S+)$`).FindAllStringSubmatch(string(raw), -1) {
		real = append(real, m[1])
	}
	for _, ind := range testIndicators() {
		if !slices.Contains(real, ind.Name) {
			t.Errorf("%s is not in sql/indicators.yaml", ind.Name)
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^    (?:numerator|denominator): \[(.*)\]$`).FindAllStringSubmatchIndex(string(raw), -1) {
		before := string(raw[:m[0]])
		names := regexp.MustCompile(`- name: (\w+)\.`).FindAllStringSubmatch(before, -1)
		set := names[len(names)-1][1]
		for _, measure := range strings.Split(string(raw[m[2]:m[3]]), ",") {
			if name := set + "." + strings.TrimSpace(measure); !isMeasure(name) {
				t.Errorf("measure %s has no label", name)
			}
		}
	}
}

func TestNamesOfBodies(t *testing.T) {
	for _, c := range []struct{ name, number, place, authority, position string }{
		{"UBND huyện Ngân Sơn", "BC-UBND", "Ngân Sơn", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"},
		{"UBND thị trấn Nà Phặc", "BC-UBND", "Nà Phặc", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"},
		{"UBND quận 1", "BC-UBND", "quận 1", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"},
		{"Ủy ban nhân dân thành phố Cần Thơ", "BC-UBND", "Cần Thơ", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"},
		{"Sở Nội vụ", "BC-SNV", "Bắc Kạn", "", "GIÁM ĐỐC"},
		{"Sở Văn hóa, Thể thao và Du lịch", "BC-SVHTTDL", "Bắc Kạn", "", "GIÁM ĐỐC"},
		{"Ban Quản lý Khu kinh tế", "BC-BQLKKT", "Bắc Kạn", "", "TRƯỞNG BAN"},
	} {
		b := &builder{figures: newFigures(&Data{Organisation: Organisation{Place: "Bắc Kạn"}, Unit: Unit{Name: c.name}, Now: day("2021-09-21")})}
		l, s := b.letterhead("report"), b.signature()
		if !strings.HasSuffix(l.Number, "/"+c.number) || !strings.HasPrefix(l.Place, c.place+", ngày ") || s.Authority != c.authority || s.Position != c.position {
			t.Errorf("%s: %+v %+v", c.name, l, s)
		}
	}
}

func TestADistrictWhoseCommunesSentEverything(t *testing.T) {
	d := district()
	for k := range d.Counts {
		if k.Unit == "H03.15" && k.Tier == "district" {
			delete(d.Counts, k)
		}
	}
	got := dump(build(t, "brief", d))
	if strings.Contains(got, "KEY Hồ sơ phải giải quyết: –") || !strings.Contains(got, "KEY Hồ sơ phải giải quyết: 5.057") {
		t.Error("the strip of the district's own missing figures is printed, or the common one is not")
	}
	for _, want := range []string{
		"TC2 | Niêm yết quyết định kiện toàn | 5 | 5 | 100,00 % | \n    | TC10 | Có sổ góp ý | 2 | 4 | 50,00 % | xã Bằng Vân; đạt một phần: xã Cốc Đán",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestAnIndicatorThatNobodyHasIsNamed(t *testing.T) {
	d := comparison()
	for k := range d.Counts {
		if strings.HasPrefix(k.Measure, "tasks.") {
			delete(d.Counts, k)
		}
	}
	got := dump(build(t, "comparison", d))
	if !strings.Contains(got, "* Chưa đơn vị nào có số liệu: Nhiệm vụ đã, đang thực hiện.") {
		t.Error("the indicator without data is not named")
	}
	for k := range d.Counts {
		delete(d.Counts, k)
	}
	got = dump(build(t, "comparison", d))
	if !strings.Contains(got, "P small Chưa đơn vị nào có số liệu: ") || !strings.Contains(got, "UBND huyện Pác Nặm (chưa gửi dữ liệu)") {
		t.Errorf("without any data the comparison says\n%s", got)
	}
}

func TestChangeAgainstThePeriodBefore(t *testing.T) {
	d := district()
	d.Previous = d.LastYear
	got := dump(build(t, "periodic", d))
	if want := "(công thức A: 764/771), tăng 1,76 điểm % so với kỳ trước (97,33 %, 730/750)"; !strings.Contains(got, want) {
		t.Errorf("no %q", want)
	}
	d.Targets = nil
	if got := dump(build(t, "periodic", d)); strings.Contains(got, "chưa đạt chỉ tiêu") {
		t.Error("judged without a target")
	}
	// The sum over tiers is not compared: it may rest on other tiers in each period.
	brief := dump(build(t, "brief", d))
	compare := brief[strings.Index(brief, "[so-sanh-tasks]"):]
	if compare = compare[:strings.Index(compare, "\nH1")]; strings.Contains(compare, "Chung các cấp") {
		t.Errorf("sums of different tiers are compared:\n%s", compare)
	}
}
