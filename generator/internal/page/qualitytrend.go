package page

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"banshi/generator/internal/quality"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// TrendView is a figure through the months: a line and the table with the same numbers.
type TrendView struct {
	Title, Caption string
	Grid           []TrendGrid
	Line           string // the path
	Goal           string // where the target lies, "" without one
	GoalText       string
	GoalAt         string
	Months         []TrendGrid
	LastX, LastY   string
	LastText       string
	LastAt         string
	Note           string
	Rows           []TrendRow
}

// TrendGrid is a mark of an axis.
type TrendGrid struct{ At, TextAt, Text string }

// TrendRow is a month of the table, the newest first.
type TrendRow struct{ Month, Value, Change string }

// trendLevels are where a trend is looked for: in the province, else at the level that most people deal with.
var trendLevels = []string{"", record.LevelCounty, record.LevelCity, record.LevelProvince}

// trend draws a metric through the months, nil where fewer than two of them have a figure.
func (b *builder) trend(m *quality.Metric) *TrendView {
	for _, level := range trendLevels {
		var days []record.Date
		var values []float64
		for _, p := range b.site.Trend {
			for _, f := range p.Figures {
				if f.Metric == m.ID && f.Level == level && f.Counted {
					days, values = append(days, p.Day), append(values, trendValue(m, f))
				}
			}
		}
		now := b.quality().figure(m, quality.Scope{Level: level})
		if len(days) == 0 || now.Metric == nil || now.Number() == "" {
			continue
		}
		days = append(days, b.site.Catalog.AsOf)
		values = append(values, trendValue(m, site.TrendFigure{Num: now.Num, Den: now.Den}))
		return b.drawTrend(m, level, days, values, now.Goal)
	}
	return nil
}

// trendValue is a figure as a number: per cent with one decimal place, else whole.
func trendValue(m *quality.Metric, f site.TrendFigure) float64 {
	if m.Unit == quality.Percent {
		return math.Round(1000*float64(f.Num)/float64(max(1, f.Den))) / 10
	}
	return float64(f.Num)
}

// The plot: 350 wide, so that its words are never smaller than on the page.
const (
	plotLeft, plotRight = 38.0, 318.5
	plotTop, plotBottom = 26.0, 170.0
)

func (b *builder) drawTrend(m *quality.Metric, level string, days []record.Date, values []float64, goal *quality.Goal) *TrendView {
	finest := 1.0
	if m.Unit == quality.Percent {
		finest = 5 // what moves by less is level to the eye
	}
	low, high, step := trendScale(values, goal, finest)
	x := func(i int) float64 { return plotLeft + (plotRight-plotLeft)*float64(i)/float64(len(values)-1) }
	y := func(v float64) float64 { return plotBottom - (plotBottom-plotTop)*(v-low)/(high-low) }
	name := m.Title.In(b.site.Config.Language)
	if level != "" {
		name = level + b.say("colon") + name
	}
	text := func(v float64) string {
		n := strconv.FormatFloat(v, 'f', -1, 64)
		if m.Unit == quality.Percent {
			return n + "%"
		}
		return strings.TrimSpace(n + " " + b.unitWord(m))
	}
	v := &TrendView{Caption: name}
	for at := low; at <= high; at += step {
		v.Grid = append(v.Grid, TrendGrid{At: coordinate(y(at)), TextAt: coordinate(y(at) + 5), Text: strconv.FormatFloat(at, 'f', -1, 64)})
	}
	var line strings.Builder
	for i, value := range values {
		fmt.Fprintf(&line, "%s%s %s", map[bool]string{true: "M", false: "L"}[i == 0], coordinate(x(i)), coordinate(y(value)))
		month := b.say("quality_month", "y", itoa(int(days[i]/10000)), "m", itoa(int(days[i]/100%100)))
		row := TrendRow{Month: month, Value: text(value), Change: "—"}
		if i > 0 {
			row.Change = signed(value - values[i-1])
		}
		v.Rows = append([]TrendRow{row}, v.Rows...)
		if (len(values)-1-i)%3 == 0 {
			v.Months = append(v.Months, TrendGrid{At: coordinate(x(i)), Text: b.say("quality_month_short", "m", itoa(int(days[i]/100%100)))})
		}
	}
	last := len(values) - 1
	v.Line, v.LastX, v.LastY, v.LastText = line.String(), coordinate(x(last)), coordinate(y(values[last])), text(values[last])
	v.LastAt = coordinate(max(14, y(values[last])-12))
	if goal != nil {
		at := y(goalNumber(goal))
		v.Goal, v.GoalText, v.GoalAt = coordinate(at), b.say("quality_goal")+" "+goal.Words(), coordinate(min(plotBottom-4, at+18))
	}
	v.Title = b.say("quality_trend_title", "metric", name, "from", v.Rows[last].Month, "was", v.Rows[last].Value, "to", v.Rows[0].Month, "is", v.Rows[0].Value)
	if low > 0 {
		v.Note = b.say("quality_trend_cut", "n", strconv.FormatFloat(low, 'f', -1, 64))
	}
	return v
}

// trendScale is the axis: from a round number below all values and the target to one above, in at most five steps, none finer than asked for.
func trendScale(values []float64, goal *quality.Goal, finest float64) (low, high, step float64) {
	low, high = values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	if goal != nil {
		low, high = min(low, goalNumber(goal)), max(high, goalNumber(goal))
	}
	step = 1
	for _, s := range []float64{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000} {
		if step = s; s >= finest && (high-low)/s <= 4 {
			break
		}
	}
	low, high = math.Floor(low/step)*step, math.Ceil(high/step)*step
	if low == high {
		low, high = max(0, low-2*step), high+2*step
	}
	return low, high, step
}

// coordinate is a number of a drawing.
func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// signed is a difference with its sign, 0 as such.
func signed(v float64) string {
	v = math.Round(v*10) / 10
	switch {
	case v > 0:
		return "+" + strconv.FormatFloat(v, 'f', -1, 64)
	case v < 0:
		return "−" + strconv.FormatFloat(-v, 'f', -1, 64)
	}
	return "0"
}
