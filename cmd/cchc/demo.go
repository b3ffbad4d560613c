package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"cchc/pipeline"
	"cchc/pipeline/sample"

	"github.com/spf13/cobra"
)

func (a *app) demo() *cobra.Command {
	var o sample.Options
	c := &cobra.Command{
		Use: "demo [DIR]", Short: "write five example workspaces, run them and say where the reports are", Args: cobra.MaximumNArgs(1),
		Long: "Writes one example workspace per published article under DIR (default demo), imports its exports,\n" +
			"publishes its reports and prints where each lies. A workspace that is there already is run again.",
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "demo"
			if len(args) > 0 {
				dir = args[0]
			}
			for _, name := range sample.Names() {
				if err := a.demoOne(cmd.Context(), filepath.Join(dir, name), name, o); err != nil {
					return fmt.Errorf("example %s: %w", name, err)
				}
			}
			return nil
		},
	}
	c.Flags().Uint64Var(&o.Seed, "seed", 0, "draw other totals than those of the articles")
	c.Flags().IntVar(&o.Scale, "scale", 1, "multiply dossiers and documents")
	return c
}

// demoOne writes and runs one example on the clock of its article.
func (a *app) demoOne(ctx context.Context, dir, name string, o sample.Options) error {
	w, err := sample.Build(name, o)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, "cchc.yaml")); err != nil {
		if err := sample.Write(dir, w); err != nil {
			return err
		}
	}
	on := *a
	on.now = w.Now
	p, err := on.open(dir)
	if err != nil {
		return err
	}
	release, err := p.Lock("demo")
	if err != nil {
		return err
	}
	defer release()
	var list []pipeline.Work
	for _, j := range p.Config.Jobs {
		list = append(list, work(j))
	}
	err = on.execute(ctx, p, list)
	a.progress = on.progress
	if errors.Is(err, errFindings) {
		return nil // the examples have weak points; that is what they show
	}
	return err
}
