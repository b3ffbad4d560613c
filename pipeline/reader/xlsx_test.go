package reader

import (
	"archive/zip"
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// part is one entry of a workbook made by hand.
type part struct{ name, body string }

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	relBase = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	mainNS  = ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
)

// handMade is a small workbook around the given sheet data.
func handMade(data string) []part {
	return []part{
		{"_rels/.rels", xmlHead + `<Relationships><Relationship Id="r1" Type="` + relBase + `officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", xmlHead + `<workbook` + mainNS + ` xmlns:r="` + relBase[:len(relBase)-1] + `"><sheets><sheet name="Hồ sơ &amp; khác" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships><Relationship Id="r1" Type="` + relBase + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="r2" Type="` + relBase + `styles" Target="/xl/styles.xml"/><Relationship Id="r3" Type="` + relBase + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`},
		{"xl/styles.xml", xmlHead + `<styleSheet` + mainNS + `><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy&quot; g&quot;;@"/><numFmt numFmtId="165" formatCode="[Red]#,##0\ &quot;đồng&quot;"/></numFmts>` +
			`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`},
		{"xl/sharedStrings.xml", xmlHead + `<sst` + mainNS + `><si><t>Mã hồ sơ</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">Đất </t></r><r><t>đai &lt;1&gt;</t></r><rPh sb="0" eb="1"><t>không đọc</t></rPh></si><si><t>a_x000D_&#10;b</t></si><si><t/></si></sst>`},
		{"xl/worksheets/sheet1.xml", xmlHead + `<worksheet` + mainNS + `><sheetViews><sheetView/></sheetViews>` + data + `</worksheet>`},
	}
}

func pack(tb testing.TB, parts []part) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := w.Write([]byte(p.body)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestXLSXCells(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"shared strings, rich text, escapes",
			`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row></sheetData>`,
			"1: Mã hồ sơ|Đất đai <1>|a⏎b\n"},
		{"inline strings, formula texts, truth values, errors",
			`<sheetData><row r="2"><c r="A2" t="inlineStr"><is><r><t>x</t></r><t>y</t></is></c><c r="B2" t="str"><f>A1</f><v>=kq</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><v>#N/A</v></c></row></sheetData>`,
			"2: xy|=kq|<b>1|<!>#N/A\n"},
		{"numbers and dates by style",
			`<sheetData><row r="1"><c r="A1"><v>44454</v></c><c r="B1" s="1"><v>44454.5</v></c><c r="C1" s="2"><v>44454</v></c><c r="D1" s="3"><v>-1.5E-3</v></c></row></sheetData>`,
			"1: <n>44454|<d>44454.5|<d>44454|<n>-1.5E-3\n"},
		{"sparse, without references, styled blanks, hidden rows",
			`<sheetData><row r="3" hidden="1"><c r="C3"><v>1</v></c><c><v>2</v></c><c r="XFD3" s="1"/></row><row><c><v>4</v></c></row><row r="9"/></sheetData>`,
			"3: ||<n>1|<n>2\n4: <n>4\n"},
		{"formulas: cached value, none, empty text",
			`<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f>1</f><v/></c><c r="E1" t="str"><f>1</f></c></row></sheetData>`,
			"1: <n>2|<!>||<!>|<!>\n"},
		{"comments, CDATA, prefixes, blank text, single quotes",
			"<!-- x --><sheetData>\n <row r='1'>\n <c r='A1' t='str'>\n<v><![CDATA[<b>]]></v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>",
			"1: <b>\n"},
		{"ISO dates", `<sheetData><row r="1"><c r="A1" t="d"><v>2021-09-15T00:00:00</v></c></row></sheetData>`, "1: 2021-09-15T00:00:00\n"},
		{"no rows", `<sheetData/>`, ""},
	} {
		got, err := dump(pack(t, handMade(c.data)), Options{})
		if want := "[Hồ sơ & khác]\n" + c.want; err != nil || got != want {
			t.Errorf("%s: got %v\n%s want\n%s", c.name, err, got, want)
		}
	}
}

