package feed

import (
	"encoding/xml"
	"io"
	"strings"

	"banshi/generator/internal/output"
)

// opmlDocument is the list of all feeds in OPML 2.0, which readers import.
type opmlDocument struct {
	XMLName xml.Name   `xml:"opml"`
	Version string     `xml:"version,attr"`
	Title   string     `xml:"head>title"`
	Body    []*outline `xml:"body>outline"`
}

type outline struct {
	Text    string     `xml:"text,attr"`
	Type    string     `xml:"type,attr,omitempty"`
	XMLURL  string     `xml:"xmlUrl,attr,omitempty"`
	HTMLURL string     `xml:"htmlUrl,attr,omitempty"`
	Below   []*outline `xml:"outline"`
}

func (m *maker) opml(feeds []*feed) output.File {
	places, departments := &outline{Text: "各地"}, &outline{Text: "各部门"}
	doc := &opmlDocument{Version: "2.0", Title: clean(m.Config.Title)}
	var h output.Hasher
	for _, s := range []string{Version, m.Config.BaseURL, m.Config.Title} {
		h.String(s)
	}
	for _, f := range feeds {
		o := &outline{Text: clean(f.title), Type: "rss", XMLURL: m.url(f.path + ".xml"), HTMLURL: m.url(f.page)}
		h.String(f.path)
		h.String(f.title)
		h.String(f.page)
		switch {
		case strings.HasPrefix(f.path, "feeds/division/"):
			places.Below = append(places.Below, o)
		case strings.HasPrefix(f.path, "feeds/department/"):
			departments.Below = append(departments.Below, o)
		default:
			doc.Body = append(doc.Body, o)
		}
	}
	for _, group := range []*outline{places, departments} {
		if len(group.Below) > 0 {
			doc.Body = append(doc.Body, group)
		}
	}
	return output.File{Path: "feeds/index.opml", Stamp: h.Sum(), Write: func(w io.Writer) error {
		b, err := document(doc)
		if err == nil {
			_, err = w.Write(b)
		}
		return err
	}}
}
