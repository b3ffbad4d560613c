package measure_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cchc/pipeline"
	"cchc/pipeline/measure"
	"cchc/pipeline/period"
	"cchc/pipeline/source"

	"golang.org/x/tools/txtar"
)

// A file of sql/testdata/<dataset> holds cases; adding one is adding a section.
// Its first lines may set "period", "deadline", "rule" and "imported", the day of
// the import, which is later than every cut-off. A section is a case: its name,
// exports as CSV, and what must come out:
//
//	-- received exactly at start --
//	unit_code,dossier_code,received_at
//	C1,1,2020-12-15T00:00:00
//
//	C1 all: received 1, received_in_period 1, …
//
// Every measure above 0 stands there; "0" says that all are, "no lines" that the
// unit and tier have none. A line may begin with its period and name another
// dataset ("C1 all dossiers: …"), a part ("C1 all field=Đất đai: …") or ratios
// ("C1 all ratio: dossiers.online 1/3"). The units are those of register, once
// more for every case, so that all cases of a file are one import.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("../../sql/testdata/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases found: %v", err)
	}
	for _, file := range files {
		set := filepath.Base(filepath.Dir(file))
		t.Run(set+"/"+strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { runCases(t, file, set) })
	}
}

// register is a province with a department, a district and two communes.
const register = `code,name,tier,parent,valid_from,valid_to
P,Tỉnh,province,,,
S,Sở,department,P,,
D,Huyện,district,P,,
C1,Xã Một,commune,D,,
C2,Xã Hai,commune,D,,
`

type kase struct {
	name, prefix string
	exports      [][][]string
	want         []want
}

// want is one line of a case.
type want struct {
	text                            string
	period, unit, tier, set, by, is string
}

func runCases(t *testing.T, file, set string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	settings := map[string]string{"period": "2021-Q1", "deadline": "date", "rule": "nd09", "imported": "2021-06-30", "register": register}
	for _, line := range strings.Split(string(archive.Comment), "\n") {
		key, value, ok := strings.Cut(line, ": ")
		if _, known := settings[key]; ok && known {
			settings[key] = strings.TrimSpace(value)
		} else if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "#") {
			t.Fatalf("%s: %q is no setting", file, line)
		}
	}
	var cases []kase
	for _, f := range archive.Files {
		if f.Name == "units.csv" {
			settings["register"] = string(f.Data)
			continue
		}
		cases = append(cases, parseCase(t, f, fmt.Sprintf("K%02d.", len(cases)+1), set, settings["period"]))
	}
	session := load(t, settings, cases)
	got := map[string]map[string]string{}
	for _, by := range append([]string{""}, measure.Breakdowns...) {
		collect(t, session, settings["register"], cases, by, got)
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, w := range c.want {
				is := got[w.period+" "+c.prefix+w.unit+" "+w.tier+" "+w.by][w.set]
				if w.set == "ratio" {
					is = ratios(is, w.is)
				}
				if is == "" {
					is = "no lines"
				}
				if is != w.is {
					t.Errorf("%s\n got %s", w.text, is)
				}
			}
		})
	}
}

func parseCase(t *testing.T, f txtar.File, prefix, set, of string) kase {
	c := kase{name: f.Name, prefix: prefix}
	for _, block := range strings.Split(strings.TrimSpace(string(f.Data)), "\n\n") {
		if first, _, _ := strings.Cut(block, "\n"); strings.Contains(first, "unit_code") {
			rows, err := csv.NewReader(strings.NewReader(block)).ReadAll()
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			at := slices.Index(rows[0], "unit_code")
			for _, r := range rows[1:] {
				r[at] = prefix + r[at]
			}
			c.exports = append(c.exports, rows)
			continue
		}
		for line := range strings.Lines(block) {
			c.want = append(c.want, parseWant(t, strings.TrimSpace(line), set, of))
		}
	}
	if len(c.want) == 0 {
		t.Fatalf("%s: nothing is expected", f.Name)
	}
	return c
}

func parseWant(t *testing.T, line, set, of string) want {
	place, is, ok := strings.Cut(line, ": ")
	w := want{text: line, period: of, set: set, is: canonical(is)}
	fields := strings.Fields(place)
	if ok && strings.HasPrefix(fields[0], "20") {
		w.period, fields = fields[0], fields[1:]
	}
	if !ok || len(fields) < 2 {
		t.Fatalf("%q: write UNIT TIER: measure n, measure n", line)
	}
	w.unit, w.tier = fields[0], fields[1]
	switch rest := strings.Join(fields[2:], " "); {
	case strings.Contains(rest, "="):
		w.by = rest
	case rest != "":
		w.set = rest
	}
	return w
}

