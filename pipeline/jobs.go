package pipeline

import (
	"context"
	"fmt"

	"cchc/pipeline/period"
	"cchc/pipeline/schedule"
	"cchc/pipeline/workspace"
)

// Schedule waits for the jobs that have a schedule and hands each to run when it
// is due, until ctx ends.
func (p *Project) Schedule(ctx context.Context, run func(Work)) error {
	var jobs []schedule.Job
	work := map[string]Work{}
	for _, j := range p.Config.Jobs {
		if j.Schedule == "" {
			continue
		}
		s := schedule.Job{Name: j.Name, Spec: j.Schedule}
		next, err := schedule.Next(s, p.Clock().In(p.Config.Location))
		if err != nil {
			return err
		}
		p.Progress.Say("%s is next due %s", j.Name, next.Format("2006-01-02 15:04"))
		jobs = append(jobs, s)
		work[j.Name] = Work{Job: j.Name, Period: j.Period, Reports: j.Reports, Units: j.Units, Formats: j.Formats}
	}
	if len(jobs) == 0 {
		return &workspace.Invalid{Err: fmt.Errorf("no job in cchc.yaml has a schedule; add one, such as schedule: \"0 6 15 9 *\"")}
	}
	return schedule.Loop(ctx, jobs, p.Config.Location, func(name string) { run(work[name]) })
}

// CheckedPeriods are the period named, or those of the jobs, or the latest closed
// quarter.
func (p *Project) CheckedPeriods(name string) ([]period.Period, error) {
	list := []string{name}
	if name == "" {
		list = nil
		for _, j := range p.Config.Jobs {
			list = append(list, j.Period)
		}
		if list == nil {
			list = []string{"Q"}
		}
	}
	var out []period.Period
	seen := map[string]bool{}
	for _, n := range list {
		q, err := p.resolvePeriod(n)
		if err != nil {
			return nil, err
		}
		if !seen[q.Name] {
			seen[q.Name] = true
			out = append(out, q)
		}
	}
	return out, nil
}
