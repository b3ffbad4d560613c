package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Archive copies an export as received into archive/, named by its SHA-256, and
// returns the sum. A file already there is left as it is.
func (s *Store) Archive(path string) (string, error) {
	from, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer from.Close()
	temp, err := os.CreateTemp(s.path("tmp"), "archive-*")
	if err != nil {
		return "", fmt.Errorf("archive %s: %w", filepath.Base(path), err)
	}
	defer os.Remove(temp.Name())
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(temp, h), from)
	if err == nil {
		err = temp.Sync()
	}
	if e := temp.Close(); err == nil {
		err = e
	}
	if err != nil {
		return "", fmt.Errorf("archive %s: %w", filepath.Base(path), err)
	}
	digest := hex.EncodeToString(h.Sum(nil))
	to := s.ArchivePath(digest)
	if _, err := os.Stat(to); err == nil {
		return digest, nil
	}
	if err := os.Rename(temp.Name(), to); err != nil {
		return "", fmt.Errorf("archive %s: %w", filepath.Base(path), err)
	}
	return digest, syncDir(filepath.Dir(to))
}

// ArchivePath is where the export of that SHA-256 lies.
func (s *Store) ArchivePath(digest string) string { return filepath.Join(s.archive(), digest) }

// SumFile is the SHA-256 of a file, in hex.
func SumFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// WriteFile writes a whole file or nothing: beside, sync, rename, sync the
// folder. Its mode is 0600.
func WriteFile(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err = f.Write(b); err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// Forget takes an export out of the archive again that no ledger entry names: a
// refused file stays where it came from.
func (s *Store) Forget(digest string, entries []Entry) {
	for _, e := range entries {
		if e.SHA256 == digest {
			return
		}
	}
	os.Remove(s.ArchivePath(digest))
}
