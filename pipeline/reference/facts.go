package reference

import (
	"slices"
	"time"
)

// fact is one thing of a dataset in one period: which measures it counts for.
type fact struct {
	unit    string // code in upper case
	counted string // what is counted once: the row, of procedures the code
	known   bool   // the row is known by the cut-off day
	flags   map[string]bool
	keys    map[string]string // breakdown → key; a dataset without it has none
}

// names lists the measures of each dataset.
var names = map[string][]string{
	"dossiers": {"carried_over", "received_in_period", "received", "received_online", "received_counter", "received_post",
		"received_channel_unknown", "resolved", "resolved_early", "resolved_on_time", "resolved_late", "resolved_no_deadline",
		"resolved_same_day", "resolved_withdrawn", "resolved_refused", "resolved_stopped", "pending", "pending_within_due",
		"pending_overdue", "pending_no_deadline", "offered_online", "online_level_3", "online_level_4", "online_level_3_4",
		"by_post", "returned_by_post", "result_attached", "digitised", "with_fee", "paid_online", "late_with_apology",
		"awaiting_reception", "not_accepted"},
	"documents": {"total", "incoming", "outgoing", "electronic", "processed_online", "processed_online_signed", "signed",
		"signed_by_organ", "signed_by_person", "outgoing_electronic", "outgoing_signed", "outgoing_signed_by_person",
		"incoming_assigned", "filed", "with_due", "finished_on_time", "overdue", "secret"},
	"tasks": {"total", "completed", "completed_late", "in_progress", "not_started", "done_or_ongoing", "overdue"},
	"procedures": {"total", "one_stop", "interlinked", "postal", "posted", "level_2", "level_3", "level_4", "level_3_4",
		"level_3_4_used", "level_4_used", "time_cut_20", "issued", "amended", "abolished", "posted_though_abolished"},
	"checklist": {"checked", "passed", "partly", "failed"},
}

// rows lists the stored rows of a dataset in the order of their keys.
func (s State) rows(dataset string) []record {
	var order []string
	for key := range s.stored[dataset] {
		order = append(order, key)
	}
	slices.Sort(order)
	var out []record
	for _, key := range order {
		out = append(out, s.stored[dataset][key].row)
	}
	return out
}

func (s State) facts(dataset string, p span, t tree) []fact {
	switch dataset {
	case "dossiers":
		return s.dossierFacts(p, t)
	case "documents":
		return s.documentFacts(p)
	case "tasks":
		return s.taskFacts(p)
	case "procedures":
		return s.procedureFacts(p, t)
	}
	return s.checklistFacts(p)
}

func (s State) documentFacts(p span) []fact {
	var out []fact
	for _, r := range s.rows("documents") {
		registered, due, finished := r.at("registered_on"), r.at("due_on"), r.at("finished_on")
		hasDue, hasFinished := !due.IsZero(), !finished.IsZero()
		in := p.holds(registered) && !r.yes("secret")
		incoming, outgoing := in && r["direction"] == "in", in && r["direction"] == "out"
		signed := r.yes("signed_by_organ") || r.yes("signed_by_person")
		finishedByTo := hasFinished && !finished.After(p.to)
		assigned := r.at("assigned_on")
		out = append(out, fact{
			unit: r["unit_code"], counted: keyOf("documents", r), known: !registered.After(p.to),
			keys: map[string]string{"month": monthName(registered, s.w.Rule)},
			flags: map[string]bool{
				"total":                     in,
				"incoming":                  incoming,
				"outgoing":                  outgoing,
				"electronic":                in && r.yes("electronic"),
				"processed_online":          in && r.yes("processed_online"),
				"processed_online_signed":   in && r.yes("processed_online") && signed,
				"signed":                    in && signed,
				"signed_by_organ":           in && r.yes("signed_by_organ"),
				"signed_by_person":          in && r.yes("signed_by_person"),
				"outgoing_electronic":       outgoing && r.yes("electronic"),
				"outgoing_signed":           outgoing && signed,
				"outgoing_signed_by_person": outgoing && r.yes("electronic") && r.yes("signed_by_person"),
				"incoming_assigned":         incoming && !assigned.IsZero() && assigned.Before(p.stop()),
				"filed":                     in && r["work_file"] != "",
				"with_due":                  in && hasDue,
				"finished_on_time":          in && hasDue && finishedByTo && !finished.After(due),
				"overdue": in && hasDue && (due.Before(p.to) && !finishedByTo ||
					finishedByTo && finished.After(due)),
				"secret": p.holds(registered) && r.yes("secret"),
			},
		})
	}
	return out
}

func (s State) taskFacts(p span) []fact {
	var out []fact
	for _, r := range s.rows("tasks") {
		due, started, done := r.at("due_on"), r.at("started_on"), r.at("completed_on")
		in := r["year"] == p.to.Format("2006")
		completed := happened(done, p, r["status"] == "completed")
		ongoing := !completed && happened(started, p, r["status"] == "in_progress")
		out = append(out, fact{
			unit: r["unit_code"], counted: keyOf("tasks", r), known: in,
			keys: map[string]string{"month": monthName(due, s.w.Rule)},
			flags: map[string]bool{
				"total":           in,
				"completed":       in && completed,
				"completed_late":  in && completed && !done.IsZero() && !due.IsZero() && done.After(due),
				"in_progress":     in && ongoing,
				"not_started":     in && !completed && !ongoing,
				"done_or_ongoing": in && (completed || ongoing),
				"overdue":         in && !completed && !due.IsZero() && due.Before(p.to),
			},
		})
	}
	return out
}

// happened: a date decides; only without one does today's status speak.
func happened(day time.Time, p span, status bool) bool {
	if day.IsZero() {
		return status
	}
	return day.Before(p.stop())
}

func (s State) checklistFacts(p span) []fact {
	var out []fact
	rows := s.rows("checklist")
	for _, r := range rows {
		known := !r.at("checked_on").After(p.to)
		newer := func(o record) bool {
			return o["unit_code"] == r["unit_code"] && o["criterion"] == r["criterion"] &&
				o.at("checked_on").After(r.at("checked_on")) && !o.at("checked_on").After(p.to)
		}
		latest := known && !slices.ContainsFunc(rows, newer)
		out = append(out, fact{
			unit: r["unit_code"], counted: keyOf("checklist", r), known: known,
			keys: map[string]string{"month": monthName(r.at("checked_on"), s.w.Rule)},
			flags: map[string]bool{
				"checked": latest && r["result"] != "not_applicable",
				"passed":  latest && r["result"] == "pass",
				"partly":  latest && r["result"] == "partly",
				"failed":  latest && r["result"] == "fail",
			},
		})
	}
	return out
}
