package page

import (
	"encoding/json"
	"html/template"
	"slices"
	"strings"

	"banshi/generator/internal/article"
	"banshi/generator/internal/site"
)

// Page is what every page has. A view embeds it, and the templates layout/open and layout/close read it.
type Page struct {
	Lang        string
	Title       string // of the window: page, site, and 【示例】 on a demonstration
	Description string
	Root        string // the way to the root of the site: "", "../", "../../"
	Canonical   string // full address
	Robots      string // "noindex" on a demonstration, else ""
	VersionID   string // of the guide shown, for the note on outdated paper; "" elsewhere
	Sample      bool
	Feeds       []Feed        // of what the page is about
	Refresh     string        // address to go to at once, on a page that moved; "" elsewhere
	Data        template.HTML // JSON-LD, a whole script element, or ""
	Head        *Fragment     // style sheet, scripts, policy
	Top         *Fragment     // header, navigation, banner
	Foot        *Fragment
}

// head makes the Page of the page at the address.
func (b *builder) head(url, title, description string) Page {
	s := b.site
	if title == "" {
		title = s.Config.Title
	} else {
		title += " · " + s.Config.Title
	}
	p := Page{
		Lang: s.Config.Language, Title: title, Description: description, Root: rootOf(url),
		Canonical: s.Config.BaseURL + "/" + url, Sample: s.Sample,
	}
	if s.Sample {
		p.Title = b.say("sample_title") + p.Title
	}
	if s.Consultation {
		p.Title = b.say("draft_title") + p.Title
	}
	if s.Sample || s.Consultation {
		p.Robots = "noindex"
	}
	c := b.chrome(url)
	p.Head, p.Top, p.Foot = c.head, c.top, c.foot
	return p
}

// rootOf returns the way from a page to the root of the site.
func rootOf(url string) string { return strings.Repeat("../", strings.Count(url, "/")) }

// ld returns a JSON-LD block. [json.Marshal] writes <, > and & as escapes, so that no value can end the element. A
// demonstration and a draft have none: nothing of them may be taken for a government's word.
func (b *builder) ld(v any) template.HTML {
	if b.site.Sample || b.site.Consultation {
		return ""
	}
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // views of this package are plain data
	}
	return template.HTML(`<script type="application/ld+json">` + string(data) + `</script>`)
}

// Link is a link with its words. Current marks the page or choice the reader is at.
type Link struct {
	URL, Text string
	Current   bool
}

// chromeView is the view of the layout's fragments.
type chromeView struct {
	Root     string
	SiteName string
	Style    string // addresses of assets
	Icon     string
	Script   string
	Home     string
	Search   string
	Nav      []Link // in the header
	Map      []Link // at the foot
	Sample   bool
	Draft    *draftBanner // on a site that drafts are put to comment with
	Phone    string
	Official string // name of the portal that holds where the two differ
	Portal   string // the same in a sentence, whether it has a name or not
	OffURL   string

	Organiser, SiteCode, ICP, Police string
	NoFooter                         bool // nothing of the above is known
	AsOf                             string
	Licence, LicenceURL              string
	Report                           string // where mistakes of the site are told
}

// section is an entry of the navigation: address, word, and whether it stands in the header too.
type section struct {
	url, word string
	header    bool
}

// sections are the parts of the portal, in the order of the navigation.
var sections = []section{
	{"", "nav_home", true},
	{"topics/", "nav_topics", true},
	{"bundles/", "nav_bundles", true},
	{"divisions/", "nav_places", true},
	{"departments/", "nav_departments", false},
	{"a-z/", "nav_letters", false},
	{"lists/", "nav_lists", false},
	{"compare/", "nav_compare", false},
	{"changes/", "nav_changes", true},
	{qualityURL, "nav_quality", false},
	{"data/", "nav_data", false},
	{"help/", "nav_help", false},
	{"accessibility/", "nav_accessibility", false},
	{"about/", "nav_about", false},
	{searchURL, "nav_search", false},
}

// written are the sections that exist only where somebody wrote the article.
var written = map[string]bool{"help/": true, "accessibility/": true, "about/": true}

// searchURL is the page of the search.
const searchURL = "search/"

type chrome struct{ head, top, foot *Fragment }

// chromeKey is what head, top and foot depend on: how deep the page lies and, for the top, which section it is in.
type chromeKey struct{ root, section string }

// chrome returns the fragments around the page at the address.
func (b *builder) chrome(url string) chrome {
	part := func(name, section string) *Fragment {
		k := chromeKey{rootOf(url), section}
		return b.fragment(name, k, "layout", func() any { return b.chromeView(k) })
	}
	return chrome{head: part("layout/head", ""), top: part("layout/top", sectionOf(url)), foot: part("layout/foot", "")}
}

// sectionOf returns the section a page belongs to, or its own first folder.
func sectionOf(url string) string {
	first, _, deep := strings.Cut(url, "/")
	if !deep {
		return ""
	}
	return first + "/"
}

func (b *builder) chromeView(k chromeKey) *chromeView {
	c, root := b.site.Config, k.root
	at := func(url string) string { return root + site.File(url) }
	v := &chromeView{
		Root: root, SiteName: c.Title, Style: root + b.theme.asset("style.css"), Icon: root + b.theme.asset("icon.svg"), Script: root + b.theme.asset("site.js"),
		Home: at(""), Search: at(searchURL), Sample: b.site.Sample, Draft: b.draftBanner(root), Phone: b.phone(),
		Official: c.OfficialPortal.Name, OffURL: webURL(c.OfficialPortal.URL), Portal: b.portal(),
		Organiser: c.Footer.Organiser, SiteCode: c.Footer.SiteCode, ICP: c.Footer.ICP, Police: c.Footer.Police,
		AsOf: b.site.Catalog.AsOf.String(), Licence: c.Licence.Name, LicenceURL: webURL(c.Licence.URL), Report: b.edit.NewIssue("", ""),
	}
	if b.site.Sample {
		v.Organiser, v.SiteCode, v.ICP, v.Police = "", "", "", ""
	}
	v.NoFooter = v.Organiser == "" && v.SiteCode == "" && v.ICP == "" && v.Police == ""
	for _, s := range sections {
		if written[s.url] && !slices.ContainsFunc(b.site.Articles, func(a *article.Article) bool { return a.URL == s.url }) {
			continue
		}
		l := Link{URL: at(s.url), Text: b.say(s.word), Current: s.url == k.section}
		if s.header {
			v.Nav = append(v.Nav, l)
		}
		v.Map = append(v.Map, l)
	}
	return v
}

// portal is what the official portal is called in a sentence.
func (b *builder) portal() string {
	if name := b.site.Config.OfficialPortal.Name; name != "" {
		return name
	}
	return b.say("sample_portal")
}

// phone is the number people call when nothing else is known.
func (b *builder) phone() string {
	if p := b.site.Config.Phone; p != "" {
		return p
	}
	return "12345"
}
