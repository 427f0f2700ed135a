package catalog

import (
	"slices"
	"sort"

	"banshi/generator/internal/record"
)

// linkDivisions makes the tree of places and gives each its orgs and halls.
func (c *Catalog) linkDivisions(s *Source) {
	c.divisions = map[string]*Division{}
	defaults := map[string]*record.Defaults{}
	files := map[string]*File{} // the same by level
	var all []*Division
	for _, f := range s.Files {
		switch r := f.Record.(type) {
		case *record.Defaults:
			defaults[r.Level], files[r.Level] = r, f
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
		d.Defaults = files[d.Level]
		d.addOrgs(defaults[d.Level])
		d.addHalls(defaults[d.Level])
	})
	parallel(len(c.Divisions), func(i int) {
		c.linkOrgs(c.Divisions[i])
		c.linkReferrals(c.Divisions[i])
	})
	for _, d := range c.Divisions { // those above come first
		d.plain = len(d.Local) == 0 && (d.Superior == nil || d.Superior.plain)
	}
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
func (d *Division) exercisesLevel(level string) bool { return slices.Contains(d.Exercises, level) }

// Ancestor returns the nearest place at or above d that acts at the level, or nil.
func (d *Division) Ancestor(level string) *Division {
	for n := 0; d != nil && n < 8; d, n = d.Superior, n+1 {
		if d.exercisesLevel(level) {
			return d
		}
	}
	return nil
}

func (c *Catalog) linkReferrals(d *Division) {
	for i := range d.Refers {
		r := &d.Refers[i]
		to := c.divisions[r.To]
		for _, item := range c.Items {
			if to != nil && item.Current() && (slices.Contains(r.Items, item.ID) || slices.Contains(r.Departments, item.Department)) {
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
