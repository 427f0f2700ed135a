package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// limitRules hold that the times a guide states fit together.
var limitRules = []Rule{
	{
		ID: "promise-over-legal", Family: "consistency",
		Title:       diag.Text{ZH: "承诺时限比法定时限长", EN: "a promise longer than the law allows"},
		Reason:      diag.Text{ZH: "行政机关应当在法定期限内办结（行政许可法第四十二条）；承诺只能更短。", EN: "The law's limit binds (Licensing Law 42); a promise is shorter."},
		Explanation: diag.Text{ZH: "改短承诺；单位不同而比不出的（如 1 个月和 20 个工作日），承诺改用法定的单位。", EN: "Shorten the promise; where units cannot be compared use the law's."},
		Bad:         "legal_limit = [{ value = 10, unit = \"工作日\" }]\npromise = [{ value = 15, unit = \"工作日\" }]", Good: "legal_limit = [{ value = 10, unit = \"工作日\" }]\npromise = [{ value = 5, unit = \"工作日\" }]",
		check: checkLegal,
	}, {
		ID: "steps-over-promise", Family: "consistency",
		Title:       diag.Text{ZH: "各环节时限加起来超过承诺", EN: "the steps take longer than the promise"},
		Reason:      diag.Text{ZH: "办事指南细化到每个环节（S2），各环节之和不超过承诺时限（温州指南检查规则）。", EN: "The limits of the steps add up to no more than the promise (Wenzhou's guide checks)."},
		Explanation: diag.Text{ZH: "改短环节时限，或者改承诺；同时进行的环节只给其中一个写时限。", EN: "Shorten steps or change the promise; of steps at the same time give one a limit."},
		Bad:         "promise = [{ value = 3, unit = \"工作日\" }]\n\n[[steps]]\nid = \"review\"\nname = \"审查\"\nlimit = { value = 5, unit = \"工作日\" }", Good: "promise = [{ value = 5, unit = \"工作日\" }]\n\n[[steps]]\nid = \"review\"\nname = \"审查\"\nlimit = { value = 5, unit = \"工作日\" }",
		check: checkSteps,
	}, {
		ID: "instant", Family: "consistency",
		Title:       diag.Text{ZH: "承诺即办，却要等特别程序", EN: "done at once, but a special procedure must pass"},
		Reason:      diag.Text{ZH: "即办 ⇔ 0 天 ⇔ 即办件（温州指南检查规则）；要现场核查、听证的办不到当场办结。", EN: "即办 means 0 days (Wenzhou's guide checks); an inspection cannot be done at once."},
		Explanation: diag.Text{ZH: "特别程序不计入时限的写 counted = false；计入的，承诺要大于 0。", EN: "Write counted = false where its time is not part of the promise, else promise more than 0."},
		Bad:         "promise = [{ value = 0, unit = \"工作日\" }]\n\n[[special_procedures]]\nid = \"inspection\"\nkind = \"现场核查\"\ncounted = true\nlimit = { value = 5, unit = \"工作日\" }", Good: "promise = [{ value = 5, unit = \"工作日\" }]\n\n[[special_procedures]]\nid = \"inspection\"\nkind = \"现场核查\"\ncounted = true\nlimit = { value = 5, unit = \"工作日\" }",
		check: checkInstant,
	}, {
		ID: "special-without-limit", Family: "consistency", Severity: diag.Warning,
		Title:  diag.Text{ZH: "特别程序没有时限", EN: "a special procedure without a limit"},
		Reason: diag.Text{ZH: "现场勘验、技术审查、听证论证实行清单管理，限时办结并向社会公布（S3 二(一)）。", EN: "Inspections, reviews and hearings are listed with limits (S3)."},
		Explanation: diag.Text{
			ZH: "写 limit；法律法规没有规定的，按承诺写。还说不出的，在 note 开头写明“法律法规未规定期限”或者“期限尚未核实”，不要编一个。",
			EN: "State limit; where the law has none, what is promised. Where it cannot be told, let note begin with 法律法规未规定期限 (the law sets none) or 期限尚未核实 (not yet verified); never invent one.",
		},
		Bad: "[[special_procedures]]\nid = \"inspection\"\nkind = \"现场核查\"", Good: "[[special_procedures]]\nid = \"inspection\"\nkind = \"现场核查\"\nlimit = { value = 5, unit = \"工作日\" }",
		check: checkSpecialLimit,
	},
}

