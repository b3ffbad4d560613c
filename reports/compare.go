package reports

import (
	"slices"

	"cchc/reports/model"
)

// compareTable sets the period beside the one before and the same of last year.
func (b *builder) compareTable(args []string) (model.Table, bool) {
	names := args[1:]
	t := model.Table{
		Title: args[0], ID: "so-sanh-" + datasetOf(names[0]).name,
		Columns: widths(3.6, 1.5, 1.5, 1.7, 1.5, 1.7),
		Header:  flat("Nội dung", "Kỳ này", "Kỳ trước", "Tăng, giảm so với kỳ trước", "Cùng kỳ năm trước", "Tăng, giảm so với cùng kỳ"),
		Notes:   b.comparedPeriods(),
	}
	for i := 1; i < len(t.Columns); i++ {
		t.Columns[i].Align = model.Right
	}
	t.Rows = b.tierGroups(names, 6, b.compareRows)
	earlier := b.earlier()
	gone := func(p *Period) bool { return p == nil || !slices.Contains(earlier, p.Name) }
	var drop []int
	if gone(b.d.Previous) {
		drop = append(drop, 2, 3)
	}
	if gone(b.d.LastYear) {
		drop = append(drop, 4, 5)
	}
	dropColumns(&t, drop...)
	return t, len(t.Rows) > 0
}

// compareRows is a row of figures and, for a share, a row with the fractions.
func (b *builder) compareRows(tier, name string) []model.Row {
	s := b.here(tier)
	spots := []spot{s, {unit: s.unit, tier: s.tier}, {unit: s.unit, tier: s.tier}}
	if b.d.Previous != nil {
		spots[1].period = b.d.Previous.Name
	}
	if b.d.LastYear != nil {
		spots[2].period = b.d.LastYear.Name
	}
	now, previous, lastYear := b.value(spots[0], name), b.earlierValue(spots[1], name), b.earlierValue(spots[2], name)
	if previous.Kind == model.Missing && lastYear.Kind == model.Missing {
		return nil
	}
	rows := []model.Row{{Cells: []model.Cell{
		txt(b.label(name)), cell(now), cell(previous), cell(difference(now, previous)), cell(lastYear), cell(difference(now, lastYear)),
	}}}
	ind := b.indicators[name]
	if ind == nil {
		return rows
	}
	detail := make([]model.Cell, 6)
	for i, at := range []int{1, 2, 4} {
		detail[at] = model.Cell{Value: model.Text(""), Italic: true}
		if r := b.of(spots[i], ind); r.ok && (i == 0 || b.alike(spots[i], name)) {
			detail[at].Value = model.Text(fraction(r))
		}
	}
	detail[0] = model.Cell{Value: model.Text("tử số/mẫu số"), Italic: true}
	return append(rows, model.Row{Cells: detail, Style: model.Detail})
}

// earlierValue is a figure of a period to compare with. The sum over tiers is
// given only where the same tiers sent data in both periods.
func (b *builder) earlierValue(s spot, name string) model.Value {
	if !b.alike(s, name) {
		return model.None("phạm vi số liệu của hai kỳ khác nhau")
	}
	return b.value(s, name)
}

func (b *builder) alike(s spot, name string) bool {
	if s.tier != tierAll {
		return true
	}
	set := datasetOf(name).name
	for _, t := range tierLabels {
		now, then := b.here(t.name), s
		then.tier = t.name
		if t.name != tierAll && b.figures.has(now, set) != b.figures.has(then, set) {
			return false
		}
	}
	return true
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
		return what + ": " + p.Label + " (" + model.Date(p.From).String() + " – " + model.Date(p.To).String() + ")."
	}
	return []string{
		name(b.d.Previous, "Kỳ trước"), name(b.d.LastYear, "Cùng kỳ năm trước"),
		"Không in nội dung chưa có số liệu ở kỳ so sánh, hoặc có số liệu của các cấp khác nhau giữa hai kỳ.",
	}
}
