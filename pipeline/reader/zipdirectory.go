package reader

import (
	"encoding/binary"
	"io"
	"slices"
	"strings"
)

// entry is one file of a ZIP archive (APPNOTE 6.3), after its local header was
// found to agree with the directory.
type entry struct {
	name         string
	flags        uint16
	method       uint16
	crc          uint32
	packed, size int64
	header, data int64 // where the local header and the packed bytes start
	end          int64 // behind the packed bytes and their descriptor
}

const (
	stored   = 0
	deflated = 8

	flagEncrypted  = 1 << 0
	flagDescriptor = 1 << 3
	flagMasked     = 1 << 13

	maxDirectory = 16 << 20
)

// readDirectory reads the directory of an archive and holds every entry against
// its local header, its descriptor and its neighbours: two programs must not be
// able to read two different things from the same bytes.
func readDirectory(src io.ReaderAt, size int64, limits Limits) ([]entry, error) {
	z := &zipSource{src, size}
	start, count, dir, err := z.directory(limits)
	if err != nil {
		return nil, err
	}
	entries := make([]entry, 0, count)
	for range count {
		e, rest, err := centralEntry(dir)
		if err != nil {
			return nil, err
		}
		entries, dir = append(entries, e), rest
	}
	if len(dir) > 0 {
		return nil, brokenArchive("directory longer than its entries")
	}
	for i := range entries {
		if err := z.localEntry(&entries[i]); err != nil {
			return nil, err
		}
	}
	if err := disjoint(entries, start); err != nil {
		return nil, err
	}
	return entries, checkSizes(entries, limits)
}

// disjoint refuses entries that share bytes or reach into the directory.
func disjoint(entries []entry, directory int64) error {
	byPlace := slices.Clone(entries)
	slices.SortFunc(byPlace, func(a, b entry) int { return int(min(max(a.header-b.header, -1), 1)) })
	free := int64(0)
	for _, e := range byPlace {
		if e.header < free || e.end > directory {
			return brokenArchive("overlapping entries")
		}
		free = e.end
	}
	return nil
}

func checkSizes(entries []entry, limits Limits) error {
	total := int64(0)
	for _, e := range entries {
		switch {
		case e.flags&(flagEncrypted|flagMasked) != 0:
			return &Refusal{Short: "encrypted part in the archive", Reason: "Tệp có đặt mật khẩu nên không đọc được; hãy bỏ mật khẩu, lưu rồi gửi lại."}
		case e.method != stored && e.method != deflated:
			return &Refusal{Short: "unknown method of compression",
				Reason: "Tệp nén bằng cách nén lạ; hãy nén lại dạng .zip thông thường rồi gửi lại."}
		case e.method == stored && e.packed != e.size:
			return brokenArchive("stored part with two sizes")
		}
		if total += e.size; total > limits.TotalBytes {
			return tooBig("unpacked size", "Tệp khi giải nén quá lớn so với giới hạn")
		}
		if e.size > 1<<20 && e.size/limits.Ratio > e.packed {
			return suspicious()
		}
	}
	return nil
}

type zipSource struct {
	io.ReaderAt
	size int64
}

var le = binary.LittleEndian

func (z *zipSource) read(off int64, n int) ([]byte, error) {
	if off < 0 || n < 0 || off > z.size-int64(n) {
		return nil, brokenArchive("place outside the file")
	}
	buf := make([]byte, n)
	if got, err := z.ReadAt(buf, off); got < n {
		return nil, damaged(err)
	}
	return buf, nil
}

// directory finds the central directory by the record at the end of the file.
func (z *zipSource) directory(limits Limits) (start int64, count int, dir []byte, err error) {
	tail, err := z.read(max(z.size-22-0xFFFF, 0), int(min(z.size, 22+0xFFFF)))
	if err != nil {
		return 0, 0, nil, err
	}
	at := -1
	for i := len(tail) - 22; i >= 0; i-- {
		if string(tail[i:i+4]) == "PK\x05\x06" && i+22+int(le.Uint16(tail[i+20:])) == len(tail) {
			at = i
			break
		}
	}
	if at < 0 {
		return 0, 0, nil, brokenArchive("no end of the archive (cut short)")
	}
	rec := tail[at:]
	end := z.size - int64(len(rec))
	n, length, off := uint64(le.Uint16(rec[10:])), uint64(le.Uint32(rec[12:])), uint64(le.Uint32(rec[16:]))
	if le.Uint16(rec[4:]) != 0 || le.Uint16(rec[6:]) != 0 || uint64(le.Uint16(rec[8:])) != n {
		return 0, 0, nil, brokenArchive("archive of several disks")
	}
	if end, n, length, off, err = z.zip64(end, n, length, off); err != nil {
		return 0, 0, nil, err
	}
	if n > uint64(limits.Parts) {
		return 0, 0, nil, tooBig("number of parts", "Tệp có quá nhiều phần bên trong")
	}
	if length > maxDirectory || off > uint64(end) || off+length != uint64(end) {
		return 0, 0, nil, brokenArchive("directory is not where the end of the archive says")
	}
	dir, err = z.read(int64(off), int(length))
	return int64(off), int(n), dir, err
}

