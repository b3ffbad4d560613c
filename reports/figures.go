package reports

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"cchc/reports/model"
)

// tierAll is the sum over all tiers at or under a unit.
const tierAll = "all"

const (
	whyNothing  = "chưa gửi dữ liệu"
	whySelf     = "số tự báo cáo"
	whyZero     = "mẫu số bằng 0"
	whyNoPeriod = "không xác định kỳ so sánh"
)

// figures looks counts up; it is the one place where a ratio is formed.
type figures struct {
	d          *Data
	units      map[string]Unit
	indicators map[string]*Indicator
	summarised map[string]bool
}

func newFigures(d *Data) *figures {
	f := &figures{d: d, units: map[string]Unit{}, indicators: map[string]*Indicator{}, summarised: map[string]bool{}}
	for _, u := range d.Units {
		f.units[u.Code] = u
	}
	d.Indicators = slices.Clone(d.Indicators)
	for i := range d.Indicators {
		ind := &d.Indicators[i]
		set := datasetOf(ind.Name).name
		ind.Numerator, ind.Denominator = qualified(set, ind.Numerator), qualified(set, ind.Denominator)
		f.indicators[ind.Name] = ind
	}
	for _, s := range d.Summaries {
		f.summarised[s.Unit] = true
	}
	return f
}

// qualified puts the dataset before measures written without it.
func qualified(dataset string, measures []string) []string {
	out := slices.Clone(measures)
	for i, m := range out {
		if !strings.Contains(m, ".") {
			out[i] = dataset + "." + m
		}
	}
	return out
}

// spot is where a figure is taken: a period, a unit, a tier.
type spot struct{ period, unit, tier string }

func (f *figures) here(tier string) spot {
	return spot{f.d.Period.Name, f.d.Unit.Code, f.tier(tier)}
}

// tier resolves "own" (and an empty tier) to the unit's own.
func (f *figures) tier(tier string) string {
	if tier == "" || tier == "own" {
		return f.d.Unit.Tier
	}
	return tier
}

func (f *figures) raw(s spot, measure string) (int64, bool) {
	n, ok := f.d.Counts[Key{s.period, s.unit, s.tier, measure}]
	return n, ok
}

// count is a measure as a value; an absent one is missing with its reason.
func (f *figures) count(s spot, measure string) model.Value {
	n, ok := f.raw(s, measure)
	if !ok {
		return model.None(f.why(s, measure))
	}
	return model.Int(n)
}

func (f *figures) why(s spot, name string) string {
	if s.period == "" {
		return whyNoPeriod
	}
	if strings.HasPrefix(name, "dossiers.") && s.period == f.d.Period.Name && f.summarised[s.unit] {
		return whySelf
	}
	return whyNothing
}

// ratio is a numerator and denominator; without ok there are no data.
type ratio struct {
	num, den int64
	ok       bool
}

// ranked reports whether the ratio has a value: data and a denominator.
func (r ratio) ranked() bool { return r.ok && r.den != 0 }

func (r ratio) rat() *big.Rat { return big.NewRat(r.num, r.den) }

// of sums an indicator's measures at a spot.
func (f *figures) of(s spot, ind *Indicator) ratio {
	num, ok := f.sum(s, ind.Numerator)
	if !ok {
		return ratio{}
	}
	den, ok := f.sum(s, ind.Denominator)
	return ratio{num, den, ok}
}

func (f *figures) sum(s spot, measures []string) (int64, bool) {
	var total int64
	for _, m := range measures {
		n, ok := f.raw(s, m)
		if !ok {
			return 0, false
		}
		total += n
	}
	return total, true
}

// printed is the value of a ratio as printed: 0/0 follows the indicator's policy.
func printed(ind *Indicator, r ratio, why string) model.Value {
	switch {
	case !r.ok:
		return model.None(why)
	case r.den != 0:
		return model.Share(r.num, r.den)
	case ind.Zero == "zero":
		return model.Share(0, 1)
	case ind.Zero == "full":
		return model.Share(1, 1)
	}
	return model.None(whyZero)
}

func (f *figures) share(s spot, ind *Indicator) model.Value {
	return printed(ind, f.of(s, ind), f.why(s, ind.Name))
}

// value is the figure of that name: a count or a share.
func (f *figures) value(s spot, name string) model.Value {
	if ind := f.indicators[name]; ind != nil {
		return f.share(s, ind)
	}
	return f.count(s, name)
}

func (f *figures) label(name string) string {
	if ind := f.indicators[name]; ind != nil {
		return withLetter(name, ind.Label)
	}
	return MeasureLabel(name)
}

func (f *figures) short(name string) string {
	ind := f.indicators[name]
	if ind == nil {
		return MeasureLabel(name)
	}
	if ind.Short != "" {
		return withLetter(name, ind.Short)
	}
	return withLetter(name, ind.Label)
}

// withLetter puts a formula's letter after its label, unless the label has it.
func withLetter(name, text string) string {
	letter := formulaLetters[name]
	if letter == "" || strings.HasSuffix(text, "("+letter+")") || strings.Contains(text, "công thức "+letter) {
		return text
	}
	return text + " (" + letter + ")"
}

