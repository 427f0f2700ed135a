package quality

import (
	"fmt"
	"iter"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// bundleMetrics are the days that a chain of items takes.
var bundleMetrics = []*Metric{
	chain("construction-days", diag.Text{ZH: "工程建设项目审批时间", EN: "Approval time of construction projects"}, Source{oneNet, "120个工作日以内"}),
	chain("open-company-days", diag.Text{ZH: "企业开办时间", EN: "Days to open a company"}, Source{facility, "企业开办一日办结"}),
}

// chain is the days of the bundles that name the metric (bundle.metric).
func chain(id string, title diag.Text, from Source) *Metric {
	return &Metric{
		ID: id, Title: title, Family: Lean,
		Formula: diag.Text{
			ZH: "写着算这个指标的一件事：写了总时限的按总时限，没写的按先后顺序把各环节的承诺工作日加起来，取最长的一条；有几件的取最长的一件。",
			EN: "Of the bundles that name this metric the longest: the promise for the whole where it has one, else the working days of its longest chain of steps.",
		},
		Counted: diag.Text{ZH: "工作日", EN: "working days"}, Among: diag.Text{ZH: "一件事", EN: "bundles"},
		Sources: []Source{from}, Unit: Days, Of: OfBundles, Better: Lower, Rests: OnProvince,
		missing: func(s *Survey) diag.Text {
			for _, e := range s.Catalog.Bundles.All {
				if e.Record.Metric == title.ZH {
					return diag.Text{}
				}
			}
			return diag.Text{ZH: "没有写着算“" + title.ZH + "”的一件事（data/bundles 的 metric）", EN: "no bundle says that it counts for it (metric in data/bundles)"}
		},
		counter: counter{province: func(s *Survey) iter.Seq[*Entry] { return longestBundle(s, title.ZH) }},
	}
}

func longestBundle(s *Survey, metric string) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		var longest *Entry
		for _, e := range s.Catalog.Bundles.All {
			if e.Record.Metric != metric {
				continue
			}
			entry := Entry{ID: e.ID, Name: e.Record.Name, file: e.File, Cell: s.bundleDays(e.Record)}
			if longest == nil || entry.Unknown || !longest.Unknown && entry.Num > longest.Num {
				longest = &entry
			}
		}
		if longest != nil {
			yield(longest)
		}
	}
}

// bundleDays is the working days of a bundle.
func (s *Survey) bundleDays(b *record.Bundle) Cell {
	if t := b.TotalPromise; t != nil && (t.Unit == record.UnitWorkday || t.Value == 0) {
		return Cell{Num: t.Value, Den: 1, Why: "总时限"}
	}
	days := make([]int, len(b.Steps))
	for i, step := range b.Steps {
		p := procedureOf(s.Catalog.Item(step.Item), step.Procedure)
		if p == nil {
			return unknown("没有办理项 " + step.Item + "/" + step.Procedure)
		}
		n, ok := workdays(p.Timing.Promise)
		if !ok {
			return unknown(p.Name + "没有按工作日承诺")
		}
		days[i] = n
	}
	total := 0
	for i := range b.Steps {
		total = max(total, chainDays(b.Steps, days, i, 0))
	}
	return Cell{Num: total, Den: 1, Why: fmt.Sprintf("%d 个环节里最长的一条链", len(b.Steps))}
}

// chainDays is the days until step i is done: its own and those of the longest chain before it. Depth guards against a circle, which
// rules report.
func chainDays(steps []record.BundleStep, days []int, i, depth int) int {
	before := 0
	if depth < len(steps) {
		for _, after := range steps[i].After {
			for j := range steps {
				if steps[j].Item == after && j != i {
					before = max(before, chainDays(steps, days, j, depth+1))
				}
			}
		}
	}
	return before + days[i]
}

// procedureOf returns the procedure of an item with the number, or nil.
func procedureOf(i *catalog.Item, no string) *catalog.Procedure {
	if i == nil {
		return nil
	}
	for _, p := range i.Procedures {
		if p.No == no {
			return p
		}
	}
	return nil
}
