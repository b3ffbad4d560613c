package reports

import (
	"cmp"
	"slices"
	"strings"

	"cchc/reports/model"
)

// checklistTable has a row per criterion: the share passed and who failed; for
// one unit alone its result and the remark.
func (b *builder) checklistTable([]string) (model.Table, bool) {
	if len(b.d.Checklist) > 0 && !slices.ContainsFunc(b.d.Checklist, func(c Check) bool { return c.Unit != b.d.Checklist[0].Unit }) {
		return b.ownChecklist(), true
	}
	t := model.Table{
		Title: "Kết quả kiểm tra theo tiêu chí", ID: "phieu-kiem-tra", Sheet: "Phiếu kiểm tra",
		Columns: []model.Column{{Width: 1.1}, {Width: 4}, {Width: 0.8}, {Width: 0.8}, {Width: 1.1}, {Width: 6}},
		Header:  flat("Tiêu chí", "Yêu cầu", "Số đạt", "Số kiểm tra", "Tỷ lệ đạt", "Đơn vị chưa đạt"),
		Notes:   []string{"Kết quả mới nhất của từng đơn vị đến ngày chốt số liệu; không tính kết quả “không áp dụng”."},
	}
	b.use("checklist.passed")
	order, rows := b.byCriterion()
	for _, criterion := range order {
		t.Rows = append(t.Rows, b.checklistRow(criterion, rows[criterion]))
	}
	return t, len(t.Rows) > 0
}

func (b *builder) byCriterion() (order []string, rows map[string][]Check) {
	rows = map[string][]Check{}
	for _, c := range b.d.Checklist {
		if _, seen := rows[c.Criterion]; !seen {
			order = append(order, c.Criterion)
		}
		rows[c.Criterion] = append(rows[c.Criterion], c)
	}
	slices.SortStableFunc(order, natural)
	return order, rows
}

var resultWords = map[string]model.Cell{
	"pass":           {Value: model.Text("Đạt"), Tone: model.Good},
	"partly":         {Value: model.Text("Đạt một phần"), Tone: model.Bad},
	"fail":           {Value: model.Text("Không đạt"), Tone: model.Bad},
	"not_applicable": {Value: model.Text("Không áp dụng")},
}

// ownChecklist are the results of the only unit that was looked at.
func (b *builder) ownChecklist() model.Table {
	t := model.Table{
		Title: "Kết quả kiểm tra theo tiêu chí", ID: "phieu-kiem-tra", Sheet: "Phiếu kiểm tra",
		Columns: []model.Column{{Width: 1.1}, {Width: 5.4}, {Width: 1.7, Align: model.Center}, {Width: 1.6}, {Width: 3}},
		Header:  flat("Tiêu chí", "Yêu cầu", "Kết quả", "Ngày kiểm tra", "Ghi chú"),
	}
	b.use("checklist.passed")
	unit := b.d.Checklist[0].Unit
	var passed, checked int64
	noted := false
	order, rows := b.byCriterion()
	for _, criterion := range order {
		for _, c := range rows[criterion] {
			switch c.Result {
			case "pass":
				passed, checked = passed+1, checked+1
			case "not_applicable":
			default:
				checked++
			}
			noted = noted || clean(c.Note) != ""
			t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{
				txt(c.Criterion), txt(c.Requirement), resultWords[c.Result], cell(model.Date(c.On)), txt(clean(c.Note)),
			}})
		}
	}
	if !noted {
		dropColumns(&t, 4)
	}
	t.Notes = []string{
		b.unitName(unit) + ": đạt " + fraction(ratio{num: passed, den: checked}) + " tiêu chí (" + model.Share(passed, checked).String() +
			"). Kết quả mới nhất đến ngày chốt số liệu.",
	}
	return t
}

// natural compares codes so that TC2 stands before TC10.
func natural(x, y string) int {
	for x != "" && y != "" {
		nx, ny := leadingDigits(x), leadingDigits(y)
		if nx > 0 && ny > 0 {
			a, c := strings.TrimLeft(x[:nx], "0"), strings.TrimLeft(y[:ny], "0")
			if d := cmp.Or(cmp.Compare(len(a), len(c)), cmp.Compare(a, c)); d != 0 {
				return d
			}
			x, y = x[nx:], y[ny:]
			continue
		}
		if d := cmp.Compare(x[0], y[0]); d != 0 {
			return d
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Compare(len(x), len(y))
}

func leadingDigits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func (b *builder) checklistRow(criterion string, checks []Check) model.Row {
	var passed, checked int64
	var failing, partly []string
	for _, c := range checks {
		if c.Result == "not_applicable" {
			continue
		}
		checked++
		switch c.Result {
		case "pass":
			passed++
		case "partly":
			partly = append(partly, areaName(b.unitName(c.Unit)))
		default:
			failing = append(failing, areaName(b.unitName(c.Unit)))
		}
	}
	words := strings.Join(failing, ", ")
	if len(partly) > 0 {
		if words != "" {
			words += "; "
		}
		words += "đạt một phần: " + strings.Join(partly, ", ")
	}
	return model.Row{Cells: []model.Cell{
		txt(criterion), txt(checks[0].Requirement), cell(model.Int(passed)), cell(model.Int(checked)), cell(model.Share(passed, checked)),
		txt(words),
	}}
}
