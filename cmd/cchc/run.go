package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"cchc/pipeline"
	"cchc/pipeline/workspace"
	"cchc/reports"

	"github.com/spf13/cobra"
)

func (a *app) run() *cobra.Command {
	var w pipeline.Work
	c := &cobra.Command{
		Use: "run [JOB…]", Short: "import, measure, render and publish", Args: cobra.ArbitraryArgs,
		Long: "Runs the jobs named, or every job of cchc.yaml, or what --period, --report and --unit ask for.",
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.open(a.workspace)
			if err != nil {
				return err
			}
			list, err := works(p, args, w)
			if err != nil {
				return err
			}
			release, err := p.Lock("run")
			if err != nil {
				return err
			}
			defer release()
			return a.execute(cmd.Context(), p, list)
		},
	}
	c.Flags().StringVar(&w.Period, "period", "", "period of the reports, or a kind: M, Q, H, 9M, Y")
	c.Flags().StringSliceVar(&w.Reports, "report", nil, "report; may be repeated: "+strings.Join(names(), ", "))
	c.Flags().StringSliceVar(&w.Units, "unit", nil, "unit code or tier:…; may be repeated")
	c.Flags().StringSliceVar(&w.Formats, "format", nil, "format; may be repeated; default: every format")
	return c
}

func names() (out []string) {
	for _, k := range reports.Kinds() {
		out = append(out, k.Name)
	}
	return out
}

// works turns the call into pieces of work. Flags given with a job override it.
func works(p *pipeline.Project, jobs []string, flags pipeline.Work) ([]pipeline.Work, error) {
	for _, r := range flags.Reports {
		if _, ok := reports.KindByName(r); !ok {
			return nil, usage("no report is called %q; one of %s", r, strings.Join(names(), ", "))
		}
	}
	for _, f := range flags.Formats {
		if _, ok := reports.FormatByName(f); !ok {
			return nil, usage("no format is called %q", f)
		}
	}
	if len(jobs) == 0 && flags.Period != "" {
		if len(flags.Reports) == 0 || len(flags.Units) == 0 {
			return nil, usage("--period needs --report and --unit beside it")
		}
		return []pipeline.Work{flags}, nil
	}
	var out []pipeline.Work
	for _, j := range p.Config.Jobs {
		if len(jobs) == 0 || contains(jobs, j.Name) {
			out = append(out, override(work(j), flags))
		}
	}
	for _, name := range jobs {
		known := false
		for _, j := range p.Config.Jobs {
			known = known || j.Name == name
		}
		if !known {
			return nil, usage("no job is called %q in cchc.yaml", name)
		}
	}
	if len(out) == 0 {
		return nil, usage("cchc.yaml has no job; name --period, --report and --unit, or add one")
	}
	return out, nil
}

func work(j workspace.Job) pipeline.Work {
	return pipeline.Work{Job: j.Name, Period: j.Period, Reports: j.Reports, Units: j.Units, Formats: j.Formats}
}

func override(w, flags pipeline.Work) pipeline.Work {
	if flags.Period != "" {
		w.Period = flags.Period
	}
	if len(flags.Reports) > 0 {
		w.Reports = flags.Reports
	}
	if len(flags.Units) > 0 {
		w.Units = flags.Units
	}
	if len(flags.Formats) > 0 {
		w.Formats = flags.Formats
	}
	return w
}

// execute runs the work; exports are imported once, before the first.
func (a *app) execute(ctx context.Context, p *pipeline.Project, list []pipeline.Work) error {
	found := false
	for i, w := range list {
		r, err := p.Execute(ctx, w, i > 0)
		a.say(r)
		if err != nil {
			if w.Job != "" {
				return fmt.Errorf("job %s: %w", w.Job, err)
			}
			return err
		}
		found = found || r.HasFindings()
	}
	if found {
		return errFindings
	}
	return nil
}

