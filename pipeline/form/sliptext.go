package form

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"cchc/reports/xlsx/workbook"
)

// maxTextRows is how many returned rows the plain text names.
const maxTextRows = 50

// SlipText writes the return slip as plain text for a mail: the same figures and
// reasons as Slip, the first rows by their place in the file, never their cells.
func SlipText(w io.Writer, s SlipData) error {
	if err := s.check(); err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "PHIẾU TRẢ SỐ LIỆU\n\n%s\n\n", oneLine(s.verdict()))
	for _, l := range s.about() {
		fmt.Fprintf(b, "%s: %s\n", l[0], oneLine(l[1]))
	}
	if s.Refusal == "" {
		fmt.Fprintf(b, "\n%s.\n", s.account())
		if s.Counts.Removed > 0 {
			fmt.Fprintf(b, "Đã bỏ khỏi số liệu lưu: %s dòng không còn trong bản gửi thay thế.\n", dot(s.Counts.Removed))
		}
	}
	s.textReasons(b)
	b.WriteString("\nViệc cần làm\n")
	for i, l := range s.next() {
		fmt.Fprintf(b, "%d. %s\n", i+1, l)
	}
	s.textRows(b)
	return b.Flush()
}

func (s SlipData) textReasons(b *bufio.Writer) {
	list, rest := s.reasons()
	if len(list) == 0 {
		return
	}
	b.WriteString("\nLý do trả lại\n")
	for _, r := range list {
		fmt.Fprintf(b, "- %s: %s – %s dòng (đầu tiên: %s)\n", oneLine(r.column), oneLine(r.text), dot(r.rows), oneLine(r.first))
	}
	if rest > 0 {
		fmt.Fprintf(b, "- và %s lý do khác, xem trang “Dòng cần sửa”.\n", dot(rest))
	}
}

func (s SlipData) textRows(b *bufio.Writer) {
	if len(s.Rows) == 0 {
		return
	}
	b.WriteString("\nCác dòng trả lại\n")
	for i, r := range s.Rows {
		if i == maxTextRows {
			fmt.Fprintf(b, "- và %s dòng khác, xem trang “Dòng cần sửa” của phiếu.\n", dot(len(s.Rows)-maxTextRows))
			return
		}
		fmt.Fprintf(b, "- %s: %s\n", oneLine(r.place()), oneLine(strings.ReplaceAll(s.why(r), "\n", "; ")))
	}
}

// oneLine keeps a text of a file from breaking the lines of the slip.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(workbook.Clean(s), "\n", " ")), " ")
}
