package quality

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// onlineMetrics are what can be done without coming, or with coming once.
var onlineMetrics = []*Metric{
	{
		ID: "online-rate", Title: diag.Text{ZH: "网上可办率", EN: "Share handled online"}, Family: Online,
		Formula: diag.Text{
			ZH: "能在网上申请、而且必要材料都能网上交的办理项，除以写明办理形式的办理项。不用您带的材料不算。",
			EN: "Procedures for which one applies online and all required papers can be handed in online, by procedures that state their channels. Papers that nobody has to bring do not count.",
		},
		Counted: diag.Text{ZH: "网上可办", EN: "online"}, Among: diag.Text{ZH: "办理项", EN: "procedures"},
		Sources: []Source{{oneNet, "二(二)"}}, Unit: Percent, Of: OfGuides, Better: Higher,
		counter: counter{terms: online},
	}, {
		ID: "full-online-rate", Title: diag.Text{ZH: "全程网办率", EN: "Share wholly online"}, Family: Online,
		Formula: diag.Text{
			ZH: "网上可办、而且到现场次数是 0 的办理项，除以写明办理形式和次数的办理项。",
			EN: "Procedures handled online with no visit, by procedures that state channels and visits.",
		},
		Counted: diag.Text{ZH: "一次都不用跑", EN: "no visit"}, Among: diag.Text{ZH: "办理项", EN: "procedures"},
		Sources: []Source{{countyList, "凡是能实现网上办理的事项，不得要求必须到现场办理"}}, Unit: Percent, Of: OfGuides, Better: Higher,
		counter: counter{terms: fullOnline},
	}, {
		ID: "accept-online-rate", Title: diag.Text{ZH: "网上受理率", EN: "Share accepted online"}, Family: Online,
		Formula: diag.Text{
			ZH: "网上办理深度到了受理或者更深的办理项，除以写明深度的和网上办不了的办理项。没写的算未收录；名单写着到哪一步。",
			EN: "Procedures whose online depth reaches acceptance or further, by procedures that state a depth or cannot be handled online.",
		},
		Counted: diag.Text{ZH: "网上能受理", EN: "accepted online"}, Among: diag.Text{ZH: "写明深度的办理项", EN: "procedures with a depth"},
		Sources: []Source{{oneNet, "网上咨询、申报、预审、办理、反馈的延伸"}}, Unit: Percent, Of: OfGuides, Better: Higher,
		counter: counter{terms: acceptedOnline},
	}, {
		ID: "mobile-rate", Title: diag.Text{ZH: "掌上可办率", EN: "Share handled on a phone"}, Family: Online,
		Formula: diag.Text{
			ZH: "办理形式有移动端办理的办理项，除以写明办理形式的办理项。",
			EN: "Procedures with a mobile channel, by procedures that state their channels.",
		},
		Counted: diag.Text{ZH: "手机能办", EN: "on a phone"}, Among: diag.Text{ZH: "办理项", EN: "procedures"},
		Sources: []Source{{oneNet, "二(三)"}}, Unit: Percent, Of: OfGuides, Better: Higher,
		counter: counter{terms: mobile},
	}, {
		ID: "once-count", Title: diag.Text{ZH: "最多跑一次事项数", EN: "Items with one visit at most"}, Family: Online,
		Formula: diag.Text{
			ZH: "每个办理项都最多到现场一次的事项有几个。几个地方合起来，同一个事项只算一次，处处都做到才算。",
			EN: "Items of which every procedure needs one visit at most; over several places an item counts once, if it is so in all of them.",
		},
		Counted: diag.Text{ZH: "最多跑一次", EN: "one visit at most"}, Among: diag.Text{ZH: "写明次数的事项", EN: "items that state visits"},
		Sources: []Source{{oneNet, "四(三)"}}, Unit: Count, Of: OfItems, Better: Higher, Distinct: true,
		counter: counter{item: once, byTerms: true},
	}, {
		ID: "once-coverage", Title: diag.Text{ZH: "最多跑一次清单选取率", EN: "Coverage of the listed one-visit items"}, Family: Online,
		Formula: diag.Text{
			ZH: "上级清单里的事项，本地也办、而且最多跑一次的占多少。清单是 data/lists/" + onceList + ".toml。",
			EN: "Of the items on the list of the place above, those handled here with one visit at most. The list is data/lists/" + onceList + ".toml.",
		},
		Counted: diag.Text{ZH: "选取了", EN: "chosen"}, Among: diag.Text{ZH: "清单上的事项", EN: "items on the list"},
		Sources: []Source{{oneNet, "四(三)"}}, Unit: Percent, Of: OfItems, Better: Higher,
		missing: func(s *Survey) diag.Text {
			if s.Catalog.Lists.Get(onceList) != nil {
				return diag.Text{}
			}
			return diag.Text{ZH: "文件的附件清单没有录入（data/lists/" + onceList + ".toml）", EN: "the list of the annex is not in the library (data/lists/" + onceList + ".toml)"}
		},
		counter: counter{item: onceListed, byTerms: true},
	}, {
		ID: "immediate-rate", Title: diag.Text{ZH: "即办件占比", EN: "Share done at once"}, Family: Online,
		Formula: diag.Text{
			ZH: "承诺当场办结的办理项，除以写明承诺时限的办理项。",
			EN: "Procedures promised at once, by procedures that state a promise.",
		},
		Counted: diag.Text{ZH: "当场办结", EN: "at once"}, Among: diag.Text{ZH: "写明承诺的办理项", EN: "procedures with a promise"},
		Sources: []Source{{facility, "当场办理、即时办结"}}, Unit: Percent, Of: OfGuides, Better: Higher,
		counter: counter{terms: immediate},
	}, {
		ID: "commitment-rate", Title: diag.Text{ZH: "告知承诺办理项占比", EN: "Share with a commitment"}, Family: Online,
		Formula: diag.Text{ZH: "可以告知承诺的办理项，除以全部办理项。", EN: "Procedures that take a commitment instead of papers, by all procedures."},
		Counted: diag.Text{ZH: "可以告知承诺", EN: "with a commitment"}, Among: diag.Text{ZH: "办理项", EN: "procedures"},
		Sources: []Source{{facility, "告知承诺制"}}, Unit: Percent, Of: OfGuides, Better: Higher,
		counter: counter{terms: func(_ *Survey, _ *catalog.Procedure, t *catalog.Terms) Cell {
			return counted(t.Facilitation.Commitment.On(), "")
		}},
	}, {
		ID: "tolerance-rate", Title: diag.Text{ZH: "容缺受理办理项占比", EN: "Share accepted with papers missing"}, Family: Online,
		Formula: diag.Text{ZH: "可以容缺受理的办理项，除以全部办理项。", EN: "Procedures accepted with papers to follow, by all procedures."},
		Counted: diag.Text{ZH: "可以容缺", EN: "papers may follow"}, Among: diag.Text{ZH: "办理项", EN: "procedures"},
		Sources: []Source{{facility, "容缺受理"}}, Unit: Percent, Of: OfGuides, Better: Higher,
		counter: counter{terms: func(_ *Survey, _ *catalog.Procedure, t *catalog.Terms) Cell {
			return counted(t.Facilitation.Tolerance.On(), "")
		}},
	}, {
		ID: "cross-region-rate", Title: diag.Text{ZH: "通办率", EN: "Share handled across regions"}, Family: Online,
		Formula: diag.Text{ZH: "写明通办范围的办理项，除以全部办理项。名单写着通办到多大范围。", EN: "Procedures that state where else they are handled, by all procedures."},
		Counted: diag.Text{ZH: "可以通办", EN: "across regions"}, Among: diag.Text{ZH: "办理项", EN: "procedures"},
		Sources: []Source{{facility, "跨区域通办"}}, Unit: Percent, Of: OfGuides, Better: Higher,
		counter: counter{terms: func(_ *Survey, _ *catalog.Procedure, t *catalog.Terms) Cell {
			if r := t.Access.CrossRegion; r != nil && r.Scope != "" {
				return counted(true, "通办范围："+r.Scope)
			}
			return counted(false, "")
		}},
	},
}

