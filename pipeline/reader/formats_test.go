package reader

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// reverse is a legacy encoding the other way: letters to codes.
func (l *legacy) reverse() map[rune]string {
	out := map[rune]string{}
	for code, r := range l.single {
		if r != 0 {
			out[r] = string(rune(code))
		}
	}
	for pair, r := range l.joined {
		base := out[pair[0]]
		capital := strings.ToUpper(string(pair[0])) == string(pair[0])
		if capital == (pair[1] < 0xE0) { // the mark that goes with the base
			out[r] = base + string(pair[1])
		}
	}
	return out
}

var reversed = map[*legacy]map[rune]string{tcvn3: tcvn3.reverse(), vni: vni.reverse()}

// inCodes writes text in legacy codes as code points.
func (l *legacy) inCodes(text string) string {
	reverse := reversed[l]
	var b strings.Builder
	for _, r := range text {
		code, ok := reverse[r]
		if !ok {
			panic(fmt.Sprintf("%s has no %q", l.name, r))
		}
		b.WriteString(code)
	}
	return b.String()
}

func lowBytes(text string) []byte {
	var out []byte
	for _, r := range text {
		out = append(out, byte(r))
	}
	return out
}

func inUTF16(text string, order binary.AppendByteOrder, mark bool) []byte {
	var out []byte
	if mark {
		out = order.AppendUint16(out, 0xFEFF)
	}
	for _, u := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

var known1258 = map[rune][]byte{}

// in1258 writes a text in windows-1258.
func in1258(text string) []byte {
	var out []byte
	for _, r := range text {
		b, ok := known1258[r]
		if !ok {
			b = letterIn1258(r)
			known1258[r] = b
		}
		out = append(out, b...)
	}
	return out
}

// letterIn1258 writes a letter that the code page lacks as base and combining mark.
func letterIn1258(letter rune) []byte {
	var out []byte
	for _, r := range string(letter) {
		if b, ok := charmap.Windows1258.EncodeRune(r); ok {
			out = append(out, b)
			continue
		}
		d := []rune(norm.NFD.String(string(r)))
		var tone rune
		rest := d[:0]
		for _, x := range d {
			switch x {
			case 0x0300, 0x0301, 0x0303, 0x0309, 0x0323:
				tone = x
			default:
				rest = append(rest, x)
			}
		}
		for _, x := range norm.NFC.String(string(rest)) + string(tone) {
			b, ok := charmap.Windows1258.EncodeRune(x)
			if !ok {
				panic(fmt.Sprintf("windows-1258 has no %q", r))
			}
			out = append(out, b)
		}
	}
	return out
}

// written is one way to write a text as bytes and what must be said of it.
type written struct {
	name, encoding, by, setting string
	bytes                       func(string) []byte
}

func writtenWays() []written {
	return []written{
		{"utf-8", utf8Name, ByContent, "", func(s string) []byte { return []byte(s) }},
		{"utf-8 with mark", utf8Name, ByMark, "", func(s string) []byte { return []byte("\uFEFF" + s) }},
		{"utf-8 against the setting", utf8Name, ByContent, tcvn3Name, func(s string) []byte { return []byte(s) }},
		{"utf-16le with mark", utf16LE, ByMark, "", func(s string) []byte { return inUTF16(s, binary.LittleEndian, true) }},
		{"utf-16be with mark", utf16BE, ByMark, "", func(s string) []byte { return inUTF16(s, binary.BigEndian, true) }},
		{"utf-16le", utf16LE, ByContent, "", func(s string) []byte { return inUTF16(s, binary.LittleEndian, false) }},
		{"utf-16be", utf16BE, ByContent, win1258, func(s string) []byte { return inUTF16(s, binary.BigEndian, false) }},
		{"windows-1258", win1258, ByContent, "", in1258},
		{"windows-1258 set", win1258, BySetting, win1258, in1258},
		{"tcvn3", tcvn3Name, BySetting, tcvn3Name, func(s string) []byte { return lowBytes(tcvn3.inCodes(s)) }},
		{"vni", vniName, BySetting, vniName, func(s string) []byte { return lowBytes(vni.inCodes(s)) }},
		{"tcvn3 in utf-8", tcvn3Name, BySetting, tcvn3Name, func(s string) []byte { return []byte(tcvn3.inCodes(s)) }},
		{"vni in utf-16", vniName, BySetting, vniName, func(s string) []byte { return inUTF16(vni.inCodes(s), binary.LittleEndian, true) }},
	}
}

func asCSV(rows [][]string, sep, end, first string) string {
	var b strings.Builder
	b.WriteString(first)
	for _, row := range rows {
		for i, c := range row {
			if i > 0 {
				b.WriteString(sep)
			}
			if strings.ContainsAny(c, sep+"\"\n") {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(c)
		}
		b.WriteString(end)
	}
	return b.String()
}

// asJSON writes all rows but the first as records with the keys of the first.
func asJSON(rows [][]string, before, between, after string) string {
	var b strings.Builder
	b.WriteString(before)
	for i, row := range rows[1:] {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteByte('{')
		for k, c := range row {
			if k > 0 {
				b.WriteByte(',')
			}
			key, _ := json.Marshal(rows[0][k])
			v, _ := json.Marshal(c)
			fmt.Fprintf(&b, "%s: %s", key, v)
		}
		b.WriteByte('}')
	}
	return b.String() + after
}

var xmlText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")

func asXLSX(tb testing.TB, rows [][]string, inline, macros bool) []byte {
	var sheet, shared strings.Builder
	n := 0
	sheet.WriteString("<sheetData>")
	for i, row := range rows {
		fmt.Fprintf(&sheet, `<row r="%d">`, i+1)
		for k, c := range row {
			ref := fmt.Sprintf("%c%d", 'A'+k, i+1)
			if inline {
				fmt.Fprintf(&sheet, `<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, ref, xmlText.Replace(c))
				continue
			}
			fmt.Fprintf(&sheet, `<c r="%s" t="s"><v>%d</v></c>`, ref, n)
			fmt.Fprintf(&shared, `<si><t xml:space="preserve">%s</t></si>`, xmlText.Replace(c))
			n++
		}
		sheet.WriteString("</row>")
	}
	parts := handMade(sheet.String() + "</sheetData>")
	parts[4].body = xmlHead + `<sst` + mainNS + `>` + shared.String() + `</sst>`
	if macros {
		parts = append(parts, part{"xl/vbaProject.bin", "\xD0\xCF\x11\xE0 not read"})
	}
	return pack(tb, parts)
}

func gzipped(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(data)
	z.Close()
	return b.Bytes()
}

func zipped(tb testing.TB, name string, data []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err != nil {
		tb.Fatal(err)
	}
	w.Write(data)
	z.Close()
	return b.Bytes()
}

// cells reads all cells, line numbers apart, trailing empty cells dropped.
func cells(data []byte, o Options) (rows []string, f *File, err error) {
	if f, err = New(bytes.NewReader(data), int64(len(data)), o); err != nil {
		return nil, nil, err
	}
	for i := range f.Sheets() {
		if err = f.Rows(i, func(r *Row) error {
			var b strings.Builder
			for _, c := range r.Cells {
				b.Write(c.Text)
				b.WriteByte(0x1F)
			}
			rows = append(rows, strings.TrimRight(b.String(), "\x1F"))
			return nil
		}); err != nil {
			return nil, f, err
		}
	}
	return rows, f, nil
}

// tableOf makes a header and n rows of 9 text cells.
func tableOf(n int) [][]string {
	r := rand.New(rand.NewPCG(3, 4))
	var head []string
	for i := range 9 {
		head = append(head, fmt.Sprintf("Cột thứ %d", i+1))
	}
	rows := [][]string{head}
	for i := range n {
		row := benchCells(r, i)[1:10]
		if i%50 == 7 {
			row[4] = "Cấp đổi \"sổ\"\nquyền sử dụng đất, nhà ở; tài sản"
		}
		rows = append(rows, row)
	}
	return rows
}

func TestEveryFormatAndEncodingGivesTheSameCells(t *testing.T) {
	rows := tableOf(10_000)
	var want []string
	for _, r := range rows {
		want = append(want, strings.TrimRight(strings.Join(r, "\x1F"), "\x1F"))
	}
	combinations := 0
	check := func(name string, data []byte, o Options, format, encoding, by string) {
		combinations++
		got, f, err := cells(data, o)
		switch {
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case f.Format != format || f.Encoding != encoding || f.EncodingBy != by:
			t.Errorf("%s: read as %s in %s by %s, want %s in %s by %s", name, f.Format, f.Encoding, f.EncodingBy, format, encoding, by)
		case len(got) != len(want):
			t.Errorf("%s: %d rows, want %d", name, len(got), len(want))
		default:
			for i := range want {
				if got[i] != want[i] {
					t.Errorf("%s: row %d is\n%q, want\n%q", name, i, got[i], want[i])
					break
				}
			}
		}
	}
	texts := []struct{ name, format, text string }{
		{"comma", "csv", asCSV(rows, ",", "\n", "")},
		{"semicolon CRLF", "csv", asCSV(rows, ";", "\r\n", "")},
		{"tab", "csv", asCSV(rows, "\t", "\r\n", "")},
		{"sep line", "csv", asCSV(rows, ";", "\r\n", "sep=;\r\n")},
		{"array", "json", asJSON(rows, "[", ",\n", "]\n")},
		{"lines", "json", asJSON(rows, "", "\n", "\n")},
		{"wrapped", "json", asJSON(rows, `{"total": 10000, "data": [`, ",", `], "ok": true}`)},
	}
	for i, x := range texts {
		for k, w := range writtenWays() {
			data, o := w.bytes(x.text), Options{Encoding: w.setting}
			check(x.name+" "+w.name, data, o, x.format, w.encoding, w.by)
			if k == i { // a different encoding per format is enough for the wrappings
				check(x.name+" "+w.name+" gzip", gzipped(data), o, x.format, w.encoding, w.by)
				check(x.name+" "+w.name+" zip", zipped(t, "a/xuất.csv", data), o, x.format, w.encoding, w.by)
			}
		}
	}
	for _, inline := range []bool{false, true} {
		for _, format := range []string{"xlsx", "xlsm"} {
			data := asXLSX(t, rows, inline, format == "xlsm")
			check(format, data, Options{}, format, utf8Name, ByContent)
			check(format+" gzip", gzipped(data), Options{}, format, utf8Name, ByContent)
			check(format+" zip", zipped(t, "a.xlsx", data), Options{Encoding: tcvn3Name}, format, utf8Name, ByContent)
		}
		for _, l := range []*legacy{tcvn3, vni} {
			var old [][]string
			for _, r := range rows {
				var o []string
				for _, c := range r {
					o = append(o, l.inCodes(c))
				}
				old = append(old, o)
			}
			data := asXLSX(t, old, inline, false)
			check("xlsx "+l.name, data, Options{Encoding: l.name}, "xlsx", l.name, BySetting)
			if _, _, err := cells(data, Options{}); err == nil || !strings.Contains(err.(*Refusal).Reason, "đặt encoding: "+l.name) {
				t.Errorf("xlsx in %s without a setting: %v", l.name, err)
			}
		}
	}
	t.Logf("%d combinations of format, encoding and wrapping", combinations)
}

// Without a setting old encodings are named and never guessed.
func TestOldEncodingsAreNamed(t *testing.T) {
	text := asCSV(tableOf(20), ",", "\n", "")
	for _, l := range []*legacy{tcvn3, vni} {
		for name, data := range map[string][]byte{
			"bytes": lowBytes(l.inCodes(text)), "carried": []byte(l.inCodes(text)), "other setting": lowBytes(l.inCodes(text)),
		} {
			o := Options{}
			if name == "other setting" {
				o.Encoding = utf8Name
			}
			_, _, err := cells(data, o)
			if err == nil || !strings.Contains(err.(*Refusal).Reason, "đặt encoding: "+l.name) {
				t.Errorf("%s as %s: %v", l.name, name, err)
			}
		}
	}
	for name, data := range map[string]string{
		"French":        "pr\xE9nom,\xE9cole,\xE9t\xE9\nfran\xE7ois,for\xEAt,no\xEBl\n",
		"few words":     "h\xF4 s\xD2,b,c\n",
		"Shift JIS":     "\x93\xFA\x96{\x8C\xEA,\x83e\x83X\x83g\n\x93\xFA\x96{,\x8C\xEA\n",
		"damaged UTF-8": strings.Replace(text, "Đất", "\xC4\x10\xE1\xBA\xA5t", 1),
	} {
		if _, _, err := cells([]byte(data), Options{}); err == nil || !strings.Contains(err.Error(), "not UTF-8") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := cells([]byte("a,b\n"), Options{Encoding: "latin1"}); err == nil {
		t.Error("an unknown setting is taken")
	}
}

// The tables of the old encodings hold every Vietnamese letter they have, and
// lead back to it.
func TestLegacyTables(t *testing.T) {
	small := "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
	for _, c := range []struct {
		l       *legacy
		letters string
	}{{tcvn3, small + "ĂÂÊÔƠƯĐ"}, {vni, small + strings.ToUpper(small)}} {
		text := c.letters + " 0-9,;\"\n"
		back, ok := c.l.decodeCell(nil, []byte(c.l.inCodes(text)))
		if !ok || string(back) != text {
			t.Errorf("%s: %q", c.l.name, back)
		}
	}
	for _, c := range []struct {
		l          *legacy
		codes, out string
	}{
		{tcvn3, "C\u00e9ng h\u00dfa x\u00b7 h\u00e9i ch\u00f1 ngh\u00dca Vi\u00d6t Nam, \u00a7\u00b5 N\u00bdng", "Cộng hòa xã hội chủ nghĩa Việt Nam, Đà Nẵng"},
		{vni, "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ÑOÄC LAÄP, Töï do, Haïnh phuùc, huyeän", "Cộng hòa xã hội chủ nghĩa Việt Nam, ĐỘC LẬP, Tự do, Hạnh phúc, huyện"},
	} {
		if got, ok := c.l.decodeCell(nil, []byte(c.codes)); !ok || string(got) != c.out {
			t.Errorf("%s: %q, want %q", c.l.name, got, c.out)
		}
	}
	for _, bad := range []struct {
		l    *legacy
		text string
	}{{tcvn3, "a\u0085"}, {vni, "bá"}, {vni, "\u00f9"}, {vni, "a\u0099"}} {
		if got, ok := bad.l.decodeCell(nil, []byte(bad.text)); ok {
			t.Errorf("%s takes %q as %q", bad.l.name, bad.text, got)
		}
	}
}
