package reports

import (
	"io"

	"cchc/reports/model"
	"cchc/reports/pdf"
	"cchc/reports/xlsx"
)

// Format is what a report can be rendered to.
type Format struct {
	Name   string // pdf
	Ext    string // .pdf
	Render func(io.Writer, model.Report) error
}

var formats = []Format{
	{Name: "pdf", Ext: ".pdf", Render: pdf.Render},
	{Name: "xlsx", Ext: ".xlsx", Render: xlsx.Render},
}

// Formats lists the formats in the order in which they are shown.
func Formats() []Format { return append([]Format(nil), formats...) }

// FormatByName finds a format; ok is false when there is none of that name.
func FormatByName(name string) (Format, bool) {
	for _, f := range formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
