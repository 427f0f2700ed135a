package changes

import (
	"cmp"
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// Version is one text that was published, by the content of the records it was made from. One content is one version, however
// often it came back.
type Version struct {
	// ID is the part of [catalog.Guide.Version] that the list it comes from is about: of a standard what stands before the
	// hyphen, of a place what stands after it, of a guide both.
	ID    string
	Spans []Span // when it held, oldest first

	past                      *Past
	first                     point
	item, procedure, division string
}

// Span is a time in which a version held.
type Span struct {
	From   record.Date
	Until  record.Date // the day on which another took its place, 0 while it holds
	Commit string      // the commit that brought it, or after which its day came
}

// Current reports whether the version holds at the end of what was read.
func (v *Version) Current() bool { return v.Spans[len(v.Spans)-1].Until == 0 }

// point is a moment at which some record may have changed: after a commit, on a day.
type point struct {
	n   int
	day record.Date
}

// points returns the moments at which a record at one of the bases changed, in order, the first state among them.
func (p *Past) points(bases ...string) []point {
	if len(p.commits) == 0 {
		return nil
	}
	out := []point{{0, p.commits[0].day}}
	for _, base := range bases {
		for _, path := range append([]string{base}, p.dated[base]...) {
			for _, r := range p.files[path] {
				out = append(out, point{r.commit, p.commits[r.commit].day})
			}
		}
	}
	for _, t := range p.turns {
		if slices.Contains(bases, t.base) {
			out = append(out, point{t.n, t.day})
		}
	}
	slices.SortFunc(out, func(a, b point) int { return cmp.Or(a.n-b.n, int(a.day-b.day)) })
	return slices.Compact(out)
}

// versions makes the list of what id says at each point; "" is nothing at that time.
func (p *Past) versions(points []point, subject Version, id func(state) string) ([]*Version, error) {
	var out []*Version
	byID := map[string]*Version{}
	var last *Version
	for _, at := range points {
		now := id(p.at(at.n, at.day))
		if last != nil && last.ID == now || last == nil && now == "" {
			continue
		}
		if last != nil {
			last.Spans[len(last.Spans)-1].Until = at.day
			last = nil
		}
		if now == "" {
			continue
		}
		if last = byID[now]; last == nil {
			v := subject
			last = &v
			last.ID, last.past, last.first = now, p, at
			byID[now] = last
			out = append(out, last)
		}
		last.Spans = append(last.Spans, Span{From: at.day, Commit: p.commits[at.n].hash})
	}
	return out, p.load.failed()
}

func base(kind record.Kind, ids ...string) string {
	return catalog.DataDir + "/" + record.Path(kind, ids...)
}

// Standard returns the versions of the standard of a procedure in the order in which they first appeared; none for one that
// never was.
func (p *Past) Standard(item, procedure string) ([]*Version, error) {
	if record.Path(record.KindProcedure, item, procedure) == "" {
		return nil, nil
	}
	i, no := base(record.KindItem, item), base(record.KindProcedure, item, procedure)
	return p.versions(p.points(i, no), Version{item: item, procedure: procedure}, func(s state) string {
		f, g := s.get(i), s.get(no)
		if f == nil || g == nil {
			return ""
		}
		return record.Combine(f.Print, g.Print).String()
	})
}

// Place returns the versions of a place's own record with the defaults of its level, as guides print them that no local record
// touches.
func (p *Past) Place(division string) ([]*Version, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if list, ok := p.places[division]; ok {
		return list, nil
	}
	d := base(record.KindDivision, division)
	list, err := p.versions(p.points(slices.Concat(p.kinds[record.KindDefaults], []string{d})...), Version{division: division}, func(s state) string {
		f := s.get(d)
		if f == nil {
			return ""
		}
		level := record.LevelRank(f.Record.(*record.Division).Level)
		if level < 0 {
			return record.Combine(f.Print).String()
		}
		if g := s.find(record.KindDefaults, record.LevelSlugs[level]); g != nil {
			return record.Combine(f.Print, g.Print).String()
		}
		return record.Combine(f.Print).String()
	})
	p.places[division] = list
	return list, err
}

// Touched reports whether the place or one above it ever had a record of its own for the item.
func (p *Past) Touched(division, item string) bool {
	for _, d := range p.aboveEver(division) {
		if _, found := slices.BinarySearch(p.touched[d], item); found {
			return true
		}
	}
	return false
}

// aboveEver returns the place and all places that were above it at any change of its record.
func (p *Past) aboveEver(division string) []string {
	p.mu.Lock()
	out := p.above[division]
	p.mu.Unlock()
	if out != nil {
		return out
	}
	for _, at := range p.points(slices.Concat(p.keep, []string{base(record.KindDivision, division)})...) {
		for _, d := range p.at(at.n, at.day).above(division) {
			if !slices.Contains(out, d) {
				out = append(out, d)
			}
		}
	}
	p.mu.Lock()
	p.above[division] = out
	p.mu.Unlock()
	return out
}

// Local returns the versions of a place's part of a guide. Where no record of the place or of one above it ever touched the
// item that is what Place returns, the same slice: what is the same is worked out once.
func (p *Past) Local(division, item, procedure string) ([]*Version, error) {
	if !p.Touched(division, item) {
		return p.Place(division)
	}
	return p.guides(division, item, procedure, (*catalog.Guide).LocalVersion)
}

// Guide returns every version of a guide, by the whole id that is printed on it.
func (p *Past) Guide(division, item, procedure string) ([]*Version, error) {
	return p.guides(division, item, procedure, (*catalog.Guide).Version)
}

func (p *Past) guides(division, item, procedure string, id func(*catalog.Guide) string) ([]*Version, error) {
	bases := slices.Concat(p.kinds[record.KindDefaults], []string{base(record.KindItem, item), base(record.KindProcedure, item, procedure)})
	for _, d := range p.aboveEver(division) {
		bases = append(bases, base(record.KindDivision, d), base(record.KindImplementation, d, item))
	}
	return p.versions(p.points(bases...), Version{division: division, item: item, procedure: procedure}, func(s state) string {
		c := catalog.Resolve(catalog.NewSource(s.around(division, item), s.day), catalog.Options{Draft: p.o.Draft})
		if g := guideOf(c, division, item, procedure); g != nil {
			return id(g)
		}
		return ""
	})
}

func guideOf(c *catalog.Catalog, division, item, procedure string) *catalog.Guide {
	d := c.Division(division)
	if d == nil {
		return nil
	}
	for _, g := range d.Guides {
		if g.Item.ID == item && g.Procedure.No == procedure {
			return g
		}
	}
	return nil
}

// TouchedItems returns the items for which the place or one above it ever had a record of its own, sorted.
func (p *Past) TouchedItems(division string) []string {
	var out []string
	for _, d := range p.aboveEver(division) {
		out = append(out, p.touched[d]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Places returns the places, by id, that have more than one version of something: of their own record, or items that were ever
// touched there or above.
func (p *Past) Places() ([]string, error) {
	var out []string
	for _, b := range p.kinds[record.KindDivision] {
		_, ids, _, _ := parse(b)
		id := ids[0]
		several := len(p.TouchedItems(id)) > 0
		if !several && len(p.points(slices.Concat(p.kinds[record.KindDefaults], []string{b})...)) > 1 {
			list, err := p.Place(id)
			if err != nil {
				return nil, err
			}
			several = len(list) > 1
		}
		if several {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out, p.load.failed()
}
