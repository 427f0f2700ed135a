package page

import (
	"slices"
	"sort"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// homeView is the view of pages/home.
type homeView struct {
	Page
	Search      string   // action of the form
	Script      string   // address of the script that searches while one types
	Places      []string // names offered in the field of the place
	Example     string   // placeholder
	Often       []Link   // words people say, each leading to what it means
	Items       string
	PlaceCount  string
	Newest      string // day of the newest change, or of the records: 11月21日
	Life, Work  []Row  // bundles for people and for enterprises
	LifeStages  []Count
	Person      []Count
	Legal       []Count
	Departments []Count
	Lists       []Count // the generated lists
	Chips       []Link
	Cities      []Count
	Changes     []ChangeView
	Upcoming    []ChangeView
	NoHistory   bool
	Drafts      []*ConsultationView
	Counts      []Count
	Articles    []Row
	Phone       string
	ChangesURL  string
	CommentsURL string
}

func (b *builder) homePages() []output.File {
	return []output.File{b.page("", "pages/home", b.homeView)}
}

func (b *builder) homeView() any {
	const url = ""
	s := b.site
	v := &homeView{
		Page: b.head(url, "", b.say("home_description", "place", b.rootName(), "n", itoa(len(s.Items)))), Search: b.link(url, searchURL), Script: b.searchScript(""), Items: thousands(len(s.Items)),
		PlaceCount: thousands(len(s.Catalog.Divisions)), NoHistory: s.NoHistory,
		LifeStages: b.counts(url, "life-events/", s.LifeStages), Person: b.counts(url, "topics/person/", s.PersonTopics),
		Legal: b.counts(url, "topics/legal/", s.LegalTopics), Departments: b.counts(url, "departments/", s.Departments), Lists: b.listIndex(url),
		Chips: b.browseChips(url), Counts: b.libraryCounts(url), Phone: b.phone(),
		ChangesURL: b.link(url, "changes/"), CommentsURL: b.link(url, "consultation/"),
	}
	v.Feeds = b.feedsOfAll(url)
	v.Places = b.placeNames()
	newest := s.Catalog.AsOf
	v.Often = b.often(url)
	if len(v.Often) > 0 {
		v.Example = v.Often[0].Text
	}
	for _, e := range s.Catalog.Bundles.All {
		row := b.bundleRow(url, e)
		if t := s.Catalog.Vocab["bundle-stages"].Term(e.Record.Stage); t != nil && strings.HasPrefix(t.Definition, "个人") {
			v.Life = append(v.Life, row)
		} else {
			v.Work = append(v.Work, row)
		}
	}
	for _, d := range b.topPlaces() {
		c := Count{URL: b.link(url, site.DivisionURL(d)), Text: d.Name}
		if d.Sample {
			c.N = b.say("sample_tag")
		}
		v.Cities = append(v.Cities, c)
	}
	if s.Root != nil {
		v.Cities = append(v.Cities, Count{URL: b.link(url, site.DivisionURL(s.Root)), Text: b.say("place_own", "place", s.Root.Name)})
	}
	v.Changes = b.changeViews(url, 6, func(e *changes.Entry) bool { return true })
	if len(v.Changes) > 0 {
		newest = s.Changes[0].Date
	}
	_, v.Newest, _ = strings.Cut(newest.Han(), "年")
	for n, e := range s.Upcoming() {
		if n == 3 {
			break
		}
		v.Upcoming = append(v.Upcoming, b.changeView(url, e))
	}
	for _, d := range s.Drafts {
		if c := b.consultationView(url, d); c.State == "open" || c.State == "coming" {
			v.Drafts = append(v.Drafts, c)
		}
	}
	for _, a := range s.Articles {
		if a.Kind != "关于" {
			v.Articles = append(v.Articles, b.articleRow(url, a))
		}
	}
	if !s.Sample {
		v.Data = b.ld(map[string]any{"@context": "https://schema.org", "@type": "WebSite", "name": s.Config.Title, "url": s.Config.BaseURL + "/"})
	}
	return v
}

// searchScript is the address of the script of search boxes from a page with this way to the root.
func (b *builder) searchScript(root string) string { return root + b.theme.asset("search.js") }

// rootName is the name of the place whose portal this is; the site's where site.toml names no place of the records.
func (b *builder) rootName() string {
	if b.site.Root == nil {
		return b.site.Config.Title
	}
	return b.site.Root.Name
}

// topPlaces are the places right below the portal's own.
func (b *builder) topPlaces() []*catalog.Division {
	if b.site.Root != nil {
		return b.site.Root.Children
	}
	var out []*catalog.Division
	for _, d := range b.site.Catalog.Divisions {
		if d.Superior == nil {
			out = append(out, d)
		}
	}
	return out
}

// placeNames are the cities and counties, for the field of the place.
func (b *builder) placeNames() []string {
	var out []string
	for _, d := range b.site.Catalog.Divisions {
		if d != b.site.Root && d.Acts() && record.LevelRank(d.Level) < 3 {
			out = append(out, d.Name)
		}
	}
	return out
}

// often are words people say and what they mean: those of site.toml, else the first alias of the items that most places handle.
func (b *builder) often(url string) []Link {
	var out []Link
	for _, word := range b.site.Config.Suggestions {
		if to := b.meant(word); to != "" {
			out = append(out, Link{URL: b.link(url, to), Text: word})
		}
	}
	if len(out) > 0 {
		return out
	}
	items := append([]*catalog.Item(nil), b.site.Items...)
	sort.SliceStable(items, func(x, y int) bool { return len(items[x].Guides) > len(items[y].Guides) })
	for _, i := range items {
		if len(out) < 7 && site.Listed(i) && len(i.Aliases) > 0 {
			out = append(out, Link{URL: b.link(url, site.ItemURL(i)), Text: i.Aliases[0]})
		}
	}
	return out
}

// meant returns the page of the bundle or item that is called so, or "".
func (b *builder) meant(word string) string {
	for _, e := range b.site.Catalog.Bundles.All {
		if e.Record.Name == word || slices.Contains(e.Record.Aliases, word) {
			return "bundles/" + e.ID + "/"
		}
	}
	for _, i := range b.site.Items {
		if site.Listed(i) && (i.Name == word || slices.Contains(i.Aliases, word)) {
			return site.ItemURL(i)
		}
	}
	return ""
}
