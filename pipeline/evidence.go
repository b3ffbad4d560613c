package pipeline

import (
	"fmt"
	"slices"
	"time"

	"cchc/pipeline/dataset"
	"cchc/pipeline/measure"
	"cchc/reports"
	"cchc/reports/model"
)

// evidence reads the rows behind every dataset's figures of a unit. Texts of the
// office's own (contents, notes) are not needed to prove a count and stay out.
func (r *Run) evidence(d *reports.Data, code string) error {
	for _, f := range r.Session.Facts() {
		ds := dataset.ByName(f.Name)
		var fields []string
		for _, x := range ds.Fields {
			if x.Type != dataset.Text || slices.Contains([]string{"field", "desk", "procedure_name"}, x.Name) {
				fields = append(fields, x.Name)
			}
		}
		e, err := r.Session.Evidence(f, code, fields)
		if err != nil {
			return err
		}
		if len(e.Rows) > 0 {
			d.Evidence = append(d.Evidence, evidenceSheet(ds, e))
		}
	}
	if len(d.Declared) > 0 {
		d.Evidence = append(d.Evidence, declaredSheet(d.Declared))
	}
	return nil
}

// declaredSheet lists what units declared, as they declared it.
func declaredSheet(list []reports.Declared) reports.Evidence {
	out := reports.Evidence{Name: dataset.Figures.Label, Title: "Số liệu do đơn vị tự khai", Total: len(list)}
	for _, f := range dataset.Figures.Fields {
		if f.Name != "period" {
			out.Columns = append(out.Columns, reports.EvidenceColumn{Name: f.Name, Label: f.Label})
		}
	}
	for _, d := range list {
		out.Rows = append(out.Rows, []any{d.Unit, d.Code, exact(d.Value), exact(d.Numerator), exact(d.Denominator), d.Evidence, d.EnteredBy, d.EnteredOn})
	}
	return out
}

// exact is a declared number as a cell: whole ones as numbers.
func exact(millionths *int64) any {
	switch {
	case millionths == nil:
		return nil
	case *millionths%1_000_000 == 0:
		return *millionths / 1_000_000
	}
	return model.Millionths(*millionths).String()
}

func evidenceSheet(ds *dataset.Dataset, e *measure.Evidence) reports.Evidence {
	out := reports.Evidence{Name: "Dòng " + ds.Label, Title: "Các dòng dữ liệu tạo nên số liệu: " + ds.Label, Total: len(e.Rows)}
	origin := map[string]string{"file": "Tệp", "sheet": "Trang tính", "line": "Dòng"}
	for _, c := range e.Columns {
		f, ok := ds.Field(c)
		if !ok {
			f.Label = origin[c]
		}
		out.Columns = append(out.Columns, reports.EvidenceColumn{Name: c, Label: f.Label, Moment: f.Type == dataset.Time})
	}
	for _, m := range e.Fact.Names() {
		out.Columns = append(out.Columns, reports.EvidenceColumn{Name: m, Label: reports.MeasureLabel(ds.Name + "." + m)})
	}
	for _, row := range e.Rows {
		cells := make([]any, len(row))
		for i, v := range row {
			if i < len(e.Columns) {
				cells[i] = shown(ds, e.Columns[i], v)
			} else if b, _ := v.(bool); b {
				cells[i] = int64(1)
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// shown turns a stored value into what an office reads: the Vietnamese word of a
// closed list, exact numbers as text.
func shown(ds *dataset.Dataset, column string, v any) any {
	f, _ := ds.Field(column)
	switch v := v.(type) {
	case string:
		if i := slices.Index(f.Values, v); i >= 0 {
			return f.Labels[i]
		}
		if f.Type == dataset.Enum {
			return "không rõ"
		}
		return v
	case int32:
		return int64(v)
	case fmt.Stringer:
		if _, ok := any(v).(time.Time); !ok {
			return v.String()
		}
	}
	return v
}
