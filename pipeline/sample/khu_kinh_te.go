package sample

// Khu kinh tế Cao Bằng (article of 23/09/2021): the management board of an
// economic zone, its catalogue and its documents.

const khuKinhTePeriod = "2020-12-15..2021-09-20"

func buildKhuKinhTe(b *builder) error {
	b.setPeriod(khuKinhTePeriod, "2020-12-15", "2021-09-20", "2021-09-24T08:00:00+07:00")
	b.config = config{code: "CB", name: "UBND tỉnh Cao Bằng", place: "Cao Bằng", rule: "nd09", now: b.config.now, jobs: []Job{
		{"doan-kiem-tra", "0 6 21 9 *", khuKinhTePeriod, []string{"brief", "periodic"}, []string{"CB.KKT"}},
		{"so-sanh", "0 7 21 9 *", khuKinhTePeriod, []string{"comparison"}, []string{"CB"}},
	}}
	b.units = []unit{
		{"CB", "UBND tỉnh Cao Bằng", "province", "", "000.00.00.H14"},
		{"CB.KKT", "Ban Quản lý Khu kinh tế tỉnh Cao Bằng", "department", "CB", "000.00.22.H14"},
	}
	basis := "Kế hoạch CCHC năm 2021 (chỉ tiêu ví dụ)"
	b.targets = []target{
		{"documents.processed_online", "", ">=", "0.5", "2021-01-01", basis},
		{"documents.signed_of_processed", "", ">=", "0.95", "2021-01-01", basis},
		{"procedures.level_3_4", "", ">=", "0.6", "2021-01-01", basis},
		{"procedures.time_cut_20", "", ">=", "0.8", "2021-01-01", basis},
		{"dossiers.on_time_of_resolved", "", ">=", "0.98", "2021-01-01", basis},
		{"dossiers.by_post", "", ">=", "0.1", "2021-01-01", basis},
	}
	if err := b.zoneProcedures(); err != nil {
		return err
	}
	if err := b.zoneDocuments(); err != nil {
		return err
	}
	done := b.draw("tasks", 19)
	if err := b.tasks("nhiem-vu-CCHC-Ban-QLKKT.csv", false,
		duty{b.unit("CB.KKT"), 2021, done, 2, 7, 3, 1}, duty{b.unit("CB.KKT"), 2020, 24, 3, 1, 1, 1}); err != nil {
		return err
	}
	b.figures("so-lieu-tu-khai-Ban-QLKKT.csv", false,
		figure{"CB.KKT", khuKinhTePeriod, "legal.documents", b.draw("legal", 2), -1, -1, "Quy chế quản lý cửa khẩu, lối mở; Quy chế phối hợp thu, nộp phí hạ tầng cửa khẩu", "Văn phòng Ban", "2021-09-21"})
	b.narratives("noi-dung-bao-cao-Ban-QLKKT.csv", "CB.KKT", []string{khuKinhTePeriod},
		narrative{"II.2.1", "Thủ tục hành chính và quy trình nội bộ được niêm yết tại nơi tiếp công dân và đăng trên trang thông tin điện tử của Ban."},
		narrative{"II.3", "Ban đang xây dựng dự thảo chức năng, nhiệm vụ và đề án sắp xếp đơn vị sự nghiệp trực thuộc."},
		narrative{"II.6", "Hệ thống quản lý chất lượng theo ISO 9001:2015 được duy trì; Ban Chỉ đạo ISO đã được kiện toàn."},
		narrative{"V", "Đề nghị bổ sung biên chế và hướng dẫn thực hiện tự chủ tài chính đối với đơn vị sự nghiệp."})
	return nil
}

