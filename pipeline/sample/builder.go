package sample

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"time"
)

// builder collects what becomes a Workspace.
type builder struct {
	name     string
	opt      Options
	config   config
	units    []unit
	targets  []target
	period   span   // the period of the article
	perName  string // its name
	now      time.Time
	today    int32 // day of now; every dated thing lies before it
	inbox    []File
	tally    tally
	declared []Declared
	used     map[string]map[string]bool // unit → procedure codes received online in the period
}

// unit is one row of the register. Organ is the identification code that
// dossier codes begin with.
type unit struct{ Code, Name, Tier, Parent, Organ string }

// span is a run of days, both inside it, as days since 1970-01-01.
type span struct{ from, to int32 }

func newBuilder(name string, o Options) *builder {
	return &builder{name: name, opt: o, tally: newTally(), used: map[string]map[string]bool{}}
}

// setPeriod names the period of the article, its days and the run's clock.
func (b *builder) setPeriod(name, from, to, now string) {
	b.perName = name
	b.period = span{day(from), day(to)}
	b.now, _ = time.Parse(time.RFC3339, now)
	b.config.now = now
	b.today = int32(b.now.Add(7*time.Hour).UTC().Unix() / 86400)
}

// stream is the random stream of one list of rows.
func (b *builder) stream(label string) *rand.Rand {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s/%s", b.name, label)
	return rand.New(rand.NewPCG(b.opt.Seed, h.Sum64()))
}

// draw is the article's own number with seed 0, else one between 60 % and 140 %
// of it, at least 1. Zero stays zero.
func (b *builder) draw(label string, n int) int {
	if b.opt.Seed == 0 || n == 0 {
		return n
	}
	r := b.stream("draw/" + label)
	return max(1, n*(600+r.IntN(801))/1000)
}

// rows is draw times the scale: the number of dossiers or documents.
func (b *builder) rows(label string, n int) int { return b.draw(label, n) * b.opt.Scale }

// permille is a share drawn around p, kept under 1000 when p is.
func (b *builder) permille(label string, p int) int {
	if p >= 1000 {
		return p
	}
	return min(b.draw(label, p), 990)
}

func (b *builder) add(path string, data []byte) {
	b.inbox = append(b.inbox, File{Path: "inbox/" + path, Data: data})
}

func (b *builder) unit(code string) unit {
	for _, u := range b.units {
		if u.Code == code {
			return u
		}
	}
	return unit{}
}

// under lists the units of a tier below (or at) a unit, in register order.
func (b *builder) under(code, tier string) []unit {
	var out []unit
	for _, u := range b.units {
		if u.Tier != tier {
			continue
		}
		for p := u; p.Code != ""; p = b.parent(p) {
			if p.Code == code {
				out = append(out, u)
				break
			}
		}
	}
	return out
}

func (b *builder) parent(u unit) unit {
	for _, p := range b.units {
		if p.Code == u.Parent {
			return p
		}
	}
	return unit{}
}

func (b *builder) finish() *Workspace {
	w := &Workspace{Name: b.name, Now: b.config.now, Jobs: b.config.jobs, Declared: b.declared}
	w.Files = append(w.Files,
		File{"cchc.yaml", b.config.yaml()},
		File{"units.csv", unitsCSV(b.units)},
		File{"targets.csv", targetsCSV(b.targets)})
	w.Files = append(w.Files, b.inbox...)
	w.Expect = b.tally.expectations(b)
	return w
}

// split shares n out over weights, by largest remainder, in a fixed order.
func split(n int, weights []int) []int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	out := make([]int, len(weights))
	if sum == 0 {
		return out
	}
	rest := make([]int, len(weights))
	left := n
	for i, w := range weights {
		out[i] = n * w / sum
		rest[i] = n * w % sum
		left -= out[i]
	}
	for ; left > 0; left-- {
		best := 0
		for i := range rest {
			if rest[i] > rest[best] {
				best = i
			}
		}
		out[best]++
		rest[best] = -1
	}
	return out
}
