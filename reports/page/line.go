package page

import (
	"math"

	"cchc/reports/model"
)

const plotHeight = 48.0 // two charts on a landscape page

// dashes tell series apart without colour.
var dashes = [][]float64{nil, {2.2, 1.2}, {0.7, 0.9}, {3, 1, 0.7, 1}, {5, 1.2}, {1.2, 0.6}}

// linePlot is the geometry of a line chart, drawn in one strip.
type linePlot struct {
	chart    model.Chart
	width    float64
	left     float64
	top      float64
	slot     float64
	axis     axis
	over     Canvas // drawn last
	occupied []box  // places where a label may not stand
}

type box struct{ x1, y1, x2, y2 float64 }

func (p *linePlot) x(i int) float64     { return p.left + (float64(i)+0.5)*p.slot }
func (p *linePlot) y(v float64) float64 { return p.top + (1-p.axis.at(v))*plotHeight }

// lineChart draws the series over the categories. A missing value is a gap.
func lineChart(c model.Chart, width, height float64) []Strip {
	lo, hi, _ := bounds(c)
	if c.Percent && lo > hi*0.5 && hi > 0 { // a flat line high above 0 would say nothing
		lo -= (hi - lo) * 0.15
	} else {
		lo = min(lo, 0)
	}
	if !(c.Percent && hi <= 1) {
		hi += (hi - lo) * 0.05
	}
	p := &linePlot{chart: c, width: width, top: 3, axis: newAxis(lo, hi, 5, false, c.Percent)}
	for _, t := range p.axis.ticks() {
		p.left = max(p.left, smallFont.Width(p.axis.label(t))+1.5)
	}
	p.slot = (width - p.left) / float64(len(c.Categories))
	var k Canvas
	p.grid(&k)
	p.target(&k)
	for s := range c.Series {
		p.series(&k, s)
	}
	for s := range c.Series {
		p.labels(&k, s)
	}
	k.Ops = append(k.Ops, p.over.Ops...)
	below := p.categories(&k)
	out := []Strip{}
	if len(c.Series) > 1 {
		out = legend(lineKeys(c), width)
	}
	return append(out, Strip{Height: p.top + plotHeight + below, Ops: k.Ops})
}

func (p *linePlot) grid(k *Canvas) {
	for _, t := range p.axis.ticks() {
		y := p.y(t)
		k.Line(p.left, y, p.width, y, 0.12, gridInk, nil)
		s := p.axis.label(t)
		k.Text(p.left-1.2-smallFont.Width(s), y+smallFont.Size*Point*0.36, s, smallFont, Gray(60))
	}
	k.Line(p.left, p.top+plotHeight, p.width, p.top+plotHeight, 0.25, Gray(90), nil)
}

func (p *linePlot) target(k *Canvas) {
	t, ok := shows(p.chart)
	if !ok {
		return
	}
	y := p.y(t)
	k.Line(p.left, y, p.width, y, 0.4, Black, dashed)
	f := smallFont
	f.Bold = true
	s := clean(f, target(p.chart))
	if w := f.Width(s); w < p.width-p.left {
		x := p.width - w
		base := y - 0.9
		if base-f.Size*Point < 0 {
			base = y + f.Size*Point + 0.4
		}
		p.over.Rect(x-0.5, base-f.Size*Point*0.8, w+0.5, f.Size*Point, White)
		p.over.Text(x, base, s, f, Black)
		p.occupied = append(p.occupied, box{x, base - f.Size*Point*0.8, p.width, base + 0.5})
	}
}

func (p *linePlot) series(k *Canvas, s int) {
	ser := p.chart.Series[s]
	ink := lineInk(s)
	lastX, lastY, open := 0.0, 0.0, false
	for i := range p.chart.Categories {
		f, ok := number(valueOf(ser, i))
		if !ok {
			open = false
			continue
		}
		x, y := p.x(i), p.y(f)
		if open {
			k.Line(lastX, lastY, x, y, 0.55, ink, dashes[s%len(dashes)])
		}
		lastX, lastY, open = x, y, true
	}
	for i := range p.chart.Categories {
		if f, ok := number(valueOf(ser, i)); ok {
			marker(k, s, p.x(i), p.y(f), ink)
			p.occupied = append(p.occupied, box{p.x(i) - 0.9, p.y(f) - 0.9, p.x(i) + 0.9, p.y(f) + 0.9})
		}
	}
}

