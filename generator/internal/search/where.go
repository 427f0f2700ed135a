package search

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Place is a place that a query names.
type Place struct {
	ID, Name string
	Parent   string // name of the place above it, which tells 桥西区 from 桥西区

	path []string // ids of the places above
}

// place is what a word for a place means.
type place struct {
	*Place
	short bool
}

// addUpperPlaces reads the places of the head.
func (x *Index) addUpperPlaces(section string) error {
	var before []rune
	var above []*Place
	for _, l := range strings.Split(section, "\n") {
		if section == "-" {
			break
		}
		f := strings.Split(l, "\t")
		if len(f) < 2 || f[0] == "" || f[1] == "" {
			return damaged(l)
		}
		same, err := strconv.ParseInt(f[0][:1], base, 0)
		depth, err2 := strconv.ParseInt(f[1][:1], base, 0)
		if err != nil || err2 != nil || int(same) > len(before) || int(depth) > len(above) {
			return damaged(l)
		}
		before = append(before[:same:same], []rune(f[0][1:])...)
		p := &Place{ID: string(before), Name: f[1][1:]}
		above = append(above[:depth:depth], p)
		if depth > 0 {
			up := above[depth-1]
			p.Parent = up.Name
			p.path = append([]string{up.ID}, up.path...)
		}
		x.places[p.ID] = p
		x.addWord(p.Name, place{p, false})
		for _, a := range strings.Fields(field(f, 2)) {
			x.addWord(a, place{p, false})
		}
		if short := shortName(p.Name); short != "" {
			x.addWord(short, place{p, true})
			for _, g := range strings.Fields(field(f, 3)) {
				x.runsOn[short+" "+g] = true
			}
		}
	}
	return nil
}

func (x *Index) addWord(word string, p place) {
	k := key(pieces(word))
	x.words[k] = append(x.words[k], p)
	for _, r := range k {
		x.occurs[r] = true
	}
}

// readTownships reads the townships whose names begin with a character.
func (x *Index) readTownships(first string) {
	n := shard(first, x.townshipFiles)
	if x.townshipFileRead[n] {
		return
	}
	lines, ok := x.lines("places/" + number(n))
	if !ok {
		return
	}
	x.townshipFileRead[n] = true
	for _, l := range lines {
		f := strings.Split(l, "\t")
		p := &Place{ID: field(f, 1), Name: field(f, 3)}
		if p.Name == "" {
			p.Name = f[0]
		}
		if up := x.places[field(f, 2)]; up != nil {
			p.Parent, p.path = up.Name, append([]string{up.ID}, up.path...)
		}
		x.addWord(f[0], place{p, false})
	}
}

