package workspace

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	_ "time/tzdata" // an office's server may have no zone files

	"cchc/pipeline/period"
	"cchc/pipeline/unit"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/robfig/cron/v3"
)

// Config is cchc.yaml.
type Config struct {
	Organisation Organisation
	Timezone     string
	Location     *time.Location
	PeriodRule   period.Rule
	Deadline     string // date or instant
	Sources      []Source
	Jobs         []Job
	SampleSize   int // dossiers drawn for a check on site
	ArchiveDays  int // how long purge keeps originals; 0: for ever

	lines map[string]int // of what other state files must agree with
}

// Organisation is the owner of the workspace.
type Organisation struct{ Code, Name, Place string }

// Source is a place where exports arrive.
type Source struct {
	Name, URL string
	AsOf      *regexp.Regexp // finds the day an export stands for in its name: groups y, m, d; nil: not there
	Whole     bool           // replace: unit+period: what an export covers and lacks no longer holds
	Encoding  string         // of its text files when they do not say it themselves: tcvn3, vni, …; empty: detected
}

// Job is what the schedule runs. Period is a kind (M, Q, H, 9M, Y: the latest
// closed one) or a whole name. Units are codes or "tier:<tier>".
type Job struct {
	Name     string
	Schedule string
	Period   string
	Reports  []string
	Units    []string
	Formats  []string
}

// Problems are all faults of a configuration, in file order.
type Problems struct {
	File string
	List []string
}

func (p *Problems) Error() string {
	return p.File + ":\n  " + strings.Join(p.List, "\n  ")
}

// invalid makes problems that begin with "line N" one error, in file order; those
// about the file as a whole come last.
func invalid(file string, list []string) error {
	at := func(problem string) int {
		n := 0
		if _, err := fmt.Sscanf(problem, "line %d:", &n); err != nil {
			return 1 << 31
		}
		return n
	}
	slices.SortStableFunc(list, func(a, b string) int { return at(a) - at(b) })
	return &Problems{file, list}
}

// decoder collects every problem instead of stopping at the first.
type decoder struct{ problems []string }

func (d *decoder) fail(n ast.Node, format string, args ...any) {
	d.problems = append(d.problems, fmt.Sprintf("line %d: ", line(n))+fmt.Sprintf(format, args...))
}

func line(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 1
	}
	return n.GetToken().Position.Line
}

type fields map[string]func(key string, n ast.Node)

// ParseConfig reads cchc.yaml; reports and formats are the names a job may use.
func ParseConfig(file string, b []byte, reports, formats []string) (*Config, error) {
	c := &Config{Timezone: "Asia/Ho_Chi_Minh", PeriodRule: period.ND09, Deadline: "date", SampleSize: 20, lines: map[string]int{}}
	tree, err := parser.ParseBytes(b, 0)
	if err != nil {
		return nil, &Problems{file, []string{"not readable as YAML: " + yamlMessage(err)}}
	}
	d := &decoder{}
	if len(tree.Docs) != 1 || tree.Docs[0].Body == nil {
		return nil, &Problems{file, []string{"line 1: the file must hold one mapping; `cchc init` writes a commented one"}}
	}
	sources, jobs := map[string]bool{}, map[string]bool{}
	d.mapping(tree.Docs[0].Body, "the file", fields{
		"organisation": func(k string, n ast.Node) {
			c.lines[k] = line(n)
			d.mapping(n, k, fields{
				"code":  func(k string, n ast.Node) { c.Organisation.Code = d.text(k, n) },
				"name":  func(k string, n ast.Node) { c.Organisation.Name = d.text(k, n) },
				"place": func(k string, n ast.Node) { c.Organisation.Place = d.text(k, n) },
			})
		},
		"timezone": func(k string, n ast.Node) {
			c.Timezone = d.text(k, n)
			if _, err := time.LoadLocation(c.Timezone); err != nil || c.Timezone == "" {
				d.fail(n, "timezone %q is not known; write an IANA name such as Asia/Ho_Chi_Minh", c.Timezone)
			}
		},
		"period_rule": func(k string, n ast.Node) { c.PeriodRule = period.Rule(d.oneOf(k, n, "nd09", "calendar")) },
		"deadline":    func(k string, n ast.Node) { c.Deadline = d.oneOf(k, n, "date", "instant") },
		"sample_size": func(k string, n ast.Node) { c.SampleSize = d.count(k, n, 1, 1000) },
		"sources": func(k string, n ast.Node) {
			d.each(k, n, func(n ast.Node) {
				c.Sources = append(c.Sources, d.source(n))
				d.once("source", c.Sources[len(c.Sources)-1].Name, sources, n)
			})
		},
		"jobs": func(k string, n ast.Node) {
			d.each(k, n, func(n ast.Node) {
				c.Jobs = append(c.Jobs, d.job(n, c, reports, formats))
				name := c.Jobs[len(c.Jobs)-1].Name
				d.once("job", name, jobs, n)
				c.lines[jobLine(name)] = line(n)
			})
		},
	})
	if c.Organisation.Code == "" || c.Organisation.Name == "" {
		d.problems = append(d.problems, fmt.Sprintf("line %d: organisation: {code: …, name: …, place: …} is needed: the unit that owns this workspace", max(1, c.lines["organisation"])))
	}
	if len(d.problems) > 0 {
		return nil, invalid(file, d.problems)
	}
	if c.Location, err = time.LoadLocation(c.Timezone); err != nil {
		return nil, err
	}
	if len(c.Sources) == 0 {
		c.Sources = []Source{{Name: "inbox", URL: "inbox/"}}
	}
	return c, nil
}

