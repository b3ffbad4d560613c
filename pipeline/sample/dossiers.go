package sample

import (
	"fmt"
	"math/rand/v2"
	"sort"

	"cchc/pipeline/dataset"
)

// counts says how many dossiers come to which end in the period.
type counts struct{ early, onTime, late, noDeadline, within, overdue int }

func (c counts) each(f func(outcome, int)) {
	f(early, c.early)
	f(onTime, c.onTime)
	f(late, c.late)
	f(noDeadline, c.noDeadline)
	f(within, c.within)
	f(overdue, c.overdue)
}

// outcome is what became of a dossier by the cut-off day.
type outcome uint8

const (
	early      outcome = iota // ended before the due date
	onTime                    // ended on the due date
	late                      // ended after it
	noDeadline                // ended on the day of reception, no due date given
	within                    // open, due on the cut-off day or later
	overdue                   // open, due before the cut-off day
	past                      // ended before the period
	ahead                     // received after the cut-off day
)

// profile is the make-up of a unit's dossiers, in per mille: online, post and
// unclear of those received in the period, level4 of the online ones, paid of
// those online with a fee, the rest of those that have what is counted.
type profile struct {
	online, level4, post, unclear  int
	attached, digitised, fee, paid int
	returnPost, apology            int
	withdrawn, refused, stopped    int
	pastLate                       int // late among those ended before the period
}

// volume is the dossiers of one desk of a unit.
type volume struct {
	unit           unit
	desk           string
	carried, fresh counts // received before the period, and in it
	profile        profile
	online3        int // if set, exactly this many online at level 3, none at 4
	past, ahead    int // ended before the period; received after the cut-off day
	historyFrom    int32
	saturdays      bool // the desk receives on Saturday mornings
}

// dossier is one row. Moments are minutes, 0 when empty.
type dossier struct {
	proc                                    *procedure
	desk, channel, status, returnChannel    string
	submitted, received, finished, returned int32
	due                                     int32 // day
	outcome                                 outcome
	carried                                 bool
	attached, digitised, fee, paid, apology bool
}

// generator makes the dossiers of one unit.
type generator struct {
	b                *builder
	r                *rand.Rand
	cal              *calendar
	first, last      int // first and last working day of the period
	dueLast          int // first working day on or after the cut-off day
	after, yesterday int // first working day after the cut-off; the last one before now
	any, web3, web4  *pool
	swap             func(p *procedure, received int32) *procedure // what stood in its place on that day; may be nil
	rows             []dossier
}

func newGenerator(b *builder, label string, list []*procedure, skip func(*procedure) bool) *generator {
	cal := newCalendar("2014-06-01", "2023-06-30")
	g := &generator{b: b, r: b.stream("dossiers/" + label), cal: cal}
	g.first, g.last = cal.onOrAfter(b.period.from), cal.onOrBefore(b.period.to)
	g.dueLast = cal.onOrAfter(b.period.to)
	g.after, g.yesterday = cal.onOrAfter(b.period.to+1), cal.onOrBefore(b.today-1)
	ok := func(p *procedure) bool { return skip == nil || !skip(p) }
	g.any = newPool(list, ok)
	g.web3 = newPool(list, func(p *procedure) bool { return ok(p) && p.active && p.level == 3 })
	g.web4 = newPool(list, func(p *procedure) bool { return ok(p) && p.active && p.level == 4 })
	return g
}

// slot is a dossier to be placed in time.
type slot struct {
	outcome outcome
	carried bool
	level   int // 3 or 4 when it comes online
	channel string
}

