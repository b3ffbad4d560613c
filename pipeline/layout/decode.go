package layout

import (
	"fmt"
	"slices"
	"strings"

	"cchc/pipeline/unit"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Problems are all faults of all layout files, in the order of their names.
type Problems struct{ List []string }

func (p *Problems) Error() string { return strings.Join(p.List, "\n") }

// words is a list of the file with the line of each word.
type words []word

type word struct {
	text string
	line int
}

// named is a mapping of the file in its order.
type named[T any] []entry[T]

type entry[T any] struct {
	key   string
	line  int
	value T
}

func (n named[T]) get(key string) (value T, ok bool) {
	for _, e := range n {
		if e.key == key {
			return e.value, true
		}
	}
	return value, false
}

// definition is a layout file as written. The keys of headers, values, fixed and
// dates are fields of the dataset.
type definition struct {
	file      string
	line      int
	layout    string
	extends   word
	dataset   word
	marks     words
	headers   named[words]
	first     words
	values    named[named[words]]
	fixed     named[word]
	fromTitle words
	dates     named[words]
	ignore    words
	personal  words
}

// sharedWords is words.yaml as written.
type sharedWords struct {
	unitCode, unitName, yes, no, personal words
	levels                                named[words]
}

// decoder reads one file strictly and collects every problem.
type decoder struct {
	file     string
	problems []string
	anchors  map[string]ast.Node
}

func (d *decoder) fail(line int, format string, args ...any) {
	d.problems = append(d.problems, fmt.Sprintf("%s line %d: ", d.file, line)+fmt.Sprintf(format, args...))
}

func lineOf(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 1
	}
	return n.GetToken().Position.Line
}

// decodeLayout reads a layout file.
func decodeLayout(file string, body []byte) (*definition, []string) {
	def := &definition{file: file, line: 1}
	d := &decoder{file: file, anchors: map[string]ast.Node{}}
	d.document(body, map[string]func(ast.Node){
		"layout":     func(n ast.Node) { def.layout, def.line = d.text(n).text, lineOf(n) },
		"extends":    func(n ast.Node) { def.extends = d.text(n) },
		"dataset":    func(n ast.Node) { def.dataset = d.text(n) },
		"marks":      func(n ast.Node) { def.marks = d.list(n) },
		"headers":    func(n ast.Node) { def.headers = entries(d, n, d.list) },
		"first":      func(n ast.Node) { def.first = d.list(n) },
		"fixed":      func(n ast.Node) { def.fixed = entries(d, n, d.text) },
		"from_title": func(n ast.Node) { def.fromTitle = d.list(n) },
		"dates":      func(n ast.Node) { def.dates = entries(d, n, d.list) },
		"ignore":     func(n ast.Node) { def.ignore = d.list(n) },
		"personal":   func(n ast.Node) { def.personal = d.list(n) },
		"values": func(n ast.Node) {
			def.values = entries(d, n, func(n ast.Node) named[words] { return entries(d, n, d.list) })
		},
	})
	return def, d.problems
}

func decodeWords(file string, body []byte) (*sharedWords, []string) {
	w := &sharedWords{}
	d := &decoder{file: file, anchors: map[string]ast.Node{}}
	d.document(body, map[string]func(ast.Node){
		"unit_code": func(n ast.Node) { w.unitCode = d.list(n) },
		"unit_name": func(n ast.Node) { w.unitName = d.list(n) },
		"yes":       func(n ast.Node) { w.yes = d.list(n) },
		"no":        func(n ast.Node) { w.no = d.list(n) },
		"personal":  func(n ast.Node) { w.personal = d.list(n) },
		"levels":    func(n ast.Node) { w.levels = entries(d, n, d.list) },
	})
	return w, d.problems
}

func (d *decoder) document(body []byte, known map[string]func(ast.Node)) {
	tree, err := parser.ParseBytes(body, 0)
	if err != nil {
		d.problems = append(d.problems, fmt.Sprintf("%s: not readable as YAML: %s", d.file,
			strings.Join(strings.Fields(strings.SplitN(err.Error(), "\n", 2)[0]), " ")))
		return
	}
	if len(tree.Docs) != 1 || tree.Docs[0].Body == nil {
		d.fail(1, "the file must hold one mapping with layout, dataset and headers; `cchc layout FILE --write NAME` starts one")
		return
	}
	d.pairs(tree.Docs[0].Body, func(key string, line int, value ast.Node) {
		set, ok := known[key]
		if !ok {
			d.fail(line, "unknown key %q%s", key, didYouMean(key, sortedKeys(known)))
			return
		}
		set(value)
	})
}

// pairs walks a mapping in its order; a key that stands twice is a problem.
func (d *decoder) pairs(n ast.Node, each func(key string, line int, value ast.Node)) {
	var values []*ast.MappingValueNode
	switch n := d.plain(n).(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	case *ast.NullNode:
		return
	default:
		d.fail(lineOf(n), "a mapping of keys is needed here")
		return
	}
	seen := map[string]bool{}
	for _, v := range values {
		key, line := v.Key.GetToken().Value, lineOf(v.Key)
		if seen[key] {
			d.fail(line, "key %q stands twice", key)
			continue
		}
		seen[key] = true
		each(key, line, v.Value)
	}
}

func entries[T any](d *decoder, n ast.Node, value func(ast.Node) T) named[T] {
	var out named[T]
	d.pairs(n, func(key string, line int, v ast.Node) { out = append(out, entry[T]{key, line, value(v)}) })
	return out
}

// plain follows anchors and aliases.
func (d *decoder) plain(n ast.Node) ast.Node {
	switch v := n.(type) {
	case *ast.AnchorNode:
		d.anchors[v.Name.String()] = v.Value
		return v.Value
	case *ast.AliasNode:
		if to, ok := d.anchors[v.Value.String()]; ok {
			return to
		}
		d.fail(lineOf(n), "alias *%s has no anchor above it", v.Value.String())
		return &ast.NullNode{BaseNode: &ast.BaseNode{}, Token: n.GetToken()}
	}
	return n
}

func (d *decoder) text(n ast.Node) word {
	w := word{line: lineOf(n)}
	switch n := d.plain(n).(type) {
	case *ast.StringNode:
		w.text = strings.TrimSpace(n.Value)
	case *ast.LiteralNode:
		w.text = strings.TrimSpace(n.Value.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		w.text = n.GetToken().Value
	default:
		d.fail(w.line, "a text is needed here")
	}
	return w
}

// list reads a list of texts; a single text is a list of one.
func (d *decoder) list(n ast.Node) words {
	switch n := d.plain(n).(type) {
	case *ast.SequenceNode:
		out := make(words, 0, len(n.Values))
		for _, v := range n.Values {
			out = append(out, d.text(v))
		}
		return out
	case *ast.NullNode:
		return nil
	default:
		return words{d.text(n)}
	}
}

// didYouMean names the nearest known word, or all of them.
func didYouMean(given string, known []string) string {
	best, least := "", 4
	for _, k := range known {
		if n := unit.Distance([]rune(given), []rune(k)); n < least {
			best, least = k, n
		}
	}
	if best != "" {
		return fmt.Sprintf(" (did you mean %q?)", best)
	}
	return "; known: " + strings.Join(known, ", ")
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
