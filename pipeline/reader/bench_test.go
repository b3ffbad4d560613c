package reader

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// benchCells makes the 21 cells of row i of a large export.
func benchCells(r *rand.Rand, i int) []string {
	received := time.Date(2021, 1, 1, 7, 30, 0, 0, time.UTC).Add(time.Duration(r.IntN(200*24*60)) * time.Minute)
	stamp := func(days int) string { return received.AddDate(0, 0, days).Format("02/01/2006 15:04:05") }
	kind := r.IntN(40)
	return []string{
		"-", fmt.Sprintf("000.19.%02d.H03-%s-%06d", kind, received.Format("060102"), i),
		fmt.Sprintf("H03.15.%02d", 1+r.IntN(10)), "Bộ phận Tiếp nhận và Trả kết quả cấp xã", fmt.Sprintf("1.%06d", 1000+kind),
		fmt.Sprintf("Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất (trường hợp %d)", kind),
		"Đất đai, môi trường", "Mức độ 4", []string{"Trực tiếp", "Trực tuyến", "Bưu chính công ích"}[r.IntN(3)],
		stamp(0), stamp(0), stamp(10), stamp(5), stamp(6), "Đã trả kết quả", "Trực tiếp", "Có", "x", "1", "không", "",
	}
}

func benchCSV(rows int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	for i := range rows {
		for k, c := range benchCells(r, i) {
			if k > 0 {
				b.WriteByte(',')
			}
			if strings.Contains(c, ",") {
				c = `"` + c + `"`
			}
			b.WriteString(c)
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// benchXLSX is a workbook as Excel writes it: shared strings, dates as serials;
// or with inline strings, as many programs write it.
func benchXLSX(tb testing.TB, rows int, inline bool) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var sheet, shared bytes.Buffer
	index := map[string]int{}
	sheet.WriteString("<sheetData>")
	for i := range rows {
		fmt.Fprintf(&sheet, `<row r="%d" spans="1:21" x14ac:dyDescent="0.25">`, i+1)
		for k, c := range benchCells(r, i) {
			ref := fmt.Sprintf("%c%d", 'A'+k, i+1)
			switch {
			case c == "":
				fmt.Fprintf(&sheet, `<c r="%s" s="1"/>`, ref)
			case k >= 9 && k <= 13 && !inline:
				fmt.Fprintf(&sheet, `<c r="%s" s="1"><v>%.10g</v></c>`, ref, 44197+r.Float64()*300)
			case inline:
				fmt.Fprintf(&sheet, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, ref, c)
			default:
				n, ok := index[c]
				if !ok {
					n = len(index)
					index[c] = n
					fmt.Fprintf(&shared, `<si><t>%s</t></si>`, c)
				}
				fmt.Fprintf(&sheet, `<c r="%s" t="s"><v>%d</v></c>`, ref, n)
			}
		}
		sheet.WriteString("</row>")
	}
	sheet.WriteString("</sheetData>")
	parts := handMade(sheet.String())
	parts[4].body = xmlHead + `<sst` + mainNS + `>` + shared.String() + `</sst>`
	return pack(tb, parts)
}

func benchmarkRows(b *testing.B, data []byte, rows int) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		f, err := New(bytes.NewReader(data), int64(len(data)), Options{})
		if err != nil {
			b.Fatal(err)
		}
		n, cells := 0, 0
		if err := f.Rows(0, func(r *Row) error { n++; cells += len(r.Cells); return nil }); err != nil {
			b.Fatal(err)
		}
		if n != rows || cells < rows*20 {
			b.Fatalf("%d rows, %d cells", n, cells)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkCSV(b *testing.B)        { benchmarkRows(b, benchCSV(1_000_000), 1_000_000) }
func BenchmarkXLSX(b *testing.B)       { benchmarkRows(b, benchXLSX(b, 100_000, false), 100_000) }
func BenchmarkXLSXInline(b *testing.B) { benchmarkRows(b, benchXLSX(b, 100_000, true), 100_000) }

// BenchmarkUnzip is the floor under BenchmarkXLSX: unpacking alone.
func BenchmarkUnzip(b *testing.B) {
	data := benchXLSX(b, 100_000, false)
	for b.Loop() {
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range z.File {
			r, _ := f.OpenRaw()
			io.Copy(io.Discard, flate.NewReader(r))
		}
	}
}
