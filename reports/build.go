package reports

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"cchc/reports/model"
	"cchc/templates"
)

// builder puts one report together.
type builder struct {
	*figures
	kind   Kind
	tokens []token

	used          map[string]bool // indicators printed so far
	sheets        map[string]bool // sheet names taken
	ids           map[string]bool // block ids taken
	placed        map[string]bool // sections whose narrative has a place
	placedFigures map[string]bool // declared codes that have a place
	restPlaced    bool
	numbers       int            // headings numbered so far
	annexes       map[string]int // number of each annex, by first mention
}

// Build makes the report of that kind from d. Templates come from tpl, whose
// files shadow the built-in ones; nil takes the built-in ones. Errors name the
// template file and line, all problems at once.
func Build(kind string, d Data, tpl fs.FS) (model.Report, error) {
	k, ok := KindByName(kind)
	if !ok {
		return model.Report{}, fmt.Errorf("unknown report %q%s", kind, nearest(kind, kindNames()))
	}
	if k.Compares && d.Tier == "" {
		return model.Report{}, fmt.Errorf("report %s compares the units of one tier; name the tier", k.Name)
	}
	b := &builder{
		figures: newFigures(&d), kind: k,
		used: map[string]bool{}, sheets: map[string]bool{}, ids: map[string]bool{},
		placed: map[string]bool{}, placedFigures: map[string]bool{}, annexes: map[string]int{},
	}
	source, filled, err := b.fill(k.Template, shadow{tpl})
	if err != nil {
		return model.Report{}, err
	}
	sections, err := b.parse(k.Template, source, filled)
	if err != nil {
		return model.Report{}, err
	}
	if err := b.nothingLost(); err != nil {
		return model.Report{}, err
	}
	if changes := b.changes(); len(changes) > 0 {
		sections = append(sections, model.Section{Annex: true, Blocks: changes})
	}
	return model.Report{
		Kind:     k.Name,
		Title:    k.Label,
		Subject:  d.Unit.Name + ", " + d.Period.Label,
		Author:   d.Organisation.Name,
		Language: "vi-VN",
		Created:  d.Now,
		Footer:   b.footer(),
		Sections: sections,
		Evidence: b.evidence(),
		Headline: b.headline(),
	}, nil
}

func kindNames() []string {
	var out []string
	for _, k := range kinds {
		out = append(out, k.Name)
	}
	return out
}

// shadow reads a province's own template, else the built-in one.
type shadow struct{ own fs.FS }

func (s shadow) Open(name string) (fs.File, error) {
	if s.own != nil {
		f, err := s.own.Open(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return templates.FS.Open(name)
}

// nothingLost fails when the office said something that its report would drop.
func (b *builder) nothingLost() error {
	if !b.kind.Signed || b.restPlaced {
		return nil
	}
	var lost []string
	for _, n := range b.d.Narratives {
		if !b.placed[sectionCode(n.Section)] {
			lost = append(lost, n.Section)
		}
	}
	for _, g := range b.unplacedFigures() {
		lost = append(lost, g.Code)
	}
	if len(lost) == 0 {
		return nil
	}
	return fmt.Errorf("%s: no place for %s; add {{ rest }} before the signature", b.kind.Template, strings.Join(lost, ", "))
}

func (b *builder) footer() string {
	return fmt.Sprintf("%s · số liệu chốt đến hết ngày %s · phiên bản v%d",
		b.d.Unit.Name, model.Date(b.d.Period.To), max(1, b.d.Edition.Number))
}

// use notes that an indicator is printed, so that its definition is printed too.
func (b *builder) use(name string) {
	if b.indicators[name] != nil {
		b.used[name] = true
	}
}

// headline names the figures of the report's unit for the workbook: "name" for
// all tiers together, "name.tier" for each tier when there are several. An
// indicator that is called like a measure is "name.rate".
func (b *builder) headline() []model.Named {
	var out []model.Named
	add := func(name, text, suffix string, value func(spot, string) model.Value) {
		tiers := b.tiersWith(datasetOf(name).name)
		for _, tier := range tiers {
			v := value(b.here(tier), name)
			if !v.IsNumber() {
				continue
			}
			full := name + suffix
			if tier != tierAll && len(tiers) > 1 {
				full += "." + tier
			}
			out = append(out, model.Named{Name: full, Label: text + " – " + strings.ToLower(tierLabel(tier)), Value: v})
		}
	}
	for _, m := range measureLabels {
		add(m.name, m.text, "", b.count)
	}
	for _, ind := range b.d.Indicators {
		suffix := ""
		if isMeasure(ind.Name) {
			suffix = ".rate"
		}
		add(ind.Name, b.label(ind.Name), suffix, b.value)
	}
	return out
}
