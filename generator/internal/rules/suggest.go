package rules

import (
	"fmt"
	"unicode/utf8"

	"banshi/generator/internal/diag"
)

// suggest returns a did-you-mean for a word that is none of known, or "" where none is near. Aliases lead other spellings to
// the right one.
func suggest(word string, known []string, aliases map[string]string) (zh, en string) {
	best, ok := aliases[word]
	if !ok {
		best = likeliest(word, known)
	}
	if best == "" {
		return "", ""
	}
	return "是不是“" + best + "”？", fmt.Sprintf("did you mean %q?", best)
}

// likeliest returns the known word that takes the fewest changes, if they are few for its length: one in four characters, three
// at most, or any long word would be like some other; a word of one character is like every other of one.
func likeliest(word string, known []string) string {
	n := utf8.RuneCountInString(word)
	if n < 2 {
		return ""
	}
	best, least := "", min(3, max(1, n/4))+1
	for _, k := range known {
		if d := utf8.RuneCountInString(k) - n; d >= least || -d >= least {
			continue
		}
		if d := diag.Distance(word, k); d < least {
			best, least = k, d
		}
	}
	return best
}
