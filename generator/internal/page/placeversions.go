package page

import (
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// placeVersionsView is the view of pages/placeversions: what a place said before, one part for each version, so that the second
// half of the version on a printed guide leads to exactly that text.
type placeVersionsView struct {
	Page
	Crumbs []Link
	Name   string
	Parts  []PlacePart
}

// PlacePart is a version of what a place says: to all guides, or to those of one procedure.
type PlacePart struct {
	Anchor, ID, Days string
	Item             string // "" where it is said to all guides
	Now              Link
	Changed          []CompareRow // from then to today
	Halls            []HallView
	Orgs             []Pair
	Own              []Pair // what the place said of its own, where it was not the standard's
}

// placeVersionPages are the pages of places that say something else than before.
func (b *builder) placeVersionPages(today output.Stamp) []output.File {
	var out []output.File
	for _, d := range b.site.Catalog.Divisions {
		keys := b.changedLocally(d)
		if len(keys) == 0 {
			continue
		}
		var all []*changes.Version
		for _, k := range keys {
			all = append(all, b.versions(k)...)
		}
		url := site.DivisionURL(d) + placeVersionsFile
		out = append(out, b.past(url, "pages/placeversions", b.versionsStamp(d.Name, all, today), func() (any, error) {
			return b.placeVersionsView(url, d, keys)
		}))
	}
	return out
}

// changedLocally are the versions of a place that had several: of what it says to all guides, then by procedure.
func (b *builder) changedLocally(d *catalog.Division) []versionKey {
	var out []versionKey
	if k := (versionKey{division: d}); b.versions(k) != nil {
		out = append(out, k)
	}
	for _, g := range d.Guides {
		if k := b.localKey(g); k.procedure != nil && b.versions(k) != nil {
			out = append(out, k)
		}
	}
	return out
}

func (b *builder) placeVersionsView(url string, d *catalog.Division, keys []versionKey) (*placeVersionsView, error) {
	v := &placeVersionsView{Page: b.head(url, b.say("place_versions", "place", d.Name), b.say("place_versions_lead", "place", d.Name)), Name: d.Name}
	v.Crumbs = b.trail(url, Link{URL: site.DivisionURL(d), Text: d.Name})
	v.Canonical = b.absolute(site.File(site.DivisionURL(d)))
	for _, k := range keys {
		list := b.versions(k)
		for _, old := range ago(list) {
			part, err := b.placePart(url, k, old, current(list))
			if err != nil {
				return nil, err
			}
			v.Parts = append(v.Parts, *part)
		}
	}
	return v, nil
}

func (b *builder) placePart(url string, k versionKey, old, now *changes.Version) (*PlacePart, error) {
	part := &PlacePart{Anchor: versionAnchor(k, old.ID), ID: old.ID, Days: b.daysOf(old)}
	part.Now = Link{URL: b.link(url, site.DivisionURL(k.division)), Text: k.division.Name}
	if now != nil {
		fields, err := old.To(now)
		if err != nil {
			return nil, err
		}
		part.Changed = b.compareRows(fields)
	}
	then, err := old.Place()
	if err != nil || then == nil {
		return part, err
	}
	halls, orgs := then.Halls, then.Orgs
	if k.procedure != nil {
		part.Item = k.procedure.Item.Name
		if k.procedure.Name != part.Item {
			part.Item += " " + k.procedure.Name
		}
		part.Now = Link{URL: b.link(url, site.OverviewURL(k.division, k.procedure.Item)), Text: part.Item}
		halls, orgs = shownIn(then, k.procedure)
		own, err := old.Own()
		if err != nil {
			return nil, err
		}
		// What is shown of bodies and halls is said below.
		own = slices.DeleteFunc(own, func(f changes.Field) bool {
			return strings.HasPrefix(f.Key, "orgs.") || strings.HasPrefix(f.Key, "halls.")
		})
		for _, f := range b.compareRows(own) {
			part.Own = append(part.Own, Pair{Label: f.Label, Value: or(f.New, b.say("compare_absent"))})
		}
	}
	for _, h := range halls {
		part.Halls = append(part.Halls, b.hallView(h))
	}
	for _, o := range orgs {
		part.Orgs = append(part.Orgs, Pair{Label: o.Name, Value: or(o.Phone, b.say("local_unknown", "phone", b.phone()))})
	}
	return part, nil
}

// shownIn are the halls and bodies that a place's guide of a procedure showed; all, where it had none.
func shownIn(d *catalog.Division, p *catalog.Procedure) (halls []*catalog.Hall, orgs []*catalog.Org) {
	for _, g := range d.Guides {
		if g.Item.ID != p.Item.ID || g.Procedure.No != p.No {
			continue
		}
		for _, place := range g.Places {
			if !slices.Contains(halls, place.Hall) {
				halls = append(halls, place.Hall)
			}
		}
		return halls, []*catalog.Org{g.Org}
	}
	return d.Halls, d.Orgs
}
