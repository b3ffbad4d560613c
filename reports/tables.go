package reports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cchc/reports/model"
)

// tableMaker makes one table of the closed set. With figures its arguments are a
// caption and names of measures or indicators; with tier they are one tier.
type tableMaker struct {
	figures bool
	tier    bool
	make    func(b *builder, args []string) (model.Table, bool)
}

// tableMakers are what {{ table "name" … }} places. A maker that returns false
// has nothing to show. A name that is a measure and an indicator is the measure
// in "measures" and the indicator everywhere else.
var tableMakers = map[string]tableMaker{
	"figures":          {figures: true, make: (*builder).figureTable},
	"measures":         {figures: true, make: (*builder).measuresTable},
	"indicators":       {figures: true, make: (*builder).indicatorsTable},
	"compare":          {figures: true, make: (*builder).compareTable},
	"standing":         {figures: true, make: (*builder).standingTable},
	"peers":            {figures: true, make: (*builder).peersTable},
	"ranking":          {figures: true, make: (*builder).rankingTable},
	"overview":         {figures: true, make: (*builder).overviewTable},
	"deep":             {figures: true, make: (*builder).deepTable},
	"trend":            {figures: true, make: (*builder).trendTable},
	"ii06a-field":      {tier: true, make: (*builder).fieldTable},
	"ii06a-tier":       {make: (*builder).tierTable},
	"ii06a-unit":       {make: (*builder).unitTable},
	"desks":            {make: (*builder).deskTable},
	"declared":         {make: (*builder).declaredTable},
	"declared-below":   {make: (*builder).declaredBelowTable},
	"checklist":        {make: (*builder).checklistTable},
	"overdue":          {make: (*builder).overdueTable},
	"sample":           {make: (*builder).sampleTable},
	"posted-abolished": {make: (*builder).postedAbolishedTable},
	"level4-unused":    {make: (*builder).level4UnusedTable},
	"coverage":         {make: (*builder).coverageTable},
	"sources":          {make: (*builder).sourcesTable},
	"findings":         {make: (*builder).findingsTable},
	"definitions":      {make: (*builder).definitionsTable},
}

func (b *builder) table(name string, args ...string) (string, error) {
	m, ok := tableMakers[name]
	if !ok {
		return "", fmt.Errorf("unknown table %q%s", name, nearest(name, keys(tableMakers)))
	}
	if m.figures && len(args) < 2 {
		return "", fmt.Errorf("table %q needs a caption and at least one figure", name)
	}
	for i := range args {
		args[i] = b.plain(args[i])
	}
	return b.block(func() []model.Block {
		t, ok := m.make(b, args)
		if ok {
			return one(b.finish(t))
		}
		var why []model.Block // a table without rows may say why
		for _, n := range t.Notes {
			why = append(why, model.Paragraph{Spans: []model.Span{{Text: n}}, Plain: true, Small: true})
		}
		return why
	}), nil
}

// finish gives a table its id and a sheet name that no other table has.
func (b *builder) finish(t model.Table) model.Table {
	if t.ID == "" {
		t.ID = "bang"
	}
	t.ID = free(b.ids, t.ID, 64, "-")
	if t.Sheet == "" {
		t.Sheet = t.Title
	}
	if t.Sheet == "" {
		t.Sheet = "Bảng"
	}
	t.Sheet = free(b.sheets, sheetName(t.Sheet), maxSheet, " ")
	return t
}

const maxSheet = 31

// sheetName drops what a workbook forbids in a sheet's name and cuts at a word.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return ' '
		}
		return r
	}, s)
	words := strings.Fields(s)
	out := ""
	for _, w := range words {
		next := strings.TrimSpace(out + " " + w)
		if len([]rune(next)) > maxSheet {
			break
		}
		out = next
	}
	if out == "" && len(words) > 0 {
		out = string([]rune(words[0])[:maxSheet])
	}
	return out
}

// free returns s, or s with a number, so that it is not taken yet.
func free(taken map[string]bool, s string, limit int, gap string) string {
	name := s
	for i := 2; taken[strings.ToLower(name)]; i++ {
		tail := gap + strconv.Itoa(i)
		name = string([]rune(s)[:min(len([]rune(s)), limit-len(tail))]) + tail
	}
	taken[strings.ToLower(name)] = true
	return name
}

func cell(v model.Value) model.Cell { return model.Cell{Value: v} }
func txt(s string) model.Cell       { return model.Cell{Value: model.Text(s)} }
func num(n int) model.Cell          { return model.Cell{Value: model.Int(int64(n))} }
func bold(c model.Cell) model.Cell  { c.Bold = true; return c }

// head is a header cell that spans columns and rows.
func head(s string, cols, rows int) model.Cell {
	return model.Cell{Value: model.Text(s), ColSpan: cols, RowSpan: rows, Bold: true, Align: model.Center}
}

var covered = model.Cell{Covered: true}

// flat is a header of one row.
func flat(names ...string) [][]model.Cell {
	row := make([]model.Cell, len(names))
	for i, n := range names {
		row[i] = head(n, 1, 1)
	}
	return [][]model.Cell{row}
}

// groupRow names the rows below it across all columns.
func groupRow(s string, columns int) model.Row {
	cells := make([]model.Cell, columns)
	for i := range cells {
		cells[i] = covered
	}
	cells[0] = model.Cell{Value: model.Text(s), ColSpan: columns, Bold: true, Align: model.Left}
	return model.Row{Cells: cells, Style: model.Group}
}

// widths makes columns of these shares; text left, numbers right by kind.
func widths(w ...float64) []model.Column {
	out := make([]model.Column, len(w))
	for i := range w {
		out[i].Width = w[i]
	}
	return out
}

