package pipeline

import (
	"context"
	"time"

	"cchc/pipeline/measure"
	"cchc/pipeline/period"
)

// Finding is what a rule says of one unit, with the rows it says it of.
type Finding struct {
	Rule     string       `json:"rule"`
	Severity string       `json:"severity"`
	Period   string       `json:"period"`
	Unit     string       `json:"unit"`
	Message  string       `json:"message"`
	Rows     []FindingRow `json:"rows"`
}

// FindingRow is one row: a figure, or a row of an export.
type FindingRow struct {
	Tier   string `json:"tier,omitempty"`
	Detail string `json:"detail"`
	File   string `json:"file,omitempty"`
	Sheet  string `json:"sheet,omitempty"`
	Line   int    `json:"line,omitempty"`
}

func checkFigures(_ context.Context, r *Run) error {
	r.Progress.Step("check", 0)
	before := r.Period.Before()
	if r.Session.Tree(before) == nil { // nine months: the quarter before is not among those compared
		list, err := r.CheckPeriod(r.Period)
		r.Findings = list
		return err
	}
	byField, err := r.Session.GroupsOf([]period.Period{r.Period}, r.Units.Codes(), "field")
	if err != nil {
		return err
	}
	found, err := r.Session.Check(r.Period, before, r.Groups, byField)
	r.Findings = group(found)
	return err
}

// CheckPeriod runs every rule on a period.
func (p *Project) CheckPeriod(of period.Period) ([]Finding, error) {
	s, err := p.Measure([]period.Period{of, of.Before()}, time.Time{})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if err := s.Materialise(); err != nil {
		return nil, err
	}
	groups, err := s.Groups(p.Units.Codes(), "")
	if err != nil {
		return nil, err
	}
	byField, err := s.GroupsOf([]period.Period{of}, p.Units.Codes(), "field")
	if err != nil {
		return nil, err
	}
	found, err := s.Check(of, of.Before(), groups, byField)
	return group(found), err
}

// group brings the rows of one rule and unit together, in order of appearance.
func group(found []measure.Violation) []Finding {
	out := []Finding{}
	at := map[[2]string]int{}
	for _, v := range found {
		k := [2]string{v.Rule, v.Unit}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, Finding{Rule: v.Rule, Severity: v.Severity, Period: v.Period, Unit: v.Unit, Message: v.Title})
		}
		out[i].Rows = append(out[i].Rows, FindingRow{v.Tier, v.Detail, v.File, v.Sheet, v.Line})
	}
	return out
}
