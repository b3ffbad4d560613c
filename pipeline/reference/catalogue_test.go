package reference

import (
	"strings"
	"testing"
)

// catalogueCases: the rows, then what unit C1 (a commune under district D under
// province P) counts.
var catalogueCases = []struct{ name, rows, want string }{
	{"in force on the cut-off day only", "unit_code=C1 procedure_code=1 valid_from=2021-03-14 valid_to=2021-03-15 one_stop=yes", "total=1 one_stop=1"},
	{"valid from the day after", "unit_code=C1 procedure_code=1 valid_from=2021-03-15", "none"},
	{"ended long ago", "unit_code=C1 procedure_code=1 valid_from=2019-01-01 valid_to=2020-01-01 posted=yes", "0"},
	{"never valid", "unit_code=C1 procedure_code=1 valid_from=2021-01-01 valid_to=2021-01-01 posted=yes change=new", "0"},
	{"abolished on the cut-off day", "unit_code=C1 procedure_code=1 valid_from=2019-01-01 valid_to=2021-03-14 posted=yes", "abolished=1 posted_though_abolished=1"},
	{"abolished on the first day", "unit_code=C1 procedure_code=1 valid_from=2019-01-01 valid_to=2020-12-15", "abolished=1"},
	{"abolished the day before", "unit_code=C1 procedure_code=1 valid_from=2019-01-01 valid_to=2020-12-14", "0"},
	{"abolished and back by the cut-off", "unit_code=C1 procedure_code=1 valid_from=2019-01-01 valid_to=2021-01-01; unit_code=C1 procedure_code=1 valid_from=2021-03-14", "total=1"},
	{"issued on the cut-off day", "unit_code=C1 procedure_code=1 valid_from=2021-03-14 change=new", "total=1 issued=1"},
	{"issued, then replaced in the period", "unit_code=C1 procedure_code=1 valid_from=2021-01-01 valid_to=2021-02-01 change=new posted=yes; unit_code=C1 procedure_code=1 valid_from=2021-02-01", "total=1 issued=1"},
	{"issued by the province, but the commune has its own", "unit_code=P applies_to=commune procedure_code=1 valid_from=2021-01-01 change=new; unit_code=C1 procedure_code=1 valid_from=2019-01-01", "total=1"},
	{"amended version", "unit_code=C1 procedure_code=1 valid_from=2019-01-01 valid_to=2021-01-01 service_level=2; unit_code=C1 procedure_code=1 valid_from=2021-01-01 change=amended service_level=3", "total=1 level_3=1 level_3_4=1 amended=1"},
	{"the latest of two open versions", "unit_code=C1 procedure_code=1 valid_from=2019-01-01 service_level=4; unit_code=C1 procedure_code=1 valid_from=2020-01-01 service_level=2", "total=1 level_2=1"},
	{"ending is no abolition while an older row is valid", "unit_code=C1 procedure_code=1 valid_from=2019-01-01; unit_code=C1 procedure_code=1 valid_from=2020-01-01 valid_to=2021-01-01", "total=1"},
	{"published for communes", "unit_code=P applies_to=commune procedure_code=1 valid_from=2020-01-01 postal=yes", "total=1 postal=1"},
	{"published for districts", "unit_code=P applies_to=district procedure_code=1 valid_from=2020-01-01", "none"},
	{"published by a neighbour", "unit_code=C2 applies_to=commune procedure_code=1 valid_from=2020-01-01", "none"},
	{"the nearest publisher, though older", "unit_code=P applies_to=commune procedure_code=1 valid_from=2021-01-01 service_level=4 change=new; unit_code=D applies_to=commune procedure_code=1 valid_from=2020-01-01 service_level=2", "total=1 level_2=1"},
	{"the farther one when the nearest has ended", "unit_code=P applies_to=commune procedure_code=1 valid_from=2019-01-01 service_level=4; unit_code=D applies_to=commune procedure_code=1 valid_from=2020-01-01 valid_to=2021-01-01 service_level=2", "total=1 level_4=1 level_3_4=1"},
	{"own before published", "unit_code=P applies_to=commune procedure_code=1 valid_from=2021-01-01 service_level=4; unit_code=C1 procedure_code=1 valid_from=2019-01-01 service_level=3", "total=1 level_3=1 level_3_4=1"},
	{"own before published by itself", "unit_code=C1 applies_to=commune procedure_code=1 valid_from=2021-01-01 service_level=4; unit_code=C1 procedure_code=1 valid_from=2019-01-01 service_level=3", "total=1 level_3=1 level_3_4=1"},
	{"cut by exactly a fifth", "unit_code=C1 procedure_code=1 valid_from=2020-01-01 statutory_days=7,5 committed_days=6", "total=1 time_cut_20=1"},
	{"cut by less", "unit_code=C1 procedure_code=1 valid_from=2020-01-01 statutory_days=7,5 committed_days=6,1", "total=1"},
	{"no committed time", "unit_code=C1 procedure_code=1 valid_from=2020-01-01 statutory_days=10", "total=1"},
	{"codes without case", "unit_code=C1 procedure_code=ab.1 valid_from=2020-01-01; unit_code=C1 procedure_code=AB.1 valid_from=2021-01-01 interlinked=yes", "total=1 interlinked=1"},
}

