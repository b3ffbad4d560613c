package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"cchc/pipeline/dataset"
	"cchc/pipeline/form"
	"cchc/pipeline/period"
	"cchc/pipeline/store"
	"cchc/pipeline/workspace"

	"github.com/spf13/cobra"
)

// formsDir is where init puts the fill-in workbooks: beside the inbox, so that an
// empty one is not taken for an export.
const formsDir = "forms"

func (a *app) init() *cobra.Command {
	return &cobra.Command{
		Use: "init DIR", Short: "an empty workspace: config, unit register, fill-in workbooks", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			clock, err := a.clock()
			if err != nil {
				return err
			}
			dir := args[0]
			if list, err := os.ReadDir(dir); err == nil && len(list) > 0 {
				return usage("%s is not empty; name a new folder", dir)
			}
			for _, d := range []string{dir, filepath.Join(dir, "inbox"), filepath.Join(dir, formsDir)} {
				if err := os.MkdirAll(d, 0o700); err != nil {
					return err
				}
			}
			files := map[string]string{"cchc.yaml": startConfig, "units.csv": startUnits, "targets.csv": startTargets}
			for _, name := range []string{"cchc.yaml", "units.csv", "targets.csv"} {
				if err := store.WriteFile(filepath.Join(dir, name), []byte(files[name])); err != nil {
					return err
				}
			}
			p, err := a.open(dir)
			if err != nil {
				return err
			}
			today := workspace.Wall(clock(), p.Config.Location)
			latest, err := period.Latest("Q", p.Config.PeriodRule, p.Today())
			if err != nil {
				return err
			}
			for _, d := range dataset.All {
				var b bytes.Buffer
				example := form.Example(d, startUnit, latest.Name, p.Today())
				if err := form.FillIn(&b, d, example, today); err != nil {
					return err
				}
				if err := store.WriteFile(filepath.Join(dir, formsDir, d.Name+".xlsx"), b.Bytes()); err != nil {
					return err
				}
			}
			fmt.Fprintf(a.out, "%s is a workspace now:\n"+
				"  cchc.yaml    whose it is, which jobs it runs\n"+
				"  units.csv    the unit register: put your units in\n"+
				"  targets.csv  targets that reports judge by; without a row, no judgement\n"+
				"  %s/       a fill-in workbook per dataset; put filled ones into inbox/\n"+
				"Then: cchc -w %[1]s import\n", filepath.ToSlash(dir), formsDir)
			return nil
		},
	}
}

// startUnit is the unit of the example rows in the fill-in workbooks.
const startUnit = "T01.01"

const startUnits = `code,name,tier,parent,valid_from,valid_to
T01,UBND tỉnh (tên tỉnh),province,,,
T01.01,UBND huyện (tên huyện),district,T01,,
T01.01.01,UBND xã (tên xã),commune,T01.01,,
`

const startTargets = `indicator,tier,operator,value,valid_from,valid_to,basis
`

const startConfig = `# The workspace of one organisation. Every key is listed here; unknown ones are errors.

# Whose workspace this is. The code must be in units.csv.
organisation: {code: T01, name: UBND tỉnh (tên tỉnh), place: (tên tỉnh)}

# IANA name; days begin at midnight here.
timezone: Asia/Ho_Chi_Minh

# Where months begin: nd09 is Nghị định 09/2019/NĐ-CP (a month runs from the 15th
# of the month before to the 14th), calendar runs from the 1st to the last day.
period_rule: nd09

# How an end is compared with a due date: date, or instant (to the second).
deadline: date

# How many dossiers a visit brief draws for a look on site.
sample_size: 20

# Where exports arrive. A folder, relative to this file.
sources: [{name: inbox, url: inbox/}]

# What the schedule runs. schedule is minute hour day month weekday; period is M, Q,
# H, 9M or Y for the latest closed one; units are codes or tier:<tier>.
jobs:
  - {name: chin-thang, schedule: "0 6 15 9 *", period: 9M, reports: [brief, periodic, comparison], units: ["tier:district"]}
`
