package sample

import "fmt"

// Hiệp Hòa (article on 2022): ten districts of a province, ranked.

const hiepHoaPeriod = "2022-Y"

// rival is a district with its place in the four parts of the province's index:
// one-stop desk, digital change, justice, internal affairs. What the parts are
// measured by follows these places, so that any fair scoring finds them again.
type rival struct {
	code, name                        string
	size                              int // dossiers received in the year
	oneStop, digital, justice, office int
}

var rivals = []rival{
	{"BG.BG", "UBND thành phố Bắc Giang", 1620, 2, 1, 2, 4},
	{"BG.HH", "UBND huyện Hiệp Hòa", 1180, 7, 6, 5, 3},
	{"BG.LG", "UBND huyện Lạng Giang", 1090, 3, 4, 6, 5},
	{"BG.LN", "UBND huyện Lục Nam", 1010, 6, 5, 4, 8},
	{"BG.LNG", "UBND huyện Lục Ngạn", 1130, 9, 8, 10, 9},
	{"BG.SD", "UBND huyện Sơn Động", 640, 10, 10, 9, 10},
	{"BG.TY", "UBND huyện Tân Yên", 920, 5, 7, 1, 6},
	{"BG.VY", "UBND huyện Việt Yên", 1290, 1, 2, 3, 2},
	{"BG.YD", "UBND huyện Yên Dũng", 880, 4, 3, 8, 1},
	{"BG.YT", "UBND huyện Yên Thế", 690, 8, 9, 7, 7},
}

// What each place of a part reaches, first to tenth: per mille, or as said.
var (
	reachAttached  = []int{1000, 1000, 991, 984, 972, 965, 941, 918, 887, 842}
	reachLate      = []int{2, 3, 4, 6, 7, 9, 13, 16, 21, 29}
	reachPost      = []int{146, 131, 118, 112, 109, 106, 73, 64, 52, 38}
	reachExcellent = [][2]int{{9, 12}, {9, 12}, {8, 12}, {7, 11}, {7, 12}, {6, 12}, {5, 12}, {4, 11}, {4, 12}, {3, 11}}
	reachOnline    = []int{512, 468, 411, 362, 318, 262, 241, 196, 162, 118}
	reachAssigned  = []int{968, 951, 932, 903, 874, 776, 748, 702, 655, 610}
	reachPerson    = []int{1000, 1000, 987, 964, 941, 908, 872, 831, 790, 742}
	reachJustice   = []int{8, 8, 7, 7, 6, 5, 5, 4, 3, 2} // of 8 criteria
	reachOffice    = []int{8, 8, 7, 6, 6, 5, 5, 4, 3, 3} // of 8 criteria
	reachTasks     = []int{40, 39, 38, 36, 35, 34, 33, 31, 29, 27}
)

var officeCriteria = []criterion{
	{"NV.1", "Ban hành kế hoạch cải cách hành chính đúng thời hạn"},
	{"NV.2", "Bố trí công chức theo vị trí việc làm được phê duyệt"},
	{"NV.3", "Số lượng lãnh đạo tại cơ quan hành chính và đơn vị sự nghiệp công lập đúng quy định"},
	{"NV.4", "Kiểm tra cải cách hành chính tại các đơn vị trực thuộc"},
	{"NV.5", "Đánh giá, xếp loại công chức đúng quy trình"},
	{"NV.6", "Thực hiện kế hoạch đào tạo, bồi dưỡng công chức"},
	{"NV.7", "Thực hiện lộ trình tinh giản biên chế"},
	{"NV.8", "Kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính"},
}

var justiceCriteria = []criterion{
	{"TP.1", "Ban hành kế hoạch rà soát văn bản quy phạm pháp luật"},
	{"TP.2", "Xử lý văn bản sau rà soát"},
	{"TP.3", "Ban hành kế hoạch theo dõi thi hành pháp luật"},
	{"TP.4", "Báo cáo theo dõi thi hành pháp luật đúng hạn"},
	{"TP.5", "Thẩm định dự thảo văn bản trước khi ban hành"},
	{"TP.6", "Thực hiện kế hoạch phổ biến, giáo dục pháp luật"},
	{"TP.7", "Chứng thực đúng quy định"},
	{"TP.8", "Cập nhật dữ liệu hộ tịch điện tử"},
}

