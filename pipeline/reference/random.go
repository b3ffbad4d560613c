package reference

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// Random makes a small workspace, the same one for the same seed. Its dates
// crowd around the first and cut-off days of Periods(seed, w).
func Random(seed uint64) Workspace {
	g := &generator{r: rand.New(rand.NewPCG(seed, 1))}
	g.w.Rule = pick(g, "nd09", "nd09", "calendar")
	g.w.Deadline = pick(g, "date", "date", "instant")
	g.calendar(randomPeriods(seed, g.w.Rule))
	g.no = pick(g, "", "no")
	g.units()
	g.exports()
	return g.w
}

// Periods gives one to four different periods to measure the workspace of that
// seed in.
func Periods(seed uint64, w Workspace) []string {
	var out []string
	for _, p := range randomPeriods(seed, w.Rule) {
		out = append(out, p.name)
	}
	return out
}

func randomPeriods(seed uint64, rule string) []span {
	g := &generator{r: rand.New(rand.NewPCG(seed, 2))}
	year := pick(g, 2021, 2021, 2024, 2025)
	quarter := 1 + g.r.IntN(4)
	names := []string{
		fmt.Sprintf("%d-Q%d", year, quarter),
		fmt.Sprintf("%d-M%02d", year, quarter*3-g.r.IntN(3)),
		fmt.Sprintf("%d-Q%d", year, 1+quarter%4), // often the neighbour
		fmt.Sprintf("%d-H%d", year, 1+g.r.IntN(2)),
		fmt.Sprintf("%d-9M", year),
		fmt.Sprintf("%d-Y", year),
		fmt.Sprintf("%d-Q4", year-1),
		g.twoDays(year),
	}
	g.r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	var out []span
	for _, name := range names[:1+g.r.IntN(4)] {
		p, err := parsePeriod(name, rule)
		if err == nil && !slices.ContainsFunc(out, func(o span) bool { return o.name == name }) {
			out = append(out, p)
		}
	}
	return out
}

// twoDays names an explicit period, sometimes a single day, sometimes over the
// turn of a year.
func (g *generator) twoDays(year int) string {
	from := civil(year, 1, 1).AddDate(0, 0, g.r.IntN(365)-30)
	to := from.AddDate(0, 0, pick(g, 0, 1, 30, 100, 274))
	return from.Format(time.DateOnly) + ".." + to.Format(time.DateOnly)
}

type generator struct {
	r           *rand.Rand
	w           Workspace
	edges       []time.Time // days around the ends of the periods
	first, last time.Time   // range of the other days
	at          time.Time   // day of the import under way
	no          string      // how this workspace writes "no": that word or empty, never both
	periods     []string
}

func pick[T any](g *generator, from ...T) T { return from[g.r.IntN(len(from))] }

// chance is true in percent of cases.
func (g *generator) chance(percent int) bool { return g.r.IntN(100) < percent }

func (g *generator) calendar(periods []span) {
	for _, p := range periods {
		g.periods = append(g.periods, p.name)
		for _, offset := range []int{-1, 0, 0, 1} {
			g.edges = append(g.edges, p.from.AddDate(0, 0, offset), p.to.AddDate(0, 0, offset))
		}
		g.edges = append(g.edges, p.stop(), civil(p.to.Year(), 1, 1), civil(p.to.Year()-1, 12, 31))
		if g.first.IsZero() || p.from.Before(g.first) {
			g.first = p.from
		}
		if p.to.After(g.last) {
			g.last = p.to
		}
	}
	g.first, g.last = g.first.AddDate(0, 0, -60), g.last.AddDate(0, 0, 30)
}

// anyDay is a day near the periods, mostly one of their edges.
func (g *generator) anyDay() time.Time {
	if g.chance(60) {
		return pick(g, g.edges...)
	}
	return g.first.AddDate(0, 0, g.r.IntN(int(g.last.Sub(g.first).Hours()/24)+1))
}

// past is a day not after the import, save for a few that are.
func (g *generator) past() time.Time {
	d := g.anyDay()
	for range 20 {
		if !d.After(g.at) || g.chance(2) {
			return d
		}
		d = g.anyDay()
	}
	return g.at.AddDate(0, 0, -g.r.IntN(60))
}

func (g *generator) units() {
	codes := 3 + g.r.IntN(10)
	levels := make([]int, codes)
	for i := 1; i < codes; i++ {
		levels[i] = pick(g, 1, 2, 2)
		if i == 1 {
			levels[i] = 1
		}
		g.unit(i, levels)
	}
	root := Unit{Code: "H01", Name: "UBND tỉnh số 01", Tier: "province"}
	g.w.Units = append([]Unit{root}, g.w.Units...)
}

func unitCode(i int) string {
	if i == 0 {
		return "H01"
	}
	return fmt.Sprintf("H01.%c%d", 'A'+rune(i%3), i)
}

// unit adds the register rows of one unit: always there, from a day, until a
// day, or moved on a day under another parent or into another tier.
func (g *generator) unit(i int, levels []int) {
	u := Unit{Code: unitCode(i), Name: fmt.Sprintf("Đơn vị số %02d", i+1), Tier: g.tier(levels[i]), Parent: g.parent(i, levels)}
	day := g.anyDay()
	switch n := g.r.IntN(100); {
	case n < 50:
		g.w.Units = append(g.w.Units, u)
	case n < 65:
		u.ValidFrom = day
		g.w.Units = append(g.w.Units, u)
	case n < 80:
		u.ValidTo = day
		g.w.Units = append(g.w.Units, u)
	default:
		later := u
		u.ValidTo = day
		later.ValidFrom = day.AddDate(0, 0, pick(g, 0, 0, 1, 40))
		later.Parent = g.parent(i, levels)
		if g.chance(30) {
			later.Tier = g.tier(levels[i])
		}
		if g.chance(30) {
			later.ValidTo = later.ValidFrom.AddDate(0, 0, 1+g.r.IntN(200))
		}
		if g.chance(30) {
			u.ValidFrom = day.AddDate(0, 0, -1-g.r.IntN(200))
		}
		rows := []Unit{u, later}
		if g.chance(30) {
			slices.Reverse(rows)
		}
		g.w.Units = append(g.w.Units, rows...)
	}
}

func (g *generator) tier(level int) string {
	if level == 1 {
		return pick(g, "district", "district", "department")
	}
	return pick(g, "commune", "commune", "commune", "department")
}

// parent is an earlier unit of a lower level, so that no tree has a circle.
func (g *generator) parent(i int, levels []int) string {
	for range 10 {
		if j := g.r.IntN(i); levels[j] < levels[i] {
			return unitCode(j)
		}
	}
	return unitCode(0)
}
