package page

import (
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// listView is the view of pages/list: one generated list with what puts each procedure on it.
type listView struct {
	Page
	Crumbs     []Link
	Name, Lead string
	N          string
	Column     string // what the last column says
	CSV        string
	LocalOnly  bool  // no standard is ever on it
	Library    *Link // where what it names is described
	Rows       []ListRow
	Real       []ListRow      // what places have of their own
	Made       []ListRow      // and made-up places
	Places     []Group        // every place with its own page of the list, by city
	Ended      []Row          // for the list of what need not be done: items that are no more
	Signposts  []SignpostView // and answers that are not items
	Others     []Count
}

// ListRow is one procedure on a list.
type ListRow struct {
	Place, PlaceURL      string // "" for the standard
	Name, URL, Procedure string
	Department, Type     string
	Lines                []string
}

// listKey is the i18n key of a list: list_cross_region.
func listKey(id string) string { return "list_" + strings.ReplaceAll(id, "-", "_") }

// listPages are the generated lists: an index, and a page each.
func (b *builder) listPages() []output.File {
	const url = "lists/"
	title, lead := b.say("nav_lists"), b.say("lists_lead")
	out := []output.File{b.page(url, "pages/listing", b.listing(url, title, lead, func(v *listingView) {
		v.Crumbs, v.Lead = b.trail(url), lead
		v.Groups = []Group{{ID: "all", Title: b.say("group_all"), Note: b.say("lists_note"), Index: b.listIndex(url)}}
	}))}
	for _, l := range b.lists() {
		at := url + l.ID + "/"
		out = append(out, b.page(at, "pages/list", func() any {
			v := b.listView(at, l)
			v.Others = b.listIndex(at)
			return v
		}), b.listFile(at, l))
	}
	return append(out, b.placeLists()...)
}

// listIndex leads to every list, with how much is on it.
func (b *builder) listIndex(from string) []Count {
	var out []Count
	for _, l := range b.lists() {
		n := max(len(l.Procedures), len(l.Local))
		if l.ID == "not-needed" {
			n += len(b.site.Ended()) + len(b.site.Catalog.Signposts)
		}
		out = append(out, Count{URL: b.link(from, "lists/"+l.ID+"/"), Text: b.say(listKey(l.ID)), N: itoa(n)})
	}
	return out
}

func (b *builder) listView(url string, l *shownList) *listView {
	key, rows := listKey(l.ID), l.rows()
	v := &listView{
		Page: b.head(url, b.say(key), b.say(key+"_lead")), Crumbs: b.trail(url, Link{URL: "lists/", Text: b.say("nav_lists")}),
		Name: b.say(key), Lead: b.say(key + "_lead"), N: itoa(len(l.Procedures)), Column: b.say(key + "_column"),
	}
	v.Data = b.wayData(&v.Page, v.Crumbs, v.Name)
	v.LocalOnly = localOnly(l.ID)
	if v.LocalOnly {
		v.N = itoa(len(l.Local))
	}
	if l.ID == "intermediary" {
		v.Library = &Link{URL: b.link(url, "intermediaries/"), Text: b.say("intermediaries")}
	}
	v.CSV, v.Feeds = listCSV, b.feedsOfAll(url)
	for _, p := range l.Procedures {
		v.Rows = append(v.Rows, rows.standard[p].at(b.link(url, site.ItemURL(p.Item))))
	}
	for _, g := range l.Local {
		own := rows.own[g]
		if own == nil {
			continue
		}
		row := own.at(b.link(url, site.GuideURL(g)))
		row.Place, row.PlaceURL = g.Division.Name, b.link(url, site.DivisionURL(g.Division))
		if g.Division.MadeUp() {
			v.Made = append(v.Made, row)
		} else {
			v.Real = append(v.Real, row)
		}
	}
	v.Places = b.listPlaces(url, l)
	if l.ID == "not-needed" {
		v.Ended = b.itemRows(url, b.site.Ended())
		for i := range v.Ended {
			if e := b.site.Ended()[i].Ending; e != nil {
				v.Ended[i].Note = or(e.WhatNow, v.Ended[i].Note)
			}
		}
		posts := b.site.Catalog.Signposts
		for i := range posts {
			v.Signposts = append(v.Signposts, b.signpost(url, &posts[i]))
		}
		sortBy(v.Signposts, func(s SignpostView) string { return s.Name })
	}
	return v
}

// listLines says what puts a procedure with some terms on a list.
func (b *builder) listLines(list string, item *catalog.Procedure, p *catalog.Terms) []string {
	switch list {
	case "nearby", "no-proof", "intermediary", "outside-hall", "shareable":
		return b.moreLines(list, item, p)
	case "once":
		return filled(b.showVisits(p.Access).words(), p.Access.VisitReason)
	case "online":
		depth := ""
		if o := p.Access.Online; o != nil {
			depth = o.Depth
			if t := b.site.Catalog.Vocab["depths"].Term(o.Depth); t != nil && t.Definition != "" {
				depth += "：" + t.Definition
			}
		}
		return filled(strings.Join(p.Access.Channels, "、"), depth)
	case "automatic":
		if x := p.Outcome.Benefit; x != nil {
			return filled(x.What, x.HowPaid)
		}
	case "commitment":
		return append(filled(p.Facilitation.Commitment.Content), b.papersWhere(p, func(l *catalog.Paper) bool {
			for _, w := range l.WaivedBy {
				if w == "告知承诺" {
					return true
				}
			}
			return false
		})...)
	case "tolerance":
		var lines []string
		if t := p.Facilitation.Tolerance; t.Limit != nil {
			lines = append(lines, b.say("tolerance_within", "limit", t.Limit.String()))
		}
		return append(lines, b.papersWhere(p, func(l *catalog.Paper) bool { return l.Necessity == record.Deferrable })...)
	case "special":
		var lines []string
		for _, s := range p.Timing.SpecialProcedures {
			line := s.Kind
			if s.Limit != nil {
				line += "，" + s.Limit.String()
			}
			counted := b.say("not_counted")
			if s.Counted {
				counted = b.say("counted")
			}
			lines = append(lines, line+"，"+counted)
		}
		return lines
	case "cross-region":
		r := p.Access.CrossRegion
		except := ""
		if r.Except != "" {
			except = b.say("cross_except", "what", r.Except)
		}
		return filled(r.Scope, strings.Join(r.Modes, "、"), except)
	case "not-needed":
		var lines []string
		for _, n := range p.Scope.NotNeeded {
			lines = append(lines, sentence(n.Text, n.Instead))
		}
		return lines
	}
	return nil
}

// papersWhere names the papers of a procedure that pass a test, in one line.
func (b *builder) papersWhere(p *catalog.Terms, keep func(*catalog.Paper) bool) []string {
	var names []string
	for _, l := range p.Papers.Lines {
		if keep(l) {
			names = append(names, l.Name())
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{strings.Join(names, "、")}
}

// filled leaves out empty texts.
func filled(texts ...string) []string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}
