package sample

import "fmt"

// Ngân Sơn (article of 22/09/2021): a district and its communes, visited by a
// delegation of the province.

const nganSonPeriod = "2020-12-15..2021-09-15"

var nganSonCommunes = []string{"thị trấn Nà Phặc", "xã Vân Tùng", "xã Bằng Vân", "xã Cốc Đán", "xã Đức Vân",
	"xã Hiệp Lực", "xã Thuần Mang", "xã Thượng Ân", "xã Thượng Quan", "xã Trung Hòa"}

func buildNganSon(b *builder) error {
	b.setPeriod(nganSonPeriod, "2020-12-15", "2021-09-15", "2021-09-21T08:00:00+07:00")
	b.config = config{code: "H03", name: "UBND tỉnh Bắc Kạn", place: "Bắc Kạn", rule: "nd09", now: b.config.now, jobs: []Job{
		{"doan-kiem-tra", "0 6 16 9 *", nganSonPeriod, []string{"brief", "periodic", "comparison"}, []string{"H03.15"}},
		{"chin-thang", "0 6 15 9 *", "9M", []string{"brief", "periodic"}, []string{"tier:district"}},
	}}
	b.units = []unit{
		{"H03", "UBND tỉnh Bắc Kạn", "province", "", "000.00.00.H03"},
		{"H03.15", "UBND huyện Ngân Sơn", "district", "H03", "000.00.15.H03"},
	}
	for i, name := range nganSonCommunes {
		b.units = append(b.units, unit{fmt.Sprintf("H03.15.%02d", i+1), "UBND " + name, "commune", "H03.15", fmt.Sprintf("000.%02d.15.H03", i+1)})
	}
	basis := "Kế hoạch CCHC năm 2021 (chỉ tiêu ví dụ)"
	b.targets = []target{
		{"dossiers.online_level_3_4", "", ">=", "0.2", "2021-01-01", basis},
		{"dossiers.overdue_overall", "", "<=", "0.005", "2021-01-01", basis},
		{"dossiers.on_time_of_resolved", "", ">=", "0.95", "2021-01-01", basis},
		{"procedures.level_4_used", "", ">=", "0.3", "2021-01-01", basis},
		{"procedures.one_stop", "", ">=", "1", "2021-01-01", basis},
		{"dossiers.by_post", "", ">=", "0.05", "2021-01-01", basis},
		{"tasks.completion", "district", ">=", "0.7", "2021-01-01", basis},
	}
	if err := b.nganSonDistrict(); err != nil {
		return err
	}
	if err := b.nganSonTowns(); err != nil {
		return err
	}
	completed, ongoing := b.draw("completed", 21), b.draw("ongoing", 9)
	err := b.tasks("nhiem-vu-CCHC-huyen-Ngan-Son.csv", false,
		duty{b.unit("H03.15"), 2021, completed, 3 * completed / 21, ongoing, b.draw("not started", 10), 2 * ongoing / 9},
		duty{b.unit("H03.15"), 2020, 31, 4, 3, 2, 2})
	if err != nil {
		return err
	}
	b.nganSonWords()
	return b.documents("H03.15", "van-ban-UBND-huyen-Ngan-Son-2021.csv", b.district("H03.15", "UBND-VP", 640, 410), b.period, false, true)
}

// district is the register of documents of an office that works on paper still.
func (b *builder) district(code, sign string, in, out int) papers {
	in, out = b.rows("in "+code, in), b.rows("out "+code, out)
	return papers{unit: b.unit(code), sign: sign,
		senders: []string{"UBND tỉnh", "Sở Nội vụ", "Sở Tài chính", "Sở Thông tin và Truyền thông", "Văn phòng UBND tỉnh", "Huyện ủy"},
		in:      in, out: out, secret: in / 60,
		inElectronic: share(in, 880), outElectronic: share(out, 940), inOnline: share(in, 610), outOnline: share(out, 720),
		inOnlineSigned: share(in, 480), outOnlineSigned: share(out, 690), outOtherSigned: share(out, 120), outPerson: share(out, 540),
		assigned: share(in, 760), filed: share(in, 520),
		inTime: share(in, 300), late: share(in, 18), open: share(in, 25), overdue: share(in, 6)}
}

var nganSonParts = []part{{"nam-2020", 0}, {"quy-I-2021", day("2020-12-15")}, {"quy-II-2021", day("2021-03-15")}, {"quy-III-2021", day("2021-06-15")}}

