package reader

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// encoding is how bytes become text, and why so. A legacy font encoding may lie
// on top of another: text typed in an old font, then saved as Unicode.
type encoding struct {
	name   string
	by     string
	mark   int     // bytes of the mark before the text
	carry  string  // encoding of the bytes, when legacy letters are in them as code points up to U+00FF
	legacy *legacy // nil for Unicode and windows-1258
}

// How the encoding of a file was found.
const (
	ByMark    = "mark"    // a byte order mark
	ByContent = "content" // the bytes or the format leave no other reading
	BySetting = "setting" // Options.Encoding, which the bytes do not speak against
)

const (
	utf8Name  = "utf-8"
	utf16LE   = "utf-16le"
	utf16BE   = "utf-16be"
	win1258   = "windows-1258"
	tcvn3Name = "tcvn3"
	vniName   = "vni"
)

// Encodings lists the names that Options.Encoding takes.
func Encodings() []string { return []string{utf8Name, utf16LE, utf16BE, win1258, tcvn3Name, vniName} }

// detect finds the encoding of a text: by its mark, else by what its bytes can
// only be, else by the setting. It never settles on a guess: bytes that could be
// several things are taken as UTF-8, which refuses them with their line.
func (in *input) detect() error {
	head, err := in.head(in.open, 64<<10)
	if err != nil {
		return err
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE\x00\x00")), bytes.HasPrefix(head, []byte("\x00\x00\xFE\xFF")):
		return &Refusal{Short: "UTF-32 text is not read", Reason: "Tệp văn bản mã UTF-32; hãy lưu lại dạng \"CSV UTF-8\" rồi gửi lại."}
	case bytes.HasPrefix(head, utf8BOM):
		in.enc = encoding{name: utf8Name, by: ByMark, mark: 3}
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		in.enc = encoding{name: utf16LE, by: ByMark, mark: 2}
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		in.enc = encoding{name: utf16BE, by: ByMark, mark: 2}
	case isUTF16(head, binary.LittleEndian):
		in.enc = encoding{name: utf16LE, by: ByContent}
	case isUTF16(head, binary.BigEndian):
		in.enc = encoding{name: utf16BE, by: ByContent}
	case in.o.Encoding == utf16LE, in.o.Encoding == utf16BE:
		in.enc = encoding{name: in.o.Encoding, by: BySetting}
		return nil
	default:
		return in.detectBytes()
	}
	return in.detectLegacy(in.text)
}

// isUTF16 reports whether the bytes are text of two-byte units in that order:
// sound, half of them below U+0080 and nearly all others Latin letters or signs.
// In the other order such text is full of signs that no export has.
func isUTF16(head []byte, order binary.ByteOrder) bool {
	head = head[:len(head)&^1]
	ascii, strange := 0, 0
	for i := 0; i < len(head); i += 2 {
		u := order.Uint16(head[i:])
		switch {
		case u < 0x20 && u != '\t' && u != '\r' && u != '\n', u >= 0xFFFE:
			return false
		case u < 0x7F:
			ascii++
		case u >= 0x0370 && u < 0x1E00 || u >= 0x2100:
			strange++
		}
	}
	return len(head) >= 4 && ascii*4 >= len(head) && strange*40 <= len(head)
}

// detectBytes tells UTF-8 from the one-byte encodings by the text from the first
// byte on that is not ASCII.
func (in *input) detectBytes() error {
	sample, err := in.sample(in.open)
	if err != nil {
		return err
	}
	in.enc = encoding{name: utf8Name, by: ByContent}
	if utf8.Valid(sample) {
		if len(sample) == 0 {
			return nil // nothing but ASCII
		}
		return in.detectLegacy(in.open)
	}
	switch set := in.o.Encoding; set {
	case win1258:
		in.enc = encoding{name: win1258, by: BySetting}
		return nil
	case tcvn3Name, vniName:
		in.enc = encoding{name: set, by: BySetting, legacy: legacyNamed(set)}
		return nil
	}
	runes := latin1(sample)
	switch best := likely(map[string]string{
		win1258: decode1258(sample), tcvn3Name: legacyNamed(tcvn3Name).decodeLoosely(runes), vniName: legacyNamed(vniName).decodeLoosely(runes),
	}); {
	case best == win1258 && in.o.Encoding == "":
		in.enc = encoding{name: win1258, by: ByContent}
	case best == tcvn3Name, best == vniName:
		return looksLike(best)
	}
	return nil
}

