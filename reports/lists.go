package reports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"cchc/reports/model"
)

// pagedRows is the longest list put on pages; a longer one is in the workbook.
const pagedRows = 400

func yesNo(v bool) string {
	if v {
		return "Có"
	}
	return "Không"
}

// overdueTable lists dossiers that ended late or are overdue: codes, no names.
func (b *builder) overdueTable([]string) (model.Table, bool) {
	t := model.Table{
		Title: "Danh sách hồ sơ quá hạn", ID: "qua-han", Sheet: "Hồ sơ quá hạn",
		Columns: []model.Column{{Width: 0.6, Align: model.Center}, {Width: 3.2, NoWrap: true}, {Width: 3}, {Width: 2.6},
			{Width: 1.6}, {Width: 1.6}, {Width: 1.6}, {Width: 1}, {Width: 2.1, Align: model.Center}, {Width: 1.1, Align: model.Center}},
		Header: flat("STT", "Mã hồ sơ", "Đơn vị", "Lĩnh vực", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày có kết quả", "Số ngày quá hạn", "Tình trạng", "Thư xin lỗi"),
		Notes:  []string{"Số ngày quá hạn là số ngày theo lịch, tính đến ngày có kết quả hoặc đến ngày chốt số liệu."},
	}
	for i, d := range b.d.Overdue {
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{
			num(i + 1), txt(d.Code), txt(b.unitName(d.Unit)), txt(d.Field), cell(model.Date(d.Received)), cell(model.Date(d.Due)),
			cell(model.Date(d.End)), num(d.DaysLate), txt(stateWords(d.State)), txt(yesNo(d.Apology)),
		}})
	}
	b.ownOnly(&t, 2, b.d.Overdue)
	t.NotPaged = len(t.Rows) > pagedRows
	return t, len(t.Rows) > 0
}

func stateWords(state string) string {
	switch state {
	case "late":
		return "Đã giải quyết"
	case "overdue":
		return "Đang giải quyết"
	case "resolved":
		return "Đã giải quyết"
	case "pending":
		return "Đang giải quyết"
	}
	return state
}

// ownOnly drops the column of the unit's name from a list of the report's own
// unit, whose name stands on the first page.
func (b *builder) ownOnly(t *model.Table, column int, list []Dossier) {
	if !slices.ContainsFunc(list, func(d Dossier) bool { return d.Unit != b.d.Unit.Code }) {
		dropColumns(t, column)
	}
}

// sampleTable lists the dossiers drawn for a look on site, with room to tick.
func (b *builder) sampleTable([]string) (model.Table, bool) {
	t := model.Table{
		Title: "Mẫu hồ sơ kiểm tra tại chỗ", ID: "mau-ho-so", Sheet: "Mẫu hồ sơ",
		Columns: []model.Column{{Width: 0.6, Align: model.Center}, {Width: 3.2, NoWrap: true}, {Width: 2.8}, {Width: 5},
			{Width: 1.5}, {Width: 1.5}, {Width: 1.5}, {Width: 2, Align: model.Center}, {Width: 1}, {Width: 1.6}},
		Header: flat("STT", "Mã hồ sơ", "Đơn vị", "Thủ tục", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày có kết quả", "Tình trạng", "Đã kiểm tra", "Ghi chú"),
	}
	if b.d.SampleSeed != "" {
		t.Notes = []string{"Mẫu chọn ngẫu nhiên theo hạt giống “" + b.d.SampleSeed + "”; chọn lại với cùng hạt giống và số liệu cho cùng danh sách."}
	}
	for i, d := range b.d.Sample {
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{
			num(i + 1), txt(d.Code), txt(b.unitName(d.Unit)), txt(d.Procedure), cell(model.Date(d.Received)), cell(model.Date(d.Due)),
			cell(model.Date(d.End)), txt(stateWords(d.State)), txt(""), txt(""),
		}})
	}
	b.ownOnly(&t, 2, b.d.Sample)
	return t, len(t.Rows) > 0
}