// volume adds the dossiers of one desk.
func (g *generator) volume(v volume) error {
	var slots []slot
	addAll := func(c counts, carried bool) {
		c.each(func(o outcome, n int) {
			for range n {
				slots = append(slots, slot{outcome: o, carried: carried})
			}
		})
	}
	addAll(v.fresh, false)
	fresh := len(slots)
	g.channels(slots[:fresh], v)
	addAll(v.carried, true)
	for range v.past {
		slots = append(slots, slot{outcome: past})
	}
	for range v.ahead {
		slots = append(slots, slot{outcome: ahead})
	}
	g.loose(slots[fresh:], v.profile)
	begin := len(g.rows)
	for _, s := range slots {
		d, err := g.make(s, v)
		if err != nil {
			return fmt.Errorf("dossiers of %s: %w", v.unit.Code, err)
		}
		g.rows = append(g.rows, d)
	}
	g.flags(g.rows[begin:], v.profile)
	g.unaccepted(v)
	return nil
}

// channels gives exact shares of the dossiers received in the period.
func (g *generator) channels(slots []slot, v volume) {
	n := len(slots)
	online := n * v.profile.online / 1000
	level4 := online * v.profile.level4 / 1000
	if v.online3 > 0 {
		online, level4 = v.online3, 0
	}
	if len(g.web4.list) == 0 {
		level4 = 0
	}
	if len(g.web3.list) == 0 {
		level4 = online
	}
	post, unclear := n*v.profile.post/1000, n*v.profile.unclear/1000
	for i, at := range g.r.Perm(n) {
		s := &slots[at]
		switch {
		case i < level4:
			s.channel, s.level = "online", 4
		case i < online:
			s.channel, s.level = "online", 3
		case i < online+post:
			s.channel = "post"
		case i < online+post+unclear:
			s.channel = ""
		default:
			s.channel = "counter"
		}
	}
}

// loose gives channels to the other dossiers: fewer online than in the period.
func (g *generator) loose(slots []slot, p profile) {
	for i := range slots {
		s, n := &slots[i], g.r.IntN(1000)
		switch {
		case n < p.online*7/10 && len(g.web3.list) > 0:
			s.channel, s.level = "online", 3
		case n < p.online*7/10+p.post:
			s.channel = "post"
		default:
			s.channel = "counter"
		}
	}
}

// make chooses a procedure that can have the outcome, and its days.
func (g *generator) make(s slot, v volume) (dossier, error) {
	from := g.any
	switch s.level {
	case 3:
		from = g.web3
	case 4:
		from = g.web4
	}
	long := s.outcome == within || s.outcome == overdue || s.carried
	for try := range 400 {
		p := from.pick(g.r, long)
		if try >= 300 { // rare outcomes of a narrow list
			p = g.any.pick(g.r, true)
			s.level, s.channel = 0, "counter"
		}
		if recv, due, end, ok := g.place(s, p.days(), v); ok {
			return g.dress(s, v, p, recv, due, end), nil
		}
	}
	return dossier{}, fmt.Errorf("no procedure of the catalogue can end %s in the period", s.outcome)
}

func (o outcome) String() string {
	return [...]string{"early", "on time", "late", "without a deadline", "open within the deadline", "open overdue", "before it", "after it"}[o]
}

// between draws a working day, fewer in February and on Fridays.
func (g *generator) between(lo, hi int) int {
	n := lo + g.r.IntN(hi-lo+1)
	for range 3 {
		d := g.cal.days[n]
		_, month, _ := civil(d)
		if (month != 2 && (d+4)%7 != 5) || g.r.IntN(5) < 3 {
			break
		}
		n = lo + g.r.IntN(hi-lo+1)
	}
	return n
}

