package zh

import (
	"cmp"
	"strings"
)

// FirstLetter returns the letter "A" to "Z" under which s is listed, or "#" for
// names that begin with a digit or with a script that has no place there.
// Punctuation before the name does not count.
func FirstLetter(s string) string { return firstLetter(elements(s)) }

func firstLetter(list []element) string {
	if len(list) == 0 {
		return "#"
	}
	if c := list[0].syllable[0]; 'a' <= c && c <= 'z' {
		return string(rune(c - 'a' + 'A'))
	}
	return "#"
}

// SortKey returns a string whose byte order is pinyin order: first what has no
// letter, then A to Z; character by character, by syllable and then by the
// character, so that names beginning alike stand together; at last by the code
// points of s. Two keys are equal only for equal texts. The key is not for
// storing: it may change with the tables.
func SortKey(s string) string {
	list := elements(s)
	var b strings.Builder
	b.WriteString(firstLetter(list))
	for _, e := range list {
		b.WriteString(e.syllable)
		b.WriteByte(1)
		b.WriteString(e.text)
		b.WriteByte(0)
	}
	b.WriteByte(0)
	b.WriteString(s)
	return b.String()
}

// Compare returns -1, 0 or +1 as a stands before, with or after b in pinyin
// order (SortKey). It is 0 only for equal texts. To sort much, sort by SortKey.
func Compare(a, b string) int {
	if a == b {
		return 0
	}
	return cmp.Compare(SortKey(a), SortKey(b))
}

// Less reports whether a stands before b in pinyin order.
func Less(a, b string) bool { return Compare(a, b) < 0 }
