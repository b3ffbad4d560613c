package page

import (
	"math"
	"strconv"
	"strings"

	"cchc/reports/model"
)

// axis is a scale with ticks at even steps.
type axis struct {
	lo, hi, step float64
	percent      bool
}

// number returns what a chart can draw of a value.
func number(v model.Value) (float64, bool) {
	if !v.IsNumber() || (v.Kind == model.Ratio || v.Kind == model.Points) && v.Den == 0 {
		return 0, false
	}
	f := v.Float()
	return f, !math.IsNaN(f) && !math.IsInf(f, 0)
}

// newAxis makes a scale over lo..hi in about n steps. With zero it begins at 0.
func newAxis(lo, hi float64, n int, zero, percent bool) axis {
	if zero {
		lo, hi = min(lo, 0), max(hi, 0)
	}
	if hi-lo < 1e-9*max(1, math.Abs(hi)) {
		hi = lo + 1
		if percent {
			hi = lo + 0.1
		}
	}
	raw := (hi - lo) / float64(n)
	unit := math.Pow(10, math.Floor(math.Log10(raw)))
	step := 10 * unit
	for _, k := range []float64{1, 2, 2.5, 5} {
		if raw <= k*unit*(1+1e-9) {
			step = k * unit
			break
		}
	}
	if !percent {
		step = max(step, 1) // counts have no halves
	}
	a := axis{lo: math.Floor(lo/step+1e-9) * step, hi: math.Ceil(hi/step-1e-9) * step, step: step, percent: percent}
	if percent && hi <= 1 {
		a.hi = min(a.hi, 1)
	}
	return a
}

// at is the place of v in 0..1.
func (a axis) at(v float64) float64 {
	return min(1, max(0, (v-a.lo)/(a.hi-a.lo)))
}

// ticks are the marks, from lo to hi.
func (a axis) ticks() []float64 {
	var out []float64
	for i := 0; i <= 50; i++ {
		v := a.lo + float64(i)*a.step
		if v > a.hi+a.step*1e-6 {
			break
		}
		out = append(out, v)
	}
	return out
}

func (a axis) label(v float64) string {
	if !a.percent {
		if math.Abs(v) < 1e15 {
			return model.Thousands(int64(math.Round(v)))
		}
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	decimals := 0
	for s := a.step * 100; decimals < 3 && math.Abs(s-math.Round(s)) > 1e-6; s *= 10 {
		decimals++
	}
	return strings.Replace(strconv.FormatFloat(v*100+0, 'f', decimals, 64), ".", ",", 1) + " %"
}

// bounds are the least and the greatest number of a chart, its target included.
func bounds(c model.Chart) (lo, hi float64, any bool) {
	lo, hi = math.Inf(1), math.Inf(-1)
	see := func(v model.Value) {
		if f, ok := number(v); ok {
			lo, hi, any = min(lo, f), max(hi, f), true
		}
	}
	for _, s := range c.Series {
		for _, v := range s.Values {
			see(v)
		}
	}
	if c.Target != nil {
		see(*c.Target)
	}
	if !any {
		return 0, 0, false
	}
	return lo, hi, true
}
