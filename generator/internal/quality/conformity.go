package quality

import (
	"iter"
	"strings"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// conformityMetrics hold places against the catalogue and the standard.
var conformityMetrics = []*Metric{
	{
		ID: "four-same-rate", Title: diag.Text{ZH: "四同一致率", EN: "Same name, type, basis and code"}, Family: Conformity,
		Formula: diag.Text{
			ZH: "没有改动名称、类型、依据、编码等目录要素的本地记录，除以全部本地记录。没有本地记录的地方算未收录。",
			EN: "Local records that leave name, type, basis, code and the other keys of the catalogue alone, by all local records.",
		},
		Counted: diag.Text{ZH: "一致", EN: "the same"}, Among: diag.Text{ZH: "本地记录", EN: "local records"},
		Sources: []Source{{sorting, "同一事项名称、编码、设定依据、办理层级、申请材料等基础要素全省统一"}}, Unit: Percent, Of: OfItems, Better: Higher, Rests: OnLocal,
		counter: counter{place: fourSame},
	}, {
		ID: "standard-rate", Title: diag.Text{ZH: "能同尽同率", EN: "Same standard"}, Family: Conformity,
		Formula: diag.Text{
			ZH: "受理条件、流程、材料、法定时限、结果等标准要素一处没改的办理项，除以全部办理项。名单写着改了什么、批没批。",
			EN: "Procedures of which a place changed no key of the standard, by all procedures.",
		},
		Counted: diag.Text{ZH: "照标准办", EN: "by the standard"}, Among: diag.Text{ZH: "办理项", EN: "procedures"},
		Sources: []Source{{facility, "一(三)"}, {oneNet, "四(一)"}}, Unit: Percent, Of: OfGuides, Better: Higher,
		counter: counter{terms: sameStandard},
	}, {
		ID: "unapproved-count", Title: diag.Text{ZH: "没批准就改标准的办理项", EN: "Deviations without approval"}, Family: Conformity,
		Formula: diag.Text{
			ZH: "改了标准要素，没有批准文件、或者批准已经过期的办理项。",
			EN: "Procedures of which a place changed a key of the standard without an approval in force.",
		},
		Counted: diag.Text{ZH: "没批准", EN: "not approved"}, Among: diag.Text{ZH: "改了标准的办理项", EN: "procedures that deviate"},
		Sources: []Source{{facility, "严格执行省级…实施清单"}}, Unit: Count, Of: OfGuides, Better: Lower, Rests: OnLocal,
		counter: counter{terms: unapproved},
	}, {
		ID: "worse-count", Title: diag.Text{ZH: "比标准差的办理项", EN: "Worse than the standard"}, Family: Conformity,
		Formula: diag.Text{
			ZH: "和标准比，有一处对群众更不方便的办理项：时限更长、材料或环节更多、少了办理渠道等。",
			EN: "Procedures of which something a place says is less convenient than the standard.",
		},
		Counted: diag.Text{ZH: "比标准差", EN: "worse"}, Among: diag.Text{ZH: "有本地规定的办理项", EN: "procedures with terms of their own"},
		Sources: []Source{{facility, "不得额外增加或变相增加办理环节和申请材料"}}, Unit: Count, Of: OfGuides, Better: Lower, Rests: OnLocal,
		counter: counter{terms: func(s *Survey, p *catalog.Procedure, t *catalog.Terms) Cell { return s.differs(p, t, changes.Worse) }},
	}, {
		ID: "better-count", Title: diag.Text{ZH: "比标准好的办理项", EN: "Better than the standard"}, Family: Conformity,
		Formula: diag.Text{
			ZH: "和标准比，有一处对群众更方便的办理项：时限更短、少要材料、少走环节、多了渠道等。",
			EN: "Procedures of which something a place says is more convenient than the standard.",
		},
		Counted: diag.Text{ZH: "比标准好", EN: "better"}, Among: diag.Text{ZH: "有本地规定的办理项", EN: "procedures with terms of their own"},
		Sources: []Source{{oneNet, "缩短办理时限"}}, Unit: Count, Of: OfGuides, Better: Higher, Rests: OnLocal,
		counter: counter{terms: func(s *Survey, p *catalog.Procedure, t *catalog.Terms) Cell { return s.differs(p, t, changes.Better) }},
	}, {
		ID: "spread-count", Title: diag.Text{ZH: "可全省推广的改进", EN: "Improvements for the whole province"}, Family: Conformity,
		Formula: diag.Text{
			ZH: "有地方比标准做得好的办理项，按全省算一项一次：一地能做到，全省就可以学。",
			EN: "Procedures that some place handles better than the standard, each counted once for the province.",
		},
		Counted: diag.Text{ZH: "可以推广", EN: "to be spread"}, Among: diag.Text{ZH: "标准", EN: "standards"},
		Sources: []Source{{sorting, "减材料、减环节的具体措施"}}, Unit: Count, Of: OfStandards, Better: Higher, Rests: OnProvince,
		counter: counter{province: spread},
	},
}

// catalogueKeys are the keys of the catalogue that no local record may have.
var catalogueKeys = sync.OnceValue(func() []record.Key {
	var out []record.Key
	for _, k := range record.KeysOf(record.KindItem) {
		if k.Lock == record.LockCatalogue && !strings.Contains(k.Path, ".") {
			out = append(out, k)
		}
	}
	return out
})

// fourSame counts the local records of a place. That a record of the catalogue differs cannot happen: there is only one.
func fourSame(s *Survey, d *catalog.Division) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		if len(d.Guides) > 0 && len(d.Local) == 0 {
			yield(&Entry{Division: d, Cell: unknown("没有本地记录"), file: d.File})
			return
		}
		var e Entry
		for no, guides := range s.itemsIn(d) {
			g := guides[0]
			f := d.Local[g.Item.ID]
			if f == nil {
				continue
			}
			var changed []string
			for _, k := range catalogueKeys() {
				if s.locked[f.Path] && f.Doc.Has(k.Path) && !isTerm(k.Path) {
					changed = append(changed, k.Title.ZH)
				}
			}
			c := counted(len(changed) == 0, "")
			if len(changed) > 0 {
				c.Why = "改了" + strings.Join(changed, "、")
			}
			e = Entry{Cell: c, Division: d, Guide: g, Item: g.Item, file: f, no: no}
			if !yield(&e) {
				return
			}
		}
	}
}

