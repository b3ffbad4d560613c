package sample

import (
	"sort"
	"strconv"

	"cchc/pipeline/dataset"
)

func sortDocuments(rows []document) {
	sort.SliceStable(rows, func(i, j int) bool { return rows[i].on < rows[j].on })
}

// publication is how a publisher's catalogue stands for units.
type publication struct {
	publisher string
	appliesTo string           // a tier, or empty for the publisher itself
	list      []*procedure     // in force on the cut-off day
	issued    map[string]int32 // code → day from which it is new, in the period
	amended   map[string]int32 // code → day from which a changed row holds
	abolished []*procedure     // no longer valid on a day of the period
	gone      func(i int) int32
	unposted  map[string]bool // codes that are not on display
	postal    func(*procedure) bool
	linked    func(*procedure) bool
	decisions [3]string // before the period, in it, abolishing
	since     int32     // valid_from of the rows older than the period
}

// chosen picks n codes of a list and gives them a day of the period.
func (b *builder) chosen(list []*procedure, n int, salt string) map[string]int32 {
	out := map[string]int32{}
	for i, p := range byHash(list, salt) {
		if i < n {
			out[p.code] = b.dayIn(salt + p.code)
		}
	}
	return out
}

// dayIn is a day well inside the period, one of a few: decisions come in lots.
func (b *builder) dayIn(salt string) int32 {
	third := (b.period.to - b.period.from) / 4
	return b.period.from + third*int32(1+hash(salt)%3)
}

// publish writes a catalogue and tallies it for the units it stands for.
func (b *builder) publish(file string, p publication, units []unit, english bool) {
	e := newExport(dataset.Procedures, english)
	for _, x := range p.list {
		since, change, decision := p.since, "", p.decisions[0]
		if day, ok := p.issued[x.code]; ok {
			since, change, decision = day, "new", p.decisions[1]
		} else if day, ok := p.amended[x.code]; ok {
			old := *x
			old.committed = x.statutory
			p.write(e, &old, "", p.since, day, p.decisions[0])
			since, change, decision = day, "amended", p.decisions[1]
		}
		p.write(e, x, change, since, 0, decision)
		for _, u := range units {
			b.countProcedure(u.Code, x, p, change)
		}
	}
	for i, x := range p.abolished {
		p.write(e, x, "", p.since, p.gone(i), p.decisions[0])
		for _, u := range units {
			b.tally.code(u.Code, "procedures.abolished", x.code, true)
			b.tally.code(u.Code, "procedures.posted_though_abolished", x.code, !p.unposted[x.code])
		}
	}
	b.add(file, e.buf)
}

func (p publication) write(e *export, x *procedure, change string, from, to int32, decision string) {
	e.text(p.publisher)
	e.word("applies_to", p.appliesTo)
	e.text(x.code)
	e.text(x.name)
	e.text(x.field)
	e.level(x.level)
	e.flag(true)
	e.flag(p.linked(x))
	e.flag(p.postal(x))
	e.flag(!p.unposted[x.code])
	e.text(halves(x.statutory))
	e.text(halves(x.committed))
	e.word("change", change)
	e.date(from)
	e.date(to)
	e.text(decision)
	e.end()
}

func halves(n int) string {
	if n%2 == 1 {
		return strconv.Itoa(n/2) + ",5"
	}
	return strconv.Itoa(n / 2)
}

func (b *builder) countProcedure(unit string, x *procedure, p publication, change string) {
	add := func(m string, when bool) { b.tally.code(unit, "procedures."+m, x.code, when) }
	used := b.used[unit][x.code]
	add("total", true)
	add("one_stop", true)
	add("interlinked", p.linked(x))
	add("postal", p.postal(x))
	add("posted", !p.unposted[x.code])
	add("level_2", x.level == 2)
	add("level_3", x.level == 3)
	add("level_4", x.level == 4)
	add("level_3_4", x.level >= 3)
	add("level_3_4_used", x.level >= 3 && used)
	add("level_4_used", x.level == 4 && used)
	add("time_cut_20", x.isCut())
	add("issued", change == "new")
	add("amended", change == "amended")
}
