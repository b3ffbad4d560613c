package layout

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"cchc/pipeline/dataset"
	"cchc/pipeline/reader"

	"github.com/xuri/excelize/v2"
)

// dossierCells makes row i of a large export of dossiers in the order of the
// dataset's fields, some 400 bytes a row.
func dossierCells(r *rand.Rand, i int) []string {
	received := time.Date(2021, 1, 1, 7, 30, 0, 0, time.UTC).Add(time.Duration(r.IntN(200*24*60)) * time.Minute)
	stamp := func(days int) string { return received.AddDate(0, 0, days).Format("02/01/2006 15:04:05") }
	kind := r.IntN(40)
	return []string{
		fmt.Sprintf("000.19.%02d.H03-%s-%06d", kind, received.Format("060102"), i),
		fmt.Sprintf("H03.15.%02d", 1+r.IntN(10)), "Bộ phận Tiếp nhận và Trả kết quả cấp xã", fmt.Sprintf("1.%06d", 1000+kind),
		fmt.Sprintf("Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất (trường hợp %d)", kind),
		"Đất đai, môi trường", "Mức độ 4", []string{"Trực tiếp", "Trực tuyến", "Bưu chính công ích"}[r.IntN(3)],
		stamp(0), stamp(0), stamp(10), stamp(5), stamp(6), "Đã trả kết quả", "Trực tiếp", "Có", "x", "1", "không", "",
	}
}

var dossierHeader = func() (out []string) {
	for _, f := range dataset.Dossiers.Fields {
		out = append(out, f.Label)
	}
	return out
}()

func largeCSV(rows int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.WriteString("Chủ hồ sơ,\"" + strings.Join(dossierHeader, `","`) + "\"\n")
	for i := range rows {
		b.WriteString("-," + strings.Join(quoteAll(dossierCells(r, i)), ",") + "\n")
	}
	return b.Bytes()
}

func quoteAll(cells []string) []string {
	for i, c := range cells {
		if strings.Contains(c, ",") {
			cells[i] = `"` + c + `"`
		}
	}
	return cells
}

func largeXLSX(tb testing.TB, rows int) []byte {
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	put := func(n int, cells []string) {
		row := []any{"-"}
		for _, c := range cells {
			row = append(row, c)
		}
		if err := w.SetRow(fmt.Sprintf("A%d", n), row); err != nil {
			tb.Fatal(err)
		}
	}
	put(1, dossierHeader)
	for i := range rows {
		put(i+2, dossierCells(r, i))
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func benchmarkRead(b *testing.B, data []byte, rows int) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		f, err := reader.New(bytes.NewReader(data), int64(len(data)), reader.Options{})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		res, err := Read(f, testEnv(), into(func(dataset.Row) error { n++; return nil }))
		if err != nil {
			b.Fatal(err)
		}
		if n != rows || res.Rows != rows {
			b.Fatalf("accepted %d of %d rows: %+v", n, res.Rows, res.Returned[0])
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkCSV(b *testing.B) {
	const rows = 100_000
	benchmarkRead(b, largeCSV(rows), rows)
}

func BenchmarkXLSX(b *testing.B) {
	const rows = 100_000
	benchmarkRead(b, largeXLSX(b, rows), rows)
}
