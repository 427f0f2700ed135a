package quality

import (
	"iter"
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// adoptionMetrics are which items places have taken on.
var adoptionMetrics = []*Metric{
	{
		ID: "adoption-rate", Title: diag.Text{ZH: "承接率", EN: "Share taken on"}, Family: Adoption,
		Formula: diag.Text{
			ZH: "按行使层级应承接、也办了的事项，除以应承接的事项。写明由别处办的不算应承接。",
			EN: "Items taken on, by items that the level of the place should take on; those it leaves to another place are not counted.",
		},
		Counted: diag.Text{ZH: "已承接", EN: "taken on"}, Among: diag.Text{ZH: "应承接的事项", EN: "items due"},
		Sources: []Source{{facility, "应承接的事项"}, {sorting, "各地对照…修订本级目录"}}, Unit: Percent, Of: OfItems, Better: Higher,
		counter: counter{place: adopted},
	}, {
		ID: "missing-count", Title: diag.Text{ZH: "别处有、本地没有的事项", EN: "Items others have"}, Family: Adoption,
		Formula: diag.Text{
			ZH: "同级的别的地方有在办，本地没有、也没写由别处办的事项。几个地方合起来，按地方逐个算。",
			EN: "Items that another place of the level handles and this one neither handles nor leaves to another.",
		},
		Counted: diag.Text{ZH: "本地没有", EN: "lacking"}, Among: diag.Text{ZH: "同级有地方在办的事项", EN: "items of the level"},
		Sources: []Source{{countyList, "不漏报、不瞒报、不错报"}}, Unit: Count, Of: OfItems, Better: Lower,
		counter: counter{place: lacking},
	}, {
		ID: "extra-count", Title: diag.Text{ZH: "层级以外承接的事项", EN: "Items beyond the level"}, Family: Adoption,
		Formula: diag.Text{
			ZH: "行使层级里没有本级，凭委托文件在本地办的事项。",
			EN: "Items whose levels do not name this one, handled here by a document that entrusts them.",
		},
		Counted: diag.Text{ZH: "层级以外", EN: "beyond the level"}, Among: diag.Text{ZH: "在办的事项", EN: "items handled"},
		Sources: []Source{{sorting, "各地对照…修订本级目录"}}, Unit: Count, Of: OfItems, Better: Lower, Rests: OnLocal,
		counter: counter{place: extra},
	}, {
		ID: "one-owner-rate", Title: diag.Text{ZH: "权责唯一率", EN: "Share with one owner"}, Family: Adoption,
		Formula: diag.Text{
			ZH: "只有一个实施主体认领的事项，除以在办的事项。名单写着还有谁认领。",
			EN: "Items that one body claims, by items handled.",
		},
		Counted: diag.Text{ZH: "一个主体", EN: "one owner"}, Among: diag.Text{ZH: "在办的事项", EN: "items handled"},
		Sources: []Source{{countyList, "权界清晰、分工合理、权责一致"}}, Unit: Percent, Of: OfItems, Better: Higher,
		counter: counter{item: oneOwner},
	}, {
		ID: "list-filed-rate", Title: diag.Text{ZH: "清单备案率", EN: "Share of filed lists"}, Family: Adoption,
		Formula: diag.Text{
			ZH: "事项清单已经备案的市和县，除以写了清单审核情况的市和县。没写的算未收录。",
			EN: "Cities and counties whose list was filed, by those that state a review of their list.",
		},
		Counted: diag.Text{ZH: "已备案", EN: "filed"}, Among: diag.Text{ZH: "写了审核情况的地方", EN: "places that state a review"},
		Sources: []Source{{sorting, "市级通用目录…报送…备案"}}, Unit: Percent, Of: OfPlaces, Better: Higher, Rests: OnLocal,
		counter: counter{place: reviewed("备案")},
	}, {
		ID: "list-published-rate", Title: diag.Text{ZH: "清单公布率", EN: "Share of published lists"}, Family: Adoption,
		Formula: diag.Text{
			ZH: "事项清单经审定、已经公布的市和县，除以写了清单审核情况的市和县。没写的算未收录。",
			EN: "Cities and counties whose list was published, by those that state a review of their list.",
		},
		Counted: diag.Text{ZH: "已公布", EN: "published"}, Among: diag.Text{ZH: "写了审核情况的地方", EN: "places that state a review"},
		Sources: []Source{{countyList, "四(三)"}}, Unit: Percent, Of: OfPlaces, Better: Higher, Rests: OnLocal,
		counter: counter{place: reviewed("公布")},
	}, {
		ID: "sharing-rate", Title: diag.Text{ZH: "实施方式一致率", EN: "Sharing that fits the levels"}, Family: Adoption,
		Formula: diag.Text{
			ZH: "实施方式和行使层级对得上的事项，除以全部事项：单独实施只有一级，共同实施、分别实施有两级以上。",
			EN: "Items whose way of sharing fits their levels: 单独实施 has one level, 共同实施 and 分别实施 two or more.",
		},
		Counted: diag.Text{ZH: "对得上", EN: "fitting"}, Among: diag.Text{ZH: "写明实施方式的事项", EN: "items that state it"},
		Sources: []Source{{sorting, "五(一)"}}, Unit: Percent, Of: OfItems, Better: Higher, Rests: OnProvince,
		counter: counter{province: sharing},
	},
}

// due reports whether the level of a place should take an item on, and at which level.
func due(d *catalog.Division, i *catalog.Item) (level string, ok bool) {
	if !i.Current() || len(i.Children) > 0 || !d.Acts() || len(i.Scope) > 0 && !slices.ContainsFunc(i.Scope, func(id string) bool { return within(d, id) }) {
		return "", false
	}
	for _, l := range d.Exercises {
		if slices.Contains(i.Levels, l) {
			return l, true
		}
	}
	return "", false
}

// within reports whether a place is the one with the id or below it.
func within(d *catalog.Division, id string) bool {
	for n := 0; d != nil && n < 8; d, n = d.Superior, n+1 {
		if d.ID == id {
			return true
		}
	}
	return false
}

// handled gives every item of the catalog, by its number, with the first guide of it in a place, nil for none. Both are in the same order.
func (s *Survey) handled(d *catalog.Division) iter.Seq2[int32, *catalog.Guide] {
	return func(yield func(int32, *catalog.Guide) bool) {
		rest := d.Guides
		for n, i := range s.Catalog.Items {
			var first *catalog.Guide
			for len(rest) > 0 && rest[0].Item == i {
				if first == nil {
					first = rest[0]
				}
				rest = rest[1:]
			}
			if !yield(int32(n+1), first) {
				return
			}
		}
	}
}

func adopted(s *Survey, d *catalog.Division) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		var e Entry
		for no, guide := range s.handled(d) {
			i := s.Catalog.Items[no-1]
			level, ok := due(d, i)
			if !ok || d.Referral(i.ID) != nil {
				continue
			}
			e = Entry{Cell: counted(true, ""), Division: d, Guide: guide, Item: i, file: d.File, atLevel: level, no: no}
			if e.Guide == nil {
				e.Cell = counted(false, whyNot(d, i))
			}
			if !yield(&e) {
				return
			}
		}
	}
}

