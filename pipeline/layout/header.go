package layout

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cchc/pipeline/dataset"
	"cchc/pipeline/reader"
)

const headerWords = 2 // columns that make a row look like a header that lacks something

// header is rows recognised as the header of a layout.
type header struct {
	layout   *layout
	grid     *grid
	sheet    int
	row      int      // index of its first row in the grid
	depth    int      // rows it consists of
	line     int      // line of its last row
	columns  []column // in file order
	notes    []ColumnNote
	unknown  []string
	personal []string
	known    int      // columns read, and those known and not read
	texts    int      // header texts that say what the columns read are
	missing  []string // labels of required columns that are not there
	lacking  []string // the same as field names
	twice    []string // header texts of columns that are there twice
	width    int      // columns up to the last header cell
	titles   []string // texts of the rows above
}

// column is a recognised column.
type column struct {
	at    int    // column of the file, from 0
	field int    // field of the dataset, or unitName
	rank  int    // among the columns of the same field
	out   int    // index into Result.Header
	text  string // header text
	many  bool   // other columns say the same field
	lines bool   // keep line ends
	memo  memo
}

// recognise finds the best header of the file. Text files are tried with their
// other separators when the likely one gives no complete header.
func (s *Set) recognise(f *reader.File, fixed []string) (best *header, grids []*grid, err error) {
	separators := f.Separators()
	if len(separators) == 0 {
		separators = []byte{0}
	}
	var firstErr error
	for i, sep := range separators {
		f.SetSeparator(sep)
		h, g, err := s.recogniseOnce(f, fixed)
		if err != nil && i == 0 {
			firstErr = err
		}
		if err == nil && (h.better(best) || best == nil && grids == nil) {
			best, grids = h, g
		}
		if best.usable() {
			return best, grids, nil
		}
	}
	if firstErr != nil {
		return nil, nil, firstErr
	}
	return best, grids, nil
}

func (s *Set) recogniseOnce(f *reader.File, fixed []string) (*header, []*grid, error) {
	var best *header
	var grids []*grid
	for i := range f.Sheets() {
		g, err := readGrid(f, i)
		if err != nil {
			return nil, nil, err
		}
		grids = append(grids, g)
		h, err := s.bestOf(f, g, s.all, fixed)
		if err != nil {
			return nil, nil, err
		}
		if h.better(best) {
			best = h
		}
	}
	return best, grids, nil
}

// bestOf finds the best header of one sheet. Merged cells, which take a pass over
// the whole sheet, are looked up only when one plain row does not do.
func (s *Set) bestOf(f *reader.File, g *grid, all []*layout, fixed []string) (*header, error) {
	h := s.candidates(g, all, fixed)
	if f.Format != "xlsx" || h == nil || h.usable() && h.depth == 1 || g.merged {
		return h, nil
	}
	if err := g.readMerges(f); err != nil {
		return nil, err
	}
	return s.candidates(g, all, fixed), nil
}

// candidates finds the best header of a sheet among all that its head can make.
func (s *Set) candidates(g *grid, all []*layout, fixed []string) *header {
	var best *header
	hits := make([]bool, g.head()) // rows with a text in which a header may end
	for k := range hits {
		for _, t := range g.texts[g.rows[k].line] {
			hits[k] = hits[k] || s.endings[t.folded]
		}
	}
	for k := range hits {
		for depth := 1; depth <= headDepth && k+depth <= len(hits); depth++ {
			if !hits[k+depth-1] {
				continue
			}
			trails := g.block(k, depth)
			for _, l := range all {
				if trails == nil {
					continue
				}
				if h := match(l, g, trails, fixed); h != nil {
					h.row, h.depth, h.line = k, depth, g.rows[k+depth-1].line
					if h.better(best) {
						best = h
					}
				}
			}
		}
	}
	if best != nil {
		best.describe(g.block(best.row, best.depth))
	}
	return best
}

// match reads trails as the header of a layout; nil when no cell fits. fixed are
// fields that the source of the file gives.
func match(l *layout, g *grid, trails []trail, fixed []string) *header {
	h := &header{layout: l, grid: g, sheet: g.sheet}
	seen := map[int]int{} // field → columns
	marked := l.marks == nil
	for i := range trails {
		p := &trails[i]
		if len(p.folded) == 0 {
			continue
		}
		if h.width == 0 && i > leadBlank {
			return nil
		}
		h.width = i + 1
		marked = marked || p.has(l.marks) || slices.ContainsFunc(p.folded, func(s string) bool { return l.marks[s] })
		at, texts, ok := l.lookUp(p)
		switch {
		case !ok && p.has(l.ignored):
			h.known++
		case !ok:
		case seen[at.field] > 0 && !l.first[at.field]:
			h.twice = append(h.twice, fmt.Sprintf("%s (%s)", p.shown, l.label(at.field)))
		default:
			seen[at.field]++
			h.known++
			h.texts += texts
			h.columns = append(h.columns, column{at: i, field: at.field, rank: at.rank, text: p.shown,
				lines: l.set.Name == "narratives" && at.field != unitName && l.set.Fields[at.field].Name == "text"})
		}
	}
	if len(h.columns) == 0 || !marked {
		return nil
	}
	for i := range h.columns {
		h.columns[i].many = seen[h.columns[i].field] > 1
	}
	h.lacks(seen, fixed)
	return h
}

