package workbook

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

var at = time.Date(2021, 9, 15, 8, 30, 0, 0, time.UTC)

func book(t *testing.T) *Book {
	t.Helper()
	b, err := New(Properties{Title: "Thử", Author: "UBND", Created: at})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func add(t *testing.T, b *Book, name string) *Sheet {
	t.Helper()
	s, err := b.Add(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// parts writes the book and returns its parts in the order of the file.
func parts(t *testing.T, b *Book) (names []string, text map[string]string, file []byte) {
	t.Helper()
	var buf bytes.Buffer
	if err := b.Write(&buf); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		t.Fatal(err)
	}
	text = map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r) // checks the CRC too
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		names, text[f.Name] = append(names, f.Name), string(data)
	}
	return names, text, buf.Bytes()
}

func TestTextNeverBecomesAFormula(t *testing.T) {
	b := book(t)
	s := add(t, b, "A")
	texts := []string{"=1+1", "+84", "-1", "@SUM(A1)", "\t=1", "\n=1", "=HYPERLINK(\"http://x\")", "1.000100", "0012"}
	for i, x := range texts {
		s.Put(i+1, 1, Cell{Value: x})
	}
	_, xml, file := parts(t, b)
	if strings.Contains(xml["xl/worksheets/sheet1.xml"], "<f") {
		t.Error("the sheet holds a formula")
	}
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range texts {
		if got, _ := f.GetCellValue("A", ref(i+1, 1)); got != x {
			t.Errorf("row %d reads %q, want %q", i+1, got, x)
		}
	}
	quoted := regexp.MustCompile(`<c r="A[1-7]" s="(\d+)" t="inlineStr"`).FindAllStringSubmatch(xml["xl/worksheets/sheet1.xml"], -1)
	if len(quoted) != 7 || strings.Count(xml["xl/styles.xml"], `quotePrefix="1"`)+strings.Count(xml["xl/styles.xml"], `quotePrefix="true"`) != 1 {
		t.Errorf("quote prefix: %d cells, styles %s", len(quoted), xml["xl/styles.xml"])
	}
	if !strings.Contains(xml["xl/worksheets/sheet1.xml"], `<c r="A8" t="inlineStr"`) {
		t.Error("a plain text carries the quote prefix")
	}
}

func TestGuardedStyleKeepsItsLook(t *testing.T) {
	b := book(t)
	s := add(t, b, "A")
	bold, err := b.Style(Style{Bold: true})
	if err != nil {
		t.Fatal(err)
	}
	s.Put(1, 1, Cell{Value: "=1", Style: bold})
	s.Put(2, 1, Cell{Value: "một", Style: bold})
	_, _, file := parts(t, b)
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	one, _ := f.GetCellStyle("A", "A1")
	two, _ := f.GetCellStyle("A", "A2")
	if one == two {
		t.Error("the risky text has the plain style")
	}
	for _, id := range []int{one, two} {
		if st, err := f.GetStyle(id); err != nil || !st.Font.Bold {
			t.Errorf("style %d is not bold: %v", id, err)
		}
	}
}

func TestWhatACellCannotHoldIsRefused(t *testing.T) {
	for what, v := range map[string]any{
		"a text of 32768 characters": strings.Repeat("x", MaxChars+1), "not a number": nan(), "a value of type bool": true,
	} {
		b := book(t)
		add(t, b, "A").Put(1, 2, Cell{Value: v})
		err := b.Write(io.Discard)
		if err == nil || !strings.Contains(err.Error(), what) || !strings.Contains(err.Error(), "B1") {
			t.Errorf("%s: error %v", what, err)
		}
	}
	if err := book(t).Write(io.Discard); err == nil {
		t.Error("a workbook without a sheet was written")
	}
}

func nan() float64 { zero := 0.0; return zero / zero }

func TestAnnouncedRowsMustCome(t *testing.T) {
	b := book(t)
	s := add(t, b, "A")
	s.BodyRows = 2
	s.Body = func(emit func([]Cell) error) error { return emit([]Cell{{Value: int64(1)}}) }
	if err := b.Write(io.Discard); err == nil || !strings.Contains(err.Error(), "1 rows written, 2 announced") {
		t.Errorf("error %v", err)
	}
	b = book(t)
	s = add(t, b, "A")
	s.BodyRows = MaxRows + 1
	if err := b.Write(io.Discard); err == nil || !strings.Contains(err.Error(), "split the list") {
		t.Errorf("error %v", err)
	}
}

func TestSheetPartsAreInOrder(t *testing.T) {
	b := book(t)
	s := add(t, b, "Dữ liệu & thử")
	for c := 1; c <= 30; c++ {
		s.Width(c, 10+float64(c))
		s.Look(c, 0)
		s.Put(1, c, Cell{Value: "x"})
	}
	s.Note(1, 1, "ghi chú")
	s.Footer = "Ấn bản 1 & 2"
	names, xml, _ := parts(t, b)
	for i := 1; i < len(names); i++ {
		if names[i-1] >= names[i] {
			t.Errorf("part %q stands before %q", names[i-1], names[i])
		}
	}
	sheet := xml["xl/worksheets/sheet1.xml"]
	last := ""
	for _, m := range regexp.MustCompile(`<col min="(\d+)"`).FindAllStringSubmatch(sheet, -1) {
		if len(m[1]) == len(last) && m[1] <= last || len(m[1]) < len(last) {
			t.Errorf("column %s after %s", m[1], last)
		}
		last = m[1]
	}
	if last != "30" {
		t.Errorf("last column record is %q", last)
	}
	if strings.Contains(sheet, "relationships:id") || !strings.Contains(sheet, `<legacyDrawing r:id="rId1">`) {
		t.Error("the relation to the notes is not in its usual form")
	}
	if !strings.Contains(sheet, "&amp;L&amp;8 Ấn bản 1 &amp;&amp; 2&amp;R") {
		t.Error("the foot of the page is not escaped")
	}
}

func TestPartsHaveNoTimes(t *testing.T) {
	b := book(t)
	add(t, b, "A")
	var buf bytes.Buffer
	if err := b.Write(&buf); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if f.ModifiedDate != 0 || f.ModifiedTime != 0 {
			t.Errorf("%s carries a time", f.Name)
		}
	}
}
