package pipeline

import (
	"sort"

	"cchc/reports"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// sortFields orders a breakdown the Vietnamese way, dossiers without a field last.
func sortFields(list []reports.Breakdown) {
	c := collate.New(language.Vietnamese)
	sort.SliceStable(list, func(a, b int) bool {
		x, y := list[a], list[b]
		if (x.Field == "") != (y.Field == "") {
			return y.Field == ""
		}
		if n := c.CompareString(x.Field, y.Field); n != 0 {
			return n < 0
		}
		return x.Field < y.Field
	})
}