func buildHiepHoa(b *builder) error {
	b.setPeriod(hiepHoaPeriod, "2021-12-15", "2022-12-14", "2022-12-19T08:00:00+07:00")
	b.config = config{code: "BG", name: "UBND tỉnh Bắc Giang", place: "Bắc Giang", rule: "nd09", now: b.config.now, jobs: []Job{
		{"nam-cac-huyen", "0 6 15 12 *", "Y", []string{"comparison"}, []string{"BG"}},
		{"nam-hiep-hoa", "0 7 15 12 *", "Y", []string{"brief", "periodic"}, []string{"BG.HH"}},
	}}
	b.units = []unit{{"BG", "UBND tỉnh Bắc Giang", "province", "", "000.00.00.H02"}}
	for i, r := range rivals {
		b.units = append(b.units, unit{r.code, r.name, "district", "BG", fmt.Sprintf("000.00.%02d.H02", 11+i)})
	}
	basis := "Kế hoạch CCHC của tỉnh (chỉ tiêu ví dụ)"
	b.targets = []target{
		{"dossiers.result_attached", "", ">=", "1", "2022-01-01", basis + ": 100 % hồ sơ được gắn kết quả"},
		{"dossiers.online_level_3_4", "", ">=", "0.3", "2022-01-01", basis + ": từ 30 % hồ sơ trực tuyến"},
		{"dossiers.by_post", "", ">=", "0.1", "2022-01-01", basis + ": từ 10 % hồ sơ qua bưu chính công ích"},
		{"staff.excellent", "", ">", "0.5", "2022-01-01", basis + ": trên 50 % công chức một cửa hoàn thành xuất sắc"},
		{"documents.incoming_assigned", "", ">", "0.8", "2022-01-01", basis + ": trên 80 % văn bản đến được giao việc trên phần mềm"},
		{"documents.outgoing_signed_by_person", "", ">=", "1", "2022-01-01", basis + ": 100 % văn bản đi có chữ ký số cá nhân"},
	}
	all, err := readCatalogue("district.txt")
	if err != nil {
		return err
	}
	list, gone := setAside(all, 7)
	setLevels(list, 70, 90, 22, 26)
	cutTimes(list, 60)
	fresh := b.rare(list, 6, "new")
	for i, r := range rivals {
		if err := b.rival(i, r, list, fresh); err != nil {
			return err
		}
	}
	b.publish("danh-muc-TTHC-cap-huyen-Bac-Giang.csv", b.provincial("BG", "district", list, gone, fresh), b.under("BG", "district"), false)
	return b.rivalsOnPaper()
}

// rival writes the dossiers and documents of one district.
func (b *builder) rival(i int, r rival, list []*procedure, fresh map[string]int32) error {
	u := b.unit(r.code)
	n := b.rows(r.code, r.size)
	one, dig := r.oneStop-1, r.digital-1
	share := func(label string, p int) int { return b.permille(r.code+label, p) }
	lateOnes, within := n*reachLate[one]/1000, n*(41+i)/1000
	over := n * one / 2500
	carried := n * (38 + 2*i) / 1000
	done := n - lateOnes - within - over
	post := share("post", reachPost[one])
	g := newGenerator(b, u.Code, list, func(p *procedure) bool { _, ok := fresh[p.code]; return ok })
	err := g.volume(volume{unit: u, desk: "Bộ phận Một cửa cấp huyện",
		carried: counts{early: carried * 6 / 10, onTime: carried - carried*6/10},
		fresh:   counts{early: done * 58 / 100, onTime: done - done*58/100, late: lateOnes, within: within, overdue: over},
		profile: profile{online: share("online", reachOnline[dig]), level4: 450 + 10*i, post: post * 6 / 10, unclear: i % 3,
			attached: share("attached", reachAttached[one]), digitised: 500 + 40*(10-dig), fee: 430, paid: 600 - 40*dig,
			returnPost: post * 47 / 100, apology: 800 - 50*one, withdrawn: 5, refused: 7, stopped: 1, pastLate: reachLate[one] + 6},
		past: n * 7 / 10, ahead: n / 120, historyFrom: day("2020-12-15")})
	if err != nil {
		return err
	}
	slug := plain(r.name)
	g.files(u, "ho-so-"+slug, []part{{"nam-2021", 0}, {"nam-2022", b.period.from}}, look{words: i == 0 || i == 7, dueHour: i%2 == 0, english: i == 8})
	in, out := b.rows("in "+r.code, 420+r.size/8), b.rows("out "+r.code, 260+r.size/10)
	return b.documents(r.code, "van-ban-"+slug+"-2022.csv", papers{unit: u, sign: "UBND-VP",
		senders: []string{"UBND tỉnh", "Sở Nội vụ", "Sở Tư pháp", "Sở Thông tin và Truyền thông", "Văn phòng UBND tỉnh", "Huyện ủy"},
		in:      in, out: out, secret: in / 80, inElectronic: in * 95 / 100, outElectronic: out * 98 / 100,
		inOnline: in * (90 - 3*dig) / 100, outOnline: out * (95 - 3*dig) / 100,
		inOnlineSigned: in * (80 - 3*dig) / 100, outOnlineSigned: out * (95 - 3*dig) / 100,
		outOtherSigned: out*98/100 - out*(95-3*dig)/100,
		outPerson:      out * 98 / 100 * share("person", reachPerson[dig]) / 1000,
		assigned:       in * share("assigned", reachAssigned[dig]) / 1000,
		filed:          in * (80 - 4*dig) / 100, inTime: in * 3 / 10, late: in * (1 + dig) / 300, open: in / 50, overdue: in * dig / 800},
		b.period, false, true)
}

