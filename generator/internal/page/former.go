package page

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// formerPages answer at the addresses of guides that were published once and are no more, because a printed guide carries its
// address for ever: those of items that were cancelled or merged, of procedures that ended, and of the last procedure that is
// left, whose guide has moved to the address of the item. Other guides that a place lost lead to 404.html, which reads the address.
func (b *builder) formerPages() []output.File {
	ended := map[[2]string]bool{} // items and procedures that ended since the library began
	for _, e := range b.site.Changes {
		if e.Kind == "取消" || e.Kind == "合并" {
			ended[[2]string{e.Subject.Item, e.Subject.Procedure}] = true
		}
	}
	var out []output.File
	for _, i := range b.site.Items {
		if len(i.Children) > 0 {
			continue
		}
		if !i.Current() {
			if ended[[2]string{i.ID, ""}] {
				out = append(out, b.formerItem(i)...)
			}
			continue
		}
		gone := slices.ContainsFunc(i.Procedures, func(p *catalog.Procedure) bool { return !p.Current && ended[[2]string{i.ID, p.No}] })
		if gone {
			out = append(out, b.formerProcedures(i)...)
		}
	}
	return out
}

// formerItem are the pages of an item that ended, at every place that handled it: what to do now.
func (b *builder) formerItem(i *catalog.Item) []output.File {
	var out []output.File
	for _, d := range b.site.Catalog.Divisions {
		if !d.Acts() || site.Answers(d, i) || !slices.ContainsFunc(i.Levels, func(l string) bool { return slices.Contains(d.Exercises, l) }) {
			continue
		}
		urls := []string{site.OverviewURL(d, i)}
		if len(i.Procedures) > 1 {
			for _, p := range i.Procedures {
				urls = append(urls, site.ProcedureURL(d, p))
			}
		}
		for _, url := range urls {
			out = append(out, b.page(url, "pages/pointer", func() any {
				v := b.formerView(url, d, i)
				end := b.endingView(url, i)
				v.Text, v.Note = b.say("former_item", "kind", end.Kind, "date", end.Since), end.WhatNow
				if end.Instead != "" {
					v.To, v.ToURL = end.Instead, end.InsteadURL
					v.Go = b.say("ending_go", "name", end.Instead)
				}
				return v
			}))
		}
	}
	return out
}

// formerProcedures are the pages of procedures that have none of their own any more.
func (b *builder) formerProcedures(i *catalog.Item) []output.File {
	var out []output.File
	for n, g := range i.Guides {
		if n > 0 && i.Guides[n-1].Division == g.Division {
			continue
		}
		d := g.Division
		for _, p := range i.Procedures {
			if p.Current && !site.Single(i) || p.Status == record.StatusDraft {
				continue
			}
			url := site.ProcedureURL(d, p)
			out = append(out, b.page(url, "pages/pointer", func() any {
				v := b.formerView(url, d, i)
				v.To, v.ToURL, v.Go = i.Name, b.link(url, site.OverviewURL(d, i)), b.say("former_go")
				v.Canonical = b.absolute(site.OverviewURL(d, i))
				if p.Current {
					v.Text = b.say("former_single")
				} else {
					v.Text = b.say("former_procedure", "name", p.Name)
				}
				return v
			}))
		}
	}
	return out
}

func (b *builder) formerView(url string, d *catalog.Division, i *catalog.Item) *pointerView {
	v := b.pointerView(url, d, i)
	v.Robots = "noindex"
	return v
}
