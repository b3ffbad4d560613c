package reader

import (
	"errors"
	"strings"
	"testing"
)

var fuzzLimits = Limits{FileBytes: 1 << 20, TotalBytes: 8 << 20, HeldBytes: 1 << 20, LineBytes: 1 << 20, CellBytes: 1 << 16, Parts: 50}

// sound fails unless err is nil or a refusal with a reason.
func sound(t *testing.T, err error) {
	var r *Refusal
	if err != nil && (!errors.As(err, &r) || r.Reason == "") {
		t.Fatalf("not a refusal: %v", err)
	}
}

// fuzzText runs a text reader against its oracle.
func fuzzText(f *testing.F, file, format string, judge func(whole, damaged []byte, f *File) error) {
	for _, c := range corpus(f, file) {
		if len(c.text) < 10_000 {
			f.Add([]byte(c.text))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, file, err := cells(data, Options{Limits: fuzzLimits})
		sound(t, err)
		if err == nil && file.Format == format {
			if err := judge(nil, data, file); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func FuzzCSV(f *testing.F)  { fuzzText(f, "csv.tsv", "csv", judgeCSVAfterHint) }
func FuzzJSON(f *testing.F) { fuzzText(f, "json.tsv", "json", judgeJSON) }

// FuzzXLSX takes the data of a sheet.
func FuzzXLSX(f *testing.F) {
	for _, c := range corpus(f, "xlsx.tsv") {
		if len(c.text) < 10_000 {
			f.Add(c.text)
		}
	}
	f.Fuzz(func(t *testing.T, data string) {
		packed := pack(t, handMade(data))
		_, file, err := cells(packed, Options{Limits: fuzzLimits})
		sound(t, err)
		if err == nil && !strings.Contains(data, "_x") && !strings.Contains(data, ":") { // the oracle knows neither escapes nor prefixes
			if err := judgeXLSX(nil, packed, file); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// FuzzBytes takes whole files of any format, with every setting.
func FuzzBytes(f *testing.F) {
	table := [][]string{{"Mã hồ sơ", "Lĩnh vực"}, {"1", "Đất đai"}}
	for i, w := range writtenWays() {
		f.Add(w.bytes(asCSV(table, ",", "\n", "")), uint8(i))
	}
	f.Add(asXLSX(f, table, false, false), uint8(0))
	f.Add(gzipped([]byte("a,b\n1,2\n")), uint8(0))
	f.Add(zipped(f, "a.csv", []byte("a,b\n1,2\n")), uint8(4))
	f.Add(rawZip("", "", rawEntry{name: "a.csv", body: "a,b\n1,2\n"}), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, setting uint8) {
		o := Options{Limits: fuzzLimits, Encoding: append(Encodings(), "")[int(setting)%7]}
		first, _, err := cells(data, o)
		sound(t, err)
		again, _, err2 := cells(data, o)
		if strings.Join(first, "\n") != strings.Join(again, "\n") || (err == nil) != (err2 == nil) {
			t.Fatal("two readings differ")
		}
	})
}
