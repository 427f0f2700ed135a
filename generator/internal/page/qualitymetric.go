package page

import (
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/quality"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// metricView is the view of pages/metric: one metric in the province, at each level, in each department and place, and the lists that the
// figure opens into.
type metricView struct {
	Page
	Crumbs             []Link
	Name, Formula      string
	Sentence           string
	Sources            []Link // a document without a page has no address
	Glance             []GlanceFigure
	Levels             FigureTable
	Bodies             FigureTable
	Trend              *TrendView
	Chart              *RankChart // nil where no place has a figure of its own
	Places, Samples    *PlaceTable
	Lists              []FigureList
	Counted, Among     string
	Files              []Link
	Compare, Shareable string
}

// FigureList is one of the lists of a figure: what is counted, what is not, what nobody recorded.
type FigureList struct {
	ID, N string
	Open  bool // shown at once; the others when they are asked for
	EntryTable
	More string // how many more the file has
}

// EntryTable is entries as rows.
type EntryTable struct {
	Title string
	Where bool // the rows say where they are from
	Rows  []EntryRow
}

// EntryRow is what says the same, in one place or many.
type EntryRow struct {
	Name, URL, Procedure string
	Why                  string
	Where                string
	Parts                string // 3/5 of what counts more than one, else ""
}

// maxEntries is how many rows of a list a page shows; the file has all.
const maxEntries = 100

func (b *builder) metricPages(m *quality.Metric) []output.File {
	url := metricURL(m)
	out := []output.File{b.page(url, "pages/metric", func() any { return b.metricView(url, m) })}
	out = append(out, b.figureFiles(url+"places", []*quality.Metric{m}, b.metricFigures(m))...)
	return append(out, b.listFiles(url+"list", m)...)
}

func (b *builder) metricView(url string, m *quality.Metric) *metricView {
	q, lang := b.quality(), b.site.Config.Language
	name := m.Title.In(lang)
	v := &metricView{
		Page: b.head(url, name, m.Formula.In(lang)), Name: name, Formula: m.Formula.In(lang), Counted: m.Counted.In(lang), Among: m.Among.In(lang),
		Crumbs:  b.trail(url, Link{URL: qualityURL, Text: b.say("nav_quality")}),
		Compare: b.link(url, "compare/"), Shareable: b.link(url, "lists/shareable/"),
	}
	v.Data = b.wayData(&v.Page, v.Crumbs, name)
	v.Sources = b.metricSources(url, m)
	f := q.figure(m, quality.Scope{})
	v.Sentence = f.Sentence().In(b.site.Config.Language)
	v.Levels = FigureTable{Caption: b.say("quality_by_level"), First: b.say("quality_col_level")}
	v.Bodies = FigureTable{Caption: b.say("quality_by_department"), First: b.say("item_department")}
	for _, l := range record.Levels {
		if at := q.figure(m, quality.Scope{Level: l}); at.Metric != nil && (at.Den > 0 || at.Unknown > 0) {
			v.Levels.Rows = append(v.Levels.Rows, b.named(url, at, l, ""))
		}
	}
	v.Glance = b.metricGlance(&f, v.Levels.Rows)
	for _, facet := range b.site.Departments {
		if at := q.figure(m, quality.Scope{Department: facet.Term}); facet.ID != "" && at.Metric != nil && (at.Den > 0 || at.Unknown > 0) {
			v.Bodies.Rows = append(v.Bodies.Rows, b.named(url, at, facet.Term, b.link(url, departmentQualityURL(facet))))
		}
	}
	v.Levels.Plain, v.Bodies.Plain = v.Levels.aimless(), v.Bodies.aimless()
	v.Trend = b.trend(m)
	if m.Rests != quality.OnProvince {
		v.Chart = b.rankChart(m)
		v.Places, v.Samples = b.metricPlaces(url, m)
	}
	v.Lists = b.metricLists(url, m)
	for _, name := range []string{"list.csv", "list.json", "places.csv", "places.json"} {
		v.Files = append(v.Files, Link{URL: name, Text: b.say("quality_file_" + strings.ReplaceAll(name, ".", "_"))})
	}
	return v
}

// named is a row of a figure under another name than that of its metric.
func (b *builder) named(from string, f quality.Figure, name, url string) FigureRow {
	row := b.figureRow(from, f)
	row.Name, row.URL = name, url
	return row
}

// metricGlance are the figure, what is demanded, and what the figure is made of.
func (b *builder) metricGlance(f *quality.Figure, levels []FigureRow) []GlanceFigure {
	head := b.glanceFigure(f)
	head.Label = b.say("quality_now")
	goal := GlanceFigure{Label: b.say("quality_goal"), Remark: b.say("quality_no_goal")}
	switch {
	case f.Goal != nil:
		goal.Number, goal.Remark = f.Goal.Words(), b.verdictWord(f)
	case slices.ContainsFunc(levels, func(r FigureRow) bool { return r.Goal != "" }):
		goal.Remark = b.say("quality_goal_by_level")
	}
	lang := b.site.Config.Language
	return []GlanceFigure{
		head, goal,
		{Label: f.Metric.Counted.In(lang), Number: thousands(f.Num)},
		{Label: b.say("quality_unrecorded"), Number: thousands(f.Unknown)},
	}
}

// metricSources are the documents a metric comes from.
func (b *builder) metricSources(url string, m *quality.Metric) []Link {
	var out []Link
	for _, s := range m.Sources {
		l := Link{Text: s.Text}
		if e := b.site.Catalog.Documents.Get(s.Document); e != nil {
			l.URL, l.Text = b.link(url, "documents/"+e.ID+"/"), strings.TrimSpace(e.Record.Title+" "+s.Text)
		}
		out = append(out, l)
	}
	return out
}

// metricLists are the lists of a metric over all real places: what is missing first, for it is what people come for.
func (b *builder) metricLists(url string, m *quality.Metric) []FigureList {
	lists := b.quality().lists[m]()
	var out []FigureList
	for _, l := range []struct {
		part   quality.Part
		groups []*quality.Group
	}{{quality.Gap, lists.Gap}, {quality.Unrecorded, lists.Unrecorded}, {quality.Numerator, lists.Numerator}} {
		list := FigureList{ID: string(l.part), EntryTable: EntryTable{Title: b.say("quality_list_" + string(l.part)), Where: m.Rests != quality.OnProvince}, Open: l.part == toMend(m)}
		n := 0
		for i, g := range l.groups {
			n += entriesOf(g)
			if i < maxEntries {
				list.Rows = append(list.Rows, b.entryRow(url, g, m))
			}
		}
		list.N = thousands(n)
		if more := len(l.groups) - maxEntries; more > 0 {
			list.More = b.say("quality_more", "n", thousands(more))
		}
		if n > 0 {
			out = append(out, list)
		}
	}
	return out
}

// toMend is the list of what somebody should look at: what is missing, or, where less is better, what is counted.
func toMend(m *quality.Metric) quality.Part {
	if m.Better == quality.Lower {
		return quality.Numerator
	}
	return quality.Gap
}

// entriesOf is how many entries a group has: one for each place, or one that is of no place.
func entriesOf(g *quality.Group) int { return max(1, g.Places.Len()) }

// entryRow is a group of entries: what it is, why, and where.
func (b *builder) entryRow(url string, g *quality.Group, m *quality.Metric) EntryRow {
	e := &g.First
	row := EntryRow{Name: e.Title(), Why: e.Why}
	if g.Den > entriesOf(g) {
		row.Parts = itoa(g.Num) + "/" + itoa(g.Den)
	}
	if e.Item != nil {
		row.Name, row.URL = e.Item.Name, b.link(url, site.ItemURL(e.Item))
		if m.Family == quality.Conformity && compared(e.Item) {
			row.URL = b.link(url, comparisonURL(e.Item)) // where the texts stand side by side
		}
		if e.Procedure != nil && !site.Single(e.Item) {
			row.Procedure = e.Procedure.Name
		}
	} else {
		row.URL = b.entryURL(url, e)
	}
	row.Where = b.somePlaces(g.Places)
	return row
}

// somePlaces names the first places of a group and counts the others.
func (b *builder) somePlaces(places *quality.Places) string {
	var names []string
	for d := range places.All() {
		if names = append(names, d.Name); len(names) == 3 {
			break
		}
	}
	text := strings.Join(names, "、")
	if places.Len() > 3 {
		text = b.say("quality_places_more", "names", text, "n", thousands(places.Len()))
	}
	return text
}

// entryURL is the page of an entry, "" where it has none.
func (b *builder) entryURL(url string, e *quality.Entry) string {
	switch {
	case e.Procedure != nil && e.Guide != nil:
		return b.link(url, site.GuideURL(e.Guide))
	case e.Guide != nil:
		return b.link(url, site.OverviewURL(e.Division, e.Item))
	case e.Item != nil:
		return b.link(url, site.ItemURL(e.Item))
	case e.Division != nil:
		return b.link(url, site.DivisionURL(e.Division))
	}
	for _, of := range []struct {
		folder string
		has    bool
	}{
		{"bundles/", b.site.Catalog.Bundles.Get(e.ID) != nil}, {"laws/", b.site.Catalog.Laws.Get(e.ID) != nil},
		{"materials/", b.site.Catalog.Materials.Get(e.ID) != nil}, {"certificates/", b.site.Catalog.Certificates.Get(e.ID) != nil},
		{"documents/", b.site.Catalog.Documents.Get(e.ID) != nil},
	} {
		if f := e.File(); of.has && f != nil && strings.Contains(f.Path, "/"+of.folder) {
			return b.link(url, of.folder+e.ID+"/")
		}
	}
	return ""
}

// PlaceTable is places with a few figures each.
type PlaceTable struct {
	Title, Note string
	First       string // over the names
	Head        []string
	Rows        []PlaceRow
}

// PlaceRow is a place. ID is its anchor, "" for none.
type PlaceRow struct {
	ID, Name, URL, Tag string
	Cells              []PlaceCell
}

// PlaceCell is a figure in a table of places.
type PlaceCell struct{ Label, Text, Note string }

// placeTables are tables of places with the headline figures, real places and made-up ones apart; nil for none.
func (b *builder) placeTables(url string, places []*catalog.Division) (real, made *PlaceTable) {
	metrics := metricsNamed(placeHeadline)
	var head []string
	for _, m := range metrics {
		head = append(head, m.Title.In(b.site.Config.Language))
	}
	real = &PlaceTable{First: b.say("col_place"), Title: b.say("quality_places"), Note: b.say("quality_places_note"), Head: head}
	made = &PlaceTable{First: b.say("col_place"), Title: b.say("quality_samples"), Note: b.say("compare_sample_note"), Head: head}
	for _, d := range places {
		if len(d.Guides) == 0 {
			continue
		}
		row := PlaceRow{Name: d.Name, URL: b.link(url, placeQualityURL(d))}
		if record.LevelRank(d.Level) >= 3 { // this row is all there is of it
			row.ID, row.URL = placeAnchor(d), b.link(url, site.DivisionURL(d))
		}
		for i, m := range metrics {
			f := b.quality().figure(m, quality.Scope{Division: d})
			c := PlaceCell{Label: head[i]}
			c.Text, c.Note = b.figureWords(&f)
			row.Cells = append(row.Cells, c)
		}
		if d.MadeUp() {
			row.Tag = b.say("sample_tag")
			made.Rows = append(made.Rows, row)
		} else {
			real.Rows = append(real.Rows, row)
		}
	}
	return real.orNil(), made.orNil()
}

func (t *PlaceTable) orNil() *PlaceTable {
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// metricPlaces are the places right below the province by one metric: each itself, and with all below it.
func (b *builder) metricPlaces(url string, m *quality.Metric) (real, made *PlaceTable) {
	head := []string{b.say("quality_itself"), b.say("quality_goal"), b.say("quality_with_below")}
	real = &PlaceTable{First: b.say("col_place"), Title: b.say("quality_places"), Note: b.say("quality_places_note"), Head: head}
	made = &PlaceTable{First: b.say("col_place"), Title: b.say("quality_samples"), Note: b.say("compare_sample_note"), Head: head}
	for _, d := range b.topPlaces() {
		if len(d.Guides) == 0 {
			continue
		}
		row := PlaceRow{Name: d.Name, URL: b.link(url, placeQualityURL(d))}
		f := b.quality().figure(m, quality.Scope{Division: d})
		own := PlaceCell{Label: head[0]}
		own.Text, own.Note = b.figureWords(&f)
		goal := PlaceCell{Label: head[1], Text: b.say("none")}
		if f.Goal != nil {
			goal.Text, goal.Note = f.Goal.Words(), b.verdictWord(&f)
		}
		row.Cells = []PlaceCell{own, goal, {Label: head[2], Text: "—"}}
		if len(d.Children) > 0 {
			below := b.quality().figure(m, quality.Scope{Division: d, Below: true})
			row.Cells[2].Text, row.Cells[2].Note = b.figureWords(&below)
		}
		if d.MadeUp() {
			row.Tag = b.say("sample_tag")
			made.Rows = append(made.Rows, row)
		} else {
			real.Rows = append(real.Rows, row)
		}
	}
	return real.orNil(), made.orNil()
}
