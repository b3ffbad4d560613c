package reader

import (
	"bytes"
	"io"
	"path"
	"strings"
)

// Member is one export inside a ZIP archive.
type Member struct {
	Name string // as the archive calls it, made fit to be shown; never a path
	Size int64  // unpacked
}

// Members lists the exports inside the ZIP archive at path, in the order of the
// archive; nil when the file is no such archive but an export itself (workbooks
// are ZIP packages too) or of another kind. Folders and the files that systems
// leave behind (".DS_Store", "Thumbs.db") are left out. The error is a *Refusal
// when the archive is at fault.
func Members(path string, o Options) ([]Member, error) {
	src, size, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	in, err := newInput(src, size, o)
	if err != nil {
		return nil, err
	}
	head, err := in.head(in.open, 4)
	if err != nil || !bytes.Equal(head, []byte("PK\x03\x04")) {
		return nil, inTime(err)
	}
	entries, err := in.entries()
	if err != nil || isOffice(entries) {
		return nil, inTime(err)
	}
	var out []Member
	for _, e := range exports(entries) {
		out = append(out, Member{e.name, e.size})
	}
	if len(out) == 0 {
		return nil, noExports()
	}
	return out, nil
}

// OpenMember opens the export that Members lists under that name. An archive
// inside the archive is refused.
func OpenMember(path, name string, o Options) (*File, error) {
	src, size, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	file, err := openMember(src, size, name, o)
	if err != nil {
		src.Close()
		return nil, inTime(err)
	}
	file.closer = src
	return file, nil
}

func openMember(src io.ReaderAt, size int64, name string, o Options) (*File, error) {
	in, err := newInput(src, size, o)
	if err != nil {
		return nil, err
	}
	entries, err := in.entries()
	if err != nil {
		return nil, err
	}
	for _, e := range exports(entries) {
		if e.name == name {
			return in.member(e).file()
		}
	}
	return nil, brokenArchive("no such file in the archive")
}

func (in *input) member(e entry) *input {
	return &input{o: in.o, size: e.size, packed: e.packed, inside: true,
		open: func() (io.ReadCloser, error) { return openEntry(in.at, e), nil }}
}

// entries reads the directory of a ZIP archive and cleans the names.
func (in *input) entries() ([]entry, error) {
	src, size, err := in.random()
	if err != nil {
		return nil, err
	}
	entries, err := readDirectory(src, size, in.o.Limits)
	if err != nil {
		return nil, err
	}
	return entries, cleanNames(entries)
}

// exports leaves out what is no file, and what no person put there.
func exports(entries []entry) (out []entry) {
	for _, e := range entries {
		base := path.Base(e.name)
		switch {
		case strings.HasSuffix(e.name, "/"), strings.HasPrefix(e.name, "__MACOSX/"), strings.HasPrefix(base, "."),
			strings.HasPrefix(base, "~$"), strings.EqualFold(base, "Thumbs.db"), strings.EqualFold(base, "desktop.ini"):
		default:
			out = append(out, e)
		}
	}
	return out
}

// isOffice tells the package of an office program from an archive of files. One
// part is enough, so that a package that lost another is called damaged.
func isOffice(entries []entry) bool {
	for _, e := range entries {
		switch name := strings.ToLower(e.name); {
		case name == "[content_types].xml", name == "_rels/.rels", name == "mimetype", strings.HasPrefix(name, "xl/"):
			return true
		}
	}
	return false
}

// openPackage opens a ZIP file: a workbook, or the one export of an archive.
func openPackage(in *input) (string, book, error) {
	entries, err := in.entries()
	if err != nil {
		return "", nil, err
	}
	if isOffice(entries) {
		return openWorkbook(in, entries)
	}
	if in.inside {
		return "", nil, nested()
	}
	switch found := exports(entries); len(found) {
	case 0:
		return "", nil, noExports()
	case 1:
		return in.member(found[0]).sniff()
	}
	return "", nil, &Refusal{Short: "ZIP archive with several files",
		Reason: "Tệp nén chứa nhiều tệp; hãy giải nén rồi gửi từng tệp Excel (.xlsx) hoặc CSV."}
}

func noExports() *Refusal {
	return &Refusal{Short: "ZIP archive without files", Reason: "Tệp nén không có tệp nào bên trong; hãy nén lại rồi gửi lại."}
}
