package reference

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// The cases are measured in 2021-Q1 of Nghị định 09: 15/12/2020 to 14/3/2021.
const quarter = "2021-Q1"

func on(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if s != "" && err != nil {
		t.Fatal(err)
	}
	return d
}

// sheet makes an export of rows written "field=value field=value"; "~" in a
// value stands for a space, what a row leaves out is empty.
func sheet(t *testing.T, dataset, at string, rows ...string) Export {
	t.Helper()
	e := Export{Dataset: dataset, At: on(t, at), AsOf: on(t, at)}
	for _, f := range schema[dataset] {
		e.Header = append(e.Header, f.name)
	}
	for _, row := range rows {
		cells := make([]string, len(e.Header))
		for part := range strings.FieldsSeq(row) {
			name, value, _ := strings.Cut(part, "=")
			i := slices.Index(e.Header, name)
			if i < 0 {
				t.Fatalf("%s has no field %q", dataset, name)
			}
			cells[i] = strings.ReplaceAll(value, "~", " ")
		}
		e.Rows = append(e.Rows, cells)
	}
	return e
}

func small(exports ...Export) Workspace {
	return Workspace{Rule: "nd09", Deadline: "date", Exports: exports, Units: []Unit{
		{Code: "P", Name: "Tỉnh", Tier: "province"},
		{Code: "D", Name: "Huyện", Tier: "district", Parent: "P"},
		{Code: "C1", Name: "Xã 1", Tier: "commune", Parent: "D"},
		{Code: "C2", Name: "Xã 2", Tier: "commune", Parent: "D"},
	}}
}

// at lists the measures above 0 of one dataset, unit and tier as "a=1 b=2", "0"
// when all are 0 and "none" when there are no lines.
func at(s State, dataset, unit, tier, by, key string) string {
	out, lines := []string{}, 0
	for _, l := range s.Measures([]string{quarter}, by) {
		name, ok := strings.CutPrefix(l.Measure, dataset+".")
		if !ok || l.Unit != unit || l.Tier != tier || l.Key != key {
			continue
		}
		lines++
		if l.Value != 0 {
			out = append(out, fmt.Sprintf("%s=%d", name, l.Value))
		}
	}
	switch {
	case lines == 0:
		return "none"
	case len(out) == 0:
		return "0"
	}
	return strings.Join(out, " ")
}

func sorted(s string) string {
	parts := strings.Fields(s)
	slices.Sort(parts)
	return strings.Join(parts, " ")
}

