package page

import (
	"bytes"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// listCSV is the file beside a list with the same lines.
const listCSV = "list.csv"

// moreLines says what puts a procedure on the lists of what is near, what need not be proved, who else is needed, what is not in the
// hall, and what one place dropped.
func (b *builder) moreLines(list string, p *catalog.Procedure, t *catalog.Terms) []string {
	var lines []string
	switch list {
	case "nearby":
		switch {
		case slices.Contains(p.Item.Levels, site.Township):
			lines = append(lines, b.say("nearby_handled"))
		case site.AcceptedIn(t, site.Township):
			lines = append(lines, b.say("nearby_accepted"))
		}
		if points := t.Local.AgentPoints; len(points) > 0 {
			lines = append(lines, b.say("nearby_points", "n", itoa(len(points))))
		}
	case "no-proof":
		for _, l := range t.Papers.Lines {
			switch {
			case l.Drop != nil:
				lines = append(lines, b.say("no_proof_line", "paper", l.Name(), "how", or(l.Drop.Note, l.Drop.Reason)))
			case len(l.WaivedBy) > 0:
				lines = append(lines, b.say("no_proof_line", "paper", l.Name(), "how", strings.Join(l.WaivedBy, "、")))
			}
		}
	case "intermediary":
		for _, id := range t.Relations.Intermediaries {
			if e := b.site.Catalog.Intermediaries.Get(id); e != nil {
				lines = append(lines, e.Record.Name)
			}
		}
	case "outside-hall":
		lines = filled(t.Local.HallEntry.Reason, b.documentName(t.Local.HallEntry.Document))
	case "shareable":
		for _, l := range t.Papers.Lines {
			if l.Drop != nil {
				lines = append(lines, b.say("shareable_paper", "name", l.Name(), "why", l.Drop.Reason))
			}
		}
		for _, s := range t.Process.Steps {
			if s.Drop != nil {
				lines = append(lines, b.say("shareable_step", "name", s.Name, "why", s.Drop.Reason))
			}
		}
	}
	return lines
}

// placeListView is the view of pages/placelist: a list in one place.
type placeListView struct {
	Page
	Crumbs     []Link
	Name, Lead string
	Place, N   string
	PlaceURL   string
	Tags       []string
	Rows       *splice
}

// listedPlaces are the places that have pages of lists: all but townships, whose matters are few and stand on their own page.
func (b *builder) listedPlaces() []*catalog.Division {
	var out []*catalog.Division
	for _, d := range b.site.Catalog.Divisions {
		if len(d.Guides) > 0 && record.LevelRank(d.Level) < 3 {
			out = append(out, d)
		}
	}
	return out
}

func placeListURL(list string, d *catalog.Division) string {
	return "lists/" + list + "/" + d.ID + ".html"
}

// placeCount is what is counted over the guides of a place: how many are on each list, how many items can be done online, and how many
// with one visit at most.
type placeCount struct {
	on           []int
	online, once int
}

// count walks the guides of a place once for all pages that ask.
func (b *builder) count(d *catalog.Division) *placeCount {
	if c := b.placeCounts[d]; c != nil {
		return c
	}
	c := &placeCount{on: make([]int, len(b.lists()))}
	for guides := range byItem(d) {
		online, once := 0, 1
		for _, g := range guides {
			if site.Online(g.Access) {
				online = 1
			}
			if !site.Once(g.Access) {
				once = 0
			}
			for no, l := range b.lists() {
				if site.Listed(g.Item) && l.On(g) {
					c.on[no]++
				}
			}
		}
		c.online += online
		c.once += once
	}
	b.placeCounts[d] = c
	return c
}

// rowsIn are the rows of a list in a place, by the pinyin of the item.
func (b *builder) rowsIn(l *shownList, d *catalog.Division) []*listedRow {
	rows := l.rows()
	var out []*listedRow
	for _, guides := range b.byName(d) {
		for _, g := range guides {
			if site.Listed(g.Item) && l.On(g) {
				out = append(out, rows.row(g))
			}
		}
	}
	return out
}

// byName are the guides of a place by the pinyin of the item; items without are nil.
func (b *builder) byName(d *catalog.Division) [][]*catalog.Guide {
	out := make([][]*catalog.Guide, len(b.site.Catalog.Items))
	for guides := range byItem(d) {
		out[b.site.Rank(guides[0].Item)] = guides
	}
	return out
}

// placeLists are the pages of lists, one for each place that has something on one.
func (b *builder) placeLists() []output.File {
	var out []output.File
	for _, d := range b.listedPlaces() {
		for no, n := range b.count(d).on {
			if n == 0 {
				continue
			}
			l := b.lists()[no]
			url := placeListURL(l.ID, d)
			out = append(out, b.splicedPage(url, "pages/placelist", func(out *bytes.Buffer) any { return b.placeListView(out, url, l, d) }))
		}
	}
	return out
}

func (b *builder) placeListView(out *bytes.Buffer, url string, l *shownList, d *catalog.Division) *placeListView {
	key := listKey(l.ID)
	name := b.say(key)
	rows := b.rowsIn(l, d)
	v := &placeListView{
		Page: b.head(url, d.Name+b.say("colon")+name, b.say(key+"_lead")), Name: name, Lead: b.say(key + "_lead"), Place: d.Name, N: itoa(len(rows)),
		PlaceURL: b.link(url, site.DivisionURL(d)), Crumbs: b.trail(url, Link{URL: "lists/", Text: b.say("nav_lists")}, Link{URL: "lists/" + l.ID + "/", Text: name}),
	}
	v.Feeds = b.feedsOfPlace(url, d)
	if d.MadeUp() {
		v.Tags = []string{b.say("sample_tag")}
	}
	v.Data = b.wayData(&v.Page, v.Crumbs, d.Name)
	v.Rows = b.listTable(out, l, rows, d.ID)
	return v
}

// localOnly reports whether a list is only of what places have of their own: no standard leaves the hall or drops a paper.
func localOnly(list string) bool { return list == "outside-hall" || list == "shareable" }

// listPlaces are the places with their own page of a list and how much is on it, by city.
func (b *builder) listPlaces(url string, l *shownList) []Group {
	var out []Group
	for _, d := range b.listedPlaces() {
		n := b.count(d).on[l.no]
		if n == 0 {
			continue
		}
		top := topOf(d)
		if len(out) == 0 || out[len(out)-1].ID != top.ID {
			out = append(out, Group{ID: top.ID, Title: top.Name, Note: b.placeNote(top)})
		}
		g := &out[len(out)-1]
		g.Index = append(g.Index, Count{URL: b.link(url, placeListURL(l.ID, d)), Text: d.Name, N: itoa(n)})
	}
	return out
}

// listsOf are the lists on which a place has something, with how much.
func (b *builder) listsOf(url string, d *catalog.Division) []Count {
	if record.LevelRank(d.Level) > 2 {
		return nil
	}
	var out []Count
	for no, n := range b.count(d).on {
		if n > 0 {
			l := b.lists()[no]
			out = append(out, Count{URL: b.link(url, placeListURL(l.ID, d)), Text: b.say(listKey(l.ID)), N: itoa(n)})
		}
	}
	return out
}

// listFile is a list as a file for table programs: the standard first, then what places have of their own.
func (b *builder) listFile(url string, l *shownList) output.File {
	return b.sheet(url+listCSV, func() *sheetRows {
		s := &sheetRows{}
		for _, key := range []string{"col_place", "col_division_code", "sample_tag", "col_item", "item_code", "col_procedure", listKey(l.ID) + "_column", "item_department"} {
			s.Titles = append(s.Titles, b.say(key))
		}
		rows := l.rows()
		row := func(place, code, made string, r *listedRow) {
			i := r.procedure.Item
			s.Rows = append(s.Rows, []string{place, code, made, i.Name, i.Code, r.procedure.Name, strings.Join(r.lines, "；"), i.Department})
		}
		for _, p := range l.Procedures {
			row(b.say("item_standard"), "", "", rows.standard[p])
		}
		for _, g := range l.Local {
			own := rows.own[g]
			if own == nil {
				continue
			}
			made := ""
			if g.Division.MadeUp() {
				made = b.say("yes")
			}
			row(g.Division.Name, g.Division.Code, made, own)
		}
		return s
	})
}
