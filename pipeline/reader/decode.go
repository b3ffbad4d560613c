package reader

import (
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// text opens the text in UTF-8, without its mark. Reading fails with unmapped
// where bytes are none of the encoding; UTF-8 itself is left to whoever reads it.
func (in *input) text() (io.ReadCloser, error) {
	r, err := in.open()
	if err != nil {
		return nil, err
	}
	if _, err := io.CopyN(io.Discard, r, int64(in.enc.mark)); err != nil {
		r.Close()
		return nil, damaged(err)
	}
	return struct {
		io.Reader
		io.Closer
	}{in.enc.reader(r), r}, nil
}

func (e encoding) reader(r io.Reader) io.Reader {
	bytesAs := e.name
	if e.carry != "" {
		bytesAs = e.carry
	}
	switch bytesAs {
	case utf16LE:
		r = newDecoder(r, decodeUTF16(binary.LittleEndian))
	case utf16BE:
		r = newDecoder(r, decodeUTF16(binary.BigEndian))
	case win1258:
		return norm.NFC.Reader(newDecoder(r, append1258))
	case tcvn3Name, vniName:
		return newDecoder(r, new(legacyText{legacy: e.legacy}).bytes)
	}
	if e.carry != "" {
		return newDecoder(r, new(legacyText{legacy: e.legacy}).codePoints)
	}
	return r
}

// unmapped is met where bytes are no text in the encoding.
type unmapped struct{}

func (unmapped) Error() string { return "bytes outside the encoding" }

// decoder is a reader of UTF-8 over bytes of another encoding. step appends the
// text of src to dst and says how many bytes it took; at the end of the bytes it
// takes all.
type decoder struct {
	r       io.Reader
	step    func(dst, src []byte, end bool) (out []byte, used int, err error)
	in, out []byte
	have    int // bytes of in that were not decoded yet
	given   int // bytes of out that were handed over
	err     error
}

func newDecoder(r io.Reader, step func(dst, src []byte, end bool) ([]byte, int, error)) *decoder {
	return &decoder{r: r, step: step, in: make([]byte, 32<<10)}
}

func (d *decoder) Read(p []byte) (int, error) {
	for d.given == len(d.out) {
		if d.err != nil {
			return 0, d.err
		}
		n, err := d.r.Read(d.in[d.have:])
		d.have += n
		var used int
		var bad error
		d.out, used, bad = d.step(d.out[:0], d.in[:d.have], err == io.EOF)
		d.given = 0
		d.have = copy(d.in, d.in[used:d.have])
		if d.err = bad; bad == nil {
			d.err = err
		}
	}
	n := copy(p, d.out[d.given:])
	d.given += n
	return n, nil
}

// decodeUTF16 takes two-byte units; lone halves of a pair are no text.
func decodeUTF16(order binary.ByteOrder) func(dst, src []byte, end bool) ([]byte, int, error) {
	return func(dst, src []byte, end bool) ([]byte, int, error) {
		i := 0
		for ; i+2 <= len(src); i += 2 {
			u := rune(order.Uint16(src[i:]))
			if utf16.IsSurrogate(u) {
				if i+4 > len(src) {
					break
				}
				if u = utf16.DecodeRune(u, rune(order.Uint16(src[i+2:]))); u == utf8.RuneError {
					return dst, i, unmapped{}
				}
				i += 2
			}
			dst = utf8.AppendRune(dst, u)
		}
		if end && i < len(src) {
			return dst, i, unmapped{} // cut in the middle of a character
		}
		return dst, i, nil
	}
}

func append1258(dst, src []byte, _ bool) ([]byte, int, error) {
	for i, c := range src {
		if c < 0x80 {
			dst = append(dst, c)
			continue
		}
		r := charmap.Windows1258.DecodeByte(c)
		if r == utf8.RuneError {
			return dst, i, unmapped{}
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst, len(src), nil
}

// decode1258 decodes a sample; bytes without a meaning become U+FFFD.
func decode1258(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		s.WriteRune(charmap.Windows1258.DecodeByte(c))
	}
	return norm.NFC.String(s.String())
}
