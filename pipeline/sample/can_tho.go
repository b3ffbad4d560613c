package sample

// Cần Thơ (article of 10/02/2017): two departments of a city in 2016.

const canThoPeriod = "2016-01-01..2016-12-31"

func buildCanTho(b *builder) error {
	b.setPeriod(canThoPeriod, "2016-01-01", "2016-12-31", "2017-01-10T08:00:00+07:00")
	b.config = config{code: "CT", name: "UBND thành phố Cần Thơ", place: "Cần Thơ", rule: "calendar", now: b.config.now, jobs: []Job{
		{"nam-cac-so", "0 6 3 1 *", canThoPeriod, []string{"brief", "periodic"}, []string{"CT.SNV", "CT.VHTTDL"}},
		{"nam-thanh-pho", "0 7 3 1 *", canThoPeriod, []string{"brief", "comparison"}, []string{"CT"}},
	}}
	b.units = []unit{
		{"CT", "UBND thành phố Cần Thơ", "province", "", "000.00.00.H13"},
		{"CT.SNV", "Sở Nội vụ", "department", "CT", "000.00.12.H13"},
		{"CT.VHTTDL", "Sở Văn hóa, Thể thao và Du lịch", "department", "CT", "000.00.16.H13"},
	}
	basis := "Kế hoạch CCHC năm 2016 (chỉ tiêu ví dụ)"
	b.targets = []target{
		{"dossiers.online", "department", ">=", "0.1", "2016-01-01", basis},
		{"dossiers.late_of_resolved", "", "<=", "0.005", "2016-01-01", basis},
		{"dossiers.on_time_of_resolved", "", ">=", "0.98", "2016-01-01", basis},
	}
	if err := b.homeAffairs(); err != nil {
		return err
	}
	if err := b.culture(); err != nil {
		return err
	}
	snv, vh := b.draw("tasks SNV", 18), b.draw("tasks VHTTDL", 13)
	err := b.tasks("nhiem-vu-CCHC-cac-so-2016.csv", false,
		duty{b.unit("CT.SNV"), 2016, snv, 1, 2, 0, 0}, duty{b.unit("CT.SNV"), 2015, 17, 2, 2, 1, 1},
		duty{b.unit("CT.VHTTDL"), 2016, vh, 2, 3, 1, 1})
	if err != nil {
		return err
	}
	b.canThoWords()
	return nil
}

func (b *builder) homeAffairs() error {
	list, err := readCatalogue("home-affairs.txt")
	if err != nil {
		return err
	}
	setLevels(list, 8, 0, 4, 0)
	cutTimes(list, 9)
	u := b.unit("CT.SNV")
	g := newGenerator(b, u.Code, list, nil)
	d := func(label string, n int) int { return b.rows("SNV "+label, n) }
	mix := profile{online: 22, post: 9, attached: 310, fee: 60, returnPost: 12, withdrawn: 4, refused: 6, pastLate: 8}
	err = g.volume(volume{unit: u, desk: "ISO", profile: mix, historyFrom: day("2015-01-05"),
		fresh: counts{early: d("iso early", 71), onTime: d("iso on time", 38), noDeadline: d("at once", 173)},
		past:  d("iso past", 250)})
	if err != nil {
		return err
	}
	err = g.volume(volume{unit: u, desk: "Một cửa", profile: mix, historyFrom: day("2015-01-05"),
		fresh: counts{early: d("desk early", 168), onTime: d("desk on time", 65)}, past: d("desk past", 205), ahead: d("ahead", 5)})
	if err != nil {
		return err
	}
	g.files(u, "ho-so-So-Noi-vu", []part{{"nam-2015", 0}, {"6-thang-dau-nam-2016", day("2016-01-01")}, {"6-thang-cuoi-nam-2016", day("2016-07-01")}}, look{dueHour: true})
	pub := b.provincial("CT.SNV", "", list, nil, b.rare(list, 1, "new"))
	b.publish("danh-muc-TTHC-So-Noi-vu.csv", pub, []unit{u}, false)
	return nil
}

func (b *builder) culture() error {
	list, err := readCatalogue("culture.txt")
	if err != nil {
		return err
	}
	setLevels(list, 16, 0, 7, 0)
	cutTimes(list, 6)
	u := b.unit("CT.VHTTDL")
	g := newGenerator(b, u.Code, list, nil)
	d := func(label string, n int) int { return b.rows("VHTTDL "+label, n) }
	err = g.volume(volume{unit: u, desk: "Bộ phận Tiếp nhận và Trả kết quả", historyFrom: day("2015-01-05"),
		carried: counts{early: d("carried early", 23), onTime: d("carried on time", 12), late: d("carried late", 1)},
		fresh:   counts{early: d("early", 902), onTime: d("on time", 281), late: d("late", 9), within: d("within", 71), overdue: d("overdue", 2)},
		profile: profile{post: 14, attached: 420, digitised: 90, fee: 540, returnPost: 21, apology: 400, withdrawn: 5, refused: 8, pastLate: 16},
		online3: d("online", 70), past: d("past", 1120), ahead: d("ahead", 16)})
	if err != nil {
		return err
	}
	g.files(u, "ho-so-So-VHTTDL", []part{{"nam-2015", 0}, {"nam-2016", day("2016-01-01")}}, look{english: true})
	pub := b.provincial("CT.VHTTDL", "", list, nil, b.rare(list, 2, "new"))
	b.publish("danh-muc-TTHC-So-VHTTDL.csv", pub, []unit{u}, true)
	return nil
}

func (b *builder) canThoWords() {
	par, papi := min(b.draw("par", 5), 63), min(b.draw("papi", 2), 63)
	b.figures("so-lieu-tu-khai-Can-Tho-2016.csv", false,
		figure{"CT", canThoPeriod, "index.par.rank", par, par, 63, "Chỉ số CCHC năm 2015, công bố trong năm 2016", "Sở Nội vụ", "2017-01-05"},
		figure{"CT", canThoPeriod, "index.papi.rank", papi, papi, 63, "Chỉ số PAPI năm 2015, công bố trong năm 2016; năm 2014 xếp hạng 55/63", "Sở Nội vụ", "2017-01-05"},
		figure{"CT.SNV", canThoPeriod, "survey.informatics", b.draw("informatics", 193), -1, -1, "Phiếu khảo sát tại 9 quận, huyện", "Phòng CCHC", "2017-01-05"},
		figure{"CT.SNV", canThoPeriod, "survey.reform_knowledge", b.draw("knowledge", 856), -1, -1, "Phiếu khảo sát lãnh đạo phòng, ban và công chức một cửa các cấp", "Phòng CCHC", "2017-01-05"})
	b.narratives("noi-dung-bao-cao-So-Noi-vu-2016.csv", "CT.SNV", []string{canThoPeriod},
		narrative{"I.2", "Sở đã hướng dẫn các cơ quan, địa phương tự đánh giá, chấm điểm chỉ số cải cách hành chính trên phần mềm trực tuyến."},
		narrative{"II.3", "Tổ chức bộ máy của Sở ổn định trong năm."},
		narrative{"III.3", "Bộ thủ tục hành chính thay đổi thường xuyên nhưng phần mềm cập nhật chưa kịp thời."},
		narrative{"IV", "Tiếp tục rà soát văn bản, mở rộng dịch vụ công trực tuyến và duy trì khảo sát mức độ hài lòng."})
}
