package reports

import (
	"slices"
	"strings"

	"cchc/reports/model"
)

// groupMark begins an argument of a figures table that names the rows below it.
const groupMark = "="

// figureTable has a row per figure. Each tier with data has three columns: the
// count or numerator, the denominator and the share; a single tier's target and
// judgement stand behind them.
func (b *builder) figureTable(args []string) (model.Table, bool) {
	var names []string
	for _, a := range args[1:] {
		if !strings.HasPrefix(a, groupMark) {
			names = append(names, a)
		}
	}
	tiers := b.tiersOf(names)
	if len(tiers) > 1 { // the sum over tiers stands in the key figures and in II.06a
		tiers = slices.DeleteFunc(tiers, func(t string) bool { return t == tierAll })
	}
	t := model.Table{Title: args[0], ID: "tong-hop-" + datasetOf(names[0]).name, Columns: widths(4.6)}
	t.Header = figureHeader(tiers)
	for range tiers {
		t.Columns = append(t.Columns, widths(1, 1, 1.1)...)
	}
	targets, single := b.anyTarget(names, tiers), len(tiers) == 1
	if targets {
		t.Header[0] = append(t.Header[0], head("Chỉ tiêu", 1, len(t.Header)))
		t.Columns = append(t.Columns, model.Column{Width: 1.1, Align: model.Center})
		if single {
			t.Header[0] = append(t.Header[0], head("Đánh giá", 1, 1))
			t.Columns = append(t.Columns, model.Column{Width: 1.2, Align: model.Center})
		} else {
			t.Header[1] = append(t.Header[1], covered)
		}
	}
	for _, a := range args[1:] {
		if group, ok := strings.CutPrefix(a, groupMark); ok {
			t.Rows = append(t.Rows, groupRow(strings.TrimSpace(group), len(t.Columns)))
			continue
		}
		t.Rows = append(t.Rows, b.figureRow(a, tiers, targets))
	}
	t.Notes = b.coverageLine(names)
	if targets && !single {
		t.Notes = append(t.Notes, "Tỷ lệ in đậm, màu đỏ là chưa đạt chỉ tiêu.")
	}
	return t, true
}

func figureHeader(tiers []string) [][]model.Cell {
	parts := []string{"Số lượng", "Trên tổng số", "Tỷ lệ"}
	if len(tiers) == 1 {
		return flat(append([]string{"Nội dung"}, parts...)...)
	}
	rows := [][]model.Cell{{head("Nội dung", 1, 2)}, {covered}}
	for _, tier := range tiers {
		rows[0] = append(rows[0], head(tierLabel(tier), len(parts), 1), covered, covered)
		for _, p := range parts {
			rows[1] = append(rows[1], head(p, 1, 1))
		}
	}
	return rows
}

func (b *builder) anyTarget(names, tiers []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return b.indicators[name] != nil && b.targetWords(name, tiers) != "" })
}

// targetWords are the targets of an indicator at the tiers; one when they agree.
func (b *builder) targetWords(name string, tiers []string) string {
	var all, each []string
	for _, tier := range tiers {
		t := b.figures.target(name, tier)
		if t == nil {
			continue
		}
		all = append(all, t.words())
		each = append(each, lower(tierLabel(tier))+" "+t.words())
	}
	if len(slices.Compact(slices.Clone(all))) < 2 {
		return strings.Join(all[:min(1, len(all))], "")
	}
	return strings.Join(each, "; ")
}

func (b *builder) figureRow(name string, tiers []string, targets bool) model.Row {
	row := model.Row{Cells: []model.Cell{txt(b.label(name))}}
	ind := b.indicators[name]
	tone := model.Neutral
	for _, tier := range tiers {
		s := b.here(tier)
		if ind == nil {
			row.Cells = append(row.Cells, cell(b.count(s, name)), txt(""), txt(""))
			continue
		}
		b.use(name)
		r := b.of(s, ind)
		tone, _ = b.judge(name, tier, r)
		if !r.ok {
			none := cell(model.None(b.why(s, name)))
			row.Cells = append(row.Cells, none, none, none)
			continue
		}
		share := model.Cell{Value: b.share(s, ind), Tone: tone}
		if tone == model.Muted {
			share.Tone = model.Neutral
		}
		row.Cells = append(row.Cells, cell(model.Int(r.num)), cell(model.Int(r.den)), share)
	}
	if !targets {
		return row
	}
	target := ""
	if ind != nil {
		target = b.targetWords(name, tiers)
	}
	row.Cells = append(row.Cells, txt(target))
	if len(tiers) > 1 {
		return row
	}
	verdict := txt("")
	if target != "" {
		verdict = model.Cell{Value: model.Text(verdicts[tone]), Tone: tone}
	}
	row.Cells = append(row.Cells, verdict)
	return row
}

var verdicts = map[model.Tone]string{model.Good: "Đạt", model.Bad: "Chưa đạt", model.Muted: "Chưa đánh giá"}

// coverageLine says in one line on how many units the figures of the tiers rest
// and to which day; none when every figure rests on one unit.
func (b *builder) coverageLine(names []string) []string {
	var out, done []string
	for _, n := range names {
		set := datasetOf(n)
		if slices.Contains(done, set.name) {
			continue
		}
		done = append(done, set.name)
		var parts []string
		for _, tier := range b.tiersWith(set.name) {
			if words := b.coverageWords(set.name, tier); words != "" {
				parts = append(parts, lower(tierLabel(tier))+" "+words)
			}
		}
		if len(parts) > 0 {
			out = append(out, "Độ phủ, "+lower(set.text)+": "+strings.Join(parts, "; ")+".")
		}
	}
	return out
}
