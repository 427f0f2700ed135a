package quality

import (
	"fmt"
	"iter"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/rules"
)

// scoreMetrics are the three other scores of S2 («合法性、真实性、准确性和完整性»; the fourth is elements-36), and what is behind them.
var scoreMetrics = []*Metric{
	{
		ID: "legality", Title: diag.Text{ZH: "合法性", EN: "Legality"}, Family: Complete,
		Formula: diag.Text{
			ZH: "写明设定依据、而且每部依据都在库里、在数据日期有效的标准，除以全部标准。",
			EN: "Standards of items that state their legal basis, every part of which is in the library and in force, by all standards.",
		},
		Counted: diag.Text{ZH: "依据有效", EN: "with a basis in force"}, Among: diag.Text{ZH: "标准", EN: "standards"},
		Sources: []Source{{countyList, "合法性、真实性、准确性和完整性"}, {sorting, "凡是没有合法依据的，一律不纳入编制范围"}},
		Unit:    Percent, Of: OfStandards, Better: Higher, Rests: OnProvince,
		counter: counter{standard: legality},
	}, {
		ID: "truth", Title: diag.Text{ZH: "真实性", EN: "Truth"}, Family: Complete,
		Formula: diag.Text{
			ZH: "12个月内和出处核对过的标准，除以全部标准。没写核实情况的算未收录。",
			EN: "Standards that were compared with their sources within 12 months, by all standards.",
		},
		Counted: diag.Text{ZH: "核实过", EN: "verified"}, Among: diag.Text{ZH: "标准", EN: "standards"},
		Sources: []Source{{countyList, "合法性、真实性、准确性和完整性"}, {oneNet, "二(一)"}},
		Unit:    Percent, Of: OfStandards, Better: Higher, Rests: OnProvince,
		counter: counter{standard: truth},
	}, {
		ID: "stale-count", Title: diag.Text{ZH: "一年没再核实的标准", EN: "Verified more than a year ago"}, Family: Complete,
		Formula: diag.Text{
			ZH: "核实过、但到数据日期已满12个月没有再核实的标准。",
			EN: "Standards that were verified, and not again within 12 months.",
		},
		Counted: diag.Text{ZH: "过期", EN: "stale"}, Among: diag.Text{ZH: "核实过的标准", EN: "verified standards"},
		Sources: []Source{{oneNet, "二(一)"}}, Unit: Count, Of: OfStandards, Better: Lower, Rests: OnProvince,
		counter: counter{standard: stale},
	}, {
		ID: "accuracy", Title: diag.Text{ZH: "准确性", EN: "Accuracy"}, Family: Complete,
		Formula: diag.Text{
			ZH: "四样都对的标准，除以全部标准：没有模糊的说法；承诺不比法定长；要跑的写了原因；收费的写了标准和依据。",
			EN: "Standards that are exact in four things: no vague wording, a promise within the law's limit, a reason for visits, and a standard and a basis for each fee.",
		},
		Counted: diag.Text{ZH: "四样都对", EN: "exact"}, Among: diag.Text{ZH: "标准", EN: "standards"},
		Sources: []Source{{countyList, "合法性、真实性、准确性和完整性"}}, Unit: Percent, Of: OfStandards, Better: Higher, Rests: OnProvince,
		counter: counter{standard: accuracy},
	}, {
		ID: "vague-count", Title: diag.Text{ZH: "有模糊说法的标准", EN: "Vague wording"}, Family: Complete,
		Formula: diag.Text{
			ZH: "材料、受理条件、禁止性要求、收费里有“其他材料”“有关材料”这类说法的标准。",
			EN: "Standards with words such as 其他材料 in papers, conditions, prohibitions or fees.",
		},
		Counted: diag.Text{ZH: "说法模糊", EN: "vague"}, Among: diag.Text{ZH: "标准", EN: "standards"},
		Sources: []Source{{oneNet, "四(四)"}}, Unit: Count, Of: OfStandards, Better: Lower, Rests: OnProvince,
		counter: counter{standard: func(_ *Survey, p *catalog.Procedure) Cell {
			phrase := vague(p)
			if phrase == "" {
				return counted(false, "")
			}
			return counted(true, "“"+phrase+"”")
		}},
	}, {
		ID: "plain-rate", Title: diag.Text{ZH: "易读率", EN: "Readability"}, Family: Complete,
		Formula: diag.Text{
			ZH: fmt.Sprintf("说给群众的话没有一句超过 %d 个字的标准，除以全部标准。", rules.MaxSentence),
			EN: fmt.Sprintf("Standards without a sentence of more than %d characters in what is told to applicants, by all standards.", rules.MaxSentence),
		},
		Counted: diag.Text{ZH: "句子都不长", EN: "readable"}, Among: diag.Text{ZH: "标准", EN: "standards"},
		Sources: []Source{{facility, "二(五)"}}, Unit: Percent, Of: OfStandards, Better: Higher, Rests: OnProvince,
		counter: counter{standard: plain},
	}, {
		ID: "form-rate", Title: diag.Text{ZH: "表样齐全率", EN: "Share of forms with samples"}, Family: Complete,
		Formula: diag.Text{
			ZH: "空白表和填写样本都有的申请表格，除以在用的申请表格。",
			EN: "Application forms with both a blank form and a filled-in sample, by forms that are asked for.",
		},
		Counted: diag.Text{ZH: "两样都有", EN: "with both"}, Among: diag.Text{ZH: "在用的申请表格", EN: "forms"},
		Sources: []Source{{countyList, "三(三)"}}, Unit: Percent, Of: OfRecords, Better: Higher, Rests: OnProvince,
		counter: counter{province: forms},
	}, {
		ID: "remedy-rate", Title: diag.Text{ZH: "遗失有办法率", EN: "Share of papers with a remedy"}, Family: Complete,
		Formula: diag.Text{
			ZH: "写明丢了到哪里补、或者拿什么代替的证件证明，除以在用的证件证明。",
			EN: "Certificates and proofs that say what to do when they are lost, by those that are asked for.",
		},
		Counted: diag.Text{ZH: "写明了", EN: "with a remedy"}, Among: diag.Text{ZH: "在用的证件证明", EN: "papers"},
		Sources: []Source{{sorting, "五(六)"}}, Unit: Percent, Of: OfRecords, Better: Higher, Rests: OnProvince,
		counter: counter{province: remedies},
	},
}