// detectLegacy looks whether Unicode text is in truth text of an old font, whose
// letters were carried over as code points up to U+00FF.
func (in *input) detectLegacy(open func() (io.ReadCloser, error)) error {
	sample, err := in.sample(open)
	if err != nil {
		return err
	}
	l, err := carried(string(sample), in.o.Encoding)
	if l != nil {
		in.enc.carry, in.enc.name, in.enc.by, in.enc.legacy = in.enc.name, l.name, BySetting, l
	}
	return err
}

// carried decides about Unicode text that may hold legacy letters: the setting
// is followed unless the text is plain Vietnamese; without a setting, text that
// makes sense only in an old font is refused by name.
func carried(sample, setting string) (*legacy, error) {
	best := likely(map[string]string{
		utf8Name: sample, tcvn3Name: legacyNamed(tcvn3Name).decodeLoosely(sample), vniName: legacyNamed(vniName).decodeLoosely(sample),
	})
	set := legacyNamed(setting)
	switch {
	case best == utf8Name, best == "" && set == nil:
		return nil, nil
	case set != nil && (best == "" || best == setting):
		return set, nil
	}
	return nil, looksLike(best)
}

func looksLike(name string) *Refusal {
	long := map[string]string{tcvn3Name: "TCVN3 (ABC)", vniName: "VNI"}[name]
	return &Refusal{Short: "text looks like " + name + ", which is read only when set",
		Reason: fmt.Sprintf("Tệp có vẻ dùng mã %s; đặt encoding: %s cho nguồn này, hoặc chuyển sang Unicode rồi gửi lại.", long, name)}
}

// notIn refuses a place whose bytes are none of the encoding.
func notIn(e encoding, line int) *Refusal {
	if e.name == utf8Name {
		return &Refusal{Line: line, Short: "not UTF-8", Reason: "Chữ không theo bảng mã UTF-8 (Unicode); hãy lưu lại dạng \"CSV UTF-8\" rồi gửi lại. " +
			"Nếu phần mềm dùng bảng mã khác thì đặt encoding cho nguồn này: windows-1258, tcvn3 hoặc vni."}
	}
	return &Refusal{Line: line, Short: "not " + e.name,
		Reason: fmt.Sprintf("Có ký tự không thuộc bảng mã %s; hãy lưu lại dạng \"CSV UTF-8\" rồi gửi lại, hoặc sửa encoding của nguồn này.", e.name)}
}

const sampleBytes = 16 << 10

// sample is up to sampleBytes of a stream from its first byte on that is not ASCII,
// without a character cut at the end; nil when all is ASCII.
func (in *input) sample(open func() (io.ReadCloser, error)) ([]byte, error) {
	r, err := open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := io.ReadFull(r, buf)
		ended := err == io.EOF || err == io.ErrUnexpectedEOF
		if err != nil && !ended {
			return nil, in.unread(err)
		}
		if at := firstWide(buf[:n]); at < n {
			rest := copy(buf, buf[at:n])
			if rest < sampleBytes && !ended {
				more, err := io.ReadFull(r, buf[rest:sampleBytes])
				if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
					return nil, in.unread(err)
				}
				rest += more
			}
			return whole(buf[:min(rest, sampleBytes)]), nil
		}
		if ended {
			return nil, nil
		}
	}
}

// unread is why a stream could not be read further.
func (in *input) unread(err error) error {
	if bad := new(unmapped); errors.As(err, bad) {
		return notIn(in.enc, 0)
	}
	return damaged(err)
}

func firstWide(b []byte) int {
	i := 0
	for ; i+8 <= len(b); i += 8 {
		if binary.LittleEndian.Uint64(b[i:])&0x8080808080808080 != 0 {
			break
		}
	}
	for i < len(b) && b[i] < 0x80 {
		i++
	}
	return i
}

// whole drops a UTF-8 character that is cut at the end.
func whole(b []byte) []byte {
	for cut := 1; cut < utf8.UTFMax && cut <= len(b); cut++ {
		if tail := b[len(b)-cut:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) {
				return b[:len(b)-cut]
			}
			break
		}
	}
	return b
}

func latin1(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		s.WriteRune(rune(c))
	}
	return s.String()
}
