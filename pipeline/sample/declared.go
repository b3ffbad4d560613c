package sample

import (
	"strconv"

	"cchc/pipeline/dataset"
)

// figure is one declared number; a negative part is not given.
type figure struct {
	unit, period, code string
	value, num, den    int
	evidence, by       string
	on                 string // day, yyyy-mm-dd
}

// figures writes declared numbers. Those of the article's period are listed.
func (b *builder) figures(file string, english bool, list ...figure) {
	e := newExport(dataset.Figures, english)
	text := func(n int) string {
		if n < 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	for _, f := range list {
		d := Declared{f.period, f.unit, f.code, text(f.value), text(f.num), text(f.den)}
		e.text(f.unit)
		e.text(f.period)
		e.text(f.code)
		e.text(d.Value)
		e.text(d.Numerator)
		e.text(d.Denominator)
		e.text(f.evidence)
		e.text(f.by)
		e.date(day(f.on))
		e.end()
		if f.period == b.perName {
			b.declared = append(b.declared, d)
		}
	}
	b.add(file, e.buf)
}

// narrative is what an office writes under one section of its report.
type narrative struct{ section, text string }

// narratives writes the same words for each of the periods.
func (b *builder) narratives(file, unit string, periods []string, list ...narrative) {
	e := newExport(dataset.Narratives, false)
	for _, p := range periods {
		for _, n := range list {
			e.text(unit)
			e.text(p)
			e.text(n.section)
			e.text(n.text)
			e.end()
		}
	}
	b.add(file, e.buf)
}

// criterion is one line of an inspection's form.
type criterion struct{ code, requirement string }

// results are the letters of a line of findings; h is "half".
var results = map[byte]string{'p': "pass", 'h': "partly", 'f': "fail", 'n': "not_applicable"}

// checklist writes the findings of units on their days, and tallies the last
// round. rows[i] has one letter per criterion for units[i].
func (b *builder) checklist(file string, units []unit, on func(i int) int32, list []criterion, rows []string, last bool) {
	e := newExport(dataset.Checklist, false)
	for i, u := range units {
		for j, c := range list {
			result := results[rows[i][j]]
			note := ""
			switch result {
			case "fail":
				note = "Yêu cầu khắc phục, báo cáo kết quả"
			case "partly":
				note = "Thực hiện chưa đầy đủ"
			}
			e.text(u.Code)
			e.date(on(i))
			e.text(c.code)
			e.text(c.requirement)
			e.word("result", result)
			e.text(note)
			e.end()
			if last {
				b.tally.add(u.Code, "checklist.checked", result != "not_applicable")
				b.tally.add(u.Code, "checklist.passed", result == "pass")
				b.tally.add(u.Code, "checklist.partly", result == "partly")
				b.tally.add(u.Code, "checklist.failed", result == "fail")
			}
		}
	}
	b.add(file, e.buf)
}