// coverageTable has a row per unit and tier and a column per dataset: units
// with data of those expected, and to which day.
func (b *builder) coverageTable([]string) (model.Table, bool) {
	t := model.Table{
		Title: "Độ phủ số liệu", ID: "do-phu", Sheet: "Độ phủ", Columns: widths(2.6, 1.5),
		Notes: []string{"Số đơn vị có số liệu trên số đơn vị của cấp đó, và ngày mới nhất của số liệu."},
	}
	header := []string{"Đơn vị", "Cấp"}
	for _, set := range datasetLabels {
		header = append(header, set.text)
		t.Columns = append(t.Columns, model.Column{Width: 1.6, Align: model.Center})
	}
	t.Header = flat(header...)
	at := map[string]int{}
	for _, c := range b.d.Coverage {
		if c.Unit != b.d.Unit.Code && !b.isCompared(c) {
			continue
		}
		column := slices.IndexFunc(datasetLabels, func(l datasetLabel) bool { return l.name == c.Dataset })
		if column < 0 || c.Tier == tierAll && b.oneTier(c.Unit) {
			continue
		}
		key := c.Unit + "/" + c.Tier
		if _, seen := at[key]; !seen {
			at[key] = len(t.Rows)
			cells := []model.Cell{txt(b.unitName(c.Unit)), txt(tierLabel(c.Tier))}
			for range datasetLabels {
				cells = append(cells, cell(model.None(whyNothing)))
			}
			t.Rows = append(t.Rows, model.Row{Cells: cells})
		}
		words := fmt.Sprintf("%d/%d", c.WithData, c.Expected)
		if !c.Latest.IsZero() && c.WithData > 0 {
			words += ", đến " + model.Date(c.Latest).String()
		}
		t.Rows[at[key]].Cells[2+column] = txt(words)
	}
	return t, len(t.Rows) > 0
}

// oneTier reports a unit whose data are all of one tier: the sum over tiers says
// nothing new.
func (b *builder) oneTier(unit string) bool {
	tiers := map[string]bool{}
	for _, c := range b.d.Coverage {
		if c.Unit == unit && c.Tier != tierAll {
			tiers[c.Tier] = true
		}
	}
	return len(tiers) == 1
}

func (b *builder) isCompared(c Coverage) bool {
	return b.kind.Compares && c.Tier == b.d.Tier && b.units[c.Unit].Tier == b.d.Tier && b.under(b.units[c.Unit], b.d.Unit.Code)
}

// sourcesTable has a row per dataset; the exports with their SHA-256 are in the
// workbook.
func (b *builder) sourcesTable([]string) (model.Table, bool) {
	t := model.Table{
		Title: "Nguồn số liệu", ID: "nguon", Sheet: "Tệp nguồn",
		Columns: []model.Column{{Width: 4}, {Width: 1.4}, {Width: 1.6}, {Width: 3.2, Align: model.Center}},
		Header:  flat("Loại số liệu", "Số tệp", "Số dòng", "Số liệu đến ngày"),
		Notes:   []string{"Tên, số dòng và mã SHA-256 của từng tệp ở trang “" + provenanceSheet + "” trong tệp Excel kèm theo."},
	}
	var order []string
	first, last := map[string]time.Time{}, map[string]time.Time{}
	files, rows := map[string]int{}, map[string]int{}
	for _, s := range b.d.Sources {
		if files[s.Dataset] == 0 {
			order, first[s.Dataset], last[s.Dataset] = append(order, s.Dataset), s.AsOf, s.AsOf
		}
		files[s.Dataset]++
		rows[s.Dataset] += s.Rows
		if s.AsOf.Before(first[s.Dataset]) {
			first[s.Dataset] = s.AsOf
		}
		if s.AsOf.After(last[s.Dataset]) {
			last[s.Dataset] = s.AsOf
		}
	}
	for _, set := range order {
		words := model.Date(last[set]).String()
		if earliest := model.Date(first[set]).String(); earliest != words {
			words = earliest + " – " + words
		}
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{txt(datasetOf(set).text), num(files[set]), num(rows[set]), txt(words)}})
	}
	return t, len(t.Rows) > 0
}

var severityWords = map[string]string{"error": "Lỗi", "warning": "Cảnh báo", "note": "Lưu ý"}

func (b *builder) findingsTable([]string) (model.Table, bool) {
	t := model.Table{
		Title: "Kết quả tự kiểm tra số liệu", ID: "kiem-tra", Sheet: "Kiểm tra số liệu",
		Columns: []model.Column{{Width: 1.2}, {Width: 3}, {Width: 6}, {Width: 1}},
		Header:  flat("Mức độ", "Đơn vị", "Nội dung", "Số dòng"),
	}
	for _, f := range b.d.Findings {
		words := severityWords[f.Severity]
		if words == "" {
			words = f.Severity
		}
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{txt(words), txt(b.unitName(f.Unit)), txt(f.Message), num(f.Rows)}})
	}
	t.NotPaged = len(t.Rows) > pagedRows
	return t, len(t.Rows) > 0
}

