package reports

import (
	"slices"
	"strings"

	"cchc/reports/model"
)

// The columns of form II.06a/VPCP/KSTT. 5a, 10a and 13a are not on the form:
// they hold what has no channel or no due date, which may not be counted
// elsewhere, and appear only when a row has any.
const (
	c3 = iota
	c4
	c5
	c5a
	c6
	c7
	c8
	c9
	c10
	c10a
	c11
	c12
	c13
	c13a
	formColumns
)

// formMeasures are the measures summed in each column.
var formMeasures = [formColumns][]string{
	c3:   {"dossiers.received"},
	c4:   {"dossiers.received_online"},
	c5:   {"dossiers.received_counter", "dossiers.received_post"},
	c5a:  {"dossiers.received_channel_unknown"},
	c6:   {"dossiers.carried_over"},
	c7:   {"dossiers.resolved"},
	c8:   {"dossiers.resolved_early"},
	c9:   {"dossiers.resolved_on_time"},
	c10:  {"dossiers.resolved_late"},
	c10a: {"dossiers.resolved_no_deadline"},
	c11:  {"dossiers.pending"},
	c12:  {"dossiers.pending_within_due"},
	c13:  {"dossiers.pending_overdue"},
	c13a: {"dossiers.pending_no_deadline"},
}

// summaryColumn is where a column of the form stands in a unit's own table.
var summaryColumn = [formColumns]int{c3: 0, c4: 1, c5: 2, c5a: -1, c6: 3, c7: 4, c8: 5, c9: 6, c10: 7, c10a: -1, c11: 8, c12: 9, c13: 10, c13a: -1}

// formRow is one line of the form.
type formRow struct {
	name   string
	cells  [formColumns]model.Value
	self   bool // sent by the unit itself
	style  model.RowStyle
	noItem bool // no running number
}

// countedRow fills a line from counts; get says false where nothing is known.
func countedRow(name, why string, get func(measure string) (int64, bool)) formRow {
	row := formRow{name: name}
	for c, measures := range formMeasures {
		var total int64
		known := true
		for _, m := range measures {
			n, ok := get(m)
			total, known = total+n, known && ok
		}
		row.cells[c] = model.Int(total)
		if !known {
			row.cells[c] = model.None(why)
		}
	}
	return row
}

// selfRow fills a line from a unit's own table. The form has no columns for what
// has no channel or due date, so those stay empty.
func selfRow(name string, s Summary) formRow {
	row := formRow{name: name, self: true}
	for c, at := range summaryColumn {
		switch {
		case at < 0:
			row.cells[c] = model.Text("")
		case s.C[at] == nil:
			row.cells[c] = model.None("ô trống trong biểu của đơn vị")
		default:
			row.cells[c] = model.Int(*s.C[at])
		}
	}
	return row
}

// sumRows adds lines. A cell that no line knows stays missing.
func sumRows(name string, rows []formRow) formRow {
	total := formRow{name: name, style: model.Sum}
	for c := range formColumns {
		var sum int64
		known := false
		for _, r := range rows {
			if v := r.cells[c]; v.Kind == model.Integer {
				sum, known = sum+v.Num, true
			}
		}
		total.cells[c] = model.Int(sum)
		if !known {
			total.cells[c] = model.None(whyNothing)
		}
	}
	return total
}

// formTable lays lines out as the form does: a header of three levels, the row
// of formulae, the lines, the totals. first is the title of column (2).
func formTable(first string, rows, totals []formRow) model.Table {
	shown := shownColumns(append(slices.Clone(rows), totals...))
	t := model.Table{Unit: "Đơn vị tính: Số hồ sơ TTHC"}
	t.Columns = append(t.Columns, model.Column{Width: 0.6, Align: model.Center}, model.Column{Width: 4, Align: model.Left})
	for _, c := range shown {
		width := 1.0
		switch c {
		case c3, c7, c11:
			width = 1.5 // room for its formula
		case c12, c13:
			width = 1.2 // room for the title of the group
		case c5:
			width = 1.7
		case c5a, c10a, c13a:
			width = 1.3 // room for its title
		}
		t.Columns = append(t.Columns, model.Column{Width: width, Align: model.Right})
	}
	t.Header = formHeader(first, shown)
	t.Formula = formFormula(shown)
	n := 0
	for _, r := range rows {
		if !r.noItem {
			n++
		}
		t.Rows = append(t.Rows, formCells(r, n, shown))
	}
	for _, r := range totals {
		r.noItem = true
		t.Total = append(t.Total, formCells(r, 0, shown))
	}
	if slices.ContainsFunc(rows, func(r formRow) bool { return r.self }) {
		t.Notes = append(t.Notes, "Dòng in nghiêng là số tự báo cáo: đơn vị gửi biểu tổng hợp, không gửi dữ liệu từng hồ sơ.")
	}
	if slices.Contains(shown, c10a) || slices.Contains(shown, c13a) || slices.Contains(shown, c5a) {
		t.Notes = append(t.Notes, "Cột có chữ a là phần không xếp được vào cột nào của biểu: không xác định kênh tiếp nhận (5a), không xác định hạn (10a, 13a).")
	}
	return t
}

