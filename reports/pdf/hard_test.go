package pdf

import (
	"fmt"
	"strings"

	"cchc/reports/model"
)

// hard is what strains a layout: long names, a chart over two pages, a row taller
// than a page, cells over several rows, missing units.
func hard() model.Report {
	return model.Report{Title: "Báo cáo thử", Author: "Sở Nội vụ", Created: day(2021, 1, 1), Footer: strings.Repeat("Chân trang dài ", 30), Sections: []model.Section{{Blocks: []model.Block{
		model.Letterhead{Superior: "ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ", Issuer: "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", Number: "Số:      /BC-SVHTTDL", Place: "Cần Thơ, ngày 05 tháng 01 năm 2017"},
		model.Title{Name: "BÁO CÁO", Subject: []string{"Tình hình thực hiện công tác cải cách hành chính năm 2016 và phương hướng nhiệm vụ năm 2017 của Sở Văn hóa, Thể thao và Du lịch"}},
		model.List{Ordered: true, Items: [][]model.Span{{{Text: "Một"}}, {{Text: "Hai"}}}},
		model.Blank{Prompt: "Nguyên nhân"},
		mergedRows(), ranking(25), longRanking(60), differences(), composition(), months(), longCell(),
		model.Paragraph{Spans: []model.Span{{Text: "Hết."}}},
		model.Signature{Recipients: []string{"- Như trên;", "- Lưu: VT."}, Authority: "TM. ỦY BAN NHÂN DÂN", Position: "CHỦ TỊCH"},
	}}}}
}

func longRanking(n int) model.Chart {
	target := model.Share(3, 10)
	c := model.Chart{ID: "x", Title: "Tỷ lệ hồ sơ trực tuyến mức độ 3, 4 theo xã", Percent: true, Target: &target, TargetName: "Mục tiêu của Ủy ban nhân dân tỉnh", Series: make([]model.Series, 1)}
	for i := range n {
		c.Categories = append(c.Categories, fmt.Sprintf("UBND xã Thượng Quan số %d", i))
		c.Series[0].Values = append(c.Series[0].Values, model.Share(int64(n-i), int64(n+1)))
	}
	return c
}

func differences() model.Chart {
	third := model.Share(1, 3)
	return model.Chart{Title: "Chênh lệch so với kỳ trước", Percent: true, Categories: []string{"Huyện A", "Huyện B", "Huyện C"},
		Series: []model.Series{{Values: []model.Value{model.PointsBetween(model.Share(1, 2), third), model.PointsBetween(model.Share(1, 5), third), model.PointsBetween(third, third)}}}}
}

func composition() model.Chart {
	two := func(a, b int64) []model.Value { return []model.Value{model.Share(a, 100), model.Share(b, 100)} }
	return model.Chart{Kind: model.Stacked, Percent: true, Title: "Cơ cấu kết quả giải quyết", Categories: []string{"Cấp huyện", "Cấp xã"},
		Series: []model.Series{{Name: "Trước hạn", Values: two(60, 30)}, {Name: "Đúng hạn", Values: two(38, 69)}, {Name: "Quá hạn", Values: two(2, 1), Tones: []model.Tone{model.Bad, model.Bad}}}}
}

func months() model.Chart {
	c := model.Chart{Kind: model.Line, Title: "Số hồ sơ tiếp nhận theo tháng", Series: make([]model.Series, 1)}
	for i := range 14 {
		c.Categories = append(c.Categories, fmt.Sprintf("Tháng %02d/2021", i+1))
		c.Series[0].Values = append(c.Series[0].Values, model.Int(int64(700+i*i*13%400)))
	}
	return c
}

func longCell() model.Table {
	t := simpleTable()
	t.Rows[0].Cells[0].Value = model.Text(strings.Repeat("Một ô rất dài để xem hàng được cắt qua trang như thế nào. ", 120))
	return t
}

func mergedRows() model.Table {
	t := model.Table{Title: "Ô gộp nhiều hàng", Columns: make([]model.Column, 3), Header: [][]model.Cell{{h("Đơn vị", 1, 1), h("Tiêu chí", 1, 1), h("Kết quả", 1, 1)}}}
	for i := range 9 {
		unit := covered
		if i%3 == 0 {
			unit = h(fmt.Sprintf("Xã số %d", i/3), 1, 3)
		}
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{unit, h("Niêm yết công khai thủ tục hành chính tại nơi tiếp nhận", 1, 1), h("đạt", 1, 1)}})
	}
	return t
}

func ranking(n int) model.Table {
	x := covered
	t := model.Table{Title: "So sánh các đơn vị", Columns: make([]model.Column, 10), Header: [][]model.Cell{
		{h("Hạng", 1, 2), h("Đơn vị", 1, 2), h("Đúng hạn trên số đã giải quyết", 3, 1), x, x, h("Hồ sơ trực tuyến mức độ 3, 4", 3, 1), x, x, h("Số đơn vị có dữ liệu", 1, 2), h("Nguồn", 1, 2)},
		{x, x, h("Tử số", 1, 1), h("Mẫu số", 1, 1), h("Tỷ lệ", 1, 1), h("Tử số", 1, 1), h("Mẫu số", 1, 1), h("Tỷ lệ", 1, 1), x, x}}}
	for i := range n {
		k := int64(i)
		r := model.Row{Cells: []model.Cell{{Value: model.Int(k + 1), Align: model.Center}, {Value: model.Text("UBND huyện Lạng Giang")}, {Value: model.Int(1000 - k)}, {Value: model.Int(1000)}, {Value: model.Share(1000-k, 1000)},
			{Value: model.Int(300 - k*9)}, {Value: model.Int(812)}, {Value: model.Share(300-k*9, 812), Tone: model.Bad}, {Value: model.Text("8/10")}, {Value: model.Text("số tự báo cáo")}}}
		if i == 4 {
			r.Style = model.Marked
		}
		if i == 9 {
			for c := 2; c < 10; c++ {
				r.Cells[c] = model.Cell{Value: model.None("chưa gửi dữ liệu"), Tone: model.Muted}
			}
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}
