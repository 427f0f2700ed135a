package quality

import (
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/rules"
)

// elementMetrics hold the standards against the checklists of data/profiles.
var elementMetrics = []*Metric{
	profileMetric("elements-36", diag.Text{ZH: "完整性（三十六项要素）", EN: "Completeness by the 36 elements"}, Source{countyList, "36项全要素"}),
	profileMetric("guide-14", diag.Text{ZH: "办事指南十四项", EN: "The 14 headings of a guide"}, Source{countyList, "三(三)"}),
	profileMetric("guide-22", diag.Text{ZH: "服务指南二十二项", EN: "The 22 headings of a guide"}, Source{hallRun, "国家行政许可标准化指引（2016版）"}),
}

// profileMetric is how much of a checklist the standards state.
func profileMetric(id string, title diag.Text, from Source) *Metric {
	return &Metric{
		ID: id, Title: title, Family: Complete,
		Formula: diag.Text{
			ZH: "各标准写了的要素，除以清单（data/profiles/" + id + ".toml）要求的要素。由各地填的、表样和样本不算；写明可以没有的算写了。",
			EN: "Elements that the standards state, by elements that the checklist asks for; not counted are those that places fill, forms and samples.",
		},
		Counted: diag.Text{ZH: "写了的要素", EN: "elements stated"}, Among: diag.Text{ZH: "应写的要素", EN: "elements due"},
		Sources: []Source{from}, Unit: Percent, Of: OfStandards, Better: Higher, Rests: OnProvince,
		missing: func(s *Survey) diag.Text {
			if s.Catalog.Profiles.Get(id) != nil {
				return diag.Text{}
			}
			return diag.Text{ZH: "没有要素清单 data/profiles/" + id + ".toml", EN: "there is no checklist data/profiles/" + id + ".toml"}
		},
		counter: counter{standard: func(s *Survey, p *catalog.Procedure) Cell {
			done, ok := s.completed[completion{p, id}]
			if !ok {
				return Cell{}
			}
			c := Cell{Num: done.Filled, Den: done.Total}
			if len(done.Missing) > 0 {
				var names []string
				for _, e := range done.Missing {
					names = append(names, e.Name)
				}
				c.Why = "缺" + strings.Join(names, "、")
			}
			return c
		}},
	}
}

// completion names a procedure held against a checklist.
type completion struct {
	procedure *catalog.Procedure
	profile   string
}

func completions(c *catalog.Catalog) map[completion]rules.Completed {
	out := map[completion]rules.Completed{}
	for _, done := range rules.Completeness(c) {
		out[completion{done.Procedure, done.Profile.ID}] = done
	}
	return out
}
