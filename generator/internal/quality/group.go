package quality

import (
	"cmp"
	"iter"
	"slices"

	"banshi/generator/internal/catalog"
)

// Group is entries that say the same: of one procedure (or item, or other thing), for one reason, in some places.
type Group struct {
	First  Entry // the entry of the first place
	Places []*catalog.Division
	// Num, Den and Unknown are sums over the entries.
	Num, Den, Unknown int
}

// Groups puts entries together that differ in nothing but their place, in the order of the first of each.
func Groups(entries iter.Seq[Entry]) []*Group {
	g := grouping{}
	for e := range entries {
		g.add(&e)
	}
	return g.groups
}

// Lists are the lists of a figure, each put together as [Groups] does. Uncounted is the gap without what is counted in part: with the
// numerator it is the denominator, and no entry is in both.
type Lists struct{ Numerator, Gap, Uncounted, Unrecorded []*Group }

// Lists walks the entries of a figure once.
func (s *Survey) Lists(f Figure) Lists {
	var counted, gap, uncounted, unrecorded grouping
	parts := false
	for e := range s.list(f) {
		if e.in(Numerator) {
			counted.add(&e)
		}
		if e.in(Gap) {
			gap.add(&e)
			if e.in(Numerator) {
				parts = true
			} else {
				uncounted.add(&e)
			}
		}
		if e.in(Unrecorded) {
			unrecorded.add(&e)
		}
	}
	out := Lists{counted.groups, gap.groups, gap.groups, unrecorded.groups}
	if parts {
		out.Uncounted = uncounted.groups
	}
	return out
}

// grouping puts entries together.
type grouping struct {
	at     map[same]*Group
	groups []*Group
}

// same is what the entries of a group share.
type same struct {
	item      *catalog.Item
	procedure *catalog.Procedure
	hall      *catalog.Hall
	place     *catalog.Division // of entries of no item
	id, why   string
}

func (x *grouping) add(e *Entry) {
	k := same{e.Item, e.Procedure, e.Hall, nil, e.ID, e.Why}
	if e.Item == nil {
		k.place = e.Division
	}
	g := x.at[k]
	if g == nil {
		if x.at == nil {
			x.at = map[same]*Group{}
		}
		g = &Group{First: *e}
		x.at[k] = g
		x.groups = append(x.groups, g)
	}
	if e.Division != nil {
		g.Places = append(g.Places, e.Division)
	}
	g.Num, g.Den = g.Num+e.Num, g.Den+e.Den
	if e.Unknown {
		g.Unknown++
	}
}

// Rank orders figures from the best to the worst; equal ones keep their order. Those without a figure of their own are left out and
// counted: what the standard gives says nothing of a place.
func Rank(figures []Figure) (ranked []Figure, without int) {
	for _, f := range figures {
		if f.Number() == "" || f.State == ByStandard && !f.Scope.many() {
			without++
			continue
		}
		ranked = append(ranked, f)
	}
	slices.SortStableFunc(ranked, func(a, b Figure) int {
		x, y := a.ratio(0, 0), b.ratio(0, 0)
		return cmp.Compare(y.num*x.den, x.num*y.den) * int(a.Metric.Better)
	})
	return ranked, without
}
