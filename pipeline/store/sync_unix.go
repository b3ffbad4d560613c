//go:build !windows

package store

import "os"

// syncDir makes a rename last: the folder's own entry is written out.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
