// Package sql holds the program's SQL and the definitions of its indicators.
package sql

import "embed"

// Files are the queries, by folder: load, fact, check, report, and
// indicators.yaml.
//
//go:embed load fact report check indicators.yaml
var Files embed.FS
