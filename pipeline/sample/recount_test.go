package sample

import (
	"slices"
	"strings"
	"testing"
	"time"

	"cchc/pipeline/dataset"
)

// The rows of the files are read back and counted with plain loops, from the
// definitions of the measures alone: nothing of the generator is used.

// record is one row by field name, values as the file has them.
type record map[string]string

// recounter holds the rows of a workspace.
type recounter struct {
	t           testing.TB
	rows        map[string][]record
	byCode      map[string][]record // procedures
	parent      map[string]string
	tier        map[string]string
	units       []string
	period      string
	start, stop time.Time
	to, now     time.Time
	out         map[Expectation]int64
	codes       map[Expectation]map[string]bool
}

var spans = map[string][2]string{"ngan-son": {"2020-12-15", "2021-09-15"}, "can-tho": {"2016-01-01", "2016-12-31"},
	"khu-kinh-te": {"2020-12-15", "2021-09-20"}, "hiep-hoa": {"2021-12-15", "2022-12-14"}, "my-duc": {"2019-12-15", "2020-03-14"}}

func recount(t testing.TB, w *Workspace) map[Expectation]int64 {
	c := &recounter{t: t, rows: map[string][]record{}, parent: map[string]string{}, tier: map[string]string{},
		out: map[Expectation]int64{}, codes: map[Expectation]map[string]bool{}, period: w.Expect[0].Period}
	c.start, _ = time.Parse(time.DateOnly, spans[w.Name][0])
	c.to, _ = time.Parse(time.DateOnly, spans[w.Name][1])
	c.stop = c.to.AddDate(0, 0, 1)
	c.now, _ = time.Parse(time.RFC3339, w.Now)
	c.read(w)
	c.dossiers()
	c.documents()
	c.tasks()
	c.procedures()
	c.checklist()
	for e, set := range c.codes {
		c.out[e] = int64(len(set))
	}
	return c.out
}

func (c *recounter) when(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	if len(s) == 10 || len(s) == 16 {
		form := "02/01/2006 15:04"[:len(s)]
		if t, err := time.Parse(form, s); err == nil {
			return t
		}
	}
	c.t.Errorf("%q is no day", s)
	return time.Time{}
}

func (c *recounter) end(r record) time.Time {
	if r["finished_at"] != "" {
		return c.when(r["finished_at"])
	}
	return c.when(r["returned_at"])
}

func yes(s string) bool { return s == "Có" || s == "1" }

func date(t time.Time) time.Time { return t.Truncate(24 * time.Hour) }

// add counts one for a unit and all above it; with a false the line is there,
// with nothing added.
func (c *recounter) add(unit, measure string, when bool) { c.addBy(unit, measure, "", "", when) }

func (c *recounter) addBy(unit, measure, by, key string, when bool) {
	for u := unit; u != ""; u = c.parent[u] {
		for _, tier := range []string{c.tier[unit], "all"} {
			e := Expectation{Period: c.period, Unit: u, Tier: tier, Measure: measure, By: by, Key: key}
			n := c.out[e]
			if when {
				n++
			}
			c.out[e] = n
		}
	}
}

func (c *recounter) addCode(unit, measure, code string, when bool) {
	for u := unit; u != ""; u = c.parent[u] {
		for _, tier := range []string{c.tier[unit], "all"} {
			e := Expectation{Period: c.period, Unit: u, Tier: tier, Measure: measure}
			if c.codes[e] == nil {
				c.codes[e] = map[string]bool{}
			}
			if when {
				c.codes[e][code] = true
			}
		}
	}
}

func level(s string) int {
	switch s {
	case "3", "Một phần":
		return 3
	case "4", "Toàn trình":
		return 4
	case "2", "Cung cấp thông tin trực tuyến":
		return 2
	}
	return 0
}

