package sample

import "strconv"

// dress gives a placed dossier its hours, status and ways in and out.
func (g *generator) dress(s slot, v volume, p *procedure, recv, due, end int) dossier {
	d := dossier{proc: p, desk: v.desk, channel: s.channel, outcome: s.outcome, carried: s.carried}
	d.received = g.cal.days[recv]*1440 + g.officeHour()
	if due >= 0 {
		d.due = g.cal.days[due]
	}
	if v.saturdays && s.channel == "counter" && end > recv {
		g.toSaturday(&d, recv)
	}
	if g.swap != nil {
		d.proc = g.swap(p, d.received/1440)
	}
	switch {
	case s.channel == "online":
		d.submitted = d.received - int32(5+g.r.IntN(900))
	case g.r.IntN(2) == 0:
		d.submitted = d.received
	}
	if end >= 0 {
		g.endOn(&d, recv, end)
	} else {
		d.status = [...]string{"processing", "processing", "processing", "processing", "received", "supplement", "payment"}[g.r.IntN(7)]
	}
	return d
}

// officeHour is a minute of the day between 7:30 and 16:30, noon excepted.
func (g *generator) officeHour() int32 {
	if n := int32(g.r.IntN(420)); n < 240 {
		return 450 + n
	} else {
		return 810 + n - 240
	}
}

// toSaturday moves a Monday's reception to the Saturday morning before.
func (g *generator) toSaturday(d *dossier, recv int) {
	monday := g.cal.days[recv]
	if (monday+4)%7 != 1 || g.r.IntN(2) > 0 {
		return
	}
	saturday := monday - 2
	if !d.carried && d.outcome != past && saturday < g.b.period.from {
		return
	}
	if d.outcome == ahead && saturday <= g.b.period.to {
		return
	}
	d.received = saturday*1440 + 450 + int32(g.r.IntN(210))
}

// endOn sets the result's moment and, mostly, that of its return to the citizen.
func (g *generator) endOn(d *dossier, recv, end int) {
	if end == recv {
		d.finished = d.received + int32(10+g.r.IntN(50))
	} else {
		d.finished = g.cal.days[end]*1440 + g.officeHour()
	}
	d.status = "resolved"
	back := end
	if g.r.IntN(2) == 0 {
		back += g.r.IntN(5)
	}
	if back > g.yesterday {
		return
	}
	d.status = "returned"
	if back == end {
		d.returned = d.finished + int32(5+g.r.IntN(20))
	} else {
		d.returned = g.cal.days[back]*1440 + g.officeHour()
	}
	if back == end && g.r.IntN(40) == 0 { // noted only when it was handed over
		d.finished, d.returned = 0, d.finished
	}
}

func (o outcome) resolved() bool { return o <= noDeadline }
func (o outcome) counted() bool  { return o <= overdue }

// flags gives exact shares of the dossiers of one desk their flags.
func (g *generator) flags(rows []dossier, p profile) {
	all := func(keep func(*dossier) bool) []*dossier {
		var out []*dossier
		for i := range rows {
			if keep(&rows[i]) {
				out = append(out, &rows[i])
			}
		}
		return out
	}
	some := func(of []*dossier, permille int, set func(*dossier)) {
		n := len(of) * permille / 1000
		for _, i := range g.r.Perm(len(of))[:n] {
			set(of[i])
		}
	}
	ended := func(d *dossier) bool { return d.finished != 0 || d.returned != 0 }
	resolved := all(func(d *dossier) bool { return d.outcome.resolved() })
	fresh := all(func(d *dossier) bool { return d.outcome.counted() && !d.carried })
	some(resolved, p.attached, func(d *dossier) { d.attached = true })
	some(fresh, p.digitised, func(d *dossier) { d.digitised = true })
	some(fresh, p.fee, func(d *dossier) { d.fee = true })
	some(all(func(d *dossier) bool { return d.fee && d.channel == "online" }), p.paid, func(d *dossier) { d.paid = true })
	for i := range rows {
		rows[i].returnChannel = "counter"
	}
	some(all(func(d *dossier) bool { return ended(d) && !d.carried && d.channel != "post" }), p.returnPost,
		func(d *dossier) { d.returnChannel = "post" })
	some(all(func(d *dossier) bool { return d.channel == "post" }), 600, func(d *dossier) { d.returnChannel = "post" })
	some(all(func(d *dossier) bool { return d.channel == "online" && d.attached && d.returnChannel == "counter" }), 400,
		func(d *dossier) { d.returnChannel = "online" })
	some(all(func(d *dossier) bool { return d.outcome == late || d.outcome == overdue }), p.apology,
		func(d *dossier) { d.apology = true })
	g.others(rows, p)
	g.endings(resolved, p)
}

// others gives the dossiers outside the period flags of about the same shares.
func (g *generator) others(rows []dossier, p profile) {
	for i := range rows {
		d := &rows[i]
		if d.outcome.counted() {
			continue
		}
		ended := d.finished != 0 || d.returned != 0
		d.attached = ended && g.r.IntN(1000) < p.attached*8/10
		d.digitised = g.r.IntN(1000) < p.digitised*7/10
		d.fee = g.r.IntN(1000) < p.fee
		d.paid = d.fee && d.channel == "online" && g.r.IntN(1000) < p.paid*6/10
	}
}

