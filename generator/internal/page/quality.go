package page

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/quality"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// The addresses of supervision.
const (
	qualityURL    = "quality/"
	qualityPlaces = qualityURL + "places/"
	qualityBodies = qualityURL + "departments/"
)

func metricURL(m *quality.Metric) string { return qualityURL + m.ID + "/" }

func departmentQualityURL(f *site.Facet) string { return qualityBodies + f.ID + ".html" }

// placeQualityURL is where the figures of a place stand: its own page, for a township its row on the page of the county.
func placeQualityURL(d *catalog.Division) string {
	if record.LevelRank(d.Level) < 3 || d.Superior == nil {
		return qualityPlaces + d.ID + ".html"
	}
	return qualityPlaces + d.Superior.ID + ".html#" + placeAnchor(d)
}

// placeAnchor is the anchor of a township on the page of its county.
func placeAnchor(d *catalog.Division) string { return "p" + d.ID }

// qualityPages are the pages of supervision: the province, each metric, each department, each place down to counties, and beside each of
// them the same as files.
func (b *builder) qualityPages() []output.File {
	out := []output.File{
		b.page(qualityURL, "pages/quality", b.qualityView),
	}
	out = append(out, b.figureFiles(qualityURL+"figures", quality.Metrics(), b.scopedFigures(b.wideScopes()))...)
	out = append(out, b.levelsPages()...)
	for _, m := range quality.Metrics() {
		out = append(out, b.metricPages(m)...)
	}
	for _, f := range b.site.Departments {
		if f.ID != "" {
			out = append(out, b.departmentQuality(f)...)
		}
	}
	for _, d := range b.listedPlaces() {
		out = append(out, b.placeQuality(d)...)
	}
	return out
}

// qualityView is the view of pages/quality.
type qualityView struct {
	Page
	Crumbs      []Link
	Meta        []string
	Glance      []GlanceFigure
	Goals       FigureTable // figures that a document demands something of
	Families    []FigureGroup
	Trend       *TrendView // nil where the history is shorter than two months
	Places      *PlaceTable
	Samples     *PlaceTable
	Bodies      []BodyRow
	Departments []Count // those that the ranking lacks
	BodyMetric  string
	CSV, JSON   string
	Comparisons string
	Shareable   string
	Matrix      string // the page of the levels
}

// GlanceFigure is one of the figures that head a page.
type GlanceFigure struct{ Label, Number, Unit, Remark string }

// FigureGroup is a family of metrics.
type FigureGroup struct {
	ID, Title string
	Table     FigureTable
}

// BodyRow is a department in a ranking, with what most often keeps its procedures from a metric.
type BodyRow struct {
	FigureRow
	Most string
}

func (b *builder) qualityView() any {
	q := b.quality()
	title := b.say("nav_quality")
	v := &qualityView{
		Page: b.head(qualityURL, title, b.say("quality_description")), Crumbs: b.trail(qualityURL), CSV: "figures.csv", JSON: "figures.json",
		Meta:        []string{b.rootName(), b.site.Catalog.AsOf.String(), b.say("quality_from_records")},
		Comparisons: b.link(qualityURL, "compare/"), Shareable: b.link(qualityURL, "lists/shareable/"), Matrix: b.link(qualityURL, levelsURL),
	}
	v.Data = b.wayData(&v.Page, v.Crumbs, title)
	province := q.figures(quality.Scope{})
	v.Goals = b.figureTable(b.say("quality_goals"))
	v.Goals.Rows = b.goalRows(qualityURL)
	v.Glance = b.qualityGlance(v.Goals.Rows, province, headline)
	rows := make([]FigureRow, len(province))
	for i, f := range province {
		rows[i] = b.figureRow(qualityURL, f)
	}
	v.Families = b.families(province, rows)
	v.Places, v.Samples = b.placeTables(qualityURL, b.topPlaces())
	for _, m := range metricsNamed([]string{"online-rate", "elements-36"}) {
		if v.Trend == nil {
			v.Trend = b.trend(m)
		}
	}
	body := b.telling()
	v.Departments = b.unranked(qualityURL, body)
	v.Bodies, v.BodyMetric = b.bodyRows(qualityURL, body), body.Title.In(b.site.Config.Language)
	return v
}

// figureTable is a table of metrics without its rows.
func (b *builder) figureTable(caption string) FigureTable {
	return FigureTable{Caption: caption, First: b.say("quality_metric")}
}

// goalRows are a row for each demand that holds now: of a level where the document names one, else of the province.
func (b *builder) goalRows(url string) []FigureRow {
	q := b.quality()
	var out []FigureRow
	for _, m := range quality.Metrics() {
		scopes := []quality.Scope{{}}
		for _, l := range record.Levels {
			scopes = append(scopes, quality.Scope{Level: l})
		}
		whole := false
		for n, sc := range scopes {
			f := q.figure(m, sc)
			if f.Metric == nil || f.Goal == nil || n > 0 && whole && f.Goal.Level == "" {
				continue // a demand on all is said once
			}
			whole = whole || n == 0
			row := b.figureRow(url, f)
			if n > 0 {
				row.Name = sc.Level + b.say("colon") + row.Name
			}
			out = append(out, row)
		}
	}
	return out
}

// The metrics that head pages, by id: of the province and departments, and of places.
var (
	headline      = []string{"elements-36", "four-same-rate", "stale-count"}
	placeHeadline = []string{"adoption-rate", "online-rate", "once-count"}
)

