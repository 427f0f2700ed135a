package page

import (
	"sort"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// placesView is where an item is handled, by level: the province, then each city with its counties and their townships.
type placesView struct {
	N      int // places with a guide
	Groups []PlaceGroup
}

// PlaceGroup is a city, or a county right below the province, with what lies below it. URL is "" where it only heads the group.
type PlaceGroup struct {
	Name, URL, Note string
	Places          []PlaceLink
	Served          []PlaceLink // statistical areas, which another place serves
	Towns           []TownGroup
}

// PlaceLink is a place that handles the item, or says who does.
type PlaceLink struct{ Name, URL, Note string }

// TownGroup is the townships of a county, folded because a province has thousands.
type TownGroup struct {
	Name   string
	N      string
	Places []PlaceLink
}

// handles reports whether the place has a guide of the item. Guides are sorted by item.
func handles(d *catalog.Division, item string) bool {
	n := sort.Search(len(d.Guides), func(k int) bool { return d.Guides[k].Item.ID >= item })
	return n < len(d.Guides) && d.Guides[n].Item.ID == item
}

// answers reports whether the place has a page for the item: a guide, or a pointer to who handles it.
func answers(d *catalog.Division, i *catalog.Item) bool {
	if handles(d, i.ID) {
		return true
	}
	if len(i.Children) > 0 {
		return false
	}
	if d.Referral(i.ID) != nil {
		return true
	}
	for _, n := range d.NotAdopted {
		if n.Item == i.ID {
			return true
		}
	}
	return false
}

// placesOf lists the places of an item. A statistical area has no guides; a county of that kind is listed where the place that
// serves it has one.
func (b *builder) placesOf(url string, i *catalog.Item) placesView {
	var v placesView
	at := map[*catalog.Division]int{}
	group := func(top *catalog.Division) *PlaceGroup {
		n, ok := at[top]
		if !ok {
			n = len(v.Groups)
			at[top] = n
			v.Groups = append(v.Groups, PlaceGroup{Name: top.Name, Note: b.placeNote(top)})
		}
		return &v.Groups[n]
	}
	for _, d := range b.site.Catalog.Divisions {
		link, ok := b.placeLink(url, d, i)
		if !ok {
			continue
		}
		if handles(d, i.ID) {
			v.N++
		}
		top := topOf(d)
		g := group(top)
		switch {
		case d == top:
			g.URL, g.Note = link.URL, link.Note
		case !d.Acts():
			g.Served = append(g.Served, link)
		case record.LevelRank(d.Level) < 3:
			g.Places = append(g.Places, link)
		default:
			g.addTown(d, link)
		}
	}
	return v
}

func (g *PlaceGroup) addTown(d *catalog.Division, link PlaceLink) {
	county := ""
	if d.Superior != nil {
		county = d.Superior.Name
	}
	if n := len(g.Towns); n == 0 || g.Towns[n-1].Name != county {
		g.Towns = append(g.Towns, TownGroup{Name: county})
	}
	t := &g.Towns[len(g.Towns)-1]
	t.Places = append(t.Places, link)
	t.N = itoa(len(t.Places))
}

// placeLink is the line of a place on an item's page; ok is false where the place has nothing to say of the item.
func (b *builder) placeLink(url string, d *catalog.Division, i *catalog.Item) (l PlaceLink, ok bool) {
	l = PlaceLink{Name: d.Name, Note: b.placeNote(d)}
	switch {
	case handles(d, i.ID):
	case !d.Acts():
		by := b.site.Catalog.Division(d.ServedBy)
		if by == nil || !handles(by, i.ID) || record.LevelRank(d.Level) > 2 {
			return l, false
		}
		l.Note = b.say("served_by", "place", by.Name)
		l.URL = b.link(url, site.OverviewURL(by, i))
		return l, true
	case i.Current() && answers(d, i):
		if r := d.Referral(i.ID); r != nil {
			l.Note = b.say("served_by", "place", r.To.Name)
		} else {
			l.Note = b.say("place_not_adopted")
		}
	default:
		return l, false
	}
	l.URL = b.link(url, site.OverviewURL(d, i))
	return l, true
}

// placeNote marks the made-up places.
func (b *builder) placeNote(d *catalog.Division) string {
	if d.Sample {
		return b.say("sample_tag")
	}
	return ""
}

// topOf is the place under which a place is listed: itself for the province and what lies right below it, else the ancestor
// right below the province.
func topOf(d *catalog.Division) *catalog.Division {
	for n := 0; n < 8 && d.Superior != nil && d.Superior.Superior != nil; n++ {
		d = d.Superior
	}
	return d
}
