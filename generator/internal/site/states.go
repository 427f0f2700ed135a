package site

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/config"
	"banshi/generator/internal/record"
	"banshi/generator/internal/review"
)

// State is how far a record has come on its way to publication: an item, a procedure, a place's record, or the list of a place.
type State struct {
	File      *catalog.File
	Item      *catalog.Item      // nil for the list of a place, and for a place's record of no item
	Procedure *catalog.Procedure // nil for an item, a place's record and a list
	Division  *catalog.Division  // of a place's record or list, else nil
	Review    *record.Review     // nil where nothing is stated
	Held      bool               // not published
	Stage     review.Stage
	Since     record.Date   // 0 where no day is stated
	Missing   []review.Gate // of what [publish] demands
	Effective record.Date   // the day it takes effect, 0 where it does not say
	// Changes are what people would see change against what is published; only of drafts, in a site that knows them.
	Changes []*changes.Entry
}

// ID names the record on a page: item, procedure and place.
func (s *State) ID() string {
	id := s.File.ID()
	switch {
	case s.Item != nil:
		id = s.Item.ID
	case s.Division != nil:
		return s.Division.ID
	}
	if s.Procedure != nil {
		id += "-" + s.Procedure.No
	}
	if s.Division != nil {
		id += "-" + s.Division.ID
	}
	return id
}

// Name is what people call it: the place, the item and the procedure.
func (s *State) Name() string {
	name := s.File.ID()
	switch {
	case s.Item != nil && s.Procedure != nil && s.Procedure.Name != s.Item.Name:
		name = s.Item.Name + "（" + s.Procedure.Name + "）"
	case s.Item != nil:
		name = s.Item.Name
	case s.Division != nil:
		return s.Division.Name + "的事项清单"
	}
	if s.Division != nil {
		name = s.Division.Name + " " + name
	}
	return name
}

// Kind is what kind of record it is, in the words of the screen.
func (s *State) Kind() string {
	switch s.File.Kind {
	case record.KindItem:
		return "事项"
	case record.KindProcedure:
		return "业务办理项"
	case record.KindImplementation:
		return "各地记录"
	}
	return "各地清单"
}

// States returns how far records have come: every item and procedure, the records of places that are held or were reviewed by
// themselves, and the lists of places that have records of their own or were reviewed. Files are looked at in order.
func States(c *catalog.Catalog, cfg *config.Config, files []*catalog.File) []*State {
	policy := review.PolicyOf(cfg)
	var out []*State
	for _, f := range files {
		x := review.Subject{Kind: f.Kind, From: f.From, Value: f.Record}
		s := &State{File: f, Review: x.Review(), Held: policy.Held(x), Missing: policy.Missing(x), Effective: x.Effective()}
		s.Stage, s.Since = policy.Stage(x, c.AsOf)
		switch f.Kind {
		case record.KindItem:
			s.Item = c.Item(f.IDs[0])
		case record.KindProcedure:
			if s.Item = c.Item(f.IDs[0]); s.Item == nil {
				continue
			}
			i := slices.IndexFunc(s.Item.Procedures, func(p *catalog.Procedure) bool { return p.No == f.IDs[1] })
			if i < 0 {
				continue
			}
			s.Procedure = s.Item.Procedures[i]
			if s.Held && s.Review == nil && f.From == 0 && s.Item.Review != nil { // it goes with its item
				s.Review = s.Item.Review
				s.Stage, s.Since = review.Underway(s.Review, c.AsOf)
			}
		case record.KindImplementation:
			if s.Division, s.Item = c.Division(f.IDs[0]), c.Item(f.IDs[1]); !s.Held && s.Review == nil {
				continue
			}
		case record.KindDivision:
			if d := c.Division(f.ID()); d == nil || d.File != f || !s.ofList(d, policy, c.AsOf) {
				continue
			}
		default:
			continue
		}
		out = append(out, s)
	}
	return out
}

// ofList makes s the state of the list of a place, and reports whether there is one.
func (s *State) ofList(d *catalog.Division, policy review.Policy, today record.Date) bool {
	if len(d.Local) == 0 && len(d.ListReviews) == 0 {
		return false
	}
	s.Division = d
	if n := len(d.ListReviews); n > 0 {
		s.Review = &d.ListReviews[n-1]
	}
	s.Missing = review.Lacks(s.Review, policy.Lists())
	s.Held, s.Effective = false, 0
	s.Stage, s.Since = review.StageNone, 0
	if s.Review != nil {
		s.Stage, s.Since = review.Underway(s.Review, today)
	}
	if r := s.Review; r != nil && r.Published != nil && len(s.Missing) == 0 {
		s.Stage, s.Since = review.StagePublished, r.Published.Date
	}
	return true
}