// dossierCases: the dossier, then everything it counts for.
var dossierCases = []struct{ name, row, want string }{
	{"received at start", "received_at=2020-12-15T00:00:00", "received_in_period=1 received=1 received_channel_unknown=1 pending=1 pending_no_deadline=1"},
	{"received one second before start", "received_at=2020-12-14T23:59:59", "carried_over=1 received=1 pending=1 pending_no_deadline=1"},
	{"received one second before stop", "received_at=2021-03-14T23:59:59 channel=online", "received_in_period=1 received=1 received_online=1 pending=1 pending_no_deadline=1"},
	{"received at stop", "received_at=2021-03-15T00:00:00", "none"},
	{"received on the day of start, no time", "received_at=2020-12-15 channel=counter", "received_in_period=1 received=1 received_counter=1 pending=1 pending_no_deadline=1"},
	{"received at stop by offset", "received_at=2021-03-14T17:00:00Z", "none"},
	{"received before stop by offset", "received_at=2021-03-14T16:59:59Z", "received_in_period=1 received=1 received_channel_unknown=1 pending=1 pending_no_deadline=1"},
	{"ended one second before start", "received_at=2020-11-01 finished_at=2020-12-14T23:59:59", "0"},
	{"ended at start", "received_at=2020-11-01 finished_at=2020-12-15", "carried_over=1 received=1 resolved=1 resolved_no_deadline=1"},
	{"ended one second before stop", "received_at=2020-11-01 finished_at=2021-03-14T23:59:59 due_at=2021-03-14", "carried_over=1 received=1 resolved=1 resolved_on_time=1"},
	{"ended at stop", "received_at=2020-11-01 finished_at=2021-03-15 due_at=2021-03-14", "carried_over=1 received=1 pending=1 pending_within_due=1"},
	{"due on the cut-off day", "received_at=2020-11-01 due_at=2021-03-14T00:00:00", "carried_over=1 received=1 pending=1 pending_within_due=1"},
	{"due the day before the cut-off", "received_at=2020-11-01 due_at=2021-03-13T23:59:59", "carried_over=1 received=1 pending=1 pending_overdue=1"},
	{"no due date, resolved", "received_at=2021-01-05 finished_at=2021-01-06", "received_in_period=1 received=1 received_channel_unknown=1 resolved=1 resolved_no_deadline=1"},
	{"date-only end on the day of reception", "received_at=2021-01-05T10:00:00 finished_at=2021-01-05 due_at=2021-01-06", "received_in_period=1 received=1 received_channel_unknown=1 resolved=1 resolved_early=1 resolved_same_day=1"},
	{"date-only end on the first day, received that day", "received_at=2020-12-15T10:00:00 finished_at=2020-12-15", "received_in_period=1 received=1 received_channel_unknown=1 resolved=1 resolved_no_deadline=1 resolved_same_day=1"},
	{"late by a day", "received_at=2021-01-05 finished_at=2021-01-08 due_at=2021-01-07 apology=yes", "received_in_period=1 received=1 received_channel_unknown=1 resolved=1 resolved_late=1 late_with_apology=1"},
	{"collected late makes nobody late", "received_at=2021-01-05 finished_at=2021-01-07 returned_at=2021-02-01 due_at=2021-01-07 status=returned", "received_in_period=1 received=1 received_channel_unknown=1 resolved=1 resolved_on_time=1"},
	{"only handed over", "received_at=2021-01-05 returned_at=2021-02-01 due_at=2021-01-07 status=returned return_channel=post", "received_in_period=1 received=1 received_channel_unknown=1 resolved=1 resolved_late=1 by_post=1 returned_by_post=1"},
	{"overdue with apology", "received_at=2021-01-05 due_at=2021-01-07 apology=yes", "received_in_period=1 received=1 received_channel_unknown=1 pending=1 pending_overdue=1 late_with_apology=1"},
	{"apology in time", "received_at=2021-01-05 due_at=2021-03-15 apology=yes", "received_in_period=1 received=1 received_channel_unknown=1 pending=1 pending_within_due=1"},
	{"withdrawn", "received_at=2021-01-05 finished_at=2021-01-06 status=withdrawn", "received_in_period=1 received=1 received_channel_unknown=1 resolved=1 resolved_no_deadline=1 resolved_withdrawn=1"},
	{"refused after the period", "received_at=2021-01-05 finished_at=2021-03-20 status=refused", "received_in_period=1 received=1 received_channel_unknown=1 pending=1 pending_no_deadline=1"},
	{"stopped", "received_at=2021-01-05 finished_at=2021-01-06 status=stopped", "received_in_period=1 received=1 received_channel_unknown=1 resolved=1 resolved_no_deadline=1 resolved_stopped=1"},
	{"level 3 at the counter", "received_at=2021-01-05 channel=counter service_level=3", "received_in_period=1 received=1 received_counter=1 offered_online=1 pending=1 pending_no_deadline=1"},
	{"level 4 online", "received_at=2021-01-05 channel=online service_level=4", "received_in_period=1 received=1 received_online=1 offered_online=1 online_level_4=1 online_level_3_4=1 pending=1 pending_no_deadline=1"},
	{"level 2 online", "received_at=2021-01-05 channel=online service_level=2", "received_in_period=1 received=1 received_online=1 pending=1 pending_no_deadline=1"},
	{"carried over online does not count as online", "received_at=2020-12-14 channel=online service_level=3 has_fee=yes digitised=yes", "carried_over=1 received=1 pending=1 pending_no_deadline=1"},
	{"unknown channel", "received_at=2021-01-05 channel=bồ~câu", "received_in_period=1 received=1 received_channel_unknown=1 pending=1 pending_no_deadline=1"},
	{"by post once, though both legs are", "received_at=2021-01-05 channel=post return_channel=post", "received_in_period=1 received=1 received_post=1 by_post=1 pending=1 pending_no_deadline=1"},
	{"fee and payment", "received_at=2021-01-05 has_fee=yes paid_online=yes digitised=yes result_attached=yes", "received_in_period=1 received=1 received_channel_unknown=1 digitised=1 with_fee=1 paid_online=1 pending=1 pending_no_deadline=1"},
	{"payment without fee", "received_at=2021-01-05 paid_online=yes", "received_in_period=1 received=1 received_channel_unknown=1 pending=1 pending_no_deadline=1"},
	{"waiting for reception", "submitted_at=2020-12-15 status=submitted channel=online", "awaiting_reception=1"},
	{"submitted at stop", "submitted_at=2021-03-15 status=submitted", "none"},
	{"submitted before start", "submitted_at=2020-12-14T23:59:59 status=submitted", "0"},
	{"not accepted", "submitted_at=2021-03-14T23:59:59 status=not_accepted", "not_accepted=1"},
	{"received, but still called submitted", "submitted_at=2021-01-05 received_at=2021-01-05 status=submitted", "awaiting_reception=1"},
	{"neither submitted nor received", "status=submitted", "none"},
}

