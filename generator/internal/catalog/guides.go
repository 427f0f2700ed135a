package catalog

import (
	"banshi/generator/internal/record"
	"slices"
)

// makeGuides makes one guide for every procedure that a division takes on. A division takes on an item when one of the levels
// it exercises is among the item's and one of its orgs handles it; or when it accepts for a superior; or when its record names
// the document that entrusts it.
func (c *Catalog) makeGuides() {
	c.handed.terms = map[handedKey]*Terms{}
	at := map[string][]*Item{}
	for _, l := range record.Levels {
		for _, item := range c.Items {
			if item.at(l) {
				at[l] = append(at[l], item)
			}
		}
	}
	parallel(len(c.Divisions), func(i int) {
		d := c.Divisions[i]
		items := c.Items
		if len(d.Exercises) == 1 && len(d.Local) == 0 { // most townships: a handful of items, and nothing entrusted to them
			items = at[d.Exercises[0]]
		}
		c.guidesIn(d, items)
	})
	n := 0
	for _, d := range c.Divisions {
		n += len(d.Guides)
	}
	c.Guides = make([]*Guide, 0, n)
	for _, d := range c.Divisions {
		c.Guides = append(c.Guides, d.Guides...)
		for _, g := range d.Guides {
			g.Item.Guides = append(g.Item.Guides, g)
		}
	}
	c.handed.terms = nil // the guides hold what they need of it
}

// guidesIn makes the guides of one place from the items that it may take on, in one piece of memory.
func (c *Catalog) guidesIn(d *Division, items []*Item) {
	type part struct {
		handler
		level    string
		p        *Procedure
		handling []Handling
	}
	parts := make([]part, 0, len(items))
	for _, item := range items {
		level, ok := c.takesOn(d, item)
		if !ok {
			continue
		}
		h := d.handlerOf(item)
		if h.org == nil {
			continue
		}
		for _, p := range item.Procedures {
			if !p.Current {
				continue
			}
			if handling := c.handling(d, h.org, level, p); handling != nil {
				parts = append(parts, part{h, level, p, handling})
			}
		}
	}
	guides := make([]Guide, len(parts))
	d.Guides = make([]*Guide, len(parts))
	for i := range parts {
		t, g := &parts[i], &guides[i]
		*g = Guide{
			Division: d, Item: t.p.Item, Procedure: t.p, Level: t.level, Org: t.org, Supervising: t.supervising,
			Handling: t.handling, Terms: c.termsOf(d, t.p),
		}
		if id := g.Local.Org; id != "" && d.orgs[id] != nil {
			g.Org = d.orgs[id]
		}
		g.Places = c.places(g)
		g.Agents = c.agentsOf(d, g.Item)
		d.Guides[i] = g
	}
}

// takesOn reports whether d is one of the places that handle the item, and at which level.
func (c *Catalog) takesOn(d *Division, item *Item) (level string, ok bool) {
	if !(item.Current() || c.Draft && item.Status == record.StatusDraft) || len(item.Children) > 0 || !d.Acts() {
		return "", false
	}
	if len(item.Scope) > 0 && !d.within(item.Scope) {
		return "", false
	}
	if d.Referral(item.ID) != nil || d.declines(item.ID) {
		return "", false
	}
	for _, l := range d.Exercises {
		if item.at(l) {
			return l, true
		}
	}
	if f := d.Local[item.ID]; f != nil && f.Record.(*record.Implementation).EntrustedBy != "" && len(d.Exercises) > 0 {
		return d.Exercises[0], true
	}
	return "", false
}

// within reports whether d or a place above it is among the ids.
func (d *Division) within(ids []string) bool {
	for n := 0; d != nil && n < 8; d, n = d.Superior, n+1 {
		if slices.Contains(ids, d.ID) {
			return true
		}
	}
	return false
}

func (d *Division) declines(item string) bool {
	for _, n := range d.NotAdopted {
		if n.Item == item {
			return true
		}
	}
	return false
}

// at reports whether the item is handled at the level, or accepted there for a superior.
func (i *Item) at(level string) bool {
	if slices.Contains(i.Levels, level) {
		return true
	}
	for _, p := range i.Procedures {
		for _, a := range p.Powers.Authority {
			if p.Current && slices.Contains(a.Accept, level) {
				return true
			}
		}
	}
	return false
}

// handling says, case by case, whether the matter is accepted at the level of d and who decides it. It returns nil where d has
// no part in any case.
func (c *Catalog) handling(d *Division, org *Org, level string, p *Procedure) []Handling {
	if len(p.Powers.Authority) == 0 {
		return org.alone(level)
	}
	var out []Handling
	part := false
	for _, a := range p.Powers.Authority {
		decide := a.Decide
		if e := c.entrusted(d, p); e != "" && e == level {
			decide = level
		}
		accept := a.Accept
		if len(accept) == 0 {
			accept = []string{decide}
		}
		h := Handling{When: a.When, AcceptAt: accept, AcceptHere: slices.Contains(accept, level), Level: decide, DecideHere: decide == level}
		if at := d.Ancestor(decide); at != nil {
			h.Decider = at.handlerOf(p.Item).org
		}
		part = part || h.AcceptHere || h.DecideHere
		out = append(out, h)
	}
	if !part {
		return nil
	}
	return out
}

// entrusted returns the level to which the place above d hands its decision, or "".
func (c *Catalog) entrusted(d *Division, p *Procedure) string {
	if d.Superior == nil {
		return ""
	}
	f := d.Superior.Local[p.Item.ID]
	if f == nil {
		return ""
	}
	r := f.Record.(*record.Implementation)
	if pt := r.Procedure[p.No]; pt != nil && pt.Entrusted != nil {
		return pt.Entrusted.To
	}
	if r.Entrusted != nil {
		return r.Entrusted.To
	}
	return ""
}

// places returns where the matter is handled: what the record says, else windows of the org's hall that name the item or its
// department, else the org's place.
func (c *Catalog) places(g *Guide) []Place {
	if g.Local.Places != nil {
		var out []Place
		for i := range g.Local.Places {
			p := &g.Local.Places[i]
			h := g.Division.halls[p.Hall]
			if h == nil {
				continue
			}
			out = append(out, Place{Hall: h, Window: h.window(p.Window), Role: p.Role})
		}
		return out
	}
	base := g.Org.places
	if len(base) == 1 && len(base[0].Hall.Windows) > 0 {
		if w := base[0].Hall.windowFor(g.Item); w != nil {
			return []Place{{Hall: base[0].Hall, Window: w}}
		}
	}
	return base
}

func (h *Hall) window(number string) *record.Window {
	for i := range h.Windows {
		if h.Windows[i].Number == number && number != "" {
			return &h.Windows[i]
		}
	}
	return nil
}

// windowFor returns the window that names the item, else the one that names its department.
func (h *Hall) windowFor(item *Item) *record.Window {
	for i := range h.Windows {
		if slices.Contains(h.Windows[i].Items, item.ID) {
			return &h.Windows[i]
		}
	}
	for i := range h.Windows {
		if slices.Contains(h.Windows[i].Departments, item.Department) {
			return &h.Windows[i]
		}
	}
	return nil
}

// agentsOf returns the halls in d and below it that help with the item.
func (c *Catalog) agentsOf(d *Division, item *Item) []*Hall {
	var out []*Hall
	for _, h := range c.agents[item.ID] {
		if h.Division.within([]string{d.ID}) {
			out = append(out, h)
		}
	}
	return out
}
