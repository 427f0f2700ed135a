package page

import "banshi/generator/internal/site"

// Feed is a feed of a page in one format: shown as a link, and named in the head, where feed readers look for it.
type Feed struct {
	URL, Type string
	Text      string // the format: RSS
	Title     string // what changes, and the format
}

// feeds are the formats of the feed at the address, without extension, of what has the name; without history there are none.
func (b *builder) feeds(url, address, name string) []Feed {
	if b.site.Changes == nil {
		return nil
	}
	in := func(extension, media, format string) Feed {
		return Feed{URL: b.link(url, address+extension), Type: media, Text: format, Title: b.say("feed_title", "name", name, "format", format)}
	}
	out := []Feed{in(".xml", "application/rss+xml", "RSS"), in(".json", "application/feed+json", "JSON Feed")}
	if address == site.FeedOfAll {
		out = append(out, in(".atom", "application/atom+xml", "Atom"))
	}
	return out
}

// feedsOfAll are the formats of the feed of everything.
func (b *builder) feedsOfAll(url string) []Feed {
	return b.feeds(url, site.FeedOfAll, b.site.Config.Title)
}
