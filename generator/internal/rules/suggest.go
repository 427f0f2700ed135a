package rules

import (
	"fmt"
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
// at most, or any long word would be like some other.
func likeliest(word string, known []string) string {
	w := []rune(word)
	best, least := "", min(3, max(1, len(w)/4))+1
	for _, k := range known {
		r := []rune(k)
		if d := len(r) - len(w); d >= least || -d >= least {
			continue
		}
		if d := distance(w, r); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance is how many characters must be put in, taken out or changed to make b of a.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
