package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// bareURLParser makes links of addresses that stand in the text as they are.
// goldmark's own extension wants a space before the address, which Chinese text
// does not have. Here the address begins at http:// or https:// wherever that is
// not the end of a longer word, and goes as far as ASCII URL characters go,
// without closing punctuation.
type bareURLParser struct{}

// Trigger returns the colon: letters cannot trigger a goldmark parser, so the
// scheme is taken back from the text before.
func (bareURLParser) Trigger() []byte { return []byte{':'} }

// Parse reads an address from its colon on.
func (bareURLParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	before, ok := parent.LastChild().(*ast.Text)
	if !ok || !bytes.HasPrefix(line, []byte("://")) || pc.IsInLinkLabel() || before.Segment.Stop != segment.Start {
		return nil
	}
	scheme := schemeAtEnd(before.Segment.Value(block.Source()))
	if scheme == 0 {
		return nil
	}
	length := urlLength(line)
	if length <= len("://") {
		return nil
	}
	block.Advance(length)
	start := segment.Start - scheme
	before.Segment = before.Segment.WithStop(start)
	if before.Segment.Len() == 0 {
		parent.RemoveChild(parent, before)
	}
	return ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(text.NewSegment(start, segment.Start+length)))
}

// schemeAtEnd returns how many bytes at the end of word are http or https.
func schemeAtEnd(word []byte) int {
	for _, scheme := range []string{"https", "http"} {
		if rest, ok := bytes.CutSuffix(word, []byte(scheme)); ok {
			if len(rest) > 0 && isWordByte(rest[len(rest)-1]) {
				return 0
			}
			return len(scheme)
		}
	}
	return 0
}

func isWordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// urlLength returns how far the address goes in line, which begins at "://".
// Punctuation at its end belongs to the sentence, a closing bracket only when
// the address does not open it.
func urlLength(line []byte) int {
	n := 0
	for n < len(line) && (isWordByte(line[n]) || bytes.IndexByte([]byte("-._~:/?#[]@!$&'()+,;=%"), line[n]) >= 0) {
		n++
	}
	for n > 0 {
		switch c := line[n-1]; {
		case c == ')' && bytes.Count(line[:n], []byte{'('}) >= bytes.Count(line[:n], []byte{')'}):
			return n
		case bytes.IndexByte([]byte(".,;:!?'()[]"), c) >= 0:
			n--
		default:
			return n
		}
	}
	return n
}
