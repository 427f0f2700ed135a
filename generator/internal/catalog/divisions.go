package catalog

import (
	"sort"
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

// linkDivisions makes the tree of places and gives each its orgs and halls.
func (c *Catalog) linkDivisions(s *Source) {
	c.divisions = map[string]*Division{}
	defaults := map[string]*record.Defaults{}
	var all []*Division
	for _, f := range s.Files {
		switch r := f.Record.(type) {
		case *record.Defaults:
			defaults[r.Level] = r
		case *record.Division:
			id := f.ID()
			if c.divisions[id] != nil {
				continue
			}
			own := *r // the id of a place is that of its folder; what the record says stays in the file for rules to compare
			own.ID = id
			d := &Division{Division: &own, File: f, Local: map[string]*File{}}
			c.divisions[id] = d
			all = append(all, d)
		}
	}
	for _, f := range s.Files {
		if f.Kind == record.KindImplementation {
			if d := c.divisions[f.IDs[0]]; d != nil {
				d.Local[f.IDs[1]] = f
			}
		}
	}
	c.linkTree(all)
	// Each step writes to its own place only and reads what the step before made of the others.
	parallel(len(c.Divisions), func(i int) {
		d := c.Divisions[i]
		d.exercise()
		d.addOrgs(defaults[d.Level])
		d.addHalls(defaults[d.Level])
	})
	parallel(len(c.Divisions), func(i int) {
		c.linkOrgs(c.Divisions[i])
		c.linkReferrals(c.Divisions[i])
	})
}

// linkTree sets parents and superiors and orders the places: each before those below it, siblings by id.
func (c *Catalog) linkTree(all []*Division) {
	memberOf := map[string]*Division{}
	for _, d := range all {
		for _, m := range d.Members {
			memberOf[m] = d
		}
	}
	var roots []*Division
	for _, d := range all {
		d.Parent = c.divisions[d.Division.Parent]
		d.Superior = d.Parent
		if r := c.divisions[d.ReportsTo]; r != nil {
			d.Superior = r
		}
		if m := memberOf[d.ID]; m != nil {
			d.Superior = m
		}
	}
	for _, d := range all {
		if d.Superior != nil && d.aboveItself() {
			d.Superior = nil // a mistake that rules report; the tree must stay one
		}
		if d.Superior == nil {
			roots = append(roots, d)
		} else {
			d.Superior.Children = append(d.Superior.Children, d)
		}
	}
	var walk func(ds []*Division)
	walk = func(ds []*Division) {
		sort.Slice(ds, func(i, j int) bool { return ds[i].ID < ds[j].ID })
		for _, d := range ds {
			c.Divisions = append(c.Divisions, d)
			walk(d.Children)
		}
	}
	walk(roots)
}

// aboveItself reports whether going up from d leads back to d.
func (d *Division) aboveItself() bool {
	seen := map[*Division]bool{}
	for up := d.Superior; up != nil && !seen[up]; up = up.Superior {
		if up == d {
			return true
		}
		seen[up] = true
	}
	return false
}

func (d *Division) exercise() {
	d.Exercises = d.Division.Exercises
	if len(d.Exercises) == 0 && d.Acts() && record.LevelRank(d.Level) >= 0 {
		d.Exercises = []string{d.Level}
	}
}

// exercisesLevel reports whether the division acts at the level.
func (d *Division) exercisesLevel(level string) bool { return contains(d.Exercises, level) }

// Ancestor returns the nearest place at or above d that acts at the level, or nil.
func (d *Division) Ancestor(level string) *Division {
	for n := 0; d != nil && n < 8; d, n = d.Superior, n+1 {
		if d.exercisesLevel(level) {
			return d
		}
	}
	return nil
}

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
	return strings.NewReplacer("{name}", d.Name, "{id}", d.ID, "{superior}", superior).Replace(s)
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
	if h == nil || contains(h.Except, item.ID) {
		return 0
	}
	if contains(h.Items, item.ID) {
		return byItem
	}
	for _, l := range h.Lists {
		if list := c.Lists.Get(l); list != nil && contains(list.Record.Items, item.ID) {
			return byList
		}
	}
	if contains(h.Departments, item.Department) {
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

func (c *Catalog) linkReferrals(d *Division) {
	for i := range d.Refers {
		r := &d.Refers[i]
		to := c.divisions[r.To]
		for _, item := range c.Items {
			if to != nil && item.Current() && (contains(r.Items, item.ID) || contains(r.Departments, item.Department)) {
				d.Referrals = append(d.Referrals, &Referral{Division: d, Item: item, To: to, Note: r.Note})
			}
		}
	}
}

// Referral returns the referral of the item in this division, or nil.
func (d *Division) Referral(item string) *Referral {
	for _, r := range d.Referrals {
		if r.Item.ID == item {
			return r
		}
	}
	return nil
}

// linkAgents finds which halls help with which items (代办).
func (c *Catalog) linkAgents() {
	c.agents = map[string][]*Hall{}
	for _, d := range c.Divisions {
		for _, h := range d.Halls {
			if h.Does == nil {
				continue
			}
			for _, item := range h.Does.Agent {
				c.agents[item] = append(c.agents[item], h)
			}
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
