package form

import (
	"fmt"
	"io"

	"cchc/reports/xlsx/workbook"
)

// maxComments is how many rows have their reasons as comments too; on all rows
// they stand in a column.
const maxComments = 1_000

// Slip writes the return slip of a file: "Phiếu trả" with the account of its
// rows, the reasons and what to do, and "Dòng cần sửa" with the rows themselves,
// bad cells coloured. Every cell of the file is written as text. It fails when
// the account does not balance or w cannot be written.
func Slip(w io.Writer, s SlipData) (err error) {
	if err := s.check(); err != nil {
		return err
	}
	book, err := workbook.New(workbook.Properties{Title: "Phiếu trả: " + s.File, Created: s.Received})
	if err != nil {
		return err
	}
	defer func() {
		if e := book.Close(); err == nil {
			err = e
		}
	}()
	p := &slipper{styles: styles{book: book}, s: s}
	if p.first, err = book.Add("Phiếu trả"); err != nil {
		return err
	}
	p.front()
	if len(s.Rows) > 0 {
		if p.list, err = book.Add("Dòng cần sửa"); err != nil {
			return err
		}
		p.rows()
	}
	if p.bad != nil {
		return p.bad
	}
	return book.Write(w)
}

type slipper struct {
	styles
	s           SlipData
	first, list *workbook.Sheet
	row         int
}

// slipWidths are the columns of "Phiếu trả".
var slipWidths = []float64{30, 14, 46, 40}

func (p *slipper) front() {
	p.first.NoGrid, p.row = true, 1
	for i, w := range slipWidths {
		p.first.Width(i+1, w)
	}
	color := "1B6E3C"
	if p.s.Refusal != "" || p.s.Counts.Returned > 0 {
		color = "B3261E"
	}
	p.line("PHIẾU TRẢ SỐ LIỆU", workbook.Style{Bold: true, Size: 16, Color: ink})
	p.line(p.s.verdict(), workbook.Style{Bold: true, Size: 12, Color: color})
	p.row++
	p.table([]string{"Thông tin", "Nội dung"}, len(slipWidths))
	for _, l := range p.s.about() {
		p.wide(l[0], l[1])
	}
	if p.s.Refusal == "" {
		p.counts()
	}
	p.reasons()
	p.row++
	p.line("Việc cần làm", workbook.Style{Bold: true, Size: 13, Color: ink})
	for i, l := range p.s.next() {
		p.line(fmt.Sprintf("%d. %s", i+1, l), workbook.Style{})
	}
}

// line writes a text over the whole width.
func (p *slipper) line(text string, st workbook.Style) {
	st.Wrap, st.Top = true, true
	size := max(st.Size, 11)
	for _, piece := range workbook.Split(workbook.Clean(text)) {
		p.first.Put(p.row, 1, workbook.Cell{Value: piece, Style: p.style(st)})
		p.first.Merge(p.row, 1, p.row, len(slipWidths))
		p.first.Height(p.row, size*1.36*float64(workbook.Lines(piece, 126*11/size))+4)
		p.row++
	}
}

// table writes a header row whose last name runs over the rest of span columns.
func (p *slipper) table(names []string, span int) {
	st := p.style(workbook.Style{Bold: true, Fill: headFill, Border: true, Align: "center", Wrap: true})
	for c := range slipWidths[:max(span, len(names))] {
		p.first.Put(p.row, c+1, workbook.Cell{Style: st})
	}
	for i, n := range names {
		p.first.Put(p.row, i+1, workbook.Cell{Value: n, Style: st})
	}
	p.first.Merge(p.row, len(names), p.row, max(span, len(names)))
	p.row++
}

// wide writes a label and a text over the columns beside it.
func (p *slipper) wide(label, text string) {
	st := workbook.Style{Border: true, Wrap: true, Top: true}
	body := p.style(st)
	st.Bold = true
	p.first.Put(p.row, 1, workbook.Cell{Value: label, Style: p.style(st)})
	p.first.Put(p.row, 2, workbook.Cell{Value: text, Style: body})
	for c := 3; c <= len(slipWidths); c++ {
		p.first.Put(p.row, c, workbook.Cell{Style: body})
	}
	p.first.Merge(p.row, 2, p.row, len(slipWidths))
	p.first.Height(p.row, 15*float64(workbook.Lines(text, 94))+3)
	p.row++
}

func (p *slipper) counts() {
	p.row++
	p.line("Kết quả tiếp nhận", workbook.Style{Bold: true, Size: 13, Color: ink})
	p.line(p.s.account()+".", workbook.Style{Italic: true})
	p.table([]string{"Dòng", "Số lượng", "Nghĩa là"}, 3)
	for i, l := range p.s.counts() {
		st := workbook.Style{Border: true, Wrap: true, Bold: i == 0}
		if l.back && l.n > 0 {
			st.Fill = badFill
		}
		p.first.Put(p.row, 1, workbook.Cell{Value: l.label, Style: p.style(st)})
		p.first.Put(p.row, 3, workbook.Cell{Value: l.meaning, Style: p.style(st)})
		st.Format, st.Align = workbook.FormatCount, "right"
		p.first.Put(p.row, 2, workbook.Cell{Value: int64(l.n), Style: p.style(st)})
		p.row++
	}
}

