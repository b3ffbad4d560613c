package reports

import (
	"fmt"
	"strings"

	"cchc/reports/model"
)

// dump writes a report as text: what it says, without looks.
func dump(r model.Report) string {
	var w strings.Builder
	fmt.Fprintf(&w, "%s | %s | %s | %s\n", r.Kind, r.Title, r.Subject, r.Footer)
	for _, s := range r.Sections {
		fmt.Fprintf(&w, "\n=== section landscape=%v annex=%v\n", s.Landscape, s.Annex)
		for _, b := range s.Blocks {
			dumpBlock(&w, b)
		}
	}
	for _, t := range r.Evidence {
		w.WriteString("\n=== evidence\n")
		dumpBlock(&w, t)
	}
	w.WriteString("\n=== headline\n")
	for _, h := range r.Headline {
		fmt.Fprintf(&w, "%s = %s (%s)\n", h.Name, h.Value, h.Label)
	}
	return w.String()
}

func dumpBlock(w *strings.Builder, b model.Block) {
	switch b := b.(type) {
	case model.Letterhead:
		fmt.Fprintf(w, "LETTERHEAD %s / %s / %s / %s\n", b.Superior, b.Issuer, b.Number, b.Place)
	case model.Title:
		fmt.Fprintf(w, "TITLE %s / %s\n", b.Name, strings.Join(b.Subject, " / "))
	case model.Heading:
		fmt.Fprintf(w, "H%d %s\n", b.Level, b.Text)
	case model.Paragraph:
		small := ""
		if b.Small {
			small = "small "
		}
		fmt.Fprintf(w, "P %s%s\n", small, styled(b.Spans))
	case model.List:
		for _, i := range b.Items {
			fmt.Fprintf(w, "- %s\n", styled(i))
		}
	case model.Blank:
		fmt.Fprintf(w, "BLANK %s\n", b.Prompt)
	case model.KeyFigures:
		for _, k := range b.Items {
			fmt.Fprintf(w, "KEY %s: %s [%s]%s\n", k.Label, k.Value, k.Detail, tone(k.Tone))
		}
	case model.Table:
		dumpTable(w, b)
	case model.Chart:
		fmt.Fprintf(w, "CHART %d %s (%s)\n", b.Kind, b.Title, b.TargetName)
		for _, s := range b.Series {
			for i, v := range s.Values {
				fmt.Fprintf(w, "  %s | %s: %s\n", s.Name, b.Categories[i], v)
			}
		}
	case model.Signature:
		fmt.Fprintf(w, "SIGN %s / %s / %s\n", b.Authority, b.Position, strings.Join(b.Recipients, " "))
	default:
		fmt.Fprintf(w, "%T\n", b)
	}
}

func styled(spans []model.Span) string {
	var w strings.Builder
	for _, s := range spans {
		t := s.Text
		if s.Value != nil {
			t = "‹" + s.Value.String() + "›"
		}
		if s.Bold {
			t = "⟨b:" + t + "⟩"
		}
		if s.Italic {
			t = "⟨i:" + t + "⟩"
		}
		w.WriteString(t)
	}
	return w.String()
}

func tone(t model.Tone) string { return [...]string{"", " +", " !", " ?"}[t] }

func dumpTable(w *strings.Builder, t model.Table) {
	fmt.Fprintf(w, "TABLE %s [%s] sheet=%q selected=%d %s\n", t.Title, t.ID, t.Sheet, t.Selected, t.Unit)
	rows := append([][]model.Cell{}, t.Header...)
	if t.Formula != nil {
		rows = append(rows, t.Formula)
	}
	for _, r := range rows {
		w.WriteString("  h")
		dumpCells(w, r)
	}
	for _, r := range t.Rows {
		w.WriteString("  " + [...]string{" ", "g", "s", "d", "m"}[r.Style])
		dumpCells(w, r.Cells)
	}
	for _, r := range t.Total {
		w.WriteString("  T")
		dumpCells(w, r.Cells)
	}
	for _, n := range t.Notes {
		fmt.Fprintf(w, "  * %s\n", n)
	}
}

func dumpCells(w *strings.Builder, cells []model.Cell) {
	for _, c := range cells {
		v := c.Value.String()
		switch {
		case c.Covered:
			v = "^"
		case c.Value.Kind == model.Missing:
			v += "(" + c.Value.Why + ")"
		}
		if c.ColSpan > 1 || c.RowSpan > 1 {
			v += fmt.Sprintf("{%d×%d}", max(1, c.ColSpan), max(1, c.RowSpan))
		}
		w.WriteString(" | " + v + tone(c.Tone))
	}
	w.WriteString("\n")
}
