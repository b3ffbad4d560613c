package reader

import (
	"bytes"
	"context"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// rawEntry is an entry of an archive laid out byte by byte, so that it can lie.
type rawEntry struct {
	name, body   string
	local        string // another name in the local header
	flags        uint16
	method       uint16
	size, packed uint32 // what the directory says, 0: the truth
	localSize    uint32 // what the local header says, 0: the truth
	crc          uint32 // 0: the truth
	extra        string // extra field of the directory
	tail         string // bytes behind the body
	at           *int   // where the directory says the entry starts
}

func rawZip(comment, behind string, entries ...rawEntry) []byte {
	var b, dir []byte
	n16 := func(v ...int) (out []byte) {
		for _, x := range v {
			out = le.AppendUint16(out, uint16(x))
		}
		return out
	}
	n32 := func(v ...uint32) (out []byte) {
		for _, x := range v {
			out = le.AppendUint32(out, x)
		}
		return out
	}
	or := func(v, truth uint32) uint32 {
		if v == 0 {
			return truth
		}
		return v
	}
	for _, e := range entries {
		start, truth := len(b), uint32(len(e.body))
		if e.at != nil {
			start = *e.at
		}
		local := e.local
		if local == "" {
			local = e.name
		}
		crc := or(e.crc, crc32.ChecksumIEEE([]byte(e.body)))
		b = slices.Concat(b, []byte("PK\x03\x04"), n16(20, int(e.flags), int(e.method), 0, 0), n32(crc, or(e.localSize, truth), or(e.localSize, truth)),
			n16(len(local), 0), []byte(local+e.body+e.tail))
		dir = slices.Concat(dir, []byte("PK\x01\x02"), n16(20, 20, int(e.flags), int(e.method), 0, 0), n32(crc, or(e.packed, truth), or(e.size, truth)),
			n16(len(e.name), len(e.extra), 0, 0, 0), n32(0, uint32(start)), []byte(e.name+e.extra))
	}
	at := len(b)
	return slices.Concat(b, dir, []byte("PK\x05\x06"), n16(0, 0, len(entries), len(entries)), n32(uint32(len(dir)), uint32(at)), n16(len(comment)), []byte(comment+behind))
}

func TestHostileArchives(t *testing.T) {
	body := "a,b\n1,2\n"
	zero, nine := 0, 9
	inner := rawZip("", "", rawEntry{name: "b.csv", body: body})
	hidden := inner[:30+len("b.csv")+len(body)]
	within := 30 + len("a.csv")
	for _, c := range []struct {
		name, want string
		data       []byte
	}{
		{"sound", "", rawZip("", "", rawEntry{name: "a.csv", body: body})},
		{"comment", "", rawZip("a comment", "", rawEntry{name: "a.csv", body: body})},
		{"other name in the local header", "local header differs", rawZip("", "", rawEntry{name: "a.csv", body: body, local: "b.csv"})},
		{"other size in the local header", "local header differs", rawZip("", "", rawEntry{name: "a.csv", body: body, localSize: 4})},
		{"size beyond the bytes", "reaches beyond", rawZip("", "", rawEntry{name: "a.csv", body: body, size: 1 << 20, packed: 1 << 20, localSize: 1 << 20})},
		{"stored with two sizes", "local header differs", rawZip("", "", rawEntry{name: "a.csv", body: body, size: 9})},
		{"wrong checksum", "wrong checksum", rawZip("", "", rawEntry{name: "a.csv", body: body, crc: 1})},
		{"wide size without its field", "bad wide sizes", rawZip("", "", rawEntry{name: "a.csv", body: body, size: 1<<32 - 1})},
		{"wide size that lies", "local header differs", rawZip("", "", rawEntry{name: "a.csv", body: body, size: 1<<32 - 1, packed: 1<<32 - 1, localSize: 0, flags: flagDescriptor,
			extra: "\x01\x00\x10\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00"})},
		{"sizes behind that lie", "sizes behind", rawZip("", "", rawEntry{name: "a.csv", body: body, flags: flagDescriptor, tail: "PK\x07\x08\x00\x00\x00\x00\x08\x00\x00\x00\x08\x00\x00\x00"})},
		{"two entries on one place", "overlapping", rawZip("", "", rawEntry{name: "a.csv", body: body}, rawEntry{name: "a.csv", body: body, at: &zero})},
		{"entry inside an entry", "overlapping", rawZip("", "", rawEntry{name: "a.csv", body: string(hidden)}, rawEntry{name: "b.csv", body: body, at: &within})},
		{"place without a header", "place outside", rawZip("", "", rawEntry{name: "a.csv", body: body, at: &nine})},
		{"bytes behind", "no end of the archive", rawZip("", "x", rawEntry{name: "a.csv", body: body})},
		{"encrypted", "encrypted part", rawZip("", "", rawEntry{name: "a.csv", body: body, flags: flagEncrypted})},
		{"unknown method", "unknown method", rawZip("", "", rawEntry{name: "a.csv", body: body, method: 99})},
		{"not deflated", "compressed data damaged", rawZip("", "", rawEntry{name: "a.csv", body: "\xFF\xFF" + body, method: deflated, size: 10})},
		{"same name twice", "same name", rawZip("", "", rawEntry{name: "a.csv", body: body}, rawEntry{name: "A.CSV", body: body})},
		{"same name by slashes", "same name", rawZip("", "", rawEntry{name: "d/a.csv", body: body}, rawEntry{name: `d\a.csv`, body: body})},
		{"name that climbs", "leads outside", rawZip("", "", rawEntry{name: "../a.csv", body: body})},
		{"name that climbs later", "leads outside", rawZip("", "", rawEntry{name: "d/../../a.csv", body: body})},
		{"name that climbs backwards", "leads outside", rawZip("", "", rawEntry{name: `..\a.csv`, body: body})},
		{"absolute name", "leads outside", rawZip("", "", rawEntry{name: "/etc/a.csv", body: body})},
		{"name with a drive", "leads outside", rawZip("", "", rawEntry{name: "C:a.csv", body: body})},
		{"no name", "leads outside", rawZip("", "", rawEntry{name: "", body: body})},
		{"archive inside", "archive inside an archive", rawZip("", "", rawEntry{name: "a.zip", body: string(inner)})},
		{"gzip inside", "archive inside an archive", rawZip("", "", rawEntry{name: "a.csv.gz", body: string(gzipped([]byte(body)))})},
		{"archive in gzip", "archive inside an archive", gzipped(inner)},
		{"gzip in gzip", "archive inside an archive", gzipped(gzipped([]byte(body)))},
		{"only folders", "without files", rawZip("", "", rawEntry{name: "d/"})},
		{"gzip bomb", "compression ratio", gzipped(make([]byte, 64<<20))},
		{"gzip cut", "cut short", gzipped([]byte(body))[:20]},
		{"gzip with text behind", "gzip header", append(gzipped([]byte(body)), "behind this"...)},
		{"zip bomb", "compression ratio", zipped(t, "a.csv", make([]byte, 64<<20))},
	} {
		_, _, err := cells(c.data, Options{})
		var r *Refusal
		if c.want == "" && err != nil || c.want != "" && (!errors.As(err, &r) || !strings.Contains(err.Error(), c.want) || r.Reason == "") {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

func save(t *testing.T, name string, data []byte) string {
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestMembers(t *testing.T) {
	book := asXLSX(t, [][]string{{"x", "y"}, {"1", "2"}}, false, false)
	path := save(t, "month.zip", rawZip("", "", rawEntry{name: "xã A/hồ sơ.csv", body: "a,b\n1,2\n"}, rawEntry{name: "xã A/"}, rawEntry{name: "__MACOSX/._x", body: "?"},
		rawEntry{name: ".DS_Store", body: "?"}, rawEntry{name: "Thumbs.db", body: "?"}, rawEntry{name: "b\x1b\xff.xlsx", body: string(book)}, rawEntry{name: "c.zip", body: string(zipped(t, "d.csv", nil))}))
	members, err := Members(path, Options{})
	want := []Member{{"xã A/hồ sơ.csv", 8}, {"b%1B%FF.xlsx", int64(len(book))}, {"c.zip", 117}}
	if err != nil || !slices.EqualFunc(members, want, func(a, b Member) bool { return a.Name == b.Name }) {
		t.Fatalf("%v, %v", members, err)
	}
	for i, want := range []string{"csv", "xlsx", "archive inside an archive"} {
		f, err := OpenMember(path, members[i].Name, Options{})
		if err != nil {
			if err.Error() != want {
				t.Errorf("%s: %v", members[i].Name, err)
			}
			continue
		}
		n := 0
		if err := f.Rows(0, func(*Row) error { n++; return nil }); err != nil || n != 2 || f.Format != want {
			t.Errorf("%s: %d rows of %s, %v", members[i].Name, n, f.Format, err)
		}
		f.Close()
	}
	if _, err := Open(path, Options{}); err == nil || !strings.Contains(err.Error(), "several files") {
		t.Errorf("an archive of several files is opened as one: %v", err)
	}
	if _, err := OpenMember(path, "../x", Options{}); err == nil {
		t.Error("a name that is not there is opened")
	}
	for _, single := range []string{save(t, "a.xlsx", book), save(t, "a.csv", []byte("a,b\n")), save(t, "a.gz", gzipped(book))} {
		if m, err := Members(single, Options{}); m != nil || err != nil {
			t.Errorf("%s has members %v, %v", filepath.Base(single), m, err)
		}
	}
}

func TestOnlyRegularFiles(t *testing.T) {
	dir := t.TempDir()
	file := save(t, "a.csv", []byte("a,b\n"))
	link := filepath.Join(dir, "link.csv")
	if err := os.Symlink(file, link); err != nil {
		t.Skip("links need a privilege here: ", err)
	}
	paths := []string{dir, link}
	if runtime.GOOS != "windows" {
		paths = append(paths, "/dev/zero", pipe(t, dir))
	}
	for _, p := range paths {
		for _, open := range []func() error{
			func() error { _, err := Open(p, Options{}); return err },
			func() error { _, err := Members(p, Options{}); return err },
		} {
			var r *Refusal
			if err := open(); !errors.As(err, &r) || r.Short != "not a regular file" {
				t.Errorf("%s: %v", p, err)
			}
		}
	}
}

func TestContextEndsTheReading(t *testing.T) {
	text := []byte(strings.Repeat("Đất đai,2\n", 300_000))
	for name, data := range map[string][]byte{"csv": text, "gzip": gzipped(text), "xlsx": benchXLSX(t, 20_000, false), "json": []byte(asJSON(tableOf(5000), "[", ",", "]"))} {
		ctx, cancel := context.WithCancelCause(context.Background())
		f, err := New(bytes.NewReader(data), int64(len(data)), Options{Context: ctx})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		err = f.Rows(0, func(*Row) error {
			if n++; n == 10 {
				cancel(nil)
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %d rows after the end, %v", name, n, err)
		}
		late, stop := context.WithDeadline(context.Background(), time.Unix(0, 0))
		defer stop()
		var r *Refusal
		if _, err := New(bytes.NewReader(data), int64(len(data)), Options{Context: late}); !errors.As(err, &r) || r.Short != "reading took too long" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestJSONCaps(t *testing.T) {
	for _, c := range []struct {
		name, in, want string
		limits         Limits
	}{
		{"rows", `[{"a":1},{"a":2},{"a":3}]`, "line 3: number of rows exceeds the limit", Limits{Rows: 2}},
		{"columns", `[{"a":1},{"b":2},{"c":3}]`, "line 3: number of columns exceeds the limit", Limits{Columns: 2}},
		{"cell", `[{"a":"xxxxx"}]`, "line 1: length of a line or cell exceeds the limit", Limits{CellBytes: 4}},
		{"number", `[{"a":12345}]`, "line 1: length of a line or cell exceeds the limit", Limits{CellBytes: 4}},
		{"key", `[{"aaaaa":1}]`, "line 1: length of a line or cell exceeds the limit", Limits{CellBytes: 4}},
		{"record", `[{"a":"xxx","b":"xxx"}]`, "line 1: length of a line or cell exceeds the limit", Limits{LineBytes: 6}},
	} {
		if _, _, err := cells([]byte(c.in), Options{Limits: c.limits}); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	if got, err := dump([]byte(`[{"a":12.5,"b":true,"c":"x"},{"a":123456789012345678,"c":null,"b":false}]`), Options{}); got != "0: a|b|c\n1: <n>12.5|<b>1|x\n2: 123456789012345678|<b>0|\n" || err != nil {
		t.Errorf("%s %v", got, err)
	}
}
