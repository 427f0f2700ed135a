package quality

import (
	"iter"

	"banshi/generator/internal/catalog"
)

// counter gives the entries of a metric. Exactly one of its functions is set.
type counter struct {
	// terms judges a procedure by its terms, whichever place they hold in: done once for all places that share them.
	terms func(*Survey, *catalog.Procedure, *catalog.Terms) Cell
	// guide judges one procedure in one place.
	guide func(*Survey, *catalog.Guide) Cell
	// item judges an item in one place by its guides there.
	item func(*Survey, []*catalog.Guide) Cell
	// standard judges a procedure of the province, once.
	standard func(*Survey, *catalog.Procedure) Cell
	// place gives entries of one place.
	place func(*Survey, *catalog.Division) iter.Seq[Entry]
	// province gives entries of no place.
	province func(*Survey) iter.Seq[Entry]
}

// entries gives what a metric counts in a place, or, with nil, what it counts of no place.
func (s *Survey) entries(m *Metric, d *catalog.Division) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		switch {
		case d == nil && m.standard != nil:
			s.overStandards(m, yield)
		case d == nil && m.province != nil:
			for e := range m.province(s) {
				if e.concerned() && !yield(e) {
					return
				}
			}
		case d == nil:
		case m.terms != nil || m.guide != nil:
			s.overGuides(m, d, yield)
		case m.item != nil:
			s.overItems(m, d, yield)
		case m.place != nil:
			for e := range m.place(s, d) {
				if e.concerned() && !yield(e) {
					return
				}
			}
		}
	}
}

func (s *Survey) overStandards(m *Metric, yield func(Entry) bool) {
	for _, i := range s.Catalog.Items {
		for _, p := range i.Procedures {
			if !i.Current() || !p.Current {
				continue
			}
			if c := m.standard(s, p); c.concerned() && !yield(Entry{Cell: c, Item: i, Procedure: p, File: p.File}) {
				return
			}
		}
	}
}

func (s *Survey) overGuides(m *Metric, d *catalog.Division, yield func(Entry) bool) {
	judged := s.judged[m]
	at := s.places[d].terms
	for i, g := range d.Guides {
		var c Cell
		if judged != nil {
			c = judged.in(at[i])
		} else {
			c = m.guide(s, g)
		}
		if c.concerned() && !yield(Entry{Cell: c, Division: d, Guide: g, Item: g.Item, Procedure: g.Procedure, File: fileOf(g)}) {
			return
		}
	}
}

func (s *Survey) overItems(m *Metric, d *catalog.Division, yield func(Entry) bool) {
	for from := 0; from < len(d.Guides); { // guides of an item stand together
		to := from + 1
		for to < len(d.Guides) && d.Guides[to].Item == d.Guides[from].Item {
			to++
		}
		guides := d.Guides[from:to]
		from = to
		c := m.item(s, guides)
		if c.concerned() && !yield(Entry{Cell: c, Division: d, Guide: guides[0], Item: guides[0].Item, File: fileOf(guides[0])}) {
			return
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
