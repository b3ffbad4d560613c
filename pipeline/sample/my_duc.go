package sample

import "fmt"

// Mỹ Đức (article of 23/03/2020): a district looks at its communes.

const myDucPeriod = "2020-Q1"

var myDucCommunes = []string{"thị trấn Đại Nghĩa", "xã An Mỹ", "xã An Phú", "xã An Tiến", "xã Bột Xuyên", "xã Đại Hưng",
	"xã Đốc Tín", "xã Đồng Tâm", "xã Hồng Sơn", "xã Hợp Thanh", "xã Hợp Tiến", "xã Hùng Tiến", "xã Hương Sơn", "xã Lê Thanh",
	"xã Mỹ Thành", "xã Phù Lưu Tế", "xã Phúc Lâm", "xã Phùng Xá", "xã Thượng Lâm", "xã Tuy Lai", "xã Vạn Kim", "xã Xuy Xá"}

// myDucCriteria follow what the article praises and what it finds missing.
var myDucCriteria = []criterion{
	{"CV.01", "Có quyết định kiện toàn Bộ phận tiếp nhận hồ sơ và trả kết quả"},
	{"CV.02", "Niêm yết quyết định công bố hệ thống chất lượng ISO 9001:2015"},
	{"CV.03", "Niêm yết thủ tục hành chính cập nhật theo quyết định công bố"},
	{"CV.04", "Tiếp nhận hồ sơ lĩnh vực Địa chính và Lao động, thương binh và xã hội trên phần mềm dùng chung"},
	{"CV.05", "Sử dụng đúng mẫu văn bản trong tiếp nhận hồ sơ và trả kết quả"},
	{"CV.06", "Bố trí sổ góp ý tại bàn viết hồ sơ và bàn làm việc"},
	{"CV.07", "Có mẫu phiếu đánh giá dành cho công dân"},
	{"CV.08", "Kiện toàn tổ tiếp công dân; có nội quy, lịch tiếp công dân"},
	{"CV.09", "Sổ tiếp nhận đơn thư ghi chép đúng mẫu; hồ sơ sắp xếp theo vụ việc"},
	{"CV.10", "Bố trí phòng tiếp công dân riêng"},
	{"CV.11", "Chi trả chế độ cho công chức tiếp công dân"},
	{"CV.12", "Bố trí đủ trang thiết bị, camera, máy quét tại Bộ phận tiếp nhận hồ sơ"},
}

// myDucFindings has a line per commune and a letter per criterion.
var myDucFindings = []string{
	"ppphpppppppp", "pfpfpphppppp", "fffhppffhfpn", "pppfphpppfpp", "pfhfppppfppp", "ppphhpppppfp", "fhffpfffhffp", "hfffpppphppp",
	"ppffpppppppp", "pphfphfppppp", "ffffhffpffpp", "pppfppphpphp", "pppppppppppp", "phpfppppfpph", "fppfpppfhpfp", "pphfppppppnp",
	"pffhpfppppfp", "pppfpphppppp", "ffhfhfffpfhp", "ppffpppphppp", "phpfppfppppp", "pfpfhpppfhfp",
}

// stillPosted says how many of the abolished procedures a commune has on display.
var stillPosted = []int{0, 2, 5, 0, 3, 0, 7, 4, 0, 1, 6, 0, 0, 2, 0, 1, 3, 0, 7, 2, 0, 4}

func buildMyDuc(b *builder) error {
	b.setPeriod(myDucPeriod, "2019-12-15", "2020-03-14", "2020-03-18T08:00:00+07:00")
	b.config = config{code: "HN", name: "UBND thành phố Hà Nội", place: "Hà Nội", rule: "nd09", now: b.config.now, jobs: []Job{
		{"quy-huyen", "0 6 15 3,6,9,12 *", "Q", []string{"brief", "periodic", "comparison"}, []string{"HN.MD"}},
		{"quy-xa", "0 7 15 3,6,9,12 *", "Q", []string{"brief"}, []string{"HN.MD.03", "HN.MD.07"}},
	}}
	b.units = []unit{
		{"HN", "UBND thành phố Hà Nội", "province", "", "000.00.00.H26"},
		{"HN.MD", "UBND huyện Mỹ Đức", "district", "HN", "000.00.29.H26"},
	}
	for i, name := range myDucCommunes {
		b.units = append(b.units, unit{fmt.Sprintf("HN.MD.%02d", i+1), "UBND " + name, "commune", "HN.MD", fmt.Sprintf("000.%02d.29.H26", i+1)})
	}
	basis := "Kế hoạch CCHC năm 2020 của huyện (chỉ tiêu ví dụ)"
	b.targets = []target{
		{"checklist.passed", "commune", ">=", "0.9", "2020-01-01", basis},
		{"dossiers.online_level_3_4", "", ">=", "0.5", "2020-01-01", basis},
		{"dossiers.on_time_of_resolved", "", ">=", "0.99", "2020-01-01", basis},
		{"procedures.level_3_4_used", "commune", ">=", "0.5", "2020-01-01", basis},
	}
	if err := b.myDucTowns(); err != nil {
		return err
	}
	if err := b.myDucDistrict(); err != nil {
		return err
	}
	return b.myDucFindings()
}

