package reports

import (
	"slices"

	"cchc/reports/model"
)

// comparison of a period: its title over the columns and where to look.
type compared struct {
	title string
	name  string // of the period
	now   bool
}

// comparedWith are the period, the one before and the same of last year; those
// without figures are left out, and one that is both stands once.
func (b *builder) comparedWith() []compared {
	out := []compared{{title: "Kỳ này", name: b.d.Period.Name, now: true}}
	earlier := b.earlier()
	p, y := b.before(), b.d.LastYear
	if p != nil && slices.Contains(earlier, p.Name) {
		c := compared{title: "Kỳ trước", name: p.Name}
		if y != nil && y.Name == p.Name {
			c.title = "Kỳ trước, cùng kỳ năm trước"
			return append(out, c)
		}
		out = append(out, c)
	}
	if y != nil && slices.Contains(earlier, y.Name) {
		out = append(out, compared{title: "Cùng kỳ năm trước", name: y.Name})
	}
	return out
}

// compareTable sets the period beside the one before and the same of last year:
// per period the fraction and the figure, and how the figure has moved since.
func (b *builder) compareTable(args []string) (model.Table, bool) {
	names := args[1:]
	periods := b.comparedWith()
	t := model.Table{Title: args[0], ID: "so-sanh-" + datasetOf(names[0]).name, Columns: widths(4.6)}
	top, bottom := []model.Cell{head("Nội dung", 1, 2)}, []model.Cell{covered}
	for _, p := range periods {
		parts := []string{"Tử số/ mẫu số", "Số liệu"}
		if !p.now {
			parts = append(parts, "Tăng, giảm")
		}
		top = append(top, head(p.title, len(parts), 1))
		for i, part := range parts {
			if i > 0 {
				top = append(top, covered)
			}
			bottom = append(bottom, head(part, 1, 1))
			t.Columns = append(t.Columns, model.Column{Width: 1.4, Align: model.Right})
		}
	}
	t.Header = [][]model.Cell{top, bottom}
	t.Rows = b.tierGroups(false, names, len(t.Columns), func(tier, name string) []model.Row { return b.compareRow(periods, tier, name) })
	t.Notes = b.comparedPeriods()
	return t, len(periods) > 1 && len(t.Rows) > 0
}

func (b *builder) compareRow(periods []compared, tier, name string) []model.Row {
	row := model.Row{Cells: []model.Cell{txt(b.short(name))}}
	var now model.Value
	known := false
	for _, p := range periods {
		s := b.here(tier)
		s.period = p.name
		v := b.value(s, name)
		if p.now {
			now = v
		}
		known = known || !p.now && v.Kind != model.Missing
		parts := txt("")
		if ind := b.indicators[name]; ind != nil {
			if r := b.of(s, ind); r.ok {
				parts = txt(fraction(r))
			}
		}
		row.Cells = append(row.Cells, parts, cell(v))
		if !p.now {
			gap := difference(now, v)
			gap.Bare = true
			row.Cells = append(row.Cells, cell(gap))
		}
	}
	if !known {
		return nil
	}
	return []model.Row{row}
}

// difference is in points for shares and a count for counts.
func difference(now, before model.Value) model.Value {
	if now.Kind == model.Integer && before.Kind == model.Integer {
		return model.Int(now.Num - before.Num)
	}
	return model.PointsBetween(now, before)
}

func (b *builder) comparedPeriods() []string {
	earlier := b.earlier()
	name := func(p *Period, what string) string {
		switch {
		case p == nil:
			return what + ": không xác định."
		case !slices.Contains(earlier, p.Name):
			return what + ": " + p.Label + ", chưa có số liệu."
		}
		return what + ": " + periodWords(*p) + "."
	}
	out := []string{"Tăng, giảm của tỷ lệ tính bằng điểm %."}
	switch p, y := b.before(), b.d.LastYear; {
	case p == nil:
		out[0] += " " + name(y, "Cùng kỳ năm trước")
	case y != nil && p.Name == y.Name:
		out[0] += " " + name(p, "Kỳ trước, cũng là cùng kỳ năm trước")
	default:
		out[0] += " " + name(p, "Kỳ trước") + " " + name(y, "Cùng kỳ năm trước")
	}
	return append(out, "Không in nội dung chưa có số liệu ở kỳ so sánh.")
}

// before is the period before, to compare with. The days before two given days
// are no period that anybody reported on: such a period is compared with the same
// days of last year only.
func (b *builder) before() *Period {
	if b.d.Period.Kind == "" {
		return nil
	}
	return b.d.Previous
}

// periodWords is a period's name with its days, once.
func periodWords(p Period) string {
	if p.Kind == "" {
		return p.Label
	}
	return p.Label + " (từ ngày " + model.Date(p.From).String() + " đến ngày " + model.Date(p.To).String() + ")"
}
