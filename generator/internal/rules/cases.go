package rules

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// caseRules hold that questions lead every applicant to a guide.
var caseRules = []Rule{
	{
		ID: "too-many-cases", Family: "cases",
		Title:       diag.Text{ZH: "问得太多", EN: "too many questions"},
		Reason:      diag.Text{ZH: "办事指南要简明易懂实用（S3）；超过 4 问 6 选项，没有人答得完。", EN: "Guides must be short and plain (S3); nobody answers more than 4 questions of 6 options."},
		Explanation: diag.Text{ZH: "把差别大的情形拆成另一个业务办理项，或者合并选项。", EN: "Make a procedure of its own, or merge options."},
		Bad:         "# 五个 [[cases]]", Good: "[[cases]]\nid = \"kind\"\nquestion = \"您做哪一种买卖？\"\noptions = [{ id = \"sale\", label = \"卖食品\" }, { id = \"catering\", label = \"开饭店\" }]",
		check: checkTooMany,
	}, {
		ID: "unknown-case", Family: "cases",
		Title:       diag.Text{ZH: "when 里的问题或选项不存在", EN: "a condition on a question or option that does not exist"},
		Reason:      diag.Text{ZH: "条件写错，这份材料就永远不出现，或者总是出现（S1“一次性告知”）。", EN: "A wrong condition never holds, and applicants are told the wrong thing (S1)."},
		Explanation: diag.Text{ZH: "when 写 { 问题编号 = [\"选项编号\"] }，编号照 [[cases]] 里的。", EN: "Write when = { question = [\"option\"] } with the ids of [[cases]]."},
		Bad:         `when = { kind = ["caterring"] }`, Good: `when = { kind = ["catering"] }`,
		check: checkUnknownCase,
	}, {
		ID: "contradictory-case", Family: "cases",
		Title:       diag.Text{ZH: "条件永远不成立", EN: "a condition that never holds"},
		Reason:      diag.Text{ZH: "永远不成立的条件等于把内容藏起来（S2“公开透明”）。", EN: "What never holds hides what it stands on (S2)."},
		Explanation: diag.Text{ZH: "每个问题至少列一个选项；都适用就不写 when。", EN: "Name at least one option; where it always holds leave when out."},
		Bad:         `when = { kind = [] }`, Good: `when = { kind = ["sale"] }`,
		check: checkContradictory,
	}, {
		ID: "unused-case", Family: "cases", Severity: diag.Warning,
		Title:       diag.Text{ZH: "问了却没有用", EN: "a question that decides nothing"},
		Reason:      diag.Text{ZH: "办事指南要简明易懂实用（S3）：答案不影响任何内容的问题不用问。", EN: "Do not ask what changes nothing (S3)."},
		Explanation: diag.Text{ZH: "删掉这个问题，或者在材料、时限、环节等处用 when 引用它。", EN: "Remove the question, or use it in a when."},
		Bad:         "# 没有一处 when 用到 area\n[[cases]]\nid = \"area\"\nquestion = \"您的店多大？\"\noptions = [{ id = \"small\", label = \"小\" }, { id = \"large\", label = \"大\" }]", Good: `when = { area = ["large"] }`,
		check: checkUnusedCase,
	}, {
		ID: "case-without-authority", Family: "cases",
		Title:       diag.Text{ZH: "有的情形没有人受理、决定", EN: "a case that nobody decides"},
		Reason:      diag.Text{ZH: "每一种情形都要说清谁受理、谁决定（S2“权责一致”）。", EN: "Every case has somebody who decides (S2)."},
		Explanation: diag.Text{ZH: "给剩下的选项补一条 authority，或者去掉一条的 when。", EN: "Add an authority for the remaining options, or remove a when."},
		Bad:         "authority = [{ when = { stage = [\"high\"] }, decide = \"市级\" }]", Good: "authority = [{ when = { stage = [\"high\"] }, decide = \"市级\" }, { when = { stage = [\"primary\"] }, decide = \"县级\" }]",
		check: checkCaseAuthority,
	}, {
		ID: "case-without-limit", Family: "cases",
		Title:       diag.Text{ZH: "有的情形没有时限", EN: "a case without a limit"},
		Reason:      diag.Text{ZH: "办结时限是办事指南必须列明的（S2 四(一)）。", EN: "A guide states its limit (S2)."},
		Explanation: diag.Text{ZH: "给剩下的选项补一条时限，或者写一条不带 when 的放在最后。", EN: "Add a limit for the remaining options, or one without when at the end."},
		Bad:         "promise = [{ value = 5, unit = \"工作日\", when = { kind = [\"sale\"] } }]", Good: "promise = [{ value = 5, unit = \"工作日\", when = { kind = [\"sale\"] } }, { value = 10, unit = \"工作日\" }]",
		check: checkCaseLimit,
	}, {
		ID: "any-of", Family: "cases", Severity: diag.Warning,
		Title:       diag.Text{ZH: "任选其一没有可选的", EN: "one-of without a choice"},
		Reason:      diag.Text{ZH: "一次性告知要准确（S3 首问负责、一次性告知）：只有一份的“任选其一”就是必交，一份都没有的就交不了。", EN: "Applicants are told exactly what to bring (S3)."},
		Explanation: diag.Text{ZH: "同一个 any_of 至少两份材料，并且每个情形都至少有一份可选。", EN: "A group any_of has two materials at least, and one at least in every case."},
		Bad:         "[[materials]]\nmaterial = \"id-card\"\nnecessity = \"必要\"\nany_of = \"identity\"", Good: "[[materials]]\nmaterial = \"id-card\"\nnecessity = \"必要\"\nany_of = \"identity\"\n\n[[materials]]\nmaterial = \"household-register\"\nnecessity = \"必要\"\nany_of = \"identity\"",
		check: checkAnyOf,
	},
}

