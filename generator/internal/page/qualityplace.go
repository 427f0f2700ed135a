package page

import (
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/quality"
	"banshi/generator/internal/site"
)

// placeQualityView is the view of pages/placequality: the figures of one place or of one department, and what is to be mended there.
type placeQualityView struct {
	Page
	Crumbs    []Link
	Name, Sub string
	Tags      []string
	Lead      string
	Home      Link // the page of the place, or of the department's items
	Glance    []GlanceFigure
	Table     *Fragment // the figures: places whose records say the same share it
	Gaps      []PlaceGap
	GapsNote  string
	Lower     *PlaceTable
	Files     []Link
}

// figureTables is the view of fragments/figures.
type figureTables struct {
	Goals    FigureTable
	Families []FigureGroup
}

// PlaceGap is what keeps a place from a metric, entry by entry.
type PlaceGap struct {
	Name, URL, N string
	EntryTable
	More string
}

// maxGaps is how many entries of a metric the page of a place shows; its file of items has all.
const maxGaps = 20

func (b *builder) placeQuality(d *catalog.Division) []output.File {
	url := qualityPlaces + d.ID + ".html"
	stem := qualityPlaces + d.ID
	out := []output.File{
		b.page(url, "pages/placequality", func() any { return b.placeQualityView(url, d) }),
	}
	out = append(out, b.figureFiles(stem, nil, b.scopedFigures(placeScopes(d)))...)
	if b.hasOwn(d) {
		out = append(out, b.itemSheet(stem+"-items.csv", d))
	}
	return out
}

// placeQualityLink leads to the figures of a place, "" where there are none.
func (b *builder) placeQualityLink(from string, d *catalog.Division) string {
	if len(d.Guides) == 0 {
		return ""
	}
	return b.link(from, placeQualityURL(d))
}

// hasOwn reports whether a place has figures of its own.
func (b *builder) hasOwn(d *catalog.Division) bool {
	for _, g := range d.Guides {
		if len(g.Files) > 0 {
			return true
		}
	}
	return false
}

func (b *builder) placeQualityView(url string, d *catalog.Division) *placeQualityView {
	figures := b.quality().figures(quality.Scope{Division: d})
	title := d.Name + b.say("colon") + b.say("nav_quality")
	v := &placeQualityView{
		Page: b.head(url, title, b.say("quality_place_description", "place", d.Name)), Name: d.Name, Sub: b.say("nav_quality"),
		Crumbs: b.trail(url, b.qualityTrail(d)...), Home: Link{URL: b.link(url, site.DivisionURL(d)), Text: b.say("quality_to_place", "place", d.Name)},
	}
	v.Data = b.wayData(&v.Page, v.Crumbs, title)
	if d.MadeUp() {
		v.Tags, v.Lead = []string{b.say("sample_tag")}, b.say("quality_place_sample")
	}
	own := b.hasOwn(d)
	if !own {
		v.Lead += b.say("quality_place_none", "place", d.Name)
	}
	v.Table, v.Glance = b.figureTables(figures, placeHeadline)
	if own {
		v.Gaps = b.placeGaps(url, figures)
	}
	real, made := b.placeTables(url, d.Children)
	if v.Lower = real; v.Lower == nil {
		v.Lower = made
	}
	if v.Lower != nil {
		v.Lower.Title, v.Lower.Note = b.say("quality_lower"), ""
	}
	stem := d.ID
	v.Files = []Link{{URL: stem + ".csv", Text: b.say("quality_csv")}, {URL: stem + ".json", Text: b.say("quality_json")}}
	if own {
		v.Files = append(v.Files, Link{URL: stem + "-items.csv", Text: b.say("quality_items_csv")})
	}
	return v
}

// qualityTrail is the way down to the figures of a place.
func (b *builder) qualityTrail(d *catalog.Division) []Link {
	out := []Link{{URL: qualityURL, Text: b.say("nav_quality")}}
	if up := d.Superior; up != nil && up.Superior != nil {
		out = append(out, Link{URL: placeQualityURL(up), Text: up.Name})
	}
	return out
}

// figureTables is the tables of some figures and the figures at the head. Links in the tables are those of a page in a folder of
// quality/, so that pages with the same figures share them.
func (b *builder) figureTables(figures []quality.Figure, ids []string) (*Fragment, []GlanceFigure) {
	const url = qualityPlaces + "x.html"
	h := hashers.Get().(*output.Hasher)
	defer hashers.Put(h)
	h.Reset()
	view := &figureTables{Goals: b.figureTable(b.say("quality_goals"))}
	rows := make([]FigureRow, len(figures))
	for i := range figures {
		f := &figures[i]
		rows[i] = b.figureRow(url, *f)
		row := &rows[i]
		if f.Goal != nil {
			view.Goals.Rows = append(view.Goals.Rows, *row)
		}
		for _, part := range []string{f.Metric.ID, row.Now, row.Note, row.Goal, row.GoalURL, row.Says} {
			h.String(part)
		}
		if row.Bar != nil {
			h.String(row.Bar.Part)
		}
	}
	view.Families = b.families(figures, rows)
	table := b.fragment("fragments/figures", figuresKey(h.Sum()), b.say("nav_quality"), func() any { return view })
	return table, b.qualityGlance(view.Goals.Rows, figures, ids)
}

