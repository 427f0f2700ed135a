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

// consistencyRules hold that what a record says in one place agrees with what it says in another.
var consistencyRules = []Rule{
	{
		ID: "visit-reason", Family: "consistency",
		Title:       diag.Text{ZH: "到现场次数和原因对不上", EN: "visits and their reason do not fit"},
		Reason:      diag.Text{ZH: "到现场次数不为 0 的要写必须到现场的原因，为 0 的不能写（GB/T 39046-2020；温州指南检查规则）。", EN: "Visits need a reason, no visits have none (GB/T 39046-2020, Wenzhou's guide checks)."},
		Explanation: diag.Text{ZH: "写 visit_reason，说清来做什么；来一次都不用的，删掉它。", EN: "State visit_reason: what one comes for; where nobody comes remove it."},
		Bad:         "visits = 1", Good: "visits = 1\nvisit_reason = \"核对原件，本人签字。\"",
		check: checkVisitReason,
	}, {
		ID: "fee", Family: "consistency",
		Title:       diag.Text{ZH: "收费写得前后不一致", EN: "the fee contradicts itself"},
		Reason:      diag.Text{ZH: "收费的要列项目、标准和依据，不收费的没有网上支付（S2 四(一) 收费标准、收费依据；温州指南检查规则）。", EN: "A fee has items, a standard and a basis; what is free has no online payment (S2, Wenzhou's guide checks)."},
		Explanation: diag.Text{ZH: "收费：逐项写 name、amount 或 standard、basis。不收费：charged = false，别的都不写。", EN: "Charged: state name, amount or standard, and basis of each. Free: charged = false and nothing more."},
		Bad:         "[fee]\ncharged = true", Good: "[fee]\ncharged = true\nitems = [{ id = \"fee\", name = \"工本费\", amount = \"20\", unit = \"元/证\", basis = \"发改价格规〔2019〕1931号\" }]",
		check: checkFeeItems,
	}, {
		ID: "material-basis", Family: "consistency", Severity: diag.Warning,
		Title:       diag.Text{ZH: "必要的材料没有依据", EN: "a required material without a basis"},
		Reason:      diag.Text{ZH: "确需服务对象提供的材料，要严格论证并作出明确规定（S2 三(三)）。", EN: "What applicants must bring needs an express rule (S2)."},
		Explanation: diag.Text{ZH: "写 basis；找不到依据的材料，应当改成非必要或者不要。", EN: "State basis; a material without one should not be required."},
		Bad:         "[[materials]]\nmaterial = \"photo\"\nnecessity = \"必要\"", Good: "[[materials]]\nmaterial = \"photo\"\nnecessity = \"必要\"\nbasis = [{ law = \"food-business-measures\" }]",
		check: checkMaterialBasis,
	}, {
		ID: "copies-reason", Family: "consistency",
		Title:       diag.Text{ZH: "要复印件没有说理由", EN: "copies without a reason"},
		Reason:      diag.Text{ZH: "一律不得要求提供复印件，确需的提供免费便捷的复印服务（S1 四(四)）。", EN: "No copies are asked for; where they are needed the office makes them free of charge (S1)."},
		Explanation: diag.Text{ZH: "copies 改成 0；确实要的写 copies_reason。", EN: "Write copies = 0, or state copies_reason."},
		Bad:         "[[materials]]\nmaterial = \"id-card\"\nnecessity = \"必要\"\ncopies = 1", Good: "[[materials]]\nmaterial = \"id-card\"\nnecessity = \"必要\"\ncopies = 0",
		check: checkCopiesReason,
	}, {
		ID: "tolerance", Family: "consistency",
		Title:       diag.Text{ZH: "容缺受理写得不完整", EN: "tolerance is not complete"},
		Reason:      diag.Text{ZH: "容缺受理要公布事项、主要申请材料和可容缺的材料，并有补正期限（S3 三(四)）。", EN: "Tolerance names the main materials, those that may follow and until when (S3)."},
		Explanation: diag.Text{ZH: "写 tolerance = { enabled = true, limit = …, main = […] }；主要材料不能容缺。", EN: "State tolerance = { enabled = true, limit = …, main = […] }; main materials may not follow later."},
		Bad:         "[[materials]]\nmaterial = \"food-staff-list\"\nnecessity = \"容缺后补\"", Good: "tolerance = { enabled = true, limit = { value = 5, unit = \"工作日\" } }\n\n[[materials]]\nmaterial = \"food-staff-list\"\nnecessity = \"容缺后补\"",
		check: checkToleranceWhole,
	}, {
		ID: "commitment", Family: "consistency",
		Title:       diag.Text{ZH: "告知承诺缺少必须公布的内容", EN: "a commitment without its texts"},
		Reason:      diag.Text{ZH: "告知承诺制要明确承诺的具体内容、要求、违反承诺的法律责任、承诺方式和监管细则，向社会公布（S3 三(四)）。", EN: "A commitment publishes content, requirements, liability, form and supervision (S3)."},
		Explanation: diag.Text{ZH: "补齐 content、requirements、liability、form、supervision 五段。", EN: "State all five: content, requirements, liability, form, supervision."},
		Bad:         "commitment = { enabled = true, content = \"符合开业条件\" }", Good: "[commitment]\nenabled = true\ncontent = \"符合开业条件\"\nrequirements = \"一个月内补齐\"\nliability = \"不实的撤销许可\"\nform = \"书面\"\nsupervision = \"办结后两个月内核查\"",
		check: checkCommitmentTexts,
	}, {
		ID: "result-type", Family: "consistency",
		Title:       diag.Text{ZH: "结果名称和类型对不上", EN: "the result's name and type do not fit"},
		Reason:      diag.Text{ZH: "名称以“证”结尾的是证照，以“批复”“批文”结尾的是批文（温州指南检查规则）。", EN: "What is named …证 is a certificate, …批复 or …批文 an approval (Wenzhou's guide checks)."},
		Explanation: diag.Text{ZH: "改 type，或者改成正式名称。", EN: "Change the type or use the official name."},
		Bad:         "[[results]]\nid = \"permit\"\nname = \"食品经营许可证\"\ntype = \"批文\"", Good: "[[results]]\nid = \"permit\"\nname = \"食品经营许可证\"\ntype = \"证照\"",
		check: checkResultType,
	}, {
		ID: "online-channel", Family: "consistency",
		Title:       diag.Text{ZH: "没有网上办理，却写了网办深度", EN: "an online depth without an online channel"},
		Reason:      diag.Text{ZH: "网上可办要全部办理要件通过网上提交（S1 二(二)）；能网上办的，办理形式要写网上办理。", EN: "What can be done online has the online channel (S1)."},
		Explanation: diag.Text{ZH: "channels 加上网上办理，或者把深度改成“预审”或更浅。", EN: "Add the online channel, or make the depth 预审 or less."},
		Bad:         "channels = [\"窗口办理\"]\nonline = { depth = \"受理\" }", Good: "channels = [\"窗口办理\", \"网上办理\"]\nonline = { depth = \"受理\" }",
		check: checkDepthChannel,
	}, {
		ID: "no-place", Family: "consistency",
		Title:       diag.Text{ZH: "窗口办理，却没有办理地点", EN: "a window channel without a place"},
		Reason:      diag.Text{ZH: "办事指南要有办理地点和办理时间（S2 四(一)）。", EN: "A guide states place and hours (S2)."},
		Explanation: diag.Text{ZH: "在记录里写 places，或者在 division.toml 里给单位写 hall。", EN: "State places here, or hall for the body in division.toml."},
		Bad:         "# 单位没有 hall，记录也没有 places\none_window = false", Good: `places = [{ hall = "hall", window = "F01" }]`,
		check: checkNoPlace,
	},
}

