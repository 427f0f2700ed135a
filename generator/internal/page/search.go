package page

import (
	"banshi/generator/internal/output"
)

// searchView is the view of pages/search. The page holds a form and ways of browsing; the script fills in the results of the
// query in its address (?q=&place=).
type searchView struct {
	Page
	Script    string   // the client, which is loaded where there is a search box
	Results   string   // what shows the results
	Places    []string // offered in the field of the place
	Links     []Link   // ways to find an item without searching
	Phone     string
	PhoneDial string // digits for tel:
}

// searchPages is the page of results. It is one file: results are made in the browser, from the index that package search
// writes.
func (b *builder) searchPages() []output.File {
	return []output.File{b.page(searchURL, "pages/search", func() any {
		return &searchView{
			Page:   b.head(searchURL, b.say("nav_search"), b.say("search_description")),
			Script: b.searchScript(rootOf(searchURL)), Results: rootOf(searchURL) + b.theme.asset("results.js"), Places: b.placeNames(), Links: b.browseChips(searchURL),
			Phone: b.phone(), PhoneDial: dial(b.phone()),
		}
	})}
}