// endings turns some results into withdrawals, refusals and stops.
func (g *generator) endings(resolved []*dossier, p profile) {
	n := len(resolved)
	order := g.r.Perm(n)
	for _, e := range []struct {
		status   string
		permille int
	}{{"withdrawn", p.withdrawn}, {"refused", p.refused}, {"stopped", p.stopped}} {
		k := min(n*e.permille/1000, len(order))
		for _, i := range order[:k] {
			d := resolved[i]
			d.status = e.status
			if d.finished == 0 {
				d.finished, d.returned = d.returned, 0
			}
		}
		order = order[k:]
	}
}

// unaccepted adds what was sent online and is not, or not yet, received.
func (g *generator) unaccepted(v volume) {
	if len(g.web3.list) == 0 {
		return
	}
	n := 1 + (v.fresh.early+v.fresh.onTime)*v.profile.online/60000
	for i := range 2 * n {
		d := dossier{proc: g.web3.pick(g.r, false), desk: v.desk, channel: "online", status: "not_accepted", outcome: ahead}
		at := g.between(g.first, g.last)
		if i < n {
			d.status, at = "submitted", g.between(max(g.first, g.last-4), g.last)
		}
		d.submitted = g.cal.days[at]*1440 + int32(360+g.r.IntN(900))
		g.rows = append(g.rows, d)
		g.b.tally.add(v.unit.Code, "dossiers.awaiting_reception", d.status == "submitted")
		g.b.tally.add(v.unit.Code, "dossiers.not_accepted", d.status == "not_accepted")
	}
}

// write appends the row, in the order of the dataset's fields.
func (d *dossier) write(e *export, u unit, serial int, l look) {
	code := make([]byte, 0, 40)
	code = append(append(code, u.Organ...), '-')
	y, m, n := civil(d.day() / 1440)
	code = two(two(two(code, y%100), int(m)), n)
	code = append(code, '-')
	for limit := 1000; limit > 1 && serial < limit; limit /= 10 {
		code = append(code, '0')
	}
	e.text(string(strconv.AppendInt(code, int64(serial), 10)))
	e.text(u.Code)
	e.text(d.desk)
	e.text(d.proc.code)
	e.text(d.proc.name)
	e.text(d.proc.field)
	if l.bareLevel {
		e.text("")
	} else {
		e.level(d.proc.level)
	}
	e.word("channel", d.channel)
	e.moment(d.submitted)
	e.moment(d.received)
	if l.dueHour && d.due != 0 {
		e.moment(d.due*1440 + 17*60)
	} else {
		e.date(d.due)
	}
	e.moment(d.finished)
	e.moment(d.returned)
	e.word("status", d.status)
	e.word("return_channel", d.returnChannel)
	e.flag(d.attached)
	e.flag(d.digitised)
	e.flag(d.fee)
	e.flag(d.paid)
	e.flag(d.apology)
	e.end()
}

// count tallies a dossier by the outcome it was made for.
func (g *generator) count(unit string, d *dossier) {
	if !d.outcome.counted() {
		return
	}
	t, o, fresh := &g.b.tally, d.outcome, !d.carried
	add := func(m string, when bool) { t.add(unit, "dossiers."+m, when) }
	online := fresh && d.channel == "online"
	add("carried_over", d.carried)
	add("received_in_period", fresh)
	add("received", true)
	t.by(unit, "dossiers.received", "field", d.proc.field)
	t.by(unit, "dossiers.received", "desk", d.desk)
	add("received_online", online)
	add("received_counter", fresh && d.channel == "counter")
	add("received_post", fresh && d.channel == "post")
	add("received_channel_unknown", fresh && d.channel == "")
	add("offered_online", fresh && d.proc.level >= 3)
	add("online_level_3", online && d.proc.level == 3)
	add("online_level_4", online && d.proc.level == 4)
	add("online_level_3_4", online && d.proc.level >= 3)
	add("by_post", fresh && (d.channel == "post" || d.returnChannel == "post"))
	add("digitised", fresh && d.digitised)
	add("with_fee", fresh && d.fee)
	add("paid_online", fresh && d.fee && d.paid)
	add("late_with_apology", (o == late || o == overdue) && d.apology)
	add("pending", !o.resolved())
	add("pending_within_due", o == within)
	add("pending_overdue", o == overdue)
	if online {
		if g.b.used[unit] == nil {
			g.b.used[unit] = map[string]bool{}
		}
		g.b.used[unit][d.proc.code] = true
	}
	if o.resolved() {
		g.countResolved(add, d)
	}
}

func (g *generator) countResolved(add func(string, bool), d *dossier) {
	end := d.finished
	if end == 0 {
		end = d.returned
	}
	add("resolved", true)
	add("resolved_early", d.outcome == early)
	add("resolved_on_time", d.outcome == onTime)
	add("resolved_late", d.outcome == late)
	add("resolved_no_deadline", d.outcome == noDeadline)
	add("resolved_same_day", end/1440 == d.received/1440)
	add("resolved_withdrawn", d.status == "withdrawn")
	add("resolved_refused", d.status == "refused")
	add("resolved_stopped", d.status == "stopped")
	add("returned_by_post", d.returnChannel == "post")
	add("result_attached", d.attached)
}