// say prints the editions of a run on standard output and what was found on
// standard error.
func (a *app) say(r *pipeline.Run) {
	for _, i := range r.Imported {
		if i.Finding() {
			fmt.Fprintf(a.err, "%s: %d of %d rows returned, slip %s\n", i.File, i.Returned, i.Rows, filepath.ToSlash(i.Slip))
		}
	}
	for _, f := range r.Findings {
		fmt.Fprintf(a.err, "%s %s %s: %s (%d)\n", f.Severity, f.Rule, f.Unit, f.Message, len(f.Rows))
	}
	for _, e := range r.Editions {
		state := "published"
		if !e.New {
			state = "unchanged"
		}
		fmt.Fprintf(a.out, "%s\t%s\t%s\t%s\n", state, e.Report, e.Unit, filepath.ToSlash(e.Path))
	}
}

func (a *app) check() *cobra.Command {
	var name, format string
	c := &cobra.Command{
		Use: "check [--period P]", Short: "identities, coverage and cross-checks: findings, each with its rows",
		RunE: func(*cobra.Command, []string) error {
			if err := oneOf("--format", format, "table", "csv", "json"); err != nil {
				return err
			}
			p, err := a.open(a.workspace)
			if err != nil {
				return err
			}
			periods, err := p.CheckedPeriods(name)
			if err != nil {
				return err
			}
			all := []pipeline.Finding{}
			for _, q := range periods {
				found, err := p.CheckPeriod(q)
				if err != nil {
					return err
				}
				all = append(all, found...)
			}
			if err := a.printFindings(all, format); err != nil {
				return err
			}
			if len(all) > 0 {
				return errFindings
			}
			return nil
		},
	}
	c.Flags().StringVar(&name, "period", "", "period to check; default: those of the jobs, else the latest closed quarter")
	c.Flags().StringVar(&format, "format", "table", "table, csv or json")
	return c
}

func (a *app) printFindings(all []pipeline.Finding, format string) error {
	if format == "json" {
		return writeJSON(a.out, all)
	}
	if len(all) == 0 && format == "table" {
		_, err := fmt.Fprintln(a.out, "nothing found")
		return err
	}
	rows := [][]string{{"severity", "rule", "period", "unit", "tier", "message", "detail", "file", "sheet", "row"}}
	for _, f := range all {
		for _, r := range f.Rows {
			line := ""
			if r.Line > 0 {
				line = fmt.Sprint(r.Line)
			}
			rows = append(rows, []string{f.Severity, f.Rule, f.Period, f.Unit, r.Tier, f.Message, r.Detail, r.File, r.Sheet, line})
		}
	}
	return writeTable(a.out, format, rows)
}

// schedule stays up and runs the jobs when due.
func (a *app) schedule() *cobra.Command {
	return &cobra.Command{
		Use: "schedule", Short: "stay up and run the jobs of cchc.yaml when they are due",
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := a.open(a.workspace)
			if err != nil {
				return err
			}
			err = p.Schedule(cmd.Context(), func(w pipeline.Work) { a.due(cmd.Context(), w) })
			if errors.Is(err, context.Canceled) {
				return nil
			}
			return err
		},
	}
}

// due runs one job of the schedule. The workspace is opened anew: its files may
// have been edited since the last run. A failure is said and recorded, and the
// schedule goes on.
func (a *app) due(ctx context.Context, w pipeline.Work) {
	err := func() error {
		p, err := a.open(a.workspace)
		if err != nil {
			return fmt.Errorf("job %s: %w", w.Job, err)
		}
		release, err := p.Lock("schedule, job " + w.Job)
		if err != nil {
			return fmt.Errorf("job %s: %w", w.Job, err)
		}
		defer release()
		return a.execute(ctx, p, []pipeline.Work{w})
	}()
	if err != nil && !errors.Is(err, errFindings) && !errors.Is(err, context.Canceled) {
		fmt.Fprintf(a.err, "cchc: %v\n", err)
	}
}
