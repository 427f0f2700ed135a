package changes

import (
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// Count sets how many guides of the catalog each entry reaches: those of an item or procedure everywhere, those of a place, and
// for a library record those of the procedures that ask for it or give it.
func Count(entries []*Entry, c *catalog.Catalog) {
	byMaterial, byCertificate, byLaw := users(c)
	for _, e := range entries {
		switch s := e.Subject; s.Kind {
		case record.KindItem, record.KindProcedure:
			e.Guides = guidesOf(c.Item(s.Item), s.Procedure)
		case record.KindImplementation:
			e.Guides = guidesAt(c, s)
		case record.KindDivision:
			if d := c.Division(s.Division); d != nil {
				e.Guides = len(d.Guides)
			}
		case record.KindMaterial:
			e.Guides = byMaterial[s.ID]
		case record.KindCertificate:
			e.Guides = byCertificate[s.ID]
		case record.KindLaw:
			e.Guides = byLaw[s.ID]
		}
	}
}

func guidesOf(item *catalog.Item, procedure string) int {
	n := 0
	if item != nil {
		for _, g := range item.Guides {
			if procedure == "" || g.Procedure.No == procedure {
				n++
			}
		}
	}
	return n
}

// guidesAt counts the guides that a place's record made or handed something down to.
func guidesAt(c *catalog.Catalog, s Subject) int {
	n := 0
	item := c.Item(s.Item)
	if item == nil {
		return 0
	}
	for _, g := range item.Guides {
		if s.Procedure != "" && g.Procedure.No != s.Procedure {
			continue
		}
		for _, f := range g.Files {
			if f.IDs[0] == s.Division {
				n++
				break
			}
		}
	}
	return n
}

// users counts the guides that rest on each material, certificate and law.
func users(c *catalog.Catalog) (materials, certificates, laws map[string]int) {
	materials, certificates, laws = map[string]int{}, map[string]int{}, map[string]int{}
	for _, item := range c.Items {
		for _, b := range item.Basis {
			laws[b.Law] += len(item.Guides)
		}
		for _, p := range item.Procedures {
			n := guidesOf(item, p.No)
			for _, line := range p.Papers.Lines {
				materials[line.Material] += n
			}
			for _, r := range p.Outcome.Results {
				certificates[r.Certificate] += n
			}
		}
	}
	return materials, certificates, laws
}