// rare picks n procedures nobody asks for often, as those newly announced.
func (b *builder) rare(list []*procedure, n int, salt string) map[string]int32 {
	var few []*procedure
	for _, p := range list {
		if p.weight == 1 && !p.active {
			few = append(few, p)
		}
	}
	return b.chosen(few, n, salt)
}

func (b *builder) nganSonDistrict() error {
	all, err := readCatalogue("district.txt")
	if err != nil {
		return err
	}
	kept, gone := setAside(all, 6)
	list := kept[:min(b.draw("district procedures", 273), len(kept))]
	setLevels(list, len(list)*30/100, len(list)*25/100, 14, 9)
	cutTimes(list, len(list)*22/100)
	fresh := b.rare(list, 8, "new")
	u := b.unit("H03.15")
	g := newGenerator(b, u.Code, list, func(p *procedure) bool { _, ok := fresh[p.code]; return ok })
	d := func(label string, n int) int { return b.rows("district "+label, n) }
	err = g.volume(volume{unit: u, desk: "Bộ phận Một cửa UBND huyện",
		carried: counts{early: d("carried early", 34), onTime: d("carried on time", 22), late: d("carried late", 1)},
		fresh: counts{early: d("early", 512), onTime: d("on time", 196), late: d("late", 6),
			within: d("within", 54), overdue: d("overdue", 1)},
		profile: profile{online: b.permille("online", 118), level4: 310, post: 21, unclear: 4, attached: 640, digitised: 380, fee: 420,
			paid: 130, returnPost: 17, apology: 500, withdrawn: 6, refused: 9, stopped: 2, pastLate: 19},
		past: d("past", 980), ahead: d("ahead", 12), historyFrom: day("2019-12-16")})
	if err != nil {
		return err
	}
	g.files(u, "ho-so-UBND-huyen-Ngan-Son", nganSonParts, look{dueHour: true})
	b.publish("danh-muc-TTHC-cap-huyen-Bac-Kan.csv", b.provincial("H03", "district", list, gone, fresh), []unit{u}, false)
	return nil
}

// setAside takes n rare procedures out of a catalogue: those that get abolished.
func setAside(list []*procedure, n int) (kept, gone []*procedure) {
	for _, p := range byHash(list, "abolished") {
		if p.weight <= 2 && len(gone) < n {
			gone = append(gone, p)
		}
	}
	out := codesOf(gone)
	for _, p := range list {
		if !out[p.code] {
			kept = append(kept, p)
		}
	}
	return kept, gone
}

// provincial is a catalogue that a province publishes for a tier.
func (b *builder) provincial(publisher, tier string, list, gone []*procedure, fresh map[string]int32) publication {
	changed := b.chosen(list, 6, "amended")
	for code := range fresh {
		delete(changed, code)
	}
	year := yearOf(b.period.to)
	return publication{publisher: publisher, appliesTo: tier, list: list, issued: fresh, amended: changed, abolished: gone,
		gone:      func(i int) int32 { return b.dayIn(fmt.Sprint("gone", i)) },
		unposted:  codesOf(gone),
		postal:    func(p *procedure) bool { return hash(p.code)%10 < 7 },
		linked:    func(p *procedure) bool { return p.field == "Đất đai" || hash(p.code)%12 == 0 },
		decisions: [3]string{fmt.Sprintf("Quyết định công bố năm %d", year-2), fmt.Sprintf("Quyết định công bố năm %d", year), ""},
		since:     day(fmt.Sprintf("%d-07-01", year-2))}
}

func codesOf(list []*procedure) map[string]bool {
	out := map[string]bool{}
	for _, p := range list {
		out[p.code] = true
	}
	return out
}

