package page

import (
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// Feed is a feed of a page in one format: shown as a link, and named in the head, where feed readers look for it.
type Feed struct {
	URL, Type string
	Text      string // the format: RSS
	Title     string // what changes, and the format
	Address   string // in full, to copy
}

// feedsOf are the formats of a feed; of none there are none.
func (b *builder) feedsOf(url string, f *site.Feed) []Feed {
	if f == nil {
		return nil
	}
	name := f.Name
	if f.Group == site.FeedAll {
		name = b.site.Config.Title
	}
	in := func(extension, media, format string) Feed {
		path := f.Path() + extension
		return Feed{URL: b.link(url, path), Type: media, Text: format, Title: b.say("feed_title", "name", name, "format", format),
			Address: b.absolute(path)}
	}
	out := []Feed{in(".xml", "application/rss+xml", "RSS"), in(".json", "application/feed+json", "JSON Feed")}
	if f.Group == site.FeedAll {
		out = append(out, in(".atom", "application/atom+xml", "Atom"))
	}
	return out
}

// feedsOfAll are the formats of the feed of everything.
func (b *builder) feedsOfAll(url string) []Feed { return b.feedsOf(url, b.site.Feed(site.FeedAll, "")) }

// feedsOfPlace are those of a place; a township's changes are in its county's.
func (b *builder) feedsOfPlace(url string, d *catalog.Division) []Feed {
	return b.feedsOf(url, b.site.FeedOf(d))
}

// feedIndexView is the view of pages/feeds: all feeds.
type feedIndexView struct {
	Page
	Crumbs []Link
	OPML   string
	Groups []FeedGroup
}

// FeedGroup is the feeds of one kind of thing, or of a city and its counties.
type FeedGroup struct {
	ID, Title string
	Sub       bool // below the heading of the group before it
	Rows      []FeedRow
}

// FeedRow is one feed: the page with its changes, and its formats.
type FeedRow struct {
	Name, URL, N string
	Feeds        []Feed
}

// feedIndex is the page of all feeds: what a feed is, how one subscribes, and each with its address.
func (b *builder) feedIndex() output.File {
	const url = site.FeedsURL
	return b.page(url, "pages/feeds", func() any {
		v := &feedIndexView{Page: b.head(url, b.say("feeds"), b.say("feeds_lead")), OPML: b.link(url, "feeds/index.opml")}
		v.Crumbs = b.trail(url, Link{URL: site.ChangesURL, Text: b.say("nav_changes")})
		v.Feeds = b.feedsOfAll(url)
		at := map[string]int{}
		add := func(id, title string, sub bool, f *site.Feed) {
			n, ok := at[id]
			if !ok {
				n = len(v.Groups)
				at[id] = n
				v.Groups = append(v.Groups, FeedGroup{ID: id, Title: title, Sub: sub})
			}
			g := &v.Groups[n]
			g.Rows = append(g.Rows, FeedRow{Name: f.Name, URL: b.link(url, f.PageURL()), N: itoa(len(f.Entries)), Feeds: b.feedsOf(url, f)})
		}
		for _, f := range b.site.Feeds() {
			switch d := f.Division; {
			case f.Group == site.FeedAll:
			case d != nil && d.Superior != nil && d.Superior != b.site.Root:
				add("in-"+d.Superior.ID, d.Superior.Name, true, f)
			default:
				add(f.Group, b.say("changes_by_"+f.Group), false, f)
			}
		}
		return v
	})
}
