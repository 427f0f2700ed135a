package quality

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// comparedMetrics hold the library against what others do and what offices could look up.
var comparedMetrics = []*Metric{
	{
		ID: "shareable-asked-rate", Title: diag.Text{ZH: "能共享还要交的材料占比", EN: "Papers asked for that could be looked up"}, Family: Compared,
		Formula: diag.Text{
			ZH: "材料库写明能共享、有电子证照，标准里却仍要带的必要材料，除以能共享的必要材料。",
			EN: "Required papers still to be brought, by required papers of which the library says that offices can look them up.",
		},
		Counted: diag.Text{ZH: "仍要带", EN: "still to bring"}, Among: diag.Text{ZH: "能共享的必要材料", EN: "papers that could be looked up"},
		Sources: []Source{{countyList, "凡是能通过网络共享复用的材料，不得要求服务对象重复提交"}, {oneNet, "一数一源"}},
		Unit:    Percent, Of: OfGuides, Better: Lower,
		counter: counter{terms: shareableAsked},
	}, {
		ID: "benchmark-rate", Title: diag.Text{ZH: "不多于先进省份率", EN: "Share no heavier than elsewhere"}, Family: Compared,
		Formula: diag.Text{
			ZH: "材料、环节、时限都不多于先进省份公布的办理项，除以有对标记录的办理项；没公布的不比，几个省的逐个比。",
			EN: "Procedures with no more papers, steps and time than another province published, by procedures with such a benchmark; each province is a comparison.",
		},
		Counted: diag.Text{ZH: "不多于", EN: "no heavier"}, Among: diag.Text{ZH: "对标的办理项", EN: "comparisons"},
		Sources: []Source{{oneNet, "以浙江、贵州等先进省份为标杆"}}, Unit: Percent, Of: OfStandards, Better: Higher, Rests: OnProvince,
		missing: func(s *Survey) diag.Text {
			for _, b := range s.Catalog.Benchmarks.All {
				if b.Record.Kind == record.BenchmarkOther {
					return diag.Text{}
				}
			}
			return diag.Text{ZH: "没有录入先进省份的对标记录（data/benchmarks）", EN: "no benchmark of another province is in the library (data/benchmarks)"}
		},
		counter: counter{province: benchmarks},
	}, {
		ID: "list-rows-rate", Title: diag.Text{ZH: "权责清单落实率", EN: "Rows of the power lists that are handled"}, Family: Compared,
		Formula: diag.Text{
			ZH: "权力清单、责任清单、公共服务清单的每一行里，本地有事项在办的，除以全部行。事项不少于清单，才是 100%。",
			EN: "Rows of the lists of powers, duties and public services of which the place handles the item, by all rows.",
		},
		Counted: diag.Text{ZH: "有事项在办", EN: "handled"}, Among: diag.Text{ZH: "清单的行", EN: "rows"},
		Sources: powerSources, Unit: Percent, Of: OfRecords, Better: Higher, Rests: OnLocal, missing: noPowerLists,
		counter: counter{place: listRows},
	}, {
		ID: "items-listed-rate", Title: diag.Text{ZH: "事项上清单率", EN: "Items that stand on the power lists"}, Family: Compared,
		Formula: diag.Text{
			ZH: "行政权力事项里，权力清单和责任清单都有的，除以在办的行政权力事项。两张清单要一致。",
			EN: "Items of administrative power that stand on both the list of powers and that of duties, by those handled.",
		},
		Counted: diag.Text{ZH: "两张清单都有", EN: "on both"}, Among: diag.Text{ZH: "在办的行政权力事项", EN: "items of power"},
		Sources: powerSources, Unit: Percent, Of: OfItems, Better: Higher, Rests: OnLocal, missing: noPowerLists,
		counter: counter{place: itemsListed},
	},
}

var powerSources = []Source{{sorting, "与权力清单、责任清单相匹配"}, {countyList, "完全一致"}}

func noPowerLists(s *Survey) diag.Text {
	if len(s.Catalog.PowerLists.All) > 0 {
		return diag.Text{}
	}
	return diag.Text{ZH: "没有录入权责清单（data/powers）", EN: "no power list is in the library (data/powers)"}
}

func shareableAsked(s *Survey, _ *catalog.Procedure, t *catalog.Terms) Cell {
	var c Cell
	var asked []string
	for _, p := range t.Papers.Lines {
		if p.Necessity != record.Required || !s.shareable(p) {
			continue
		}
		c.Den++
		if !p.Waived() {
			c.Num++
			asked = append(asked, p.Name())
		}
	}
	if len(asked) > 0 {
		c.Why = fmt.Sprintf("仍要带%s", strings.Join(asked, "、"))
	}
	return c
}

