package pipeline

import (
	"fmt"
	"os"
	"time"

	"cchc/pipeline/workspace"
)

// Purged is an original that purge took out of the archive.
type Purged struct {
	File, SHA256 string
	Taken        time.Time // when it was last imported
}

// Purge deletes originals in archive/ whose last import is longer ago than
// archive_days. The accepted rows and the ledger stay, so every figure can still
// be computed; what goes is the file with the applicants' data in it.
func (p *Project) Purge(dry bool) ([]Purged, error) {
	if p.Config.ArchiveDays == 0 {
		return nil, &workspace.Invalid{Err: fmt.Errorf("cchc.yaml sets no archive_days: originals are kept for ever; set it to purge")}
	}
	entries, err := p.Store.Entries()
	if err != nil {
		return nil, err
	}
	last := map[string]Purged{}
	var order []string
	for _, e := range entries {
		if _, ok := last[e.SHA256]; !ok {
			order = append(order, e.SHA256)
		}
		if e.File != "" {
			last[e.SHA256] = Purged{e.File, e.SHA256, e.At}
		}
	}
	limit := p.Clock().AddDate(0, 0, -p.Config.ArchiveDays)
	out := []Purged{}
	for _, digest := range order {
		x := last[digest]
		path := p.Store.ArchivePath(digest)
		if _, err := os.Stat(path); err != nil || !x.Taken.Before(limit) {
			continue
		}
		if !dry {
			if err := os.Remove(path); err != nil {
				return out, fmt.Errorf("purge: %w", err)
			}
		}
		out = append(out, x)
	}
	return out, nil
}
