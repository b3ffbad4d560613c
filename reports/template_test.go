package reports

import (
	"slices"
	"strings"
	"testing"

	"cchc/reports/model"
)

func TestTextOfAnOfficeIsNeverSyntax(t *testing.T) {
	d := district()
	d.Unit.Name = "UBND huyện *A* | #1 _b_ [c](d) <i> {{ x }} \uE0000\uE001"
	d.Units[6].Name = d.Unit.Name
	r := build(t, "periodic", d)
	var got []string
	for _, b := range blocks(r) {
		if p, ok := b.(model.Paragraph); ok {
			got = append(got, spansText(p.Spans))
		}
	}
	for _, line := range strings.Split(hostile, "\n") {
		if !slices.Contains(got, strings.TrimSpace(line)) {
			t.Errorf("line %q is not a paragraph of its own", line)
		}
	}
	if last := got[len(got)-1]; !strings.Contains(last, "*A* | #1 _b_ [c](d) <i> {{ x }}") {
		t.Errorf("the unit's name became %q", last)
	}
}

func TestTemplateProblemsNameTheirLine(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"unknown directive", "a\n\n{{ tablee \"overdue\" }}\n", []string{`brief.md:3: unknown directive "tablee"; did you mean "table"?`}},
		{"unknown table", "{{ table \"overdu\" }}", []string{`brief.md:1: table: unknown table "overdu"; did you mean "overdue"?`}},
		{"unknown measure", "x\n{{ count \"dossiers.recieved\" }}", []string{`brief.md:2: count: unknown measure "dossiers.recieved"; did you mean "dossiers.received"?`}},
		{"unknown indicator", "{{ rate \"dossiers.punctual\" }}", []string{`brief.md:1: rate: unknown indicator "dossiers.punctual"`}},
		{"unknown figure of a table", "{{ table \"measures\" \"Bảng\" \"tasks.totl\" }}", []string{`unknown figure "tasks.totl"; did you mean "tasks.total"?`}},
		{"unknown tier", "{{ count \"tasks.total\" \"distrct\" }}", []string{`unknown tier "distrct"`}},
		{"unknown section", "{{ office \"II.9\" \"\" }}", []string{`unknown section of the report "II.9"`}},
		{"all at once", "{{ tabel 1 }}\n\n{{ if has \"x\" }}{{ chart \"pie\" }}{{ end }}", []string{"brief.md:1:", "brief.md:3: has: unknown condition", "brief.md:3: chart: unknown chart"}},
		{"field", "a\n{{ .Unit }}", []string{"brief.md:2: .Unit: figures have no fields"}},
		{"printf", "{{ printf \"%s\" unit }}", []string{`unknown directive "printf"`}},
		{"unclosed", "a\n\n{{ if has \"overdue\" }}", []string{"brief.md:"}},
		{"html", "một\n\n<b>hai</b> ba", []string{"brief.md:3: RawHTML is not for reports"}},
		{"code", "một\n\n    hai {{ unit }}", []string{"brief.md:3: a line indented by four spaces"}},
		{"deep heading", "một\n\n#### hai", []string{"brief.md:3: a report has three levels"}},
		{"nested list", "- a\n  - b", []string{"brief.md:1: a list item holds one paragraph"}},
		{"numbered from three", "3. a", []string{"brief.md:1: a numbered list starts at 1"}},
		{"block inside words", "| a |\n|---|\n| {{ table \"overdue\" }} |", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Build("brief", district(), own("brief.md", c.text))
			if c.want == nil {
				return // must not panic; the blank lines take the table apart
			}
			if err == nil {
				t.Fatal("no error")
			}
			for _, w := range c.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("error %q does not say %q", err, w)
				}
			}
		})
	}
}

func TestMarkdownOfATemplate(t *testing.T) {
	r, err := Build("brief", district(), own("brief.md",
		"# Đầu {{ unit }}\n\nCó **{{ count \"dossiers.resolved_late\" }} hồ sơ** _quá hạn_, \\*không\\* đậm.\n\n- một\n- {{ rate \"dossiers.on_time_overall\" }}\n\n| Cột | Số |\n|---|---|\n| a | {{ count \"dossiers.received\" }} |\n\n---\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := dump(model.Report{Sections: r.Sections})
	for _, want := range []string{
		"H1 Đầu UBND huyện Ngân Sơn", "P Có ⟨b:07 hồ sơ⟩ ⟨i:quá hạn⟩, *không* đậm.", "- một", "- ‹99,03 %› (công thức B: 818/826)", "    | a | 826", "model.Rule",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestNothingAnOfficeSaysIsLost(t *testing.T) {
	_, err := Build("periodic", district(), own("periodic.md", "{{ office \"II.5\" \"\" }}"))
	if err == nil || !strings.Contains(err.Error(), "III.2, VII") || !strings.Contains(err.Error(), "{{ rest }}") {
		t.Errorf("error %v does not name the sections without a place", err)
	}
	got := dump(build(t, "periodic", district()))
	for _, want := range []string{"H1 NỘI DUNG KHÁC", "Mục VII", "Đoạn của một mục không có trong đề cương.", "local.unknown: ‹09›"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
}
