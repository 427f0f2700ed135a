package quality

import (
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/record"
	"banshi/generator/internal/rules"
)

// Survey is every metric counted over one catalog. It is only read after [New], so that several goroutines may ask it.
type Survey struct {
	Catalog *catalog.Catalog
	Options

	places   map[*catalog.Division]*place
	terms    []termed                     // the distinct terms of all guides
	things   int                          // how many items the catalog has, or procedures: numbers of both are below
	judged   map[*Metric]*verdicts        // those that judge terms
	cells    map[*catalog.Division][]cell // what each metric counts in a place; under nil what is of no place
	at       map[*Metric]int              // the place of a metric in a cell
	inPlaces int                          // how many metrics count something in places
	sets     placeSets

	locked    map[string]bool                                                               // the files in which decoding found a key of the catalogue, which no place may have
	tell      func(standard, terms *catalog.Terms, place *catalog.Division) []changes.Field // while the survey is made
	judging   *catalog.Guide                                                                // until then: the first guide with the terms that are judged
	last      said                                                                          // and what they say
	completed map[completion]rules.Completed
	before    map[guideKey]*catalog.Terms                   // of the baseline
	counts    map[*catalog.Procedure]*record.BenchmarkEntry // of how it was, where records say so
	peers     map[peer][]bool                               // by number of the item
}

// Options are what a survey knows beside the catalog.
type Options struct {
	// Baseline is the library as it was, to say how much less is asked for now; nil where nothing is compared.
	Baseline *catalog.Catalog
	// Teller tells how places differ from the standard, where somebody else asks it too; nil for one of the survey's own.
	Teller *changes.Teller
}

// termed is terms with the first guide that has them, and the numbers of its procedure and item among those of the catalog, from 1.
type termed struct {
	*catalog.Guide
	no, item int32
}

// place is what a survey knows of a division.
type place struct {
	no     int     // its number among the places of the catalog
	terms  []int32 // for each of its guides, which of the distinct terms
	own    bool    // a record of its own, or of a place above it short of the province, says something in one of its guides
	top    bool    // the province, whose records the standards are
	sample bool    // made up, or below such a place
}

// cell is what the metrics count in one place for one level and one department. Metrics that count nothing in places stand last, and
// are left out of the cells of places.
type cell struct {
	level, department string
	tallies           []tally
}

// tally is sums over the entries of a metric in a cell, of which there are many.
type tally struct{ num, den, unknown int32 }

func (t *tally) add(c *Cell) {
	t.num += int32(c.Num)
	t.den += int32(c.Den)
	if c.Unknown {
		t.unknown++
	}
}

// sum is sums over the entries of a metric.
type sum struct{ num, den, unknown int }

func (t *sum) add(c *Cell) {
	t.num += c.Num
	t.den += c.Den
	if c.Unknown {
		t.unknown++
	}
}

// join adds the sums of a cell.
func (t *sum) join(o tally) {
	t.num, t.den, t.unknown = t.num+int(o.num), t.den+int(o.den), t.unknown+int(o.unknown)
}

// New counts every metric over a catalog.
func New(c *catalog.Catalog, o Options) *Survey {
	s := &Survey{Catalog: c, Options: o, places: map[*catalog.Division]*place{}, judged: map[*Metric]*verdicts{}, at: map[*Metric]int{},
		cells: map[*catalog.Division][]cell{}}
	s.completed, s.before = completions(c), termsBefore(o.Baseline)
	if o.Teller != nil {
		s.tell = o.Teller.Guide
	} else {
		s.tell = changes.NewTeller(c.Source).Place
	}
	s.counts = countsBefore(c)
	s.locked = map[string]bool{}
	for _, p := range c.Source.Problems {
		if p.Rule == "catalogue-locked" {
			s.locked[p.File] = true
		}
	}
	s.index()
	s.peers = peersOf(s)
	s.judge()
	for _, m := range metrics {
		if m.ofPlaces() {
			s.at[m] = len(s.at)
		}
	}
	s.inPlaces = len(s.at)
	for _, m := range metrics {
		if !m.ofPlaces() {
			s.at[m] = len(s.at)
		}
	}
	s.countIn(nil)
	for _, d := range c.Divisions {
		s.countIn(d)
	}
	return s
}

// judge asks the metrics that judge terms for their verdicts, terms by terms.
func (s *Survey) judge() {
	for _, m := range metrics {
		if m.counter.terms != nil || m.byTerms {
			s.judged[m] = newVerdicts(len(s.terms))
		}
	}
	alone := []*catalog.Guide{{}}
	for _, t := range s.terms {
		s.judging, *alone[0] = t.Guide, catalog.Guide{Item: t.Item, Procedure: t.Procedure, Terms: t.Terms}
		for _, m := range metrics {
			switch {
			case m.counter.terms != nil:
				s.judged[m].add(m.counter.terms(s, t.Procedure, t.Terms))
			case m.byTerms:
				s.judged[m].add(m.item(s, alone))
			}
		}
	}
	for _, judged := range s.judged {
		judged.at = nil
	}
	s.tell, s.judging, s.last = nil, nil, said{}
}

// judgedBy is what a metric found in the distinct terms.
func (s *Survey) judgedBy(id string) *verdicts {
	for m, judged := range s.judged {
		if m.ID == id {
			return judged
		}
	}
	return nil
}

// index numbers the distinct terms: guides that no local record touches share those of the standard.
func (s *Survey) index() {
	items, procedures := map[*catalog.Item]int32{}, map[*catalog.Procedure]int32{}
	for _, i := range s.Catalog.Items {
		items[i] = int32(len(items) + 1)
		for _, p := range i.Procedures {
			procedures[p] = int32(len(procedures) + 1)
		}
	}
	s.things = max(len(items), len(procedures))
	known := map[*catalog.Terms]int32{}
	for no, d := range s.Catalog.Divisions {
		p := &place{no: no, terms: make([]int32, len(d.Guides)), sample: d.MadeUp(), top: d.Superior == nil}
		for i, g := range d.Guides {
			n, ok := known[g.Terms]
			if !ok {
				n = int32(len(s.terms))
				known[g.Terms] = n
				s.terms = append(s.terms, termed{g, procedures[g.Procedure], items[g.Item]})
			}
			p.terms[i] = n
			p.own = p.own || len(g.Origins) > 0
		}
		s.places[d] = p
	}
}

// countIn counts what is in a place, or, with nil, what is of no place.
func (s *Survey) countIn(d *catalog.Division) {
	type key struct{ level, department string }
	at := map[key]int{}
	var cells []cell
	var last key
	var tallies []tally
	for _, m := range metrics {
		if d != nil && !m.ofPlaces() {
			continue
		}
		n := s.at[m]
		for e := range s.entries(m, d, "") {
			k := key{e.level(), e.Department()}
			if tallies == nil || k != last {
				c, ok := at[k]
				if !ok {
					c = len(cells)
					at[k] = c
					cells = append(cells, cell{k.level, k.department, make([]tally, s.width(d))})
				}
				last, tallies = k, cells[c].tallies
			}
			tallies[n].add(&e.Cell)
		}
	}
	s.cells[d] = cells
}

// width is how many metrics the cells of a place have, or, with nil, those of no place.
func (s *Survey) width(d *catalog.Division) int {
	if d == nil {
		return len(metrics)
	}
	return s.inPlaces
}
