package reference

import (
	"fmt"
	"time"
)

// thing makes one row of a dataset, mostly a good one.
func (g *generator) thing(dataset string) record {
	row := map[string]func() record{"dossiers": g.dossier, "documents": g.document, "tasks": g.task, "procedures": g.procedure,
		"checklist": g.finding, "figures": g.figure, "summaries": g.summary, "narratives": g.narrative}[dataset]()
	row["unit_code"] = pick(g, g.w.Units...).Code
	if (dataset == "dossiers" || dataset == "procedures") && g.chance(50) { // so that dossiers meet their procedures
		row["unit_code"] = g.w.Units[len(g.w.Units)-1-g.r.IntN(2)].Code
	}
	if dataset == "procedures" && row["applies_to"] != "" && g.chance(70) {
		row["unit_code"] = g.w.Units[g.r.IntN(min(3, len(g.w.Units)))].Code
	}
	return row
}

func (g *generator) flag(percent int) string {
	if g.chance(percent) {
		return "yes"
	}
	return g.no
}

// maybe is the day, or empty.
func (g *generator) maybe(percent int, t time.Time) string {
	if g.chance(percent) {
		return day(t)
	}
	return ""
}

// instant writes a moment of that day: without a time, its first or last second,
// the hour something else happens at, or with an offset.
func (g *generator) instant(t time.Time) string {
	date := day(t)
	switch g.r.IntN(10) {
	case 0, 1, 2:
		return date
	case 3:
		return date + " 00:00:00"
	case 4:
		return date + "T23:59:59"
	case 5:
		return date + "T00:00:00+07:00"
	case 6: // 06:30 of that day on the wall clock, or 00:30 of the next
		return date + pick(g, "T00:30:00+01:00", "T23:30:00Z", "T16:59:59Z", "T17:00:00Z")
	}
	return fmt.Sprintf("%s %02d:%02d:00", date, pick(g, 0, 8, 10, 15, 23), pick(g, 0, 30))
}

// codes of procedures: national, local forms of them, and one with letters.
func (g *generator) procedureCode() string {
	return pick(g, "1.001234", "1.001234", "1.001234", "1.001235", "1.001234.000.00.00.H10", "1.001234.000.00.00.H10",
		"1.001235.000.00.00.H10", "TTHC-BG.07")
}

func (g *generator) fieldName() string {
	return pick(g, "", "Đất đai", "Đất đai", "Hộ tịch", "Xây dựng")
}

func (g *generator) dossier() record {
	received := g.past()
	end := received
	switch g.r.IntN(4) {
	case 0: // the day of reception
	case 1:
		end = received.AddDate(0, 0, g.r.IntN(40))
	default:
		for end = g.past(); end.Before(received) && !g.chance(5); end = g.past() {
			received = g.past()
		}
	}
	row := record{
		"dossier_code":   fmt.Sprintf("000.19.12.H10-210915-%04d", g.r.IntN(80)),
		"desk":           pick(g, "", "Một cửa", "ISO"),
		"procedure_code": pick(g, "", g.procedureCode(), g.procedureCode(), g.procedureCode()),
		"field":          g.fieldName(),
		"service_level":  pick(g, "", "", "", "1", "2", "3", "4"),
		"channel":        pick(g, "", "counter", "counter", "online", "online", "online", "post", "bồ câu"),
		"return_channel": pick(g, "", "counter", "post", "online", "khác"),
		"submitted_at":   pick(g, "", g.instant(received), g.instant(received.AddDate(0, 0, -1))),
		"received_at":    g.instant(received),
		"due_at":         g.due(received, end),
		"status":         pick(g, "", "received", "processing", "supplement", "payment"),
		"apology":        g.flag(30), "digitised": g.flag(40), "has_fee": g.flag(50), "paid_online": g.flag(50),
		"result_attached": g.flag(50),
	}
	if end.After(g.at) {
		end = g.at
	}
	g.finish(row, end)
	if g.chance(12) {
		row["status"] = pick(g, "submitted", "not_accepted")
		if g.chance(70) {
			row["received_at"] = ""
		}
	}
	tame(row)
	return row
}

// due is missing, on an edge, on the day of the end or close to it.
func (g *generator) due(received, end time.Time) string {
	switch g.r.IntN(6) {
	case 0:
		return ""
	case 1, 2:
		return g.instant(pick(g, g.edges...))
	case 3:
		return g.instant(end)
	case 4:
		return g.instant(end.AddDate(0, 0, pick(g, -1, 1)))
	}
	return g.instant(received.AddDate(0, 0, g.r.IntN(60)))
}

// finish gives most dossiers an end: when ready, when handed over, or both.
func (g *generator) finish(row record, end time.Time) {
	switch g.r.IntN(8) {
	case 0, 1:
		return
	case 2:
		row["returned_at"] = g.instant(end)
		row["status"] = pick(g, "returned", "withdrawn", "refused", "")
	case 3, 4:
		row["finished_at"], row["returned_at"] = g.instant(end), g.instant(g.past())
		row["status"] = "returned"
	case 5: // an end in name only goes back
		row["status"] = pick(g, "resolved", "", "", "", "processing")
	default:
		row["finished_at"] = g.instant(end)
		row["status"] = pick(g, "resolved", "resolved", "withdrawn", "stopped", "refused", "")
	}
}

