package quality

import (
	"cmp"
	"slices"

	"banshi/generator/internal/catalog"
)

// Group is entries that say the same: of one procedure (or item, or other thing), for one reason, in some places.
type Group struct {
	First  Entry // the entry of the first place
	Places *Places
	// Num, Den and Unknown are sums over the entries.
	Num, Den, Unknown int
}

// Groups puts the entries of a part of a figure together that differ in nothing but their place, in the order of the first of each.
func (s *Survey) Groups(f Figure, p Part) []*Group {
	x := s.newGrouping()
	for e := range s.list(f) {
		if e.in(p) {
			x.add(e)
		}
	}
	return x.done()
}

// Lists are the lists of a figure, each put together as [Survey.Groups] does. Uncounted is the gap without what is counted in part: with
// the numerator it is the denominator, and no entry is in both.
type Lists struct{ Numerator, Gap, Uncounted, Unrecorded []*Group }

// Lists walks the entries of a figure once, and again where some are counted in part.
func (s *Survey) Lists(f Figure) Lists {
	counted, gap, unrecorded := s.newGrouping(), s.newGrouping(), s.newGrouping()
	parts := false
	for e := range s.list(f) {
		if e.in(Numerator) {
			counted.add(e)
		}
		if e.in(Gap) {
			gap.add(e)
			parts = parts || e.in(Numerator)
		}
		if e.in(Unrecorded) {
			unrecorded.add(e)
		}
	}
	out := Lists{Numerator: counted.done(), Gap: gap.done(), Unrecorded: unrecorded.done()}
	out.Uncounted = out.Gap
	if parts {
		uncounted := s.newGrouping()
		for e := range s.list(f) {
			if e.in(Gap) && !e.in(Numerator) {
				uncounted.add(e)
			}
		}
		out.Uncounted = uncounted.done()
	}
	return out
}

// grouping puts entries together. Nearly always an entry belongs to the group of the last one about the same thing.
type grouping struct {
	survey *Survey
	at     map[same]int32
	last   []int32 // by the number of what an entry is about, one more than the group of the last such entry
	groups []*Group
	places []uint64 // of each group a bit for each place of the catalog
	words  int      // how many of these are of one group

	division *catalog.Division // of the last entry, and its number
	no       int
}

// same is what the entries of a group share.
type same struct {
	item      *catalog.Item
	procedure *catalog.Procedure
	hall      *catalog.Hall
	place     *catalog.Division // of entries of no item
	id, why   string
}

func (s *Survey) newGrouping() *grouping {
	return &grouping{survey: s, at: map[same]int32{}, last: make([]int32, s.things+1), words: (len(s.Catalog.Divisions) + 63) / 64}
}

func (x *grouping) add(e *Entry) {
	n := x.last[e.no] - 1
	if e.no == 0 || n < 0 || x.groups[n].First.Why != e.Why {
		n = x.find(e)
		x.last[e.no] = n + 1
	}
	g := x.groups[n]
	if e.Division != nil {
		if e.Division != x.division {
			x.division, x.no = e.Division, x.survey.places[e.Division].no
		}
		x.places[int(n)*x.words+x.no/64] |= 1 << (x.no % 64)
	}
	g.Num, g.Den = g.Num+e.Num, g.Den+e.Den
	if e.Unknown {
		g.Unknown++
	}
}

// find returns the number of the group of an entry, which may be its first.
func (x *grouping) find(e *Entry) int32 {
	k := same{e.Item, e.Procedure, e.Hall, nil, e.ID, e.Why}
	if e.Item == nil {
		k.place = e.Division
	}
	n, known := x.at[k]
	if !known {
		n = int32(len(x.groups))
		x.at[k] = n
		x.groups = append(x.groups, &Group{First: *e})
		x.places = append(x.places, make([]uint64, x.words)...)
	}
	return n
}

// done returns the groups with their places.
func (x *grouping) done() []*Group {
	for n, g := range x.groups {
		g.Places = x.survey.sets.of(x.survey.Catalog.Divisions, x.places[n*x.words:][:x.words])
	}
	return x.groups
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