// social are the fields that the catalogue of Hà Nội puts together.
var social = map[string]string{"Đất đai": "Địa chính", "Bảo trợ xã hội": "Lao động, thương binh và xã hội",
	"Người có công": "Lao động, thương binh và xã hội", "Trẻ em": "Lao động, thương binh và xã hội",
	"Phòng, chống tệ nạn xã hội": "Lao động, thương binh và xã hội"}

// offSoftware are the fields whose dossiers the communes keep on paper.
func offSoftware(p *procedure) bool {
	return p.field == "Địa chính" || p.field == "Lao động, thương binh và xã hội"
}

func (b *builder) myDucTowns() error {
	all, err := readCatalogue("commune.txt")
	if err != nil {
		return err
	}
	for _, p := range all {
		if f, ok := social[p.field]; ok {
			p.field = f
		}
	}
	list, gone := setAside(all, 9)
	online := min(b.draw("level 3 and 4", 36), 60)
	setLevels(list, online*5/6, online-online*5/6, 12, 3)
	setLevels(gone, 3, 0, 1, 0)
	cutTimes(list, 10)
	fresh := b.rare(list, 5, "new")
	skip := func(p *procedure) bool { _, ok := fresh[p.code]; return ok || offSoftware(p) }
	var paper []figure
	towns := b.under("HN.MD", "commune")
	for i, u := range towns {
		n := b.rows(u.Code, 118+37*i%140)
		lateOnes := []int{0, 1, 3, 0, 1, 0, 4, 2, 0, 1, 2, 0, 0, 1, 1, 0, 2, 0, 3, 1, 0, 2}[i] * b.opt.Scale
		within, done := n*25/1000, n-n*25/1000
		carried := n * 18 / 1000
		c := counts{early: done * 44 / 100, onTime: done - done*44/100, late: lateOnes, within: within}
		if i == 6 || i == 18 {
			c.overdue = 1
		}
		g := newGenerator(b, u.Code, list, skip)
		err := g.volume(volume{unit: u, desk: "Bộ phận TNHS&TKQ", saturdays: true,
			carried: counts{early: carried / 2, onTime: carried - carried/2}, fresh: c,
			profile: profile{online: b.permille("online "+u.Code, 190+53*i%520), level4: 90, post: 3 + 7*(i%4), attached: 450 + 20*i, digitised: 300 + 11*i,
				fee: 560, paid: 20, returnPost: 4 + 5*(i%3), apology: 500, refused: 4, pastLate: 9},
			past: n * 24 / 10, ahead: 1 + n/80, historyFrom: day("2018-12-17")})
		if err != nil {
			return err
		}
		g.files(u, "ho-so-"+plain(myDucCommunes[i]), []part{{"nam-2019", 0}, {"quy-I-2020", b.period.from}}, look{dueHour: i%2 == 1, english: i == 12})
		received := c.early + c.onTime + c.late + c.within + c.overdue
		paper = append(paper, figure{u.Code, myDucPeriod, "register.paper", received + received*(14+i%9)/100 + 6, -1, -1,
			"Sổ theo dõi hồ sơ của bộ phận tiếp nhận, các lĩnh vực", "Công chức Văn phòng - Thống kê", "2020-03-15"})
	}
	b.figures("so-lieu-tu-khai-cac-xa-My-Duc.csv", false, paper...)
	pub := b.provincial("HN", "commune", list, gone, fresh)
	abolish := day("2020-01-20")
	pub.gone = func(int) int32 { return abolish }
	b.publish("danh-muc-TTHC-cap-xa-Ha-Noi.csv", pub, towns, false)
	b.ownCatalogues(towns, gone, pub, abolish)
	return nil
}

