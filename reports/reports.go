// Package reports turns counted data into reports: kinds × units × formats.
//
//	Data ─► Build (templates/<kind>.md) ─► model.Report ─► Format.Render ─► pdf, xlsx
//
// A report is a Markdown file: Go text/template for the words, Markdown for the
// structure, and a closed set of directives (directives.go) that place figures,
// tables, charts and the parts of an official document. kinds.go lists the
// reports, formats.go what they are rendered to, build.go puts one together.
//
// The package knows no database and no clock: the same Data and template give
// the same model.
package reports
