package reports

import "cchc/reports/model"

const (
	roundingNote = "Tỷ lệ làm tròn một lần khi in, đến hai chữ số thập phân. Tỷ lệ của nhóm tính từ tổng tử số và tổng mẫu số."
	zeroNote     = "Mẫu số bằng 0 thì in “–”, trừ khi ghi khác."
)

var zeroWords = map[string]string{"zero": "in 0 %", "full": "in 100 %"}

// definitionsTable words the indicators printed so far; it stands at the end.
func (b *builder) definitionsTable([]string) (model.Table, bool) {
	t := model.Table{
		Title: "Cách tính các tỷ lệ", ID: "dinh-nghia", Sheet: "Cách tính",
		Columns: widths(3, 4.4, 4),
		Header:  flat("Tỷ lệ", "Tử số", "Mẫu số"),
		Notes:   []string{roundingNote, zeroNote},
	}
	for i := range b.d.Indicators {
		ind := &b.d.Indicators[i]
		if !b.used[ind.Name] {
			continue
		}
		over := words(ind.DenLabel, ind.Denominator)
		if z := zeroWords[ind.Zero]; z != "" {
			over += " (bằng 0 thì " + z + ")"
		}
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{txt(b.short(ind.Name)), txt(words(ind.NumLabel, ind.Numerator)), txt(over)}})
		if ind.Legal != "" {
			t.Notes = append(t.Notes, "Căn cứ của “"+b.short(ind.Name)+"”: "+ind.Legal+".")
		}
	}
	return t, len(t.Rows) > 0
}

// definitions is the workbook's sheet of every indicator.
func (b *builder) definitions() model.Table {
	t := model.Table{
		Title: "Định nghĩa các chỉ tiêu", ID: "dinh-nghia-tat-ca", Sheet: "Định nghĩa", NotPaged: true,
		Columns: widths(2.4, 3.2, 1.6, 3.4, 3.4, 1.4, 2),
		Header:  flat("Mã", "Chỉ tiêu", "Tên ngắn", "Tử số", "Mẫu số", "Khi mẫu số bằng 0", "Căn cứ"),
		Notes:   []string{roundingNote},
	}
	for i := range b.d.Indicators {
		ind := &b.d.Indicators[i]
		zero := zeroWords[ind.Zero]
		if zero == "" {
			zero = "in “–”"
		}
		t.Rows = append(t.Rows, model.Row{Cells: []model.Cell{
			txt(ind.Name), txt(b.label(ind.Name)), txt(b.short(ind.Name)), txt(words(ind.NumLabel, ind.Numerator)),
			txt(words(ind.DenLabel, ind.Denominator)), txt(zero), txt(ind.Legal),
		}})
	}
	return t
}
