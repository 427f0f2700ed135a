package site

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/config"
	"banshi/generator/internal/record"
	"banshi/generator/internal/review"
)

// Draft is a record that is not published: put to comment, on its way there, or without what [publish] demands.
type Draft struct {
	File      *catalog.File
	Item      *catalog.Item      // nil where a place's record is of no item
	Procedure *catalog.Procedure // nil for an item and for a place's record
	Division  *catalog.Division  // of a place's record, else nil
	Review    *record.Review     // nil where nothing is stated
	Stage     review.Stage
	Since     record.Date   // 0 where no day is stated
	Missing   []review.Gate // of what [publish] demands
	Effective record.Date   // the day it is to take effect, 0 where it does not say
	// Changes are what people would see change against what is published.
	Changes []*changes.Entry
}

// ID names the draft on the page of all drafts: item, procedure and place.
func (d *Draft) ID() string {
	id := d.File.ID()
	if d.Item != nil {
		id = d.Item.ID
	}
	if d.Procedure != nil {
		id += "-" + d.Procedure.No
	}
	if d.Division != nil {
		id += "-" + d.Division.ID
	}
	return id
}

// Drafts lists the records among files that are not published, in the order of their paths. A plain site has none: they were
// left out before.
func Drafts(c *catalog.Catalog, cfg *config.Config, files []*catalog.File) []*Draft {
	policy := review.PolicyOf(cfg)
	var out []*Draft
	for _, f := range files {
		s := review.Subject{Kind: f.Kind, From: f.From, Value: f.Record}
		if !policy.Held(s) {
			continue
		}
		d := &Draft{File: f, Review: s.Review(), Missing: policy.Missing(s), Effective: s.Effective()}
		d.Stage, d.Since = policy.Stage(s, c.AsOf)
		d.Item = c.Item(f.IDs[0])
		switch f.Kind {
		case record.KindProcedure:
			if d.Item != nil {
				i := slices.IndexFunc(d.Item.Procedures, func(p *catalog.Procedure) bool { return p.No == f.IDs[1] })
				if i >= 0 {
					d.Procedure = d.Item.Procedures[i]
				}
			}
		case record.KindImplementation:
			d.Division, d.Item = c.Division(f.IDs[0]), c.Item(f.IDs[1])
		}
		out = append(out, d)
	}
	return out
}

// drafts finds the drafts of the site and gives each the changes it brings; Proposed keeps those of published records.
func (s *Site) drafts(proposed []*changes.Entry) {
	if source := s.Catalog.Source; source != nil {
		s.Drafts = Drafts(s.Catalog, s.Config, source.Files)
	}
	s.draftOf = make(map[*catalog.File]*Draft, len(s.Drafts))
	for _, d := range s.Drafts {
		s.draftOf[d.File] = d
	}
	for _, e := range proposed {
		if d := s.draftBehind(e.Subject); d != nil {
			d.Changes = append(d.Changes, e)
		} else {
			s.Proposed = append(s.Proposed, e)
		}
	}
}

// draftBehind returns the draft that a change comes from: the record itself, else that of its item.
func (s *Site) draftBehind(x changes.Subject) *Draft {
	var best *Draft
	for _, d := range s.Drafts {
		switch {
		case d.Item == nil || d.Item.ID != x.Item:
		case d.Division != nil:
			if d.Division.ID == x.Division {
				return d
			}
		case d.Procedure != nil:
			if d.Procedure.No == x.Procedure && x.Division == "" {
				return d
			}
		default:
			best = d
		}
	}
	return best
}

// DraftOf returns the draft that a record is, or nil for one that is published.
func (s *Site) DraftOf(f *catalog.File) *Draft { return s.draftOf[f] }

// DraftsOf returns the drafts that a guide shows: of its item, its procedure, and the records of its place.
func (s *Site) DraftsOf(g *catalog.Guide) []*Draft {
	if len(s.Drafts) == 0 {
		return nil
	}
	var out []*Draft
	for _, f := range append([]*catalog.File{g.Item.File, g.Procedure.File}, g.Files...) {
		if d := s.draftOf[f]; d != nil {
			out = append(out, d)
		}
	}
	return out
}

// DraftsIn returns the drafts of an item, of its procedures and of places' records of it.
func (s *Site) DraftsIn(i *catalog.Item) []*Draft {
	var out []*Draft
	for _, d := range s.Drafts {
		if d.Item == i {
			out = append(out, d)
		}
	}
	return out
}
