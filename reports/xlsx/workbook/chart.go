package workbook

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// ChartKind is how a chart is drawn.
type ChartKind int

// The chart kinds. Bars lie, the first category on top.
const (
	Bars ChartKind = iota
	StackedBars
	Trend
)

// Chart is a native chart whose figures stand in cells of its sheet: category
// names in one column, one column per series, all over the same rows, and the
// series names in the row above.
type Chart struct {
	Kind       ChartKind
	Title      string
	Alt        string // what the chart shows, for readers who do not see it
	Format     string // number format of axis and labels
	From, To   int    // rows of the figures
	NameRow    int    // row of the series names
	CatCol     int
	Categories []string
	Series     []ChartSeries
	Max        float64 // end of the value axis; 0: automatic
	Min        float64 // its beginning; 0: automatic
	Width      int     // pixels
	Height     int
}

// ChartSeries is a column of figures. A nil value is a gap.
type ChartSeries struct {
	Name   string
	Col    int
	Values []*float64
	Color  string
	Points []string // colour per point; empty: Color
	Dashed bool     // a target: a dashed line, or a dashed empty bar over the others
	Labels bool     // print the values
}

type placed struct {
	row, col int
	chart    Chart
}

// Chart places a chart with its top left corner at a cell.
func (s *Sheet) Chart(row, col int, c Chart) { s.charts = append(s.charts, placed{row, col, c}) }

// draw lets the library make the drawing and its relations and then puts our own
// chart part in the place of its: the library knows neither colours per bar nor
// stored values, which programs that do not recalculate need.
func (s *Sheet) draw() error {
	for _, p := range s.charts {
		c := p.chart
		first := excelize.ChartSeries{Values: s.area(c.From, c.To, c.Series[0].Col)}
		frame := &excelize.Chart{
			Type: excelize.Bar, Series: []excelize.ChartSeries{first},
			Dimension: excelize.ChartDimension{Width: uint(c.Width), Height: uint(c.Height)},
			Format:    excelize.GraphicOptions{AltText: Clean(c.Alt), Positioning: "oneCell"},
		}
		if err := s.book.f.AddChart(s.Name, ref(p.row, p.col), frame); err != nil {
			return fmt.Errorf("chart %q: %w", c.Title, err)
		}
		s.book.charts++
		part := "xl/charts/chart" + strconv.Itoa(s.book.charts) + ".xml"
		if _, ok := s.book.f.Pkg.Load(part); !ok {
			return fmt.Errorf("chart %q: the library wrote no %s", c.Title, part)
		}
		s.book.f.Pkg.Store(part, []byte(s.chartXML(c)))
	}
	return nil
}

func (s *Sheet) area(from, to, col int) string {
	return fmt.Sprintf("'%s'!%s:%s", s.Name, absolute(from, col), absolute(to, col))
}

func (s *Sheet) chartXML(c Chart) string {
	var b strings.Builder
	b.WriteString(xml.Header + `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<c:date1904 val="0"/><c:lang val="vi-VN"/><c:roundedCorners val="0"/><c:chart>`)
	b.WriteString(`<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr lang="vi-VN" sz="1200" b="1">` +
		fill("1F3A5F") + latin + `</a:rPr><a:t>` + text(c.Title) + `</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>` +
		`<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>`)
	s.plot(&b, c)
	b.WriteString(axes(c))
	b.WriteString(`<c:spPr><a:noFill/></c:spPr></c:plotArea>`)
	if len(c.Series) > 1 {
		b.WriteString(`<c:legend><c:legendPos val="b"/><c:overlay val="0"/>` + font(900) + `</c:legend>`)
	}
	b.WriteString(`<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr>` + fill("FFFFFF") +
		`<a:ln w="6350">` + fill("BFBFBF") + `</a:ln></c:spPr>` + font(900) + `</c:chartSpace>`)
	return b.String()
}

func (s *Sheet) plot(b *strings.Builder, c Chart) {
	kind, end := `<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>`, `</c:barChart>`
	overlap := 0
	switch {
	case c.Kind == Trend:
		kind, end = `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>`, `</c:lineChart>`
	case c.Kind == StackedBars:
		kind, overlap = strings.Replace(kind, "clustered", "stacked", 1), 100
	case len(c.Series) == 2 && c.Series[1].Dashed:
		overlap = 100 // the target's empty bar lies over the bar it judges
	}
	b.WriteString(kind)
	for i, ser := range c.Series {
		s.series(b, c, i, ser)
	}
	if c.Kind == Trend {
		b.WriteString(`<c:marker val="1"/>`)
	} else {
		fmt.Fprintf(b, `<c:gapWidth val="45"/><c:overlap val="%d"/>`, overlap)
	}
	b.WriteString(`<c:axId val="111111111"/><c:axId val="222222222"/>` + end)
}

