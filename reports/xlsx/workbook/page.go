package workbook

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// decorate sets filter, panes, notes and links. The filter comes before the
// page set-up, part of which the library drops when it adds a filter.
func (s *Sheet) decorate() error {
	f := s.book.f
	if s.filter[0] > 0 {
		area := ref(s.filter[0], s.filter[1]) + ":" + ref(s.filter[2], s.filter[3])
		if err := f.AutoFilter(s.Name, area, nil); err != nil {
			return err
		}
	}
	if s.FreezeRow > 0 || s.FreezeCol > 0 {
		if err := f.SetPanes(s.Name, s.panes()); err != nil {
			return err
		}
	}
	if s.NoGrid {
		no := false
		if err := f.SetSheetView(s.Name, 0, &excelize.ViewOptions{ShowGridLines: &no}); err != nil {
			return err
		}
	}
	for _, n := range s.notes {
		lines := Lines(n.text, 34)
		c := excelize.Comment{
			Cell: ref(n.row, n.col), Author: "cchc", Width: 260, Height: uint(24 + 18*lines),
			Paragraph: []excelize.RichTextRun{{Text: n.text, Font: &excelize.Font{Family: Font, Size: 10}}},
		}
		if err := f.AddComment(s.Name, c); err != nil {
			return err
		}
	}
	for _, l := range s.links {
		if err := f.SetCellHyperLink(s.Name, ref(l.row, l.col), l.target, "Location"); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sheet) panes() *excelize.Panes {
	pane := "bottomRight"
	switch {
	case s.FreezeCol == 0:
		pane = "bottomLeft"
	case s.FreezeRow == 0:
		pane = "topRight"
	}
	top := ref(s.FreezeRow+1, s.FreezeCol+1)
	return &excelize.Panes{
		Freeze: true, XSplit: s.FreezeCol, YSplit: s.FreezeRow, TopLeftCell: top, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: top, ActiveCell: top, Pane: pane}},
	}
}

// page sets A4, one page wide, and what is printed again on every page.
func (s *Sheet) page() error {
	f := s.book.f
	a4, one, any, fit, way := 9, 1, 0, true, "portrait"
	if s.Landscape {
		way = "landscape"
	}
	pr := &excelize.SheetPropsOptions{FitToPage: &fit}
	if s.Tab != "" {
		pr.TabColorRGB = &s.Tab
	}
	if err := f.SetSheetProps(s.Name, pr); err != nil {
		return err
	}
	lay := &excelize.PageLayoutOptions{Size: &a4, Orientation: &way, FitToWidth: &one, FitToHeight: &any}
	if err := f.SetPageLayout(s.Name, lay); err != nil {
		return err
	}
	side, end, head, yes := 0.5, 0.7, 0.3, true
	m := &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &end, Bottom: &end, Header: &head, Footer: &head, Horizontally: &yes}
	if err := f.SetPageMargins(s.Name, m); err != nil {
		return err
	}
	hf := &excelize.HeaderFooterOptions{OddFooter: "&R&8Trang &P/&N"}
	if s.Footer != "" {
		hf.OddFooter = "&L&8" + escape(s.Footer) + hf.OddFooter
	}
	if s.Header != "" {
		hf.OddHeader = "&C&12" + escape(s.Header)
	}
	if err := f.SetHeaderFooter(s.Name, hf); err != nil {
		return err
	}
	if s.TitleTo < s.TitleFrom || s.TitleFrom < 1 {
		return nil
	}
	return f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: s.Name,
		RefersTo: fmt.Sprintf("'%s'!$%d:$%d", s.Name, s.TitleFrom, s.TitleTo),
	})
}

// escape makes a text safe for a printed head or foot: "&" starts a code there,
// a digit after a font size would join it, and Excel takes 255 characters.
func escape(s string) string {
	var out strings.Builder
	out.WriteByte(' ')
	for _, r := range strings.Join(strings.Fields(Clean(s)), " ") {
		if r == '&' {
			out.WriteByte('&')
		}
		out.WriteRune(r)
		if out.Len() > 600 || units(out.String()) > 200 {
			break
		}
	}
	return out.String()
}

// Check limits what may be typed into a range. With Values it is a drop-down
// list; an entry outside it is refused. Without, it only shows the prompt.
type Check struct {
	Row, Col, ToRow, ToCol int
	Values                 []string // at most 255 characters together, else use Source
	Source                 string   // a range that holds the list, "'Danh mục'!$A$2:$A$9"
	Title                  string   // of the prompt, at most 32 characters
	Prompt                 string   // at most 255
	Refusal                string   // at most 225
}

// Check adds a limit.
func (s *Sheet) Check(c Check) { s.checks = append(s.checks, c) }

func (s *Sheet) validate() error {
	for _, c := range s.checks {
		dv := excelize.NewDataValidation(true)
		dv.SetSqref(ref(c.Row, c.Col) + ":" + ref(c.ToRow, c.ToCol))
		switch {
		case len(c.Values) > 0:
			if err := dv.SetDropList(c.Values); err != nil {
				return fmt.Errorf("list of column %d: %w", c.Col, err)
			}
		case c.Source != "":
			dv.SetSqrefDropList(c.Source)
		default:
			dv.Type = "none"
		}
		if c.Refusal != "" {
			dv.SetError(excelize.DataValidationErrorStyleStop, clip(c.Title, 32), clip(c.Refusal, 225))
		}
		if c.Prompt != "" {
			dv.SetInput(clip(c.Title, 32), clip(c.Prompt, 255))
		}
		if err := s.book.f.AddDataValidation(s.Name, dv); err != nil {
			return fmt.Errorf("check of column %d: %w", c.Col, err)
		}
	}
	return nil
}

func clip(s string, n int) string { s = Clean(s); return s[:prefix(s, n)] }
