package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// paperRules hold that no paper is asked for twice, for nothing, or without being listed.
var paperRules = []Rule{
	{
		ID: "proof-not-listed", Family: "consistency", Severity: diag.Warning,
		Title:       diag.Text{ZH: "条件里要的证明，材料里没有", EN: "a proof named in a condition only"},
		Reason:      diag.Text{ZH: "一次性告知要准确完整（S3 首问负责、一次性告知）；藏在条件里的材料，人到了窗口才知道没带。", EN: "Applicants are told once and in full what to bring (S3)."},
		Explanation: diag.Text{ZH: "把它列进 materials；不用交的，条件里只说要满足什么，不说拿什么证明。", EN: "List it in materials; where it is not handed in let the condition say what must hold, not by which paper."},
		Bad:         `conditions = [{ id = "body", text = "提交健康检查证明。" }]`, Good: `conditions = [{ id = "body", text = "身体健康，能正常工作。" }]`,
		check: checkProofs,
	}, {
		ID: "obtainable-paper", Family: "consistency", Severity: diag.Warning,
		Title:  diag.Text{ZH: "能共享的材料还要交", EN: "a paper that the office can look up"},
		Reason: diag.Text{ZH: "凡是能通过网络共享复用的材料，不得要求服务对象重复提交（S2 三(三)；S3 二(四)）。", EN: "What can be had by sharing may not be asked for (S2, S3)."},
		Explanation: diag.Text{
			ZH: "要件库里写着能共享、能用电子证照的，这里也写 waived_by；确实要原件的，在 accept_standard 里说清原件用来做什么：当面核对、交回旧证。",
			EN: "Where the library says that it can be shared or shown electronically, state waived_by; where the original is needed say what for in accept_standard.",
		},
		Bad:  "# 要件库里营业执照 waived_by = [\"数据共享\"]\n[[materials]]\nmaterial = \"business-license\"\nnecessity = \"必要\"",
		Good: "[[materials]]\nmaterial = \"business-license\"\nnecessity = \"必要\"\nwaived_by = [\"数据共享\", \"电子证照\"]",

		check: checkObtainable,
	}, {
		ID: "paper-and-electronic", Family: "consistency", SeverityFrom: graceEnd,
		Title:       diag.Text{ZH: "纸质的、电子的都要", EN: "on paper and electronically as well"},
		Reason:      diag.Text{ZH: "已在线收取申请材料的，不得要求申请人重复提交纸质材料（S3 二(四)）；电子文件与纸质文件具有同等法律效力（S1）。", EN: "What was taken online may not be asked for on paper again (S3); both have the same force (S1)."},
		Explanation: diag.Text{ZH: "一份材料只列一次，form 写“纸质或电子”；说明里不要再要一遍。", EN: "List it once with form = 纸质或电子, and do not ask again in notes."},
		Bad:         `fill_note = "网上上传后，还要交纸质原件。"`, Good: `fill_note = "网上传的不用再交纸质的。"`,
		check: checkTwice,
	}, {
		ID: "paper-only", Family: "consistency", Severity: diag.Warning,
		Title:       diag.Text{ZH: "不用跑，材料却只收纸质的", EN: "no visit, but paper only"},
		Reason:      diag.Text{ZH: "网上可办要全部办理要件通过网上提交（S1 二(二)）。", EN: "What is done online takes every paper online (S1)."},
		Explanation: diag.Text{ZH: "form 改成“纸质或电子”；真要纸质的，说清怎么交：寄来、交回、由谁送。", EN: "Make the form 纸质或电子, or say how the paper comes: by post, by whom."},
		Bad:         "visits = 0\nchannels = [\"网上办理\"]\nonline = { depth = \"办理\" }\n\n[[materials]]\nmaterial = \"photo\"\nnecessity = \"必要\"\nform = \"纸质\"", Good: "visits = 0\nchannels = [\"网上办理\"]\nonline = { depth = \"办理\" }\n\n[[materials]]\nmaterial = \"photo\"\nnecessity = \"必要\"\nform = \"纸质或电子\"",
		check: checkPaperOnly,
	}, {
		ID: "collected-before", Family: "consistency", Severity: diag.Warning,
		Title:       diag.Text{ZH: "前一件事发的证，后一件事还要交", EN: "a result of an earlier step asked for again"},
		Reason:      diag.Text{ZH: "上一个服务环节已收取的材料，不得要求重复提交（S1 四(四)）。", EN: "What an earlier step has may not be asked for again (S1)."},
		Explanation: diag.Text{ZH: "在后一件事的材料上写 waived_by = [\"数据共享\"] 或者 [\"电子证照\"]；要收回旧证的，在 accept_standard 里说清。", EN: "State waived_by for the material of the later procedure; where the original is taken back say so in accept_standard."},
		Bad:         "# 一件事里先办营业执照，再办许可；许可的材料\n[[materials]]\nmaterial = \"business-license\"\nnecessity = \"必要\"", Good: "[[materials]]\nmaterial = \"business-license\"\nnecessity = \"必要\"\nwaived_by = [\"数据共享\"]",
		check: checkCollected,
	},
}

