package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"cchc/reports/model"
	"cchc/reports/page"
	"cchc/reports/pdf/pdftext"
)

func render(t *testing.T, r model.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Render(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// squash drops white space: where a line ends is the layout's business.
func squash(s string) string {
	s, _ = page.Font{}.Clean(s)
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func printed(t *testing.T, r model.Report) string {
	t.Helper()
	pages, err := pdftext.Body(render(t, r))
	if err != nil {
		t.Fatal(err)
	}
	return squash(strings.Join(pages, "\n"))
}

func TestEveryTextOfTheSamplesIsPrinted(t *testing.T) {
	for name, r := range samples() {
		got := printed(t, r)
		for _, s := range texts(r) {
			if len(s) > 4000 { // such a cell is cut over pages: a test of its own
				continue
			}
			if !strings.Contains(got, squash(s)) {
				t.Errorf("%s: %.200q is not on the pages", name, s)
			}
		}
	}
}

func TestSamplesStayInTheirMarginsAndDoNotOverlap(t *testing.T) {
	for name, r := range samples() {
		for _, problem := range faults(layout(r)) {
			t.Errorf("%s: %s", name, problem)
		}
	}
}

func TestSameReportSameBytesAlsoSideBySide(t *testing.T) {
	for name, r := range samples() {
		want := render(t, r)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				var b bytes.Buffer
				if err := Render(&b, r); err != nil || !bytes.Equal(b.Bytes(), want) {
					t.Errorf("%s: other bytes, error %v", name, err)
				}
			})
		}
		wg.Wait()
	}
}

func TestPageNumbersAndAnnexes(t *testing.T) {
	long := func(n int) []model.Block {
		var out []model.Block
		for range n {
			out = append(out, model.PageBreak{}, model.Paragraph{Spans: []model.Span{{Text: "x"}}})
		}
		return out
	}
	r := model.Report{Sections: []model.Section{{Blocks: long(2)}, {Landscape: true, Blocks: long(1)}, {Annex: true, Blocks: long(2)}, {Annex: true, Blocks: long(1)}, {Blocks: long(1)}}}
	pages, err := pdftext.Text(render(t, r))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"x", "2 x", "3 x", "x", "2 x", "x", "4 x"}
	for i, p := range pages {
		if got := strings.Join(strings.Fields(p), " "); got != want[i] {
			t.Errorf("page %d reads %q, want %q", i+1, got, want[i])
		}
	}
	if len(pages) != len(want) {
		t.Errorf("%d pages, want %d", len(pages), len(want))
	}
}

func TestHeaderIsRepeatedOnEveryPage(t *testing.T) {
	tab := ii06(100, true)
	r := table(tab)
	r.Sections[0].Landscape = true
	pages, err := pdftext.Text(render(t, r))
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) < 4 {
		t.Fatalf("only %d pages", len(pages))
	}
	for i, p := range pages {
		for _, s := range []string{"Số lượng hồ sơ đã giải quyết", "(5a)"} {
			if !strings.Contains(squash(p), squash(s)) {
				t.Errorf("page %d has no header %q", i+1, s)
			}
		}
	}
}

func TestRowTallerThanAPageLosesNothing(t *testing.T) {
	words := make([]string, 3000)
	for i := range words {
		words[i] = fmt.Sprintf("từ%d", i)
	}
	tab := bigTable(3, 3)
	tab.Rows[1].Cells[1].Value = model.Text(strings.Join(words, " "))
	tab.Rows[0].Cells[2] = model.Cell{Value: model.Text("nối hai hàng"), RowSpan: 2}
	tab.Rows[1].Cells[2] = model.Cell{Covered: true}
	r := table(tab)
	got := printed(t, r)
	for _, w := range append(words, "Đơn vị 2", "nối hai hàng") {
		if !strings.Contains(got, squash(w)) {
			t.Fatalf("%q is lost", w)
		}
	}
	for _, problem := range faults(layout(r)) {
		t.Error(problem)
	}
}

func TestNoLonelyLines(t *testing.T) {
	for n := 1; n < 60; n++ {
		var blocks []model.Block
		for i := range 30 {
			blocks = append(blocks, model.Paragraph{Spans: []model.Span{{Text: strings.TrimSpace(strings.Repeat("dòng chữ dài ", 8+(i*n)%40))}}})
		}
		for i, s := range layout(model.Report{Sections: []model.Section{{Blocks: blocks}}}) {
			last := s.strips[len(s.strips)-1]
			if last.Keep {
				t.Fatalf("n=%d: page %d ends with a line that must stay with the next", n, i+1)
			}
		}
	}
}

func TestNoPageIsEmpty(t *testing.T) {
	for n := 1; n < 130; n++ {
		for i, s := range layout(table(bigTable(n, 4))) {
			ops := 0
			for _, st := range s.strips {
				ops += len(st.Ops)
			}
			if ops == 0 {
				t.Fatalf("%d rows: page %d is empty", n, i+1)
			}
		}
	}
}

func TestFigureAndPercentSignStayTogether(t *testing.T) {
	v := model.Share(8428, 10000)
	for n := 1; n < 90; n++ {
		ls := page.Break(runs([]model.Span{{Text: strings.Repeat("a", n) + " "}, {Value: &v}}, body), page.Shape{Width: 160, Align: page.Justify})
		for _, l := range ls {
			if len(l.Pieces) > 0 && strings.HasPrefix(strings.TrimSpace(l.Pieces[0].Text), "%") {
				t.Fatalf("n=%d: a line begins with %%", n)
			}
		}
	}
}

func TestLinksLeadToWhatIsPrintedOnly(t *testing.T) {
	r := model.Report{Sections: []model.Section{{Blocks: []model.Block{
		model.Heading{Level: 2, Text: "Đầu", ID: "a"},
		model.Heading{Level: 1, Text: "Hai", ID: "a"},
		model.Paragraph{Spans: []model.Span{{Text: "đến", Link: "a"}, {Text: "đi", Link: "none"}}},
	}}}}
	b := render(t, r)
	if n := bytes.Count(b, []byte("/Subtype /Link")); n != 1 {
		t.Errorf("%d links, want 1", n)
	}
	for _, s := range []string{"/Outlines", "/Lang"} {
		if !bytes.Contains(b, []byte(s)) {
			t.Errorf("no %s", s)
		}
	}
}

func TestCreationDateIsTheReports(t *testing.T) {
	b := render(t, model.Report{Created: time.Date(2021, 9, 16, 8, 30, 0, 0, time.UTC)})
	if !bytes.Contains(b, []byte("D:20210916083000")) {
		t.Error("the creation date is another")
	}
	if !bytes.Equal(render(t, model.Report{}), render(t, model.Report{})) {
		t.Error("an empty report differs from itself")
	}
}

func TestLongTableIsWhole(t *testing.T) {
	const rows, cols = 5000, 8
	pages, err := pdftext.Text(render(t, table(bigTable(rows, cols))))
	if err != nil {
		t.Fatal(err)
	}
	printed := map[string]bool{}
	for _, w := range strings.Fields(strings.Join(pages, "\n")) {
		printed[w] = true
	}
	for r := range rows {
		if last := model.Thousands(int64(r*cols + cols - 1)); !printed[last] {
			t.Fatalf("row %d of %d is not printed: %s is missing", r+1, rows, last)
		}
	}
}
