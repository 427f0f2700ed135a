package search

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// offer is an item that a place handles: its row, and the flags as a letter.
type offer struct {
	row   int32
	flags byte
}

// offersOf returns what a place handles itself, in the order of the rows.
func (c *collection) offersOf(d *catalog.Division) []offer {
	offers := make([]offer, 0, len(d.Guides))
	for from, to := 0, 0; from < len(d.Guides); from = to {
		i := d.Guides[from].Item
		for to < len(d.Guides) && d.Guides[to].Item == i { // guides are in the order of their items
			to++
		}
		offers = append(offers, offer{int32(c.rowOf[i]), flags(i, d.Guides[from:to])})
	}
	slices.SortFunc(offers, func(a, b offer) int { return cmp.Compare(a.row, b.row) })
	return offers
}

// What the flags of an item in a place add up to; they are written as a letter from A, which is 0.
const (
	flagOnline byte = 1 << iota
	flagOnce
	flagPart
)

// flags says of an item in a place whether it can be handled online, whether one visit or none is enough, and whether not all procedures in
// force are handled. Guides are those of the item there.
func flags(i *catalog.Item, guides []*catalog.Guide) byte {
	online, once := false, true
	for _, g := range guides {
		online = online || g.Access.Online != nil && g.Access.Online.URL != ""
		once = once && g.Access.Visits != nil && *g.Access.Visits <= 1
	}
	n := byte(0)
	if online {
		n += flagOnline
	}
	if once {
		n += flagOnce
	}
	if !site.Single(i) && len(guides) < inForce(i) {
		n += flagPart
	}
	return 'A' + n
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

// divisionParts returns the second level, a file for every place of the head: what it handles, and what each of the places directly
// below it handles. Townships, of which there are ten times as many, have no file of their own: they lie in that of the place of the
// head with which their id begins.
func (c *collection) divisionParts() []part {
	offers := map[*catalog.Division][]offer{}
	below := map[*catalog.Division][]*catalog.Division{}
	for _, d := range c.site.Catalog.Divisions {
		offers[d] = c.offersOf(d)
		if up := c.host(d); up != nil {
			below[up] = append(below[up], d)
		}
	}
	var parts []part
	for _, d := range c.site.Catalog.Divisions {
		if d.Level == record.LevelTownship {
			continue
		}
		var children []string
		lower := map[int32][]byte{} // row → flags in each of the places below, a dot for one that does not handle it
		for n, child := range below[d] {
			next := c.next(child, offers[child])
			if next == d.ID {
				next = ""
			}
			children = append(children, strings.TrimSuffix(child.ID+" "+strings.ReplaceAll(plain(child.Name), " ", "\u00a0")+" "+next, " "))
			for _, o := range offers[child] {
				mask := lower[o.row]
				for len(mask) < n {
					mask = append(mask, '.')
				}
				lower[o.row] = append(mask, o.flags)
			}
		}
		var own, all offerLine
		for _, o := range offers[d] {
			own.add(o.row, string(o.flags))
		}
		masks := list{}
		for _, row := range slices.Sorted(maps.Keys(lower)) {
			all.add(row, letterNumber(masks.number(string(lower[row]))))
		}
		name := ""
		if d.Parent != nil {
			name = plain(d.Parent.Name)
		}
		parts = append(parts, part{"division/" + d.ID, strings.Join([]string{
			strings.Join([]string{plain(d.Name), c.next(d, offers[d]), name}, "\t"),
			string(own.text), string(all.text), strings.Join(children, "\t"), masks.line(),
		}, "\n")})
	}
	return parts
}

// offerLine is a line of items: the distance to the row before, the flags.
type offerLine struct {
	text []byte
	last int32
}

func (l *offerLine) add(row int32, flags string) {
	l.text = append(strconv.AppendInt(l.text, int64(row-l.last), base), flags...)
	l.last = row
}

// host is the place in whose file a place stands as one below it: for a township the one of the upper levels with the longest id that
// its own begins with, as a reader finds it who knows nothing but the id; for others the one they lie in.
func (c *collection) host(d *catalog.Division) *catalog.Division {
	if d.Level != record.LevelTownship {
		return d.Parent
	}
	for n := len(d.ID) - 1; n > 0; n-- {
		if up := c.site.Catalog.Division(d.ID[:n]); up != nil && up.Level != record.LevelTownship {
			return up
		}
	}
	return nil
}

// next is the id of the place that handles what this one does not: its superior, or, for one that serves nobody, the place that serves it.
func (c *collection) next(d *catalog.Division, own []offer) string {
	up := d.Superior
	if p := c.site.Catalog.Division(d.ServedBy); p != nil && len(own) == 0 {
		up = p
	}
	if up == nil || up == d {
		return ""
	}
	return up.ID
}

// letterNumber writes a number in capitals: A for 0, Z for 25, BA for 26.
func letterNumber(n int) string {
	s := string(rune('A' + n%26))
	if n >= 26 {
		return letterNumber(n/26) + s
	}
	return s
}
