package page

import (
	"encoding/json"
	"io"
	"iter"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/quality"
	"banshi/generator/internal/record"
)

// scoped is a figure with what it is of: the province, a level, a department, or a place.
type scoped struct {
	kind   string // province, level, department, place, region
	name   string
	place  *catalog.Division
	figure *quality.Figure
}

// scopeNames are the kind and the name of a scope.
func (b *builder) scopeNames(sc quality.Scope) (kind, name string) {
	switch {
	case sc.Division != nil && sc.Below:
		return "region", sc.Division.Name
	case sc.Division != nil:
		return "place", sc.Division.Name
	case sc.Level != "":
		return "level", sc.Level
	case sc.Department != "":
		return "department", sc.Department
	}
	return "province", b.rootName()
}

// scopedFigures are all figures of some scopes.
func (b *builder) scopedFigures(scopes []quality.Scope) iter.Seq[scoped] {
	return func(yield func(scoped) bool) {
		for _, sc := range scopes {
			kind, name := b.scopeNames(sc)
			figures := b.quality().figures(sc)
			for i := range figures {
				if !yield(scoped{kind, name, sc.Division, &figures[i]}) {
					return
				}
			}
		}
	}
}

// wideScopes are the province, its levels and its departments.
func (b *builder) wideScopes() []quality.Scope {
	out := []quality.Scope{{}}
	for _, l := range record.Levels {
		out = append(out, quality.Scope{Level: l})
	}
	for _, f := range b.site.Departments {
		out = append(out, quality.Scope{Department: f.Term})
	}
	return out
}

// metricFigures are a metric everywhere: the province, levels, departments, and every place down to townships. Nothing is counted before they
// are asked for.
func (b *builder) metricFigures(m *quality.Metric) iter.Seq[scoped] {
	return func(yield func(scoped) bool) {
		var f quality.Figure
		for _, sc := range b.metricScopes(m) {
			if f = b.quality().figure(m, sc); f.Metric == nil {
				continue
			}
			kind, name := b.scopeNames(sc)
			if !yield(scoped{kind, name, sc.Division, &f}) {
				return
			}
		}
	}
}

func (b *builder) metricScopes(m *quality.Metric) []quality.Scope {
	scopes := b.wideScopes()
	for _, d := range b.site.Catalog.Divisions {
		if len(d.Guides) == 0 || m.Rests == quality.OnProvince {
			continue
		}
		scopes = append(scopes, quality.Scope{Division: d})
		if sc := (quality.Scope{Division: d, Below: true}); b.quality().many[sc] != nil {
			scopes = append(scopes, sc)
		}
	}
	return scopes
}

// placeScopes are a place, and the places below it that have no page.
func placeScopes(d *catalog.Division) []quality.Scope {
	out := []quality.Scope{{Division: d}}
	for _, c := range d.Children {
		if record.LevelRank(c.Level) >= 3 && len(c.Guides) > 0 {
			out = append(out, quality.Scope{Division: c})
		}
	}
	return out
}

// figureFiles are figures as a file for table programs and as one for programs, which also says what some metrics are. Both are told from
// what they were by the same few words of each figure, so that 120,000 figures are not put into sentences to find that nothing changed.
func (b *builder) figureFiles(stem string, metrics []*quality.Metric, figures iter.Seq[scoped]) []output.File {
	var stamp output.Stamp
	if !b.lazy {
		stamp = b.stampOf("figures", func(h *output.Hasher) { b.hashFigures(h, metrics, figures) })
	}
	return []output.File{
		b.sheetOf(stem+".csv", stamp, func() ([]string, iter.Seq[[]string]) { return b.figureSheet(figures) }),
		b.jsonFile(stem+".json", stamp, func() any { return b.figureData(metrics, figures) }),
	}
}

// hashFigures adds all that files of figures are made from.
func (b *builder) hashFigures(h *output.Hasher, metrics []*quality.Metric, figures iter.Seq[scoped]) {
	h.String(b.site.Catalog.AsOf.String())
	hashView(h, metricsData(metrics))
	var k figureKey
	for x := range figures {
		k = figureKeyOf(x)
		hashView(h, &k)
	}
}

// figureKey is what tells a figure from what it was.
type figureKey struct {
	Kind, Name, Place, Code, Metric string
	Num, Den, Unknown               int
	State, Verdict, Goal, Document  string
	Missing                         string
	Year                            int
	Sample                          bool
}

func figureKeyOf(x scoped) figureKey {
	f := x.figure
	k := figureKey{Kind: x.kind, Name: x.name, Metric: f.Metric.ID, Num: f.Num, Den: f.Den, Unknown: f.Unknown, State: string(f.State), Verdict: string(f.Verdict),
		Missing: f.Missing.ZH}
	if x.place != nil {
		k.Place, k.Code, k.Sample = x.place.ID, x.place.Code, x.place.MadeUp()
	}
	if f.Goal != nil {
		k.Goal, k.Year, k.Document = f.Goal.Words(), f.Goal.Year, f.Goal.Target.Document
		if f.Goal.Document != nil {
			k.Document += " " + f.Goal.Document.Record.Title
		}
	}
	return k
}

