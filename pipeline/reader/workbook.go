package reader

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// workbook is an Office Open XML spreadsheet (.xlsx, .xlsm), transitional or
// strict.
type workbook struct {
	c        *container
	limits   Limits
	names    []string
	parts    []string
	date1904 bool
	dates    []bool // per cell style: is the number shown as a date?
	strings  stringTable
	enc      encoding
	legacy   *legacy // nil: the text is Unicode, as the format wants it
}

// stringTable holds the shared strings in one block.
type stringTable struct {
	data []byte
	ends []int
}

func (t *stringTable) at(i int) []byte {
	from := 0
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.data[from:t.ends[i]:t.ends[i]]
}

func openWorkbook(in *input, entries []entry) (string, book, error) {
	w := &workbook{c: newContainer(in, entries), limits: in.o.Limits}
	name := "xlsx"
	if w.c.has("xl/vbaProject.bin") {
		name = "xlsm"
	}
	err := w.read()
	if err == nil {
		err = w.c.verify(w.parts)
	}
	if err == nil {
		err = w.settle(in.o.Encoding)
	}
	return name, w, err
}

func (w *workbook) read() error {
	main, err := w.c.mainPart()
	if err != nil {
		return err
	}
	rels, err := w.c.relations(main)
	if err != nil {
		return err
	}
	if err := w.readWorkbook(main, rels); err != nil {
		return err
	}
	for _, r := range sortedRelations(rels) {
		switch r.kind {
		case "styles":
			err = w.readStyles(r.target)
		case "sharedStrings":
			err = w.readStrings(r.target)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *workbook) encoding() encoding { return w.enc }

// settle finds out whether the texts are in letters of an old font, and decodes
// the shared ones.
func (w *workbook) settle(setting string) error {
	w.enc = encoding{name: utf8Name, by: ByContent}
	sample := w.strings.data[:min(len(w.strings.data), sampleBytes)]
	if _, marked := syllables(string(sample)); marked < 3 {
		var err error
		if sample, err = w.heads(); err != nil {
			return err
		}
	}
	l, err := carried(string(whole(sample)), setting)
	if l == nil || err != nil {
		return err
	}
	w.enc, w.legacy = encoding{name: l.name, by: BySetting, legacy: l}, l
	return w.strings.decode(l)
}

// heads gathers text from the first rows of the sheets.
func (w *workbook) heads() (sample []byte, err error) {
	for i := range w.parts {
		n := 0
		if err := w.rows(i, func(r *Row) error {
			for _, c := range r.Cells {
				if c.Kind == Text {
					sample = append(append(sample, c.Text...), '\n')
				}
			}
			if n++; n == 50 || len(sample) > sampleBytes {
				return Stop
			}
			return nil
		}); err != nil && !errors.Is(err, Stop) {
			return nil, err
		}
	}
	return sample, nil
}

// decode turns the texts into Unicode.
func (t *stringTable) decode(l *legacy) error {
	old := *t
	t.data, t.ends = make([]byte, 0, len(old.data)), make([]int, 0, len(old.ends))
	for i := range old.ends {
		var ok bool
		if t.data, ok = l.decodeCell(t.data, old.at(i)); !ok {
			return notIn(encoding{name: l.name}, 0)
		}
		t.ends = append(t.ends, len(t.data))
	}
	return nil
}

func sortedRelations(rels map[string]relation) []relation {
	out := make([]relation, 0, len(rels))
	for _, r := range rels {
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b relation) int { return strings.Compare(a.kind+"\n"+a.target, b.kind+"\n"+b.target) })
	return out
}

// mainPart finds the workbook part, or says what else the archive is.
func (c *container) mainPart() (string, error) {
	if !c.has("_rels/.rels") {
		if c.has("mimetype") {
			return "", &Refusal{Short: "OpenDocument is not read",
				Reason: "Không nhận tệp OpenDocument (.ods); hãy mở bằng LibreOffice Calc, chọn Tệp > Lưu dưới dạng > \"Excel 2007-365 (.xlsx)\" rồi gửi lại."}
		}
		return "", broken("missing part")
	}
	rels, err := c.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range sortedRelations(rels) {
		if r.kind != "officeDocument" {
			continue
		}
		if strings.HasSuffix(r.target, ".bin") {
			return "", &Refusal{Short: "binary workbook (.xlsb) is not read",
				Reason: "Không nhận tệp .xlsb; " + saveAsXLSX}
		}
		return r.target, nil
	}
	return "", broken("no main part")
}

func (w *workbook) readWorkbook(part string, rels map[string]relation) error {
	err := w.c.scan(part, func(s *xmlScanner) error {
		root := true
		for {
			t, err := s.next()
			if err != nil || t == endOfPart {
				return err
			}
			if t != openTag {
				continue
			}
			if root && string(s.name) != "workbook" {
				return &Refusal{Short: "not a spreadsheet",
					Reason: "Tệp không phải sổ Excel (có thể là Word hoặc PowerPoint); hãy gửi tệp Excel (.xlsx) hoặc CSV."}
			}
			root = false
			switch string(s.name) {
			case "workbookPr":
				v := string(s.attr("date1904"))
				w.date1904 = v == "1" || v == "true"
			case "sheet":
				if err := w.addSheet(s, rels); err != nil {
					return err
				}
			}
		}
	})
	if err == nil && len(w.parts) == 0 {
		return broken("no worksheet")
	}
	return err
}

func (w *workbook) addSheet(s *xmlScanner, rels map[string]relation) error {
	var name, id []byte
	if err := s.eachAttr(func(n, v []byte) {
		switch string(n) {
		case "name":
			name = v
		case "id":
			id = v
		}
	}); err != nil {
		return err
	}
	r, ok := rels[string(id)]
	if !ok {
		return malformed("sheet without its part")
	}
	if r.kind != "worksheet" {
		return nil // chart sheets, macro sheets and dialogs hold no rows
	}
	if len(w.parts) == w.limits.Sheets {
		return tooBig("number of sheets", "Tệp Excel có quá nhiều trang tính")
	}
	if !w.c.has(r.target) {
		return malformed("missing worksheet part")
	}
	plain, err := unescape(nil, name)
	if err != nil {
		return err
	}
	w.names = append(w.names, string(plain))
	w.parts = append(w.parts, r.target)
	return nil
}

func (w *workbook) sheets() []string { return w.names }

// readStyles notes for every cell style whether its number format is a date.
func (w *workbook) readStyles(part string) error {
	custom := map[int]bool{}
	inXfs := false
	err := w.c.scan(part, func(s *xmlScanner) error {
		for {
			t, err := s.next()
			if err != nil || t == endOfPart {
				return err
			}
			switch {
			case string(s.name) == "cellXfs":
				inXfs = t == openTag
			case t != openTag:
			case string(s.name) == "numFmt":
				id, err := strconv.Atoi(string(s.attr("numFmtId")))
				if err != nil {
					return malformed("number format without id")
				}
				code, err := unescape(nil, s.attr("formatCode"))
				if err != nil {
					return err
				}
				custom[id] = isDateFormat(code)
			case string(s.name) == "xf" && inXfs:
				id := 0
				if v := s.attr("numFmtId"); v != nil {
					if id, err = strconv.Atoi(string(v)); err != nil {
						return malformed("cell style with a bad number format")
					}
				}
				date, known := custom[id]
				w.dates = append(w.dates, known && date || !known && isBuiltinDate(id))
			}
		}
	})
	return err
}

// isBuiltinDate knows the ids of ECMA-376 part 1, 18.8.30, with the East Asian
// ones.
func isBuiltinDate(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// isDateFormat reports whether the first section of a number format has a
// letter of a date or time outside quotes, escapes and brackets.
func isDateFormat(code []byte) bool {
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == ';':
			return false
		case code[i] == '"':
			end := bytes.IndexByte(code[i+1:], '"')
			if end < 0 {
				return false
			}
			i += end + 1
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++
		case code[i] == '[':
			end := bytes.IndexByte(code[i:], ']')
			if end < 0 {
				return false
			}
			if in := bytes.ToLower(code[i+1 : i+end]); len(in) > 0 && len(bytes.Trim(in, "hms")) == 0 {
				return true // elapsed time
			}
			i += end
		case c == 'd' || c == 'm' || c == 'y' || c == 'h' || c == 's':
			return true
		}
	}
	return false
}

