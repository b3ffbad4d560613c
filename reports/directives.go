package reports

import (
	"fmt"
	"math/big"
	"slices"
	"sort"
	"strconv"
	"strings"
	"text/template"

	"cchc/reports/model"
)

// functions are what a template may call. Those that give words return tokens;
// those that place a block return a token that stands alone; has, positive,
// tiers and rolled are for if and range.
func (b *builder) functions() template.FuncMap {
	return template.FuncMap{
		"unit":         func() string { return b.words(b.d.Unit.Name) },
		"unitFull":     func() string { return b.words(fullName(b.d.Unit.Name)) },
		"parent":       func() string { return b.words(b.parentName()) },
		"organisation": func() string { return b.words(b.d.Organisation.Name) },
		"period":       func() string { return b.words(b.d.Period.Label) },
		"from":         func() string { return b.words(model.Date(b.d.Period.From).String()) },
		"to":           func() string { return b.words(model.Date(b.d.Period.To).String()) },
		"year":         func() string { return b.words(b.d.Period.To.Format("2006")) },
		"edition":      func() string { return b.words(fmt.Sprintf("v%d", max(1, b.d.Edition.Number))) },
		"ruleWords":    func() string { return b.words(b.ruleWords()) },
		"comparedTier": func() string { return b.words(strings.ToLower(tierLabel(b.d.Tier))) },
		"sampleSeed":   func() string { return b.words(b.d.SampleSeed) },

		"number": func() string { b.numbers++; return b.words(strconv.Itoa(b.numbers)) },
		"annex":  func(key string) string { return b.words("Phụ lục " + strconv.Itoa(b.annex(key))) },

		"tierLower": func(tier string) string { return b.words(strings.ToLower(tierLabel(b.tier(tier)))) },
		"tierName":  func(tier string) string { return b.words(tierLabel(b.tier(tier))) },
		"label":     func(name string) string { return b.words(b.label(name)) },
		"coverage": func(dataset string, tier ...string) string {
			if words := b.coverageWords(dataset, b.one(tier)); words != "" {
				return b.words(words)
			}
			return "" // for {{ with }}
		},
		"count":  func(name string, tier ...string) string { return b.countWords(name, b.one(tier)) },
		"rate":   func(name string, tier ...string) (string, error) { return b.rateWords(name, b.one(tier)) },
		"change": func(name string, tier ...string) string { return b.changeWords(name, b.one(tier)) },

		"has":       b.hasWhat,
		"positive":  b.positive,
		"tiers":     b.dataTiers,
		"ownTiers":  b.ownTiers,
		"tiersWith": b.tiersWith,

		"letterhead": func(kind string) string { return b.block(func() []model.Block { return one(b.letterhead(kind)) }) },
		"title":      b.title,
		"keyfigures": b.keyFigures,
		"table":      b.table,
		"chart":      b.chart,
		"weakpoints": func() string { return b.block(b.weakPoints) },
		"office":     b.office,
		"declared": func(prefixes ...string) string {
			return b.block(func() []model.Block { return b.declaredList(b.declaredWith(prefixes)) })
		},
		"rest":      func() string { b.restPlaced = true; return b.block(b.rest) },
		"signature": func() string { return b.block(func() []model.Block { return one(b.signature()) }) },
		"blank": func(prompt string) string {
			return b.block(func() []model.Block { return one(model.Blank{Prompt: b.plain(prompt)}) })
		},
		"section":   b.section,
		"pagebreak": func() string { return b.block(func() []model.Block { return one(model.PageBreak{}) }) },
	}
}

func one(x model.Block) []model.Block { return []model.Block{x} }

func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// one is the tier given, or the unit's own.
func (b *builder) one(tier []string) string {
	if len(tier) == 0 {
		return b.tier("")
	}
	return b.tier(tier[0])
}

// sectionWords are what {{ section }} takes; none means a portrait page again.
var sectionWords = []string{"landscape", "annex"}

func (b *builder) section(how ...string) string {
	s := &model.Section{Landscape: slices.Contains(how, "landscape"), Annex: slices.Contains(how, "annex")}
	return "\n\n" + b.mark(token{turn: s}) + "\n\n"
}

// annex numbers annexes in the order in which the text first mentions them.
func (b *builder) annex(key string) int {
	if b.annexes[key] == 0 {
		b.annexes[key] = len(b.annexes) + 1
	}
	return b.annexes[key]
}

func (b *builder) title(name string, lines ...string) string {
	t := model.Title{Name: b.plain(name)}
	for _, l := range lines {
		if l = strings.TrimSpace(b.plain(l)); l != "" {
			t.Subject = append(t.Subject, l)
		}
	}
	return b.block(func() []model.Block { return one(t) })
}

