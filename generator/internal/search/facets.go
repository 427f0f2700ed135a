package search

import (
	"cmp"
	"slices"
)

// Facet is one way to narrow results: what the hits are distinguished by, with how many have each value.
type Facet struct {
	Name   string // kind, department, type, topic, audience; offer where a place is known
	Values []FacetValue
}

// FacetValue is one value of a facet: how many hits have it, counted without the choices in the facet itself.
type FacetValue struct {
	Term   string
	Count  int
	Chosen bool
}

// FacetNames are the facets in the order they are shown.
var FacetNames = []string{"kind", "offer", "department", "type", "topic", "audience"}

// The values of the facet offer: handled here, online, with one visit or none.
const (
	offerHere   = "here"
	offerOnline = "online"
	offerOnce   = "once"
)

// KindTerm returns the value of the facet kind for one of [Kinds]: the folder of its pages, in plural.
func KindTerm(word string) string {
	if word == "place" {
		return places
	}
	for _, k := range kinds {
		if k.word == word && k.folder != articles {
			return k.folder
		}
	}
	return "articles"
}

// group is the rows of one hit: the row that stands for it and its score, and its item or itself.
type group struct{ row, score, top int }

// facetsOf returns the values that a hit has, by facet.
func (s *search) facetsOf(g group) map[string][]string {
	e := &s.x.rows[g.top]
	values := map[string][]string{
		"kind":       {KindTerm(kindWord(e.kind))},
		"department": e.facets[0], "type": e.facets[1], "topic": e.facets[2], "audience": e.facets[3],
	}
	if s.place == nil {
		return values
	}
	if flags := s.place.own[g.top]; flags != "" && e.kind == items {
		offer := []string{offerHere}
		if flagged(flags, flagOnline) {
			offer = append(offer, offerOnline)
		}
		if flagged(flags, flagOnce) {
			offer = append(offer, offerOnce)
		}
		values["offer"] = offer
	}
	return values
}

// narrow keeps the groups that have, in every facet with a choice, one of the values chosen, and counts the values.
func (s *search) narrow(list []group, chosen map[string][]string) (kept []group, facets []Facet) {
	counts := map[string]map[string]int{}
	for _, name := range FacetNames {
		counts[name] = map[string]int{}
	}
	for _, g := range list {
		values := s.facetsOf(g)
		missed, misses := "", 0
		for _, name := range FacetNames {
			if c := chosen[name]; len(c) > 0 && !slices.ContainsFunc(values[name], func(v string) bool { return slices.Contains(c, v) }) {
				missed = name
				misses++
			}
		}
		if misses == 0 {
			kept = append(kept, g)
		}
		for name, vs := range values {
			if misses == 0 || misses == 1 && missed == name {
				for _, v := range vs {
					counts[name][v]++
				}
			}
		}
	}
	for _, name := range FacetNames {
		f := Facet{Name: name}
		for v, n := range counts[name] {
			f.Values = append(f.Values, FacetValue{v, n, slices.Contains(chosen[name], v)})
		}
		for _, v := range chosen[name] {
			if counts[name][v] == 0 {
				f.Values = append(f.Values, FacetValue{v, 0, true})
			}
		}
		slices.SortFunc(f.Values, func(a, b FacetValue) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Term, b.Term))
		})
		if len(f.Values) > 0 {
			facets = append(facets, f)
		}
	}
	return kept, facets
}
