package quality

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// The documents that demand most of what is counted here.
const (
	oneNet  = "hebei-2018-one-net" // S1
	sorting = "hebei-2019-sorting" // S0
)

var onlineMetrics = []*Metric{
	{
		ID: "online-rate", Title: diag.Text{ZH: "网上可办率", EN: "Share handled online"}, Family: Online,
		Formula: diag.Text{
			ZH: "能在网上申请、而且必要材料都能网上交的办理项，除以全部办理项。",
			EN: "Procedures for which one applies online and all required papers can be handed in online, by all procedures.",
		},
		Counted: diag.Text{ZH: "网上可办", EN: "online"}, Among: diag.Text{ZH: "办理项", EN: "procedures"},
		Sources: []Source{{oneNet, "二(二)"}}, Unit: Percent, Of: OfGuides, Better: Higher,
		counter: counter{terms: online},
	}, {
		ID: "hall-entry-rate", Title: diag.Text{ZH: "进驻率", EN: "Share in the hall"}, Family: Online,
		Formula: diag.Text{
			ZH: "写明进驻政务服务中心的事项，除以写明了进驻与否的事项。没写的算未收录。",
			EN: "Items that entered the hall, by items of which the place says whether they did.",
		},
		Counted: diag.Text{ZH: "已进驻", EN: "in the hall"}, Among: diag.Text{ZH: "写明进驻与否的事项", EN: "items that say so"},
		Sources: []Source{{oneNet, "三(三)"}}, Unit: Percent, Of: OfItems, Better: Higher, Rests: OnLocal,
		counter: counter{item: hallEntry},
	}, {
		ID: "once-count", Title: diag.Text{ZH: "最多跑一次事项数", EN: "Items with one visit at most"}, Family: Online,
		Formula: diag.Text{
			ZH: "每个办理项都最多到现场一次的事项有几个。几个地方合起来，同一个事项只算一次，处处都做到才算。",
			EN: "Items of which every procedure needs one visit at most; over several places an item counts once, if it is so in all of them.",
		},
		Counted: diag.Text{ZH: "最多跑一次", EN: "one visit at most"}, Among: diag.Text{ZH: "写明次数的事项", EN: "items that state visits"},
		Sources: []Source{{oneNet, "四(三)"}}, Unit: Count, Of: OfItems, Better: Higher, Distinct: true,
		counter: counter{item: once},
	},
}

// online: S1 二(二) calls an item 网上可办 when all its papers can be handed in online. A paper that nobody has to bring does not count,
// nor one that is asked for in no case.
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

func hallEntry(_ *Survey, guides []*catalog.Guide) Cell {
	said := 0
	for _, g := range guides {
		e := g.Local.HallEntry
		switch {
		case e == nil:
			continue
		case !e.Entered:
			return counted(false, e.Reason)
		}
		said++
	}
	if said < len(guides) {
		return unknown("没写是否进驻")
	}
	return counted(true, "")
}

func once(_ *Survey, guides []*catalog.Guide) Cell {
	for _, g := range guides {
		switch v := g.Access.Visits; {
		case v == nil:
			return unknown(g.Procedure.Name + "没写到现场次数")
		case *v > 1:
			return counted(false, g.Procedure.Name+"要跑不止一次")
		}
	}
	return counted(true, "")
}
