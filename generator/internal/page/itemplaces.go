package page

import (
	"bytes"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// placesView is the view of fragments/itemplaces: where an item is handled, by level, the province, then each city with its
// counties and their townships.
type placesView struct{ Groups []PlaceGroup }

// PlaceGroup is a city, or a county right below the province, with what lies below it. URL is "" where it only heads the group.
type PlaceGroup struct {
	Name, URL, Note string
	Places          []PlaceLink
	Served          []PlaceLink // statistical areas, which another place serves
	Towns           []TownGroup // folded, because a province has thousands
	TownsN          string
	towns           int
}

// PlaceLink is a place that handles the item, or says who does.
type PlaceLink struct{ Name, URL, Note string }

// TownGroup is the townships of a county. Name is "" where the county heads the whole group.
type TownGroup struct {
	Name   string
	Places []PlaceLink
}

// itemToken stands for the item in the fragment that all items of the same places share. No id has a capital or an underscore.
const itemToken = "ITEM_ID"

// itemPlacesKey is what fragments/itemplaces is made from: what each place has to say of the item.
type itemPlacesKey string

// itemPlaces is what places say of an item, "" where no place says anything, and how many have a guide.
type itemPlaces struct {
	key itemPlacesKey
	n   int
}

// placesOf lists the places of an item, with the item's own address, and counts those with a guide. Ids of items need no escaping: see
// [record.IsItemID].
func (b *builder) placesOf(out *bytes.Buffer, i *catalog.Item) (all *splice, n int) {
	p, known := b.places[i]
	if !known {
		p = b.itemPlaces(i)
		b.places[i] = p
	}
	if p.key == "" {
		return nil, 0
	}
	f := b.fragment("fragments/itemplaces", p.key, i.Name, func() any { return b.placesView(i) })
	return b.splice(out, f, itemToken, i.ID), p.n
}

// itemPlaces asks all places about an item.
func (b *builder) itemPlaces(i *catalog.Item) itemPlaces {
	var key strings.Builder
	n := 0
	for _, d := range b.site.Catalog.Divisions {
		says, by := b.says(d, i)
		key.WriteByte(byte('0' + says))
		switch says {
		case saysGuide:
			n++
		case saysReferred, saysServed:
			key.WriteString(by.ID)
		}
	}
	if strings.Trim(key.String(), string(rune('0'+saysNothing))) == "" {
		return itemPlaces{}
	}
	return itemPlaces{itemPlacesKey(key.String()), n}
}

// placesView lists places by level: each city with its counties and their townships.
func (b *builder) placesView(i *catalog.Item) *placesView {
	v := &placesView{}
	at := map[*catalog.Division]int{}
	for _, d := range b.site.Catalog.Divisions {
		link, ok := b.placeLink(d, i)
		if !ok {
			continue
		}
		top := topOf(d)
		n, seen := at[top]
		if !seen {
			n = len(v.Groups)
			at[top] = n
			v.Groups = append(v.Groups, PlaceGroup{Name: top.Name, Note: b.placeNote(top)})
		}
		g := &v.Groups[n]
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
	if d.Superior != nil && d.Superior.Name != g.Name {
		county = d.Superior.Name
	}
	if n := len(g.Towns); n == 0 || g.Towns[n-1].Name != county {
		g.Towns = append(g.Towns, TownGroup{Name: county})
	}
	t := &g.Towns[len(g.Towns)-1]
	t.Places = append(t.Places, link)
	g.towns++
	g.TownsN = itoa(g.towns)
}

// placeSays is what a place has to say of an item.
type placeSays int

const (
	saysNothing    placeSays = iota
	saysGuide                // it handles the item
	saysServed               // it exists only in statistics, and the place that serves it handles the item
	saysReferred             // it leaves the item to another
	saysNotAdopted           // it has not taken the item on
)

// says returns what a place says of an item, and which other place handles it. A township of a statistical area says nothing:
// its own page leads on.
func (b *builder) says(d *catalog.Division, i *catalog.Item) (says placeSays, by *catalog.Division) {
	switch {
	case site.Handles(d, i.ID):
		return saysGuide, nil
	case !d.Acts():
		by = b.site.Catalog.Division(d.ServedBy)
		if by == nil || !site.Handles(by, i.ID) || record.LevelRank(d.Level) > 2 {
			return saysNothing, nil
		}
		return saysServed, by
	case !i.Current() || !site.Answers(d, i):
		return saysNothing, nil
	}
	if r := d.Referral(i.ID); r != nil {
		return saysReferred, r.To
	}
	return saysNotAdopted, nil
}

// placeLink is the line of a place on an item's page; ok is false where the place has nothing to say of the item.
func (b *builder) placeLink(d *catalog.Division, i *catalog.Item) (l PlaceLink, ok bool) {
	says, by := b.says(d, i)
	at := d
	l = PlaceLink{Name: d.Name, Note: b.placeNote(d)}
	switch says {
	case saysNothing:
		return l, false
	case saysServed:
		at = by
		fallthrough
	case saysReferred:
		l.Note = b.say("served_by", "place", by.Name)
	case saysNotAdopted:
		l.Note = b.say("place_not_adopted")
	}
	l.URL = "../../divisions/" + at.ID + "/" + itemToken + ".html"
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
