package sample

import (
	"embed"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"sort"
	"strconv"
	"strings"
)

//go:embed catalogue/*.txt
var catalogueFiles embed.FS

// procedure is one entry of a catalogue. Days are counted in halves, so that
// half a day of the regulation stays exact.
type procedure struct {
	code, name, field    string
	weight               int // how often it is asked for
	statutory, committed int // half days
	level                int
	active               bool // dossiers of it come online
}

// days is how many working days a dossier of it is given: 0 is the same day.
func (p *procedure) days() int { return p.committed / 2 }

// readCatalogue reads one of the embedded lists, in the order of the file.
func readCatalogue(name string) ([]*procedure, error) {
	raw, err := catalogueFiles.ReadFile("catalogue/" + name)
	if err != nil {
		return nil, err
	}
	var list []*procedure
	field := ""
	taken := map[string]bool{}
	for n, line := range strings.Split(string(raw), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			field = strings.Trim(line, "[]")
			continue
		}
		entries, err := readEntries(line)
		if err != nil {
			return nil, fmt.Errorf("catalogue/%s:%d: %w", name, n+1, err)
		}
		for _, p := range entries {
			p.field = field
			if p.code == "" {
				p.code = inventCode(field+p.name, taken)
			}
			taken[p.code] = true
			list = append(list, p)
		}
	}
	return list, nil
}

func readEntries(line string) ([]*procedure, error) {
	words := strings.SplitN(line, " ", 3)
	if len(words) < 3 {
		return nil, fmt.Errorf("want weight, days and a name: %q", line)
	}
	weight, err := strconv.Atoi(words[0])
	if err != nil {
		return nil, err
	}
	half := 1
	if words[1] != "0,5" {
		n, err := strconv.Atoi(words[1])
		if err != nil {
			return nil, err
		}
		half = 2 * n
	}
	code, name := "", words[2]
	if c, rest, ok := strings.Cut(name, " "); ok && strings.Contains(c, ".00") {
		code, name = c, rest
	}
	var out []*procedure
	for _, n := range writeOut(name) {
		out = append(out, &procedure{code: code, name: n, weight: weight, statutory: half, committed: half, level: 2})
	}
	return out, nil
}

// writeOut replaces the {a|b} parts of a name by each of their choices.
func writeOut(s string) []string {
	open := strings.IndexByte(s, '{')
	if open < 0 {
		return []string{s}
	}
	shut := strings.IndexByte(s, '}')
	var out []string
	for _, rest := range writeOut(s[shut+1:]) {
		for _, choice := range strings.Split(s[open+1:shut], "|") {
			out = append(out, s[:open]+choice+rest)
		}
	}
	return out
}

// inventCode gives a free code in the shape of the national catalogue.
func inventCode(text string, taken map[string]bool) string {
	h := hash(text)
	for {
		code := fmt.Sprintf("%d.%06d", 1+h%2, 1000+h/2%11000)
		if !taken[code] {
			return code
		}
		h += 7
	}
}

func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// byHash returns the list in an order that has nothing to do with its fields.
func byHash(list []*procedure, salt string) []*procedure {
	out := append([]*procedure(nil), list...)
	sort.SliceStable(out, func(i, j int) bool { return hash(salt+out[i].code) < hash(salt+out[j].code) })
	return out
}

// setLevels offers n4 procedures at level 4 and n3 at level 3; the rest stays
// at 2. Of each level the most asked for, up to active, have online dossiers.
func setLevels(list []*procedure, n3, n4, active3, active4 int) {
	order := byHash(list, "level")
	for i, p := range order {
		switch {
		case i < n4:
			p.level = 4
		case i < n4+n3:
			p.level = 3
		}
	}
	sort.SliceStable(order, func(i, j int) bool { return order[i].weight > order[j].weight })
	left := map[int]int{3: active3, 4: active4}
	for _, p := range order {
		if p.active = left[p.level] > 0; p.active {
			left[p.level]--
		}
	}
}

// cutTimes shortens n procedures by at least a fifth; the others by nothing or
// less than a fifth.
func cutTimes(list []*procedure, n int) {
	for _, p := range byHash(list, "cut") {
		switch {
		case n > 0 && p.statutory >= 10:
			p.committed = p.statutory * 3 / 4 / 2 * 2
			n--
		case p.statutory >= 20:
			p.committed = p.statutory - 2
		}
	}
}

// isCut reports whether a fifth or more of the time was cut.
func (p *procedure) isCut() bool { return p.committed*10 <= p.statutory*8 }

// pool picks procedures by weight. long is weighted with the days given: those
// that are met when one looks at what is open on a day.
type pool struct {
	list       []*procedure
	once, long []int // cumulative weights
}

func newPool(list []*procedure, keep func(*procedure) bool) *pool {
	p := &pool{}
	once, long := 0, 0
	for _, x := range list {
		if !keep(x) {
			continue
		}
		once += x.weight
		long += x.weight * (x.days() + 1)
		p.list = append(p.list, x)
		p.once = append(p.once, once)
		p.long = append(p.long, long)
	}
	return p
}

func (p *pool) pick(r *rand.Rand, long bool) *procedure {
	sums := p.once
	if long {
		sums = p.long
	}
	n := r.IntN(sums[len(sums)-1])
	return p.list[sort.SearchInts(sums, n+1)]
}
