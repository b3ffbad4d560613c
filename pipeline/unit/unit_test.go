package unit

import (
	"strings"
	"testing"
	"time"
)

func d(s string) time.Time {
	t, _ := time.Parse(time.DateOnly, s)
	return t
}

func TestTreeOfADay(t *testing.T) {
	r, problems := New([]Unit{
		{Code: "A", Name: "UBND tỉnh A", Tier: "province"},
		{Code: "A.1", Name: "UBND huyện Một", Tier: "district", Parent: "a", ValidTo: d("2025-07-01")},
		{Code: "A.1.1", Name: "UBND xã Hòa An", Tier: "commune", Parent: "A.1", ValidTo: d("2025-07-01")},
		{Code: "A.1.1", Name: "UBND xã Hòa An", Tier: "commune", Parent: "A", ValidFrom: d("2025-07-01")},
		{Code: "A.9", Name: "UBND xã Mới", Tier: "commune", Parent: "A", ValidFrom: d("2025-07-01")},
	})
	if problems != nil {
		t.Fatal(problems)
	}
	before, after := r.At(d("2025-06-30")), r.At(d("2025-07-01"))
	if got := strings.Join(before.Up("A.1.1"), " "); got != "A.1.1 A.1 A" {
		t.Errorf("before: %s", got)
	}
	if got := strings.Join(after.Up("A.1.1"), " "); got != "A.1.1 A" {
		t.Errorf("after: %s", got)
	}
	if got := strings.Join(after.Up("A.1"), " "); got != "A.1 A" {
		t.Errorf("a unit gone keeps its last parent: %s", got)
	}
	if before.Born["A.9"] || !after.Born["A.9"] || !after.Born["A.1"] {
		t.Error("A.9 is born on 1/7/2025; A.1 was born before")
	}
	if code, n := r.ByName("ủy ban  nhân dân xã Hoà An", time.Time{}, time.Time{}); code != "A.1.1" || n != 1 {
		t.Errorf("by name: %q %d", code, n)
	}
	if _, ok := r.ByCode("a.1", d("2025-07-01"), d("2025-08-01")); ok {
		t.Error("A.1 is not in the register after 30/6/2025")
	}
	if _, ok := r.ByCode("a.1", d("2025-06-30"), d("2025-08-01")); !ok {
		t.Error("A.1 is in the register on 30/6/2025")
	}
	if near := r.Nearest("UBND xã Mơí", 1); len(near) != 1 || near[0] != "A.9 – UBND xã Mới" {
		t.Errorf("nearest: %v", near)
	}
}

func TestProblemsComeAllAtOnce(t *testing.T) {
	_, problems := New([]Unit{
		{Code: "A", Parent: "B", Line: 2}, {Code: "B", Parent: "A", Line: 3},
		{Code: "a", Parent: "", Line: 4}, {Code: "C", Parent: "Z", Line: 5},
		{Code: "D", ValidFrom: d("2021-01-02"), ValidTo: d("2021-01-02"), Line: 6},
	})
	all := strings.Join(problems, "\n")
	for _, want := range []string{"line 4: a is already registered on line 2", `line 5: parent "Z"`, "line 6: D: valid_to", "stands above itself"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing in:\n%s", want, all)
		}
	}
}

func TestNamesInOtherSpellings(t *testing.T) {
	for _, same := range [][]string{
		{"UBND phường Sông Hiến", "Ủy ban nhân dân P. Sông Hiến", "UỶ BAN NHÂN DÂN P.SÔNG HIẾN", "ubnd  p sông hiến", "Ủy ban nhân dân p Sông Hiến", "UBND\u00a0Phường Sông Hiến"},
		{"UBND thị trấn Nà Phặc", "UBND TT.Nà Phặc", "UBND TT Nà Phặc", "Uỷ ban nhân dân TT. Nà  Phặc"},
		{"UBND thành phố Cao Bằng", "UBND TP Cao Bằng", "UBND TP. Cao Bằng", "UBND Tp.Cao Bằng"},
		{"UBND huyện Hiệp Hòa", "UBND huyện Hiệp Hoà", "UBND H. Hiệp Hòa", "UBND h.Hiệp Hòa", "UBND huye\u0323\u0302n Hie\u0323\u0302p Ho\u0300a"},
		{"UBND phường 1", "UBND P.01", "UBND Phường 01"},
		{"Sở Văn hóa, Thể thao và Du lịch", "Sở Văn hoá Thể thao và Du lịch"},
		{"UBND xã Ô Tân - Hòa", "UBND xã Ô Tân – Hoà", "UBND X. Ô Tân-Hòa"},
		{"UBND thị xã Từ Sơn", "UBND TX. Từ Sơn"},
	} {
		for _, s := range same[1:] {
			if FoldName(s) != FoldName(same[0]) {
				t.Errorf("%q is %q, %q is %q", s, FoldName(s), same[0], FoldName(same[0]))
			}
		}
	}
	for _, other := range [][2]string{
		{"UBND xã Hòa An", "UBND phường Hòa An"}, {"UBND xã Đất", "UBND xã Đạt"}, {"UBND phường 1", "UBND phường 10"}, {"UBND xã Hòa An", "UBND huyện Hòa An"},
	} {
		if FoldName(other[0]) == FoldName(other[1]) {
			t.Errorf("%q and %q are one", other[0], other[1])
		}
	}
}
