package dump

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/site"
	"banshi/generator/internal/table"
)

// guideTable is one row a guide, resolved and in words: the table for people with a spreadsheet. It has the guides of the divisions
// given.
func (x *exporter) guideTable(divisions []*catalog.Division) *table.Table {
	t := tableOf("guides", "办事指南", "Guides", []string{"id"}, x.guideColumns(), func(yield func(*guideLine) bool) {
		w := x.newGuideWords()
		for _, d := range divisions {
			for _, g := range d.Guides {
				if !yield(w.line(g)) {
					return
				}
			}
		}
	})
	t.References = []table.Reference{{Column: "division", Table: "divisions", To: "id"}, {Column: "item", Table: "items", To: "id"}}
	return t
}

// guideColumns are the columns of guides. Their names are part of version 1 of the format.
func (x *exporter) guideColumns() []column[*guideLine] {
	levels := x.plan.words.terms("levels")
	columns := []column[*guideLine]{
		{table.Column{Name: "id", Title: "编号", TitleEN: "Id", Description: "区划/事项/业务办理项 / division, item, procedure", Distinct: true},
			func(l *guideLine) table.Value { return table.TextOf(guideID(l.Guide)) }},
		txt("division", "地方编号", "Place id", "", func(l *guideLine) string { return l.Division.ID }),
		txt("division_name", "地方", "Place", "", func(l *guideLine) string { return l.Division.Name }),
		txt("item", "事项编号", "Item id", "", func(l *guideLine) string { return l.Item.ID }),
		txt("item_name", "事项", "Item", "", func(l *guideLine) string { return l.Item.Name }),
		txt("procedure_no", "业务办理项序号", "Procedure number", "", func(l *guideLine) string { return l.Procedure.No }),
		txt("procedure_name", "业务办理项", "Procedure", "", func(l *guideLine) string { return l.Procedure.Name }),
		txt("level", "行使层级", "Level", "", func(l *guideLine) string { return levels.label(l.Level) }),
		txt("org_name", "实施主体", "Body", "", func(l *guideLine) string {
			if l.Org == nil {
				return ""
			}
			return l.Org.Name
		}),
		txt("task_code", "实施编码", "Implementation code", "31 位 / 31 characters", func(l *guideLine) string { return l.task }),
		txt("procedure_code", "业务办理项编码", "Procedure code", "33 位 / 33 characters", func(l *guideLine) string { return l.procedure }),
	}
	return slices.Concat(columns, x.guideTermColumns(), x.guideEndColumns())
}

// guideTermColumns say what one has to know to apply.
func (x *exporter) guideTermColumns() []column[*guideLine] {
	depths, units := x.plan.words.terms("depths"), x.plan.words.terms("units")
	return []column[*guideLine]{
		txt("promise", "承诺时限", "Promise", "各情形的时限用分号隔开 / several cases are separated by ；", func(l *guideLine) string { return l.promise }),
		col("promise_value", table.Integer, "承诺时限数值", "Promise, value", "只有一个时限时才有，0 是即办 / only where there is one limit; 0: at once", func(l *guideLine) table.Value {
			if l.single == nil {
				return table.Value{}
			}
			return table.IntegerOf(l.single.Value)
		}),
		txt("promise_unit", "承诺时限单位", "Promise, unit", "", func(l *guideLine) string {
			if l.single == nil {
				return ""
			}
			return units.label(l.single.Unit)
		}),
		txt("legal_limit", "法定时限", "Legal limit", "", func(l *guideLine) string { return l.legal }),
		col("visits", table.Integer, "到现场次数", "Visits", "", func(l *guideLine) table.Value { return integer(l.Access.Visits) }),
		col("papers_to_bring", table.Integer, "要带的材料份数", "Papers to bring, count", "各情形合计 / over all cases together", func(l *guideLine) table.Value {
			if !l.papers.stated {
				return table.Value{}
			}
			return table.IntegerOf(l.papers.bring)
		}),
		txt("papers_to_bring_names", "要带的材料", "Papers to bring", "", func(l *guideLine) string { return l.papers.toBring }),
		col("papers_waived", table.Integer, "不用带的材料份数", "Papers waived, count", "共享、电子证照或本地不收 / shared, electronic or dropped here", func(l *guideLine) table.Value {
			if !l.papers.stated {
				return table.Value{}
			}
			return table.IntegerOf(l.papers.waived)
		}),
		txt("papers_waived_names", "不用带的材料", "Papers waived", "", func(l *guideLine) string { return l.papers.notToBring }),
		col("charged", table.Boolean, "是否收费", "Charged", "", func(l *guideLine) table.Value {
			if l.Cost.Fee == nil || l.Cost.Fee.Charged == nil {
				return table.Value{}
			}
			return table.BooleanOf(*l.Cost.Fee.Charged)
		}),
		txt("fee", "收费", "Fee", "", func(l *guideLine) string { return l.fee }),
		txt("online", "网办深度", "Online", "", func(l *guideLine) string {
			if l.Access.Online == nil {
				return ""
			}
			return depths.label(l.Access.Online.Depth)
		}),
		txt("online_url", "网上入口", "Online entry", "", func(l *guideLine) string {
			if l.Access.Online == nil {
				return ""
			}
			return l.Access.Online.URL
		}),
		txt("halls", "办理地点", "Where", "", func(l *guideLine) string { return l.halls }),
	}
}

// guideEndColumns say how far a row can be trusted.
func (x *exporter) guideEndColumns() []column[*guideLine] {
	return []column[*guideLine]{
		col("differs", table.Integer, "本地不同之处", "Local differences", "和全省标准不同的键有几个，在表 locals 里 / how many keys differ from the standard; see the table locals",
			func(l *guideLine) table.Value { return table.IntegerOf(x.differing(l.Guide)) }),
		col("last_changed", table.Date, "最近变更", "Last changed", "没有历史为空 / null without history",
			func(l *guideLine) table.Value { return table.DateOf(int(l.changed)) }),
		col("verified", table.Boolean, "已核实", "Verified", "", func(l *guideLine) table.Value { return table.BooleanOf(l.checked != 0) }),
		col("verified_on", table.Date, "核实日期", "Verified on", "各份记录中最早的 / the oldest of its records",
			func(l *guideLine) table.Value { return table.DateOf(int(l.checked)) }),
		col("sample", table.Boolean, "演示数据", "Sample", "true 是演示用的假数据 / true: made up for demonstration",
			func(l *guideLine) table.Value { return table.BooleanOf(isSample(l.Item) || l.Division.Sample) }),
		{table.Column{Name: "url", Title: "网址", TitleEN: "Address", Distinct: true}, func(l *guideLine) table.Value { return table.TextOf(x.url(site.GuideURL(l.Guide))) }},
	}
}

// col and txt make a column of guides.
func col(name string, k table.Kind, zh, en, doc string, f func(*guideLine) table.Value) column[*guideLine] {
	return column[*guideLine]{table.Column{Name: name, Kind: k, Title: zh, TitleEN: en, Description: doc}, f}
}

func txt(name, zh, en, doc string, f func(*guideLine) string) column[*guideLine] {
	return col(name, table.Text, zh, en, doc, func(l *guideLine) table.Value { return text(f(l)) })
}

func integer(n *int) table.Value {
	if n == nil {
		return table.Value{}
	}
	return table.IntegerOf(*n)
}
