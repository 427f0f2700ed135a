package quality

import (
	"cmp"
	"encoding/json"
	"io"
	"iter"
	"strconv"

	"banshi/generator/internal/table"
)

// figureColumns are the columns of figures as a table; names are those of the JSON.
var figureColumns = []table.Column{
	{Name: "scope", Title: "范围", TitleEN: "Scope", Required: true}, {Name: "division", Title: "区划", TitleEN: "Place"}, {Name: "sample", Kind: table.Boolean, Title: "示例", TitleEN: "Sample", Required: true},
	{Name: "level", Title: "层级", TitleEN: "Level"}, {Name: "department", Title: "部门", TitleEN: "Department"},
	{Name: "item", Title: "事项", TitleEN: "Item"}, {Name: "metric", Title: "指标编号", TitleEN: "Metric", Required: true}, {Name: "title", Title: "指标", TitleEN: "Title", Required: true},
	{Name: "state", Title: "算出来没有", TitleEN: "State", Required: true}, {Name: "number", Kind: table.Number, Title: "数", TitleEN: "Number"},
	{Name: "value", Title: "指标值", TitleEN: "Value", Required: true}, {Name: "numerator", Kind: table.Integer, Title: "分子", TitleEN: "Numerator", Required: true},
	{Name: "denominator", Kind: table.Integer, Title: "分母", TitleEN: "Denominator", Required: true},
	{Name: "unknown", Kind: table.Integer, Title: "未收录", TitleEN: "Not recorded", Required: true},
	{Name: "places", Kind: table.Integer, Title: "地方", TitleEN: "Places", Required: true},
	{Name: "own", Kind: table.Integer, Title: "有本地记录的", TitleEN: "With own records", Required: true},
	{Name: "target", Title: "目标", TitleEN: "Target"}, {Name: "year", Kind: table.Integer, Title: "目标年份", TitleEN: "Year"},
	{Name: "document", Title: "目标出处", TitleEN: "Document"}, {Name: "verdict", Title: "达到没有", TitleEN: "Verdict"},
	{Name: "sentence", Title: "说明", TitleEN: "In words", Required: true}, {Name: "formula", Title: "算法", TitleEN: "Formula", Required: true},
}

// FigureTable is figures as a table.
func FigureTable(figures []Figure) *table.Table {
	return &table.Table{Name: "figures", Title: "指标", TitleEN: "Figures", Columns: figureColumns, Rows: func(yield func([]table.Value) bool) {
		for i := range figures {
			j := figures[i].JSON()
			goal := []table.Value{{}, {}, {}}
			if g := j.Target; g != nil {
				goal = []table.Value{table.TextOf(g.Words), table.IntegerOf(g.Year), table.TextOf(g.Document)}
			}
			number := table.Value{}
			if n, err := strconv.ParseFloat(j.Number, 64); err == nil {
				number = table.NumberOf(n)
			}
			m := figures[i].Metric
			if !yield(append(append([]table.Value{
				table.TextOf(j.Scope), table.TextOf(j.Division), table.BooleanOf(j.Sample), table.TextOf(j.Level), table.TextOf(j.Department), table.TextOf(j.Item), table.TextOf(j.Metric), table.TextOf(m.Title.ZH),
				table.TextOf(string(j.State)), number, table.TextOf(j.Value), table.IntegerOf(j.Numerator), table.IntegerOf(j.Denominator),
				table.IntegerOf(j.Unknown), table.IntegerOf(j.Places), table.IntegerOf(j.Own),
			}, goal...), table.TextOf(j.Verdict.Title().ZH), table.TextOf(j.Sentence), table.TextOf(m.Formula.ZH))) {
				return
			}
		}
	}}
}

