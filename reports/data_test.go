package reports

import (
	"fmt"
	"strings"
	"time"
)

func day(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t
}

func million(n int64) *int64 { n *= 1_000_000; return &n }
func whole(n int64) *int64   { return &n }

// dossierCounts makes a set of counts that balances: carried over c, received
// online, at the counter and by post, resolved early, on time and late, pending
// within due and overdue.
func dossierCounts(c, online, counter, post, early, onTime, late, within, overdue int64) map[string]int64 {
	in := online + counter + post
	resolved := early + onTime + late
	return map[string]int64{
		"received": c + in, "carried_over": c, "received_in_period": in,
		"received_online": online, "received_counter": counter, "received_post": post, "received_channel_unknown": 0,
		"resolved": resolved, "resolved_early": early, "resolved_on_time": onTime, "resolved_late": late, "resolved_no_deadline": 0,
		"resolved_same_day": 0, "resolved_withdrawn": 0, "resolved_refused": 0, "resolved_stopped": 0,
		"pending": within + overdue, "pending_within_due": within, "pending_overdue": overdue, "pending_no_deadline": 0,
		"offered_online": in / 2, "online_level_3": online / 3, "online_level_4": online / 4, "online_level_3_4": online/3 + online/4,
		"by_post": post + in/50, "returned_by_post": in / 60, "result_attached": resolved * 9 / 10, "digitised": in / 2,
		"with_fee": in / 3, "paid_online": in / 9, "late_with_apology": late / 2, "awaiting_reception": 3, "not_accepted": 1,
	}
}

func (d *Data) put(period, unit, tier, dataset string, counts map[string]int64) {
	for m, n := range counts {
		d.Counts[Key{period, unit, tier, dataset + "." + m}] = n
	}
}

// add sums counts of a unit and tier into it.
func (d *Data) add(period, unit, tier, dataset string, counts map[string]int64) {
	for m, n := range counts {
		d.Counts[Key{period, unit, tier, dataset + "." + m}] += n
	}
}

func indicator(name, label, short, numerator, denominator string, higher bool) Indicator {
	return Indicator{
		Name: name, Label: label, Short: short, Numerator: strings.Fields(numerator), Denominator: strings.Fields(denominator),
		NumLabel: "số " + strings.ToLower(short), DenLabel: "tổng số để so", Higher: higher, Zero: "na",
	}
}