// procedures calls f for every procedure whose item is or will be handled.
func (c *checker) procedures(f func(p *catalog.Procedure)) { eachLiving(c.Catalog, f) }

// eachLiving calls f for every procedure that is or will be handled.
func eachLiving(c *catalog.Catalog, f func(p *catalog.Procedure)) {
	for _, i := range c.Items {
		if !alive(i) {
			continue
		}
		for _, p := range i.Procedures {
			if p.Status != record.StatusCancelled && p.Status != record.StatusMerged {
				f(p)
			}
		}
	}
}

// casesOf returns the questions that a when in a record may use. A local record uses those of the standard, or its own.
func (c *checker) casesOf(at *place) ([]record.Case, bool) {
	switch r := at.file.Record.(type) {
	case *record.Procedure:
		return r.Cases, true
	case *record.Bundle:
		return r.Cases, true
	case *record.Implementation:
		i := c.Item(at.file.IDs[1])
		if i == nil {
			return nil, false
		}
		cases := slices.Clone(r.Cases)
		for _, p := range i.Procedures {
			if at.path[0] != "procedure" || at.path[1] == p.No {
				cases = append(cases, p.Scope.Cases...)
			}
		}
		if at.path[0] == "procedure" {
			cases = append(cases, r.Procedure[at.path[1]].Cases...)
		}
		return cases, true
	}
	return nil, false
}

func checkTooMany(c *checker) {
	c.onList(func(at *place, v reflect.Value) {
		cases, ok := v.Interface().([]record.Case)
		if !ok {
			return
		}
		if len(cases) > maxQuestions {
			c.report(at.file, join(at.path, strconv.Itoa(maxQuestions)), words{
				zh: fmt.Sprintf("问了 %d 个问题，最多 %d 个", len(cases), maxQuestions), en: fmt.Sprintf("%d questions, %d at most", len(cases), maxQuestions),
				hint: "拆成另一个业务办理项，或者去掉不影响材料的问题", hintEN: "make another procedure, or remove a question",
			})
		}
		for i, q := range cases {
			if len(q.Options) > maxOptions {
				c.report(at.file, join(at.path, strconv.Itoa(i), "options"), words{
					zh: fmt.Sprintf("“%s”有 %d 个选项，最多 %d 个", q.Question, len(q.Options), maxOptions), en: fmt.Sprintf("%d options, %d at most", len(q.Options), maxOptions),
					hint: "合并结果一样的选项", hintEN: "merge options that lead to the same",
				})
			} else if len(q.Options) == 1 {
				c.report(at.file, join(at.path, strconv.Itoa(i), "options"), words{
					zh: fmt.Sprintf("“%s”只有一个选项", q.Question), en: "a question with one option",
					hint: "至少两个选项；只有一种情形就不用问", hintEN: "at least two, or do not ask",
				})
			}
		}
	})
}

func checkUnknownCase(c *checker) {
	c.onWhen(func(at *place, w record.When) {
		cases, ok := c.casesOf(at)
		if !ok {
			return
		}
		for _, q := range sortedKeys(w) {
			var questions []string
			var options []string
			for _, one := range cases {
				questions = append(questions, one.ID)
				if one.ID == q {
					for _, o := range one.Options {
						options = append(options, o.ID)
					}
				}
			}
			if !slices.Contains(questions, q) {
				hint, hintEN := suggestOf(q, questions, "有的问题：", "the questions are: ")
				c.report(at.file, join(at.path, q), words{
					zh: fmt.Sprintf("没有编号为 %q 的问题，这个条件永远不成立", q), en: fmt.Sprintf("there is no question %q, so this never holds", q),
					hint: hint, hintEN: hintEN,
				})
				continue
			}
			for n, o := range w[q] {
				if slices.Contains(options, o) {
					continue
				}
				hint, hintEN := suggestOf(o, options, "有的选项：", "the options are: ")
				c.report(at.file, join(at.path, q, strconv.Itoa(n)), words{
					zh: fmt.Sprintf("问题 %s 没有选项 %q", q, o), en: fmt.Sprintf("the question %s has no option %q", q, o),
					hint: hint, hintEN: hintEN,
				})
			}
		}
	})
}

