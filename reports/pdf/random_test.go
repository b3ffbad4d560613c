package pdf

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"cchc/reports/model"
	"cchc/reports/pdf/pdftext"
)

// maker makes odd reports.
type maker struct{ *rand.Rand }

var oddWords = []string{"hồ", "sơ", "Ủy", "ban", "nhân", "dân", "giải", "quyết", "đúng", "hạn", "1.265", "84,28 %", "Ngân", "Sơn",
	"000.19.12.H10-210915-0001", "😀", "👩‍👩‍👧", "Ho\u0300a", "Nguye\u0302\u0303n", "a\x00b", "\x07", "中文", "שלום", "\u202eabc", "x\u0323\u0302\u0301", "\ufeff",
	"(1)=(2)+(3)", `\(`, `)\`, "\t", "a\u00a0b", "a\u00adb", "\u2028", "%", "\U0010FFFF", "\xff\xfe", "ﬁ", "1/2", "“trích”", "…", "☐", "✓"}

func (m maker) word() string {
	switch m.IntN(60) {
	case 0:
		return strings.Repeat("dài", 1+m.IntN(200))
	case 1:
		return strings.Repeat("e\u0301", 1+m.IntN(60))
	}
	return oddWords[m.IntN(len(oddWords))]
}

func (m maker) text(n int) string {
	if m.IntN(40) == 0 {
		n *= 150
	}
	var b strings.Builder
	for range m.IntN(n + 1) {
		b.WriteString(m.word())
		b.WriteString([]string{" ", " ", " ", "  ", "\n", ""}[m.IntN(6)])
	}
	return b.String()
}

func (m maker) value() model.Value {
	v := []model.Value{model.Int(m.Int64N(1e6)), model.Int(-m.Int64()), model.Share(m.Int64N(500), m.Int64N(500)), model.None(m.text(3)), model.Text(m.text(6)),
		model.Millionths(m.Int64N(1e9)), model.Date(day(2021, 1+m.IntN(12), 1)), {Kind: model.Ratio}, {Kind: model.Points, Num: 1}, {Kind: model.Moment}, model.Int(math.MaxInt64)}[m.IntN(11)]
	if m.IntN(10) == 0 {
		v.Link = []string{"a", "b", ""}[m.IntN(3)]
	}
	return v
}

func (m maker) cell() model.Cell {
	c := model.Cell{Value: m.value(), Bold: m.IntN(5) == 0, Italic: m.IntN(5) == 0, Tone: model.Tone(m.IntN(4)), Align: model.Align(m.IntN(5))}
	if m.IntN(6) == 0 {
		c.ColSpan, c.RowSpan = m.IntN(5)-1, m.IntN(5)-1
	}
	if m.IntN(5) == 0 {
		return model.Cell{Covered: true}
	}
	return c
}

func (m maker) cells(n int) []model.Cell {
	out := make([]model.Cell, max(0, n+[]int{0, 0, 0, -1, 1}[m.IntN(5)]))
	for i := range out {
		out[i] = m.cell()
	}
	return out
}

func (m maker) table() model.Table {
	n := []int{0, 1, 2, 3, 5, 8, 13, 17, 40}[m.IntN(9)]
	t := model.Table{ID: "a", Title: m.text(8), Unit: m.text(3), Columns: make([]model.Column, n), NotPaged: m.IntN(12) == 0, Selected: m.IntN(30)}
	for i := range t.Columns {
		t.Columns[i] = model.Column{Width: float64(m.IntN(4)), NoWrap: m.IntN(8) == 0, Align: model.Align(m.IntN(5))}
	}
	for range m.IntN(5) {
		t.Header = append(t.Header, m.cells(n))
	}
	if m.IntN(3) == 0 {
		t.Formula = m.cells(n)
	}
	for range m.IntN(12) {
		t.Rows = append(t.Rows, model.Row{Cells: m.cells(n), Style: model.RowStyle(m.IntN(5))})
	}
	for range m.IntN(2) {
		t.Total = append(t.Total, model.Row{Cells: m.cells(n), Style: model.Sum})
	}
	for range m.IntN(3) {
		t.Notes = append(t.Notes, m.text(12))
	}
	return t
}

func (m maker) chart() model.Chart {
	c := model.Chart{ID: "b", Kind: model.ChartKind(m.IntN(3)), Title: m.text(6), TargetName: m.text(2), Percent: m.IntN(2) == 0}
	n := []int{0, 1, 2, 7, 30}[m.IntN(5)]
	for range n {
		c.Categories = append(c.Categories, m.text(3))
	}
	for range m.IntN(4) {
		s := model.Series{Name: m.text(2)}
		for range m.IntN(n + 2) {
			s.Values, s.Tones = append(s.Values, m.value()), append(s.Tones, model.Tone(m.IntN(4)))
		}
		c.Series = append(c.Series, s)
	}
	if m.IntN(2) == 0 {
		v := m.value()
		c.Target = &v
	}
	return c
}

func (m maker) spans() []model.Span {
	var out []model.Span
	for range m.IntN(6) {
		s := model.Span{Text: m.text(12), Bold: m.IntN(3) == 0, Italic: m.IntN(3) == 0, Link: []string{"", "", "a", "b", "x"}[m.IntN(5)]}
		if m.IntN(3) == 0 {
			v := m.value()
			s.Text, s.Value = "", &v
		}
		out = append(out, s)
	}
	return out
}

func (m maker) block() model.Block {
	switch m.IntN(14) {
	case 0:
		return model.Letterhead{Superior: m.text(4), Issuer: m.text(5), Number: m.text(2), Place: m.text(4)}
	case 1:
		return model.Title{Name: m.text(4), Subject: []string{m.text(5), m.text(5)}}
	case 2:
		return model.Heading{Level: m.IntN(6) - 1, Text: m.text(6), ID: "a"}
	case 3:
		return model.List{Ordered: m.IntN(2) == 0, Items: [][]model.Span{m.spans(), m.spans()}}
	case 4:
		return model.Blank{Prompt: m.text(9)}
	case 5:
		var k model.KeyFigures
		for range m.IntN(8) {
			k.Items = append(k.Items, model.KeyFigure{Label: m.text(5), Value: m.value(), Detail: m.text(6), Tone: model.Tone(m.IntN(4))})
		}
		return k
	case 6, 7:
		return m.table()
	case 8:
		return m.chart()
	case 9:
		return model.Signature{Recipients: []string{m.text(4), m.text(4)}, Authority: m.text(4), Position: m.text(2), Name: m.text(2)}
	case 10:
		return model.PageBreak{}
	case 11:
		return model.Rule{}
	}
	return model.Paragraph{Spans: m.spans(), Plain: m.IntN(2) == 0, Small: m.IntN(3) == 0, Keep: m.IntN(3) == 0, Align: model.Align(m.IntN(5))}
}

func (m maker) report() model.Report {
	r := model.Report{Title: m.text(4), Subject: m.text(4), Author: m.text(2), Footer: m.text(4), Draft: m.IntN(3) == 0, Created: day(2021, 1, 1)}
	for range m.IntN(4) {
		s := model.Section{Landscape: m.IntN(2) == 0, Annex: m.IntN(3) == 0}
		for range m.IntN(9) {
			s.Blocks = append(s.Blocks, m.block())
		}
		r.Sections = append(r.Sections, s)
	}
	return r
}

func count(s string) map[rune]int {
	out := map[rune]int{}
	for _, r := range s {
		out[r]++
	}
	return out
}

// TestOddReports: nothing panics, leaves the margins, overlaps or is lost,
// whatever a report says. Rows cut over pages interleave their cells, so that
// characters are counted and words of a line looked for.
func TestOddReports(t *testing.T) {
	n := 200
	if testing.Short() {
		n = 40
	}
	for seed := range n {
		m := maker{rand.New(rand.NewPCG(uint64(seed), 30))}
		r := m.report()
		pages, err := pdftext.Body(render(t, r))
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		got := squash(strings.Join(pages, ""))
		want := squash(strings.Join(texts(r), ""))
		have := count(got)
		for c, k := range count(want) {
			if have[c] < k {
				t.Errorf("seed %d: %q is printed %d times, want %d", seed, c, have[c], k)
			}
		}
		for i, problem := range faults(layout(r)) {
			if i < 5 {
				t.Errorf("seed %d: %s", seed, problem)
			}
		}
		if t.Failed() {
			t.Fatal("stopped at the first odd report")
		}
	}
}
