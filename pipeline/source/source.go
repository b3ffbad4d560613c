// Package source is where exports come from: a table of schemes, each of which
// lists files that can be read.
package source

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// File is one export found. Path can be opened; Name is what reports and slips
// call it.
type File struct {
	Source string
	Name   string
	Path   string
}

// scheme lists the files of one kind of source.
type scheme struct {
	prefix string // of the url; empty: a folder relative to the workspace
	list   func(workspace, url string) ([]File, error)
}

// schemes are tried in order.
var schemes = []scheme{
	{"file://", func(_, url string) ([]File, error) { return folder(strings.TrimPrefix(url, "file://")) }},
	{"", func(workspace, url string) ([]File, error) {
		if !filepath.IsAbs(url) {
			url = filepath.Join(workspace, url)
		}
		return folder(url)
	}},
}

// List finds the files of a source, by name. A folder that does not exist yet
// has none.
func List(workspace, name, url string) ([]File, error) {
	if i := strings.Index(url, "://"); i > 0 && url[:i] != "file" {
		return nil, fmt.Errorf("source %s: the scheme %s:// is not known; a folder is", name, url[:i])
	}
	for _, s := range schemes {
		if strings.HasPrefix(url, s.prefix) {
			files, err := s.list(workspace, url)
			for i := range files {
				files[i].Source = name
			}
			if err != nil {
				return nil, fmt.Errorf("source %s: %w", name, err)
			}
			return files, nil
		}
	}
	return nil, nil
}

func folder(dir string) ([]File, error) {
	var out []File
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			if os.IsNotExist(err) && path == dir {
				return fs.SkipAll
			}
			return err
		}
		if path != dir && hidden(e.Name()) {
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if e.Type().IsRegular() {
			rel, err := filepath.Rel(dir, path)
			if err != nil {
				return err
			}
			out = append(out, File{Name: filepath.ToSlash(rel), Path: path})
		}
		return nil
	})
	sort.Slice(out, func(a, b int) bool { return out[a].Name < out[b].Name })
	return out, err
}

// hidden files and those of a program that has a workbook open are no exports.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") ||
		strings.HasSuffix(name, ".done") || strings.HasSuffix(name, ".sha256")
}

// Named is a file named on the command line. Links are not followed and only
// regular files are taken.
func Named(path string) (File, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return File{}, fmt.Errorf("%s cannot be read: %w", path, err)
	}
	if !info.Mode().IsRegular() {
		return File{}, fmt.Errorf("%s is not a regular file; name the export itself", path)
	}
	return File{Source: "", Name: filepath.Base(path), Path: path}, nil
}
