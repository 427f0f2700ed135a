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
	d.handlers = map[string]handler{}
	for _, item := range c.Items {
		if h := c.handlerOf(d, item); h.org != nil {
			d.handlers[item.ID] = h
		}
	}
}

// handlerOf finds the org of d that takes the item on: by item, else by list, else by department.
func (c *Catalog) handlerOf(d *Division, item *Item) handler {
	var best handler
	var department *Org
	for _, o := range d.Orgs {
		rank := c.handles(o, item)
		if rank == 0 {
			continue
		}
		if rank == byDepartment && department == nil {
			department = o
		}
		switch {
		case best.org == nil || rank < best.rank:
			best = handler{org: o, rank: rank}
		case rank == best.rank && best.tie == nil:
			best.tie = o
		}
	}
	if best.rank < byDepartment && department != best.org {
		best.supervising = department
	}
	return best
}

// handles returns by what an org takes an item on, or 0.
func (c *Catalog) handles(o *Org, item *Item) int {
	h := o.Handles
	if h == nil || slices.Contains(h.Except, item.ID) {
		return 0
	}
	if slices.Contains(h.Items, item.ID) {
		return byItem
	}
	for _, l := range h.Lists {
		if list := c.Lists.Get(l); list != nil && slices.Contains(list.Record.Items, item.ID) {
			return byList
		}
	}
	if slices.Contains(h.Departments, item.Department) {
		return byDepartment
	}
	return 0
}

// Handler returns the org that takes an item on in this division, the department's own org where another won, and another org
// that claims it with equal right (a mistake in the records). All are nil where nobody does.
func (d *Division) Handler(item string) (org, supervising, tie *Org) {
	h := d.handlers[item]
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