// entryColumns are the columns of a list.
var entryColumns = []table.Column{
	{Name: "metric", Title: "指标编号", TitleEN: "Metric", Required: true}, {Name: "key", Title: "编号", TitleEN: "Key", Required: true},
	{Name: "place", Title: "地方", TitleEN: "Place"}, {Name: "department", Title: "部门", TitleEN: "Department"}, {Name: "name", Title: "名称", TitleEN: "Name", Required: true},
	{Name: "numerator", Kind: table.Integer, Title: "计入分子", TitleEN: "In the numerator", Required: true},
	{Name: "denominator", Kind: table.Integer, Title: "计入分母", TitleEN: "In the denominator", Required: true},
	{Name: "unknown", Kind: table.Boolean, Title: "未收录", TitleEN: "Not recorded", Required: true},
	{Name: "why", Title: "说明", TitleEN: "Why"}, {Name: "record", Title: "在哪个文件里改", TitleEN: "Record"},
}

// EntryTable is a list of each figure as one table.
func (s *Survey) EntryTable(figures []Figure, p Part) *table.Table {
	return &table.Table{Name: "entries", Title: "名单", TitleEN: "Entries", Columns: entryColumns, Rows: func(yield func([]table.Value) bool) {
		for j := range s.entriesJSON(figures, p) {
			if !yield([]table.Value{
				table.TextOf(j.Metric), table.TextOf(j.Key), table.TextOf(j.Place), table.TextOf(j.Department), table.TextOf(j.Name), table.IntegerOf(j.Numerator),
				table.IntegerOf(j.Denominator), table.BooleanOf(j.Unknown), table.TextOf(j.Why), table.TextOf(j.Record),
			}) {
				return
			}
		}
	}}
}

// FigureJSON is a figure for programs; every object has every key, "" where nothing is to be said.
type FigureJSON struct {
	Scope       string    `json:"scope"`
	Division    string    `json:"division"`
	Below       bool      `json:"below"`
	Sample      bool      `json:"sample"` // a made-up place, counted nowhere else
	Level       string    `json:"level"`
	Department  string    `json:"department"`
	Item        string    `json:"item"`
	Metric      string    `json:"metric"`
	State       State     `json:"state"`
	Number      string    `json:"number"`
	Value       string    `json:"value"`
	Numerator   int       `json:"numerator"`
	Denominator int       `json:"denominator"`
	Unknown     int       `json:"unknown"`
	Places      int       `json:"places"`
	Own         int       `json:"own"`
	Target      *GoalJSON `json:"target"` // null without a demand
	Verdict     Verdict   `json:"verdict"`
	Sentence    string    `json:"sentence"`
}

// GoalJSON is a demand for programs.
type GoalJSON struct {
	Words    string `json:"words"`
	Year     int    `json:"year"`
	Document string `json:"document"`
	Quote    string `json:"quote"`
}

// JSON is the figure for programs.
func (f *Figure) JSON() FigureJSON {
	out := FigureJSON{
		Scope: f.Scope.Name().ZH, Below: f.Scope.Below, Level: f.Scope.Level, Department: f.Scope.Department, Metric: f.Metric.ID, State: f.State,
		Number: f.Number(), Value: f.Value().ZH, Numerator: f.Num, Denominator: f.Den, Unknown: f.Unknown, Places: f.Places, Own: f.Own,
		Verdict: f.Verdict, Sentence: f.Sentence().ZH,
	}
	if f.Scope.Division != nil {
		out.Division, out.Sample = f.Scope.Division.ID, f.Scope.Division.MadeUp()
	}
	if f.Scope.Item != nil {
		out.Item = f.Scope.Item.ID
	}
	if g := f.Goal; g != nil {
		out.Target = &GoalJSON{g.Words(), g.Year, g.Target.Document, g.Quote}
	}
	return out
}