func testIndicators() []Indicator {
	return []Indicator{
		indicator("tasks.completion", "Tỷ lệ nhiệm vụ đã hoàn thành", "Hoàn thành", "completed", "total", true),
		indicator("tasks.under_way", "Tỷ lệ nhiệm vụ đã và đang thực hiện", "Nhiệm vụ đã, đang thực hiện", "done_or_ongoing", "total", true),
		indicator("dossiers.on_time_of_resolved", "Tỷ lệ hồ sơ giải quyết trước và đúng hạn trên số đã giải quyết có hạn", "Đúng hạn/đã giải quyết", "resolved_early resolved_on_time", "resolved_early resolved_on_time resolved_late", true),
		indicator("dossiers.on_time_overall", "Tỷ lệ hồ sơ đúng hạn trên tổng số phải giải quyết", "Đúng hạn chung", "resolved_early resolved_on_time pending_within_due", "received", true),
		indicator("dossiers.overdue_overall", "Tỷ lệ hồ sơ quá hạn trên tổng số phải giải quyết", "Quá hạn chung", "resolved_late pending_overdue", "received", false),
		indicator("dossiers.resolution", "Tỷ lệ hồ sơ đã giải quyết", "Đã giải quyết", "resolved", "received", true),
		indicator("dossiers.online", "Tỷ lệ hồ sơ nộp trực tuyến", "Trực tuyến", "received_online", "received_in_period", true),
		indicator("dossiers.online_level_3_4", "Tỷ lệ hồ sơ trực tuyến mức độ 3, 4", "Trực tuyến mức độ 3, 4", "online_level_3_4", "received_in_period", true),
		indicator("dossiers.online_of_offered", "Tỷ lệ hồ sơ trực tuyến của TTHC mức độ 3, 4", "Trực tuyến/TTHC mức độ 3, 4", "online_level_3_4", "offered_online", true),
		indicator("dossiers.by_post", "Tỷ lệ hồ sơ qua bưu chính công ích", "Qua BCCI", "by_post", "received_in_period", true),
		indicator("dossiers.returned_by_post", "Tỷ lệ kết quả trả qua bưu chính công ích", "Trả qua BCCI", "returned_by_post", "resolved", true),
		indicator("dossiers.result_attached", "Tỷ lệ hồ sơ gắn kết quả điện tử", "Gắn kết quả", "result_attached", "resolved", true),
		indicator("dossiers.digitised", "Tỷ lệ hồ sơ được số hóa", "Số hóa", "digitised", "received_in_period", true),
		indicator("dossiers.paid_online", "Tỷ lệ thanh toán trực tuyến", "Thanh toán trực tuyến", "paid_online", "with_fee", true),
		indicator("documents.processed_online", "Tỷ lệ văn bản xử lý hoàn toàn trên hệ thống điện tử", "Xử lý điện tử", "processed_online", "total", true),
		indicator("documents.signed", "Tỷ lệ văn bản có ký số", "Văn bản ký số", "signed", "total", true),
		indicator("documents.signed_of_processed", "Tỷ lệ ký số trong văn bản xử lý điện tử", "Ký số/xử lý điện tử", "processed_online_signed", "processed_online", true),
		indicator("documents.outgoing_signed_by_person", "Tỷ lệ văn bản đi có chữ ký số cá nhân", "Ký số cá nhân", "outgoing_signed_by_person", "outgoing_electronic", true),
		indicator("documents.incoming_assigned", "Tỷ lệ văn bản đến được giao việc", "Giao việc", "incoming_assigned", "incoming", true),
		indicator("documents.filed", "Tỷ lệ văn bản được lập hồ sơ", "Lập hồ sơ", "filed", "total", true),
		indicator("procedures.one_stop", "Tỷ lệ TTHC một cửa", "Một cửa", "one_stop", "total", true),
		indicator("procedures.postal", "Tỷ lệ TTHC đăng ký BCCI", "BCCI", "postal", "total", true),
		indicator("procedures.level_3_4", "Tỷ lệ TTHC mức độ 3, 4", "Mức độ 3, 4", "level_3_4", "total", true),
		indicator("procedures.level_3_4_used", "Tỷ lệ TTHC mức độ 3, 4 có hồ sơ", "Mức độ 3, 4 có hồ sơ", "level_3_4_used", "level_3_4", true),
		indicator("procedures.level_4_used", "Tỷ lệ TTHC mức độ 4 có hồ sơ", "Mức độ 4 có hồ sơ", "level_4_used", "level_4", true),
		indicator("procedures.time_cut_20", "Tỷ lệ TTHC cắt giảm thời gian", "Cắt giảm thời gian", "time_cut_20", "total", true),
		indicator("checklist.passed", "Tỷ lệ tiêu chí đạt", "Tiêu chí đạt", "passed", "checked", true),
	}
}

var communeNames = []string{"Bằng Vân", "Cốc Đán", "Đức Vân", "Hiệp Lực", "Thuần Mang", "Thượng Ân", "Thượng Quan", "Trung Hòa", "Vân Tùng"}

