package workbook

import (
	"strings"
	"testing"
	"time"
)

func TestCleanKeepsWhatXMLAllows(t *testing.T) {
	for in, want := range map[string]string{
		"Đất đai":      "Đất đai",
		"a\x00b\x0bc":  "a□b□c",
		"a\r\nb\rc":    "a\nb\nc",
		"a\tb":         "a\tb",
		"x\xffy":       "x□y",
		"\uFFFE\uFFFF": "□□",
		"\uFFFD":       "\uFFFD",
		"😀":            "😀",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSplitLosesNothing(t *testing.T) {
	for name, s := range map[string]string{
		"short": "abc",
		"exact": strings.Repeat("x", MaxChars),
		"long":  strings.Repeat("hồ sơ quá hạn ", 12_000),
		"solid": strings.Repeat("đ", 70_000),
		"wide":  strings.Repeat("😀", 40_000),
	} {
		joined := ""
		for i, p := range Split(s) {
			if n := units(p); n > MaxChars {
				t.Errorf("%s: piece %d has %d units", name, i, n)
			}
			if i > 0 {
				if !strings.HasPrefix(p, Continued) {
					t.Errorf("%s: piece %d has no mark", name, i)
				}
				p = strings.TrimPrefix(p, Continued)
			}
			joined += p
		}
		if joined != s {
			t.Errorf("%s: the pieces are not the text (%d and %d bytes)", name, len(joined), len(s))
		}
	}
	if n := len(Split(strings.Repeat("x", MaxChars))); n != 1 {
		t.Errorf("a text that just fits is cut into %d", n)
	}
}

func TestSheetNames(t *testing.T) {
	for in, want := range map[string]string{
		"Biểu II.06a":           "Biểu II.06a",
		`a/b\c?d*e[f]g:h'i`:     "a b c d e f g h i",
		"":                      "Trang",
		"'":                     "Trang",
		"History":               "Trang History",
		"x\x01y":                "x□y",
		strings.Repeat("đ", 40): strings.Repeat("đ", 31),
		"Tình hình, kết quả giải quyết thủ tục": "Tình hình, kết quả giải quyết t",
	} {
		if got := SheetName(in); got != want {
			t.Errorf("SheetName(%q) = %q, want %q", in, got, want)
		}
	}
	b := &Book{taken: map[string]bool{}}
	got := []string{b.free("Hồ sơ"), b.free("hồ sơ"), b.free("HỒ SƠ"), b.free(strings.Repeat("x", 40)), b.free(strings.Repeat("x", 40))}
	want := []string{"Hồ sơ", "hồ sơ (2)", "HỒ SƠ (3)", strings.Repeat("x", 31), strings.Repeat("x", 27) + " (2)"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("name %d is %q, want %q", i, got[i], want[i])
		}
	}
}

func TestDefinedNames(t *testing.T) {
	for in, want := range map[string]string{
		"dossiers.received": "dossiers_received",
		"c3":                "_c3",
		"R1C1":              "_R1C1",
		"r":                 "_r",
		"rc":                "_rc",
		"9M":                "_9M",
		"":                  "_",
		"hồ sơ":             "h__s_",
		"XFD1048576":        "_XFD1048576",
		"records":           "records",
		"ABCD1":             "ABCD1", // beyond the last column
	} {
		if got := DefinedName(in); got != want {
			t.Errorf("DefinedName(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSerialIsTheWallClock(t *testing.T) {
	hanoi := time.FixedZone("+07", 7*3600)
	for _, c := range []struct {
		at   time.Time
		want float64
		ok   bool
	}{
		{time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC), 61, true},
		{time.Date(2021, 9, 14, 0, 0, 0, 0, time.UTC), 44453, true},
		{time.Date(2021, 9, 14, 0, 0, 0, 0, hanoi), 44453, true},
		{time.Date(2021, 9, 14, 18, 0, 0, 0, hanoi), 44453.75, true},
		{time.Date(1900, 2, 28, 0, 0, 0, 0, time.UTC), 0, false},
		{time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), 0, false},
		{time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), 0, false},
	} {
		if got, ok := Serial(c.at); got != c.want || ok != c.ok {
			t.Errorf("Serial(%v) = %v, %v, want %v, %v", c.at, got, ok, c.want, c.ok)
		}
	}
}

func TestLinesBreakAtBlanks(t *testing.T) {
	for _, c := range []struct {
		s    string
		w    float64
		want int
	}{
		{"abc", 10, 1}, {"", 10, 1}, {"abc def", 4, 2}, {"a\nb\nc", 10, 3}, {strings.Repeat("a", 25), 10, 3},
	} {
		if got := Lines(c.s, c.w); got != c.want {
			t.Errorf("Lines(%q, %v) = %d, want %d", c.s, c.w, got, c.want)
		}
	}
}
