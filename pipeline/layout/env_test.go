package layout

import (
	"cchc/pipeline/dataset"
	"cchc/pipeline/unit"
	"fmt"
	"strings"
	"time"
)

// testEnv is a register of one district, ten communes and one unit that ended on
// 1/7/2021, imported on 21/9/2021.
func testEnv() Env {
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	type span struct {
		name     string
		from, to time.Time
	}
	units := map[string]span{"H03": {name: "UBND tỉnh Bắc Kạn"}, "H03.15": {name: "UBND huyện Ngân Sơn"},
		"H03.90": {name: "Xã cũ", to: day(2021, 7, 1)}, "H03.91": {name: "Xã mới", from: day(2021, 7, 1)},
		"H03.92": {name: "Xã trùng tên"}, "H03.93": {name: "Xã trùng tên"},
		"H03.94": {name: "Xã đổi mã", to: day(2021, 7, 1)}, "H03.95": {name: "Xã đổi mã", from: day(2021, 7, 1)}}
	for i := 1; i <= 10; i++ {
		units[fmt.Sprintf("H03.15.%02d", i)] = span{name: fmt.Sprintf("UBND xã số %d", i)}
	}
	inside := func(s span, from, to time.Time) bool {
		return from.IsZero() && to.IsZero() || !s.from.After(to) && (s.to.IsZero() || s.to.After(from))
	}
	return Env{
		Today: day(2021, 9, 21), Location: time.FixedZone("+07", 7*3600),
		UnitByCode: func(code string, from, to time.Time) (string, bool) {
			s, ok := units[strings.ToUpper(code)]
			return strings.ToUpper(code), ok && inside(s, from, to)
		},
		UnitByName: func(name string, from, to time.Time) (found string, n int) {
			for code, s := range units {
				if unit.FoldName(s.name) == unit.FoldName(name) && inside(s, from, to) {
					found = code
					n++
				}
			}
			return found, n
		},
		NearestUnits: func(string) []string { return []string{"H03.15 – UBND huyện Ngân Sơn"} },
		Period: func(text string) (string, error) {
			if len(text) > 5 && text[4] == '-' {
				return strings.ToUpper(text), nil
			}
			return "", fmt.Errorf("not a period")
		},
	}
}

// into hands every accepted row of any dataset to one function.
func into(accept func(dataset.Row) error) func(*dataset.Dataset) (func(dataset.Row) error, error) {
	return func(*dataset.Dataset) (func(dataset.Row) error, error) { return accept, nil }
}
