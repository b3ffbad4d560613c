package pdf

import (
	"fmt"
	"time"

	"cchc/reports/model"
)

// periodic is a report like those of a real district: official head, text with
// figures, II.06a on a landscape page, blanks, signature, an annex.
func periodic() model.Report {
	v := func(x model.Value) model.Span { return model.Span{Value: &x} }
	s := func(t string) model.Span { return model.Span{Text: t} }
	p := func(spans ...model.Span) model.Paragraph { return model.Paragraph{Spans: spans} }
	text := "Ủy ban nhân dân huyện đã chỉ đạo các cơ quan chuyên môn và Ủy ban nhân dân các xã, thị trấn niêm yết công khai đầy đủ, kịp thời các thủ tục hành chính thuộc thẩm quyền giải quyết tại Bộ phận Tiếp nhận và Trả kết quả; thường xuyên kiểm tra, đôn đốc việc cập nhật hồ sơ lên Hệ thống thông tin giải quyết thủ tục hành chính. "
	main := []model.Block{
		model.Letterhead{Superior: "", Issuer: "ỦY BAN NHÂN DÂN HUYỆN NGÂN SƠN", Number: "Số:      /BC-UBND", Place: "Ngân Sơn, ngày      tháng      năm 2021"},
		model.Title{Name: "BÁO CÁO", Subject: []string{"Kết quả thực hiện công tác cải cách hành chính", "9 tháng đầu năm 2021"}},
		p(s("Thực hiện Kế hoạch cải cách hành chính năm 2021, Ủy ban nhân dân huyện báo cáo kết quả thực hiện 9 tháng đầu năm 2021 (số liệu tính từ ngày "), v(model.Date(day(2020, 12, 15))), s(" đến ngày "), v(model.Date(day(2021, 9, 14))), s(") như sau:")),
		model.Heading{Level: 1, Text: "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", ID: "h1"},
		p(s("Trong kỳ đã hoàn thành hoặc đang thực hiện "), v(model.Int(30)), s("/"), v(model.Int(40)), s(" nhiệm vụ của kế hoạch năm, đạt "), model.Span{Value: ptr(model.Share(30, 40)), Bold: true}, s(". "+text)),
		p(s(text + text)),
		model.Heading{Level: 1, Text: "II. KẾT QUẢ THỰC HIỆN"},
		model.Heading{Level: 2, Text: "1. Cải cách thể chế"},
		model.Blank{Prompt: "Nêu số văn bản quy phạm pháp luật ban hành trong kỳ và kết quả rà soát, hệ thống hóa"},
		model.Heading{Level: 2, Text: "2. Cải cách thủ tục hành chính"},
		model.Heading{Level: 3, Text: "a) Kết quả giải quyết hồ sơ thủ tục hành chính"},
		p(s("Toàn huyện tiếp nhận "), v(model.Int(826)), s(" hồ sơ; giải quyết trước hạn và đúng hạn "), v(model.Int(764)), s(" hồ sơ, đạt "), v(model.Share(764, 771)), s(" (764/771 hồ sơ đã giải quyết có hạn). "), model.Span{Text: "Chi tiết tại biểu II.06a", Italic: true, Link: "ii06"}, s(".")),
		model.List{Items: [][]model.Span{{s("Cấp huyện: 764 hồ sơ đúng hạn, 7 hồ sơ quá hạn;")}, {s("Cấp xã: 4.231 hồ sơ, trong đó 3.831 hồ sơ giải quyết trước hạn, đúng hạn; còn 370 hồ sơ đang giải quyết trong hạn và 1 hồ sơ quá hạn chưa giải quyết, " + text)}, {model.Span{Text: "In đậm", Bold: true}, s(" rồi thường.")}}},
		p(s(text)), p(s(text + text)),
		simpleTable(),
		model.Heading{Level: 1, Text: "III. PHƯƠNG HƯỚNG, NHIỆM VỤ"},
		p(s(text)), p(s(text + text + "./.")),
		model.Signature{Recipients: []string{"- Sở Nội vụ (b/c);", "- Thường trực Huyện ủy (b/c);", "- Các phòng chuyên môn;", "- UBND các xã, thị trấn;", "- Lưu: VT, NV."}, Authority: "TM. ỦY BAN NHÂN DÂN", Position: "CHỦ TỊCH"},
	}
	land := []model.Block{
		model.Title{Name: "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT TTHC TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI QUYẾT TTHC", Subject: []string{"Kỳ báo cáo: 9 tháng đầu năm 2021 (Từ ngày 15/12/2020 đến ngày 14/9/2021)"}},
		ii06(30, true),
	}
	annex := []model.Block{
		model.Title{Name: "PHỤ LỤC", Subject: []string{"Danh sách hồ sơ quá hạn"}},
		overdue(60),
	}
	return model.Report{Kind: "periodic", Title: "Báo cáo cải cách hành chính", Subject: "UBND huyện Ngân Sơn, 9 tháng đầu năm 2021", Author: "UBND huyện Ngân Sơn", Language: "vi-VN",
		Created: day(2021, 9, 16), Footer: "Bản v1 · số liệu đến 14/09/2021 · lập ngày 16/09/2021",
		Sections: []model.Section{{Blocks: main}, {Landscape: true, Blocks: land}, {Annex: true, Blocks: annex}}}
}