// isTerm reports whether a local record may have the key after all.
func isTerm(key string) bool {
	k, ok := record.KeyOf(record.KindImplementation, key)
	return ok && k.Lock != record.LockCatalogue
}

// deviations are the keys of the standard that terms change, with their titles, and what nobody approved among them.
func (s *Survey) deviations(p *catalog.Procedure, t *catalog.Terms) (changed, open []string) {
	for _, o := range t.Origins {
		if record.LockOf(o.Key) != record.LockStandard {
			continue
		}
		title := record.KeyOfMember(o.Key).Title.ZH
		changed = append(changed, title)
		if d := o.File.Record.(*record.Implementation).DeviationOf(p.No); d == nil || d.Until != 0 && d.Until < s.Catalog.AsOf {
			open = append(open, title)
		}
	}
	return changed, open
}

func sameStandard(s *Survey, p *catalog.Procedure, t *catalog.Terms) Cell {
	changed, open := s.deviations(p, t)
	switch {
	case len(changed) == 0:
		return counted(true, "")
	case len(open) > 0:
		return counted(false, "改了"+strings.Join(changed, "、")+"；没批准的："+strings.Join(open, "、"))
	}
	return counted(false, "改了"+strings.Join(changed, "、")+"，经过批准")
}

func unapproved(s *Survey, p *catalog.Procedure, t *catalog.Terms) Cell {
	changed, open := s.deviations(p, t)
	if len(changed) == 0 {
		return Cell{}
	}
	why := ""
	if len(open) > 0 {
		why = "没批准：" + strings.Join(open, "、")
	}
	return counted(len(open) > 0, why)
}

// differs counts terms that say something otherwise than the standard, and are better or worse in something for the applicant.
func (s *Survey) differs(p *catalog.Procedure, t *catalog.Terms, way changes.Direction) Cell {
	said := s.said(p, t)
	if !said.something {
		return Cell{}
	}
	why := said.better
	if way == changes.Worse {
		why = said.worse
	}
	return counted(len(why) > 0, strings.Join(why, "；"))
}

// said is what terms say otherwise than the standard: whether it is something that is not for each place to set as it likes, and in words what
// of that is better or worse.
type said struct {
	terms         *catalog.Terms
	something     bool
	better, worse []string
}

// said is what the terms that are judged say. Several metrics ask for the same terms one after the other: the last answer is kept.
func (s *Survey) said(p *catalog.Procedure, t *catalog.Terms) *said {
	if s.last.terms == t {
		return &s.last
	}
	s.last = said{terms: t}
	for _, f := range s.tell(s.Catalog.HandedDown(nil, p), t, s.judging.Division) {
		if f.Direction == changes.Same && s.last.something {
			continue
		}
		if lock := record.LockOf(f.Key); lock != record.LockStandard && lock != record.LockTighten {
			continue
		}
		s.last.something = true
		switch f.Direction {
		case changes.Better:
			s.last.better = append(s.last.better, f.Words)
		case changes.Worse:
			s.last.worse = append(s.last.worse, f.Words)
		}
	}
	return &s.last
}

// spread gives every standard, and which real places do better.
func spread(s *Survey) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		better, judged := map[*catalog.Procedure][]string{}, s.judgedBy("better-count")
		for d := range s.divisions(Scope{}) {
			if d == nil || !s.places[d].own {
				continue
			}
			for n, g := range d.Guides {
				if c := judged.in(s.places[d].terms[n]); c.Num > 0 {
					better[g.Procedure] = append(better[g.Procedure], d.Name+"："+c.Why)
				}
			}
		}
		for _, i := range s.Catalog.Items {
			for _, p := range i.Procedures {
				if !i.Current() || !p.Current {
					continue
				}
				if !yield(&Entry{Cell: counted(len(better[p]) > 0, strings.Join(better[p], "；")), Item: i, Procedure: p, file: p.File}) {
					return
				}
			}
		}
	}
}
