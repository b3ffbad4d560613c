// Package page lays a report out: it measures text, breaks lines, sets tables,
// draws charts and cuts the result into pages. It knows neither PDF nor any
// document library; lengths are millimetres, font sizes points, and y grows
// downwards.
package page

import (
	"sync"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansbolditalic"
	"codeberg.org/go-fonts/liberation/liberationsansitalic"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-fonts/liberation/liberationserifbold"
	"codeberg.org/go-fonts/liberation/liberationserifbolditalic"
	"codeberg.org/go-fonts/liberation/liberationserifitalic"
	"codeberg.org/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Point is one typographic point in millimetres.
const Point = 25.4 / 72

// Family is a typeface. Serif has the metrics of Times New Roman, which
// official documents are set in; Sans is for charts and key figures.
type Family uint8

// The families.
const (
	Serif Family = iota
	Sans
)

// Font is a face at a size.
type Font struct {
	Family Family
	Bold   bool
	Italic bool
	Size   float64 // points
}

// noGlyph marks a rune that the face cannot draw.
const noGlyph = 0xFFFF

// advances holds, per rune of the basic plane, the advance in thousandths of
// the font size, or noGlyph.
type advances [1 << 16]uint16

type face struct {
	ttf   []byte
	table func() *advances
}

func newFace(ttf []byte) face {
	return face{ttf, sync.OnceValue(func() *advances { return measureFace(ttf) })}
}

// faces is indexed by Font.index. The tables are made on first use and never
// written again, so any number of goroutines may measure at once.
var faces = [8]face{
	newFace(liberationserifregular.TTF), newFace(liberationserifbold.TTF),
	newFace(liberationserifitalic.TTF), newFace(liberationserifbolditalic.TTF),
	newFace(liberationsansregular.TTF), newFace(liberationsansbold.TTF),
	newFace(liberationsansitalic.TTF), newFace(liberationsansbolditalic.TTF),
}

func (f Font) index() int {
	i := int(f.Family&1) * 4
	if f.Bold {
		i++
	}
	if f.Italic {
		i += 2
	}
	return i
}

// TTF returns the font file of the face, to embed. It must not be written to.
func (f Font) TTF() []byte { return faces[f.index()].ttf }

// At returns the font at another size in points.
func (f Font) At(size float64) Font { f.Size = size; return f }

// Height is the height of a line of text in millimetres. The factor leaves room
// for a capital with two marks (Ấ) under a descender.
func (f Font) Height() float64 { return f.Size * 1.2 * Point }

// Baseline is the distance from the top of a line to its baseline.
func (f Font) Baseline() float64 { return f.Size * 0.945 * Point }

// Width is the length of s in millimetres. There is no kerning: the page has
// none either.
func (f Font) Width(s string) float64 {
	return float64(thousandths(faces[f.index()].table(), s)) * f.Size * Point / 1000
}

func thousandths(t *advances, s string) int {
	n := 0
	for _, r := range s {
		if r < 1<<16 && t[r] != noGlyph {
			n += int(t[r])
		} else {
			n += 500
		}
	}
	return n
}

func measureFace(ttf []byte) *advances {
	t := new(advances)
	for i := range t {
		t[i] = noGlyph
	}
	f, err := sfnt.Parse(ttf)
	if err != nil {
		return t // cannot be: the file is part of the program, and a test reads it
	}
	var buf sfnt.Buffer
	for r := rune(0x20); r < 1<<16; r++ {
		g, err := f.GlyphIndex(&buf, r)
		if err != nil || g == 0 {
			continue
		}
		a, err := f.GlyphAdvance(&buf, g, fixed.I(1000), font.HintingNone)
		if err == nil {
			t[r] = uint16((a + 32) >> 6)
		}
	}
	return t
}