func ptr(v model.Value) *model.Value { return &v }

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

func h(s string, cols, rows int) model.Cell {
	return model.Cell{Value: model.Text(s), ColSpan: cols, RowSpan: rows}
}

var covered = model.Cell{Covered: true}

// ii06 is biểu II.06a with the three columns for dossiers that fit no other.
func ii06(n int, extra bool) model.Table {
	x := covered
	header := [][]model.Cell{
		{h("STT", 1, 3), h("Lĩnh vực, công việc giải quyết theo cấp", 1, 3), h("Số lượng hồ sơ tiếp nhận", 5, 1), x, x, x, x, h("Số lượng hồ sơ đã giải quyết", 5, 1), x, x, x, x, h("Số lượng hồ sơ đang giải quyết", 4, 1), x, x, x},
		{x, x, h("Tổng số", 1, 2), h("Trong kỳ", 3, 1), x, x, h("Từ kỳ trước", 1, 2), h("Tổng số", 1, 2), h("Trước hạn", 1, 2), h("Đúng hạn", 1, 2), h("Quá hạn", 1, 2), h("Không xác định hạn", 1, 2), h("Tổng số", 1, 2), h("Trong hạn", 1, 2), h("Quá hạn", 1, 2), h("Không xác định hạn", 1, 2)},
		{x, x, x, h("Trực tuyến", 1, 1), h("Trực tiếp, dịch vụ bưu chính", 1, 1), h("Không rõ hình thức", 1, 1), x, x, x, x, x, x, x, x, x, x},
	}
	var formula []model.Cell
	for _, f := range []string{"(1)", "(2)", "(3)=(4)+(5)+(5a)+(6)", "(4)", "(5)", "(5a)", "(6)", "(7)=(8)+(9)+(10)+(10a)", "(8)", "(9)", "(10)", "(10a)", "(11)=(12)+(13)+(13a)", "(12)", "(13)", "(13a)"} {
		formula = append(formula, h(f, 1, 1))
	}
	fields := []string{"Đất đai", "Hộ tịch", "Chứng thực", "Bảo trợ xã hội", "Đăng ký kinh doanh hộ cá thể và hợp tác xã, liên hiệp hợp tác xã", "Lao động, tiền lương, quan hệ lao động", "Xây dựng", "Môi trường", "Nông nghiệp và phát triển nông thôn", "Thi đua - Khen thưởng"}
	t := model.Table{ID: "ii06", Title: "Biểu số II.06a/VPCP/KSTT", Unit: "Đơn vị tính: Số hồ sơ TTHC", Header: header, Formula: formula, Columns: make([]model.Column, 16),
		Notes: []string{"Ghi chú: Cột (5a), (10a), (13a) là hồ sơ không rõ hình thức nộp hoặc không có ngày hẹn trả; không tính vào đúng hạn.", "Nguồn: Hệ thống một cửa điện tử, dữ liệu của 11/11 đơn vị."}}
	t.Columns[0].Align = model.Center
	for i := range n {
		cells := []model.Cell{{Value: model.Text(fmt.Sprint(i + 1))}, {Value: model.Text(fields[i%len(fields)])}}
		for c := 2; c < 16; c++ {
			cells = append(cells, model.Cell{Value: model.Int(int64((i*37 + c*c*11) % 1400))})
		}
		style := model.Body
		if i%9 == 4 {
			style, cells[1].Value = model.Detail, model.Text("Trong đó: liên thông")
		}
		if i%9 == 8 {
			style, cells[1].Value = model.Group, model.Text("Cấp xã")
		}
		t.Rows = append(t.Rows, model.Row{Cells: cells, Style: style})
	}
	total := []model.Cell{{Value: model.Text("Tổng cộng"), ColSpan: 2, Align: model.Center}, covered}
	for c := 2; c < 16; c++ {
		total = append(total, model.Cell{Value: model.Int(int64(c * 12345))})
	}
	t.Total = []model.Row{{Cells: total, Style: model.Sum}}
	return t
}

