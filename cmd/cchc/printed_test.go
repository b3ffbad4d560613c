package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cchc/pipeline/measure"
	"cchc/reports"
	"cchc/reports/model"
	"cchc/reports/pdf/pdftext"

	"github.com/xuri/excelize/v2"
)

// printed are the figures of the five articles and where a reader must find
// each: in the text of the PDF as printed, and in the workbook in the row of its
// label. Several measures are added up; then the sum is the numerator of a ratio
// whose name is given.
var printed = []struct {
	workspace, period, report, unit string
	label                           string // measure, indicator or declared code; or a row's first cell
	want                            int64
}{
	{"ngan-son", "2020-12-15..2021-09-15", "brief", "H03.15", "tasks.total", 40},
	{"ngan-son", "2020-12-15..2021-09-15", "brief", "H03.15", "tasks.done_or_ongoing", 30},
	{"ngan-son", "2020-12-15..2021-09-15", "brief", "H03.15", "procedures.total", 273},
	{"ngan-son", "2020-12-15..2021-09-15", "brief", "H03.15", "procedures.one_stop", 273},
	{"ngan-son", "2020-12-15..2021-09-15", "brief", "H03.15", "dossiers.received", 826},
	{"ngan-son", "2020-12-15..2021-09-15", "brief", "H03.15", "dossiers.on_time_of_resolved", 764},
	{"ngan-son", "2020-12-15..2021-09-15", "brief", "H03.15", "dossiers.resolved_late", 7},
	{"ngan-son", "2020-12-15..2021-09-15", "brief", "H03.15", "dossiers.pending_within_due", 54},
	{"ngan-son", "2020-12-15..2021-09-15", "brief", "H03.15", "dossiers.pending_overdue", 1},
	{"ngan-son", "2020-12-15..2021-09-15", "brief", "H03.15", "dossiers.received", 4231},
	{"ngan-son", "2020-12-15..2021-09-15", "brief", "H03.15", "dossiers.on_time_of_resolved", 3831},
	{"ngan-son", "2020-12-15..2021-09-15", "brief", "H03.15", "dossiers.resolved_late", 29},
	{"ngan-son", "2020-12-15..2021-09-15", "brief", "H03.15", "dossiers.pending_within_due", 370},
	{"ngan-son", "2020-12-15..2021-09-15", "periodic", "H03.15", "org.divisions", 11},
	{"ngan-son", "2020-12-15..2021-09-15", "periodic", "H03.15", "org.service_units", 33},
	{"ngan-son", "2020-12-15..2021-09-15", "periodic", "H03.15", "staff.recruitment_posts", 4},
	{"ngan-son", "2020-12-15..2021-09-15", "periodic", "H03.15", "staff.transfers", 3},
	{"can-tho", "2016-01-01..2016-12-31", "brief", "CT.SNV", "dossiers.received", 515},
	{"can-tho", "2016-01-01..2016-12-31", "brief", "CT.SNV", "ISO", 282},
	{"can-tho", "2016-01-01..2016-12-31", "brief", "CT.SNV", "Một cửa", 233},
	{"can-tho", "2016-01-01..2016-12-31", "brief", "CT.SNV", "dossiers.resolved_no_deadline", 173},
	{"can-tho", "2016-01-01..2016-12-31", "brief", "CT.SNV", "dossiers.resolved_late", 0},
	{"can-tho", "2016-01-01..2016-12-31", "brief", "CT.VHTTDL", "dossiers.received_in_period", 1265},
	{"can-tho", "2016-01-01..2016-12-31", "brief", "CT.VHTTDL", "dossiers.received_online", 70},
	{"can-tho", "2016-01-01..2016-12-31", "brief", "CT", "index.par.rank", 5},
	{"can-tho", "2016-01-01..2016-12-31", "brief", "CT", "index.papi.rank", 2},
	{"can-tho", "2016-01-01..2016-12-31", "brief", "CT.SNV", "survey.informatics", 193},
	{"can-tho", "2016-01-01..2016-12-31", "brief", "CT.SNV", "survey.reform_knowledge", 856},
	{"khu-kinh-te", "2020-12-15..2021-09-20", "brief", "CB.KKT", "procedures.total", 46},
	{"khu-kinh-te", "2020-12-15..2021-09-20", "brief", "CB.KKT", "procedures.level_3", 6},
	{"khu-kinh-te", "2020-12-15..2021-09-20", "brief", "CB.KKT", "procedures.level_4", 30},
	{"khu-kinh-te", "2020-12-15..2021-09-20", "brief", "CB.KKT", "procedures.level_2", 10},
	{"khu-kinh-te", "2020-12-15..2021-09-20", "brief", "CB.KKT", "procedures.one_stop", 46},
	{"khu-kinh-te", "2020-12-15..2021-09-20", "brief", "CB.KKT", "procedures.postal", 46},
	{"khu-kinh-te", "2020-12-15..2021-09-20", "brief", "CB.KKT", "procedures.time_cut_20", 36},
	{"khu-kinh-te", "2020-12-15..2021-09-20", "brief", "CB.KKT", "procedures.abolished", 22},
	{"khu-kinh-te", "2020-12-15..2021-09-20", "brief", "CB.KKT", "procedures.issued", 25},
	{"khu-kinh-te", "2020-12-15..2021-09-20", "brief", "CB.KKT", "procedures.amended", 3},
	{"khu-kinh-te", "2020-12-15..2021-09-20", "brief", "CB.KKT", "documents.total", 4682},
	{"khu-kinh-te", "2020-12-15..2021-09-20", "brief", "CB.KKT", "documents.processed_online", 1548},
	{"khu-kinh-te", "2020-12-15..2021-09-20", "brief", "CB.KKT", "documents.processed_online_signed", 1472},
	{"khu-kinh-te", "2020-12-15..2021-09-20", "periodic", "CB.KKT", "legal.documents", 2},
	{"my-duc", "2020-Q1", "brief", "HN.MD.03", "procedures.level_3_4", 36},
}

