package reconcile

import (
	"cmp"
	"fmt"
	"slices"

	"banshi/generator/internal/diag"
)

// Counts is the numbers of a report.
type Counts struct {
	Rows      int `json:"rows"` // of the upper-level catalogue
	ByCode    int `json:"matched_by_code"`
	ByName    int `json:"matched_by_name"`
	ByRecord  int `json:"matched_by_decision"`
	Differing int `json:"matched_and_different"`
	Absent    int `json:"decided_absent"`
	Unmatched int `json:"unmatched"` // and undecided
	Proposed  int `json:"unmatched_with_candidates"`
	Moved     int `json:"moved_since_decided"`
	Own       int `json:"ours_only"`
	OwnOpen   int `json:"ours_only_without_reason"`
	Stale     int `json:"decisions_without_row"`
	Open      int `json:"open"` // rows and items that somebody has to look at
}

// Count counts.
func (r *Report) Count() Counts {
	c := Counts{Rows: len(r.Matches), Own: len(r.Own), Stale: len(r.Stale)}
	for _, m := range r.Matches {
		switch {
		case m.How == ByCode:
			c.ByCode++
		case m.How == ByName:
			c.ByName++
		case m.How == ByDecision:
			c.ByRecord++
		case m.Decision != nil:
			c.Absent++
		default:
			c.Unmatched++
			c.Proposed += min(len(m.Candidates), 1)
		}
		if m.differs() {
			c.Differing++
		}
		c.Moved += min(len(m.Moved), 1)
		if m.Open() {
			c.Open++
		}
	}
	for _, o := range r.Own {
		if o.Reason == "" {
			c.OwnOpen++
			c.Open++
		}
	}
	return c
}

// Summary says the report in a few lines.
func (r *Report) Summary() []diag.Text {
	c := r.Count()
	out := []diag.Text{
		{ZH: fmt.Sprintf("上级目录 %d 条，本省在用没有对上的 %d 项", c.Rows, c.Own), EN: fmt.Sprintf("%d rows above; %d items in force of ours that no row is", c.Rows, c.Own)},
		{ZH: fmt.Sprintf("对上 %d 条：编码相同 %d，名称和类型相同 %d，按决定 %d；其中内容有不同的 %d", c.ByCode+c.ByName+c.ByRecord, c.ByCode, c.ByName, c.ByRecord, c.Differing),
			EN: fmt.Sprintf("%d matched: %d by code, %d by name and type, %d by decision; %d of them differ", c.ByCode+c.ByName+c.ByRecord, c.ByCode, c.ByName, c.ByRecord, c.Differing)},
		{ZH: fmt.Sprintf("没对上 %d 条：有候选的 %d，没有候选的 %d；决定过本省没有的另有 %d 条", c.Unmatched, c.Proposed, c.Unmatched-c.Proposed, c.Absent),
			EN: fmt.Sprintf("%d unmatched: %d with candidates, %d without; %d more were decided to be none of ours", c.Unmatched, c.Proposed, c.Unmatched-c.Proposed, c.Absent)},
	}
	if c.Moved > 0 {
		out = append(out, diag.Text{ZH: fmt.Sprintf("决定以后上级有变化的 %d 条", c.Moved), EN: fmt.Sprintf("%d rows have moved since they were decided", c.Moved)})
	}
	if c.Stale > 0 {
		out = append(out, diag.Text{ZH: fmt.Sprintf("决定过、这张表里没有了的 %d 条", c.Stale), EN: fmt.Sprintf("%d decisions are about rows that the table no longer has", c.Stale)})
	}
	return append(out, diag.Text{ZH: fmt.Sprintf("还要人看的 %d 处", c.Open), EN: fmt.Sprintf("%d to be looked at", c.Open)})
}

// Likeliest says the n proposals with the highest scores, one a line.
func (r *Report) Likeliest(n int) []string {
	var open []*Match
	for _, m := range r.Matches {
		if len(m.Candidates) > 0 {
			open = append(open, m)
		}
	}
	slices.SortStableFunc(open, func(a, b *Match) int { return cmp.Compare(b.Candidates[0].Score, a.Candidates[0].Score) })
	var out []string
	for _, m := range open[:min(len(open), n)] {
		c := m.Candidates[0]
		out = append(out, fmt.Sprintf("“%s”← %s（%s）%s", m.Row.Name, c.Item.Name, c.Item.ID, c.Say()))
	}
	return out
}
