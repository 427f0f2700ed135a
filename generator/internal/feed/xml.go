package feed

import (
	"bytes"
	"encoding/xml"
	"html"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"banshi/generator/internal/site"
)

// rssDocument is RSS 2.0. The structs of gorilla/feeds are embedded for their elements; what it lacks or gets wrong (the link
// to itself, several categories) stands beside them.
type rssDocument struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	DC      string   `xml:"xmlns:dc,attr"`
	Channel rssChannel
}

type rssChannel struct {
	XMLName xml.Name `xml:"channel"`
	feeds.RssFeed
	Self    selfLink
	Creator string `xml:"dc:creator"`
	Items   []byte `xml:",innerxml"`
}

type selfLink struct {
	XMLName xml.Name `xml:"atom:link"`
	Href    string   `xml:"href,attr"`
	Rel     string   `xml:"rel,attr"`
	Type    string   `xml:"type,attr"`
}

type rssEntry struct {
	XMLName xml.Name `xml:"item"`
	feeds.RssItem
	Categories []string `xml:"category"`
}

// The namespaces used.
const (
	atomNamespace    = "http://www.w3.org/2005/Atom"
	dcNamespace      = "http://purl.org/dc/elements/1.1/"
	historyNamespace = "http://purl.org/syndication/history/1.0"
)

func (m *maker) rss(f *feed, self string) ([]byte, error) {
	items := splice(f, (*entry).writeRSS, "")
	return styled(f, &rssDocument{Version: "2.0", Atom: atomNamespace, DC: dcNamespace, Channel: rssChannel{
		RssFeed: feeds.RssFeed{
			Title: clean(f.title), Link: m.url(f.PageURL()), Description: clean(f.about), Language: strings.ToLower(m.Config.Language),
			Copyright: clean(m.Config.Licence.Name), LastBuildDate: m.updated(f).Format(time.RFC1123Z),
			Generator: "banshi " + Version, Docs: "https://www.rssboard.org/rss-specification",
		},
		Self: selfLink{Href: self, Rel: "self", Type: "application/rss+xml"}, Creator: clean(m.publisher()), Items: items,
	}})
}

func (e *entry) writeRSS() []byte { return e.rss() }

func rssItem(e *entry) []byte {
	return element(&rssEntry{
		RssItem: feeds.RssItem{
			Title: e.title, Link: e.link, Description: e.html(),
			Guid: &feeds.RssGuid{Id: e.guid, IsPermaLink: "false"}, PubDate: e.time.Format(time.RFC1123Z),
		},
		Categories: e.categories,
	})
}

// html is the lines of an entry as a list; readers show a description as HTML.
func (e *entry) html() string {
	if len(e.lines) == 0 {
		return html.EscapeString(e.title)
	}
	var b strings.Builder
	b.WriteString("<ul>")
	for _, l := range e.lines {
		b.WriteString("<li>" + html.EscapeString(l) + "</li>")
	}
	b.WriteString("</ul>")
	return b.String()
}

// atomDocument is Atom, RFC 4287.
type atomDocument struct {
	XMLName  xml.Name `xml:"feed"`
	Language string   `xml:"xml:lang,attr"`
	History  string   `xml:"xmlns:fh,attr,omitempty"`
	feeds.AtomFeed
	Archive   *struct{}        `xml:"fh:archive"`
	Links     []feeds.AtomLink `xml:"link"`
	Generator atomGenerator    `xml:"generator"`
	Spliced   []byte           `xml:",innerxml"`
}

type atomGenerator struct {
	Version string `xml:"version,attr"`
	Name    string `xml:",chardata"`
}

type atomItem struct {
	XMLName xml.Name `xml:"entry"`
	feeds.AtomEntry
	Categories []atomCategory `xml:"category"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// atom writes a live feed or an archive of it; to both, one id: they are parts of one feed.
func (m *maker) atom(f *feed, self string) ([]byte, error) {
	const media = "application/atom+xml"
	live := m.url(f.Path() + ".atom")
	d := &atomDocument{
		Language: m.Config.Language,
		AtomFeed: feeds.AtomFeed{
			Xmlns: atomNamespace, Title: clean(f.title), Id: live, Updated: m.updated(f).Format(time.RFC3339),
			Rights: clean(m.Config.Licence.Name), Subtitle: clean(f.about),
			Author: &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: clean(m.publisher())}},
		},
		Links: []feeds.AtomLink{
			{Href: self, Rel: "self", Type: media},
			{Href: m.url(f.PageURL()), Rel: "alternate", Type: "text/html"},
		},
		Generator: atomGenerator{Version, "banshi"},
		Spliced:   splice(f, (*entry).writeAtom, ""),
	}
	if f.month != "" {
		d.History, d.Archive = historyNamespace, &struct{}{}
		d.Links = append(d.Links, feeds.AtomLink{Href: live, Rel: "current", Type: media})
	}
	for _, l := range []struct{ month, rel string }{{f.prev, "prev-archive"}, {f.next, "next-archive"}} {
		if l.month != "" {
			d.Links = append(d.Links, feeds.AtomLink{Href: m.url(archivePath(l.month) + ".atom"), Rel: l.rel, Type: media})
		}
	}
	return styled(f, d)
}

func (e *entry) writeAtom() []byte { return e.atom() }

func atomEntry(e *entry) []byte {
	categories := make([]atomCategory, len(e.categories))
	for i, c := range e.categories {
		categories[i].Term = c
	}
	when := e.time.Format(time.RFC3339)
	return element(&atomItem{
		AtomEntry: feeds.AtomEntry{
			Title: e.title, Id: uuid(e.guid), Updated: when, Published: when,
			Links:   []feeds.AtomLink{{Href: e.link, Rel: "alternate", Type: "text/html"}},
			Content: &feeds.AtomContent{Content: e.html(), Type: "html"},
		},
		Categories: categories,
	})
}

// splice joins the written entries of a feed, as many as fit.
func splice(f *feed, write func(*entry) []byte, separator string) []byte {
	n := fit(f, func(e *entry) int { return len(write(e)) + len(separator) })
	parts := make([][]byte, n)
	for i := range parts {
		parts[i] = write(f.entries[i])
	}
	return bytes.Join(parts, []byte(separator))
}

// styled writes a whole feed with the address of the style sheet that people see who open it in a browser.
func styled(f *feed, v any) ([]byte, error) {
	return document(v, `<?xml-stylesheet type="text/css" href="`+site.Relative(f.path(), stylePath)+`"?>`+"\n")
}

// document writes a whole XML file with some instructions above it.
func document(v any, instructions string) ([]byte, error) {
	b, err := xml.Marshal(v)
	if err != nil {
		return nil, err
	}
	return append(append([]byte(xml.Header+instructions), b...), '\n'), nil
}

// element writes a part of one. Only strings go in, which cannot fail.
func element(v any) []byte {
	b, err := xml.Marshal(v)
	if err != nil {
		panic("feed: " + err.Error())
	}
	return append([]byte{'\n'}, b...)
}
