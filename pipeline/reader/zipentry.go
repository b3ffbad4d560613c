package reader

import (
	"bufio"
	"compress/flate"
	"hash/crc32"
	"io"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// openEntry unpacks an entry. The reader fails at the end when size or checksum
// do not match, so an entry counts as read only when it was read to its end.
func openEntry(src io.ReaderAt, e entry) io.ReadCloser {
	packed := bufio.NewReaderSize(io.NewSectionReader(src, e.data, e.packed), 64<<10)
	u := &unpacker{packed: packed, r: packed, left: e.size, want: e.crc}
	if e.method == deflated {
		u.r = flate.NewReader(packed)
	}
	return u
}

type unpacker struct {
	packed *bufio.Reader
	r      io.Reader
	left   int64
	crc    uint32
	want   uint32
}

func (u *unpacker) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	u.crc = crc32.Update(u.crc, crc32.IEEETable, p[:n])
	if u.left -= int64(n); u.left < 0 {
		return 0, brokenArchive("part longer than the directory says")
	}
	if err == nil {
		return n, nil
	}
	if err != io.EOF {
		return n, damaged(err)
	}
	if _, more := u.packed.ReadByte(); u.left > 0 || more == nil {
		return n, brokenArchive("part shorter than the directory says")
	}
	if u.crc != u.want {
		return n, brokenArchive("wrong checksum")
	}
	return n, io.EOF
}

func (u *unpacker) Close() error { return nil }

// cleanName makes the name of an entry fit to be shown: slashes forward, bytes
// that are no text and characters that do not print as %XX. It is never used as
// a path; ok is false for a name made to be one outside the archive.
func cleanName(name string) (clean string, ok bool) {
	name = strings.ReplaceAll(name, `\`, "/")
	if name == "" || strings.HasPrefix(name, "/") || len(name) > 1024 || len(name) > 1 && name[1] == ':' {
		return "", false
	}
	for _, p := range strings.Split(name, "/") {
		if p == ".." {
			return "", false
		}
	}
	var b strings.Builder
	for len(name) > 0 {
		r, n := utf8.DecodeRuneInString(name)
		if r == utf8.RuneError && n == 1 || !unicode.IsPrint(r) {
			for _, c := range []byte(name[:n]) {
				b.WriteString("%" + strings.ToUpper(strconv.FormatUint(uint64(c)+0x100, 16)[1:]))
			}
		} else {
			b.WriteString(name[:n])
		}
		name = name[n:]
	}
	return b.String(), true
}

// names cleans the names of all entries and refuses those that occur twice;
// case does not tell two names apart.
func cleanNames(entries []entry) error {
	seen := map[string]bool{}
	for i := range entries {
		clean, ok := cleanName(entries[i].name)
		if !ok {
			return &Refusal{Short: "name inside the archive leads outside of it",
				Reason: "Tên tệp bên trong tệp nén không an toàn (chứa đường dẫn ra ngoài); hãy nén lại rồi gửi lại."}
		}
		key := strings.ToLower(path.Clean(clean))
		if seen[key] {
			return brokenArchive("two parts of the same name")
		}
		seen[key] = true
		entries[i].name = clean
	}
	return nil
}
