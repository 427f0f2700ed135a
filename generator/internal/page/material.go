package page

import (
	"slices"
	"sort"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
	"banshi/generator/internal/zh"
)

// materialView is the view of pages/material: a paper, who asks for it, what replaces it, what to do when it is lost.
type materialView struct {
	Page
	Crumbs       []Link
	Name, Plain  string
	Tags, Meta   []string
	Lost         string // what to do when it is lost
	Waived       []Row  // how one does without it: shared data, electronic certificates
	Alternatives []Link
	Certificate  *Link
	Issuers      []Row // the items whose result it is
	Alone        []Row // what one can do with it, and with nothing else that must be brought but the identity card
	Facts        []Pair
	Blank, Form  string
	Askers       []Asker
	AskerNote    string
	DataLinks    sourceLinks
	Phone        string
}

// Asker is a procedure that asks for a paper, and how.
type Asker struct {
	Name, URL, Procedure string
	Tag, Class           string
	Amount, Cases        string
}

// materialPages are the papers: an index by kind, and a page each.
func (b *builder) materialPages() []output.File {
	s := b.site
	out := []output.File{libraryIndex(b, "materials/", "materials", s.Catalog.Materials.All, b.vocabOrder("material-kinds"),
		func(url string, e *catalog.Entry[record.Material]) (string, Row) {
			r := Row{URL: b.link(url, "materials/"+e.ID+"/"), Name: e.Record.Name}
			r.Note = or(e.Record.Plain, b.say("material_asked", "n", itoa(len(s.AskersOf(e.ID)))))
			if len(e.Record.WaivedBy) > 0 {
				r.Tags = append(r.Tags, b.say("tag_waived"))
			}
			return e.Record.Kind, r
		})}
	for _, e := range s.Catalog.Materials.All {
		url := "materials/" + e.ID + "/"
		out = append(out, b.page(url, "pages/material", func() any { return b.materialView(url, e) }))
	}
	return out
}

func (b *builder) materialView(url string, e *catalog.Entry[record.Material]) *materialView {
	r := e.Record
	askers := b.site.AskersOf(e.ID)
	v := &materialView{
		Page:   b.head(url, r.Name, sentence(r.Plain, b.say("material_description", "name", r.Name, "n", itoa(len(askers))))),
		Crumbs: b.trail(url, Link{URL: "materials/", Text: b.say("materials")}), Name: r.Name, Plain: r.Plain, Tags: b.metaTags(r.Meta),
		Meta: slices.DeleteFunc([]string{r.Kind, r.Holder, b.say("material_asked", "n", itoa(len(askers)))}, func(s string) bool { return s == "" }),
		Lost: or(r.Remedy, b.say("material_lost_unknown")), Blank: webURL(r.BlankForm), Form: webURL(r.SampleForm), Phone: b.phone(),
	}
	v.DataLinks = b.sourceLinks(e.File, r.Name, v.Canonical)
	v.Data = b.wayData(&v.Page, v.Crumbs, v.Name)
	for _, w := range r.WaivedBy {
		row := Row{Name: w}
		if t := b.site.Catalog.Vocab["waivers"].Term(w); t != nil {
			row.Note = t.Definition
		}
		v.Waived = append(v.Waived, row)
	}
	for _, id := range r.Alternatives {
		if m := b.site.Catalog.Materials.Get(id); m != nil {
			v.Alternatives = append(v.Alternatives, Link{URL: b.link(url, "materials/"+id+"/"), Text: m.Record.Name})
		}
	}
	if c := b.site.Catalog.Certificates.Get(r.Certificate); c != nil {
		v.Certificate = &Link{URL: b.link(url, "certificates/"+c.ID+"/"), Text: c.Record.Name}
		v.Issuers = b.procedureRows(url, b.site.IssuersOf(c.ID))
	}
	v.Facts = pairs(
		Pair{Label: b.say("also"), Value: aliasText(r.Aliases)},
		Pair{Label: b.say("material_issuer"), Value: r.Issuer},
		Pair{Label: b.say("material_holder"), Value: r.Holder},
		Pair{Label: b.say("material_valid"), Value: r.ValidFor},
		Pair{Label: b.say("material_shared"), Value: r.SharedFrom},
		Pair{Label: b.say("material_kind"), Value: r.Kind},
	)
	v.Askers = b.askers(url, e.ID, askers)
	v.Alone = b.procedureRows(url, slices.DeleteFunc(slices.Clone(askers), func(p *catalog.Procedure) bool { return !enough(p, e.ID) }))
	return v
}

// identityCard is the paper that people carry anyway.
const identityCard = "id-card"

// enough reports whether a paper, beside the identity card, is all that must be brought by the standard of a procedure, whatever the
// case. Forms that are filled in at the window count as papers: who has none cannot tell that he will get one.
func enough(p *catalog.Procedure, material string) bool {
	asked := false
	for _, l := range p.Papers.Lines {
		switch {
		case groupOf(l) != toBring:
		case l.Material == material:
			asked = true
		case l.Material != identityCard:
			return false
		}
	}
	return asked
}

// askers are the procedures that ask for a material, by name.
func (b *builder) askers(url, material string, list []*catalog.Procedure) []Asker {
	out := make([]Asker, 0, len(list))
	for _, p := range list {
		a := Asker{Name: p.Item.Name, URL: b.link(url, site.ItemURL(p.Item))}
		if !site.Single(p.Item) {
			a.Procedure = p.Name
		}
		qs := questions(p.Scope.Cases)
		for _, line := range p.Papers.Lines {
			if line.Material != material {
				continue
			}
			a.Tag, a.Class, a.Amount = line.Necessity, necessityClass(line), b.amount(line.MaterialUse)
			if line.Waived() {
				a.Tag = b.say("tag_waived")
			}
			a.Cases = b.only(qs, line.When).Tag
			break
		}
		out = append(out, a)
	}
	sortBy(out, func(a Asker) string { return a.Name })
	return out
}

// necessityClass is the look of a paper's tag.
func necessityClass(p *catalog.Paper) string {
	switch groupOf(p) {
	case byWindow:
		return "on"
	case toFollow:
		return "later"
	case onlySome:
		return ""
	}
	return "must"
}

// procedureRows are procedures as a list shows them: the item, and the procedure where there are several.
func (b *builder) procedureRows(url string, list []*catalog.Procedure) []Row {
	out := make([]Row, 0, len(list))
	for _, p := range list {
		r := Row{URL: b.link(url, site.ItemURL(p.Item)), Name: p.Item.Name, Note: or(p.Plain, p.Item.Plain)}
		if !site.Single(p.Item) {
			r.Name += "（" + p.Name + "）"
		}
		out = append(out, r)
	}
	sortRows(out)
	return out
}

// sortRows sorts rows by pinyin.
func sortRows(rows []Row) { sortBy(rows, func(r Row) string { return r.Name }) }

// sortBy sorts by the pinyin of a name; the keys are made once.
func sortBy[T any](list []T, name func(T) string) {
	keys := make([]string, len(list))
	order := make([]int, len(list))
	for i, x := range list {
		keys[i], order[i] = zh.SortKey(name(x)), i
	}
	sort.SliceStable(order, func(i, j int) bool { return keys[order[i]] < keys[order[j]] })
	sorted := make([]T, len(list))
	for i, n := range order {
		sorted[i] = list[n]
	}
	copy(list, sorted)
}
