package rules

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// amountRules hold that numbers are numbers, so that they can be compared and added up.
var amountRules = []Rule{
	{
		ID: "amount-form", Family: "shape",
		Title:       diag.Text{ZH: "金额不是数字", EN: "an amount that is no number"},
		Reason:      diag.Text{ZH: "金额以元计、只写数字（GB/T 39046-2020 收费标准），才能比较、换算、排序。", EN: "An amount is a number of yuan (GB/T 39046-2020), or it cannot be compared."},
		Explanation: diag.Text{ZH: "amount 只写数字，如 \"80\"、\"0.5\"；单位写在 unit；按公式算的写 standard，不写 amount。", EN: "Write digits only, such as \"80\" or \"0.5\", the unit in unit; what follows a formula stands in standard."},
		Bad:         `items = [{ id = "fee", name = "工本费", amount = "10元", basis = "价费字〔1992〕240号" }]`, Good: `items = [{ id = "fee", name = "工本费", amount = "10", unit = "元/证", basis = "价费字〔1992〕240号" }]`,
		check: checkAmounts,
	}, {
		ID: "bare-day", Family: "shape",
		Title:       diag.Text{ZH: "单位只写“日”", EN: "a limit in bare 日"},
		Reason:      diag.Text{ZH: "工作日和自然日差一半（GB/T 39046-2020 时限单位）；法条只写“日”的，照印并注明。", EN: "Working and natural days differ (GB/T 39046-2020); where a law prints 日 it is shown so and marked."},
		Explanation: diag.Text{ZH: "写 工作日、自然日 或者 月；法律原文就是“日”的，写 unit = \"日\", as_written = true。承诺时限不用“日”。", EN: "Write 工作日, 自然日 or 月; where the law prints 日 write unit = \"日\", as_written = true."},
		Bad:         `legal_limit = [{ value = 20, unit = "日" }]`, Good: `legal_limit = [{ value = 20, unit = "日", as_written = true }]`,
		check: checkBareDays,
	}, {
		ID: "instant-steps", Family: "consistency", Severity: diag.Warning,
		Title:       diag.Text{ZH: "每一步都当场办，却承诺几天", EN: "every step at once, but days are promised"},
		Reason:      diag.Text{ZH: "通过审查申请材料即可作出决定的，原则上当场办结（S4 三(一)）；即办 ⇔ 0 天 ⇔ 即办件（温州指南检查规则）。", EN: "What is decided by looking at the papers is decided at once (S4); 即办 means 0 days (Wenzhou's guide checks)."},
		Explanation: diag.Text{ZH: "promise 改成 0；真要几天的，写清是哪一步用的。", EN: "Promise 0, or say which step takes the days."},
		Bad:         "promise = [{ value = 3, unit = \"工作日\" }]\n\n[[steps]]\nid = \"accept\"\nname = \"受理\"\nlimit = { value = 0, unit = \"工作日\" }", Good: "promise = [{ value = 0, unit = \"工作日\" }]\n\n[[steps]]\nid = \"accept\"\nname = \"受理\"\nlimit = { value = 0, unit = \"工作日\" }",
		check: checkInstantSteps,
	},
}

// decimal is an amount of money: digits, perhaps with a fraction.
var decimal = regexp.MustCompile(`^(0|[1-9][0-9]*)(\.[0-9]{1,4})?$`)

func checkAmounts(c *checker) {
	c.onText(keyed("amount", "value"), func(at *place, s string) {
		n := len(at.path)
		if at.path[n-1] == "value" && (n < 2 || at.path[n-2] != "amount") || decimal.MatchString(s) {
			return
		}
		c.report(at.file, at.path, words{
			zh: fmt.Sprintf("金额“%s”不是数字", s), en: fmt.Sprintf("the amount %q is no number", s),
			hint: "只写数字，例如 80；单位写在 unit，怎么算写在 standard", hintEN: "write digits only, such as 80; the unit stands in unit, a formula in standard",
		})
	})
}

func checkBareDays(c *checker) {
	look := func(at *place, path []string, l record.Limit) {
		switch {
		case bareDay(l):
			c.report(at.file, join(path, "unit"), words{
				zh: "“日”是工作日还是自然日？", en: "is 日 a working day or a natural day?",
				hint: "写 工作日 或者 自然日；法条原文就写“日”的，加上 as_written = true", hintEN: "write 工作日 or 自然日; where the law prints 日 add as_written = true",
			})
		case l.Unit != record.UnitDay && l.AsWritten:
			c.report(at.file, join(path, "as_written"), words{
				zh: fmt.Sprintf("as_written 只和 unit = \"日\" 一起用，这里是“%s”", l.Unit), en: "as_written goes with unit = 日 only",
				hint: "删掉 as_written", hintEN: "remove as_written",
			})
		}
	}
	limits := typed(reflect.TypeFor[[]record.Limit](), reflect.TypeFor[*record.Limit](), reflect.TypeFor[record.Limit]())
	c.onKey(limits, func(at *place, v reflect.Value) {
		switch l := v.Interface().(type) {
		case []record.Limit:
			for i := range l {
				look(at, join(at.path, strconv.Itoa(i)), l[i])
			}
		case *record.Limit:
			look(at, at.path, *l)
		case record.Limit:
			look(at, at.path, l)
		}
	})
}

// bareDay reports whether a limit says 日 without saying that the law does.
func bareDay(l record.Limit) bool { return l.Unit == record.UnitDay && !l.AsWritten }

func checkInstantSteps(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		if len(p.Timing.SpecialProcedures) > 0 {
			return
		}
		for _, choice := range choices(p.Scope.Cases) {
			promise, n, ok := limitOf(p.Timing.Promise, choice)
			if !ok || promise.Value == 0 || !allInstant(p.Process.Steps, choice) {
				continue
			}
			zh, en := inCase(p.Scope.Cases, choice)
			c.report(p.File, []string{"promise", strconv.Itoa(n)}, words{
				zh: fmt.Sprintf("%s每一步都写着当场办，却承诺%s", zh, promise), en: "every step is done at once, but " + promise.String() + " is promised" + en,
				hint: "promise 改成 0，或者写清哪一步要几天", hintEN: "promise 0, or say which step takes the days",
			}.note(p.File.Position("steps"), "环节", "the steps"))
			return
		}
	})
}

// allInstant reports whether every step of a case states a limit and all of them are 0.
func allInstant(steps []*catalog.Step, choice record.Choice) bool {
	n := 0
	for _, s := range steps {
		if !s.When.Holds(choice) {
			continue
		}
		if s.Limit == nil || s.Limit.Value != 0 || s.Wait != nil {
			return false
		}
		n++
	}
	return n > 0
}
