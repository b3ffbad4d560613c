package main

import (
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the program printed into the scripts")

// The scripts run the program itself: this test binary stands in for it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"cchc": main})
}

// Every file of testdata/script is a script. It starts in $WORK, where w/ is a
// small workspace (testdata/workspace; a script may bring its own files of it),
// and on the clock of $NOW, 21/9/2021. Beside the usual commands:
//
//	exits N cchc …      run and expect the exit code N
//	hold DIR            take the lock of a workspace, as another run would
//	absent TEXT DIR…    no file below has the text in it
//	mode PERM FILE…     permission bits
//	slip NAME           print the text of the return slips of a file of that name
//	bytes FILE HEX      write a file that is no text
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		Setup:         setup,
		UpdateScripts: *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "hold": hold, "absent": absent, "mode": mode, "slip": slip, "bytes": writeBytes,
		},
	})
}

func setup(e *testscript.Env) error {
	e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
	e.Setenv("NOW", "2021-09-21T08:00:00+07:00")
	e.Setenv("TZ", "UTC")
	for _, name := range []string{"cchc.yaml", "units.csv"} {
		to := filepath.Join(e.WorkDir, "w", name)
		if _, err := os.Stat(to); err == nil {
			continue
		}
		b, err := os.ReadFile(filepath.Join("testdata", "workspace", name))
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(to, b, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// exits runs a command on the clock of $NOW and compares its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits N cchc …")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	command := args[1:]
	if now := ts.Getenv("NOW"); now != "" && command[0] == "cchc" {
		command = append(command, "--now", now)
	}
	got := 0
	if err := ts.Exec(command[0], command[1:]...); err != nil {
		var code *exec.ExitError
		if !errors.As(err, &code) {
			ts.Fatalf("%s: %v", args[1], err)
		}
		got = code.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func hold(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hold DIR")
	}
	dir := filepath.Join(ts.MkAbs(args[0]), "runs")
	ts.Check(os.MkdirAll(dir, 0o700))
	l := flock.New(filepath.Join(dir, "lock"))
	if ok, err := l.TryLock(); err != nil || !ok {
		ts.Fatalf("the workspace is held already: %v", err)
	}
	ts.Defer(func() { l.Unlock() })
}

func absent(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: absent TEXT DIR…")
	}
	var found []string
	files := 0
	for _, dir := range args[1:] {
		ts.Check(filepath.WalkDir(ts.MkAbs(dir), func(path string, d os.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			files++
			b, err := os.ReadFile(path)
			if strings.Contains(string(b), args[0]) {
				found = append(found, path)
			}
			return err
		}))
	}
	if files == 0 {
		ts.Fatalf("no file to look into")
	}
	if neg != (len(found) > 0) {
		ts.Fatalf("%q is in %v (%d files looked into)", args[0], found, files)
	}
}

func mode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: mode PERM FILE…")
	}
	if runtime.GOOS == "windows" {
		return
	}
	for _, a := range args[1:] {
		info, err := os.Stat(ts.MkAbs(a))
		ts.Check(err)
		if got := fmt.Sprintf("%04o", info.Mode().Perm()); got != args[0] {
			ts.Fatalf("%s has mode %s, want %s", a, got, args[0])
		}
	}
}

func slip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: slip NAME")
	}
	list, err := filepath.Glob(filepath.Join(ts.MkAbs("slips"), args[0]+"-*.txt"))
	ts.Check(err)
	for _, path := range list {
		if _, err := os.Stat(strings.TrimSuffix(path, ".txt") + ".xlsx"); err != nil {
			ts.Fatalf("%s has no workbook beside it", path)
		}
		b, err := os.ReadFile(path)
		ts.Check(err)
		fmt.Fprintf(ts.Stdout(), "%s\n", b)
	}
	if len(list) == 0 {
		ts.Fatalf("%s has no return slip", args[0])
	}
}

func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes FILE HEX")
	}
	b, err := hex.DecodeString(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o600))
}
