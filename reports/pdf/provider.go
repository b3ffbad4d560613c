package pdf

import (
	"bytes"
	"fmt"

	"codeberg.org/go-pdf/fpdf"
	"github.com/johnfercher/maroto/v2/pkg/consts/extension"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"cchc/reports/page"
)

// provider draws maroto's pages with fpdf. Its canvas is a list of page.Op: text
// arrives measured and broken, so the provider places it and decides nothing.
// What a report never has (codes, images) is an error of GenerateBytes.
type provider struct {
	doc     *fpdf.Fpdf
	left    float64 // margins of the page being drawn
	top     float64
	heights []float64 // of all pages, mm
	level   int       // of the last bookmark
	fonts   map[string]bool
	links   map[string]int
	targets map[string]bool // anchors that some page has
	reached map[string]bool // anchors already drawn
	font    page.Font
	ink     page.Color // of text
	fill    page.Color
	stroke  page.Color
	width   float64
	dashed  bool
}

var _ core.Provider = (*provider)(nil)

func newProvider(heights []float64, targets map[string]bool) *provider {
	doc := fpdf.New("P", "mm", "A4", "")
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.SetCatalogSort(true)
	return &provider{doc: doc, heights: heights, level: -1, targets: targets, reached: map[string]bool{}, fonts: map[string]bool{}, links: map[string]int{}}
}

// newPage starts a page; maroto's own pages do not know orientations.
func (p *provider) newPage(f frame) {
	orientation := "P"
	if f.landscape {
		orientation = "L"
	}
	p.doc.AddPageFormat(orientation, fpdf.SizeType{Wd: 210, Ht: 297})
	p.left, p.top = f.left, f.top
	if p.dashed {
		p.doc.SetDashPattern(nil, 0)
	}
	p.font, p.ink, p.fill, p.stroke, p.width, p.dashed = page.Font{}, page.Color{}, page.Color{}, page.Color{}, -1, false
	p.doc.SetTextColor(0, 0, 0)
	p.doc.SetFillColor(0, 0, 0)
	p.doc.SetDrawColor(0, 0, 0)
}

// draw places operations; x, y are millimetres from the page's top left corner.
func (p *provider) draw(ops []page.Op, x, y float64) {
	for i := range ops {
		o := &ops[i]
		switch o.Kind {
		case page.OpText:
			joined := i+1 < len(ops) && ops[i+1].Join
			if joined && !o.Join { // a line of several pieces is one sequence
				p.doc.RawWriteStr("/Span BMC\n")
			}
			if o.Turn != 0 {
				p.turned(o, x+o.X, y+o.Y)
				continue
			}
			p.text(o.Text, o.Font, o.Color, x+o.X, y+o.Y)
			if o.Join && !joined {
				p.doc.RawWriteStr("EMC\n")
			}
		case page.OpLine:
			p.pen(o)
			p.doc.Line(x+o.X, y+o.Y, x+o.X2, y+o.Y2)
		case page.OpColumns:
			p.pen(o)
			for _, at := range o.Points {
				p.doc.Line(x+at, y+o.Y, x+at, y+o.Y2)
			}
		case page.OpRect:
			p.brush(o.Color)
			p.doc.Rect(x+o.X, y+o.Y, o.X2-o.X, o.Y2-o.Y, "F")
		case page.OpFrame:
			p.pen(o)
			p.doc.Rect(x+o.X, y+o.Y, o.X2-o.X, o.Y2-o.Y, "D")
		case page.OpPoly:
			p.polygon(o, x, y)
		case page.OpLink:
			p.link(o, x, y)
		case page.OpAnchor:
			if p.targets[o.Text] && !p.reached[o.Text] {
				p.reached[o.Text] = true // of two blocks with one ID the first is meant
				p.doc.SetLink(p.target(o.Text), y+o.Y, p.doc.PageNo())
			}
		case page.OpBookmark:
			p.bookmark(o, y+o.Y)
		}
	}
}

