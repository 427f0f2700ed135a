package site

import (
	"slices"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/record"
)

// Which feeds there are and what is in them is decided here: package feed writes them, package page shows each as a page and
// names it where feed readers look.

// The groups of feeds, which are the first part of their addresses.
const (
	FeedAll        = "all"
	FeedDivision   = "division"
	FeedDepartment = "department"
	FeedTopic      = "topic"
	FeedKind       = "kind"
)

// Feed is a list of changes that one can subscribe to.
type Feed struct {
	Group string // one of those above
	// ID tells it from others of its group: 139921, market, person/birth, created; "" in FeedAll.
	ID string
	// Name is the place, or the term of the department, topic or kind; "" in FeedAll.
	Name string
	// Division is the place of a feed of FeedDivision.
	Division *catalog.Division
	Entries  []*changes.Entry // newest first
}

// FeedsURL is the page that lists all feeds, ChangesURL that of all changes.
const (
	FeedsURL   = "feeds/"
	ChangesURL = "changes/"
)

// Path is the address of the feed's files, without an extension: feeds/division/139921.
func (f *Feed) Path() string {
	if f.ID == "" {
		return FeedsURL + f.Group
	}
	return FeedsURL + f.Group + "/" + f.ID
}

// PageURL is the page that shows the same changes: changes/division/139921/.
func (f *Feed) PageURL() string {
	if f.ID == "" {
		return ChangesURL
	}
	return ChangesURL + f.Group + "/" + f.ID + "/"
}

// feeds are all feeds, worked out when they are first asked for.
type feeds struct {
	once sync.Once
	all  []*Feed
	at   map[[2]string]*Feed
}

// Feeds returns all feeds: everything, the kinds of change, departments and topics in the order of their vocabularies, places in
// the order of the tree. A site without history has none. What nothing has changed in has a feed too, so that one can subscribe
// before something does.
func (s *Site) Feeds() []*Feed {
	if s.Changes == nil {
		return nil
	}
	s.feeds.once.Do(func() {
		s.feeds.all = s.makeFeeds()
		s.feeds.at = make(map[[2]string]*Feed, len(s.feeds.all))
		for _, f := range s.feeds.all {
			s.feeds.at[[2]string{f.Group, f.ID}] = f
		}
	})
	return s.feeds.all
}

// Feed returns the feed of a group, or nil.
func (s *Site) Feed(group, id string) *Feed {
	s.Feeds()
	return s.feeds.at[[2]string{group, id}]
}

// FeedOf returns the feed that has the changes of a place, which for a township is its county's, or nil.
func (s *Site) FeedOf(d *catalog.Division) *Feed {
	if d = countyOf(d); d == nil {
		return nil
	}
	return s.Feed(FeedDivision, d.ID)
}

func (s *Site) makeFeeds() []*Feed {
	touched := make([][]*catalog.Item, len(s.Changes))
	for n, e := range s.Changes {
		touched[n] = s.Touched(e)
	}
	out := []*Feed{{Group: FeedAll, Entries: s.Changes}}
	terms := func(group, prefix, vocab string, shown []*Facet, all bool, of func(*changes.Entry, []*catalog.Item) []string) {
		by := map[string][]*changes.Entry{}
		for n, e := range s.Changes {
			for _, term := range of(e, touched[n]) {
				if list := by[term]; len(list) == 0 || list[len(list)-1] != e {
					by[term] = append(list, e)
				}
			}
		}
		v := s.Catalog.Vocab[vocab]
		if v == nil {
			return
		}
		for _, t := range v.Terms {
			has := all || len(by[t.Term]) > 0 || slices.ContainsFunc(shown, func(f *Facet) bool { return f.Term == t.Term })
			if t.ID != "" && has {
				out = append(out, &Feed{Group: group, ID: prefix + t.ID, Name: t.Term, Entries: by[t.Term]})
			}
		}
	}
	terms(FeedKind, "", "event-kinds", nil, true, func(e *changes.Entry, _ []*catalog.Item) []string { return []string{e.Kind} })
	terms(FeedDepartment, "", "departments", s.Departments, false, departmentsOf)
	topics := func(pick func(*record.Topics) []string) func(*changes.Entry, []*catalog.Item) []string {
		return func(e *changes.Entry, items []*catalog.Item) []string { return topicsOfChange(e, items, pick) }
	}
	terms(FeedTopic, "person/", "topics-person", s.PersonTopics, false, topics(func(t *record.Topics) []string { return t.Person }))
	terms(FeedTopic, "legal/", "topics-legal", s.LegalTopics, false, topics(func(t *record.Topics) []string { return t.Legal }))
	for _, d := range s.Catalog.Divisions {
		if d.Acts() && d.Level != record.LevelTownship {
			out = append(out, &Feed{Group: FeedDivision, ID: d.ID, Name: d.Name, Division: d, Entries: s.concerning(d, touched)})
		}
	}
	return out
}

// Touched returns the items that a change is about: its own, or those that a changed record of a library reaches.
func (s *Site) Touched(e *changes.Entry) []*catalog.Item {
	var out []*catalog.Item
	for _, id := range append([]string{e.Subject.Item}, e.Items...) {
		if i := s.Catalog.Item(id); i != nil && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	return out
}

// departmentsOf returns the departments that guide what a change is about.
func departmentsOf(e *changes.Entry, items []*catalog.Item) []string {
	var out []string
	for _, i := range items {
		out = append(out, i.Department)
	}
	return append(out, e.Department) // also of an item that is no more
}

// topicsOfChange returns the topics of the procedures that a change is about.
func topicsOfChange(e *changes.Entry, items []*catalog.Item, pick func(*record.Topics) []string) []string {
	var out []string
	for _, i := range items {
		for _, p := range i.Procedures {
			if t := p.Relations.Topics; t != nil && (e.Subject.Procedure == "" || e.Subject.Procedure == p.No) {
				out = append(out, pick(t)...)
			}
		}
	}
	return out
}

// concerning returns the changes that concern a place: its own, those of what places of its level have in common, its townships',
// and those of items it handles, or would handle had the item not been cancelled. The changes of a city's counties are not among
// the city's.
func (s *Site) concerning(d *catalog.Division, touched [][]*catalog.Item) []*changes.Entry {
	handles := map[*catalog.Item]bool{}
	for _, g := range d.Guides {
		handles[g.Item] = true
	}
	for _, i := range s.Catalog.Items {
		if len(i.Guides) == 0 && slices.ContainsFunc(i.Levels, func(l string) bool { return slices.Contains(d.Exercises, l) }) {
			handles[i] = true
		}
	}
	var out []*changes.Entry
	for n, e := range s.Changes {
		if e.Subject.Kind == record.KindDefaults {
			if d.Defaults != nil && d.Defaults.ID() == e.Subject.ID {
				out = append(out, e)
			}
		} else if e.Subject.Division != "" {
			if countyOf(s.Catalog.Division(e.Subject.Division)) == d {
				out = append(out, e)
			}
		} else if slices.ContainsFunc(touched[n], func(i *catalog.Item) bool { return handles[i] }) {
			out = append(out, e)
		}
	}
	return out
}

// countyOf returns the place whose feed has a place's changes: itself, for a township its county, nil for none.
func countyOf(d *catalog.Division) *catalog.Division {
	for n := 0; d != nil && d.Level == record.LevelTownship && n < 8; n++ {
		d = d.Superior
	}
	return d
}