// metricsNamed are the metrics with the ids.
func metricsNamed(ids []string) []*quality.Metric {
	out := make([]*quality.Metric, len(ids))
	for i, id := range ids {
		if out[i] = quality.Named(id); out[i] == nil {
			panic("page: no metric " + id)
		}
	}
	return out
}

// qualityGlance are four figures: how many demands are met, and three that say most.
func (b *builder) qualityGlance(goals []FigureRow, figures []quality.Figure, ids []string) []GlanceFigure {
	met, judged := 0, 0
	for _, r := range goals {
		if r.Verdict != "" {
			judged++
		}
		if r.Verdict == string(quality.Met) {
			met++
		}
	}
	first := GlanceFigure{Label: b.say("quality_met"), Remark: b.say("quality_of_goals", "n", itoa(judged), "all", itoa(len(goals)))}
	if len(goals) == 0 {
		first.Remark = b.say("quality_no_goals")
	}
	if judged > 0 {
		first.Number, first.Unit = itoa(met), b.say("unit_item")
	}
	out := []GlanceFigure{first}
	for _, m := range metricsNamed(ids) {
		for i := range figures {
			if f := &figures[i]; f.Metric == m {
				out = append(out, b.glanceFigure(f))
			}
		}
	}
	return out
}

func (b *builder) glanceFigure(f *quality.Figure) GlanceFigure {
	g := GlanceFigure{Label: f.Metric.Title.In(b.site.Config.Language), Number: f.Number()}
	switch {
	case f.State != quality.Measured && (f.State != quality.ByStandard || f.Scope.Division != nil):
		g.Number, g.Remark = "", b.stateWord(f.State)
		if f.State == quality.ByStandard {
			g.Remark = b.stateWord(quality.NotKept)
		}
	case f.Metric.Unit == quality.Percent:
		g.Unit, g.Remark = "%", b.say("quality_parts", "num", thousands(f.Num), "den", thousands(f.Den))
	default:
		g.Unit = b.unitWord(f.Metric)
	}
	return g
}

// families are the figures of a scope, with their rows, by family; those that a table above has too are there again, for a family is read
// as a whole.
func (b *builder) families(figures []quality.Figure, rows []FigureRow) []FigureGroup {
	var out []FigureGroup
	for _, family := range quality.Families {
		g := FigureGroup{ID: string(family), Title: family.Title().In(b.site.Config.Language)}
		g.Table = b.figureTable(g.Title)
		g.Table.Plain = true
		for i := range figures {
			if figures[i].Metric.Family == family {
				g.Table.Rows = append(g.Table.Rows, rows[i])
			}
		}
		if len(g.Table.Rows) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// bodyRows rank the departments by a metric, the best first; none where there is no figure.
func (b *builder) bodyRows(url string, m *quality.Metric) []BodyRow {
	var out []BodyRow
	var figures []quality.Figure
	for _, facet := range b.site.Departments {
		f := b.quality().figure(m, quality.Scope{Department: facet.Term})
		if facet.ID == "" || f.Metric == nil || f.State != quality.Measured {
			continue
		}
		row := BodyRow{FigureRow: b.named(url, f, facet.Term, b.link(url, departmentQualityURL(facet))), Most: b.mostOften(m, facet.Term)}
		out, figures = append(out, row), append(figures, f)
	}
	return ranked(out, figures, m)
}

// telling is the metric by which departments are ranked: the first of which they have different figures.
func (b *builder) telling() *quality.Metric {
	metrics := metricsNamed([]string{"elements-36", "accuracy", "online-rate"})
	for _, m := range metrics {
		seen := map[string]bool{}
		for _, facet := range b.site.Departments {
			if f := b.quality().figure(m, quality.Scope{Department: facet.Term}); f.Metric != nil && f.State == quality.Measured {
				seen[f.Number()] = true
			}
		}
		if len(seen) > 1 {
			return m
		}
	}
	return metrics[0]
}

// unranked are the departments that have no figure to be ranked by.
func (b *builder) unranked(url string, m *quality.Metric) []Count {
	var out []Count
	for _, facet := range b.site.Departments {
		if f := b.quality().figure(m, quality.Scope{Department: facet.Term}); facet.ID != "" && (f.Metric == nil || f.State != quality.Measured) {
			out = append(out, Count{URL: b.link(url, departmentQualityURL(facet)), Text: facet.Term})
		}
	}
	return out
}

// ranked sorts rows by their figures, the best first; equal ones stay as they are.
func ranked(rows []BodyRow, figures []quality.Figure, m *quality.Metric) []BodyRow {
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int {
		// a/b < c/d without rounding
		left, right := figures[x].Num*figures[y].Den, figures[y].Num*figures[x].Den
		return int(m.Better) * (right - left)
	})
	out := make([]BodyRow, len(rows))
	for i, n := range order {
		out[i] = rows[n]
	}
	return out
}

// mostOften is the reason that keeps most entries of a department from a metric.
func (b *builder) mostOften(m *quality.Metric, department string) string {
	n := map[string]int{}
	top := ""
	for _, g := range b.quality().lists[m]().Gap {
		if g.First.Department() != department || g.First.Why == "" {
			continue
		}
		n[g.First.Why] += g.Den - g.Num
		if c := n[g.First.Why] - n[top]; top == "" || c > 0 || c == 0 && g.First.Why < top {
			top = g.First.Why
		}
	}
	return top
}
