package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"cchc/pipeline/dataset"
)

// papers says how many documents a unit registers and what they have. Numbers
// are of documents, not secret unless said; a part is never more than its whole.
type papers struct {
	unit                        unit
	sign                        string // after the number: BQL-VP
	senders                     []string
	in, out, secret             int
	inElectronic, outElectronic int
	inOnline, outOnline         int // processed wholly online, of the electronic
	inOnlineSigned              int // of inOnline, signed
	outOnlineSigned             int // of outOnline, signed
	outOtherSigned              int // signed, electronic, not processed online
	outPerson                   int // outgoing electronic, signed by the person
	assigned, filed             int // incoming assigned; any with a work file
	inTime, late, open, overdue int // incoming with a due date: finished in time, late; open within it, open over it
}

// document is one row.
type document struct {
	in                                               bool
	number, sender                                   string
	on, due, finished, assigned                      int32
	electronic, online, organ, person, secret, filed bool
}

// documents writes the register of a span as one file, tallied when count.
func (b *builder) documents(label, file string, p papers, s span, english, count bool) error {
	if p.outElectronic > p.out || p.inElectronic > p.in || p.outOnlineSigned > p.outOnline || p.outPerson > p.outElectronic ||
		p.inOnline > p.inElectronic || p.outOnline+p.outOtherSigned > p.outElectronic ||
		p.assigned > p.in || p.inTime+p.late+p.open+p.overdue > p.in || p.filed > p.in {
		return fmt.Errorf("documents of %s: a part is larger than its whole: %+v", p.unit.Code, p)
	}
	w := &writer{b: b, r: b.stream("documents/" + label), p: p, s: s, cal: newCalendar("2014-06-01", "2023-06-30")}
	w.first, w.last = w.cal.onOrAfter(s.from), w.cal.onOrBefore(s.to)
	w.incoming()
	w.outgoing()
	e := newExport(dataset.Documents, english)
	w.number()
	for i := range w.rows {
		d := &w.rows[i]
		d.write(e, p.unit, w.r)
		if count {
			b.countDocument(p.unit.Code, d, s)
		}
	}
	b.add(file, e.buf)
	return nil
}

// writer makes the documents of one register.
type writer struct {
	b           *builder
	r           *rand.Rand
	cal         *calendar
	p           papers
	s           span
	first, last int
	rows        []document
}

// set turns a flag on for n of the rows, chosen at random.
func (w *writer) set(rows []*document, n int, f func(*document)) []*document {
	var chosen []*document
	for _, i := range w.r.Perm(len(rows))[:min(n, len(rows))] {
		f(rows[i])
		chosen = append(chosen, rows[i])
	}
	return chosen
}

func pick(rows []*document, keep func(*document) bool) []*document {
	var out []*document
	for _, d := range rows {
		if keep(d) {
			out = append(out, d)
		}
	}
	return out
}

func (w *writer) grow(n int) []*document {
	begin := len(w.rows)
	w.rows = append(w.rows, make([]document, n)...)
	out := make([]*document, n)
	for i := range out {
		out[i] = &w.rows[begin+i]
		out[i].on = w.cal.days[w.first+w.r.IntN(w.last-w.first+1)]
	}
	return out
}

func (w *writer) incoming() {
	p := w.p
	rows := w.grow(p.in)
	for _, d := range rows {
		d.in = true
	}
	electronic := w.set(rows, p.inElectronic, func(d *document) { d.electronic = true })
	online := w.set(electronic, p.inOnline, func(d *document) { d.online = true })
	w.set(online, p.inOnlineSigned, func(d *document) { d.organ = true })
	for i, d := range w.set(rows, p.inTime+p.late+p.open+p.overdue, func(*document) {}) {
		w.deadline(d, i)
	}
	free := pick(rows, func(d *document) bool { return d.due == 0 })
	w.set(free, len(free)*3/4, func(d *document) { d.finished = w.later(d.on, 8, w.last) })
	w.set(rows, p.assigned, func(d *document) { d.assigned = w.later(d.on, 2, w.last) })
	w.set(rows, p.filed, func(d *document) { d.filed = true })
	for _, d := range w.grow(w.p.secret) {
		d.in, d.secret = true, true
	}
}

// later is a working day up to span after a day, not after the numbered one.
func (w *writer) later(d int32, span, limit int) int32 {
	n := w.cal.onOrAfter(d)
	return w.cal.days[min(n+w.r.IntN(span+1), limit)]
}

// deadline gives the i-th document with a due date its day and its end.
func (w *writer) deadline(d *document, i int) {
	p, days := w.p, 5+w.r.IntN(11)
	on := w.first + w.r.IntN(w.last-w.first+1)
	switch {
	case i < p.inTime:
		on = min(on, w.last-1)
		d.due = w.cal.days[on+days]
		d.finished = w.later(w.cal.days[on], days, w.last)
	case i < p.inTime+p.late:
		over := 1 + w.r.IntN(5)
		on = min(on, max(w.first, w.last-days-over))
		d.due, d.finished = w.cal.days[on+days], w.cal.days[min(on+days+over, w.last)]
	case i < p.inTime+p.late+p.open:
		on = max(w.first, w.last-w.r.IntN(days-1))
		d.due = w.cal.days[w.last+1+w.r.IntN(days)]
	default:
		on = min(on, max(w.first, w.last-days-2))
		d.due = w.cal.days[on+days]
	}
	d.on = w.cal.days[on]
}

