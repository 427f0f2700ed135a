package page

import (
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
)

// signpostsView is the view of pages/signposts: answers that are not items, each with an anchor.
type signpostsView struct {
	Page
	Crumbs  []Link
	Chips   []Link
	Answers []SignpostView
}

// SignpostView is one answer.
type SignpostView struct {
	ID, Name, URL, Answer, Where string
	Aliases                      string
	Document, DocURL             string
	Items                        []Row
}

// signpostView is the view of pages/signpost.
type signpostView struct {
	Page
	Crumbs      []Link
	Post        SignpostView
	Phone, Dial string
}

// signpostPages are the answers that are not items: one page with all of them, and a page each.
func (b *builder) signpostPages() []output.File {
	const url = "signposts/"
	posts := b.site.Catalog.Signposts
	out := []output.File{b.page(url, "pages/signposts", func() any {
		v := &signpostsView{Page: b.head(url, b.say("signposts"), b.say("signposts_lead")), Crumbs: b.trail(url), Chips: b.libraryChips(url)}
		for i := range posts {
			v.Answers = append(v.Answers, b.signpost(url, &posts[i]))
		}
		sortBy(v.Answers, func(s SignpostView) string { return s.Name })
		return v
	})}
	for i := range posts {
		at := url + posts[i].ID + "/"
		out = append(out, b.page(at, "pages/signpost", func() any {
			v := &signpostView{
				Page: b.head(at, posts[i].Name, posts[i].Answer), Crumbs: b.trail(at, Link{URL: url, Text: b.say("signposts")}),
				Post: b.signpost(at, &posts[i]), Phone: b.phone(), Dial: dial(b.phone()),
			}
			v.Data = b.wayData(&v.Page, v.Crumbs, v.Post.Name)
			return v
		}))
	}
	return out
}

func (b *builder) signpost(url string, r *record.Signpost) SignpostView {
	v := SignpostView{ID: r.ID, Name: r.Name, URL: b.link(url, "signposts/"+r.ID+"/"), Answer: r.Answer, Where: r.Where, Aliases: aliasText(r.Aliases)}
	if r.Document != "" {
		v.Document, v.DocURL = b.documentName(r.Document), b.documentURL(url, r.Document)
	}
	for _, id := range r.Items {
		if i := b.site.Catalog.Item(id); i != nil {
			v.Items = append(v.Items, b.itemRow(url, i))
		}
	}
	return v
}
