package quality

import (
	"iter"

	"banshi/generator/internal/catalog"
)

// counter gives the entries of a metric. Exactly one of its functions is set. An entry that one of them gives is the same variable
// each time, for there are millions: who keeps it copies it.
type counter struct {
	// terms judges a procedure by its terms, whichever place they hold in: done once for all places that share them.
	terms func(*Survey, *catalog.Procedure, *catalog.Terms) Cell
	// guide judges one procedure in one place.
	guide func(*Survey, *catalog.Guide) Cell
	// item judges an item in one place by its guides there.
	item func(*Survey, []*catalog.Guide) Cell
	// byTerms says that item looks at nothing of a guide but its procedure and terms: most items have one procedure, and are judged once
	// for all places that share its terms.
	byTerms bool
	// standard judges a procedure of the province, once.
	standard func(*Survey, *catalog.Procedure) Cell
	// place gives entries of one place.
	place func(*Survey, *catalog.Division) iter.Seq[*Entry]
	// province gives entries of no place.
	province func(*Survey) iter.Seq[*Entry]
}

// ofPlaces reports whether a metric counts something in places.
func (c *counter) ofPlaces() bool { return c.standard == nil && c.province == nil }

// entries gives what a metric counts in a place, or, with nil, what it counts of no place; of one department, or, with "", of all.
func (s *Survey) entries(m *Metric, d *catalog.Division, department string) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		switch {
		case (d == nil) == m.ofPlaces():
		case m.standard != nil:
			s.overStandards(m, department, yield)
		case m.terms != nil || m.guide != nil:
			s.overGuides(m, d, department, yield)
		case m.item != nil:
			s.overItems(m, d, department, yield)
		default:
			var given iter.Seq[*Entry]
			if d != nil {
				given = m.place(s, d)
			} else {
				given = m.province(s)
			}
			for e := range given {
				if e.concerned() && (department == "" || e.Department() == department) && !yield(e) {
					return
				}
			}
		}
	}
}

func (s *Survey) overStandards(m *Metric, department string, yield func(*Entry) bool) {
	var e Entry
	for _, i := range s.Catalog.Items {
		if department != "" && i.Department != department {
			continue
		}
		for _, p := range i.Procedures {
			if !i.Current() || !p.Current {
				continue
			}
			e = Entry{Cell: m.standard(s, p), Item: i, Procedure: p, file: p.File}
			if e.concerned() && !yield(&e) {
				return
			}
		}
	}
}

func (s *Survey) overGuides(m *Metric, d *catalog.Division, department string, yield func(*Entry) bool) {
	var e Entry
	judged := s.judged[m]
	at := s.places[d].terms
	for i, g := range d.Guides {
		if department != "" && g.Item.Department != department {
			continue
		}
		if judged != nil {
			e.Cell = *judged.in(at[i])
		} else {
			e.Cell = m.guide(s, g)
		}
		if !e.concerned() {
			continue
		}
		e.Division, e.Guide, e.Item, e.Procedure, e.no = d, g, g.Item, g.Procedure, s.terms[at[i]].no
		if !yield(&e) {
			return
		}
	}
}

func (s *Survey) overItems(m *Metric, d *catalog.Division, department string, yield func(*Entry) bool) {
	var e Entry
	judged, terms, at := s.judged[m], s.places[d].terms, 0
	for no, guides := range s.itemsIn(d) {
		if department != "" && guides[0].Item.Department != department {
			at += len(guides)
			continue
		}
		if judged != nil && len(guides) == 1 {
			e.Cell = *judged.in(terms[at])
		} else {
			e.Cell = m.item(s, guides)
		}
		at += len(guides)
		if !e.concerned() {
			continue
		}
		e.Division, e.Guide, e.Item, e.no = d, guides[0], guides[0].Item, no
		if !yield(&e) {
			return
		}
	}
}

// itemsIn gives the items that a place handles: the number of each and its guides there, which stand together.
func (s *Survey) itemsIn(d *catalog.Division) iter.Seq2[int32, []*catalog.Guide] {
	return func(yield func(int32, []*catalog.Guide) bool) {
		at := s.places[d].terms
		for from := 0; from < len(d.Guides); {
			to := from + 1
			for to < len(d.Guides) && d.Guides[to].Item == d.Guides[from].Item {
				to++
			}
			if !yield(s.terms[at[from]].item, d.Guides[from:to]) {
				return
			}
			from = to
		}
	}
}

// fileOf is where somebody changes a guide: the nearest local record, else the standard.
func fileOf(g *catalog.Guide) *catalog.File {
	if n := len(g.Files); n > 0 {
		return g.Files[n-1]
	}
	return g.Procedure.File
}