func (d *decoder) source(n ast.Node) Source {
	var s Source
	d.mapping(n, "a source", fields{
		"name": func(k string, n ast.Node) { s.Name = d.text(k, n) },
		"url":  func(k string, n ast.Node) { s.URL = d.text(k, n) },
		"as_of": func(k string, n ast.Node) {
			var err error
			if s.AsOf, err = datePattern(d.text(k, n)); err != nil {
				d.fail(n, "%v", err)
			}
		},
		"replace":  func(k string, n ast.Node) { s.Whole = d.oneOf(k, n, "unit+period") == "unit+period" },
		"encoding": func(k string, n ast.Node) { s.Encoding = d.oneOf(k, n, Encodings...) },
	})
	if s.Name == "" || s.URL == "" {
		d.fail(n, "a source needs name and url")
	}
	return s
}

// Encodings are those a source may name.
var Encodings = []string{"utf-8", "utf-16le", "utf-16be", "windows-1258", "tcvn3", "vni"}

// datePattern turns a pattern such as *-{yyyy}{mm}{dd}.csv into an expression; *
// stands for anything, and of the three places each must be there once.
func datePattern(pattern string) (*regexp.Regexp, error) {
	text := regexp.QuoteMeta(pattern)
	for _, p := range []struct{ place, group string }{{"{yyyy}", `(?P<y>\d{4})`}, {"{mm}", `(?P<m>\d{1,2})`}, {"{dd}", `(?P<d>\d{1,2})`}} {
		if strings.Count(pattern, p.place) != 1 {
			return nil, fmt.Errorf("as_of %q needs %s once, as in *-{yyyy}{mm}{dd}.csv", pattern, p.place)
		}
		text = strings.ReplaceAll(text, regexp.QuoteMeta(p.place), p.group)
	}
	return regexp.MustCompile("^" + strings.ReplaceAll(text, `\*`, ".*") + "$"), nil
}

// NamedDay is the day that a file's name gives by the source's pattern; zero when
// it gives none.
func (s Source) NamedDay(name string) time.Time {
	if s.AsOf == nil {
		return time.Time{}
	}
	m := s.AsOf.FindStringSubmatch(name)
	if m == nil {
		return time.Time{}
	}
	t, err := time.Parse("2006-1-2", m[s.AsOf.SubexpIndex("y")]+"-"+m[s.AsOf.SubexpIndex("m")]+"-"+m[s.AsOf.SubexpIndex("d")])
	if err != nil {
		return time.Time{}
	}
	return t
}

var timezoneSpec = regexp.MustCompile(`^\s*(?:TZ|CRON_TZ)=`)

func (d *decoder) job(n ast.Node, c *Config, reports, formats []string) Job {
	var j Job
	d.mapping(n, "a job", fields{
		"name":     func(k string, n ast.Node) { j.Name = d.text(k, n) },
		"schedule": func(k string, n ast.Node) { j.Schedule = d.schedule(k, n) },
		"period": func(k string, n ast.Node) {
			j.Period = d.text(k, n)
			if !slices.Contains(period.Kinds, strings.ToUpper(j.Period)) {
				if _, err := period.Parse(j.Period, c.PeriodRule); err != nil {
					d.fail(n, "%v; a job may also name a kind: %s", err, strings.Join(period.Kinds, ", "))
				}
			}
		},
		"reports": func(k string, n ast.Node) {
			d.each(k, n, func(n ast.Node) { j.Reports = append(j.Reports, d.oneOf("report", n, reports...)) })
		},
		"units": func(k string, n ast.Node) {
			d.each(k, n, func(n ast.Node) { j.Units = append(j.Units, d.text("unit", n)) })
		},
		"formats": func(k string, n ast.Node) {
			d.each(k, n, func(n ast.Node) { j.Formats = append(j.Formats, d.oneOf("format", n, formats...)) })
		},
	})
	for _, miss := range []struct {
		empty bool
		key   string
	}{{j.Name == "", "name"}, {j.Period == "", "period"}, {len(j.Reports) == 0, "reports"}, {len(j.Units) == 0, "units"}} {
		if miss.empty {
			d.fail(n, "job %q needs %s", j.Name, miss.key)
		}
	}
	return j
}