// findPlaces looks for names of places in a query and returns the places each name can mean, and the query without the names.
func (x *Index) findPlaces(ps []piece) (found [][]place, rest []piece) {
	for _, p := range ps {
		if up := x.places[p.text]; up != nil { // by its code
			found = append(found, []place{{up, false}})
			continue
		}
		if !p.han {
			rest = append(rest, p)
			continue
		}
		rs := p.runes()
		start := 0
		for i := 0; i < len(rs); {
			if x.townshipAhead(rs, i) {
				x.readTownships(string(rs[i]))
			}
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

// longestPlace is the longest name of a place that is looked for.
const longestPlace = 16

// townshipAhead reports whether the name of a township may begin at i: no place of the upper levels does, and a character follows
// that such names end in, which is not the second of two neighbours in a name of the head (场 of 市场).
func (x *Index) townshipAhead(rs []rune, i int) bool {
	if l, _ := x.placeAt(rs, i); l > 0 {
		return false
	}
	for j := i + 1; j < len(rs) && j < i+longestPlace; j++ {
		if strings.ContainsRune(x.ends, rs[j]) && len(x.posts[string(rs[j-1:j+1])]) == 0 {
			return true
		}
	}
	return false
}

// placeAt returns the longest name of a place that begins at i and its length. A short name counts only where it does not run
// into a word that the index knows: 高新 in 高新技术企业 is no place.
func (x *Index) placeAt(rs []rune, i int) (int, []place) {
	for l := min(longestPlace, len(rs)-i); l >= 2; l-- {
		word := string(rs[i : i+l])
		list := x.words[word]
		if len(list) == 0 {
			continue
		}
		whole := slices.DeleteFunc(slices.Clone(list), func(p place) bool { return p.short })
		if len(whole) > 0 {
			return l, whole
		}
		known := func(a int) bool {
			g := string(rs[a : a+2])
			return len(x.posts[g]) > 0 || x.runsOn[word+" "+g]
		}
		if !(i+l < len(rs) && known(i+l-1)) && !(i > 0 && known(i-1)) {
			return l, list
		}
	}
	return 0, nil
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
			if n == most && !slices.ContainsFunc(best, func(b Place) bool { return b.ID == p.ID }) {
				best = append(best, *p.Place)
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

// namedPlaces returns the place with an id, or the places that a text names and nothing else: 桥西区, 张家口市桥西区.
func (x *Index) namedPlaces(s string) []Place {
	if d := x.division(s); d != nil {
		return []Place{d.Place}
	}
	found, rest := x.findPlaces(pieces(s))
	if len(rest) > 0 {
		return nil
	}
	return x.choose(found, "")
}

// placeHits are the places a query names and nothing else.
func placeHits(list []Place) []Hit {
	var out []Hit
	for _, p := range list {
		out = append(out, Hit{Kind: kindWord(places), ID: p.ID, Name: p.Name, URL: places + "/" + p.ID + "/", Score: 2, Place: p.ID, Why: p.Parent})
	}
	return out
}

// division is the second level: one place with what it handles.
type division struct {
	Place
	next  string          // id of the place that handles what this one does not
	own   map[int]string  // row of the item → flags
	lower map[int][]Place // row of the item → the places directly below that handle it
}

// division returns a place: one of the head by its file, a township by that of the place its id begins with. It returns nil where there
// is none.
func (x *Index) division(id string) *division {
	host := id
	for host != "" && x.places[host] == nil {
		host = host[:len(host)-1]
	}
	if host != "" && x.divisions[host] == nil {
		x.readDivision(host)
	}
	return x.divisions[id]
}

// readDivision reads the file of a place and of the townships below it.
func (x *Index) readDivision(id string) {
	s, err := x.part("division/" + id)
	if err != nil {
		x.err = err
		return
	}
	lines := strings.Split(s, "\n")
	if len(lines) != 5 {
		x.err = damaged(s)
		return
	}
	names, masks := strings.Split(lines[0], "\t"), strings.Split(lines[4], "\t")
	d := &division{Place: Place{ID: id, Name: names[0], Parent: field(names, 2)}, next: field(names, 1), own: offerRows(lines[1]), lower: map[int][]Place{}}
	x.divisions[id] = d
	flags := map[int]string{} // row → flags in each of the places below
	for row, ref := range offerRows(lines[2]) {
		n := 0
		for _, c := range ref {
			n = n*26 + int(c-'A')
		}
		flags[row] = field(masks, n)
	}
	for i, kid := range strings.Split(lines[3], "\t") {
		f := strings.Split(kid, " ")
		if kid == "" {
			break
		}
		p := &division{Place: Place{ID: f[0], Name: field(f, 1), Parent: d.Name}, next: cmp.Or(field(f, 2), id), own: map[int]string{}}
		for row, m := range flags {
			if i < len(m) && m[i] != '.' {
				p.own[row] = m[i : i+1]
				d.lower[row] = append(d.lower[row], p.Place)
			}
		}
		if x.places[p.ID] == nil {
			x.divisions[p.ID] = p
		}
	}
}

// chain returns a place and, in order, those that handle what the ones before do not: at most eight, whatever the files say.
func (x *Index) chain(d *division) []*division {
	var list []*division
	for ; d != nil && len(list) < 8; d = x.division(d.next) {
		list = append(list, d)
	}
	return list
}

// flagged reports whether one of the flags of an item in a place is set.
func flagged(flags string, flag byte) bool { return flags != "" && (flags[0]-'A')&flag != 0 }

// offerRows reads a line of items: the distance to the row before in lower-case digits, then capitals.
func offerRows(s string) map[int]string {
	rows := map[int]string{}
	at := 0
	for s != "" {
		n := strings.IndexFunc(s, isFlag)
		if n < 0 {
			break
		}
		step, err := strconv.ParseInt(s[:n], base, 32)
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

func isFlag(r rune) bool { return 'A' <= r && r <= 'Z' }

// settle says where a hit is handled for the place asked: there; below it, which the hit then lists; or by the nearest place that
// it answers to.
func (x *Index) settle(h *Hit, id string) {
	item, no, _ := strings.Cut(h.ID, "#")
	row, ok := x.byID[item]
	if !ok || h.Kind != "item" && h.Kind != "procedure" {
		return
	}
	d := x.division(id)
	if d == nil {
		return
	}
	if d.own[row] == "" && len(d.lower[row]) > 0 {
		for _, p := range d.lower[row] {
			h.Below = append(h.Below, Chip{Name: p.Name, URL: places + "/" + p.ID + "/" + item + ".html"})
		}
		return
	}
	for _, d := range x.chain(d) {
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
	if no != "" && len(x.rows[row].procedures) > 1 && !flagged(flags, flagPart) {
		url += "." + no
	}
	return url + ".html"
}
