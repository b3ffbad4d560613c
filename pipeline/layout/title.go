package layout

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"cchc/pipeline/reader"
)

// knowSheets prepares the sheets that are read: what no column says is taken from
// the layout, then from the source, then from the title rows and the name of
// the sheet.
func (t *table) knowSheets(heads []*header, names []string) error {
	t.heads, t.names = heads, names
	t.header = heads[0]
	for _, h := range heads {
		g := constants{values: make([]any, len(t.fields))}
		columns := map[int]bool{}
		for _, c := range h.columns {
			columns[c.field] = true
		}
		for i, f := range t.fields {
			g.values[i] = absentValue(f)
			if v := h.layout.fixed[i]; v != nil {
				g.values[i] = v
			}
		}
		unit := t.at["unit_code"]
		hasUnit := columns[unit] || columns[unitName] || g.values[unit] != nil
		for _, name := range sortedKeys(t.env.Fixed) {
			text := t.env.Fixed[name]
			i, ok := t.at[name]
			switch {
			case name == "unit_name" && !hasUnit:
				g.unitName, hasUnit = text, true
			case !ok || columns[i] || g.values[i] != nil && g.values[i] != absentValue(t.fields[i]) || name == "unit_code" && hasUnit:
			default:
				v, why := h.layout.constant(i, text)
				if why != "" {
					return fmt.Errorf("the source sets %s to %q, which is not understood", name, text)
				}
				g.values[i] = v
				hasUnit = hasUnit || name == "unit_code"
			}
		}
		texts := append(append([]string(nil), h.titles...), names[h.sheet])
		if !hasUnit && h.layout.fromTitle[unit] {
			code, err := t.titleUnit(h, texts)
			if err != nil {
				return err
			}
			g.values[unit] = code
		}
		if err := t.knowPeriod(h, &g, columns, texts); err != nil {
			return err
		}
		t.given = append(t.given, g)
	}
	return nil
}

func (t *table) knowPeriod(h *header, g *constants, columns map[int]bool, texts []string) error {
	i, ok := t.at["period"]
	if !ok || columns[i] {
		return nil
	}
	if text, ok := g.values[i].(string); ok {
		name, err := t.env.Period(text)
		if err != nil {
			return fmt.Errorf("the layout or the source sets the period to %q: %w", text, err)
		}
		g.values[i] = name
		return nil
	}
	if !h.layout.fromTitle[i] {
		return nil
	}
	for _, text := range titlePeriods(texts) {
		if name, err := t.env.Period(text); err == nil {
			g.values[i] = name
			return nil
		}
	}
	return &reader.Refusal{Sheet: t.names[h.sheet], Line: h.line, Short: h.layout.set.Name + ": no period in the title rows",
		Reason: "Không thấy kỳ báo cáo ở phần đầu bảng; hãy ghi phía trên bảng, ví dụ \"Kỳ báo cáo: Quý III năm 2021\" hoặc \"Từ ngày 15/12/2020 đến ngày 14/9/2021\", rồi gửi lại."}
}

var (
	reportsFor = regexp.MustCompile(`(?i)^[\s\-–+*.\d]*(?:đơn vị|cơ quan)(?:\s+(?:báo cáo|gửi|lập biểu|thực hiện|giải quyết))?(?:\s*\([^)]*\))?\s*:\s*(.+)$`)
	notAbout   = regexp.MustCompile(`(?i)^[\s\-–+*.]*(?:kính gửi|nơi nhận|(?:đơn vị|cơ quan) nhận|người)`)
)

