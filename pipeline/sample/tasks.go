package sample

import (
	"fmt"
	"math/rand/v2"
	"sort"
	"strconv"
	"strings"

	"cchc/pipeline/dataset"
)

// work is a task of the usual yearly plan, with its area.
type work struct{ area, content string }

const (
	areaLead    = "Công tác chỉ đạo, điều hành"
	areaLaw     = "Cải cách thể chế"
	areaProc    = "Cải cách thủ tục hành chính"
	areaOrg     = "Cải cách tổ chức bộ máy"
	areaStaff   = "Cải cách chế độ công vụ"
	areaFinance = "Cải cách tài chính công"
	areaDigital = "Xây dựng chính quyền điện tử, chính quyền số"
)

var plan = []work{
	{areaLead, "Ban hành kế hoạch cải cách hành chính năm"},
	{areaLead, "Ban hành kế hoạch kiểm tra công tác cải cách hành chính"},
	{areaLead, "Kiểm tra cải cách hành chính tại các cơ quan, đơn vị trực thuộc"},
	{areaLead, "Ban hành và thực hiện kế hoạch tuyên truyền cải cách hành chính"},
	{areaLead, "Tự đánh giá, chấm điểm chỉ số cải cách hành chính"},
	{areaLead, "Sơ kết công tác cải cách hành chính 6 tháng đầu năm"},
	{areaLead, "Đăng ký sáng kiến, mô hình mới về cải cách hành chính"},
	{areaLaw, "Ban hành kế hoạch kiểm tra, rà soát văn bản quy phạm pháp luật"},
	{areaLaw, "Rà soát văn bản quy phạm pháp luật thuộc lĩnh vực phụ trách"},
	{areaLaw, "Theo dõi tình hình thi hành pháp luật lĩnh vực trọng tâm"},
	{areaLaw, "Phổ biến, giáo dục pháp luật cho cán bộ và người dân"},
	{areaProc, "Ban hành kế hoạch kiểm soát thủ tục hành chính"},
	{areaProc, "Rà soát, đánh giá, đề xuất đơn giản hóa thủ tục hành chính"},
	{areaProc, "Niêm yết, công khai thủ tục hành chính tại Bộ phận Một cửa"},
	{areaProc, "Cập nhật quy trình nội bộ giải quyết thủ tục hành chính lên phần mềm"},
	{areaProc, "Tiếp nhận và trả kết quả qua dịch vụ bưu chính công ích"},
	{areaProc, "Tiếp nhận, xử lý phản ánh, kiến nghị về quy định hành chính"},
	{areaProc, "Gửi thư xin lỗi đối với hồ sơ giải quyết quá hạn"},
	{areaProc, "Khảo sát mức độ hài lòng của người dân, tổ chức"},
	{areaProc, "Nâng cấp trang thiết bị của Bộ phận Một cửa"},
	{areaOrg, "Rà soát chức năng, nhiệm vụ của các phòng chuyên môn"},
	{areaOrg, "Rà soát, sắp xếp các đơn vị sự nghiệp công lập"},
	{areaOrg, "Sửa đổi quy chế làm việc của cơ quan"},
	{areaOrg, "Thực hiện phân cấp quản lý theo quy định"},
	{areaStaff, "Rà soát, điều chỉnh đề án vị trí việc làm"},
	{areaStaff, "Xây dựng kế hoạch đào tạo, bồi dưỡng cán bộ, công chức"},
	{areaStaff, "Đánh giá, xếp loại cán bộ, công chức, viên chức"},
	{areaStaff, "Kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính"},
	{areaStaff, "Chuyển đổi vị trí công tác đối với công chức, viên chức"},
	{areaStaff, "Thực hiện tinh giản biên chế theo lộ trình"},
	{areaFinance, "Công khai dự toán, quyết toán ngân sách"},
	{areaFinance, "Thực hiện cơ chế tự chủ đối với đơn vị sự nghiệp"},
	{areaFinance, "Ban hành quy chế quản lý, sử dụng tài sản công"},
	{areaFinance, "Thực hành tiết kiệm, chống lãng phí"},
	{areaDigital, "Ban hành kế hoạch ứng dụng công nghệ thông tin"},
	{areaDigital, "Xử lý văn bản, hồ sơ công việc trên môi trường mạng"},
	{areaDigital, "Sử dụng chữ ký số cá nhân và cơ quan trên văn bản điện tử"},
	{areaDigital, "Cung cấp dịch vụ công trực tuyến mức độ 3, mức độ 4"},
	{areaDigital, "Duy trì hệ thống quản lý chất lượng theo tiêu chuẩn ISO 9001:2015"},
	{areaDigital, "Kiện toàn tổ công nghệ số cộng đồng"},
	{areaDigital, "Tập huấn kỹ năng số cho công chức Bộ phận Một cửa"},
	{areaDigital, "Rà soát, thay thế máy tính không còn đáp ứng yêu cầu"},
	{areaProc, "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính còn hiệu lực"},
	{areaLead, "Đối thoại với người dân, doanh nghiệp về thủ tục hành chính"},
	{areaStaff, "Bồi dưỡng kỹ năng giao tiếp cho công chức tiếp nhận hồ sơ"},
	{areaDigital, "Đăng tải thông tin cải cách hành chính trên trang thông tin điện tử"},
}

