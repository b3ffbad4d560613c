// Package templates holds the built-in reports: a Markdown file per report. A
// workspace may shadow each with a file of the same name.
//
// Words are Markdown (headings #, ##, ###; paragraphs; flat lists; **bold**,
// *italic*; simple tables; > a note in small type), figures and parts come from
// {{ functions }}. There are no fields: {{ if has "overdue" }}, not .Overdue.
//
//	words   unit unitFull parent organisation period from to year edition ruleWords
//	        comparedTier sampleSeed · tierName T · tierLower T · label F · coverage D [T]
//	        number (next heading) · annex "key" (its number, by first mention)
//	figures count M [T] · rate I [T] (with formula, numerator, denominator) · change I [T]
//	asking  has "…" · positive M [T] · range tiers | ownTiers | tiersWith D
//	parts   letterhead "report" · title NAME LINE… · signature · pagebreak · blank PROMPT
//	        keyfigures T F… · weakpoints · table NAME … · chart NAME [I]
//	        office SECTION PROMPT [PREFIX…] · declared PREFIX… · rest
//	        section ["landscape"] ["annex"] (starts a run of pages)
//
// M is a measure, I an indicator, F either, D a dataset, T a tier: own, province,
// department, district, commune, all. A wrong name is an error with its line.
package templates

import "embed"

// FS holds <report>.md for every report.
//
//go:embed *.md
var FS embed.FS
