package search

import (
	"cmp"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// wholePlaces is the length in bytes up to which all names of places are one file; above it they are cut into shards of about
// shardSize by first character.
const (
	wholePlaces = 64 << 10
	shardSize   = 16 << 10
)

// placeWord is a word for a place: its name, another name, or its name without 市, 县 or 区 (short).
type placeWord struct {
	word     string
	short    bool
	division *catalog.Division
}

// placeParts returns places.js, and its shards where there are too many names for one file.
func (c *collection) placeParts() []part {
	var words []placeWord
	for _, d := range c.site.Catalog.Divisions {
		seen := map[string]bool{}
		add := func(name string, short bool) {
			if k := key(pieces(name)); runeLen(k) >= 2 && !seen[k] {
				seen[k] = true
				words = append(words, placeWord{k, short, d})
			}
		}
		add(d.Name, false)
		for _, a := range d.Aliases {
			add(a, false)
		}
		add(shortName(d), true)
	}
	slices.SortFunc(words, func(a, b placeWord) int {
		return cmp.Or(cmp.Compare(a.word, b.word), cmp.Compare(a.division.ID, b.division.ID))
	})
	whole := placeLines(words)
	if len(whole) <= wholePlaces {
		return []part{{"places", whole}}
	}
	return placeShards(words)
}

// shortName is the name of a province, city or county as people say it, 涿鹿 for 涿鹿县, or "" where too little would be left.
// Townships keep theirs: 和平, 城关 and 新华 are words of their own.
func shortName(d *catalog.Division) string {
	if d.Level == record.LevelTownship {
		return ""
	}
	name := []rune(d.Name)
	if len(name) < 3 || !strings.ContainsRune("省市县区", name[len(name)-1]) {
		return ""
	}
	return string(name[:len(name)-1])
}

func placeLines(words []placeWord) string {
	var front frontCode
	var lines []string
	for _, w := range words {
		d := w.division
		name, mark := plain(d.Name), ""
		if key(pieces(name)) == w.word {
			name = ""
		}
		if w.short {
			mark = "s"
		}
		lines = append(lines, line(front.next(w.word), d.ID, strings.Join(path(d), " "), parentName(d), number(len(itemsOf(d))), name, mark))
	}
	return strings.Join(lines, "\n")
}

// placeShards cuts the words between two first characters wherever a shard is full. places.js then is a directory: a line "*",
// and for each shard the first characters of its words.
func placeShards(words []placeWord) []part {
	directory := []string{"*"}
	var parts []part
	for start := 0; start < len(words); {
		end, size, firsts := start, 0, ""
		for end < len(words) && size < shardSize {
			first := firstChar(words[end].word)
			for end < len(words) && firstChar(words[end].word) == first {
				size += len(words[end].word) + 40
				end++
			}
			firsts += first
		}
		parts = append(parts, part{"places/" + number(len(parts)), placeLines(words[start:end])})
		directory = append(directory, firsts)
		start = end
	}
	return append(parts, part{"places", strings.Join(directory, "\n")})
}

func firstChar(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// path returns the ids of the places above d by name, the nearest first, without the uppermost.
func path(d *catalog.Division) []string {
	var ids []string
	for p := d.Parent; p != nil && p.Parent != nil && len(ids) < 8; p = p.Parent {
		ids = append(ids, p.ID)
	}
	return ids
}

func parentName(d *catalog.Division) string {
	if d.Parent == nil {
		return ""
	}
	return plain(d.Parent.Name)
}

// offer is an item that a place handles.
type offer struct {
	online, once bool
	procedures   int
}

// itemsOf returns what a place handles itself, by item id.
func itemsOf(d *catalog.Division) map[string]*offer {
	offers := map[string]*offer{}
	for _, g := range d.Guides {
		o := offers[g.Item.ID]
		if o == nil {
			o = &offer{once: true}
			offers[g.Item.ID] = o
		}
		o.procedures++
		o.online = o.online || g.Access.Online != nil && g.Access.Online.URL != ""
		o.once = o.once && g.Access.Visits != nil && *g.Access.Visits <= 1
	}
	return offers
}

// divisionParts returns the second level: for every place what it handles, and what only places below it handle.
func (c *collection) divisionParts() []part {
	offers := map[*catalog.Division]map[string]*offer{}
	for _, d := range c.site.Catalog.Divisions {
		offers[d] = itemsOf(d)
	}
	var parts []part
	for _, d := range c.site.Catalog.Divisions {
		own := offers[d]
		lower := map[string]bool{}
		for _, child := range d.Children {
			for id := range offers[child] {
				lower[id] = lower[id] || own[id] == nil
			}
		}
		up := d.Superior
		if p := c.site.Catalog.Division(d.ServedBy); p != nil && len(own) == 0 {
			up = p
		}
		upID := ""
		if up != nil && up != d {
			upID = up.ID
		}
		parts = append(parts, part{"division/" + d.ID, strings.Join([]string{
			strings.Join([]string{plain(d.Name), upID, parentName(d)}, "\t"),
			c.offerLine(func(id string) string { return own[id].flags(c, id) }),
			c.offerLine(func(id string) string {
				if lower[id] {
					return "."
				}
				return ""
			}),
		}, "\n")})
	}
	return parts
}

// flags returns "" for an item that is not handled, else O where it can be handled online, S where one visit or none is enough,
// P where not all procedures in force are handled, or a dot where none of these holds.
func (o *offer) flags(c *collection, item string) string {
	if o == nil {
		return ""
	}
	s := ""
	if o.online {
		s += "O"
	}
	if o.once {
		s += "S"
	}
	if i := c.site.Catalog.Item(item); i != nil && !site.Single(i) && o.procedures < inForce(i) {
		s += "P"
	}
	if s == "" {
		s = "."
	}
	return s
}

func inForce(i *catalog.Item) int {
	n := 0
	for _, p := range i.Procedures {
		if p.Current {
			n++
		}
	}
	return n
}

// offerLine writes the items whose flags are not empty: the distance to the row before, the flags.
func (c *collection) offerLine(flags func(item string) string) string {
	var b strings.Builder
	last := 0
	for n, r := range c.rows {
		if r.kind != items {
			continue
		}
		if f := flags(r.id); f != "" {
			b.WriteString(number(n-last) + f)
			last = n
		}
	}
	return b.String()
}