// figuresKey stands for what fragments/figures is made from.
type figuresKey output.Stamp

// mended reports whether there is something to mend: a target that is not met, what should not be at all, or what should be whole. How
// many matters are done at once, say, is nobody's mistake.
func mended(f *quality.Figure) bool {
	switch f.Metric.Family {
	case quality.Conformity, quality.Adoption, quality.Complete:
		return f.Metric.Unit == quality.Percent || f.Metric.Better == quality.Lower
	}
	return f.Verdict == quality.Missed || f.Verdict == quality.Open
}

// placeGaps are the lists of what is missing in a place, metric by metric; where nothing is, it is left out.
func (b *builder) placeGaps(url string, figures []quality.Figure) []PlaceGap {
	var out []PlaceGap
	for i := range figures {
		f := &figures[i]
		if f.State != quality.Measured || !mended(f) {
			continue
		}
		gap := PlaceGap{Name: f.Metric.Title.In(b.site.Config.Language), EntryTable: EntryTable{Title: f.Metric.Title.In(b.site.Config.Language)}, URL: b.link(url, metricURL(f.Metric))}
		n := 0
		for e := range b.quality().survey.List(*f, toMend(f.Metric)) {
			if n++; n > maxGaps {
				continue
			}
			row := EntryRow{Name: e.Title(), URL: b.entryURL(url, &e), Why: e.Why}
			if e.Item != nil && e.Procedure != nil && !site.Single(e.Item) {
				row.Name, row.Procedure = e.Item.Name, e.Procedure.Name
			}
			gap.Rows = append(gap.Rows, row)
		}
		gap.N = thousands(n)
		if n > maxGaps {
			gap.More = b.say("quality_more", "n", thousands(n-maxGaps))
		}
		if n > 0 {
			out = append(out, gap)
		}
	}
	return out
}

func (b *builder) departmentQuality(f *site.Facet) []output.File {
	url := departmentQualityURL(f)
	stem := strings.TrimSuffix(url, ".html")
	out := []output.File{b.page(url, "pages/placequality", func() any { return b.departmentQualityView(url, f) })}
	return append(out, b.figureFiles(stem, nil, b.scopedFigures([]quality.Scope{{Department: f.Term}}))...)
}

func (b *builder) departmentQualityView(url string, facet *site.Facet) *placeQualityView {
	figures := b.quality().figures(quality.Scope{Department: facet.Term})
	title := facet.Term + b.say("colon") + b.say("nav_quality")
	v := &placeQualityView{
		Page: b.head(url, title, b.say("quality_place_description", "place", facet.Term)), Name: facet.Term, Sub: b.say("nav_quality"),
		Crumbs: b.trail(url, Link{URL: qualityURL, Text: b.say("nav_quality")}), Home: Link{URL: b.link(url, "departments/"+facet.ID+"/"), Text: b.say("quality_to_department")},
		Lead: b.say("quality_department_lead"),
	}
	v.Data = b.wayData(&v.Page, v.Crumbs, title)
	v.Table, v.Glance = b.figureTables(figures, headline)
	for _, f := range figures {
		gap := PlaceGap{Name: f.Metric.Title.In(b.site.Config.Language), EntryTable: EntryTable{Title: f.Metric.Title.In(b.site.Config.Language), Where: true}, URL: b.link(url, metricURL(f.Metric))}
		n, shown := 0, 0
		if !mended(&f) {
			continue
		}
		for _, g := range b.quality().toMend(f.Metric) {
			if g.First.Department() != facet.Term {
				continue
			}
			n += entriesOf(g)
			if shown++; shown <= maxGaps {
				gap.Rows = append(gap.Rows, b.entryRow(url, g, f.Metric))
			}
		}
		gap.N = thousands(n)
		if shown > maxGaps {
			gap.More = b.say("quality_more", "n", thousands(shown-maxGaps))
		}
		if shown > 0 {
			v.Gaps = append(v.Gaps, gap)
		}
	}
	v.Files = []Link{{URL: facet.ID + ".csv", Text: b.say("quality_csv")}, {URL: facet.ID + ".json", Text: b.say("quality_json")}}
	return v
}