func (b *builder) zoneProcedures() error {
	all, err := readCatalogue("economic-zone.txt")
	if err != nil {
		return err
	}
	gone := min(b.draw("abolished", 22), 22)
	list, old := all[:46], all[46:46+gone]
	old = append([]*procedure(nil), old...)
	if b.opt.Seed != 0 {
		list = list[:46-int(b.opt.Seed%5)]
	}
	level3, level4 := 6, len(list)-16
	setLevels(list, level3, level4, 3, 9)
	setLevels(old, 4, 8, 2, 4)
	cutTimes(list, len(list)-10)
	cutTimes(old, 5)
	issued, amended := map[string]int32{}, map[string]int32{}
	for _, p := range list {
		switch p.field {
		case "Đầu tư tại Việt Nam", "Lao động, tiền lương":
			issued[p.code] = day("2021-05-10")
		case "Việc làm":
			amended[p.code] = day("2021-03-29")
		}
	}
	if b.opt.Seed != 0 { // some of them are older
		for _, p := range list[:b.draw("kept", 4)] {
			delete(issued, p.code)
		}
	}
	u := b.unit("CB.KKT")
	g := newGenerator(b, u.Code, list, nil)
	g.swap = func(p *procedure, received int32) *procedure {
		since, isNew := issued[p.code]
		if !isNew || received >= since {
			return p
		}
		for i := range old { // the one it replaced
			if o := old[(int(hash(p.code)%uint64(len(old)))+i)%len(old)]; o.level == p.level {
				return o
			}
		}
		return p
	}
	d := func(label string, n int) int { return b.rows("zone "+label, n) }
	err = g.volume(volume{unit: u, desk: "Trung tâm Phục vụ hành chính công", historyFrom: day("2019-12-16"),
		carried: counts{early: d("carried early", 8), onTime: d("carried on time", 3)},
		fresh:   counts{early: d("early", 121), onTime: d("on time", 34), within: d("within", 16)},
		profile: profile{online: 540, level4: 760, post: 48, attached: 930, digitised: 870, fee: 240, paid: 420, returnPost: 41,
			withdrawn: 12, refused: 9, pastLate: 14},
		past: d("past", 190), ahead: d("ahead", 3)})
	if err != nil {
		return err
	}
	g.files(u, "ho-so-Ban-QLKKT-Cao-Bang", []part{{"nam-2020", 0}, {"9-thang-2021", b.period.from}}, look{dueHour: true})
	b.publish("danh-muc-TTHC-Ban-QLKKT.csv", publication{publisher: u.Code, list: list, issued: issued, amended: amended, abolished: old,
		gone: func(int) int32 { return day("2021-05-10") }, unposted: codesOf(old),
		postal: func(*procedure) bool { return true }, linked: func(p *procedure) bool { return hash(p.code)%9 == 0 },
		decisions: [3]string{"Quyết định công bố năm 2019", "Quyết định công bố năm 2021", ""}, since: day("2019-04-01")},
		[]unit{u}, false)
	return nil
}

func (b *builder) zoneDocuments() error {
	d := func(label string, n int) int { return b.rows("papers "+label, n) }
	outOnline, inOnline := d("out online", 1102), d("in online", 446)
	out, in := outOnline+d("other out", 338), inOnline+d("other in", 2796)
	p := papers{unit: b.unit("CB.KKT"), sign: "BQL-VP",
		senders: []string{"UBND tỉnh", "Bộ Kế hoạch và Đầu tư", "Sở Nội vụ", "Sở Công Thương", "Cục Hải quan tỉnh", "Văn phòng UBND tỉnh", "UBND huyện Trùng Khánh", "UBND huyện Quảng Hòa"},
		in:      in, out: out, secret: d("secret", 37),
		inElectronic: inOnline + (in-inOnline)*7/10, outElectronic: outOnline + (out-outOnline)*6/10,
		inOnline: inOnline, outOnline: outOnline,
		inOnlineSigned: inOnline * 401 / 446, outOnlineSigned: outOnline * 1071 / 1102,
		outOtherSigned: (out - outOnline) * 2 / 10, outPerson: outOnline * 9 / 10,
		assigned: in * 83 / 100, filed: in * 58 / 100, inTime: in * 24 / 100, late: in / 90, open: in / 70, overdue: in / 400}
	if err := b.documents("CB.KKT", "van-ban-Ban-QLKKT-2021.csv", p, b.period, false, true); err != nil {
		return err
	}
	before := p
	before.in, before.out, before.secret = p.in*9/10, p.out*9/10, p.secret
	before.inElectronic, before.outElectronic = before.in*6/10, before.out*7/10
	before.inOnline, before.outOnline = before.in*8/100, before.out*5/10
	before.inOnlineSigned, before.outOnlineSigned, before.outOtherSigned = before.inOnline*7/10, before.outOnline*8/10, 0
	before.outPerson, before.assigned, before.filed = before.out*4/10, before.in*7/10, before.in*4/10
	before.open, before.overdue, before.inTime, before.late = 0, 0, before.in*2/10, before.in/60
	return b.documents("CB.KKT before", "van-ban-Ban-QLKKT-2020.csv", before, span{day("2019-12-16"), day("2020-12-11")}, true, false)
}
