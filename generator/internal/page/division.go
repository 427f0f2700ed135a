package page

import (
	"bytes"
	"iter"
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// divisionView is the view of pages/division: a place with its halls, its items and the places below it.
type divisionView struct {
	Page
	Crumbs      []Link
	Name        string
	Tags, Meta  []string
	Search      string
	Script      string
	PlaceID     string // the place whose items the box searches
	SearchIn    string // and its name
	Statistical bool
	ServedBy    *Link
	Hall        string // the first hall heads the sheet
	Unverified  string
	Items       string
	OfItems     string
	Windows     string
	NoWindows   bool // none is known
	Zones       string
	Online      string
	OnlineShare string
	Once        string
	OnceShare   string
	Facts       []Pair
	Phone, Dial string
	Halls       []HallView
	Points      []HallView // stations and agents, folded
	PointsN     string
	Lists       *splice // the items by topic and by department
	OnLists     []Count // the generated lists on which the place has something
	Referrals   []ReferralGroup
	NotAdopted  []Row
	Orgs        []OrgView
	Lower       []LowerGroup
	Members     []Link
	Changes     []ChangeView
	Upcoming    []ChangeView
	NoHistory   bool
	ChangesURL  string
	Before      string // the page of what it said before
	Reviews     []string
	QualityURL  string // the figures of the place, "" where it handles nothing
	DataURL     string
	DataLinks   sourceLinks
}

// OrgView is a body of a place.
type OrgView struct{ Name, Kind, Unverified, Phone, Dial, Former string }

func (b *builder) divisionPages() []output.File {
	out := []output.File{b.divisionIndex()}
	for _, d := range b.site.Catalog.Divisions {
		url := site.DivisionURL(d)
		out = append(out, b.splicedPage(url, "pages/division", func(out *bytes.Buffer) any { return b.divisionView(out, url, d) }))
	}
	return out
}

func (b *builder) divisionView(out *bytes.Buffer, url string, d *catalog.Division) *divisionView {
	items := itemsIn(d)
	v := &divisionView{
		Page: b.head(url, d.Name, b.say("place_description", "place", d.Name, "n", itoa(len(items)))),
		Name: d.Name, Search: b.link(url, searchURL), Script: b.searchScript("../../"), PlaceID: d.ID, SearchIn: d.Name, Phone: b.phone(), Dial: dial(b.phone()), NoHistory: b.site.NoHistory,
		DataURL: "../../api/v1/divisions/" + d.ID + ".json", ChangesURL: b.link(url, "changes/"), Items: itoa(len(items)),
	}
	v.DataLinks = b.sourceLinks(d.File, d.Name, v.Canonical)
	v.Crumbs = b.placeTrail(url, d)
	v.Data = b.wayData(&v.Page, v.Crumbs, d.Name)
	v.Meta = b.placeMeta(d)
	if d.Sample {
		v.Tags = append(v.Tags, b.say("sample_tag"))
	}
	if d.Kind == catalog.KindStatistical {
		v.Statistical = true
		v.Page.Description = b.say("place_statistical", "place", d.Name)
		if by := b.site.Catalog.Division(d.ServedBy); by != nil {
			v.PlaceID, v.SearchIn = by.ID, by.Name
			v.ServedBy = &Link{URL: b.link(url, site.DivisionURL(by)), Text: by.Name}
			items = itemsIn(by)
			v.Items = itoa(len(items))
			v.Lists = b.itemLists(out, "../"+by.ID+"/", items)
		}
		return v
	}
	b.placeFigures(v, d, items)
	b.placeHalls(v, d)
	v.QualityURL = b.placeQualityLink(url, d)
	v.Lists = b.itemLists(out, "", items)
	v.OnLists = b.listsOf(url, d)
	b.elsewhere(url, v, d)
	for _, o := range d.Orgs {
		ov := OrgView{Name: o.Name, Kind: o.Kind, Phone: or(o.Phone, b.phone()), Former: aliasText(o.FormerNames)}
		ov.Dial = dial(ov.Phone)
		if o.NameStatus == record.NameByRule {
			ov.Unverified = b.say("name_unverified")
		}
		v.Orgs = append(v.Orgs, ov)
	}
	v.Lower = b.lower(url, d)
	for _, id := range d.Members {
		if m := b.site.Catalog.Division(id); m != nil {
			v.Members = append(v.Members, Link{URL: b.link(url, site.DivisionURL(m)), Text: m.Name})
		}
	}
	b.placeChanges(url, v, d)
	return v
}

// itemsIn are the items a place has guides of, by id.
func itemsIn(d *catalog.Division) []*catalog.Item {
	out := make([]*catalog.Item, 0, len(d.Guides))
	for guides := range byItem(d) {
		out = append(out, guides[0].Item)
	}
	return out
}

// byItem are the guides of a place, those of one item together; they come sorted by item.
func byItem(d *catalog.Division) iter.Seq[[]*catalog.Guide] {
	return func(yield func([]*catalog.Guide) bool) {
		for rest := d.Guides; len(rest) > 0; {
			n := 1
			for n < len(rest) && rest[n].Item == rest[0].Item {
				n++
			}
			if !yield(rest[:n]) {
				return
			}
			rest = rest[n:]
		}
	}
}

// placeTrail is the way down the tree of places.
func (b *builder) placeTrail(url string, d *catalog.Division) []Link {
	var up []Link
	for at, n := d.Superior, 0; at != nil && n < 8; at, n = at.Superior, n+1 {
		up = append(up, Link{URL: site.DivisionURL(at), Text: at.Name})
	}
	slices.Reverse(up)
	return b.trail(url, append([]Link{{URL: "divisions/", Text: b.say("nav_places")}}, up...)...)
}

func (b *builder) placeMeta(d *catalog.Division) []string {
	out := filled(d.Level)
	if d.Kind != "" && d.Kind != d.Level {
		out = append(out, d.Kind)
	}
	if d.Code != "" {
		out = append(out, b.say("place_code", "code", d.Code))
	}
	if len(d.Aliases) > 0 {
		out = append(out, b.say("also_called", "names", aliasText(d.Aliases)))
	}
	return out
}

// placeFigures are the four figures of the sheet: items, windows, what can be done online, and with one visit at most.
func (b *builder) placeFigures(v *divisionView, d *catalog.Division, items []*catalog.Item) {
	total := 0
	for _, i := range b.site.Items {
		if site.Listed(i) && len(i.Children) == 0 {
			total++
		}
	}
	c := b.count(d)
	v.OfItems = b.say("place_of_items", "n", itoa(total))
	v.Online, v.OnlineShare = itoa(c.online), b.share(c.online, len(items))
	v.Once, v.OnceShare = itoa(c.once), b.share(c.once, len(items))
}

// share is a part in per cent, in words.
func (b *builder) share(part, whole int) string {
	if whole == 0 {
		return b.say("none")
	}
	return b.say("place_share", "n", itoa((part*100+whole/2)/whole))
}

// placeChanges are the newest changes that concern the place, what is known to come, and its feeds.
func (b *builder) placeChanges(url string, v *divisionView, d *catalog.Division) {
	c := b.site.Catalog
	v.Changes = b.changeViews(url, maxShownChanges, func(e *changes.Entry) bool { return changedIn(d, e, c) })
	for _, e := range b.site.Upcoming() {
		if changedIn(d, e, c) {
			v.Upcoming = append(v.Upcoming, b.changeView(url, e))
		}
	}
	v.Feeds = b.feedsOfPlace(url, d)
	if f := b.site.FeedOf(d); f != nil {
		v.ChangesURL = b.link(url, f.PageURL())
	}
	if b.site.Past != nil && len(b.changedLocally(d)) > 0 {
		v.Before = placeVersionsFile
	}
	for i := range d.ListReviews {
		r := &d.ListReviews[i]
		if r.Published != nil {
			v.Reviews = append(v.Reviews, b.say("list_published", "body", r.Published.Body, "date", r.Published.Date.Han()))
		}
	}
}
