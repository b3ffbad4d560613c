package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) purge() *cobra.Command {
	var dry bool
	c := &cobra.Command{
		Use: "purge", Short: "delete originals that are older than archive_days; rows and ledger stay",
		RunE: func(*cobra.Command, []string) error {
			p, err := a.open(a.workspace)
			if err != nil {
				return err
			}
			release, err := p.Lock("purge")
			if err != nil {
				return err
			}
			defer release()
			gone, err := p.Purge(dry)
			for _, g := range gone {
				fmt.Fprintf(a.out, "%s\t%s\t%s\n", g.Taken.In(p.Config.Location).Format("2006-01-02"), g.SHA256, g.File)
			}
			return err
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "only say which")
	return c
}
