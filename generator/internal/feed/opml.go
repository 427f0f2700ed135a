package feed

import (
	"encoding/xml"
	"io"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// opmlPath is the list of all feeds.
const opmlPath = "feeds/index.opml"

// opmlDocument is the list of all feeds in OPML 2.0, which readers import.
type opmlDocument struct {
	XMLName xml.Name   `xml:"opml"`
	Version string     `xml:"version,attr"`
	Title   string     `xml:"head>title"`
	Docs    string     `xml:"head>docs"`
	Body    []*outline `xml:"body>outline"`
}

type outline struct {
	Text    string     `xml:"text,attr"`
	Type    string     `xml:"type,attr,omitempty"`
	XMLURL  string     `xml:"xmlUrl,attr,omitempty"`
	HTMLURL string     `xml:"htmlUrl,attr,omitempty"`
	Below   []*outline `xml:"outline"`
}

// groups are the folders of the list, in its order.
var groups = []struct{ group, text string }{
	{site.FeedKind, "按变更种类"}, {site.FeedDepartment, "各部门"}, {site.FeedTopic, "各主题"}, {site.FeedDivision, "各地"},
}

func (m *maker) opml(feeds []*feed) output.File {
	doc := &opmlDocument{Version: "2.0", Title: clean(m.Config.Title), Docs: "https://opml.org/spec2.opml"}
	folders := map[string]*outline{}
	places := map[*catalog.Division]*outline{} // a city's folder, its counties below it
	var h output.Hasher
	for _, s := range []string{Version, m.Config.BaseURL, m.Config.Title} {
		h.String(s)
	}
	for _, f := range feeds {
		o := &outline{Text: clean(f.title), Type: "rss", XMLURL: m.url(f.Path() + ".xml"), HTMLURL: m.url(f.PageURL())}
		h.String(f.Path())
		h.String(f.title)
		if f.Group == site.FeedAll {
			doc.Body = append(doc.Body, o)
			continue
		}
		folder := folders[f.Group]
		if folder == nil {
			folder = new(outline)
			folders[f.Group] = folder
		}
		if d := f.Division; d != nil && d.Superior != nil && d.Superior != m.Root {
			if places[d.Superior] == nil {
				places[d.Superior] = &outline{Text: clean(d.Superior.Name)}
				folder.Below = append(folder.Below, places[d.Superior])
			}
			folder = places[d.Superior]
		}
		folder.Below = append(folder.Below, o)
	}
	for _, g := range groups {
		if folder := folders[g.group]; folder != nil {
			folder.Text = g.text
			doc.Body = append(doc.Body, folder)
		}
	}
	return output.File{Path: opmlPath, Stamp: h.Sum(), Write: func(w io.Writer) error {
		b, err := document(doc, "")
		if err == nil {
			_, err = w.Write(b)
		}
		return err
	}}
}