// ownCatalogues are the rows of communes that still display what was abolished.
func (b *builder) ownCatalogues(towns []unit, gone []*procedure, pub publication, abolish int32) {
	for i, u := range towns {
		n := min(b.draw("posted "+u.Code, stillPosted[i]), len(gone))
		if n == 0 {
			continue
		}
		own := pub
		own.publisher, own.appliesTo, own.unposted = u.Code, "", nil
		own.list, own.abolished = nil, byHash(gone, u.Code)[:n]
		own.gone = func(int) int32 { return abolish }
		b.publish("niem-yet-TTHC-"+plain(myDucCommunes[i])+".csv", own, []unit{u}, false)
	}
}

func (b *builder) myDucDistrict() error {
	all, err := readCatalogue("district.txt")
	if err != nil {
		return err
	}
	list, gone := setAside(all, 4)
	setLevels(list, 90, 20, 20, 4)
	cutTimes(list, 30)
	fresh := b.rare(list, 3, "new")
	u := b.unit("HN.MD")
	g := newGenerator(b, u.Code, list, func(p *procedure) bool { _, ok := fresh[p.code]; return ok })
	d := func(label string, n int) int { return b.rows("MD "+label, n) }
	err = g.volume(volume{unit: u, desk: "Bộ phận TNHS&TKQ huyện", historyFrom: day("2018-12-17"), saturdays: true,
		carried: counts{early: d("carried early", 31), onTime: d("carried on time", 17), late: d("carried late", 1)},
		fresh:   counts{early: d("early", 236), onTime: d("on time", 121), late: d("late", 3), within: d("within", 48), overdue: d("overdue", 1)},
		profile: profile{online: 410, level4: 120, post: 11, attached: 700, digitised: 480, fee: 450, paid: 60, returnPost: 9,
			apology: 500, withdrawn: 4, refused: 6, pastLate: 15},
		past: d("past", 1040), ahead: d("ahead", 9)})
	if err != nil {
		return err
	}
	g.files(u, "ho-so-UBND-huyen-My-Duc", []part{{"nam-2019", 0}, {"quy-I-2020", b.period.from}}, look{dueHour: true})
	b.publish("danh-muc-TTHC-cap-huyen-Ha-Noi.csv", b.provincial("HN", "district", list, gone, fresh), []unit{u}, false)
	done := b.draw("tasks", 9)
	return b.tasks("nhiem-vu-CCHC-huyen-My-Duc.csv", false,
		duty{u, 2020, done, 1, 16, 13, 2}, duty{u, 2019, 34, 4, 2, 1, 1})
}

func (b *builder) myDucFindings() error {
	towns := b.under("HN.MD", "commune")
	rows := append([]string(nil), myDucFindings...)
	if b.opt.Seed != 0 {
		r := b.stream("findings")
		for i := range rows {
			line := []byte(rows[i])
			for j := range line {
				if r.IntN(4) == 0 {
					line[j] = "pphf"[r.IntN(4)]
				}
			}
			rows[i] = string(line)
		}
	}
	worse := make([]string, len(rows)) // the round before found more
	for i, line := range rows {
		l := []byte(line)
		l[i%len(l)], l[(i+5)%len(l)] = 'f', 'h'
		worse[i] = string(l)
	}
	before, now := day("2019-09-10"), day("2020-02-18")
	b.checklist("phieu-kiem-tra-cong-vu-2019.csv", towns, func(i int) int32 { return before + int32(i) }, myDucCriteria, worse, false)
	b.checklist("phieu-kiem-tra-cong-vu-quy-I-2020.csv", towns, func(i int) int32 { return now + int32(i*3/4) }, myDucCriteria, rows, true)
	b.narratives("noi-dung-bao-cao-huyen-My-Duc.csv", "HN.MD", []string{myDucPeriod},
		narrative{"I.2", "Huyện kiểm tra công vụ tại 22 xã, thị trấn; kết quả từng tiêu chí được lập phiếu."},
		narrative{"II.2.4", "Nơi tiếp nhận phản ánh, kiến nghị được niêm yết tại trụ sở các xã, thị trấn."},
		narrative{"II.4", "Việc đánh giá cán bộ, công chức và lao động hợp đồng được thực hiện hằng tháng."},
		narrative{"III.2", "Một số trụ sở xã chật hẹp, phòng tiếp công dân còn bố trí chung với bộ phận khác."},
		narrative{"IV", "Các xã, thị trấn tiếp nhận hồ sơ mọi lĩnh vực trên phần mềm dùng chung và gỡ bỏ thủ tục đã bãi bỏ khỏi bảng niêm yết."})
	return nil
}
