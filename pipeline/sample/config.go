package sample

import (
	"fmt"
	"strings"
)

// config is what becomes cchc.yaml.
type config struct {
	code, name, place string
	rule              string // nd09 or calendar
	now               string
	jobs              []Job
}

func (c config) yaml() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# Cấu hình ví dụ: mọi số liệu trong thư mục này do chương trình sinh ra.\n")
	fmt.Fprintf(&b, "organisation: {code: %s, name: %s, place: %s}\n", c.code, c.name, c.place)
	fmt.Fprintf(&b, "timezone: Asia/Ho_Chi_Minh\n")
	fmt.Fprintf(&b, "period_rule: %s\n", c.rule)
	fmt.Fprintf(&b, "deadline: date\n")
	fmt.Fprintf(&b, "sources: [{name: inbox, url: inbox/}]\n")
	fmt.Fprintf(&b, "jobs:\n")
	for _, j := range c.jobs {
		fmt.Fprintf(&b, "  - {name: %s, schedule: %q, period: %q, reports: [%s], units: [%s]}\n",
			j.Name, j.Schedule, j.Period, strings.Join(j.Reports, ", "), quoted(j.Units))
	}
	return []byte(b.String())
}

func quoted(list []string) string {
	var out []string
	for _, s := range list {
		out = append(out, fmt.Sprintf("%q", s))
	}
	return strings.Join(out, ", ")
}

func unitsCSV(units []unit) []byte {
	var b strings.Builder
	b.WriteString("code,name,tier,parent,valid_from,valid_to\n")
	for _, u := range units {
		fmt.Fprintf(&b, "%s,%s,%s,%s,,\n", u.Code, cell(u.Name), u.Tier, u.Parent)
	}
	return []byte(b.String())
}

// target is one row of targets.csv.
type target struct{ indicator, tier, operator, value, from, basis string }

func targetsCSV(targets []target) []byte {
	var b strings.Builder
	b.WriteString("indicator,tier,operator,value,valid_from,valid_to,basis\n")
	for _, t := range targets {
		fmt.Fprintf(&b, "%s,%s,%s,%s,%s,,%s\n", t.indicator, t.tier, t.operator, t.value, t.from, cell(t.basis))
	}
	return []byte(b.String())
}

func cell(s string) string {
	if strings.ContainsAny(s, ",\"\n") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}