// printedFigures looks every figure up in the published files of a demo.
func printedFigures(t *testing.T, dir string) {
	t.Helper()
	books := map[string][][]string{}
	texts := map[string][]string{}
	for _, c := range printed {
		base := filepath.Join(dir, c.workspace, "reports", c.period, c.report, c.unit, "v1", c.report)
		if books[base] == nil {
			books[base], texts[base] = bookRows(t, base+".xlsx"), pdfWords(t, base+".pdf")
		}
		number := model.Thousands(c.want)
		if c.report == "periodic" && c.want < 10 {
			number = "0" + number // counts under ten, in running text
		}
		if !slices.ContainsFunc(texts[base], func(w string) bool {
			return strings.Trim(w, "();,./") == number || slices.Contains(strings.FieldsFunc(w, func(r rune) bool { return r == '/' || r == '(' || r == ';' }), number)
		}) {
			t.Errorf("%s.pdf does not print %s for %s", base, number, c.label)
		}
		if !inRow(books[base], c.label, c.want) {
			t.Errorf("%s.xlsx has no row of %s (%s) with %d", base, c.label, wording(c.label), c.want)
		}
	}
}

// wording is how reports call a measure; other labels stand for themselves.
func wording(label string) string {
	if l := reports.MeasureLabel(label); l != label {
		return l
	}
	if defs, err := measure.LoadDefinitions(); err == nil {
		if ind, ok := defs.Find(label); ok {
			return ind.Label
		}
	}
	return label
}

// pdfWords are the words of a PDF, as printed.
func pdfWords(t *testing.T, path string) []string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := pdftext.Text(b)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(strings.Join(pages, "\n"))
}

// bookRows are the raw cells of every sheet but the evidence.
func bookRows(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out [][]string
	for _, sheet := range f.GetSheetList() {
		if strings.HasPrefix(sheet, "Dòng ") {
			continue
		}
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, rows...)
	}
	return out
}

// inRow finds a row that names the figure and holds the number in a cell of its
// own.
func inRow(rows [][]string, label string, want int64) bool {
	number := strings.ReplaceAll(model.Thousands(want), ".", "")
	for _, r := range rows {
		named := slices.ContainsFunc(r, func(c string) bool { return strings.Contains(c, wording(label)) || strings.Contains(c, label) })
		if named && slices.Contains(r, number) {
			return true
		}
	}
	return false
}

// phrases are what the articles say in words: missed targets and findings that
// come out of the rows as sentences.
var phrases = []struct{ workspace, period, report, unit, text string }{
	{"hiep-hoa", "2022-Y", "brief", "BG.HH", "Tỷ lệ hồ sơ được gắn kết quả lên Hệ thống thông tin giải quyết TTHC đạt"},
	{"hiep-hoa", "2022-Y", "brief", "BG.HH", "mức độ 3, 4 còn thấp"},
	{"hiep-hoa", "2022-Y", "brief", "BG.HH", "chưa đạt chỉ tiêu ≥ 30 %"},
	{"hiep-hoa", "2022-Y", "brief", "BG.HH", "qua dịch vụ bưu chính công ích mới đạt"},
	{"hiep-hoa", "2022-Y", "brief", "BG.HH", "chưa đạt chỉ tiêu ≥ 10 %"},
	{"hiep-hoa", "2022-Y", "brief", "BG.HH", "hoàn thành xuất sắc nhiệm vụ: 41,67 %"},
	{"hiep-hoa", "2022-Y", "brief", "BG.HH", "chưa đạt chỉ tiêu > 50 %"},
	{"hiep-hoa", "2022-Y", "brief", "BG.HH", "Văn bản đến được giao việc trên hệ thống mới đạt"},
	{"ngan-son", "2020-12-15..2021-09-15", "brief", "H03.15", "số TTHC dịch vụ công trực tuyến mức độ 4 có phát sinh hồ sơ đạt thấp"},
	{"can-tho", "2016-01-01..2016-12-31", "brief", "CT.VHTTDL", "5,53 %"},
	{"my-duc", "2020-Q1", "brief", "HN.MD", "TTHC đã bãi bỏ nhưng vẫn niêm yết"},
	{"my-duc", "2020-Q1", "brief", "HN.MD", "xã An Mỹ"},
}

func printedPhrases(t *testing.T, dir string) {
	t.Helper()
	texts := map[string]string{}
	for _, p := range phrases {
		path := filepath.Join(dir, p.workspace, "reports", p.period, p.report, p.unit, "v1", p.report+".pdf")
		if texts[path] == "" {
			texts[path] = strings.Join(pdfWords(t, path), " ")
		}
		if !strings.Contains(strings.ToLower(texts[path]), strings.ToLower(p.text)) {
			t.Errorf("%s does not say %q", path, p.text)
		}
	}
}
