package site

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// List is a generated list (清单): the procedures in force whose provincial standard has a property. ID names its page.
type List struct {
	ID         string
	Procedures []*catalog.Procedure // by name of the item, then number
}

// lists are the generated lists by what selects a procedure, in the order in which they are shown.
var lists = []struct {
	id     string
	member func(*catalog.Procedure) bool
}{
	{"once", func(p *catalog.Procedure) bool { return Once(p.Access) }},
	{"online", func(p *catalog.Procedure) bool { return Online(p.Access) }},
	{"automatic", func(p *catalog.Procedure) bool { f := p.Facilitation.Automatic; return f != nil && *f }},
	{"commitment", func(p *catalog.Procedure) bool { return p.Facilitation.Commitment.On() }},
	{"tolerance", func(p *catalog.Procedure) bool { return p.Facilitation.Tolerance.On() }},
	{"special", func(p *catalog.Procedure) bool { return len(p.Timing.SpecialProcedures) > 0 }},
	{"cross-region", func(p *catalog.Procedure) bool { return p.Access.CrossRegion != nil }},
	{"not-needed", func(p *catalog.Procedure) bool { return len(p.Scope.NotNeeded) > 0 }},
}

// Lists returns the generated lists, also those without members: that nothing can be done online is an answer too.
func (s *Site) Lists() []*List {
	items := slices.Clone(s.Items)
	s.ByName(items)
	var out []*List
	for _, l := range lists {
		list := &List{ID: l.id}
		for _, item := range items {
			if !Listed(item) {
				continue
			}
			for _, p := range item.Procedures {
				if p.Current && l.member(p) {
					list.Procedures = append(list.Procedures, p)
				}
			}
		}
		out = append(out, list)
	}
	return out
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