// words is a label, or the labels of the measures summed when there is none.
func words(text string, measures []string) string {
	if text != "" {
		return text
	}
	var out []string
	for _, m := range measures {
		out = append(out, lower(MeasureLabel(m)))
	}
	return strings.Join(out, " + ")
}

// evidence are the sheets that only the workbook has.
func (b *builder) evidence() []model.Table {
	var out []model.Table
	for _, e := range b.d.Evidence {
		t := model.Table{Title: e.Title, ID: "can-cu", Sheet: e.Name, Selected: e.Total, NotPaged: true}
		row := make([]model.Cell, len(e.Columns))
		for i, c := range e.Columns {
			row[i] = head(c.Label, 1, 1)
			t.Columns = append(t.Columns, model.Column{Name: c.Name})
		}
		t.Header = [][]model.Cell{row}
		for _, r := range e.Rows {
			cells := make([]model.Cell, len(e.Columns))
			for i := range min(len(cells), len(r)) {
				cells[i] = cell(evidenceValue(r[i], e.Columns[i].Moment))
			}
			t.Rows = append(t.Rows, model.Row{Cells: cells})
		}
		out = append(out, b.finish(t))
	}
	return append(out, b.finish(b.definitions()), b.finish(b.provenance()))
}

func evidenceValue(v any, moment bool) model.Value {
	switch v := v.(type) {
	case string:
		return model.Text(v)
	case int64:
		return model.Int(v)
	case int:
		return model.Int(int64(v))
	case bool:
		return model.Text(lower(yesNo(v)))
	case time.Time:
		if moment && !v.IsZero() {
			return model.Value{Kind: model.Moment, Date: v}
		}
		return model.Date(v)
	}
	return model.Value{}
}

const provenanceSheet = "Nguồn số liệu"

// provenance lists what identifies the figures: run, ledger, exports.
func (b *builder) provenance() model.Table {
	e := b.d.Edition
	t := model.Table{
		Title: "Nguồn số liệu và phiên bản", ID: "xuat-xu", Sheet: provenanceSheet,
		Columns: []model.Column{{Name: "item"}, {Name: "value"}, {Name: "dataset"}, {Name: "as_of"}, {Name: "rows"}},
		Header:  flat("Mục", "Giá trị", "Loại số liệu", "Số liệu đến", "Số dòng"),
	}
	add := func(item, value string) {
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{txt(item), txt(value), {}, {}, {}}})
	}
	add("Phiên bản", fmt.Sprintf("v%d", max(1, e.Number)))
	add("Mã lần chạy", e.RunID)
	add("Vị trí sổ nhập", fmt.Sprint(e.Ledger))
	add("Phiên bản chương trình", e.Program)
	add("Phiên bản định nghĩa", e.Definitions)
	add("Kỳ báo cáo", b.d.Period.Label)
	for _, s := range b.d.Sources {
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{
			txt(s.File), txt("SHA-256 " + s.SHA256), txt(datasetOf(s.Dataset).text), cell(model.Date(s.AsOf)), num(s.Rows),
		}})
	}
	return t
}

// changes is the page of what moved since the edition before.
func (b *builder) changes() []model.Block {
	if len(b.d.Edition.Changes) == 0 {
		return nil
	}
	title := fmt.Sprintf("Thay đổi so với phiên bản v%d", b.d.Edition.ChangesOf)
	t := model.Table{
		Title: title, ID: "thay-doi", Sheet: "Thay đổi",
		Columns: widths(3, 1.8, 4, 1.2, 1.2, 1.2),
		Header:  flat("Đơn vị", "Cấp", "Số liệu", "Trước", "Sau", "Chênh lệch"),
	}
	value := func(n *int64) model.Value {
		if n == nil {
			return model.None("không có")
		}
		return model.Int(*n)
	}
	for _, c := range b.d.Edition.Changes {
		gap := model.None("không có số liệu để so sánh")
		if c.Before != nil && c.After != nil {
			gap = model.Int(*c.After - *c.Before)
		}
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{
			txt(b.unitName(c.Unit)), txt(tierLabel(c.Tier)), txt(MeasureLabel(c.Measure)), cell(value(c.Before)), cell(value(c.After)), cell(gap),
		}})
	}
	t.NotPaged = len(t.Rows) > pagedRows
	return []model.Block{model.Heading{Level: 1, Text: title}, b.finish(t)}
}
