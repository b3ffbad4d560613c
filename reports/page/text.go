package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Align is where a line stands in its width.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Center
	Right
	Justify
)

// Run is text of one style.
type Run struct {
	Text  string
	Font  Font
	Color Color
	Link  string
}

// Piece is a run's part in a line, X from the line's start. A piece that another
// one follows after a space carries that space at its end.
type Piece struct {
	X, Width float64
	Text     string
	Font     Font
	Color    Color
	Link     string
}

// Line is one line of text.
type Line struct {
	Pieces   []Piece
	Width    float64
	Height   float64
	Baseline float64
}

// Shape says how a paragraph is broken.
type Shape struct {
	Width  float64 // of the text
	Indent float64 // of the first line
	Align  Align   // only Justify matters here
}

// Break sets runs into lines no wider than the shape. A line ends between words;
// a word longer than a line is cut after punctuation, else anywhere: nothing is
// ever lost. "\n" ends a line. At least one line is returned.
func Break(runs []Run, s Shape) []Line {
	b := breaker{shape: s, left: min(s.Indent, s.Width/2)}
	for _, r := range runs {
		b.add(r)
	}
	b.flushWord()
	b.endLine(true)
	return b.lines
}

// BreakText is Break for text of one style; most cells of a table go through its
// first branch.
func BreakText(text string, f Font, ink Color, s Shape) []Line {
	text, _ = f.Clean(text)
	if w := f.Width(text); w <= s.Width-s.Indent && !strings.ContainsRune(text, '\n') {
		l := Line{Width: w, Height: f.Height(), Baseline: f.Baseline()}
		if text != "" {
			l.Pieces = []Piece{{X: s.Indent, Width: w, Text: text, Font: f, Color: ink}}
			l.Width += s.Indent
		}
		return []Line{l}
	}
	return Break([]Run{{Text: text, Font: f, Color: ink}}, s)
}

// atom is a word's part of one style, or the space between words.
type atom struct {
	run   Run
	width float64
	space bool
}

type breaker struct {
	shape Shape
	left  float64 // start of the line: the indent or 0
	line  []atom
	width float64 // of line
	space []atom  // space after line, kept when a word follows
	word  []atom
	wordW float64
	lines []Line
}

func (b *breaker) add(r Run) {
	r.Text, _ = r.Font.Clean(r.Text)
	if len(b.line) == 0 && len(b.lines) == 0 && len(b.word) == 0 {
		// an empty paragraph still has the height of its font
		b.space = append(b.space, atom{run: Run{Font: r.Font}, space: true})
	}
	text := r.Text
	for i := 0; i < len(text); {
		switch {
		case text[i] == '\n':
			b.flushWord()
			b.endLine(true)
			i++
		case sticky(text, i):
			b.push(r, "\u00a0")
			i++
		case text[i] == ' ':
			b.flushWord()
			j := i
			for j < len(text) && text[j] == ' ' && !sticky(text, j) {
				j++
			}
			b.space = append(b.space, b.atom(r, text[i:j], true))
			i = j
		default:
			j := i
			for j < len(text) && text[j] != ' ' && text[j] != '\n' {
				j++
			}
			b.push(r, text[i:j])
			i = j
		}
	}
}