// district is the example of the tests: a district with ten communes and seven
// peers, one of which sent nothing and one a table of its own.
func district() Data {
	q := func(name, label, from, to string) Period {
		return Period{Name: name, Label: label, Kind: "Q", From: day(from), To: day(to)}
	}
	previous := Period{Name: "2020-9M", Label: "9 tháng đầu năm 2020", Kind: "9M", From: day("2019-12-15"), To: day("2020-09-14")}
	d := Data{
		Organisation: Organisation{Code: "H03", Name: "UBND tỉnh Bắc Kạn", Place: "Bắc Kạn"},
		Now:          day("2021-09-21").Add(8 * time.Hour), Rule: "nd09", Deadline: "date",
		Period:   Period{Name: "2021-9M", Label: "9 tháng đầu năm 2021", Kind: "9M", From: day("2020-12-15"), To: day("2021-09-14")},
		LastYear: &previous,
		Trend: []Period{q("2021-Q1", "Quý I/2021", "2020-12-15", "2021-03-14"), q("2021-Q2", "Quý II/2021", "2021-03-15", "2021-06-14"),
			q("2021-Q3", "Quý III/2021", "2021-06-15", "2021-09-14")},
		Unit:       Unit{"H03.15", "UBND huyện Ngân Sơn", "district", "H03"},
		Counts:     Counts{},
		Indicators: testIndicators(),
		SampleSeed: "2021-9M/H03.15",
		Edition:    Edition{Number: 1, Ledger: 12, RunID: "r-0001", Program: "cchc 0.1", Definitions: "1"},
	}
	d.Units = append(d.Units, Unit{"H03", "UBND tỉnh Bắc Kạn", "province", ""})
	for i, n := range []string{"huyện Ba Bể", "huyện Bạch Thông", "huyện Chợ Đồn", "huyện Chợ Mới", "huyện Na Rì", "huyện Ngân Sơn", "huyện Pác Nặm", "thành phố Bắc Kạn"} {
		d.Units = append(d.Units, Unit{fmt.Sprintf("H03.%02d", 10+i), "UBND " + n, "district", "H03"})
	}
	d.Units = append(d.Units, Unit{"H03.15.01", "UBND thị trấn Nà Phặc", "commune", "H03.15"})
	for i, n := range communeNames {
		d.Units = append(d.Units, Unit{fmt.Sprintf("H03.15.%02d", 2+i), "UBND xã " + n, "commune", "H03.15"})
	}
	d.fillDossiers()
	d.fillOthers()
	return d
}

func (d *Data) fillDossiers() {
	own := dossierCounts(26, 90, 690, 20, 400, 364, 7, 54, 1)
	communes := dossierCounts(31, 150, 4020, 30, 3000, 831, 29, 370, 1)
	for _, tier := range []string{"district", tierAll} {
		d.add("2021-9M", "H03.15", tier, "dossiers", own)
	}
	for _, tier := range []string{"commune", tierAll} {
		d.add("2021-9M", "H03.15", tier, "dossiers", communes)
	}
	for _, tier := range []string{"district", tierAll} {
		d.put("2020-9M", "H03.15", tier, "dossiers", dossierCounts(20, 50, 700, 10, 350, 380, 20, 28, 2))
	}
	// Peers: two with equal shares (tie), one 0/0, one with nothing, one with its own table.
	for i, c := range []map[string]int64{
		dossierCounts(0, 10, 90, 0, 45, 45, 10, 0, 0), dossierCounts(0, 20, 180, 0, 90, 90, 20, 0, 0),
		dossierCounts(0, 5, 95, 0, 50, 49, 1, 0, 0), dossierCounts(0, 4, 6, 0, 0, 0, 0, 10, 0),
	} {
		d.put("2021-9M", fmt.Sprintf("H03.%02d", 10+i), "district", "dossiers", c)
		d.add("2021-9M", "H03", "district", "dossiers", c)
	}
	d.add("2021-9M", "H03", "district", "dossiers", own)
	d.Summaries = []Summary{
		{"H03.14", "Đất đai", [11]*int64{whole(100), whole(10), whole(80), whole(10), whole(90), whole(40), whole(45), whole(5), whole(10), whole(9), whole(1)}},
		{"H03.14", "Hộ tịch", [11]*int64{whole(50), whole(5), whole(45), nil, whole(50), whole(20), whole(30), whole(0), whole(0), whole(0), whole(0)}},
	}
	d.ByField = []Breakdown{
		{"H03.15", "district", "Đất đai", dossierCounts(20, 40, 430, 10, 240, 214, 6, 39, 1)},
		{"H03.15", "district", "Hộ tịch", dossierCounts(6, 50, 260, 10, 160, 150, 1, 15, 0)},
		{"H03.15", "commune", "Chứng thực", dossierCounts(31, 150, 4020, 30, 3000, 831, 29, 370, 1)},
	}
	d.ByDesk = []Breakdown{
		{"H03.15", "district", "Bộ phận một cửa", dossierCounts(26, 90, 408, 20, 300, 182, 7, 54, 1)},
		{"H03.15", "district", "Công an huyện", dossierCounts(0, 0, 282, 0, 100, 182, 0, 0, 0)},
	}
	for i, p := range d.Trend {
		c := dossierCounts(10, int64(20+10*i), 200, 5, 100, int64(90+i), int64(9-i), 20, 5)
		d.put(p.Name, "H03.15", "district", "dossiers", c)
		d.put(p.Name, "H03", "district", "dossiers", c)
		d.put(yearBefore(p.Name), "H03", "district", "dossiers", dossierCounts(10, 10, 200, 5, 100, 85, 12, 20, 5))
	}
}

