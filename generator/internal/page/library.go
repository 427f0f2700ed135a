package page

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
)

// documentView is the view of pages/document: a policy document and what it touched.
type documentView struct {
	Page
	Crumbs     []Link
	Name       string
	Tags, Meta []string
	Facts      []Pair
	Note       string
	Official   string
	Items      []Row
	Lists      []string
	Targets    []TargetView
	Changes    []ChangeView // what changed by it
	DataLinks  sourceLinks
	Phone      string
}

// TargetView is one demand of a document.
type TargetView struct{ Metric, Level, Year, Value, Quote string }

// documentPages are the policy documents: an index by kind, and a page each.
func (b *builder) documentPages() []output.File {
	s := b.site
	out := []output.File{libraryIndex(b, "documents/", "documents", s.Catalog.Documents.All, b.vocabOrder("document-kinds"),
		func(url string, e *catalog.Entry[record.Document]) (string, Row) {
			r := e.Record
			return r.Kind, Row{URL: b.link(url, "documents/"+e.ID+"/"), Name: bracket(r.Title), Note: sentence(r.Number, r.Body, r.Date.Han())}
		})}
	for _, e := range s.Catalog.Documents.All {
		url := "documents/" + e.ID + "/"
		out = append(out, b.page(url, "pages/document", func() any { return b.documentView(url, e) }))
	}
	return out
}

// documentURL is the way to the page of a document, or "" where the library lacks it.
func (b *builder) documentURL(url, id string) string {
	if b.site.Catalog.Documents.Get(id) == nil {
		return ""
	}
	return b.link(url, "documents/"+id+"/")
}

// documentRow is a document as a list shows it.
func (b *builder) documentRow(url, id string) Row {
	r := Row{Name: b.documentName(id), URL: b.documentURL(url, id)}
	if e := b.site.Catalog.Documents.Get(id); e != nil {
		r.Name = bracket(e.Record.Title)
		r.Note = sentence(e.Record.Number, e.Record.Body, e.Record.Date.Han())
	}
	return r
}

func (b *builder) documentView(url string, e *catalog.Entry[record.Document]) *documentView {
	r := e.Record
	name := bracket(r.Title)
	v := &documentView{
		Page:   b.head(url, name, b.say("document_description", "name", r.Title)),
		Crumbs: b.trail(url, Link{URL: "documents/", Text: b.say("documents")}), Name: name, Tags: b.metaTags(r.Meta),
		Meta: slices.DeleteFunc([]string{r.Kind, r.Number}, func(s string) bool { return s == "" }),
		Note: r.Note, Official: webURL(r.URL), Phone: b.phone(),
	}
	v.DataLinks = b.sourceLinks(e.File, r.Title, v.Canonical)
	v.Data = b.wayData(&v.Page, v.Crumbs, v.Name)
	v.Facts = pairs(
		Pair{Label: b.say("document_number"), Value: r.Number},
		Pair{Label: b.say("document_body"), Value: r.Body},
		Pair{Label: b.say("document_date"), Value: r.Date.Han()},
		Pair{Label: b.say("document_kind"), Value: r.Kind},
	)
	v.Items = b.itemRows(url, b.itemsTouchedBy(e.ID))
	v.Changes = b.changeViews(url, maxShownChanges, func(c *changes.Entry) bool { return c.Document == e.ID })
	sortRows(v.Items)
	for _, l := range b.site.Catalog.Lists.All {
		if l.Record.Document == e.ID {
			v.Lists = append(v.Lists, b.say("named_list", "name", l.Record.Name, "n", itoa(len(l.Record.Items))))
		}
	}
	for _, t := range b.site.Catalog.Targets {
		if t.Document != e.ID {
			continue
		}
		tv := TargetView{Metric: t.Metric, Level: or(t.Level, b.say("all_levels")), Year: itoa(t.Year), Quote: t.Quote}
		if t.AtLeast != "" {
			tv.Value = b.say("at_least", "value", t.AtLeast)
		} else {
			tv.Value = b.say("at_most", "value", t.AtMost)
		}
		v.Targets = append(v.Targets, tv)
	}
	return v
}

// itemsTouchedBy are the items that name a document anywhere: among their documents, in what ended, moved or happened to them.
func (b *builder) itemsTouchedBy(id string) []*catalog.Item {
	out := slices.Clone(b.site.ItemsOfDocument(id))
	for _, i := range b.site.Items {
		touched := i.Ending != nil && i.Ending.Document == id ||
			slices.ContainsFunc(i.Transfers, func(t record.Transfer) bool { return t.Document == id }) ||
			slices.ContainsFunc(i.Events, func(e record.Event) bool { return e.Document == id }) ||
			i.Review != nil && i.Review.Consultation != nil && i.Review.Consultation.Document == id
		if touched && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	return out
}

// intermediaryView is the view of pages/intermediary: a service by a third party that an item may require.
type intermediaryView struct {
	Page
	Crumbs     []Link
	Name       string
	Tags, Meta []string
	Facts      []Pair
	Choice     string
	Steps      []string
	Basis      []BasisView
	Items      []Row
	DataLinks  sourceLinks
	Phone      string
}

// intermediaryPages are the services of third parties: an index, and a page each.
func (b *builder) intermediaryPages() []output.File {
	s := b.site
	out := []output.File{libraryIndex(b, "intermediaries/", "intermediaries", s.Catalog.Intermediaries.All, nil,
		func(url string, e *catalog.Entry[record.Intermediary]) (string, Row) {
			return "", Row{URL: b.link(url, "intermediaries/"+e.ID+"/"), Name: e.Record.Name, Note: e.Record.Conditions}
		})}
	for _, e := range s.Catalog.Intermediaries.All {
		url := "intermediaries/" + e.ID + "/"
		out = append(out, b.page(url, "pages/intermediary", func() any { return b.intermediaryView(url, e) }))
	}
	return out
}

func (b *builder) intermediaryView(url string, e *catalog.Entry[record.Intermediary]) *intermediaryView {
	r := e.Record
	v := &intermediaryView{
		Page:   b.head(url, r.Name, b.say("intermediary_description", "name", r.Name)),
		Crumbs: b.trail(url, Link{URL: "intermediaries/", Text: b.say("intermediaries")}), Name: r.Name, Tags: b.metaTags(r.Meta),
		Meta: []string{b.say("intermediary")}, Steps: r.Steps, Basis: b.basisViews(r.Basis), Choice: b.say("choice_unknown"), Phone: b.phone(),
	}
	v.DataLinks = b.sourceLinks(e.File, r.Name, v.Canonical)
	v.Data = b.wayData(&v.Page, v.Crumbs, v.Name)
	if r.FreeChoice != nil {
		v.Choice = b.say("choice_bound")
		if *r.FreeChoice {
			v.Choice = b.say("choice_free")
		}
	}
	limit := ""
	if r.Limit != nil {
		limit = r.Limit.String()
	}
	v.Facts = pairs(
		Pair{Label: b.say("intermediary_conditions"), Value: r.Conditions},
		Pair{Label: b.say("intermediary_limit"), Value: or(limit, b.say("intermediary_limit_unknown"))},
		Pair{Label: b.say("intermediary_fee"), Value: or(r.Fee, b.say("intermediary_fee_unknown"))},
	)
	for _, id := range r.Items {
		if i := b.site.Catalog.Item(id); i != nil {
			v.Items = append(v.Items, b.itemRow(url, i))
		}
	}
	return v
}
