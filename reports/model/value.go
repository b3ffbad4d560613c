package model

import (
	"math/big"
	"strconv"
	"strings"
	"time"
)

// Kind says which part of a Value holds.
type Kind int

// The kinds of value. The zero Value is an empty text.
const (
	String  Kind = iota
	Integer      // Num, printed with a dot between thousands
	Ratio        // Num/Den, printed as a percentage
	Decimal      // Num in millionths
	Points       // difference of two ratios, Num/Den, printed in "điểm %"
	Day          // Date, dd/MM/yyyy
	Moment       // Date, dd/MM/yyyy HH:mm
	Missing      // "–"; Why says the reason
)

// Value is one printed thing. Ratios stay fractions until they are printed, so
// every format rounds the same number once (half up).
type Value struct {
	Kind     Kind
	Text     string
	Num      int64
	Den      int64
	Decimals int // of Ratio, Points: digits printed (2 unless set by the constructor)
	Date     time.Time
	Why      string // of Missing: "chưa gửi dữ liệu", "mẫu số bằng 0"
	Unit     string // printed after a Decimal or Integer; may be empty
	Link     string // ID of the block that shows the rows behind; may be empty
	Bare     bool   // of Points: printed without "điểm %", which a note beside it says
}

// Text makes a text value.
func Text(s string) Value { return Value{Kind: String, Text: s} }

// Int makes a count.
func Int(n int64) Value { return Value{Kind: Integer, Num: n} }

// Share makes a ratio; with den 0 it is missing.
func Share(num, den int64) Value {
	if den == 0 {
		return Value{Kind: Missing, Why: "mẫu số bằng 0"}
	}
	return Value{Kind: Ratio, Num: num, Den: den, Decimals: 2}
}

// Millionths makes a decimal from millionths.
func Millionths(n int64) Value { return Value{Kind: Decimal, Num: n} }

// None makes a missing value with its reason.
func None(why string) Value { return Value{Kind: Missing, Why: why} }

// Date makes a day.
func Date(t time.Time) Value {
	if t.IsZero() {
		return Value{}
	}
	return Value{Kind: Day, Date: t}
}

// PointsBetween makes the difference now − before of two ratios.
func PointsBetween(now, before Value) Value {
	if now.Kind != Ratio || before.Kind != Ratio {
		return None("không có số liệu để so sánh")
	}
	d := new(big.Rat).Sub(big.NewRat(now.Num, now.Den), big.NewRat(before.Num, before.Den))
	if !d.Num().IsInt64() || !d.Denom().IsInt64() {
		return None("không có số liệu để so sánh")
	}
	return Value{Kind: Points, Num: d.Num().Int64(), Den: d.Denom().Int64(), Decimals: 2}
}

// IsNumber reports whether the value is a number that a workbook stores as one.
func (v Value) IsNumber() bool {
	switch v.Kind {
	case Integer, Ratio, Decimal, Points:
		return true
	}
	return false
}

// Float returns the unrounded number: 0.25 for a ratio of one in four.
func (v Value) Float() float64 {
	switch v.Kind {
	case Integer:
		return float64(v.Num)
	case Ratio:
		if v.Den == 0 {
			return 0
		}
		return float64(v.Num) / float64(v.Den)
	case Points:
		if v.Den == 0 {
			return 0
		}
		f, _ := big.NewRat(v.Num, v.Den).Float64()
		return f
	case Decimal:
		return float64(v.Num) / 1e6
	}
	return 0
}

// String prints the value the Vietnamese way: 1.265 · 84,28 % · 14/09/2021 · –.
func (v Value) String() string {
	switch v.Kind {
	case Integer:
		return withUnit(Thousands(v.Num), v.Unit)
	case Ratio:
		if v.Den == 0 {
			return "–"
		}
		return Percent(v.Num, v.Den, v.Decimals) + " %"
	case Points:
		if v.Den == 0 {
			return "–"
		}
		s := Percent(v.Num, v.Den, v.Decimals)
		if v.Num > 0 {
			s = "+" + s
		}
		if v.Bare {
			return s
		}
		return s + " điểm %"
	case Decimal:
		return withUnit(trimDecimal(v.Num), v.Unit)
	case Day:
		return v.Date.Format("02/01/2006")
	case Moment:
		return v.Date.Format("02/01/2006 15:04")
	case Missing:
		return "–"
	}
	return v.Text
}

func withUnit(s, unit string) string {
	if unit == "" {
		return s
	}
	return s + " " + unit
}

// Thousands prints a whole number with dots: 1265 is "1.265".
func Thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	var b strings.Builder
	for i, c := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(c)
	}
	return sign + b.String()
}

// Percent prints 100·num/den with the given decimals, rounded half up (away
// from zero) from the exact fraction, with a decimal comma and no sign "%".
func Percent(num, den int64, decimals int) string {
	r := big.NewRat(num, den)
	return fixed(r.Mul(r, big.NewRat(100, 1)), decimals)
}

func fixed(r *big.Rat, decimals int) string {
	s := r.FloatString(decimals) // rounds half away from zero, exactly
	whole, frac, _ := strings.Cut(s, ".")
	neg := strings.HasPrefix(whole, "-")
	n, _ := strconv.ParseInt(strings.TrimPrefix(whole, "-"), 10, 64)
	out := Thousands(n)
	if neg && strings.Trim(whole+frac, "-0") != "" {
		out = "-" + out
	}
	if decimals > 0 {
		out += "," + frac
	}
	return out
}

func trimDecimal(millionths int64) string {
	s := fixed(big.NewRat(millionths, 1_000_000), 6)
	return strings.TrimRight(strings.TrimRight(s, "0"), ",")
}
