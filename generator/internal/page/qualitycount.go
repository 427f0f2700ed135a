package page

import (
	"runtime"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/quality"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// supervision is the figures of the site as its pages need them. The figures of one place are a sum over a few cells and asked for
// when they are shown; those of many places are worked out once, and what the province's lists hold when somebody first asks. It may be
// read by several goroutines at once.
type supervision struct {
	survey *quality.Survey
	many   map[quality.Scope][]quality.Figure
	lists  map[*quality.Metric]func() *quality.Lists // over all real places
	prints placePrints
	sheets sync.Pool // of *quality.Sheet
}

// newSupervision counts, with what tells how places differ from the standard. Departments are those that have a page.
func newSupervision(s *site.Site, teller *changes.Teller) *supervision {
	q := &supervision{survey: quality.New(s.Catalog, quality.Options{Teller: teller}), many: map[quality.Scope][]quality.Figure{}, lists: map[*quality.Metric]func() *quality.Lists{}}
	scopes := []quality.Scope{{}}
	for _, l := range record.Levels {
		scopes = append(scopes, quality.Scope{Level: l})
	}
	for _, f := range s.Departments {
		scopes = append(scopes, quality.Scope{Department: f.Term})
	}
	for _, d := range s.Catalog.Divisions {
		if d.Superior != nil && d.Superior.Superior == nil && len(d.Children) > 0 {
			scopes = append(scopes, quality.Scope{Division: d, Below: true})
		}
	}
	figures := onAll(scopes, q.survey.Figures)
	for i, sc := range scopes {
		q.many[sc] = figures[i]
	}
	for _, m := range quality.Metrics() {
		q.lists[m] = sync.OnceValue(func() *quality.Lists {
			l := q.survey.Lists(q.survey.Figure(m, quality.Scope{}))
			return &l
		})
	}
	return q
}

// listAll makes the lists of all metrics.
func (q *supervision) listAll() {
	onAll(quality.Metrics(), func(m *quality.Metric) *quality.Lists { return q.lists[m]() })
}

// toMend is the list of what somebody should look at.
func (q *supervision) toMend(m *quality.Metric) []*quality.Group {
	if toMend(m) == quality.Numerator {
		return q.lists[m]().Numerator
	}
	return q.lists[m]().Gap
}

// placePrints are what stands for the places of groups in stamps.
type placePrints struct {
	mu sync.Mutex
	of map[*quality.Places]output.Stamp
}

// print stands for places.
func (p *placePrints) print(places *quality.Places) output.Stamp {
	p.mu.Lock()
	defer p.mu.Unlock()
	known, ok := p.of[places]
	if !ok {
		h := hashers.Get().(*output.Hasher)
		defer hashers.Put(h)
		h.Reset()
		for d := range places.All() {
			h.String(d.ID)
		}
		if p.of == nil {
			p.of = map[*quality.Places]output.Stamp{}
		}
		known = h.Sum()
		p.of[places] = known
	}
	return known
}

// onAll calls a function for each value on all processors and returns the results in the order of the values.
func onAll[T, R any](values []T, f func(T) R) []R {
	out := make([]R, len(values))
	next := make(chan int, len(values))
	for i := range values {
		next <- i
	}
	close(next)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				out[i] = f(values[i])
			}
		})
	}
	wg.Wait()
	return out
}

// sheet fills a sheet with the lists of a place for as long as a function looks at it.
func (q *supervision) sheet(d *catalog.Division, look func(*quality.Sheet)) {
	x, _ := q.sheets.Get().(*quality.Sheet)
	if x == nil {
		x = new(quality.Sheet)
	}
	defer q.sheets.Put(x)
	q.survey.Sheet(x, d)
	look(x)
}

// figures are those of a scope.
func (q *supervision) figures(sc quality.Scope) []quality.Figure {
	if known, ok := q.many[sc]; ok {
		return known
	}
	return q.survey.Figures(sc)
}

// figure is one of them; its Metric is nil where the scope has none.
func (q *supervision) figure(m *quality.Metric, sc quality.Scope) quality.Figure {
	if known, ok := q.many[sc]; ok {
		for _, f := range known {
			if f.Metric == m {
				return f
			}
		}
		return quality.Figure{}
	}
	if m.Rests == quality.OnProvince && sc.Division != nil {
		return quality.Figure{}
	}
	return q.survey.Figure(m, sc)
}
