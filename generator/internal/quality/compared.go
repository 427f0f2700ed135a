package quality

import (
	"fmt"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// comparedMetrics hold the library against what others do and what offices could look up.
var comparedMetrics = []*Metric{
	{
		ID: "shareable-asked-rate", Title: diag.Text{ZH: "能共享还要交的材料占比", EN: "Papers asked for that could be looked up"}, Family: Compared,
		Formula: diag.Text{
			ZH: "材料库写明能共享、有电子证照，标准里却仍要带的必要材料，除以能共享的必要材料。",
			EN: "Required papers still to be brought, by required papers of which the library says that offices can look them up.",
		},
		Counted: diag.Text{ZH: "仍要带", EN: "still to bring"}, Among: diag.Text{ZH: "能共享的必要材料", EN: "papers that could be looked up"},
		Sources: []Source{{countyList, "凡是能通过网络共享复用的材料，不得要求服务对象重复提交"}, {oneNet, "一数一源"}},
		Unit:    Percent, Of: OfGuides, Better: Lower,
		counter: counter{terms: shareableAsked},
	},
}

func shareableAsked(s *Survey, _ *catalog.Procedure, t *catalog.Terms) Cell {
	var c Cell
	var asked []string
	for _, p := range t.Papers.Lines {
		if p.Necessity != record.Required || !s.shareable(p) {
			continue
		}
		c.Den++
		if !p.Waived() {
			c.Num++
			asked = append(asked, p.Name())
		}
	}
	if len(asked) > 0 {
		c.Why = fmt.Sprintf("仍要带%s", strings.Join(asked, "、"))
	}
	return c
}

// shareable reports whether the library says that an office can look a paper up.
func (s *Survey) shareable(p *catalog.Paper) bool {
	if p.Library == nil {
		return false
	}
	m := p.Library.Record
	if m.SharedFrom != "" || slices.Contains(m.WaivedBy, "数据共享") || slices.Contains(m.WaivedBy, "电子证照") {
		return true
	}
	e := s.Catalog.Certificates.Get(m.Certificate)
	return e != nil && e.Record.Digital == "已电子化"
}
