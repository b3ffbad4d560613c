package reference

import (
	"bytes"
	"encoding/csv"
	"reflect"
	"testing"
	"time"
)

// acceptCases: one row, imported on 30/6/2021. Unit C3 was valid from 10/1/2021
// to 9/2/2021.
var acceptCases = []struct {
	name, dataset, row string
	good               bool
}{
	{"plain", "dossiers", "dossier_code=A unit_code=c1 received_at=2021-01-05", true},
	{"no code", "dossiers", "unit_code=C1 received_at=2021-01-05", false},
	{"unknown unit", "dossiers", "dossier_code=A unit_code=X received_at=2021-01-05", false},
	{"no reception", "dossiers", "dossier_code=A unit_code=C1 status=processing", false},
	{"no reception, no status", "dossiers", "dossier_code=A unit_code=C1", false},
	{"no reception, submitted", "dossiers", "dossier_code=A unit_code=C1 status=submitted", true},
	{"no reception, not accepted", "dossiers", "dossier_code=A unit_code=C1 status=not_accepted", true},
	{"unreadable date", "dossiers", "dossier_code=A unit_code=C1 received_at=2021-02-30", false},
	{"unreadable optional date", "dossiers", "dossier_code=A unit_code=C1 received_at=2021-01-05 due_at=mai", false},
	{"unreadable status", "dossiers", "dossier_code=A unit_code=C1 received_at=2021-01-05 status=lạ", false},
	{"unreadable channels", "dossiers", "dossier_code=A unit_code=C1 received_at=2021-01-05 channel=lạ return_channel=lạ", true},
	{"ended the day before", "dossiers", "dossier_code=A unit_code=C1 received_at=2021-01-05T00:00:00 finished_at=2021-01-04T23:59:59", false},
	{"ended earlier that day", "dossiers", "dossier_code=A unit_code=C1 received_at=2021-01-05T10:00:00 finished_at=2021-01-05T09:00:00", true},
	{"handed over before reception, but finished after", "dossiers", "dossier_code=A unit_code=C1 received_at=2021-01-05 finished_at=2021-01-06 returned_at=2021-01-01", true},
	{"resolved without a date", "dossiers", "dossier_code=A unit_code=C1 received_at=2021-01-05 status=resolved", false},
	{"withdrawn with a handover", "dossiers", "dossier_code=A unit_code=C1 received_at=2021-01-05 returned_at=2021-01-05 status=withdrawn", true},
	{"later on the day of the import", "dossiers", "dossier_code=A unit_code=C1 received_at=2021-06-30T23:59:59", true},
	{"the day after the import", "dossiers", "dossier_code=A unit_code=C1 received_at=2021-07-01", false},
	{"the day after the import on the wall clock", "dossiers", "dossier_code=A unit_code=C1 received_at=2021-06-30T17:00:00Z", false},
	{"due after the import", "dossiers", "dossier_code=A unit_code=C1 received_at=2021-01-05 due_at=2022-01-01", true},
	{"unit gone on the day of reception", "dossiers", "dossier_code=A unit_code=C3 received_at=2021-02-09", false},
	{"unit there on the day of reception", "dossiers", "dossier_code=A unit_code=C3 received_at=2021-02-08", true},
	{"unit came on the day of the end", "dossiers", "dossier_code=A unit_code=C3 received_at=2021-01-01 finished_at=2021-01-10", true},
	{"unit came after the end", "dossiers", "dossier_code=A unit_code=C3 received_at=2021-01-01 finished_at=2021-01-09T23:59:59", false},
	{"unit came while pending", "dossiers", "dossier_code=A unit_code=C3 received_at=2020-01-01", true},
	{"submitted while the unit was there", "dossiers", "dossier_code=A unit_code=C3 submitted_at=2021-02-08 status=submitted", true},
	{"submitted too late", "dossiers", "dossier_code=A unit_code=C3 submitted_at=2021-02-09 status=submitted", false},
	{"no date at all: the import day", "dossiers", "dossier_code=A unit_code=C3 status=submitted", false},
	{"other datasets ask for no day", "tasks", "unit_code=C3 year=2021 task_code=1", true},
	{"task in an unknown unit", "tasks", "unit_code=X year=2021 task_code=1", false},
	{"task due later", "tasks", "unit_code=C1 year=2021 task_code=1 due_on=2022-01-01", true},
	{"task completed later", "tasks", "unit_code=C1 year=2021 task_code=1 completed_on=2021-07-01", false},
	{"no direction", "documents", "unit_code=C1 number=1 registered_on=2021-01-01", false},
	{"valid later", "procedures", "unit_code=C1 procedure_code=1 valid_from=2022-01-01 valid_to=2023-01-01", true},
	{"unknown tier", "procedures", "unit_code=C1 procedure_code=1 valid_from=2021-01-01 applies_to=thôn", false},
	{"unreadable result", "checklist", "unit_code=C1 criterion=1 checked_on=2021-01-01 result=ok", false},
	{"unreadable period", "figures", "unit_code=C1 period=2021-M13 code=a value=1", false},
	{"declared later", "figures", "unit_code=C1 period=2021-Q1 code=a value=1 entered_on=2021-07-01", false},
	{"no text", "narratives", "unit_code=C1 period=2021-Q1 section=I", false},
	{"summary", "summaries", "unit_code=C1 period=2021-Q1 field=a c3=1", true},
}

