package reports

import (
	"strings"

	"cchc/reports/model"
)

const formTitle = "Tình hình, kết quả giải quyết TTHC tại cơ quan, đơn vị trực tiếp giải quyết TTHC"

func (b *builder) formNotes(tier string) []string {
	return append([]string{
		"Kỳ báo cáo: " + periodWords(b.d.Period) + ".",
	}, b.coverageNote("dossiers", tier)...)
}

// fieldTable is II.06a by field of one tier, from dossiers or else from the
// unit's own table.
func (b *builder) fieldTable(args []string) (model.Table, bool) {
	tier := b.one(args)
	var rows []formRow
	for _, line := range b.d.ByField {
		if line.Tier == tier && (line.Unit == b.d.Unit.Code || line.Unit == "") {
			name := clean(line.Field)
			if name == "" {
				name = "Không ghi lĩnh vực"
			}
			rows = append(rows, countedRow(name, whyNothing, func(m string) (int64, bool) { return breakdownCount(line, m) }))
		}
	}
	counted := b.figures.has(b.here(tier), "dossiers")
	if !counted && tier == b.tier("own") {
		for _, s := range b.d.Summaries {
			if s.Unit == b.d.Unit.Code {
				rows = append(rows, selfRow(clean(s.Field), s))
			}
		}
	}
	total := sumRows("Tổng cộng", rows)
	if len(rows) == 0 {
		if !counted {
			return model.Table{}, false
		}
		total = countedRow("Tổng cộng", whyNothing, func(m string) (int64, bool) { return b.raw(b.here(tier), m) })
		total.style = model.Sum
	}
	t := formTable("Lĩnh vực", rows, []formRow{total})
	t.ID, t.Sheet = "ii06a-"+tier, "II.06a "+lower(tierLabel(tier))
	t.Title = formTitle + " – " + lower(tierLabel(tier))
	t.Notes = append(b.formNotes(tier), t.Notes...)
	return t, true
}

// breakdownCount reads a measure of a line; names may carry the dataset or not.
func breakdownCount(line Breakdown, measure string) (int64, bool) {
	if n, ok := line.Counts[measure]; ok {
		return n, true
	}
	n, ok := line.Counts[strings.TrimPrefix(measure, "dossiers.")]
	return n, ok
}

// tierTable is II.06a with a row per tier, of which the total is the sum.
func (b *builder) tierTable([]string) (model.Table, bool) {
	var rows, totals []formRow
	var notes []string
	for _, tier := range b.tiersWith("dossiers") {
		row := countedRow(tierLabel(tier), whyNothing, func(m string) (int64, bool) { return b.raw(b.here(tier), m) })
		notes = append(notes, b.coverageNote("dossiers", tier)...)
		if tier == tierAll {
			row.style, row.name = model.Sum, "Tổng cộng"
			totals = append(totals, row)
		} else {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return model.Table{}, false
	}
	t := formTable("Cấp", rows, totals)
	t.ID, t.Sheet, t.Title = "ii06a-cap", "II.06a theo cấp", "Hồ sơ TTHC theo cấp giải quyết"
	t.Notes = append(notes, t.Notes...)
	return t, true
}

// unitsWithDossiers are the units of the unit table: of a comparison the units
// compared, else the unit and all below it that sent anything.
func (b *builder) unitsWithDossiers() []Unit {
	if b.kind.Compares {
		return b.compared()
	}
	var out []Unit
	for _, u := range append([]Unit{b.d.Unit}, b.below()...) {
		if b.figures.has(b.ownSpot(u), "dossiers") || b.summarised[u.Code] {
			out = append(out, u)
		}
	}
	return out
}

// ownSpot is the current period of a unit at its own tier.
func (b *builder) ownSpot(u Unit) spot { return spot{b.d.Period.Name, u.Code, u.Tier} }

// unitTable is II.06a with a row per unit. Self-reported rows stand in it and
// are not in its total.
func (b *builder) unitTable([]string) (model.Table, bool) {
	units := b.unitsWithDossiers()
	var rows, counted []formRow
	for _, u := range units {
		s := b.ownSpot(u)
		if b.figures.has(s, "dossiers") || !b.summarised[u.Code] {
			row := countedRow(u.Name, whyNothing, func(m string) (int64, bool) { return b.raw(s, m) })
			if !b.figures.has(s, "dossiers") {
				row.name += " (" + whyNothing + ")"
			}
			rows, counted = append(rows, row), append(counted, row)
			continue
		}
		row := sumRows(u.Name, b.summaryRows(u.Code))
		row.self, row.style = true, model.Body
		row.cells[c5a], row.cells[c10a], row.cells[c13a] = model.Text(""), model.Text(""), model.Text("")
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return model.Table{}, false
	}
	total := sumRows("Tổng cộng", counted)
	if len(counted) < len(rows) {
		total.name = "Tổng cộng (không gồm số tự báo cáo)"
	}
	t := formTable("Đơn vị", rows, []formRow{total})
	t.ID, t.Sheet, t.Title = "ii06a-don-vi", "II.06a theo đơn vị", formTitle+" – theo đơn vị"
	tier := b.d.Tier
	if tier == "" {
		tier = tierAll
	}
	t.Notes = append(b.formNotes(tier), t.Notes...)
	return t, true
}

func (b *builder) summaryRows(unit string) []formRow {
	var out []formRow
	for _, s := range b.d.Summaries {
		if s.Unit == unit {
			out = append(out, selfRow(s.Field, s))
		}
	}
	return out
}

// deskTable has a row per reception desk of the unit itself.
func (b *builder) deskTable([]string) (model.Table, bool) {
	measures := []string{"dossiers.received", "dossiers.received_in_period", "dossiers.resolved", "dossiers.resolved_same_day",
		"dossiers.resolved_late", "dossiers.resolved_no_deadline", "dossiers.pending"}
	t := model.Table{
		Title: "Hồ sơ theo bộ phận tiếp nhận", ID: "bo-phan", Sheet: "Hồ sơ theo bộ phận", Unit: "Đơn vị tính: Số hồ sơ TTHC",
		Columns: widths(3.4, 1.2, 1.2, 1.2, 1.2, 1.2, 1.3, 1.2),
		Header: flat("Bộ phận tiếp nhận", "Phải giải quyết", "Tiếp nhận trong kỳ", "Đã giải quyết", "Giải quyết trong ngày",
			"Giải quyết quá hạn", "Đã giải quyết không xác định hạn", "Đang giải quyết"),
	}
	for _, line := range b.d.ByDesk {
		name := line.Field
		if name == "" {
			name = "Không ghi bộ phận"
		}
		row := model.Row{Cells: []model.Cell{txt(name)}}
		for _, m := range measures {
			v := model.None(whyNothing)
			if n, ok := breakdownCount(line, m); ok {
				v = model.Int(n)
			}
			row.Cells = append(row.Cells, cell(v))
		}
		t.Rows = append(t.Rows, row)
	}
	return t, b.hasDesks()
}

// hasDesks reports whether dossiers name more than one desk: one alone would
// repeat the figures of its unit.
func (b *builder) hasDesks() bool { return len(b.d.ByDesk) > 1 }