func checkVisitReason(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		a := p.Access
		switch {
		case a.Visits == nil:
		case *a.Visits > 0 && a.VisitReason == "":
			c.report(p.File, key("visits"), words{
				zh: fmt.Sprintf("要到现场 %d 次，没有写原因", *a.Visits), en: fmt.Sprintf("%d visits without a reason", *a.Visits),
				hint: "写 visit_reason：来做什么", hintEN: "state visit_reason: what one comes for",
			})
		case *a.Visits == 0 && a.VisitReason != "":
			c.report(p.File, key("visit_reason"), words{
				zh: "一次都不用来，却写了必须到现场的原因", en: "no visits, but a reason for them",
				hint: "删掉 visit_reason，或者改 visits", hintEN: "remove visit_reason, or change visits",
			})
		}
	})
	c.overriding("visits", func(g *catalog.Guide, o catalog.Origin) {
		if *g.Access.Visits > 0 && g.Access.VisitReason == "" {
			c.report(o.File, o.Path, words{
				zh: fmt.Sprintf("要到现场 %d 次，没有写原因", *g.Access.Visits), en: fmt.Sprintf("%d visits without a reason", *g.Access.Visits),
				hint: "写 visit_reason：来做什么", hintEN: "state visit_reason: what one comes for",
			})
		}
		if o, ok := here(g, "visit_reason"); ok && g.Access.Visits != nil && *g.Access.Visits == 0 {
			c.report(o.File, o.Path, words{
				zh: "一次都不用来，却写了必须到现场的原因", en: "no visits, but a reason for them",
				hint: "删掉 visit_reason", hintEN: "remove visit_reason",
			})
		}
	})
}

