package xlsx

import (
	"fmt"
	"time"

	"cchc/reports/model"
)

var (
	day    = time.Date(2021, 9, 14, 0, 0, 0, 0, time.UTC)
	moment = time.Date(2021, 9, 15, 8, 30, 0, 0, time.UTC)
)

func txt(s string) model.Cell      { return model.Cell{Value: model.Text(s)} }
func num(n int64) model.Cell       { return model.Cell{Value: model.Int(n)} }
func hidden() model.Cell           { return model.Cell{Covered: true} }
func columns(n int) []model.Column { return make([]model.Column, n) }

func head(s string, cols, rows int) model.Cell {
	return model.Cell{Value: model.Text(s), ColSpan: cols, RowSpan: rows}
}

// form is table II.06a: a header of three levels, a row of formulae, a total.
func form() model.Table {
	c, h := hidden(), head
	t := model.Table{
		ID: "ii06a", Title: "Tình hình, kết quả giải quyết TTHC tại cơ quan, đơn vị trực tiếp giải quyết TTHC",
		Sheet: "Biểu II.06a", Unit: "Đơn vị tính: Số hồ sơ TTHC", Columns: columns(13),
		Header: [][]model.Cell{
			{h("STT", 1, 3), h("Lĩnh vực", 1, 3), h("Số lượng hồ sơ tiếp nhận", 4, 1), c, c, c,
				h("Số lượng hồ sơ đã giải quyết", 4, 1), c, c, c, h("Số lượng hồ sơ đang giải quyết", 3, 1), c, c},
			{c, c, h("Tổng số", 1, 2), h("Trong kỳ", 2, 1), c, h("Từ kỳ trước", 1, 2), h("Tổng số", 1, 2), h("Trước hạn", 1, 2),
				h("Đúng hạn", 1, 2), h("Quá hạn", 1, 2), h("Tổng số", 1, 2), h("Trong hạn", 1, 2), h("Quá hạn", 1, 2)},
			{c, c, c, txt("Trực tuyến"), txt("Trực tiếp, dịch vụ bưu chính"), c, c, c, c, c, c, c, c},
		},
		Notes: []string{"Số liệu của 10/10 đơn vị, đến ngày 14/9/2021.", "Hồ sơ hẹn trả đúng ngày chốt số liệu được tính là trong hạn."},
	}
	for i, f := range []string{"(1)", "(2)", "(3)=(4)+(5)+(6)", "(4)", "(5)", "(6)", "(7)=(8)+(9)+(10)", "(8)", "(9)", "(10)", "(11)=(12)+(13)", "(12)", "(13)"} {
		_ = i
		t.Formula = append(t.Formula, txt(f))
	}
	fields := []string{"Đất đai", "Hộ tịch", "Chứng thực", "Bảo trợ xã hội", "Thành lập và hoạt động của hộ kinh doanh", "Lao động, thương binh và xã hội"}
	var sums [11]int64
	for i, f := range fields {
		r := model.Row{Cells: []model.Cell{num(int64(i + 1)), txt(f)}}
		on, off, old := int64(20+i*7), int64(1200/(i+1)), int64(3*i)
		late, pend, over := int64(i%3), int64(5+i), int64(i%2)
		in := on + off + old
		done := in - pend
		early := done - late - 4
		for k, v := range []int64{in, on, off, old, done, early, 4, late, pend, pend - over, over} {
			cell := num(v)
			if k == 7 && v > 0 {
				cell.Tone = model.Bad
			}
			r.Cells = append(r.Cells, cell)
			sums[k] += v
		}
		t.Rows = append(t.Rows, r)
	}
	total := model.Row{Style: model.Sum, Cells: []model.Cell{{Value: model.Text("Tổng cộng"), ColSpan: 2}, c}}
	for _, s := range sums {
		total.Cells = append(total.Cells, num(s))
	}
	t.Total = []model.Row{total}
	return t
}

