package page

import (
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// overviewView is the view of pages/overview: an item with several procedures in a place, one row each.
type overviewView struct {
	Page
	Item, Place, Plain, Type, Level, Verified string
	ItemURL                                   string
	Rows                                      []ProcedureRow
}

// ProcedureRow is one procedure.
type ProcedureRow struct {
	Name, URL, Plain           string
	Visits, Time, Cost, Papers string
}

// overviewPages are the overviews of a place.
func (b *builder) overviewPages(d *catalog.Division) []output.File {
	var out []output.File
	for guides := range byItem(d) {
		if !site.Single(guides[0].Item) {
			url := site.OverviewURL(d, guides[0].Item)
			out = append(out, b.page(url, "pages/overview", func() any { return b.overviewView(url, guides) }))
		}
	}
	return out
}

func (b *builder) overviewView(url string, guides []*catalog.Guide) *overviewView {
	g := guides[0]
	v := &overviewView{
		Page: b.head(url, g.Item.Name+" · "+g.Division.Name, b.say("overview_description", "place", g.Division.Name, "name", g.Item.Name, "n", itoa(len(guides)))),
		Item: g.Item.Name, Place: g.Division.Name, Plain: g.Item.Plain, Type: g.Item.Type, Level: g.Level, Verified: b.verified(g),
		ItemURL: "../../items/" + g.Item.ID + "/index.html",
	}
	for _, g := range guides {
		d := b.digest(cardKey{g.Scope, g.Timing, g.Papers, g.Cost, g.Access, g.Facilitation})
		v.Rows = append(v.Rows, ProcedureRow{
			Name: or(shortName(g), g.Procedure.Name), URL: b.link(url, site.GuideURL(g)), Plain: g.Procedure.Plain,
			Visits: d.Visits, Time: d.Time, Cost: d.Cost, Papers: d.Papers,
		})
	}
	return v
}

// pointerView is the view of pages/pointer: an item that this place leaves to another.
type pointerView struct {
	Page
	Item, Place, Plain, Type, ItemURL string
	Text, Note                        string
	To, ToURL, Go                     string // where to go on, and the words of the link: by default, to the place
	Phone                             string
}

// pointerPages are the pages at the address of a guide that a place does not have because it refers the item to another place
// or has not adopted it: an answer instead of a page that is missing.
func (b *builder) pointerPages(d *catalog.Division) []output.File {
	var out []output.File
	seen := map[string]bool{}
	for _, r := range d.Referrals {
		if seen[r.Item.ID] || len(r.Item.Children) > 0 || handles(d, r.Item.ID) {
			continue
		}
		seen[r.Item.ID] = true
		url := site.OverviewURL(d, r.Item)
		out = append(out, b.page(url, "pages/pointer", func() any { return b.referralView(url, r) }))
	}
	for _, n := range d.NotAdopted {
		item := b.site.Catalog.Item(n.Item)
		if item == nil || seen[n.Item] || handles(d, n.Item) {
			continue
		}
		seen[n.Item] = true
		url := site.OverviewURL(d, item)
		out = append(out, b.page(url, "pages/pointer", func() any {
			v := b.pointerView(url, d, item)
			v.Text, v.Note = b.say("not_adopted", "place", d.Name), n.Reason
			return v
		}))
	}
	return out
}

func (b *builder) pointerView(url string, d *catalog.Division, item *catalog.Item) *pointerView {
	return &pointerView{
		Page: b.head(url, item.Name+" · "+d.Name, b.say("pointer_description", "place", d.Name, "name", item.Name)),
		Item: item.Name, Place: d.Name, Plain: item.Plain, Type: item.Type, ItemURL: "../../items/" + item.ID + "/index.html", Phone: b.phone(),
	}
}

// referralView leads to the guide of the place that handles the item, or to that place where it has none either.
func (b *builder) referralView(url string, r *catalog.Referral) *pointerView {
	v := b.pointerView(url, r.Division, r.Item)
	v.Text, v.Note, v.To = b.say("referred", "place", r.Division.Name, "to", r.To.Name), r.Note, r.To.Name
	v.ToURL = b.link(url, site.DivisionURL(r.To))
	if handles(r.To, r.Item.ID) {
		v.ToURL = b.link(url, site.OverviewURL(r.To, r.Item))
	}
	return v
}
