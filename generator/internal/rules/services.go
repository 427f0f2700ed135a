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

// serviceRules hold what may be left to third parties and to the applicant's word.
var serviceRules = []Rule{
	{
		ID: "intermediary-unlisted", Family: "consistency", Severity: diag.Warning,
		Title:  diag.Text{ZH: "中介材料没有写是哪项中介服务", EN: "a paper of an intermediary without a listed service"},
		Reason: diag.Text{ZH: "强制性中介服务实行清单管理并公布，没有法律、法规或国务院决定依据的清理（S3 二(二)）；清单外的不得作为受理条件。", EN: "Compulsory services of intermediaries are listed and published; others may not be a condition (S3)."},
		Explanation: diag.Text{
			ZH: "写 intermediary = \"data/intermediaries/ 里的编号\"（或者在办理项上写 intermediaries），并在那条记录的 items 里写上本事项；不在清单里的材料不能要。",
			EN: "State intermediary with an id of data/intermediaries/ whose items name this item; a paper of an unlisted service may not be asked for.",
		},
		Bad: "[[materials]]\nmaterial = \"eia-report\"\nnecessity = \"必要\"\nsource = \"中介机构出具\"", Good: "[[materials]]\nmaterial = \"eia-report\"\nnecessity = \"必要\"\nsource = \"中介机构出具\"\nintermediary = \"eia-service\"",
		check: checkIntermediaryUse,
	}, {
		ID: "intermediary-terms", Family: "consistency", Severity: diag.Warning,
		Title:       diag.Text{ZH: "中介服务没有写全", EN: "a service of intermediaries that is not whole"},
		Reason:      diag.Text{ZH: "公布中介服务的设定依据、服务条件、流程、时限和收费标准（S3 二(二)）。", EN: "The basis, conditions, steps, limits and fees of such services are published (S3)."},
		Explanation: diag.Text{ZH: "补上提示的几样；没有依据的中介服务要清理，不能再要。", EN: "Add what the message names; a service without a basis may not be demanded."},
		Bad:         "# data/intermediaries/eia-service.toml\nname = \"环评编制服务\"\nbasis = []", Good: "# data/intermediaries/eia-service.toml\nname = \"环评编制服务\"\nbasis = [{ law = \"eia-law\" }]\nconditions = \"名录里要编报告的项目才要。\"\nsteps = [\"签合同\", \"编报告\"]\nfee = \"双方商定。\"\nfree_choice = true",
		check: checkIntermediaryTerms,
	}, {
		ID: "intermediary-forced", Family: "consistency",
		Title:       diag.Text{ZH: "指定了中介机构", EN: "an intermediary that is prescribed"},
		Reason:      diag.Text{ZH: "不得强制企业选择特定中介服务机构（S3 二(二)；优化营商环境条例第四十三条）。", EN: "Nobody may be made to choose one intermediary (S3; Business Environment Regulation 43)."},
		Explanation: diag.Text{ZH: "由群众、企业自己选：free_choice = true；由部门委托的，费用由部门承担，写在 fee 里。", EN: "Let people choose: free_choice = true; where the office commissions it the office pays, which fee says."},
		Bad:         `free_choice = false`, Good: `free_choice = true`,
		check: checkIntermediaryChoice,
	}, {
		ID: "commitment-excluded", Family: "consistency", SeverityFrom: graceEnd,
		Title:  diag.Text{ZH: "不能用告知承诺的事用了告知承诺", EN: "a commitment where none is allowed"},
		Reason: diag.Text{ZH: "告知承诺不适用于直接涉及国家安全、公共安全和金融业审慎监管等的事项（S3 三(四)；国办发〔2020〕42号）。", EN: "No commitment replaces proofs in matters of state security, public safety and prudential supervision (S3)."},
		Explanation: diag.Text{
			ZH: "去掉 commitment 和材料上的“告知承诺”。法律明文允许的（如消防法第十五条），在 commitment.requirements 里写明是哪部法。",
			EN: "Remove commitment and the waiver. Where a law allows it expressly (Fire Protection Law 15) name that law in commitment.requirements.",
		},
		Bad: "# 烟花爆竹经营（零售）许可\n[commitment]\nenabled = true", Good: "# 烟花爆竹经营（零售）许可\n[commitment]\nenabled = false",
		check: checkCommitmentExcluded,
	},
}

