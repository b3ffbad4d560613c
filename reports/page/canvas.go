package page

// Color is red, green, blue.
type Color struct{ R, G, B uint8 }

// Gray is a colour without hue.
func Gray(v uint8) Color { return Color{v, v, v} }

// The colours of a page. Each pair that must be told apart differs in lightness
// too, so that a black-and-white print keeps the difference.
var (
	Black    = Color{}
	White    = Gray(255)
	Ink      = Color{31, 56, 100}   // bars, rules of figures
	GoodInk  = Color{0, 97, 61}     // at or over target
	BadInk   = Color{176, 24, 24}   // under target
	MutedInk = Gray(105)            // missing
	LinkInk  = Color{5, 45, 110}    // internal links
	FrameInk = Gray(90)             // table rules
	HeadFill = Gray(238)            // header of a table
	RowFill  = Gray(245)            // group rows
	MarkFill = Color{255, 238, 186} // the row the report is about
)

// OpKind is what an Op draws.
type OpKind uint8

// The operations.
const (
	OpText     OpKind = iota // Text at X, baseline Y
	OpLine                   // X,Y to X2,Y2
	OpRect                   // filled, corners X,Y and X2,Y2
	OpFrame                  // outlined
	OpPoly                   // filled polygon, Points are x, y pairs
	OpColumns                // vertical lines at each x of Points from Y to Y2
	OpLink                   // Text is the target, over the rectangle
	OpAnchor                 // Text names this place
	OpBookmark               // Text in the outline at Level
)

// Op is one thing on a page, in millimetres.
type Op struct {
	Kind         OpKind
	Join         bool // of text: goes on in the line of the Op before
	Level        int
	X, Y, X2, Y2 float64
	Text         string
	Font         Font
	Color        Color
	Width        float64 // of lines
	Dash         []float64
	Points       []float64
	TextWidth    float64
	Turn         float64 // degrees the text is turned by, about its middle
}

// Canvas records drawing. A recorded page can be looked at, moved and split
// before any document exists.
type Canvas struct{ Ops []Op }

// Text draws one piece of text with its baseline at y.
func (c *Canvas) Text(x, y float64, s string, f Font, ink Color) {
	if s != "" {
		c.Ops = append(c.Ops, Op{Kind: OpText, X: x, Y: y, Text: s, Font: f, Color: ink, TextWidth: f.Width(s)})
	}
}

// Line draws a line; dash is nil for a solid one.
func (c *Canvas) Line(x1, y1, x2, y2, width float64, ink Color, dash []float64) {
	c.Ops = append(c.Ops, Op{Kind: OpLine, X: x1, Y: y1, X2: x2, Y2: y2, Width: width, Color: ink, Dash: dash})
}

// Rect fills a rectangle.
func (c *Canvas) Rect(x, y, w, h float64, fill Color) {
	c.Ops = append(c.Ops, Op{Kind: OpRect, X: x, Y: y, X2: x + w, Y2: y + h, Color: fill})
}

// Frame outlines a rectangle.
func (c *Canvas) Frame(x, y, w, h, width float64, ink Color) {
	c.Ops = append(c.Ops, Op{Kind: OpFrame, X: x, Y: y, X2: x + w, Y2: y + h, Width: width, Color: ink})
}

// Poly fills a polygon given as x, y pairs.
func (c *Canvas) Poly(fill Color, points ...float64) {
	c.Ops = append(c.Ops, Op{Kind: OpPoly, Color: fill, Points: points})
}

// Columns draws vertical lines at xs, which is kept and must not change.
func (c *Canvas) Columns(xs []float64, y1, y2, width float64, ink Color) {
	if len(xs) > 0 {
		c.Ops = append(c.Ops, Op{Kind: OpColumns, Y: y1, Y2: y2, Points: xs, Width: width, Color: ink})
	}
}

// Link makes a rectangle lead to the anchor id.
func (c *Canvas) Link(x, y, w, h float64, id string) {
	c.Ops = append(c.Ops, Op{Kind: OpLink, X: x, Y: y, X2: x + w, Y2: y + h, Text: id})
}

// Anchor names the place at y.
func (c *Canvas) Anchor(y float64, id string) {
	if id != "" {
		c.Ops = append(c.Ops, Op{Kind: OpAnchor, Y: y, Text: id})
	}
}

// Set draws a line of text in a box of the given width whose top left is x, y.
func (c *Canvas) Set(x, y, width float64, l Line, a Align) {
	switch a {
	case Center:
		x += (width - l.Width) / 2
	case Right:
		x += width - l.Width
	}
	base := y + l.Baseline
	for i, p := range l.Pieces {
		c.Ops = append(c.Ops, Op{Kind: OpText, X: x + p.X, Y: base, Text: p.Text, Font: p.Font, Color: p.Color,
			Join: i > 0, TextWidth: p.Width})
	}
	for _, p := range l.Pieces {
		if p.Link != "" {
			c.Link(x+p.X, y, p.Width, l.Height, p.Link)
		}
	}
}

// Shift moves the operations down by dy; it returns new ones.
func Shift(ops []Op, dx, dy float64) []Op {
	out := make([]Op, len(ops))
	for i, o := range ops {
		o.X, o.X2, o.Y, o.Y2 = o.X+dx, o.X2+dx, o.Y+dy, o.Y2+dy
		if len(o.Points) > 0 {
			pts := make([]float64, len(o.Points))
			for j, p := range o.Points {
				switch {
				case o.Kind == OpColumns || j%2 == 0:
					pts[j] = p + dx
				default:
					pts[j] = p + dy
				}
			}
			o.Points = pts
		}
		out[i] = o
	}
	return out
}
