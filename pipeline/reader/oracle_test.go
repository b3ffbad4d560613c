package reader

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// The oracles read the same bytes with the standard library. They are simple
// and slow, and what the readers accept must be what they read.

// oracleText turns bytes into text by the encoding that the File names.
func oracleText(data []byte, f *File) (string, bool) {
	switch f.Encoding {
	case utf16LE, utf16BE:
		var order binary.ByteOrder = binary.LittleEndian
		if f.Encoding == utf16BE {
			order = binary.BigEndian
		}
		var units []uint16
		for i := 0; i+1 < len(data); i += 2 {
			units = append(units, order.Uint16(data[i:]))
		}
		text := strings.TrimPrefix(string(utf16.Decode(units)), "\uFEFF")
		return text, len(data)%2 == 0 && !strings.ContainsRune(text, utf8.RuneError)
	case win1258:
		text, err := charmap.Windows1258.NewDecoder().Bytes(data)
		return norm.NFC.String(string(text)), err == nil && !bytes.ContainsRune(text, utf8.RuneError)
	}
	return strings.TrimPrefix(string(data), "\uFEFF"), utf8.Valid(data)
}

// oracleCSV gives the records that are not blank.
func oracleCSV(text string, sep byte) ([]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = rune(sep), -1
	all, err := r.ReadAll()
	var out []string
	for _, rec := range all {
		if strings.Join(rec, "") != "" {
			out = append(out, strings.TrimRight(strings.Join(rec, "\x1F"), "\x1F"))
		}
	}
	return out, err
}

// oracleJSON gives one map a record, and the texts of the values.
func oracleJSON(text string) (out []map[string]string, err error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	for {
		var v any
		if err := d.Decode(&v); err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, err
		}
		switch v := v.(type) {
		case []any:
			for _, r := range v {
				out = append(out, oracleRecord(r))
			}
		case map[string]any:
			wrapped := false
			for _, m := range v {
				if list, ok := m.([]any); ok {
					wrapped = true
					for _, r := range list {
						out = append(out, oracleRecord(r))
					}
				}
			}
			if !wrapped {
				out = append(out, oracleRecord(v))
			}
		default:
			return nil, fmt.Errorf("no records")
		}
	}
}

func oracleRecord(v any) map[string]string {
	out := map[string]string{}
	m, _ := v.(map[string]any)
	for k, x := range m {
		switch x := x.(type) {
		case string:
			out[k] = x
		case json.Number:
			out[k] = x.String()
		case bool:
			out[k] = map[bool]string{true: "1", false: "0"}[x]
		}
		if out[k] == "" {
			delete(out, k)
		}
	}
	return out
}

// recordsOf reads a File of JSON the same way.
func recordsOf(f *File) (out []map[string]string, err error) {
	var keys []string
	err = f.Rows(0, func(r *Row) error {
		rec := map[string]string{}
		for i, c := range r.Cells {
			if r.Line == 0 {
				keys = append(keys, string(c.Text))
			} else if c.Kind != Empty {
				rec[keys[i]] = string(c.Text)
			}
		}
		if r.Line > 0 {
			for len(out) < r.Line-1 { // records without a value are passed over
				out = append(out, map[string]string{})
			}
			out = append(out, rec)
		}
		return nil
	})
	return out, err
}

type oracleString struct {
	T string `xml:"t"`
	R []struct {
		T string `xml:"t"`
	} `xml:"r"`
}

func (s oracleString) text() string {
	out := s.T
	for _, r := range s.R {
		out += r.T
	}
	return out
}

type oracleSheet struct {
	XMLName xml.Name `xml:"worksheet"`
	Rows    []struct {
		R int `xml:"r,attr"`
		C []struct {
			R  string       `xml:"r,attr"`
			T  string       `xml:"t,attr"`
			V  string       `xml:"v"`
			Is oracleString `xml:"is"`
		} `xml:"c"`
	} `xml:"sheetData>row"`
}

// oracleXLSX gives the cells of the first sheet of handMade as "row,column" to
// text.
func oracleXLSX(data []byte) (map[string]string, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	decode := func(name string, into any) error {
		f, err := z.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		return xml.NewDecoder(f).Decode(into)
	}
	var shared struct {
		SI []oracleString `xml:"si"`
	}
	var sheet oracleSheet
	if err := decode("xl/sharedStrings.xml", &shared); err != nil {
		return nil, err
	}
	if err := decode("xl/worksheets/sheet1.xml", &sheet); err != nil {
		return nil, err
	}
	out := map[string]string{}
	line := 0
	for _, r := range sheet.Rows {
		if line++; r.R > 0 {
			line = r.R
		}
		col := 0
		for _, c := range r.C {
			if col++; c.R != "" {
				col = 0
				for _, l := range strings.TrimRight(c.R, "0123456789") {
					col = col*26 + int(l-'A') + 1
				}
			}
			text := c.V
			switch {
			case c.T == "s" && text != "":
				i, err := strconv.Atoi(text)
				if err != nil || i >= len(shared.SI) {
					return nil, fmt.Errorf("index %q", text)
				}
				text = shared.SI[i].text()
			case c.T == "inlineStr" && c.V == "":
				text = c.Is.text()
			}
			if text != "" {
				out[fmt.Sprintf("%d,%d", line, col)] = text
			}
		}
	}
	return out, nil
}

func gridOf(f *File) (map[string]string, error) {
	out := map[string]string{}
	err := f.Rows(0, func(r *Row) error {
		for i, c := range r.Cells {
			if len(c.Text) > 0 {
				out[fmt.Sprintf("%d,%d", r.Line, i+1)] = string(c.Text)
			}
		}
		return nil
	})
	return out, err
}
