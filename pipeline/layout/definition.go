package layout

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"cchc/pipeline/dataset"

	"github.com/goccy/go-yaml"
)

//go:embed *.yaml
var files embed.FS

// version goes up when the same file would be read into other rows although no
// layout file changed: a new rule, a new way to read a date.
const version = "1"

// unitName is the place of a column that gives the unit by its name.
const unitName = -1

// definition is a layout file as written. The keys of Headers and Values are
// fields of the dataset.
type definition struct {
	Layout  string                         `yaml:"layout"`
	Dataset string                         `yaml:"dataset"`
	Headers map[string][]string            `yaml:"headers"`
	Values  map[string]map[string][]string `yaml:"values"`
}

// sharedWords is words.yaml as written.
type sharedWords struct {
	UnitCode []string            `yaml:"unit_code"`
	UnitName []string            `yaml:"unit_name"`
	Yes      []string            `yaml:"yes"`
	No       []string            `yaml:"no"`
	Levels   map[string][]string `yaml:"levels"`
}

// layout is one shape of export, ready for use.
type layout struct {
	name        string
	set         *dataset.Dataset
	headers     map[string]int   // folded header → field of the dataset, or unitName
	words       []map[string]any // per field: folded word → value; nil unless a closed list
	fingerprint string
}

// layouts is parsed once: the files are part of the program.
var layouts = sync.OnceValues(parseAll)

// parseAll reads the embedded layouts in the order of dataset.All.
func parseAll() ([]*layout, error) {
	var shared sharedWords
	common, err := parseYAML("words.yaml", &shared)
	if err != nil {
		return nil, err
	}
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var out []*layout
	var problems []error
	for _, e := range entries {
		if e.Name() == "words.yaml" {
			continue
		}
		var d definition
		body, err := parseYAML(e.Name(), &d)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		l, bad := d.build(shared)
		for _, p := range bad {
			problems = append(problems, fmt.Errorf("layout %s: %s", e.Name(), p))
		}
		if l != nil {
			l.fingerprint = fingerprint(l.set, common, body)
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b *layout) int {
		return slices.Index(dataset.All, a.set) - slices.Index(dataset.All, b.set)
	})
	return out, errors.Join(problems...)
}

func parseYAML(name string, into any) ([]byte, error) {
	body, err := files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if err := yaml.UnmarshalWithOptions(body, into, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("layout %s: %w", name, err)
	}
	return body, nil
}

func fingerprint(set *dataset.Dataset, parts ...[]byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s %+v\n", version, set.Name, set.Fields)
	for _, p := range parts {
		fmt.Fprintf(h, "%d\n%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// build makes the layout of a definition and lists everything wrong with it.
func (d definition) build(shared sharedWords) (*layout, []string) {
	set := dataset.ByName(d.Dataset)
	if set == nil {
		return nil, []string{fmt.Sprintf("unknown dataset %q", d.Dataset)}
	}
	l := &layout{name: d.Layout, set: set, headers: map[string]int{}, words: make([]map[string]any, len(set.Fields))}
	var problems []string
	problem := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	header := func(words []string, field int) {
		for _, w := range words {
			key := fold(w)
			if at, taken := l.headers[key]; taken && at != field {
				problem("header %q stands for two fields", w)
			}
			l.headers[key] = field
		}
	}
	for i, f := range set.Fields {
		header(append(ownHeaders(f), d.Headers[f.Name]...), i)
		if f.Name == "unit_code" {
			header(shared.UnitCode, i)
			header(append([]string{"unit_name"}, shared.UnitName...), unitName)
		}
		l.words[i] = vocabulary(f, d.Values[f.Name], shared, problem)
	}
	for _, name := range sortedKeys(d.Headers) {
		if set.Index(name) < 0 {
			problem("headers: %s has no field %q", set.Name, name)
		}
	}
	for _, name := range sortedKeys(d.Values) {
		if f, ok := set.Field(name); !ok || f.Type != dataset.Enum {
			problem("values: %s has no closed list %q", set.Name, name)
		}
	}
	return l, problems
}

// ownHeaders are the headers a field has by itself: its name, its label, and
// each half of a label like "Ngày đến / Ngày phát hành".
func ownHeaders(f dataset.Field) []string {
	out := []string{f.Name, f.Label}
	if halves := strings.Split(f.Label, " / "); len(halves) > 1 {
		out = append(out, halves...)
	}
	return out
}

// vocabulary maps the folded words of a closed field to its typed values.
func vocabulary(f dataset.Field, values map[string][]string, shared sharedWords, problem func(string, ...any)) map[string]any {
	out := map[string]any{}
	put := func(words []string, value any) {
		for _, w := range words {
			key := fold(w)
			if old, taken := out[key]; taken && old != value {
				problem("%s: the word %q stands for two values", f.Name, w)
			}
			out[key] = value
		}
	}
	switch f.Type {
	case dataset.Flag:
		put(shared.Yes, true)
		put(shared.No, false)
	case dataset.Level:
		for _, level := range sortedKeys(shared.Levels) {
			n, err := strconv.ParseInt(level, 10, 64)
			if err != nil || n < 1 || n > 4 {
				problem("levels: %q is not 1 to 4", level)
			}
			put(shared.Levels[level], n)
		}
	case dataset.Enum:
		for i, v := range f.Values {
			put(append([]string{v, f.Labels[i]}, values[v]...), v)
		}
		for _, v := range sortedKeys(values) {
			if !slices.Contains(f.Values, v) {
				problem("values: %s has no value %q", f.Name, v)
			}
		}
	default:
		return nil
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
