package reports

import (
	"slices"
	"strings"

	"cchc/reports/model"
)

// comparable are the declared figures that are measures or indicators of ours.
func (b *builder) comparable() []Declared {
	var out []Declared
	for _, g := range b.d.Declared {
		if (b.kind.Compares || g.Unit == b.d.Unit.Code) && (isMeasure(g.Code) || b.indicators[g.Code] != nil) {
			out = append(out, g)
		}
	}
	return out
}

// saysMeasure decides what a code means that is both a measure and an indicator:
// a fraction or a number with decimals is the share, a whole number the count.
func (b *builder) saysMeasure(g Declared) bool {
	if !isMeasure(g.Code) {
		return false
	}
	return b.indicators[g.Code] == nil || g.Denominator == nil && g.Value != nil && *g.Value%1_000_000 == 0
}

// declaredTable sets what a unit declares beside what its rows say.
func (b *builder) declaredTable([]string) (model.Table, bool) {
	t := model.Table{
		Title: "Số liệu đơn vị khai và số liệu tính từ dữ liệu", ID: "doi-chieu", Sheet: "Đối chiếu số khai",
		Columns: widths(2.4, 3.2, 1.6, 1.6, 1.6, 2.6),
		Header:  flat("Đơn vị", "Nội dung", "Đơn vị khai", "Tính từ dữ liệu", "Chênh lệch", "Minh chứng"),
		Notes:   []string{"Chênh lệch là số khai trừ số tính; tỷ lệ chênh lệch tính bằng điểm %."},
	}
	for _, g := range b.comparable() {
		s := spot{b.d.Period.Name, g.Unit, b.units[g.Unit].Tier}
		if g.Unit == b.d.Unit.Code {
			s.tier = b.d.Unit.Tier
		}
		if !b.figures.has(s, datasetOf(g.Code).name) {
			s.tier = tierAll
		}
		said, ours, name := b.declaredValue(g), b.count(s, g.Code), MeasureLabel(g.Code)
		if !b.saysMeasure(g) {
			b.use(g.Code)
			ours, name = b.value(s, g.Code), b.label(g.Code)
		}
		gap := difference(said, ours)
		c := cell(gap)
		if gap.IsNumber() && gap.Num != 0 {
			c.Tone = model.Bad
		}
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{
			txt(b.unitName(g.Unit)), txt(name), cell(said), cell(ours), c, txt(strings.TrimSpace(g.Evidence)),
		}})
	}
	if len(t.Rows) == 0 {
		return model.Table{}, false
	}
	return t, true
}

// declaredValue prints a declared figure as what it is: a count, a share, a rank
// or a number.
func (b *builder) declaredValue(g Declared) model.Value {
	l := declaredOf(g.Code)
	switch {
	case l.rank && g.Value != nil && g.Denominator != nil:
		return model.Text(model.Millionths(*g.Value).String() + "/" + model.Millionths(*g.Denominator).String())
	case g.Numerator != nil && g.Denominator != nil && !l.rank:
		if *g.Numerator%1_000_000 == 0 && *g.Denominator%1_000_000 == 0 {
			return model.Share(*g.Numerator/1_000_000, *g.Denominator/1_000_000)
		}
		return model.Share(*g.Numerator, *g.Denominator)
	case g.Value == nil:
		return model.None("không khai giá trị")
	case b.indicators[g.Code] != nil && !b.saysMeasure(g):
		return model.Share(*g.Value, 1_000_000)
	case *g.Value%1_000_000 == 0:
		return model.Int(*g.Value / 1_000_000)
	}
	return model.Millionths(*g.Value)
}

// declaredBelowTable lists the other figures that the units below declare, by
// code and in register order, beside the count of ours that says the same thing.
func (b *builder) declaredBelowTable([]string) (model.Table, bool) {
	t := model.Table{
		Title: "Số liệu tự khai của các đơn vị cấp dưới", ID: "tu-khai", Sheet: "Số tự khai",
		Columns: widths(4.4, 1.5, 1.6, 1.6, 1.5, 4),
		Header:  flat("Đơn vị", "Đơn vị khai", "Tử số/mẫu số", "Trên hệ thống", "Chênh lệch", "Minh chứng"),
	}
	t.Columns[1].Align, t.Columns[2].Align = model.Right, model.Right
	var order []string
	byCode := map[string][]Declared{}
	for _, u := range b.below() {
		for _, g := range b.d.Declared {
			if g.Unit != u.Code || isMeasure(g.Code) || b.indicators[g.Code] != nil {
				continue
			}
			code := strings.ToLower(g.Code)
			if byCode[code] == nil {
				order = append(order, code)
			}
			byCode[code] = append(byCode[code], g)
		}
	}
	slices.Sort(order)
	for _, code := range order {
		b.declaredRows(&t, byCode[code])
	}
	var empty []int
	for c := 2; c < len(t.Columns); c++ {
		if !slices.ContainsFunc(t.Rows, func(r model.Row) bool { return r.Style == model.Body && r.Cells[c].Value != (model.Value{}) }) {
			empty = append(empty, c)
		}
	}
	dropColumns(&t, empty...)
	t.NotPaged = len(t.Rows) > pagedRows
	return t, len(t.Rows) > 0
}

// declaredRows adds the figures of one code under a row with its name; evidence
// that all give alike stands there once.
func (b *builder) declaredRows(t *model.Table, figures []Declared) {
	l := declaredOf(figures[0].Code)
	title, evidence := l.text, strings.TrimSpace(figures[0].Evidence)
	if slices.ContainsFunc(figures, func(g Declared) bool { return strings.TrimSpace(g.Evidence) != evidence }) {
		evidence = ""
	}
	if l.beside != "" {
		title += "; trên hệ thống: " + lower(MeasureLabel(l.beside))
	}
	if evidence != "" {
		title += " (minh chứng: " + evidence + ")"
	}
	t.Rows = append(t.Rows, groupRow(title, len(t.Columns)))
	for _, g := range figures {
		v, parts := b.declaredValue(g), txt("")
		if v.Kind == model.Ratio && g.Numerator != nil {
			parts = txt(fraction(ratio{num: v.Num, den: v.Den}))
		}
		ours, gap := txt(""), txt("")
		if l.beside != "" {
			ours = cell(b.count(b.ownSpot(b.units[g.Unit]), l.beside))
			gap = cell(difference(v, ours.Value))
			if gap.Value.IsNumber() && gap.Value.Num != 0 {
				gap.Tone = model.Bad
			}
		}
		why := txt("")
		if evidence == "" {
			why = txt(strings.TrimSpace(g.Evidence))
		}
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{txt(b.unitName(g.Unit)), cell(v), parts, ours, gap, why}})
	}
}
