package page

import (
	"html/template"
	"regexp"
	"strings"

	"banshi/generator/internal/article"
	"banshi/generator/internal/output"
)

// articleView is the view of pages/article: a page of content/.
type articleView struct {
	Page
	Crumbs     []Link
	Heading    string
	Kind, Date string
	Lead       string
	Body       template.HTML
	Contents   []Link // headings of level 2
	Items      []Row
	Next       []Row // other articles
	DataLinks  sourceLinks
}

// articlesFolder is where dated and general articles lie; its index is made here unless content/ has one.
const articlesFolder = "articles/"

func (b *builder) articlePages() []output.File {
	var out []output.File
	indexed := false
	for _, a := range b.site.Articles {
		indexed = indexed || a.URL == articlesFolder
		out = append(out, b.page(a.URL, "pages/article", func() any { return b.articleView(a) }))
	}
	if indexed {
		return out
	}
	const url = articlesFolder
	return append(out, b.page(url, "pages/listing", b.listing(url, b.say("articles"), b.say("articles_lead"), func(v *listingView) {
		v.Crumbs, v.Lead = b.trail(url), b.say("articles_lead")
		at := map[string]int{}
		for _, a := range b.site.Articles {
			n, ok := at[a.Kind]
			if !ok {
				n = len(v.Groups)
				at[a.Kind] = n
				v.Groups = append(v.Groups, Group{ID: "k" + itoa(n+1), Title: a.Kind})
			}
			v.Groups[n].Rows = append(v.Groups[n].Rows, b.articleRow(url, a))
		}
	})))
}

func (b *builder) articleRow(url string, a *article.Article) Row {
	return Row{URL: b.link(url, a.URL), Name: a.Title, Note: a.Summary}
}

func (b *builder) articleView(a *article.Article) *articleView {
	v := &articleView{
		Page: b.head(a.URL, a.Title, or(a.Summary, a.Title)), Heading: a.Title, Kind: a.Kind, Date: a.Date, Lead: a.Summary,
		Body: articleBody(a.Body.HTML),
	}
	v.DataLinks = sourceLinks{Source: a.Path, SourceURL: b.edit.Source(a.Path, 0), Edit: b.edit.Editor(a.Path), Report: b.report(a.Title, v.Canonical, a.Path, "")}
	if strings.HasPrefix(a.URL, articlesFolder) && a.URL != articlesFolder {
		v.Crumbs = b.trail(a.URL, Link{URL: articlesFolder, Text: b.say("articles")})
	} else {
		v.Crumbs = b.trail(a.URL)
	}
	v.Data = b.wayData(&v.Page, v.Crumbs, a.Title)
	for _, h := range a.Body.Headings {
		if h.Level == 2 && h.ID != "" {
			v.Contents = append(v.Contents, Link{URL: "#" + h.ID, Text: h.Text})
		}
	}
	for _, id := range a.Items {
		if i := b.site.Catalog.Item(id); i != nil {
			v.Items = append(v.Items, b.itemRow(a.URL, i))
		}
	}
	for _, other := range b.site.Articles {
		if other != a {
			v.Next = append(v.Next, b.articleRow(a.URL, other))
		}
	}
	return v
}

// folderLink is a link to a folder of this site, relative as articles write them, with its anchor.
var folderLink = regexp.MustCompile(`href="((?:(?:\.{1,2}|[a-z0-9-]+)/)+)(#[^"]*)?"`)

// articleBody is the safe HTML of an article with links to folders spelt out, because file:// has no folder index. Package
// markdown made and sanitised it, and quotes attributes with "; nothing else may become markup here.
func articleBody(html string) template.HTML {
	return template.HTML(folderLink.ReplaceAllString(html, `href="${1}index.html$2"`))
}
