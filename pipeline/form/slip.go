package form

import (
	"fmt"
	"sort"
	"strings"
	"time"

	"cchc/pipeline/dataset"
	"cchc/reports/model"
)

// SlipData is what a return slip says about one file: what was taken, what goes
// back and why.
type SlipData struct {
	File     string
	SHA256   string
	Dataset  *dataset.Dataset // nil when it was not recognised
	Layout   string
	AsOf     time.Time // the state of the data; zero: not known
	Received time.Time // the clock of the import
	Counts   SlipCounts
	Refusal  string // reason when the whole file was set aside, Vietnamese; else empty
	Header   []string
	Rows     []SlipRow
	Unknown  int      // columns that were not taken; their names are not shown
	Notes    []string // how the file was read: encoding, repaired codes, hidden texts, sheets left
}

// SlipCounts accounts for every row of the file:
// Rows = Added + Changed + Unchanged + Older + Duplicate + Skipped + Returned.
// Removed counts stored rows that a replacing export no longer has.
type SlipCounts struct {
	Rows, Added, Changed, Unchanged, Older, Duplicate, Skipped, Returned, Removed int
}

// SlipRow is a row that goes back, as it stands in the file.
type SlipRow struct {
	Sheet    string // empty for a format without sheets
	Line     int    // row number in the sheet or file, from 1
	Cells    []string
	Problems []SlipProblem
}

// SlipProblem is one reason. Column counts from 0 in Header and Cells; -1 is the
// row as a whole.
type SlipProblem struct {
	Column int
	Reason string // Vietnamese
}

// reason is a line of the summary: a reason, how often, and where first.
type reason struct {
	column, text string
	rows         int
	first        string
}

// maxReasons is how many lines the summary of reasons has.
const maxReasons = 40

func (s SlipData) check() error {
	c := s.Counts
	if sum := c.Added + c.Changed + c.Unchanged + c.Older + c.Duplicate + c.Skipped + c.Returned; s.Refusal == "" && sum != c.Rows {
		return fmt.Errorf("return slip of %s: %d rows are accounted for as %d", s.File, c.Rows, sum)
	}
	if s.Refusal == "" && len(s.Rows) != c.Returned {
		return fmt.Errorf("return slip of %s: %d rows go back, %d are listed", s.File, c.Returned, len(s.Rows))
	}
	return nil
}

// account is the accounting line in words.
func (s SlipData) account() string {
	c := s.Counts
	return fmt.Sprintf("%s dòng = %s thêm mới + %s thay đổi + %s không đổi + %s cũ hơn số đã có + %s trùng lặp + %s bỏ qua + %s trả lại",
		dot(c.Rows), dot(c.Added), dot(c.Changed), dot(c.Unchanged), dot(c.Older), dot(c.Duplicate), dot(c.Skipped), dot(c.Returned))
}

type countLine struct {
	label, meaning string
	n              int
	back           bool // the rows that go back
}

func (s SlipData) counts() []countLine {
	c := s.Counts
	lines := []countLine{
		{label: "Số dòng trong tệp", meaning: "không kể dòng tiêu đề, dòng tổng cộng và dòng trống", n: c.Rows},
		{label: "– Thêm mới", meaning: "chưa có trước đây, đã nhận", n: c.Added},
		{label: "– Thay đổi", meaning: "đã có, nội dung mới thay nội dung cũ", n: c.Changed},
		{label: "– Không đổi", meaning: "đã có, nội dung như cũ", n: c.Unchanged},
		{label: "– Cũ hơn số đã có", meaning: "số liệu đang lưu mới hơn, không thay", n: c.Older},
		{label: "– Trùng lặp", meaning: "lặp lại nguyên một dòng khác trong tệp", n: c.Duplicate},
		{label: "– Bỏ qua", meaning: "dòng “Trong đó” hoặc dòng không tính", n: c.Skipped},
		{label: "– Trả lại", meaning: "chưa nhận, xem lý do bên dưới", n: c.Returned, back: true},
	}
	if c.Removed > 0 {
		lines = append(lines, countLine{label: "Đã bỏ khỏi số liệu lưu", meaning: "không còn trong bản gửi thay thế", n: c.Removed})
	}
	return lines
}

