package form

import (
	"fmt"
	"strings"

	"cchc/pipeline/dataset"
	"cchc/reports/xlsx/workbook"
)

// guideWidths are the columns of "Hướng dẫn": number, column, required, meaning,
// allowed values.
var guideWidths = []float64{6, 28, 17, 60, 46}

// howTo is what an office reads before it fills in.
var howTo = []string{
	"Mỗi dòng của trang “%s” là %s. Không đổi tên cột ở dòng 1; có thể đổi thứ tự hoặc bỏ những cột không bắt buộc.",
	"Cột có dấu * (nền cam) là bắt buộc; dòng thiếu hoặc sai ở cột này sẽ được trả lại kèm lý do, các dòng khác vẫn được nhận.",
	"Ngày tháng nhập theo dạng ngày/tháng/năm, ví dụ 05/01/2021; khi có giờ: 05/01/2021 08:30. Ô của cột mã đã định dạng văn bản để không mất số 0 ở đầu.",
	"Ô có danh sách thả xuống: chỉ chọn giá trị trong danh sách; chưa biết thì để trống.",
	"Dòng 2 là dòng ví dụ: hãy ghi đè hoặc xóa trước khi gửi.",
	"Không nhập họ tên, địa chỉ, số điện thoại, thư điện tử hay số giấy tờ của tổ chức, cá nhân: các cột đó không được nhận.",
	"Gửi lại cùng một dòng (cùng các cột đánh dấu “nhận dạng”) thì dòng mới thay dòng cũ, kể cả các ô để trống.",
}

// writeGuide writes the first sheet. It returns, per field, the cells that hold
// its closed list when the drop-down cannot.
func (f *filler) writeGuide() []string {
	s := f.guide
	s.NoGrid = true
	for i, w := range guideWidths {
		s.Width(i+1, w)
	}
	row := 1
	line := func(text string, st workbook.Style) {
		st.Wrap, st.Top = true, true
		s.Put(row, 1, workbook.Cell{Value: text, Style: f.style(st)})
		s.Merge(row, 1, row, len(guideWidths))
		size := max(st.Size, 11)
		s.Height(row, size*1.36*float64(workbook.Lines(text, 150*11/size))+4)
		row++
	}
	line("Biểu nhập số liệu: "+f.d.Label, workbook.Style{Bold: true, Size: 15, Color: ink})
	line(purposes[f.d.Name], workbook.Style{Italic: true, Color: muted})
	row++
	line("Cách điền", workbook.Style{Bold: true, Size: 12, Color: ink})
	for i, l := range howTo {
		if strings.Contains(l, "%s") {
			l = fmt.Sprintf(l, f.form.Name, things[f.d.Name])
		}
		line(fmt.Sprintf("%d. %s", i+1, l), workbook.Style{})
	}
	row++
	line("Các cột", workbook.Style{Bold: true, Size: 12, Color: ink})
	row = f.columnTable(row) + 1
	return f.longLists(row)
}

func (f *filler) columnTable(row int) int {
	s := f.guide
	head := f.style(workbook.Style{Bold: true, Fill: headFill, Border: true, Align: "center", Wrap: true})
	for i, h := range []string{"STT", "Cột", "Bắt buộc", "Ý nghĩa", "Giá trị được nhận"} {
		s.Put(row, i+1, workbook.Cell{Value: h, Style: head})
	}
	s.TitleFrom, s.TitleTo = row, row
	row++
	body := f.style(workbook.Style{Border: true, Wrap: true, Top: true})
	mid := f.style(workbook.Style{Border: true, Wrap: true, Top: true, Align: "center"})
	bold := f.style(workbook.Style{Border: true, Wrap: true, Top: true, Bold: true})
	for i, field := range f.d.Fields {
		must := "không"
		if needed(f.d, field) {
			must = "có"
		}
		if field.Key {
			must += ", nhận dạng"
		}
		cells := []string{fmt.Sprint(i + 1), field.Label, must, meaning(f.d, field), accepted(field)}
		lines := 1
		for c, text := range cells {
			st := []int{mid, bold, mid, body, body}[c]
			s.Put(row, c+1, workbook.Cell{Value: text, Style: st})
			lines = max(lines, workbook.Lines(text, guideWidths[c]*0.95))
		}
		s.Put(row, 1, workbook.Cell{Value: int64(i + 1), Style: mid})
		s.Height(row, 15*float64(lines)+3)
		row++
	}
	return row
}

// longLists writes the lists that a drop-down cannot hold in itself.
func (f *filler) longLists(row int) []string {
	sources := make([]string, len(f.d.Fields))
	for i, field := range f.d.Fields {
		list := allowed(field)
		if len(list) == 0 || inline(list) {
			continue
		}
		f.guide.Put(row, 2, workbook.Cell{Value: "Danh sách của cột “" + field.Label + "”", Style: f.style(workbook.Style{Bold: true})})
		for k, v := range list {
			f.guide.Put(row+1+k, 2, workbook.Cell{Value: v})
		}
		sources[i] = fmt.Sprintf("'%s'!$B$%d:$B$%d", f.guide.Name, row+1, row+len(list))
		row += len(list) + 2
	}
	return sources
}

// accepted says in words what a cell of the field may hold.
func accepted(f dataset.Field) string {
	switch f.Type {
	case dataset.Enum, dataset.Flag:
		s := strings.Join(allowed(f), "; ")
		if f.Lenient {
			s += " (giá trị khác được ghi là không rõ)"
		}
		return s
	case dataset.Level:
		return "1; 2; 3; 4 (một phần = 3, toàn trình = 4)"
	case dataset.Period:
		return "2021-M09 (tháng), 2021-Q3 (quý), 2021-H1 (6 tháng), 2021-9M (9 tháng), 2021-Y (năm)"
	case dataset.Date:
		return "ngày/tháng/năm" + future(f)
	case dataset.Time:
		return "ngày/tháng/năm, có thể kèm giờ:phút" + future(f)
	case dataset.Int:
		return "số nguyên"
	case dataset.Number:
		return "số, phần lẻ tối đa 6 chữ số"
	case dataset.Code:
		return "mã, không phân biệt chữ hoa, chữ thường"
	}
	return "văn bản"
}

func future(f dataset.Field) string {
	if f.Future {
		return ""
	}
	return ", không sau ngày gửi"
}

// prompt is what Excel shows beside the cell, at most 255 characters.
func prompt(d *dataset.Dataset, f dataset.Field) string {
	s := meaning(d, f) + "\nGiá trị: " + accepted(f) + "."
	if len(allowed(f)) > 0 { // the drop-down shows them
		s = meaning(d, f) + "\nChọn trong danh sách."
	}
	if needed(d, f) {
		s = "Bắt buộc. " + s
	}
	return s
}