func TestAcceptance(t *testing.T) {
	for _, c := range acceptCases {
		w := small(sheet(t, c.dataset, "2021-06-30", c.row))
		w.Units = append(w.Units, Unit{Code: "C3", Name: "Xã 3", Tier: "commune", Parent: "D", ValidFrom: on(t, "2021-01-10"), ValidTo: on(t, "2021-02-09")})
		want := Counts{Rows: 1, Returned: 1}
		if c.good {
			want = Counts{Rows: 1, Added: 1}
		}
		if _, n := Import(w); n[0] != want {
			t.Errorf("%s, %s: %+v, want %+v", c.dataset, c.name, n[0], want)
		}
	}
}

// TestRowsOfOneFile: repetitions, conflicts and what is no row.
func TestRowsOfOneFile(t *testing.T) {
	const a, b = "unit_code=C1 year=2021 task_code=A", "unit_code=C1 year=2021 task_code=B"
	for _, c := range []struct {
		name, dataset string
		rows          []string
		want          Counts
	}{
		{"identical", "tasks", []string{a, a, a}, Counts{Rows: 3, Added: 1, Duplicate: 2}},
		{"identical but for case", "tasks", []string{a, "unit_code=c1 year=2021 task_code=a"}, Counts{Rows: 2, Added: 1, Duplicate: 1}},
		{"conflict", "tasks", []string{a, a + " content=x", b}, Counts{Rows: 3, Added: 1, Returned: 2}},
		{"conflict and repetition", "tasks", []string{a, a, a + " content=x"}, Counts{Rows: 3, Returned: 3}},
		{"a bad row conflicts with nothing", "tasks", []string{a, a + " status=lạ"}, Counts{Rows: 2, Added: 1, Returned: 1}},
		{"blank", "tasks", []string{a, "", " "}, Counts{Rows: 1, Added: 1}},
		{"documents of two years", "documents", []string{"unit_code=C1 direction=in number=1 registered_on=2020-12-31", "unit_code=C1 direction=in number=1 registered_on=2021-01-01"}, Counts{Rows: 2, Added: 2}},
		{"documents of one year", "documents", []string{"unit_code=C1 direction=in number=1 registered_on=2021-02-01", "unit_code=C1 direction=in number=1 registered_on=2021-01-01"}, Counts{Rows: 2, Returned: 2}},
		{"one dossier at two units", "dossiers", []string{"dossier_code=A unit_code=C1 received_at=2021-01-01", "dossier_code=A unit_code=C2 received_at=2021-01-01"}, Counts{Rows: 2, Added: 2}},
		{"parts and total of a summary", "summaries", []string{"unit_code=C1 period=2021-Q1 field=a c3=2", "unit_code=C1 period=2021-Q1 field=Trong~đó c3=1", "unit_code=C1 period=2021-Q1 field=Tổng~cộng c3=2"}, Counts{Rows: 2, Added: 1, Skipped: 1}},
		{"empty and unknown channel are the same", "dossiers", []string{"dossier_code=A unit_code=C1 received_at=2021-01-01 channel=lạ", "dossier_code=A unit_code=C1 received_at=2021-01-01T00:00:00"}, Counts{Rows: 2, Added: 1, Duplicate: 1}},
	} {
		if _, n := Import(small(sheet(t, c.dataset, "2021-06-30", c.rows...))); n[0] != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, n[0], c.want)
		}
	}
}