// suggestOf is suggest, or else the list of what there is.
func suggestOf(word string, known []string, zh, en string) (string, string) {
	if hint, hintEN := suggest(word, known, nil); hint != "" {
		return hint, hintEN
	}
	if len(known) == 0 {
		return "这个业务办理项没有提问（[[cases]]），去掉 when", "nothing is asked here ([[cases]]); remove when"
	}
	return zh + strings.Join(first(known, 12), "、"), en + strings.Join(first(known, 12), ", ")
}

func checkContradictory(c *checker) {
	c.onWhen(func(at *place, w record.When) {
		for _, q := range sortedKeys(w) {
			if len(w[q]) == 0 {
				c.report(at.file, join(at.path, q), words{
					zh: fmt.Sprintf("问题 %s 一个选项也没列，这个条件永远不成立", q), en: fmt.Sprintf("no option of %s is named, so this never holds", q),
					hint: "列出选项；都适用就不写 when", hintEN: "name options, or leave when out",
				})
			}
		}
	})
}

// checkUnusedCase notes the questions that conditions use while files are walked, and looks at the end for the rest.
func checkUnusedCase(c *checker) {
	used := map[*catalog.File]map[string]bool{}
	c.onWhen(func(at *place, w record.When) {
		if used[at.file] == nil {
			used[at.file] = map[string]bool{}
		}
		for q := range w {
			used[at.file][q] = true
		}
	})
	c.atEnd(func() {
		for _, f := range c.files {
			var cases []record.Case
			switch r := f.Record.(type) {
			case *record.Procedure:
				cases = r.Cases
			case *record.Bundle:
				cases = r.Cases
			}
			for i, q := range cases {
				if !used[f][q.ID] && !c.broken[f.Path] {
					c.report(f, []string{"cases", strconv.Itoa(i)}, words{
						zh: fmt.Sprintf("“%s”的答案不影响任何内容", q.Question), en: fmt.Sprintf("the answer to %s changes nothing", q.ID),
						hint: "去掉这个问题，或者在材料、时限等处用 when = { " + q.ID + " = […] }", hintEN: "remove it, or use when = { " + q.ID + " = […] }",
					})
				}
			}
		}
	})
}

func checkCaseAuthority(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		list := p.Powers.Authority
		if len(list) == 0 {
			return
		}
		for _, choice := range choices(p.Scope.Cases) {
			if slices.ContainsFunc(list, func(a record.Authority) bool { return a.When.Holds(choice) }) {
				continue
			}
			zh, en := inCase(p.Scope.Cases, choice)
			c.report(p.File, key("authority"), words{
				zh: zh + "没有写谁受理、谁决定", en: "nobody accepts or decides" + en,
				hint: "给这个情形补一条 authority", hintEN: "add an authority for this case",
			})
			return
		}
	})
}

func checkCaseLimit(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		for _, one := range []struct {
			key, zh string
			limits  []record.Limit
		}{{"legal_limit", "法定时限", p.Timing.LegalLimit}, {"promise", "承诺时限", p.Timing.Promise}} {
			if len(one.limits) == 0 {
				continue
			}
			for _, choice := range choices(p.Scope.Cases) {
				if _, _, ok := limitOf(one.limits, choice); ok {
					continue
				}
				zh, en := inCase(p.Scope.Cases, choice)
				c.report(p.File, key(one.key), words{
					zh: zh + "没有" + one.zh, en: one.key + " is missing" + en,
					hint: "补一条，或者写一条不带 when 的放在最后", hintEN: "add one, or one without when at the end",
				})
				break
			}
		}
	})
}

// checkAnyOf looks for groups of one, and for cases in which a group has nothing to offer although its members are for
// different cases: then one case was forgotten. A group all of whose members have the same condition is for that case only.
func checkAnyOf(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		groups := map[string][]int{}
		for i, line := range p.Papers.Lines {
			if line.AnyOf != "" {
				groups[line.AnyOf] = append(groups[line.AnyOf], i)
			}
		}
		for _, name := range sortedKeys(groups) {
			lines := groups[name]
			where := []string{"materials", strconv.Itoa(lines[0]), "any_of"}
			if len(lines) == 1 {
				c.report(p.File, where, words{
					zh: fmt.Sprintf("“%s”只有这一份材料，没有别的可选", name), en: fmt.Sprintf("the group %s has one material only", name),
					hint: "补上可以代替的材料，或者去掉 any_of", hintEN: "add what may be brought instead, or remove any_of",
				})
				continue
			}
			same := true
			for _, n := range lines {
				same = same && reflect.DeepEqual(p.Papers.Lines[n].When, p.Papers.Lines[lines[0]].When)
			}
			if same {
				continue
			}
			for _, choice := range choices(p.Scope.Cases) {
				if slices.ContainsFunc(lines, func(n int) bool { return p.Papers.Lines[n].When.Holds(choice) }) {
					continue
				}
				zh, en := inCase(p.Scope.Cases, choice)
				c.report(p.File, where, words{
					zh: zh + fmt.Sprintf("“%s”没有一份可交", name), en: fmt.Sprintf("the group %s has nothing to bring", name) + en,
					hint: "给这个情形补一份材料；确实不要的，把这一组的 when 写成一样", hintEN: "add a material for this case; where none is needed give all members the same when",
				})
				break
			}
		}
	})
}
