package reports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cchc/reports/model"
)

// line is one unit in a comparison: its name and where its figures are taken.
type line struct {
	unit Unit
	spot spot
}

// peers are the units of the same tier under the same parent, the unit itself
// among them, in register order.
func (b *builder) peers() []line {
	var out []line
	for _, u := range b.d.Units {
		if u.Tier == b.d.Unit.Tier && u.Parent == b.d.Unit.Parent {
			out = append(out, line{u, b.ownSpot(u)})
		}
	}
	return out
}

// compared are the units of the compared tier at or under the report's unit.
func (b *builder) compared() []Unit {
	var out []Unit
	for _, u := range b.d.Units {
		if u.Tier == b.d.Tier && b.under(u, b.d.Unit.Code) {
			out = append(out, u)
		}
	}
	return out
}

func (b *builder) comparedLines() []line {
	var out []line
	for _, u := range b.compared() {
		out = append(out, line{u, b.ownSpot(u)})
	}
	return out
}

// standings is one indicator over several units.
type standings struct {
	ind    *Indicator
	values []ratio
	rank   []int
	n      int
	group  ratio // summed numerators and denominators
}

func (b *builder) stand(lines []line, name string) (standings, bool) {
	ind := b.indicators[name]
	if ind == nil {
		return standings{}, false
	}
	s := standings{ind: ind}
	for _, l := range lines {
		r := b.of(l.spot, ind)
		s.values = append(s.values, r)
		if r.ok {
			s.group = ratio{s.group.num + r.num, s.group.den + r.den, true}
		}
	}
	s.rank, s.n = ranks(s.values, ind.Higher)
	return s, true
}

func (s standings) rankCell(i int) model.Cell {
	if s.rank[i] == 0 {
		return model.Cell{Value: model.None("không xếp hạng"), Align: model.Center}
	}
	return model.Cell{Value: model.Text(strconv.Itoa(s.rank[i]) + "/" + strconv.Itoa(s.n)), Align: model.Center}
}

// standingTable says per indicator where the unit is among its peers.
func (b *builder) standingTable(args []string) (model.Table, bool) {
	lines := b.peers()
	me := slices.IndexFunc(lines, func(l line) bool { return l.unit.Code == b.d.Unit.Code })
	if len(lines) < 2 || me < 0 {
		return model.Table{}, false
	}
	t := model.Table{
		Title: args[0], ID: "vi-tri", Columns: widths(4.4, 1.7, 1.3, 1, 1.3, 1.3, 1.3),
		Header: flat("Nội dung", "Tử số/mẫu số", "Tỷ lệ", "Hạng", "Cao nhất", "Thấp nhất", "Chung của nhóm"),
		Notes: []string{
			fmt.Sprintf("Nhóm so sánh gồm %d đơn vị cùng cấp, cùng đơn vị cấp trên; chỉ xếp hạng đơn vị có số liệu, đồng hạng ghi như nhau (1, 2, 2, 4). Tỷ lệ chung của nhóm tính từ tổng tử số và tổng mẫu số.", len(lines)),
		},
	}
	t.Columns[1].Align = model.Right
	for _, name := range args[1:] {
		s, ok := b.stand(lines, name)
		if !ok || !s.group.ok {
			continue
		}
		b.use(name)
		mine := s.values[me]
		share := txt("")
		if mine.ok {
			share = txt(fraction(mine))
		}
		high, low := s.extremes()
		tone, _ := b.judge(name, b.d.Unit.Tier, mine)
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{
			txt(b.short(name)), share, {Value: printed(s.ind, mine, b.why(lines[me].spot, name)), Tone: tone},
			s.rankCell(me), cell(high), cell(low), cell(printed(s.ind, s.group, whyNothing)),
		}})
	}
	return t, len(t.Rows) > 0
}

func (s standings) extremes() (high, low model.Value) {
	var hi, lo *ratio
	for i := range s.values {
		v := &s.values[i]
		if !v.ranked() {
			continue
		}
		if hi == nil || v.rat().Cmp(hi.rat()) > 0 {
			hi = v
		}
		if lo == nil || v.rat().Cmp(lo.rat()) < 0 {
			lo = v
		}
	}
	if hi == nil {
		return model.None(whyNothing), model.None(whyNothing)
	}
	return model.Share(hi.num, hi.den), model.Share(lo.num, lo.den)
}

