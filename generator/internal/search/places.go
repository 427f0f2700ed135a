package search

import (
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// placeSize is about how many bytes a file of townships holds.
const placeSize = 4 << 10

// upperPlaces is the province, cities and counties as a tree, each after the one it lies in: id (front-coded), depth and name, other
// names by spaces, and what a short name (涿鹿 for 涿鹿县) runs on with in the texts of the index, as two characters each: 高新 in
// 高新技术企业 is no place.
func (c *collection) upperPlaces() string {
	below := map[*catalog.Division][]*catalog.Division{}
	for _, d := range c.site.Catalog.Divisions {
		if d.Level != record.LevelTownship {
			below[d.Parent] = append(below[d.Parent], d)
		}
	}
	var front frontCode
	var lines []string
	runsOn := c.runsOn()
	var write func(up *catalog.Division, depth int)
	write = func(up *catalog.Division, depth int) {
		for _, d := range below[up] {
			var aliases []string
			for _, a := range d.Aliases {
				if k := key(pieces(a)); runeLen(k) >= 2 {
					aliases = append(aliases, k)
				}
			}
			lines = append(lines, line(front.next(d.ID), number(depth)+plain(d.Name), strings.Join(aliases, " "), strings.Join(runsOn[shortName(d.Name)], " ")))
			if depth < base-1 {
				write(d, depth+1)
			}
		}
	}
	write(nil, 0)
	if len(lines) == 0 {
		return "-"
	}
	return strings.Join(lines, "\n")
}

// shortName is the name of a province, city or county as people say it, 涿鹿 for 涿鹿县, or "" where too little would be left.
// Townships keep theirs: 和平, 城关 and 新华 are words of their own.
func shortName(name string) string {
	rs := []rune(name)
	if len(rs) < 3 || !strings.ContainsRune(shortEnds, rs[len(rs)-1]) {
		return ""
	}
	return string(rs[:len(rs)-1])
}

const shortEnds = "省市县区"

// runsOn returns, for every short name of a place, the neighbours it runs on with in aliases and names of the library. (Those in
// names of the head the reader sees itself.)
func (c *collection) runsOn() map[string][]string {
	shorts := map[string]string{} // the two first characters → nothing; by word
	for _, d := range c.site.Catalog.Divisions {
		if d.Level != record.LevelTownship {
			if s := shortName(d.Name); s != "" {
				shorts[s] = s
			}
		}
	}
	out := map[string][]string{}
	add := func(short, gram string) {
		if !slices.Contains(out[short], gram) {
			out[short] = append(out[short], gram)
		}
	}
	for i, r := range c.rows {
		texts := r.aliases
		if i >= c.head {
			texts = append([]string{r.name}, texts...)
		}
		for _, t := range texts {
			for _, p := range asked.strip(pieces(t)) {
				if !p.han {
					continue
				}
				rs := p.runes()
				for at := range rs {
					for l := 2; l <= 5 && at+l <= len(rs); l++ {
						short, ok := shorts[string(rs[at:at+l])]
						if !ok {
							continue
						}
						if at > 0 {
							add(short, string(rs[at-1:at+1]))
						}
						if at+l < len(rs) {
							add(short, string(rs[at+l-1:at+l+1]))
						}
					}
				}
			}
		}
	}
	for _, list := range out {
		slices.Sort(list)
	}
	return out
}

// placeParts returns the files of townships, places/<n> by the first character of a word: id, id of the place above, name, other
// names; and the characters that names of townships end in.
func (c *collection) placeParts() (parts []part, ends string) {
	type township struct {
		word string
		d    *catalog.Division
	}
	var all []township
	size := 0
	last := map[rune]bool{}
	for _, d := range c.site.Catalog.Divisions {
		if d.Level != record.LevelTownship {
			continue
		}
		seen := map[string]bool{}
		for _, name := range append([]string{d.Name}, d.Aliases...) {
			if k := key(pieces(name)); runeLen(k) >= 2 && !seen[k] {
				seen[k] = true
				all = append(all, township{k, d})
				size += len(k) + 24
				rs := []rune(k)
				last[rs[len(rs)-1]] = true
			}
		}
	}
	n := filesFor(size, placeSize)
	lines := make([][]string, n)
	for _, t := range all {
		k := shard(firstChar(t.word), n)
		parent, name := "", plain(t.d.Name)
		if t.d.Parent != nil {
			parent = t.d.Parent.ID
		}
		if key(pieces(name)) == t.word {
			name = ""
		}
		lines[k] = append(lines[k], line(t.word, t.d.ID, parent, name))
	}
	for k := range lines {
		slices.Sort(lines[k])
		parts = append(parts, part{"places/" + number(k), strings.Join(lines[k], "\n")})
	}
	var rs []rune
	for r := range last {
		rs = append(rs, r)
	}
	slices.Sort(rs)
	return parts, "-" + string(rs)
}

func firstChar(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}