func (w *writer) outgoing() {
	p := w.p
	rows := w.grow(p.out)
	electronic := w.set(rows, p.outElectronic, func(d *document) { d.electronic = true })
	online := w.set(electronic, p.outOnline, func(d *document) { d.online = true })
	w.set(online, p.outOnlineSigned, func(d *document) { d.organ = true })
	other := pick(electronic, func(d *document) bool { return !d.online })
	w.set(other, p.outOtherSigned, func(d *document) { d.organ = true })
	// A person signs what the organ signs; only then is more needed.
	signed := pick(electronic, func(d *document) bool { return d.organ })
	w.set(signed, p.outPerson, func(d *document) { d.person = true })
	for _, d := range rows {
		d.finished = d.on
	}
}

// number orders the register by day and numbers it: outgoing documents by
// themselves, incoming ones as their senders do.
func (w *writer) number() {
	sortDocuments(w.rows)
	next := map[string]int{}
	for i := range w.rows {
		d := &w.rows[i]
		if !d.in {
			key := fmt.Sprint("out", yearOf(d.on))
			next[key]++
			d.number = fmt.Sprintf("%d/%s", next[key], w.p.sign)
			continue
		}
		d.sender = w.p.senders[w.r.IntN(len(w.p.senders))]
		key := fmt.Sprint(d.sender, yearOf(d.on))
		next[key] += 1 + w.r.IntN(4)
		d.number = fmt.Sprintf("%d/%s", next[key], symbol(d.sender, w.r))
	}
}

// symbols stand after the numbers of a sender's documents; the first part of
// the sender's name that is listed decides.
var symbols = []struct {
	sender string
	list   []string
}{
	{"UBND", []string{"UBND-VP", "UBND-NC", "KH-UBND", "QĐ-UBND"}}, {"Văn phòng UBND", []string{"VP-NC", "VP-TH"}},
	{"Sở Nội vụ", []string{"SNV-CCHC", "SNV-TCBC"}}, {"Sở Tài chính", []string{"STC-NS", "STC-HCSN"}}, {"Sở Tư pháp", []string{"STP-VB"}},
	{"Sở Thông tin", []string{"STTTT-CNTT"}}, {"Sở Công Thương", []string{"SCT-TM"}}, {"Bộ Kế hoạch", []string{"BKHĐT-KKT", "BKHĐT-PC"}},
	{"Cục Hải quan", []string{"HQ-NV"}}, {"Huyện ủy", []string{"CV-HU", "TB-HU"}},
}

func symbol(sender string, r *rand.Rand) string {
	for _, s := range symbols {
		if strings.HasPrefix(sender, s.sender) {
			return s.list[r.IntN(len(s.list))]
		}
	}
	return "CV"
}

func (d *document) write(e *export, u unit, r *rand.Rand) {
	e.text(u.Code)
	if d.in {
		e.word("direction", "in")
	} else {
		e.word("direction", "out")
	}
	e.text(d.number)
	e.text(d.sender)
	e.date(d.on)
	e.date(d.due)
	e.date(d.finished)
	e.flag(d.electronic)
	e.flag(d.online)
	e.flag(d.organ)
	e.flag(d.person)
	e.date(d.assigned)
	file := ""
	if d.filed {
		file = fmt.Sprintf("HSCV-%d-%03d", yearOf(d.on), 1+r.IntN(240))
	}
	e.text(file)
	e.flag(d.secret)
	e.end()
}

func (b *builder) countDocument(unit string, d *document, s span) {
	add := func(m string, when bool) { b.tally.add(unit, "documents."+m, when) }
	if add("secret", d.secret); d.secret {
		return
	}
	signed := d.organ || d.person
	add("total", true)
	add("incoming", d.in)
	add("outgoing", !d.in)
	add("electronic", d.electronic)
	add("processed_online", d.online)
	add("processed_online_signed", d.online && signed)
	add("signed", signed)
	add("signed_by_organ", d.organ)
	add("signed_by_person", d.person)
	add("outgoing_electronic", !d.in && d.electronic)
	add("outgoing_signed", !d.in && signed)
	add("outgoing_signed_by_person", !d.in && d.electronic && d.person)
	add("incoming_assigned", d.in && d.assigned != 0)
	add("filed", d.filed)
	add("with_due", d.due != 0)
	done := d.finished != 0 && d.finished <= s.to
	add("finished_on_time", d.due != 0 && done && d.finished <= d.due)
	add("overdue", d.due != 0 && (done && d.finished > d.due || !done && d.due < s.to))
}

func share(n, permille int) int { return n * permille / 1000 }
