package workspace

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"cchc/pipeline/period"
)

var (
	kinds   = []string{"brief", "periodic"}
	formats = []string{"pdf", "xlsx"}
)

const owner = "organisation: {code: T, name: UBND tỉnh, place: Tỉnh}\n"

func TestDefaults(t *testing.T) {
	c, err := ParseConfig("cchc.yaml", []byte(owner), kinds, formats)
	if err != nil {
		t.Fatal(err)
	}
	if c.Organisation != (Organisation{"T", "UBND tỉnh", "Tỉnh"}) || c.Timezone != "Asia/Ho_Chi_Minh" || c.Location.String() != c.Timezone ||
		c.PeriodRule != period.ND09 || c.Deadline != "date" || !slices.Equal(c.Sources, []Source{{Name: "inbox", URL: "inbox/"}}) || c.Jobs != nil {
		t.Errorf("%+v", c)
	}
}

func TestEveryKey(t *testing.T) {
	c, err := ParseConfig("cchc.yaml", []byte(`# all of them
organisation:
  code: T
  name: "UBND tỉnh"
timezone: Europe/Paris
period_rule: calendar
deadline: instant
sample_size: 7
sources:
  - {name: một, url: một/}
  - {name: hai, url: /srv/hai}
jobs:
  - name: quy
    schedule: "0 6 15 3,6,9,12 *"
    period: Q
    reports: [brief, periodic]
    units: [T, "tier:district"]
    formats: [pdf]
  - {name: nam, period: 2021-Y, reports: [brief], units: [T]}
`), kinds, formats)
	if err != nil {
		t.Fatal(err)
	}
	jobs := []Job{
		{"quy", "0 6 15 3,6,9,12 *", "Q", []string{"brief", "periodic"}, []string{"T", "tier:district"}, []string{"pdf"}},
		{"nam", "", "2021-Y", []string{"brief"}, []string{"T"}, nil},
	}
	if c.PeriodRule != period.Calendar || c.Deadline != "instant" || c.SampleSize != 7 || c.Location.String() != "Europe/Paris" ||
		!slices.Equal(c.Sources, []Source{{Name: "một", URL: "một/"}, {Name: "hai", URL: "/srv/hai"}}) || !reflect.DeepEqual(c.Jobs, jobs) {
		t.Errorf("%+v", c)
	}
}