func (s SlipData) verdict() string {
	switch {
	case s.Refusal != "":
		return "Chưa nhận được tệp này: " + s.Refusal
	case s.Counts.Returned > 0:
		return fmt.Sprintf("Đã nhận %s dòng; trả lại %s dòng để đơn vị sửa.", dot(s.Counts.Added+s.Counts.Changed+s.Counts.Unchanged), dot(s.Counts.Returned))
	}
	return "Đã nhận toàn bộ tệp; không có dòng nào phải sửa."
}

// next is what the office does now.
func (s SlipData) next() []string {
	if s.Refusal != "" {
		return []string{
			"Sửa nguyên nhân nêu trên ngay tại phần mềm nguồn, không sửa trên tệp đã kết xuất.",
			"Kết xuất lại và gửi lại tệp như lần trước. Chưa có dòng nào của tệp này được đưa vào số liệu.",
		}
	}
	if s.Counts.Returned == 0 {
		return []string{"Đơn vị không phải làm gì thêm."}
	}
	return []string{
		"Mở trang “Dòng cần sửa”: mỗi dòng ghi trang tính, số dòng trong tệp đã gửi và lý do; ô sai được tô màu.",
		"Sửa từng dòng ngay tại phần mềm nguồn (phần mềm một cửa, sổ văn bản, …), để lần kết xuất sau không lặp lại lỗi.",
		"Kết xuất lại và gửi lại cả tệp, hoặc chỉ các dòng đã sửa, theo cùng cách đã gửi. Dòng đã nhận không bị tính hai lần.",
	}
}

// about is the identity of the file: label and value.
func (s SlipData) about() [][2]string {
	label := "chưa xác định được"
	if s.Dataset != nil {
		label = s.Dataset.Label
	}
	lines := [][2]string{{"Tệp", s.File}, {"Mã kiểm tra (SHA-256)", s.SHA256}, {"Loại số liệu", label}}
	if s.Layout != "" {
		lines = append(lines, [2]string{"Mẫu tệp", s.Layout})
	}
	if !s.AsOf.IsZero() {
		lines = append(lines, [2]string{"Số liệu tính đến", s.AsOf.Format("02/01/2006")})
	}
	if !s.Received.IsZero() {
		lines = append(lines, [2]string{"Tiếp nhận lúc", s.Received.Format("15:04 ngày 02/01/2006")})
	}
	for _, n := range s.Notes {
		lines = append(lines, [2]string{"Cách đọc", n})
	}
	if s.Unknown > 0 {
		lines = append(lines, [2]string{"Cột không nhận", dot(s.Unknown) + " cột ngoài mẫu, không được đọc và không lưu"})
	}
	return lines
}

// reasons sums up the problems, the most frequent first; rest is how many kinds
// of reason are left out.
func (s SlipData) reasons() (list []reason, rest int) {
	at := map[string]int{}
	for _, r := range s.Rows {
		seen := map[string]bool{}
		for _, p := range r.Problems {
			col := s.column(p.Column)
			key := col + "\x00" + p.Reason
			if seen[key] {
				continue
			}
			seen[key] = true
			i, ok := at[key]
			if !ok {
				i = len(list)
				at[key] = i
				list = append(list, reason{column: col, text: p.Reason, first: r.place()})
			}
			list[i].rows++
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].rows > list[j].rows })
	if len(list) > maxReasons {
		return list[:maxReasons], len(list) - maxReasons
	}
	return list, 0
}

func (s SlipData) column(i int) string {
	switch {
	case i < 0:
		return "(cả dòng)"
	case i < len(s.Header) && strings.TrimSpace(s.Header[i]) != "":
		return s.Header[i]
	}
	return fmt.Sprintf("Cột %d", i+1)
}

func (r SlipRow) place() string {
	if r.Sheet == "" {
		return fmt.Sprintf("dòng %s", dot(r.Line))
	}
	return fmt.Sprintf("trang “%s”, dòng %s", r.Sheet, dot(r.Line))
}

// why joins the reasons of a row, each with its column.
func (s SlipData) why(r SlipRow) string {
	var b strings.Builder
	for i, p := range r.Problems {
		if i > 0 {
			b.WriteString("\n")
		}
		if p.Column >= 0 {
			b.WriteString(s.column(p.Column) + ": ")
		}
		b.WriteString(p.Reason)
	}
	return b.String()
}

func dot(n int) string { return model.Thousands(int64(n)) }
