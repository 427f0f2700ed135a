package site

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// List is a generated list (清单) of the procedures in force that have a property. ID names its page.
type List struct {
	ID         string
	Procedures []*catalog.Procedure // whose standard has it, by name of the item, then number
	// Local are the guides that have it by terms of their own, whether or not the standard has it, by place.
	Local []*catalog.Guide

	member func(*catalog.Procedure, *catalog.Terms) bool
}

// On reports whether a guide is on the list.
func (l *List) On(g *catalog.Guide) bool { return l.member(g.Procedure, g.Terms) }

// lists are the generated lists by what puts a procedure with some terms on them, in the order in which they are shown.
var lists = []struct {
	id     string
	member func(*catalog.Procedure, *catalog.Terms) bool
}{
	{"once", func(_ *catalog.Procedure, t *catalog.Terms) bool { return Once(t.Access) }},
	{"online", func(_ *catalog.Procedure, t *catalog.Terms) bool { return Online(t.Access) }},
	{"nearby", Nearby},
	{"automatic", func(_ *catalog.Procedure, t *catalog.Terms) bool {
		f := t.Facilitation.Automatic
		return f != nil && *f
	}},
	{"not-needed", func(_ *catalog.Procedure, t *catalog.Terms) bool { return len(t.Scope.NotNeeded) > 0 }},
	{"no-proof", func(_ *catalog.Procedure, t *catalog.Terms) bool { return slices.ContainsFunc(t.Papers.Lines, NoProof) }},
	{"commitment", func(_ *catalog.Procedure, t *catalog.Terms) bool { return t.Facilitation.Commitment.On() }},
	{"tolerance", func(_ *catalog.Procedure, t *catalog.Terms) bool { return t.Facilitation.Tolerance.On() }},
	{"cross-region", func(_ *catalog.Procedure, t *catalog.Terms) bool { return t.Access.CrossRegion != nil }},
	{"special", func(_ *catalog.Procedure, t *catalog.Terms) bool { return len(t.Timing.SpecialProcedures) > 0 }},
	{"intermediary", func(_ *catalog.Procedure, t *catalog.Terms) bool { return len(t.Relations.Intermediaries) > 0 }},
	{"outside-hall", func(_ *catalog.Procedure, t *catalog.Terms) bool {
		return t.Local.HallEntry != nil && !t.Local.HallEntry.Entered
	}},
	{"shareable", func(_ *catalog.Procedure, t *catalog.Terms) bool { return Drops(t) }},
}

// Lists returns the generated lists, also those without members: that nothing can be done online is an answer too.
func (s *Site) Lists() []*List {
	items := slices.Clone(s.Items)
	s.ByName(items)
	var out []*List
	for _, l := range lists {
		list := &List{ID: l.id, member: l.member}
		for _, item := range items {
			if !Listed(item) {
				continue
			}
			for _, p := range item.Procedures {
				if p.Current && l.member(p, s.Catalog.HandedDown(nil, p)) {
					list.Procedures = append(list.Procedures, p)
				}
			}
		}
		out = append(out, list)
	}
	for _, g := range s.Catalog.Guides {
		if g.Terms == s.Catalog.HandedDown(nil, g.Procedure) || !Listed(g.Item) {
			continue
		}
		for _, l := range out {
			if l.On(g) {
				l.Local = append(l.Local, g)
			}
		}
	}
	return out
}

// Nearby reports whether people need not leave their township (就近办): it handles or takes the application, or somebody in the
// villages does it for them.
func Nearby(p *catalog.Procedure, t *catalog.Terms) bool {
	return slices.Contains(p.Item.Levels, Township) || AcceptedIn(t, Township) || len(t.Local.AgentPoints) > 0
}

// Township is the level of townships and streets.
const Township = "乡级"

// AcceptedIn reports whether a level takes applications in some case.
func AcceptedIn(t *catalog.Terms, level string) bool {
	return slices.ContainsFunc(t.Powers.Authority, func(a record.Authority) bool { return slices.Contains(a.Accept, level) })
}

// NoProof reports whether nobody has to fetch and bring a paper, in the whole province or in a place: the window looks it up, an
// electronic certificate or a signed promise does, or the place does not ask for it.
func NoProof(p *catalog.Paper) bool { return p.Drop != nil || len(p.WaivedBy) > 0 }

// Drops reports whether a place has dropped a paper or a step of the standard, which could be done everywhere (可全省推广).
func Drops(t *catalog.Terms) bool {
	return slices.ContainsFunc(t.Papers.Lines, func(p *catalog.Paper) bool { return p.Drop != nil }) ||
		slices.ContainsFunc(t.Process.Steps, func(s *catalog.Step) bool { return s.Drop != nil })
}

// Online reports whether one can apply online: a channel says so and the depth, where it is stated, goes beyond asking
// questions (vocab/depths.toml, rank 1).
func Online(a *record.Access) bool {
	if a.Online != nil && a.Online.Depth == depthConsult {
		return false
	}
	for _, c := range a.Channels {
		if c == "网上办理" || c == "移动端办理" {
			return true
		}
	}
	return false
}

// depthConsult is the depth at which one can only ask online.
const depthConsult = "咨询"

// Once reports whether at most one visit is needed. What is not stated is not counted.
func Once(a *record.Access) bool { return a.Visits != nil && *a.Visits <= 1 }

// Ended returns the items that are cancelled or merged, by name: their pages say what to do now.
func (s *Site) Ended() []*catalog.Item {
	var out []*catalog.Item
	for _, i := range s.Items {
		if i.Status == record.StatusCancelled || i.Status == record.StatusMerged {
			out = append(out, i)
		}
	}
	s.ByName(out)
	return out
}
