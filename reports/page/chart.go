package page

import (
	"cchc/reports/model"
)

var (
	chartFont = Font{Family: Sans, Size: 9}
	smallFont = Font{Family: Sans, Size: 8}
	gridInk   = Gray(215)
	dashed    = []float64{1.6, 1.1}
)

// palette colours series; neighbours differ in lightness.
var palette = []Color{{31, 56, 100}, {127, 176, 219}, {176, 74, 24}, {222, 222, 222}, {60, 120, 80}, {245, 196, 94}}

// Chart draws a chart in strips of the given width; height is that of a page. A
// chart that cannot be drawn legibly becomes a table.
func Chart(c model.Chart, width, height float64) []Strip {
	n := len(c.Categories)
	for _, s := range c.Series {
		n = max(n, len(s.Values))
	}
	for len(c.Categories) < n {
		c.Categories = append(c.Categories[:len(c.Categories):len(c.Categories)], "")
	}
	if _, _, any := bounds(c); n == 0 || len(c.Series) == 0 || !any {
		return chartTable(c, width, height)
	}
	var body []Strip
	switch c.Kind {
	case model.Line:
		body = lineChart(c, width, height)
	default:
		body = barChart(c, width)
	}
	for i := range body {
		if body[i].Height > height/2 {
			return chartTable(c, width, height)
		}
	}
	out := chartTitle(c, width)
	if len(body) > 0 {
		body[len(body)-1].Height += 2
	}
	out = append(out, body...)
	for i := range out[:max(0, len(out)-1)] {
		out[i].Keep = true
	}
	return out
}

func chartTitle(c model.Chart, width float64) []Strip {
	var a Canvas
	a.Anchor(0, c.ID)
	out := []Strip{{Height: 0, Gap: 3, Ops: a.Ops}}
	if c.Title == "" {
		return out
	}
	for _, l := range Balance(c.Title, Font{Bold: true, Size: 12}, width) {
		var k Canvas
		k.Set(0, 0, width, l, Center)
		out = append(out, Strip{Height: l.Height, Ops: k.Ops})
	}
	out[len(out)-1].Height += 1.5
	return out
}

// chartTable prints a chart's figures instead of drawing them.
func chartTable(c model.Chart, width, height float64) []Strip {
	t := model.Table{ID: c.ID, Title: c.Title, Columns: make([]model.Column, len(c.Series)+1)}
	head := make([]model.Cell, len(c.Series)+1)
	for i, s := range c.Series {
		head[i+1].Value = model.Text(s.Name)
	}
	t.Header = [][]model.Cell{head}
	for i, name := range c.Categories {
		r := model.Row{Cells: make([]model.Cell, len(c.Series)+1)}
		r.Cells[0].Value = model.Text(name)
		for k, s := range c.Series {
			if i < len(s.Values) {
				r.Cells[k+1].Value = s.Values[i]
			}
		}
		t.Rows = append(t.Rows, r)
	}
	if c.Target != nil {
		t.Notes = []string{target(c)}
	}
	return Table(t, width, height)
}

func target(c model.Chart) string {
	if c.TargetName == "" {
		return Print(*c.Target)
	}
	return c.TargetName + ": " + Print(*c.Target)
}

// shows reports a target that can be drawn.
func shows(c model.Chart) (float64, bool) {
	if c.Target == nil {
		return 0, false
	}
	return number(*c.Target)
}

// key is one entry of a legend: a swatch drawn at x, y (its middle) and a name.
type key struct {
	name string
	draw func(c *Canvas, x, y float64)
}

const swatch = 7.0 // width of a legend's sample

// legend sets keys in centred lines; a name longer than a line wraps.
func legend(keys []key, width float64) []Strip {
	var out []Strip
	for from := 0; from < len(keys); {
		w, to := 0.0, from
		for to < len(keys) {
			kw := swatch + 1.5 + chartFont.Width(clean(chartFont, keys[to].name)) + 6
			if to > from && w+kw > width {
				break
			}
			w += kw
			to++
		}
		x := max(0, (width-w+6)/2)
		var c Canvas
		h := 0.0
		for _, k := range keys[from:to] {
			room := min(chartFont.Width(clean(chartFont, k.name))+0.1, width-x-swatch-1.5)
			ls := BreakText(k.name, chartFont, Black, Shape{Width: room})
			k.draw(&c, x, chartFont.Height()/2)
			stack(&c, ls, x+swatch+1.5, 0, room)
			h = max(h, tall(ls))
			x += swatch + 1.5 + room + 6
		}
		out = append(out, Strip{Height: h + 0.5, Ops: c.Ops})
		from = to
	}
	if len(out) > 0 {
		out[len(out)-1].Height += 1
	}
	return out
}

func clean(f Font, s string) string {
	s, _ = f.Clean(s)
	return s
}

// dark reports a fill that needs white text.
func dark(c Color) bool {
	return 299*int(c.R)+587*int(c.G)+114*int(c.B) < 140*1000
}

// fillOf is a bar's colour: its tone's, else its series'.
func fillOf(s model.Series, k, i int) Color {
	if i < len(s.Tones) && s.Tones[i] != model.Neutral {
		return toneInk(s.Tones[i])
	}
	return palette[k%len(palette)]
}

func toneOf(s model.Series, i int) model.Tone {
	if i < len(s.Tones) {
		return s.Tones[i]
	}
	return model.Neutral
}

func valueOf(s model.Series, i int) model.Value {
	if i < len(s.Values) {
		return s.Values[i]
	}
	return model.None("")
}