// duty is the state of a unit's plan at the cut-off day.
type duty struct {
	unit                   unit
	year                   int
	completed, late        int // late of the completed
	inProgress, notStarted int
	overdue                int // of the not completed
}

// tasks writes the plans of one file; those of the period's year are tallied.
func (b *builder) tasks(file string, english bool, duties ...duty) error {
	e := newExport(dataset.Tasks, english)
	for _, d := range duties {
		if d.late > d.completed || d.overdue > d.inProgress+d.notStarted {
			return fmt.Errorf("tasks of %s: a part is larger than its whole: %+v", d.unit.Code, d)
		}
		r := b.stream(fmt.Sprint("tasks/", d.unit.Code, d.year))
		for _, t := range d.list(r) {
			b.writeTask(e, d, t, r)
		}
	}
	b.add(file, e.buf)
	return nil
}

// list gives the tasks of the plan their states: what a plan begins with, its
// documents, is done first.
func (d duty) list(r *rand.Rand) []task {
	n := d.completed + d.inProgress + d.notStarted
	tasks := make([]task, n)
	order := r.Perm(n)
	for i := range tasks {
		tasks[i] = task{number: i + 1, work: plan[i%len(plan)]}
		if i >= len(plan) {
			tasks[i].work.content += fmt.Sprintf(" (đợt %d)", i/len(plan)+1)
		}
	}
	sort.SliceStable(order, func(i, j int) bool { return tasks[order[i]].first() && !tasks[order[j]].first() })
	for place, i := range order {
		t := &tasks[i]
		switch {
		case place < d.completed:
			t.state, t.late = "completed", place >= d.completed-d.late
		case place < d.completed+d.inProgress:
			t.state, t.late = "in_progress", place < d.completed+d.overdue
		default:
			t.state, t.late = "not_started", place < d.completed+d.overdue
		}
	}
	return tasks
}

// first says that a task belongs to the first weeks of the year.
func (t task) first() bool { return strings.HasPrefix(t.work.content, "Ban hành") }

type task struct {
	number int
	state  string
	late   bool // completed after its day, or not by the cut-off though due before
	work   work
}

func (b *builder) writeTask(e *export, d duty, t task, r *rand.Rand) {
	end := b.period.to
	if d.year != yearOf(end) { // an earlier plan: looked at a year before
		end = day(fmt.Sprintf("%d-12-14", d.year))
	}
	from := day(fmt.Sprintf("%d-01-02", d.year))
	in := func(a, z int32) int32 { return a + int32(r.IntN(int(max(z-a, 0))+1)) }
	started := in(from, max(from, end-40))
	if t.first() {
		started = in(from, from+20)
	}
	var due, completed int32
	status := t.state
	switch {
	case t.state == "completed" && t.late:
		completed = in(started+5, end)
		due = completed - int32(1+r.IntN(20))
	case t.state == "completed" && t.first():
		completed = in(started+2, min(started+25, end))
		due = completed + int32(r.IntN(15))
	case t.state == "completed":
		completed = in(started+1, end)
		due = completed + int32(r.IntN(40))
	case t.late:
		due = in(max(started, end-60), end-1)
	default:
		due = max(end+int32(r.IntN(90)), end)
	}
	// What was finished after the cut-off day is still under way on it.
	if t.state == "in_progress" && !t.late && end < b.today-3 && t.number%4 == 0 {
		completed, status = end+1, "completed"
	}
	if t.state == "not_started" {
		started = 0
	}
	evidence := ""
	if t.state == "completed" {
		evidence = fmt.Sprintf("Báo cáo số %d/BC, %s", 10+r.IntN(300), t.work.area)
	}
	e.text(d.unit.Code)
	e.number(d.year)
	e.text(fmt.Sprintf("NV%s", pad(t.number)))
	e.text(t.work.content)
	e.text(t.work.area)
	e.date(due)
	e.date(started)
	e.date(completed)
	e.word("status", status)
	e.text(evidence)
	e.end()
	if d.year == yearOf(b.period.to) {
		b.countTask(d.unit.Code, t)
	}
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

func (b *builder) countTask(unit string, t task) {
	add := func(m string, when bool) { b.tally.add(unit, "tasks."+m, when) }
	done := t.state == "completed"
	add("total", true)
	add("completed", done)
	add("completed_late", done && t.late)
	add("in_progress", t.state == "in_progress")
	add("not_started", t.state == "not_started")
	add("done_or_ongoing", t.state != "not_started")
	add("overdue", !done && t.late)
}
