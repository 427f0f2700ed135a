package page

import (
	"cmp"
	"slices"
	"strconv"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/quality"
)

// RankChart is a ranking of places as bars, drawn 350 wide so that its words are never smaller than on the page. Its table stands
// beside it. Places without a figure of their own are in the table only.
type RankChart struct {
	Title, Height string
	Bars          []RankBar
	Note          string
}

// RankBar is one place: where its line stands, how long its bar is of 190, and its figure.
type RankBar struct{ Name, Y, Text, Length, Class, Value string }

// rankChart draws the places right below the province by a metric; nil where fewer than two have a figure of their own. Made-up places
// are drawn only where there is no other: on a demonstration the chart says so.
func (b *builder) rankChart(m *quality.Metric) *RankChart {
	if m.Unit != quality.Percent {
		return nil
	}
	var figures []quality.Figure
	for _, d := range b.rankedPlaces() {
		if f := b.quality().figure(m, quality.Scope{Division: d}); f.Metric != nil && f.State == quality.Measured {
			figures = append(figures, f)
		}
	}
	if len(figures) < 2 {
		return nil
	}
	slices.SortStableFunc(figures, func(x, y quality.Figure) int {
		return int(m.Better) * cmp.Compare(y.Num*x.Den, x.Num*y.Den)
	})
	c := &RankChart{Height: itoa(len(figures)*27 + 8), Note: b.say("quality_chart_note")}
	for i := range figures {
		f := &figures[i]
		x := bar(f)
		part, _ := strconv.ParseFloat(x.Part, 64)
		c.Bars = append(c.Bars, RankBar{
			Name: f.Scope.Division.Name, Y: itoa(6 + 27*i), Text: itoa(18 + 27*i), Class: x.Class,
			Length: strconv.FormatFloat(1.7*part, 'f', 1, 64), Value: f.Number() + "%",
		})
	}
	last := len(figures) - 1
	c.Title = b.say("quality_chart_title", "metric", m.Title.In(b.site.Config.Language), "first", figures[0].Scope.Division.Name, "most", figures[0].Number()+"%",
		"last", figures[last].Scope.Division.Name, "least", figures[last].Number()+"%")
	return c
}

// rankedPlaces are the real places right below the province.
func (b *builder) rankedPlaces() []*catalog.Division {
	var out []*catalog.Division
	for _, d := range b.topPlaces() {
		if len(d.Guides) > 0 && !d.MadeUp() {
			out = append(out, d)
		}
	}
	return out
}