// place draws the working days of reception, deadline and end; end is -1 when
// there is none, due is -1 when there is no deadline.
func (g *generator) place(s slot, days int, v volume) (recv, due, end int, ok bool) {
	lo, hi := g.first, g.last
	if s.carried {
		lo, hi = g.first-120, g.first-1
	}
	window := func(a, z int) bool {
		lo, hi = max(lo, a), min(hi, z)
		return lo <= hi
	}
	after := -1 // some of what was open at the cut-off ended since
	if g.after <= g.yesterday && g.r.IntN(3) > 0 {
		after = g.after + g.r.IntN(g.yesterday-g.after+1)
	}
	switch s.outcome {
	case early:
		if days < 1 || !window(g.first-days+1, g.last) {
			return 0, 0, 0, false
		}
		recv = g.between(lo, hi)
		a, z := max(recv, g.first), min(recv+days-1, g.last)
		return recv, recv + days, a + max(g.r.IntN(z-a+1), g.r.IntN(z-a+1)), true
	case onTime:
		if !window(g.first-days, g.last-days) {
			return 0, 0, 0, false
		}
		recv = g.between(lo, hi)
		return recv, recv + days, recv + days, true
	case late:
		over := 1 + g.r.IntN(1+g.r.IntN(9))
		if !window(g.first-days-over, g.last-days-over) {
			return 0, 0, 0, false
		}
		recv = g.between(lo, hi)
		return recv, recv + days, recv + days + over, true
	case noDeadline:
		recv = g.between(lo, hi)
		return recv, -1, recv, true
	case within:
		if days < 1 || !window(g.dueLast-days, g.last) {
			return 0, 0, 0, false
		}
		recv = g.between(lo, hi)
		return recv, recv + days, after, true
	case overdue:
		over := 1 + g.r.IntN(12)
		if !window(g.dueLast-days-over, g.dueLast-days-over) {
			return 0, 0, 0, false
		}
		return lo, lo + days, after, true
	case past:
		return g.placePast(days, v)
	}
	return g.placeAhead(days)
}

// placePast ends a dossier before the period.
func (g *generator) placePast(days int, v volume) (recv, due, end int, ok bool) {
	lo, hi := g.cal.onOrAfter(v.historyFrom), g.first-1
	over := 0
	if g.r.IntN(1000) < v.profile.pastLate {
		over = 1 + g.r.IntN(8)
	}
	recv = g.between(lo, hi)
	end = recv + days + over
	if over == 0 && days > 0 && g.r.IntN(3) > 0 {
		end = recv + max(g.r.IntN(days), g.r.IntN(days))
	}
	return recv, recv + days, end, end <= hi
}

// placeAhead receives a dossier after the cut-off day.
func (g *generator) placeAhead(days int) (recv, due, end int, ok bool) {
	if g.after > g.yesterday {
		return 0, 0, 0, false
	}
	recv = g.after + g.r.IntN(g.yesterday-g.after+1)
	end = -1
	if recv+days <= g.yesterday {
		end = recv + days
	}
	return recv, recv + days, end, true
}

func (g *generator) sorted() {
	sort.SliceStable(g.rows, func(i, j int) bool { return g.rows[i].day() < g.rows[j].day() })
}

// day orders and numbers the dossiers: the moment they came in.
func (d *dossier) day() int32 {
	if d.received != 0 {
		return d.received
	}
	return d.submitted
}

// look is how a unit's export is written.
type look struct {
	english   bool // field names instead of Vietnamese headers
	dueHour   bool // due dates with an hour
	bareLevel bool // service level left to the catalogue
	words     bool // service levels in words
}

// part is a file of a unit's export: dossiers from this day on.
type part struct {
	name string // ends the file name: quy-I-2021
	from int32
}

// files writes the dossiers of the unit, one file per part, and tallies them.
func (g *generator) files(u unit, base string, parts []part, l look) {
	g.sorted()
	e := newExport(dataset.Dossiers, l.english)
	e.words = l.words
	next, name := 1, parts[0].name
	flush := func() {
		if rows := e.rows(); rows > 0 {
			g.b.add(base+"-"+name+".csv", e.buf)
		}
		e = newExport(dataset.Dossiers, l.english)
		e.words = l.words
	}
	serial, of := 0, int32(0)
	for i := range g.rows {
		d := &g.rows[i]
		today := d.day() / 1440
		for next < len(parts) && today >= parts[next].from {
			flush()
			name = parts[next].name
			next++
		}
		if today != of {
			serial, of = 0, today
		}
		serial++
		d.write(e, u, serial, l)
		g.count(u.Code, d)
	}
	flush()
}
