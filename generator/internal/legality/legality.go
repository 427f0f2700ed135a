// Package legality is the paper that a legal officer fills in (合法性审查), and what he wrote in it.
//
// [Rows] lists the records that changed, one a row: what changes in words, whether the laws they rest on are in force, and what of it
// looks like a new permit, more papers or fewer rights. The rows go out as a workbook and as a page for printing; [Read] takes the
// workbook back, cell by cell, and [Answer.Change] is what it says of a record.
package legality

import (
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/record"
)

// The findings of an examination, as vocab/legality-findings.toml has them.
const (
	NewPermit   = "增设许可"
	MorePapers  = "增加材料"
	FewerRights = "缩减权利"
)

// Findings are all findings in the order of their columns.
var Findings = []string{NewPermit, MorePapers, FewerRights}

// Row is one changed record.
type Row struct {
	Record  string // path of its file in the site
	Print   string // of what it says beside its reviews: an opinion is of this text and no other
	Name    string // of what it is about: place, item, procedure
	Changes []Change
	Laws    []Law
	Hints   []string         // findings that the changes look like; the officer decides
	Opinion *record.Legality // what the record has already; nil for nothing
}

// Change is a change in words with its direction for the applicant: ↑ ↓ ＝.
type Change struct{ Arrow, Words string }

// Law is a law that an item rests on and its state on the day.
type Law struct {
	Name, State string
	Bad         bool // it cannot carry the item
}

// Rows lists the records of items, procedures and places that the entries change in substance, by path.
func Rows(c *catalog.Catalog, entries []*changes.Entry) []*Row {
	var out []*Row
	rows := map[string]*Row{}
	for _, e := range entries {
		if e.Class() != changes.Substantive {
			continue
		}
		f := RecordOf(c.Source, e)
		if f == nil {
			continue
		}
		r := rows[f.Path]
		if r == nil {
			r = &Row{Record: f.Path, Print: PrintOf(f), Name: nameOf(c, e.Subject), Laws: laws(c, e.Subject.Item), Opinion: opinion(f)}
			rows[f.Path] = r
			out = append(out, r)
		}
		r.add(c, e)
	}
	slices.SortFunc(out, func(a, b *Row) int { return strings.Compare(a.Record, b.Record) })
	return out
}

// add takes in what an entry says.
func (r *Row) add(c *catalog.Catalog, e *changes.Entry) {
	if len(e.Fields) == 0 {
		r.Changes = append(r.Changes, Change{changes.Same.String(), e.Title})
	}
	item := c.Item(e.Subject.Item)
	permit := item != nil && item.Type == "行政许可"
	if e.Kind == changes.KindNew && e.Subject.Kind == record.KindItem && permit {
		r.hint(NewPermit)
	}
	for _, f := range e.Fields {
		r.Changes = append(r.Changes, Change{f.Direction.String(), f.Words})
		top, _, _ := strings.Cut(f.Key, ".")
		switch {
		case f.Key == "type" && permit:
			r.hint(NewPermit)
		case f.Direction != changes.Worse:
		case top == "materials" || top == "steps":
			r.hint(MorePapers)
		default:
			r.hint(FewerRights)
		}
	}
}

func (r *Row) hint(finding string) {
	if !slices.Contains(r.Hints, finding) {
		r.Hints = append(r.Hints, finding)
	}
}

// RecordOf returns the record that an entry of a difference speaks of: the version that takes effect on its day, else the one in
// force; nil for what is no record of an item, a procedure or a place.
func RecordOf(s *catalog.Source, e *changes.Entry) *catalog.File {
	var ids []string
	switch x := e.Subject; x.Kind {
	case record.KindItem:
		ids = []string{x.Item}
	case record.KindProcedure:
		ids = []string{x.Item, x.Procedure}
	case record.KindImplementation:
		ids = []string{x.Division, x.Item}
	default:
		return nil
	}
	path := record.Path(e.Subject.Kind, ids...)
	if path == "" {
		return nil
	}
	if e.Effective != 0 {
		for _, f := range s.Future {
			if f.From == e.Effective && record.Path(f.Kind, f.IDs...) == path {
				return f
			}
		}
	}
	return s.Lookup(catalog.DataDir + "/" + path)
}

// PrintOf is the print of what a record says beside its reviews.
func PrintOf(f *catalog.File) string {
	switch r := f.Record.(type) {
	case *record.Item:
		plain := *r
		plain.Review = nil
		return record.PrintOf(&plain).String()
	case *record.Procedure:
		plain := *r
		plain.Review = nil
		return record.PrintOf(&plain).String()
	case *record.Implementation:
		plain := *r
		plain.Review = nil
		return record.PrintOf(&plain).String()
	}
	return f.Print.String()
}

func opinion(f *catalog.File) *record.Legality {
	var r *record.Review
	switch x := f.Record.(type) {
	case *record.Item:
		r = x.Review
	case *record.Procedure:
		r = x.Review
	case *record.Implementation:
		r = x.Review
	}
	if r == nil {
		return nil
	}
	return r.Legality
}

func nameOf(c *catalog.Catalog, s changes.Subject) string {
	name := s.Item
	if i := c.Item(s.Item); i != nil {
		name = i.Name
		for _, p := range i.Procedures {
			if p.No == s.Procedure && p.Name != i.Name {
				name += "（" + p.Name + "）"
			}
		}
	}
	if d := c.Division(s.Division); d != nil {
		name = d.Name + " " + name
	}
	return name
}

// laws are the laws of an item with their state on the day of the catalog.
func laws(c *catalog.Catalog, item string) []Law {
	i := c.Item(item)
	if i == nil {
		return nil
	}
	if len(i.Basis) == 0 {
		return []Law{{Name: "没有写依据", State: "不能发布", Bad: true}}
	}
	var out []Law
	for _, b := range i.Basis {
		e := c.Laws.Get(b.Law)
		if e == nil {
			out = append(out, Law{Name: b.Law, State: "法规库里没有", Bad: true})
			continue
		}
		r := e.Record
		l := Law{Name: "《" + r.Name + "》" + b.Article}
		switch {
		case r.Repealed != 0 && r.Repealed <= c.AsOf:
			l.State, l.Bad = r.Repealed.Han()+"废止", true
		case r.InForce != 0 && r.InForce > c.AsOf:
			l.State, l.Bad = r.InForce.Han()+"才施行", true
		case r.CheckedOn != 0:
			l.State = "现行，" + r.CheckedOn.Han() + "核对"
		default:
			l.State = "没有核对"
		}
		out = append(out, l)
	}
	return out
}
