package catalog

import (
	"slices"
	"strings"

	"banshi/generator/internal/record"
)

// alone is the handling of whatever an org accepts and decides by itself; one value a level, because most guides are so.
func (o *Org) alone(level string) []Handling {
	if o.handling == nil || o.handling[0].Level != level {
		o.handling = []Handling{{AcceptHere: true, AcceptAt: []string{level}, Level: level, DecideHere: true, Decider: o}}
	}
	return o.handling
}

// handler is the org that takes an item on in a division, and the department's own org where another one won.
type handler struct {
	org, supervising *Org
	rank             int
	tie              *Org // another org of equal rank: an error that rules report
}

// The ranks of handling: an item named beats a list, a list beats a department.
const (
	byItem = iota + 1
	byList
	byDepartment
)

// addOrgs gives the division the defaults of its level and its own orgs; an own org with a default's id states differences.
func (d *Division) addOrgs(def *record.Defaults) {
	d.orgs = map[string]*Org{}
	if def != nil && d.Acts() {
		for i := range def.Orgs {
			o := def.Orgs[i]
			o.Name = fill(o.Name, d)
			o.Superior = fill(o.Superior, d)
			d.addOrg(&Org{Org: &o, Division: d, Default: true})
		}
	}
	for i := range d.Division.Orgs {
		own := &d.Division.Orgs[i]
		if base := d.orgs[own.ID]; base != nil && base.Default {
			merged := *base.Org
			if own.Name != "" {
				merged.NameStatus = ""
			}
			overlay(&merged, own, nil)
			base.Org, base.Default = &merged, false
			continue
		}
		d.addOrg(&Org{Org: own, Division: d})
	}
}

func (d *Division) addOrg(o *Org) {
	if d.orgs[o.ID] == nil {
		d.orgs[o.ID] = o
		d.Orgs = append(d.Orgs, o)
	}
}

func (d *Division) addHalls(def *record.Defaults) {
	d.halls = map[string]*Hall{}
	if def != nil && d.Acts() {
		for i := range def.Halls {
			h := def.Halls[i]
			h.Name = fill(h.Name, d)
			d.addHall(&Hall{Hall: &h, Division: d, Default: true})
		}
	}
	for i := range d.Division.Halls {
		own := &d.Division.Halls[i]
		if base := d.halls[own.ID]; base != nil && base.Default {
			merged := *base.Hall
			if own.Name != "" {
				merged.NameStatus = ""
			}
			overlay(&merged, own, nil)
			base.Hall, base.Default = &merged, false
			continue
		}
		d.addHall(&Hall{Hall: own, Division: d})
	}
}

func (d *Division) addHall(h *Hall) {
	if d.halls[h.ID] == nil {
		d.halls[h.ID] = h
		d.Halls = append(d.Halls, h)
	}
}

// fill puts the place into a pattern of divisions/defaults: {name}, and {id} of the place and {superior} of the one above it
// in references such as {superior}/tax.
func fill(s string, d *Division) string {
	if !strings.Contains(s, "{") {
		return s
	}
	superior := ""
	if d.Superior != nil {
		superior = d.Superior.ID
	}
	s = strings.ReplaceAll(s, "{name}", d.Name) // one after the other: making a Replacer costs more than all three
	return strings.ReplaceAll(strings.ReplaceAll(s, "{id}", d.ID), "{superior}", superior)
}

// linkOrgs finds superiors and who handles what.
func (c *Catalog) linkOrgs(d *Division) {
	for _, o := range d.Orgs {
		if div, org, ok := strings.Cut(o.Org.Superior, "/"); ok {
			if up := c.divisions[div]; up != nil {
				o.Superior = up.orgs[org]
			}
		} else {
			o.Superior = d.orgs[o.Org.Superior]
		}
		o.places = d.defaultPlaces(o)
	}
	d.claims = c.claimsOf(d)
}

// handlerOf finds the org of d that takes the item on: by item, else by list, else by department.
func (d *Division) handlerOf(item *Item) handler {
	var best handler
	var department *Org
	claim := func(o *Org, rank int) {
		switch {
		case best.org == nil:
			best = handler{org: o, rank: rank}
		case rank == best.rank && o != best.org && best.tie == nil:
			best.tie = o
		}
	}
	named := d.claims.items[item.ID]
	for _, o := range named {
		if !o.excepts(item) {
			claim(o, byItem)
		}
	}
	for _, l := range d.claims.lists {
		if l.items[item.ID] && !l.org.excepts(item) && !slices.Contains(named, l.org) {
			claim(l.org, byList)
		}
	}
	for _, o := range d.claims.departments[item.Department] {
		if o.excepts(item) || slices.Contains(named, o) || d.claims.listed(o, item) {
			continue
		}
		if department == nil {
			department = o
		}
		claim(o, byDepartment)
	}
	if best.rank < byDepartment {
		best.supervising = department
	}
	return best
}

// excepts reports whether the org says that it does not take the item on.
func (o *Org) excepts(item *Item) bool { return slices.Contains(o.Handles.Except, item.ID) }

// claims is what the orgs of a division say they handle, in the order of the orgs. Asking each of forty orgs about each of 2,500
// items in each of 2,400 places took a third of a check.
type claims struct {
	items       map[string][]*Org
	lists       []listClaim
	departments map[string][]*Org
}

type listClaim struct {
	org   *Org
	items map[string]bool // of the list; one value for all who name it
}

// listed reports whether an org takes the item on by a list.
func (c *claims) listed(o *Org, item *Item) bool {
	return slices.ContainsFunc(c.lists, func(l listClaim) bool { return l.org == o && l.items[item.ID] })
}

// claimsOf collects what the orgs of a division say they handle.
func (c *Catalog) claimsOf(d *Division) claims {
	out := claims{items: map[string][]*Org{}, departments: map[string][]*Org{}}
	for _, o := range d.Orgs {
		h := o.Handles
		if h == nil {
			continue
		}
		for _, id := range h.Items {
			out.items[id] = append(out.items[id], o)
		}
		for _, l := range h.Lists {
			if items := c.listed[l]; items != nil {
				out.lists = append(out.lists, listClaim{o, items})
			}
		}
		for _, name := range h.Departments {
			out.departments[name] = append(out.departments[name], o)
		}
	}
	return out
}

// listItems makes a set of the items of every list.
func (c *Catalog) listItems() {
	c.listed = make(map[string]map[string]bool, len(c.Lists.All))
	for _, l := range c.Lists.All {
		items := make(map[string]bool, len(l.Record.Items))
		for _, id := range l.Record.Items {
			items[id] = true
		}
		c.listed[l.ID] = items
	}
}

// Handler returns the org that takes an item on in this division, the department's own org where another won, and another org
// that claims it with equal right (a mistake in the records). All are nil where nobody does.
func (d *Division) Handler(item *Item) (org, supervising, tie *Org) {
	h := d.handlerOf(item)
	return h.org, h.supervising, h.tie
}

// defaultPlaces is where an org's matters are handled unless a record says otherwise: the hall it names, else the division's
// first hall.
func (d *Division) defaultPlaces(o *Org) []Place {
	if h := d.halls[o.Org.Hall]; h != nil {
		return []Place{{Hall: h}}
	}
	if o.Org.Hall == "" && len(d.Halls) > 0 && o.Kind != kindUtility {
		return []Place{{Hall: d.Halls[0]}}
	}
	return nil
}

// kindUtility is the kind of orgs that have counters of their own rather than the hall's.
const kindUtility = "公共服务企业"
