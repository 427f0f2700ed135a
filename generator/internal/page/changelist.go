package page

import (
	"slices"
	"strings"

	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// changeListView is the view of pages/changelist: the changes of a month, or of what has a feed, with how to subscribe.
type changeListView struct {
	Page
	Crumbs        []Link
	Heading, Lead string
	Meta          []string
	About         *Link // the page of the place, department or topic itself
	Days          []DayView
	Older         []Link // months with more
	Below         Group  // the places below this one
	Pages         []Link // of a month with many
	Subscribe     string // the page of all feeds, where there are feeds
}

// monthOf is the month of a change: 2026-11.
func monthOf(e *changes.Entry) string { return e.Date.String()[:len("2026-11")] }

func monthURL(month string, page int) string {
	if page > 1 {
		return site.ChangesURL + month + "/" + itoa(page) + ".html"
	}
	return site.ChangesURL + month + "/"
}

// month is the changes of one, newest first.
type month struct {
	id      string
	entries []*changes.Entry
}

func (b *builder) months() []month {
	var out []month
	for _, e := range b.site.Changes {
		id := monthOf(e)
		// A commit with the date of an earlier month may stand among later ones.
		n := slices.IndexFunc(out, func(m month) bool { return m.id == id })
		if n < 0 {
			n = len(out)
			out = append(out, month{id: id})
		}
		out[n].entries = append(out[n].entries, e)
	}
	slices.SortStableFunc(out, func(x, y month) int { return strings.Compare(y.id, x.id) })
	return out
}

// monthLinks lead to the changes of each month.
func (b *builder) monthLinks(url string) []Link {
	var out []Link
	for _, m := range b.months() {
		to := monthURL(m.id, 1)
		out = append(out, Link{URL: b.link(url, to), Text: b.monthName(m.id), Current: to == url})
	}
	return out
}

// monthName is a month in words: 2026年11月.
func (b *builder) monthName(id string) string {
	return b.say("month", "year", id[:4], "month", strings.TrimPrefix(id[5:], "0"))
}

func (b *builder) monthPages() []output.File {
	var out []output.File
	for _, m := range b.months() {
		pages := (len(m.entries) + maxListed - 1) / maxListed
		for n := 1; n <= pages; n++ {
			url := monthURL(m.id, n)
			out = append(out, b.page(url, "pages/changelist", func() any { return b.monthView(url, m, n, pages) }))
		}
	}
	return out
}

func (b *builder) monthView(url string, m month, n, pages int) *changeListView {
	name := b.say("changes_of", "name", b.monthName(m.id))
	v := &changeListView{Page: b.head(url, name, b.say("changes_month_lead", "month", b.monthName(m.id), "n", itoa(len(m.entries)))),
		Crumbs: b.trail(url, Link{URL: site.ChangesURL, Text: b.say("nav_changes")}), Heading: name,
		Meta: []string{b.say("n_changes", "n", itoa(len(m.entries)))}}
	v.Days = b.days(url, m.entries[(n-1)*maxListed:min(n*maxListed, len(m.entries))])
	if pages > 1 {
		for i := 1; i <= pages; i++ {
			v.Pages = append(v.Pages, Link{URL: b.link(url, monthURL(m.id, i)), Text: itoa(i), Current: i == n})
		}
	}
	v.Older = b.monthLinks(url)
	return v
}

// feedPages show what one can subscribe to: the changes of a kind, department, topic or place.
func (b *builder) feedPages() []output.File {
	out := []output.File{}
	for _, f := range b.site.Feeds() {
		if f.Group != site.FeedAll {
			url := f.PageURL()
			out = append(out, b.page(url, "pages/changelist", func() any { return b.feedPageView(url, f) }))
		}
	}
	if b.site.Changes != nil {
		out = append(out, b.feedIndex())
	}
	return out
}

func (b *builder) feedPageView(url string, f *site.Feed) *changeListView {
	name := b.say("changes_of", "name", f.Name)
	lead := b.say("changes_lead_"+f.Group, "name", f.Name)
	v := &changeListView{Page: b.head(url, name, lead), Heading: name, Lead: lead, Subscribe: b.link(url, site.FeedsURL)}
	v.Crumbs = b.trail(url, Link{URL: site.ChangesURL, Text: b.say("nav_changes")})
	v.Feeds = b.feedsOf(url, f)
	v.About = b.aboutFeed(url, f)
	shown := f.Entries[:min(len(f.Entries), maxListed)]
	v.Meta = []string{b.say("n_changes", "n", itoa(len(f.Entries)))}
	v.Days = b.days(url, shown)
	if len(shown) < len(f.Entries) {
		v.Older = b.monthLinks(url)
	}
	if f.Division != nil {
		v.Below = Group{ID: "below", Title: b.say("changes_below")}
		for _, g := range b.site.Feeds() {
			if g.Division != nil && g.Division.Superior == f.Division {
				v.Below.Index = append(v.Below.Index, b.feedCount(url, g))
			}
		}
	}
	return v
}

// aboutFeed leads to the page of what a feed is about, where it has one.
func (b *builder) aboutFeed(url string, f *site.Feed) *Link {
	to := ""
	switch f.Group {
	case site.FeedDivision:
		to = site.DivisionURL(f.Division)
	case site.FeedDepartment:
		if facetOf(b.site.Departments, f.Name) != nil {
			to = "departments/" + f.ID + "/"
		}
	case site.FeedTopic:
		for _, k := range b.topicKinds() {
			if facet := facetOf(k.facets, f.Name); facet != nil && k.id+"/"+facet.ID == f.ID {
				to = k.folder + facet.ID + "/"
			}
		}
	}
	if to == "" {
		return nil
	}
	return &Link{URL: b.link(url, to), Text: b.say("changes_about_" + f.Group)}
}

func (b *builder) feedCount(url string, f *site.Feed) Count {
	return Count{URL: b.link(url, f.PageURL()), Text: f.Name, N: itoa(len(f.Entries))}
}

// changeGroups lead from the page of all changes to those of kinds, departments, topics and places: those that have any, and of
// the places only those below the whole; counties are one step further.
func (b *builder) changeGroups(url string) []Group {
	at := map[string]int{}
	var out []Group
	for _, g := range []string{site.FeedDivision, site.FeedDepartment, site.FeedTopic, site.FeedKind} {
		at[g] = len(out)
		out = append(out, Group{ID: "by-" + g, Title: b.say("changes_by_" + g)})
	}
	for _, f := range b.site.Feeds() {
		n, ok := at[f.Group]
		if !ok || len(f.Entries) == 0 || f.Division != nil && f.Division != b.site.Root && f.Division.Superior != b.site.Root {
			continue
		}
		out[n].Index = append(out[n].Index, b.feedCount(url, f))
	}
	return slices.DeleteFunc(out, func(g Group) bool { return len(g.Index) == 0 })
}