func legality(s *Survey, p *catalog.Procedure) Cell {
	if len(p.Item.Basis) == 0 {
		return counted(false, "没写设定依据")
	}
	for _, b := range p.Item.Basis {
		law := s.Catalog.Laws.Get(b.Law)
		switch {
		case law == nil:
			return counted(false, "依据 "+b.Law+" 不在库里")
		case law.Record.Repealed != 0 && law.Record.Repealed <= s.Catalog.AsOf:
			return counted(false, "《"+law.Record.Name+"》"+law.Record.Repealed.String()+"废止")
		case law.Record.InForce > s.Catalog.AsOf:
			return counted(false, "《"+law.Record.Name+"》"+law.Record.InForce.String()+"才施行")
		}
	}
	return counted(true, "")
}

// verifiedOf is what a procedure says of its verification, else its item.
func verifiedOf(p *catalog.Procedure) *record.Verified {
	if p.Verified != nil {
		return p.Verified
	}
	return p.Item.Verified
}

// verified is the status of what somebody compared with its sources (vocab/verified-statuses.toml).
const verified = "已核实"

// old reports whether a day is more than 12 months before the catalog's: a Date counts 10000 a year.
func (s *Survey) old(d record.Date) bool { return d+10000 < s.Catalog.AsOf }

func truth(s *Survey, p *catalog.Procedure) Cell {
	switch v := verifiedOf(p); {
	case v == nil || v.Status == "":
		return unknown("没写核实情况")
	case v.Status != verified:
		return counted(false, v.Status)
	case v.On == 0:
		return counted(false, "没写哪天核实")
	case s.old(v.On):
		return counted(false, v.On.String()+"核实，过了12个月")
	default:
		return counted(true, v.On.String()+"核实")
	}
}

