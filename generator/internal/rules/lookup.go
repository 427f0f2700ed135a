package rules

import (
	"fmt"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// exists reports whether a reference leads to something.
func (c *checker) exists(kind string, at *place, s string) bool {
	switch kind {
	case "law":
		return c.Laws.Get(s) != nil
	case "material":
		return c.Materials.Get(s) != nil
	case "certificate":
		return c.Certificates.Get(s) != nil
	case "intermediary":
		return c.Intermediaries.Get(s) != nil
	case "document":
		return c.Documents.Get(s) != nil
	case "list":
		return c.Lists.Get(s) != nil
	case "bundle":
		return c.Bundles.Get(s) != nil
	case "mapping":
		return c.Mappings.Get(s) != nil
	case "item":
		return c.Item(s) != nil
	case "division":
		return c.Division(s) != nil
	case "release":
		return c.Source.Lookup(catalog.DataDir+"/"+record.Path(record.KindRelease, s)) != nil
	case "procedure":
		return c.hasProcedure(at, s)
	case "org":
		return c.hasOrg(at, s)
	case "hall":
		return c.hasHall(at, s)
	case "target":
		return c.hasTarget(s)
	}
	return true
}

// hasProcedure looks in the item of a procedure, or in the item that a step of a bundle names.
func (c *checker) hasProcedure(at *place, no string) bool {
	var item *catalog.Item
	switch r := at.file.Record.(type) {
	case *record.Procedure:
		item = c.Item(at.file.IDs[0])
	case *record.Benchmark:
		for i := range r.Entries {
			if at.path[1] == fmt.Sprint(i) {
				item = c.Item(r.Entries[i].Item)
			}
		}
	case *record.Bundle:
		for i := range r.Steps {
			if at.path[1] == fmt.Sprint(i) {
				item = c.Item(r.Steps[i].Item)
			}
		}
	}
	return item == nil || procedure(item, no) != nil
}

// procedure returns the procedure of an item with a number, or nil.
func procedure(i *catalog.Item, no string) *catalog.Procedure {
	for _, p := range i.Procedures {
		if p.No == no {
			return p
		}
	}
	return nil
}

// hasOrg looks for an org of the record's own division, or for division/org. Patterns of divisions/defaults are looked at
// where they are filled in.
func (c *checker) hasOrg(at *place, s string) bool {
	if strings.Contains(s, "{") {
		return true
	}
	if div, org, ok := strings.Cut(s, "/"); ok {
		d := c.Division(div)
		return d != nil && d.Org(org) != nil
	}
	if r, ok := at.file.Record.(*record.Defaults); ok {
		for i := range r.Orgs {
			if r.Orgs[i].ID == s {
				return true
			}
		}
		return false
	}
	d := c.Division(at.file.IDs[0])
	return d == nil || d.Org(s) != nil
}

// hasHall looks for a hall of the record's own division; agent points may also be those of the places below.
func (c *checker) hasHall(at *place, s string) bool {
	if r, ok := at.file.Record.(*record.Defaults); ok {
		for i := range r.Halls {
			if r.Halls[i].ID == s {
				return true
			}
		}
		return false
	}
	d := c.Division(at.file.IDs[0])
	if d == nil || d.Hall(s) != nil {
		return true
	}
	if at.path[len(at.path)-1] == "hall" {
		return false
	}
	for _, below := range d.Children {
		if below.Hall(s) != nil {
			return true
		}
	}
	return false
}

func (c *checker) hasTarget(s string) bool {
	if kind, id, ok := strings.Cut(s, ":"); ok {
		switch kind {
		case "bundle":
			return c.Bundles.Get(id) != nil
		case "material":
			return c.Materials.Get(id) != nil
		case "certificate":
			return c.Certificates.Get(id) != nil
		case "signpost":
			for i := range c.Signposts {
				if c.Signposts[i].ID == id {
					return true
				}
			}
		}
		return false
	}
	if !record.IsID(strings.Split(s, "#")[0]) {
		return c.isTerm(s)
	}
	id, no, numbered := strings.Cut(s, "#")
	item := c.Item(id)
	return item != nil && (!numbered || procedure(item, no) != nil)
}

// isTerm reports whether a vocabulary has the term: a synonym may lead to a subject.
func (c *checker) isTerm(s string) bool {
	for _, v := range c.Vocab {
		if v.Term(s) != nil {
			return true
		}
	}
	return false
}

// ids returns the ids that a reference of a kind could mean.
func (c *checker) ids(kind string, at *place) []string {
	switch kind {
	case "law":
		return idsOf(c.Laws.All)
	case "material":
		return idsOf(c.Materials.All)
	case "certificate":
		return idsOf(c.Certificates.All)
	case "intermediary":
		return idsOf(c.Intermediaries.All)
	case "document":
		return idsOf(c.Documents.All)
	case "list":
		return idsOf(c.Lists.All)
	case "mapping":
		return idsOf(c.Mappings.All)
	case "item", "target":
		out := make([]string, len(c.Items))
		for i, item := range c.Items {
			out[i] = item.ID
		}
		return out
	case "org", "hall":
		d := c.Division(at.file.IDs[0])
		if d == nil {
			return nil
		}
		var out []string
		for _, o := range d.Orgs {
			if kind == "org" {
				out = append(out, o.ID)
			}
		}
		for _, h := range d.Halls {
			if kind == "hall" {
				out = append(out, h.ID)
			}
		}
		return out
	}
	return nil
}

func idsOf[T any](entries []*catalog.Entry[T]) []string {
	out := make([]string, len(entries))
	for i, e := range entries {
		out[i] = e.ID
	}
	return out
}
