package reports

import (
	"fmt"
	"slices"
	"strconv"

	"cchc/reports/model"
)

// chartMakers are what {{ chart "name" … }} draws.
var chartMakers = map[string]func(b *builder, args []string) (model.Chart, bool){
	"bars":    (*builder).barsChart,    // one indicator over the compared units or the peers
	"stacked": (*builder).stackedChart, // resolved dossiers by how they were resolved
	"trend":   (*builder).trendChart,   // one indicator over the periods
}

func (b *builder) chart(name string, args ...string) (string, error) {
	m, ok := chartMakers[name]
	if !ok {
		return "", fmt.Errorf("unknown chart %q%s", name, nearest(name, keys(chartMakers)))
	}
	return b.block(func() []model.Block {
		c, ok := m(b, args)
		if !ok {
			return nil
		}
		c.ID = free(b.ids, c.ID, 64, "-")
		c.Sheet = sheetName(c.Sheet)
		return one(c)
	}), nil
}

func (b *builder) chartLines() []line {
	if b.kind.Compares {
		return b.comparedLines()
	}
	return b.peers()
}

// barsChart is sorted by rank, units without a value last.
func (b *builder) barsChart(args []string) (model.Chart, bool) {
	lines := b.chartLines()
	if len(args) == 0 || len(lines) < 2 {
		return model.Chart{}, false
	}
	s, ok := b.stand(lines, args[0])
	if !ok || s.n == 0 {
		return model.Chart{}, false
	}
	b.use(args[0])
	order := make([]int, len(lines))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return place(s.rank[x]) - place(s.rank[y]) })
	c := model.Chart{ID: "bieu-do", Kind: model.Bars, Title: b.label(args[0]), Percent: true, Sheet: b.short(args[0])}
	series := model.Series{Name: b.short(args[0])}
	for _, i := range order {
		name := lines[i].unit.Name
		if !b.kind.Compares && lines[i].unit.Code == b.d.Unit.Code {
			name = "→ " + name // the report's own unit among its peers
		}
		c.Categories = append(c.Categories, name)
		series.Values = append(series.Values, printed(s.ind, s.values[i], b.why(lines[i].spot, args[0])))
		tone, _ := b.judge(args[0], lines[i].spot.tier, s.values[i])
		series.Tones = append(series.Tones, tone)
	}
	c.Series = []model.Series{series}
	if t := b.figures.target(args[0], lines[0].spot.tier); t != nil {
		v := model.Share(t.Value, 1_000_000)
		c.Target, c.TargetName = &v, "Chỉ tiêu"
	}
	return c, true
}

// place sorts unranked units after all others.
func place(rank int) int {
	if rank == 0 {
		return 1 << 30
	}
	return rank
}

func (b *builder) stackedChart([]string) (model.Chart, bool) {
	lines := b.chartLines()
	if len(lines) < 2 {
		return model.Chart{}, false
	}
	c := model.Chart{ID: "bieu-do", Kind: model.Stacked, Title: "Hồ sơ đã giải quyết theo thời hạn (hồ sơ)", Sheet: "Hồ sơ theo thời hạn"}
	parts := []struct {
		measure, name string
		tone          model.Tone
	}{
		{"dossiers.resolved_early", "Trước hạn", model.Good},
		{"dossiers.resolved_on_time", "Đúng hạn", model.Neutral},
		{"dossiers.resolved_late", "Quá hạn", model.Bad},
		{"dossiers.resolved_no_deadline", "Không xác định hạn", model.Muted},
	}
	for _, l := range lines {
		c.Categories = append(c.Categories, l.unit.Name)
	}
	any := false
	for _, p := range parts {
		s := model.Series{Name: p.name}
		for _, l := range lines {
			v := b.count(l.spot, p.measure)
			any = any || v.Kind == model.Integer && v.Num > 0
			s.Values, s.Tones = append(s.Values, v), append(s.Tones, p.tone)
		}
		c.Series = append(c.Series, s)
	}
	return c, any
}