func stale(s *Survey, p *catalog.Procedure) Cell {
	v := verifiedOf(p)
	if v == nil || v.Status != verified || v.On == 0 {
		return Cell{}
	}
	return counted(s.old(v.On), v.On.String()+"核实")
}

func accuracy(_ *Survey, p *catalog.Procedure) Cell {
	if phrase := vague(p); phrase != "" {
		return counted(false, "说法模糊：“"+phrase+"”")
	}
	for _, promise := range p.Timing.Promise {
		for _, legal := range p.Timing.LegalLimit {
			if c, ok := promise.Compare(legal); ok && c > 0 && len(promise.When) == 0 && len(legal.When) == 0 {
				return counted(false, "承诺"+promise.String()+"，比法定的"+legal.String()+"长")
			}
		}
	}
	if v := p.Access.Visits; v != nil && *v > 0 && p.Access.VisitReason == "" {
		return counted(false, "要到现场，没写原因")
	}
	if fee := p.Cost.Fee; fee != nil && fee.Charged != nil && *fee.Charged {
		if len(fee.Items) == 0 {
			return counted(false, "收费，没写收费项目")
		}
		for _, f := range fee.Items {
			if f.Basis == "" || f.Standard == "" && f.Amount == "" {
				return counted(false, "收费项目“"+f.Name+"”没写标准或者依据")
			}
		}
	}
	return counted(true, "")
}

// vague is the first vague phrase in what a standard asks for, "" for none.
func vague(p *catalog.Procedure) string {
	for text := range asked(p) {
		if phrase := rules.Vague(text); phrase != "" {
			return phrase
		}
	}
	return ""
}

// asked gives the texts in which a standard asks for something.
func asked(p *catalog.Procedure) iter.Seq[string] {
	return func(yield func(string) bool) {
		var texts []string
		for _, m := range p.Papers.Lines {
			texts = append(texts, m.Name(), m.FillNote, m.AcceptStandard, m.CopiesReason)
		}
		for _, c := range p.Scope.Conditions {
			texts = append(texts, c.Text)
		}
		texts = append(texts, p.Scope.Prohibitions...)
		if p.Cost.Fee != nil {
			for _, f := range p.Cost.Fee.Items {
				texts = append(texts, f.Name, f.Standard)
			}
		}
		for _, t := range texts {
			if !yield(t) {
				return
			}
		}
	}
}

// told gives the texts that a standard tells to applicants in sentences.
func told(p *catalog.Procedure) iter.Seq[string] {
	return func(yield func(string) bool) {
		texts := []string{p.Plain, p.Access.VisitReason, p.Access.InPerson, p.Timing.Stops}
		for _, m := range p.Papers.Lines {
			texts = append(texts, m.FillNote)
		}
		for _, c := range p.Scope.Conditions {
			texts = append(texts, c.Text)
		}
		texts = append(texts, p.Scope.Prohibitions...)
		for _, n := range p.Scope.NotNeeded {
			texts = append(texts, n.Text, n.Instead)
		}
		for _, q := range p.Questions.FAQ {
			texts = append(texts, q.A)
		}
		for _, t := range texts {
			if !yield(t) {
				return
			}
		}
	}
}

func plain(_ *Survey, p *catalog.Procedure) Cell {
	for text := range told(p) {
		if sentence := rules.LongSentence(text); sentence != "" {
			return counted(false, "太长："+string([]rune(sentence)[:12])+"…")
		}
	}
	return counted(true, "")
}