// shareable reports whether the library says that an office can look a paper up.
func (s *Survey) shareable(p *catalog.Paper) bool {
	if p.Library == nil {
		return false
	}
	m := p.Library.Record
	if m.SharedFrom != "" || slices.Contains(m.WaivedBy, "数据共享") || slices.Contains(m.WaivedBy, "电子证照") {
		return true
	}
	e := s.Catalog.Certificates.Get(m.Certificate)
	return e != nil && e.Record.Digital == "已电子化"
}

// benchmarks compares standards with what other provinces published.
func benchmarks(s *Survey) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		for _, b := range s.Catalog.Benchmarks.All {
			if b.Record.Kind != record.BenchmarkOther {
				continue
			}
			for i := range b.Record.Entries {
				x := &b.Record.Entries[i]
				p := procedureOf(s.Catalog.Item(x.Item), x.Procedure)
				if p == nil || !p.Current || !p.Item.Current() {
					continue
				}
				c := heavier(s.Catalog.HandedDown(nil, p), x, b.Record.Name)
				if c.concerned() && !yield(&Entry{Cell: c, Item: p.Item, Procedure: p, ID: b.ID, file: p.File}) {
					return
				}
			}
		}
	}
}

// heavier compares terms with a benchmark in all that it says.
func heavier(t *catalog.Terms, x *record.BenchmarkEntry, name string) Cell {
	var more []string
	if n, known := broughtPapers(t); known && x.Materials != nil && n > *x.Materials {
		more = append(more, fmt.Sprintf("材料 %d 份，%s %d 份", n, name, *x.Materials))
	}
	if n, known := keptSteps(t); known && x.Steps != nil && n > *x.Steps {
		more = append(more, fmt.Sprintf("环节 %d 个，%s %d 个", n, name, *x.Steps))
	}
	if x.Limit != nil {
		for _, promise := range t.Timing.Promise {
			if c, ok := promise.Compare(*x.Limit); ok && c > 0 {
				more = append(more, fmt.Sprintf("承诺 %s，%s %s", promise, name, x.Limit))
				break
			}
		}
	}
	return counted(len(more) == 0, strings.Join(more, "；"))
}

// powerLists are the lists of a place.
func (s *Survey) powerLists(d *catalog.Division) []*catalog.Entry[record.PowerList] {
	var out []*catalog.Entry[record.PowerList]
	for _, e := range s.Catalog.PowerLists.All {
		if e.Record.Division == d.ID {
			out = append(out, e)
		}
	}
	return out
}

// withoutList is the entry of a place that should have power lists and has none here.
func (s *Survey) withoutList(d *catalog.Division) (Entry, bool) {
	if !d.Acts() || d.Level == record.LevelTownship || len(s.powerLists(d)) > 0 {
		return Entry{}, false
	}
	return Entry{Division: d, file: d.File, Cell: unknown("没有录入权责清单")}, true
}

func listRows(s *Survey, d *catalog.Division) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		if e, none := s.withoutList(d); none {
			yield(&e)
			return
		}
		lists := s.powerLists(d)
		if len(lists) == 0 {
			return
		}
		has := map[*catalog.Item]bool{}
		for _, guides := range s.itemsIn(d) {
			has[guides[0].Item] = true
		}
		for _, l := range lists {
			for i, row := range l.Record.Entries {
				item := s.Catalog.Item(row.Item)
				c := counted(true, row.List+" "+row.No)
				switch {
				case row.Item == "":
					c = counted(false, row.List+" "+row.No+"：没有对应的事项")
				case !has[item]:
					c = counted(false, row.List+" "+row.No+"：本地没有在办")
				}
				if !yield(&Entry{Cell: c, Division: d, ID: fmt.Sprintf("%s/%d", l.ID, i+1), Name: row.Name, file: l.File}) {
					return
				}
			}
		}
	}
}

// service is the type of items that rest on no power.
const service = "公共服务"

func itemsListed(s *Survey, d *catalog.Division) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		if e, none := s.withoutList(d); none {
			yield(&e)
			return
		}
		lists := s.powerLists(d)
		if len(lists) == 0 {
			return
		}
		on := map[[2]string]bool{} // list, item
		for _, l := range lists {
			for _, row := range l.Record.Entries {
				on[[2]string{row.List, row.Item}] = true
			}
		}
		for no, guides := range s.itemsIn(d) {
			g := guides[0]
			if g.Item.Type == service {
				continue
			}
			var off []string
			for _, list := range []string{record.ListPowers, record.ListDuties} {
				if !on[[2]string{list, g.Item.ID}] {
					off = append(off, list)
				}
			}
			c := counted(len(off) == 0, "")
			if len(off) > 0 {
				c.Why = "不在" + strings.Join(off, "、") + "里"
			}
			if !yield(&Entry{Cell: c, Division: d, Guide: g, Item: g.Item, file: lists[0].File, no: no}) {
				return
			}
		}
	}
}