func simpleTable() model.Table {
	c := func(v model.Value) model.Cell { return model.Cell{Value: v} }
	t := model.Table{ID: "t1", Title: "Kết quả thực hiện một số chỉ tiêu", Columns: []model.Column{{}, {}, {}, {}, {}},
		Header: [][]model.Cell{{h("Chỉ tiêu", 1, 1), h("Tử số", 1, 1), h("Mẫu số", 1, 1), h("Tỷ lệ", 1, 1), h("So với kỳ trước", 1, 1)}}}
	for i, n := range []string{"Tỷ lệ hồ sơ giải quyết đúng hạn trên số đã giải quyết", "Tỷ lệ hồ sơ trực tuyến mức độ 3, 4 trên số tiếp nhận trong kỳ", "Tỷ lệ văn bản đi được ký số", "Tỷ lệ nhận hoặc trả kết quả qua bưu chính"} {
		ratio := model.Cell{Value: model.Share(int64(764-i*200), 771)}
		if i == 3 {
			ratio.Tone = model.Bad
		}
		r := model.Row{Cells: []model.Cell{c(model.Text(n)), c(model.Int(int64(764 - i*200))), c(model.Int(771)), ratio, c(model.PointsBetween(model.Share(int64(764-i*200), 771), model.Share(4, 5)))}}
		if i == 2 {
			r.Cells[4] = c(model.None("kỳ trước chưa có dữ liệu"))
		}
		if i == 1 {
			r.Style = model.Marked
		}
		t.Rows = append(t.Rows, r)
	}
	t.Notes = []string{"Ghi chú: “–” là không có số liệu để so sánh."}
	return t
}

func overdue(n int) model.Table {
	t := model.Table{ID: "overdue", Title: "Hồ sơ giải quyết quá hạn và đang quá hạn", Columns: []model.Column{{Width: 1}, {Width: 5}, {Width: 6}, {Width: 2}, {Width: 2}, {Width: 2}, {Width: 1.5}, {Width: 1.5}}, Selected: n + 712, Sheet: "Hồ sơ quá hạn"}
	t.Header = [][]model.Cell{{h("STT", 1, 1), h("Mã hồ sơ", 1, 1), h("Đơn vị", 1, 1), h("Tiếp nhận", 1, 1), h("Hẹn trả", 1, 1), h("Kết thúc", 1, 1), h("Số ngày quá hạn", 1, 1), h("Thư xin lỗi", 1, 1)}}
	for i := range n {
		d := day(2021, 3, 1).AddDate(0, 0, i)
		end := model.Cell{Value: model.Date(d.AddDate(0, 0, 20))}
		if i%7 == 0 {
			end = model.Cell{Value: model.Text("chưa kết thúc"), Tone: model.Bad}
		}
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{{Value: model.Int(int64(i + 1))}, {Value: model.Text(fmt.Sprintf("000.19.12.H10-2103%02d-%04d", i%28+1, i))}, {Value: model.Text("Ủy ban nhân dân xã Thượng Quan")},
			{Value: model.Date(d)}, {Value: model.Date(d.AddDate(0, 0, 12))}, end, {Value: model.Int(int64(i%30 + 1))}, {Value: model.Text("Có")}}})
	}
	return t
}