// figureSheet is figures for table programs.
func (b *builder) figureSheet(figures iter.Seq[scoped]) (titles []string, rows iter.Seq[[]string]) {
	for _, key := range []string{"quality_col_scope", "col_name", "col_division_code", "sample_tag", "quality_col_id", "quality_metric", "quality_now", "quality_numerator",
		"quality_denominator", "quality_unrecorded", "quality_goal", "quality_col_verdict", "quality_col_document"} {
		titles = append(titles, b.say(key))
	}
	return titles, func(yield func([]string) bool) {
		row := make([]string, 0, len(titles))
		for x := range figures {
			if row = b.appendFigure(row[:0], x); !yield(row) {
				return
			}
		}
	}
}

// appendFigure appends the cells of a line of [builder.figureSheet].
func (b *builder) appendFigure(row []string, x scoped) []string {
	f := x.figure
	code, made, goal, document := "", "", "", ""
	if x.place != nil {
		if code = x.place.Code; x.place.MadeUp() {
			made = b.say("yes")
		}
	}
	if f.Goal != nil {
		if goal = f.Goal.Words(); f.Goal.Document != nil {
			document = f.Goal.Document.Record.Title
		}
	}
	now, note := b.figureWords(f)
	if f.State == quality.ByStandard {
		now += "（" + note + "）"
	}
	return append(row, b.say("quality_scope_"+x.kind), x.name, code, made, f.Metric.ID, f.Metric.Title.ZH, now, itoa(f.Num), itoa(f.Den), itoa(f.Unknown),
		goal, b.verdictWord(f), document)
}

// FigureData is a figure as programs read it. The value is numerator by denominator, in per cent, where the unit is percent, else the
// numerator; there is none unless the state is counted or, of more than one place, standard.
type FigureData struct {
	Scope       string    `json:"scope"` // province, level, department, place, region: a place with all below it
	Name        string    `json:"name"`
	Place       string    `json:"place,omitempty"`
	Sample      bool      `json:"sample,omitempty"`
	Metric      string    `json:"metric"`
	Numerator   int       `json:"numerator"`
	Denominator int       `json:"denominator"`
	Unrecorded  int       `json:"unrecorded"`
	Value       string    `json:"value,omitempty"`
	State       string    `json:"state"`
	Target      *GoalData `json:"target,omitempty"`
}

// GoalData is what a document demands, and whether it is met.
type GoalData struct {
	AtLeast  string `json:"at_least,omitempty"`
	AtMost   string `json:"at_most,omitempty"`
	Year     int    `json:"year,omitempty"`
	Document string `json:"document,omitempty"`
	Verdict  string `json:"verdict,omitempty"`
}

// MetricData is what a metric is.
type MetricData struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	TitleEN   string   `json:"title_en"`
	Formula   string   `json:"formula"`
	FormulaEN string   `json:"formula_en"`
	Unit      string   `json:"unit"`
	Counts    string   `json:"counts"` // what an entry is: guide, item, standard, place …
	Better    string   `json:"better"` // higher or lower
	Sources   []string `json:"sources"`
}

// figureFile is a file of figures.
type figureFile struct {
	AsOf    string       `json:"as_of"`
	Metrics []MetricData `json:"metrics,omitempty"` // what the figures are; of one place or department in quality/figures.json
	Figures []FigureData `json:"figures"`
}

// figureData is figures for programs, with what some metrics are.
func (b *builder) figureData(metrics []*quality.Metric, figures iter.Seq[scoped]) *figureFile {
	out := &figureFile{AsOf: b.site.Catalog.AsOf.String(), Metrics: metricsData(metrics)}
	for x := range figures {
		out.Figures = append(out.Figures, figureDataOf(x))
	}
	return out
}

func metricsData(metrics []*quality.Metric) []MetricData {
	var out []MetricData
	for _, m := range metrics {
		out = append(out, metricData(m))
	}
	return out
}

func metricData(m *quality.Metric) MetricData {
	d := MetricData{ID: m.ID, Title: m.Title.ZH, TitleEN: m.Title.EN, Formula: m.Formula.ZH, FormulaEN: m.Formula.EN, Unit: string(m.Unit), Counts: string(m.Of), Better: "higher",
		Sources: []string{}}
	if m.Better == quality.Lower {
		d.Better = "lower"
	}
	for _, s := range m.Sources {
		text := s.Text
		if s.Document != "" {
			text = s.Document + " " + text
		}
		d.Sources = append(d.Sources, text)
	}
	return d
}

func figureDataOf(x scoped) FigureData {
	f := x.figure
	d := FigureData{Scope: x.kind, Name: x.name, Metric: f.Metric.ID, Numerator: f.Num, Denominator: f.Den, Unrecorded: f.Unknown, State: string(f.State), Value: f.Number()}
	if f.State == quality.ByStandard && x.kind == "place" {
		d.Value = ""
	}
	if x.place != nil {
		d.Place, d.Sample = x.place.ID, x.place.MadeUp()
	}
	if g := f.Goal; g != nil {
		d.Target = &GoalData{AtLeast: g.AtLeast, AtMost: g.AtMost, Year: g.Year, Verdict: string(f.Verdict)}
		if g.Document != nil {
			d.Target.Document = g.Document.ID
		}
	}
	return d
}

// jsonFile is a view as JSON, with the stamp of what it is made from.
func (b *builder) jsonFile(path string, stamp output.Stamp, view func() any) output.File {
	write := func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		return e.Encode(view())
	}
	if b.lazy {
		return b.later(path, write)
	}
	return output.File{Path: path, Stamp: stamp, Write: write}
}
