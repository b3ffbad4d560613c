package layout

import (
	"fmt"
	"strings"
	"time"

	"cchc/pipeline/dataset"
)

// checkRequired finds required fields that are empty.
func (t *table) checkRequired() {
	for _, i := range t.required {
		if t.values[i] == nil && !t.bad[i] {
			t.problem(t.columnOf(i), "Thiếu "+t.fields[i].Label+"; hãy điền rồi gửi lại.")
		}
	}
}

// checkDates finds dates after the day of the import, where they cannot be.
func (t *table) checkDates() {
	for _, i := range t.past {
		if d, ok := t.values[i].(time.Time); ok && dayOf(d).After(t.env.Today) {
			t.problem(t.columnOf(i), fmt.Sprintf("%s sau ngày nhập số liệu (%s); kiểm tra lại năm, tháng, ngày.",
				t.fields[i].Label, t.env.Today.Format("02/01/2006")))
		}
	}
}

// checkDossier holds what a dossier must agree with in itself.
func (t *table) checkDossier() {
	received, finished, returned, status := t.at["received_at"], t.at["finished_at"], t.at["returned_at"], t.at["status"]
	state, _ := t.values[status].(string)
	start, hasStart := t.values[received].(time.Time)
	if !hasStart && !t.bad[received] && !t.bad[status] && state != "submitted" && state != "not_accepted" {
		t.problem(t.columnOf(received), "Thiếu Ngày tiếp nhận; chỉ được để trống khi trạng thái là Mới đăng ký hoặc Không được tiếp nhận.")
	}
	end, hasEnd, column := t.end()
	if hasEnd && hasStart && dayOf(end).Before(dayOf(start)) {
		t.problem(t.columnOf(column), t.fields[column].Label+" trước Ngày tiếp nhận; kiểm tra lại hai ngày.")
	}
	if !hasEnd && !t.bad[finished] && !t.bad[returned] && isEnd(state) {
		t.problem(t.columnOf(status), fmt.Sprintf("Trạng thái là \"%s\" nhưng không có Ngày có kết quả và Ngày trả kết quả; hãy điền một trong hai.",
			label(t.fields[status], state)))
	}
}

// end is when a dossier ended, and the field that says so. An unreadable
// finished_at leaves it open: the hand-over does not stand in for it.
func (t *table) end() (end time.Time, ok bool, field int) {
	finished, returned := t.at["finished_at"], t.at["returned_at"]
	if end, ok = t.values[finished].(time.Time); ok || t.bad[finished] {
		return end, ok, finished
	}
	end, ok = t.values[returned].(time.Time)
	return end, ok, returned
}

func isEnd(status string) bool {
	switch status {
	case "withdrawn", "stopped", "refused", "resolved", "returned":
		return true
	}
	return false
}

func label(f *dataset.Field, value string) string {
	for i, v := range f.Values {
		if v == value {
			return f.Labels[i]
		}
	}
	return value
}

// unitAnswer is what the register says of a text on any day.
type unitAnswer struct {
	code    string
	boxed   any // code, as a value of a row
	matches int
}

// checkUnit replaces what the row says of its unit by the code of the register.
func (t *table) checkUnit() {
	i := t.at["unit_code"]
	given, _ := t.values[i].(string)
	column, byName := t.codeCol, false
	if given == "" && t.bad[i] {
		return
	}
	if given == "" {
		given, column, byName = t.unitName, t.nameCol, true
	}
	if given == "" {
		if column < 0 {
			column = t.codeCol
		}
		t.problem(t.outOf(column), "Thiếu đơn vị; hãy điền Mã đơn vị hoặc Tên đơn vị.")
		return
	}
	from, to := t.unitDays()
	a := t.lookUp(given, byName)
	if a.matches == 1 && !from.IsZero() {
		if _, ok := t.env.UnitByCode(a.code, from, to); !ok {
			t.problem(t.outOf(column), fmt.Sprintf("Đơn vị không có trong danh mục đơn vị từ %s đến %s; kiểm tra lại đơn vị và các ngày của hồ sơ.",
				from.Format("02/01/2006"), to.Format("02/01/2006")))
			return
		}
	}
	if a.matches > 1 && !from.IsZero() {
		a.code, a.matches = t.env.UnitByName(given, from, to)
		a.boxed = a.code
	}
	switch a.matches {
	case 1:
		t.values[i] = a.boxed
	case 0:
		t.problem(t.outOf(column), "Không tìm thấy đơn vị trong danh mục đơn vị"+t.suggestions(given)+
			"; sửa lại cho đúng hoặc đề nghị bổ sung đơn vị vào danh mục.")
	default:
		t.problem(t.outOf(column), fmt.Sprintf("Tên đơn vị này có ở %d đơn vị; hãy ghi thêm Mã đơn vị.", a.matches))
	}
}

// unitDays are the days on one of which the unit of a dossier must be in the
// register: from its reception (else submission, else today) to its end (else
// today). Zero days, for any day, for other datasets and for dates that are
// wrong anyway.
func (t *table) unitDays() (from, to time.Time) {
	if t.set != dataset.Dossiers {
		return from, to
	}
	received, submitted := t.at["received_at"], t.at["submitted_at"]
	end, hasEnd, field := t.end()
	if t.bad[received] || t.bad[field] {
		return time.Time{}, time.Time{}
	}
	from, to = t.env.Today, t.env.Today
	if d, ok := t.values[received].(time.Time); ok {
		from = dayOf(d)
	} else if d, ok := t.values[submitted].(time.Time); ok {
		from = dayOf(d)
	}
	if hasEnd {
		to = dayOf(end)
	}
	if to.Before(from) {
		return time.Time{}, time.Time{}
	}
	return from, to
}

func (t *table) lookUp(given string, byName bool) unitAnswer {
	key := "c" + given
	if byName {
		key = "n" + given
	}
	a, known := t.units[key]
	if known {
		return a
	}
	if byName {
		a.code, a.matches = t.env.UnitByName(given, time.Time{}, time.Time{})
	} else if code, ok := t.env.UnitByCode(given, time.Time{}, time.Time{}); ok {
		a.code, a.matches = code, 1
	}
	a.boxed = a.code
	if len(t.units) < 1<<16 {
		t.units[key] = a
	}
	return a
}

// suggestions lists the nearest units, looked for once per text.
func (t *table) suggestions(given string) string {
	if t.env.NearestUnits == nil {
		return ""
	}
	key := "?" + given
	a, known := t.units[key]
	if !known {
		if near := t.env.NearestUnits(given); len(near) > 0 {
			a.code = " (có phải: " + strings.Join(near, "; ") + "?)"
		}
		if len(t.units) < 1<<16 {
			t.units[key] = a
		}
	}
	return a.code
}