func (s *Sheet) series(b *strings.Builder, c Chart, i int, ser ChartSeries) {
	fmt.Fprintf(b, `<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:strRef><c:f>%s</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx>`,
		i, i, text("'"+s.Name+"'!"+absolute(c.NameRow, ser.Col)), text(ser.Name))
	b.WriteString(ser.look(c.Kind))
	if c.Kind != Trend {
		b.WriteString(`<c:invertIfNegative val="0"/>`)
		for p, color := range ser.Points {
			if color != "" && color != ser.Color {
				fmt.Fprintf(b, `<c:dPt><c:idx val="%d"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>%s</c:spPr></c:dPt>`, p, fill(color))
			}
		}
	}
	if ser.Labels {
		pos, color := map[ChartKind]string{Bars: "outEnd", StackedBars: "ctr", Trend: "t"}[c.Kind], "404040"
		if c.Kind == StackedBars {
			color = "FFFFFF"
		}
		fmt.Fprintf(b, `<c:dLbls><c:numFmt formatCode="%s" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>%s<c:dLblPos val="%s"/>`,
			text(c.Format), colouredFont(800, color), pos)
		b.WriteString(`<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`)
	}
	s.data(b, c, ser)
	if c.Kind == Trend {
		b.WriteString(`<c:smooth val="0"/>`)
	}
	b.WriteString(`</c:ser>`)
}

// data writes where the figures stand and what they are.
func (s *Sheet) data(b *strings.Builder, c Chart, ser ChartSeries) {
	fmt.Fprintf(b, `<c:cat><c:strRef><c:f>%s</c:f><c:strCache><c:ptCount val="%d"/>`, text(s.area(c.From, c.To, c.CatCol)), len(c.Categories))
	for p, cat := range c.Categories {
		fmt.Fprintf(b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, p, text(cat))
	}
	fmt.Fprintf(b, `</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>%s</c:f><c:numCache><c:formatCode>%s</c:formatCode><c:ptCount val="%d"/>`,
		text(s.area(c.From, c.To, ser.Col)), text(c.Format), len(ser.Values))
	for p, v := range ser.Values {
		if v != nil {
			fmt.Fprintf(b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, p, strconv.FormatFloat(*v, 'g', -1, 64))
		}
	}
	b.WriteString(`</c:numCache></c:numRef></c:val>`)
}

func (ser ChartSeries) look(kind ChartKind) string {
	switch {
	case kind == Trend && ser.Dashed:
		return `<c:spPr><a:ln w="19050" cap="rnd">` + fill(ser.Color) + `<a:prstDash val="dash"/></a:ln></c:spPr><c:marker><c:symbol val="none"/></c:marker>`
	case kind == Trend:
		return `<c:spPr><a:ln w="28575" cap="rnd">` + fill(ser.Color) + `</a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="6"/><c:spPr>` +
			fill(ser.Color) + `<a:ln w="9525">` + fill("FFFFFF") + `</a:ln></c:spPr></c:marker>`
	case ser.Dashed:
		return `<c:spPr><a:noFill/><a:ln w="15875">` + fill(ser.Color) + `<a:prstDash val="dash"/></a:ln></c:spPr>`
	}
	return `<c:spPr>` + fill(ser.Color) + `</c:spPr>`
}

func axes(c Chart) string {
	turn, side, valSide, cross := "maxMin", "l", "b", "max"
	if c.Kind == Trend {
		turn, side, valSide, cross = "minMax", "b", "l", "autoZero"
	}
	limit := `<c:min val="0"/>`
	if lowest(c) < 0 {
		limit = ""
	}
	if c.Max > 0 {
		limit = `<c:max val="` + strconv.FormatFloat(c.Max, 'g', -1, 64) + `"/>` + limit
	}
	if c.Min > 0 {
		limit = strings.Replace(limit, `<c:min val="0"/>`, "", 1) + `<c:min val="` + strconv.FormatFloat(c.Min, 'g', -1, 64) + `"/>`
	}
	line := `<c:spPr><a:ln w="6350">` + fill("A6A6A6") + `</a:ln></c:spPr>`
	return `<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="` + turn + `"/></c:scaling><c:delete val="0"/><c:axPos val="` + side +
		`"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>` + line + font(900) +
		`<c:crossAx val="222222222"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>` +
		`<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/>` + limit + `</c:scaling><c:delete val="0"/><c:axPos val="` + valSide +
		`"/><c:majorGridlines><c:spPr><a:ln w="6350">` + fill("E3E3E3") + `</a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="` + text(axisFormat(c.Format)) +
		`" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>` + line + font(900) +
		`<c:crossAx val="111111111"/><c:crosses val="` + cross + `"/><c:crossBetween val="between"/></c:valAx>`
}

func lowest(c Chart) float64 {
	least := 0.0
	for _, s := range c.Series {
		for _, v := range s.Values {
			if v != nil {
				least = min(least, *v)
			}
		}
	}
	return least
}

// axisFormat prints an axis of percentages without decimals.
func axisFormat(f string) string {
	if strings.HasSuffix(f, "%") {
		return "0%"
	}
	return f
}

const latin = `<a:latin typeface="` + Font + `"/><a:cs typeface="` + Font + `"/>`

// font names size (hundredths of a point) and colour: without a colour Excel
// draws axis text in a shade that depends on the theme.
func font(size int) string { return colouredFont(size, "404040") }

func colouredFont(size int, color string) string {
	return `<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="` + strconv.Itoa(size) + `" b="0">` + fill(color) + latin +
		`</a:defRPr></a:pPr><a:endParaRPr lang="vi-VN"/></a:p></c:txPr>`
}

func fill(color string) string { return `<a:solidFill><a:srgbClr val="` + color + `"/></a:solidFill>` }

func text(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(Clean(s))); err != nil {
		return ""
	}
	return b.String()
}