// Every fault that a configuration can have: the text, and what is said of it.
func TestConfigFaults(t *testing.T) {
	job := func(text string) string {
		return owner + "jobs:\n  - {name: a, period: Q, reports: [brief], units: [T]" + text + "}\n"
	}
	for text, want := range map[string]string{
		"":                                   "line 1: the file must hold one mapping; `cchc init` writes a commented one",
		"# nothing\n":                        "the file must hold one mapping",
		"- a\n":                              "line 1: the file must be a mapping of keys",
		"a: b\n---\nc: d\n":                  "the file must hold one mapping",
		"organisation: {code: T\n":           "not readable as YAML",
		"timezone: Asia/Ho_Chi_Minh\n":       "organisation: {code: …, name: …, place: …} is needed",
		"\norganisation: {code: T}\n":        "line 2: organisation: {code: …, name: …, place: …} is needed",
		"organisation: T\n":                  "line 1: organisation must be a mapping of keys",
		"organisation: {code: [T], name: U}": "line 1: code must be a text",
		owner + "sauces: []\n":               `line 2: unknown key "sauces" (did you mean "sources"?)`,
		owner + "weather: fine\n":            `line 2: unknown key "weather"; known keys: deadline, jobs, organisation, period_rule, sample_size, sources, timezone`,
		owner + "timezone: Asia/Hue\n":       `line 2: timezone "Asia/Hue" is not known; write an IANA name such as Asia/Ho_Chi_Minh`,
		owner + "timezone: \"\"\n":           `line 2: timezone "" is not known`,
		owner + "period_rule: lunar\n":       `line 2: period_rule: "lunar" is not one of nd09, calendar`,
		owner + "deadline: never\n":          `line 2: deadline: "never" is not one of date, instant`,
		owner + "sample_size: 0\n":           "line 2: sample_size must be a whole number from 1 to 1000",
		owner + "sample_size: many\n":        "line 2: sample_size must be a whole number from 1 to 1000",
		owner + "sources: inbox/\n":          "line 2: sources must be a list",
		owner + "sources: [{name: a}]\n":     "line 2: a source needs name and url",
		owner + "sources:\n  - {name: a, url: a}\n  - {name: a, url: b}\n": `line 4: source "a" is defined twice`,
		owner + "jobs:\n  - {}\n": `line 3: job "" needs name`,
		job("") + "  - {name: a, period: Q, reports: [brief], units: [T]}\n":      `line 4: job "a" is defined twice`,
		owner + "jobs:\n  - {name: a, reports: [brief], units: [T]}\n":            `line 3: job "a" needs period`,
		owner + "jobs:\n  - {name: a, period: Q, units: [T]}\n":                   `line 3: job "a" needs reports`,
		owner + "jobs:\n  - {name: a, period: Q, reports: [brief], units: []}\n":  `line 3: job "a" needs units`,
		owner + "jobs:\n  - {name: a, period: Z, reports: [brief], units: [T]}\n": `line 3: period "Z" is not understood`,
		owner + "jobs:\n  - {name: a, period: Q, reports: [poem], units: [T]}\n":  `line 3: report: "poem" is not one of brief, periodic`,
		job(", formats: [doc]"):                      `line 3: format: "doc" is not one of pdf, xlsx`,
		job(", schedule: \"0 6 15 9\""):              `line 3: schedule "0 6 15 9" is not understood`,
		job(", schedule: \"0 6 31 2 *\""):            `line 3: schedule "0 6 31 2 *" never comes due`,
		job(", schedule: \"TZ=UTC 0 6 15 9 *\""):     `line 3: schedule "TZ=UTC 0 6 15 9 *": leave the zone out; the workspace's timezone holds`,
		job(", schedule: \"CRON_TZ=UTC 0 6 * * *\""): "leave the zone out",
		job(", schedule: \"\""):                      `schedule "" is not understood`,
		job(", shedule: x"):                          `line 3: unknown key "shedule" (did you mean "schedule"?)`,
	} {
		_, err := ParseConfig("cchc.yaml", []byte(text), kinds, formats)
		if err == nil || !strings.HasPrefix(err.Error(), "cchc.yaml:\n  ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q:\n got %v\nwant %s", text, err, want)
		}
	}
	if _, err := ParseConfig("cchc.yaml", []byte(owner+owner), kinds, formats); err == nil {
		t.Error("a key that stands twice is taken")
	}
}

func TestRareSchedulesAreGood(t *testing.T) {
	for _, spec := range []string{"0 6 29 2 *", "@every 1h", "@monthly", "0 6 15 9 *", "*/5 * * * 1-5"} {
		if err := CheckSchedule(spec); err != nil {
			t.Error(err)
		}
	}
}

func TestUnits(t *testing.T) {
	text := "\xef\xbb\xbfMã đơn vị;Tên đơn vị;Cấp;Mã đơn vị cấp trên;Hết hiệu lực từ\n" +
		"T;  UBND   tỉnh ;tỉnh;;\n\nT.1;UBND huyện;Huyện;t;01/07/2025\n;;;;\n"
	reg, err := ParseUnits("units.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if got := reg.Codes(); !slices.Equal(got, []string{"T", "T.1"}) {
		t.Errorf("%v", got)
	}
	tree := reg.At(time.Date(2025, 6, 30, 0, 0, 0, 0, time.UTC))
	u, _ := tree.Get("T.1")
	if u.Name != "UBND huyện" || u.Tier != "district" || u.Parent != "T" || !tree.Standing["T.1"] {
		t.Errorf("%+v", u)
	}
	if reg.At(time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC)).Standing["T.1"] {
		t.Error("the first day no longer valid is still valid")
	}
	if u, _ := tree.Get("T"); u.Name != "UBND tỉnh" {
		t.Errorf("%q", u.Name)
	}
}

