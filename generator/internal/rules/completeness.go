package rules

import (
	"fmt"
	"reflect"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// completenessRules name what a good record also has. None of them stops publication.
var completenessRules = []Rule{
	{
		ID: "no-faq", Family: "completeness", Severity: diag.Warning,
		Title:       diag.Text{ZH: "许可没有常见问题", EN: "a licence without questions and answers"},
		Reason:      diag.Text{ZH: "行政许可至少有一个常见问题（温州指南检查规则；GB/T 36114-2018）。", EN: "A licence has one question and answer at least (Wenzhou's guide checks)."},
		Explanation: diag.Text{ZH: "写群众真的会问的：要不要本人来、店面小的要不要办。", EN: "Write what people really ask."},
		Bad:         "# 没有 [[faq]] 的许可", Good: "[[faq]]\nid = \"small\"\nq = \"店面小要不要办？\"\na = \"不足50平方米的办小餐饮登记。\"",
		check: checkFAQ,
	}, {
		ID: "no-remedy", Family: "completeness", Severity: diag.Warning,
		Title:       diag.Text{ZH: "丢了怎么办没有写", EN: "no remedy for a paper that can be lost"},
		Reason:      diag.Text{ZH: "审批要件遗失或无法提供的，要有救济措施、明确替代要件（S0 五(六)）。", EN: "Where a paper is lost there is a remedy or an alternative (S0)."},
		Explanation: diag.Text{ZH: "写 remedy（到哪里补、要多久）或者 alternatives（拿什么代替）。", EN: "State remedy (where to get another) or alternatives."},
		Bad:         "name = \"户口簿\"\nkind = \"证件证书证明\"", Good: "name = \"户口簿\"\nkind = \"证件证书证明\"\nremedy = \"到户籍所在地派出所补领。\"",
		check: checkRemedy,
	}, {
		ID: "no-aliases", Family: "completeness", Severity: diag.Warning,
		Title:       diag.Text{ZH: "没有俗称", EN: "no everyday names"},
		Reason:      diag.Text{ZH: "群众按自己的叫法搜（S3“更加简明易懂实用”），没有俗称就搜不到。", EN: "People search in their own words (S3)."},
		Explanation: diag.Text{ZH: "写群众怎么叫它：饭店许可证、开饭店办证……", EN: "State what people call it."},
		Bad:         "name = \"食品经营许可\"", Good: "name = \"食品经营许可\"\naliases = [\"饭店许可证\", \"开饭店办证\"]",
		check: checkAliases,
	}, {
		ID: "verify-again", Family: "completeness", Severity: diag.Warning,
		Title:       diag.Text{ZH: "核实已经过了 12 个月", EN: "verified more than 12 months ago"},
		Reason:      diag.Text{ZH: "核实、补充、完善，确保办事指南完整准确（S1 二(一)）；情况会变，一年核对一次。", EN: "Guides are kept exact (S1): once a year they are compared again."},
		Explanation: diag.Text{ZH: "和出处再核对一次，改 verified.on；没空核对的，把 status 改成“未核实”。", EN: "Compare again and change verified.on, or write 未核实."},
		Bad:         `verified = { status = "已核实", on = 2020-01-01, role = "县审改办" }`, Good: `verified = { status = "已核实", on = 2026-10-01, role = "县审改办" }`,
		check: checkVerified,
	},
}

func checkFAQ(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		if p.Item.Type == "行政许可" && len(p.Questions.FAQ) == 0 {
			c.report(p.File, nil, words{
				zh: fmt.Sprintf("“%s”没有常见问题", p.Name), en: p.Name + " has no questions and answers",
				hint: "写 [[faq]]：群众真的会问的，先说结论", hintEN: "state [[faq]]: what people really ask",
			})
		}
	})
}

func checkRemedy(c *checker) {
	for _, m := range c.Materials.All {
		if m.Record.Kind == "证件证书证明" && m.Record.Remedy == "" && len(m.Record.Alternatives) == 0 {
			c.report(m.File, nil, words{
				zh: fmt.Sprintf("“%s”丢了怎么办没有写", m.Record.Name), en: m.ID + " has no remedy for its loss",
				hint: "写 remedy（到哪里补）或者 alternatives（拿什么代替）", hintEN: "state remedy or alternatives",
			})
		}
	}
}

func checkAliases(c *checker) {
	for _, i := range c.Items {
		if alive(i) && len(i.Aliases) == 0 {
			c.report(i.File, nil, words{
				zh: fmt.Sprintf("“%s”没有俗称，群众搜不到", i.Name), en: i.ID + " has no everyday names",
				hint: "写 aliases：群众会怎么叫、怎么搜", hintEN: "state aliases: what people call it",
			})
		}
	}
}

func checkVerified(c *checker) {
	c.onKey(typed(reflect.TypeFor[*record.Verified]()), func(at *place, v reflect.Value) {
		if len(at.path) != 1 || at.path[0] != "verified" {
			return
		}
		r := v.Interface().(*record.Verified)
		if r.Status != "已核实" || r.On == 0 || r.On+10000 >= c.AsOf { // a Date counts 10000 a year
			return
		}
		c.report(at.file, key("verified.on"), words{
			zh: r.On.Han() + "核实，已经过了 12 个月", en: "verified on " + r.On.String() + ", more than 12 months ago",
			hint: "再核对一次，或者把 status 改成“未核实”", hintEN: "compare again, or write 未核实",
		})
	})
}
