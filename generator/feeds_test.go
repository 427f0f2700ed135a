package main

import (
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestFeedsAreNamed holds that every feed is named in the head of a page, where feed readers look for it. TestSweep holds that
// every name leads to a feed.
func TestFeedsAreNamed(t *testing.T) {
	t.Parallel()
	site := builtSite(t)
	named := map[string]string{}
	for _, p := range parsePages(t, site) {
		each(p.root, func(n *html.Node) {
			if n.Data == "link" && attr(n, "rel") == "alternate" {
				named[path.Join(path.Dir(p.path), attr(n, "href"))] = attr(n, "type")
				if attr(n, "title") == "" {
					t.Errorf("%s: a feed without a title", p.path)
				}
			}
		})
	}
	// Archives are found from the Atom feed (RFC 5005).
	types := map[string]string{".xml": "application/rss+xml", ".atom": "application/atom+xml", ".json": "application/feed+json"}
	feeds := 0
	for p := range site {
		if !strings.HasPrefix(p, "feeds/") || strings.HasPrefix(p, "feeds/archive/") || types[path.Ext(p)] == "" {
			continue
		}
		feeds++
		if want := types[path.Ext(p)]; named[p] != want {
			t.Errorf("%s is named as %q, want %q", p, named[p], want)
		}
	}
	if feeds < 5 {
		t.Errorf("only %d feeds", feeds)
	}
}