// zip64 takes the wide fields of the directory, when there are any. Both records
// must agree where both have a value.
func (z *zipSource) zip64(end int64, n, length, off uint64) (int64, uint64, uint64, uint64, error) {
	wide := n == 0xFFFF || length == 0xFFFFFFFF || off == 0xFFFFFFFF
	loc, err := z.read(end-20, 20)
	if err != nil || string(loc[:4]) != "PK\x06\x07" {
		if wide {
			return 0, 0, 0, 0, brokenArchive("wide directory record missing")
		}
		return end, n, length, off, nil
	}
	place := le.Uint64(loc[8:])
	if le.Uint32(loc[4:]) != 0 || le.Uint32(loc[16:]) > 1 || place > uint64(end) {
		return 0, 0, 0, 0, brokenArchive("wide directory record misplaced")
	}
	rec, err := z.read(int64(place), 56)
	if err != nil {
		return 0, 0, 0, 0, err
	}
	n64, length64, off64 := le.Uint64(rec[32:]), le.Uint64(rec[40:]), le.Uint64(rec[48:])
	if string(rec[:4]) != "PK\x06\x06" || place+12+le.Uint64(rec[4:]) != uint64(end-20) || le.Uint64(rec[24:]) != n64 ||
		n != 0xFFFF && n != n64 || length != 0xFFFFFFFF && length != length64 || off != 0xFFFFFFFF && off != off64 {
		return 0, 0, 0, 0, brokenArchive("two directory records that differ")
	}
	return int64(place), n64, length64, off64, nil
}

// centralEntry takes one entry off the directory.
func centralEntry(dir []byte) (e entry, rest []byte, err error) {
	if len(dir) < 46 || string(dir[:4]) != "PK\x01\x02" {
		return e, nil, brokenArchive("bad directory entry")
	}
	n, x, c := int(le.Uint16(dir[28:])), int(le.Uint16(dir[30:])), int(le.Uint16(dir[32:]))
	if len(dir) < 46+n+x+c || le.Uint16(dir[34:]) != 0 {
		return e, nil, brokenArchive("bad directory entry")
	}
	e = entry{name: string(dir[46 : 46+n]), flags: le.Uint16(dir[8:]), method: le.Uint16(dir[10:]), crc: le.Uint32(dir[16:])}
	size, packed, header := uint64(le.Uint32(dir[24:])), uint64(le.Uint32(dir[20:])), uint64(le.Uint32(dir[42:]))
	if !widen(dir[46+n:46+n+x], &size, &packed, &header) || size > 1<<62 || packed > 1<<62 || header > 1<<62 {
		return e, nil, brokenArchive("bad wide sizes")
	}
	e.size, e.packed, e.header = int64(size), int64(packed), int64(header)
	return e, dir[46+n+x+c:], nil
}

// widen replaces the fields that are all ones by those of the wide (zip64)
// extra field, which has them in this order.
func widen(extra []byte, fields ...*uint64) bool {
	var wide []byte
	for len(extra) >= 4 {
		id, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		if len(extra) < 4+n {
			break
		}
		if id == 1 {
			if wide != nil {
				return false
			}
			wide = extra[4 : 4+n : 4+n]
		}
		extra = extra[4+n:]
	}
	for _, f := range fields {
		if *f != 0xFFFFFFFF {
			continue
		}
		if len(wide) < 8 {
			return false
		}
		*f, wide = le.Uint64(wide), wide[8:]
	}
	return true
}

// localEntry holds the local header of e against the directory, and finds where
// its bytes are.
func (z *zipSource) localEntry(e *entry) error {
	h, err := z.read(e.header, 30)
	if err != nil {
		return err
	}
	n, x := int(le.Uint16(h[26:])), int(le.Uint16(h[28:]))
	more, err := z.read(e.header+30, n+x)
	if err != nil {
		return err
	}
	const same = flagEncrypted | flagDescriptor | flagMasked
	if string(h[:4]) != "PK\x03\x04" || (le.Uint16(h[6:])^e.flags)&same != 0 || le.Uint16(h[8:]) != e.method || string(more[:n]) != e.name {
		return brokenArchive("local header differs from the directory")
	}
	crc, packed, size := le.Uint32(h[14:]), uint64(le.Uint32(h[18:])), uint64(le.Uint32(h[22:]))
	if !widen(more[n:], &size, &packed) {
		return brokenArchive("bad wide sizes")
	}
	later := e.flags&flagDescriptor != 0
	agree := func(local, central uint64) bool { return local == central || later && local == 0 }
	if !agree(uint64(crc), uint64(e.crc)) || !agree(packed, uint64(e.packed)) || !agree(size, uint64(e.size)) {
		return brokenArchive("local header differs from the directory")
	}
	e.data = e.header + 30 + int64(n+x)
	e.end = e.data + e.packed
	if e.end < e.data || e.end > z.size {
		return brokenArchive("part reaches beyond the file")
	}
	if later {
		return z.descriptor(e)
	}
	return nil
}

// descriptor reads the sizes that stand behind the packed bytes: with or without
// a signature, narrow or wide.
func (z *zipSource) descriptor(e *entry) error {
	d, err := z.read(e.end, int(min(24, z.size-e.end)))
	if err != nil {
		return err
	}
	for _, skip := range []int{4, 0} {
		if skip == 4 && !strings.HasPrefix(string(d), "PK\x07\x08") || len(d) < skip+12 || le.Uint32(d[skip:]) != e.crc {
			continue
		}
		v := d[skip+4:]
		if len(v) >= 16 && le.Uint64(v) == uint64(e.packed) && le.Uint64(v[8:]) == uint64(e.size) {
			e.end += int64(skip + 20)
			return nil
		}
		if uint64(le.Uint32(v)) == uint64(e.packed) && uint64(le.Uint32(v[4:])) == uint64(e.size) {
			e.end += int64(skip + 12)
			return nil
		}
	}
	return brokenArchive("sizes behind a part differ from the directory")
}
