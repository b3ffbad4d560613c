package pipeline

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cchc/pipeline/dataset"
	"cchc/pipeline/form"
	"cchc/pipeline/layout"
	"cchc/pipeline/store"
)

// writeSlip writes what goes back to the sender: a workbook and its plain-text
// twin beside it. res is nil when the whole file was refused for a reason.
func (in *intake) writeSlip(i Imported, res *layout.Result, refusal string) (string, error) {
	s := form.SlipData{
		File: filepath.Base(filepath.FromSlash(i.File)), SHA256: i.SHA256, Dataset: dataset.ByName(i.Dataset), Layout: i.Layout,
		Received: in.Now(), Refusal: refusal, Notes: i.Notes,
		Counts: form.SlipCounts{
			Rows: i.Rows, Added: i.Added, Changed: i.Changed, Unchanged: i.Unchanged, Older: i.Older,
			Duplicate: i.Duplicate, Skipped: i.Skipped, Returned: i.Returned, Removed: i.Removed,
		},
	}
	s.AsOf, _ = time.Parse(time.DateOnly, i.AsOf) // zero when there is none
	if res != nil {
		s.Header, s.Unknown = res.Header, len(res.Unknown)+len(res.Personal)
		for _, r := range res.Returned {
			row := form.SlipRow{Sheet: r.Sheet, Line: r.Line, Cells: r.Cells}
			for _, p := range r.Problems {
				row.Problems = append(row.Problems, form.SlipProblem{Column: p.Column, Reason: p.Reason})
			}
			s.Rows = append(s.Rows, row)
		}
	}
	path := in.slipPath(i)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	var book, text bytes.Buffer
	if err := form.Slip(&book, s); err != nil {
		return "", err
	}
	if err := form.SlipText(&text, s); err != nil {
		return "", err
	}
	if err := store.WriteFile(path, book.Bytes()); err != nil {
		return "", err
	}
	return path, store.WriteFile(strings.TrimSuffix(path, ".xlsx")+".txt", text.Bytes())
}