// rivalsOnPaper writes the plans, findings and declared figures of all.
func (b *builder) rivalsOnPaper() error {
	var duties []duty
	var figures []figure
	var rows []string
	for _, r := range rivals {
		n := reachTasks[r.office-1]
		if b.opt.Seed != 0 {
			n -= b.draw("tasks "+r.code, 5)
		}
		rest := 42 - n
		duties = append(duties, duty{b.unit(r.code), 2022, n, (r.office + 1) / 2, rest - rest/3, rest / 3, rest / 4})
		e := reachExcellent[r.oneStop-1]
		if b.opt.Seed != 0 {
			e[0] = min(b.draw("excellent "+r.code, e[0]), e[1])
		}
		figures = append(figures, figure{r.code, hiepHoaPeriod, "staff.excellent", -1, e[0], e[1],
			"Quyết định đánh giá, xếp loại công chức Bộ phận Một cửa năm 2022", "Phòng Nội vụ", "2022-12-15"})
		rows = append(rows, letters(reachOffice[r.office-1], r.code == "BG.HH")+letters(reachJustice[r.justice-1], false))
	}
	if err := b.tasks("nhiem-vu-CCHC-cac-huyen-2022.csv", false, duties...); err != nil {
		return err
	}
	b.figures("so-lieu-tu-khai-cac-huyen-2022.csv", true, figures...)
	first := day("2022-10-10")
	b.checklist("phieu-kiem-tra-cac-huyen-2022.csv", b.under("BG", "district"), func(i int) int32 { return first + int32(2*i) },
		append(append([]criterion(nil), officeCriteria...), justiceCriteria...), rows, true)
	b.narratives("noi-dung-bao-cao-Hiep-Hoa-2022.csv", "BG.HH", []string{hiepHoaPeriod},
		narrative{"I.3", "Nội dung cải cách hành chính được tuyên truyền trên hệ thống truyền thanh và trang thông tin điện tử của huyện."},
		narrative{"II.3", "Cơ cấu số lượng lãnh đạo ở một số đơn vị chưa bảo đảm quy định; huyện đang sắp xếp lại."},
		narrative{"III.3", "Công chức ở bộ phận một cửa kiêm nhiệm nhiều việc; người dân còn quen nộp hồ sơ trực tiếp."},
		narrative{"IV", "Gắn kết quả điện tử cho mọi hồ sơ; nâng tỷ lệ hồ sơ trực tuyến và hồ sơ qua bưu chính công ích lên mức được giao."})
	return nil
}

// letters passes n of 8 criteria. With leaders, the third one is not passed:
// the number of leaders is against the rule.
func letters(n int, leaders bool) string {
	s := []byte("pppppppp")
	for left, i := 8-n, 7; left > 0; i-- {
		s[i] = "hf"[left%2]
		left--
	}
	if leaders {
		s[2], s[7] = s[7], s[2]
		if n == 8 {
			s[2] = 'f'
		}
	}
	return string(s)
}
