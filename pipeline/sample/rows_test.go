package sample

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"

	"cchc/pipeline/dataset"
)

// read sorts the files by what their headers are.
func (c *recounter) read(w *Workspace) {
	for _, f := range w.Files {
		if !strings.HasSuffix(f.Path, ".csv") {
			continue
		}
		lines, err := csv.NewReader(bytes.NewReader(f.Data)).ReadAll()
		if err != nil {
			c.t.Fatalf("%s: %v", f.Path, err)
		}
		if f.Path == "units.csv" {
			for _, l := range lines[1:] {
				c.units, c.tier[l[0]], c.parent[l[0]] = append(c.units, l[0]), l[2], l[3]
			}
			continue
		}
		if f.Path == "targets.csv" {
			continue
		}
		d, names := datasetOfHeader(lines[0])
		if d == nil {
			c.t.Fatalf("%s: header of no dataset: %v", f.Path, lines[0])
		}
		for _, l := range lines[1:] {
			r := record{}
			for i, v := range l {
				r[names[i]] = v
			}
			c.accept(f.Path, d, r)
			c.rows[d.Name] = append(c.rows[d.Name], r)
		}
	}
	for name, rows := range c.rows {
		c.keys(name, rows)
	}
	c.byCode = map[string][]record{}
	for _, r := range c.rows["procedures"] {
		k := strings.ToUpper(r["procedure_code"])
		c.byCode[k] = append(c.byCode[k], r)
	}
}

func datasetOfHeader(head []string) (*dataset.Dataset, []string) {
	for _, d := range dataset.All {
		var names, labels []string
		for _, f := range d.Fields {
			names, labels = append(names, f.Name), append(labels, f.Label)
		}
		if slices.Equal(head, names) || slices.Equal(head, labels) {
			return d, names
		}
	}
	return nil, nil
}

// accept fails for a row that would go back to its sender.
func (c *recounter) accept(path string, d *dataset.Dataset, r record) {
	for _, f := range d.Fields {
		v := r[f.Name]
		switch {
		case f.Required && v == "":
			c.t.Errorf("%s: %s is empty in %v", path, f.Name, r)
		case v == "":
		case f.Type == dataset.Date || f.Type == dataset.Time:
			if t := c.when(v); !f.Future && t.After(c.now) {
				c.t.Errorf("%s: %s %s is in the future", path, f.Name, v)
			}
		case f.Type == dataset.Enum && !f.Lenient:
			if !slices.Contains(f.Values, v) && !slices.Contains(f.Labels, v) {
				c.t.Errorf("%s: %s %q is no value", path, f.Name, v)
			}
		}
	}
	if c.tier[r["unit_code"]] == "" {
		c.t.Errorf("%s: unit %q is not in the register", path, r["unit_code"])
	}
	if d.Name != "dossiers" {
		return
	}
	status, end := english(d, "status", r["status"]), c.end(r)
	ended := []string{"withdrawn", "stopped", "refused", "resolved", "returned"}
	if slices.Contains(ended, status) && end.IsZero() {
		c.t.Errorf("%s: %s has ended without a day", path, r["dossier_code"])
	}
	if r["received_at"] == "" && status != "submitted" && status != "not_accepted" {
		c.t.Errorf("%s: %s was never received", path, r["dossier_code"])
	}
	if got := c.when(r["received_at"]); !end.IsZero() && (end.Before(got) || got.IsZero()) {
		c.t.Errorf("%s: %s ended before it was received", path, r["dossier_code"])
	}
	if back := c.when(r["returned_at"]); !back.IsZero() && back.Before(end) {
		c.t.Errorf("%s: %s was returned before its result", path, r["dossier_code"])
	}
	if sent := c.when(r["submitted_at"]); r["received_at"] != "" && sent.After(c.when(r["received_at"])) {
		c.t.Errorf("%s: %s was received before it was sent", path, r["dossier_code"])
	}
}

// keys fails for two rows of the same thing.
func (c *recounter) keys(name string, rows []record) {
	d := dataset.ByName(name)
	seen := map[string]bool{}
	for _, r := range rows {
		k := ""
		for _, f := range d.Fields {
			if f.Key {
				v := r[f.Name]
				if name == "documents" && f.Name == "registered_on" {
					v = v[6:]
				}
				k += strings.ToUpper(v) + "|"
			}
		}
		if seen[k] {
			c.t.Errorf("%s: two rows of %s", name, k)
		}
		seen[k] = true
	}
}

func english(d *dataset.Dataset, field, word string) string {
	f, _ := d.Field(field)
	if i := slices.Index(f.Labels, word); i >= 0 {
		return f.Values[i]
	}
	return word
}