// whyNot says why a place has no guide of an item that it should take on.
func whyNot(d *catalog.Division, i *catalog.Item) string {
	for _, n := range d.NotAdopted {
		if n.Item == i.ID {
			return "写明不承接：" + n.Reason
		}
	}
	if org, _, _ := d.Handler(i); org == nil {
		return "没有实施主体"
	}
	return "没有在办的办理项"
}

// lacking gives the items that some place of the level has.
func lacking(s *Survey, d *catalog.Division) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		if !d.Acts() {
			return
		}
		others := make([][]bool, len(d.Exercises))
		for n, l := range d.Exercises {
			others[n] = s.peers[peer{l, s.places[d].sample}]
		}
		var e Entry
		for no, guide := range s.handled(d) {
			i, n := s.Catalog.Items[no-1], slices.IndexFunc(others, func(handled []bool) bool { return handled != nil && handled[no] })
			if n < 0 || d.Referral(i.ID) != nil {
				continue
			}
			if guide == nil && len(i.Scope) > 0 {
				if _, ok := due(d, i); !ok {
					continue // made for other places
				}
			}
			e = Entry{Cell: counted(guide == nil, ""), Division: d, Guide: guide, Item: i, file: d.File, atLevel: d.Exercises[n], no: no}
			if guide == nil {
				e.Why = whyNot(d, i)
			}
			if !yield(&e) {
				return
			}
		}
	}
}

// peer is the places of a level; real places and made-up ones are each others' only.
type peer struct {
	level  string
	sample bool
}

// peersOf finds, by their numbers, the items that some place of a level handles.
func peersOf(s *Survey) map[peer][]bool {
	out := map[peer][]bool{}
	for _, d := range s.Catalog.Divisions {
		for no, guides := range s.itemsIn(d) {
			p := peer{guides[0].Level, s.places[d].sample}
			if out[p] == nil {
				out[p] = make([]bool, len(s.Catalog.Items)+1)
			}
			out[p][no] = true
		}
	}
	return out
}

func extra(s *Survey, d *catalog.Division) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		var e Entry
		if len(d.Local) == 0 {
			if len(d.Guides) > 0 {
				e = Entry{Division: d, Cell: unknown("没有本地记录"), file: d.File}
				yield(&e)
			}
			return
		}
		for no, guides := range s.itemsIn(d) {
			g := guides[0]
			e = Entry{Cell: counted(false, ""), Division: d, Guide: g, Item: g.Item, no: no}
			if by := g.Local.EntrustedBy; by != "" {
				if _, ok := due(d, g.Item); !ok {
					e.Cell = counted(true, "凭委托文件："+by)
				}
			}
			if !yield(&e) {
				return
			}
		}
	}
}

func oneOwner(_ *Survey, guides []*catalog.Guide) Cell {
	d, i := guides[0].Division, guides[0].Item
	if _, _, tie := d.Handler(i); tie != nil {
		return counted(false, tie.Name+"也认领")
	}
	return counted(true, "")
}

// reviewed counts places whose list came to an act of vocab/plan-acts.toml.
func reviewed(act string) func(*Survey, *catalog.Division) iter.Seq[*Entry] {
	return func(_ *Survey, d *catalog.Division) iter.Seq[*Entry] {
		return func(yield func(*Entry) bool) {
			if !d.Acts() || d.Level != record.LevelCity && d.Level != record.LevelCounty {
				return
			}
			e := Entry{Division: d, file: d.File, Cell: unknown("没写清单审核情况")}
			if n := len(d.ListReviews); n > 0 {
				e.Cell = counted(false, "还没有"+act)
				if done := d.ListReviews[n-1].Done(act); done != 0 {
					e.Cell = counted(true, done.String()+act)
				}
			}
			yield(&e)
		}
	}
}

func sharing(s *Survey) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		for _, i := range s.Catalog.Items {
			if !i.Current() {
				continue
			}
			e := Entry{Item: i, file: i.File}
			switch {
			case i.Sharing == "" || len(i.Levels) == 0:
				e.Cell = unknown("没写实施方式")
			case i.Sharing == "单独实施":
				e.Cell = counted(len(i.Levels) == 1, i.Sharing)
			default:
				e.Cell = counted(len(i.Levels) > 1, i.Sharing)
			}
			if !yield(&e) {
				return
			}
		}
	}
}