// TestOrderOfExports imports one task again and again; the step is "as_of
// content", then what is stored.
func TestOrderOfExports(t *testing.T) {
	w := small()
	type step struct {
		asOf, row string
		want      Counts
		content   string
	}
	steps := []step{
		{"2021-06-10", "content=x evidence=e", Counts{Rows: 1, Added: 1}, "x"},
		{"2021-06-10", "content=y", Counts{Rows: 1, Changed: 1}, "y"},            // a tie: the later import wins, its empty cell too
		{"2021-06-09", "content=z", Counts{Rows: 1, Older: 1}, "y"},              // older
		{"2021-06-09", "content=y", Counts{Rows: 1, Older: 1}, "y"},              // older, though equal
		{"2021-06-20", "content=y", Counts{Rows: 1, Unchanged: 1}, "y"},          // confirms, and is now of the 20th
		{"2021-06-15", "content=z", Counts{Rows: 1, Older: 1}, "y"},              // so this is older
		{"2021-06-20", "content=y status=lạ", Counts{Rows: 1, Returned: 1}, "y"}, // a bad row leaves the stored one
		{"", "content=last", Counts{Rows: 1, Changed: 1}, "last"},                // as_of: the day of the import
	}
	for i, st := range steps {
		e := sheet(t, "tasks", "2021-06-30", "unit_code=C1 year=2021 task_code=A "+st.row)
		e.AsOf = on(t, "0001-01-01")
		if st.asOf != "" {
			e.AsOf = on(t, st.asOf)
		}
		w.Exports = append(w.Exports, e)
		s, n := Import(w)
		row := s.rows("tasks")[0]
		if n[i] != st.want || row["content"] != st.content || (i > 0 && row["evidence"] != "") {
			t.Errorf("step %d: %+v, stored %v; want %+v, %q", i+1, n[i], row, st.want, st.content)
		}
	}
}

func TestUnitByName(t *testing.T) {
	for _, c := range []struct {
		header, row []string
		unit        string
	}{
		{[]string{"unit_name", "year", "task_code"}, []string{"xã 2", "2021", "1"}, "C2"},
		{[]string{"unit_name", "unit_code", "year", "task_code"}, []string{"Xã 2", "C1", "2021", "1"}, "C1"},
		{[]string{"unit_name", "unit_code", "year", "task_code"}, []string{"Xã 2", "", "2021", "1"}, "C2"},
		{[]string{"unit_name", "year", "task_code"}, []string{"Xã 9", "2021", "1"}, ""},
	} {
		s, _ := Import(small(Export{Dataset: "tasks", At: on(t, "2021-06-30"), Header: c.header, Rows: [][]string{c.row}}))
		got := ""
		if rows := s.rows("tasks"); len(rows) > 0 {
			got = rows[0]["unit_code"]
		}
		if got != c.unit {
			t.Errorf("%v: unit %q, want %q", c.row, got, c.unit)
		}
	}
}

func TestPeriods(t *testing.T) {
	for _, c := range []struct{ name, rule, from, to string }{
		{"2021-M01", "nd09", "2020-12-15", "2021-01-14"}, {"2021-M12", "calendar", "2021-12-01", "2021-12-31"},
		{"2021-Q1", "nd09", "2020-12-15", "2021-03-14"}, {"2024-Q1", "calendar", "2024-01-01", "2024-03-31"},
		{"2021-H2", "nd09", "2021-06-15", "2021-12-14"}, {"2021-9M", "nd09", "2020-12-15", "2021-09-14"},
		{"2021-y", "nd09", "2020-12-15", "2021-12-14"}, {"2020-12-15..2021-09-15", "nd09", "2020-12-15", "2021-09-15"},
	} {
		p, err := parsePeriod(c.name, c.rule)
		if err != nil || p.from.Format(time.DateOnly) != c.from || p.to.Format(time.DateOnly) != c.to {
			t.Errorf("%s %s: %v, %v", c.name, c.rule, p, err)
		}
	}
	for _, bad := range []string{"2021-M13", "2021-Q5", "2021", "2021-M1", "2021-03-02..2021-03-01"} {
		if _, err := parsePeriod(bad, "nd09"); err == nil {
			t.Errorf("%s is read", bad)
		}
	}
	for day, want := range map[string]string{"2020-12-14": "2020-M12", "2020-12-15": "2021-M01", "2021-01-31": "2021-M02", "2021-08-14": "2021-M08"} {
		if got := monthName(on(t, day), "nd09"); got != want {
			t.Errorf("%s is in %s, want %s", day, got, want)
		}
	}
}

// TestFilesHoldTheExports reads the written CSVs back.
func TestFilesHoldTheExports(t *testing.T) {
	for seed := range uint64(50) {
		w := Random(seed)
		for i, f := range w.Files()[2:] {
			rows, err := csv.NewReader(bytes.NewReader(f.Bytes)).ReadAll()
			if err != nil || f.Path != w.ExportPath(i) {
				t.Fatalf("seed %d, %s: %v", seed, f.Path, err)
			}
			if !reflect.DeepEqual(rows, append([][]string{w.Exports[i].Header}, w.Exports[i].Rows...)) {
				t.Errorf("seed %d: %s holds other rows", seed, f.Path)
			}
		}
	}
}
