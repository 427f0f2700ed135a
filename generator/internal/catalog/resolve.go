package catalog

import (
	"sort"

	"banshi/generator/internal/record"
)

// Options say what Resolve makes of records that are not in force.
type Options struct {
	// Draft makes guides also from items in consultation (征求意见), for the draft site.
	Draft bool
}

// Resolve links and inherits a Source. It never fails: a reference that leads nowhere stays nil and is reported by package
// rules.
func Resolve(s *Source, o Options) *Catalog {
	c := &Catalog{AsOf: s.AsOf, Draft: o.Draft, Source: s, Vocab: map[string]*Vocab{}}
	c.link(s)
	c.listItems()
	c.linkItems(s)
	c.linkDivisions(s)
	c.linkAgents()
	c.makeGuides()
	return c
}

// link collects the libraries, vocabularies and single files.
func (c *Catalog) link(s *Source) {
	for _, f := range s.Files {
		switch r := f.Record.(type) {
		case *record.Law:
			add(&c.Laws, f, r)
		case *record.Material:
			add(&c.Materials, f, r)
		case *record.Certificate:
			add(&c.Certificates, f, r)
		case *record.Intermediary:
			add(&c.Intermediaries, f, r)
		case *record.Document:
			add(&c.Documents, f, r)
		case *record.List:
			add(&c.Lists, f, r)
		case *record.Bundle:
			add(&c.Bundles, f, r)
		case *record.Profile:
			add(&c.Profiles, f, r)
		case *record.Mapping:
			add(&c.Mappings, f, r)
		case *record.Benchmark:
			add(&c.Benchmarks, f, r)
		case *record.PowerList:
			add(&c.PowerLists, f, r)
		case *record.Plan:
			add(&c.Plans, f, r)
		case *record.Vocab:
			c.Vocab[f.ID()] = newVocab(f, r)
		case *record.Signposts:
			c.Signposts = r.Signposts
		case *record.Synonyms:
			c.Synonyms = append(c.Synonyms, r.Synonyms...) // files come sorted by path
		case *record.Targets:
			c.Targets = r.Targets
		}
	}
}

// add appends a record to its library; files come sorted by path, so the library is sorted by id.
func add[T any](l *Library[T], f *File, r *T) {
	e := &Entry[T]{ID: f.ID(), Record: r, File: f}
	if l.byID == nil {
		l.byID = map[string]*Entry[T]{}
	}
	if l.byID[e.ID] != nil {
		return
	}
	l.byID[e.ID] = e
	l.All = append(l.All, e)
}

func newVocab(f *File, r *record.Vocab) *Vocab {
	v := &Vocab{Vocab: r, File: f, byTerm: map[string]*record.Term{}, byID: map[string]*record.Term{}}
	for i := range r.Terms {
		t := &r.Terms[i]
		if v.byTerm[t.Term] == nil {
			v.byTerm[t.Term] = t
		}
		if t.ID != "" && v.byID[t.ID] == nil {
			v.byID[t.ID] = t
		}
	}
	return v
}

// linkItems collects items with their procedures, parents and later versions.
func (c *Catalog) linkItems(s *Source) {
	c.items = map[string]*Item{}
	for _, f := range s.Files {
		if r, ok := f.Record.(*record.Item); ok && c.items[f.ID()] == nil {
			item := &Item{ID: f.ID(), Item: r, File: f}
			c.items[item.ID] = item
			c.Items = append(c.Items, item)
		}
	}
	sort.Slice(c.Items, func(i, j int) bool { return c.Items[i].ID < c.Items[j].ID })
	for _, f := range s.Files {
		r, ok := f.Record.(*record.Procedure)
		if !ok || c.items[f.IDs[0]] == nil {
			continue
		}
		item := c.items[f.IDs[0]]
		item.Procedures = append(item.Procedures, c.newProcedure(item, f, r))
	}
	for _, item := range c.Items {
		sort.Slice(item.Procedures, func(i, j int) bool { return item.Procedures[i].No < item.Procedures[j].No })
		if p := c.items[item.Item.Parent]; p != nil && p != item {
			item.Parent = p
			p.Children = append(p.Children, item)
		}
	}
	for _, f := range s.Future {
		item := c.items[f.IDs[0]]
		if item == nil {
			continue
		}
		switch f.Kind {
		case record.KindItem:
			item.Future = append(item.Future, f)
		case record.KindProcedure:
			for _, p := range item.Procedures {
				if p.No == f.IDs[1] {
					p.Future = append(p.Future, f)
				}
			}
		}
	}
}

func (c *Catalog) newProcedure(item *Item, f *File, r *record.Procedure) *Procedure {
	p := &Procedure{Item: item, No: f.IDs[1], Procedure: r, File: f}
	p.Current = (r.Status == record.StatusInForce || r.Status == record.StatusSuspended) &&
		r.EffectiveFrom <= c.AsOf && (r.EffectiveTo == 0 || c.AsOf <= r.EffectiveTo)
	if c.Draft && r.Status == record.StatusDraft {
		p.Current = true
	}
	s := &r.Standard
	p.Sections = Sections{
		Scope: &s.Scope, Powers: &s.Powers, Timing: &s.Timing, Outcome: &s.Outcome, Cost: &s.Cost, Access: &s.Access,
		Relations: &s.Relations, Facilitation: &s.Facilitation, Protection: &s.Protection, Questions: &s.Questions,
		Papers:  c.newPapers(s.Materials),
		Process: newProcess(s.Steps),
	}
	p.terms = &Terms{Sections: p.Sections, Local: noLocal}
	p.unlimited = &Process{HideLimits: true, Steps: p.Process.Steps}
	return p
}

func (c *Catalog) newPapers(uses []record.MaterialUse) *Papers {
	p := &Papers{Stated: uses != nil}
	for i := range uses {
		u := &uses[i]
		p.Lines = append(p.Lines, &Paper{MaterialUse: u, Library: c.Materials.Get(u.Material)})
	}
	return p
}

func newProcess(steps []record.Step) *Process {
	p := &Process{}
	for i := range steps {
		p.Steps = append(p.Steps, &Step{Step: &steps[i]})
	}
	return p
}
