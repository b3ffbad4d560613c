// Package schedule says when jobs are due and waits for it.
package schedule

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/robfig/cron/v3"
)

// Job is something with a schedule, in cron's five fields.
type Job struct {
	Name string
	Spec string
}

// Next is the first time after now at which the job is due, in now's zone.
func Next(j Job, now time.Time) (time.Time, error) {
	s, err := cron.ParseStandard(j.Spec)
	if err != nil {
		return time.Time{}, fmt.Errorf("job %s: %w", j.Name, err)
	}
	return s.Next(now), nil
}

// Loop calls run for every job when it is due, in the given zone, until ctx
// ends. Jobs never run at the same time; one that is due while another runs
// waits. Loop returns when the run under way has ended.
func Loop(ctx context.Context, jobs []Job, zone *time.Location, run func(name string)) error {
	c := cron.New(cron.WithLocation(zone))
	var one sync.Mutex
	for _, j := range jobs {
		_, err := c.AddFunc(j.Spec, func() {
			one.Lock()
			defer one.Unlock()
			if ctx.Err() == nil {
				run(j.Name)
			}
		})
		if err != nil {
			return fmt.Errorf("job %s: %w", j.Name, err)
		}
	}
	c.Start()
	<-ctx.Done()
	<-c.Stop().Done()
	return ctx.Err()
}
