package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// patience is how long a step runs before a person is told about it.
const patience = time.Second

// progress tells about steps that take longer than a second: a bar on a
// terminal, plain lines otherwise.
type progress struct {
	mu       sync.Mutex
	out      io.Writer
	quiet    bool
	terminal bool
	bar      *progressbar.ProgressBar
	name     string
	total    int
	done     int
	begun    time.Time
	told     time.Time
}

func newProgress(out io.Writer, quiet bool) *progress {
	f, ok := out.(*os.File)
	return &progress{out: out, quiet: quiet, terminal: ok && term.IsTerminal(int(f.Fd()))}
}

// Step begins a step; what came before is over.
func (p *progress) Step(name string, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finish()
	p.name, p.total, p.done, p.begun = name, total, 0, time.Now()
	p.told = p.begun
}

// Advance counts n parts of the step as done.
func (p *progress) Advance(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += n
	if p.quiet || time.Since(p.begun) < patience {
		return
	}
	if p.terminal {
		p.draw()
		return
	}
	if time.Since(p.told) >= 2*patience {
		p.told = time.Now()
		fmt.Fprintf(p.out, "%s: %d/%d\n", p.name, p.done, p.total)
	}
}

func (p *progress) draw() {
	if p.bar == nil {
		p.bar = progressbar.NewOptions(p.total, progressbar.OptionSetWriter(p.out), progressbar.OptionSetDescription(p.name),
			progressbar.OptionClearOnFinish(), progressbar.OptionShowCount(), progressbar.OptionSetWidth(30))
	}
	p.bar.Set(p.done)
}

// Say prints a line whatever the step, unless quiet.
func (p *progress) Say(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		p.bar.Clear()
	}
	fmt.Fprintf(p.out, format+"\n", args...)
}

func (p *progress) finish() {
	if p.bar != nil {
		p.bar.Finish()
		p.bar = nil
	}
	if !p.quiet && !p.terminal && p.name != "" && time.Since(p.begun) >= patience {
		fmt.Fprintf(p.out, "%s: done in %s\n", p.name, time.Since(p.begun).Round(100*time.Millisecond))
	}
	p.name = ""
}

func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finish()
}
