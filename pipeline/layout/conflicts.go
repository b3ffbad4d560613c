package layout

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"cchc/pipeline/dataset"
	"cchc/pipeline/reader"

	"github.com/zeebo/xxh3"
)

// verdict is what the rows before say of a good row.
type verdict int

const (
	fresh     verdict = iota
	duplicate         // the same row again
	conflict          // another row of the same key says something else
)

// keyring remembers every good row by 128 bits of its key and 64 of its content:
// some 40 bytes a row.
type keyring struct {
	set     *dataset.Dataset
	seen    map[xxh3.Uint128]known
	groups  []sameKey // keys with more than one row, in the order found
	scratch []byte
}

// known is the first row of a key. line counts through all sheets; group is its place in groups plus one, 0
// while there is no second row.
type known struct {
	content uint64
	line    uint32
	group   uint32
}

// sameKey are the good rows of one key.
type sameKey struct {
	lines  []int
	copies int // rows after the first that were found equal before the key clashed
	clash  bool
}

func newKeyring(set *dataset.Dataset) *keyring {
	return &keyring{set: set, seen: map[xxh3.Uint128]known{}}
}

// add says whether a row is new, and gives it its key and digest. place is its line counted through all sheets.
// All rows of a key that was ever in conflict
// are, the first one too: see table.returnConflicts.
func (k *keyring) add(r *dataset.Row, place int) verdict {
	r.Key = k.set.Key(*r)
	key := xxh3.HashString128(r.Key)
	k.scratch = appendContent(k.scratch[:0], k.set, *r)
	content := xxh3.Hash(k.scratch)
	r.Digest = content
	first, ok := k.seen[key]
	if !ok {
		k.seen[key] = known{content: content, line: uint32(place)}
		return fresh
	}
	if first.group == 0 {
		k.groups = append(k.groups, sameKey{lines: []int{int(first.line)}})
		first.group = uint32(len(k.groups))
		k.seen[key] = first
	}
	g := &k.groups[first.group-1]
	g.lines = append(g.lines, place)
	g.clash = g.clash || content != first.content
	if g.clash {
		return conflict
	}
	g.copies++
	return duplicate
}

// appendContent writes the same distinctions as dataset.Content, without its cost.
func appendContent(b []byte, set *dataset.Dataset, r dataset.Row) []byte {
	for i := range set.Fields {
		b = appendValue(b, &set.Fields[i], r.Values[i])
	}
	return b
}

func appendValue(b []byte, f *dataset.Field, v any) []byte {
	if v == nil && f.Type == dataset.Flag {
		v = false
	} else if v == nil && f.Lenient {
		v = dataset.Unknown
	}
	switch v := v.(type) {
	case nil:
		return append(b, 0)
	case string:
		b = append(b, 's')
		if f.Type == dataset.Code {
			b = appendUpper(b, v)
		} else {
			b = append(b, v...)
		}
		return append(b, 0)
	case time.Time:
		return binary.BigEndian.AppendUint64(append(b, 't'), uint64(v.Unix()))
	case int64:
		return binary.BigEndian.AppendUint64(append(b, 'i'), uint64(v))
	case dataset.Decimal:
		return binary.BigEndian.AppendUint64(append(b, 'd'), uint64(v))
	case bool:
		return strconv.AppendBool(b, v)
	}
	return fmt.Append(b, v)
}

func appendUpper(b []byte, s string) []byte {
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return append(b, strings.ToUpper(s[i:])...)
		}
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		b = append(b, c)
	}
	return b
}

// returnConflicts sends back all rows of every key whose rows contradict each
// other. Their cells are read again from the file: only hashes were kept.
func (t *table) returnConflicts() error {
	group, rows := map[int]int{}, 0
	var drop []int
	for i, g := range t.keys.groups {
		if !g.clash {
			continue
		}
		t.result.Duplicate -= g.copies
		drop = append(drop, g.lines[0])
		rows += len(g.lines)
		for _, line := range g.lines {
			group[line] = i
		}
	}
	if rows == 0 {
		return nil
	}
	slices.SortFunc(drop, func(a, b int) int { return a - b })
	for _, place := range drop {
		order, line := t.placeOf(place)
		t.result.Drop = append(t.result.Drop, Loc{t.names[t.heads[order].sheet], line})
	}
	returned := map[int][]Returned{}
	for order, h := range t.heads {
		t.header = h
		err := t.file.Rows(h.sheet, func(r *reader.Row) error {
			if g, ok := group[t.bases[order]+r.Line]; ok {
				rows--
				returned[g] = append(returned[g], Returned{Sheet: t.names[h.sheet], Line: r.Line, Cells: t.cells(r), order: order})
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if rows != 0 {
		return errors.New("the export changed while it was read: import it again")
	}
	for i := range t.keys.groups {
		same := returned[i]
		for j := range same {
			same[j].Problems = []Problem{{-1, t.clashReason(same, j)}}
		}
		t.result.Returned = append(t.result.Returned, same...)
	}
	return nil
}

// placeOf finds the sheet, in the order of reading, and the line of a place.
func (t *table) placeOf(place int) (order, line int) {
	for order = len(t.bases) - 1; t.bases[order] >= place; order-- {
	}
	return order, place - t.bases[order]
}

// clashReason names the other rows and the columns in which they differ.
func (t *table) clashReason(rows []Returned, self int) string {
	var others, columns []string
	for i, r := range rows {
		if i != self && len(others) < 3 {
			other := strconv.Itoa(r.Line)
			if r.Sheet != rows[self].Sheet {
				other += " (trang \"" + r.Sheet + "\")"
			}
			others = append(others, other)
		}
	}
	if len(rows) > 4 {
		others = append(others, "…")
	}
	for c, text := range t.result.Header {
		for _, r := range rows {
			if r.Cells[c] != rows[0].Cells[c] {
				columns = append(columns, text)
				break
			}
		}
	}
	return fmt.Sprintf("Cùng khóa với dòng %s nhưng nội dung khác nhau ở: %s; chỉ giữ lại dòng đúng.",
		strings.Join(others, ", "), strings.Join(columns, "; "))
}
