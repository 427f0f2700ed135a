package quality

import (
	"fmt"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// leanMetrics are how much less is asked for: than before, where there is something to compare with, and than the law.
var leanMetrics = []*Metric{
	reduced("material-reduction", diag.Text{ZH: "材料减少率", EN: "Reduction of materials"}, diag.Text{ZH: "要带的材料", EN: "papers to bring"}, "份", broughtPapers, func(x *record.BenchmarkEntry) (int, bool) { return counts(x.Materials) },
		Source{oneNet, "减少30%以上"}, Source{sorting, "申请材料减少60%"}),
	reduced("step-reduction", diag.Text{ZH: "环节减少率", EN: "Reduction of steps"}, diag.Text{ZH: "办理环节", EN: "steps"}, "个", keptSteps, func(x *record.BenchmarkEntry) (int, bool) { return counts(x.Steps) },
		Source{sorting, "减材料、减环节的具体措施"}),
	reduced("time-reduction", diag.Text{ZH: "时限减少率", EN: "Reduction of time"}, diag.Text{ZH: "承诺的工作日", EN: "promised working days"}, "天", promisedDays, func(x *record.BenchmarkEntry) (int, bool) {
		if x.Limit == nil {
			return 0, false
		}
		return workdays([]record.Limit{*x.Limit})
	},
		Source{oneNet, "缩短办理时限"}),
	{
		ID: "compression-rate", Title: diag.Text{ZH: "时限压缩率", EN: "Compression of limits"}, Family: Lean,
		Formula: diag.Text{
			ZH: "法定时限减承诺时限的工作日，除以法定时限的工作日。几种情形取最长的；不按工作日算的、法律没定时限的不算。",
			EN: "Working days of the law's limits less those of the promises, by those of the law's limits; the longest of several cases. Other units and procedures without a limit are left out.",
		},
		Counted: diag.Text{ZH: "比法定少的工作日", EN: "working days less"}, Among: diag.Text{ZH: "法定工作日", EN: "working days of the law"},
		Sources: []Source{{oneNet, "缩短办理时限"}}, Unit: Percent, Of: OfGuides, Better: Higher,
		counter: counter{terms: compressed},
	},
}

// reduced is a metric of something of which there is less than in the library of the baseline.
//
// What it counts is taken from terms, and from a record of how it was.
func reduced(id string, title, what diag.Text, unit string, of func(*catalog.Terms) (int, bool), was func(*record.BenchmarkEntry) (int, bool), from ...Source) *Metric {
	return &Metric{
		ID: id, Title: title, Family: Lean,
		Formula: diag.Text{
			ZH: "基期的" + what.ZH + "减现在的，除以基期的；两边都有的办理项才算。基期是 --baseline 指定的那一版，没指定就用 data/benchmarks 里的基期记录；都没有不算。",
			EN: "Of " + what.EN + ", those of the baseline less those of today, by those of the baseline, over procedures that are in both. The baseline is the revision given, else records of data/benchmarks; without either nothing is counted.",
		},
		Counted: diag.Text{ZH: "减少了", EN: "fewer"}, Among: diag.Text{ZH: "基期有" + what.ZH, EN: what.EN + " at the baseline"},
		Sources: from, Unit: Percent, Of: OfGuides, Better: Higher,
		missing: func(s *Survey) diag.Text {
			if s.Baseline != nil || len(s.counts) > 0 {
				return diag.Text{}
			}
			return diag.Text{ZH: "没有基期，不知道原来有多少" + what.ZH, EN: "without a baseline nobody knows how many " + what.EN + " there were"}
		},
		counter: counter{guide: func(s *Survey, g *catalog.Guide) Cell {
			old, knew := 0, false
			if s.Baseline != nil {
				if t := s.before[guideKey{g.Division.ID, g.Item.ID, g.Procedure.No}]; t != nil {
					old, knew = of(t)
				}
			} else if x := s.counts[g.Procedure]; x != nil {
				old, knew = was(x)
			}
			if !knew {
				return Cell{}
			}
			now, know := of(g.Terms)
			if !know || old == 0 && now == 0 {
				return Cell{}
			}
			return Cell{Num: old - now, Den: old, Why: fmt.Sprintf("%d→%d%s", old, now, unit)}
		}},
	}
}

// guideKey names a guide in any library.
type guideKey struct{ division, item, procedure string }

// termsBefore is the terms of every guide of the baseline.
func termsBefore(c *catalog.Catalog) map[guideKey]*catalog.Terms {
	if c == nil {
		return nil
	}
	out := make(map[guideKey]*catalog.Terms, len(c.Guides))
	for _, g := range c.Guides {
		out[guideKey{g.Division.ID, g.Item.ID, g.Procedure.No}] = g.Terms
	}
	return out
}

// countsBefore is what records of data/benchmarks say of how it was; the newest record holds.
func countsBefore(c *catalog.Catalog) map[*catalog.Procedure]*record.BenchmarkEntry {
	out, days := map[*catalog.Procedure]*record.BenchmarkEntry{}, map[*catalog.Procedure]record.Date{}
	for _, b := range c.Benchmarks.All {
		if b.Record.Kind != record.BenchmarkBefore {
			continue
		}
		for i := range b.Record.Entries {
			x := &b.Record.Entries[i]
			if p := procedureOf(c.Item(x.Item), x.Procedure); p != nil && (out[p] == nil || b.Record.Date > days[p]) {
				out[p], days[p] = x, b.Record.Date
			}
		}
	}
	return out
}

func counts(n *int) (int, bool) {
	if n == nil {
		return 0, false
	}
	return *n, true
}

// broughtPapers counts the papers that people have to bring, over all cases.
func broughtPapers(t *catalog.Terms) (int, bool) {
	n := 0
	for _, p := range t.Papers.Lines {
		if !p.Waived() {
			n++
		}
	}
	return n, t.Papers.Stated
}

func keptSteps(t *catalog.Terms) (int, bool) {
	n := 0
	for _, s := range t.Process.Steps {
		if s.Drop == nil {
			n++
		}
	}
	return n, len(t.Process.Steps) > 0
}

func promisedDays(t *catalog.Terms) (int, bool) { return workdays(t.Timing.Promise) }

// workdays is the longest of some limits, where all of them are in working days; 即办 is in every unit.
func workdays(limits []record.Limit) (n int, ok bool) {
	for _, l := range limits {
		if l.Value > 0 && l.Unit != record.UnitWorkday {
			return 0, false
		}
		n = max(n, l.Value)
	}
	return n, len(limits) > 0
}

func compressed(_ *Survey, _ *catalog.Procedure, t *catalog.Terms) Cell {
	legal, known := workdays(t.Timing.LegalLimit)
	if !known || legal == 0 {
		return Cell{}
	}
	if len(t.Timing.Promise) == 0 {
		return unknown("没写承诺时限")
	}
	promise, ok := workdays(t.Timing.Promise)
	if !ok {
		return Cell{}
	}
	return Cell{Num: legal - promise, Den: legal, Why: fmt.Sprintf("法定%d，承诺%d", legal, promise)}
}