func TestDossiers(t *testing.T) {
	for _, c := range dossierCases {
		s, n := Import(small(sheet(t, "dossiers", "2021-06-30", "dossier_code=A unit_code=C1 "+c.row)))
		if n[0].Added != 1 {
			t.Errorf("%s: not accepted: %+v", c.name, n[0])
		}
		for _, place := range []string{"C1 commune", "C1 all", "D commune", "P commune", "P all"} {
			unit, tier, _ := strings.Cut(place, " ")
			if got := sorted(at(s, "dossiers", unit, tier, "", "")); got != sorted(c.want) {
				t.Errorf("%s at %s:\n got %s\nwant %s", c.name, place, got, sorted(c.want))
			}
		}
		if got := at(s, "dossiers", "D", "district", "", ""); got != "none" {
			t.Errorf("%s: tier district has %s, want no lines", c.name, got)
		}
	}
}

func TestDeadlineByInstant(t *testing.T) {
	for _, c := range []struct{ row, date, instant string }{
		{"finished_at=2021-01-07T10:00:01 due_at=2021-01-07T10:00:00", "resolved_on_time", "resolved_late"},
		{"finished_at=2021-01-07T10:00:00 due_at=2021-01-07T10:00:00", "resolved_on_time", "resolved_on_time"},
		{"finished_at=2021-01-07T09:59:59 due_at=2021-01-07T10:00:00", "resolved_on_time", "resolved_early"},
		{"finished_at=2021-01-07T08:00:00 due_at=2021-01-07", "resolved_on_time", "resolved_late"},
		{"finished_at=2021-01-07 due_at=2021-01-07T08:00:00", "resolved_on_time", "resolved_early"},
		{"due_at=2021-03-14T08:00:00", "pending_within_due", "pending_within_due"},
	} {
		for deadline, want := range map[string]string{"date": c.date, "instant": c.instant} {
			w := small(sheet(t, "dossiers", "2021-06-30", "dossier_code=A unit_code=C1 received_at=2021-01-04 "+c.row))
			w.Deadline = deadline
			s, _ := Import(w)
			if got := at(s, "dossiers", "C1", "all", "", ""); !strings.Contains(got, want+"=1") {
				t.Errorf("%s, deadline %s: %s, want %s", c.row, deadline, got, want)
			}
		}
	}
}

