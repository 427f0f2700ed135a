package page

import (
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// divisionIndexView is the view of pages/divisions: the tree of places.
type divisionIndexView struct {
	Page
	Crumbs []Link
	Search string
	Script string
	Places []string
	Own    *Link
	Meta   []string
	Cities []CityView
}

// CityView is a place right below the province with its counties.
type CityView struct {
	ID, Name, URL, Tag, Kind, Items string
	Counties                        []Count
}

func (b *builder) divisionIndex() output.File {
	const url = "divisions/"
	return b.page(url, "pages/divisions", func() any {
		v := &divisionIndexView{Page: b.head(url, b.say("places_title"), b.say("places_lead")), Crumbs: b.trail(url), Search: b.link(url, searchURL),
			Script: b.searchScript("../"), Places: b.placeNames(), Meta: []string{b.say("n_places", "n", thousands(len(b.site.Catalog.Divisions)))}}
		if root := b.site.Root; root != nil {
			v.Own = &Link{URL: b.link(url, site.DivisionURL(root)), Text: b.say("place_own", "place", root.Name)}
		}
		for _, d := range b.topPlaces() {
			c := CityView{ID: "p-" + d.ID, Name: d.Name, URL: b.link(url, site.DivisionURL(d)), Kind: d.Kind, Items: itoa(len(itemsIn(d)))}
			if d.Sample {
				c.Tag = b.say("sample_tag")
			}
			for _, county := range d.Children {
				n := Count{URL: b.link(url, site.DivisionURL(county)), Text: county.Name}
				if !county.Acts() {
					n.N = b.say("place_statistical_tag")
				}
				c.Counties = append(c.Counties, n)
			}
			v.Cities = append(v.Cities, c)
		}
		return v
	})
}
