package page

import (
	"cchc/reports/model"
)

// barPlot is the geometry of a chart of horizontal bars.
type barPlot struct {
	chart model.Chart
	width float64
	names [][]Line
	left  float64 // where the plot begins
	right float64 // where it ends; value labels stand beyond
	axis  axis
}

func (p *barPlot) x(v float64) float64 { return p.left + p.axis.at(v)*(p.right-p.left) }

// barChart draws Bars and Stacked: a strip per category, so that a long ranking
// goes on over pages.
func barChart(c model.Chart, width float64) []Strip {
	p := newBarPlot(c, width)
	var out []Strip
	if len(c.Series) > 1 {
		out = legend(barKeys(c), width)
	}
	if t, ok := shows(c); ok {
		out = append(out, p.targetLabel(t))
	}
	head := p.continued()
	for i := range c.Categories {
		s := p.category(i)
		if i > 0 {
			s.Head = head
		}
		out = append(out, s)
	}
	return append(out, p.scale())
}

func newBarPlot(c model.Chart, width float64) *barPlot {
	p := &barPlot{chart: c, width: width}
	lo, hi, _ := bounds(c)
	if c.Kind == model.Stacked {
		lo, hi = 0, 0
		for i := range c.Categories {
			hi = max(hi, stackSum(c, i))
		}
	}
	longest := 0.0
	for _, n := range c.Categories {
		longest = max(longest, chartFont.Width(clean(chartFont, n)))
	}
	nameW := min(longest+0.1, width*0.33)
	p.names = make([][]Line, len(c.Categories))
	for i, n := range c.Categories {
		p.names[i] = BreakText(n, chartFont, Black, Shape{Width: nameW})
	}
	label := 0.0
	for i := range c.Categories {
		for _, s := range c.Series {
			label = max(label, chartFont.Width(clean(chartFont, Print(valueOf(s, i)))))
		}
		if c.Kind == model.Stacked {
			label = max(label, chartFont.Width(total(c, i)))
		}
	}
	p.left = nameW + 2
	p.right = width - min(label, width*0.3) - 2.5
	p.axis = newAxis(lo, hi, 5, true, c.Percent)
	return p
}

func stackSum(c model.Chart, i int) float64 {
	t := 0.0
	for _, s := range c.Series {
		if f, ok := number(valueOf(s, i)); ok {
			t += max(0, f)
		}
	}
	return t
}

// total is the label at the end of a stacked bar: the sum of counts.
func total(c model.Chart, i int) string {
	var t int64
	for _, s := range c.Series {
		switch v := valueOf(s, i); v.Kind {
		case model.Integer:
			t += v.Num
		case model.Missing:
		default:
			return ""
		}
	}
	return model.Thousands(t)
}

func barKeys(c model.Chart) []key {
	var out []key
	for k, s := range c.Series {
		fill := fillOf(s, k, 0)
		if c.Kind == model.Bars {
			fill = palette[k%len(palette)]
		}
		out = append(out, key{s.Name, func(c *Canvas, x, y float64) {
			c.Rect(x, y-1.4, swatch, 2.8, fill)
			c.Frame(x, y-1.4, swatch, 2.8, 0.15, Gray(90))
		}})
	}
	return out
}

const (
	barHeight = 4.0
	manyBars  = 8 // from here on bars stand closer, so that a ranking stays on a page
)

func (p *barPlot) category(i int) Strip {
	c := p.chart
	bars := len(c.Series)
	if c.Kind == model.Stacked {
		bars = 1
	}
	room := 2.0
	if len(c.Categories) > manyBars {
		room = 0.6
	}
	h := max(float64(bars)*barHeight+room, tall(p.names[i])+0.6)
	var k Canvas
	p.lines(&k, h)
	y := (h - tall(p.names[i])) / 2
	for _, l := range p.names[i] {
		k.Set(0, y, p.left-2, l, Right)
		y += l.Height
	}
	top := (h - float64(bars)*barHeight) / 2
	var labels Canvas // over the target line
	if c.Kind == model.Stacked {
		p.stacked(&k, &labels, i, top)
	} else {
		for s := range c.Series {
			p.bar(&k, &labels, s, i, top+float64(s)*barHeight)
		}
	}
	if t, ok := shows(c); ok {
		k.Line(p.x(t), 0, p.x(t), h, 0.9, White, nil) // shows on dark bars
		k.Line(p.x(t), 0, p.x(t), h, 0.4, Black, dashed)
	}
	return Strip{Height: h, Ops: append(k.Ops, labels.Ops...)}
}

func (p *barPlot) lines(k *Canvas, h float64) {
	for _, t := range p.axis.ticks() {
		k.Line(p.x(t), 0, p.x(t), h, 0.12, gridInk, nil)
	}
	k.Line(p.x(0), 0, p.x(0), h, 0.25, Gray(90), nil)
}

func (p *barPlot) bar(k, labels *Canvas, s, i int, y float64) {
	v := valueOf(p.chart.Series[s], i)
	f, ok := number(v)
	if !ok {
		p.missing(labels, v, y)
		return
	}
	x0, x1 := p.x(0), p.x(f)
	if x1 < x0 {
		x0, x1 = x1, x0
	}
	ser := p.chart.Series[s]
	thick := barHeight - 0.8
	k.Rect(x0, y+0.4, x1-x0, thick, fillOf(ser, s, i))
	if toneOf(ser, i) == model.Bad {
		hatch(k, x0, y+0.4, x1-x0, thick)
	}
	p.label(labels, x1, Print(v), y, barHeight)
}