// checkArgument says what is wrong with a literal argument of a directive;
// empty when nothing is. args are all literal arguments of the call.
func (b *builder) checkArgument(function string, args []string, i int, s string) string {
	figure := func() string {
		if isMeasure(s) || b.indicators[s] != nil {
			return ""
		}
		return fmt.Sprintf("unknown figure %q%s", s, nearest(s, b.figureNames()))
	}
	closed := func(what string, known []string) string {
		if slices.Contains(known, s) {
			return ""
		}
		return fmt.Sprintf("unknown %s %q%s; known are %s", what, s, nearest(s, known), strings.Join(known, ", "))
	}
	tiers := []string{"own", "province", "department", "district", "commune", tierAll}
	switch function {
	case "count", "positive":
		if i == 0 {
			return b.closedMeasure(s)
		}
		return closed("tier", tiers)
	case "rate", "change":
		if i == 0 {
			return b.closedIndicator(s)
		}
		return closed("tier", tiers)
	case "label":
		return figure()
	case "tierName", "tierLower":
		return closed("tier", tiers)
	case "keyfigures":
		if i == 0 {
			return closed("tier", tiers)
		}
		return figure()
	case "has":
		return closed("condition", conditionNames())
	case "tiersWith", "coverage":
		if i == 0 {
			return closed("dataset", datasetNames())
		}
		return closed("tier", tiers)
	case "section":
		return closed("kind of section", sectionWords)
	case "letterhead":
		return closed("kind of document", keys(documentKinds))
	case "table":
		return b.checkTable(args, i, s, figure, closed)
	case "chart":
		if i == 0 {
			return closed("chart", keys(chartMakers))
		}
		return figure()
	case "office":
		if i == 0 && !isSection(s) {
			return closed("section of the report", sectionCodes())
		}
	}
	return ""
}

func (b *builder) closedMeasure(s string) string {
	if isMeasure(s) {
		return ""
	}
	var known []string
	for _, l := range measureLabels {
		known = append(known, l.name)
	}
	return fmt.Sprintf("unknown measure %q%s", s, nearest(s, known))
}

func (b *builder) closedIndicator(s string) string {
	if b.indicators[s] != nil {
		return ""
	}
	return fmt.Sprintf("unknown indicator %q%s", s, nearest(s, keys(b.indicators)))
}

func (b *builder) checkTable(args []string, i int, s string, figure func() string, closed func(string, []string) string) string {
	if i == 0 {
		return closed("table", keys(tableMakers))
	}
	m, ok := tableMakers[args[0]]
	switch {
	case !ok:
		return ""
	case m.tier:
		return closed("tier", []string{"own", "province", "department", "district", "commune", tierAll})
	case m.figures && i >= 2:
		if args[0] == "figures" && strings.HasPrefix(s, groupMark) {
			return ""
		}
		return figure()
	case m.figures:
		return ""
	}
	return fmt.Sprintf("table %q takes no argument, but %q is given", args[0], s)
}

func (b *builder) figureNames() []string {
	out := keys(b.indicators)
	for _, l := range measureLabels {
		out = append(out, l.name)
	}
	return out
}

func datasetNames() []string {
	var out []string
	for _, d := range datasetLabels {
		out = append(out, d.name)
	}
	return out
}

// conditions are what {{ if has "…" }} may ask.
var conditions = map[string]func(*builder) bool{
	"tasks":           func(b *builder) bool { return len(b.tiersWith("tasks")) > 0 },
	"dossiers":        func(b *builder) bool { return len(b.tiersWith("dossiers")) > 0 },
	"documents":       func(b *builder) bool { return len(b.tiersWith("documents")) > 0 },
	"procedures":      func(b *builder) bool { return len(b.tiersWith("procedures")) > 0 },
	"checklist":       func(b *builder) bool { return len(b.d.Checklist) > 0 },
	"overdue":         func(b *builder) bool { return len(b.d.Overdue) > 0 },
	"sample":          func(b *builder) bool { return len(b.d.Sample) > 0 },
	"below":           func(b *builder) bool { return len(b.below()) > 0 },
	"own":             (*builder).ownFirst,
	"peers":           func(b *builder) bool { return len(b.peers()) > 1 },
	"previous":        func(b *builder) bool { return len(b.comparedWith()) > 1 },
	"namedPeriod":     func(b *builder) bool { return b.d.Period.Kind != "" },
	"trend":           func(b *builder) bool { return len(b.d.Trend) > 1 },
	"summaries":       func(b *builder) bool { return b.summarised[b.d.Unit.Code] && !b.hasOwn("dossiers") },
	"declaredFigures": func(b *builder) bool { return len(b.comparable()) > 0 },
	"declaredBelow": func(b *builder) bool {
		_, ok := b.declaredBelowTable(nil)
		return ok
	},
	"postedAbolished": func(b *builder) bool { return len(b.d.Procedures.PostedThoughAbolished) > 0 },
	"level4Unused":    func(b *builder) bool { return len(b.d.Procedures.Level4Unused) > 0 },
	"findings":        func(b *builder) bool { return len(b.d.Findings) > 0 },
	"targets":         func(b *builder) bool { return len(b.d.Targets) > 0 },
	"deeper":          func(b *builder) bool { return b.deeper() },
	"severalTiers":    func(b *builder) bool { return len(b.dataTiers()) > 1 },
	"unitTable":       func(b *builder) bool { return len(b.unitsWithDossiers()) > 1 },
}

