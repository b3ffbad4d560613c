package page

import (
	"slices"

	"cchc/reports/model"
)

// measured collects what the columns need, at 1 pt.
type measured struct {
	min, nat []float64
	wide     []*cell // cells over several columns
}

func measureColumns(cols int, parts ...[]gridRow) measured {
	m := measured{min: make([]float64, cols), nat: make([]float64, cols)}
	for _, rows := range parts {
		for r := range rows {
			for i := range rows[r].cells {
				c := &rows[r].cells[i]
				if c.cols > 1 {
					m.wide = append(m.wide, c)
					continue
				}
				m.min[c.col] = max(m.min[c.col], c.min)
				m.nat[c.col] = max(m.nat[c.col], c.nat)
			}
		}
	}
	return m
}

// fit returns the column widths at a font size and whether every word has room.
func (m measured) fit(columns []model.Column, size, width, pad float64) ([]float64, bool) {
	n := len(m.min)
	least, nat := make([]float64, n), make([]float64, n)
	for i := range least {
		least[i] = m.min[i]*size*1.002 + 2*pad + 0.1
		nat[i] = max(least[i], min(m.nat[i]*size*1.002+2*pad+0.1, width*0.5))
	}
	for _, c := range m.wide {
		widen(least[c.col:c.col+c.cols], c.min*size*1.002+2*pad+0.1)
	}
	fits := sum(least) <= width+1e-9
	if !fits {
		squeeze(least, width)
	}
	for i := range nat {
		nat[i] = max(nat[i], least[i])
	}
	return share(least, wanted(columns, nat, width), width), fits
}

// widen grows columns evenly until they span need.
func widen(cols []float64, need float64) {
	if d := need - sum(cols); d > 0 {
		for i := range cols {
			cols[i] += d / float64(len(cols))
		}
	}
}

// squeeze lowers the widest columns to one common width so that all fit.
func squeeze(w []float64, width float64) {
	order := slices.Clone(w)
	slices.Sort(order)
	left := width
	for i, v := range order {
		level := left / float64(len(order)-i)
		if v > level {
			for j := range w {
				w[j] = min(w[j], level)
			}
			return
		}
		left -= v
	}
}

// wanted is the widths one would like: the shares given, and for columns without
// a share what their text needs.
func wanted(columns []model.Column, nat []float64, width float64) []float64 {
	want := slices.Clone(nat)
	given, shares := 0, 0.0
	natural := 0.0
	for i := range want {
		if i < len(columns) && columns[i].Width > 0 {
			given++
			shares += columns[i].Width
		} else {
			natural += nat[i]
		}
	}
	if given == 0 || shares <= 0 {
		return want
	}
	room := max(width-natural, width*float64(given)/float64(len(nat)))
	for i := range want {
		if i < len(columns) && columns[i].Width > 0 {
			want[i] = room * columns[i].Width / shares
		}
	}
	return want
}

// share gives every column its least width and the rest in proportion to what it
// wants beyond.
func share(least, want []float64, width float64) []float64 {
	rest := width - sum(least)
	over := 0.0
	for i := range least {
		over += max(0, want[i]-least[i])
	}
	out := slices.Clone(least)
	switch total := sum(least); {
	case rest <= 0:
	case over > 1e-9:
		k := rest / over
		if k > 1 { // more room than wanted: the rest goes by width
			k = 1
		}
		for i := range out {
			out[i] += k * max(0, want[i]-least[i])
		}
		if left := width - sum(out); left > 1e-9 {
			f := width / sum(out)
			for i := range out {
				out[i] *= f
			}
		}
	case total > 0:
		for i := range out {
			out[i] *= width / total
		}
	}
	return out
}

func sum(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x
	}
	return s
}