// handedOver is a verb of bringing with a paper after it.
var handedOver = regexp.MustCompile(`(?:提交|提供|交验|递交|附上|附有|带上|交来|上交|出示)(?:了|过)?([^，。；、（）“”]{0,16}(?:证明|证书|报告|合同|承诺书|执照|审批表|许可证|登记证|户口簿|身份证))`)

func checkProofs(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		if !p.Papers.Stated {
			return
		}
		for i, cond := range p.Scope.Conditions {
			m := handedOver.FindStringSubmatch(cond.Text)
			if m == nil || denials.in(cond.Text) >= 0 || demands(p, m[1]) {
				continue
			}
			c.report(p.File, []string{"conditions", strconv.Itoa(i), "text"}, words{
				zh: fmt.Sprintf("条件里要“%s”，申请材料里没有", m[1]), en: fmt.Sprintf("a condition asks for %s, which the materials do not list", m[1]),
				hint: "列进 materials；不用交的，条件里只说要满足什么", hintEN: "list it, or let the condition say what must hold",
			}.note(p.File.Position("materials"), "申请材料", "the materials"))
		}
	})
}

// demands reports whether one of the materials of a procedure is what a text calls proof: one name is part of the other.
func demands(p *catalog.Procedure, proof string) bool {
	proof = bare(proof)
	for _, line := range p.Papers.Lines {
		names := []string{line.Name()}
		if line.Library != nil {
			names = append(names, line.Library.Record.Aliases...)
		}
		for _, n := range names {
			if n = bare(n); strings.Contains(proof, n) || strings.Contains(n, proof) {
				return true
			}
		}
	}
	return false
}

// needsOriginal are words that say what the original of a paper is for.
var needsOriginal = regexp.MustCompile(`原件|交回|收回|退还|核对|核验|出示|当场|当面|旧|不用|声明|联网|确认|签`)

func checkObtainable(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		for i, line := range p.Papers.Lines {
			if line.Library == nil || line.Necessity != record.Required || len(line.WaivedBy) > 0 || needsOriginal.MatchString(line.FillNote+line.AcceptStandard) {
				continue
			}
			lib := line.Library.Record
			key, how := "waived_by", strings.Join(lib.WaivedBy, "、")
			if !slices.Contains(lib.WaivedBy, "数据共享") {
				if lib.SharedFrom == "" {
					continue
				}
				key, how = "shared_from", lib.SharedFrom
			}
			c.report(p.File, []string{"materials", strconv.Itoa(i)}, words{
				zh: fmt.Sprintf("“%s”窗口自己能查到（%s），不能再要群众交", line.Name(), how), en: fmt.Sprintf("the office can look up %s itself", line.Key()),
				hint: "写 waived_by = [\"数据共享\"]；确实要原件的，在 accept_standard 里说清用来做什么", hintEN: "state waived_by, or say in accept_standard what the original is for",
			}.note(line.Library.File.Position(key), "要件库里写着能共享", "the library says so"))
		}
	})
}

// askedAgain is how a text asks for what was handed in already, in the other form.
var askedAgain = regexp.MustCompile(`(网上|在线|上传|电子版|电子件|扫描件)[^。；]{0,14}(还要|还需|仍要|仍需|另交|再交|再提交|并交|同时提交|同时交)[^。；]{0,8}(纸质|纸面|原件)|(纸质|纸面)[^。；]{0,6}(和|及|与|以及|、)(电子|扫描)[^。；]{0,6}(都要|各|均)`)

// notAgain says the contrary.
var notAgain = regexp.MustCompile(`(不用|不要|不必|无需|不再|免)[^。；]{0,6}(纸质|纸面|原件|再交|重复)`)

