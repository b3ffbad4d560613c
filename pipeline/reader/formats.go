package reader

import (
	"bytes"
	"io"
)

// format is one row of the table of formats: how its first bytes look and how
// it is opened. A format that is known but not read is refused by its opener,
// with what the sender can do.
type format struct {
	name  string
	match func(head []byte) bool
	open  func(src io.ReaderAt, size int64, limits Limits) (book, error)
}

// formats is the one place that tells formats apart, by content and never by
// the name of the file. The first match counts; text is the last.
func formats() []format {
	return []format{
		{"empty", func(h []byte) bool { return len(bytes.TrimSpace(bytes.TrimPrefix(h, utf8BOM))) == 0 && len(h) < 4096 },
			refuse("empty file", "Tệp rỗng, không có số liệu; hãy xuất lại từ phần mềm rồi gửi lại.")},
		{"xls", magic("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), refuseOLE},
		{"xlsx", magic("PK\x03\x04"), openWorkbook},
		{"zip", magic("PK\x05\x06", "PK\x07\x08"),
			refuse("empty or split ZIP archive", "Tệp nén rỗng hoặc bị chia phần; hãy gửi tệp Excel (.xlsx) hoặc CSV.")},
		{"pdf", magic("%PDF"),
			refuse("PDF is not a data export", "Tệp PDF không đọc được số liệu; hãy xuất ra Excel (.xlsx) hoặc CSV rồi gửi lại.")},
		{"image", magic("\x89PNG", "\xFF\xD8\xFF", "GIF8", "II*\x00", "MM\x00*", "BM"),
			refuse("an image is not a data export", "Tệp ảnh không đọc được số liệu; hãy xuất ra Excel (.xlsx) hoặc CSV rồi gửi lại.")},
		{"archive", magic("\x1F\x8B", "Rar!", "7z\xBC\xAF\x27\x1C", "BZh", "\xFD7zXZ"),
			refuse("compressed archive is not read", "Chưa đọc được tệp nén loại này; hãy giải nén rồi gửi tệp Excel (.xlsx) hoặc CSV.")},
		{"utf-16", magic("\xFF\xFE", "\xFE\xFF"),
			refuse("UTF-16 text is not read", "Tệp văn bản mã UTF-16; hãy lưu lại dạng \"CSV UTF-8\" rồi gửi lại.")},
		{"markup", markup,
			refuse("HTML or XML is not read", "Tệp là trang web hoặc XML, không phải bảng tính; hãy mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại.")},
		{"json", func(h []byte) bool { t := textStart(h); return len(t) > 0 && (t[0] == '{' || t[0] == '[') },
			refuse("JSON is not read", "Chưa đọc được tệp JSON; hãy xuất ra Excel (.xlsx) hoặc CSV rồi gửi lại.")},
		{"csv", func([]byte) bool { return true }, openText},
	}
}

var utf8BOM = []byte("\xEF\xBB\xBF")

func sniff(head []byte) format {
	all := formats()
	for _, f := range all {
		if f.match(head) {
			return f
		}
	}
	return all[len(all)-1]
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
	return len(t) > 1 && t[0] == '<' && (t[1] == '?' || t[1] == '!' || t[1]|0x20 >= 'a' && t[1]|0x20 <= 'z')
}

func refuse(short, reason string) func(io.ReaderAt, int64, Limits) (book, error) {
	return func(io.ReaderAt, int64, Limits) (book, error) {
		return nil, &Refusal{Short: short, Reason: reason}
	}
}

// refuseOLE tells old Excel files from encrypted new ones: both are OLE
// containers, the latter with a stream named EncryptedPackage.
func refuseOLE(src io.ReaderAt, size int64, _ Limits) (book, error) {
	name := make([]byte, 0, 32)
	for _, c := range "EncryptedPackage" {
		name = append(name, byte(c), 0)
	}
	buf := make([]byte, 1<<20)
	for off := int64(0); off < size; off += int64(len(buf) - len(name)) {
		n, err := src.ReadAt(buf, off)
		if bytes.Contains(buf[:n], name) {
			return nil, &Refusal{Short: "workbook is encrypted",
				Reason: "Tệp Excel có đặt mật khẩu; hãy bỏ mật khẩu (Tệp > Thông tin > Bảo vệ sổ làm việc), lưu rồi gửi lại."}
		}
		if err != nil {
			break
		}
	}
	return nil, &Refusal{Short: "old Excel format (.xls) is not read",
		Reason: "Tệp Excel đời cũ (.xls) dễ sai chữ tiếng Việt nên không nhận; hãy mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại."}
}
