package main

import (
	"net/http"
	"runtime"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/form"
	"banshi/generator/internal/site"
)

// editing is the forms of one state of a site.
type editing struct {
	library *library
	site    *site.Site
}

// guide returns the guide whose page is at the path, or nil.
func (e *editing) guide(path string) *catalog.Guide {
	rest, ok := strings.CutPrefix(path, "divisions/")
	if !ok {
		return nil
	}
	place, _, _ := strings.Cut(rest, "/")
	if d := e.library.catalog.Division(place); d != nil {
		for _, g := range d.Guides {
			if site.GuideURL(g) == path {
				return g
			}
		}
	}
	return nil
}

// has reports whether the page at the path has a form.
func (e *editing) has(path string) bool { return e.guide(path) != nil }

// serve answers a request for the form of the page.
func (e *editing) serve(w http.ResponseWriter, r *http.Request, page, token string) {
	g := e.guide(page)
	if g == nil {
		http.Error(w, "没有这份指南 / no such guide", http.StatusNotFound)
		return
	}
	l := &form.Library{
		Source: e.library.source, Catalog: e.library.catalog, Lang: e.site.Config.Language,
		Check: e.library.judge, Order: keyOrder,
	}
	l.New(g).Serve(w, r, form.Desk{Dir: e.library.dir, Address: page, Action: r.URL.Path, Style: "/-/form.css", Token: token})
}

// judge resolves and checks other records as if they were the library's.
func (l *library) judge(s *catalog.Source) (*catalog.Catalog, []diag.Problem) {
	other := *l
	other.source, other.problems = s, nil
	other.catalog = catalog.Resolve(shown(s, l.config, l.catalog.Draft), catalog.Options{Draft: l.catalog.Draft})
	other.check(runtime.GOMAXPROCS(0))
	return other.catalog, other.problems
}
