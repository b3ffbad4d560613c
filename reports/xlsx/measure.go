package xlsx

import (
	"math"
	"strings"

	"cchc/reports/model"
	"cchc/reports/xlsx/workbook"
)

// Column widths, in digits of the default font.
const (
	narrowest  = 7
	widestText = 46
	widestLine = 70 // of a column that must not wrap
	titleRoom  = 84 // what a title has at least to its right
	measured   = 1000
)

// measure chooses the column widths from the first rows, the totals and the
// header.
func (g *grid) measure() {
	g.widths = make([]float64, g.columns())
	for c := range g.t.Columns {
		most := 0.0
		for i, r := range g.t.Rows {
			if i == measured {
				break
			}
			most = math.Max(most, cellWidth(r, c))
		}
		for _, r := range g.t.Total {
			most = math.Max(most, cellWidth(r, c))
		}
		limit := float64(widestText)
		if g.t.Columns[c].NoWrap {
			limit = widestLine
		}
		w := math.Max(math.Min(most+1.6, limit), narrowest)
		g.widths[c] = math.Round(math.Max(w, g.headWidth(c))*10) / 10
	}
	if g.reasons {
		g.widths[len(g.widths)-1] = 32
	}
	g.span = len(g.widths)
	for w := sum(g.widths); w < titleRoom; w += 9.1 {
		g.span++
	}
}

func cellWidth(r model.Row, c int) float64 {
	cell := r.Cells[c]
	if cell.Covered || cell.ColSpan > 1 {
		return 0
	}
	w := workbook.Width(cell.Value.String())
	if cell.Bold || r.Style == model.Sum || r.Style == model.Marked {
		w *= 1.07
	}
	return w
}

// headWidth is what a column needs so that no word of its header breaks and a
// header stays within about four lines; filter buttons take some of it.
func (g *grid) headWidth(c int) float64 {
	most := 0.0
	for _, h := range g.t.Header {
		if cell := h[c]; !cell.Covered && cell.ColSpan <= 1 {
			s := cell.Value.String()
			for _, word := range strings.Fields(s) {
				most = math.Max(most, workbook.Width(word)*1.1)
			}
			w := workbook.Width(s) * 1.1
			most = math.Max(most, math.Max(math.Min(w, 12), math.Min(w/3, widestText)))
		}
	}
	if g.t.Formula != nil && !g.t.Formula[c].Covered {
		most = math.Max(most, workbook.Width(g.t.Formula[c].Value.String())*0.9)
	}
	return most + 2.2
}

// headHeight is the height of header row i in points. Cells that reach down to
// a later row are counted there, less what the rows between give them.
func (g *grid) headHeight(i int) float64 {
	lines := 1
	for from := 0; from <= i; from++ {
		for c, cell := range g.t.Header[from] {
			if cell.Covered || from+max(cell.RowSpan, 1)-1 != i {
				continue
			}
			wide := sum(g.widths[c:min(c+max(cell.ColSpan, 1), len(g.widths))])
			n := workbook.Lines(cell.Value.String(), wide*0.88) - (i - from)
			lines = max(lines, n)
		}
	}
	return 15*float64(lines) + 4
}

// total is the width that title and notes have.
func (g *grid) total() float64 { return sum(g.widths) + 9.1*float64(g.span-len(g.widths)) }

func sum(list []float64) float64 {
	t := 0.0
	for _, v := range list {
		t += v
	}
	return t
}
