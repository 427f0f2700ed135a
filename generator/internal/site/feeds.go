package site

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/record"
)

// Feeds are addressed without their extension: package feed adds one for each format. Which feeds there are is decided here, so
// that pages name those that are written and no others.

// FeedOfAll is the feed of everything; a site with history has it.
const FeedOfAll = "feeds/all"

// FeedOfDivision is the address of a place's feed.
func FeedOfDivision(d *catalog.Division) string { return "feeds/division/" + d.ID }

// FeedOfDepartment is the address of the feed of a department, by the id of its term.
func FeedOfDepartment(id string) string { return "feeds/department/" + id }

// HasFeed reports whether a place has a feed: it acts, something concerns it, and it is no township, whose changes are in the
// feed of its county.
func (s *Site) HasFeed(d *catalog.Division) bool {
	if d.Level == record.LevelTownship || !d.Acts() {
		return false
	}
	return slices.ContainsFunc(s.Changes, s.FedTo(d))
}

// HasDepartmentFeed reports whether anything changed in the items of a department, named by its term.
func (s *Site) HasDepartmentFeed(term string) bool {
	return slices.ContainsFunc(s.Changes, func(e *changes.Entry) bool { return e.Department == term })
}

// FedTo returns what tells the changes that concern a place: its own, its townships', and those of items it handles, or would
// handle had the item not been cancelled. The changes of a city's counties are not among the city's.
func (s *Site) FedTo(d *catalog.Division) func(*changes.Entry) bool {
	concerns := map[string]bool{}
	for _, g := range d.Guides {
		concerns[g.Item.ID] = true
	}
	for _, i := range s.Catalog.Items {
		if len(i.Guides) == 0 && slices.ContainsFunc(i.Levels, func(l string) bool { return slices.Contains(d.Exercises, l) }) {
			concerns[i.ID] = true
		}
	}
	return func(e *changes.Entry) bool {
		if e.Subject.Division == "" {
			return e.Subject.Item != "" && concerns[e.Subject.Item]
		}
		return countyOf(s.Catalog.Division(e.Subject.Division)) == d
	}
}

// countyOf returns the place whose feed has a place's changes: itself, for a township its county, nil for none.
func countyOf(d *catalog.Division) *catalog.Division {
	for n := 0; d != nil && d.Level == record.LevelTownship && n < 8; n++ {
		d = d.Superior
	}
	return d
}
