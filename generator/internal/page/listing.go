package page

import (
	"html/template"
	"net/url"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/site"
)

// Row is a line of a list of pages: where it leads, its name, what it is in a sentence, and marks beside the name.
type Row struct {
	URL, Name, Note string
	Tags            []string
}

// Count is a line of an index: a name on the left, a number on the right ("" for none).
type Count struct{ URL, Text, N string }

// Group is a section of a listing: rows, an index, or both. ID is its anchor.
type Group struct {
	ID, Title, Note string
	Rows            []Row
	Index           []Count
}

// Pair is a label and its value, the value perhaps a link. An empty value is not shown: what is not stated is left out of
// catalogue facts, and the pages that must answer say 无 or 不涉及 themselves.
type Pair struct {
	Label, Value, URL, Note string
	Lines                   []string // in place of Value
}

// listingView is the view of pages/listing: the pages that only lead on to others.
type listingView struct {
	Page
	Crumbs  []Link
	Heading string
	Lead    string
	Meta    []string
	Chips   []Link
	Groups  []Group
	Empty   string // said where there is nothing to list
}

// trail is the way from the home page to a page, without the page itself; addresses are those of package site.
func (b *builder) trail(url string, parts ...Link) []Link {
	out := []Link{{URL: b.link(url, ""), Text: b.say("nav_home")}}
	for _, p := range parts {
		if p.URL != "" {
			p.URL = b.link(url, p.URL)
		}
		out = append(out, p)
	}
	return out
}

// wayData is the way to a page in the words of schema.org: a BreadcrumbList of its crumbs and its own name, with full addresses.
func (b *builder) wayData(p *Page, crumbs []Link, name string) template.HTML {
	here, err := url.Parse(p.Canonical)
	if p.Robots != "" || err != nil {
		return ""
	}
	list := make([]any, 0, len(crumbs)+1)
	add := func(name, address string) {
		list = append(list, map[string]any{"@type": "ListItem", "position": len(list) + 1, "name": name, "item": address})
	}
	for _, c := range crumbs {
		if to, err := here.Parse(strings.Replace(c.URL, "index.html", "", 1)); err == nil {
			add(c.Text, to.String())
		}
	}
	add(name, p.Canonical)
	return b.ld(map[string]any{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": list})
}

// itemRows are items as a list shows them.
func (b *builder) itemRows(url string, items []*catalog.Item) []Row {
	out := make([]Row, 0, len(items))
	for _, i := range items {
		out = append(out, b.itemRow(url, i))
	}
	return out
}

func (b *builder) itemRow(url string, i *catalog.Item) Row {
	r := Row{URL: b.link(url, site.ItemURL(i)), Name: i.Name, Note: i.Plain}
	if t := b.statusTag(i); t != "" {
		r.Tags = append(r.Tags, t)
	}
	return r
}

// statusTag is the status of an item where it is not simply in force.
func (b *builder) statusTag(i *catalog.Item) string {
	if i.Status == "在用" {
		return ""
	}
	return i.Status
}

// listing returns the file of a page that only leads on. When nothing is listed it says so.
func (b *builder) listing(url, title, description string, fill func(v *listingView)) func() any {
	return func() any {
		v := &listingView{Page: b.head(url, title, description), Heading: title}
		fill(v)
		v.Data = b.wayData(&v.Page, v.Crumbs, v.Heading)
		shown := false
		for _, g := range v.Groups {
			shown = shown || len(g.Rows) > 0 || len(g.Index) > 0
		}
		if !shown && v.Empty == "" {
			v.Empty = b.say("empty_list")
		}
		if shown {
			v.Empty = ""
		}
		return v
	}
}

// counts are facets as an index. Their pages lie under folder.
func (b *builder) counts(url, folder string, facets []*site.Facet) []Count {
	out := make([]Count, 0, len(facets))
	for _, f := range facets {
		if f.ID != "" {
			out = append(out, Count{URL: b.link(url, folder+f.ID+"/"), Text: f.Term, N: itoa(len(f.Items))})
		}
	}
	return out
}