// schedule refuses what robfig/cron would panic on or never run.
func (d *decoder) schedule(key string, n ast.Node) string {
	spec := d.text(key, n)
	if err := CheckSchedule(spec); err != nil {
		d.fail(n, "%v", err)
	}
	return spec
}

// CheckSchedule refuses a cron line that is not understood or has no time within
// five years. A zone belongs to the workspace, not to the line.
func CheckSchedule(spec string) error {
	if timezoneSpec.MatchString(spec) {
		return fmt.Errorf("schedule %q: leave the zone out; the workspace's timezone holds", spec)
	}
	s, err := cron.ParseStandard(spec)
	if err != nil {
		return fmt.Errorf("schedule %q is not understood (%v); write minute hour day month weekday, such as \"0 6 15 9 *\"", spec, err)
	}
	from := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	if next := s.Next(from); next.IsZero() || next.After(from.AddDate(8, 0, 1)) {
		return fmt.Errorf("schedule %q never comes due", spec)
	}
	return nil
}

func (d *decoder) mapping(n ast.Node, what string, known fields) {
	values := mappingValues(n)
	if values == nil {
		d.fail(n, "%s must be a mapping of keys", what)
		return
	}
	seen := map[string]bool{}
	for _, v := range values {
		key := v.Key.String()
		set, ok := known[key]
		switch {
		case !ok:
			d.fail(v.Key, "unknown key %q%s", key, nearest(key, known))
		case seen[key]:
			d.fail(v.Key, "key %q stands twice", key)
		default:
			seen[key] = true
			set(key, v.Value)
		}
	}
}

func mappingValues(n ast.Node) []*ast.MappingValueNode {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}
	}
	return nil
}

func nearest(key string, known fields) string {
	best, dist := "", 4
	names := make([]string, 0, len(known))
	for k := range known {
		names = append(names, k)
	}
	slices.Sort(names)
	for _, k := range names {
		if n := unit.Distance([]rune(key), []rune(k)); n < dist {
			best, dist = k, n
		}
	}
	if best != "" {
		return fmt.Sprintf(" (did you mean %q?)", best)
	}
	return "; known keys: " + strings.Join(names, ", ")
}

func (d *decoder) text(key string, n ast.Node) string {
	switch n := n.(type) {
	case *ast.StringNode:
		return strings.TrimSpace(n.Value)
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value
	}
	d.fail(n, "%s must be a text", key)
	return ""
}

func (d *decoder) count(key string, n ast.Node, low, high int) int {
	var v int
	if _, err := fmt.Sscanf(d.text(key, n), "%d", &v); err != nil || v < low || v > high {
		d.fail(n, "%s must be a whole number from %d to %d", key, low, high)
	}
	return v
}

func (d *decoder) oneOf(key string, n ast.Node, allowed ...string) string {
	v := d.text(key, n)
	if !slices.Contains(allowed, v) {
		d.fail(n, "%s: %q is not one of %s", key, v, strings.Join(allowed, ", "))
	}
	return v
}

func (d *decoder) each(key string, n ast.Node, do func(ast.Node)) {
	switch n := n.(type) {
	case *ast.SequenceNode:
		for _, v := range n.Values {
			do(v)
		}
	case *ast.NullNode:
	default:
		d.fail(n, "%s must be a list", key)
	}
}

// once refuses a name that was taken before.
func (d *decoder) once(what, name string, taken map[string]bool, n ast.Node) {
	if name != "" && taken[name] {
		d.fail(n, "%s %q is defined twice", what, name)
	}
	taken[name] = true
}

func jobLine(name string) string { return "job " + name }

func yamlMessage(err error) string {
	return strings.Join(strings.Fields(strings.SplitN(err.Error(), "\n", 2)[0]), " ")
}

func readState(dir, name string) ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(dir, name))
	if os.IsNotExist(err) {
		return nil, fmt.Errorf("%s has no %s: is this a workspace? `cchc init DIR` makes one", dir, name)
	}
	return b, err
}

// SourceNamed returns the source of that name; the zero Source for a file named
// on the command line.
func (c *Config) SourceNamed(name string) Source {
	for _, s := range c.Sources {
		if s.Name == name {
			return s
		}
	}
	return Source{}
}
