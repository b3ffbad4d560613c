package page

import (
	"strings"
	"testing"
	"testing/quick"

	"cchc/reports/model"
)

func TestAllVietnameseLettersHaveGlyphs(t *testing.T) {
	letters := "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
	letters += strings.ToUpper(letters) + "–…“”□"
	for i := range 8 {
		f := Font{Family: Family(i / 4), Bold: i%2 == 1, Italic: i/2%2 == 1, Size: 10}
		if got, lost := f.Clean(letters); got != letters || lost > 0 {
			t.Errorf("face %d prints %q", i, got)
		}
	}
}

func TestWidthsAreThoseOfTimes(t *testing.T) {
	// metrics of Times: space 250, 0 500, W 944 (bold 1000) thousandths
	f := Font{Size: 1000 / Point / 1000}
	for s, want := range map[string]float64{" ": 0.25, "0": 0.5, "W": 0.944, "Đ": 0.722} {
		if got := f.Width(s); got < want-0.002 || got > want+0.002 {
			t.Errorf("%q is %.4f wide, want %.3f", s, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"Ho\u0300a": "Hòa", "a😀b": "a□b", "a\r\nb": "a\nb", "a\x00b": "ab", "a\tb": "a b", "\ufeffx": "x", "trong\u200bkỳ": "trongkỳ",
		"a\u2003b": "a b", "\xff": "□", "a\u2028b": "a\nb", "☑": "□", "10\u00a0%": "10\u00a0%",
	} {
		if got, _ := (Font{}).Clean(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func joined(ls []Line) string {
	var b strings.Builder
	for _, l := range ls {
		for _, p := range l.Pieces {
			b.WriteString(p.Text)
		}
		b.WriteByte(' ')
	}
	return strings.Join(strings.Fields(b.String()), "")
}

func TestBreakLosesNothingAndFits(t *testing.T) {
	check := func(words []string, width uint8, indent bool) bool {
		w := 12 + float64(width)
		sh := Shape{Width: w, Align: Justify}
		if indent {
			sh.Indent = 3
		}
		f := Font{Size: 11}
		text := strings.Join(words, " ")
		ls := Break([]Run{{Text: text, Font: f}, {Text: " đậm", Font: Font{Size: 11, Bold: true}}}, sh)
		clean, _ := f.Clean(text + " đậm")
		for _, l := range ls {
			if l.Width > w+0.01 {
				t.Logf("line of %.2f in %.2f", l.Width, w)
				return false
			}
		}
		return joined(ls) == strings.Join(strings.Fields(clean), "")
	}
	if err := quick.Check(check, &quick.Config{MaxCount: 500}); err != nil {
		t.Errorf("%.300s", err)
	}
}

func TestJustifyStretchesAllLinesButTheLast(t *testing.T) {
	ls := BreakText(strings.Repeat("cải cách hành chính ", 30), Font{Size: 13}, Black, Shape{Width: 100, Indent: 10, Align: Justify})
	for i, l := range ls[:len(ls)-1] {
		if l.Width < 99.99 || l.Width > 100.01 {
			t.Errorf("line %d is %.2f wide", i, l.Width)
		}
	}
	if last := ls[len(ls)-1]; last.Width > 99 {
		t.Errorf("the last line is stretched to %.2f", last.Width)
	}
	if ls[0].Pieces[0].X != 10 || ls[1].Pieces[0].X != 0 {
		t.Error("only the first line is indented")
	}
}

func strip(h float64, keep bool) Strip { return Strip{Height: h, Keep: keep} }

func TestPaginate(t *testing.T) {
	head := &Strip{Height: 5}
	for name, c := range map[string]struct {
		strips []Strip
		want   []int // strips per page
	}{
		"none":                    {nil, nil},
		"fill":                    {[]Strip{strip(50, false), strip(50, false), strip(1, false)}, []int{2, 1}},
		"kept together":           {[]Strip{strip(60, false), strip(30, true), strip(30, false)}, []int{1, 2}},
		"chain longer than page":  {[]Strip{strip(60, true), strip(60, true), strip(60, false)}, []int{1, 1, 1}},
		"break":                   {[]Strip{strip(1, false), {Height: 1, Break: true}}, []int{1, 1}},
		"gap dropped at page top": {[]Strip{strip(60, false), {Height: 100, Gap: 20}}, []int{1, 1}},
		"head repeated":           {[]Strip{{Height: 5, Keep: true}, {Height: 90, Head: head}, {Height: 90, Head: head}}, []int{2, 2}},
		"taller than a page":      {[]Strip{strip(250, false)}, []int{1, 1, 1}},
	} {
		pages := Paginate(c.strips, 100)
		var got []int
		for _, p := range pages {
			got = append(got, len(p))
			h := 0.0
			for _, s := range p {
				h += s.Gap + s.Height
			}
			if h > 100.001 {
				t.Errorf("%s: a page of %.1f", name, h)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
	}
}

func TestSpans(t *testing.T) {
	txt := func(s string, cols, rows int) model.Cell {
		return model.Cell{Value: model.Text(s), ColSpan: cols, RowSpan: rows}
	}
	x := model.Cell{Covered: true}
	rows := [][]model.Cell{
		{txt("a", 2, 2), x, txt("b", 9, 1)},
		{x, x, txt("c", 0, 9)},
	}
	got := resolve(rows, 3)
	if a := got[0][0]; a.cols != 2 || a.rows != 2 {
		t.Errorf("a spans %d × %d", a.cols, a.rows)
	}
	if b := got[0][1]; b.cols != 1 || b.rows != 1 {
		t.Errorf("b leaves the table: %d × %d", b.cols, b.rows)
	}
	if len(got[1]) != 1 || got[1][0].col != 2 || got[1][0].rows != 1 {
		t.Errorf("second row: %+v", got[1])
	}
	// a span never swallows a text
	got = resolve([][]model.Cell{{txt("a", 3, 1), txt("", 0, 0), txt("c", 0, 0)}}, 3)
	if len(got[0]) != 2 || got[0][0].cols != 2 {
		t.Errorf("a text is swallowed: %+v", got[0])
	}
}

func TestColumnWidthsFillTheTable(t *testing.T) {
	check := func(need []uint8, shares []uint8) bool {
		if len(need) == 0 {
			return true
		}
		m := measured{min: make([]float64, len(need)), nat: make([]float64, len(need))}
		for i, n := range need {
			m.min[i], m.nat[i] = float64(n)/10, float64(n)/3
		}
		cols := make([]model.Column, len(need))
		for i := range cols {
			if i < len(shares) {
				cols[i].Width = float64(shares[i])
			}
		}
		w, fits := m.fit(cols, 10, 160, 0.5)
		for i := range w {
			if w[i] <= 0 || fits && w[i] < m.min[i]*10 {
				return false
			}
		}
		return sum(w) > 159.99 && sum(w) < 160.01
	}
	if err := quick.Check(check, nil); err != nil {
		t.Error(err)
	}
}

func TestAxis(t *testing.T) {
	for _, c := range []struct {
		lo, hi  float64
		percent bool
		want    string
	}{
		{0, 0.98, true, "0 %|20 %|40 %|60 %|80 %|100 %"},
		{0, 1234, false, "0|250|500|750|1.000|1.250"},
		{0, 3, false, "0|1|2|3"},
		{-5, 12, false, "-5|0|5|10|15"},
		{0, 0, false, "0|1"},
		{0, 0.043, true, "0 %|1 %|2 %|3 %|4 %|5 %"},
	} {
		a := newAxis(c.lo, c.hi, 5, true, c.percent)
		var got []string
		for _, v := range a.ticks() {
			got = append(got, a.label(v))
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%v–%v: %s, want %s", c.lo, c.hi, s, c.want)
		}
	}
}

// A stacked bar of which nothing is known says why and has no total of 0.
func TestStackedBarWithoutData(t *testing.T) {
	c := model.Chart{Kind: model.Stacked, Categories: []string{"A", "B"}, Series: []model.Series{
		{Name: "x", Values: []model.Value{model.Int(3), model.None("chưa gửi dữ liệu")}},
		{Name: "y", Values: []model.Value{model.Int(4), model.None("chưa gửi dữ liệu")}},
	}}
	said := map[string]int{}
	for _, s := range Chart(c, 160, 250) {
		for _, o := range s.Ops {
			said[o.Text]++
		}
	}
	if said["7"] != 1 || said["– chưa gửi dữ liệu"] != 1 || said["0"] > 1 { // one 0 is the axis
		t.Errorf("%v", said)
	}
}
