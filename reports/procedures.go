package reports

import (
	"fmt"
	"slices"
	"strings"

	"cchc/reports/model"
)

// procedureTable has a row per procedure and names the units that it concerns.
func (b *builder) procedureTable(id, sheet, title string, list []Procedure) (model.Table, bool) {
	t := model.Table{
		Title: title, ID: id, Sheet: sheet,
		Columns: []model.Column{{Width: 0.6, Align: model.Center}, {Width: 1.6, NoWrap: true}, {Width: 5}, {Width: 2.6}, {Width: 1}, {Width: 4}},
		Header:  flat("STT", "Mã TTHC", "Tên TTHC", "Lĩnh vực", "Số đơn vị", "Đơn vị"),
	}
	var order []Procedure
	units := map[string][]string{}
	several := false
	for _, p := range list {
		several = several || p.Unit != list[0].Unit
		if units[p.Code] == nil {
			order = append(order, p)
		}
		units[p.Code] = append(units[p.Code], p.Unit)
	}
	slices.SortStableFunc(order, func(x, y Procedure) int { return strings.Compare(x.Code, y.Code) })
	for i, p := range order {
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{
			num(i + 1), txt(p.Code), txt(p.Name), txt(p.Field), num(len(units[p.Code])), txt(b.areas(units[p.Code])),
		}})
	}
	if !several && len(list) > 0 {
		dropColumns(&t, 4, 5)
		t.Notes = []string{"Đơn vị: " + b.unitName(list[0].Unit) + "."}
	}
	t.NotPaged = len(t.Rows) > pagedRows
	return t, len(t.Rows) > 0
}

func (b *builder) postedAbolishedTable([]string) (model.Table, bool) {
	return b.procedureTable("niem-yet-bai-bo", "TTHC bãi bỏ còn niêm yết", "Thủ tục đã bãi bỏ nhưng vẫn niêm yết", b.d.Procedures.PostedThoughAbolished)
}

func (b *builder) level4UnusedTable([]string) (model.Table, bool) {
	return b.procedureTable("muc-do-4", "TTHC mức 4 chưa phát sinh", "Thủ tục mức độ 4 chưa phát sinh hồ sơ trực tuyến", b.d.Procedures.Level4Unused)
}

// areas names units by their areas; all units of a tier by the tier's name.
func (b *builder) areas(codes []string) string {
	var out []string
	for _, tier := range tierLabels {
		var here []string
		of := 0
		for _, u := range append([]Unit{b.d.Unit}, b.below()...) {
			if u.Tier != tier.name {
				continue
			}
			of++
			if slices.Contains(codes, u.Code) {
				here = append(here, areaName(u.Name))
			}
		}
		if len(here) == of && of > 3 {
			here = []string{fmt.Sprintf("cả %d đơn vị %s", of, lower(tier.text))}
		}
		out = append(out, here...)
	}
	return strings.Join(out, ", ")
}

// areaName is a people's committee by its area, for long lists of units.
func areaName(name string) string { return strings.TrimPrefix(name, committeeShort) }