// describe notes what becomes of every column, and the texts above the header.
func (h *header) describe(trails []trail) {
	l := h.layout
	for i := range trails {
		p := &trails[i]
		if len(p.folded) == 0 {
			continue
		}
		shown, _ := screen(p.shown)
		note := ColumnNote{At: i, Header: shown, Why: ColumnUnknown}
		read := slices.IndexFunc(h.columns, func(c column) bool { return c.at == i })
		_, _, known := l.lookUp(p)
		personal := l.people.names(p.shown) != ""
		switch {
		case read >= 0:
			note.Field, note.Why = l.fieldName(h.columns[read].field), ColumnRead
		case known:
			note.Why = ColumnTwice
		case personal:
			h.personal = append(h.personal, p.shown)
			note.Why = PersonalName
		case p.has(l.ignored):
			note.Why = ColumnIgnored
		default:
			h.unknown = append(h.unknown, p.shown)
		}
		h.notes = append(h.notes, note)
	}
	for _, above := range h.grid.rows[:h.row] {
		h.titles = append(h.titles, above.cells...)
	}
}

// lacks lists the required columns that nothing gives.
func (h *header) lacks(seen map[int]int, fixed []string) {
	l := h.layout
	for i, f := range l.set.Fields {
		switch {
		case seen[i] > 0 || f.Name == "unit_code" && seen[unitName] > 0:
		case l.fixed[i] != nil || l.fromTitle[i] || slices.Contains(fixed, f.Name):
		case f.Name == "unit_code":
			h.missing = append(h.missing, "Mã đơn vị (hoặc Tên đơn vị)")
			h.lacking = append(h.lacking, "unit_code (or unit_name)")
		case f.Required || l.set == dataset.Dossiers && f.Name == "received_at":
			h.missing = append(h.missing, f.Label)
			h.lacking = append(h.lacking, f.Name)
		}
	}
}

// label is the Vietnamese name of a column.
func (l *layout) label(field int) string {
	if field == unitName {
		return unitNameField.Label
	}
	return l.set.Fields[field].Label
}

func (l *layout) fieldName(field int) string {
	if field == unitName {
		return unitNameField.Name
	}
	return l.set.Fields[field].Name
}

func (h *header) complete() bool { return h != nil && len(h.missing) == 0 }

// usable headers can be read by.
func (h *header) usable() bool { return h.complete() && len(h.twice) == 0 }

func rankOf(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

// better orders candidates: those that can be read first, then by the columns
// known, then layouts that ask for a mark, then more texts that were understood,
// then fewer rows. Equal ones keep their
// order: sheets, rows, layouts as in Set.
func (h *header) better(than *header) bool {
	if h == nil || than == nil {
		return h != nil
	}
	return cmp.Or(
		cmp.Compare(rankOf(h.complete()), rankOf(than.complete())),
		cmp.Compare(rankOf(len(h.twice) == 0), rankOf(len(than.twice) == 0)),
		cmp.Compare(h.known, than.known),
		cmp.Compare(len(than.missing), len(h.missing)),
		cmp.Compare(rankOf(h.layout.own), rankOf(than.layout.own)),
		cmp.Compare(rankOf(h.layout.marks != nil), rankOf(than.layout.marks != nil)),
		cmp.Compare(h.texts, than.texts),
		cmp.Compare(than.depth, h.depth)) > 0
}

// refusal says why the header cannot be used, or nil.
func (h *header) refusal(f *reader.File) error {
	if h == nil || !h.complete() && len(h.columns) < headerWords {
		return &reader.Refusal{Short: "no header of a known dataset found",
			Reason: "Không tìm thấy dòng tiêu đề cột của loại số liệu nào đã biết; hãy dùng biểu mẫu nhập liệu hoặc kiểm tra lại tên các cột."}
	}
	r := &reader.Refusal{Line: h.line, Sheet: f.Sheets()[h.sheet]}
	switch {
	case len(h.missing) > 0:
		r.Short = fmt.Sprintf("%s: missing columns: %s", h.layout.set.Name, strings.Join(h.lacking, ", "))
		r.Reason = fmt.Sprintf("Dòng tiêu đề giống số liệu \"%s\" nhưng thiếu cột: %s; hãy bổ sung các cột này rồi gửi lại.",
			h.layout.set.Label, strings.Join(h.missing, "; "))
	case len(h.twice) > 0:
		r.Short = h.layout.set.Name + ": a column stands twice in the header"
		r.Reason = fmt.Sprintf("Dòng tiêu đề có hai cột cho cùng một nội dung: %s; hãy bỏ bớt một cột rồi gửi lại.",
			strings.Join(h.twice, "; "))
	default:
		return nil
	}
	return r
}

// dropShapes leaves out columns of free text whose cells are phone numbers,
// e-mail addresses or identity numbers: a header can be wrong.
func (h *header) dropShapes() {
	h.columns = slices.DeleteFunc(h.columns, func(c column) bool {
		if c.field == unitName || h.layout.set.Fields[c.field].Type != dataset.Text || !h.grid.personalBelow(c.at, h.line) {
			return false
		}
		h.personal = append(h.personal, c.text)
		for i := range h.notes {
			if h.notes[i].At == c.at {
				h.notes[i].Why, h.notes[i].Field = PersonalShape, ""
			}
		}
		return true
	})
}