// brief is what a delegation reads on the way: figures, charts, short tables.
func brief() model.Report {
	kf := model.KeyFigures{Items: []model.KeyFigure{
		{Label: "Hồ sơ tiếp nhận", Value: model.Int(826), Detail: "772 trong kỳ + 54 kỳ trước chuyển qua", Tone: model.Neutral},
		{Label: "Đúng hạn trên số đã giải quyết", Value: model.Share(764, 771), Detail: "764/771 hồ sơ · mục tiêu ≥ 98 %", Tone: model.Good},
		{Label: "Trực tuyến mức độ 3, 4", Value: model.Share(70, 1265), Detail: "70/1.265 hồ sơ · mục tiêu ≥ 30 %", Tone: model.Bad},
		{Label: "Nhiệm vụ hoàn thành", Value: model.Share(30, 40), Detail: "30/40 nhiệm vụ", Tone: model.Neutral},
		{Label: "Hồ sơ quá hạn chưa giải quyết", Value: model.Int(1), Detail: "1 hồ sơ của xã", Tone: model.Bad},
		{Label: "Văn bản ký số cá nhân", Value: model.None("chưa gửi dữ liệu"), Detail: "chưa gửi dữ liệu", Tone: model.Muted},
		{Label: "Điểm tự chấm", Value: model.Millionths(84280000), Detail: "trên 100 điểm", Tone: model.Neutral},
	}}
	names := []string{"Huyện Hiệp Hòa", "Huyện Lạng Giang", "Huyện Lục Nam", "Huyện Lục Ngạn", "Huyện Sơn Động", "Huyện Tân Yên", "Huyện Việt Yên", "Huyện Yên Dũng", "Huyện Yên Thế", "Trung tâm Phục vụ hành chính công và Kiểm soát thủ tục hành chính thành phố Bắc Giang"}
	target := model.Share(98, 100)
	bars := model.Chart{ID: "c1", Kind: model.Bars, Title: "Tỷ lệ đúng hạn trên số đã giải quyết, theo đơn vị", Categories: names, Percent: true, Target: &target, TargetName: "Mục tiêu"}
	s := model.Series{Name: "9 tháng 2021"}
	for i := range names {
		v := model.Share(int64(1000-i*i*4), 1000)
		tone := model.Good
		if i > 2 {
			tone = model.Bad
		}
		if i == 8 {
			v, tone = model.None("chưa gửi dữ liệu"), model.Muted
		}
		s.Values, s.Tones = append(s.Values, v), append(s.Tones, tone)
	}
	bars.Series = []model.Series{s}
	stacked := model.Chart{ID: "c2", Kind: model.Stacked, Title: "Hồ sơ đã giải quyết theo thời hạn", Categories: names[:6]}
	for k, n := range []string{"Trước hạn", "Đúng hạn", "Quá hạn", "Không xác định hạn"} {
		se := model.Series{Name: n}
		for i := range 6 {
			se.Values = append(se.Values, model.Int(int64((i+2)*(5-k)*(5-k)*7)))
		}
		stacked.Series = append(stacked.Series, se)
	}
	line := model.Chart{ID: "c3", Kind: model.Line, Title: "Diễn biến tỷ lệ đúng hạn qua các kỳ", Percent: true, Target: &target, TargetName: "Mục tiêu",
		Categories: []string{"Quý I/2020", "Quý II/2020", "Quý III/2020", "Quý IV/2020", "Quý I/2021", "Quý II/2021", "Quý III/2021"}}
	for k, n := range []string{"Cấp huyện", "Cấp xã", "Toàn tỉnh"} {
		se := model.Series{Name: n}
		for i := range 7 {
			v := model.Share(int64(940+(i*(k+3)*13)%57), 1000)
			if k == 1 && i == 3 {
				v = model.None("chưa gửi dữ liệu")
			}
			se.Values = append(se.Values, v)
		}
		line.Series = append(line.Series, se)
	}
	grouped := bars
	grouped.Title, grouped.ID, grouped.Target = "Hồ sơ tiếp nhận, kỳ này và kỳ trước", "c4", nil
	grouped.Percent, grouped.Categories = false, names[:4]
	grouped.Series = []model.Series{{Name: "9 tháng 2021"}, {Name: "9 tháng 2020"}}
	for i := range 4 {
		grouped.Series[0].Values = append(grouped.Series[0].Values, model.Int(int64(1200-i*150)))
		grouped.Series[1].Values = append(grouped.Series[1].Values, model.Int(int64(900+i*70)))
	}
	return model.Report{Kind: "brief", Title: "Tóm tắt phục vụ kiểm tra", Subject: "UBND huyện Ngân Sơn", Author: "Sở Nội vụ", Draft: true, Created: day(2021, 9, 16), Footer: "Bản v1 · số liệu đến 14/09/2021",
		Sections: []model.Section{{Blocks: []model.Block{
			model.Title{Name: "TÓM TẮT PHỤC VỤ KIỂM TRA", Subject: []string{"UBND huyện Ngân Sơn – 9 tháng đầu năm 2021"}},
			model.Heading{Level: 1, Text: "Số liệu chính"}, kf,
			model.Heading{Level: 1, Text: "So sánh giữa các đơn vị"}, bars, simpleTable(), stacked, line, grouped, model.Rule{},
			model.Paragraph{Small: true, Spans: []model.Span{{Text: "Số liệu do các đơn vị gửi; đơn vị chưa gửi được ghi “–”."}}},
			model.Table{Title: "Mẫu hồ sơ kiểm tra", NotPaged: true, Rows: make([]model.Row, 300), Sheet: "Mẫu hồ sơ", ID: "np"},
		}}}}
}