func TestUnitFaults(t *testing.T) {
	const head = "code,name,tier,parent,valid_from,valid_to\n"
	for text, want := range map[string]string{
		"":                                  "line 1: a header row is needed: code,name,tier,parent,valid_from,valid_to",
		head:                                "no unit is registered; add at least the organisation itself",
		"\xff\xfe\x00":                      `the file is not UTF-8; save it as "CSV UTF-8"`,
		"code,name\nT,a\n":                  "line 1: column tier (Cấp) is missing",
		"code,name,tier,boss\nT,a,tỉnh,x\n": `line 1: unknown column "boss"; known: code,name,tier,parent,valid_from,valid_to`,
		"code,name,tier,Mã đơn vị\nT,a,sở,T":     `line 1: column "Mã đơn vị" stands twice`,
		head + "T,a\n,b,tỉnh\n":                  "line 3: code is empty",
		head + "T,,tỉnh\n":                       "line 2: name is empty",
		head + "T,a,\n":                          "line 2: tier is empty",
		head + "T,a,làng\n":                      `line 2: tier "làng" is not one of province, department, district, commune (tỉnh, sở, huyện, xã)`,
		head + "T,a,tỉnh,,,,,x\n":                "line 2: 8 cells where the header has 6",
		head + "T,a,tỉnh,,soon\n":                `line 2: valid_from "soon" is not a day; write 2021-09-14 or 14/09/2021`,
		head + "T,a,tỉnh,,2021-02-02,1/2/2021\n": "line 2: T: valid_to must be after valid_from",
		head + "T,a,tỉnh,X\n":                    `line 2: parent "X" of T is not in the register`,
		head + "T,a,tỉnh\nt,b,tỉnh\n":            "line 3: t is already registered on line 2 for the same days",
		head + "T,a,tỉnh,U\nU,b,sở,T\n":          "line 3: U stands above itself through its parents",
		head + "T,\"a,tỉnh\n":                    "line 2: ",
	} {
		_, err := ParseUnits("units.csv", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), "units.csv:\n  ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q:\n got %v\nwant %s", text, err, want)
		}
	}
	// one code for two spans of time is no fault
	if _, err := ParseUnits("units.csv", []byte(head+"T,a,tỉnh,,,2021-01-01\nT,b,tỉnh,,2021-01-01,\n")); err != nil {
		t.Error(err)
	}
}

func TestTargets(t *testing.T) {
	list, err := ParseTargets("targets.csv", []byte("indicator,tier,operator,value,valid_from,valid_to,basis\n"+
		"dossiers.online,huyện,>=,\"0,3\",2021-01-01,2022-01-01,Kế hoạch\ndossiers.by_post,,>,10%,,,\nstaff.excellent,,<,0.000001,,,\n"))
	if err != nil || len(list) != 3 {
		t.Fatalf("%v, %v", list, err)
	}
	if a := list[0]; a.Tier != "district" || a.Value != 300_000 || a.Basis != "Kế hoạch" || a.Operator != ">=" {
		t.Errorf("%+v", a)
	}
	if list[1].Value != 100_000 || list[1].Tier != "" || list[2].Value != 1 {
		t.Errorf("%+v", list[1:])
	}
	for day, want := range map[string]bool{"2020-12-31": false, "2021-01-01": true, "2021-12-31": true, "2022-01-01": false} {
		d, _ := time.Parse(time.DateOnly, day)
		if list[0].InForce(d) != want || !list[1].InForce(d) {
			t.Errorf("in force on %s: %t, %t", day, list[0].InForce(d), list[1].InForce(d))
		}
	}
	const head = "indicator,tier,operator,value,valid_from\n"
	for text, want := range map[string]string{
		"indicator,value\n":        "line 1: column operator (So sánh) is missing",
		head + ",,>=,1\n":          "line 2: indicator is empty",
		head + "a,,,1\n":           "line 2: operator is empty",
		head + "a,,>=,\n":          "line 2: value is empty",
		head + "a,,≥,1\n":          `line 2: operator "≥" is not one of >= > = <= <`,
		head + "a,làng,>=,1":       `line 2: tier "làng" is not one of province, department, district, commune`,
		head + "a,,>=,một\n":       `line 2: value "một" is not a number with at most six decimals`,
		head + "a,,>=,0.0000001\n": `line 2: value "0.0000001" is not a number with at most six decimals`,
		head + "a,,>=,1,32/1/2021": `line 2: valid_from "32/1/2021" is not a day`,
	} {
		_, err := ParseTargets("targets.csv", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), "targets.csv:\n  ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q:\n got %v\nwant %s", text, err, want)
		}
	}
}

const register = "code,name,tier,parent,valid_from,valid_to\nT,UBND tỉnh,tỉnh,,,\nT.1,UBND huyện,huyện,T,,\nT.1.1,UBND xã,xã,T.1,,2021-07-01\nT.1.2,UBND xã Hai,xã,T.1,,\n"

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func clock(text string) Clock {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return func() time.Time { return at }
}

