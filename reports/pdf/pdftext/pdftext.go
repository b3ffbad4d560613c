// Package pdftext reads the text back out of the PDFs that package pdf writes, so
// that tests can ask whether a figure stands on the page.
package pdftext

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// offline keeps pdfcpu from writing a settings folder into the user's home.
var offline sync.Once

// Text returns the text of each page in the order it was drawn: a line of print
// is a line here, the lines of a table cell follow one another, and cells of one
// row are divided by a tab. Where a sentence may run over a line, compare after
// strings.Fields.
func Text(b []byte) ([]string, error) { return extract(b, false) }

// Body is Text without page numbers, footers and the watermark, so that text which
// runs over a page end is whole when the pages are joined.
func Body(b []byte) ([]string, error) { return extract(b, true) }

func extract(b []byte, body bool) ([]string, error) {
	offline.Do(api.DisableConfigDir)
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationRelaxed
	var pages []string
	err := api.ExtractContent(bytes.NewReader(b), nil, func(r io.Reader, page int) error {
		content, err := io.ReadAll(r)
		if err != nil {
			return fmt.Errorf("page %d: %w", page, err)
		}
		for len(pages) < page {
			pages = append(pages, "")
		}
		pages[page-1] = decode(content, body)
		return nil
	}, conf)
	if err != nil {
		return nil, fmt.Errorf("reading the text of a PDF of %d bytes: %w", len(b), err)
	}
	return pages, nil
}

// scanner walks a content stream. It knows the few operators that fpdf writes:
// Td, Tj and the marked sequences around lines of several pieces.
type scanner struct {
	out    strings.Builder
	args   []string
	y      string
	body   bool     // leave artifacts out
	marks  []string // tags of the marked sequences around
	joined bool     // inside a line of several pieces, with text written already
}

func decode(b []byte, body bool) string {
	s := scanner{body: body}
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == '(':
			text, n := literal(b[i:])
			s.args = append(s.args, text)
			i += n
		case c <= ' ' || c == '[' || c == ']':
			i++
		default:
			j := i + 1
			for j < len(b) && b[j] > ' ' && b[j] != '(' && b[j] != '[' && b[j] != ']' {
				j++
			}
			s.token(string(b[i:j]))
			i = j
		}
	}
	return s.out.String()
}

func (s *scanner) token(t string) {
	if _, err := strconv.ParseFloat(t, 64); err == nil || strings.HasPrefix(t, "/") {
		s.args = append(s.args, t)
		return
	}
	last := ""
	if n := len(s.args); n > 0 {
		last = s.args[n-1]
	}
	s.args = s.args[:0]
	switch t {
	case "BMC":
		s.marks, s.joined = append(s.marks, last), false
	case "EMC":
		s.marks, s.joined = s.marks[:max(0, len(s.marks)-1)], false
	}
	if s.body && slices.Contains(s.marks, "/Artifact") {
		return
	}
	switch t {
	case "Td":
		s.place(last)
	case "Tj":
		s.out.WriteString(last)
		s.joined = slices.Contains(s.marks, "/Span")
	}
}

// place begins a piece of text at height y.
func (s *scanner) place(y string) {
	switch {
	case s.out.Len() == 0:
	case y != s.y:
		s.out.WriteByte('\n')
	case !s.joined:
		s.out.WriteByte('\t')
	}
	s.y = y
}

// literal decodes a string of two-byte characters and returns how long it is.
func literal(b []byte) (string, int) {
	var raw []byte
	depth, i := 0, 0
	for ; i < len(b); i++ {
		switch c := b[i]; c {
		case '\\':
			i++
			if i < len(b) {
				raw = append(raw, unescape(b[i]))
			}
			continue
		case '(':
			if depth++; depth == 1 {
				continue
			}
		case ')':
			if depth--; depth == 0 {
				return wide(raw), i + 1
			}
		}
		raw = append(raw, b[i])
	}
	return wide(raw), i
}

func unescape(c byte) byte {
	switch c {
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

func wide(raw []byte) string {
	u := make([]uint16, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		u = append(u, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(u))
}
