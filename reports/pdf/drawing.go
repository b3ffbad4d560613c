package pdf

import (
	"strings"

	"github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"

	"cchc/reports/page"
)

// drawing is the one component of our rows: recorded operations at a place.
type drawing struct {
	ops    []page.Op
	height float64
	paper  bool // ops count from the paper's corner, not from the cell's
}

// Render draws the operations in the cell.
func (d *drawing) Render(to core.Provider, cell *entity.Cell) {
	p, ok := to.(*provider)
	if !ok {
		return
	}
	if d.paper {
		p.artifact(d.ops)
		return
	}
	p.draw(d.ops, p.left+cell.X, p.top+cell.Y)
}

// GetHeight is the height that layout gave.
func (d *drawing) GetHeight(core.Provider, *entity.Cell) float64 { return d.height }

// SetConfig has nothing to set: layout is done.
func (d *drawing) SetConfig(*entity.Config) {}

// GetStructure describes the component by its text.
func (d *drawing) GetStructure() *node.Node[core.Structure] {
	var b strings.Builder
	for i := range d.ops {
		if d.ops[i].Kind == page.OpText {
			b.WriteString(d.ops[i].Text)
		}
	}
	return node.New(core.Structure{Type: "drawing", Value: b.String()})
}
