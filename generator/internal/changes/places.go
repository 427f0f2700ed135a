package changes

import (
	"slices"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// worlds is what must be resolved to see what one record changed for people: the state before, the state now, and the state now
// with the record as it was. What differs between the first and the third, other records did; it is told there.
type worlds struct {
	before, now, without *catalog.Catalog // without is before where no other record changed
}

func (x *comparison) worlds(was, now *catalog.File, division, item string) worlds {
	old, new := x.old.around(division, item), x.now.around(division, item)
	subject := now
	if subject == nil {
		subject = was
	}
	others := func(list []*catalog.File) []*catalog.File {
		return slices.DeleteFunc(slices.Clone(list), func(f *catalog.File) bool { return sameRecord(f, subject) })
	}
	resolve := func(list []*catalog.File, day record.Date) *catalog.Catalog {
		return catalog.Resolve(catalog.NewSource(list, day), catalog.Options{Draft: x.draft})
	}
	w := worlds{before: resolve(old, x.old.day), now: resolve(new, x.now.day)}
	w.without = w.before
	rest := others(new)
	if x.old.day != x.now.day || !slices.EqualFunc(others(old), rest, same) {
		if was != nil {
			rest = append(rest, was)
		}
		w.without = resolve(rest, x.now.day)
	}
	return w
}

// own returns the fields that only the record itself made: those of all that others did not make too.
func own(all, others []Field) []Field {
	return slices.DeleteFunc(all, func(f Field) bool {
		return slices.ContainsFunc(others, func(o Field) bool { return o.Key == f.Key && o.Old == f.Old && o.New == f.New })
	})
}

// local compares the resolved terms of a place: what its record changes for people there, or below it.
func (x *comparison) local(was, now *catalog.File) *Entry {
	f, _ := present(was, now)
	division, item := f.IDs[0], f.IDs[1]
	w := x.worlds(was, now, division, item)
	i, d := w.now.Item(item), w.now.Division(division)
	if i == nil || d == nil || w.before.Item(item) == nil || w.before.Division(division) == nil {
		return nil // told with the item or the place
	}
	e := &Entry{Kind: KindChanged, Subject: Subject{Kind: record.KindImplementation, Item: item, Division: division}, Department: i.Department}
	told := map[string][]Field{}
	var ways []*catalog.Procedure
	for _, p := range i.Procedures {
		if fields := x.localFields(w, division, p); len(fields) > 0 {
			told[p.No] = fields
			ways = append(ways, p)
		}
	}
	if len(ways) == 0 {
		return nil
	}
	name := i.Name
	single := len(i.Procedures) == 1
	switch {
	case len(ways) == 1:
		e.Subject.Procedure = ways[0].No
		e.Fields = told[ways[0].No]
		if !single {
			name += " " + ways[0].Name
		}
	default:
		e.Fields = together(ways, told)
	}
	e.Document = localDocument(f)
	for _, field := range e.Fields {
		if field.Label == suspendedLabel() && e.Kind == KindChanged && (field.Old == "" || field.New == "") {
			e.Kind = KindSuspended
			if field.New == "" {
				e.Kind = KindResumed
			}
		}
	}
	return e.finish(name+"（"+d.Name+"）", f)
}

// suspendedLabel is by what a suspension is known among the fields.
var suspendedLabel = sync.OnceValue(func() string {
	k, _ := record.KeyOf(record.KindImplementation, "suspended")
	return k.Label
})

// localDocument is the document that a local record rests on.
func localDocument(f *catalog.File) string {
	r := f.Record.(*record.Implementation)
	switch {
	case r.Suspended != nil && r.Suspended.Document != "":
		return r.Suspended.Document
	case r.Outcome.Benefit != nil && r.Outcome.Benefit.Amount != nil && r.Outcome.Benefit.Amount.Document != "":
		return r.Outcome.Benefit.Amount.Document
	case r.Deviation != nil:
		return r.Deviation.Document
	}
	return r.EntrustedBy
}

// together joins the fields of several procedures: what is the same in all of them once, the rest with the procedure's name.
func together(ways []*catalog.Procedure, told map[string][]Field) []Field {
	type change struct{ key, old, new string }
	count := map[change]int{}
	for _, p := range ways {
		for _, f := range told[p.No] {
			count[change{f.Key, f.Old, f.New}]++
		}
	}
	var out []Field
	done := map[change]bool{}
	for _, p := range ways {
		for _, f := range told[p.No] {
			c := change{f.Key, f.Old, f.New}
			if done[c] {
				continue
			}
			if count[c] == len(ways) && len(ways) == len(p.Item.Procedures) {
				done[c] = true
			} else {
				f.Key = p.No + "." + f.Key
				f.Words = p.Name + "：" + f.Words
				f.group = ""
			}
			out = append(out, f)
		}
	}
	return out
}

// localFields returns how one procedure differs for people in the place; where it has no guide, how it differs for those below.
func (x *comparison) localFields(w worlds, division string, p *catalog.Procedure) []Field {
	if !p.Item.Current() && !x.draft || !p.Current || procedureOf(w.before, p) == nil || procedureOf(w.without, p) == nil {
		return nil
	}
	d := w.now.Division(division)
	var out []Field
	if has(w.before.Division(division), p) || has(d, p) {
		out = x.between(w, func(c *catalog.Catalog, s state) *leaves {
			if g := guideOf(c, division, p.Item.ID, p.No); g != nil {
				return flattenGuide(g, s)
			}
			return flattenTerms(c.TermsIn(c.Division(division), procedureOf(c, p)), c.Division(division), s)
		})
	}
	if handsTo(d, p) {
		down := func(c *catalog.Catalog, s state) *leaves {
			return flattenTerms(c.HandedDown(c.Division(division), procedureOf(c, p)), c.Division(division), s)
		}
		for _, f := range x.between(w, down) {
			if !slices.ContainsFunc(out, func(o Field) bool { return o.Key == f.Key && o.New == f.New }) {
				out = append(out, f)
			}
		}
	}
	return out
}

// between compares what one record did to something in the worlds.
func (x *comparison) between(w worlds, flat func(*catalog.Catalog, state) *leaves) []Field {
	before := flat(w.before, x.old)
	all := compare(before, flat(w.now, x.now))
	if w.without == w.before {
		return all
	}
	return own(all, compare(before, flat(w.without, x.now)))
}

// procedureOf returns the same procedure in another catalog, nil if it is not there.
func procedureOf(c *catalog.Catalog, p *catalog.Procedure) *catalog.Procedure {
	item := c.Item(p.Item.ID)
	if item == nil {
		return nil
	}
	i := slices.IndexFunc(item.Procedures, func(q *catalog.Procedure) bool { return q.No == p.No })
	if i < 0 {
		return nil
	}
	return item.Procedures[i]
}

// has reports whether the place has a guide of the procedure.
func has(d *catalog.Division, p *catalog.Procedure) bool {
	return slices.ContainsFunc(d.Guides, func(g *catalog.Guide) bool { return g.Item.ID == p.Item.ID && g.Procedure.No == p.No })
}

// handsTo reports whether the procedure is handled at a level below the place.
func handsTo(d *catalog.Division, p *catalog.Procedure) bool {
	rank := record.LevelRank(d.Level)
	below := func(level string) bool { return record.LevelRank(level) > rank }
	if rank < 1 {
		return false // the province hands nothing down
	}
	if slices.ContainsFunc(p.Item.Levels, below) {
		return true
	}
	return slices.ContainsFunc(p.Powers.Authority, func(a record.Authority) bool { return slices.ContainsFunc(a.Accept, below) })
}

// place compares a place with the bodies and halls it really has.
func (x *comparison) place(was, now *catalog.File) *Entry {
	f, e := present(was, now)
	id := f.ID()
	e.Subject = Subject{Kind: record.KindDivision, ID: id, Division: id}
	if was != nil && now != nil {
		w := x.worlds(was, now, id, "")
		e.Fields = x.between(w, func(c *catalog.Catalog, s state) *leaves { return flattenPlace(c.Division(id), s) })
	}
	return e.finish(f.Record.(*record.Division).Name, f)
}
