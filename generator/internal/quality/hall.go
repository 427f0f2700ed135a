package quality

import (
	"iter"
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// hallMetrics are what is handled in the halls, and what the halls have. Only a place can say so.
var hallMetrics = []*Metric{
	{
		ID: "hall-entry-rate", Title: diag.Text{ZH: "进驻率", EN: "Share in the hall"}, Family: Online,
		Formula: diag.Text{
			ZH: "写明进驻政务服务中心的事项，除以写明进驻与否、又应进驻的事项。有原因、有文件不进驻的在负面清单上，不算应进驻；没写的算未收录。",
			EN: "Items that entered the hall, by items of which the place says whether they did; those kept out for a reason and by a document need not enter.",
		},
		Counted: diag.Text{ZH: "已进驻", EN: "in the hall"}, Among: diag.Text{ZH: "应进驻的事项", EN: "items that should enter"},
		Sources: []Source{{oneNet, "三(三)"}, {facility, "二(三)"}}, Unit: Percent, Of: OfItems, Better: Higher, Rests: OnLocal,
		counter: counter{item: hallEntry, byTerms: true},
	}, {
		ID: "one-window-rate", Title: diag.Text{ZH: "一窗受理率", EN: "Share at one window"}, Family: Online,
		Formula: diag.Text{
			ZH: "写明一窗受理的事项，除以进驻了、又写明是不是一窗的事项。没写的算未收录。",
			EN: "Items accepted at one window, by items in the hall of which the place says whether they are.",
		},
		Counted: diag.Text{ZH: "一窗受理", EN: "at one window"}, Among: diag.Text{ZH: "进驻的事项", EN: "items in the hall"},
		Sources: []Source{{oneNet, "“一窗”分类受理"}}, Unit: Percent, Of: OfItems, Better: Higher, Rests: OnLocal,
		counter: counter{item: oneWindow, byTerms: true},
	}, {
		ID: "outside-count", Title: diag.Text{ZH: "明进暗不进的事项", EN: "Entered in name only"}, Family: Online,
		Formula: diag.Text{
			ZH: "写明已进驻，办理地点却不在政务服务中心、专业分厅、便民服务中心或者便民服务站的事项。",
			EN: "Items said to be in the hall that are handled elsewhere.",
		},
		Counted: diag.Text{ZH: "在大厅外办", EN: "handled elsewhere"}, Among: diag.Text{ZH: "写明进驻的事项", EN: "items in the hall"},
		Sources: []Source{{facility, "明进暗不进"}, {hallRun, "体外循环"}}, Unit: Count, Of: OfItems, Better: Lower, Rests: OnLocal,
		counter: counter{item: enteredInName},
	}, {
		ID: "self-service-rate", Title: diag.Text{ZH: "自助终端覆盖率", EN: "Coverage of self-service terminals"}, Family: Online,
		Formula: diag.Text{
			ZH: "有自助服务区窗口的便民服务站，除以写明窗口的便民服务站。没收录便民服务站的乡镇算未收录。",
			EN: "Village stations with a self-service window, by stations that state their windows.",
		},
		Counted: diag.Text{ZH: "有自助终端", EN: "with terminals"}, Among: diag.Text{ZH: "便民服务站", EN: "village stations"},
		Sources: []Source{{facility, "自助终端"}}, Unit: Percent, Of: OfHalls, Better: Higher, Rests: OnLocal,
		counter: counter{place: selfService},
	}, {
		ID: "hall-elements", Title: diag.Text{ZH: "大厅信息完整度", EN: "Completeness of halls"}, Family: Complete,
		Formula: diag.Text{
			ZH: "政务服务中心、便民服务中心写了的地址、办公时间、电话，除以每个大厅应写的三样。照通例生成、没人核对过的大厅算未收录。",
			EN: "Of address, hours and phone, what halls state. Halls that exist by the defaults of their level are not recorded.",
		},
		Counted: diag.Text{ZH: "写了的", EN: "stated"}, Among: diag.Text{ZH: "应写的", EN: "due"},
		Sources: []Source{{countyList, "十四项要素：办理地点、办理时间、咨询电话"}}, Unit: Percent, Of: OfHalls, Better: Higher, Rests: OnLocal,
		counter: counter{place: hallElements},
	},
}

// governmentHalls are the kinds of halls that items move into (vocab/hall-kinds.toml).
var governmentHalls = []string{"政务服务中心", "专业分厅", "便民服务中心", station}

// station is the kind of halls of villages, the last mile.
const station = "便民服务站"

// hallEntry: S1 三(三) and S3 二(三) let an item stay outside for a reason, with the consent of the government; the document says so.
func hallEntry(_ *Survey, guides []*catalog.Guide) Cell {
	said, exempt := 0, false
	for _, g := range guides {
		e := g.Local.HallEntry
		switch {
		case e == nil:
			continue
		case !e.Entered && e.Reason == "":
			return counted(false, "没写原因")
		case !e.Entered && e.Document == "":
			return counted(false, e.Reason+"，没有文件")
		case !e.Entered:
			exempt = true
		}
		said++
	}
	switch {
	case exempt:
		return Cell{}
	case said < len(guides):
		return unknown("没写是否进驻")
	}
	return counted(true, "")
}

func oneWindow(s *Survey, guides []*catalog.Guide) Cell {
	switch c := hallEntry(s, guides); {
	case c.Unknown:
		return c
	case c.Num == 0:
		return Cell{}
	}
	said := 0
	for _, g := range guides {
		switch w := g.Local.OneWindow; {
		case w == nil:
			continue
		case !*w:
			return counted(false, "")
		}
		said++
	}
	if said < len(guides) {
		return unknown("没写是不是一窗受理")
	}
	return counted(true, "")
}

func enteredInName(s *Survey, guides []*catalog.Guide) Cell {
	switch c := hallEntry(s, guides); {
	case c.Unknown:
		return c
	case c.Num == 0:
		return Cell{}
	}
	for _, g := range guides {
		inHall := slices.ContainsFunc(g.Places, func(p catalog.Place) bool { return slices.Contains(governmentHalls, p.Hall.Kind) })
		if len(g.Places) > 0 && !inHall {
			return counted(true, "在"+g.Places[0].Hall.Name+"办")
		}
	}
	return counted(false, "")
}

func selfService(_ *Survey, d *catalog.Division) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		stations := 0
		for _, h := range d.Halls {
			if h.Kind != station {
				continue
			}
			stations++
			e := Entry{Division: d, Hall: h, file: d.File, Cell: unknown("没写窗口")}
			if h.Windows != nil {
				e.Cell = counted(slices.ContainsFunc(h.Windows, func(w record.Window) bool { return w.Kind == "自助服务区" }), "")
			}
			if !yield(&e) {
				return
			}
		}
		if stations == 0 && d.Level == record.LevelTownship && d.Acts() {
			yield(&Entry{Division: d, file: d.File, Cell: unknown("没有收录便民服务站")})
		}
	}
}

func hallElements(_ *Survey, d *catalog.Division) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		for _, h := range d.Halls {
			if !slices.Contains(governmentHalls, h.Kind) {
				continue
			}
			e := Entry{Division: d, Hall: h, file: d.File, Cell: unknown("没有收录大厅的情况")}
			if !h.Default {
				missing := ""
				for _, k := range []struct {
					name  string
					there bool
				}{{"地址", h.Address != ""}, {"办公时间", len(h.Hours) > 0}, {"电话", len(h.Phones) > 0}} {
					e.Den++
					if k.there {
						e.Num++
					} else {
						missing += "、" + k.name
					}
				}
				e.Unknown, e.Why = false, ""
				if missing != "" {
					e.Why = "缺" + missing[len("、"):]
				}
			}
			if !yield(&e) {
				return
			}
		}
	}
}
