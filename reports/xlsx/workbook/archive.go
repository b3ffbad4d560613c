package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"sort"
	"strings"

	"github.com/klauspost/compress/flate"
)

// archive is a zip writer for excelize that writes the parts sorted by name and
// without times: the library hands them over in the order of its maps.
type archive struct {
	w     io.Writer
	parts []*part
}

// part is compressed as it comes, so that a long sheet is held only small.
type part struct {
	name string
	data bytes.Buffer
	fl   *flate.Writer
	crc  uint32
	size uint64
	tidy bool   // a worksheet
	held []byte // its last bytes, which may be half of what is replaced
}

// fixes corrects what the library leaves in a worksheet: relations in the long
// form of the XML package instead of the usual prefix, and a filter said to be in
// use where there only are filter buttons. A text of a cell cannot contain the
// left side, its quotes are escaped.
var fixes = [][2][]byte{
	{[]byte(`xmlns:relationships="http://schemas.openxmlformats.org/officeDocument/2006/relationships" relationships:id`), []byte(`r:id`)},
	{[]byte(`<sheetPr filterMode="true">`), []byte(`<sheetPr>`)},
}

const carry = 120 // bytes held back; more than any left side has

const typesPart = "[Content_Types].xml"

func (a *archive) Create(name string) (io.Writer, error) {
	p := &part{name: name, tidy: strings.HasPrefix(name, "xl/worksheets/sheet")}
	fl, err := flate.NewWriter(&p.data, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	p.fl = fl
	a.parts = append(a.parts, p)
	return p, nil
}

func (p *part) Write(b []byte) (int, error) {
	if p.name == typesPart {
		p.held = append(p.held, b...)
		return len(b), nil
	}
	if !p.tidy {
		return len(b), p.put(b)
	}
	all := append(p.held, b...)
	for _, f := range fixes {
		all = bytes.ReplaceAll(all, f[0], f[1])
	}
	keep := min(len(all), carry)
	if err := p.put(all[:len(all)-keep]); err != nil {
		return 0, err
	}
	p.held = append([]byte(nil), all[len(all)-keep:]...)
	return len(b), nil
}

func (p *part) put(b []byte) error {
	p.crc = crc32.Update(p.crc, crc32.IEEETable, b)
	p.size += uint64(len(b))
	_, err := p.fl.Write(b)
	return err
}

func (p *part) close() error {
	if p.name == typesPart {
		sorted, err := sortTypes(p.held)
		if err != nil {
			return err
		}
		p.held = sorted
	}
	if err := p.put(p.held); err != nil {
		return err
	}
	return p.fl.Close()
}

// sortTypes orders the list of content types, which the library writes in the
// order of a map.
func sortTypes(b []byte) ([]byte, error) {
	type entry struct {
		Extension   string `xml:"Extension,attr,omitempty"`
		PartName    string `xml:"PartName,attr,omitempty"`
		ContentType string `xml:"ContentType,attr"`
	}
	var types struct {
		XMLName  xml.Name `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
		Default  []entry
		Override []entry
	}
	if err := xml.Unmarshal(b, &types); err != nil {
		return nil, fmt.Errorf("%s: %w", typesPart, err)
	}
	byName := func(a, b entry) int { return strings.Compare(a.Extension+a.PartName, b.Extension+b.PartName) }
	slices.SortFunc(types.Default, byName)
	slices.SortFunc(types.Override, byName)
	out, err := xml.Marshal(types)
	return append([]byte(xml.Header), out...), err
}

// AddFS is asked for by excelize's interface and never called when writing.
func (a *archive) AddFS(fs.FS) error {
	return errors.New("workbook: adding a file system is not supported")
}

func (a *archive) Close() error {
	sort.Slice(a.parts, func(i, j int) bool { return a.parts[i].name < a.parts[j].name })
	z := zip.NewWriter(a.w)
	for _, p := range a.parts {
		if err := p.close(); err != nil {
			return err
		}
		h := &zip.FileHeader{
			Name: p.name, Method: zip.Deflate, CRC32: p.crc,
			CompressedSize64: uint64(p.data.Len()), UncompressedSize64: p.size,
		}
		w, err := z.CreateRaw(h)
		if err != nil {
			return err
		}
		if _, err := w.Write(p.data.Bytes()); err != nil {
			return err
		}
	}
	return z.Close()
}
