package reader

import (
	"errors"
	"io"
	"path"
	"strings"
)

// container is the ZIP package around a workbook, checked as a whole before
// anything is unpacked.
type container struct {
	src    io.ReaderAt
	parts  map[string]entry // by lower-case name: part names ignore case
	order  []string         // the same names, as the package has them
	read   map[string]bool  // parts that were read to their end
	limits Limits
	buf    []byte // scan buffer, lent to one scan at a time
}

func newContainer(in *input, entries []entry) *container {
	c := &container{src: in.at, limits: in.o.Limits, parts: make(map[string]entry, len(entries)), read: map[string]bool{}}
	for _, e := range entries {
		if name := strings.ToLower(e.name); !strings.HasSuffix(name, "/") {
			c.parts[name] = e
			c.order = append(c.order, name)
		}
	}
	return c
}

func (c *container) has(name string) bool {
	_, ok := c.parts[strings.ToLower(name)]
	return ok
}

// open unpacks a part.
func (c *container) open(name string) (io.ReadCloser, error) {
	e, ok := c.parts[strings.ToLower(name)]
	if !ok {
		return nil, broken("missing part")
	}
	return openEntry(c.src, e), nil
}

// verify unpacks the parts that nobody reads (pictures, themes, macros), but for
// the sheets, which are checked as they are read: damage anywhere refuses the
// file.
func (c *container) verify(sheets []string) error {
	later := map[string]bool{}
	for _, s := range sheets {
		later[strings.ToLower(s)] = true
	}
	for _, name := range c.order {
		if later[name] || c.read[name] {
			continue
		}
		if _, err := io.Copy(io.Discard, openEntry(c.src, c.parts[name])); err != nil {
			return err
		}
	}
	return nil
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
	if err == nil {
		c.read[strings.ToLower(name)] = true
	}
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