func TestXLSXRefusals(t *testing.T) {
	good := `<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`
	replace := func(name, old, new string) []part {
		parts := handMade(good)
		for i := range parts {
			if parts[i].name == name {
				if !strings.Contains(parts[i].body, old) {
					t.Fatalf("%s does not hold %q", name, old)
				}
				parts[i].body = strings.Replace(parts[i].body, old, new, 1)
			}
		}
		return parts
	}
	without := func(name string) (out []part) {
		for _, p := range handMade(good) {
			if p.name != name {
				out = append(out, p)
			}
		}
		return out
	}
	sheet := func(old, new string) []part { return replace("xl/worksheets/sheet1.xml", old, new) }
	for _, c := range []struct {
		name  string
		parts []part
		want  string
	}{
		{"rows out of order", sheet(`</sheetData>`, `<row r="1"/></sheetData>`), "rows out of order"},
		{"cells out of order", sheet(`</row>`, `<c r="A1"><v>2</v></c></row>`), "references out of order"},
		{"cell of another row", sheet(`"A1"`, `"A2"`), "references out of order"},
		{"shared string out of range", sheet(`r="A1"`, `r="A1" t="s"`), ""},
		{"shared string out of range", sheet(`r="A1"><v>1<`, `r="A1" t="s"><v>4<`), "shared string out of range"},
		{"style out of range", sheet(`r="A1"`, `r="A1" s="4"`), "style out of range"},
		{"bad number", sheet(`<v>1<`, `<v>1 2<`), "bad number"},
		{"infinite number", sheet(`<v>1<`, `<v>Inf<`), "bad number"},
		{"unknown type", sheet(`r="A1"`, `r="A1" t="q"`), "unknown type"},
		{"document type", sheet(`<worksheet`, `<!DOCTYPE x [<!ENTITY a "b">]><worksheet`), "document type"},
		{"unknown entity", sheet(`<v>1<`, `<v>&a;<`), "unknown entity"},
		{"bare ampersand", sheet(`<v>1<`, `<v>1&2<`), "reference without end"},
		{"unclosed", sheet(`</worksheet>`, ``), "ends too early"},
		{"crossed tags", sheet(`</c></row>`, `</row></c>`), "closing tag"},
		{"text between cells", sheet(`</c></row>`, `</c>x</row>`), "text between cells"},
		{"second root", sheet(`</worksheet>`, `</worksheet><a/>`), "second root"},
		{"text after the root", sheet(`</worksheet>`, `</worksheet>a`), "outside the root"},
		{"two blocks of data", sheet(`</worksheet>`, `<sheetData/></worksheet>`), "two blocks"},
		{"no data", sheet(good, ``), "without data"},
		{"not UTF-8", sheet(`r="A1"><v>1<`, "r=\"A1\" t=\"str\"><v>\xff<"), "not UTF-8"},
		{"NUL", sheet(`<v>1<`, "<v>\x00<"), "control character"},
		{"too deep", sheet(good, strings.Repeat("<a>", 100)), "too deep"},
		{"duplicate part", append(handMade(good), part{"XL/worksheets/Sheet1.xml", "<worksheet/>"}), "two parts of the same name"},
		{"no sheet part", without("xl/worksheets/sheet1.xml"), "missing worksheet part"},
		{"no styles", without("xl/styles.xml"), "missing part"},
		{"no strings", without("xl/sharedStrings.xml"), "missing part"},
		{"no relationships", without("xl/_rels/workbook.xml.rels"), "missing part"},
		{"just a ZIP", []part{{"a.csv", "a,b"}, {"b.csv", "a,b"}}, "ZIP archive with several files"},
		{"OpenDocument", []part{{"mimetype", "x"}, {"content.xml", "<a/>"}}, "OpenDocument is not read"},
		{"Word", replace("xl/workbook.xml", "<workbook", "<document"), ""},
		{"binary workbook", replace("_rels/.rels", "workbook.xml", "workbook.bin"), "binary workbook"},
		{"sheet without part", replace("xl/workbook.xml", `r:id="r1"`, `r:id="r9"`), "sheet without its part"},
	} {
		_, err := dump(pack(t, c.parts), Options{})
		if c.want == "" && c.name == "shared string out of range" {
			if err != nil {
				t.Errorf("index in range: %v", err)
			}
			continue
		}
		var r *Refusal
		if !errors.As(err, &r) || !strings.Contains(err.Error(), c.want) || r.Reason == "" {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

func TestXLSXCaps(t *testing.T) {
	row := `<row><c t="inlineStr"><is><t>aaaaaaaa</t></is></c><c><v>1</v></c></row>`
	bomb := handMade(`<sheetData>` + strings.Repeat(`<row/>`, 1_000_000) + `</sheetData>`)
	for _, c := range []struct {
		name, want string
		parts      []part
		limits     Limits
	}{
		{"parts", "number of parts", handMade(`<sheetData/>`), Limits{Parts: 5}},
		{"unpacked size", "unpacked size", handMade(`<sheetData/>`), Limits{TotalBytes: 1000}},
		{"ratio", "compression ratio", bomb, Limits{Ratio: 100}},
		{"rows", "row 2: number of rows", handMade(`<sheetData>` + row + row + `</sheetData>`), Limits{Rows: 1}},
		{"columns", "row 1: number of columns", handMade(`<sheetData>` + row + `</sheetData>`), Limits{Columns: 1}},
		{"cell", "row 1: length of a cell", handMade(`<sheetData>` + strings.Replace(row, "a", strings.Repeat("a", 50), 1) + `</sheetData>`), Limits{CellBytes: 50}},
		{"shared string", "length of a cell", handMade(`<sheetData/>`), Limits{CellBytes: 3}},
		{"strings", "shared strings", handMade(`<sheetData/>`), Limits{StringBytes: 10}},
	} {
		if _, err := dump(pack(t, c.parts), Options{Limits: c.limits}); err == nil || !strings.Contains(err.Error(), c.want+" exceeds the limit") {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
}

func TestOLEIsRefused(t *testing.T) {
	magic := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 5000)
	for in, want := range map[string]string{
		magic: "old Excel format (.xls) is not read",
		magic + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00": "workbook is encrypted",
	} {
		if _, err := dump([]byte(in), Options{}); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestMergesAndEpoch(t *testing.T) {
	parts := handMade(`<sheetData/><mergeCells><mergeCell ref="B1:D2"/></mergeCells>`)
	parts[1].body = strings.Replace(parts[1].body, "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)
	data := pack(t, parts)
	f, err := New(bytes.NewReader(data), int64(len(data)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if m, err := f.Merges(0); err != nil || len(m) != 1 || m[0] != (Range{1, 2, 2, 4}) {
		t.Errorf("merges %v, %v", m, err)
	}
	if !f.Date1904() {
		t.Error("epoch of 1904 not seen")
	}
	for _, c := range []struct {
		serial   float64
		date1904 bool
		want     string
	}{
		{44454, false, "2021-09-15 00:00:00"}, {44454.604166666664, false, "2021-09-15 14:30:00"}, {1, false, "1900-01-01 00:00:00"},
		{59, false, "1900-02-28 00:00:00"}, {61, false, "1900-03-01 00:00:00"}, {42992, true, "2021-09-15 00:00:00"},
		{44453.999999999, false, "2021-09-15 00:00:00"},
	} {
		if got, ok := SerialTime(c.serial, c.date1904); !ok || got.Format(time.DateTime) != c.want {
			t.Errorf("serial %v is %v, want %s", c.serial, got, c.want)
		}
	}
	for _, bad := range []float64{-1, 1e9, math.NaN(), math.Inf(1)} {
		if _, ok := SerialTime(bad, false); ok {
			t.Errorf("serial %v accepted", bad)
		}
	}
}

func TestDateFormats(t *testing.T) {
	for code, want := range map[string]bool{
		"General": false, "0.00": false, "@": false, "dd/mm/yyyy": true, "[$-42A]d mmmm yyyy;@": true, "[h]:mm": true, "mm:ss": true,
		`#,##0" ngày"`: false, `#,##0\ \d`: false, "[Red]0": false, "0.00E+00": false, `_-* #,##0_d`: false, `0;dd/mm/yyyy`: false, "yyyy": true,
	} {
		if got := isDateFormat([]byte(code)); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
}

// writtenByExcelize is a workbook as another program writes it.
func writtenByExcelize(tb testing.TB) []byte {
	f := excelize.NewFile()
	check := func(err error) {
		if err != nil {
			tb.Fatal(err)
		}
	}
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	check(err)
	for i, v := range []any{"Mã hồ sơ", "Ngày tiếp nhận", "Số hóa", "Số"} {
		cell, _ := excelize.CoordinatesToCellName(i+1, 1)
		check(f.SetCellValue("Sheet1", cell, v))
	}
	check(f.SetCellValue("Sheet1", "A2", "000.19.12.H03-210915-0001"))
	check(f.SetCellValue("Sheet1", "B2", 44454.25))
	check(f.SetCellStyle("Sheet1", "B2", "B2", date))
	check(f.SetCellValue("Sheet1", "C2", true))
	check(f.SetCellValue("Sheet1", "D2", 12.5))
	check(f.SetCellRichText("Sheet1", "A3", []excelize.RichTextRun{{Text: "đậm ", Font: &excelize.Font{Bold: true}}, {Text: "nhạt"}}))
	_, err = f.NewSheet("Hướng dẫn")
	check(err)
	check(f.SetCellValue("Hướng dẫn", "A1", "đọc trước"))
	var b bytes.Buffer
	check(f.Write(&b))
	return b.Bytes()
}

const excelizeRows = "[Sheet1]\n1: Mã hồ sơ|Ngày tiếp nhận|Số hóa|Số\n2: 000.19.12.H03-210915-0001|<d>44454.25|<b>1|<n>12.5\n3: đậm nhạt\n[Hướng dẫn]\n1: đọc trước\n"

func TestXLSXOfExcelize(t *testing.T) {
	if got, err := dump(writtenByExcelize(t), Options{}); err != nil || got != excelizeRows {
		t.Errorf("%v\n%s", err, got)
	}
}

// A workbook with any one byte changed is refused or gives the same rows.
func TestEveryDamagedByte(t *testing.T) {
	data := writtenByExcelize(t)
	refused := 0
	for i := range data {
		for _, flip := range []byte{0x01, 0xFF}[i%2 : i%2+1] {
			damaged := bytes.Clone(data)
			damaged[i] ^= flip
			got, err := dump(damaged, Options{})
			var r *Refusal
			switch {
			case err != nil && !errors.As(err, &r):
				t.Fatalf("byte %d: not a refusal: %v", i, err)
			case err != nil:
				refused++
			case got != excelizeRows:
				t.Fatalf("byte %d xor %#x gives other rows without an error:\n%s", i, flip, got)
			}
		}
	}
	t.Logf("%d of %d damages refused, the rest gave the same rows", refused, len(data))
}

func TestTruncatedWorkbook(t *testing.T) {
	data := writtenByExcelize(t)
	for n := 4; n < len(data); n += 37 {
		if _, err := dump(data[:n], Options{}); err == nil {
			t.Fatalf("the first %d of %d bytes are read as a workbook", n, len(data))
		}
	}
}