// tame keeps dossiers that were never received out of corners that no rule
// decides: without a reception the end follows a submission, and with one both
// are on the same day.
func tame(row record) {
	if !outsideTheCounts(row) {
		return
	}
	if row["received_at"] != "" {
		row["submitted_at"] = row["received_at"]
		return
	}
	if row["submitted_at"] == "" || dateOf(endOf(row)).Before(dateOf(row.at("submitted_at"))) {
		delete(row, "finished_at")
		delete(row, "returned_at")
	}
}

func (g *generator) document() record {
	registered, due, finished := g.past(), g.anyDay(), g.past()
	if g.chance(30) {
		due = finished
	}
	return record{
		"direction":     pick(g, "in", "out"),
		"number":        fmt.Sprintf("%02d/UBND-VP", g.r.IntN(12)),
		"sender":        pick(g, "", "", "Sở Nội vụ", "Bộ Tư pháp"),
		"registered_on": day(registered),
		"due_on":        g.maybe(60, due), "finished_on": g.maybe(60, finished), "assigned_on": g.maybe(60, g.past()),
		"electronic": g.flag(70), "processed_online": g.flag(60), "signed_by_organ": g.flag(50), "signed_by_person": g.flag(40),
		"work_file": pick(g, "", "HS-01"), "secret": g.flag(12),
	}
}

func (g *generator) task() record {
	year := pick(g, g.edges...).Year()
	row := record{
		"year": number(year + pick(g, 0, 0, 0, -1, 1)), "task_code": fmt.Sprintf("NV%d", g.r.IntN(8)),
		"content": "Rà soát thủ tục", "area": pick(g, "", "Thể chế"),
		"due_on": g.maybe(80, g.anyDay()), "started_on": g.maybe(50, g.past()), "completed_on": g.maybe(40, g.past()),
		"status": pick(g, "", "completed", "in_progress", "not_started"), "evidence": "",
	}
	return row
}

func (g *generator) procedure() record {
	from := g.anyDay()
	if g.chance(40) {
		from = g.first.AddDate(0, 0, -g.r.IntN(300))
	}
	to := ""
	if g.chance(45) {
		to = day(g.anyDay())
		if g.chance(30) {
			to = day(from.AddDate(0, 0, pick(g, 0, 1, 90)))
		}
	}
	row := record{
		"applies_to":     pick(g, "", "", "", "commune", "commune", "district", "department", "province"),
		"procedure_code": g.procedureCode(), "procedure_name": "Thủ tục", "field": g.fieldName(),
		"service_level": pick(g, "", "1", "2", "3", "4"),
		"one_stop":      g.flag(60), "interlinked": g.flag(30), "postal": g.flag(50), "posted": g.flag(60),
		"change":     pick(g, "", "new", "amended"),
		"valid_from": day(from), "valid_to": to, "decision": "",
	}
	days := pick(g, [2]string{"", ""}, [2]string{"10", "8"}, [2]string{"10", "9"}, [2]string{"5", "4"}, [2]string{"7,5", "6"},
		[2]string{"7,5", "6,5"}, [2]string{"10", ""}, [2]string{"0", "0"})
	row["statutory_days"], row["committed_days"] = days[0], days[1]
	return row
}

// successor is the next version of a procedure, mostly from the day on which the
// one before ends, sometimes overlapping it or after a gap.
func (g *generator) successor(row record) record {
	next := g.procedure()
	for _, name := range []string{"unit_code", "applies_to", "procedure_code"} {
		next[name] = row[name]
	}
	ends := row.at("valid_to")
	if ends.IsZero() {
		ends = g.anyDay()
		if g.chance(60) {
			row["valid_to"] = day(ends)
		}
	}
	next["valid_from"] = day(ends.AddDate(0, 0, pick(g, 0, 0, 0, -1, 1, 30)))
	if g.chance(15) {
		next["procedure_code"] = "1.001234"
	}
	return next
}

func (g *generator) finding() record {
	return record{
		"checked_on": day(g.past()), "criterion": pick(g, "TC1", "TC2", "TC3"), "requirement": "Niêm yết đầy đủ",
		"result": pick(g, "pass", "partly", "fail", "not_applicable"), "note": pick(g, "", "Đã nhắc"),
	}
}

func (g *generator) figure() record {
	return record{
		"period": pick(g, g.periods...), "code": pick(g, "org.divisions", "staff.transfers", "dossiers.received"),
		"value": number(g.r.IntN(90)), "numerator": pick(g, "", number(g.r.IntN(9))), "denominator": pick(g, "", number(g.r.IntN(9))),
		"evidence": pick(g, "", "Báo cáo số 5"), "entered_by": "Văn phòng", "entered_on": g.maybe(70, g.past()),
	}
}

func (g *generator) summary() record {
	row := record{"period": pick(g, g.periods...), "field": pick(g, "Đất đai", "Hộ tịch", "Xây dựng")}
	for c := 3; c <= 13; c++ {
		row["c"+number(c)] = number(g.r.IntN(20))
	}
	return row
}

func (g *generator) narrative() record {
	return record{"period": pick(g, g.periods...), "section": pick(g, "I", "II.1", "IV"), "text": pick(g, "Đã ban hành kế hoạch.", "Tiếp tục rà soát.")}
}
