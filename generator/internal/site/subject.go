package site

import (
	"slices"
	"sort"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/record"
)

// Handles reports whether the place has a guide of the item. Guides are sorted by item.
func Handles(d *catalog.Division, item string) bool {
	n := sort.Search(len(d.Guides), func(k int) bool { return d.Guides[k].Item.ID >= item })
	return n < len(d.Guides) && d.Guides[n].Item.ID == item
}

// Answers reports whether the place has a page for the item: a guide, or a pointer to who handles it.
func Answers(d *catalog.Division, i *catalog.Item) bool {
	if Handles(d, i.ID) {
		return true
	}
	if len(i.Children) > 0 {
		return false
	}
	return d.Referral(i.ID) != nil || slices.ContainsFunc(d.NotAdopted, func(n record.NotAdopted) bool { return n.Item == i.ID })
}

// libraryFolders are where the pages of the libraries lie.
var libraryFolders = map[record.Kind]string{
	record.KindLaw: "laws/", record.KindMaterial: "materials/", record.KindCertificate: "certificates/",
	record.KindIntermediary: "intermediaries/", record.KindDocument: "documents/", record.KindBundle: "bundles/",
}

// SubjectURL is the page of what changed: the item in the place, the item, the place, the record of a library; "" where there is
// none any more.
func (s *Site) SubjectURL(sub changes.Subject) string {
	c := s.Catalog
	i, d := c.Item(sub.Item), c.Division(sub.Division)
	switch {
	case i != nil && d != nil && Answers(d, i):
		return OverviewURL(d, i)
	case i != nil:
		return ItemURL(i)
	case d != nil:
		return DivisionURL(d)
	}
	known := false
	switch sub.Kind {
	case record.KindLaw:
		known = c.Laws.Get(sub.ID) != nil
	case record.KindMaterial:
		known = c.Materials.Get(sub.ID) != nil
	case record.KindCertificate:
		known = c.Certificates.Get(sub.ID) != nil
	case record.KindIntermediary:
		known = c.Intermediaries.Get(sub.ID) != nil
	case record.KindDocument:
		known = c.Documents.Get(sub.ID) != nil
	case record.KindBundle:
		known = c.Bundles.Get(sub.ID) != nil
	}
	if !known {
		return ""
	}
	return libraryFolders[sub.Kind] + sub.ID + "/"
}
