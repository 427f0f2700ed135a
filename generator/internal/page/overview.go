package page

import (
	"io"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// overviewView is the view of pages/overview: an item with several procedures in a place, one row each. The page is rendered once for all
// places whose rows say the same: Place, Verified, and of the Page Title, Description and Canonical, hold marks as in guideView.
type overviewView struct {
	Page
	Place, Verified          string
	Item, Plain, Type, Level string
	ItemURL                  string
	Rows                     []ProcedureRow
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
		if site.Single(guides[0].Item) {
			continue
		}
		if url := site.OverviewURL(d, guides[0].Item); b.lazy {
			out = append(out, b.later(url, func(w io.Writer) error { return b.overviewFile(url, guides).Write(w) }))
		} else {
			out = append(out, b.overviewFile(url, guides))
		}
	}
	return out
}

// overviewFile is the overview of the guides of one item in a place.
func (b *builder) overviewFile(url string, guides []*catalog.Guide) output.File {
	f := b.overviewFrame(url, guides)
	fill := func(s *slots) {
		s[slotPlace].text = guides[0].Division.Name
		s[slotVerified].text = b.verified(guides[0])
		s[slotCanonical].text = b.site.Config.BaseURL + "/" + url
	}
	return output.File{
		Path: url,
		Stamp: b.stampOf("pages/overview", func(h *output.Hasher) {
			var s slots
			fill(&s)
			h.Stamp(f.stamp)
			s.hash(h)
		}),
		Write: func(w io.Writer) error {
			var s slots
			fill(&s)
			return f.write(w, &s)
		},
	}
}

// overviewKey is what the frame of an overview is made from.
type overviewKey struct {
	item  *catalog.Item
	level string
	rows  output.Stamp
}

// overviewFrame returns the frame of an overview, which all places share whose rows say the same.
func (b *builder) overviewFrame(url string, guides []*catalog.Guide) *frame {
	g := guides[0]
	rows := func() []ProcedureRow { return b.overviewRows(url, guides) }
	k := overviewKey{g.Item, g.Level, b.stamp("rows", rows())}
	f := b.guides.overviews[k]
	if f == nil {
		f = b.newFrame("pages/overview", g.Item.Name, func(m marks) any {
			v := &overviewView{
				Page: b.head(url, g.Item.Name+" · "+m.at(slotPlace),
					b.say("overview_description", "place", m.at(slotPlace), "name", g.Item.Name, "n", itoa(len(guides)))),
				Place: m.at(slotPlace), Verified: m.at(slotVerified),
				Item: g.Item.Name, Plain: g.Item.Plain, Type: g.Item.Type, Level: g.Level,
				ItemURL: "../../items/" + g.Item.ID + "/index.html", Rows: rows(),
			}
			v.Canonical = m.at(slotCanonical)
			return v
		})
		b.guides.overviews[k] = f
	}
	f.users++
	return f
}

func (b *builder) overviewRows(url string, guides []*catalog.Guide) []ProcedureRow {
	rows := make([]ProcedureRow, len(guides))
	for i, g := range guides {
		d := b.digest(b.card(&g.Sections))
		rows[i] = ProcedureRow{
			Name: or(shortName(g), g.Procedure.Name), URL: b.link(url, site.GuideURL(g)), Plain: g.Procedure.Plain,
			Visits: d.Visits, Time: d.Time, Cost: d.Cost, Papers: d.Papers,
		}
	}
	return rows
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
