package reader

import (
	"bytes"
	"fmt"
	"io"
)

// format is one row of the table of formats: how its first bytes look and how
// it is opened. A format that is known but not read is refused by its opener,
// with what the sender can do.
type format struct {
	name  string
	match func(head []byte) bool
	open  func(in *input) (name string, b book, err error)
}

const (
	xlsReason  = "Tệp Excel đời cũ (.xls) dễ sai chữ tiếng Việt nên không nhận; hãy mở bằng Excel, chọn Tệp > Lưu dưới dạng > \"Sổ làm việc Excel (.xlsx)\" rồi gửi lại."
	saveAsXLSX = "hãy mở bằng Excel, chọn Tệp > Lưu dưới dạng > \"Sổ làm việc Excel (.xlsx)\" rồi gửi lại."
)

// binaryFormats and textFormats are the one place that tells formats apart, by
// content and never by the name of the file. The first match counts. The former
// look at the raw bytes, the latter at the text in UTF-8.
func binaryFormats() []format {
	return []format{
		{"empty", func(h []byte) bool {
			return len(bytes.TrimSpace(bytes.TrimPrefix(h, utf8BOM))) == 0 && len(h) < headBytes
		},
			refuse("empty file", "Tệp rỗng, không có số liệu; hãy xuất lại từ phần mềm rồi gửi lại.")},
		{"xls", magic("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), refuseOLE},
		{"xls", magic("\x09\x08\x08\x00", "\x09\x08\x10\x00", "\x09\x00\x04\x00", "\x09\x02\x06\x00", "\x09\x04\x06\x00"),
			refuse("old Excel format (.xls) is not read", xlsReason)},
		{"zip", magic("PK\x03\x04"), openPackage},
		{"zip", magic("PK\x05\x06", "PK\x07\x08"),
			refuse("empty or split ZIP archive", "Tệp nén rỗng hoặc bị chia phần; hãy gửi tệp Excel (.xlsx) hoặc CSV.")},
		{"gzip", magic("\x1F\x8B"), openGzip},
		{"pdf", magic("%PDF"),
			refuse("PDF is not a data export", "Tệp PDF không đọc được số liệu; hãy xuất ra Excel (.xlsx) hoặc CSV rồi gửi lại.")},
		{"image", magic("\x89PNG", "\xFF\xD8\xFF", "GIF8", "II*\x00", "MM\x00*", "BM"),
			refuse("an image is not a data export", "Tệp ảnh không đọc được số liệu; hãy xuất ra Excel (.xlsx) hoặc CSV rồi gửi lại.")},
		{"archive", magic("Rar!", "7z\xBC\xAF\x27\x1C", "BZh", "\xFD7zXZ", "\x28\xB5\x2F\xFD"),
			refuse("compressed archive is not read", "Chưa đọc được tệp nén loại này; hãy nén lại dạng .zip, hoặc giải nén rồi gửi tệp Excel (.xlsx) hoặc CSV.")},
	}
}

func textFormats() []format {
	return []format{
		{"markup", markup, refuse("HTML or XML is not read",
			"Tệp là trang web hoặc XML (có thể mang đuôi .xls), không phải bảng tính; "+saveAsXLSX)},
		{"rtf", magic("{\\rtf"), refuse("a rich text document is not a data export",
			"Tệp là văn bản soạn thảo (RTF), không phải bảng số liệu; hãy xuất ra Excel (.xlsx) hoặc CSV rồi gửi lại.")},
		{"json", func(h []byte) bool { t := textStart(h); return len(t) > 0 && (t[0] == '{' || t[0] == '[') }, openJSON},
		{"csv", func([]byte) bool { return true }, openText},
	}
}

// headBytes is how much of a file is looked at to tell its format.
const headBytes = 4096

var utf8BOM = []byte("\xEF\xBB\xBF")

// sniff finds the format and opens it.
func (in *input) sniff() (string, book, error) {
	head, err := in.head(in.open, headBytes)
	if err != nil {
		return "", nil, err
	}
	for _, f := range binaryFormats() {
		if f.match(head) {
			return f.opened(in)
		}
	}
	if err := in.detect(); err != nil {
		return "", nil, err
	}
	if head, err = in.head(in.text, headBytes); err != nil {
		return "", nil, err
	}
	for _, f := range textFormats() {
		if f.match(head) {
			return f.opened(in)
		}
	}
	return "", nil, fmt.Errorf("no format fits") // the last one fits everything
}

func (f format) opened(in *input) (string, book, error) {
	name, b, err := f.open(in)
	if name == "" {
		name = f.name
	}
	return name, b, err
}

func magic(prefixes ...string) func([]byte) bool {
	return func(h []byte) bool {
		for _, p := range prefixes {
			if bytes.HasPrefix(h, []byte(p)) {
				// "BM" and "BZh" may also begin a text
				return len(p) > 3 || p[0] >= 0x80 || p[0] < ' ' || bytes.IndexByte(h, 0) >= 0
			}
		}
		return false
	}
}

func textStart(h []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(h, utf8BOM), " \t\r\n")
}

func markup(h []byte) bool {
	t := textStart(h)
	if len(t) > 13 && bytes.EqualFold(t[:13], []byte("MIME-Version:")) {
		return true // a web archive
	}
	return len(t) > 1 && t[0] == '<' && (t[1] == '?' || t[1] == '!' || t[1]|0x20 >= 'a' && t[1]|0x20 <= 'z')
}

func refuse(short, reason string) func(*input) (string, book, error) {
	return func(*input) (string, book, error) { return "", nil, &Refusal{Short: short, Reason: reason} }
}

// refuseOLE tells old Excel files from encrypted new ones: both are OLE
// containers, the latter with a stream named EncryptedPackage.
func refuseOLE(in *input) (string, book, error) {
	name := make([]byte, 0, 32)
	for _, c := range "EncryptedPackage" {
		name = append(name, byte(c), 0)
	}
	r, err := in.open()
	if err != nil {
		return "", nil, err
	}
	defer r.Close()
	buf, kept := make([]byte, 1<<20), 0
	for {
		n, err := io.ReadFull(r, buf[kept:])
		if bytes.Contains(buf[:kept+n], name) {
			return "", nil, &Refusal{Short: "workbook is encrypted",
				Reason: "Tệp Excel có đặt mật khẩu nên không đọc được; hãy mở bằng Excel, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ sổ làm việc > Mã hóa bằng mật khẩu, xóa trống), lưu dạng .xlsx rồi gửi lại."}
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return "", nil, &Refusal{Short: "old Excel format (.xls) is not read", Reason: xlsReason}
		}
		if err != nil {
			return "", nil, damaged(err)
		}
		kept = copy(buf, buf[kept+n-len(name):kept+n])
	}
}
