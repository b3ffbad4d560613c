// Package pdf renders a report as PDF in the layout of Nghị định 30/2020/NĐ-CP:
// A4, serif type, page numbers centred in the top margin from page 2 on.
//
// The report is laid out by package page into strips and pages; each page becomes
// a maroto page with one row per strip, drawn by a provider of our own. The same
// report gives the same bytes.
package pdf

import (
	"fmt"
	"io"
	"time"

	"github.com/johnfercher/maroto/v2/pkg/components/col"
	marotopage "github.com/johnfercher/maroto/v2/pkg/components/page"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"

	"cchc/reports/model"
	"cchc/reports/page"
)

// Render writes r as PDF. It is safe to call from several goroutines.
func Render(w io.Writer, r model.Report) error {
	sheets := layout(r)
	p := newProvider(heights(sheets), anchors(sheets))
	describe(p, r)
	for _, s := range sheets {
		p.newPage(s.frame)
		build(s, r).Render(p, entity.Cell{Width: s.frame.width(), Height: s.frame.height()})
	}
	b, err := p.GenerateBytes()
	if err != nil {
		return fmt.Errorf("report %q: %w", r.Title, err)
	}
	if _, err = w.Write(b); err != nil {
		return fmt.Errorf("report %q: writing %d bytes of PDF: %w", r.Title, len(b), err)
	}
	return nil
}

// frame is a page's size and margins in millimetres, within the limits of NĐ
// 30/2020/NĐ-CP, Phụ lục I: top and bottom 20–25, left 30–35, right 15–20.
type frame struct {
	landscape                bool
	paperW, paperH           float64
	left, right, top, bottom float64
}

func portrait() frame {
	return frame{paperW: 210, paperH: 297, left: 30, right: 20, top: 20, bottom: 20}
}

func landscape() frame {
	return frame{landscape: true, paperW: 297, paperH: 210, left: 30, right: 15, top: 20, bottom: 20}
}

func (f frame) width() float64  { return f.paperW - f.left - f.right }
func (f frame) height() float64 { return f.paperH - f.top - f.bottom }

// sheet is one page: what flows in it and what stands around it.
type sheet struct {
	frame  frame
	strips []page.Strip
	around []page.Op // page number, footer, watermark; from the paper's corner
}

// layout cuts a report into pages. Every section begins a page. Annexes are
// numbered each from 1, as the decree wants it; neither the document's nor an
// annex's first page shows its number.
func layout(r model.Report) []sheet {
	var out []sheet
	number := 0
	for _, sec := range r.Sections {
		f := portrait()
		if sec.Landscape {
			f = landscape()
		}
		n := &number
		if sec.Annex {
			n = new(int)
		}
		for _, strips := range page.Paginate(flow(sec.Blocks, f), f.height()) {
			*n++
			out = append(out, sheet{f, strips, around(r, f, *n)})
		}
	}
	if len(out) == 0 {
		out = append(out, sheet{frame: portrait(), around: around(r, portrait(), 1)})
	}
	return out
}

func heights(sheets []sheet) []float64 {
	out := make([]float64, len(sheets))
	for i, s := range sheets {
		out[i] = s.frame.paperH
	}
	return out
}

func anchors(sheets []sheet) map[string]bool {
	out := map[string]bool{}
	for _, s := range sheets {
		for _, st := range s.strips {
			for i := range st.Ops {
				if st.Ops[i].Kind == page.OpAnchor {
					out[st.Ops[i].Text] = true
				}
			}
		}
	}
	return out
}

// build makes the maroto page of a sheet: one row for what stands around the
// text, then one per strip and per gap.
func build(s sheet, r model.Report) core.Page {
	pg := marotopage.New()
	pg.Add(row.New().Add(col.New().Add(&drawing{ops: s.around, paper: true})))
	for i := range s.strips {
		st := &s.strips[i]
		if st.Gap > 0 {
			pg.Add(row.New(st.Gap))
		}
		pg.Add(row.New(st.Height).Add(col.New().Add(&drawing{ops: st.Ops, height: st.Height})))
	}
	f := s.frame
	pg.SetConfig(&entity.Config{
		MaxGridSize: 12,
		Dimensions:  &entity.Dimensions{Width: f.paperW, Height: f.paperH},
		Margins:     &entity.Margins{Left: f.left, Right: f.right, Top: f.top, Bottom: f.bottom},
	})
	return pg
}

// describe sets the properties of the document. A report without a date gets a
// fixed one, so that its bytes are the same tomorrow.
func describe(p *provider, r model.Report) {
	created := r.Created
	if created.IsZero() {
		created = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	text := func(s string) *entity.Utf8Text {
		s, _ = page.Font{}.Clean(s)
		return &entity.Utf8Text{Text: s, UTF8: true}
	}
	p.SetMetadata(&entity.Metadata{
		Title: text(r.Title), Author: text(r.Author), Subject: text(r.Subject), Creator: text("cchc"), CreationDate: &created,
	})
	lang := r.Language
	if lang == "" {
		lang = "vi-VN"
	}
	p.doc.SetLang(lang)
	p.doc.SetProducer("cchc", false)
}
