package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Font is the face of every cell (NĐ 30/2020/NĐ-CP asks for Times New Roman).
const Font = "Times New Roman"

// Number formats in use. Dates are always day first.
const (
	FormatCount  = "#,##0"
	FormatDay    = "dd/mm/yyyy"
	FormatMoment = "dd/mm/yyyy hh:mm"
	FormatText   = "@"
)

// Style is the look of a cell. The zero Style is plain 11-point text.
type Style struct {
	Bold   bool
	Italic bool
	Size   float64 // points; 0: 11
	Color  string  // of the text, "B3261E"; empty: black
	Fill   string  // of the ground; empty: none
	Border bool    // thin lines on four sides
	Align  string  // left, center, right, justify; empty: by kind of value
	Top    bool    // text at the top of the cell instead of its middle
	Wrap   bool
	Indent int
	Link   bool   // underlined
	Format string // number format; empty: General
}

// Style returns the number of a style, for Cell.Style.
func (b *Book) Style(st Style) (int, error) {
	if id, ok := b.styles[st]; ok {
		return id, nil
	}
	id, err := b.f.NewStyle(st.excelize())
	if err != nil {
		return 0, fmt.Errorf("style %+v: %w", st, err)
	}
	b.styles[st] = id
	if st.Wrap {
		if b.wrapped[id] = 11; st.Size > 0 {
			b.wrapped[id] = st.Size
		}
	}
	return id, nil
}

func (st Style) excelize() *excelize.Style {
	x := &excelize.Style{
		Font:      &excelize.Font{Family: Font, Size: 11, Bold: st.Bold, Italic: st.Italic, Color: st.Color},
		Alignment: &excelize.Alignment{Horizontal: st.Align, Vertical: "center", WrapText: st.Wrap, Indent: st.Indent},
	}
	if st.Size > 0 {
		x.Font.Size = st.Size
	}
	if st.Link {
		x.Font.Underline = "single"
	}
	if st.Top {
		x.Alignment.Vertical = "top"
	}
	if st.Fill != "" {
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{st.Fill}}
	}
	if st.Border {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			x.Border = append(x.Border, excelize.Border{Type: side, Color: "A6A6A6", Style: 1})
		}
	}
	if st.Format != "" {
		x.CustomNumFmt = &st.Format
	}
	return x
}

// guard returns the style with Excel's quote prefix: a cell that someone edits
// later stays text. The library's Style lacks the attribute, so the record is
// copied; the plain one stands before it and is still the one NewStyle finds.
func (b *Book) guard(id int) int {
	if g, ok := b.guarded[id]; ok {
		return g
	}
	xfs := b.f.Styles.CellXfs
	xf, yes := xfs.Xf[id], true
	xf.QuotePrefix = &yes
	xfs.Xf = append(xfs.Xf, xf)
	xfs.Count = len(xfs.Xf)
	b.guarded[id] = xfs.Count - 1
	return xfs.Count - 1
}
