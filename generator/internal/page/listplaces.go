package page

import (
	"fmt"
	"html/template"
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
	Rows       placeRows
}

// placeRows are the rows of a list in a place: the fragment that all places with the same guides on it share, with the place's own
// address.
type placeRows struct {
	Fragment *Fragment
	Place    string
}

// placeToken stands for the place in the shared fragment. No id has a capital or an underscore.
const placeToken = "PLACE_ID"

// HTML is the table with the place's address filled in. Ids of places need no escaping: they are digits, letters and dashes.
func (p placeRows) HTML() (template.HTML, error) {
	html, err := p.Fragment.HTML()
	return template.HTML(strings.ReplaceAll(string(html), placeToken, p.Place)), err
}

// listTable is the view of fragments/listrows.
type listTable struct {
	Name, Column string
	Rows         []ListRow
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

// onList are the guides of a place on a list, by the pinyin of the item.
func (b *builder) onList(l *site.List, d *catalog.Division) []*catalog.Guide {
	var items []*catalog.Item
	at := map[*catalog.Item][]*catalog.Guide{}
	for _, g := range d.Guides {
		if site.Listed(g.Item) && l.On(g) {
			if at[g.Item] == nil {
				items = append(items, g.Item)
			}
			at[g.Item] = append(at[g.Item], g)
		}
	}
	b.site.ByName(items)
	var out []*catalog.Guide
	for _, i := range items {
		out = append(out, at[i]...)
	}
	return out
}

// placeLists are the pages of a list, one for each place that has something on it.
func (b *builder) placeLists(at string, l *site.List) []output.File {
	var out []output.File
	for _, d := range b.listedPlaces() {
		if !slices.ContainsFunc(d.Guides, l.On) {
			continue
		}
		url := placeListURL(l.ID, d)
		out = append(out, b.page(url, "pages/placelist", func() any { return b.placeListView(url, at, l, d) }))
	}
	return out
}

func (b *builder) placeListView(url, at string, l *site.List, d *catalog.Division) *placeListView {
	key := listKey(l.ID)
	name := b.say(key)
	title := d.Name + b.say("colon") + name
	guides := b.onList(l, d)
	v := &placeListView{
		Page: b.head(url, title, b.say(key+"_lead")), Name: name, Lead: b.say(key + "_lead"), Place: d.Name, N: itoa(len(guides)),
		PlaceURL: b.link(url, site.DivisionURL(d)), Crumbs: b.trail(url, Link{URL: "lists/", Text: b.say("nav_lists")}, Link{URL: at, Text: name}),
	}
	v.Feeds = b.feedsOfPlace(url, d)
	if d.MadeUp() {
		v.Tags = []string{b.say("sample_tag")}
	}
	v.Data = b.wayData(&v.Page, v.Crumbs, d.Name)
	v.Rows = placeRows{b.listFragment(l, guides), d.ID}
	return v
}

// listFragment is the rows of some guides on a list. Places whose guides say the same share it.
func (b *builder) listFragment(l *site.List, guides []*catalog.Guide) *Fragment {
	var key strings.Builder
	key.WriteString(l.ID)
	for _, g := range guides {
		fmt.Fprintf(&key, " %s.%s", g.Item.ID, g.Procedure.No)
		if g.Terms != b.site.Catalog.HandedDown(nil, g.Procedure) {
			fmt.Fprintf(&key, "=%s", strings.Join(b.listLines(l.ID, g.Procedure, g.Terms), "\x00"))
		}
	}
	name := b.say(listKey(l.ID))
	return b.fragment("fragments/listrows", listRowsKey(key.String()), name, func() any {
		v := &listTable{Name: name, Column: b.say(listKey(l.ID) + "_column")}
		for _, g := range guides {
			to := strings.Replace(site.GuideURL(g), "/"+g.Division.ID+"/", "/"+placeToken+"/", 1)
			v.Rows = append(v.Rows, b.listRow(l.ID, g.Procedure, g.Terms, "../../"+to))
		}
		return v
	})
}

// listRowsKey is what fragments/listrows is made from: the list and what each guide says on it.
type listRowsKey string

// localOnly reports whether a list is only of what places have of their own: no standard leaves the hall or drops a paper.
func localOnly(list string) bool { return list == "outside-hall" || list == "shareable" }

// listPlaces are the places with their own page of a list and how much is on it, by city.
func (b *builder) listPlaces(url string, l *site.List) []Group {
	var out []Group
	for _, d := range b.listedPlaces() {
		n := 0
		for _, g := range d.Guides {
			if site.Listed(g.Item) && l.On(g) {
				n++
			}
		}
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
	for _, l := range b.lists() {
		n := 0
		for _, g := range d.Guides {
			if site.Listed(g.Item) && l.On(g) {
				n++
			}
		}
		if n > 0 {
			out = append(out, Count{URL: b.link(url, placeListURL(l.ID, d)), Text: b.say(listKey(l.ID)), N: itoa(n)})
		}
	}
	return out
}

// listFile is a list as a file for table programs: the standard first, then what places have of their own.
func (b *builder) listFile(url string, l *site.List) output.File {
	return b.sheet(url+listCSV, func() *sheetRows {
		s := &sheetRows{}
		for _, key := range []string{"col_place", "col_division_code", "sample_tag", "col_item", "item_code", "col_procedure", listKey(l.ID) + "_column", "item_department"} {
			s.Titles = append(s.Titles, b.say(key))
		}
		row := func(place, code, made string, p *catalog.Procedure, t *catalog.Terms) {
			s.Rows = append(s.Rows, []string{place, code, made, p.Item.Name, p.Item.Code, p.Name, strings.Join(b.listLines(l.ID, p, t), "；"), p.Item.Department})
		}
		for _, p := range l.Procedures {
			row(b.say("item_standard"), "", "", p, b.site.Catalog.HandedDown(nil, p))
		}
		for _, g := range b.ownOn(l) {
			made := ""
			if g.Division.MadeUp() {
				made = b.say("yes")
			}
			row(g.Division.Name, g.Division.Code, made, g.Procedure, g.Terms)
		}
		return s
	})
}
