package reports

import (
	"fmt"
	"strings"

	"cchc/reports/model"
)

// documentKinds are the kinds of document with a letterhead, and the
// abbreviation in their number (Nghị định 30/2020/NĐ-CP, phụ lục III).
var documentKinds = map[string]string{"report": "BC"}

// committeeShort and committeeFull are the two ways to write a people's committee.
const (
	committeeShort = "UBND "
	committeeFull  = "Ủy ban nhân dân "
)

// fullName writes "UBND" out.
func fullName(name string) string {
	if rest, ok := strings.CutPrefix(name, committeeShort); ok {
		return committeeFull + rest
	}
	return name
}

func isCommittee(name string) bool {
	return strings.HasPrefix(strings.ToLower(fullName(name)), strings.ToLower(committeeFull))
}

func (b *builder) parentName() string {
	if p, ok := b.units[b.d.Unit.Parent]; ok {
		return p.Name
	}
	return ""
}

// letterhead is the head of an official document: number and day stay blank for
// the clerk.
func (b *builder) letterhead(kind string) model.Letterhead {
	return model.Letterhead{
		Superior: strings.ToUpper(b.parentName()),
		Issuer:   strings.ToUpper(fullName(b.d.Unit.Name)),
		Number:   "Số:        /" + documentKinds[kind] + "-" + acronym(b.d.Unit.Name),
		Place:    fmt.Sprintf("%s, ngày      tháng      năm %d", b.place(), b.year()),
	}
}

func (b *builder) year() int {
	if b.d.Now.IsZero() {
		return b.d.Period.To.Year()
	}
	return b.d.Now.Year()
}

// acronym is the body's part of a document number: UBND, SNV, BQLKKT.
func acronym(name string) string {
	if isCommittee(name) {
		return "UBND"
	}
	var out strings.Builder
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == ',' || r == '-' }) {
		if w == "và" || w == "tỉnh" {
			continue
		}
		out.WriteString(strings.ToUpper(string([]rune(w)[:1])))
	}
	return out.String()
}

// areaWords are the kinds of area in the name of a people's committee, longer
// ones first.
var areaWords = []string{"thành phố ", "thị trấn ", "thị xã ", "đặc khu ", "phường ", "huyện ", "quận ", "tỉnh ", "xã "}

// place is where the unit issues its documents: the area of a people's
// committee, else the organisation's place.
func (b *builder) place() string {
	full := fullName(b.d.Unit.Name)
	if isCommittee(full) {
		area := full[len(committeeFull):]
		for _, w := range areaWords {
			if rest, ok := strings.CutPrefix(area, w); ok && !startsWithDigit(rest) {
				return rest
			}
		}
		return area
	}
	if b.d.Organisation.Place != "" {
		return b.d.Organisation.Place
	}
	return b.d.Organisation.Name
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// signers are the positions that sign, by how the unit's name begins.
var signers = []struct{ prefix, authority, position string }{
	{"ủy ban nhân dân", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"},
	{"sở ", "", "GIÁM ĐỐC"},
	{"trung tâm", "", "GIÁM ĐỐC"},
	{"ban ", "", "TRƯỞNG BAN"},
	{"văn phòng", "", "CHÁNH VĂN PHÒNG"},
	{"thanh tra", "", "CHÁNH THANH TRA"},
	{"chi cục", "", "CHI CỤC TRƯỞNG"},
	{"phòng ", "", "TRƯỞNG PHÒNG"},
}

func (b *builder) signature() model.Signature {
	s := model.Signature{Position: "THỦ TRƯỞNG ĐƠN VỊ"}
	name := strings.ToLower(fullName(b.d.Unit.Name))
	for _, k := range signers {
		if strings.HasPrefix(name, k.prefix) {
			s.Authority, s.Position = k.authority, k.position
			break
		}
	}
	if p := b.parentName(); p != "" {
		s.Recipients = append(s.Recipients, "- "+p+";")
	}
	s.Recipients = append(s.Recipients, "- Lưu: VT.")
	return s
}

// keyFigures is a strip of figures of one tier; a name is a measure or an
// indicator. Nothing is placed when the tier has none of them.
func (b *builder) keyFigures(tier string, names ...string) string {
	return b.block(func() []model.Block {
		s := b.here(tier)
		var k model.KeyFigures
		known := tier == "own"
		for _, name := range names {
			set := datasetOf(name).name
			if b.figures.has(s, set) {
				known = true
			} else if tier != "own" {
				continue
			}
			if s.tier == tierAll && b.hasOwn(set) && !b.shows(set, tierAll) {
				continue // it would repeat the figure of the unit's own tier
			}
			k.Items = append(k.Items, b.keyFigure(s, name))
		}
		if !known || len(k.Items) == 0 {
			return nil
		}
		return one(k)
	})
}

func (b *builder) keyFigure(s spot, name string) model.KeyFigure {
	b.use(name)
	k := model.KeyFigure{Label: b.short(name), Value: b.value(s, name)}
	ind := b.indicators[name]
	noun := datasetOf(name).noun
	if ind == nil {
		k.Detail = noun
		if k.Value.Kind == model.Missing {
			k.Tone, k.Detail = model.Muted, k.Value.Why
		}
		return k
	}
	r := b.of(s, ind)
	tone, target := b.judge(name, s.tier, r)
	k.Tone = tone
	if !r.ok {
		k.Detail = b.why(s, name)
		return k
	}
	k.Detail = fraction(r) + " " + noun
	if target != nil {
		k.Detail = fraction(r) + "; chỉ tiêu " + target.words()
	}
	return k
}