func checkTwice(c *checker) {
	find := func(s string) string {
		if !strings.Contains(s, "纸") && !strings.Contains(s, "原件") || notAgain.MatchString(s) {
			return ""
		}
		return askedAgain.FindString(s)
	}
	c.onFound(find, func(at *place, _, found string) {
		if told(at) && c.living(at.file) && at.path[len(at.path)-1] != "q" {
			c.report(at.file, at.path, words{
				zh: fmt.Sprintf("“%s”：网上交过的不能再要纸质的", found), en: "what was handed in online may not be asked for on paper again",
				hint: "只要一种，由申请人选；删掉这句", hintEN: "ask for one form, as the applicant chooses; remove it",
			})
		}
	})
	c.procedures(func(p *catalog.Procedure) {
		first := map[string]int{}
		for i, line := range p.Papers.Lines {
			n, twice := first[line.Material]
			if !twice {
				first[line.Material] = i
				continue
			}
			other := p.Papers.Lines[n]
			if line.Form == other.Form || line.Form == "" || other.Form == "" || line.AnyOf != "" || !together(p.Scope.Cases, line.When, other.When) {
				continue
			}
			c.report(p.File, []string{"materials", strconv.Itoa(i)}, words{
				zh: fmt.Sprintf("“%s”%s的要了，%s的也要", line.Name(), other.Form, line.Form), en: fmt.Sprintf("%s is asked for as %s and as %s", line.Material, other.Form, line.Form),
				hint: "并成一条，form 写“纸质或电子”", hintEN: "make one line of both with form = 纸质或电子",
			}.note(p.File.Position("materials", strconv.Itoa(n)), "先要的一份", "the first"))
		}
	})
}

// together reports whether two conditions hold in one case.
func together(cases []record.Case, a, b record.When) bool {
	return slices.ContainsFunc(choices(cases), func(ch record.Choice) bool { return a.Holds(ch) && b.Holds(ch) })
}

// comes says how a paper reaches the office although nobody comes.
var comes = regexp.MustCompile(`寄|交回|收回|送|领|当场|窗口|报失|交给|上门|代交|旧照交|交回来`)

func checkPaperOnly(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		if p.Access.Visits == nil || *p.Access.Visits > 0 || !online(p.Access.Channels) || slices.Contains(p.Access.Channels, "快递申请") {
			return
		}
		for i, line := range p.Papers.Lines {
			if line.Form != "纸质" || line.Necessity != record.Required || len(line.WaivedBy) > 0 || comes.MatchString(line.FillNote+line.AcceptStandard) {
				continue
			}
			c.report(p.File, []string{"materials", strconv.Itoa(i), "form"}, words{
				zh: fmt.Sprintf("一次都不用来，“%s”却只收纸质的，没法交", line.Name()), en: fmt.Sprintf("nobody comes, but %s is taken on paper only", line.Key()),
				hint: "form 改成“纸质或电子”，或者说清怎么交（寄来、由谁送）", hintEN: "make the form 纸质或电子, or say how it comes",
			}.note(p.File.Position("visits"), "到现场次数", "the visits"))
		}
	})
}

// online reports whether one of the channels is the net.
func online(channels []string) bool {
	return slices.Contains(channels, "网上办理") || slices.Contains(channels, "移动端办理")
}

// checkCollected looks in bundles for procedures that ask for the certificate which a step before them gives.
func checkCollected(c *checker) {
	for _, b := range c.Bundles.All {
		given := map[string]int{} // certificate → the step that gives it
		for i, s := range b.Record.Steps {
			if p := c.bundled(s); p != nil {
				for _, r := range p.Outcome.Results {
					if _, known := given[r.Certificate]; r.Certificate != "" && !known {
						given[r.Certificate] = i
					}
				}
			}
		}
		for i, s := range b.Record.Steps {
			p := c.bundled(s)
			if p == nil {
				continue
			}
			for n, line := range p.Papers.Lines {
				if line.Library == nil || line.Library.Record.Certificate == "" || line.Necessity != record.Required || len(line.WaivedBy) > 0 || line.AnyOf != "" || needsOriginal.MatchString(line.FillNote+line.AcceptStandard) {
					continue
				}
				by, ok := given[line.Library.Record.Certificate]
				if !ok || !slices.Contains(s.After, b.Record.Steps[by].Item) {
					continue
				}
				c.report(b.File, []string{"steps", strconv.Itoa(i), "item"}, words{
					zh: fmt.Sprintf("“%s”前一步已经发了，“%s”还要交", line.Name(), p.Name), en: fmt.Sprintf("%s is given by %s and asked for by %s again", line.Key(), b.Record.Steps[by].Item, s.Item),
					hint: "在材料上写 waived_by = [\"数据共享\"]，窗口自己查", hintEN: "state waived_by for the material",
				}.note(p.File.Position("materials", strconv.Itoa(n)), "要它的材料", "the material"))
			}
		}
	}
}

// bundled returns the procedure that a step of a bundle names, or nil.
func (c *checker) bundled(s record.BundleStep) *catalog.Procedure {
	if i := c.Item(s.Item); i != nil {
		return procedure(i, s.Procedure)
	}
	return nil
}
