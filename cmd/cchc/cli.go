package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"cchc/pipeline"
	"cchc/pipeline/workspace"

	"github.com/spf13/cobra"
)

// version of the program, as manifests carry it.
const version = "0.1.0"

// Exit codes are an interface: scripts rely on them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitFindings    = 3
	exitHeld        = 4
	exitInterrupted = 130
)

// errFindings ends a command that did its work and found something: everything
// was said already.
var errFindings = errors.New("done, with findings")

// usageError is a wrong call of the program.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }

func usage(format string, args ...any) error { return &usageError{fmt.Errorf(format, args...)} }

// app is what every command shares.
type app struct {
	out, err  io.Writer
	workspace string
	now       string
	quiet     bool
	progress  *progress
}

// Main runs the program and returns its exit code.
func Main(args []string, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{out: out, err: errOut}
	root := a.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if a.progress != nil {
		a.progress.end()
	}
	code := exitCode(err)
	if err != nil && code != exitFindings {
		fmt.Fprintf(errOut, "cchc: %s\n", strings.TrimSpace(err.Error()))
		if code == exitInterrupted {
			fmt.Fprintln(errOut, "What was imported stays and nothing half-written was left; run the command again to go on.")
		}
	}
	return code
}

func exitCode(err error) int {
	var wrong *usageError
	var invalid *workspace.Invalid
	var held *workspace.Held
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &held):
		return exitHeld
	case errors.As(err, &wrong), errors.As(err, &invalid):
		return exitUsage
	}
	return exitFailed
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use: "cchc", Short: "Inspection reports on administrative reform, from exports to signed pages",
		Version: version, SilenceUsage: true, SilenceErrors: true,
		Long: `cchc reads exports of dossiers (hồ sơ), documents (văn bản), plans and
catalogues, counts them in DuckDB and publishes inspection reports (PDF, Excel).

Exit codes: 0 done · 1 failed, nothing published · 2 wrong usage or
configuration · 3 done with findings · 4 another run holds the workspace ·
130 interrupted. Results go to standard output, everything else to standard error.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.Help()
			}
			near := c.SuggestionsFor(args[0])
			if len(near) > 0 {
				return usage("unknown command %q; did you mean %s?", args[0], strings.Join(near, ", "))
			}
			return usage("unknown command %q; `cchc --help` lists them", args[0])
		},
	}
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	flags := root.PersistentFlags()
	flags.StringVarP(&a.workspace, "workspace", "w", ".", "folder of the organisation")
	flags.StringVar(&a.now, "now", "", "fix the clock (RFC 3339), for tests and reruns")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "no progress on standard error")
	root.AddCommand(a.demo(), a.init(), a.importCommand(), a.withdraw(), a.layout(), a.check(), a.measures(), a.indicators(),
		a.explain(), a.run(), a.schedule(), a.history(), a.verify(), a.diff(), a.purge())
	for _, c := range root.Commands() {
		wrapArgs(c)
	}
	return root
}

// wrapArgs makes a wrong number of arguments a wrong usage.
func wrapArgs(c *cobra.Command) {
	check := c.Args
	if check == nil {
		check = cobra.NoArgs
	}
	c.Args = func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return &usageError{fmt.Errorf("%w; usage: %s", err, cmd.UseLine())}
		}
		return nil
	}
}

// clock is the machine's, or the one given with --now.
func (a *app) clock() (workspace.Clock, error) {
	if a.now == "" {
		return time.Now, nil
	}
	t, err := time.Parse(time.RFC3339, a.now)
	if err != nil {
		return nil, usage("--now %q is not RFC 3339; write 2021-09-21T08:00:00+07:00", a.now)
	}
	return func() time.Time { return t }, nil
}

// open opens the workspace of the command.
func (a *app) open(dir string) (*pipeline.Project, error) {
	clock, err := a.clock()
	if err != nil {
		return nil, err
	}
	if a.progress == nil {
		a.progress = newProgress(a.err, a.quiet)
	}
	return pipeline.Open(dir, clock, version, a.progress)
}