func checkIntermediaryUse(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		for i, line := range p.Papers.Lines {
			at := []string{"materials", strconv.Itoa(i)}
			service := c.Intermediaries.Get(line.Intermediary)
			switch {
			case line.Source == "中介机构出具" && line.Intermediary == "" && len(p.Relations.Intermediaries) == 0:
				c.report(p.File, join(at, "source"), words{
					zh: fmt.Sprintf("“%s”由中介出具，没有写是清单里的哪一项服务", line.Name()), en: fmt.Sprintf("%s is made by an intermediary, but no listed service is named", line.Key()),
					hint: "写 intermediary = \"…\"（data/intermediaries/ 里的编号）；清单里没有的不能要", hintEN: "state intermediary; what is not listed may not be asked for",
				})
			case service != nil && !slices.Contains(service.Record.Items, p.Item.ID):
				c.report(p.File, join(at, "intermediary"), words{
					zh: fmt.Sprintf("“%s”的清单里没有本事项", service.Record.Name), en: fmt.Sprintf("the service %s does not name this item", service.ID),
					hint: "在那条记录的 items 里加上 " + p.Item.ID + "，或者改这里", hintEN: "add " + p.Item.ID + " to its items, or correct this",
				}.note(service.File.Position("items"), "这项服务用在哪些事项", "the items of the service"))
			}
		}
	})
}

func checkIntermediaryTerms(c *checker) {
	for _, e := range c.Intermediaries.All {
		r := e.Record
		var zh, en []string
		for _, one := range []struct {
			missing bool
			key, zh string
		}{{len(r.Basis) == 0, "basis", "设定依据"}, {r.Conditions == "", "conditions", "服务条件"}, {len(r.Steps) == 0, "steps", "流程"}, {r.Fee == "", "fee", "收费"}} {
			if one.missing && !c.missingSaid(e.File, one.key) {
				zh, en = append(zh, one.zh), append(en, one.key)
			}
		}
		if zh != nil {
			c.report(e.File, nil, words{
				zh: fmt.Sprintf("中介服务“%s”没有写%s", r.Name, strings.Join(zh, "、")), en: fmt.Sprintf("the service %s lacks %s", e.ID, strings.Join(en, ", ")),
				hint: "写上 " + strings.Join(en, "、") + "；没有依据的中介服务不能再要", hintEN: "state them; a service without a basis may not be demanded",
			})
		}
	}
}

// missingSaid reports whether another rule says that a key of a record is missing: it is required.
func (c *checker) missingSaid(f *catalog.File, name string) bool {
	k, ok := record.KeyOf(f.Kind, name)
	return ok && k.Required && !f.Doc.Has(name) || c.broken[f.Path]
}

func checkIntermediaryChoice(c *checker) {
	for _, e := range c.Intermediaries.All {
		if free := e.Record.FreeChoice; free != nil && !*free {
			c.report(e.File, key("free_choice"), words{
				zh: fmt.Sprintf("“%s”不能指定机构", e.Record.Name), en: "nobody may be made to choose one intermediary",
				hint: "写 free_choice = true；由部门委托的，由部门付钱，写在 fee 里", hintEN: "write free_choice = true; where the office commissions it, the office pays",
			})
		}
	}
}

// excluded are what matters of state security, public safety and prudential supervision are called, and the departments whose
// matters all are of state security.
var (
	excludedWords       = []string{"枪支", "弹药", "爆炸物", "爆破", "剧毒", "烟花爆竹", "危险化学品", "易制毒", "易制爆", "放射性", "核材料", "涉密", "国家秘密", "小额贷款公司", "融资担保", "典当", "银行业", "证券公司", "保险公司", "支付机构", "期货"}
	excludedDepartments = []string{"保密"}
)

func checkCommitmentExcluded(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		t := p.Facilitation.Commitment
		if !t.On() || strings.Contains(t.Requirements, "法第") || strings.Contains(t.Requirements, "条例第") {
			return
		}
		word := ""
		for _, w := range excludedWords {
			if strings.Contains(p.Item.Name, w) {
				word = w
			}
		}
		if slices.Contains(excludedDepartments, p.Item.Department) {
			word = p.Item.Department
		}
		if word == "" {
			return
		}
		c.report(p.File, key("commitment.enabled"), words{
			zh: fmt.Sprintf("“%s”涉及%s，不能用告知承诺", p.Item.Name, word), en: p.Item.ID + " is a matter of safety in which no commitment is allowed",
			hint: "写 enabled = false；法律明文允许的，在 requirements 里写明是哪部法第几条", hintEN: "write enabled = false, or name in requirements the law and article that allow it",
		}.note(p.Item.File.Position("name"), "事项名称", "the item's name"))
	})
}
