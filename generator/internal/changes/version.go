package changes

import (
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// libraries are the kinds of records that texts take names from.
var libraries = []record.Kind{
	record.KindItem, record.KindLaw, record.KindMaterial, record.KindCertificate, record.KindIntermediary, record.KindDocument, record.KindVocab,
}

func (v *Version) state() state { return v.past.at(v.first.n, v.first.day) }

// Catalog returns the library as it was when the version first appeared, as far as the version needs it: the item, its
// procedures, the place with those above it, and all libraries. It is resolved anew by every call.
func (v *Version) Catalog() (*catalog.Catalog, error) {
	s := v.state()
	var files []*catalog.File
	if v.division != "" {
		files = s.around(v.division, v.item)
	} else {
		files = s.all(record.KindProcedure, v.item)
	}
	for _, kind := range libraries {
		for _, f := range s.all(kind) {
			if kind != record.KindItem || v.division == "" || f.ID() != v.item { // around has the item
				files = append(files, f)
			}
		}
	}
	return catalog.Resolve(catalog.NewSource(files, s.day), catalog.Options{Draft: v.past.o.Draft}), v.past.load.failed()
}

// Procedure returns the standard of the version, with its item; nil for the version of a place alone.
func (v *Version) Procedure() (*catalog.Procedure, error) {
	c, err := v.Catalog()
	if i := c.Item(v.item); i != nil {
		for _, p := range i.Procedures {
			if p.No == v.procedure {
				return p, err
			}
		}
	}
	return nil, err
}

// Guide returns the guide of the version; nil for that of a standard or of a place alone.
func (v *Version) Guide() (*catalog.Guide, error) {
	if v.item == "" || v.division == "" {
		return nil, nil
	}
	c, err := v.Catalog()
	return guideOf(c, v.division, v.item, v.procedure), err
}

// Place returns the place of the version with its bodies and halls, and its guides of the item, which know nothing of the
// libraries; nil for that of a standard.
func (v *Version) Place() (*catalog.Division, error) {
	if v.division == "" {
		return nil, nil
	}
	s := v.state()
	c := catalog.Resolve(catalog.NewSource(s.around(v.division, v.item), s.day), catalog.Options{Draft: v.past.o.Draft})
	return c.Division(v.division), v.past.load.failed()
}

// To returns what people see change from v to w, two versions of one list. Both are compared as they were when they first
// appeared; of a place only what the guide shows of it, if there is a guide.
func (v *Version) To(w *Version) ([]Field, error) {
	old, now := v.flat(), w.flat()
	var out []Field
	for i := range min(len(old), len(now)) {
		out = append(out, compare(old[i], now[i])...)
	}
	return out, v.past.load.failed()
}

// flat is what a version says: the item and the standard as written, or the resolved terms and what is shown of the place.
func (v *Version) flat() []*leaves {
	s := v.state()
	var out []*leaves
	if f := s.find(record.KindItem, v.item); f != nil {
		out = append(out, flattenRecord(f, s))
	}
	if v.division == "" {
		if f := s.find(record.KindProcedure, v.item, v.procedure); f != nil {
			out = append(out, flattenRecord(f, s))
		}
		return out
	}
	c := catalog.Resolve(catalog.NewSource(s.around(v.division, v.item), s.day), catalog.Options{Draft: v.past.o.Draft})
	d := c.Division(v.division)
	if d == nil {
		return out
	}
	g := guideOf(c, v.division, v.item, v.procedure)
	if g == nil {
		return append(out, flattenPlace(d, s))
	}
	return append(out, flattenGuide(g, s), flattenPlace(shownOf(g), s))
}

// shownOf is the place of a guide with what the guide shows of it: its body and the halls where it is handled.
func shownOf(g *catalog.Guide) *catalog.Division {
	shown, own := *g.Division, *g.Division.Division
	own.Refers, own.NotAdopted = nil, nil
	shown.Division, shown.Orgs, shown.Halls = &own, []*catalog.Org{g.Org}, nil
	for _, p := range g.Places {
		if !slices.Contains(shown.Halls, p.Hall) {
			shown.Halls = append(shown.Halls, p.Hall)
		}
	}
	return &shown
}

// Own returns what the text of a place says of its own: how its guide differs from the standard as it was then (Old is the
// standard's value, New the place's), and what is shown of the place's bodies and halls, with no Old. For the version of a place
// alone that is all its bodies and halls; for a standard, nothing.
func (v *Version) Own() ([]Field, error) {
	if v.division == "" {
		return nil, nil
	}
	s := v.state()
	c := catalog.Resolve(catalog.NewSource(s.around(v.division, v.item), s.day), catalog.Options{Draft: v.past.o.Draft})
	d := c.Division(v.division)
	if d == nil {
		return nil, v.past.load.failed()
	}
	var out []Field
	shown := d
	if g := guideOf(c, v.division, v.item, v.procedure); g != nil {
		standard := catalog.Terms{Sections: g.Procedure.Sections, Local: new(record.Local)}
		out = compare(flattenTerms(&standard, d, s), flattenGuide(g, s))
		shown = shownOf(g)
	}
	for _, l := range flattenPlace(shown, s).all {
		if strings.HasPrefix(l.key, "orgs.") || strings.HasPrefix(l.key, "halls.") {
			list := newLeaves(record.KindDivision, s)
			out = append(out, list.changed(leaf{}, l, false, true, true))
		}
	}
	return out, v.past.load.failed()
}
