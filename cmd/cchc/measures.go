package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"cchc/pipeline"
	"cchc/pipeline/measure"
	"cchc/pipeline/period"
	"cchc/pipeline/workspace"
	"cchc/reports"
	"cchc/reports/model"

	"github.com/spf13/cobra"
)

// selection is what measures, indicators and explain are asked for.
type selection struct {
	periods, units []string
	by             string
	asKnown        string
	format         string
}

func (s *selection) flags(c *cobra.Command) {
	c.Flags().StringSliceVar(&s.periods, "period", nil, "2021-9M, 2021-Q3, 2020-12-15..2021-09-15 …; may be repeated")
	c.Flags().StringSliceVar(&s.units, "unit", nil, "unit code; may be repeated; default: every unit")
	c.Flags().StringVar(&s.asKnown, "as-known", "", "compute from what was known at the end of this day (2021-09-20)")
	c.Flags().StringVar(&s.format, "format", "table", "table, csv or json")
}

// take sorts further arguments into periods and units.
func (s *selection) take(args []string, rule period.Rule) {
	for _, a := range args {
		if _, err := period.Parse(a, rule); err == nil {
			s.periods = append(s.periods, a)
		} else {
			s.units = append(s.units, a)
		}
	}
}

// groups opens the workspace and counts what was asked for.
func (a *app) groups(s *selection, args []string) ([]measure.Group, *measure.Session, error) {
	if err := oneOf("--format", s.format, "table", "csv", "json"); err != nil {
		return nil, nil, err
	}
	if s.by != "" {
		if err := oneOf("--by", s.by, measure.Breakdowns...); err != nil {
			return nil, nil, err
		}
	}
	p, err := a.open(a.workspace)
	if err != nil {
		return nil, nil, err
	}
	s.take(args, p.Config.PeriodRule)
	session, err := a.session(p, s)
	if err != nil {
		return nil, nil, err
	}
	units, err := p.SelectUnits(s.units, p.Today())
	if err != nil {
		session.Close()
		return nil, nil, err
	}
	groups, err := session.Groups(units, s.by)
	if err != nil {
		session.Close()
		return nil, nil, err
	}
	return groups, session, nil
}

func (a *app) session(p *pipeline.Project, s *selection) (*measure.Session, error) {
	if len(s.periods) == 0 {
		return nil, usage("--period is needed, such as --period 2021-9M")
	}
	day, err := dayFlag("--as-known", s.asKnown)
	if err != nil {
		return nil, err
	}
	var periods []period.Period
	for _, name := range s.periods {
		q, err := period.Parse(name, p.Config.PeriodRule)
		if err != nil {
			return nil, &workspace.Invalid{Err: err}
		}
		periods = append(periods, q)
	}
	return p.Measure(periods, day)
}

func (a *app) measures() *cobra.Command {
	var s selection
	c := &cobra.Command{
		Use: "measures --period P…", Short: "the counts, per unit and tier", Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			groups, session, err := a.groups(&s, args)
			if err != nil {
				return err
			}
			defer session.Close()
			lines := measure.Lines(groups)
			if s.format == "json" {
				if lines == nil {
					lines = []measure.Line{}
				}
				return writeJSON(a.out, lines)
			}
			rows := [][]string{append([]string{"period", "from", "to", "unit", "tier"}, append(partHeader(s.by), "measure", "value")...)}
			for _, l := range lines {
				rows = append(rows, append([]string{l.Period, l.From, l.To, l.Unit, l.Tier}, append(partCells(l.Part), l.Measure, strconv.FormatInt(l.Value, 10))...))
			}
			return writeTable(a.out, s.format, rows)
		},
	}
	s.flags(c)
	c.Flags().StringVar(&s.by, "by", "", "break down by "+strings.Join(measure.Breakdowns, ", "))
	return c
}

func partHeader(by string) []string {
	if by == "" {
		return nil
	}
	return []string{"by", "key"}
}

func partCells(p *measure.Part) []string {
	if p == nil {
		return nil
	}
	return []string{p.By, p.Key}
}

