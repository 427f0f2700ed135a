package catalog

import "slices"

// Within returns the part of the catalog that concerns a place and those below it: these places, their guides, and the items that they
// handle. Libraries and everything that is looked up by id stay whole. It returns nil for a place that is not there. Both catalogs share
// what they have in common.
func (c *Catalog) Within(id string) *Catalog {
	if c.divisions[id] == nil {
		return nil
	}
	out := &Catalog{
		AsOf: c.AsOf, Draft: c.Draft, Vocab: c.Vocab, Laws: c.Laws, Materials: c.Materials, Certificates: c.Certificates,
		Intermediaries: c.Intermediaries, Documents: c.Documents, Lists: c.Lists, Bundles: c.Bundles, Profiles: c.Profiles, Benchmarks: c.Benchmarks, PowerLists: c.PowerLists, Plans: c.Plans,
		Signposts: c.Signposts, Synonyms: c.Synonyms, Targets: c.Targets, Source: c.Source,
		items: c.items, divisions: c.divisions, agents: c.agents,
	}
	handled := map[*Item]bool{}
	for _, d := range c.Divisions {
		if d.within([]string{id}) {
			out.Divisions = append(out.Divisions, d)
			out.Guides = append(out.Guides, d.Guides...)
			for _, g := range d.Guides {
				handled[g.Item] = true
			}
		}
	}
	out.Items = slices.DeleteFunc(slices.Clone(c.Items), func(i *Item) bool { return !handled[i] })
	return out
}
