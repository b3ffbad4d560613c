package layout

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"cchc/pipeline/dataset"
	"cchc/pipeline/reader"
)

// unitName is the place of a column that gives the unit by its name.
const unitName = -1

// layout is one shape of export, ready for use.
type layout struct {
	name        string
	own         bool // of a workspace, not of the program
	set         *dataset.Dataset
	headers     map[string]place // folded path of a header → what it stands for
	marks       map[string]bool  // folded headers, one of which the file must have; nil: none needed
	first       map[int]bool     // fields of which several columns may stand in a file
	words       []map[string]any // per field: folded word → value; nil unless a closed list
	fixed       []any            // per field: the value that every row has; nil: none
	fromTitle   []bool           // per field: looked for in the title rows when no column gives it
	dates       [][]dateForm     // per field: the only ways to write it; nil: the usual ones
	ignored     map[string]bool  // folded headers that are known and not read
	people      people
	fingerprint string
}

// place is what a header stands for. Of several columns for one field the one
// with the lowest rank comes first.
type place struct{ field, rank int }

// builder makes one layout of its file and of those it extends.
type builder struct {
	shared   *sharedWords
	chain    []*source // nearest first
	problems []string
	def      *definition // the file being looked at
	l        *layout
}

func (b *builder) fail(line int, format string, args ...any) {
	b.problems = append(b.problems, fmt.Sprintf("%s line %d: ", b.def.file, line)+fmt.Sprintf(format, args...))
}

func (b *builder) build() *layout {
	b.def = b.chain[0].def
	name := b.def.dataset.text
	for _, s := range b.chain[1:] {
		if name == "" {
			name = s.def.dataset.text
		} else if s.def.dataset.text != name {
			b.fail(b.def.dataset.line, "the dataset is %q, but %q that it extends holds %q", name, s.def.layout, s.def.dataset.text)
			return nil
		}
	}
	set := dataset.ByName(name)
	switch {
	case b.def.layout == "":
		b.fail(1, "a layout needs a name: write layout: vendor/name")
		return nil
	case set == nil && b.def.extends.text != "" && name == "":
		return nil // said already
	case set == nil:
		var known []string
		for _, d := range dataset.All {
			known = append(known, d.Name)
		}
		b.fail(max(b.def.dataset.line, 1), "unknown dataset %q%s", name, didYouMean(name, known))
		return nil
	}
	n := len(set.Fields)
	b.l = &layout{name: b.def.layout, set: set, headers: map[string]place{}, first: map[int]bool{}, words: make([]map[string]any, n),
		fixed: make([]any, n), fromTitle: make([]bool, n), dates: make([][]dateForm, n), ignored: map[string]bool{}}
	b.l.people = newPeople(b.shared.personal)
	b.headers()
	b.vocabularies()
	for _, s := range slices.Backward(b.chain) {
		b.def = s.def
		b.settings()
	}
	return b.l
}

// field finds a field named by the file; unit_name is one where it may be.
func (b *builder) field(what, name string, line int, unitNameToo bool) (int, bool) {
	if unitNameToo && name == "unit_name" {
		return unitName, true
	}
	i := b.l.set.Index(name)
	if i < 0 {
		var known []string
		for _, f := range b.l.set.Fields {
			known = append(known, f.Name)
		}
		b.fail(line, "%s: %s has no field %q%s", what, b.l.set.Name, name, didYouMean(name, known))
	}
	return i, i >= 0
}

