package layout

import "strings"

// catalogue is the procedure codes known, by what a spreadsheet makes of them.
type catalogue struct {
	known   map[string]string   // upper case → code
	damaged map[string][]string // form → codes
}

func newCatalogue(codes []string) *catalogue {
	c := &catalogue{known: map[string]string{}, damaged: map[string][]string{}}
	for _, code := range codes {
		key := strings.ToUpper(code)
		if _, twice := c.known[key]; twice {
			continue
		}
		c.known[key] = code
		if form := numberForm(code); form != "" {
			c.damaged[form] = append(c.damaged[form], code)
		}
	}
	return c
}

// repaired gives the code of the catalogue that a spreadsheet took for a number
// and rewrote: 1.000100 became 1.0001 or 1,0001, 000123 became 123. A code that
// the catalogue has, and one that none or several fit, stays as it is.
func (t *table) repaired(given string) string {
	form := numberForm(given)
	if form == "" || t.env.Codes == nil {
		return given
	}
	if t.codes == nil {
		t.codes = newCatalogue(t.env.Codes())
	}
	fits := t.codes.damaged[form]
	if _, ok := t.codes.known[strings.ToUpper(given)]; ok || len(fits) != 1 {
		return given
	}
	t.result.Repaired = append(t.result.Repaired, Repair{t.sheetRef, t.line, given, fits[0]})
	return fits[0]
}

// numberForm is what is left of a code that looks like a number when it is taken
// for one; empty for other codes.
func numberForm(code string) string {
	whole, frac, _ := strings.Cut(strings.Replace(code, ",", ".", 1), ".")
	if whole == "" || !onlyDigits(whole) || !onlyDigits(frac) {
		return ""
	}
	whole, frac = strings.TrimLeft(whole, "0"), strings.TrimRight(frac, "0")
	if frac == "" {
		return "=" + whole
	}
	return "=" + whole + "." + frac
}