func (c *recounter) dossiers() {
	d := dataset.Dossiers
	for _, r := range c.rows["dossiers"] {
		u, status, channel := r["unit_code"], english(d, "status", r["status"]), english(d, "channel", r["channel"])
		add := func(m string, when bool) { c.add(u, "dossiers."+m, when) }
		if status == "submitted" || status == "not_accepted" {
			sent := c.when(r["submitted_at"])
			in := !sent.Before(c.start) && sent.Before(c.stop)
			add("awaiting_reception", in && status == "submitted")
			add("not_accepted", in && status == "not_accepted")
			continue
		}
		recv, due, end := c.when(r["received_at"]), c.when(r["due_at"]), c.end(r)
		lvl := level(r["service_level"])
		if r["service_level"] == "" {
			if p := c.inForce(u, r["procedure_code"], date(recv)); p != nil {
				lvl = level(p["service_level"])
			}
		}
		endDay, dueDay := date(end), date(due)
		carried := recv.Before(c.start) && (end.IsZero() || !end.Before(c.start))
		fresh := !recv.Before(c.start) && recv.Before(c.stop)
		received := carried || fresh
		resolved := received && !end.IsZero() && !end.Before(c.start) && end.Before(c.stop)
		pending := received && (end.IsZero() || !end.Before(c.stop))
		online := fresh && channel == "online"
		late := resolved && !due.IsZero() && endDay.After(dueDay)
		overdue := pending && !due.IsZero() && dueDay.Before(c.to)
		add("carried_over", carried)
		add("received_in_period", fresh)
		add("received", received)
		if received {
			c.addBy(u, "dossiers.received", "field", r["field"], true)
			c.addBy(u, "dossiers.received", "desk", r["desk"], true)
		}
		add("received_online", online)
		add("received_counter", fresh && channel == "counter")
		add("received_post", fresh && channel == "post")
		add("received_channel_unknown", fresh && !slices.Contains([]string{"online", "counter", "post"}, channel))
		add("resolved", resolved)
		add("resolved_early", resolved && !due.IsZero() && endDay.Before(dueDay))
		add("resolved_on_time", resolved && !due.IsZero() && endDay.Equal(dueDay))
		add("resolved_late", late)
		add("resolved_no_deadline", resolved && due.IsZero())
		add("resolved_same_day", resolved && endDay.Equal(date(recv)))
		for _, s := range []string{"withdrawn", "refused", "stopped"} {
			add("resolved_"+s, resolved && status == s)
		}
		add("pending", pending)
		add("pending_within_due", pending && !due.IsZero() && !dueDay.Before(c.to))
		add("pending_overdue", overdue)
		add("pending_no_deadline", pending && due.IsZero())
		add("offered_online", fresh && lvl >= 3)
		add("online_level_3", online && lvl == 3)
		add("online_level_4", online && lvl == 4)
		add("online_level_3_4", online && lvl >= 3)
		back := english(d, "return_channel", r["return_channel"])
		add("by_post", fresh && (channel == "post" || back == "post"))
		add("returned_by_post", resolved && back == "post")
		add("result_attached", resolved && yes(r["result_attached"]))
		add("digitised", fresh && yes(r["digitised"]))
		add("with_fee", fresh && yes(r["has_fee"]))
		add("paid_online", fresh && yes(r["has_fee"]) && yes(r["paid_online"]))
		add("late_with_apology", (late || overdue) && yes(r["apology"]))
	}
}

func (c *recounter) documents() {
	for _, r := range c.rows["documents"] {
		on := c.when(r["registered_on"])
		if on.Before(c.start) || !on.Before(c.stop) {
			continue
		}
		u := r["unit_code"]
		add := func(m string, when bool) { c.add(u, "documents."+m, when && !yes(r["secret"])) }
		c.add(u, "documents.secret", yes(r["secret"]))
		in := english(dataset.Documents, "direction", r["direction"]) == "in"
		electronic, processed := yes(r["electronic"]), yes(r["processed_online"])
		organ, person := yes(r["signed_by_organ"]), yes(r["signed_by_person"])
		due, done := c.when(r["due_on"]), c.when(r["finished_on"])
		doneByTo := !done.IsZero() && !done.After(c.to)
		add("total", true)
		add("incoming", in)
		add("outgoing", !in)
		add("electronic", electronic)
		add("processed_online", processed)
		add("processed_online_signed", processed && (organ || person))
		add("signed", organ || person)
		add("signed_by_organ", organ)
		add("signed_by_person", person)
		add("outgoing_electronic", !in && electronic)
		add("outgoing_signed", !in && (organ || person))
		add("outgoing_signed_by_person", !in && electronic && person)
		assigned := c.when(r["assigned_on"])
		add("incoming_assigned", in && !assigned.IsZero() && assigned.Before(c.stop))
		add("filed", r["work_file"] != "")
		add("with_due", !due.IsZero())
		add("finished_on_time", !due.IsZero() && doneByTo && !done.After(due))
		add("overdue", !due.IsZero() && (due.Before(c.to) && !doneByTo || doneByTo && done.After(due)))
	}
}

func (c *recounter) tasks() {
	for _, r := range c.rows["tasks"] {
		if r["year"] != c.to.Format("2006") {
			continue
		}
		add := func(m string, when bool) { c.add(r["unit_code"], "tasks."+m, when) }
		status := english(dataset.Tasks, "status", r["status"])
		due, begun, done := c.when(r["due_on"]), c.when(r["started_on"]), c.when(r["completed_on"])
		completed := !done.IsZero() && done.Before(c.stop) || done.IsZero() && status == "completed"
		ongoing := !completed && (!begun.IsZero() && begun.Before(c.stop) || begun.IsZero() && status == "in_progress")
		add("total", true)
		add("completed", completed)
		add("completed_late", completed && !done.IsZero() && !due.IsZero() && done.After(due))
		add("in_progress", ongoing)
		add("not_started", !completed && !ongoing)
		add("done_or_ongoing", completed || ongoing)
		add("overdue", !completed && !due.IsZero() && due.Before(c.to))
	}
}