// rankedTable has a row per unit and, per indicator, numerator, denominator,
// share and rank.
func (b *builder) rankedTable(caption string, lines []line, names []string) model.Table {
	t := model.Table{Title: caption, ID: "xep-hang", Columns: []model.Column{{Width: 0.6, Align: model.Center}, {Width: 4.6}}}
	top, bottom := []model.Cell{head("STT", 1, 2), head("Đơn vị", 1, 2)}, []model.Cell{covered, covered}
	var all []standings
	var used, empty []string
	for _, name := range names {
		s, ok := b.stand(lines, name)
		if !ok || !s.group.ok {
			empty = append(empty, b.short(name))
			continue
		}
		b.use(name)
		all, used = append(all, s), append(used, name)
		top = append(top, head(b.short(name), 4, 1), covered, covered, covered)
		bottom = append(bottom, head("Tử số", 1, 1), head("Mẫu số", 1, 1), head("Tỷ lệ", 1, 1), head("Hạng", 1, 1))
		t.Columns = append(t.Columns, widths(1, 1, 1.2, 0.8)...)
		t.Notes = append(t.Notes, b.formula(name))
	}
	nobody := "Chưa đơn vị nào có số liệu: " + strings.Join(empty, "; ") + "."
	if len(used) == 0 {
		return model.Table{Notes: []string{nobody}}
	}
	t.Header = [][]model.Cell{top, bottom}
	for i, l := range lines {
		t.Rows = append(t.Rows, b.rankedRow(i, l, all, used))
	}
	total := []model.Cell{txt(""), bold(txt("Chung"))}
	for _, s := range all {
		num, den := model.None(whyNothing), model.None(whyNothing)
		if s.group.ok {
			num, den = model.Int(s.group.num), model.Int(s.group.den)
		}
		total = append(total, bold(cell(num)), bold(cell(den)), bold(cell(printed(s.ind, s.group, whyNothing))), txt(""))
	}
	t.Total = []model.Row{{Cells: total, Style: model.Sum}}
	t.Notes = append(t.Notes, b.groupNotes(lines, used)...)
	if len(empty) > 0 {
		t.Notes = append(t.Notes, nobody)
	}
	return t
}

func (b *builder) rankedRow(i int, l line, all []standings, names []string) model.Row {
	row := model.Row{Cells: []model.Cell{num(i + 1), txt(b.lineName(l, names))}}
	if l.unit.Code == b.d.Unit.Code && !b.kind.Compares {
		row.Style = model.Marked
	}
	for k, s := range all {
		r := s.values[i]
		why := b.why(l.spot, names[k])
		n, d := model.None(why), model.None(why)
		if r.ok {
			n, d = model.Int(r.num), model.Int(r.den)
		}
		tone, _ := b.judge(names[k], l.spot.tier, r)
		row.Cells = append(row.Cells, cell(n), cell(d), model.Cell{Value: printed(s.ind, r, why), Tone: tone}, s.rankCell(i))
	}
	return row
}

// lineName is the unit's name, with the reason when it has none of the figures.
func (b *builder) lineName(l line, names []string) string {
	why := whyNothing
	for _, n := range names {
		if b.figures.has(l.spot, datasetOf(n).name) {
			return l.unit.Name
		}
		if b.why(l.spot, n) == whySelf {
			why = whySelf
		}
	}
	return l.unit.Name + " (" + why + ")"
}

// groupNotes say on how many units each dataset's group figures rest and to
// which day their data go.
func (b *builder) groupNotes(lines []line, names []string) []string {
	var out, done []string
	for _, n := range names {
		set := datasetOf(n)
		if slices.Contains(done, set.name) {
			continue
		}
		done = append(done, set.name)
		with := 0
		for _, l := range lines {
			if b.figures.has(l.spot, set.name) {
				with++
			}
		}
		note := fmt.Sprintf("%s %d/%d đơn vị có số liệu", lower(set.text), with, len(lines))
		if latest := b.latest(lines, set.name); latest != "" {
			note += ", đến ngày " + latest
		}
		out = append(out, note)
	}
	return []string{"Dòng Chung tính từ tổng tử số và tổng mẫu số: " + strings.Join(out, "; ") + "."}
}