// headers fills in what headers stand for: those of the file, of the layouts it
// extends, and those that every layout has. The nearer one wins.
func (b *builder) headers() {
	ranks := map[int]int{}
	level, lines := map[string]int{}, map[string]int{}
	put := func(w word, field, at int) {
		key := foldPath(w.text)
		old, taken := b.l.headers[key]
		switch {
		case key == "":
			b.fail(w.line, "a header is empty")
		case !taken:
			b.l.headers[key] = place{field, ranks[field]}
			level[key], lines[key] = at, w.line
			ranks[field]++
		case old.field != field && level[key] == at:
			b.fail(max(w.line, lines[key]), "header %q stands for two fields", w.text)
		}
	}
	for at, s := range b.chain {
		b.def = s.def
		for _, e := range s.def.headers {
			field, ok := b.field("headers", e.key, e.line, true)
			if !ok {
				continue
			}
			for _, w := range e.value {
				if phrase := b.l.people.names(w.text); phrase != "" {
					b.fail(w.line, "header %q names personal data (%s), which is never read", w.text, phrase)
					continue
				}
				put(w, field, at)
			}
		}
	}
	b.def = b.chain[len(b.chain)-1].def // every layout at the end of a chain has these beside its own
	last := len(b.chain) - 1
	for i, f := range b.l.set.Fields {
		for _, h := range ownHeaders(f) {
			put(word{h, b.def.line}, i, last)
		}
		if f.Name == "unit_code" {
			for _, w := range b.shared.unitCode {
				put(word{w.text, b.def.line}, i, last+1)
			}
			for _, w := range append(words{{"unit_name", 1}}, b.shared.unitName...) {
				put(word{w.text, b.def.line}, unitName, last+1)
			}
		}
	}
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

// settings takes what a file says beside headers and values; the nearest file
// comes last and wins.
func (b *builder) settings() {
	def, l := b.def, b.l
	if def.marks != nil {
		l.marks = map[string]bool{}
		for _, w := range def.marks {
			l.marks[foldPath(w.text)] = true
		}
	}
	for _, w := range def.ignore {
		l.ignored[foldPath(w.text)] = true
		delete(l.headers, foldPath(w.text))
	}
	l.people = l.people.and(def.personal)
	for _, w := range def.first {
		if field, ok := b.field("first", w.text, w.line, true); ok {
			l.first[field] = true
		}
	}
	for _, w := range def.fromTitle {
		if w.text != "unit_code" && w.text != "period" {
			b.fail(w.line, "from_title: only unit_code and period are found in title rows")
		} else if field, ok := b.field("from_title", w.text, w.line, false); ok {
			l.fromTitle[field] = true
		}
	}
	for _, e := range def.dates {
		field, ok := b.field("dates", e.key, e.line, false)
		if !ok {
			continue
		}
		if t := l.set.Fields[field].Type; t != dataset.Date && t != dataset.Time {
			b.fail(e.line, "dates: %s is no date", e.key)
		}
		l.dates[field] = nil
		for _, w := range e.value {
			form, err := parseDateForm(w.text)
			if err != nil {
				b.fail(w.line, "dates: %v", err)
			}
			l.dates[field] = append(l.dates[field], form)
		}
	}
	for _, e := range def.fixed {
		if field, ok := b.field("fixed", e.key, e.line, false); ok {
			b.fix(field, e)
		}
	}
}

// fix makes a field a constant: columns of it are known and not read.
func (b *builder) fix(field int, e entry[word]) {
	f := &b.l.set.Fields[field]
	v, why := b.l.constant(field, e.value.text)
	if why != "" {
		b.fail(e.line, "fixed: %s: %q is not understood", f.Name, e.value.text)
	}
	b.l.fixed[field] = v
	for key, p := range b.l.headers {
		if p.field == field || f.Name == "unit_code" && p.field == unitName {
			delete(b.l.headers, key)
			b.l.ignored[key] = true
		}
	}
}

// constant types the value of a field that all rows share. Units and periods
// stay texts: only a workspace knows them.
func (l *layout) constant(field int, text string) (any, string) {
	f := &l.set.Fields[field]
	cell := reader.Cell{Kind: reader.Text, Text: []byte(text)}
	switch f.Type {
	case dataset.Date, dataset.Time:
		return orNil(parseTime(cell.Text, time.UTC))
	case dataset.Int:
		return orNil(parseCount(f, cell))
	case dataset.Number:
		return orNil(parseAmount(cell))
	case dataset.Flag, dataset.Enum, dataset.Level:
		if v, ok := l.words[field][fold(text)]; ok {
			return v, ""
		}
		return nil, notInList
	}
	return cleanText(cell.Text, false), ""
}

// vocabularies fills in the words of closed lists.
func (b *builder) vocabularies() {
	for i, f := range b.l.set.Fields {
		b.l.words[i] = b.vocabulary(f)
	}
	for _, s := range b.chain {
		b.def = s.def
		for _, e := range s.def.values {
			field, ok := b.field("values", e.key, e.line, false)
			if ok && b.l.words[field] == nil {
				b.fail(e.line, "values: %s is no closed list", e.key)
			}
		}
	}
}

// vocabulary maps the folded words of a closed field to its typed values. What a
// nearer file says of a word wins.
func (b *builder) vocabulary(f dataset.Field) map[string]any {
	out := map[string]any{}
	level := map[string]int{}
	put := func(w word, value any, at int) {
		key := fold(w.text)
		if old, taken := out[key]; !taken {
			out[key], level[key] = value, at
		} else if old != value && level[key] == at {
			b.fail(w.line, "%s: the word %q stands for two values", f.Name, w.text)
		}
	}
	typed := func(name string) (any, bool) {
		switch f.Type {
		case dataset.Flag:
			return name == "yes", name == "yes" || name == "no"
		case dataset.Level:
			n, err := strconv.ParseInt(name, 10, 64)
			return n, err == nil && n >= 1 && n <= 4
		}
		return name, slices.Contains(f.Values, name)
	}
	if f.Type != dataset.Flag && f.Type != dataset.Level && f.Type != dataset.Enum {
		return nil
	}
	for at, s := range b.chain {
		b.def = s.def
		own, _ := s.def.values.get(f.Name)
		for _, e := range own {
			value, ok := typed(e.key)
			if !ok {
				b.fail(e.line, "values: %s has no value %q", f.Name, e.key)
				continue
			}
			for _, w := range e.value {
				put(w, value, at)
			}
		}
	}
	last := len(b.chain) - 1
	common := func(list words, value any) {
		for _, w := range list {
			put(word{w.text, b.def.line}, value, last+1)
		}
	}
	switch f.Type {
	case dataset.Flag:
		common(b.shared.yes, true)
		common(b.shared.no, false)
	case dataset.Level:
		for _, e := range b.shared.levels {
			if v, ok := typed(e.key); ok {
				common(e.value, v)
			} else {
				b.fail(e.line, "levels: %q is not 1 to 4", e.key)
			}
		}
	default:
		for i, v := range f.Values {
			put(word{v, b.def.line}, v, last)
			put(word{f.Labels[i], b.def.line}, v, last)
		}
	}
	return out
}
