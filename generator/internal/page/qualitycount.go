package page

import (
	"runtime"
	"slices"
	"sync"

	"banshi/generator/internal/catalog"
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
	shared sharedPlaces
}

// newSupervision counts. Departments are those that have a page.
func newSupervision(s *site.Site) *supervision {
	q := &supervision{survey: quality.New(s.Catalog, quality.Options{}), many: map[quality.Scope][]quality.Figure{}, lists: map[*quality.Metric]func() *quality.Lists{}}
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
		q.lists[m] = sync.OnceValue(func() *quality.Lists { return q.list(m) })
	}
	return q
}

// listAll makes the lists of all metrics.
func (q *supervision) listAll() {
	onAll(quality.Metrics(), func(m *quality.Metric) *quality.Lists { return q.lists[m]() })
}

// list makes the lists of a metric, with one copy of each list of places.
func (q *supervision) list(m *quality.Metric) *quality.Lists {
	l := q.survey.Lists(q.survey.Figure(m, quality.Scope{}))
	for _, groups := range [][]*quality.Group{l.Gap, l.Unrecorded, l.Numerator, l.Uncounted} {
		for _, g := range groups {
			g.Places = q.shared.one(g.Places)
		}
	}
	return &l
}

// toMend is the list of what somebody should look at.
func (q *supervision) toMend(m *quality.Metric) []*quality.Group {
	if toMend(m) == quality.Numerator {
		return q.lists[m]().Numerator
	}
	return q.lists[m]().Gap
}

// sharedPlaces keeps one copy of each list of places: most groups are of all places of a level.
type sharedPlaces struct {
	mu     sync.Mutex
	lists  map[string][]*catalog.Division
	prints map[**catalog.Division]string // by the first place of a kept list, what stands for it in stamps
}

// one is the kept copy of a list.
func (s *sharedPlaces) one(places []*catalog.Division) []*catalog.Division {
	if len(places) == 0 || s.print(places) != "" {
		return places
	}
	key := codes(places)
	var h output.Hasher
	h.String(key)
	s.mu.Lock()
	defer s.mu.Unlock()
	known, ok := s.lists[key]
	if !ok {
		if s.lists == nil {
			s.lists, s.prints = map[string][]*catalog.Division{}, map[**catalog.Division]string{}
		}
		known = slices.Clip(places)
		s.lists[key], s.prints[&known[0]] = known, h.Sum().String()
	}
	return known
}

// print stands for a kept list of places, "" for one that is not kept.
func (s *sharedPlaces) print(places []*catalog.Division) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.prints[&places[0]]
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