// latest is the newest day that any of the lines has data of.
func (b *builder) latest(lines []line, dataset string) string {
	var newest Coverage
	for _, c := range b.d.Coverage {
		if c.Dataset != dataset || !c.Latest.After(newest.Latest) {
			continue
		}
		if slices.ContainsFunc(lines, func(l line) bool { return l.unit.Code == c.Unit && l.spot.tier == c.Tier }) {
			newest = c
		}
	}
	return model.Date(newest.Latest).String()
}

// formula is an indicator in words: "B = tử số / mẫu số".
func (b *builder) formula(name string) string {
	ind := b.indicators[name]
	return b.short(name) + " = " + ind.NumLabel + " / " + ind.DenLabel + "."
}

func (b *builder) peersTable(args []string) (model.Table, bool) {
	lines := b.peers()
	if len(lines) < 2 {
		return model.Table{}, false
	}
	t := b.rankedTable(args[0], lines, args[1:])
	return t, len(t.Rows) > 0
}

func (b *builder) rankingTable(args []string) (model.Table, bool) {
	lines := b.comparedLines()
	t := b.rankedTable(args[0], lines, args[1:])
	return t, len(t.Rows) > 0
}

// overviewTable has share and rank only, of many indicators; the fractions stand
// in the ranking tables that follow it.
func (b *builder) overviewTable(args []string) (model.Table, bool) {
	lines := b.comparedLines()
	t := model.Table{Title: args[0], ID: "tong-quan", Columns: []model.Column{{Width: 0.6, Align: model.Center}, {Width: 4}}}
	top, bottom := []model.Cell{head("STT", 1, 2), head("Đơn vị", 1, 2)}, []model.Cell{covered, covered}
	full := b.rankedTable("", lines, args[1:])
	if len(full.Rows) == 0 {
		return full, false
	}
	groups := (len(full.Columns) - 2) / 4
	keep := []int{0, 1}
	for g := range groups {
		top = append(top, model.Cell{Value: full.Header[0][2+4*g].Value, ColSpan: 2, RowSpan: 1, Bold: true, Align: model.Center}, covered)
		bottom = append(bottom, head("Tỷ lệ", 1, 1), head("Hạng", 1, 1))
		t.Columns = append(t.Columns, widths(1.2, 0.8)...)
		keep = append(keep, 4+4*g, 5+4*g)
	}
	t.Header = [][]model.Cell{top, bottom}
	t.Rows, t.Total = pick(full.Rows, keep), pick(full.Total, keep)
	t.Notes = append(slices.Clone(full.Notes[groups:]), "Tử số, mẫu số và công thức của từng tỷ lệ ghi ở các bảng xếp hạng tiếp theo.")
	return t, len(lines) > 0
}

func pick(rows []model.Row, keep []int) []model.Row {
	out := make([]model.Row, len(rows))
	for i, r := range rows {
		out[i].Style = r.Style
		for _, k := range keep {
			out[i].Cells = append(out[i].Cells, r.Cells[k])
		}
	}
	return out
}

// deeper reports whether any compared unit has units of its own below it.
func (b *builder) deeper() bool {
	for _, u := range b.compared() {
		for _, v := range b.d.Units {
			if v.Parent == u.Code {
				return true
			}
		}
	}
	return false
}

// deepTable ranks the compared units with all that is below them, each with the
// coverage that its figures rest on.
func (b *builder) deepTable(args []string) (model.Table, bool) {
	lines := b.comparedLines()
	if len(lines) == 0 || !b.deeper() {
		return model.Table{}, false
	}
	set := datasetOf(args[1]).name
	for i := range lines {
		lines[i].spot.tier = tierAll
	}
	t := b.rankedTable(args[0], lines, args[1:])
	if len(t.Rows) == 0 {
		return t, false
	}
	t.ID = "xep-hang-chung"
	t.Columns = append(t.Columns, model.Column{Width: 2.4, Align: model.Left})
	t.Header[0] = append(t.Header[0], head("Độ phủ số liệu", 1, 2))
	t.Header[1] = append(t.Header[1], covered)
	for i := range t.Rows {
		t.Rows[i].Cells = append(t.Rows[i].Cells, txt(b.figures.coverage(lines[i].unit.Code, tierAll, set)))
	}
	for i := range t.Total {
		t.Total[i].Cells = append(t.Total[i].Cells, txt(""))
	}
	return t, true
}