// sticky reports a space at i that must not end a line: "84,28 %" and "≥ 30"
// stay whole.
func sticky(s string, i int) bool {
	if s[i] != ' ' || i+1 == len(s) || s[i+1] == ' ' {
		return false
	}
	if s[i+1] == '%' {
		return i+2 == len(s) || strings.IndexByte(" );,.\n", s[i+2]) >= 0
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	return before == '≥' || before == '≤'
}

func (b *breaker) atom(r Run, s string, space bool) atom {
	r.Text = s
	return atom{run: r, width: r.Font.Width(s), space: space}
}

func (b *breaker) push(r Run, s string) {
	a := b.atom(r, s, false)
	b.word = append(b.word, a)
	b.wordW += a.width
}

func (b *breaker) room() float64 { return b.shape.Width - b.left + 1e-6 }

// flushWord puts the word that is being collected into the line, or the next.
func (b *breaker) flushWord() {
	if len(b.word) == 0 {
		return
	}
	gap := 0.0
	if len(b.line) > 0 {
		for _, s := range b.space {
			gap += s.width
		}
	}
	switch {
	case b.width+gap+b.wordW <= b.room():
		b.take(gap)
	case b.wordW <= b.shape.Width+1e-6 && len(b.line) > 0:
		b.endLine(false)
		b.take(0)
	default:
		if len(b.line) > 0 {
			b.endLine(false)
		}
		b.cutWord()
	}
}

func (b *breaker) take(gap float64) {
	if len(b.line) > 0 {
		b.line = append(b.line, b.space...)
		b.width += gap
	}
	b.space = nil
	b.line = append(b.line, b.word...)
	b.width += b.wordW
	b.word, b.wordW = nil, 0
}

// cutWord sets a word that is longer than a line.
func (b *breaker) cutWord() {
	word := b.word
	b.word, b.wordW, b.space = nil, 0, nil
	for _, a := range word {
		rest := a.run.Text
		for rest != "" {
			n := cut(rest, a.run.Font, b.room()-b.width, len(b.line) == 0)
			if n == 0 {
				b.endLine(false)
				continue
			}
			p := b.atom(a.run, rest[:n], false)
			b.line = append(b.line, p)
			b.width += p.width
			rest = rest[n:]
			if rest != "" {
				b.endLine(false)
			}
		}
	}
}

// cut returns how many bytes of s fit in room: up to the last punctuation when
// that fills a third of the line, else up to the last character. With force at least
// one character fits.
func cut(s string, f Font, room float64, force bool) int {
	t := faces[f.index()].table()
	limit := room / (f.Size * Point) * 1000
	sum, last, nice, niceSum := 0.0, 0, 0, 0.0
	for i, r := range s {
		if i > 0 && !unicode.Is(unicode.M, r) {
			last = i
			if prev, _ := utf8.DecodeLastRuneInString(s[:i]); strings.ContainsRune("-/.,;:_)", prev) {
				nice, niceSum = i, sum
			}
		}
		w := 500.0
		if r < 1<<16 && t[r] != noGlyph {
			w = float64(t[r])
		}
		sum += w
		if sum > limit && (last > 0 || !force) {
			if nice > 0 && niceSum > limit*0.35 {
				return nice
			}
			return last
		}
	}
	return len(s)
}

// endLine closes the line; hard says that the paragraph or the author ended it,
// so that it is not stretched.
func (b *breaker) endLine(hard bool) {
	if len(b.line) == 0 {
		if !hard {
			return
		}
		h := Font{Size: 11}
		if len(b.space) > 0 {
			h = b.space[0].run.Font
		} else if n := len(b.lines); n > 0 {
			b.lines = append(b.lines, Line{Height: b.lines[n-1].Height, Baseline: b.lines[n-1].Baseline})
			b.left = 0
			return
		}
		b.lines = append(b.lines, Line{Height: h.Height(), Baseline: h.Baseline()})
		b.left, b.space = 0, nil
		return
	}
	stretch := 0.0
	if b.shape.Align == Justify && !hard {
		stretch = b.stretch()
	}
	b.lines = append(b.lines, assemble(b.line, b.left, stretch))
	b.line, b.width, b.space, b.left = nil, 0, nil, 0
}

// stretch is what each space of the line grows by. Lines with too few words stay
// as they are rather than fall apart.
func (b *breaker) stretch() float64 {
	gaps, natural := 0, 0.0
	for _, a := range b.line {
		if a.space {
			gaps++
			natural += a.width
		}
	}
	free := b.room() - b.width
	if gaps == 0 || free <= 0 || free > natural*4 {
		return 0
	}
	return free / float64(gaps)
}

// assemble turns atoms into pieces: neighbours of one style become one piece
// unless the spaces between them are stretched.
func assemble(atoms []atom, left, stretch float64) Line {
	var l Line
	x := left
	for i, a := range atoms {
		if h := a.run.Font.Height(); h > l.Height {
			l.Height, l.Baseline = h, a.run.Font.Baseline()
		}
		n := len(l.Pieces)
		switch {
		case a.space && n > 0:
			// the space belongs to the piece before it, for whoever copies the text
			p := &l.Pieces[n-1]
			w := p.Font.Width(a.run.Text)
			p.Text += a.run.Text
			if stretch == 0 {
				p.Width += w
			}
			x += w + stretch
		case !a.space && n > 0 && i > 0 && same(l.Pieces[n-1], a.run) && (stretch == 0 || !atoms[i-1].space):
			l.Pieces[n-1].Text += a.run.Text
			l.Pieces[n-1].Width += a.width
			x += a.width
		case !a.space:
			l.Pieces = append(l.Pieces, Piece{X: x, Width: a.width, Text: a.run.Text, Font: a.run.Font, Color: a.run.Color, Link: a.run.Link})
			x += a.width
		}
	}
	l.Width = x
	return l
}

func same(p Piece, r Run) bool { return p.Font == r.Font && p.Color == r.Color && p.Link == r.Link }

// Balance breaks centred text into as few lines as fit and makes them of about
// one length.
func Balance(s string, f Font, width float64) []Line {
	best := BreakText(s, f, Black, Shape{Width: width})
	if len(best) < 2 || len(best) > 6 {
		return best
	}
	lo, hi := width/float64(len(best)+1), width
	for hi-lo > 1 {
		mid := (lo + hi) / 2
		if ls := BreakText(s, f, Black, Shape{Width: mid}); len(ls) <= len(best) {
			best, hi = ls, mid
		} else {
			lo = mid
		}
	}
	return best
}
