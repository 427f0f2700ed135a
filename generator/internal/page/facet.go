package page

import (
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// facetKind is a classification by which people find items: its folder, its words and its values.
type facetKind struct {
	folder string
	word   string // key of the name; word_lead says what the page is for
	facets []*site.Facet
	vocab  string // its vocabulary, for definitions
}

// facetPages are the classifications one browses by: departments, types, levels, letters and events of life, each with a
// page that lists its values and a page for each value.
func (b *builder) facetPages() []output.File {
	s := b.site
	kinds := []facetKind{
		{"departments/", "facet_departments", s.Departments, "departments"},
		{"types/", "facet_types", s.Types, "item-types"},
		{"levels/", "facet_levels", s.Levels, "levels"},
		{"life-events/", "facet_life", s.LifeStages, "life-stages"},
	}
	var out []output.File
	for _, k := range kinds {
		out = append(out, b.facetIndex(k))
		for _, f := range k.facets {
			if f.ID != "" {
				out = append(out, b.facetPage(k, f))
			}
		}
	}
	return append(out, b.letterPage())
}

func (b *builder) facetIndex(k facetKind) output.File {
	title, lead := b.say(k.word), b.say(k.word+"_lead")
	return b.page(k.folder, "pages/listing", b.listing(k.folder, title, lead, func(v *listingView) {
		v.Crumbs, v.Lead = b.trail(k.folder), lead
		v.Chips = b.browseChips(k.folder)
		v.Groups = []Group{{ID: "all", Title: b.say("group_all"), Index: b.counts(k.folder, k.folder, k.facets)}}
	}))
}

// facetPage lists the items of one value. Departments and types are grouped by the other of the two, so that a long list has
// headings.
func (b *builder) facetPage(k facetKind, f *site.Facet) output.File {
	url := k.folder + f.ID + "/"
	title := f.Term
	description := b.say("facet_description", "kind", b.say(k.word), "name", f.Term, "n", itoa(len(f.Items)))
	return b.page(url, "pages/listing", b.listing(url, title, description, func(v *listingView) {
		v.Crumbs = b.trail(url, Link{URL: k.folder, Text: b.say(k.word)})
		v.Meta = []string{b.say("n_items", "n", itoa(len(f.Items)))}
		if t := b.site.Catalog.Vocab[k.vocab].Term(f.Term); t != nil {
			v.Lead = t.Definition
			if len(t.Aliases) > 0 {
				v.Meta = append(v.Meta, b.say("also_called", "names", strings.Join(t.Aliases, "、")))
			}
		}
		by := func(i *catalog.Item) string { return i.Department }
		if k.vocab == "departments" {
			by = func(i *catalog.Item) string { return i.Type }
		}
		v.Groups = b.itemGroups(url, f.Items, by)
		if k.vocab == "departments" {
			v.Feeds = b.feedsOf(url, b.site.Feed(site.FeedDepartment, f.ID))
		}
		if k.vocab == "life-stages" {
			v.Groups = append(b.stageBundles(url, f.Term), v.Groups...)
		}
	}))
}

// itemGroups lists items under the values of another property, in the order in which they first occur.
func (b *builder) itemGroups(url string, items []*catalog.Item, by func(*catalog.Item) string) []Group {
	var out []Group
	at := map[string]int{}
	for _, i := range items {
		name := by(i)
		n, ok := at[name]
		if !ok {
			n = len(out)
			at[name] = n
			out = append(out, Group{ID: "g" + itoa(n+1), Title: name})
		}
		out[n].Rows = append(out[n].Rows, b.itemRow(url, i))
	}
	return out
}

// stageBundles are the bundles of an event of life.
func (b *builder) stageBundles(url, stage string) []Group {
	g := Group{ID: "bundles", Title: b.say("nav_bundles")}
	for _, e := range b.site.Catalog.Bundles.All {
		if e.Record.Stage == stage {
			g.Rows = append(g.Rows, b.bundleRow(url, e))
		}
	}
	if len(g.Rows) == 0 {
		return nil
	}
	return []Group{g}
}

// letterPage lists every item by the first letter of its pinyin.
func (b *builder) letterPage() output.File {
	const url = "a-z/"
	title, lead := b.say("nav_letters"), b.say("facet_letters_lead")
	return b.page(url, "pages/listing", b.listing(url, title, lead, func(v *listingView) {
		v.Crumbs, v.Lead = b.trail(url), lead
		for _, f := range b.site.Letters {
			id := "l-" + strings.ToLower(f.ID)
			if f.ID == "#" {
				id = "l-other"
			}
			v.Chips = append(v.Chips, Link{URL: "#" + id, Text: f.Term})
			v.Groups = append(v.Groups, Group{ID: id, Title: f.Term, Rows: b.itemRows(url, f.Items)})
		}
	}))
}

// browse are the ways to find an item without searching.
var browse = []struct{ url, word string }{
	{"topics/", "nav_topics"},
	{"life-events/", "facet_life"},
	{"departments/", "facet_departments"},
	{"types/", "facet_types"},
	{"levels/", "facet_levels"},
	{"a-z/", "nav_letters"},
	{"divisions/", "nav_places"},
}

// browseChips are links to all ways of browsing, the present one marked.
func (b *builder) browseChips(url string) []Link {
	out := make([]Link, 0, len(browse))
	for _, w := range browse {
		out = append(out, Link{URL: b.link(url, w.url), Text: b.say(w.word), Current: w.url == url})
	}
	return out
}
