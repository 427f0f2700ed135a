package quality

import (
	"fmt"
	"iter"
	"strconv"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
)

// Figure is a metric counted in a scope.
type Figure struct {
	Metric *Metric
	Scope  Scope
	// Num and Den are the sums over the lists of the numerator and the denominator; Unknown is how many entries nobody recorded.
	Num, Den, Unknown int
	// Places is how many places are counted, Own how many of them have records of their own; both 0 for what is of no place.
	Places, Own int
	State       State
	Missing     diag.Text // why there is nothing to count, where the state is NoRecords
	Goal        *Goal     // nil where no document demands anything
	Verdict     Verdict
}

// State says whether there is a figure.
type State string

// The states of a figure.
const (
	Measured State = "counted"
	// ByStandard is what the standard gives in places none of which has records of its own: no figure of a place.
	ByStandard State = "standard"
	NotKept    State = "unknown" // 未收录
	Nothing    State = "nothing" // there is nothing of the kind
	NoRecords  State = "missing" // records lack without which nothing can be counted; Missing says which
)

// Verdict says whether a figure is enough.
type Verdict string

// The verdicts on a figure. It is open while what nobody recorded decides, and "" without a target or a figure.
const (
	Met    Verdict = "met"
	Missed Verdict = "missed"
	Open   Verdict = "open"
)

// Figure counts a metric in a scope.
func (s *Survey) Figure(m *Metric, sc Scope) Figure {
	f := Figure{Metric: m, Scope: sc}
	switch {
	case sc.Item != nil:
		for _, one := range s.ByItem(m, sc) {
			return one
		}
	case m.Distinct && sc.many():
		var t sum
		for _, e := range s.worst(f) {
			t.add(&e.Cell)
		}
		f.Num, f.Den, f.Unknown = t.num, t.den, t.unknown
	default:
		at := s.at[m]
		var t sum
		for c := range s.cellsIn(sc) {
			if at < len(c.tallies) {
				t.join(c.tallies[at])
			}
		}
		f.Num, f.Den, f.Unknown = t.num, t.den, t.unknown
	}
	s.settle(&f, s.census(sc))
	return f
}

// ByItem counts a metric for every item of a scope apart, in the order of the catalog. It walks the entries once for all of them.
func (s *Survey) ByItem(m *Metric, sc Scope) []Figure {
	at := map[*catalog.Item]*Figure{}
	worst := map[*catalog.Item]Cell{}
	places, last := map[*catalog.Item]census{}, map[*catalog.Item]*catalog.Division{}
	for e := range s.all(m, sc) {
		if e.Item == nil {
			continue
		}
		f := at[e.Item]
		if f == nil {
			f = &Figure{Metric: m, Scope: sc}
			f.Scope.Item = e.Item
			at[e.Item], worst[e.Item] = f, e.Cell
		}
		if e.rank() > worst[e.Item].rank() {
			worst[e.Item] = e.Cell
		}
		t := sum{f.Num, f.Den, f.Unknown}
		t.add(&e.Cell)
		f.Num, f.Den, f.Unknown = t.num, t.den, t.unknown
		if e.Division != nil && last[e.Item] != e.Division {
			last[e.Item], places[e.Item] = e.Division, places[e.Item].with(s.places[e.Division])
		}
	}
	var out []Figure
	for _, i := range s.Catalog.Items {
		f := at[i]
		if f == nil {
			continue
		}
		if m.Distinct && sc.many() {
			var t sum
			w := worst[i]
			t.add(&w)
			f.Num, f.Den, f.Unknown = t.num, t.den, t.unknown
		}
		s.settle(f, places[i])
		out = append(out, *f)
	}
	return out
}

// Figures counts, in a scope, every metric of which it has a figure.
func (s *Survey) Figures(sc Scope) []Figure {
	sums := make([]sum, len(metrics))
	for c := range s.cellsIn(sc) {
		for i := range c.tallies {
			sums[i].join(c.tallies[i])
		}
	}
	census := s.census(sc)
	out := make([]Figure, 0, len(metrics))
	for _, m := range metrics {
		switch {
		case m.Rests == OnProvince && (sc.Division != nil || sc.Level != ""):
		case m.Distinct && sc.many(), sc.Item != nil:
			out = append(out, s.Figure(m, sc))
		default:
			t := sums[s.at[m]]
			f := Figure{Metric: m, Scope: sc, Num: t.num, Den: t.den, Unknown: t.unknown}
			s.settle(&f, census)
			out = append(out, f)
		}
	}
	return out
}

