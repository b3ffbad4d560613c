package page

import "slices"

// Strip is a slice of a page that is never cut: a line of text, a row of a table,
// a bar of a chart. Ops are relative to its top left corner.
type Strip struct {
	Height float64
	Gap    float64 // empty space above, dropped at the top of a page
	Ops    []Op
	Keep   bool   // stays on one page with the next strip
	Head   *Strip // printed above when this strip begins a page
	Close  []Op   // drawn too when this strip ends a page before its block ended
	Break  bool   // begins a new page
}

// Paginate cuts strips into pages of the given height. Strips that keep together
// move together; a chain that is taller than a page is let go where it must be.
// A strip that is itself taller than a page is cut between its lines. Every page
// has at least one strip.
func Paginate(strips []Strip, height float64) [][]Strip {
	p := paginator{height: height + 1e-6}
	if slices.ContainsFunc(strips, func(s Strip) bool { return s.Height > height }) {
		var whole []Strip
		for _, s := range strips {
			whole = append(whole, split(s, height)...)
		}
		strips = whole
	}
	for i := 0; i < len(strips); {
		j := i
		for j < len(strips)-1 && strips[j].Keep && !strips[j+1].Break {
			j++
		}
		p.place(strips[i : j+1])
		i = j + 1
	}
	p.turn()
	return p.pages
}

type paginator struct {
	height float64
	page   []Strip
	used   float64
	pages  [][]Strip
}

func (p *paginator) turn() {
	if len(p.page) == 0 {
		return
	}
	p.pages = append(p.pages, p.page)
	p.page, p.used = nil, 0
}

// place puts a chain of strips that want to stay together.
func (p *paginator) place(chain []Strip) {
	if chain[0].Break {
		p.turn()
	}
	if len(p.page) > 0 && p.used+extent(chain, false) > p.height && p.used > 0 {
		// a chain that no page holds begins here, unless little of the page is left
		if extent(chain, true) <= p.height || len(chain) == 1 || p.used > p.height*0.7 {
			p.cut()
		}
	}
	for _, s := range chain {
		p.put(s)
	}
}

// cut ends the page in the flow of its content.
func (p *paginator) cut() {
	if n := len(p.page); n > 0 && len(p.page[n-1].Close) > 0 {
		last := &p.page[n-1]
		last.Ops = append(last.Ops[:len(last.Ops):len(last.Ops)], last.Close...)
	}
	p.turn()
}

func (p *paginator) put(s Strip) {
	if len(p.page) > 0 && p.used+s.Gap+s.Height > p.height {
		p.cut()
	}
	if len(p.page) == 0 {
		if s.Height == 0 && len(s.Ops) == 0 { // space after a block needs no page
			return
		}
		s.Gap = 0
		if s.Head != nil && s.Head.Height+s.Height <= p.height {
			p.page = append(p.page, *s.Head)
			p.used += s.Head.Height
		}
	}
	p.page = append(p.page, s)
	p.used += s.Gap + s.Height
}

// extent is the height of a chain; at the top of a page its first gap is dropped
// and its head added.
func extent(chain []Strip, top bool) float64 {
	h := 0.0
	for i, s := range chain {
		if i > 0 || !top {
			h += s.Gap
		}
		h += s.Height
	}
	if top && chain[0].Head != nil {
		h += chain[0].Head.Height
	}
	return h
}