// MetricJSON is a metric for programs.
type MetricJSON struct {
	ID          string       `json:"id"`
	Title       string       `json:"title"`
	TitleEN     string       `json:"title_en"`
	Family      Family       `json:"family"`
	Formula     string       `json:"formula"`
	FormulaEN   string       `json:"formula_en"`
	Numerator   string       `json:"numerator"`
	Denominator string       `json:"denominator"`
	Unit        Unit         `json:"unit"`
	Of          Subject      `json:"of"`
	Better      string       `json:"better"` // higher or lower
	Sources     []SourceJSON `json:"sources"`
}

// SourceJSON is a source of a metric for programs.
type SourceJSON struct {
	Document string `json:"document"`
	Text     string `json:"text"`
}

// JSON is the metric for programs.
func (m *Metric) JSON() MetricJSON {
	out := MetricJSON{ID: m.ID, Title: m.Title.ZH, TitleEN: m.Title.EN, Family: m.Family, Formula: m.Formula.ZH, FormulaEN: m.Formula.EN,
		Numerator: m.Counted.ZH, Denominator: m.Among.ZH, Unit: m.Unit, Of: m.Of, Better: map[Direction]string{Higher: "higher", Lower: "lower"}[m.Better]}
	for _, f := range m.Sources {
		out.Sources = append(out.Sources, SourceJSON(f))
	}
	return out
}

// EntryJSON is an entry for programs.
type EntryJSON struct {
	Metric      string `json:"metric"`
	Key         string `json:"key"`
	Place       string `json:"place"`
	Department  string `json:"department"`
	Name        string `json:"name"`
	Numerator   int    `json:"numerator"`
	Denominator int    `json:"denominator"`
	Unknown     bool   `json:"unknown"`
	Why         string `json:"why"`
	Record      string `json:"record"`
}

// JSON is the entry for programs.
func (e *Entry) JSON(m *Metric) EntryJSON {
	out := EntryJSON{Metric: m.ID, Key: e.Key(), Department: e.Department(), Name: e.Title(), Numerator: e.Num, Denominator: e.Den, Unknown: e.Unknown, Why: e.Why}
	if e.Division != nil {
		out.Place = e.Division.Name
	}
	if f := e.File(); f != nil {
		out.Record = f.Path
	}
	return out
}

// WriteJSON writes figures with the metrics they are of: {as_of, metrics, figures}.
func (s *Survey) WriteJSON(w io.Writer, figures []Figure) error {
	out := struct {
		AsOf    string       `json:"as_of"`
		Metrics []MetricJSON `json:"metrics"`
		Figures []FigureJSON `json:"figures"`
	}{AsOf: s.Catalog.AsOf.String(), Metrics: []MetricJSON{}, Figures: make([]FigureJSON, len(figures))}
	named := map[*Metric]bool{}
	for i := range figures {
		f := &figures[i]
		out.Figures[i] = f.JSON()
		named[f.Metric] = true
	}
	for _, m := range metrics {
		if named[m] {
			out.Metrics = append(out.Metrics, m.JSON())
		}
	}
	return encode(w, out)
}

// WriteEntries writes a list of each figure as one JSON array.
func (s *Survey) WriteEntries(w io.Writer, figures []Figure, p Part) error {
	out := []EntryJSON{}
	for j := range s.entriesJSON(figures, p) {
		out = append(out, j)
	}
	return encode(w, out)
}

func (s *Survey) entriesJSON(figures []Figure, p Part) iter.Seq[EntryJSON] {
	return func(yield func(EntryJSON) bool) {
		for _, f := range figures {
			for e := range s.List(f, p) {
				if !yield(e.JSON(f.Metric)) {
					return
				}
			}
		}
	}
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(v)
}

// Citation names a source to people: the title of the document, and where in it or its words.
func (s *Survey) Citation(f Source) string {
	e := s.Catalog.Documents.Get(f.Document)
	if e == nil {
		return cmp.Or(f.Text, f.Document)
	}
	title := "《" + e.Record.Title + "》"
	if f.Text == "" {
		return title
	}
	return title + "（" + f.Text + "）"
}