func checkFeeItems(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		fee := p.Cost.Fee
		if fee == nil || fee.Charged == nil {
			return
		}
		if !*fee.Charged {
			if len(fee.Items) > 0 {
				c.report(p.File, key("fee.items"), words{zh: "不收费，却列了收费项目", en: "free, but charges are listed", hint: "删掉 items，或者改 charged = true", hintEN: "remove items, or write charged = true"})
			}
			if fee.OnlinePayment != nil && *fee.OnlinePayment {
				c.report(p.File, key("fee.online_payment"), words{zh: "不收费，却能网上支付", en: "free, but paid online", hint: "删掉 online_payment", hintEN: "remove online_payment"})
			}
			return
		}
		if len(fee.Items) == 0 {
			c.report(p.File, key("fee.charged"), words{zh: "收费，却没有收费项目", en: "charged, but nothing is listed", hint: "写 [[fee.items]]：项目、金额或标准、依据", hintEN: "state [[fee.items]]: name, amount or standard, basis"})
		}
		for i, item := range fee.Items {
			where := []string{"fee", "items", strconv.Itoa(i)}
			if item.Basis == "" {
				c.report(p.File, where, words{zh: fmt.Sprintf("“%s”没有写收费依据", item.Name), en: item.ID + " has no basis", hint: "写 basis：哪个文件规定收这笔钱", hintEN: "state basis: the document that allows the charge"})
			}
			if item.Amount == "" && item.Standard == "" {
				c.report(p.File, where, words{zh: fmt.Sprintf("“%s”没有写收多少", item.Name), en: item.ID + " has neither amount nor standard", hint: "写 amount（元）或者 standard（怎么算）", hintEN: "state amount (yuan) or standard (how it is reckoned)"})
			}
		}
	})
}

func checkMaterialBasis(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		for i, line := range p.Papers.Lines {
			if line.Necessity == record.Required && len(line.Basis) == 0 {
				c.report(p.File, []string{"materials", strconv.Itoa(i)}, words{
					zh: fmt.Sprintf("“%s”是必要材料，没有写依据", line.Name()), en: line.Key() + " is required without a basis",
					hint: "写 basis = [{ law = … }]；没有依据的不能是必要材料", hintEN: "state basis; without one it cannot be required",
				})
			}
		}
	})
}