func (p *slipper) reasons() {
	list, rest := p.s.reasons()
	if len(list) == 0 {
		return
	}
	p.row++
	p.line("Lý do trả lại", workbook.Style{Bold: true, Size: 13, Color: ink})
	p.table([]string{"Cột", "Số dòng", "Lý do", "Gặp đầu tiên ở"}, 4)
	st := workbook.Style{Border: true, Wrap: true, Top: true}
	body := p.style(st)
	st.Format, st.Align = workbook.FormatCount, "right"
	count := p.style(st)
	for _, r := range list {
		lines := 1
		for i, text := range []string{r.column, "", r.text, r.first} {
			text = workbook.Split(workbook.Clean(text))[0]
			lines = max(lines, workbook.Lines(text, slipWidths[i]*0.95))
			p.first.Put(p.row, i+1, workbook.Cell{Value: text, Style: body})
		}
		p.first.Put(p.row, 2, workbook.Cell{Value: int64(r.rows), Style: count})
		p.first.Height(p.row, 15*float64(lines)+3)
		p.row++
	}
	if rest > 0 {
		p.line(fmt.Sprintf("Và %s lý do khác, xem trang “Dòng cần sửa”.", dot(rest)), workbook.Style{Italic: true})
	}
}

// lead is the number of columns before those of the file.
const lead = 3

// rows lays out "Dòng cần sửa"; the rows are written one by one.
func (p *slipper) rows() {
	s, l := p.s, p.list
	cols := len(s.Header)
	for _, r := range s.Rows {
		cols = max(cols, len(r.Cells))
	}
	head := p.style(workbook.Style{Bold: true, Fill: headFill, Border: true, Align: "center", Wrap: true, Format: workbook.FormatText})
	for i, name := range []string{"Trang tính gốc", "Dòng gốc", "Lý do trả lại"} {
		l.Put(1, i+1, workbook.Cell{Value: name, Style: head})
		l.Width(i+1, []float64{18, 11, 52}[i])
	}
	lines := 1
	for c := range cols {
		name := workbook.Split(workbook.Clean(s.column(c)))[0]
		l.Put(1, lead+1+c, workbook.Cell{Value: name, Style: head})
		width := p.width(c, name)
		l.Width(lead+1+c, width)
		lines = max(lines, workbook.Lines(name, width-3.5))
	}
	l.Height(1, 15*float64(min(lines, 6))+6)
	l.FreezeRow, l.FreezeCol, l.TitleFrom, l.TitleTo, l.Landscape = 1, lead, 1, 1, true
	parts := make([]int, len(s.Rows)) // rows of the sheet that a row takes
	for i, r := range s.Rows {
		parts[i] = p.height(r)
		l.BodyRows += parts[i]
	}
	l.Filter(1, 1, l.BodyRows+1, lead+cols)
	row := 2
	for i, r := range s.Rows[:min(len(s.Rows), maxComments)] {
		for _, pr := range r.Problems {
			if pr.Column >= 0 && pr.Column < cols && !p.earlier(r, pr) {
				l.Note(row, lead+1+pr.Column, p.reasonsOf(r, pr.Column))
			}
		}
		row += parts[i]
	}
	l.Body = func(emit func([]workbook.Cell) error) error { return p.body(cols, emit) }
}

func (p *slipper) width(c int, name string) float64 {
	w := max(10, min(workbook.Width(name)/2+4, 24))
	for _, r := range p.s.Rows[:min(len(p.s.Rows), 200)] {
		if c < len(r.Cells) && len(r.Cells[c]) < 400 {
			w = max(w, min(workbook.Width(workbook.Clean(r.Cells[c]))+1.6, 40))
		}
	}
	return w
}

// height is how many rows of the sheet a row takes: one, and more when a text is
// longer than a cell can hold.
func (p *slipper) height(r SlipRow) int {
	n := 1
	for _, t := range append([]string{p.s.why(r)}, r.Cells...) {
		if len(t) > workbook.MaxChars {
			n = max(n, len(workbook.Split(workbook.Clean(t))))
		}
	}
	return n
}

// earlier reports whether the row has a problem of the same column before pr.
func (p *slipper) earlier(r SlipRow, pr SlipProblem) bool {
	for _, q := range r.Problems {
		if q.Column == pr.Column {
			return q != pr
		}
	}
	return false
}

func (p *slipper) reasonsOf(r SlipRow, col int) string {
	text := ""
	for _, q := range r.Problems {
		if q.Column == col {
			if text != "" {
				text += "\n"
			}
			text += q.Reason
		}
	}
	return workbook.Split(workbook.Clean(text))[0]
}

func (p *slipper) body(cols int, emit func([]workbook.Cell) error) error {
	st := workbook.Style{Border: true, Top: true, Format: workbook.FormatText}
	plain := p.style(st)
	st.Fill = badFill
	wrong := p.style(st)
	why := p.style(workbook.Style{Border: true, Top: true, Wrap: true})
	line := p.style(workbook.Style{Border: true, Top: true, Format: "0"})
	if p.bad != nil {
		return p.bad
	}
	cells := make([]workbook.Cell, lead+cols)
	for _, r := range p.s.Rows {
		cells[0] = workbook.Cell{Value: r.Sheet, Style: plain}
		cells[1] = workbook.Cell{Value: int64(r.Line), Style: line}
		cells[2] = workbook.Cell{Value: p.s.why(r), Style: why}
		for c := range cols {
			cells[lead+c] = workbook.Cell{Style: plain}
			if c < len(r.Cells) && r.Cells[c] != "" {
				cells[lead+c].Value = r.Cells[c]
			}
		}
		for _, pr := range r.Problems {
			if pr.Column >= 0 && pr.Column < cols {
				cells[lead+pr.Column].Style = wrong
			}
		}
		for _, part := range workbook.Overflow(cells) {
			if err := emit(part); err != nil {
				return err
			}
		}
	}
	return nil
}
