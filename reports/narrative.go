package reports

import (
	"slices"
	"strings"

	"cchc/reports/model"
)

// sections are the codes that a narrative may name, with what each holds. A
// narrative of any other code is printed under "Nội dung khác".
var sections = []label{
	{"MO-DAU", "đoạn mở đầu"},
	{"I", "chỉ đạo, điều hành"},
	{"I.1", "kế hoạch cải cách hành chính"},
	{"I.2", "kiểm tra, tự kiểm tra"},
	{"I.3", "thông tin, tuyên truyền"},
	{"II", "kết quả thực hiện"},
	{"II.1", "cải cách thể chế"},
	{"II.2", "cải cách thủ tục hành chính"},
	{"II.2.1", "kiểm soát, công khai thủ tục hành chính"},
	{"II.2.2", "cơ chế một cửa, một cửa liên thông, bưu chính công ích"},
	{"II.2.3", "kết quả giải quyết hồ sơ"},
	{"II.2.4", "phản ánh, kiến nghị"},
	{"II.3", "tổ chức bộ máy"},
	{"II.4", "chế độ công vụ"},
	{"II.5", "tài chính công"},
	{"II.6", "chính quyền điện tử, chính quyền số"},
	{"III", "đánh giá chung"},
	{"III.1", "kết quả đạt được"},
	{"III.2", "tồn tại, hạn chế"},
	{"III.3", "nguyên nhân"},
	{"IV", "phương hướng, nhiệm vụ kỳ tới"},
	{"V", "đề xuất, kiến nghị"},
}

// sectionCode is a code as it is compared: upper case, no closing dots.
func sectionCode(s string) string {
	return strings.TrimRight(strings.ToUpper(strings.TrimSpace(s)), ".)")
}

func isSection(code string) bool {
	_, ok := find(sections, code)
	return ok
}

func sectionCodes() []string {
	out := make([]string, len(sections))
	for i, s := range sections {
		out[i] = s.name
	}
	return out
}

// Sections returns the codes of the periodic report's sections and what each
// holds, in order: what an office may write in the column "section" of its
// narratives.
func Sections() (codes, labels []string) {
	for _, s := range sections {
		labels = append(labels, s.text)
	}
	return sectionCodes(), labels
}

// office places what the office itself says in a section: its narrative, then
// the figures it declares whose code begins with one of the prefixes. When it
// says nothing and prompt is not empty, a blank asks the author for it.
func (b *builder) office(section, prompt string, prefixes ...string) string {
	code := sectionCode(section)
	b.placed[code] = true
	prompt = b.plain(prompt)
	figures := b.declaredWith(prefixes)
	for _, g := range figures {
		b.placedFigures[g.Code] = true
	}
	return b.block(func() []model.Block {
		var out []model.Block
		for _, n := range b.d.Narratives {
			if sectionCode(n.Section) == code {
				out = append(out, paragraphs(n.Text)...)
			}
		}
		out = append(out, b.declaredList(figures)...)
		if len(out) == 0 && prompt != "" {
			out = append(out, model.Blank{Prompt: prompt})
		}
		return out
	})
}

// paragraphs are an office's words, one block per line, nothing read as syntax.
func paragraphs(s string) []model.Block {
	var out []model.Block
	for _, line := range strings.Split(s, "\n") {
		if line = strings.TrimSpace(clean(line)); line != "" {
			out = append(out, model.Paragraph{Spans: []model.Span{{Text: line}}})
		}
	}
	return out
}

// declaredWith are the unit's own declared figures of the prefixes, except those
// that are compared with ours.
func (b *builder) declaredWith(prefixes []string) []Declared {
	var out []Declared
	for _, g := range b.d.Declared {
		if g.Unit != b.d.Unit.Code || isMeasure(g.Code) || b.indicators[g.Code] != nil {
			continue
		}
		if slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(strings.ToLower(g.Code), p) }) {
			out = append(out, g)
		}
	}
	return out
}

// declaredList prints declared figures one per item, with who declared them.
func (b *builder) declaredList(figures []Declared) []model.Block {
	var list model.List
	for _, g := range figures {
		l := declaredOf(g.Code)
		v := b.declaredValue(g)
		if v.Kind == model.Integer && v.Num > 0 && v.Num < 10 {
			v = model.Text("0" + v.String())
		}
		if v.Kind != model.Ratio && v.Kind != model.Missing && l.noun != "" {
			v = model.Text(v.String() + " " + l.noun)
		}
		spans := []model.Span{{Text: l.text + ": "}, {Value: &v}}
		var notes []string
		if r := v; r.Kind == model.Ratio && g.Numerator != nil {
			notes = append(notes, fraction(ratio{num: r.Num, den: r.Den}))
		}
		notes = append(notes, "số tự khai")
		if g.EnteredBy != "" {
			notes = append(notes, clean(g.EnteredBy))
		}
		if g.Evidence != "" {
			notes = append(notes, clean(g.Evidence))
		}
		spans = append(spans, model.Span{Text: " (" + strings.Join(notes, "; ") + ")"})
		list.Items = append(list.Items, spans)
	}
	if len(list.Items) == 0 {
		return nil
	}
	return one(list)
}

// unplacedFigures are declared figures that no section takes.
func (b *builder) unplacedFigures() []Declared {
	all := b.declaredWith([]string{""})
	return slices.DeleteFunc(all, func(g Declared) bool { return b.placedFigures[g.Code] })
}

// rest prints what no section took: narratives of unknown sections, figures of
// unknown codes, and declared figures beside ours.
func (b *builder) rest() []model.Block {
	var out []model.Block
	for _, n := range b.d.Narratives {
		if !b.placed[sectionCode(n.Section)] {
			out = append(out, model.Paragraph{Spans: []model.Span{{Text: "Mục " + clean(n.Section), Italic: true}}, Keep: true})
			out = append(out, paragraphs(n.Text)...)
		}
	}
	out = append(out, b.declaredList(b.unplacedFigures())...)
	if len(out) == 0 {
		return nil
	}
	return append(one(model.Heading{Level: 1, Text: "NỘI DUNG KHÁC"}), out...)
}