func checkCopiesReason(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		for i, line := range p.Papers.Lines {
			if line.Copies != nil && *line.Copies > 0 && line.CopiesReason == "" {
				c.report(p.File, []string{"materials", strconv.Itoa(i), "copies"}, words{
					zh: fmt.Sprintf("“%s”要 %d 份复印件，没有说理由", line.Name(), *line.Copies), en: fmt.Sprintf("%d copies of %s without a reason", *line.Copies, line.Key()),
					hint: "一律不得要求提供复印件：改成 0，确需的写 copies_reason", hintEN: "write 0, or state copies_reason",
				})
			}
		}
	})
}

// checkToleranceWhole looks at standards, and at guides where a local record made a material deferrable.
func checkToleranceWhole(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		t := p.Facilitation.Tolerance
		if t.On() && t.Limit == nil {
			c.report(p.File, key("tolerance"), words{zh: "实行容缺受理，没有写补正期限", en: "tolerance without a limit", hint: "写 limit：几个工作日内补交", hintEN: "state limit: within how many days papers follow"})
		}
		c.mainPapers(p)
		for i, line := range p.Papers.Lines {
			where := []string{"materials", strconv.Itoa(i), "necessity"}
			switch {
			case line.Necessity != record.Deferrable:
			case !t.On():
				c.report(p.File, where, words{zh: fmt.Sprintf("“%s”可以容缺后补，却没有实行容缺受理", line.Name()), en: line.Key() + " may follow later, but tolerance is not enabled",
					hint: "写 tolerance = { enabled = true, limit = … }，或者改 necessity", hintEN: "state tolerance = { enabled = true, limit = … }, or change necessity"})
			case slices.Contains(t.Main, line.Key()) || slices.Contains(t.Main, line.Material):
				c.report(p.File, where, words{zh: fmt.Sprintf("“%s”是主要材料，不能容缺", line.Name()), en: line.Key() + " is a main material and may not follow later",
					hint: "从 tolerance.main 里去掉它，或者改成必要", hintEN: "remove it from tolerance.main, or make it 必要"}.note(p.File.Position("tolerance", "main"), "主要材料", "the main materials"))
			}
		}
	})
	c.papers(func(g *catalog.Guide, is, _ *catalog.Paper, _ int) {
		o, ok := overrides(g, "materials."+is.Key()+".necessity")
		t := g.Facilitation.Tolerance
		if !ok || is.Necessity != record.Deferrable {
			return
		}
		if !t.On() || t.Limit == nil {
			c.report(o.File, o.Path, words{zh: fmt.Sprintf("“%s”可以容缺后补，却没有写补正期限", is.Name()), en: is.Key() + " may follow later, but there is no tolerance with a limit",
				hint: "写 tolerance = { enabled = true, limit = … }", hintEN: "state tolerance = { enabled = true, limit = … }"})
		} else if slices.Contains(t.Main, is.Key()) || slices.Contains(t.Main, is.Material) {
			c.report(o.File, o.Path, words{zh: fmt.Sprintf("“%s”是主要材料，不能容缺", is.Name()), en: is.Key() + " is a main material and may not follow later",
				hint: "删掉这一处", hintEN: "remove it"})
		}
	})
}

// mainPapers looks for main materials that the procedure does not ask for at all.
func (c *checker) mainPapers(p *catalog.Procedure) {
	if p.Facilitation.Tolerance == nil {
		return
	}
	for n, id := range p.Facilitation.Tolerance.Main {
		if slices.ContainsFunc(p.Papers.Lines, func(l *catalog.Paper) bool { return l.Key() == id || l.Material == id }) || c.Materials.Get(id) == nil {
			continue // what does not exist at all another rule says
		}
		c.report(p.File, []string{"tolerance", "main", strconv.Itoa(n)}, words{
			zh: fmt.Sprintf("主要材料 %s 不在申请材料里", id), en: fmt.Sprintf("the main material %s is not asked for", id),
			hint: "删掉它，或者写进 materials", hintEN: "remove it, or list it in materials",
		}.note(p.File.Position("materials"), "申请材料", "the materials"))
	}
}

// commitmentTexts are the five texts of a commitment by key.
func commitmentTexts(t *record.Commitment) [5][3]string {
	return [5][3]string{
		{"content", "承诺内容", t.Content}, {"requirements", "承诺要求", t.Requirements}, {"liability", "违诺责任", t.Liability},
		{"form", "承诺方式", t.Form}, {"supervision", "监管细则", t.Supervision},
	}
}

