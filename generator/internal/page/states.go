package page

import (
	"slices"
	"strings"

	"banshi/generator/internal/output"
	"banshi/generator/internal/review"
	"banshi/generator/internal/site"
)

// statesURL is the page of how far every record has come, in a draft site.
const statesURL = "consultation/states/"

// statesView is the view of pages/states: how far every item has come on its way to publication.
type statesView struct {
	Page
	Crumbs []Link
	Counts []Pair // how many stand where
	Rows   []StateRow
}

// StateRow is one record on the list.
type StateRow struct {
	Name, URL, Kind string
	Stage, Since    string
	Open            bool // not published, or something is missing
	Missing         string
	Documents       []Link
}

// statePages is the list of all states; the plain site has none, for it is about work.
func (b *builder) statePages() []output.File {
	if !b.site.Catalog.Draft {
		return nil
	}
	const url = statesURL
	return []output.File{b.page(url, "pages/states", func() any {
		v := &statesView{Page: b.head(url, b.say("states"), b.say("states_lead")),
			Crumbs: b.trail(url, Link{URL: "consultation/", Text: b.say("consultation")})}
		count := map[review.Stage]int{}
		for _, s := range site.States(b.site.Catalog, b.site.Config, b.site.Catalog.Source.Files) {
			count[s.Stage]++
			v.Rows = append(v.Rows, b.stateRow(url, s))
		}
		slices.SortStableFunc(v.Rows, func(x, y StateRow) int {
			switch {
			case x.Open == y.Open:
				return 0
			case x.Open:
				return -1
			}
			return 1
		})
		for _, stage := range review.Stages {
			if count[stage] > 0 {
				v.Counts = append(v.Counts, Pair{Label: string(stage), Value: itoa(count[stage])})
			}
		}
		return v
	})}
}

func (b *builder) stateRow(url string, s *site.State) StateRow {
	r := StateRow{Name: s.Name(), Kind: s.Kind(), Stage: string(s.Stage), Since: s.Since.Han(), Open: s.Held || len(s.Missing) > 0}
	switch {
	case s.Item != nil:
		r.URL = b.link(url, draftURL(s))
	case s.Division != nil:
		r.URL = b.link(url, site.DivisionURL(s.Division))
	}
	var missing []string
	for _, g := range s.Missing {
		missing = append(missing, b.gate(g))
	}
	r.Missing = strings.Join(missing, "、")
	for _, d := range review.Documents(s.Review) {
		r.Documents = append(r.Documents, Link{URL: or(b.documentURL(url, d.Name), webURL(d.Name)), Text: b.gate(d.Gate) + " " + b.documentName(d.Name)})
	}
	return r
}