// kinds is a flat table with every kind of value.
func kinds() model.Table {
	link := model.Share(70, 1265)
	link.Link = "ii06a"
	return model.Table{
		ID: "kinds", Title: "So sánh các đơn vị", Columns: columns(8),
		Header: [][]model.Cell{{txt("Đơn vị"), txt("Hồ sơ tiếp nhận"), txt("Tỷ lệ trực tuyến"), txt("So với kỳ trước"),
			txt("Điểm"), txt("Số liệu đến ngày"), txt("Cập nhật lúc"), txt("Ghi chú")}},
		Rows: []model.Row{
			{Cells: []model.Cell{txt("UBND xã Bằng Vân"), num(1265), {Value: link}, {Value: model.PointsBetween(model.Share(1, 2), model.Share(1, 4)), Tone: model.Good},
				{Value: model.Millionths(84_280_000)}, {Value: model.Date(day)}, {Value: model.Value{Kind: model.Moment, Date: moment}}, txt("=HYPERLINK(\"http://a\")")}},
			{Style: model.Marked, Cells: []model.Cell{txt("UBND xã Cốc Đán"), num(0), {Value: model.Share(1, 800), Tone: model.Bad},
				{Value: model.PointsBetween(model.Share(1, 4), model.Share(1, 2)), Tone: model.Bad},
				{Value: model.Millionths(-500_000)}, {Value: model.Date(day)}, {}, txt("-1+2")}},
			{Cells: []model.Cell{txt("UBND xã Đức Vân"), {Value: model.None("chưa gửi dữ liệu"), Tone: model.Muted}, {Value: model.Share(0, 0)},
				{Value: model.None("không có số liệu để so sánh")}, {Value: model.Millionths(5_000_000)}, {}, {}, txt("+84, @đơn vị")}},
			{Cells: []model.Cell{txt("UBND xã Hiệp Lực"), {Value: model.Value{Kind: model.Integer, Num: 12, Unit: "hồ sơ"}}, {Value: model.Share(1999, 2000)},
				{Value: model.PointsBetween(model.Share(1, 4), model.Share(1, 4))}, {Value: model.Millionths(123)}, {}, {}, txt("@SUM(A1) \x00\x0b hết")}},
		},
		Notes: []string{"Tỷ lệ trực tuyến: hồ sơ nộp trực tuyến trên hồ sơ tiếp nhận trong kỳ."},
	}
}

func list(n int) model.Table {
	t := model.Table{ID: "hoso", Title: "Hồ sơ đứng sau số liệu", Sheet: "Hồ sơ",
		Columns: []model.Column{{Name: "dossier_code", NoWrap: true}, {Name: "field"}, {Name: "received_at"}, {Name: "due_at"}, {Name: "days"}},
		Header:  [][]model.Cell{{txt("Mã hồ sơ"), txt("Lĩnh vực"), txt("Ngày tiếp nhận"), txt("Ngày hẹn trả"), txt("Số ngày")}}}
	for i := range n {
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{txt(fmt.Sprintf("000.19.12.H10-210915-%06d", i+1)), txt("Đất đai"),
			{Value: model.Value{Kind: model.Moment, Date: moment.Add(time.Duration(i) * time.Minute)}}, {Value: model.Date(day.AddDate(0, 0, i%30))}, num(int64(i % 7))}})
	}
	return t
}