// readStrings reads the shared strings; the runs of a rich text are joined,
// phonetic hints are left out.
func (w *workbook) readStrings(part string) error {
	if w.c.parts[strings.ToLower(part)].size > w.limits.StringBytes {
		return tooBig("shared strings", "Phần chữ của tệp Excel quá lớn so với giới hạn")
	}
	t := &w.strings
	err := w.c.scan(part, func(s *xmlScanner) error {
		for {
			from, done := len(t.data), false
			if t.data, done = s.fastString(t.data); !done {
				k, err := s.next()
				if err != nil || k == endOfPart {
					return err
				}
				switch {
				case k == openTag && s.depth == 1 && string(s.name) != "sst":
					return malformed("no table of shared strings")
				case k == openTag && s.depth == 2 && string(s.name) != "si":
					if string(s.name) != "extLst" {
						return malformed("unexpected element among the shared strings")
					}
					if err := s.skip(); err != nil {
						return err
					}
					continue
				case k == text:
					if err := blankText(s); err != nil {
						return err
					}
					continue
				case k != openTag || s.depth == 1:
					continue
				}
				if t.data, err = s.richText(t.data); err != nil {
					return err
				}
			}
			if len(t.data)-from > w.limits.CellBytes {
				return errTokenTooLong
			}
			t.ends = append(t.ends, len(t.data))
		}
	})
	return err
}

