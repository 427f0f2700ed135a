package markdown

import (
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// emphasisParser parses * and _ as CommonMark does, with one change to the rule
// that says where a run of them may open or close.
//
// CommonMark decides by the characters beside the run. A run between
// punctuation and a letter may not close, for in a language with spaces it then
// belongs to the next word. Chinese has no spaces, so **注意：**请 stays literal.
// The change is that of the "CJK-friendly emphasis" amendment
// (github.com/tats-u/markdown-cjk-friendly): full-width punctuation counts as a
// letter, and a Han character beside the run counts as a space would.
// Chinese quotation marks, dash and ellipsis, which Unicode shares with Latin
// scripts, are taken for Chinese ones.
type emphasisParser struct{}

// Trigger returns the characters that emphasis is made of.
func (emphasisParser) Trigger() []byte { return []byte{'*', '_'} }

// Parse reads one run; goldmark pairs the runs when the block ends.
func (emphasisParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	length := 1
	for length < len(line) && line[length] == line[0] {
		length++
	}
	after := ' '
	if length < len(line) {
		after = util.ToRune(line, length)
	}
	canOpen, canClose := flanks(line[0], before, after)
	run := parser.NewDelimiter(canOpen, canClose, length, line[0], emphasisProcessor{})
	run.Segment = segment.WithStop(segment.Start + length)
	block.Advance(length)
	pc.PushDelimiter(run)
	return run
}

// flanks reports whether a run of char between two characters may open and may
// close emphasis (CommonMark 0.31.2, section 6.2, with the amendment).
func flanks(char byte, before, after rune) (canOpen, canClose bool) {
	beforeSpace, afterSpace := util.IsSpaceRune(before), util.IsSpaceRune(after)
	beforePunct, afterPunct := util.IsPunctRune(before), util.IsPunctRune(after)
	beforeCJK, afterCJK := isCJK(before), isCJK(after)

	left := !afterSpace && (!afterPunct || afterCJK || beforeSpace || beforePunct || beforeCJK)
	right := !beforeSpace && (!beforePunct || beforeCJK || afterSpace || afterPunct || afterCJK)
	if char == '_' {
		return left && (!right || beforePunct), right && (!left || afterPunct)
	}
	return left, right
}

func isCJK(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case r == '“' || r == '”' || r == '‘' || r == '’' || r == '…' || r == '—' || r == '·':
		return true
	case 0x2E80 <= r && r <= 0x303F, 0xFE30 <= r && r <= 0xFE4F, 0xFF01 <= r && r <= 0xFFEF:
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo)
}

type emphasisProcessor struct{}

func (emphasisProcessor) IsDelimiter(b byte) bool { return b == '*' || b == '_' }

func (emphasisProcessor) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (emphasisProcessor) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }
