package reports

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
)

// builtins are the functions of text/template that a report may use; the
// others could print a value as syntax.
var builtins = map[string]any{
	"and": nil, "or": nil, "not": nil, "eq": nil, "ne": nil, "lt": nil, "gt": nil, "len": nil, "print": nil,
}

// fill reads a template, checks every name in it and executes it. The result is
// Markdown with tokens. All unknown names are reported at once, with lines.
func (b *builder) fill(file string, tpl fs.FS) (source, filled string, err error) {
	raw, err := fs.ReadFile(tpl, file)
	if err != nil {
		return "", "", fmt.Errorf("read template %s: %w", file, err)
	}
	source = strings.ReplaceAll(string(raw), "\r\n", "\n")
	if i := strings.IndexAny(source, string(tokenOpen)+string(tokenClose)); i >= 0 {
		return "", "", fmt.Errorf("%s:%d: contains the reserved character U+E000 or U+E001; delete it", file, lineAt(source, i))
	}
	functions := b.functions()
	tree := parse.New(file)
	tree.Mode = parse.SkipFuncCheck
	trees := map[string]*parse.Tree{}
	if _, err := tree.Parse(source, "", "", trees); err != nil {
		return "", "", readable(err)
	}
	if len(trees) > 1 {
		return "", "", fmt.Errorf("%s: define and block are not for reports; write the text where it belongs", file)
	}
	check := linter{b: b, tree: tree, functions: functions}
	check.walk(tree.Root)
	if len(check.problems) > 0 {
		return "", "", errors.Join(check.problems...)
	}
	t, err := template.New(file).Funcs(functions).AddParseTree(file, tree)
	if err != nil {
		return "", "", readable(err)
	}
	var out bytes.Buffer
	if err := t.Execute(&out, nil); err != nil {
		return "", "", readable(err)
	}
	return source, out.String(), nil
}

var templatePrefix = regexp.MustCompile(`^template: `)

// readable drops the words that text/template puts before "file:line".
func readable(err error) error {
	return errors.New(templatePrefix.ReplaceAllString(err.Error(), ""))
}

func lineAt(s string, offset int) int { return strings.Count(s[:offset], "\n") + 1 }

// linter checks the names in a parsed template.
type linter struct {
	b         *builder
	tree      *parse.Tree
	functions template.FuncMap
	problems  []error
}

func (l *linter) complain(n parse.Node, format string, args ...any) {
	where, _ := l.tree.ErrorContext(n)
	if parts := strings.Split(where, ":"); len(parts) >= 2 {
		where = strings.Join(parts[:len(parts)-1], ":") // the column is of no use here
	}
	l.problems = append(l.problems, fmt.Errorf("%s: "+format, append([]any{where}, args...)...))
}

func (l *linter) walk(n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, c := range n.Nodes {
			l.walk(c)
		}
	case *parse.ActionNode:
		l.walk(n.Pipe)
	case *parse.IfNode:
		l.branch(&n.BranchNode)
	case *parse.RangeNode:
		l.branch(&n.BranchNode)
	case *parse.WithNode:
		l.branch(&n.BranchNode)
	case *parse.PipeNode:
		if n == nil {
			return
		}
		if len(n.Cmds) > 1 {
			l.complain(n, "a pipe is not for reports; give arguments after the name")
		}
		for _, c := range n.Cmds {
			l.command(c)
		}
	case *parse.FieldNode, *parse.ChainNode:
		l.complain(n, "%s: figures have no fields; use a function such as {{ count \"dossiers.received\" }}", n)
	case *parse.TemplateNode:
		l.complain(n, "template is not for reports")
	}
}

func (l *linter) branch(n *parse.BranchNode) {
	l.walk(n.Pipe)
	l.walk(n.List)
	l.walk(n.ElseList)
}

func (l *linter) command(c *parse.CommandNode) {
	name, ok := c.Args[0].(*parse.IdentifierNode)
	if !ok {
		for _, a := range c.Args {
			l.walk(a)
		}
		return
	}
	_, ours := l.functions[name.Ident]
	_, plain := builtins[name.Ident]
	if !ours && !plain {
		l.complain(c, "unknown directive %q%s", name.Ident, nearest(name.Ident, keys(l.functions)))
		return
	}
	for i, a := range c.Args[1:] {
		if id, ok := a.(*parse.IdentifierNode); ok {
			l.command(&parse.CommandNode{NodeType: parse.NodeCommand, Pos: c.Pos, Args: []parse.Node{id}})
		}
		l.walk(a)
		if s, ok := a.(*parse.StringNode); ok && ours {
			if problem := l.b.checkArgument(name.Ident, literals(c.Args[1:]), i, s.Text); problem != "" {
				l.complain(c, "%s: %s", name.Ident, problem)
			}
		}
	}
}

// literals are the arguments written out as strings; others are empty.
func literals(args []parse.Node) []string {
	out := make([]string, len(args))
	for i, a := range args {
		if s, ok := a.(*parse.StringNode); ok {
			out[i] = s.Text
		}
	}
	return out
}

// nearest words the known name closest to an unknown one; empty when none is near.
func nearest(name string, known []string) string {
	best, distance := "", 1+len(name)/3
	for _, k := range known {
		if d := edits(name, k); d < distance || d == distance && best == "" {
			best, distance = k, d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + strconv.Quote(best) + "?"
}

// edits is the Levenshtein distance of two names.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