func (d *Data) fillOthers() {
	tasks := map[string]int64{"total": 40, "completed": 21, "completed_late": 2, "in_progress": 9, "not_started": 10, "done_or_ongoing": 30, "overdue": 3}
	d.put("2021-9M", "H03.15", "district", "tasks", tasks)
	d.put("2021-9M", "H03.15", tierAll, "tasks", tasks)
	docs := map[string]int64{"total": 4682, "incoming": 3000, "outgoing": 1682, "electronic": 4600, "processed_online": 1548, "processed_online_signed": 1472,
		"signed": 1500, "signed_by_organ": 1400, "signed_by_person": 900, "outgoing_electronic": 1600, "outgoing_signed": 1500,
		"outgoing_signed_by_person": 900, "incoming_assigned": 2500, "filed": 2000, "with_due": 100, "finished_on_time": 90, "overdue": 5, "secret": 12}
	d.put("2021-9M", "H03.15", "district", "documents", docs)
	for _, p := range []struct {
		tier  string
		total int64
	}{{"district", 273}, {"commune", 120}, {tierAll, 380}} {
		d.put("2021-9M", "H03.15", p.tier, "procedures", map[string]int64{"total": p.total, "one_stop": p.total, "interlinked": 12, "postal": p.total - 10,
			"posted": p.total, "level_2": 40, "level_3": 30, "level_4": 60, "level_3_4": 90, "level_3_4_used": 12, "level_4_used": 8, "time_cut_20": 100,
			"issued": 5, "amended": 3, "abolished": 2, "posted_though_abolished": 1})
	}
	d.Targets = []Target{
		{"dossiers.on_time_of_resolved", "", ">=", 1_000_000, "Kế hoạch năm"},
		{"dossiers.online_level_3_4", "district", ">=", 300_000, "Kế hoạch năm"},
		{"dossiers.by_post", "", ">=", 40_000, ""},
		{"staff.excellent", "", ">", 500_000, ""},
	}
	d.Declared = []Declared{
		{Unit: "H03.15", Code: "org.divisions", Value: million(11), EnteredBy: "Phòng Nội vụ"},
		{Unit: "H03.15", Code: "org.service_units", Value: million(33)},
		{Unit: "H03.15", Code: "staff.recruitment_posts", Value: million(4)},
		{Unit: "H03.15", Code: "staff.excellent", Numerator: million(12), Denominator: million(26)},
		{Unit: "H03.15", Code: "index.par.rank", Value: million(5), Denominator: million(63)},
		{Unit: "H03.15.02", Code: "register.paper", Value: million(412), Evidence: "Sổ tiếp nhận"},
		{Unit: "H03.15.01", Code: "register.paper", Value: million(388)},
		{Unit: "H03.15", Code: "local.unknown", Value: million(9)},
		{Unit: "H03.15", Code: "dossiers.received", Value: million(820), Evidence: "Báo cáo quý"},
		{Unit: "H03.15", Code: "dossiers.by_post", Numerator: million(60), Denominator: million(800)},
	}
	d.Narratives = []Narrative{
		{"II.5", "Công khai ngân sách theo quy định.\nThực hành tiết kiệm chi thường xuyên."},
		{"III.2", hostile},
		{"VII", "Đoạn của một mục không có trong đề cương."},
	}
	d.Coverage = []Coverage{
		{"H03.15", "district", "dossiers", 1, 1, day("2021-09-14")}, {"H03.15", "commune", "dossiers", 9, 10, day("2021-09-13")},
		{"H03.15", tierAll, "dossiers", 10, 11, day("2021-09-14")}, {"H03", "district", "dossiers", 5, 8, day("2021-09-14")},
		{"H03.10", "district", "dossiers", 1, 1, day("2021-09-10")},
	}
	for i := range 8 {
		state := "late"
		end := day("2021-05-20")
		if i == 7 {
			state, end = "overdue", time.Time{}
		}
		d.Overdue = append(d.Overdue, Dossier{Unit: "H03.15", Code: fmt.Sprintf("000.00.15.H03-210501-%04d", i+1), Field: "Đất đai",
			Received: day("2021-05-01"), Due: day("2021-05-15"), End: end, DaysLate: 5 + i, State: state, Apology: i%2 == 0})
		d.Sample = append(d.Sample, Dossier{Unit: "H03.15", Code: fmt.Sprintf("000.00.15.H03-210601-%04d", i+1), Procedure: "Đăng ký biến động quyền sử dụng đất",
			Received: day("2021-06-01"), Due: day("2021-06-15"), End: day("2021-06-10"), State: "resolved"})
	}
	for i, r := range []string{"pass", "fail", "partly", "pass", "not_applicable"} {
		u := fmt.Sprintf("H03.15.%02d", 1+i)
		d.Checklist = append(d.Checklist, Check{Unit: u, Criterion: "TC10", Requirement: "Có sổ góp ý", Result: r, On: day("2021-03-01")},
			Check{Unit: u, Criterion: "TC2", Requirement: "Niêm yết quyết định kiện toàn", Result: "pass", On: day("2021-03-01")})
	}
	for _, tier := range []string{"commune", tierAll} {
		d.put("2021-9M", "H03.15", tier, "checklist", map[string]int64{"checked": 9, "passed": 7, "partly": 1, "failed": 1})
	}
	d.Procedures.PostedThoughAbolished = []Procedure{{"H03.15", "1.001234", "Cấp giấy phép cũ", "Xây dựng"}}
	d.Findings = []Finding{{"balance", "warning", "H03.14", "Tổng số tự báo cáo lệch 3 hồ sơ", 1}}
	d.Sources = []Source{{"ho-so-huyen.csv", strings.Repeat("ab12", 16), "dossiers", day("2021-09-15"), 826}}
	d.Evidence = []Evidence{{Name: "Hồ sơ", Title: "Hồ sơ của kỳ", Columns: []EvidenceColumn{{"dossier_code", "Mã hồ sơ", false}, {"received_at", "Ngày tiếp nhận", true}, {"late", "Quá hạn", false}},
		Rows: [][]any{{"000.00.15.H03-210501-0001", day("2021-05-01").Add(9 * time.Hour), true}, {"=1+1", nil, false}}, Total: 826}}
}

// hostile is a text with signs that Markdown and templates read as syntax.
const hostile = "# Không phải tiêu đề * không đậm * _x_ | cột | {{ count \"x\" }} <b>y</b> `z` [a](b)\n3. Ba hồ sơ\n- gạch đầu dòng\n    bốn dấu cách ![h](i) &amp; \\*"