// measuresTable has a row per measure and a column per tier.
func (b *builder) measuresTable(args []string) (model.Table, bool) {
	names := args[1:]
	tiers := b.tiersOf(names)
	t := model.Table{Title: args[0], ID: "so-lieu-" + datasetOf(names[0]).name}
	header := []string{"Nội dung"}
	t.Columns = widths(4)
	for _, tier := range tiers {
		header = append(header, tierLabel(tier))
		t.Columns = append(t.Columns, model.Column{Width: 1, Align: model.Right})
		t.Notes = append(t.Notes, b.coverageNote(datasetOf(names[0]).name, tier)...)
	}
	t.Header = flat(header...)
	for _, name := range names {
		row := model.Row{Cells: []model.Cell{txt(MeasureLabel(name))}}
		for _, tier := range tiers {
			row.Cells = append(row.Cells, cell(b.count(b.here(tier), name)))
		}
		t.Rows = append(t.Rows, row)
	}
	if datasetOf(names[0]).name == "procedures" && slices.Contains(tiers, tierAll) {
		t.Notes = append(t.Notes, "Cột “Chung các cấp” đếm mã TTHC khác nhau, không phải tổng của các cột trước.")
	}
	return t, true
}

// tiersOf are the tiers with data of any dataset of the names, in tree order;
// the unit's own when there are none.
func (b *builder) tiersOf(names []string) []string {
	found := map[string]bool{}
	for _, n := range names {
		for _, t := range b.tiersWith(datasetOf(n).name) {
			found[t] = true
		}
	}
	var out []string
	for _, t := range tierLabels {
		if found[t.name] {
			out = append(out, t.name)
		}
	}
	if len(out) == 0 {
		out = []string{b.tier("own")}
	}
	return out
}

func (b *builder) coverageNote(dataset, tier string) []string {
	words := b.coverageWords(dataset, tier)
	if words == "" {
		return nil
	}
	return []string{tierLabel(tier) + ", " + lower(datasetOf(dataset).text) + ": " + words + "."}
}

// lower puts the first letter in lower case, unless the word is an acronym.
func lower(s string) string {
	r := []rune(s)
	if len(r) > 1 && strings.ToUpper(string(r[1])) == string(r[1]) && r[1] != ' ' {
		return s
	}
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

// tierGroups calls row for every name of every tier with data, the sum over tiers
// too when asked for, and puts a group row before each tier when there are several.
func (b *builder) tierGroups(sum bool, names []string, columns int, row func(tier, name string) []model.Row) []model.Row {
	tiers := b.tiersOf(names)
	if !sum && len(tiers) > 1 {
		tiers = slices.DeleteFunc(tiers, func(t string) bool { return t == tierAll })
	}
	var out []model.Row
	for _, tier := range tiers {
		var rows []model.Row
		for _, name := range names {
			if len(tiers) > 1 && !b.shows(datasetOf(name).name, tier) {
				continue
			}
			b.use(name)
			rows = append(rows, row(tier, name)...)
		}
		if len(tiers) > 1 && len(rows) > 0 {
			out = append(out, groupRow(tierLabel(tier), columns))
		}
		out = append(out, rows...)
	}
	return out
}

// indicatorsTable has a row per indicator and tier: numerator, denominator,
// share, target and whether it is met.
func (b *builder) indicatorsTable(args []string) (model.Table, bool) {
	names := args[1:]
	t := model.Table{
		Title: args[0], ID: "chi-tieu-" + datasetOf(names[0]).name,
		Columns: widths(5.6, 1.25, 1.25, 1.35, 1.3, 1.5),
		Header:  flat("Nội dung", "Tử số", "Mẫu số", "Tỷ lệ", "Chỉ tiêu", "Đánh giá"),
		Notes:   b.coverageLine(names),
	}
	t.Columns[4].Align, t.Columns[5].Align = model.Center, model.Center
	t.Rows = b.tierGroups(true, names, 6, func(tier, name string) []model.Row {
		return []model.Row{b.indicatorRow(b.here(tier), name)}
	})
	if !slices.ContainsFunc(t.Rows, func(r model.Row) bool { return r.Cells[4].Value.Text != "" }) {
		dropColumns(&t, 4, 5)
	}
	return t, true
}

// dropColumns takes columns out of a table whose header has one row.
func dropColumns(t *model.Table, columns ...int) {
	slices.Sort(columns)
	for _, at := range slices.Backward(columns) {
		t.Columns = slices.Delete(t.Columns, at, at+1)
		for i := range t.Header {
			t.Header[i] = slices.Delete(t.Header[i], at, at+1)
		}
		for i := range t.Rows {
			row := &t.Rows[i]
			row.Cells = slices.Delete(row.Cells, at, at+1)
			if row.Cells[0].ColSpan > 1 {
				row.Cells[0].ColSpan--
			}
		}
	}
}

func (b *builder) indicatorRow(s spot, name string) model.Row {
	ind := b.indicators[name]
	if ind == nil {
		return model.Row{Cells: []model.Cell{txt(b.label(name)), cell(b.count(s, name)), {}, {}, {}, {}}}
	}
	r := b.of(s, ind)
	tone, target := b.judge(name, s.tier, r)
	cells := []model.Cell{txt(b.label(name)), {}, {}, {Value: b.share(s, ind), Tone: tone}, {}, {}}
	missing := cell(model.None(b.why(s, name)))
	cells[1], cells[2] = missing, missing
	if r.ok {
		cells[1], cells[2] = cell(model.Int(r.num)), cell(model.Int(r.den))
	}
	if target == nil {
		cells[4] = txt("")
		return model.Row{Cells: cells}
	}
	cells[4] = txt(target.words())
	cells[5] = model.Cell{Value: model.Text(verdicts[tone]), Tone: tone}
	return model.Row{Cells: cells}
}
