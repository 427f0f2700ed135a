package search

import (
	"cmp"
	"slices"
	"strings"
)

// DefaultLimit is how many hits a query without a limit gets.
const DefaultLimit = 20

// Query is what is asked.
type Query struct {
	Text string
	// Place is the id or the name of the place chosen beside the text; a place named in the text goes before it.
	Place string
	// Chosen narrows the hits by facet (see [FacetNames]): any value of one facet, in every facet with a choice.
	Chosen map[string][]string
	// Limit is how many hits are wanted at most; 0 means [DefaultLimit].
	Limit int
}

// Hit is one row of results.
type Hit struct {
	Rank int    `json:"rank"` // from 1
	Kind string `json:"kind"`
	// ID is the record's id; item#NN where the query speaks of one procedure of an item.
	ID   string `json:"id"`
	Name string `json:"name"`
	// URL is the page, relative to the root of the site; the guide where Place handles the item.
	URL   string  `json:"url"`
	Score float64 `json:"score"`
	// Place is the id of the place that handles the item for the place asked, "" without one or where nobody does.
	Place string `json:"place"`
	// Why says by what it was found if not by its name.
	Why string `json:"why"`
	// Chips are the procedures of an item that has several.
	Chips []Chip `json:"-"`
	// Below are the places directly below the one asked that handle the item, where that one does not.
	Below []Chip `json:"-"`
}

// Chip is a link beside a hit: one of its procedures, or a place that handles it. Chosen marks the procedure the query speaks of.
type Chip struct {
	Name, URL string
	Chosen    bool
}

// Answer is the hits with what was understood.
type Answer struct {
	// Place is the place that the query or the reader chose; nil without one.
	Place *Place
	// Choices are the places that share the name in the query, where nothing decides between them.
	Choices []Place
	// Text is what was looked for without place and question words, folded.
	Text string
	Hits []Hit
	// Total is how many hits there are without the limit.
	Total int
	// Facets are the ways to narrow the hits.
	Facets []Facet
}

// Search returns the hits of a query, the best first.
func (x *Index) Search(q Query) []Hit {
	a, _ := x.Ask(q)
	return a.Hits
}

// Ask answers a query. The error is a file of the index that cannot be read or is damaged; there is then no answer.
func (x *Index) Ask(q Query) (Answer, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.err = nil
	a := x.answer(q)
	if x.err != nil {
		return Answer{}, x.err
	}
	return a, nil
}

func (x *Index) answer(q Query) Answer {
	ps := joinWords(pieces(q.Text))
	var a Answer
	var found [][]place
	rest, whole := ps, len(ps) > 0 && x.within(ps)
	if !whole {
		found, rest = x.findPlaces(ps)
	}
	chosen := x.choose(found, q.Place)
	a.Choices = chosen
	if len(chosen) == 0 && q.Place != "" {
		a.Choices = x.namedPlaces(q.Place)
	}
	if len(a.Choices) == 1 {
		a.Place, a.Choices = &a.Choices[0], nil
	}
	onlyPlace := len(rest) == 0 && len(chosen) > 0
	if len(rest) > 0 {
		ps = rest
	}
	if !whole {
		ps = x.strip(ps)
	}
	s := x.newSearch(ps)
	a.Text = s.key
	if a.Place != nil {
		s.place = x.division(a.Place.ID)
		s.chain = x.chain(s.place)
	}
	if s.n > 0 {
		s.makeUnits()
		s.contiguous()
	}
	var groups []group
	groups, a.Facets = s.narrow(s.groups(), q.Chosen)
	for _, g := range groups {
		a.Hits = append(a.Hits, s.hit(g))
	}
	if want := q.Chosen["kind"]; onlyPlace && (len(want) == 0 || slices.Contains(want, places)) {
		a.Hits = append(placeHits(chosen), a.Hits...)
	}
	a.Total = len(a.Hits)
	limit := q.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	a.Hits = a.Hits[:min(limit, len(a.Hits))]
	for i := range a.Hits {
		a.Hits[i].Rank = i + 1
		if a.Place != nil {
			x.settle(&a.Hits[i], a.Place.ID)
		}
	}
	return a
}

// groups collapses rows to hits, procedures on the row of their item, sorts them and drops what is far behind the best.
func (s *search) groups() []group {
	best := 0
	by := map[int]group{}
	for r, v := range s.score() {
		top := r
		if item := s.x.rows[r].item; item >= 0 {
			top = item
		}
		// The item stands for its procedures in a tie, then the lower number: rows are in that order.
		if g, ok := by[top]; !ok || v > g.score || v == g.score && r < g.row {
			by[top] = group{r, v, top}
		}
		best = max(best, v)
	}
	var list []group
	for _, g := range by {
		if g.score*100 >= best*cutPercent {
			list = append(list, g)
		}
	}
	slices.SortFunc(list, func(a, b group) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.row, b.row)) })
	return list
}

func (s *search) hit(g group) Hit {
	x := s.x
	e := &x.rows[g.row]
	h := Hit{Kind: kindWord(e.kind), ID: e.id, Name: e.name, URL: x.url(g.row), Score: float64(g.score) / 1000, Why: s.why[g.row]}
	if e.item >= 0 {
		h.Kind = "procedure"
	}
	if list := x.rows[g.top].procedures; len(list) > 1 {
		for _, p := range list {
			h.Chips = append(h.Chips, Chip{Name: x.rows[p].name, URL: x.url(p), Chosen: p == g.row})
		}
	}
	return h
}

// url returns the page of a row.
func (x *Index) url(r int) string {
	e := &x.rows[r]
	if e.kind == articles {
		return e.id
	}
	item, no, ok := strings.Cut(e.id, "#")
	if ok {
		return e.kind + "/" + item + "/#p" + no
	}
	return e.kind + "/" + item + "/"
}