// titleUnit finds the unit that a table is about in its title rows: behind "Đơn
// vị báo cáo:", else the one unit that a cell names, or of two below each other
// (as at the top left of an official letter) the lower one; else by the name of
// the sheet.
func (t *table) titleUnit(h *header, texts []string) (string, error) {
	find := func(s string) string {
		s = strings.Trim(s, " .;,-–")
		if code, n := t.env.UnitByName(s, time.Time{}, time.Time{}); n == 1 {
			return code
		}
		if code, ok := t.env.UnitByCode(s, time.Time{}, time.Time{}); ok {
			return code
		}
		return ""
	}
	for _, s := range texts {
		if notAbout.MatchString(s) {
			continue
		}
		if m := reportsFor.FindStringSubmatch(s); m != nil {
			if code := find(m[1]); code != "" {
				return code, nil
			}
		}
	}
	type hit struct {
		code     string
		row, col int
	}
	var hits []hit
	for k, row := range h.grid.rows[:h.row] {
		for i, s := range row.cells {
			if s == "" || notAbout.MatchString(s) {
				continue
			}
			if code := find(s); code != "" && (len(hits) == 0 || hits[len(hits)-1].code != code) {
				hits = append(hits, hit{code, k, i})
			}
		}
	}
	switch {
	case len(hits) == 1:
		return hits[0].code, nil
	case len(hits) == 2 && hits[1].row == hits[0].row+1 && hits[1].col == hits[0].col:
		return hits[1].code, nil
	case len(hits) == 0:
		if code := find(t.names[h.sheet]); code != "" {
			return code, nil
		}
	}
	return "", &reader.Refusal{Sheet: t.names[h.sheet], Line: h.line, Short: h.layout.set.Name + ": no column and no title row names the unit",
		Reason: "Bảng không có cột đơn vị và phần đầu bảng không ghi rõ một đơn vị trong danh mục; hãy ghi phía trên bảng \"Đơn vị báo cáo: …\" đúng tên đơn vị, hoặc thêm cột Mã đơn vị, rồi gửi lại."}
}

var (
	spanWords  = regexp.MustCompile(`(?i)từ\s+(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s+đến\s+(?:hết\s+)?(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})`)
	quarter    = regexp.MustCompile(`(?i)quý\s+(iv|i{1,3}|[1-4])(?:\s*[/,-]\s*|\s+)(?:năm\s+)?(\d{4})`)
	oneMonth   = regexp.MustCompile(`(?i)tháng\s+(\d{1,2})(?:\s*[/-]\s*|\s+năm\s+)(\d{4})`)
	nineMonths = regexp.MustCompile(`(?i)\b0?9\s+tháng(?:\s+đầu)?(?:\s+năm)?\s+(\d{4})`)
	halfYear   = regexp.MustCompile(`(?i)\b0?6\s+tháng\s+(đầu|cuối)\s+năm\s+(\d{4})`)
	wholeYear  = regexp.MustCompile(`(?i)(?:^|báo cáo:?\s+|kỳ:?\s+|số liệu\s+)(?:cả\s+)?năm\s+(\d{4})`)
	ownName    = regexp.MustCompile(`\b\d{4}-(?:M\d{2}|Q[1-4]|H[12]|9M|Y)\b`)
)

// titlePeriods lists the periods that title rows name, those by name before those
// by two days.
func titlePeriods(texts []string) []string {
	var named, spans []string
	for _, s := range texts {
		if m := spanWords.FindStringSubmatch(s); m != nil {
			from, why := parseTime([]byte(m[1]+"/"+m[2]+"/"+m[3]), time.UTC)
			to, why2 := parseTime([]byte(m[4]+"/"+m[5]+"/"+m[6]), time.UTC)
			if why+why2 == "" {
				spans = append(spans, from.Format(time.DateOnly)+".."+to.Format(time.DateOnly))
			}
			s = strings.Replace(s, m[0], "", 1)
		}
		if strings.Contains(strings.ToLower(s), ", ngày ") {
			continue // place and date of a letter
		}
		switch {
		case ownName.MatchString(s):
			named = append(named, ownName.FindString(s))
		case nineMonths.MatchString(s):
			named = append(named, nineMonths.FindStringSubmatch(s)[1]+"-9M")
		case halfYear.MatchString(s):
			m := halfYear.FindStringSubmatch(s)
			named = append(named, m[2]+map[bool]string{true: "-H1", false: "-H2"}[strings.EqualFold(m[1], "đầu")])
		case quarter.MatchString(s):
			m := quarter.FindStringSubmatch(s)
			n := map[string]string{"i": "1", "ii": "2", "iii": "3", "iv": "4"}[strings.ToLower(m[1])]
			if n == "" {
				n = m[1]
			}
			named = append(named, m[2]+"-Q"+n)
		case oneMonth.MatchString(s):
			m := oneMonth.FindStringSubmatch(s)
			n, _ := strconv.Atoi(m[1])
			named = append(named, fmt.Sprintf("%s-M%02d", m[2], n))
		case wholeYear.MatchString(s):
			named = append(named, wholeYear.FindStringSubmatch(s)[1]+"-Y")
		}
	}
	return append(named, spans...)
}
