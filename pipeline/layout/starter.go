package layout

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cchc/pipeline/dataset"
	"cchc/pipeline/reader"
)

// NamePattern is what the name of a layout looks like: vendor/what.
var NamePattern = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?$`)

// Starter writes a layout file for a file that no layout knows, or knows in
// part: what is recognised under its fields, the other columns to be sorted by
// a person. set is the name of a dataset, or empty for the one that fits best.
// What it writes loads without a problem.
func (s *Set) Starter(f *reader.File, name, set string) ([]byte, error) {
	if !NamePattern.MatchString(name) {
		return nil, fmt.Errorf("a layout is named with small letters, digits and -, such as tinh/danh-sach; %q is not", name)
	}
	all, d := s.all, dataset.ByName(set)
	if set != "" {
		if d == nil {
			return nil, fmt.Errorf("unknown dataset %q%s", set, didYouMean(set, datasetNames()))
		}
		all = nil
		for _, l := range s.all {
			if l.set == d {
				all = append(all, l)
			}
		}
	}
	narrow := &Set{all: all, shared: s.shared, endings: s.endings}
	h, grids, err := narrow.recognise(f, []string{"unit_code", "period"})
	if err != nil {
		return nil, err
	}
	if h == nil && d == nil {
		return nil, fmt.Errorf("no column of the file is known; name its dataset: %s", strings.Join(datasetNames(), ", "))
	}
	notes, _, _ := busiest(grids, s.shared)
	base := "canonical/" + set
	if h != nil {
		notes, base = h.notes, h.layout.name
	}
	var l *layout
	for _, l = range s.all {
		if l.name == base {
			break
		}
	}
	return starterText(name, l, notes), nil
}

func datasetNames() []string {
	var out []string
	for _, d := range dataset.All {
		out = append(out, d.Name)
	}
	return out
}

// busiest takes the first row with the most texts for a header.
func busiest(grids []*grid, shared *sharedWords) (out []ColumnNote, sheet, line int) {
	people := newPeople(shared.personal)
	for _, g := range grids {
		for _, r := range g.rows[:g.head()] {
			var notes []ColumnNote
			for i, s := range r.cells {
				if s == "" {
					continue
				}
				n := ColumnNote{At: i, Why: ColumnUnknown}
				n.Header, _ = screen(s)
				if people.names(s) != "" {
					n.Why = PersonalName
				}
				notes = append(notes, n)
			}
			if len(notes) > len(out) && !r.sums {
				out, sheet, line = notes, g.sheet, r.line
			}
		}
	}
	return out, sheet, line
}

func starterText(name string, like *layout, notes []ColumnNote) []byte {
	d, base := like.set, like.name
	var b strings.Builder
	fmt.Fprintf(&b, "# Layout of an export of %s (%s). Sort the columns below, then look at it with\n# `cchc layout FILE` and import the file.\n", d.Name, d.Label)
	fmt.Fprintf(&b, "layout: %s\nextends: %s\n", name, base)
	by := map[string][]string{}
	var fields, unknown, ignored, personal []string
	for _, n := range notes {
		quoted := strconv.Quote(n.Header)
		switch n.Why {
		case ColumnRead, ColumnTwice:
			if n.Field == "" {
				ignored = append(ignored, quoted)
				continue
			}
			if by[n.Field] == nil {
				fields = append(fields, n.Field)
			}
			by[n.Field] = append(by[n.Field], quoted)
		case PersonalName, PersonalShape:
			personal = append(personal, quoted)
		case ColumnIgnored:
			ignored = append(ignored, quoted)
		default:
			unknown = append(unknown, quoted+suggestion(n.Header, like))
		}
	}
	b.WriteString("headers:\n")
	if len(fields) == 0 {
		b.Reset()
		fmt.Fprintf(&b, "# Layout of an export of %s (%s). Sort the columns below: write\n# \"headers:\" and under it a line \"field: [header]\" per column, then look at it\n# with `cchc layout FILE`.\nlayout: %s\nextends: %s\n", d.Name, d.Label, name, base)
	}
	for _, f := range fields {
		fmt.Fprintf(&b, "  %s: [%s]\n", f, strings.Join(by[f], ", "))
	}
	b.WriteString("# Fields of " + d.Name + ":\n")
	for _, f := range d.Fields {
		mark := ""
		if f.Required {
			mark = ", required"
		}
		fmt.Fprintf(&b, "#   %s (%s%s)\n", f.Name, f.Label, mark)
	}
	b.WriteString("#   unit_name (Tên đơn vị, in place of unit_code)\n")
	if len(personal) > 0 {
		b.WriteString("# Never read, personal data: " + strings.Join(personal, ", ") + "\n")
	}
	if len(unknown)+len(ignored) > 0 {
		b.WriteString("# Columns that are not read. Move one that is needed up under its field.\nignore:\n")
		for _, u := range append(unknown, ignored...) {
			b.WriteString("  - " + u + "\n")
		}
	}
	b.WriteString("# Also possible: fixed: {field: value}; from_title: [unit_code, period];\n# dates: {field: [dd/MM/yyyy HH:mm]}; values: {field: {value: [word]}};\n# first: [field] for several columns of one field; marks: [header the file must have].\n")
	return []byte(b.String())
}

// suggestion names the field with a known header of which most words are in the
// given one.
func suggestion(header string, l *layout) string {
	given := strings.Fields(bare(header))
	best, most := "", 0.5
	for _, key := range sortedKeys(l.headers) {
		own := strings.Fields(bare(key))
		shared := 0
		for _, w := range own {
			if slices.Contains(given, w) {
				shared++
			}
		}
		if like := float64(2*shared) / float64(len(own)+len(given)); like > most {
			best, most = l.fieldName(l.headers[key].field), like
		}
	}
	if best == "" {
		return ""
	}
	return " # " + best + "?"
}
