package reader

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// input is the bytes of one export: a file, or what is inside an archive. Text
// is read as a stream, from the start as often as needed, so that memory stays
// small; open fails at the end of the bytes when a checksum around them is wrong.
type input struct {
	o      Options
	open   func() (io.ReadCloser, error)
	at     io.ReaderAt // nil inside an archive
	size   int64       // -1: not known before everything was read
	packed int64       // bytes that the archive spends on it, 0 for a plain file
	inside bool        // inside an archive
	enc    encoding    // of the text; see detect
}

func newInput(src io.ReaderAt, size int64, o Options) (*input, error) {
	o.Limits = o.Limits.withDefaults()
	if size > o.Limits.FileBytes {
		return nil, tooBig("file", "Tệp quá lớn so với giới hạn")
	}
	if o.Context != nil {
		src = guarded{src, o.Context}
	}
	return &input{o: o, at: src, size: size, open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.NewSectionReader(src, 0, size)), nil
	}}, nil
}

// guarded stops reading when the context is over.
type guarded struct {
	io.ReaderAt
	ctx context.Context
}

func (g guarded) ReadAt(p []byte, off int64) (int, error) {
	if err := g.ctx.Err(); err != nil {
		return 0, err
	}
	return g.ReaderAt.ReadAt(p, off)
}

// openRegular opens a file, never following a link and never waiting for the
// writer of a pipe.
func openRegular(path string) (*os.File, int64, error) {
	before, err := os.Lstat(path)
	if err != nil {
		return nil, 0, fmt.Errorf("open export: %w", err)
	}
	notRegular := &Refusal{Short: "not a regular file",
		Reason: "Không đọc được tệp: chỉ nhận tệp thông thường, không nhận liên kết hoặc thư mục."}
	if !before.Mode().IsRegular() {
		return nil, 0, notRegular
	}
	f, err := os.OpenFile(path, os.O_RDONLY|noWaiting, 0)
	if err != nil {
		return nil, 0, fmt.Errorf("open export: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, fmt.Errorf("open export: %w", err)
	}
	if !info.Mode().IsRegular() || !os.SameFile(before, info) { // swapped in between
		f.Close()
		return nil, 0, notRegular
	}
	return f, info.Size(), nil
}

// head reads the first n bytes of a stream, fewer when it is shorter.
func (in *input) head(open func() (io.ReadCloser, error), n int) ([]byte, error) {
	r, err := open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	buf := make([]byte, n)
	got, err := io.ReadFull(r, buf)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, in.unread(err)
	}
	return buf[:got], nil
}

// random gives the bytes for reading at any place; those inside an archive are
// unpacked into memory.
func (in *input) random() (io.ReaderAt, int64, error) {
	if in.at != nil {
		return in.at, in.size, nil
	}
	limit := in.o.Limits.HeldBytes
	if in.size > limit {
		return nil, 0, tooBig("unpacked size", "Sổ Excel trong tệp nén quá lớn so với giới hạn")
	}
	r, err := in.open()
	if err != nil {
		return nil, 0, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, 0, damaged(err)
	}
	if int64(len(data)) > limit {
		return nil, 0, tooBig("unpacked size", "Sổ Excel trong tệp nén quá lớn so với giới hạn")
	}
	in.at, in.size = strings.NewReader(string(data)), int64(len(data))
	if in.o.Context != nil {
		in.at = guarded{in.at, in.o.Context}
	}
	return in.at, in.size, nil
}

// openGzip opens what is inside a gzip file. Its header may name a file; the
// name is not used.
func openGzip(in *input) (string, book, error) {
	if in.inside {
		return "", nil, nested()
	}
	inner := &input{o: in.o, size: -1, packed: in.size, inside: true}
	inner.open = func() (io.ReadCloser, error) {
		r, err := in.open()
		if err != nil {
			return nil, err
		}
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, damaged(err)
		}
		return &capped{r: z, limits: in.o.Limits, packed: in.size}, nil
	}
	return inner.sniff()
}

// capped ends the unpacking of a stream whose size is not known before.
type capped struct {
	r      io.ReadCloser
	limits Limits
	packed int64
	total  int64
}

func (c *capped) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.total += int64(n)
	if c.total > c.limits.TotalBytes {
		return n, tooBig("unpacked size", "Tệp nén khi giải nén quá lớn so với giới hạn")
	}
	if c.total > 1<<20 && c.total/c.limits.Ratio > c.packed {
		return n, suspicious()
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = damaged(err)
	}
	return n, err
}

func (c *capped) Close() error { return c.r.Close() }

func suspicious() *Refusal {
	return &Refusal{Short: "compression ratio exceeds the limit",
		Reason: "Tệp nén bất thường, có dấu hiệu không an toàn nên không nhận; hãy xuất lại từ phần mềm rồi gửi lại."}
}

func nested() *Refusal {
	return &Refusal{Short: "archive inside an archive",
		Reason: "Tệp nén nằm trong tệp nén; hãy giải nén rồi gửi tệp Excel (.xlsx) hoặc CSV, hoặc nén lại một lần."}
}

// damaged makes a Refusal of what unpacking found; other errors pass.
func damaged(err error) error {
	var r *Refusal
	short := ""
	switch {
	case err == nil, errors.As(err, &r), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, gzip.ErrChecksum):
		short = "wrong checksum"
	case errors.Is(err, gzip.ErrHeader):
		short = "bad gzip header"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		short = "cut short"
	case strings.HasPrefix(err.Error(), "flate:"):
		short = "compressed data damaged"
	default:
		return fmt.Errorf("read export: %w", err)
	}
	return brokenArchive(short)
}

func brokenArchive(short string) *Refusal {
	return &Refusal{Short: "damaged archive: " + short,
		Reason: "Tệp nén hoặc tệp Excel không nguyên vẹn (hỏng hoặc chép chưa xong); hãy chép lại hoặc lưu lại từ phần mềm rồi gửi lại."}
}
