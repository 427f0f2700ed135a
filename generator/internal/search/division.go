package search

import (
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

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

// divisionParts returns the second level, a file for every place of the head: what it handles, and what each of the places directly
// below it handles. Townships, of which there are ten times as many, have no file of their own: they lie in that of the place of the
// head with which their id begins.
func (c *collection) divisionParts() []part {
	offers := map[*catalog.Division]map[string]*offer{}
	below := map[*catalog.Division][]*catalog.Division{}
	for _, d := range c.site.Catalog.Divisions {
		offers[d] = itemsOf(d)
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
		lower := map[string]string{} // item → flags of each of the places below, a dot for one that does not handle it
		for n, child := range below[d] {
			next := c.next(child, offers[child])
			if next == d.ID {
				next = ""
			}
			children = append(children, strings.TrimSuffix(child.ID+" "+strings.ReplaceAll(plain(child.Name), " ", "\u00a0")+" "+next, " "))
			for id, o := range offers[child] {
				lower[id] += strings.Repeat(".", n-len(lower[id])) + o.flags(c, id)
			}
		}
		name, masks := "", list{}
		if d.Parent != nil {
			name = plain(d.Parent.Name)
		}
		parts = append(parts, part{"division/" + d.ID, strings.Join([]string{
			strings.Join([]string{plain(d.Name), c.next(d, offers[d]), name}, "\t"),
			c.offerLine(func(id string) string { return offers[d][id].flags(c, id) }),
			c.offerLine(func(id string) string {
				if lower[id] == "" {
					return ""
				}
				return letterNumber(masks.number(lower[id]))
			}),
			strings.Join(children, "\t"),
			masks.line(),
		}, "\n")})
	}
	return parts
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
func (c *collection) next(d *catalog.Division, own map[string]*offer) string {
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

// flags returns "" for an item that is not handled, else a letter from A (0): 1 where it can be handled online, and 2 where one visit or
// none is enough, and 4 where not all procedures in force are handled.
func (o *offer) flags(c *collection, item string) string {
	if o == nil {
		return ""
	}
	var n byte
	if o.online {
		n += flagOnline
	}
	if o.once {
		n += flagOnce
	}
	if i := c.site.Catalog.Item(item); i != nil && !site.Single(i) && o.procedures < inForce(i) {
		n += flagPart
	}
	return letterNumber(int(n))
}

// What the flags of an item in a place add up to.
const (
	flagOnline byte = 1 << iota
	flagOnce
	flagPart
)

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