func lineInk(s int) Color {
	inks := []Color{{31, 56, 100}, {176, 74, 24}, {60, 120, 80}, {110, 60, 130}, {90, 90, 90}, {20, 130, 150}}
	return inks[s%len(inks)]
}

// marker is a point's shape, another one per series.
func marker(k *Canvas, s int, x, y float64, ink Color) {
	const r = 0.9
	switch s % 4 {
	case 0:
		pts := make([]float64, 0, 24)
		for i := range 12 {
			a := float64(i) * math.Pi / 6
			pts = append(pts, x+r*math.Cos(a), y+r*math.Sin(a))
		}
		k.Poly(ink, pts...)
	case 1:
		k.Rect(x-r*0.9, y-r*0.9, r*1.8, r*1.8, ink)
	case 2:
		k.Poly(ink, x-r*1.1, y+r, x+r*1.1, y+r, x, y-r*1.2)
	default:
		k.Poly(ink, x-r*1.2, y, x, y-r*1.2, x+r*1.2, y, x, y+r*1.2)
	}
}

// labels writes values above or below their points where there is room; all
// figures also stand in a table.
func (p *linePlot) labels(k *Canvas, s int) {
	ser := p.chart.Series[s]
	h := smallFont.Size * Point
	for i := range p.chart.Categories {
		f, ok := number(valueOf(ser, i))
		if !ok {
			continue
		}
		text := clean(smallFont, Print(valueOf(ser, i)))
		w := smallFont.Width(text)
		x := min(max(p.left, p.x(i)-w/2), p.width-w)
		for _, base := range []float64{p.y(f) - 1.5, p.y(f) + 1.5 + h*0.75} {
			b := box{x - 0.3, base - h*0.8, x + w + 0.3, base + 0.4}
			if x < 0 || b.y1 < 0 || b.y2 > p.top+plotHeight || p.hits(b) {
				continue
			}
			k.Rect(b.x1, b.y1, b.x2-b.x1, b.y2-b.y1, White)
			k.Text(x, base, text, smallFont, lineInk(s))
			p.occupied = append(p.occupied, b)
			break
		}
	}
}

func (p *linePlot) hits(b box) bool {
	for _, o := range p.occupied {
		if b.x1 < o.x2 && o.x1 < b.x2 && b.y1 < o.y2 && o.y1 < b.y2 {
			return true
		}
	}
	return false
}

// categories writes the names below, smaller where their places are narrow; where
// that is not enough only every second, third … is written. It returns the height
// used.
func (p *linePlot) categories(k *Canvas) float64 {
	names := p.chart.Categories
	f, every := smallFont.At(7), 1
	for _, size := range []float64{8, 7.5, 7} {
		if p.namesFit(smallFont.At(size), 1) {
			f = smallFont.At(size)
			break
		}
	}
	for every < len(names) && !p.namesFit(f, every) {
		every++
	}
	deep := 0.0
	for i := 0; i < len(names); i += every {
		room := min(max(p.slot*float64(every)-1, 1), p.width)
		ls := BreakText(names[i], f, Black, Shape{Width: room})
		x := min(max(0, p.x(i)-room/2), p.width-room)
		y := p.top + plotHeight + 1
		for _, l := range ls {
			k.Set(x, y, room, l, Center)
			y += l.Height
		}
		deep = max(deep, tall(ls))
		k.Line(p.x(i), p.top+plotHeight, p.x(i), p.top+plotHeight+0.8, 0.2, Gray(90), nil)
	}
	return deep + 1
}

// namesFit reports whether every n-th name fits below its point in three lines.
func (p *linePlot) namesFit(f Font, n int) bool {
	room := p.slot*float64(n) - 1
	if room <= 0 {
		return false
	}
	for i := 0; i < len(p.chart.Categories); i += n {
		name := p.chart.Categories[i]
		if longestWord(name, f) > room || len(BreakText(name, f, Black, Shape{Width: room})) > 3 {
			return false
		}
	}
	return true
}

func longestWord(s string, f Font) float64 {
	c := cell{text: s, font: f, wrap: true}
	c.measure()
	return c.min * f.Size
}

func lineKeys(c model.Chart) []key {
	var out []key
	for s, ser := range c.Series {
		out = append(out, key{ser.Name, func(c *Canvas, x, y float64) {
			c.Line(x, y, x+swatch, y, 0.55, lineInk(s), dashes[s%len(dashes)])
			marker(c, s, x+swatch/2, y, lineInk(s))
		}})
	}
	return out
}
