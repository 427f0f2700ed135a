package search

import (
	"slices"
	"strconv"
	"strings"
)

// Place is a place that a query names.
type Place struct {
	ID, Name string
	Parent   string // name of the place above it, which tells 桥西区 from 桥西区
}

// place is one word for a place in places.js.
type place struct {
	Place
	path   []string // ids of the places above
	offers int
	short  bool
}

// findPlaces looks for names of places in a query and returns the places each name can mean, and the query without the names.
func (x *Index) findPlaces(ps []piece) (found [][]place, rest []piece) {
	if !x.looksLikePlace(ps) {
		return nil, ps
	}
	for _, p := range ps {
		if !p.han {
			rest = append(rest, p)
			continue
		}
		rs := p.runes()
		start := 0
		for i := 0; i < len(rs); {
			l, list := x.placeAt(rs, i)
			if l == 0 {
				i++
				continue
			}
			found = append(found, list)
			rest = x.keep(rest, rs[start:i])
			i += l
			start = i
		}
		rest = x.keep(rest, rs[start:])
	}
	if len(found) == 0 {
		return nil, ps
	}
	return found, rest
}

// keep adds what stands between names of places, unless it is a lone 在 or 的.
func (x *Index) keep(rest []piece, rs []rune) []piece {
	if len(rs) == 0 || len(rs) == 1 && strings.ContainsRune(x.lone, rs[0]) {
		return rest
	}
	return append(rest, piece{string(rs), true})
}

// looksLikePlace reports whether it is worth looking for a place: no name or alias contains the query, and it has a bigram that
// no name has, or a character that names of places end in.
func (x *Index) looksLikePlace(ps []piece) bool {
	k := key(ps)
	for _, t := range x.texts {
		if strings.Contains(t.key, k) {
			return false
		}
	}
	for _, p := range ps {
		if !p.han {
			continue
		}
		if strings.ContainsAny(p.text, x.marks) {
			return true
		}
		for _, g := range p.bigrams() {
			if len(x.posts[g]) == 0 {
				return true
			}
		}
	}
	return false
}

// longestPlace is the longest name of a place that is looked for.
const longestPlace = 16

// placeAt returns the longest name of a place that begins at i and its length. A short name counts only where it does not run
// into a word that the index knows: 高新 in 高新技术企业 is no place.
func (x *Index) placeAt(rs []rune, i int) (int, []place) {
	for l := min(longestPlace, len(rs)-i); l >= 2; l-- {
		list := x.placesOf(string(rs[i : i+l]))
		if len(list) == 0 {
			continue
		}
		whole := slices.DeleteFunc(slices.Clone(list), func(p place) bool { return p.short })
		if len(whole) > 0 {
			return l, whole
		}
		after := i+l < len(rs) && len(x.posts[string(rs[i+l-1:i+l+1])]) > 0
		before := i > 0 && len(x.posts[string(rs[i-1:i+1])]) > 0
		if !after && !before {
			return l, list
		}
	}
	return 0, nil
}

// placesOf returns the places that a word is a name of.
func (x *Index) placesOf(word string) []place {
	name := "places"
	directory, err := x.part(name)
	if err != nil {
		x.err = err
		return nil
	}
	if x.words == nil {
		x.words = map[string][]place{}
		if !strings.HasPrefix(directory, "*\n") {
			x.addPlaces(directory)
		}
	}
	if strings.HasPrefix(directory, "*\n") {
		for i, firsts := range strings.Split(directory, "\n")[1:] {
			if shard := name + "/" + number(i); strings.Contains(firsts, firstChar(word)) && x.parts[shard] == "" {
				s, err := x.part(shard)
				if err != nil {
					x.err = err
					return nil
				}
				x.addPlaces(s)
			}
		}
	}
	return x.words[word]
}

func (x *Index) addPlaces(section string) {
	list, err := records(section)
	if err != nil {
		x.err = err
	}
	for _, f := range list {
		p := place{Place: Place{ID: field(f, 1), Name: field(f, 5), Parent: field(f, 3)}, path: strings.Fields(field(f, 2)), short: field(f, 6) == "s"}
		if p.Name == "" {
			p.Name = f[0]
		}
		n, _ := strconv.ParseInt(field(f, 4), base, 0)
		p.offers = int(n)
		x.words[f[0]] = append(x.words[f[0]], p)
	}
}

// choose returns the places that agree with the most names in the query: 张家口 桥西区 means the one in 张家口. The place chosen
// beside the text decides between those that are left.
func (x *Index) choose(found [][]place, chosen string) []Place {
	var best []Place
	most := 0
	for _, list := range found {
		for _, p := range list {
			n := 0
			for _, other := range found {
				if slices.ContainsFunc(other, func(o place) bool { return o.ID == p.ID || slices.Contains(p.path, o.ID) }) {
					n++
				}
			}
			if n > most {
				most, best = n, nil
			}
			if n == most && !slices.Contains(best, p.Place) {
				best = append(best, p.Place)
			}
		}
	}
	for _, p := range best {
		if p.ID == chosen {
			return []Place{p}
		}
	}
	return best
}

// namedPlaces returns the place with an id, or the places with a name.
func (x *Index) namedPlaces(s string) []Place {
	if d := x.division(s); d != nil {
		return []Place{d.Place}
	}
	ps := pieces(s)
	if len(ps) != 1 || !ps[0].han {
		return nil
	}
	l, list := x.placeAt(ps[0].runes(), 0)
	if l != runeLen(ps[0].text) {
		return nil
	}
	return x.choose([][]place{list}, "")
}

// placeHits are the places a query names and nothing else.
func placeHits(list []Place) []Hit {
	var out []Hit
	for _, p := range list {
		out = append(out, Hit{Kind: kindWords[places], ID: p.ID, Name: p.Name, URL: places + "/" + p.ID + "/", Score: 2, Place: p.ID, Why: p.Parent})
	}
	return out
}
