package xlsx

import (
	"math/big"
	"strings"

	"cchc/reports/model"
	"cchc/reports/xlsx/workbook"
)

// Colours: dark enough to be read on paper, grounds light enough to print on.
const (
	ink      = "1F3A5F"
	good     = "1B6E3C"
	bad      = "B3261E"
	muted    = "6B6B6B"
	headFill = "DCE6F1"
	sumFill  = "F2F2F2"
	markFill = "FFF2CC"
	softFill = "EEF3F8"
)

// exact is the largest whole number that Excel keeps digit by digit.
const exact = 999_999_999_999_999

// cell turns a value into a cell: the unrounded figure, and a format that prints
// it as Value.String does. A number that Excel would round becomes its text.
func (w *writer) cell(v model.Value, st workbook.Style) workbook.Cell {
	val, format, align := content(v)
	st.Format = format
	if st.Align == "" {
		st.Align = align
	}
	if v.Kind == model.Missing && st.Color == "" {
		st.Color = muted
	}
	return workbook.Cell{Value: val, Style: w.style(st)}
}

func content(v model.Value) (val any, format, align string) {
	switch v.Kind {
	case model.Integer:
		if v.Num > exact || v.Num < -exact {
			return v.String(), "", "right"
		}
		return v.Num, workbook.FormatCount + unit(v.Unit), "right"
	case model.Ratio:
		return v.Float(), "0" + places(v.Decimals) + "%", "right"
	case model.Points:
		f, _ := new(big.Rat).Mul(big.NewRat(v.Num, v.Den), big.NewRat(100, 1)).Float64()
		p := "0" + places(v.Decimals)
		if !v.Bare {
			p += `" điểm %"`
		}
		return f, "+" + p + ";-" + p + ";" + p, "right"
	case model.Decimal:
		return v.Float(), workbook.FormatCount + places(decimals(v.Num)) + unit(v.Unit), "right"
	case model.Day, model.Moment:
		days, ok := workbook.Serial(v.Date)
		switch {
		case !ok:
			return v.String(), "", "center"
		case v.Kind == model.Day:
			return float64(int64(days)), workbook.FormatDay, "center"
		}
		return days, workbook.FormatMoment, "center"
	case model.Missing:
		return v.String(), "", "center"
	}
	if v.Text == "" {
		return nil, "", "left"
	}
	return v.Text, "", "left"
}

func places(n int) string {
	if n <= 0 {
		return ""
	}
	return "." + strings.Repeat("0", n)
}

// decimals is how many decimals a number of millionths needs.
func decimals(millionths int64) int {
	n := 6
	for ; n > 0 && millionths%10 == 0; n-- {
		millionths /= 10
	}
	return n
}

// unit is the part of a format that prints a unit; quotes cannot stand in it.
func unit(s string) string {
	if s == "" {
		return ""
	}
	return `" ` + strings.ReplaceAll(workbook.Clean(s), `"`, "”") + `"`
}

func tone(t model.Tone) string {
	switch t {
	case model.Good:
		return good
	case model.Bad:
		return bad
	case model.Muted:
		return muted
	}
	return ""
}

func align(a model.Align) string {
	switch a {
	case model.Left:
		return "left"
	case model.Center:
		return "center"
	case model.Right:
		return "right"
	case model.Justify:
		return "justify"
	}
	return ""
}
