package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"cchc/pipeline"
	"cchc/pipeline/layout"
	"cchc/pipeline/reader"
	"cchc/pipeline/source"
	"cchc/pipeline/store"

	"github.com/spf13/cobra"
)

func (a *app) layout() *cobra.Command {
	var write, set, encoding string
	c := &cobra.Command{
		Use: "layout FILE", Short: "what of a file is recognised and why; start a layout for an unknown one", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := a.open(a.workspace)
			if err != nil {
				return err
			}
			layouts, err := p.Layouts()
			if err != nil {
				return err
			}
			f, err := source.Named(args[0])
			if err != nil {
				return &usageError{err}
			}
			opened, err := reader.Open(f.Path, reader.Options{Encoding: encoding})
			if err != nil {
				return fmt.Errorf("%s: %w", f.Name, worded(err))
			}
			defer opened.Close()
			if write != "" {
				return a.startLayout(p, layouts, opened, write, set)
			}
			if set != "" {
				return usage("--dataset goes with --write")
			}
			e, err := layouts.Explain(opened, p.LayoutEnv())
			if err != nil {
				return fmt.Errorf("%s: %w", f.Name, worded(err))
			}
			return a.recognised(f.Name, opened.Format+", "+opened.Encoding+" (by "+opened.EncodingBy+")", e)
		},
	}
	c.Flags().StringVar(&write, "write", "", "write a layout of this name, to be completed, into the workspace's layouts/")
	c.Flags().StringVar(&encoding, "encoding", "", "encoding of the text, when the file does not say it: tcvn3, vni, …")
	c.Flags().StringVar(&set, "dataset", "", "dataset of the layout to write, when no column is known")
	return c
}

// worded adds to a refusal what the sender can do.
func worded(err error) error {
	var refusal *reader.Refusal
	if errors.As(err, &refusal) {
		return fmt.Errorf("%w\n%s", err, refusal.Reason)
	}
	return err
}

// startLayout writes a layout file that a person completes. An existing one stays.
func (a *app) startLayout(p *pipeline.Project, layouts *layout.Set, f *reader.File, name, set string) error {
	if layouts.Fingerprint(name) != "" {
		return usage("a layout %s exists already; name another or edit its file", name)
	}
	text, err := layouts.Starter(f, name, set)
	if err != nil {
		return &usageError{err}
	}
	path := p.Path("layouts", strings.ReplaceAll(name, "/", "-")+".yaml")
	if _, err := os.Lstat(path); err == nil {
		return usage("%s exists already; name another layout or edit that file", path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := store.WriteFile(path, text); err != nil {
		return err
	}
	fmt.Fprintln(a.out, filepath.ToSlash(path))
	return nil
}

func (a *app) recognised(name, format string, e *layout.Explanation) error {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s (%s)\n\nCANDIDATES\tSHEET\tHEADER\tKNOWN\tMISSING\n", name, format)
	for _, c := range e.Candidates {
		missing := strings.Join(append(c.Missing, c.Twice...), ", ")
		fmt.Fprintf(w, "%s\t%s\trow %s\t%d of %d\t%s\n", c.Layout, orDash(c.Sheet), span(c.FirstLine, c.LastLine), c.Known, c.Columns, orDash(missing))
	}
	if e.FirstLine > 0 {
		fmt.Fprintf(w, "\nCOLUMN\tHEADER\tREAD AS\n")
		for _, n := range e.Columns {
			fmt.Fprintf(w, "%s\t%s\t%s\n", columnName(n.At), n.Header, readAs(n))
		}
	}
	for _, v := range e.Given {
		fmt.Fprintf(w, "–\t(no column)\t%s = %s\n", v.Field, v.Text)
	}
	if r := e.Result; r != nil {
		fmt.Fprintf(w, "\nread by\t%s (%s), sheets: %s\n", r.Layout, r.Dataset.Label, orDash(strings.Join(r.Sheets, ", ")))
		for _, l := range r.Left {
			fmt.Fprintf(w, "not read\tsheet %s\t%s\n", l.Sheet, orDash(l.Layout))
		}
		if !r.AsOf.IsZero() {
			fmt.Fprintf(w, "as of\t%s\n", r.AsOf.Format("2006-01-02"))
		}
		fmt.Fprintf(w, "rows\t%d, of them returned %d, duplicate %d, skipped %d; group headings %d\n", r.Rows, len(r.Returned), r.Duplicate, r.Skipped, r.Headings)
		fmt.Fprintf(w, "hidden\t%d cells with personal data within a text\n", r.Masked)
		for _, x := range r.Repaired {
			fmt.Fprintf(w, "repaired\trow %d\t%s → %s\n", x.Line, x.From, x.To)
		}
		if len(e.First) > 0 {
			fmt.Fprintf(w, "\nROW %d\n", e.FirstAt.Line)
		}
		for _, v := range e.First {
			fmt.Fprintf(w, "%s\t%s\n", v.Field, strings.ReplaceAll(v.Text, "\n", " / "))
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if e.Refusal != nil {
		fmt.Fprintf(a.err, "%s cannot be read: %v\n`cchc layout FILE --write NAME` starts a layout for it.\n", name, worded(e.Refusal))
		return errFindings
	}
	return nil
}

// readAs says in words what becomes of a column.
func readAs(n layout.ColumnNote) string {
	switch n.Why {
	case layout.ColumnRead:
		return n.Field
	case layout.ColumnIgnored:
		return "not read: known and not needed"
	case layout.ColumnTwice:
		return "not read: another column says the same"
	case layout.PersonalName:
		return "left at the door: personal, by its header"
	case layout.PersonalShape:
		return "left at the door: personal, by its cells"
	}
	return "left at the door: unknown"
}

func span(from, to int) string {
	if from == to {
		return fmt.Sprint(from)
	}
	return fmt.Sprintf("%d–%d", from, to)
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// columnName is the letter of a column, from 0.
func columnName(at int) string {
	name := ""
	for at++; at > 0; at = (at - 1) / 26 {
		name = string(rune('A'+(at-1)%26)) + name
	}
	return name
}
