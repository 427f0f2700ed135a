package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// The rules of the formats of feeds, as their specifications state them: RSS 2.0 (rssboard.org, with its profile on the link to
// itself), Atom (RFC 4287), archives (RFC 5005), JSON Feed 1.1 and OPML 2.0. A rule that is broken is a line.

// The namespaces in feeds.
const (
	nsAtom    = "http://www.w3.org/2005/Atom"
	nsDC      = "http://purl.org/dc/elements/1.1/"
	nsHistory = "http://purl.org/syndication/history/1.0"
)

// feedAddress is where the small portal's files are published.
const feedAddress = "https://portal.example/"

// element is one of XML, with everything below it.
type element struct {
	name  xml.Name
	attrs map[string]string // those without a namespace, and xml:lang
	text  string
	below []*element
}

func (e *element) all(space, local string) []*element {
	var out []*element
	for _, b := range e.below {
		if b.name.Space == space && b.name.Local == local {
			out = append(out, b)
		}
	}
	return out
}

// first returns the text of an element below, or "".
func (e *element) first(space, local string) string {
	if found := e.all(space, local); len(found) > 0 {
		return found[0].text
	}
	return ""
}

func parseElement(text string) (*element, error) {
	d := xml.NewDecoder(strings.NewReader(text))
	root := &element{}
	stack := []*element{root}
	for {
		token, err := d.Token()
		if err == io.EOF && len(root.below) == 1 {
			return root.below[0], nil
		}
		if err != nil {
			return nil, err
		}
		top := stack[len(stack)-1]
		switch t := token.(type) {
		case xml.StartElement:
			e := &element{name: t.Name, attrs: map[string]string{}}
			for _, a := range t.Attr {
				if a.Name.Space == "" {
					e.attrs[a.Name.Local] = a.Value
				} else if a.Name.Local == "lang" {
					e.attrs["xml:lang"] = a.Value
				}
			}
			top.below = append(top.below, e)
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text += string(t)
		}
	}
}

// broken collects the rules that a file breaks.
type broken []string

func (b *broken) add(format string, args ...any) { *b = append(*b, fmt.Sprintf(format, args...)) }

// once wants an element exactly once, with text.
func (b *broken) once(e *element, space string, names ...string) {
	for _, n := range names {
		if found := e.all(space, n); len(found) != 1 || strings.TrimSpace(found[0].text) == "" {
			b.add("<%s> has <%s> %d times, or blank", e.name.Local, n, len(found))
		}
	}
}

// atMostOnce allows elements once.
func (b *broken) atMostOnce(e *element, space string, names ...string) {
	for _, n := range names {
		if found := e.all(space, n); len(found) > 1 {
			b.add("<%s> has <%s> %d times", e.name.Local, n, len(found))
		}
	}
}

func (b *broken) address(what, s string) {
	if u, err := url.Parse(s); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		b.add("%s is no full address: %q", what, s)
	}
}

// html wants what readers show to be harmless and complete: known elements and full addresses.
func (b *broken) html(what, s string) {
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		b.add("%s: %v", what, err)
		return
	}
	each(root, func(n *html.Node) {
		if !slices.Contains([]string{"html", "head", "body", "ul", "li", "p", "a"}, n.Data) {
			b.add("%s has <%s>", what, n.Data)
		}
		for _, a := range n.Attr {
			b.address(what+" "+a.Key, a.Val)
		}
	})
}