// has reports whether a unit has figures of a dataset.
func (f *figures) has(s spot, dataset string) bool {
	_, ok := f.raw(s, datasetOf(dataset).probe)
	return ok
}

// tiersWith lists the tiers at or under the report's unit that have figures of a
// dataset, "all" last when there is more than one.
func (f *figures) tiersWith(dataset string) []string {
	var out []string
	for _, t := range tierLabels {
		if t.name != tierAll && f.has(f.here(t.name), dataset) {
			out = append(out, t.name)
		}
	}
	if len(out) > 1 {
		out = append(out, tierAll)
	}
	return out
}

// below lists the units under the report's unit, in register order.
func (f *figures) below() []Unit {
	var out []Unit
	for _, u := range f.d.Units {
		if u.Code != f.d.Unit.Code && f.under(u, f.d.Unit.Code) {
			out = append(out, u)
		}
	}
	return out
}

// under reports whether u is at or under the unit of that code. A register is a
// tree; the count guards against a broken one.
func (f *figures) under(u Unit, code string) bool {
	for range len(f.d.Units) + 1 {
		if u.Code == code {
			return true
		}
		parent, ok := f.units[u.Parent]
		if !ok {
			return false
		}
		u = parent
	}
	return false
}

func (f *figures) unitName(code string) string {
	if u, ok := f.units[code]; ok {
		return u.Name
	}
	if code == f.d.Unit.Code {
		return f.d.Unit.Name
	}
	return code
}

// target finds the target of an indicator for a tier: one of that tier before
// one for all tiers.
func (f *figures) target(name, tier string) *Target {
	var found *Target
	for i := range f.d.Targets {
		t := &f.d.Targets[i]
		if !strings.EqualFold(t.Indicator, name) {
			continue
		}
		if t.Tier == tier {
			return t
		}
		if t.Tier == "" && found == nil {
			found = t
		}
	}
	return found
}

// met compares a fraction with a target, exactly.
func (t *Target) met(value *big.Rat) bool {
	c := value.Cmp(big.NewRat(t.Value, 1_000_000))
	switch t.Operator {
	case ">=":
		return c >= 0
	case ">":
		return c > 0
	case "=":
		return c == 0
	case "<=":
		return c <= 0
	case "<":
		return c < 0
	}
	return false
}

// words is the target as printed: "≥ 30 %".
func (t *Target) words() string {
	sign := map[string]string{">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": ""}[t.Operator]
	return sign + t.percent() + " %"
}

// percent prints the target without needless decimals: 30, 12,5.
func (t *Target) percent() string {
	s := model.Percent(t.Value, 1_000_000, 4)
	return strings.TrimRight(strings.TrimRight(s, "0"), ",")
}

// judge gives the tone of a ratio at a tier: no target, no judgement.
func (f *figures) judge(name, tier string, r ratio) (model.Tone, *Target) {
	t := f.target(name, tier)
	switch {
	case !r.ranked():
		return model.Muted, t
	case t == nil:
		return model.Neutral, nil
	case t.met(r.rat()):
		return model.Good, t
	}
	return model.Bad, t
}

// ranks gives competition ranks 1,2,2,4, best first; 0 for those without a
// value. n is how many are ranked. Ties are equal fractions, not equal prints.
func ranks(values []ratio, higher bool) (rank []int, n int) {
	rank = make([]int, len(values))
	for i, v := range values {
		if !v.ranked() {
			continue
		}
		n++
		rank[i] = 1
		for _, w := range values {
			if !w.ranked() {
				continue
			}
			c := w.rat().Cmp(v.rat())
			if higher && c > 0 || !higher && c < 0 {
				rank[i]++
			}
		}
	}
	return rank, n
}

// earlier are the periods to compare with of which the unit has any figure.
func (f *figures) earlier() []string {
	var out []string
	for _, p := range []*Period{f.d.Previous, f.d.LastYear} {
		if p == nil || slices.Contains(out, p.Name) {
			continue
		}
		for _, set := range datasetLabels {
			if f.has(spot{p.Name, f.d.Unit.Code, tierAll}, set.name) || f.has(spot{p.Name, f.d.Unit.Code, f.d.Unit.Tier}, set.name) {
				out = append(out, p.Name)
				break
			}
		}
	}
	return out
}

// shows reports whether a dataset has a line of its own at a tier: the sum over
// tiers has none when only one tier has data.
func (f *figures) shows(dataset, tier string) bool {
	return slices.Contains(f.tiersWith(dataset), tier)
}

// coverage words on how many units a figure rests; empty when it rests on one.
func (f *figures) coverage(unit, tier, dataset string) string {
	for _, c := range f.d.Coverage {
		if c.Unit != unit || c.Tier != tier || c.Dataset != dataset || c.Expected < 2 {
			continue
		}
		s := strconv.Itoa(c.WithData) + "/" + strconv.Itoa(c.Expected) + " đơn vị có số liệu"
		if !c.Latest.IsZero() {
			s += ", đến ngày " + model.Date(c.Latest).String()
		}
		return s
	}
	return ""
}
