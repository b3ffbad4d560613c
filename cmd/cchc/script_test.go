package main

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"cchc/pipeline"
	"cchc/pipeline/dataset"
	"cchc/pipeline/warehouse"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
)

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
//	absent TEXT DIR…    no file below has the text in it; workbooks are unpacked
//	mode PERM FILE…     permission bits
//	slip NAME           print the text of the return slips of a file of that name
//	bytes FILE HEX      write a file that is no text
//	sums DIR            the outputs of an edition are those of its manifest
//	waitfor PATTERN     wait until a file is there
//	terminate           send SIGTERM to what runs in the background
//	rows FILE           print every row of every table of a warehouse
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		Setup:         setup,
		UpdateScripts: *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "hold": hold, "absent": absent, "mode": mode, "slip": slip, "bytes": writeBytes, "rows": rows, "sums": sums, "waitfor": waitFor, "terminate": terminate,
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
			b, err := unpacked(path)
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

// unpacked is what a file says; of a workbook, all its parts.
func unpacked(path string) ([]byte, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return os.ReadFile(path)
	}
	defer z.Close()
	var out []byte
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		b, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		out = append(out, b...)
	}
	return out, nil
}

func rows(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: rows FILE")
	}
	db, err := warehouse.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	for _, d := range dataset.All {
		list, err := db.Query("SELECT CAST(t AS VARCHAR) FROM wh." + d.Name + " t")
		ts.Check(err)
		for list.Next() {
			var text string
			ts.Check(list.Scan(&text))
			fmt.Fprintf(ts.Stdout(), "%s %s\n", d.Name, text)
		}
		ts.Check(list.Err())
	}
}

// sums reads the manifest on its own, not with the program's eyes.
func sums(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sums DIR")
	}
	var m struct {
		Outputs []struct {
			File, SHA256 string
			Bytes        int
		}
	}
	dir := ts.MkAbs(args[0])
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	ts.Check(err)
	ts.Check(json.Unmarshal(b, &m))
	list, err := os.ReadDir(dir)
	ts.Check(err)
	if len(m.Outputs) != len(list)-1 {
		ts.Fatalf("the manifest names %d outputs of %d files", len(m.Outputs), len(list))
	}
	for _, o := range m.Outputs {
		b, err := os.ReadFile(filepath.Join(dir, o.File))
		ts.Check(err)
		if sum := fmt.Sprintf("%x", sha256.Sum256(b)); sum != o.SHA256 || len(b) != o.Bytes {
			ts.Fatalf("%s is %s, the manifest says %s", o.File, sum, o.SHA256)
		}
	}
}

func waitFor(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: waitfor PATTERN")
	}
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if list, _ := filepath.Glob(ts.MkAbs(args[0])); len(list) > 0 {
			return
		}
	}
	ts.Fatalf("%s did not come within a minute", args[0])
}

func terminate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: terminate")
	}
	for _, c := range ts.BackgroundCmds() {
		ts.Check(c.Process.Signal(syscall.SIGTERM))
	}
}

// An interrupt ends a run with 130 between two steps, and the run leaves a record.
func TestInterruptedRun(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"cchc.yaml": "organisation: {code: T, name: UBND tỉnh, place: Tỉnh}\n", "units.csv": "code,name,tier\nT,UBND tỉnh,province\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a := &app{out: io.Discard, err: io.Discard, now: "2021-09-21T08:00:00+07:00"}
	p, err := a.open(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err = a.execute(ctx, p, []pipeline.Work{{Job: "quy", Period: "2021-Q3", Reports: []string{"brief"}, Units: []string{"T"}}})
	if code := exitCode(err); code != exitInterrupted {
		t.Errorf("exit code %d for %v", code, err)
	}
	records, err := p.Records()
	if err != nil || len(records) != 1 || records[0].Outcome != "interrupted" || records[0].Job != "quy" {
		t.Errorf("record %+v (%v)", records, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "reports")); err == nil {
		t.Error("something was published")
	}
}