// onceList is the list of items of which each place chooses its 最多跑一次 items, S1 四(三); its annex has not been seen.
const onceList = "once-list"

// online: S1 二(二) calls an item 网上可办 when all its papers can be handed in online.
func online(_ *Survey, _ *catalog.Procedure, t *catalog.Terms) Cell {
	if t.Access.Channels == nil {
		return unknown("没写办理形式")
	}
	if t.Access.Online != nil && t.Access.Online.Depth == "咨询" {
		return counted(false, "网上只能咨询")
	}
	if !slices.Contains(t.Access.Channels, "网上办理") && !slices.Contains(t.Access.Channels, "移动端办理") {
		return counted(false, "不能在网上申请")
	}
	for _, p := range t.Papers.Lines {
		if p.Necessity == record.Required && p.Form == "纸质" && !p.Waived() {
			return counted(false, "“"+p.Name()+"”只收纸质的")
		}
	}
	return counted(true, "")
}

func fullOnline(s *Survey, p *catalog.Procedure, t *catalog.Terms) Cell {
	c := online(s, p, t)
	switch {
	case c.Num == 0:
		return c
	case t.Access.Visits == nil:
		return unknown("没写到现场次数")
	case *t.Access.Visits > 0:
		return counted(false, "要到现场")
	}
	return c
}

// acceptedOnline judges the depth by the ranks of vocab/depths.toml. What is not offered online at all has no depth.
func acceptedOnline(s *Survey, _ *catalog.Procedure, t *catalog.Terms) Cell {
	if o := t.Access.Online; o != nil && o.Depth != "" {
		depths := s.Catalog.Vocab["depths"]
		reached, accepted := depths.Term(o.Depth), depths.Term("受理")
		return counted(reached != nil && accepted != nil && reached.Rank >= accepted.Rank, "到"+o.Depth)
	}
	if t.Access.Channels != nil && online(s, nil, t).Num == 0 {
		return counted(false, "不能在网上申请")
	}
	return unknown("没写深度")
}

func mobile(_ *Survey, _ *catalog.Procedure, t *catalog.Terms) Cell {
	if t.Access.Channels == nil {
		return unknown("没写办理形式")
	}
	return counted(slices.Contains(t.Access.Channels, "移动端办理"), "")
}

func once(_ *Survey, guides []*catalog.Guide) Cell {
	said := true
	for _, g := range guides {
		switch v := g.Access.Visits; {
		case v == nil:
			said = false
		case *v > 1:
			return counted(false, g.Procedure.Name+"要跑不止一次")
		}
	}
	if !said {
		return unknown("没写到现场次数")
	}
	return counted(true, "")
}

func onceListed(s *Survey, guides []*catalog.Guide) Cell {
	l := s.Catalog.Lists.Get(onceList)
	if l == nil || !slices.Contains(l.Record.Items, guides[0].Item.ID) {
		return Cell{}
	}
	return once(s, guides)
}

func immediate(_ *Survey, _ *catalog.Procedure, t *catalog.Terms) Cell {
	if len(t.Timing.Promise) == 0 {
		return unknown("没写承诺时限")
	}
	return counted(!slices.ContainsFunc(t.Timing.Promise, func(l record.Limit) bool { return l.Value > 0 }), "")
}