// label stands right of a bar's end, on white so that grid and target do not
// cross it.
func (p *barPlot) label(k *Canvas, x float64, s string, y, h float64) {
	s = clean(chartFont, s)
	w := chartFont.Width(s)
	f := chartFont
	if room := p.width - x - 1.2; w > room && w > 0 {
		f = f.At(max(f.Size*room/w*0.99, 1))
		w = f.Width(s)
	}
	k.Rect(x+0.8, y+0.6, w+0.4, h-1.2, White)
	k.Text(x+1, y+h/2+f.Size*Point*0.36, s, f, Black)
}

func (p *barPlot) missing(k *Canvas, v model.Value, y float64) {
	s := Print(v)
	if v.Kind == model.Missing && v.Why != "" {
		s += " " + v.Why
	}
	f := smallFont
	f.Italic = true
	s = clean(f, s)
	if f.Width(s) > p.right-p.x(0)-2 {
		s = "–"
	}
	k.Rect(p.x(0)+0.5, y+0.6, f.Width(s)+1, barHeight-1.2, White)
	k.Text(p.x(0)+1, y+barHeight/2+f.Size*Point*0.36, s, f, MutedInk)
}

// hatch draws white diagonals over a bar: under target also without colour.
func hatch(k *Canvas, x, y, w, h float64) {
	for at := 1.5; at+h < w && at < 400; at += 3 {
		k.Line(x+at, y+h, x+at+h, y, 0.3, White, nil)
	}
}

func (p *barPlot) stacked(k, labels *Canvas, i int, y float64) {
	c := p.chart
	sum, thick := 0.0, barHeight-0.4
	for s, ser := range c.Series {
		v := valueOf(ser, i)
		f, ok := number(v)
		if !ok || f <= 0 {
			continue
		}
		x0, x1 := p.x(sum), p.x(sum+f)
		sum += f
		fill := fillOf(ser, s, i)
		k.Rect(x0, y+0.2, x1-x0, thick, fill)
		k.Line(x1, y+0.2, x1, y+0.2+thick, 0.3, White, nil)
		text := clean(smallFont, Print(v))
		if w := smallFont.Width(text); w+1.2 < x1-x0 {
			ink := Black
			if dark(fill) {
				ink = White
			}
			labels.Text((x0+x1-w)/2, y+barHeight/2+smallFont.Size*Point*0.36, text, smallFont, ink)
		}
	}
	if v, none := unknown(c, i); none {
		p.missing(labels, v, y)
		return
	}
	if t := total(c, i); t != "" {
		p.label(labels, p.x(sum), t, y, barHeight)
	}
}

// unknown reports a bar of which no part is known, and why.
func unknown(c model.Chart, i int) (model.Value, bool) {
	for _, s := range c.Series {
		if valueOf(s, i).Kind != model.Missing {
			return model.Value{}, false
		}
	}
	return valueOf(c.Series[0], i), true
}

// targetLabel names the target above its line.
func (p *barPlot) targetLabel(t float64) Strip {
	f := smallFont
	f.Bold = true
	ls := BreakText(target(p.chart), f, Black, Shape{Width: p.width})
	w := 0.0
	for _, l := range ls {
		w = max(w, l.Width)
	}
	x := min(max(0, p.x(t)-w/2), p.width-w)
	var k Canvas
	y := 0.0
	for _, l := range ls {
		k.Set(x, y, w, l, Center)
		y += l.Height
	}
	k.Line(p.x(t), y, p.x(t), y+1, 0.4, Black, nil)
	return Strip{Height: y + 1, Ops: k.Ops}
}

// scale is the axis below the bars.
func (p *barPlot) scale() Strip {
	var k Canvas
	k.Line(p.left, 0, p.right, 0, 0.25, Gray(90), nil)
	p.ticks(&k, 1+smallFont.Baseline(), 0, 0.8)
	return Strip{Height: 1.5 + smallFont.Height(), Ops: k.Ops}
}

// continued is the axis above the bars of a further page.
func (p *barPlot) continued() *Strip {
	var k Canvas
	h := smallFont.Height() + 1
	k.Line(p.left, h, p.right, h, 0.25, Gray(90), nil)
	p.ticks(&k, smallFont.Baseline(), h-0.8, h)
	return &Strip{Height: h, Ops: k.Ops}
}

// ticks labels the axis at a baseline; labels that would touch are left out.
func (p *barPlot) ticks(k *Canvas, base, from, to float64) {
	end := -2.0
	for _, t := range p.axis.ticks() {
		s := p.axis.label(t)
		w := smallFont.Width(s)
		x := min(max(0, p.x(t)-w/2), p.width-w)
		k.Line(p.x(t), from, p.x(t), to, 0.2, Gray(90), nil)
		if x < end+1.5 {
			continue
		}
		k.Text(x, base, s, smallFont, Gray(60))
		end = x + w
	}
}