// richText appends the text of the <si> or <is> element just opened and reads
// past its end.
func (s *xmlScanner) richText(dst []byte) ([]byte, error) {
	outer, from := s.depth, len(dst)
	for {
		k, err := s.next()
		if err != nil {
			return dst, err
		}
		switch {
		case k == closeTag && s.depth < outer:
			return unescapeControls(dst, from), nil
		case k == openTag:
			switch string(s.name) {
			case "t", "r":
			case "rPr", "rPh", "phoneticPr", "extLst":
				if err := s.skip(); err != nil {
					return dst, err
				}
			default:
				return dst, malformed("unexpected element in a text")
			}
		case k == text && string(local(s.top())) == "t":
			if dst, err = s.appendText(dst); err != nil {
				return dst, err
			}
		case k == text:
			if err := blankText(s); err != nil {
				return dst, err
			}
		}
	}
}

// unescapeControls resolves the form _x000D_ by which workbooks write
// characters that XML cannot hold, in dst[from:].
func unescapeControls(dst []byte, from int) []byte {
	i := bytes.Index(dst[from:], []byte("_x"))
	if i < 0 {
		return dst
	}
	out := dst[:from+i]
	for rest := dst[from+i:]; len(rest) > 0; {
		if len(rest) >= 7 && rest[0] == '_' && rest[1] == 'x' && rest[6] == '_' {
			if n, err := strconv.ParseUint(string(rest[2:6]), 16, 16); err == nil && (n < 0x20 || n == '_') {
				out = append(out, byte(n))
				rest = rest[7:]
				continue
			}
		}
		out = append(out, rest[0])
		rest = rest[1:]
	}
	return out
}

// SerialTime turns the serial number of a date cell into a wall clock in UTC,
// rounded to the second. ok is false outside the years 1900 to 9999.
func SerialTime(serial float64, date1904 bool) (t time.Time, ok bool) {
	if math.IsNaN(serial) || serial < 0 || serial >= 2958466 {
		return time.Time{}, false
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case serial < 60: // before the 29/2/1900 that never was
		epoch = epoch.AddDate(0, 0, 1)
	}
	days, frac := math.Modf(serial)
	return epoch.AddDate(0, 0, int(days)).Add(time.Duration(math.Round(frac*86400)) * time.Second), true
}