func (a *app) indicators() *cobra.Command {
	var s selection
	c := &cobra.Command{
		Use: "indicators --period P…", Short: "the ratios, with numerator and denominator", Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			groups, session, err := a.groups(&s, args)
			if err != nil {
				return err
			}
			defer session.Close()
			lines := session.Ratios(groups)
			if s.format == "json" {
				if lines == nil {
					lines = []measure.IndicatorLine{}
				}
				return writeJSON(a.out, lines)
			}
			rows := [][]string{append([]string{"period", "from", "to", "unit", "tier"}, append(partHeader(s.by), "indicator", "numerator", "denominator", "value")...)}
			for _, l := range lines {
				rows = append(rows, append([]string{l.Period, l.From, l.To, l.Unit, l.Tier},
					append(partCells(l.Part), l.Indicator, strconv.FormatInt(l.Numerator, 10), strconv.FormatInt(l.Denominator, 10), ratio(l, s.format))...))
			}
			return writeTable(a.out, s.format, rows)
		},
	}
	s.flags(c)
	c.Flags().StringVar(&s.by, "by", "", "break down by "+strings.Join(measure.Breakdowns, ", "))
	return c
}

// ratio prints a percentage as a report does; CSV has the unrounded number.
func ratio(l measure.IndicatorLine, format string) string {
	if l.Value == nil {
		return ""
	}
	if format == "csv" {
		return strconv.FormatFloat(*l.Value, 'g', -1, 64)
	}
	return model.Share(l.Numerator, l.Denominator).String()
}

func (a *app) explain() *cobra.Command {
	var s selection
	var tier, by string
	c := &cobra.Command{
		Use: "explain --period P --unit U MEASURE", Short: "one figure taken apart: words, SQL, and every row counted", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := oneOf("--format", s.format, "table", "csv", "json"); err != nil {
				return err
			}
			if len(s.units) != 1 || len(s.periods) != 1 {
				return usage("explain takes one --period and one --unit")
			}
			p, err := a.open(a.workspace)
			if err != nil {
				return err
			}
			e, err := a.explained(p, &s, args[0], tier, by)
			if err != nil {
				return err
			}
			if s.format == "json" && len(e) == 1 && e[0].Measure == args[0] {
				return writeJSON(a.out, e[0])
			}
			if s.format == "json" {
				return writeJSON(a.out, map[string]any{"indicator": args[0], "measures": e})
			}
			return a.printExplained(e, s.format)
		},
	}
	s.flags(c)
	c.Flags().StringVar(&tier, "tier", measure.All, "province, department, district, commune or all")
	c.Flags().StringVar(&by, "by", "", "only one part of a breakdown: KEY=VALUE, such as field=Đất đai")
	return c
}

// explained takes a measure apart, or each measure of an indicator.
func (a *app) explained(p *pipeline.Project, s *selection, name, tier, by string) ([]*measure.Explanation, error) {
	units, err := p.SelectUnits(s.units, p.Today())
	if err != nil {
		return nil, err
	}
	if len(units) != 1 {
		return nil, usage("explain takes one unit; %q names %d", s.units[0], len(units))
	}
	if err := oneOf("--tier", tier, "province", "department", "district", "commune", measure.All); err != nil {
		return nil, err
	}
	var part *measure.Part
	if by != "" {
		k, v, ok := strings.Cut(by, "=")
		if !ok {
			return nil, usage("--by %q: write KEY=VALUE, such as field=Đất đai", by)
		}
		part = &measure.Part{By: k, Key: v}
	}
	session, err := a.session(p, s)
	if err != nil {
		return nil, err
	}
	defer session.Close()
	list := []string{name}
	if ind, ok := session.Definitions().Find(name); ok {
		list = nil
		for _, m := range append(append([]string{}, ind.Numerator...), ind.Denominator...) {
			if full := ind.Dataset() + "." + m; !contains(list, full) {
				list = append(list, full)
			}
		}
	}
	var out []*measure.Explanation
	for _, m := range list {
		e, err := session.Explain(m, units[0], tier, part, reports.MeasureLabel(m))
		if err != nil {
			return nil, &usageError{err}
		}
		out = append(out, e)
	}
	return out, nil
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func (a *app) printExplained(list []*measure.Explanation, format string) error {
	rows := [][]string{{"measure", "unit", "key", "counted", "file", "sheet", "row"}}
	for _, e := range list {
		if format == "table" {
			fmt.Fprintf(a.out, "%s = %d\n%s\nperiod %s (%s to %s), unit %s, tier %s\n\n%s\n\n", e.Measure, e.Value, e.Words, e.Period, e.From, e.To, e.Unit, e.Tier, e.SQL)
		}
		for _, r := range e.Rows {
			rows = append(rows, []string{e.Measure, r.Unit, r.Key, r.Counted, r.File, r.Sheet, strconv.Itoa(r.Row)})
		}
	}
	return writeTable(a.out, format, rows)
}

// stamp prints a wall-clock time of the workspace.
func stamp(t time.Time) string { return t.Format("2006-01-02 15:04:05") }