// canonical orders "b 1, a 2" by name.
func canonical(list string) string {
	parts := strings.Split(list, ",")
	for i := range parts {
		parts[i] = strings.Join(strings.Fields(parts[i]), " ")
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}

// load imports the exports of every case into one workspace.
func load(t *testing.T, settings map[string]string, cases []kase) *measure.Session {
	dir := t.TempDir()
	write := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	first := cases[0].prefix + strings.Split(strings.Split(settings["register"], "\n")[1], ",")[0]
	write("cchc.yaml", fmt.Appendf(nil, "organisation: {code: %s, name: Tỉnh}\nperiod_rule: %s\ndeadline: %s\n", first, settings["rule"], settings["deadline"]))
	write("units.csv", units(t, settings["register"], cases))
	today, err := time.Parse(time.DateOnly, settings["imported"])
	if err != nil {
		t.Fatal(err)
	}
	p, err := pipeline.Open(dir, func() time.Time { return today.Add(5 * time.Hour) }, "test", silent{})
	if err != nil {
		t.Fatal(err)
	}
	var files []source.File
	for _, c := range cases {
		for i, rows := range c.exports {
			var b bytes.Buffer
			csv.NewWriter(&b).WriteAll(rows)
			name := fmt.Sprintf("%s%d.csv", c.prefix, i)
			write(name, b.Bytes())
			files = append(files, source.File{Name: c.name, Path: filepath.Join(dir, name)})
		}
	}
	taken, err := p.Import(context.Background(), files, pipeline.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range taken {
		if i.Finding() {
			slip, _ := os.ReadFile(strings.TrimSuffix(i.Slip, ".xlsx") + ".txt")
			t.Fatalf("%s: the rows of a case must be good ones:\n%s", i.File, slip)
		}
	}
	s, err := p.Measure(periods(t, p, settings["period"], cases), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func units(t *testing.T, register string, cases []kase) []byte {
	rows, err := csv.NewReader(strings.NewReader(register)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	code, parent := slices.Index(rows[0], "code"), slices.Index(rows[0], "parent")
	all := [][]string{rows[0]}
	for _, c := range cases {
		for _, r := range rows[1:] {
			r = slices.Clone(r)
			r[code] = c.prefix + r[code]
			if r[parent] != "" {
				r[parent] = c.prefix + r[parent]
			}
			all = append(all, r)
		}
	}
	var b bytes.Buffer
	csv.NewWriter(&b).WriteAll(all)
	return b.Bytes()
}

func periods(t *testing.T, p *pipeline.Project, first string, cases []kase) []period.Period {
	names := []string{first}
	for _, c := range cases {
		for _, w := range c.want {
			if !slices.Contains(names, w.period) {
				names = append(names, w.period)
			}
		}
	}
	var out []period.Period
	for _, n := range names {
		q, err := period.Parse(n, p.Config.PeriodRule)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, q)
	}
	return out
}

// collect writes down, per period, unit, tier and part, the measures above 0 of
// each dataset, and its ratios.
func collect(t *testing.T, s *measure.Session, register string, cases []kase, by string, into map[string]map[string]string) {
	var codes []string
	rows := strings.Split(strings.TrimSpace(register), "\n")
	for _, c := range cases {
		for _, r := range rows[1:] {
			codes = append(codes, c.prefix+strings.Split(r, ",")[0])
		}
	}
	groups, err := s.Groups(codes, by)
	if err != nil {
		t.Fatal(err)
	}
	at := func(period, unit, tier string, p *measure.Part) map[string]string {
		k := period + " " + unit + " " + tier + " "
		if p != nil {
			k += p.By + "=" + p.Key
		}
		if into[k] == nil {
			into[k] = map[string]string{}
		}
		return into[k]
	}
	for _, g := range groups {
		var list []string
		for i, m := range g.Fact.Names() {
			if g.Counts[i] != 0 {
				list = append(list, fmt.Sprintf("%s %d", m, g.Counts[i]))
			}
		}
		if list == nil {
			list = []string{"0"}
		}
		at(g.Period.Name, g.Unit, g.Tier, g.Part)[g.Fact.Name] = canonical(strings.Join(list, ","))
	}
	for _, l := range s.Ratios(groups) {
		value := "none"
		if l.Value != nil {
			value = fmt.Sprint(*l.Value)
		}
		at(l.Period, l.Unit, l.Tier, l.Part)["ratio"] += fmt.Sprintf("%s %d/%d = %s,", l.Indicator, l.Numerator, l.Denominator, value)
	}
}

// ratios keeps those that are asked for.
func ratios(all, asked string) string {
	var out []string
	for _, r := range strings.Split(all, ",") {
		name, _, _ := strings.Cut(r, " ")
		if name != "" && slices.ContainsFunc(strings.Split(asked, ", "), func(a string) bool { return strings.HasPrefix(a, name+" ") }) {
			out = append(out, r)
		}
	}
	return canonical(strings.Join(out, ","))
}

// silent says nothing: progress is not what these tests look at.
type silent struct{}

func (silent) Step(string, int)   {}
func (silent) Advance(int)        {}
func (silent) Say(string, ...any) {}