// trendChart is one indicator of the report's unit over the periods, with the
// same periods a year before when any of them is known.
func (b *builder) trendChart(args []string) (model.Chart, bool) {
	if len(args) == 0 || len(b.d.Trend) < 2 || b.indicators[args[0]] == nil {
		return model.Chart{}, false
	}
	ind := b.indicators[args[0]]
	b.use(args[0])
	tier := b.d.Tier
	if tier == "" {
		tier = b.d.Unit.Tier
	}
	c := model.Chart{ID: "xu-huong", Kind: model.Line, Title: b.label(args[0]) + " qua các kỳ – " + lower(tierLabel(tier)), Percent: true, Sheet: "Xu hướng " + b.short(args[0])}
	now, before := model.Series{Name: "Kỳ báo cáo"}, model.Series{Name: "Cùng kỳ năm trước"}
	points, earlier := 0, false
	for _, p := range b.d.Trend {
		c.Categories = append(c.Categories, p.Label)
		v := b.share(spot{p.Name, b.d.Unit.Code, tier}, ind)
		w := b.share(spot{yearBefore(p.Name), b.d.Unit.Code, tier}, ind)
		if v.Kind == model.Ratio {
			points++
		}
		earlier = earlier || w.Kind == model.Ratio
		now.Values, before.Values = append(now.Values, v), append(before.Values, w)
	}
	c.Series = []model.Series{now}
	if earlier {
		c.Series = append(c.Series, before)
	}
	if t := b.figures.target(args[0], tier); t != nil {
		v := model.Share(t.Value, 1_000_000)
		c.Target, c.TargetName = &v, "Chỉ tiêu"
	}
	return c, points > 0
}

// trendTable holds the figures behind the trend lines.
func (b *builder) trendTable(args []string) (model.Table, bool) {
	t := model.Table{Title: args[0], ID: "bang-xu-huong", Columns: widths(3)}
	top, bottom := []model.Cell{head("Kỳ", 1, 2)}, []model.Cell{covered}
	tier := b.d.Tier
	if tier == "" {
		tier = b.d.Unit.Tier
	}
	for _, name := range args[1:] {
		b.use(name)
		top = append(top, head(b.short(name), 4, 1), covered, covered, covered)
		bottom = append(bottom, head("Tử số", 1, 1), head("Mẫu số", 1, 1), head("Tỷ lệ", 1, 1), head("Cùng kỳ năm trước", 1, 1))
		t.Columns = append(t.Columns, widths(1, 1, 1.2, 1.2)...)
	}
	t.Header = [][]model.Cell{top, bottom}
	for _, p := range b.d.Trend {
		row := model.Row{Cells: []model.Cell{txt(p.Label)}}
		for _, name := range args[1:] {
			ind := b.indicators[name]
			if ind == nil {
				row.Cells = append(row.Cells, model.Cell{}, model.Cell{}, model.Cell{}, model.Cell{})
				continue
			}
			s := spot{p.Name, b.d.Unit.Code, tier}
			n, d := model.None(whyNothing), model.None(whyNothing)
			if r := b.of(s, ind); r.ok {
				n, d = model.Int(r.num), model.Int(r.den)
			}
			before := b.share(spot{yearBefore(p.Name), b.d.Unit.Code, tier}, ind)
			row.Cells = append(row.Cells, cell(n), cell(d), cell(b.share(s, ind)), cell(before))
		}
		t.Rows = append(t.Rows, row)
	}
	return t, len(b.d.Trend) > 1
}

// yearBefore is the name of the same period a year before; empty for two dates.
func yearBefore(name string) string {
	if len(name) < 6 || name[4] != '-' {
		return ""
	}
	year, err := strconv.Atoi(name[:4])
	if err != nil {
		return ""
	}
	return strconv.Itoa(year-1) + name[4:]
}
