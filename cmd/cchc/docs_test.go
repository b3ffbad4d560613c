package main

import (
	"flag"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cchc/pipeline/dataset"
	"cchc/pipeline/measure"
	"cchc/reports"
	"cchc/sql"
	"cchc/templates"

	"github.com/spf13/cobra"
)

// update also serves the scripts: see script_test.go.
var update = flag.Bool("update", false, "write what the program says now into its scripts and the generated tables of .github/REFERENCE.md")

const referenceFile = ".github/REFERENCE.md"

func document(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(moduleRoot, name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}

// documents are all Markdown files that are read by people, relative to the module.
func documents(t *testing.T) []string {
	t.Helper()
	out := []string{"README.md", "README.vi.md"}
	err := filepath.WalkDir(filepath.Join(moduleRoot, ".github"), func(path string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".md") {
			rel, _ := filepath.Rel(moduleRoot, path)
			out = append(out, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestReadmesHaveTheTwoCommands(t *testing.T) {
	for _, name := range []string{"README.md", "README.vi.md"} {
		lines := strings.Split(document(t, name), "\n")
		for _, c := range []string{"go run ./cmd/cchc demo", "go test ./..."} {
			if !slices.Contains(lines, c) {
				t.Errorf("%s: no line is exactly %q", name, c)
			}
		}
	}
}

var (
	codeBlock  = regexp.MustCompile("(?s)```[a-z]*\n(.*?)```")
	inlineCall = regexp.MustCompile("`(cchc [^`\n]+)`")
	argument   = regexp.MustCompile(`"[^"]*"|'[^']*'|\S+`)
)

// callsIn are the calls of the program in a document: lines of code blocks, and
// whole ones in running text.
func callsIn(text string) (out []string) {
	for _, b := range codeBlock.FindAllStringSubmatch(text, -1) {
		for _, l := range strings.Split(b[1], "\n") {
			l, _, _ = strings.Cut(l, "  #")
			l = strings.TrimSpace(l)
			for _, start := range []string{"cchc ", "./cchc ", "go run ./cmd/cchc "} {
				if rest, ok := strings.CutPrefix(l, start); ok {
					out = append(out, rest)
				}
			}
		}
	}
	for _, m := range inlineCall.FindAllStringSubmatch(codeBlock.ReplaceAllString(text, ""), -1) {
		out = append(out, strings.TrimPrefix(m[1], "cchc "))
	}
	return out
}

func TestCallsInDocumentsAreUnderstood(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range documents(t) {
		for _, call := range callsIn(document(t, name)) {
			var args []string
			for _, w := range argument.FindAllString(call, -1) {
				args = append(args, strings.Trim(w, `"'`))
			}
			found, err := understood(args)
			if err != nil {
				t.Errorf("%s: cchc %s: %v", name, call, err)
			}
			seen[found] = true
		}
	}
	for _, c := range (&app{}).root().Commands() {
		if !seen[c.Name()] {
			t.Errorf("no document shows cchc %s", c.Name())
		}
	}
}

// understood parses a call without running it.
func understood(args []string) (string, error) {
	top := (&app{}).root()
	// A flag before the command belongs to the program.
	c, rest, err := top.Traverse(args)
	if err != nil {
		return "", err
	}
	if c == top {
		c, rest, err = top.Find(args)
	}
	if err != nil {
		return "", err
	}
	if c == top && !slices.Contains(args, "--help") && !slices.Contains(args, "--version") {
		return "", fmt.Errorf("names no command")
	}
	c.InitDefaultHelpFlag()
	c.InitDefaultVersionFlag()
	if err := c.ParseFlags(rest); err != nil {
		return c.Name(), err
	}
	if len(rest) == 0 || slices.Contains(rest, "--help") {
		return c.Name(), nil // the command as such
	}
	return c.Name(), validate(c)
}

func validate(c *cobra.Command) error { return c.ValidateArgs(c.Flags().Args()) }

// The first steps of the READMEs work as they stand there, in an empty folder.
func TestFirstSteps(t *testing.T) {
	for name, heading := range map[string]string{"README.md": "\n## First steps", "README.vi.md": "\n## Chuẩn bị"} {
		t.Run(name, func(t *testing.T) {
			_, text, ok := strings.Cut(document(t, name), heading)
			if !ok {
				t.Fatalf("no heading %q", heading)
			}
			t.Chdir(t.TempDir())
			ran := 0
			for _, b := range codeBlock.FindAllStringSubmatch(text, -1) {
				for _, l := range strings.Split(b[1], "\n") {
					call, ok := strings.CutPrefix(strings.TrimSpace(l), "./cchc ")
					if !ok || strings.Contains(call, "demo") || strings.HasSuffix(call, " schedule") {
						continue
					}
					var said strings.Builder
					if code := Main(append(strings.Fields(call), "--now", "2021-09-21T08:00:00+07:00"), &said, &said); code != exitDone {
						t.Errorf("cchc %s ends with %d:\n%s", call, code, said.String())
					}
					ran++
				}
			}
			if ran < 4 {
				t.Errorf("only %d calls found", ran)
			}
		})
	}
}

var docLink = regexp.MustCompile(`\]\(([^)\s]+)\)|src="([^"]+)"`)

func TestLinksLeadSomewhere(t *testing.T) {
	for _, name := range documents(t) {
		text := codeBlock.ReplaceAllString(document(t, name), "")
		for _, m := range docLink.FindAllStringSubmatch(text, -1) {
			to := m[1] + m[2]
			if strings.Contains(to, "://") {
				continue
			}
			file, anchor, _ := strings.Cut(to, "#")
			target := name
			if file != "" {
				target = filepath.ToSlash(filepath.Join(filepath.Dir(name), file))
			}
			if _, err := os.Stat(filepath.Join(moduleRoot, target)); err != nil {
				t.Errorf("%s: %s leads nowhere", name, to)
				continue
			}
			if anchor != "" && strings.HasSuffix(target, ".md") && !slices.Contains(anchors(document(t, target)), anchor) {
				t.Errorf("%s: %s has no heading #%s", name, target, anchor)
			}
		}
	}
}

// anchors are the names that GitHub gives to the headings of a document.
func anchors(text string) (out []string) {
	drop := regexp.MustCompile(`[^\p{L}\p{N}\p{M} _-]`)
	for _, l := range strings.Split(codeBlock.ReplaceAllString(text, ""), "\n") {
		if strings.HasPrefix(l, "#") {
			h := strings.ToLower(strings.TrimSpace(strings.TrimLeft(l, "#")))
			h = strings.ReplaceAll(drop.ReplaceAllString(h, ""), " ", "-")
			out = append(out, h, url.PathEscape(h))
		}
	}
	return out
}

// Paths of the code named in documents are there.
func TestNamedFilesExist(t *testing.T) {
	named := regexp.MustCompile("`((?:cmd|pipeline|reports|sql|templates|\\.github|\\.ci)/[A-Za-z0-9_./-]+)`")
	for _, name := range documents(t) {
		for _, m := range named.FindAllStringSubmatch(document(t, name), -1) {
			if strings.HasPrefix(m[1], "reports/") && strings.Contains(m[1], "/v") {
				continue // an edition in a workspace
			}
			if _, err := os.Stat(filepath.Join(moduleRoot, m[1])); err != nil {
				t.Errorf("%s names %s, which is not there", name, m[1])
			}
		}
	}
}

func TestReferenceIsComplete(t *testing.T) {
	text := document(t, referenceFile)
	_, measures, _ := strings.Cut(text, "\n## Measures\n")
	measures, _, _ = strings.Cut(measures, "\n## Indicators\n")
	for _, set := range []string{"tasks", "dossiers", "documents", "procedures", "checklist"} {
		_, part, ok := strings.Cut(measures, "\n### "+set+"\n")
		part, _, _ = strings.Cut(part, "\n### ")
		list := measureColumns(t, set)
		if !ok || len(list) < 4 {
			t.Fatalf("%s: section %t, measures %q", set, ok, list)
		}
		for _, m := range list {
			if !strings.Contains(part, "`"+m+"`") {
				t.Errorf("%s says nothing of %s.%s", referenceFile, set, m)
			}
			if reports.MeasureLabel(set+"."+m) == set+"."+m {
				t.Errorf("%s.%s has no Vietnamese name in reports/labels.go", set, m)
			}
		}
	}
	for _, name := range []string{"--now", "--quiet", "--as-known", "--as-of", "--seed", "--scale"} {
		if !strings.Contains(text+document(t, "README.md"), name) {
			t.Errorf("no document explains %s", name)
		}
	}
}

// measureColumns reads the names of the columns of a fact's last SELECT; all that
// are not a unit, a key or a breakdown are measures.
func measureColumns(t *testing.T, set string) (out []string) {
	t.Helper()
	b, err := sql.Files.ReadFile("fact/" + set + ".sql")
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	list := text[strings.LastIndex(text, "\nSELECT\n")+len("\nSELECT\n"):]
	list = list[:strings.LastIndex(list, "\nFROM ")]
	depth, start := 0, 0
	for i, r := range list + "," {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ',' && depth == 0:
			fields := strings.Fields(list[start:i])
			name := fields[len(fields)-1]
			if !slices.Contains([]string{"period", "unit_key", "key", "counted", "field", "desk", "procedure", "month"}, name) {
				out = append(out, name)
			}
			start = i + 1
		}
	}
	return out
}

// The tables that the program can write itself are those of the program.
func TestGeneratedTables(t *testing.T) {
	text := document(t, referenceFile)
	for name, table := range map[string]string{
		"datasets": datasetTables(), "indicators": indicatorTable(t), "checks": checkTable(t), "sections": sectionTable(t),
	} {
		begin, end := "<!-- generated "+name+" -->\n", "<!-- end -->"
		before, rest, ok := strings.Cut(text, begin)
		have, after, closed := strings.Cut(rest, end)
		if !ok || !closed {
			t.Fatalf("%s has no block %q", referenceFile, strings.TrimSpace(begin))
		}
		if have != table && !*update {
			t.Errorf("%s: the table of %s is not that of the program; run go test ./cmd/cchc -run GeneratedTables -update", referenceFile, name)
		}
		text = before + begin + table + end + after
	}
	if *update {
		if err := os.WriteFile(filepath.Join(moduleRoot, referenceFile), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var typeNames = map[dataset.Type]string{
	dataset.Text: "text", dataset.Code: "code", dataset.Period: "period", dataset.Date: "date", dataset.Time: "date-time",
	dataset.Int: "whole number", dataset.Number: "number", dataset.Flag: "yes/no", dataset.Enum: "one of", dataset.Level: "level",
}

func datasetTables() string {
	var b strings.Builder
	for _, d := range dataset.All {
		fmt.Fprintf(&b, "\n### %s – %s\n\n| Field | | Header | Type |\n|---|---|---|---|\n", d.Name, d.Label)
		for _, f := range d.Fields {
			marks := ""
			if f.Required {
				marks += "●"
			}
			if f.Key {
				marks += " K"
			}
			kind := typeNames[f.Type]
			if f.Type == dataset.Enum {
				var values []string
				for i, v := range f.Values {
					values = append(values, fmt.Sprintf("`%s` %s", v, f.Labels[i]))
				}
				kind += ": " + strings.Join(values, " · ")
			}
			if f.Lenient {
				kind += "; anything else is unknown"
			}
			if f.Future {
				kind += "; may lie ahead"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", f.Name, strings.TrimSpace(marks), f.Label, kind)
		}
	}
	return b.String() + "\n"
}

func indicatorTable(t *testing.T) string {
	t.Helper()
	defs, err := measure.LoadDefinitions()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Version %d of the definitions.\n\n| Indicator | Vietnamese | Numerator | Denominator | Better |\n|---|---|---|---|---|\n", defs.Version)
	for _, i := range defs.Indicators {
		fmt.Fprintf(&b, "| `%s` | %s | `%s` | `%s` | %s |\n", i.Name, i.Label, strings.Join(i.Numerator, "` + `"), strings.Join(i.Denominator, "` + `"), i.Better)
	}
	return b.String()
}

func checkTable(t *testing.T) string {
	t.Helper()
	list, err := fs.Glob(sql.Files, "check/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("| Rule | Severity | Says |\n|---|---|---|\n")
	for _, name := range list {
		text, err := sql.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		says := func(key string) string {
			m := regexp.MustCompile(`(?m)^-- ` + key + `: (.+)$`).FindSubmatch(text)
			if m == nil {
				t.Fatalf("%s has no line \"-- %s: …\"", name, key)
			}
			return string(m[1])
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", strings.TrimSuffix(filepath.Base(name), ".sql"), says("severity"), says("title"))
	}
	return b.String()
}

func sectionTable(t *testing.T) string {
	t.Helper()
	text, err := templates.FS.ReadFile("periodic.md")
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	prompts := map[string]string{}
	for _, m := range regexp.MustCompile(`office "([^"]+)" "([^"]*)"`).FindAllSubmatch(text, -1) {
		section, prompt := string(m[1]), string(m[2])
		if _, ok := prompts[section]; !ok {
			order = append(order, section)
		}
		if prompts[section] == "" {
			prompts[section] = prompt
		}
	}
	var b strings.Builder
	b.WriteString("| Section | The blank asks for |\n|---|---|\n")
	for _, s := range order {
		fmt.Fprintf(&b, "| `%s` | %s |\n", s, prompts[s])
	}
	return b.String()
}
