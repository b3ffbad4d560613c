package reference

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// most is the largest number of different things of a dataset.
var most = []struct {
	dataset string
	things  int
}{
	{"dossiers", 60}, {"documents", 25}, {"tasks", 15}, {"procedures", 25}, {"checklist", 20},
	{"figures", 8}, {"summaries", 6}, {"narratives", 4},
}

// exports plans one to four exports of most datasets in a random order, on days
// that never go back, and fills them.
func (g *generator) exports() {
	type plan struct {
		dataset string
		fresh   int // new things it brings
	}
	var plans []plan
	for _, m := range most {
		if g.chance(15) && m.dataset != "dossiers" {
			continue
		}
		for n := pick(g, 1, 2, 3, 4); n > 0; n-- {
			plans = append(plans, plan{m.dataset, g.r.IntN(m.things/3 + 1)})
		}
	}
	g.r.Shuffle(len(plans), func(i, j int) { plans[i], plans[j] = plans[j], plans[i] })
	days := g.importDays(len(plans))
	things := map[string][]record{}
	for i, p := range plans {
		g.at = days[i]
		e := Export{Dataset: p.dataset, At: days[i], AsOf: days[i].AddDate(0, 0, -pick(g, 0, 0, 1, 1, 2, 7, 30, 60))}
		rows := g.again(p.dataset, things[p.dataset])
		old := len(rows)
		for range p.fresh {
			rows = append(rows, g.thing(p.dataset))
			if p.dataset == "procedures" && g.chance(40) {
				rows = append(rows, g.successor(rows[len(rows)-1]))
			}
		}
		things[p.dataset] = append(things[p.dataset], rows[old:]...)
		g.write(&e, g.disturb(p.dataset, rows))
		if len(e.Rows) > 0 && !g.alreadySent(e) {
			g.w.Exports = append(g.w.Exports, e)
		}
	}
}

// importDays mostly lie after the periods, sometimes amid them.
func (g *generator) importDays(n int) []time.Time {
	var days []time.Time
	amid := g.chance(30)
	for range n {
		day := g.last.AddDate(0, 0, pick(g, -29, -20, -10, 0, 0, 10, 25))
		if amid {
			day = g.anyDay()
		}
		days = append(days, day)
	}
	slices.SortFunc(days, time.Time.Compare)
	return days
}

// alreadySent: the same bytes twice are no second import, so they are left out.
func (g *generator) alreadySent(e Export) bool {
	return slices.ContainsFunc(g.w.Exports, func(o Export) bool {
		return slices.Equal(o.Header, e.Header) && slices.EqualFunc(o.Rows, e.Rows, slices.Equal)
	})
}

// again repeats some of the things sent before: as they were, with other
// values, or with a cell emptied.
func (g *generator) again(dataset string, sent []record) []record {
	var out []record
	for i, row := range sent {
		if g.chance(55) {
			sent[i] = g.correction(dataset, row)
			out = append(out, sent[i])
		}
	}
	return out
}

func (g *generator) correction(dataset string, row record) record {
	row = maps.Clone(row)
	switch g.r.IntN(4) {
	case 0, 1: // unchanged
	case 2:
		if f := pick(g, schema[dataset]...); !slices.Contains(keys[dataset], f.name) && g.mayBeEmpty(f) {
			row[f.name] = ""
		}
	default:
		other := g.thing(dataset)
		for _, name := range keys[dataset] {
			other[name] = row[name]
		}
		row = other
	}
	if dataset == "dossiers" {
		tame(row)
	}
	return row
}

// mayBeEmpty: a flag is empty only where the workspace writes "no" so. Whether
// "no" and empty are the same content is for the reader of the files to say.
func (g *generator) mayBeEmpty(f field) bool { return !f.required && (f.kind != "flag" || g.no == "") }

// disturb adds what a real file suffers from: identical and conflicting
// repetitions of a key, and rows that have to go back.
func (g *generator) disturb(dataset string, rows []record) []record {
	var out []record
	for _, row := range rows {
		out = append(out, row)
		if g.chance(6) {
			out = append(out, maps.Clone(row))
		}
		if g.chance(5) {
			out = append(out, g.correction(dataset, row))
		}
		if g.chance(6) {
			out = append(out, g.spoilt(dataset, maps.Clone(row)))
		}
		if dataset == "summaries" && g.chance(30) {
			part := maps.Clone(row)
			part["field"] = pick(g, "Trong đó: trực tuyến", "Tổng cộng", "Trong đó")
			out = append(out, part)
		}
	}
	g.r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func (g *generator) spoilt(dataset string, row record) record {
	f := pick(g, schema[dataset]...)
	switch f.kind {
	case "day", "instant":
		row[f.name] = pick(g, "2021-02-30", "sớm", "31/13/2021")
		if !f.future && g.chance(50) {
			row[f.name] = day(g.at.AddDate(0, 0, 1))
		}
	case "word", "level":
		row[f.name] = "lạ"
	case "channel":
		row[f.name] = "qua zalo" // goes to unknown, not back
	case "code", "period", "count":
		if f.name == "unit_code" {
			row[f.name] = "H99.ZZ"
		} else if f.required {
			row[f.name] = ""
		}
	}
	if dataset == "dossiers" && g.chance(30) {
		row["received_at"] = ""
	}
	return row
}

// write fills header and rows. A file may leave optional columns out, give the
// unit by name, put its columns in any order and hold blank rows.
func (g *generator) write(e *Export, rows []record) {
	byName := g.chance(15)
	for _, f := range schema[e.Dataset] {
		switch {
		case f.name == "unit_code" && byName:
			e.Header = append(e.Header, "unit_name")
		case f.name == "received_at", !g.mayBeEmpty(f), !g.chance(4):
			e.Header = append(e.Header, f.name)
		}
	}
	if !byName && g.chance(15) {
		e.Header = append(e.Header, "unit_name")
	}
	if g.chance(30) {
		g.r.Shuffle(len(e.Header), func(i, j int) { e.Header[i], e.Header[j] = e.Header[j], e.Header[i] })
	}
	without := func(name string) bool { return !slices.Contains(e.Header, name) }
	for _, row := range rows {
		if e.Dataset == "dossiers" && (without("submitted_at") || without("status")) {
			row = maps.Clone(row)
			for _, name := range []string{"submitted_at", "status"} {
				if without(name) {
					row[name] = ""
				}
			}
			tame(row)
		}
		var cells []string
		for _, name := range e.Header {
			cells = append(cells, g.cell(name, row, byName))
		}
		e.Rows = append(e.Rows, cells)
		if g.chance(2) {
			e.Rows = append(e.Rows, make([]string, len(e.Header)))
		}
	}
}

func (g *generator) cell(name string, row record, byName bool) string {
	if name == "unit_name" {
		if !byName { // the code decides
			return pick(g, "", "Đơn vị số 02", "Một tên khác")
		}
		i := slices.IndexFunc(g.w.Units, func(u Unit) bool { return strings.EqualFold(u.Code, row["unit_code"]) })
		if i < 0 {
			return "Đơn vị không có"
		}
		return g.w.Units[i].Name
	}
	cell := row[name]
	switch name {
	case "unit_code", "dossier_code", "procedure_code", "task_code", "criterion":
		if g.chance(8) {
			return strings.ToLower(cell)
		}
		if g.chance(3) && cell != "" {
			return " " + cell + "  "
		}
	}
	return cell
}

func day(t time.Time) string { return t.Format(time.DateOnly) }

func number(n int) string { return strconv.Itoa(n) }