func TestProcedures(t *testing.T) {
	for _, c := range catalogueCases {
		rows := strings.Split(c.rows, ";")
		s, n := Import(small(sheet(t, "procedures", "2021-06-30", rows...)))
		if n[0].Added != len(rows) {
			t.Errorf("%s: %+v", c.name, n[0])
		}
		if got := sorted(at(s, "procedures", "C1", "commune", "", "")); got != sorted(c.want) {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, sorted(c.want))
		}
	}
}

func TestUsedAtTheUnitItself(t *testing.T) {
	s, _ := Import(small(sheet(t, "procedures", "2021-06-30", "unit_code=P applies_to=commune procedure_code=1 valid_from=2020-01-01 service_level=4"),
		sheet(t, "dossiers", "2021-06-30", "dossier_code=A unit_code=C1 procedure_code=1 channel=online received_at=2021-01-05",
			"dossier_code=B unit_code=C2 procedure_code=1 channel=counter received_at=2021-01-05",
			"dossier_code=C unit_code=C2 procedure_code=1 channel=online received_at=2020-12-14")))
	for unit, want := range map[string]string{"C1": "level_3_4=1 level_3_4_used=1 level_4=1 level_4_used=1 total=1", "C2": "level_3_4=1 level_4=1 total=1",
		"D": "level_3_4=1 level_3_4_used=1 level_4=1 level_4_used=1 total=1"} {
		if got := sorted(at(s, "procedures", unit, "commune", "", "")); got != want {
			t.Errorf("%s: %s, want %s", unit, got, want)
		}
	}
}

func TestAPublishedRowIsNotItsPublishersOwn(t *testing.T) {
	s, _ := Import(small(sheet(t, "procedures", "2021-06-30", "unit_code=D applies_to=commune procedure_code=1 valid_from=2020-01-01")))
	for place, want := range map[string]string{"D district": "none", "D commune": "total=1", "D all": "total=1", "P all": "total=1", "C2 all": "total=1", "P province": "none"} {
		unit, tier, _ := strings.Cut(place, " ")
		if got := at(s, "procedures", unit, tier, "", ""); got != want {
			t.Errorf("%s: %s, want %s", place, got, want)
		}
	}
	s, _ = Import(small(sheet(t, "procedures", "2021-06-30", "unit_code=D applies_to=district procedure_code=1 valid_from=2020-01-01")))
	if got := at(s, "procedures", "D", "district", "", ""); got != "total=1" {
		t.Errorf("published by a district for districts: %s at itself", got)
	}
}

func TestProceduresCountCodesOnce(t *testing.T) {
	s, _ := Import(small(sheet(t, "procedures", "2021-06-30",
		"unit_code=C1 procedure_code=1 valid_from=2020-01-01 posted=yes field=a", "unit_code=C2 procedure_code=1 valid_from=2020-01-01 field=b",
		"unit_code=D procedure_code=1 valid_from=2020-01-01 field=a", "unit_code=D procedure_code=2 valid_from=2020-01-01 field=a")))
	for place, want := range map[string]string{"D commune": "posted=1 total=1", "D district": "total=2", "D all": "posted=1 total=2"} {
		unit, tier, _ := strings.Cut(place, " ")
		if got := sorted(at(s, "procedures", unit, tier, "", "")); got != want {
			t.Errorf("%s: %s, want %s", place, got, want)
		}
	}
	for key, want := range map[string]string{"a": "posted=1 total=2", "b": "total=1"} {
		if got := sorted(at(s, "procedures", "D", "all", "field", key)); got != want {
			t.Errorf("field %s: %s, want %s", key, got, want)
		}
	}
}