func TestOpenSaysAllAtOnce(t *testing.T) {
	dir := folder(t, map[string]string{"cchc.yaml": "x: 1\n", "units.csv": "a\n", "targets.csv": "b\n"})
	_, err := Open(dir, time.Now, kinds, formats)
	var bad *Invalid
	if !errors.As(err, &bad) {
		t.Fatalf("%v", err)
	}
	for _, want := range []string{"cchc.yaml:\n", "units.csv:\n", "targets.csv:\n"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in:\n%v", want, err)
		}
	}
	if _, err = Open(t.TempDir(), time.Now, kinds, formats); !errors.As(err, &bad) || !strings.Contains(err.Error(), "is this a workspace? `cchc init DIR` makes one") {
		t.Errorf("%v", err)
	}
	dir = folder(t, map[string]string{"units.csv": register, "cchc.yaml": "jobs:\n  - {name: a, period: Q, reports: [brief], units: [T.9, \"tier:làng\", \"tier:\"]}\norganisation: {code: X, name: U}\n"})
	_, err = Open(dir, time.Now, kinds, formats)
	for _, want := range []string{`line 3: organisation "X" is not in units.csv`, `line 2: job a: unit "T.9" is not in units.csv`, `line 2: job a: "tier:làng" names no tier`, `unit "tier:" is not in units.csv`} {
		if !errors.As(err, &bad) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in:\n%v", want, err)
		}
	}
}

func TestOpened(t *testing.T) {
	dir := folder(t, map[string]string{"cchc.yaml": owner, "units.csv": register})
	w, err := Open(dir, clock("2021-09-14T17:30:00Z"), kinds, formats)
	if err != nil {
		t.Fatal(err)
	}
	if got := w.Today().Format(time.DateOnly); got != "2021-09-15" {
		t.Errorf("today is %s where it is half past midnight", got)
	}
	if got := w.Now().Format(time.DateTime); got != "2021-09-15 00:30:00" {
		t.Errorf("now is %s", got)
	}
	day := func(s string) time.Time { d, _ := time.Parse(time.DateOnly, s); return d }
	for _, c := range []struct {
		list, day string
		want      []string
	}{
		{"", "2021-09-15", []string{"T", "T.1", "T.1.1", "T.1.2"}},
		{"t.1.2 T t", "2021-09-15", []string{"T", "T.1.2"}},
		{"tier:commune", "2021-06-30", []string{"T.1.1", "T.1.2"}},
		{"tier:xã", "2021-07-01", []string{"T.1.2"}},
		{"tier:xã T.1.1", "2021-07-01", []string{"T.1.1", "T.1.2"}},
		{"tier:department", "2021-07-01", nil},
	} {
		got, err := w.SelectUnits(strings.Fields(c.list), day(c.day))
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%q on %s selects %v, %v", c.list, c.day, got, err)
		}
	}
	var bad *Invalid
	if _, err := w.SelectUnits([]string{"T.9"}, day("2021-07-01")); !errors.As(err, &bad) {
		t.Errorf("%v", err)
	}
	sum := w.RegisterSum()
	if len(sum) != 64 || len(w.StateFiles()) != 2 {
		t.Errorf("%v", w.StateFiles())
	}
	if err := os.WriteFile(w.Path("units.csv"), []byte(register+"T.2,UBND,huyện,T,,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if again, err := Open(dir, time.Now, kinds, formats); err != nil || again.RegisterSum() == sum {
		t.Errorf("another register has the same sum, %v", err)
	}
}

func TestLock(t *testing.T) {
	dir := folder(t, map[string]string{"cchc.yaml": owner, "units.csv": register})
	w, err := Open(dir, clock("2021-09-14T17:30:00Z"), kinds, formats)
	if err != nil {
		t.Fatal(err)
	}
	release, err := w.Lock("import")
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Lock("run")
	var held *Held
	if !errors.As(err, &held) || !strings.Contains(err.Error(), "import, process ") || !strings.Contains(err.Error(), "since 2021-09-15 00:30:00") {
		t.Errorf("%v", err)
	}
	release()
	release, err = w.Lock("run")
	if err != nil {
		t.Fatalf("released, yet %v", err)
	}
	release()
	if _, err := os.Stat(w.Path("runs", "lock.owner")); !os.IsNotExist(err) {
		t.Error("the name of the owner stays behind")
	}
}