var otherCases = []struct{ dataset, name, row, want string }{
	{"documents", "first day", "direction=in registered_on=2020-12-15", "total=1 incoming=1"},
	{"documents", "cut-off day", "direction=out registered_on=2021-03-14 electronic=yes signed_by_person=yes", "total=1 outgoing=1 electronic=1 signed=1 signed_by_person=1 outgoing_electronic=1 outgoing_signed=1 outgoing_signed_by_person=1"},
	{"documents", "the day after", "direction=in registered_on=2021-03-15", "none"},
	{"documents", "the day before", "direction=in registered_on=2020-12-14", "0"},
	{"documents", "secret", "direction=out registered_on=2021-01-01 secret=yes electronic=yes signed_by_organ=yes due_on=2021-01-02", "secret=1"},
	{"documents", "signed on paper", "direction=out registered_on=2021-01-01 signed_by_organ=yes processed_online=yes", "total=1 outgoing=1 processed_online=1 processed_online_signed=1 signed=1 signed_by_organ=1 outgoing_signed=1"},
	{"documents", "assigned on the cut-off day", "direction=in registered_on=2021-01-01 assigned_on=2021-03-14 work_file=HS", "total=1 incoming=1 incoming_assigned=1 filed=1"},
	{"documents", "assigned later", "direction=in registered_on=2021-01-01 assigned_on=2021-03-15", "total=1 incoming=1"},
	{"documents", "outgoing is not assigned", "direction=out registered_on=2021-01-01 assigned_on=2021-01-02", "total=1 outgoing=1"},
	{"documents", "due on the cut-off day", "direction=in registered_on=2021-01-01 due_on=2021-03-14", "total=1 incoming=1 with_due=1"},
	{"documents", "due the day before", "direction=in registered_on=2021-01-01 due_on=2021-03-13", "total=1 incoming=1 with_due=1 overdue=1"},
	{"documents", "finished on the due day", "direction=in registered_on=2021-01-01 due_on=2021-03-13 finished_on=2021-03-13", "total=1 incoming=1 with_due=1 finished_on_time=1"},
	{"documents", "finished on the cut-off day, late", "direction=in registered_on=2021-01-01 due_on=2021-03-13 finished_on=2021-03-14", "total=1 incoming=1 with_due=1 overdue=1"},
	{"documents", "finished on the cut-off day, in time", "direction=in registered_on=2021-01-01 due_on=2021-03-14 finished_on=2021-03-14", "total=1 incoming=1 with_due=1 finished_on_time=1"},
	{"documents", "finished in time after the cut-off", "direction=in registered_on=2021-01-01 due_on=2021-03-20 finished_on=2021-03-15", "total=1 incoming=1 with_due=1"},
	{"documents", "finished without due", "direction=in registered_on=2021-01-01 finished_on=2021-01-02", "total=1 incoming=1"},
	{"tasks", "other year", "year=2020", "none"},
	{"tasks", "bare", "year=2021", "total=1 not_started=1"},
	{"tasks", "completed on the cut-off day, late", "year=2021 completed_on=2021-03-14 due_on=2021-03-13", "total=1 completed=1 completed_late=1 done_or_ongoing=1"},
	{"tasks", "completed the day after", "year=2021 completed_on=2021-03-15 status=completed due_on=2021-03-13", "total=1 not_started=1 overdue=1"},
	{"tasks", "completed the day after, started", "year=2021 completed_on=2021-03-15 started_on=2021-03-14 due_on=2021-03-14", "total=1 in_progress=1 done_or_ongoing=1"},
	{"tasks", "completed by status", "year=2021 status=completed due_on=2021-01-01", "total=1 completed=1 done_or_ongoing=1"},
	{"tasks", "under way by status", "year=2021 status=in_progress due_on=2021-03-13", "total=1 in_progress=1 done_or_ongoing=1 overdue=1"},
	{"tasks", "to start later, whatever the status", "year=2021 status=in_progress started_on=2021-03-15", "total=1 not_started=1"},
	{"checklist", "before the period counts", "checked_on=2019-01-01 result=pass", "checked=1 passed=1"},
	{"checklist", "on the cut-off day", "checked_on=2021-03-14 result=partly", "checked=1 partly=1"},
	{"checklist", "the day after", "checked_on=2021-03-15 result=fail", "none"},
	{"checklist", "not applicable", "checked_on=2021-01-01 result=not_applicable", "0"},
}

func TestDocumentsTasksChecklist(t *testing.T) {
	id := map[string]string{"documents": "number=1 ", "tasks": "task_code=1 ", "checklist": "criterion=1 "}
	for _, c := range otherCases {
		s, n := Import(small(sheet(t, c.dataset, "2021-06-30", "unit_code=c2 "+id[c.dataset]+c.row)))
		if n[0].Added != 1 {
			t.Errorf("%s, %s: not accepted: %+v", c.dataset, c.name, n[0])
		}
		if got := sorted(at(s, c.dataset, "P", "commune", "", "")); got != sorted(c.want) {
			t.Errorf("%s, %s:\n got %s\nwant %s", c.dataset, c.name, got, sorted(c.want))
		}
	}
}

func TestChecklistTakesTheLatestResult(t *testing.T) {
	s, _ := Import(small(sheet(t, "checklist", "2021-06-30",
		"unit_code=C1 criterion=a checked_on=2021-01-01 result=pass", "unit_code=C1 criterion=A checked_on=2021-03-14 result=fail",
		"unit_code=C1 criterion=a checked_on=2021-03-15 result=pass", "unit_code=C2 criterion=a checked_on=2021-01-01 result=pass",
		"unit_code=C2 criterion=b checked_on=2021-01-01 result=pass", "unit_code=C2 criterion=b checked_on=2021-02-01 result=not_applicable")))
	if got := at(s, "checklist", "D", "all", "", ""); got != "checked=2 failed=1 passed=1" {
		t.Error(got)
	}
}
