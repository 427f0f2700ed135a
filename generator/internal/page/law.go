package page

import (
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// lawView is the view of pages/law: a law and the items that each of its articles supports. The text itself is not here.
type lawView struct {
	Page
	Crumbs       []Link
	Name         string
	Tags, Meta   []string
	Facts        []Pair
	Repealed     string
	Next         *Link
	Articles     []ArticleView
	Official     string
	Note, Phone  string
	DataLinks    sourceLinks
	NoCites      bool
	NumbersCheck string
}

// ArticleView is one article and what it supports. No is "" for what names no article.
type ArticleView struct {
	ID, No, Checked string
	Rows            []Row
}

// sourceLinks are where a record stands and where it is mended.
type sourceLinks struct{ Source, SourceURL, Edit, Report string }

func (b *builder) sourceLinks(f *catalog.File, name, canonical string) sourceLinks {
	return sourceLinks{Source: f.Path, SourceURL: b.edit.Source(f.Path, 0), Edit: b.edit.Editor(f.Path), Report: b.report(name, canonical, f.Path, f.Print.String())}
}

// lawPages are the laws that items rest on: an index by kind, and a page each.
func (b *builder) lawPages() []output.File {
	s := b.site
	out := []output.File{libraryIndex(b, "laws/", "laws", s.Catalog.Laws.All, b.vocabOrder("law-kinds"),
		func(url string, e *catalog.Entry[record.Law]) (string, Row) {
			r := Row{URL: b.link(url, "laws/"+e.ID+"/"), Name: bracket(e.Record.Name)}
			r.Note = b.citesNote(len(itemsOfCites(s.CitesOf(e.ID))))
			if e.Record.Repealed != 0 {
				r.Tags = append(r.Tags, b.say("law_repealed_tag"))
			}
			return e.Record.Kind, r
		})}
	for _, e := range s.Catalog.Laws.All {
		url := "laws/" + e.ID + "/"
		out = append(out, b.page(url, "pages/law", func() any { return b.lawView(url, e) }))
	}
	return out
}

// citesNote says how many items rest on a law.
func (b *builder) citesNote(n int) string {
	if n == 0 {
		return b.say("law_no_items")
	}
	return b.say("law_cites", "n", itoa(n))
}

func itemsOfCites(cites []site.Cite) []*catalog.Item {
	var out []*catalog.Item
	for _, c := range cites {
		if !slices.Contains(out, c.Item) {
			out = append(out, c.Item)
		}
	}
	return out
}

func (b *builder) lawView(url string, e *catalog.Entry[record.Law]) *lawView {
	r := e.Record
	cites := b.site.CitesOf(e.ID)
	n := len(itemsOfCites(cites))
	v := &lawView{
		Page:   b.head(url, bracket(r.Name), b.say("law_description", "name", r.Name, "n", itoa(n))),
		Crumbs: b.trail(url, Link{URL: "laws/", Text: b.say("laws")}), Name: bracket(r.Name), Tags: b.metaTags(r.Meta),
		Meta: []string{r.Kind, b.citesNote(n)}, Official: webURL(r.URL), Note: r.Note, Phone: b.phone(), NoCites: len(cites) == 0,
	}
	v.DataLinks = b.sourceLinks(e.File, r.Name, v.Canonical)
	v.Data = b.wayData(&v.Page, v.Crumbs, v.Name)
	v.Facts = pairs(
		Pair{Label: b.say("law_kind"), Value: r.Kind},
		Pair{Label: b.say("law_short"), Value: r.ShortName},
		Pair{Label: b.say("law_issued_by"), Value: r.IssuedBy},
		Pair{Label: b.say("law_number"), Value: r.DocumentNumber},
		Pair{Label: b.say("law_adopted"), Value: r.Adopted.Han()},
		Pair{Label: b.say("law_in_force"), Value: r.InForce.Han()},
		Pair{Label: b.say("law_checked"), Value: r.CheckedOn.Han()},
	)
	if r.Repealed != 0 {
		v.Repealed = r.Repealed.Han()
		v.Tags = append([]string{b.say("law_repealed_tag")}, v.Tags...)
	}
	if to := b.site.Catalog.Laws.Get(r.ReplacedBy); to != nil {
		v.Next = &Link{URL: b.link(url, "laws/"+to.ID+"/"), Text: bracket(to.Record.Name)}
	}
	v.Articles = b.articleViews(url, r, cites)
	return v
}

// articleViews groups the items by the article they rest on, in the order of the law's own list and then of first use; what
// names no article comes last.
func (b *builder) articleViews(url string, r *record.Law, cites []site.Cite) []ArticleView {
	var numbers []string
	checked := map[string]record.Date{}
	for _, a := range r.Articles {
		checked[a.No] = a.CheckedOn
		if !slices.Contains(numbers, a.No) {
			numbers = append(numbers, a.No)
		}
	}
	by := map[string][]*catalog.Item{}
	for _, c := range cites {
		if !slices.Contains(numbers, c.Article) {
			numbers = append(numbers, c.Article)
		}
		if !slices.Contains(by[c.Article], c.Item) {
			by[c.Article] = append(by[c.Article], c.Item)
		}
	}
	slices.SortStableFunc(numbers, func(x, y string) int {
		if (x == "") != (y == "") {
			return len(y) - len(x)
		}
		return 0
	})
	var out []ArticleView
	for _, no := range numbers {
		if len(by[no]) == 0 {
			continue
		}
		a := ArticleView{ID: "a" + itoa(len(out)+1), No: no, Rows: b.itemRows(url, by[no])}
		if d := checked[no]; d != 0 {
			a.Checked = b.say("article_checked", "date", d.Han())
		}
		out = append(out, a)
	}
	return out
}

// metaTags marks a record that nobody compared with its sources.
func (b *builder) metaTags(m record.Meta) []string {
	if m.Verified == nil || m.Verified.Status != "已核实" {
		return []string{b.say("unverified")}
	}
	return []string{b.say("verified_on", "date", m.Verified.On.String())}
}

// pairs leaves out what has no value.
func pairs(list ...Pair) []Pair {
	return slices.DeleteFunc(list, func(p Pair) bool { return p.Value == "" })
}

// vocabOrder is the terms of a vocabulary in its order.
func (b *builder) vocabOrder(name string) []string {
	var out []string
	if v := b.site.Catalog.Vocab[name]; v != nil {
		for i := range v.Terms {
			out = append(out, v.Terms[i].Term)
		}
	}
	return out
}

// libraryIndex is the page that lists a library by kind. Kinds come in the vocabulary's order, others after them.
func libraryIndex[T any](b *builder, url, word string, all []*catalog.Entry[T], order []string, row func(url string, e *catalog.Entry[T]) (string, Row)) output.File {
	title, lead := b.say(word), b.say(word+"_lead")
	return b.page(url, "pages/listing", b.listing(url, title, lead, func(v *listingView) {
		v.Crumbs, v.Lead = b.trail(url), lead
		v.Chips = b.libraryChips(url)
		v.Meta = []string{b.say("n_records", "n", itoa(len(all)))}
		at := map[string]int{}
		for _, k := range order {
			at[k] = len(v.Groups)
			v.Groups = append(v.Groups, Group{ID: "k" + itoa(len(v.Groups)+1), Title: k})
		}
		for _, e := range all {
			kind, r := row(url, e)
			kind = or(kind, b.say("group_all"))
			n, ok := at[kind]
			if !ok {
				n = len(v.Groups)
				at[kind] = n
				v.Groups = append(v.Groups, Group{ID: "k" + itoa(n+1), Title: kind})
			}
			v.Groups[n].Rows = append(v.Groups[n].Rows, r)
		}
		v.Groups = slices.DeleteFunc(v.Groups, func(g Group) bool { return len(g.Rows) == 0 })
		for i := range v.Groups {
			sortRows(v.Groups[i].Rows)
		}
	}))
}

// libraryChips are links to all libraries, the present one marked.
func (b *builder) libraryChips(url string) []Link {
	var out []Link
	for _, l := range []struct{ url, word string }{
		{"laws/", "laws"}, {"materials/", "materials"}, {"certificates/", "certificates"},
		{"documents/", "documents"}, {"intermediaries/", "intermediaries"}, {"signposts/", "signposts"},
	} {
		out = append(out, Link{URL: b.link(url, l.url), Text: b.say(l.word), Current: l.url == url})
	}
	return out
}

// aliasText joins other names.
func aliasText(names []string) string { return strings.Join(names, "、") }