// shownColumns leaves out 5a, 10a and 13a unless some line has any.
func shownColumns(rows []formRow) []int {
	var out []int
	for c := range formColumns {
		if c == c5a || c == c10a || c == c13a {
			if !slices.ContainsFunc(rows, func(r formRow) bool { return r.cells[c].Kind == model.Integer && r.cells[c].Num > 0 }) {
				continue
			}
		}
		out = append(out, c)
	}
	return out
}

func formCells(r formRow, n int, shown []int) model.Row {
	row := model.Row{Style: r.style}
	item, name := txt(""), r.name
	if !r.noItem {
		item = num(n)
	}
	if r.self {
		name += " (" + whySelf + ")"
	}
	row.Cells = append(row.Cells, item, txt(name))
	for _, c := range shown {
		row.Cells = append(row.Cells, cell(r.cells[c]))
	}
	for i := range row.Cells {
		row.Cells[i].Italic = r.self
		row.Cells[i].Bold = r.style == model.Sum
	}
	return row
}

var formTitles = [formColumns]string{
	c3: "Tổng số", c4: "Trực tuyến", c5: "Trực tiếp, dịch vụ bưu chính", c5a: "Không xác định kênh", c6: "Từ kỳ trước",
	c7: "Tổng số", c8: "Trước hạn", c9: "Đúng hạn", c10: "Quá hạn", c10a: "Không xác định hạn",
	c11: "Tổng số", c12: "Trong hạn", c13: "Quá hạn", c13a: "Không xác định hạn",
}

// formGroups are the column groups of the first header row.
var formGroups = []struct {
	title    string
	from, to int
}{
	{"Số lượng hồ sơ tiếp nhận", c3, c6},
	{"Số lượng hồ sơ đã giải quyết", c7, c10a},
	{"Số lượng hồ sơ đang giải quyết", c11, c13a},
}

func formHeader(first string, shown []int) [][]model.Cell {
	rows := [][]model.Cell{
		{head("STT", 1, 3), head(first, 1, 3)},
		{covered, covered},
		{covered, covered},
	}
	inPeriod := 0
	for _, c := range shown {
		if c == c4 || c == c5 || c == c5a {
			inPeriod++
		}
	}
	for _, g := range formGroups {
		span := 0
		for _, c := range shown {
			if c >= g.from && c <= g.to {
				span++
			}
		}
		for _, c := range shown {
			if c < g.from || c > g.to {
				continue
			}
			top := covered
			if c == g.from {
				top = head(g.title, span, 1)
			}
			middle, bottom := head(formTitles[c], 1, 2), covered
			switch c {
			case c4:
				middle, bottom = head("Trong kỳ", inPeriod, 1), head(formTitles[c], 1, 1)
			case c5, c5a:
				middle, bottom = covered, head(formTitles[c], 1, 1)
			}
			rows[0], rows[1], rows[2] = append(rows[0], top), append(rows[1], middle), append(rows[2], bottom)
		}
	}
	return rows
}

var formNumbers = [formColumns]string{
	c3: "(3)", c4: "(4)", c5: "(5)", c5a: "(5a)", c6: "(6)", c7: "(7)", c8: "(8)", c9: "(9)", c10: "(10)", c10a: "(10a)",
	c11: "(11)", c12: "(12)", c13: "(13)", c13a: "(13a)",
}

// formFormula is the row "(3)=(4)+(5)+(6)", with the added columns when shown.
func formFormula(shown []int) []model.Cell {
	sums := map[int][]int{c3: {c4, c5, c5a, c6}, c7: {c8, c9, c10, c10a}, c11: {c12, c13, c13a}}
	cells := []model.Cell{head("(1)", 1, 1), head("(2)", 1, 1)}
	for _, c := range shown {
		s := formNumbers[c]
		var parts []string
		for _, p := range sums[c] {
			if slices.Contains(shown, p) {
				parts = append(parts, formNumbers[p])
			}
		}
		if len(parts) > 0 {
			s += "=" + strings.Join(parts, "+")
		}
		cells = append(cells, head(s, 1, 1))
	}
	for i := range cells {
		cells[i].Bold, cells[i].Italic = false, true
	}
	return cells
}