func checkLegal(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		for _, choice := range choices(p.Scope.Cases) {
			promise, n, ok := limitOf(p.Timing.Promise, choice)
			legal, m, law := limitOf(p.Timing.LegalLimit, choice)
			if !ok || !law || bareDay(promise) || bareDay(legal) || !c.longer(promise, legal) {
				continue // what 日 means is to be said first
			}
			zh, en := inCase(p.Scope.Cases, choice)
			w := words{
				zh: zh + "承诺时限" + promise.String() + "比法定时限" + legal.String() + "长", en: "the promise of " + promise.String() + " is longer than the legal limit of " + legal.String() + en,
				hint: "改短承诺", hintEN: "shorten the promise",
			}
			if _, comparable := promise.Compare(legal); !comparable {
				w.zh, w.en = zh+"承诺时限"+promise.String()+"和法定时限"+legal.String()+"单位不同，比不出长短", "the promise of "+promise.String()+" cannot be compared with the legal limit of "+legal.String()+en
				w.hint, w.hintEN = "承诺改用法定时限的单位", "use the unit of the legal limit"
			}
			c.report(p.File, []string{"promise", strconv.Itoa(n)}, w.note(p.File.Position("legal_limit", strconv.Itoa(m)), "法定时限", "the legal limit"))
			return
		}
	})
}

// checkSteps adds up the limits of the steps of each case where all of them have the promise's unit. Where a place changes a
// step's limit and its promise the two are in one record too; where it changes only the promise inherited limits are hidden.
func checkSteps(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		for _, choice := range choices(p.Scope.Cases) {
			promise, n, ok := limitOf(p.Timing.Promise, choice)
			sum, added := sumOf(p.Process.Steps, choice, promise.Unit)
			if !ok || !added || sum <= promise.Value {
				continue
			}
			zh, en := inCase(p.Scope.Cases, choice)
			c.report(p.File, []string{"promise", strconv.Itoa(n)}, words{
				zh: fmt.Sprintf("%s各环节时限加起来是 %d 个%s，超过承诺的%s", zh, sum, promise.Unit, promise), en: fmt.Sprintf("the steps take %d, the promise is %s%s", sum, promise, en),
				hint: "改短环节时限；同时进行的只给其中一个写时限", hintEN: "shorten steps; of steps at the same time give one a limit",
			}.note(p.File.Position("steps"), "环节", "the steps"))
			return
		}
	})
	c.overriding("promise", func(g *catalog.Guide, o catalog.Origin) {
		if g.Process.HideLimits || g.Process == g.Procedure.Process {
			return
		}
		for _, choice := range choices(g.Scope.Cases) {
			promise, n, ok := limitOf(g.Timing.Promise, choice)
			sum, added := sumOf(g.Process.Steps, choice, promise.Unit)
			if ok && added && sum > promise.Value {
				zh, en := inCase(g.Scope.Cases, choice)
				c.report(o.File, join(o.Path, strconv.Itoa(n)), words{
					zh: fmt.Sprintf("%s各环节时限加起来是 %d 个%s，超过这里承诺的%s", zh, sum, promise.Unit, promise), en: fmt.Sprintf("the steps take %d, the promise is %s%s", sum, promise, en),
					hint: "这里也改短其他环节的时限，或者不改环节", hintEN: "shorten the other steps too, or change none",
				})
				return
			}
		}
	})
}

// sumOf adds up the limits of steps in a case; added is false where no step has one or the units differ.
func sumOf(steps []*catalog.Step, choice record.Choice, unit string) (sum int, added bool) {
	for _, s := range steps {
		if s.Limit == nil || s.Drop != nil || !s.When.Holds(choice) {
			continue
		}
		if s.Limit.Value != 0 && s.Limit.Unit != unit {
			return 0, false
		}
		sum += s.Limit.Value
		added = true
	}
	return sum, added
}

func checkInstant(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		for _, choice := range choices(p.Scope.Cases) {
			promise, n, ok := limitOf(p.Timing.Promise, choice)
			if !ok || promise.Value != 0 {
				continue
			}
			for m, s := range p.Timing.SpecialProcedures {
				if !s.Counted || !s.When.Holds(choice) || s.Limit != nil && s.Limit.Value == 0 {
					continue
				}
				zh, en := inCase(p.Scope.Cases, choice)
				c.report(p.File, []string{"promise", strconv.Itoa(n)}, words{
					zh: zh + "承诺即办，却要先" + s.Kind, en: "done at once, but " + s.Kind + " must pass" + en,
					hint: "承诺要大于 0；不计入时限的写 counted = false", hintEN: "promise more than 0, or write counted = false",
				}.note(p.File.Position("special_procedures", strconv.Itoa(m)), "特别程序", "the special procedure"))
				return
			}
		}
	})
}

// limitNotes are how the note of a special procedure begins that owns up to having no limit.
var limitNotes = []string{"法律法规未规定期限", "期限尚未核实"}

func checkSpecialLimit(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		for i, s := range p.Timing.SpecialProcedures {
			if s.Limit != nil || slices.ContainsFunc(limitNotes, func(begin string) bool { return strings.HasPrefix(s.Note, begin) }) {
				continue
			}
			c.report(p.File, []string{"special_procedures", strconv.Itoa(i)}, words{
				zh: fmt.Sprintf("“%s”没有写时限", s.Kind), en: fmt.Sprintf("%s has no limit", s.ID),
				hint: "特别程序要限时办结并公布：写 limit；没有规定或者查不到的，note 以“" + strings.Join(limitNotes, "”或者“") + "”开头", hintEN: "state limit, or let note begin with " + strings.Join(limitNotes, " or "),
			})
		}
	})
}
