package model

import "testing"

func TestValuesPrintTheVietnameseWay(t *testing.T) {
	for _, c := range []struct {
		v    Value
		want string
	}{
		{Int(1265), "1.265"}, {Int(0), "0"}, {Int(-1234567), "-1.234.567"},
		{Share(70, 1265), "5,53 %"}, {Share(1, 1), "100,00 %"}, {Share(5, 0), "–"},
		{Share(1, 8), "12,50 %"}, {Share(12345, 1000000), "1,23 %"}, {Share(12355, 1000000), "1,24 %"},
		{Share(1999, 2000), "99,95 %"}, {Share(1, 800), "0,13 %"},
		{Millionths(84_280_000), "84,28"}, {Millionths(5_000_000), "5"}, {Millionths(-500_000), "-0,5"},
		{PointsBetween(Share(1, 2), Share(1, 4)), "+25,00 điểm %"},
		{PointsBetween(Share(1, 4), Share(1, 2)), "-25,00 điểm %"},
		{PointsBetween(Share(1, 0), Share(1, 2)), "–"},
		{Value{Kind: Ratio, Num: 1, Decimals: 2}, "–"}, {Value{Kind: Points, Num: 1, Decimals: 2}, "–"},
		{Value{Kind: Points, Num: 1, Den: 4, Decimals: 2, Bare: true}, "+25,00"},
		{Text("a"), "a"}, {None("x"), "–"},
	} {
		if got := c.v.String(); got != c.want {
			t.Errorf("%+v prints %q, want %q", c.v, got, c.want)
		}
	}
}
