package reports

import (
	"strconv"
	"strings"

	"cchc/reports/model"
)

// A figure or a text of an office enters the Markdown as a token: a number
// between two private-use runes, which no Markdown rule reads as syntax. Tokens
// are exchanged for what they stand for once the Markdown is parsed.
const (
	tokenOpen  = '\uE000'
	tokenClose = '\uE001'
)

// token is what stands behind one mark in the text.
type token struct {
	spans  []model.Span         // inline: a value, a name, a text
	blocks func() []model.Block // a block directive; resolved in document order
	turn   *model.Section       // starts a section
}

func (t token) inline() bool { return t.blocks == nil && t.turn == nil }

func (b *builder) mark(t token) string {
	b.tokens = append(b.tokens, t)
	return string(tokenOpen) + strconv.Itoa(len(b.tokens)-1) + string(tokenClose)
}

// words marks a plain text that must stay as it is.
func (b *builder) words(s string) string {
	return b.mark(token{spans: []model.Span{{Text: s}}})
}

// block marks a directive. The blank lines make it a paragraph of its own.
func (b *builder) block(f func() []model.Block) string {
	return "\n\n" + b.mark(token{blocks: f}) + "\n\n"
}

// piece is a part of a text: literal words, or a token.
type piece struct {
	text  string
	token *token
}

// pieces splits a text at its tokens.
func (b *builder) pieces(s string) []piece {
	var out []piece
	for s != "" {
		before, after, found := strings.Cut(s, string(tokenOpen))
		if before != "" {
			out = append(out, piece{text: before})
		}
		if !found {
			break
		}
		id, rest, _ := strings.Cut(after, string(tokenClose))
		if n, err := strconv.Atoi(id); err == nil && n >= 0 && n < len(b.tokens) {
			out = append(out, piece{token: &b.tokens[n]})
		}
		s = rest
	}
	return out
}

// plain exchanges inline tokens for their printed text.
func (b *builder) plain(s string) string {
	var out strings.Builder
	for _, p := range b.pieces(s) {
		if p.token == nil {
			out.WriteString(p.text)
			continue
		}
		out.WriteString(spansText(p.token.spans))
	}
	return out.String()
}

func spansText(spans []model.Span) string {
	var out strings.Builder
	for _, s := range spans {
		if s.Value != nil {
			out.WriteString(s.Value.String())
		} else {
			out.WriteString(s.Text)
		}
	}
	return out.String()
}

// clean drops the token runes from a text that comes from outside, so that it
// can never be taken for a token.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == tokenOpen || r == tokenClose {
			return -1
		}
		return r
	}, s)
}