func checkCommitmentTexts(c *checker) {
	missing := func(at diag.Position, t *record.Commitment) {
		if !t.On() {
			return
		}
		var zh, en []string
		for _, one := range commitmentTexts(t) {
			if one[2] == "" {
				zh, en = append(zh, one[1]), append(en, one[0])
			}
		}
		if zh != nil {
			c.reportAt(at, words{
				zh: "实行告知承诺，没有写" + strings.Join(zh, "、"), en: "the commitment lacks " + strings.Join(en, ", "),
				hint: "五段都要写，向社会公布：" + strings.Join(en, "、"), hintEN: "all five are published",
			})
		}
	}
	c.procedures(func(p *catalog.Procedure) {
		missing(p.File.Position("commitment"), p.Facilitation.Commitment)
	})
	c.overriding("commitment.enabled", func(g *catalog.Guide, o catalog.Origin) {
		missing(o.File.Position(o.Path...), g.Facilitation.Commitment)
	})
}

func checkResultType(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		for i, r := range p.Outcome.Results {
			name := r.Name
			if cert := c.Certificates.Get(r.Certificate); cert != nil {
				name = cert.Record.Name
			}
			want := ""
			switch {
			case strings.HasSuffix(name, "证"):
				want = "证照"
			case strings.HasSuffix(name, "批复"), strings.HasSuffix(name, "批文"):
				want = "批文"
			}
			if want == "" || r.Type == "" || r.Type == want {
				continue
			}
			c.report(p.File, []string{"results", strconv.Itoa(i), "type"}, words{
				zh: fmt.Sprintf("“%s”应是%s，写的是%s", name, want, r.Type), en: fmt.Sprintf("the type of %s should be %s", name, want),
				hint: "写 type = \"" + want + "\"", hintEN: "write type = \"" + want + "\"",
			})
		}
	})
}

// acceptedOnline is the rank of the depth from which on an application is handed in online; before it one only asks or books.
const acceptedOnline = 4

func checkDepthChannel(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		o := p.Access.Online
		if o == nil || p.Access.Channels == nil || slices.Contains(p.Access.Channels, "网上办理") || slices.Contains(p.Access.Channels, "移动端办理") {
			return
		}
		if rank, ok := c.rank("depths", o.Depth); ok && rank >= acceptedOnline {
			c.report(p.File, key("online.depth"), words{
				zh: fmt.Sprintf("网上能办到“%s”，办理形式里却没有网上办理", o.Depth), en: fmt.Sprintf("online reaches %s, but the channels lack it", o.Depth),
				hint: "channels 加上“网上办理”，或者把深度改成“预审”或更浅", hintEN: "add 网上办理 to channels, or make the depth 预审 or less",
			}.note(p.File.Position("channels"), "办理形式", "the channels"))
		}
	})
}

func checkNoPlace(c *checker) {
	c.tightened(func(g *catalog.Guide) {
		if !slices.Contains(g.Access.Channels, "窗口办理") || len(g.Places) > 0 || g.Org == nil || g.Org.Hall != "" || g.Org.NameStatus == record.NameByRule ||
			!slices.ContainsFunc(g.Handling, func(h catalog.Handling) bool { return h.AcceptHere }) {
			return
		}
		f := nearest(g)
		if f.IDs[0] != g.Division.File.ID() {
			return // the record of the place above; its own guide is the one to look at
		}
		c.report(f, nil, words{
			zh: fmt.Sprintf("“%s”可以到窗口办，却不知道窗口在哪里", g.Procedure.Name), en: g.Procedure.Name + " is handled at a window, but no place is known",
			hint: "在这里写 places，或者在 division.toml 里给 " + g.Org.ID + " 写 hall", hintEN: "state places here, or hall for " + g.Org.ID + " in division.toml",
		}.note(c.orgPosition(g.Org), "承办单位", "the body that handles it"))
	})
}
