package main

import (
	"fmt"
	"strconv"

	"cchc/pipeline"
	"cchc/pipeline/store"
	"cchc/pipeline/workspace"

	"github.com/spf13/cobra"
)

func (a *app) history() *cobra.Command {
	var format string
	var exports bool
	c := &cobra.Command{
		Use: "history", Short: "runs, imports and editions of the workspace; with --exports the ledger",
		RunE: func(*cobra.Command, []string) error {
			if err := oneOf("--format", format, "table", "csv", "json"); err != nil {
				return err
			}
			p, err := a.open(a.workspace)
			if err != nil {
				return err
			}
			if exports {
				return a.ledger(p, format)
			}
			records, err := p.Records()
			if err != nil {
				return err
			}
			if format == "json" {
				return writeJSON(a.out, records)
			}
			rows := [][]string{{"started", "command", "job", "period", "outcome", "files", "editions", "id"}}
			for _, r := range records {
				rows = append(rows, []string{stamp(r.Started), r.Command, r.Job, r.Period, r.Outcome, strconv.Itoa(len(r.Imported)), strconv.Itoa(len(r.Editions)), r.ID})
			}
			return writeTable(a.out, format, rows)
		},
	}
	c.Flags().StringVar(&format, "format", "table", "table, csv or json")
	c.Flags().BoolVar(&exports, "exports", false, "the exports taken, with their SHA-256")
	return c
}

// ledger lists every export taken or withdrawn and whether its rows may hold.
func (a *app) ledger(p *pipeline.Project, format string) error {
	entries, err := p.Store.Entries()
	if err != nil {
		return err
	}
	if format == "json" {
		return writeJSON(a.out, entries)
	}
	live := store.Current(entries)
	rows := [][]string{{"position", "at", "entry", "as of", "dataset", "rows kept", "in use", "file", "sha256"}}
	for _, e := range entries {
		use := "no"
		if live[e.Seq] {
			use = "yes"
		}
		rows = append(rows, []string{strconv.Itoa(e.Seq), stamp(workspace.Wall(e.At, p.Config.Location)), e.Kind, e.AsOf, e.Dataset,
			strconv.Itoa(e.Counts.Accepted()), use, e.File, e.SHA256})
	}
	return writeTable(a.out, format, rows)
}

func (a *app) verify() *cobra.Command {
	return &cobra.Command{
		Use: "verify PATH", Short: "an edition against its manifest and a recomputation from the store", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := a.open(a.workspace)
			if err != nil {
				return err
			}
			v, err := p.Verify(args[0])
			if err != nil {
				return err
			}
			for _, problem := range v.Problems {
				fmt.Fprintf(a.out, "%s %s\n", problem.File, problem.What)
			}
			if len(v.Problems) > 0 {
				return fmt.Errorf("%s is not as it was published: %d problems", args[0], len(v.Problems))
			}
			fmt.Fprintf(a.out, "%s: %d files as published, %d figures recomputed from the store, equal\n", args[0], v.Files, v.Figures)
			return nil
		},
	}
}

func (a *app) diff() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use: "diff A B", Short: "the figures that moved between two editions", Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := oneOf("--format", format, "table", "csv", "json"); err != nil {
				return err
			}
			moved, err := pipeline.Diff(args[0], args[1])
			if err != nil {
				return err
			}
			if format == "json" {
				return writeJSON(a.out, moved)
			}
			rows := [][]string{{"unit", "tier", "measure", "before", "after"}}
			for _, m := range moved {
				rows = append(rows, []string{m.Unit, m.Tier, m.Measure, known(m.Before), known(m.After)})
			}
			return writeTable(a.out, format, rows)
		},
	}
	c.Flags().StringVar(&format, "format", "table", "table, csv or json")
	return c
}

func known(n *int64) string {
	if n == nil {
		return "–"
	}
	return strconv.FormatInt(*n, 10)
}