var rssChannel = strings.Fields("title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs cloud ttl image rating textInput skipHours skipDays item")
var rssItem = strings.Fields("title link description author category comments enclosure guid pubDate source")
var language = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]{2,8})*$`)

// rssRules checks a feed in RSS 2.0 that is published at the address.
func rssRules(text, address string) (out broken) {
	root, err := parseElement(text)
	if err != nil {
		return broken{err.Error()}
	}
	channels := root.all("", "channel")
	if root.name.Local != "rss" || root.name.Space != "" || root.attrs["version"] != "2.0" || len(channels) != 1 {
		return broken{"no <rss version=2.0> with one <channel>"}
	}
	c := channels[0]
	out.once(c, "", "title", "link", "description")
	out.atMostOnce(c, "", "language", "copyright", "pubDate", "lastBuildDate", "generator", "docs", "ttl", "image")
	out.address("link of the channel", c.first("", "link"))
	out.address("docs", c.first("", "docs"))
	if l := c.first("", "language"); !language.MatchString(l) {
		out.add("language %q", l)
	}
	out.rssDate("lastBuildDate", c.first("", "lastBuildDate"))
	out.rssKnown(c, rssChannel)
	self := 0
	for _, l := range c.all(nsAtom, "link") {
		if l.attrs["rel"] == "self" {
			self++
			if l.attrs["href"] != address || l.attrs["type"] != "application/rss+xml" {
				out.add("the link to itself is %v, not %s", l.attrs, address)
			}
		}
	}
	if self != 1 {
		out.add("%d links to itself", self)
	}
	seen := map[string]bool{}
	for _, i := range c.all("", "item") {
		out.rssItem(i, seen)
	}
	return out
}

func (b *broken) rssItem(i *element, seen map[string]bool) {
	b.once(i, "", "title", "link", "description", "guid", "pubDate")
	b.rssKnown(i, rssItem)
	b.address("link of an item", i.first("", "link"))
	b.rssDate("pubDate", i.first("", "pubDate"))
	b.html("description", i.first("", "description"))
	for _, g := range i.all("", "guid") {
		if g.attrs["isPermaLink"] != "false" {
			b.address("permanent guid", g.text)
		}
		if seen[g.text] {
			b.add("guid %s is not the only one", g.text)
		}
		seen[g.text] = true
	}
	for _, c := range i.all("", "category") {
		if strings.TrimSpace(c.text) == "" {
			b.add("a blank category")
		}
	}
}

// rssDate wants a date of RFC 822 with four digits for the year.
func (b *broken) rssDate(what, s string) {
	if _, err := time.Parse(time.RFC1123Z, s); err != nil {
		b.add("%s: %v", what, err)
	}
}

// rssKnown wants elements without a namespace to be those of RSS, and others to be of a namespace that readers know.
func (b *broken) rssKnown(e *element, known []string) {
	for _, c := range e.below {
		if c.name.Space == "" && !slices.Contains(known, c.name.Local) ||
			c.name.Space != "" && c.name.Space != nsAtom && c.name.Space != nsDC {
			b.add("<%s> has an unknown <%s>", e.name.Local, c.name.Local)
		}
	}
}

// atomRules checks a feed in Atom that is published at the address.
func atomRules(text, address string) (out broken) {
	root, err := parseElement(text)
	if err != nil {
		return broken{err.Error()}
	}
	if root.name != (xml.Name{Space: nsAtom, Local: "feed"}) || root.attrs["xml:lang"] == "" {
		return broken{"no <feed> with a language"}
	}
	out.once(root, nsAtom, "id", "title", "updated")
	out.atMostOnce(root, nsAtom, "generator", "icon", "logo", "rights", "subtitle")
	out.address("id of the feed", root.first(nsAtom, "id"))
	out.atomDate(root, "updated")
	out.atomLinks(root, address)
	entries := root.all(nsAtom, "entry")
	authored := out.atomAuthors(root)
	seen := map[string]bool{}
	for _, e := range entries {
		out.once(e, nsAtom, "id", "title", "updated", "content")
		out.atMostOnce(e, nsAtom, "published", "rights", "source", "summary")
		out.atomDate(e, "updated", "published")
		out.atomLinks(e, "")
		if !authored && !out.atomAuthors(e) {
			out.add("an entry without author")
		}
		id := e.first(nsAtom, "id")
		if u, err := url.Parse(id); err != nil || u.Scheme == "" {
			out.add("id %q is no IRI", id)
		}
		if seen[id] {
			out.add("id %s is not the only one", id)
		}
		seen[id] = true
		for _, c := range e.all(nsAtom, "content") {
			if c.attrs["type"] != "html" {
				out.add("content of type %q", c.attrs["type"])
			}
			out.html("content", c.text)
		}
		for _, c := range e.all(nsAtom, "category") {
			if c.attrs["term"] == "" {
				out.add("a category without term")
			}
		}
	}
	return out
}

func (b *broken) atomAuthors(e *element) bool {
	authors := e.all(nsAtom, "author")
	for _, a := range authors {
		b.once(a, nsAtom, "name")
		b.atMostOnce(a, nsAtom, "uri", "email")
	}
	return len(authors) > 0
}

// atomDate wants dates of RFC 3339 with capitals, where there are any.
func (b *broken) atomDate(e *element, names ...string) {
	for _, n := range names {
		for _, d := range e.all(nsAtom, n) {
			if _, err := time.Parse(time.RFC3339, d.text); err != nil || strings.ToUpper(d.text) != d.text {
				b.add("<%s> %q: %v", n, d.text, err)
			}
		}
	}
}

// atomLinks wants full addresses, at most one alternate of a type (4.1.1), and of the feed a link to itself.
func (b *broken) atomLinks(e *element, self string) {
	seen := map[string]int{}
	for _, l := range e.all(nsAtom, "link") {
		b.address("link", l.attrs["href"])
		if rel := l.attrs["rel"]; rel == "alternate" || rel == "" {
			seen["alternate "+l.attrs["type"]+l.attrs["hreflang"]]++
		} else {
			seen[rel]++
			if rel == "self" && l.attrs["href"] != self {
				b.add("the link to itself is %q, not %q", l.attrs["href"], self)
			}
		}
	}
	if seen["alternate text/html"] != 1 {
		b.add("<%s> has %d links to its page", e.name.Local, seen["alternate text/html"])
	}
	if self != "" && seen["self"] != 1 {
		b.add("%d links to itself", seen["self"])
	}
	for rel, n := range seen {
		if n > 1 {
			b.add("%d links %s", n, rel)
		}
	}
}

// archiveRules follows the archives (RFC 5005, section 4) from the live feed: archives say so, neighbours agree, none is left out.
func archiveRules(site tree, live string) (out broken) {
	met := map[string]bool{}
	behind := ""
	for at := live; at != ""; {
		p, ours := strings.CutPrefix(at, feedAddress)
		text, ok := site[p]
		if !ours || !ok || met[p] {
			out.add("%s leads to %s", behind, at)
			return out
		}
		met[p] = true
		root, err := parseElement(text)
		if err != nil {
			out.add("%s: %v", p, err)
			return out
		}
		links := map[string]string{}
		for _, l := range root.all(nsAtom, "link") {
			links[l.attrs["rel"]] = l.attrs["href"]
		}
		archive := len(root.all(nsHistory, "archive")) == 1 && len(root.all(nsHistory, "complete")) == 0
		switch {
		case at == live && (archive || links["next-archive"] != ""):
			out.add("the live feed says it is an archive")
		case at != live && (!archive || links["current"] != live):
			out.add("%s does not say it is an archive of %s", p, live)
		case at != live && behind != live && links["next-archive"] != behind:
			out.add("%s: behind it is %q, not %q", p, links["next-archive"], behind)
		}
		behind, at = at, links["prev-archive"]
	}
	for p := range site {
		if strings.HasPrefix(p, "feeds/archive/") && !met[p] {
			out.add("%s is not to be found from the live feed", p)
		}
	}
	return out
}

var jsonFeedKeys = strings.Fields("version title home_page_url feed_url description user_comment next_url icon favicon authors language expired hubs items")
var jsonItemKeys = strings.Fields("id url external_url title content_html content_text summary image banner_image date_published date_modified authors tags language attachments")

// jsonFeedRules checks a JSON Feed 1.1 that is published at the address.
func jsonFeedRules(text, address string) (out broken) {
	var f map[string]any
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		return broken{err.Error()}
	}
	if f["version"] != "https://jsonfeed.org/version/1.1" || f["title"] == "" || f["feed_url"] != address {
		out.add("version, title or feed_url: %v %v %v", f["version"], f["title"], f["feed_url"])
	}
	out.jsonKeys(f, jsonFeedKeys)
	out.address("home_page_url", fmt.Sprint(f["home_page_url"]))
	items, ok := f["items"].([]any)
	if !ok {
		out.add("no items")
	}
	seen := map[string]bool{}
	for _, v := range items {
		i, ok := v.(map[string]any)
		id, isText := i["id"].(string)
		if !ok || !isText || id == "" || seen[id] {
			out.add("id %v", i["id"])
		}
		seen[id] = true
		out.jsonKeys(i, jsonItemKeys)
		_, plain := i["content_text"].(string)
		_, rich := i["content_html"].(string)
		if !plain && !rich {
			out.add("an item without content")
		}
		out.address("url of an item", fmt.Sprint(i["url"]))
		if _, err := time.Parse(time.RFC3339, fmt.Sprint(i["date_published"])); err != nil {
			out.add("date_published: %v", err)
		}
		tags, _ := i["tags"].([]any)
		for _, tag := range tags {
			if s, ok := tag.(string); !ok || s == "" {
				out.add("tag %v", tag)
			}
		}
	}
	return out
}

// jsonKeys wants keys that the format has, and authors to say who they are.
func (b *broken) jsonKeys(o map[string]any, known []string) {
	for k, v := range o {
		if !slices.Contains(known, k) && !strings.HasPrefix(k, "_") {
			b.add("unknown key %s", k)
		}
		if k != "authors" {
			continue
		}
		list, _ := v.([]any)
		for _, a := range list {
			if who, ok := a.(map[string]any); !ok || who["name"] == nil && who["url"] == nil && who["avatar"] == nil {
				b.add("author %v", a)
			}
		}
		if len(list) == 0 {
			b.add("authors %v", v)
		}
	}
}

// opmlRules checks a list of feeds in OPML 2.0.
func opmlRules(site tree, text string) (out broken) {
	root, err := parseElement(text)
	if err != nil {
		return broken{err.Error()}
	}
	if root.name.Local != "opml" || root.attrs["version"] != "2.0" || len(root.all("", "head")) != 1 || len(root.all("", "body")) != 1 {
		return broken{"no <opml version=2.0> with head and body"}
	}
	n := 0
	var walk func(e *element)
	walk = func(e *element) {
		for _, o := range e.below {
			if o.name.Local != "outline" || o.attrs["text"] == "" || o.attrs["type"] == "rss" && o.attrs["xmlUrl"] == "" {
				out.add("<%s %v>", o.name.Local, o.attrs)
			}
			if p, ok := strings.CutPrefix(o.attrs["xmlUrl"], feedAddress); ok {
				n++
				if _, there := site[p]; !there {
					out.add("%s is not there", p)
				}
			}
			walk(o)
		}
	}
	walk(root.all("", "body")[0])
	if n == 0 {
		out.add("no feeds")
	}
	return out
}

// TestFeedRules holds every feed of the small portal to the rules of its format, and to the bounds of docs/feeds.md.
func TestFeedRules(t *testing.T) {
	t.Parallel()
	site := builtSite(t)
	formats := map[string]int{}
	for p, text := range site {
		if !strings.HasPrefix(p, "feeds/") {
			continue
		}
		address := feedAddress + p
		var found broken
		switch path.Ext(p) {
		case ".xml":
			found = rssRules(text, address)
		case ".atom":
			found = atomRules(text, address)
		case ".json":
			found = jsonFeedRules(text, address)
		case ".opml":
			found = opmlRules(site, text)
		default:
			continue
		}
		formats[path.Ext(p)]++
		if !utf8.ValidString(text) || strings.HasPrefix(text, "\ufeff") {
			found.add("no UTF-8, or with a byte order mark")
		}
		if len(text) > 512<<10 && !strings.HasPrefix(p, "feeds/archive/") {
			found.add("%d bytes", len(text))
		}
		for _, f := range found {
			t.Errorf("%s: %s", p, f)
		}
	}
	for _, f := range archiveRules(site, feedAddress+"feeds/all.atom") {
		t.Error(f)
	}
	if formats[".xml"] < 10 || formats[".json"] != formats[".xml"] || formats[".atom"] < 2 || formats[".opml"] != 1 {
		t.Errorf("formats are %v", formats)
	}
}

// TestFeedRulesBite breaks a feed of each format in many ways; every one must be found.
func TestFeedRulesBite(t *testing.T) {
	t.Parallel()
	site := readTree(t, golden)
	for _, c := range []struct{ file, old, now string }{
		{"feeds/all.xml", `version="2.0"`, `version="0.91"`},
		{"feeds/all.xml", "<link>https://portal.example/changes/</link>", ""},
		{"feeds/all.xml", "<link>https://portal.example/changes/</link>", "<link>/changes/</link>"},
		{"feeds/all.xml", "feeds/all.xml", "feeds/other.xml"},
		{"feeds/all.xml", "zh-cn", "zh_CN"},
		{"feeds/all.xml", " +0800</pubDate>", "</pubDate>"},
		{"feeds/all.xml", "</item>", "<author>人</author><author>人</author><byline>人</byline></item>"},
		{"feeds/all.xml", "&lt;ul&gt;", "&lt;script&gt;"},
		{"feeds/all.xml", "<item>", "<item><title>两个</title>"},
		{"feeds/all.xml", `isPermaLink="false"`, `isPermaLink="true"`},
		{"feeds/all.atom", nsAtom, "http://purl.org/atom/ns#"},
		{"feeds/all.atom", "<updated>2026", "<updated>26"},
		{"feeds/all.atom", "<author>", "<!--"},
		{"feeds/all.atom", `rel="self"`, `rel="alternate"`},
		{"feeds/all.atom", "<id>urn:uuid:", "<id>"},
		{"feeds/all.atom", `type="html"`, `type="text"`},
		{"feeds/all.json", "/version/1.1", "/version/1"},
		{"feeds/all.json", `"authors"`, `"author"`},
		{"feeds/all.json", `"content_text"`, `"content"`},
		{"feeds/all.json", "+08:00", " +0800"},
		{"feeds/all.json", `"items":[`, `"items":[{"id":1},`},
		{"feeds/index.opml", `text="`, `title="`},
		{"feeds/index.opml", "feeds/all.xml", "feeds/none.xml"},
	} {
		text := strings.Replace(site[c.file], c.old, c.now, 1)
		if text == site[c.file] {
			t.Errorf("%s has no %q", c.file, c.old)
			continue
		}
		var found broken
		switch path.Ext(c.file) {
		case ".xml":
			found = rssRules(text, feedAddress+c.file)
		case ".atom":
			found = atomRules(text, feedAddress+c.file)
		case ".json":
			found = jsonFeedRules(text, feedAddress+c.file)
		case ".opml":
			found = opmlRules(site, text)
		}
		if len(found) == 0 {
			t.Errorf("%s with %q in place of %q breaks no rule", c.file, c.now, c.old)
		}
	}
	broken := tree{}
	for p, text := range site {
		broken[p] = strings.ReplaceAll(text, "fh:archive>", "fh:complete>")
	}
	if len(archiveRules(broken, feedAddress+"feeds/all.atom")) == 0 {
		t.Error("an archive that says it is something else is taken")
	}
}
