package pdf

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"cchc/reports/model"
	"cchc/reports/page"
)

func bigTable(rows, cols int) model.Table {
	t := model.Table{Title: "Danh sách", Columns: make([]model.Column, cols), Header: [][]model.Cell{make([]model.Cell, cols)}}
	for c := range cols {
		t.Header[0][c].Value = model.Text(fmt.Sprintf("Cột %d", c+1))
	}
	for r := range rows {
		row := model.Row{Cells: make([]model.Cell, cols)}
		for c := range cols {
			row.Cells[c].Value = model.Int(int64(r*cols + c))
		}
		row.Cells[0].Value = model.Text("Đơn vị " + fmt.Sprint(r))
		t.Rows = append(t.Rows, row)
	}
	return t
}

func table(t model.Table) model.Report {
	return model.Report{Title: "T", Created: day(2021, 1, 1), Sections: []model.Section{{Blocks: []model.Block{t}}}}
}

// BenchmarkTable is 10,000 × 8 cells; BenchmarkPlain the same cells drawn by fpdf
// alone, without measuring or wrapping. The first should stay under three times
// the second.
func BenchmarkTable(b *testing.B) {
	r := table(bigTable(10000, 8))
	for b.Loop() {
		if err := Render(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPlain(b *testing.B) {
	t := bigTable(10000, 8)
	for b.Loop() {
		doc := fpdf.New("P", "mm", "A4", "")
		doc.AddUTF8FontFromBytes("serif", "", page.Font{}.TTF())
		doc.SetFont("serif", "", 11)
		doc.AddPage()
		for _, r := range t.Rows {
			for _, c := range r.Cells {
				doc.CellFormat(20, 6, c.Value.String(), "1", 0, "L", false, 0, "")
			}
			doc.Ln(-1)
		}
		var out bytes.Buffer
		if err := doc.Output(&out); err != nil {
			b.Fatal(err)
		}
	}
}
