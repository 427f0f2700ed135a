package search

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// DefaultLimit is how many hits a query without a limit gets.
const DefaultLimit = 20

// Query is what is asked.
type Query struct {
	Text string
	// Place is the id or the name of the place chosen beside the text; a place named in the text goes before it.
	Place string
	// Kinds are the kinds wanted (item, bundle, signpost, material, certificate, law, article, place); none means all.
	Kinds []string
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
}

// Chip is one procedure of an item that was found. Chosen marks the one the query speaks of.
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
}

// Search returns the hits of a query, the best first.
func (x *Index) Search(q Query) []Hit {
	a, _ := x.Ask(q)
	return a.Hits
}

// Ask answers a query. The error is a file of the index that cannot be read; the answer is then what was found without it.
func (x *Index) Ask(q Query) (Answer, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.err = nil
	ps := joinWords(pieces(q.Text))
	var a Answer
	found, rest := x.findPlaces(ps)
	chosen := x.choose(found, q.Place)
	if len(chosen) == 0 && q.Place != "" {
		a.Choices = x.namedPlaces(q.Place)
	} else {
		a.Choices = chosen
	}
	if len(a.Choices) == 1 {
		a.Place, a.Choices = &a.Choices[0], nil
	}
	onlyPlace := len(rest) == 0 && len(chosen) > 0
	if len(rest) > 0 {
		ps = rest
	}
	ps = x.strip(ps)
	s := &search{x: x, pieces: ps, key: key(ps), why: map[int]string{}, bonus: map[int]int{}}
	s.n = runeLen(s.key)
	a.Text = s.key
	if a.Place != nil {
		s.offered = x.offered(a.Place.ID)
	}
	if s.n > 0 {
		s.makeUnits()
		s.contiguous()
		a.Hits = s.hits(q.Kinds)
	}
	if onlyPlace && wanted(q.Kinds, places) {
		a.Hits = append(placeHits(chosen), a.Hits...)
	}
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
	return a, x.err
}

// strip takes question words out of the pieces, unless a name or alias contains the query as it stands.
func (x *Index) strip(ps []piece) []piece {
	k := key(ps)
	for _, t := range x.texts {
		if strings.Contains(t.key, k) {
			return ps
		}
	}
	var out []piece
	for _, p := range ps {
		if p.han {
			for _, w := range x.questions {
				p.text = strings.ReplaceAll(p.text, w, "")
			}
			if p.text == "" || runeLen(p.text) == 1 && strings.Contains(x.lone, p.text) {
				continue
			}
		}
		out = append(out, p)
	}
	if len(out) == 0 {
		return ps
	}
	return out
}

func wanted(kinds []string, kind string) bool {
	return len(kinds) == 0 || slices.Contains(kinds, kindWords[kind])
}

// hits collapses rows to hits, procedures on the row of their item, sorts them and drops what is far behind the best.
func (s *search) hits(kinds []string) []Hit {
	type group struct{ row, score, top int }
	groups := map[int]group{}
	scores := s.score()
	for r, v := range scores {
		if !wanted(kinds, s.x.rows[r].kind) {
			continue
		}
		top := r
		if item := s.x.rows[r].item; item >= 0 {
			top = item
		}
		g, ok := groups[top]
		if !ok || v > g.score || v == g.score && s.x.before(r, g.row) {
			groups[top] = group{r, v, top}
		}
	}
	list := make([]group, 0, len(groups))
	best := 0
	for _, g := range groups {
		list = append(list, g)
		best = max(best, g.score)
	}
	slices.SortFunc(list, func(a, b group) int {
		if a.score != b.score {
			return cmp.Compare(b.score, a.score)
		}
		return cmp.Compare(s.x.order(a.row), s.x.order(b.row))
	})
	var out []Hit
	for _, g := range list {
		if g.score*100 < best*cutPercent {
			break
		}
		out = append(out, s.x.hit(g.row, g.top, g.score, s.why[g.row]))
	}
	return out
}

// order is what rows of equal score are sorted by.
func (x *Index) order(r int) string { return x.rows[r].kind + "/" + x.rows[r].id }

// before reports whether row a stands for its item rather than row b: the item itself, then the lower number.
func (x *Index) before(a, b int) bool { return x.order(a) < x.order(b) }

func (x *Index) hit(r, top, score int, why string) Hit {
	e := &x.rows[r]
	h := Hit{Kind: kindWords[e.kind], ID: e.id, Name: e.name, URL: x.url(r), Score: float64(score) / 1000, Why: why}
	if e.item >= 0 {
		h.Kind = "procedure"
	}
	if list := x.rows[top].procedures; len(list) > 1 {
		for _, p := range list {
			h.Chips = append(h.Chips, Chip{Name: x.rows[p].name, URL: x.url(p), Chosen: p == r})
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

// refRow reads the number of a row, or -1.
func refRow(ref string, rows int) int {
	n, err := strconv.ParseInt(ref, base, 0)
	if err != nil || n < 0 || int(n) >= rows {
		return -1
	}
	return int(n)
}
