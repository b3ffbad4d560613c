package reader

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// at returns the byte at pos after the start of the record; ok is false at the
// end of the file.
func (s *textScanner) at(pos int) (c byte, ok bool, err error) {
	for s.start+pos >= s.end {
		if s.eof {
			return 0, false, nil
		}
		if err := s.fill(); err != nil {
			return 0, false, err
		}
	}
	return s.buf[s.start+pos], true, nil
}

// fill reads more behind the unread bytes, which move to the front.
func (s *textScanner) fill() error {
	if s.start > 0 {
		copy(s.buf, s.buf[s.start:s.end])
		s.end -= s.start
		s.checked = max(s.checked-s.start, 0)
		s.start = 0
	}
	if s.end == len(s.buf) {
		if s.end >= s.limits.LineBytes {
			return s.tooLong(s.line)
		}
		s.buf = append(s.buf, make([]byte, min(len(s.buf), s.limits.LineBytes))...)
	}
	n, err := s.r.Read(s.buf[s.end:])
	s.end += n
	s.total += int64(n)
	if err == io.EOF {
		s.eof = true
	} else if err != nil {
		if bad := new(unmapped); errors.As(err, bad) {
			return notIn(s.file.in.enc, s.lineOf(s.end))
		}
		return damaged(err)
	}
	return s.validate()
}

// validate checks the bytes that came in, but for a character cut at the end.
func (s *textScanner) validate() error {
	fresh := s.buf[s.checked:s.end]
	if i := bytes.IndexByte(fresh, 0); i >= 0 {
		return &Refusal{Line: s.lineOf(s.checked + i), Short: "NUL byte: not a text file",
			Reason: "Tệp có byte 0, không phải tệp văn bản CSV; hãy lưu lại dạng \"CSV UTF-8\" rồi gửi lại."}
	}
	if !s.eof {
		for cut := 1; cut < utf8.UTFMax && cut <= len(fresh); cut++ {
			if utf8.RuneStart(fresh[len(fresh)-cut]) {
				if !utf8.FullRune(fresh[len(fresh)-cut:]) {
					fresh = fresh[:len(fresh)-cut]
				}
				break
			}
		}
	}
	if !utf8.Valid(fresh) {
		at := s.checked
		for len(fresh) > 0 {
			r, n := utf8.DecodeRune(fresh)
			if r == utf8.RuneError && n == 1 {
				break
			}
			fresh, at = fresh[n:], at+n
		}
		return notIn(s.file.in.enc, s.lineOf(at))
	}
	s.checked += len(fresh)
	return nil
}

// lineOf counts the lines before buf[offset] in the file itself: squeezed
// fields have moved bytes of the buffer.
func (s *textScanner) lineOf(offset int) int {
	line := 1
	src, err := s.file.in.text()
	if err != nil {
		return 0
	}
	defer src.Close()
	r := io.LimitReader(src, int64(s.file.skip)+s.total-int64(s.end-offset))
	for buf := make([]byte, 64<<10); ; {
		n, err := r.Read(buf)
		line += bytes.Count(buf[:n], []byte{'\n'})
		if err != nil {
			return line
		}
	}
}
