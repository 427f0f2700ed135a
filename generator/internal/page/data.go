package page

import "banshi/generator/internal/output"

// dataView is the view of pages/data: what open data there is and how it is used.
type dataView struct {
	Page
	Crumbs               []Link
	AsOf, Commit         string
	Licence, LicenceURL  string
	BaseURL              string
	Files                []DataFile
	Counts               []Count
	Items, Places        string
	ExampleItem, ItemURL string
	ExamplePlace         string
	PlaceURL             string
	Repository           string
	Report               string
	NoHistory            bool
}

// DataFile is one thing that can be downloaded.
type DataFile struct{ Name, URL, Format, What string }

func (b *builder) dataPages() []output.File {
	const url = "data/"
	return []output.File{b.page(url, "pages/data", func() any { return b.dataView(url) })}
}

func (b *builder) dataView(url string) *dataView {
	s, c := b.site, b.site.Config
	v := &dataView{
		Page: b.head(url, b.say("nav_data"), b.say("data_lead")), Crumbs: b.trail(url), AsOf: s.Catalog.AsOf.String(), Commit: s.Commit,
		Licence: c.Licence.Name, LicenceURL: webURL(c.Licence.URL), BaseURL: c.BaseURL, NoHistory: s.NoHistory,
		Repository: webURL(c.Edit.Repository), Report: b.reportURL("数据：", ""), Items: itoa(len(s.Items)), Places: itoa(len(s.Catalog.Divisions)),
	}
	v.Feeds = b.feedsOfAll(url)
	file := func(path, format, what string) {
		v.Files = append(v.Files, DataFile{Name: path, URL: b.link(url, path), Format: format, What: b.say(what)})
	}
	file("data/current/items.jsonl.gz", "JSON Lines, gzip", "data_items")
	file("data/current/guides.jsonl.gz", "JSON Lines, gzip", "data_guides")
	file("data/current/manifest.json", "JSON", "data_manifest")
	file("data/latest.json", "JSON", "data_latest")
	file("api/v1/index.json", "JSON", "data_index")
	for _, g := range s.Catalog.Guides {
		v.ExampleItem, v.ExamplePlace = g.Item.Name, g.Division.Name
		v.ItemURL, v.PlaceURL = "api/v1/items/"+g.Item.ID+".json", "api/v1/divisions/"+g.Division.ID+".json"
		file(v.ItemURL, "JSON", "data_item")
		file(v.PlaceURL, "JSON", "data_place")
		break
	}
	v.Counts = b.libraryCounts(url)
	return v
}

// libraryCounts are the parts of the library with how much each holds.
func (b *builder) libraryCounts(url string) []Count {
	c := b.site.Catalog
	procedures := 0
	for _, i := range b.site.Items {
		procedures += len(i.Procedures)
	}
	count := func(to, word string, n int) Count {
		return Count{URL: b.link(url, to), Text: b.say(word), N: thousands(n)}
	}
	return []Count{
		count("items/", "count_items", len(b.site.Items)),
		count("divisions/", "count_places", len(c.Divisions)),
		count("bundles/", "nav_bundles", len(c.Bundles.All)),
		count("materials/", "materials", len(c.Materials.All)),
		count("certificates/", "certificates", len(c.Certificates.All)),
		count("laws/", "laws", len(c.Laws.All)),
		count("documents/", "documents", len(c.Documents.All)),
		count("intermediaries/", "intermediaries", len(c.Intermediaries.All)),
		count("signposts/", "signposts", len(c.Signposts)),
		count("lists/", "nav_lists", len(b.site.Lists())),
	}
}

// thousands prints a number with commas: 2,567.
func thousands(n int) string {
	s := itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
