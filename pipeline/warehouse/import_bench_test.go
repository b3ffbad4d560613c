package warehouse_test

import (
	"bufio"
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cchc/pipeline"
	"cchc/pipeline/source"

	_ "github.com/duckdb/duckdb-go/v2"
)

var benchRows = flag.Int("bench-rows", 1_000_000, "rows of the import benchmark")

type quiet struct{}

func (quiet) Step(string, int)   {}
func (quiet) Advance(int)        {}
func (quiet) Say(string, ...any) {}

// BenchmarkImport times a whole import of a large CSV beside its floor: DuckDB's
// own reader into a typed table of the same file, in the same run.
func BenchmarkImport(b *testing.B) {
	dir := b.TempDir()
	state := map[string]string{
		"cchc.yaml": "organisation: {code: T, name: UBND tỉnh, place: T}\n",
		"units.csv": "code,name,tier,parent\nT,UBND tỉnh,province,\nT.01,UBND huyện Một,district,T\nT.02,UBND huyện Hai,district,T\n",
	}
	for name, text := range state {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	path := filepath.Join(dir, "large.csv")
	writeLarge(b, path, *benchRows)
	var floor, whole time.Duration
	for b.Loop() {
		floor += timed(func() { readCSV(b, path, filepath.Join(b.TempDir(), "floor.duckdb")) })
		for _, f := range []string{"store", "archive", "warehouse.duckdb"} {
			if err := os.RemoveAll(filepath.Join(dir, f)); err != nil {
				b.Fatal(err)
			}
		}
		whole += timed(func() { importOnce(b, dir, path) })
	}
	b.ReportMetric(whole.Seconds()/float64(b.N), "s/import")
	b.ReportMetric(floor.Seconds()/float64(b.N), "s/floor")
	b.ReportMetric(whole.Seconds()/floor.Seconds(), "×floor")
}

func timed(do func()) time.Duration {
	begin := time.Now()
	do()
	return time.Since(begin)
}

func importOnce(b *testing.B, dir, path string) {
	now := time.Date(2022, 1, 10, 3, 0, 0, 0, time.UTC)
	p, err := pipeline.Open(dir, func() time.Time { return now }, "bench", quiet{})
	if err != nil {
		b.Fatal(err)
	}
	got, err := p.Import(context.Background(), []source.File{{Name: "large.csv", Path: path}}, pipeline.ImportOptions{})
	if err != nil {
		b.Fatal(err)
	}
	if got[0].Added != *benchRows {
		b.Fatalf("%+v", got[0])
	}
}

func readCSV(b *testing.B, path, file string) {
	db, err := sql.Open("duckdb", file)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	_, err = db.Exec(fmt.Sprintf(`CREATE TABLE t AS SELECT * FROM read_csv('%s', header = true, delim = ',', quote = '"', timestampformat = '%%d/%%m/%%Y %%H:%%M',
columns = {'a': 'VARCHAR', 'b': 'VARCHAR', 'c': 'VARCHAR', 'd': 'VARCHAR', 'e': 'VARCHAR', 'f': 'VARCHAR', 'g': 'INTEGER', 'h': 'VARCHAR',
 'i': 'TIMESTAMP', 'j': 'TIMESTAMP', 'k': 'TIMESTAMP', 'l': 'TIMESTAMP', 'm': 'TIMESTAMP', 'n': 'VARCHAR', 'o': 'VARCHAR',
 'p': 'VARCHAR', 'q': 'VARCHAR', 'r': 'VARCHAR', 's': 'VARCHAR', 't': 'VARCHAR', 'u': 'VARCHAR'})`, path))
	if err != nil {
		b.Fatal(err)
	}
}

// writeLarge writes a one-stop list of 21 columns, one of them unknown to us.
func writeLarge(b *testing.B, path string, rows int) {
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintln(w, "Mã hồ sơ,Mã đơn vị,Bộ phận tiếp nhận,Mã TTHC,Tên TTHC,Lĩnh vực,Mức độ DVC,Hình thức nộp,Ngày nộp,Ngày tiếp nhận,Ngày hẹn trả,Ngày có kết quả,Ngày trả kết quả,Trạng thái,Hình thức trả kết quả,Đính kèm kết quả điện tử,Số hóa hồ sơ,\"Có phí, lệ phí\",Thanh toán trực tuyến,Có thư xin lỗi,Ghi chú thêm")
	fields := []string{"Đất đai", "Hộ tịch", "Chứng thực", "Bảo trợ xã hội", "Đăng ký kinh doanh"}
	ways := []string{"trực tiếp", "trực tuyến", "bưu chính"}
	start := time.Date(2021, 1, 4, 7, 30, 0, 0, time.UTC)
	for i := range rows {
		at := start.Add(time.Duration(i%500_000) * time.Minute / 2)
		form := "02/01/2006 15:04"
		fmt.Fprintf(w, "000.00.%02d.T01-%s-%06d,T.%02d,Một cửa,1.%06d,\"Thủ tục %d, cấp huyện\",%s,%d,%s,%s,%s,%s,%s,%s,Đã trả kết quả,%s,có,không,có,không,không,dòng %d\n",
			i%2+1, at.Format("060102"), i, i%2+1, i%300, i%300, fields[i%5], i%3+2, ways[i%3], at.Format(form), at.Add(time.Hour).Format(form),
			at.AddDate(0, 0, 10).Format(form), at.AddDate(0, 0, 8+i%5).Format(form), at.AddDate(0, 0, 14).Format(form), ways[(i+1)%3], i)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}
