package site

import (
	"sort"
	"strings"

	"banshi/generator/internal/catalog"
)

// Routes are addresses of pages relative to the root of the site. An address that ends in a slash is a folder with an
// index.html; guides are flat files, because a folder a page makes a tree of a hundred thousand guides ten times dearer.

// ItemURL is the page of a catalogue record.
func ItemURL(i *catalog.Item) string { return "items/" + i.ID + "/" }

// DivisionURL is the page of a place.
func DivisionURL(d *catalog.Division) string { return "divisions/" + d.ID + "/" }

// OverviewURL is the page of an item in a place: the guide itself where the item has one procedure, else one row a procedure;
// or a pointer to the place that handles it.
func OverviewURL(d *catalog.Division, i *catalog.Item) string {
	return "divisions/" + d.ID + "/" + i.ID + ".html"
}

// GuideURL is the page of a guide. An item with one procedure in force has its guide at the overview's address.
func GuideURL(g *catalog.Guide) string { return GuideURLIn(g.Division.ID, g.Procedure) }

// GuideURLIn is the page of a procedure's guide in the place of an id.
func GuideURLIn(division string, p *catalog.Procedure) string {
	no := ""
	if !Single(p.Item) {
		no = "." + p.No
	}
	return "divisions/" + division + "/" + p.Item.ID + no + ".html"
}

// ProcedureURL is the page of a procedure's guide in a place where the item has several.
func ProcedureURL(d *catalog.Division, p *catalog.Procedure) string {
	return "divisions/" + d.ID + "/" + p.Item.ID + "." + p.No + ".html"
}

// Single reports whether the item has exactly one procedure in force.
func Single(i *catalog.Item) bool {
	n := 0
	for _, p := range i.Procedures {
		if p.Current {
			n++
		}
	}
	return n == 1
}

// Relative returns the address of to as seen from the page at from, so that the site works in any folder and from a USB stick.
// Folder addresses get index.html, because file:// has no folder index.
func Relative(from, to string) string {
	fragment := ""
	if i := strings.IndexByte(to, '#'); i >= 0 {
		to, fragment = to[:i], to[i:]
	}
	folder := 0 // how much of both is the same folder
	for i := 0; i < len(from) && i < len(to) && from[i] == to[i]; i++ {
		if from[i] == '/' {
			folder = i + 1
		}
	}
	index := ""
	if to == "" || strings.HasSuffix(to, "/") {
		index = "index.html"
	}
	return up(strings.Count(from[folder:], "/")) + to[folder:] + index + fragment
}

// up leads n folders up.
func up(n int) string {
	const some = "../../../../../../../../"
	if 3*n <= len(some) {
		return some[:3*n]
	}
	return strings.Repeat("../", n)
}

// File returns the file of an address: folders get index.html.
func File(url string) string {
	if url == "" || strings.HasSuffix(url, "/") {
		return url + "index.html"
	}
	return url
}

// KindCount is how many files of a kind a site has.
type KindCount struct {
	Kind  string
	Files int
}

// CountByKind counts files by the first folder of their path; pages of places count as guides unless they are a folder's index.
func CountByKind(paths []string) []KindCount {
	counts := map[string]int{}
	for _, p := range paths {
		top, rest, ok := strings.Cut(p, "/")
		if !ok {
			top = "."
		}
		if top == "divisions" && !strings.HasSuffix(rest, "/index.html") {
			top = "guides"
		}
		counts[top]++
	}
	out := make([]KindCount, 0, len(counts))
	for k, n := range counts {
		out = append(out, KindCount{k, n})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Kind < out[j].Kind })
	return out
}
