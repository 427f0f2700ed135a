package quality

import (
	"fmt"
	"iter"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// planMetrics are who is in time.
var planMetrics = []*Metric{
	{
		ID: "on-time-rate", Title: diag.Text{ZH: "按期完成率", EN: "Share done in time"}, Family: Schedule,
		Formula: diag.Text{
			ZH: "期限已到的阶段里，各地按期完成的，除以应完成的；一个地方一个阶段算一个。没写清单审核情况的地方算未收录。",
			EN: "Of the stages that are due, those that places finished in time, by those due; one a place and stage.",
		},
		Counted: diag.Text{ZH: "按期完成", EN: "in time"}, Among: diag.Text{ZH: "到期的阶段", EN: "stages due"},
		Sources: []Source{{sorting, "进度安排"}}, Unit: Percent, Of: OfPlaces, Better: Higher, Rests: OnLocal,
		missing: func(s *Survey) diag.Text {
			if len(s.Catalog.Plans.All) > 0 {
				return diag.Text{}
			}
			return diag.Text{ZH: "没有录入进度安排（data/plans）", EN: "no plan is in the library (data/plans)"}
		},
		counter: counter{place: onTime},
	},
}

// stageDue reports whether a stage is one that a place has to do, and its day has come.
func (s *Survey) stageDue(stage *record.PlanStage, d *catalog.Division) bool {
	if !d.Acts() || stage.Due == 0 || stage.Due > s.Catalog.AsOf {
		return false
	}
	if stage.Level != "" {
		return d.Level == stage.Level
	}
	return d.Level == record.LevelCity || d.Level == record.LevelCounty
}

func onTime(s *Survey, d *catalog.Division) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		for _, plan := range s.Catalog.Plans.All {
			for i := range plan.Record.Stages {
				stage := &plan.Record.Stages[i]
				if !s.stageDue(stage, d) {
					continue
				}
				e := Entry{Division: d, file: d.File, ID: plan.ID + "/" + stage.ID, Name: stage.Name, Cell: s.progress(stage, d)}
				if !yield(&e) {
					return
				}
			}
		}
	}
}

// progress is how a place stands with a stage that is due.
func (s *Survey) progress(stage *record.PlanStage, d *catalog.Division) Cell {
	n := len(d.ListReviews)
	if n == 0 {
		return unknown("没写清单审核情况")
	}
	days := func(from, to record.Date) int { return int(to.Time().Sub(from.Time()).Hours() / 24) }
	switch done := d.ListReviews[n-1].Done(stage.Act); {
	case done == 0:
		return counted(false, fmt.Sprintf("期限 %s，还没完成，晚了 %d 天", stage.Due, days(stage.Due, s.Catalog.AsOf)))
	case done > stage.Due:
		return counted(false, fmt.Sprintf("期限 %s，%s 完成，晚了 %d 天", stage.Due, done, days(stage.Due, done)))
	default:
		return counted(true, fmt.Sprintf("期限 %s，%s 完成", stage.Due, done))
	}
}
