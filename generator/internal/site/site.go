// Package site is what will be shown: routes, facets, lists, backlinks and changes, derived from a Catalog once and then only
// read. It knows no HTML and no file formats; packages page, dump, feed and search turn it into files.
package site

import (
	"slices"
	"sort"

	"banshi/generator/internal/article"
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/config"
	"banshi/generator/internal/record"
	"banshi/generator/internal/zh"
)

// Site is the library ready to be shown.
type Site struct {
	Config   *config.Config
	Catalog  *catalog.Catalog
	Articles []*article.Article
	// Root is the place whose portal this is.
	Root *catalog.Division
	// Sample is true while any sample record is published: the whole site is then a demonstration.
	Sample bool
	// Commit is the revision the records come from, or "" without history.
	Commit string

	// Items are those that have a page, by id.
	Items []*catalog.Item
	// Consultation says that this is the site that drafts are put to comment with: every page says so, and crawlers stay away.
	Consultation bool
	// Published is the address of the plain site, where a consultation site has one of its own; else "".
	Published string
	// Drafts are the records that are not published, by path; none in a plain site.
	Drafts []*State
	// Proposed is what would change beside the drafts, where a draft site is compared with another revision.
	Proposed []*changes.Entry

	PersonTopics []*Facet
	LegalTopics  []*Facet
	LifeStages   []*Facet
	Departments  []*Facet
	Types        []*Facet
	Levels       []*Facet
	Letters      []*Facet

	// Changes are newest first; nil without history.
	Changes []*changes.Entry
	// Past has every version of what was published; nil without history.
	Past *changes.Past
	// Downloads asks what package dump publishes; nil where it publishes nothing.
	Downloads func() Downloads
	// Trend is how figures of the whole library stood at the end of past months, the oldest first; none where the history is shorter.
	Trend []TrendPoint
	// NoHistory says that the site was built without history, so that pages can say so.
	NoHistory bool

	order     map[*catalog.Item]int // place of each item by pinyin
	draftOf   map[*catalog.File]*State
	backlinks backlinks
	later     later
	feeds     feeds
}

// Facet is one value of a classification with the items that have it, ordered by pinyin. ID names its page.
type Facet struct {
	ID, Code, Term string
	Items          []*catalog.Item
}

// Input is everything a Site is derived from.
type Input struct {
	Config    *config.Config
	Catalog   *catalog.Catalog
	Articles  []*article.Article
	Changes   []*changes.Entry
	Past      *changes.Past
	Trend     []TrendPoint
	NoHistory bool
	Commit    string
	// Consultation asks for a site that drafts are put to comment with; Proposed is what it would change.
	Consultation bool
	Published    string
	Proposed     []*changes.Entry
}

// Derive makes a Site.
func Derive(in Input) *Site {
	c := in.Catalog
	s := &Site{Config: in.Config, Catalog: c, Articles: in.Articles, Root: c.Division(in.Config.Division),
		Changes: in.Changes, Past: in.Past, Trend: in.Trend, NoHistory: in.NoHistory, Commit: in.Commit, Consultation: in.Consultation, Published: in.Published}
	s.rank()
	s.drafts(in.Proposed)
	for _, item := range c.Items {
		s.Items = append(s.Items, item)
		if item.CodeStatus != "official" {
			s.Sample = true
		}
	}
	s.PersonTopics = s.facets("topics-person", topicsOf(func(t *record.Topics) []string { return t.Person }))
	s.LegalTopics = s.facets("topics-legal", topicsOf(func(t *record.Topics) []string { return t.Legal }))
	s.LifeStages = s.facets("life-stages", topicsOf(func(t *record.Topics) []string { return t.LifeStage }))
	s.Departments = s.facets("departments", func(i *catalog.Item) []string { return []string{i.Department} })
	s.Types = s.facets("item-types", func(i *catalog.Item) []string { return []string{i.Type} })
	s.Levels = s.facets("levels", func(i *catalog.Item) []string { return i.Levels })
	s.Letters = s.letters()
	s.link()
	return s
}

// Listed reports whether an item belongs on the lists people browse: in force, and no draft.
func Listed(i *catalog.Item) bool { return i.Current() }

// topicsOf collects topics over the procedures of an item.
func topicsOf(pick func(*record.Topics) []string) func(*catalog.Item) []string {
	return func(i *catalog.Item) []string {
		var out []string
		for _, p := range i.Procedures {
			if t := p.Relations.Topics; t != nil && p.Current {
				out = append(out, pick(t)...)
			}
		}
		return out
	}
}

// facets groups listed items by the terms of a vocabulary, in the vocabulary's order; terms nobody has are left out.
func (s *Site) facets(vocab string, of func(*catalog.Item) []string) []*Facet {
	v := s.Catalog.Vocab[vocab]
	if v == nil {
		return nil
	}
	byTerm := map[string]*Facet{}
	var out []*Facet
	for i := range v.Terms {
		t := &v.Terms[i]
		f := &Facet{ID: t.ID, Code: t.Code, Term: t.Term}
		byTerm[t.Term] = f
		out = append(out, f)
	}
	for _, item := range s.Items {
		if !Listed(item) {
			continue
		}
		for _, term := range of(item) {
			f := byTerm[term]
			if f != nil && (len(f.Items) == 0 || f.Items[len(f.Items)-1] != item) {
				f.Items = append(f.Items, item)
			}
		}
	}
	return s.filled(out)
}

func (s *Site) filled(facets []*Facet) []*Facet {
	var out []*Facet
	for _, f := range facets {
		if len(f.Items) == 0 {
			continue
		}
		s.ByName(f.Items)
		out = append(out, f)
	}
	return out
}

// ByName sorts items by the pinyin of their names.
func (s *Site) ByName(items []*catalog.Item) {
	slices.SortFunc(items, func(a, b *catalog.Item) int { return s.order[a] - s.order[b] })
}

// Rank is the place of an item among all of the catalog by the pinyin of their names, from 0.
func (s *Site) Rank(i *catalog.Item) int { return s.order[i] }

// rank orders the items by the pinyin of their names once: lists of items are sorted in many places.
func (s *Site) rank() {
	items := slices.Clone(s.Catalog.Items)
	slices.SortStableFunc(items, func(a, b *catalog.Item) int { return zh.Compare(a.Name, b.Name) })
	s.order = make(map[*catalog.Item]int, len(items))
	for i, item := range items {
		s.order[item] = i
	}
}

// letters groups listed items by the first letter of their name's pinyin.
func (s *Site) letters() []*Facet {
	by := map[string]*Facet{}
	for _, item := range s.Items {
		if !Listed(item) {
			continue
		}
		l := zh.FirstLetter(item.Name)
		if by[l] == nil {
			by[l] = &Facet{ID: l, Term: l}
		}
		by[l].Items = append(by[l].Items, item)
	}
	var out []*Facet
	for _, f := range by {
		out = append(out, f)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return s.filled(out)
}
