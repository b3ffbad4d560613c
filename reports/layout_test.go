package reports

import (
	"strings"
	"testing"

	"cchc/reports/model"
)

// The days before two given days are no period of anybody's: such a period is
// set beside the same days of last year only.
func TestTwoGivenDaysAreComparedWithLastYear(t *testing.T) {
	d := district()
	earlier := *d.LastYear
	earlier.Name = "2020-03-15..2020-12-14"
	for k, n := range d.Counts {
		if k.Period == d.LastYear.Name {
			k.Period = earlier.Name
			d.Counts[k] = n + 1
		}
	}
	d.Previous, d.Period.Kind = &earlier, ""
	periodic := dump(build(t, "periodic", d))
	if !strings.Contains(periodic, "so với cùng kỳ năm trước (97,33 %, 730/750)") || strings.Contains(periodic, "so với kỳ trước") {
		t.Error("the report compares with days that are no period")
	}
	table := tableByID(t, build(t, "brief", d), "so-sanh-tasks")
	for _, c := range table.Header[0] {
		if c.Value.Text == "Kỳ trước" {
			t.Error("the brief has a column of days that are no period")
		}
	}
	d.Period.Kind = "9M"
	if table = tableByID(t, build(t, "brief", d), "so-sanh-tasks"); len(table.Columns) != 9 {
		t.Errorf("with both periods the table has %d columns, want 9", len(table.Columns))
	}
	d.Previous = d.LastYear
	table = tableByID(t, build(t, "brief", d), "so-sanh-tasks")
	if len(table.Columns) != 6 || table.Header[0][3].Value.Text != "Kỳ trước, cùng kỳ năm trước" {
		t.Errorf("one period that is both stands twice: %d columns", len(table.Columns))
	}
}

// A group of a figures table is free text; everything else must be a figure.
func TestGroupsOfAFiguresTable(t *testing.T) {
	tpl := own("brief.md", `{{ table "figures" "T" "= Nhóm một" "dossiers.received" "= Nhóm hai" "dossiers.online" }}`)
	r, err := Build("brief", district(), tpl)
	if err != nil {
		t.Fatal(err)
	}
	rows := tableByID(t, r, "tong-hop-dossiers").Rows
	if len(rows) != 4 || rows[0].Style != model.Group || rows[0].Cells[0].Value.Text != "Nhóm một" || rows[2].Style != model.Group {
		t.Errorf("%+v", rows)
	}
	for _, bad := range []string{`"Nhóm" "dossiers.received"`, `"= Nhóm" "dossiers.recieved"`} {
		if _, err := Build("brief", district(), own("brief.md", `{{ table "figures" "T" `+bad+` }}`)); err == nil {
			t.Errorf("%s passes", bad)
		}
	}
	if _, err := Build("brief", district(), own("brief.md", `{{ table "measures" "T" "= Nhóm" "dossiers.received" }}`)); err == nil {
		t.Error("a table without groups takes one")
	}
}

// A procedure stands once, with the units that it concerns; all units of a tier
// are not listed one by one.
func TestProceduresOfManyUnits(t *testing.T) {
	d := district()
	d.Procedures.Level4Unused = nil
	communes := 0
	for _, u := range d.Units {
		if u.Parent == "H03.15" {
			communes++
			d.Procedures.Level4Unused = append(d.Procedures.Level4Unused, Procedure{Unit: u.Code, Code: "1.000001", Name: "Đăng ký"})
		}
	}
	if communes < 4 {
		t.Fatalf("only %d communes", communes)
	}
	d.Procedures.Level4Unused = append(d.Procedures.Level4Unused, Procedure{Unit: "H03.15", Code: "1.000000", Name: "Cấp lại"})
	rows := tableByID(t, build(t, "brief", d), "muc-do-4").Rows
	if len(rows) != 2 {
		t.Fatalf("%d rows, want 2", len(rows))
	}
	last := func(r model.Row) string { return r.Cells[len(r.Cells)-1].Value.Text }
	if got := last(rows[0]); got != "huyện Ngân Sơn" {
		t.Errorf("%q", got)
	}
	if got := last(rows[1]); !strings.HasPrefix(got, "cả ") || !strings.HasSuffix(got, " đơn vị cấp xã") {
		t.Errorf("%q", got)
	}
	d.Procedures.Level4Unused = d.Procedures.Level4Unused[communes:]
	if table := tableByID(t, build(t, "brief", d), "muc-do-4"); len(table.Columns) != 4 || len(table.Notes) != 1 {
		t.Error("the only unit's name fills a column")
	}
}

// The checklist of one unit alone gives its results, not shares of one.
func TestChecklistOfOneUnit(t *testing.T) {
	d := district()
	d.Checklist = []Check{
		{Unit: "H03.15", Criterion: "TC2", Result: "pass", On: day("2021-08-01")},
		{Unit: "H03.15", Criterion: "TC10", Result: "partly", Note: "Thiếu sổ", On: day("2021-08-01")},
		{Unit: "H03.15", Criterion: "TC3", Result: "not_applicable", On: day("2021-08-01")},
	}
	table := tableByID(t, build(t, "brief", d), "phieu-kiem-tra")
	if len(table.Columns) != 5 || table.Rows[2].Cells[2].Value.Text != "Đạt một phần" || table.Rows[2].Cells[2].Tone != model.Bad {
		t.Errorf("%+v", table.Rows)
	}
	if want := "đạt 1/2 tiêu chí (50,00 %)"; !strings.Contains(table.Notes[0], want) {
		t.Errorf("%q has no %q", table.Notes[0], want)
	}
}
