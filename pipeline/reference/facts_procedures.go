package reference

import "slices"

// procedureFacts has one fact per unit and row that stands for it: a published
// row is a row of every unit it is published for.
func (s State) procedureFacts(p span, t tree) []fact {
	c := catalogue{s.rows("procedures"), t}
	var online []record
	for _, r := range s.rows("dossiers") {
		if readDossier(r, p).online() {
			online = append(online, r)
		}
	}
	var out []fact
	for _, unit := range s.codes() {
		for _, r := range c.rows {
			if !c.standsFor(r, unit) {
				continue
			}
			used := slices.ContainsFunc(online, func(d record) bool {
				return d["unit_code"] == unit && isSame(c.find(unit, d["procedure_code"], p.to), r)
			})
			out = append(out, fact{
				unit: unit, counted: r["procedure_code"], known: !r.at("valid_from").After(p.to),
				flags: procedureFlags(c, unit, r, p, used),
				keys: map[string]string{"field": r["field"], "procedure": r["procedure_code"],
					"month": monthName(r.at("valid_from"), s.w.Rule)},
			})
		}
	}
	return out
}

// procedureFlags: used says that a dossier of this row was received online in
// the period at the unit.
func procedureFlags(c catalogue, unit string, r record, p span, used bool) map[string]bool {
	code, from, to := r["procedure_code"], r.at("valid_from"), r.at("valid_to")
	in := isSame(c.inForce(unit, code, p.to), r)
	came := p.holds(from) && isSame(c.inForce(unit, code, from), r)
	gone := !to.IsZero() && p.holds(to) && isSame(c.inForce(unit, code, to.AddDate(0, 0, -1)), r) &&
		c.inForce(unit, code, p.to) == nil
	level := r["service_level"]
	statutory, hasStatutory := r.number("statutory_days")
	committed, hasCommitted := r.number("committed_days")
	return map[string]bool{
		"total":                   in,
		"one_stop":                in && r.yes("one_stop"),
		"interlinked":             in && r.yes("interlinked"),
		"postal":                  in && r.yes("postal"),
		"posted":                  in && r.yes("posted"),
		"level_2":                 in && level == "2",
		"level_3":                 in && level == "3",
		"level_4":                 in && level == "4",
		"level_3_4":               in && (level == "3" || level == "4"),
		"level_3_4_used":          in && (level == "3" || level == "4") && used,
		"level_4_used":            in && level == "4" && used,
		"time_cut_20":             in && hasStatutory && hasCommitted && committed*10 <= statutory*8,
		"issued":                  came && r["change"] == "new",
		"amended":                 came && r["change"] == "amended",
		"abolished":               gone,
		"posted_though_abolished": gone && r.yes("posted"),
	}
}