func (b *builder) nganSonTowns() error {
	all, err := readCatalogue("commune.txt")
	if err != nil {
		return err
	}
	list, gone := setAside(all, 3)
	setLevels(list, 28, 22, 9, 5)
	cutTimes(list, 12)
	fresh := b.rare(list, 3, "new")
	weights := []int{21, 14, 12, 10, 8, 9, 7, 6, 7, 6}
	portion := func(label string, n int, weights []int) []int { return split(b.rows("communes "+label, n), weights) }
	carriedEarly, carriedOn, carriedLate := portion("carried early", 139, weights), portion("carried on time", 75, weights), portion("carried late", 4, []int{0, 1, 0, 1, 0, 0, 2, 0, 0, 0})
	ahead, onTime := portion("early", 2204, weights), portion("on time", 1413, weights)
	behind := portion("late", 25, []int{2, 1, 6, 1, 1, 3, 8, 0, 2, 1})
	within, over := portion("within", 370, weights), portion("overdue", 1, []int{0, 0, 0, 0, 0, 0, 1, 0, 0, 0})
	past, coming := portion("past", 4700, weights), portion("ahead", 70, weights)
	towns := b.under("H03.15", "commune")
	for i, u := range towns {
		g := newGenerator(b, u.Code, list, func(p *procedure) bool { _, ok := fresh[p.code]; return ok })
		err := g.volume(volume{unit: u, desk: "Bộ phận Một cửa cấp xã",
			carried: counts{early: carriedEarly[i], onTime: carriedOn[i], late: carriedLate[i]},
			fresh:   counts{early: ahead[i], onTime: onTime[i], late: behind[i], within: within[i], overdue: over[i]},
			profile: profile{online: b.permille("online "+u.Code, []int{142, 96, 71, 64, 118, 52, 38, 83, 47, 60}[i]), level4: 260, post: 6,
				unclear: 3, attached: 520 + 31*i%300, digitised: 260 + 17*i, fee: 610, paid: 40, returnPost: 5,
				apology: 600, withdrawn: 4, refused: 5, stopped: 1, pastLate: 12},
			past: past[i], ahead: coming[i], historyFrom: day("2019-12-16")})
		if err != nil {
			return err
		}
		slug := "ho-so-" + plain(nganSonCommunes[i])
		g.files(u, slug, []part{{"nam-2020", 0}, {"9-thang-2021", b.period.from}}, look{english: i == 4 || i == 8, bareLevel: i == 2 || i == 5, dueHour: i%3 == 0})
	}
	b.publish("danh-muc-TTHC-cap-xa-Bac-Kan.csv", b.provincial("H03", "commune", list, gone, fresh), towns, false)
	return nil
}

func (b *builder) nganSonWords() {
	office := "Phòng Nội vụ"
	var list []figure
	for _, p := range []string{nganSonPeriod, "2021-9M"} {
		list = append(list,
			figure{"H03.15", p, "org.divisions", b.draw("divisions", 11), -1, -1, "Quyết định về cơ cấu tổ chức; giữ nguyên, không sắp xếp lại", office, "2021-09-16"},
			figure{"H03.15", p, "org.service_units", b.draw("service units", 33), -1, -1, "Danh sách đơn vị sự nghiệp; không có sắp xếp, thay đổi", office, "2021-09-16"},
			figure{"H03.15", p, "staff.recruitment_posts", b.draw("recruitment", 4), -1, -1, "Công văn đăng ký nhu cầu tuyển dụng công chức", office, "2021-09-16"},
			figure{"H03.15", p, "staff.transfers", b.draw("transfers", 3), -1, -1, "Hồ sơ xét chuyển công chức cấp xã", office, "2021-09-16"},
			figure{"H03.15", p, "procedures.level_4_used", 30, -1, -1, "Báo cáo tự kiểm tra của huyện", "Văn phòng HĐND và UBND", "2021-09-17"})
	}
	b.figures("so-lieu-tu-khai-huyen-Ngan-Son.csv", false, list...)
	b.narratives("noi-dung-bao-cao-huyen-Ngan-Son.csv", "H03.15", []string{nganSonPeriod, "2021-9M"},
		narrative{"I.2", "Huyện đã tự kiểm tra công tác cải cách hành chính tại các phòng chuyên môn và một số xã; các tồn tại được yêu cầu khắc phục ngay trong kỳ."},
		narrative{"II.1", "Văn bản do huyện ban hành được thẩm định trước khi ký; công tác rà soát văn bản thực hiện theo kế hoạch."},
		narrative{"II.3", "Cơ cấu các phòng chuyên môn và đơn vị sự nghiệp giữ ổn định so với đầu năm."},
		narrative{"II.4", "Việc bố trí, quản lý công chức, viên chức thực hiện theo vị trí việc làm; chế độ đối với cán bộ, công chức được giải quyết kịp thời."},
		narrative{"II.5", "Các cơ quan, đơn vị công khai ngân sách đầy đủ, đúng thời hạn."},
		narrative{"III.2", "Một số máy tính đã cũ, chưa được thay thế; người dân còn e ngại khi nộp hồ sơ trực tuyến và nhận kết quả qua bưu chính."},
		narrative{"IV", "Tăng cường hướng dẫn người dân nộp hồ sơ trực tuyến; theo dõi hằng tuần hồ sơ sắp đến hạn để không phát sinh hồ sơ quá hạn."})
}
