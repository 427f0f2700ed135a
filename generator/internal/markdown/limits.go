package markdown

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"
)

// The limits. A text of a person stays far below them; beyond them lies input
// made to be slow or to overflow the reader of the page.
const (
	DefaultMaxBytes = 20 << 10 // of a document, unless Options say otherwise
	MaxColumns      = 12       // of a table
	MaxQuoteDepth   = 5        // quotes within quotes
	MaxListDepth    = 6        // lists within lists
	maxDepth        = 48       // of the tree, emphasis within emphasis included
)

// A LimitError says which limit a source breaks. It is an author's mistake.
type LimitError struct {
	Line   int    // from 1
	ZH, EN string // what is wrong
}

// Error returns the message in Chinese with English beside it.
func (e *LimitError) Error() string {
	return fmt.Sprintf("第 %d 行：%s (line %d: %s)", e.Line, e.ZH, e.Line, e.EN)
}

func limit(line int, zh, en string, args ...any) error {
	return &LimitError{line, fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)}
}

// checkSource holds the limits that can be seen in the bytes, before the parser
// spends anything on them. Lines of code count too: they may not look like a
// table of thirty columns either.
func checkSource(src []byte, maxBytes int) error {
	if maxBytes == 0 {
		maxBytes = DefaultMaxBytes
	}
	if len(src) > maxBytes {
		line := 1 + bytes.Count(src[:maxBytes], []byte{'\n'})
		return limit(line, "正文超过 %d 字节", "the text is longer than %d bytes", maxBytes)
	}
	number := 0
	for line := range bytes.Lines(src) {
		number++
		if !utf8.Valid(line) {
			return limit(number, "不是 UTF-8 编码", "not valid UTF-8")
		}
		if bytes.ContainsFunc(line, isForbidden) {
			return limit(number, "含有控制字符", "a control character")
		}
		if cells(line) > MaxColumns+1 {
			return tooManyColumns(number)
		}
		quotes, lists := markers(line)
		if quotes > MaxQuoteDepth {
			return tooManyQuotes(number)
		}
		if lists > MaxListDepth {
			return tooManyLists(number)
		}
	}
	return nil
}

func tooManyColumns(line int) error {
	return limit(line, "表格最多 %d 列", "a table has at most %d columns", MaxColumns)
}

func tooManyQuotes(line int) error {
	return limit(line, "引用最多 %d 层", "at most %d nested quotes", MaxQuoteDepth)
}

func tooManyLists(line int) error {
	return limit(line, "列表最多 %d 层", "at most %d nested lists", MaxListDepth)
}

// isForbidden names the characters no text needs: controls other than tab and
// line ends, and those that reverse the reading direction.
func isForbidden(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return false
	case r < 0x20 || 0x7F <= r && r < 0xA0:
		return true
	}
	return r == 0x061C || r == 0x200E || r == 0x200F || 0x202A <= r && r <= 0x202E || 0x2066 <= r && r <= 0x2069
}

// cells counts the bars of a line that are not escaped.
func cells(line []byte) int {
	n := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '|':
			n++
		}
	}
	return n
}

// markers counts the quotes and list items that a line opens at its beginning.
// A thematic break (* * *) opens none.
func markers(line []byte) (quotes, lists int) {
	for {
		line = bytes.TrimLeft(line, " \t")
		if n := listMarker(line); n > 0 && !isBreak(line) {
			lists++
			line = line[n:]
		} else if len(line) > 0 && line[0] == '>' {
			quotes++
			line = line[1:]
		} else {
			return quotes, lists
		}
	}
}

// listMarker returns the length of the list marker that line begins with.
func listMarker(line []byte) int {
	n := 0
	for n < len(line) && n < 9 && '0' <= line[n] && line[n] <= '9' {
		n++
	}
	switch {
	case n == len(line):
		return 0
	case n > 0 && (line[n] == '.' || line[n] == ')'), n == 0 && bytes.IndexByte([]byte("-+*"), line[0]) >= 0:
		n++
	default:
		return 0
	}
	if n < len(line) && bytes.IndexByte([]byte(" \t\r\n"), line[n]) < 0 {
		return 0
	}
	return n
}

func isBreak(line []byte) bool {
	return (line[0] == '-' || line[0] == '*') && len(bytes.Trim(line, string(line[0])+" \t\r\n")) == 0
}

// checkTree holds the limits that only the parsed document shows.
func checkTree(root ast.Node, src []byte) error {
	line := func(at int) int { return 1 + bytes.Count(src[:min(at, len(src))], []byte{'\n'}) }
	var check func(n ast.Node, depth, quotes, lists, at int) error
	check = func(n ast.Node, depth, quotes, lists, at int) error {
		at = max(at, n.Pos())
		switch n := n.(type) {
		case *ast.Blockquote:
			quotes++
		case *ast.List:
			lists++
		case *tables.Table:
			if len(n.Alignments) > MaxColumns {
				return tooManyColumns(line(at))
			}
		}
		switch {
		case quotes > MaxQuoteDepth:
			return tooManyQuotes(line(at))
		case lists > MaxListDepth:
			return tooManyLists(line(at))
		case depth > maxDepth:
			return limit(line(at), "嵌套太深", "nested too deeply")
		}
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if err := check(c, depth+1, quotes, lists, at); err != nil {
				return err
			}
		}
		return nil
	}
	return check(root, 0, 0, 0, 0)
}

// lineOf returns the line a block begins on, from 1.
func lineOf(n ast.Node, src []byte) int {
	at := n.Pos()
	if n.Lines().Len() > 0 {
		at = n.Lines().At(0).Start
	}
	return 1 + bytes.Count(src[:min(max(at, 0), len(src))], []byte{'\n'})
}
