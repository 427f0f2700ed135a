package site

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
)

// drafts finds the drafts of the site and gives each the changes it brings; Proposed keeps those of published records.
func (s *Site) drafts(proposed []*changes.Entry) {
	if source := s.Catalog.Source; source != nil {
		s.Drafts = slices.DeleteFunc(States(s.Catalog, s.Config, source.Files), func(d *State) bool { return !d.Held })
	}
	s.draftOf = make(map[*catalog.File]*State, len(s.Drafts))
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
func (s *Site) draftBehind(x changes.Subject) *State {
	var best *State
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
func (s *Site) DraftOf(f *catalog.File) *State { return s.draftOf[f] }

// DraftsOf returns the drafts that a guide shows: of its item, its procedure, and the records of its place.
func (s *Site) DraftsOf(g *catalog.Guide) []*State {
	if len(s.Drafts) == 0 {
		return nil
	}
	var out []*State
	for _, f := range append([]*catalog.File{g.Item.File, g.Procedure.File}, g.Files...) {
		if d := s.draftOf[f]; d != nil {
			out = append(out, d)
		}
	}
	return out
}

// DraftsIn returns the drafts of an item, of its procedures and of places' records of it.
func (s *Site) DraftsIn(i *catalog.Item) []*State {
	var out []*State
	for _, d := range s.Drafts {
		if d.Item == i {
			out = append(out, d)
		}
	}
	return out
}
