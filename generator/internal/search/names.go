package search

import (
	"iter"
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf16"

	"banshi/generator/internal/zh"
)

// tiers is how many files the tiers below the head have, and the characters that names of townships end in.
type tiers struct {
	names, text, places int
	ends                string
}

// namesSize and textSize are about how many bytes a file of names and one of texts holds before compression: what a query reads
// of either should be little, and few files.
const (
	namesSize = 512
	textSize  = 1 << 10
	mostFiles = 1536
)

func filesFor(size, each int) int { return min(mostFiles, max(1, (size+each-1)/each)) }

// filing sorts the aliases of all rows, and the names of the library's, into files: by a key to the words of each row there.
type filing map[string]map[int][]string

func (f filing) add(key string, row int, words ...string) {
	if f[key] == nil {
		f[key] = map[int][]string{}
	}
	f[key][row] = append(f[key][row], words...)
}

// nameParts returns the files of names, names/<n> by characters and letters/<a> by pinyin, and how many of the former there are.
//
// A text is filed, for every two neighbours in it, under the one that fewer names of the head have. A query asks for the files of
// its own neighbours chosen in the same way, and so has every text that shares two neighbours with it.
func (c *collection) nameParts() ([]part, int) {
	byChar, byLetter := filing{}, filing{}
	size := 0
	owner := 0
	for i, r := range c.rows {
		lib := i >= c.head
		texts := r.aliases
		if lib {
			texts = append([]string{r.name}, texts...)
		}
		if !r.procedure() {
			owner = i
		}
		for n, text := range texts {
			ps := asked.strip(pieces(text))
			file := func(f filing, key string) {
				if lib {
					f.add(key, owner)
				}
				if !lib || n > 0 {
					f.add(key, i, text)
				}
			}
			for ch := range c.filed(ps) {
				file(byChar, ch)
				size += len(text) + 3
			}
			for l := range letters(ps) {
				file(byLetter, l)
			}
		}
	}
	n := filesFor(size, namesSize)
	files := make([]filing, n)
	for ch, rows := range byChar {
		k := shard(ch, n)
		if files[k] == nil {
			files[k] = filing{}
		}
		for row, words := range rows {
			files[k].add("", row, words...)
		}
	}
	var parts []part
	for k, f := range files {
		parts = append(parts, part{"names/" + number(k), c.nameLines(f[""])})
	}
	for _, l := range letterNames {
		parts = append(parts, part{"letters/" + string(l), c.nameLines(byLetter[string(l)])})
	}
	return parts, n
}

// letterNames are the files by pinyin: what begins with a letter, and with a digit.
const letterNames = "0abcdefghijklmnopqrstuvwxyz"

// nameLines writes rows with their words: the row, for one beyond the head its kind, id and name, then the aliases. An item has with
// its name, parted by "|", the other columns of the head and its procedures; a procedure comes after its item, with nothing in place of
// kind and id.
func (c *collection) nameLines(rows map[int][]string) string {
	order := make([]int, 0, len(rows))
	for i := range rows {
		order = append(order, i)
	}
	slices.Sort(order)
	lines := make([]string, 0, len(rows))
	for _, i := range order {
		words := rows[i]
		sort.Strings(words)
		words = slices.Compact(words)
		fields := []string{number(i)}
		if r := c.rows[i]; i >= c.head && r.procedure() {
			fields = append(fields, "")
		} else if i >= c.head {
			said := []string{r.name}
			if r.kind == items {
				said = slices.Concat(said, c.values(r), c.procedures(i))
			}
			fields = append(fields, number(kindOf(r.kind))+r.id, strings.Join(said, "|"))
		}
		lines = append(lines, strings.Join(append(fields, words...), "\t"))
	}
	return strings.Join(lines, "\n")
}

// fileOf is a file of names that has a row beyond the head.
func (c *collection) fileOf(row, files int) string {
	ps := asked.strip(pieces(c.rows[row].name))
	for _, ch := range slices.Sorted(maps.Keys(c.filed(ps))) {
		return "names/" + number(shard(ch, files))
	}
	for _, l := range slices.Sorted(maps.Keys(letters(ps))) {
		return "letters/" + l
	}
	return ""
}

// filed returns the characters that a text is filed under.
func (c *collection) filed(ps []piece) map[string]bool {
	set := map[string]bool{}
	for _, p := range ps {
		if p.han {
			p.filed(func(ch string) int { return c.common[firstRune(ch)] }, func(ch string) { set[ch] = true })
		}
	}
	return set
}

// filed calls f for the characters that a run is filed under: of every two neighbours the one that is less common, the first of
// equals. A run of one is filed under it.
func (p piece) filed(common func(string) int, f func(string)) {
	rs := p.runes()
	if len(rs) == 1 {
		f(p.text)
	}
	for i := 1; i < len(rs); i++ {
		a, b := string(rs[i-1]), string(rs[i])
		if common(b) < common(a) {
			a = b
		}
		f(a)
	}
}

// shard is the file of n that a key is in: its characters as UTF-16 units, as the client has them.
func shard(key string, n int) int {
	h := 0
	for u := range units(key) {
		h = (h*31 + int(u)) % 1000003
	}
	return h % n
}

// units are the UTF-16 units of a text.
func units(s string) iter.Seq[uint16] {
	return func(yield func(uint16) bool) {
		for _, r := range s {
			if high, low := utf16.EncodeRune(r); high != unicode.ReplacementChar {
				if !yield(uint16(high)) || !yield(uint16(low)) {
					return
				}
			} else if !yield(uint16(r)) {
				return
			}
		}
	}
}

// letters returns the files by pinyin that a text is in: that of the first letter of its first syllable and of each of its words.
func letters(ps []piece) map[string]bool {
	set := map[string]bool{}
	for i, p := range ps {
		if !p.han {
			set[letter(p.text)] = true
		} else if s := zh.Pinyin(p.text)[0]; i == 0 && isWord(rune(s[0])) {
			set[letter(s)] = true
		}
	}
	return set
}

// letter is the file of a word: its first letter, 0 for a digit.
func letter(word string) string {
	if word[0] <= '9' {
		return "0"
	}
	return word[:1]
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}
