package reports

import (
	"fmt"
	"math/big"
	"strings"
	"text/template"

	"cchc/reports/model"
)

// Missed is what the sentence of an indicator may say when a target is missed.
// All fields are printed words, figures in Vietnamese notation.
type Missed struct {
	Unit        string // "UBND huyện Ngân Sơn"
	Tier        string // "cấp huyện"
	Label       string
	Value       string // "24,40 %"
	Numerator   string // "176"
	Denominator string // "721"
	NumLabel    string
	DenLabel    string
	Target      string // "≥ 30 %"
	Gap         string // distance from the target: "5,60 điểm %"
	Basis       string // where the target is from; may be empty
}

// plainSentence serves an indicator without a sentence of its own.
const plainSentence = `{{.Label}}: {{.Value}} ({{.Numerator}}/{{.Denominator}}), chưa đạt chỉ tiêu {{.Target}}.`

// weakPoints are sentences from missed targets, in the order of the indicators.
// Without a target there is no judgement.
func (b *builder) weakPoints() []model.Block {
	var list model.List
	judged := 0
	for i := range b.d.Indicators {
		ind := &b.d.Indicators[i]
		for _, tier := range b.judgedTiers(ind.Name) {
			r := b.of(b.here(tier), ind)
			tone, target := b.judge(ind.Name, tier, r)
			if target == nil || tone == model.Muted {
				continue
			}
			judged++
			if tone == model.Bad {
				b.use(ind.Name)
				words := b.sentence(ind, tier, r, target)
				if len(b.judgedTiers(ind.Name)) > 1 {
					words = tierLabel(tier) + ": " + lower(words)
				}
				list.Items = append(list.Items, []model.Span{{Text: words}})
			}
		}
	}
	declared, n := b.weakDeclared()
	list.Items, judged = append(list.Items, declared...), judged+n
	switch {
	case b.kind.Signed && len(list.Items) == 0:
		return nil // an office's own report says what is missed, not how it was judged
	case judged == 0:
		return one(note("Không có chỉ tiêu nào đang có hiệu lực cho số liệu của kỳ này nên không đánh giá."))
	case len(list.Items) == 0:
		return one(note(fmt.Sprintf("Đạt cả %d chỉ tiêu có số liệu để đánh giá.", judged)))
	}
	list.Small = !b.kind.Signed
	opening := note(fmt.Sprintf("Chưa đạt %d trong %d chỉ tiêu có số liệu để đánh giá:", len(list.Items), judged))
	opening.Plain, opening.Keep = list.Small, true
	return []model.Block{opening, list}
}

func note(s string) model.Paragraph {
	return model.Paragraph{Spans: []model.Span{{Text: s}}, Plain: true}
}

// judgedTiers are the tiers at which an indicator is judged: each tier with
// data; the sum over tiers only where a target names it.
func (b *builder) judgedTiers(name string) []string {
	var out []string
	for _, tier := range b.tiersWith(datasetOf(name).name) {
		if tier != tierAll {
			out = append(out, tier)
			continue
		}
		if t := b.figures.target(name, tierAll); t != nil && t.Tier == tierAll {
			out = append(out, tier)
		}
	}
	return out
}

func (b *builder) sentence(ind *Indicator, tier string, r ratio, target *Target) string {
	gap := new(big.Rat).Sub(r.rat(), big.NewRat(target.Value, 1_000_000))
	points := "0 điểm %"
	if gap.Sign() != 0 && gap.Num().IsInt64() && gap.Denom().IsInt64() {
		points = strings.TrimLeft(model.Percent(gap.Num().Int64(), gap.Denom().Int64(), 2), "-") + " điểm %"
	}
	m := Missed{
		Unit: b.d.Unit.Name, Tier: strings.ToLower(tierLabel(tier)), Label: b.label(ind.Name),
		Value: model.Share(r.num, r.den).String(), Numerator: model.Thousands(r.num), Denominator: model.Thousands(r.den),
		NumLabel: ind.NumLabel, DenLabel: ind.DenLabel, Target: target.words(), Gap: points, Basis: target.Basis,
	}
	text := ind.Sentence
	if text == "" {
		text = plainSentence
	}
	if b.kind.Signed && r.num > 0 && r.num < 10 && !strings.Contains(text, ".Numerator}}/") {
		m.Numerator = "0" + m.Numerator // as in all running text of an official document, but not in a fraction
	}
	s, err := say(text, m)
	if err != nil { // a sentence that cannot be said must not hide a missed target
		s, _ = say(plainSentence, m)
	}
	return s
}

func say(text string, m Missed) (string, error) {
	t, err := template.New("sentence").Option("missingkey=error").Parse(text)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	if err := t.Execute(&out, m); err != nil {
		return "", err
	}
	return strings.TrimSpace(out.String()), nil
}

// weakDeclared judges declared figures that a target names by their code.
func (b *builder) weakDeclared() (missed [][]model.Span, judged int) {
	for _, g := range b.d.Declared {
		if g.Unit != b.d.Unit.Code || b.indicators[g.Code] != nil {
			continue
		}
		target := b.figures.target(g.Code, b.d.Unit.Tier)
		v := b.declaredValue(g)
		if target == nil {
			continue
		}
		var value *big.Rat
		switch v.Kind {
		case model.Ratio:
			value = big.NewRat(v.Num, v.Den)
		case model.Integer, model.Decimal:
			value = big.NewRat(*g.Value, 1_000_000)
			v = model.Share(*g.Value, 1_000_000)
		default:
			continue
		}
		judged++
		if target.met(value) {
			continue
		}
		text := declaredOf(g.Code).text + ": " + v.String()
		if g.Numerator != nil && v.Kind == model.Ratio {
			text += " (" + fraction(ratio{num: v.Num, den: v.Den}) + ", số tự khai)"
		} else {
			text += " (số tự khai)"
		}
		missed = append(missed, []model.Span{{Text: text + ", chưa đạt chỉ tiêu " + target.words() + "."}})
	}
	return missed, judged
}