// ownFirst is false for a unit that sent nothing at its own tier while units
// below it did: its own figures would all be missing.
func (b *builder) ownFirst() bool {
	below := false
	for _, set := range datasetLabels {
		if b.hasOwn(set.name) {
			return true
		}
		below = below || len(b.tiersWith(set.name)) > 0
	}
	return !below
}

func conditionNames() []string { return keys(conditions) }

func (b *builder) hasWhat(what string) (bool, error) {
	c, ok := conditions[what]
	if !ok {
		return false, fmt.Errorf("unknown condition %q", what)
	}
	return c(b), nil
}

func (b *builder) hasOwn(dataset string) bool { return b.figures.has(b.here("own"), dataset) }

// positive reports whether a figure is there and greater than 0.
func (b *builder) positive(name string, tier ...string) bool {
	n, ok := b.raw(b.here(b.one(tier)), name)
	return ok && n > 0
}

// dataTiers are the tiers with dossiers, without "all".
func (b *builder) dataTiers() []string {
	return slices.DeleteFunc(b.tiersWith("dossiers"), func(t string) bool { return t == tierAll })
}

// ownTiers are the tiers that get an II.06a of their own: those with dossiers,
// and the unit's own when it sent its own table.
func (b *builder) ownTiers() []string {
	out := b.dataTiers()
	if own := b.tier("own"); !slices.Contains(out, own) && b.summarised[b.d.Unit.Code] {
		out = append([]string{own}, out...)
	}
	return out
}

// countWords prints a count in running text: under 10 with a zero before it.
func (b *builder) countWords(name, tier string) string {
	v := b.count(b.here(tier), name)
	if v.Kind == model.Integer && v.Num > 0 && v.Num < 10 {
		return b.words(fmt.Sprintf("%02d", v.Num))
	}
	return b.mark(token{spans: valueSpans(v)})
}

// rateWords prints a share with its formula's letter, numerator and denominator.
func (b *builder) rateWords(name, tier string) (string, error) {
	ind := b.indicators[name]
	if ind == nil {
		return "", fmt.Errorf("%q is not an indicator%s", name, nearest(name, keys(b.indicators)))
	}
	b.use(name)
	s := b.here(tier)
	r := b.of(s, ind)
	spans := valueSpans(b.share(s, ind))
	if v := b.share(s, ind); v.Kind == model.Missing && v.Why == whyZero {
		spans = []model.Span{{Text: "không xác định"}}
	}
	if r.ok {
		note := fraction(r)
		if letter := formulaLetters[name]; letter != "" {
			note = "công thức " + letter + ": " + note
		}
		spans = append(spans, model.Span{Text: " (" + note + ")"})
	}
	return b.mark(token{spans: spans}), nil
}

// valueSpans is a value in running text; a missing one says why.
func valueSpans(v model.Value) []model.Span {
	spans := []model.Span{{Value: &v}}
	if v.Kind == model.Missing && v.Why != whyZero {
		spans = append(spans, model.Span{Text: " (" + v.Why + ")"})
	}
	return spans
}

func fraction(r ratio) string { return model.Thousands(r.num) + "/" + model.Thousands(r.den) }

// changeWords compares a share with the period before, one of two given days with
// the same days of last year: ", tăng 1,25 điểm % so với kỳ trước"; nothing when
// there is nothing to compare.
func (b *builder) changeWords(name, tier string) string {
	ind := b.indicators[name]
	than, what := b.before(), "kỳ trước"
	if than == nil {
		than, what = b.d.LastYear, "cùng kỳ năm trước"
	}
	if ind == nil || than == nil {
		return ""
	}
	s := b.here(tier)
	before := s
	before.period = than.Name
	now, then := b.of(s, ind), b.of(before, ind)
	if !now.ranked() || !then.ranked() {
		return ""
	}
	was := " (" + model.Share(then.num, then.den).String() + ", " + fraction(then) + ")"
	p := new(big.Rat).Sub(now.rat(), then.rat())
	if p.Sign() == 0 {
		return b.words(", bằng " + what + was)
	}
	verb := "tăng "
	if p.Sign() < 0 {
		verb = "giảm "
	}
	points := strings.TrimLeft(model.PointsBetween(model.Share(now.num, now.den), model.Share(then.num, then.den)).String(), "+-")
	return b.words(", " + verb + points + " so với " + what + was)
}

func (b *builder) coverageWords(dataset, tier string) string {
	return b.figures.coverage(b.d.Unit.Code, tier, dataset)
}

func (b *builder) ruleWords() string {
	if b.d.Rule == "calendar" {
		return "kỳ tính theo tháng dương lịch"
	}
	if b.d.Period.Kind == "" {
		return "kỳ tính theo hai ngày đã nêu"
	}
	return "kỳ tính theo Nghị định số 09/2019/NĐ-CP"
}