func chart(kind model.ChartKind) model.Chart {
	target := model.Share(8, 10)
	c := model.Chart{ID: fmt.Sprint("chart", kind), Kind: kind, Title: "Tỷ lệ giải quyết đúng hạn", Percent: true, Target: &target, TargetName: "Mục tiêu ≥ 80 %",
		Categories: []string{"UBND xã Bằng Vân", "UBND xã Cốc Đán", "UBND xã Đức Vân", "UBND xã Hiệp Lực", "UBND thị trấn Nà Phặc"},
		Series: []model.Series{{Name: "Đúng hạn", Values: []model.Value{model.Share(99, 100), model.Share(70, 100), model.None("chưa gửi dữ liệu"), model.Share(85, 100), model.Share(1, 1)},
			Tones: []model.Tone{model.Good, model.Bad, model.Muted, model.Good, model.Good}}}}
	switch kind {
	case model.Stacked:
		c.Title, c.Percent, c.Target = "Hồ sơ theo hình thức nộp", false, nil
		c.Series = nil
		for s, n := range []string{"Trực tuyến", "Trực tiếp", "Bưu chính"} {
			ser := model.Series{Name: n}
			for i := range c.Categories {
				ser.Values = append(ser.Values, model.Int(int64(30*(s+1)+11*i)))
			}
			c.Series = append(c.Series, ser)
		}
	case model.Line:
		c.Title = "Diễn biến theo quý"
		c.Categories = []string{"Quý I", "Quý II", "Quý III", "Quý IV", "Quý I/2022"}
	}
	return c
}

func report() model.Report {
	share := model.Share(818, 826)
	return model.Report{
		Kind: "brief", Title: "Báo cáo nhanh phục vụ kiểm tra cải cách hành chính", Subject: "UBND huyện Ngân Sơn – 9 tháng đầu năm 2021 (15/12/2020–14/9/2021)",
		Author: "UBND tỉnh Bắc Kạn", Language: "vi-VN", Created: moment, Draft: true, Footer: "Ấn bản 1 & số liệu đến ngày 14/9/2021",
		Sections: []model.Section{
			{Blocks: []model.Block{
				model.Letterhead{Issuer: "UBND TỈNH BẮC KẠN"},
				model.Title{Name: "BÁO CÁO", Subject: []string{"Kết quả công tác cải cách hành chính 9 tháng đầu năm 2021"}},
				model.KeyFigures{Items: []model.KeyFigure{
					{Label: "Giải quyết đúng và trước hạn", Value: share, Detail: "764 + 54 / 826 hồ sơ", Tone: model.Good},
					{Label: "Hồ sơ quá hạn", Value: model.Int(8), Detail: "7 đã trả, 1 đang giải quyết", Tone: model.Bad},
					{Label: "Dịch vụ bưu chính công ích", Value: model.None("mẫu số bằng 0"), Tone: model.Muted},
				}},
				model.Heading{Level: 1, Text: "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"},
				model.Paragraph{Spans: []model.Span{{Text: "Trong 9 tháng đầu năm 2021, huyện hoàn thành 30/40 nhiệm vụ của kế hoạch; tỷ lệ giải quyết hồ sơ đúng và trước hạn là "},
					{Value: &share}, {Text: ", trong đó cấp xã đạt cao hơn cấp huyện và không có đơn vị nào để hồ sơ quá hạn mà không có thư xin lỗi."}}},
				model.List{Items: [][]model.Span{{{Text: "Đã kiểm tra 5 đơn vị."}}, {{Text: "Đã niêm yết 273/273 thủ tục."}}}},
				model.Heading{Level: 2, Text: "1. Cải cách thủ tục hành chính"},
				model.Blank{Prompt: "Đơn vị bổ sung nội dung tuyên truyền"},
				kinds(),
				chart(model.Bars), chart(model.Stacked), chart(model.Line),
			}},
			{Landscape: true, Annex: true, Blocks: []model.Block{model.Heading{Level: 1, Text: "PHỤ LỤC"}, form()}},
		},
		Evidence: []model.Table{list(40)},
		Headline: []model.Named{{Name: "dossiers.received", Label: "Hồ sơ tiếp nhận", Value: model.Int(826)},
			{Name: "dossiers.on_time_overall", Label: "Tỷ lệ giải quyết đúng hạn", Value: share}, {Name: "c3", Label: "Cột 3", Value: model.Int(3)},
			{Name: "dossiers.by_post", Label: "Tỷ lệ qua bưu chính", Value: model.Share(0, 0)}},
	}
}