// cellsIn gives the cells of a scope.
func (s *Survey) cellsIn(sc Scope) iter.Seq[*cell] {
	return func(yield func(*cell) bool) {
		for d := range s.divisions(sc) {
			for i := range s.cells[d] {
				c := &s.cells[d][i]
				if (sc.Level == "" || c.level == sc.Level) && (sc.Department == "" || c.department == sc.Department) && !yield(c) {
					return
				}
			}
		}
	}
}

// census is how many places a scope has, how many of them have records of their own, and whether the province, whose records the
// standards are, is one that has none.
type census struct{ places, own, top int }

func (s *Survey) census(sc Scope) census {
	var n census
	for d := range s.Places(sc) {
		n = n.with(s.places[d])
	}
	return n
}

// with is the census with one place more.
func (n census) with(p *place) census {
	n.places++
	switch {
	case p.own:
		n.own++
	case p.top:
		n.top++
	}
	return n
}

// settle finds out what the sums mean: whether there is a figure, what is demanded, and whether it is enough.
func (s *Survey) settle(f *Figure, n census) {
	if f.Metric.Rests != OnProvince {
		f.Places, f.Own = n.places, n.own
		if f.Metric.Rests == OnStandard {
			f.Own += n.top
		}
	}
	if f.Metric.missing != nil {
		f.Missing = f.Metric.missing(s)
	}
	switch {
	case f.Missing.ZH != "":
		f.State = NoRecords
	case f.Den == 0 && (f.Unknown > 0 || f.Metric.Rests == OnLocal && f.Own == 0):
		f.State = NotKept
	case f.Den == 0:
		f.State = Nothing
	case f.Metric.Rests == OnStandard && f.Own == 0:
		f.State = ByStandard
	default:
		f.State = Measured
	}
	f.Goal = s.goal(f.Metric, f.Scope)
	if f.Goal != nil && (f.State == Measured || f.State == ByStandard && f.Scope.many()) {
		f.Verdict = f.judge()
	}
}

// judge holds the figure against its target, with all that is unknown for it and with all of it against it.
func (f *Figure) judge() Verdict {
	low, high := f.ratio(0, f.Unknown), f.ratio(f.Unknown, f.Unknown)
	switch {
	case f.Goal.meets(low) && f.Goal.meets(high):
		return Met
	case !f.Goal.meets(low) && !f.Goal.meets(high):
		return Missed
	}
	return Open
}

// fraction is a number as two whole ones, so that nothing is rounded before it is compared.
type fraction struct{ num, den int }

// ratio is the value of the figure with some more entries in the numerator and the denominator.
func (f *Figure) ratio(num, den int) fraction {
	if f.Metric.Unit == Percent {
		return fraction{100 * (f.Num + num), f.Den + den}
	}
	return fraction{f.Num + num, 1}
}

// Number is the value of the figure: a percentage with one decimal place, else a whole number; "" where there is none. A
// percentage is 0 or 100 only where it is so exactly.
func (f *Figure) Number() string {
	switch {
	case f.State != Measured && f.State != ByStandard:
		return ""
	case f.Metric.Unit != Percent:
		return strconv.Itoa(f.Num)
	}
	return percentage(f.Num, f.Den)
}

// percentage is num of den in per cent with one decimal place, rounded to the nearest.
func percentage(num, den int) string {
	if num < 0 {
		return "-" + percentage(-num, den)
	}
	n := (2000*num + den) / (2 * den)
	switch {
	case n == 1000 && num < den:
		n = 999
	case n == 0 && num > 0:
		n = 1
	}
	if n%10 == 0 {
		return strconv.Itoa(n / 10)
	}
	return fmt.Sprintf("%d.%d", n/10, n%10)
}
