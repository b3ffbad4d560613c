package page

import "cchc/reports/model"

// Measures of a box of a key figure, in millimetres.
const (
	boxGap  = 3.0
	boxLeft = 37.0 // least width of a box
	boxPad  = 2.2
	boxBar  = 1.3
)

// KeyFigures sets headline figures in a grid of boxes, a strip per row.
func KeyFigures(k model.KeyFigures, width float64) []Strip {
	n := len(k.Items)
	if n == 0 {
		return nil
	}
	most := max(1, int((width+boxGap)/(boxLeft+boxGap)))
	rows := (n + most - 1) / most
	per := (n + rows - 1) / rows
	box := (width - float64(per-1)*boxGap) / float64(per)
	var out []Strip
	for from := 0; from < n; from += per {
		s := boxes(k.Items[from:min(from+per, n)], box)
		s.Gap = boxGap
		out = append(out, s)
	}
	out[len(out)-1].Height += 2
	return out
}

// boxText is a box's text, broken.
type boxText struct{ label, value, detail []Line }

func tall(ls []Line) float64 {
	h := 0.0
	for _, l := range ls {
		h += l.Height
	}
	return h
}

func boxes(items []model.KeyFigure, width float64) Strip {
	room := width - boxBar - 2*boxPad
	texts := make([]boxText, len(items))
	var label, value, detail float64
	for i, it := range items {
		texts[i] = boxText{
			label:  BreakText(it.Label, Font{Family: Sans, Size: 8.5}, Gray(60), Shape{Width: room - 4}),
			value:  bigValue(Print(it.Value), toneInk(it.Tone), room),
			detail: BreakText(it.Detail, Font{Family: Sans, Size: 8}, Gray(70), Shape{Width: room}),
		}
		label, value, detail = max(label, tall(texts[i].label)), max(value, tall(texts[i].value)), max(detail, tall(texts[i].detail))
	}
	h := boxPad + label + 0.5 + value + 0.5 + detail + boxPad
	var c Canvas
	for i, it := range items {
		x := float64(i) * (width + boxGap)
		c.Frame(x, 0, width, h, 0.2, Gray(170))
		c.Rect(x, 0, boxBar, h, toneInk(it.Tone))
		toneMark(&c, it.Tone, x+width-boxPad-3, boxPad+0.2)
		left := x + boxBar + boxPad
		stack(&c, texts[i].label, left, boxPad, room)
		stack(&c, texts[i].value, left, boxPad+label+0.5+(value-tall(texts[i].value)), room)
		stack(&c, texts[i].detail, left, boxPad+label+value+1, room)
	}
	return Strip{Height: h, Ops: c.Ops}
}

func stack(c *Canvas, ls []Line, x, y, width float64) {
	for _, l := range ls {
		c.Set(x, y, width, l, Left)
		y += l.Height
	}
}

// bigValue sets a figure as large as its box allows.
func bigValue(s string, ink Color, width float64) []Line {
	f := Font{Family: Sans, Bold: true}
	for _, size := range []float64{18, 16, 14, 12, 10} {
		if ls := BreakText(s, f.At(size), ink, Shape{Width: width}); len(ls) == 1 {
			return ls
		}
	}
	return BreakText(s, f.At(10), ink, Shape{Width: width})
}

func toneInk(t model.Tone) Color {
	switch t {
	case model.Good:
		return GoodInk
	case model.Bad:
		return BadInk
	case model.Muted:
		return MutedInk
	}
	return Ink
}

// toneMark draws a tick, a triangle pointing down or a dash, three millimetres
// wide: the judgement in a black-and-white print.
func toneMark(c *Canvas, t model.Tone, x, y float64) {
	switch t {
	case model.Good:
		c.Line(x, y+1.5, x+1.1, y+2.6, 0.55, GoodInk, nil)
		c.Line(x+1.1, y+2.6, x+3, y+0.2, 0.55, GoodInk, nil)
	case model.Bad:
		c.Poly(BadInk, x, y+0.2, x+3, y+0.2, x+1.5, y+2.8)
	case model.Muted:
		c.Line(x+0.5, y+1.5, x+2.5, y+1.5, 0.55, MutedInk, nil)
	}
}
