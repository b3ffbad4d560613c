package warehouse

import (
	"fmt"

	"cchc/pipeline/dataset"
)

// A source may say `replace: unit+period`: its exports are whole. What such an
// export covers is kept as spans: per unit, the days (or the period) that its rows
// reach over. A row of an older or equal export that lies in a span and is not in
// the export no longer holds; a row of an older export that comes later never
// does.

// slots tell when a row lies, as a text that sorts like the time it stands for.
var slots = map[string]string{
	"dossiers":   "strftime(coalesce(received_at, submitted_at), '%Y-%m-%d')",
	"documents":  "strftime(registered_on, '%Y-%m-%d')",
	"tasks":      "CAST(year AS VARCHAR)",
	"procedures": "''",
	"checklist":  "strftime(checked_on, '%Y-%m-%d')",
	"figures":    "period",
	"summaries":  "period",
	"narratives": "period",
}

// whole tells of which datasets a span is one slot, not a stretch of days.
func whole(name string) bool {
	return name == "figures" || name == "summaries" || name == "narratives" || name == "tasks"
}

// spansOf is a query for what the rows of a table cover.
func spansOf(d *dataset.Dataset, table string) string {
	group := "1"
	if whole(d.Name) {
		group = "1, " + slots[d.Name]
	}
	return fmt.Sprintf("SELECT upper(unit_code) AS unit_key, min(%[1]s) AS first, max(%[1]s) AS last FROM %[2]s GROUP BY %[3]s", slots[d.Name], table, group)
}

// hiddenBy is the condition that a row (alias r, with key, unit_code and its slot)
// of an export with as_of lies in a span of a newer whole export that lacks it.
// position breaks ties: of equal as_of the later export is the newer.
func hiddenBy(d *dataset.Dataset, asOf, position string) string {
	return fmt.Sprintf(`EXISTS (SELECT 1 FROM spans x JOIN ledger l ON l.seq = x.seq
  WHERE x.dataset = '%[1]s' AND l.ended_by IS NULL AND (l.as_of > %[2]s OR (l.as_of = %[2]s AND x.seq > %[3]s))
    AND x.unit_key = upper(r.unit_code) AND %[4]s BETWEEN x.first AND x.last
    AND NOT EXISTS (SELECT 1 FROM %[1]s h WHERE h.seq = x.seq AND h.key = r.key))`, d.Name, asOf, position, slots[d.Name])
}

// covered lists the rows that hold now and that a whole export in the temporary
// table named takes away: in one of its spans, not in it, and not newer.
func covered(d *dataset.Dataset, table, asOf string) string {
	return fmt.Sprintf(`SELECT r.key FROM %[1]s r JOIN (%[2]s) s ON s.unit_key = upper(r.unit_code) AND %[3]s BETWEEN s.first AND s.last
WHERE r.seq_to = %[4]d AND r.as_of <= DATE '%[5]s' AND r.key NOT IN (SELECT key FROM %[6]s)`,
		d.Name, spansOf(d, table), slots[d.Name], forever, asOf, table)
}
