package search

import (
	"strings"

	"banshi/generator/internal/catalog"
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

// divisionParts returns the second level: for every place what it handles, and what only places below it handle, and which.
func (c *collection) divisionParts() []part {
	offers := map[*catalog.Division]map[string]*offer{}
	for _, d := range c.site.Catalog.Divisions {
		offers[d] = itemsOf(d)
	}
	var parts []part
	for _, d := range c.site.Catalog.Divisions {
		own := offers[d]
		lower := map[string]string{} // item → which of the places below, as a text of 0 and 1
		var children []string
		for n, child := range d.Children {
			children = append(children, child.ID+" "+plain(child.Name))
			for id := range offers[child] {
				if own[id] == nil {
					lower[id] += strings.Repeat("0", n-len(lower[id])) + "1"
				}
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
		parentName := ""
		if d.Parent != nil {
			parentName = plain(d.Parent.Name)
		}
		var masks list
		lines := []string{
			strings.Join([]string{plain(d.Name), upID, parentName}, "\t"),
			c.offerLine(func(id string) string { return own[id].flags(c, id) }),
			c.offerLine(func(id string) string {
				if lower[id] == "" {
					return ""
				}
				return letterNumber(masks.number(lower[id]))
			}),
		}
		if len(lower) > 0 {
			lines = append(lines, strings.Join(children, "\t"), strings.Join(masks.terms, "\t"))
		}
		parts = append(parts, part{"division/" + d.ID, strings.Join(lines, "\n")})
	}
	return parts
}

// letterNumber writes a number in capitals: A for 0, Z for 25, BA for 26.
func letterNumber(n int) string {
	s := string(rune('A' + n%26))
	if n >= 26 {
		return letterNumber(n/26) + s
	}
	return s
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
