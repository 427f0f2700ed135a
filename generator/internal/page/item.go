package page

import (
	"bytes"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// itemPageView is the view of pages/item: what the catalogue says of an item, the provincial standard of its procedures, and
// where it is handled.
type itemPageView struct {
	Page
	Crumbs      []Link
	Name, Plain string
	Tags, Meta  []string
	Drafts      []*ConsultationView
	Ending      *EndingView
	Paused      bool
	Procedures  []ProcedureRow
	Single      bool // one procedure: its figures are the sheet
	Children    []Row
	Parent      *Link
	Places      *splice
	PlacesN     string
	Facts       []Pair
	Basis       []BasisView
	Documents   []Row
	Bundles     []Row
	Transfers   []TransferView
	Upcoming    []ChangeView
	Events      []HistoryView
	Changes     []ChangeView
	Versions    []Link // the pages of all versions of procedures that had several
	NoHistory   bool
	DataURL     string
	Source      string
	SourceURL   string
	Edit        string
	Report      string
	Official    string
	Compare     string // the page that compares all places, "" where none handles it
	Phone       string
}

// EndingView is what the page of a cancelled or merged item tells people to do now.
type EndingView struct {
	Kind, Since                      string
	WhatNow, Old, Document, DocURL   string
	Instead, InsteadURL, InsteadText string
}

// TransferView is a transfer of the item between levels.
type TransferView struct {
	Day, Text, Document, DocURL string
	Places                      []Link
}

// itemPages are the pages of the catalogue records, also of those that ended or are drafts.
func (b *builder) itemPages() []output.File {
	out := []output.File{b.itemIndex()}
	for _, i := range b.site.Items {
		url := site.ItemURL(i)
		out = append(out, b.splicedPage(url, "pages/item", func(out *bytes.Buffer) any { return b.itemPageView(out, url, i) }))
	}
	return out
}

// itemIndex lists every item there is, by type: the address above those of the items.
func (b *builder) itemIndex() output.File {
	const url = "items/"
	title, lead := b.say("items_all"), b.say("items_all_lead")
	return b.page(url, "pages/listing", b.listing(url, title, lead, func(v *listingView) {
		v.Crumbs, v.Lead = b.trail(url), lead
		v.Chips = b.browseChips(url)
		for n, f := range b.site.Types {
			v.Groups = append(v.Groups, Group{ID: "t" + itoa(n+1), Title: f.Term, Rows: b.itemRows(url, f.Items)})
		}
		if ended := b.site.Ended(); len(ended) > 0 {
			v.Groups = append(v.Groups, Group{ID: "ended", Title: b.say("items_ended"), Rows: b.itemRows(url, ended)})
		}
		var drafts []*catalog.Item
		for _, d := range b.site.Drafts {
			if d.Item != nil && d.Item.File == d.File {
				drafts = append(drafts, d.Item)
			}
		}
		if len(drafts) > 0 {
			v.Groups = append(v.Groups, Group{ID: "drafts", Title: b.say("consultation"), Rows: b.itemRows(url, drafts)})
		}
	}))
}

func (b *builder) itemPageView(out *bytes.Buffer, url string, i *catalog.Item) *itemPageView {
	v := &itemPageView{
		Page: b.head(url, i.Name, sentence(i.Plain, b.say("item_description", "type", i.Type, "department", i.Department))),
		Name: i.Name, Plain: i.Plain, Paused: i.Status == record.StatusSuspended, NoHistory: b.site.NoHistory, Phone: b.phone(),
		DataURL: "../../api/v1/items/" + i.ID + ".json", Source: i.File.Path, SourceURL: b.edit.Source(i.File.Path, 0), Edit: b.edit.Editor(i.File.Path),
		Official: webURL(i.OfficialURL),
	}
	v.Report = b.report(i.Name, v.Canonical, i.File.Path, i.File.Print.String())
	v.Crumbs = b.trail(url, b.departmentLink(i.Department))
	v.Tags = b.itemTags(i)
	v.Meta = []string{i.Type, i.Department, strings.Join(i.Levels, "、")}
	for _, d := range b.site.DraftsIn(i) {
		v.Drafts = append(v.Drafts, b.consultationView(url, d))
	}
	if i.Status == record.StatusCancelled || i.Status == record.StatusMerged {
		v.Ending = b.endingView(url, i)
	}
	b.itemProcedures(url, v, i)
	v.Children = b.itemRows(url, i.Children)
	if i.Parent != nil {
		v.Parent = &Link{URL: b.link(url, site.ItemURL(i.Parent)), Text: i.Parent.Name}
	}
	places, n := b.placesOf(out, i)
	v.Places, v.PlacesN = places, itoa(n)
	if compared(i) {
		v.Compare = b.link(url, comparisonURL(i))
	}
	v.Facts = b.itemFacts(url, i)
	v.Basis = b.basisViews(i.Basis)
	for _, d := range i.Documents {
		v.Documents = append(v.Documents, b.documentRow(url, d))
	}
	for _, e := range b.site.BundlesOf(i.ID) {
		v.Bundles = append(v.Bundles, b.bundleRow(url, e))
	}
	b.itemHistory(url, v, i)
	v.Data = b.wayData(&v.Page, v.Crumbs, i.Name)
	return v
}

// departmentLink is a link to the page of a department; without one where the vocabulary lacks it.
func (b *builder) departmentLink(name string) Link {
	for _, f := range b.site.Departments {
		if f.Term == name && f.ID != "" {
			return Link{URL: "departments/" + f.ID + "/", Text: name}
		}
	}
	return Link{URL: "departments/", Text: b.say("facet_departments")}
}

func (b *builder) itemTags(i *catalog.Item) []string {
	var out []string
	if t := b.statusTag(i); t != "" {
		out = append(out, t)
	}
	if i.Verified == nil || i.Verified.Status != "已核实" {
		out = append(out, b.say("unverified"))
	}
	return out
}

// itemProcedures are the rows of the procedures in force with the figures of the standard.
func (b *builder) itemProcedures(url string, v *itemPageView, i *catalog.Item) {
	for _, p := range i.Procedures {
		if !p.Current {
			continue
		}
		d := b.digest(b.card(&p.Sections))
		v.Procedures = append(v.Procedures, ProcedureRow{
			Name: p.Name, Plain: p.Plain, Visits: d.Visits, Time: d.Time, Cost: d.Cost, Papers: d.Papers,
		})
	}
	v.Single = len(v.Procedures) == 1
}

// itemFacts are what the catalogue (目录清单) says of the item.
func (b *builder) itemFacts(url string, i *catalog.Item) []Pair {
	code := Pair{Label: b.say("item_code"), Value: i.Code}
	if i.CodeStatus != "official" {
		code.Note = b.say("code_sample")
	}
	kind := Pair{Label: b.say("item_type"), Value: i.Type}
	if f := facetOf(b.site.Types, i.Type); f != nil {
		kind.URL = b.link(url, "types/"+f.ID+"/")
	}
	department := Pair{Label: b.say("item_department"), Value: i.Department}
	if f := facetOf(b.site.Departments, i.Department); f != nil {
		department.URL = b.link(url, "departments/"+f.ID+"/")
	}
	sharing := Pair{Label: b.say("item_sharing"), Value: i.Sharing}
	if t := b.site.Catalog.Vocab["sharing"].Term(i.Sharing); t != nil {
		sharing.Note = t.Definition
	}
	facts := []Pair{code, kind, department,
		{Label: b.say("item_levels"), Value: strings.Join(i.Levels, "、")}, sharing,
		{Label: b.say("item_origin"), Value: i.Origin},
		{Label: b.say("item_field"), Value: i.Field},
		{Label: b.say("item_status"), Value: i.Status},
		{Label: b.say("item_from"), Value: i.EffectiveFrom.Han()},
		{Label: b.say("item_to"), Value: i.EffectiveTo.Han()},
		{Label: b.say("item_aliases"), Value: strings.Join(i.Aliases, "、")},
		{Label: b.say("item_local_code"), Value: i.LocalCode},
		{Label: b.say("item_former_codes"), Value: strings.Join(i.FormerCodes, "、")},
		{Label: b.say("item_power_list"), Value: i.PowerListRef},
	}
	return slices.DeleteFunc(facts, func(p Pair) bool { return p.Value == "" })
}

func facetOf(facets []*site.Facet, term string) *site.Facet {
	for _, f := range facets {
		if f.Term == term && f.ID != "" {
			return f
		}
	}
	return nil
}

// endingView says what to do now that the item is no more.
func (b *builder) endingView(url string, i *catalog.Item) *EndingView {
	v := &EndingView{Kind: i.Status, Since: i.EffectiveTo.Han(), WhatNow: b.say("ending_ask", "phone", b.phone())}
	next := i.ReplacedBy
	if e := i.Ending; e != nil {
		v.WhatNow, v.Old = or(e.WhatNow, v.WhatNow), e.OldCertificates
		next = or(e.ReplacedBy, next)
		if e.Document != "" {
			v.Document = b.documentName(e.Document)
			v.DocURL = b.documentURL(url, e.Document)
		}
	}
	if to := b.site.Catalog.Item(next); to != nil {
		v.Instead, v.InsteadURL, v.InsteadText = to.Name, b.link(url, site.ItemURL(to)), to.Plain
	}
	return v
}

// itemHistory is what happened to the item and what will: transfers, future versions, events, changes.
func (b *builder) itemHistory(url string, v *itemPageView, i *catalog.Item) {
	for _, t := range i.Transfers {
		tv := TransferView{Day: t.Date.Han(), Text: b.say("transfer", "kind", t.Kind, "from", t.From, "to", t.To)}
		if t.Document != "" {
			tv.Document, tv.DocURL = b.documentName(t.Document), b.documentURL(url, t.Document)
		}
		for _, id := range t.Divisions {
			if d := b.site.Catalog.Division(id); d != nil {
				tv.Places = append(tv.Places, Link{URL: b.link(url, site.DivisionURL(d)), Text: d.Name})
			}
		}
		v.Transfers = append(v.Transfers, tv)
	}
	for _, e := range b.site.Upcoming() {
		if e.Subject.Item == i.ID {
			v.Upcoming = append(v.Upcoming, b.changeView(url, e))
		}
	}
	events := slices.Clone(i.Events)
	for _, p := range i.Procedures {
		events = append(events, p.Events...)
	}
	slices.SortStableFunc(events, func(a, b record.Event) int { return int(b.Date) - int(a.Date) })
	for _, e := range events {
		h := HistoryView{Day: e.Date.Han(), Text: sentence(e.Kind, e.Note)}
		if e.Document != "" {
			h.Document = b.documentName(e.Document)
		}
		v.Events = append(v.Events, h)
	}
	v.Changes = b.changeViews(url, maxShownChanges, func(e *changes.Entry) bool { return e.Subject.Item == i.ID })
	for _, p := range i.Procedures {
		if b.versions(versionKey{procedure: p}) != nil {
			v.Versions = append(v.Versions, Link{URL: b.link(url, versionsURL(p)), Text: b.say("versions_of", "name", p.Name)})
		}
	}
}
