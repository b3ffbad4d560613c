package workspace

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"cchc/pipeline/unit"
)

var unitColumns = []column{
	{"code", "Mã đơn vị", true}, {"name", "Tên đơn vị", true}, {"tier", "Cấp", true},
	{"parent", "Mã đơn vị cấp trên", false}, {"valid_from", "Hiệu lực từ", false}, {"valid_to", "Hết hiệu lực từ", false},
}

// ParseUnits reads units.csv.
func ParseUnits(file string, b []byte) (*unit.Register, error) {
	rows, problems := readTable(b, unitColumns)
	var units []unit.Unit
	for _, r := range rows {
		tier, ok := tierOf(r.cells["tier"])
		if !ok && r.cells["tier"] != "" {
			problems = append(problems, fmt.Sprintf("line %d: tier %q is not one of province, department, district, commune (tỉnh, sở, huyện, xã)", r.line, r.cells["tier"]))
		}
		units = append(units, unit.Unit{
			Code: r.cells["code"], Name: r.cells["name"], Tier: tier, Parent: r.cells["parent"],
			ValidFrom: r.day("valid_from", &problems), ValidTo: r.day("valid_to", &problems), Line: r.line,
		})
	}
	if len(rows) == 0 && len(problems) == 0 {
		problems = append(problems, "no unit is registered; add at least the organisation itself")
	}
	reg, more := unit.New(units)
	if problems = append(problems, more...); len(problems) > 0 {
		return nil, invalid(file, problems)
	}
	return reg, nil
}

func tierOf(s string) (string, bool) {
	s = strings.ToLower(s)
	for tier, label := range unit.TierLabels {
		if s == tier || s == label {
			return tier, true
		}
	}
	return "", false
}

// Target is one row of targets.csv: from ValidFrom until the day before ValidTo
// the indicator must stand in the relation Operator to Value (in millionths; a
// ratio of 0.3 is 300000). An empty Tier means every tier.
type Target struct {
	Indicator, Tier, Operator string
	Value                     int64
	ValidFrom, ValidTo        time.Time
	Basis                     string
}

var targetColumns = []column{
	{"indicator", "Chỉ tiêu", true}, {"tier", "Cấp", false}, {"operator", "So sánh", true}, {"value", "Giá trị", true},
	{"valid_from", "Hiệu lực từ", false}, {"valid_to", "Hết hiệu lực từ", false}, {"basis", "Căn cứ", false},
}

var operators = []string{">=", ">", "=", "<=", "<"}

// ParseTargets reads targets.csv.
func ParseTargets(file string, b []byte) ([]Target, error) {
	rows, problems := readTable(b, targetColumns)
	var out []Target
	for _, r := range rows {
		tier, ok := tierOf(r.cells["tier"])
		if !ok && r.cells["tier"] != "" {
			problems = append(problems, fmt.Sprintf("line %d: tier %q is not one of province, department, district, commune", r.line, r.cells["tier"]))
		}
		if op := r.cells["operator"]; op != "" && !slices.Contains(operators, op) {
			problems = append(problems, fmt.Sprintf("line %d: operator %q is not one of %s", r.line, op, strings.Join(operators, " ")))
		}
		t := Target{Indicator: r.cells["indicator"], Tier: tier, Operator: r.cells["operator"], Basis: r.cells["basis"],
			ValidFrom: r.day("valid_from", &problems), ValidTo: r.day("valid_to", &problems)}
		if r.cells["value"] != "" {
			t.Value = r.millionths("value", &problems)
		}
		out = append(out, t)
	}
	if len(problems) > 0 {
		return nil, invalid(file, problems)
	}
	return out, nil
}

// InForce reports whether the target holds on a day.
func (t Target) InForce(day time.Time) bool {
	return !t.ValidFrom.After(day) && (t.ValidTo.IsZero() || t.ValidTo.After(day))
}
