package changes

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// Count sets what each entry reaches in a catalog: its items, their topics, and how many guides. Those of an item or procedure
// are everywhere, those of a place there and below it; a library record reaches the items that name it.
func Count(entries []*Entry, c *catalog.Catalog) {
	var users map[named][]*catalog.Item
	for _, e := range entries {
		if e.Subject.Item == "" && e.Subject.Division == "" && users == nil {
			users = usersOf(c)
		}
		e.reach(c, users)
	}
}

// named is a record of a library.
type named struct {
	kind record.Kind
	id   string
}

func (e *Entry) reach(c *catalog.Catalog, users map[named][]*catalog.Item) {
	e.Items, e.Topics, e.Guides = nil, nil, 0
	switch s := e.Subject; s.Kind {
	case record.KindItem, record.KindProcedure:
		e.Guides = guidesOf(c.Item(s.Item), s.Procedure)
	case record.KindImplementation:
		e.Guides = guidesAt(c, s)
	case record.KindDivision:
		if d := c.Division(s.Division); d != nil {
			e.Guides = len(d.Guides)
		}
	case record.KindDefaults:
		for _, d := range c.Divisions {
			if d.Defaults != nil && d.Defaults.ID() == s.ID {
				e.Guides += len(d.Guides)
			}
		}
	default:
		for _, i := range users[named{s.Kind, s.ID}] {
			e.Items = append(e.Items, i.ID)
			e.Guides += len(i.Guides)
			e.topics(i)
		}
	}
	if i := c.Item(e.Subject.Item); i != nil {
		e.topics(i)
	}
}

// topics adds the topics of an item.
func (e *Entry) topics(i *catalog.Item) {
	for _, p := range i.Procedures {
		if t := p.Relations.Topics; t != nil && p.Current {
			for _, term := range slices.Concat(t.Person, t.Legal, t.LifeStage) {
				if !slices.Contains(e.Topics, term) {
					e.Topics = append(e.Topics, term)
				}
			}
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

// guidesAt counts the guides that a place's record made or handed something down to, and its own where the record is gone.
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
		made := slices.ContainsFunc(g.Files, func(f *catalog.File) bool { return f.IDs[0] == s.Division })
		if made || g.Division.ID == s.Division {
			n++
		}
	}
	return n
}

// usersOf returns the items that name each record of the libraries, each once.
func usersOf(c *catalog.Catalog) map[named][]*catalog.Item {
	out := map[named][]*catalog.Item{}
	for _, item := range c.Items {
		seen := map[named]bool{}
		add := func(kind record.Kind, ids ...string) {
			for _, id := range ids {
				if k := (named{kind, id}); id != "" && !seen[k] {
					seen[k] = true
					out[k] = append(out[k], item)
				}
			}
		}
		for _, b := range item.Basis {
			add(record.KindLaw, b.Law)
		}
		add(record.KindDocument, item.Documents...)
		for _, t := range item.Transfers {
			add(record.KindDocument, t.Document)
		}
		if item.Ending != nil {
			add(record.KindDocument, item.Ending.Document)
		}
		for _, p := range item.Procedures {
			usedBy(p, add)
		}
	}
	for _, l := range c.Lists.All {
		for _, id := range l.Record.Items {
			if i := c.Item(id); i != nil {
				out[named{record.KindList, l.ID}] = append(out[named{record.KindList, l.ID}], i)
			}
		}
	}
	for _, b := range c.Bundles.All {
		for _, s := range b.Record.Steps {
			k := named{record.KindBundle, b.ID}
			if i := c.Item(s.Item); i != nil && !slices.Contains(out[k], i) {
				out[k] = append(out[k], i)
			}
		}
	}
	return out
}

// usedBy tells what a standard names.
func usedBy(p *catalog.Procedure, add func(record.Kind, ...string)) {
	for _, line := range p.Papers.Lines {
		add(record.KindMaterial, line.Material)
		add(record.KindIntermediary, line.Intermediary)
		for _, b := range line.Basis {
			add(record.KindLaw, b.Law)
		}
		if line.Library != nil {
			add(record.KindCertificate, line.Library.Record.Certificate)
		}
	}
	for _, r := range p.Outcome.Results {
		add(record.KindCertificate, r.Certificate)
	}
	add(record.KindIntermediary, p.Relations.Intermediaries...)
}
