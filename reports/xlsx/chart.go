package xlsx

import (
	"math"

	"cchc/reports/model"
	"cchc/reports/xlsx/workbook"
)

// palette colours the series of a chart that are not judged.
var palette = []string{"2F6DA8", "E08A2E", "5B9C5A", "8A6BB1", "C25B56", "7F7F7F"}

// tones colours the bars that are judged against a target.
var tones = map[model.Tone]string{model.Good: "3C8D5A", model.Bad: "C6483F", model.Muted: "A6A6A6"}

// chart writes a sheet with the figures of a chart and the chart beside them.
func (w *writer) chart(c model.Chart, key [2]int) error {
	title := firstOf(c.Title, c.Sheet, c.ID, "Biểu đồ")
	s, err := w.add("BĐ "+firstOf(c.Sheet, c.Title, c.ID), c.ID, title, -1, key)
	if err != nil {
		return err
	}
	s.Landscape, s.NoGrid = true, true
	s.Put(1, 1, workbook.Cell{Value: title, Style: w.style(workbook.Style{Bold: true, Size: 13, Color: ink})})
	s.Put(2, 1, workbook.Cell{Value: w.report.Subject, Style: w.style(workbook.Style{Italic: true, Color: muted})})
	if len(c.Categories) == 0 || len(c.Series) == 0 {
		s.Put(4, 1, workbook.Cell{Value: "Không có số liệu để vẽ."})
		return nil
	}
	n := w.chartFigures(s, c)
	nat := w.native(c)
	s.Chart(4, n+2, nat)
	return nil
}

const chartHead = 4 // row of the series names

// chartFigures writes the table that the chart draws and returns its columns.
func (w *writer) chartFigures(s *workbook.Sheet, c model.Chart) int {
	head := w.style(workbook.Style{Bold: true, Fill: headFill, Border: true, Align: "center", Wrap: true})
	names := append([]string{"Tên"}, seriesNames(c)...)
	width, lines := 12.0, 1
	for i, n := range names {
		s.Put(chartHead, i+1, workbook.Cell{Value: n, Style: head})
		s.Width(i+1, 14)
		lines = max(lines, workbook.Lines(n, 12))
	}
	s.Height(chartHead, 15*float64(lines)+4)
	for i, cat := range c.Categories {
		row := chartHead + 1 + i
		s.Put(row, 1, w.cell(model.Text(cat), workbook.Style{Border: true}))
		width = math.Max(width, workbook.Width(cat)+1.6)
		for j, ser := range c.Series {
			v := at(ser, i)
			if v.Kind == model.Missing { // a text would be drawn as 0, a blank is a gap
				if v.Why != "" {
					s.Note(row, 2+j, v.Why)
				}
				v = model.Value{}
			}
			s.Put(row, 2+j, w.cell(v, workbook.Style{Border: true}))
		}
		if c.Target != nil {
			s.Put(row, 2+len(c.Series), w.cell(*c.Target, workbook.Style{Border: true, Color: muted}))
		}
	}
	s.Width(1, math.Min(width, 50))
	s.FreezeRow = chartHead
	return len(names)
}

func seriesNames(c model.Chart) []string {
	var names []string
	for _, ser := range c.Series {
		names = append(names, firstOf(ser.Name, c.Title, "Giá trị"))
	}
	if c.Target != nil {
		names = append(names, firstOf(c.TargetName, "Mục tiêu"))
	}
	return names
}

func at(s model.Series, i int) model.Value {
	if i < len(s.Values) {
		return s.Values[i]
	}
	return model.None("không có số liệu")
}

func (w *writer) native(c model.Chart) workbook.Chart {
	n := len(c.Categories)
	names := seriesNames(c)
	x := workbook.Chart{
		Kind:  map[model.ChartKind]workbook.ChartKind{model.Bars: workbook.Bars, model.Stacked: workbook.StackedBars, model.Line: workbook.Trend}[c.Kind],
		Title: firstOf(c.Title, c.Sheet), Alt: firstOf(c.Title, c.Sheet) + " – " + w.report.Subject,
		Format: workbook.FormatCount, From: chartHead + 1, To: chartHead + n, NameRow: chartHead, CatCol: 1,
		Categories: c.Categories, Width: 760, Height: 400,
	}
	if c.Percent {
		x.Format = "0.00%"
	}
	if c.Kind != model.Line {
		x.Height = min(max(260, 110+n*(22+10*len(c.Series))), 1400)
	}
	for i, ser := range c.Series {
		x.Series = append(x.Series, nativeSeries(c, i, ser, names[i]))
	}
	if c.Target != nil && c.Kind == model.Stacked {
		x.Title += " (" + names[len(names)-1] + ": " + c.Target.String() + ")"
	} else if c.Target != nil {
		line := workbook.ChartSeries{Name: names[len(names)-1], Col: 2 + len(c.Series), Color: "8C1D18", Dashed: true}
		f := c.Target.Float()
		for range n {
			line.Values = append(line.Values, &f)
		}
		x.Series = append(x.Series, line)
	}
	if c.Percent {
		x.Max = percentEnd(x)
	}
	if c.Percent && c.Kind == model.Line {
		x.Min = percentBegin(x)
	}
	return x
}

// percentBegin begins the axis of lines that run high above 0 a little below
// them, in steps of 5 %: from 0 they would all look flat.
func percentBegin(x workbook.Chart) float64 {
	least, most := 1.0, 0.0
	for _, s := range x.Series {
		for _, v := range s.Values {
			if v != nil {
				least, most = math.Min(least, *v), math.Max(most, *v)
			}
		}
	}
	if most > 1 || least <= most/2 {
		return 0
	}
	return math.Max(0, math.Floor(least*20-1e-9)) / 20
}

func nativeSeries(c model.Chart, i int, ser model.Series, name string) workbook.ChartSeries {
	out := workbook.ChartSeries{Name: name, Col: 2 + i, Color: palette[i%len(palette)], Labels: len(c.Series) == 1 || c.Kind == model.Stacked}
	if len(ser.Tones) > 0 && c.Kind != model.Line {
		out.Color = tones[model.Good] // what the legend shows
	}
	for p := range c.Categories {
		v := at(ser, p)
		if v.IsNumber() {
			f := v.Float()
			out.Values = append(out.Values, &f)
		} else {
			out.Values = append(out.Values, nil)
		}
		color := ""
		if p < len(ser.Tones) {
			color = firstOf(tones[ser.Tones[p]], palette[0])
		}
		out.Points = append(out.Points, color)
	}
	return out
}

// percentEnd ends an axis of percentages at 100 % when the figures come near it,
// so that two charts are read alike, and leaves small ones to the program.
func percentEnd(x workbook.Chart) float64 {
	most := 0.0
	for _, s := range x.Series {
		for _, v := range s.Values {
			if v != nil {
				most = math.Max(most, *v)
			}
		}
	}
	if most > 0.5 && most <= 1 {
		if x.Kind == workbook.Bars {
			return 1.1 // room for the label at the end of a full bar
		}
		return 1
	}
	return 0
}
