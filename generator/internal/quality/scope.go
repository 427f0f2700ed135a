package quality

import (
	"iter"
	"slices"

	"banshi/generator/internal/catalog"
)

// Scope is the part of the library that a figure is of. The zero scope is the province: all real places.
type Scope struct {
	Division   *catalog.Division // one place; nil for all real ones
	Below      bool              // with the places below it
	Level      string            // one level (省级 …), "" for all
	Department string            // one department, by its term, "" for all
	Item       *catalog.Item     // one item, nil for all; see [Survey.ByItem]
}

// Has reports whether a place is in the scope. Made-up places are where they, or a made-up place above them, are asked for by name.
func (s *Survey) Has(sc Scope, d *catalog.Division) bool {
	switch {
	case sc.Division == nil:
		return d == nil || !s.places[d].sample
	case d == nil:
		return false
	case d == sc.Division:
		return true
	case !sc.Below || s.places[d].sample != s.places[sc.Division].sample:
		return false
	}
	for n := 0; d != nil && n < 8; d, n = d.Superior, n+1 {
		if d == sc.Division {
			return true
		}
	}
	return false
}

// divisions gives the places of a scope in their order, and nil, for what is of no place, where the scope is all of them.
func (s *Survey) divisions(sc Scope) iter.Seq[*catalog.Division] {
	return func(yield func(*catalog.Division) bool) {
		if sc.Division != nil && !sc.Below {
			yield(sc.Division)
			return
		}
		if sc.Division == nil && !yield(nil) {
			return
		}
		for _, d := range s.Catalog.Divisions {
			if s.Has(sc, d) && !yield(d) {
				return
			}
		}
	}
}

// List gives the entries of a part of a figure, by place, then in the order of the catalog. Of a distinct metric over several places
// it gives each item once, where it does worst.
func (s *Survey) List(f Figure, p Part) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for e := range s.list(f) {
			if e.in(p) && !yield(*e) {
				return
			}
		}
	}
}

// list gives every entry of a figure, in a variable that is the same for all.
func (s *Survey) list(f Figure) iter.Seq[*Entry] {
	if !f.Metric.Distinct || !f.Scope.many() {
		return s.all(f.Metric, f.Scope)
	}
	return func(yield func(*Entry) bool) {
		worst := s.worst(f)
		for i := range worst {
			if !yield(&worst[i]) {
				return
			}
		}
	}
}

// all gives every entry of a metric in a scope.
func (s *Survey) all(m *Metric, sc Scope) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		for d := range s.divisions(sc) {
			for e := range s.entries(m, d, sc.Department) {
				if sc.Level != "" && e.level() != sc.Level || sc.Item != nil && e.Item != sc.Item {
					continue
				}
				if !yield(e) {
					return
				}
			}
		}
	}
}

// worst gives of every item the entry of the place where it does worst: an item is one visit only if it is so everywhere.
func (s *Survey) worst(f Figure) []Entry {
	at := make([]int32, s.things+1) // by number of the item, one more than where it stands
	var out []Entry
	for e := range s.all(f.Metric, f.Scope) {
		switch n := at[e.no]; {
		case n == 0:
			out = append(out, *e)
			at[e.no] = int32(len(out))
		case e.rank() > out[n-1].rank():
			out[n-1] = *e
		}
	}
	return out
}

// rank orders cells of one thing: in the numerator, not recorded, in the gap.
func (c Cell) rank() int {
	switch {
	case c.Den > c.Num:
		return 2
	case c.Unknown:
		return 1
	}
	return 0
}

// Places gives the places of a scope that handle something, in their order.
func (s *Survey) Places(sc Scope) iter.Seq[*catalog.Division] {
	return func(yield func(*catalog.Division) bool) {
		for d := range s.divisions(sc) {
			if d == nil || len(d.Guides) == 0 || sc.Level != "" && !slices.Contains(d.Exercises, sc.Level) {
				continue
			}
			if !yield(d) {
				return
			}
		}
	}
}

// Departments are the departments that items in force belong to, in the order of the vocabulary.
func (s *Survey) Departments() []string {
	has := map[string]bool{}
	for _, i := range s.Catalog.Items {
		has[i.Department] = has[i.Department] || i.Current()
	}
	var out []string
	if v := s.Catalog.Vocab["departments"]; v != nil {
		for _, t := range v.Terms {
			if has[t.Term] {
				out = append(out, t.Term)
			}
		}
	}
	return out
}

// many reports whether a scope may have more than one place.
func (sc Scope) many() bool { return sc.Division == nil || sc.Below }
