package pdf

import (
	"strconv"

	"cchc/reports/model"
	"cchc/reports/page"
)

// around is what stands in a page's margins and under its text.
func around(r model.Report, f frame, number int) []page.Op {
	var c page.Canvas
	if r.Draft {
		watermark(&c, f)
	}
	if number > 1 {
		s := strconv.Itoa(number)
		font := page.Font{Size: 13}
		c.Text(f.left+(f.width()-font.Width(s))/2, f.top/2+3, s, font, page.Black)
	}
	footer(&c, r.Footer, f)
	return c.Ops
}

// footer sets the small line in the bottom margin, smaller when it is long.
func footer(c *page.Canvas, s string, f frame) {
	if s == "" {
		return
	}
	room := f.bottom - 8
	for _, size := range []float64{8, 7, 6, 5} {
		font := page.Font{Size: size}
		lines := page.BreakText(s, font, page.Gray(95), page.Shape{Width: f.width()})
		fit := int(room / font.Height())
		if len(lines) > fit && size > 5 {
			continue
		}
		y := f.paperH - f.bottom + 4
		for _, l := range lines[:min(len(lines), fit)] {
			c.Set(f.left, y, f.width(), l, page.Center)
			y += l.Height
		}
		return
	}
}

// watermark writes "DỰ THẢO" across the page, lighter than any text.
func watermark(c *page.Canvas, f frame) {
	font := page.Font{Family: page.Sans, Bold: true, Size: 90}
	s := "DỰ THẢO"
	w := font.Width(s)
	c.Ops = append(c.Ops, page.Op{Kind: page.OpText, X: f.paperW/2 - w/2, Y: f.paperH/2 + 10, Text: s, Font: font,
		Color: page.Gray(232), TextWidth: w, Turn: 45})
}