// artifact draws what is not part of the text: readers that speak or copy a page
// leave it out.
func (p *provider) artifact(ops []page.Op) {
	if len(ops) > 0 {
		p.doc.RawWriteStr("/Artifact BMC\n")
		p.draw(ops, 0, 0)
		p.doc.RawWriteStr("EMC\n")
	}
}

func (p *provider) text(s string, f page.Font, ink page.Color, x, y float64) {
	p.setFont(f)
	if ink != p.ink {
		p.doc.SetTextColor(int(ink.R), int(ink.G), int(ink.B))
		p.ink = ink
	}
	p.doc.Text(x, y, s)
}

// turned draws text at an angle; the graphics state is kept around it.
func (p *provider) turned(o *page.Op, x, y float64) {
	p.setFont(o.Font)
	p.doc.TransformBegin()
	p.doc.TransformRotate(o.Turn, x+o.TextWidth/2, y-o.Font.Size*page.Point*0.3)
	p.text(o.Text, o.Font, o.Color, x, y)
	p.doc.TransformEnd()
}

// setFont adds a face to the document when it is first used, so that a report
// embeds only what it shows.
func (p *provider) setFont(f page.Font) {
	if f == p.font {
		return
	}
	family, style := "serif", ""
	if f.Family == page.Sans {
		family = "sans"
	}
	if f.Bold {
		style = "B"
	}
	if f.Italic {
		style += "I"
	}
	if !p.fonts[family+style] {
		p.doc.AddUTF8FontFromBytes(family, style, f.TTF())
		p.fonts[family+style] = true
	}
	p.doc.SetFont(family, style, f.Size)
	p.font = f
}

func (p *provider) pen(o *page.Op) {
	if o.Width != p.width {
		p.doc.SetLineWidth(o.Width)
		p.width = o.Width
	}
	if o.Color != p.stroke {
		p.doc.SetDrawColor(int(o.Color.R), int(o.Color.G), int(o.Color.B))
		p.stroke = o.Color
	}
	if len(o.Dash) > 0 || p.dashed {
		p.doc.SetDashPattern(o.Dash, 0)
		p.dashed = len(o.Dash) > 0
	}
}

func (p *provider) brush(c page.Color) {
	if c != p.fill {
		p.doc.SetFillColor(int(c.R), int(c.G), int(c.B))
		p.fill = c
	}
}

func (p *provider) polygon(o *page.Op, x, y float64) {
	p.brush(o.Color)
	pts := make([]fpdf.PointType, 0, len(o.Points)/2)
	for i := 0; i+1 < len(o.Points); i += 2 {
		pts = append(pts, fpdf.PointType{X: x + o.Points[i], Y: y + o.Points[i+1]})
	}
	p.doc.Polygon(pts, "F")
}

// link leads to an anchor; an anchor that no page has (rows that are only in the
// workbook) makes no link.
func (p *provider) link(o *page.Op, x, y float64) {
	if p.targets[o.Text] {
		p.doc.Link(x+o.X, y+o.Y, o.X2-o.X, o.Y2-o.Y, p.target(o.Text))
	}
}

func (p *provider) target(id string) int {
	n, ok := p.links[id]
	if !ok {
		n = p.doc.AddLink()
		p.links[id] = n
	}
	return n
}

// bookmark adds a heading to the outline. fpdf takes a bookmark's height from
// the last page of the document, so pages of another height are corrected for;
// and it loses a level that skips one.
func (p *provider) bookmark(o *page.Op, y float64) {
	last, this := p.heights[len(p.heights)-1], p.heights[p.doc.PageNo()-1]
	p.setFont(o.Font)
	p.level = min(o.Level, p.level+1)
	p.doc.Bookmark(o.Text, p.level, y+last-this)
}

// CreateRow and CreateCol draw nothing: maroto passes every component its place.
func (p *provider) CreateRow(float64)                                       {}
func (p *provider) CreateCol(_, _ float64, _ *entity.Config, _ *props.Cell) {}