// inForce is the row of a code that holds for a unit on a day: the nearest
// publisher's, of several the latest. Nil when there is none.
func (c *recounter) inForce(unit, code string, on time.Time) record {
	var best record
	far := 1 << 30
	for _, r := range c.byCode[strings.ToUpper(code)] {
		steps, ok := c.standsFor(r, unit)
		from, to := c.when(r["valid_from"]), c.when(r["valid_to"])
		if !ok || from.After(on) || !to.IsZero() && !to.After(on) {
			continue
		}
		if steps < far || steps == far && from.After(c.when(best["valid_from"])) {
			best, far = r, steps
		}
	}
	return best
}

// standsFor says whether a catalogue row holds at a unit; -1 steps is its own.
func (c *recounter) standsFor(r record, unit string) (steps int, ok bool) {
	tier := english(dataset.Procedures, "applies_to", r["applies_to"])
	if tier == "" {
		return -1, r["unit_code"] == unit
	}
	if tier != c.tier[unit] {
		return 0, false
	}
	for u := unit; u != ""; u = c.parent[u] {
		if u == r["unit_code"] {
			return steps, true
		}
		steps++
	}
	return 0, false
}

func (c *recounter) procedures() {
	used := map[string]bool{}
	for _, r := range c.rows["dossiers"] {
		recv := c.when(r["received_at"])
		if !recv.Before(c.start) && recv.Before(c.stop) && english(dataset.Dossiers, "channel", r["channel"]) == "online" {
			used[r["unit_code"]+"|"+r["procedure_code"]] = true
		}
	}
	for _, u := range c.units {
		seen := map[string]bool{}
		for _, r := range c.rows["procedures"] {
			if _, ok := c.standsFor(r, u); ok && !seen[r["procedure_code"]] {
				seen[r["procedure_code"]] = true
				c.procedure(u, r["procedure_code"], used[u+"|"+r["procedure_code"]])
			}
		}
	}
}

func (c *recounter) procedure(u, code string, used bool) {
	add := func(m string, when bool) { c.addCode(u, "procedures."+m, code, when) }
	now := c.inForce(u, code, c.to)
	is := func(name string) bool { return now != nil && yes(now[name]) }
	lvl := 0
	if now != nil {
		lvl = level(now["service_level"])
	}
	add("total", now != nil)
	add("one_stop", is("one_stop"))
	add("interlinked", is("interlinked"))
	add("postal", is("postal"))
	add("posted", is("posted"))
	add("level_2", lvl == 2)
	add("level_3", lvl == 3)
	add("level_4", lvl == 4)
	add("level_3_4", lvl >= 3)
	add("level_3_4_used", lvl >= 3 && used)
	add("level_4_used", lvl == 4 && used)
	add("time_cut_20", now != nil && tenths(now["committed_days"])*10 <= tenths(now["statutory_days"])*8)
	for _, m := range []string{"issued", "amended", "abolished", "posted_though_abolished"} {
		add(m, false)
	}
	for _, r := range c.byCode[strings.ToUpper(code)] {
		if _, ok := c.standsFor(r, u); !ok {
			continue
		}
		from, to := c.when(r["valid_from"]), c.when(r["valid_to"])
		change := english(dataset.Procedures, "change", r["change"])
		if !from.Before(c.start) && from.Before(c.stop) && same(c.inForce(u, code, from), r) {
			add("issued", change == "new")
			add("amended", change == "amended")
		}
		if !to.IsZero() && !to.Before(c.start) && to.Before(c.stop) && now == nil && same(c.inForce(u, code, to.AddDate(0, 0, -1)), r) {
			add("abolished", true)
			add("posted_though_abolished", yes(r["posted"]))
		}
	}
}

func same(a, b record) bool {
	return a["unit_code"] == b["unit_code"] && a["applies_to"] == b["applies_to"] && a["valid_from"] == b["valid_from"]
}

func tenths(s string) int {
	whole, half, _ := strings.Cut(s, ",")
	n := 0
	for _, c := range whole {
		n = n*10 + int(c-'0')
	}
	n *= 10
	if half == "5" {
		n += 5
	}
	return n
}

func (c *recounter) checklist() {
	latest := map[string]record{}
	for _, r := range c.rows["checklist"] {
		k := r["unit_code"] + "|" + r["criterion"]
		on := c.when(r["checked_on"])
		if on.After(c.to) {
			continue
		}
		if old, ok := latest[k]; !ok || c.when(old["checked_on"]).Before(on) {
			latest[k] = r
		}
	}
	for _, r := range latest {
		result := english(dataset.Checklist, "result", r["result"])
		c.add(r["unit_code"], "checklist.checked", result != "not_applicable")
		c.add(r["unit_code"], "checklist.passed", result == "pass")
		c.add(r["unit_code"], "checklist.partly", result == "partly")
		c.add(r["unit_code"], "checklist.failed", result == "fail")
	}
}
