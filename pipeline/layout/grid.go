package layout

import (
	"slices"
	"strings"

	"cchc/pipeline/reader"
)

const (
	headRows   = 40  // rows of a sheet in which the header is looked for
	headDepth  = 5   // rows of which one header may consist
	sampleRows = 200 // rows of a sheet that are looked at before any is typed
	leadBlank  = 8   // blank columns that may stand before the first header cell
)

// textRow is a row of the head of a sheet, kept to look for the header.
type textRow struct {
	line  int
	cells []string // blank for cells that are no text
	shown []string // texts of cells of any kind but dates; for the shape of values
	any   []bool   // cells that are not blank, of any kind
	sums  bool     // numbers the columns: "(1) (2) (3)=(4)+(5)"
}

// grid is the head of a sheet.
type grid struct {
	sheet  int
	rows   []textRow
	merged bool                 // the sheet's merged cells are known
	merges map[[2]int][2]int    // line and column of a covered cell → those of the first cell of its block
	texts  map[int]map[int]text // line and column → text, also of rows that are no candidates
	paths  map[[2]int][]trail   // first row and depth → the header they make
}

type text struct{ shown, folded string }

// trail is the texts above a column, from top to bottom.
type trail struct {
	shown  string
	folded []string
	keys   []string // see endings
}

// readGrid reads the head of a sheet.
func readGrid(f *reader.File, sheet int) (*grid, error) {
	g := &grid{sheet: sheet, texts: map[int]map[int]text{}, paths: map[[2]int][]trail{}}
	err := f.Rows(sheet, func(r *reader.Row) error {
		n := len(r.Cells)
		t := textRow{line: r.Line, cells: make([]string, n), shown: make([]string, n), any: make([]bool, n), sums: isFormulaRow(r, false)}
		for i, c := range r.Cells {
			if c.Kind == reader.Text {
				t.cells[i] = cleanText(c.Text, false)
				t.shown[i] = t.cells[i]
			} else if c.Kind == reader.Number {
				t.shown[i] = plainNumber(c.Text)
			}
			t.any[i] = c.Kind != reader.Empty && (c.Kind != reader.Text || t.cells[i] != "")
		}
		if len(g.rows) < headRows {
			m := map[int]text{}
			for i, s := range t.cells {
				if s != "" {
					m[i] = text{s, fold(s)}
				}
			}
			g.texts[t.line] = m
		}
		if g.rows = append(g.rows, t); len(g.rows) == sampleRows {
			return reader.Stop
		}
		return nil
	})
	return g, err
}

// head is how many rows may be part of a header.
func (g *grid) head() int { return min(len(g.rows), headRows) }

// readMerges looks up the merged cells of the head; a text file has none.
func (g *grid) readMerges(f *reader.File) error {
	if g.merged || len(g.rows) == 0 {
		return nil
	}
	ranges, err := f.Merges(g.sheet)
	if err != nil {
		return err
	}
	g.merged, g.merges, g.paths = true, map[[2]int][2]int{}, map[[2]int][]trail{}
	last := g.rows[g.head()-1].line
	for _, m := range ranges {
		if m.Row1 > last {
			continue
		}
		for line := m.Row1; line <= min(m.Row2, last, m.Row1+headDepth); line++ {
			for col := m.Col1; col <= min(m.Col2, 1024); col++ {
				g.merges[[2]int{line, col - 1}] = [2]int{m.Row1, m.Col1 - 1}
			}
		}
	}
	return nil
}

// block gives the header that depth rows from row k on make; nil when they
// cannot be one.
func (g *grid) block(k, depth int) []trail {
	key := [2]int{k, depth}
	if p, ok := g.paths[key]; ok {
		return p
	}
	p := g.join(k, depth)
	g.paths[key] = p
	return p
}

func (g *grid) join(k, depth int) []trail {
	if k+depth > g.head() || g.rows[k+depth-1].line-g.rows[k].line >= headDepth {
		return nil
	}
	width := 0
	for _, r := range g.rows[k : k+depth] {
		if r.sums {
			return nil
		}
		width = max(width, len(r.cells))
	}
	levels := make([][]text, depth)
	for d := range depth {
		levels[d] = make([]text, width)
		line := g.rows[k+d].line
		for i := range width {
			levels[d][i] = g.texts[line][i]
			if from, ok := g.merges[[2]int{line, i}]; ok && from[0] >= g.rows[k].line {
				levels[d][i] = g.texts[from[0]][from[1]]
			}
		}
	}
	for d := range depth - 1 {
		g.spread(levels, d, g.rows[k+d].line)
	}
	out := make([]trail, width)
	for i := range out {
		var shown []string
		for d := range depth {
			t := levels[d][i]
			if t.shown == "" || len(shown) > 0 && out[i].folded[len(shown)-1] == t.folded {
				continue
			}
			shown = append(shown, t.shown)
			out[i].folded = append(out[i].folded, t.folded)
		}
		out[i].shown = strings.Join(shown, " > ")
	}
	return out
}

// spread gives the text of a group to the columns right of it, where merged
// cells were lost: below the group and below each of those columns stands a
// text, the columns have none of their own, and they share the group above.
func (g *grid) spread(levels [][]text, d, line int) {
	below := func(i int) bool {
		return slices.ContainsFunc(levels[d+1:], func(l []text) bool { return l[i].shown != "" })
	}
	group := text{}
	for i := range levels[d] {
		t := levels[d][i]
		_, merged := g.merges[[2]int{line, i}]
		switch {
		case t.shown != "":
			if group = t; !below(i) || merged {
				group = text{}
			}
		case group.shown == "" || merged || !below(i) || d > 0 && levels[d-1][i] != levels[d-1][i-1]:
			group = text{}
		default:
			levels[d][i] = group
		}
	}
}

// endings lists the headers that a trail can be: the whole of it, parts of it
// that end in its last text, that text alone; the longest first.
func (p *trail) endings() []string {
	if p.keys != nil {
		return p.keys
	}
	n := len(p.folded)
	for size := n; size >= 1; size-- {
		for drop := range 1 << (n - 1) {
			var parts []string
			for i, s := range p.folded {
				if i == n-1 || drop>>i&1 == 0 {
					parts = append(parts, s)
				}
			}
			if len(parts) == size {
				p.keys = append(p.keys, strings.Join(parts, " > "))
			}
		}
	}
	return p.keys
}

// lookUp finds what the column below a trail stands for, and how many texts of
// the trail say so.
func (l *layout) lookUp(p *trail) (at place, texts int, ok bool) {
	for _, key := range p.endings() {
		if at, ok := l.headers[key]; ok {
			return at, strings.Count(key, " > ") + 1, true
		}
	}
	return place{}, 0, false
}

// has says whether a trail is in a set of headers.
func (p *trail) has(set map[string]bool) bool {
	for _, key := range p.endings() {
		if set[key] {
			return true
		}
	}
	return false
}

// foldPath folds a header of several rows, written "A > B".
func foldPath(s string) string {
	parts := strings.Split(s, ">")
	for i := range parts {
		parts[i] = fold(parts[i])
	}
	return strings.Join(parts, " > ")
}
