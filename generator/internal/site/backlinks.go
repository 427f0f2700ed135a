package site

import (
	"sort"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// backlinks is what refers to each record of a library.
type backlinks struct {
	laws         map[string][]Cite
	materials    map[string][]*catalog.Procedure
	certificates map[string][]*catalog.Procedure // whose result it is
	documents    map[string][]*catalog.Item
	bundles      map[string][]*catalog.Entry[record.Bundle]
}

// Cite is an item that rests on a law, with the article ("" where none is given).
type Cite struct {
	Item    *catalog.Item
	Article string
}

// CitesOf returns the items that rest on the law, by article and name.
func (s *Site) CitesOf(law string) []Cite { return s.backlinks.laws[law] }

// AskersOf returns the procedures in force that ask for the material.
func (s *Site) AskersOf(material string) []*catalog.Procedure { return s.backlinks.materials[material] }

// IssuersOf returns the procedures in force whose result the certificate is.
func (s *Site) IssuersOf(certificate string) []*catalog.Procedure {
	return s.backlinks.certificates[certificate]
}

// ItemsOfDocument returns the items that name the document.
func (s *Site) ItemsOfDocument(document string) []*catalog.Item {
	return s.backlinks.documents[document]
}

// BundlesOf returns the bundles that contain the item.
func (s *Site) BundlesOf(item string) []*catalog.Entry[record.Bundle] {
	return s.backlinks.bundles[item]
}

func (s *Site) link() {
	b := &s.backlinks
	b.laws = map[string][]Cite{}
	b.materials = map[string][]*catalog.Procedure{}
	b.certificates = map[string][]*catalog.Procedure{}
	b.documents = map[string][]*catalog.Item{}
	b.bundles = map[string][]*catalog.Entry[record.Bundle]{}
	for _, item := range s.Items {
		for _, basis := range item.Basis {
			b.laws[basis.Law] = append(b.laws[basis.Law], Cite{item, basis.Article})
		}
		for _, d := range item.Documents {
			b.documents[d] = append(b.documents[d], item)
		}
		for _, p := range item.Procedures {
			if p.Current && item.Current() {
				b.linkProcedure(p)
			}
		}
	}
	for law := range b.laws {
		cites := b.laws[law]
		sort.SliceStable(cites, func(i, j int) bool { return cites[i].Article < cites[j].Article })
	}
	for _, e := range s.Catalog.Bundles.All {
		seen := map[string]bool{}
		for _, step := range e.Record.Steps {
			if !seen[step.Item] {
				b.bundles[step.Item] = append(b.bundles[step.Item], e)
			}
			seen[step.Item] = true
		}
	}
}

func (b *backlinks) linkProcedure(p *catalog.Procedure) {
	seen := map[string]bool{}
	for _, line := range p.Papers.Lines {
		if !seen[line.Material] {
			b.materials[line.Material] = append(b.materials[line.Material], p)
		}
		seen[line.Material] = true
	}
	for _, r := range p.Outcome.Results {
		if r.Certificate != "" && !seen["certificate/"+r.Certificate] {
			b.certificates[r.Certificate] = append(b.certificates[r.Certificate], p)
			seen["certificate/"+r.Certificate] = true
		}
	}
}
