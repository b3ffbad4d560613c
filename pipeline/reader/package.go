package reader

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"
)

// container is the ZIP package around a workbook, checked as a whole before
// anything is unpacked.
type container struct {
	parts  map[string]*zip.File // by lower-case name: part names ignore case
	limits Limits
	buf    []byte // scan buffer, lent to one scan at a time
}

func openContainer(src io.ReaderAt, size int64, limits Limits) (*container, error) {
	z, err := zip.NewReader(src, size)
	if err != nil {
		return nil, broken("ZIP directory: " + err.Error())
	}
	if len(z.File) > limits.Parts {
		return nil, tooBig("number of parts", "Tệp Excel có quá nhiều phần bên trong")
	}
	c := &container{parts: make(map[string]*zip.File, len(z.File)), limits: limits}
	var total uint64
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(f.Name, "/"))
		if strings.HasSuffix(name, "/") {
			continue
		}
		if c.parts[name] != nil {
			return nil, broken("two parts of the same name")
		}
		c.parts[name] = f
		if f.Flags&1 != 0 {
			return nil, &Refusal{Short: "encrypted part in the archive", Reason: "Tệp có đặt mật khẩu; hãy bỏ mật khẩu, lưu rồi gửi lại."}
		}
		if f.CRC32 == 0 && f.UncompressedSize64 > 0 {
			return nil, broken("part without checksum")
		}
		total += f.UncompressedSize64
		if total > uint64(limits.TotalBytes) || f.UncompressedSize64 > uint64(limits.TotalBytes) {
			return nil, tooBig("unpacked size", "Tệp Excel khi giải nén quá lớn so với giới hạn")
		}
		if f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/uint64(limits.Ratio) > f.CompressedSize64 {
			return nil, tooBig("compression ratio", "Tệp Excel nén bất thường, có dấu hiệu không an toàn")
		}
	}
	return c, nil
}

// open unpacks a part. The reader fails at the end when size or checksum do not
// match, so a part counts as read only when it was read to its end.
func (c *container) open(name string) (io.ReadCloser, error) {
	f := c.parts[strings.ToLower(name)]
	if f == nil {
		return nil, broken("missing part")
	}
	r, err := f.Open()
	if err != nil {
		return nil, broken("part cannot be unpacked: " + err.Error())
	}
	return r, nil
}

// scan runs fn over the markup of a part and makes sure that the part was read
// to its end.
func (c *container) scan(name string, fn func(*xmlScanner) error) error {
	r, err := c.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	buf := c.buf
	c.buf = nil // a scan inside fn takes its own
	if buf == nil {
		buf = make([]byte, 64<<10)
	}
	s := newXMLScanner(r, buf, c.limits.LineBytes)
	if err = fn(s); err == nil {
		err = s.drain()
	}
	c.buf = s.buf
	return asRefusal(err)
}

// drain reads what is left, checking that it is sound.
func (s *xmlScanner) drain() error {
	for {
		if t, err := s.next(); err != nil || t == endOfPart {
			return err
		}
	}
}

// asRefusal makes a Refusal of whatever unpacking or scanning found; other
// errors (Stop, the callback's own) pass.
func asRefusal(err error) error {
	var m *markupError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &m):
		return broken(m.what)
	case errors.Is(err, errTokenTooLong):
		return tooBig("length of a cell", "Có ô quá dài trong tệp Excel")
	case errors.Is(err, zip.ErrChecksum):
		return broken("wrong checksum")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, zip.ErrFormat):
		return broken("part cut short")
	case strings.HasPrefix(err.Error(), "flate:"):
		return broken("compressed data damaged")
	}
	return err
}

func broken(short string) *Refusal {
	return &Refusal{Short: "damaged workbook: " + short,
		Reason: "Tệp Excel bị hỏng; hãy mở bằng Excel, kiểm tra, lưu lại dạng .xlsx rồi gửi lại."}
}

// relation is one entry of a relationships part.
type relation struct {
	kind   string // last word of the type: "worksheet", "styles"
	target string // name of the part
}

// relations reads the relationships of a part ("" for the package) by id.
func (c *container) relations(part string) (map[string]relation, error) {
	dir, base := path.Split(part)
	out := map[string]relation{}
	err := c.scan(dir+"_rels/"+base+".rels", func(s *xmlScanner) error {
		for {
			t, err := s.next()
			if err != nil || t == endOfPart {
				return err
			}
			if t != openTag || string(s.name) != "Relationship" || string(s.attr("TargetMode")) == "External" {
				continue
			}
			target, err := unescape(nil, s.attr("Target"))
			if err != nil {
				return err
			}
			id := string(s.attr("Id"))
			if _, twice := out[id]; twice || id == "" {
				return malformed("relationship ids are not unique")
			}
			out[id] = relation{path.Base(string(s.attr("Type"))), resolve(dir, string(target))}
		}
	})
	return out, err
}

func resolve(dir, target string) string {
	if strings.HasPrefix(target, "/") {
		return path.Clean(target)[1:]
	}
	return path.Join(dir, target)
}