// AddText draws unbroken text at the top left of a cell.
func (p *provider) AddText(s string, cell *entity.Cell, prop *props.Text) {
	f := page.Font{Size: prop.Size}
	s, _ = f.Clean(s)
	p.text(s, f, page.Black, p.left+cell.X, p.top+cell.Y+f.Baseline())
}

// AddLine draws a line along the top of a cell.
func (p *provider) AddLine(cell *entity.Cell, prop *props.Line) {
	p.pen(&page.Op{Width: prop.Thickness})
	p.doc.Line(p.left+cell.X, p.top+cell.Y, p.left+cell.X+cell.Width, p.top+cell.Y)
}

// GetFontHeight returns the height of a line in millimetres.
func (p *provider) GetFontHeight(prop *props.Font) float64 {
	return page.Font{Size: prop.Size}.Height()
}

// GetLinesQuantity returns how many lines text takes in a width.
func (p *provider) GetLinesQuantity(text string, prop *props.Text, width float64) int {
	return len(page.BreakText(text, page.Font{Size: prop.Size}, page.Black, page.Shape{Width: width}))
}

func (p *provider) refuse(what string) {
	p.doc.SetErrorf("a report has no %s: this provider draws text, lines and areas only", what)
}

func (p *provider) AddMatrixCode(string, *entity.Cell, *props.Rect)    { p.refuse("matrix codes") }
func (p *provider) AddQrCode(string, *entity.Cell, *props.Rect)        { p.refuse("QR codes") }
func (p *provider) AddBarCode(string, *entity.Cell, *props.Barcode)    { p.refuse("bar codes") }
func (p *provider) AddImageFromFile(string, *entity.Cell, *props.Rect) { p.refuse("images") }
func (p *provider) SetProtection(*entity.Protection)                   { p.refuse("passwords") }
func (p *provider) AddImageFromBytes([]byte, *entity.Cell, *props.Rect, extension.Type) {
	p.refuse("images")
}
func (p *provider) AddBackgroundImageFromBytes([]byte, *entity.Cell, *props.Rect, extension.Type) {
	p.refuse("images")
}

func noSize(what string) (*entity.Dimensions, error) {
	return nil, fmt.Errorf("a report has no %s, so they have no size", what)
}

func (p *provider) GetDimensionsByMatrixCode(string) (*entity.Dimensions, error) {
	return noSize("matrix codes")
}
func (p *provider) GetDimensionsByImageByte([]byte, extension.Type) (*entity.Dimensions, error) {
	return noSize("images")
}
func (p *provider) GetDimensionsByImage(string) (*entity.Dimensions, error) { return noSize("images") }
func (p *provider) GetDimensionsByQrCode(string) (*entity.Dimensions, error) {
	return noSize("QR codes")
}

// SetCompression switches the compression of page contents.
func (p *provider) SetCompression(on bool) { p.doc.SetCompression(on) }

// SetMetadata writes the document's properties. The creation date must be given:
// fpdf would take the machine's clock.
func (p *provider) SetMetadata(m *entity.Metadata) {
	if m.Author != nil {
		p.doc.SetAuthor(m.Author.Text, true)
	}
	if m.Title != nil {
		p.doc.SetTitle(m.Title.Text, true)
	}
	if m.Subject != nil {
		p.doc.SetSubject(m.Subject.Text, true)
	}
	if m.Creator != nil {
		p.doc.SetCreator(m.Creator.Text, true)
	}
	if m.CreationDate != nil {
		p.doc.SetCreationDate(*m.CreationDate)
		p.doc.SetModificationDate(*m.CreationDate)
	}
}

// GenerateBytes closes the document.
func (p *provider) GenerateBytes() ([]byte, error) {
	var b bytes.Buffer
	if err := p.doc.Output(&b); err != nil {
		return nil, fmt.Errorf("writing the PDF: %w", err)
	}
	return b.Bytes(), nil
}
