package main

import (
	"fmt"
	"path/filepath"
	"text/tabwriter"
	"time"

	"cchc/pipeline"
	"cchc/pipeline/source"
	"cchc/pipeline/workspace"

	"github.com/spf13/cobra"
)

func (a *app) importCommand() *cobra.Command {
	var asOf, format, encoding string
	c := &cobra.Command{
		Use: "import [FILE…]", Short: "take the files named, or what the sources hold, and return slips", Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("--format", format, "table", "json"); err != nil {
				return err
			}
			if encoding != "" {
				if err := oneOf("--encoding", encoding, workspace.Encodings...); err != nil {
					return err
				}
			}
			day, err := dayFlag("--as-of", asOf)
			if err != nil {
				return err
			}
			p, err := a.open(a.workspace)
			if err != nil {
				return err
			}
			release, err := p.Lock("import")
			if err != nil {
				return err
			}
			defer release()
			files, err := named(p, args)
			if err != nil {
				return err
			}
			started := p.Instant()
			list, err := p.Import(cmd.Context(), files, pipeline.ImportOptions{AsOf: day, Encoding: encoding, Pause: pipeline.Pause})
			return a.imported(p, started, list, format, err)
		},
	}
	c.Flags().StringVar(&asOf, "as-of", "", "day the exports stand for (2021-09-15)")
	c.Flags().StringVar(&format, "format", "table", "table or json")
	c.Flags().StringVar(&encoding, "encoding", "", "encoding of the text, when the files do not say it: tcvn3, vni, …")
	return c
}

// named are the files of the command line, or what the sources hold.
func named(p *pipeline.Project, args []string) ([]source.File, error) {
	if len(args) == 0 {
		return p.Expand()
	}
	var out []source.File
	for _, arg := range args {
		f, err := source.Named(arg)
		if err != nil {
			return nil, &usageError{err}
		}
		out = append(out, f)
	}
	return out, nil
}

// imported prints what became of the files and leaves a run record.
func (a *app) imported(p *pipeline.Project, started time.Time, list []pipeline.Imported, format string, failed error) error {
	if list == nil {
		list = []pipeline.Imported{}
	}
	rec := pipeline.Record{Command: "import", Started: started, Ended: p.Instant(), Imported: list, Outcome: "imported"}
	found := false
	for _, i := range list {
		found = found || i.Finding()
	}
	if found {
		rec.Outcome = "findings"
	}
	if failed != nil {
		rec.Outcome, rec.Error = "failed", failed.Error()
	}
	if err := p.WriteRecord(rec); err != nil && failed == nil {
		failed = err
	}
	if failed != nil {
		return failed
	}
	if format == "json" {
		if err := writeJSON(a.out, list); err != nil {
			return err
		}
	} else {
		a.importTable(list)
	}
	if found {
		return errFindings
	}
	return nil
}

func (a *app) importTable(list []pipeline.Imported) {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "FILE\tDATASET\tAS OF\tROWS\tADDED\tCHANGED\tUNCHANGED\tOLDER\tDUPLICATE\tSKIPPED\tRETURNED\tREMOVED")
	for _, i := range list {
		set := i.Dataset
		if i.Refused != "" {
			set = "set aside"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", i.File, set, i.AsOf, i.Rows, i.Added, i.Changed, i.Unchanged,
			i.Older, i.Duplicate, i.Skipped, i.Returned, i.Removed)
	}
	w.Flush()
	for _, i := range list {
		if i.Slip != "" {
			fmt.Fprintf(a.err, "%s: return slip %s\n", i.File, filepath.ToSlash(i.Slip))
		}
	}
}

func (a *app) withdraw() *cobra.Command {
	return &cobra.Command{
		Use: "withdraw SHA256", Short: "take a wrong export back out, as a new ledger entry", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := a.open(a.workspace)
			if err != nil {
				return err
			}
			release, err := p.Lock("withdraw")
			if err != nil {
				return err
			}
			defer release()
			i, err := p.Withdraw(args[0])
			if err != nil {
				return err
			}
			fmt.Fprintf(a.out, "%s (%s) withdrawn: %d rows no longer hold\n", i.File, i.SHA256, i.Removed)
			return nil
		},
	}
}
