package zh

import (
	_ "embed"
	"strings"
	"unicode"
)

//go:embed traditional.txt
var traditionalText string

var traditional = parsePairs(traditionalText)

// firstTraditional is the smallest code point in the table: everything before
// it, ASCII above all, needs no look-up.
const firstTraditional = 0x2F00

// parsePairs reads "from to from to …"; line ends only make the file readable.
func parsePairs(text string) map[rune]rune {
	pairs := make(map[rune]rune, 5400)
	for line := range strings.Lines(text) {
		runes := []rune(strings.TrimSpace(line))
		if len(runes)%2 != 0 {
			panic("zh: traditional.txt: a line with half a pair: " + line)
		}
		for i := 0; i < len(runes); i += 2 {
			pairs[runes[i]] = runes[i+1]
		}
	}
	return pairs
}

// Simplify returns s with every Traditional character replaced by its
// Simplified one, and compatibility ideographs and Kangxi radicals by the
// characters they stand for. It is meant for comparing, not for showing. A text
// that needs no change is returned as it is, without a copy.
func Simplify(s string) string { return strings.Map(simplifyRune, s) }

func simplifyRune(r rune) rune {
	if r < firstTraditional {
		return r
	}
	if to, ok := traditional[r]; ok {
		return to
	}
	return r
}

// Fold returns s as search and comparison see it: half-width, lower case,
// Simplified. The result has as many runes as s. It neither composes nor
// decomposes: text in NFC stays in NFC. A text that needs no change is returned
// as it is, without a copy.
func Fold(s string) string { return strings.Map(FoldRune, s) }

// FoldRune folds one rune; Fold is exactly this for every rune of a text.
func FoldRune(r rune) rune {
	switch {
	case r < 0x80:
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	case r == 0x3000: // the ideographic space
		return ' '
	case 0xFF01 <= r && r <= 0xFF5E: // full-width ASCII
		return FoldRune(r - 0xFF01 + '!')
	case r < firstTraditional:
		return unicode.ToLower(r)
	}
	if to, ok := traditional[r]; ok {
		return to
	}
	if 0x3400 <= r && r <= 0x9FFF { // ideographs have no cases; asking the tables of Unicode takes longer than all else
		return r
	}
	return unicode.ToLower(r)
}
