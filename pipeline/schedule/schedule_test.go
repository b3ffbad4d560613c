package schedule

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestNext(t *testing.T) {
	hanoi := time.FixedZone("ICT", 7*3600)
	now := time.Date(2021, 9, 14, 23, 30, 0, 0, hanoi)
	for spec, want := range map[string]string{
		"0 6 15 9 *":        "2021-09-15T06:00:00+07:00",
		"30 23 14 9 *":      "2022-09-14T23:30:00+07:00", // after now, not at it
		"0 6 15 3,6,9,12 *": "2021-09-15T06:00:00+07:00",
		"0 7 * * 1-5":       "2021-09-15T07:00:00+07:00",
		"0 6 29 2 *":        "2024-02-29T06:00:00+07:00",
		"@every 90s":        "2021-09-14T23:31:30+07:00",
		"0 6 31 * *":        "2021-10-31T06:00:00+07:00",
		"0 0 15 9 *":        "2021-09-15T00:00:00+07:00",
		"@monthly":          "2021-10-01T00:00:00+07:00",
		"0 6 1-7 * 1":       "2021-09-20T06:00:00+07:00", // day of month or Monday
	} {
		got, err := Next(Job{"quy", spec}, now)
		if err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%q is next due %s (%v), want %s", spec, got.Format(time.RFC3339), err, want)
		}
	}
	if _, err := Next(Job{"quy", "6 o'clock"}, now); err == nil || !strings.Contains(err.Error(), "job quy") {
		t.Errorf("%v", err)
	}
}

// Jobs that fall due together run one after the other, and Loop ends, after the
// run under way, when its context does.
func TestLoopRunsOneAtATimeAndStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var running, most, after atomic.Int32
	var stopped atomic.Bool
	ran := map[string]int{}
	var mu sync.Mutex
	ended := make(chan error)
	go func() {
		ended <- Loop(ctx, []Job{{"a", "@every 1s"}, {"b", "@every 1s"}, {"c", "@every 1s"}}, time.UTC, func(name string) {
			if stopped.Load() {
				after.Add(1)
			}
			most.Store(max(most.Load(), running.Add(1)))
			time.Sleep(120 * time.Millisecond)
			running.Add(-1)
			mu.Lock()
			defer mu.Unlock()
			if ran[name]++; len(ran) == 3 {
				stopped.Store(true)
				cancel()
			}
		})
	}()
	select {
	case err := <-ended:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("ended with %v", err)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("the loop does not end")
	}
	if running.Load() != 0 {
		t.Error("the loop ended while a job was running")
	}
	if most.Load() != 1 {
		t.Errorf("%d jobs ran at the same time", most.Load())
	}
	if len(ran) != 3 || after.Load() != 0 {
		t.Errorf("ran %v, %d begun after the end", ran, after.Load())
	}
}

func TestLoopWithoutWorkWaitsForItsEnd(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	err := Loop(ctx, []Job{{"yearly", "0 6 15 9 *"}}, time.UTC, func(string) { t.Error("not due") })
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestLoopRefusesASpecItCannotRead(t *testing.T) {
	err := Loop(context.Background(), []Job{{"quy", "61 * * * *"}}, time.UTC, func(string) {})
	if err == nil || !strings.Contains(err.Error(), "job quy") {
		t.Errorf("%v", err)
	}
}
