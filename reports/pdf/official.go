package pdf

import (
	"cchc/reports/model"
	"cchc/reports/page"
)

// The national motto, as every official document carries it.
const (
	country = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	motto   = "Độc lập - Tự do - Hạnh phúc"
)

// letterhead draws the head of an official document (NĐ 30/2020/NĐ-CP, Phụ lục I):
// bodies left, motto right; below them number, and place and date.
func letterhead(l model.Letterhead, width float64) []page.Strip {
	var c page.Canvas
	head := page.Font{Bold: true, Size: 12.5}
	right := head.Width(country) + 1
	left := width - right - 4
	x := width - right
	// left: superior, issuer, and a rule of two fifths of the issuer's last line
	y := 0.0
	if l.Superior != "" {
		y = centred(&c, l.Superior, page.Font{Size: 12.5}, 0, y, left)
	}
	y = centred(&c, l.Issuer, head, 0, y, left)
	under(&c, l.Issuer, head, 0, y+0.8, left, 0.4)
	// right: country, motto and a rule as long as the motto
	mottoFont := page.Font{Bold: true, Size: 13.5}
	r := centred(&c, country, head, x, 0, right)
	r = centred(&c, motto, mottoFont, x, r, right)
	under(&c, motto, mottoFont, x, r+0.5, right, 1)
	foot := max(y, r) + 3.5
	a := centred(&c, l.Number, page.Font{Size: 13}, 0, foot, left)
	b := centred(&c, l.Place, page.Font{Italic: true, Size: 13.5}, x, foot, right)
	return []page.Strip{{Height: max(a, b) + 2, Ops: c.Ops}}
}

// centred draws text centred in a column and returns the y below it.
func centred(c *page.Canvas, s string, f page.Font, x, y, width float64) float64 {
	for _, l := range page.Balance(s, f, width) {
		c.Set(x, y, width, l, page.Center)
		y += l.Height
	}
	return y
}

// under rules a share of the length of a text's last line, centred.
func under(c *page.Canvas, s string, f page.Font, x, y, width, part float64) {
	ls := page.Balance(s, f, width)
	w := ls[len(ls)-1].Width * part
	if w > 0 {
		c.Line(x+(width-w)/2, y, x+(width+w)/2, y, 0.25, page.Black, nil)
	}
}

func title(t model.Title, width float64) []page.Strip {
	font := page.Font{Bold: true, Size: titleSize}
	var out []page.Strip
	if t.Name != "" {
		out = lines(page.Balance(t.Name, font, width), width, page.Center, 5)
	}
	longest := 0.0
	for _, s := range t.Subject {
		ls := page.Balance(s, font.At(titleSize-0.5), width-10)
		out = append(out, lines(ls, width, page.Center, 0)...)
		longest = ls[len(ls)-1].Width
	}
	if longest > 0 {
		var c page.Canvas
		w := max(longest*0.4, 15)
		if w > longest/2 {
			w = longest / 2
		}
		c.Line((width-w)/2, 1, (width+w)/2, 1, 0.25, page.Black, nil)
		out = append(out, page.Strip{Height: 3, Ops: c.Ops})
	}
	return keep(out)
}

// signature is one strip, so that recipients, title and the room to sign in stay
// on one page.
func signature(s model.Signature, width float64) []page.Strip {
	left, right := width*0.48, width*0.48
	x := width - right
	sign := page.Font{Bold: true, Size: bodySize}
	var c page.Canvas
	y := 0.0
	for _, t := range []string{s.Authority, s.Position} {
		if t != "" {
			y = centred(&c, t, sign, x, y, right)
		}
	}
	y += 28
	if s.Name != "" {
		y = centred(&c, s.Name, sign, x, y, right)
	}
	list := recipients(s.Recipients, left)
	at := 0.0
	for i := range list {
		c.Ops = append(c.Ops, page.Shift(list[i].Ops, 0, at)...)
		at += list[i].Height
	}
	return []page.Strip{{Height: max(y, at), Gap: 6, Ops: c.Ops}}
}

func recipients(list []string, width float64) []page.Strip {
	if len(list) == 0 {
		return nil
	}
	head := page.Font{Bold: true, Italic: true, Size: 12}
	out := lines(page.BreakText("Nơi nhận:", head, page.Black, page.Shape{Width: width}), width, page.Left, 0)
	for _, s := range list {
		out = append(out, lines(page.BreakText(s, page.Font{Size: 11}, page.Black, page.Shape{Width: width}), width, page.Left, 0)...)
	}
	return out
}
