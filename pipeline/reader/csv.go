package reader

import (
	"bytes"
	"io"
	"slices"
)

// textFile is a separated text file after RFC 4180.
type textFile struct {
	in         *input
	skip       int // bytes of the text before the first record: the "sep=" line
	skipLines  int
	limits     Limits
	sep        byte
	separators []byte
}

func openText(in *input) (string, book, error) {
	head, err := in.head(in.text, 256<<10)
	if err != nil {
		return "", nil, err
	}
	t := &textFile{in: in, limits: in.o.Limits}
	if sep, n := hint(head); n > 0 {
		t.skip = n
		t.skipLines = 1
		t.separators = []byte{sep}
	} else {
		t.separators = rankSeparators(head)
	}
	t.sep = t.separators[0]
	return "", t, nil
}

func (t *textFile) encoding() encoding { return t.in.enc }

// hint reads the line "sep=;" that Excel understands, and its length.
func hint(head []byte) (sep byte, n int) {
	end := bytes.IndexByte(head, '\n')
	if end < 0 {
		return 0, 0
	}
	line := bytes.TrimSuffix(head[:end], []byte{'\r'})
	if len(line) == 5 && bytes.EqualFold(line[:4], []byte("sep=")) && bytes.IndexByte(candidates, line[4]) >= 0 {
		return line[4], end + 1
	}
	return 0, 0
}

var candidates = []byte{',', ';', '\t'}

// rankSeparators orders the separators by the first line on which one of them
// stands at least twice outside quotes; a file without such a line by its first
// line. Equal counts keep the order comma, semicolon, tab.
func rankSeparators(head []byte) []byte {
	var first, counts [3]int
	quoted, seen := false, false
	for i := 0; i <= len(head); i++ {
		if i == len(head) || head[i] == '\n' && !quoted {
			if !seen {
				first, seen = counts, true
			}
			if max(counts[0], counts[1], counts[2]) >= 2 {
				first = counts
				break
			}
			counts = [3]int{}
			continue
		}
		if head[i] == '"' {
			quoted = !quoted
		} else if k := bytes.IndexByte(candidates, head[i]); k >= 0 && !quoted {
			counts[k]++
		}
	}
	out := slices.Clone(candidates)
	slices.SortStableFunc(out, func(a, b byte) int {
		return first[bytes.IndexByte(candidates, b)] - first[bytes.IndexByte(candidates, a)]
	})
	return out
}

func (t *textFile) sheets() []string { return []string{""} }

func (t *textFile) rows(_ int, fn func(*Row) error) error {
	r, err := t.in.text()
	if err != nil {
		return err
	}
	defer r.Close()
	if _, err := io.CopyN(io.Discard, r, int64(t.skip)); err != nil {
		return damaged(err)
	}
	s := &textScanner{file: t, r: r, buf: make([]byte, 256<<10), sep: t.sep, limits: t.limits, line: 1 + t.skipLines}
	for n := 0; ; {
		row, err := s.next()
		if row == nil || err != nil {
			return err
		}
		if len(row.Cells) == 0 {
			continue
		}
		if n++; n > t.limits.Rows {
			r := tooBig("number of rows", "Số dòng của tệp quá lớn so với giới hạn")
			r.Line = row.Line
			return r
		}
		if err := fn(row); err != nil {
			return err
		}
	}
}
