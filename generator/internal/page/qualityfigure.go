package page

import (
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/quality"
)

// FigureRow is a figure against its target: the row of a table that is also its chart.
type FigureRow struct {
	Name, URL string
	Tag       string // 示例
	Now, Note string
	Goal      string // "" where no document demands anything
	GoalURL   string // of that document
	Says      string // in words whether it is enough, or why there is no figure
	Verdict   string // met, missed, open, or ""
	Bar       *Bar
}

// Bar is a figure as a bar of 100: filled where the target is met, hollow where it is not, grey where there is none. Goal is where
// the target stands, "" without one.
type Bar struct {
	Class, Part, Goal string
}

// FigureTable is rows of figures with the word over the first column.
type FigureTable struct {
	Caption, First string
	Plain          bool // without targets: the column has the bar, or why there is no figure
	Rows           []FigureRow
}

// aimless reports whether no document demands anything of any row.
func (t *FigureTable) aimless() bool {
	return !slices.ContainsFunc(t.Rows, func(r FigureRow) bool { return r.Goal != "" })
}

// figureRow is a metric with its figure; the name leads to the page of the metric.
func (b *builder) figureRow(url string, f quality.Figure) FigureRow {
	row := FigureRow{Name: f.Metric.Title.In(b.site.Config.Language), URL: b.link(url, metricURL(f.Metric)), Verdict: string(f.Verdict)}
	row.Now, row.Note = b.figureWords(&f)
	row.Says = b.verdictWord(&f)
	if row.Says == "" && b.ofOneByStandard(&f) {
		row.Says, row.Note = row.Note, ""
	}
	if f.Goal != nil {
		row.Goal = f.Goal.Words()
		if f.Goal.Document != nil {
			row.GoalURL = b.link(url, "documents/"+f.Goal.Document.ID+"/")
		}
	}
	row.Bar = bar(&f)
	return row
}

// figureWords is the figure, or why there is none, and what has to be said beside it.
func (b *builder) figureWords(f *quality.Figure) (now, note string) {
	n := f.Number()
	switch f.Metric.Unit {
	case quality.Percent:
		n += "%"
	default:
		n += " " + b.unitWord(f.Metric)
	}
	switch {
	case b.ofOneByStandard(f):
		return b.stateWord(quality.NotKept), b.say("quality_by_standard", "value", n)
	case f.State == quality.ByStandard:
		return n, b.say("quality_standard")
	case f.State != quality.Measured:
		return b.stateWord(f.State), ""
	case f.Unknown > 0:
		return n, b.say("quality_recorded", "n", thousands(f.Den), "all", thousands(f.Den+f.Unknown))
	}
	return n, ""
}

// ofOneByStandard reports whether a figure is what the standard gives in one place, which is no figure of that place.
func (b *builder) ofOneByStandard(f *quality.Figure) bool {
	return f.State == quality.ByStandard && f.Scope.Division != nil && !f.Scope.Below
}

// unitWord is what a metric counts in: 个, 个工作日.
func (b *builder) unitWord(m *quality.Metric) string {
	if m.Unit == quality.Days {
		return b.say("quality_days")
	}
	return b.say("quality_count")
}

// stateWord says why there is no figure.
func (b *builder) stateWord(s quality.State) string { return b.say("quality_state_" + string(s)) }

// verdictWord says whether a figure is enough.
func (b *builder) verdictWord(f *quality.Figure) string {
	switch {
	case f.Verdict != "":
		return b.say("quality_verdict_" + string(f.Verdict))
	case f.State == quality.NoRecords:
		return f.Missing.In(b.site.Config.Language)
	case f.State == quality.NotKept:
		return b.say("quality_says_unknown")
	}
	return ""
}

// goalNumber is the value that a document demands: 70 of ≥70%. What is no number is no goal.
func goalNumber(g *quality.Goal) float64 {
	n, _ := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(or(g.AtLeast, g.AtMost)), "%"), 64)
	return n
}

// bar draws a share of a hundred, or a count against its target; nil for what has no measure.
func bar(f *quality.Figure) *Bar {
	if f.State != quality.Measured && (f.State != quality.ByStandard || f.Scope.Division != nil && !f.Scope.Below) {
		return nil
	}
	x := &Bar{Class: "na"}
	switch f.Verdict {
	case quality.Met:
		x.Class = "ok"
	case quality.Missed, quality.Open:
		x.Class = "no"
	}
	goal, hasGoal := 0.0, f.Goal != nil
	if hasGoal {
		goal = goalNumber(f.Goal)
	}
	value, whole := float64(f.Num), 0.0
	switch {
	case f.Metric.Unit == quality.Percent:
		value, whole = 100*float64(f.Num)/float64(f.Den), 100
	case hasGoal && goal > 0:
		whole = max(goal, value)
	default:
		return nil
	}
	at := func(v float64) string { return strconv.FormatFloat(min(100, max(0, 100*v/whole)), 'f', 1, 64) }
	x.Part = at(value)
	if hasGoal {
		x.Goal = at(goal)
	}
	return x
}
