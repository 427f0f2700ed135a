package search

import (
	"errors"
	"io/fs"
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

// division is the second level: one place with what it handles.
type division struct {
	Place
	up    string         // id of the place that handles what this one does not
	own   map[int]string // row of the item → flags
	lower map[int]string
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

// division returns a place's file, or nil where there is none.
func (x *Index) division(id string) *division {
	if d, ok := x.divisions[id]; ok {
		return d
	}
	if id == "" || strings.Trim(id, "0123456789abcdefghijklmnopqrstuvwxyz-") != "" {
		return nil // no id: the name of a place, or a path
	}
	s, err := x.part("division/" + id)
	if errors.Is(err, fs.ErrNotExist) {
		x.divisions[id] = nil
		return nil
	}
	if err != nil {
		x.err = err
		return nil
	}
	lines := strings.Split(s, "\n")
	names := strings.Split(lines[0], "\t")
	d := &division{Place: Place{ID: id, Name: names[0], Parent: field(names, 2)}, up: field(names, 1)}
	d.own, d.lower = offerRows(field(lines, 1)), offerRows(field(lines, 2))
	x.divisions[id] = d
	return d
}

// offerRows reads a line of items: the distance to the row before in lower-case digits, flags in capitals or a dot.
func offerRows(s string) map[int]string {
	rows := map[int]string{}
	at := 0
	for s != "" {
		n := strings.IndexFunc(s, isFlag)
		if n < 0 {
			break
		}
		step, err := strconv.ParseInt(s[:n], base, 0)
		if err != nil {
			break
		}
		s = s[n:]
		m := strings.IndexFunc(s, func(r rune) bool { return !isFlag(r) })
		if m < 0 {
			m = len(s)
		}
		at += int(step)
		rows[at] = s[:m]
		s = s[m:]
	}
	return rows
}

func isFlag(r rune) bool { return r == '.' || 'A' <= r && r <= 'Z' }

// offered returns the items that a place or only those below it handle.
func (x *Index) offered(id string) map[int]string {
	d := x.division(id)
	if d == nil {
		return nil
	}
	rows := map[int]string{}
	for r, f := range d.lower {
		rows[r] = f
	}
	for r, f := range d.own {
		rows[r] = f
	}
	return rows
}

// settle says where a hit is handled for the place asked: there; below it, which the item's page lists; or by the nearest
// place that it answers to.
func (x *Index) settle(h *Hit, id string) {
	item, no, _ := strings.Cut(h.ID, "#")
	row, ok := x.byID[items+"/"+item]
	if !ok || h.Kind != "item" && h.Kind != "procedure" {
		return
	}
	d := x.division(id)
	if d == nil || d.own[row] == "" && d.lower[row] != "" {
		return
	}
	for n := 0; d != nil && n < 8; d, n = x.division(d.up), n+1 {
		flags := d.own[row]
		if flags == "" {
			continue
		}
		h.Place = d.ID
		h.URL = x.guideURL(d.ID, item, no, row, flags)
		for i, p := range x.rows[row].procedures {
			if i < len(h.Chips) {
				_, number, _ := strings.Cut(x.rows[p].id, "#")
				h.Chips[i].URL = x.guideURL(d.ID, item, number, row, flags)
			}
		}
		return
	}
}

// guideURL is the page of an item or procedure in a place; the overview where the place does not handle every procedure.
func (x *Index) guideURL(id, item, no string, row int, flags string) string {
	url := places + "/" + id + "/" + item
	if no != "" && len(x.rows[row].procedures) > 1 && !strings.Contains(flags, "P") {
		url += "." + no
	}
	return url + ".html"
}

// placeHits are the places a query names and nothing else.
func placeHits(list []Place) []Hit {
	var out []Hit
	for _, p := range list {
		out = append(out, Hit{Kind: kindWords[places], ID: p.ID, Name: p.Name, URL: places + "/" + p.ID + "/", Score: 2, Place: p.ID, Why: p.Parent})
	}
	return out
}