// levelCases: an online dossier of C1 without a level of its own, received on
// 5/1/2021, beside catalogue rows.
var levelCases = []struct{ name, code, rows, dossiers, procedures string }{
	{"version of the reception date", "1.1", "unit_code=C1 procedure_code=1.1 valid_from=2019-01-01 valid_to=2021-01-06 service_level=3; unit_code=C1 procedure_code=1.1 valid_from=2021-01-06 service_level=4",
		"offered_online=1 online_level_3=1 online_level_3_4=1", "total=1 level_4=1 level_3_4=1 level_3_4_used=1 level_4_used=1"},
	{"local code", "1.1.000.h10", "unit_code=P applies_to=commune procedure_code=1.1 valid_from=2019-01-01 service_level=4",
		"offered_online=1 online_level_4=1 online_level_3_4=1", "total=1 level_4=1 level_3_4=1 level_3_4_used=1 level_4_used=1"},
	{"local code with a row of its own", "1.1.000.H10", "unit_code=C1 procedure_code=1.1 valid_from=2019-01-01 service_level=4; unit_code=P applies_to=commune procedure_code=1.1.000.h10 valid_from=2019-01-01 service_level=2",
		"", "total=2 level_2=1 level_4=1 level_3_4=1"},
	{"a row of its own only later", "1.1.000.H10", "unit_code=C1 procedure_code=1.1 valid_from=2019-01-01 service_level=4; unit_code=C1 procedure_code=1.1.000.H10 valid_from=2021-02-01 service_level=3",
		"offered_online=1 online_level_4=1 online_level_3_4=1", "total=2 level_3=1 level_4=1 level_3_4=2 level_3_4_used=1"},
	{"the row has no level", "1.1.000.H10", "unit_code=C1 procedure_code=1.1 valid_from=2019-01-01 service_level=4; unit_code=C1 procedure_code=1.1.000.H10 valid_from=2019-01-01",
		"", "total=2 level_4=1 level_3_4=1"},
	{"nothing in force that day", "1.1", "unit_code=C1 procedure_code=1.1 valid_from=2021-01-06 service_level=3",
		"", "total=1 level_3=1 level_3_4=1 level_3_4_used=1"},
	{"another commune's row", "1.1", "unit_code=C2 procedure_code=1.1 valid_from=2019-01-01 service_level=3", "", "none"},
	{"no code", "", "unit_code=C1 procedure_code=1.1 valid_from=2019-01-01 service_level=3", "", "total=1 level_3=1 level_3_4=1"},
}

func TestLevelsFromTheCatalogue(t *testing.T) {
	for _, c := range levelCases {
		s, _ := Import(small(sheet(t, "procedures", "2021-06-30", strings.Split(c.rows, ";")...),
			sheet(t, "dossiers", "2021-06-30", "dossier_code=A unit_code=C1 channel=online received_at=2021-01-05T23:00:00 procedure_code="+c.code)))
		want := sorted("received_in_period=1 received=1 received_online=1 pending=1 pending_no_deadline=1 " + c.dossiers)
		if got := sorted(at(s, "dossiers", "C1", "all", "", "")); got != want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, want)
		}
		if got := sorted(at(s, "procedures", "C1", "all", "", "")); got != sorted(c.procedures) {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, sorted(c.procedures))
		}
	}
}

// TestTheTreeIsThatOfTheCutOffDay: C1 moves from D to E, or goes, or comes. Its
// register rows are "tier parent from to". It has one task; P publishes one
// procedure for communes.
func TestTheTreeIsThatOfTheCutOffDay(t *testing.T) {
	for _, c := range []struct {
		name, rows, district, tier string
		published                  bool
	}{
		{"moves on the cut-off day", "commune D - 2021-03-14; commune E 2021-03-14 -", "E", "commune", true},
		{"moves the day after", "commune D - 2021-03-15; commune E 2021-03-15 -", "D", "commune", true},
		{"rows in the other order", "commune E 2021-03-14 -; commune D - 2021-03-14", "E", "commune", true},
		{"gone: keeps its last place", "commune D - 2020-01-01; department E 2020-01-01 2021-01-01", "E", "department", false},
		{"gone, and still published for", "department D - 2020-01-01; commune E 2020-01-01 2021-01-01", "E", "commune", true},
		{"gone, and back later", "commune D - 2020-01-01; department E 2021-03-15 -", "D", "commune", true},
		{"still to come: its earliest place", "department E 2021-09-01 -; commune D 2021-03-15 2021-09-01", "D", "commune", false},
	} {
		w := small(sheet(t, "tasks", "2021-06-30", "unit_code=C1 year=2021 task_code=1"),
			sheet(t, "procedures", "2021-06-30", "unit_code=P applies_to=commune procedure_code=1 valid_from=2020-01-01"))
		w.Units = append(w.Units[:2:2], Unit{Code: "E", Name: "Huyện E", Tier: "district", Parent: "P"})
		for row := range strings.SplitSeq(c.rows, ";") {
			part := strings.Fields(row)
			u := Unit{Code: "C1", Name: "Xã 1", Tier: part[0], Parent: part[1]}
			if part[2] != "-" {
				u.ValidFrom = on(t, part[2])
			}
			if part[3] != "-" {
				u.ValidTo = on(t, part[3])
			}
			w.Units = append(w.Units, u)
		}
		s, _ := Import(w)
		for _, district := range []string{"D", "E"} {
			if got := at(s, "tasks", district, c.tier, "", "") != "none"; got != (district == c.district) {
				t.Errorf("%s: lines under %s as a %s: %v", c.name, district, c.tier, got)
			}
		}
		if at(s, "tasks", "P", c.tier, "", "") == "none" || at(s, "tasks", "C1", c.tier, "", "") == "none" {
			t.Errorf("%s: no lines as a %s", c.name, c.tier)
		}
		if got := at(s, "procedures", "C1", "all", "", "") != "none"; got != c.published {
			t.Errorf("%s: published for it: %v", c.name, got)
		}
	}
}
