package dump

import (
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
	"banshi/generator/internal/table"
)

// guideLine is what a row of guides is made of. The words are made once for all guides that share a section.
type guideLine struct {
	*catalog.Guide
	papers           *paperWords
	promise, legal   string
	fee              string
	halls            string
	task, procedure  string
	changed, checked record.Date
	single           *record.Limit // the promise, where there is only one
}

// paperWords are the names of the papers of a guide, in the order of the standard.
type paperWords struct {
	stated        bool
	bring, waived int
	toBring       string
	notToBring    string
}

// guideTable is one row a guide, resolved and in words: the table for people with a spreadsheet. It has the guides of the divisions
// given.
func (x *exporter) guideTable(divisions []*catalog.Division) *table.Table {
	t := tableOf("guides", "办事指南", "Guides", []string{"id"}, x.guideColumns(), func(yield func(*guideLine) bool) {
		w := x.newGuideWords()
		for _, d := range divisions {
			for _, g := range d.Guides {
				if !yield(w.line(g)) {
					return
				}
			}
		}
	})
	t.References = []table.Reference{{Column: "division", Table: "divisions", To: "id"}, {Column: "item", Table: "items", To: "id"}}
	return t
}

// guideColumns are the columns of guides. Their names are part of version 1 of the format.
func (x *exporter) guideColumns() []column[*guideLine] {
	col := func(name string, k table.Kind, zh, en, doc string, f func(*guideLine) table.Value) column[*guideLine] {
		return column[*guideLine]{table.Column{Name: name, Kind: k, Title: zh, TitleEN: en, Description: doc}, f}
	}
	txt := func(name, zh, en, doc string, f func(*guideLine) string) column[*guideLine] {
		return col(name, table.Text, zh, en, doc, func(l *guideLine) table.Value { return text(f(l)) })
	}
	levels, depths, units := x.plan.words.terms("levels"), x.plan.words.terms("depths"), x.plan.words.terms("units")
	label := func(l *lookup, term string) string { _, b := l.pair(term); return b }
	columns := []column[*guideLine]{
		txt("id", "编号", "Id", "区划/事项/业务办理项 / division, item, procedure", func(l *guideLine) string { return guideID(l.Guide) }),
		txt("division", "地方编号", "Place id", "", func(l *guideLine) string { return l.Division.ID }),
		txt("division_name", "地方", "Place", "", func(l *guideLine) string { return l.Division.Name }),
		txt("item", "事项编号", "Item id", "", func(l *guideLine) string { return l.Item.ID }),
		txt("item_name", "事项", "Item", "", func(l *guideLine) string { return l.Item.Name }),
		txt("procedure_no", "业务办理项序号", "Procedure number", "", func(l *guideLine) string { return l.Procedure.No }),
		txt("procedure_name", "业务办理项", "Procedure", "", func(l *guideLine) string { return l.Procedure.Name }),
		txt("level", "行使层级", "Level", "", func(l *guideLine) string { return label(levels, l.Level) }),
		txt("org_name", "实施主体", "Body", "", func(l *guideLine) string {
			if l.Org == nil {
				return ""
			}
			return l.Org.Name
		}),
		txt("task_code", "实施编码", "Implementation code", "31 位 / 31 characters", func(l *guideLine) string { return l.task }),
		txt("procedure_code", "业务办理项编码", "Procedure code", "33 位 / 33 characters", func(l *guideLine) string { return l.procedure }),
		txt("promise", "承诺时限", "Promise", "各情形的时限用分号隔开 / several cases are separated by ；", func(l *guideLine) string { return l.promise }),
		col("promise_value", table.Integer, "承诺时限数值", "Promise, value", "只有一个时限时才有，0 是即办 / only where there is one limit; 0: at once", func(l *guideLine) table.Value {
			if l.single == nil {
				return table.Value{}
			}
			return table.IntegerOf(l.single.Value)
		}),
		txt("promise_unit", "承诺时限单位", "Promise, unit", "", func(l *guideLine) string {
			if l.single == nil {
				return ""
			}
			return label(units, l.single.Unit)
		}),
		txt("legal_limit", "法定时限", "Legal limit", "", func(l *guideLine) string { return l.legal }),
		col("visits", table.Integer, "到现场次数", "Visits", "", func(l *guideLine) table.Value { return integer(l.Access.Visits) }),
		col("papers_to_bring", table.Integer, "要带的材料份数", "Papers to bring, count", "各情形合计 / over all cases together", func(l *guideLine) table.Value {
			if !l.papers.stated {
				return table.Value{}
			}
			return table.IntegerOf(l.papers.bring)
		}),
		txt("papers_to_bring_names", "要带的材料", "Papers to bring", "", func(l *guideLine) string { return l.papers.toBring }),
		col("papers_waived", table.Integer, "不用带的材料份数", "Papers waived, count", "共享、电子证照或本地不收 / shared, electronic or dropped here", func(l *guideLine) table.Value {
			if !l.papers.stated {
				return table.Value{}
			}
			return table.IntegerOf(l.papers.waived)
		}),
		txt("papers_waived_names", "不用带的材料", "Papers waived", "", func(l *guideLine) string { return l.papers.notToBring }),
		col("charged", table.Boolean, "是否收费", "Charged", "", func(l *guideLine) table.Value {
			if l.Cost.Fee == nil || l.Cost.Fee.Charged == nil {
				return table.Value{}
			}
			return table.BooleanOf(*l.Cost.Fee.Charged)
		}),
		txt("fee", "收费", "Fee", "", func(l *guideLine) string { return l.fee }),
		txt("online", "网办深度", "Online", "", func(l *guideLine) string {
			if l.Access.Online == nil {
				return ""
			}
			return label(depths, l.Access.Online.Depth)
		}),
		txt("online_url", "网上入口", "Online entry", "", func(l *guideLine) string {
			if l.Access.Online == nil {
				return ""
			}
			return l.Access.Online.URL
		}),
		txt("halls", "办理地点", "Where", "", func(l *guideLine) string { return l.halls }),
	}
	columns[0].Distinct = true
	return append(columns, x.guideEndColumns()...)
}

// guideEndColumns say how far a row can be trusted.
func (x *exporter) guideEndColumns() []column[*guideLine] {
	col := func(name string, k table.Kind, zh, en, doc string, f func(*guideLine) table.Value) column[*guideLine] {
		return column[*guideLine]{table.Column{Name: name, Kind: k, Title: zh, TitleEN: en, Description: doc}, f}
	}
	return []column[*guideLine]{
		col("differs", table.Integer, "本地不同之处", "Local differences", "和全省标准不同的键有几个，在表 locals 里 / how many keys differ from the standard; see the table locals",
			func(l *guideLine) table.Value { return table.IntegerOf(x.differing(l.Guide)) }),
		col("last_changed", table.Date, "最近变更", "Last changed", "没有历史为空 / null without history",
			func(l *guideLine) table.Value { return table.DateOf(int(l.changed)) }),
		col("verified", table.Boolean, "已核实", "Verified", "", func(l *guideLine) table.Value { return table.BooleanOf(l.checked != 0) }),
		col("verified_on", table.Date, "核实日期", "Verified on", "各份记录中最早的 / the oldest of its records",
			func(l *guideLine) table.Value { return table.DateOf(int(l.checked)) }),
		col("sample", table.Boolean, "演示数据", "Sample", "true 是演示用的假数据 / true: made up for demonstration",
			func(l *guideLine) table.Value { return table.BooleanOf(isSample(l.Item) || l.Division.Sample) }),
		{table.Column{Name: "url", Title: "网址", TitleEN: "Address", Distinct: true}, func(l *guideLine) table.Value { return table.TextOf(x.url(site.GuideURL(l.Guide))) }},
	}
}

func integer(n *int) table.Value {
	if n == nil {
		return table.Value{}
	}
	return table.IntegerOf(*n)
}

// guideWords makes the rows of guides. It keeps the words of sections, of which there are as many as are distinct.
type guideWords struct {
	x      *exporter
	papers map[*catalog.Papers]*paperWords
	times  map[timesKey]*[2]string
	fees   map[feesKey]string
	last   map[lastKey]record.Date
	first  record.Date
	out    guideLine
}

type timesKey struct {
	timing *record.Timing
	scope  *record.Scope
}

type feesKey struct {
	cost  *record.Cost
	scope *record.Scope
}

func (x *exporter) newGuideWords() *guideWords {
	w := &guideWords{x: x, papers: map[*catalog.Papers]*paperWords{}, times: map[timesKey]*[2]string{}, fees: map[feesKey]string{}}
	w.last, w.first = x.lastChanges()
	return w
}

// line makes the row of a guide; it is used again for the next.
func (w *guideWords) line(g *catalog.Guide) *guideLine {
	l := &w.out
	*l = guideLine{Guide: g, changed: w.changed(g), checked: checked(g)}
	l.task, l.procedure = officialCodes(g)
	if l.papers = w.papers[g.Papers]; l.papers == nil {
		l.papers = wordsOfPapers(g.Papers)
		w.papers[g.Papers] = l.papers
	}
	times := w.times[timesKey{g.Timing, g.Scope}]
	if times == nil {
		times = &[2]string{limitWords(g.Timing.Promise, g.Scope.Cases), limitWords(g.Timing.LegalLimit, g.Scope.Cases)}
		w.times[timesKey{g.Timing, g.Scope}] = times
	}
	l.promise, l.legal = times[0], times[1]
	if len(g.Timing.Promise) == 1 {
		l.single = &g.Timing.Promise[0]
	}
	fee, ok := w.fees[feesKey{g.Cost, g.Scope}]
	if !ok {
		fee = feeWords(g.Cost.Fee, g.Scope.Cases)
		w.fees[feesKey{g.Cost, g.Scope}] = fee
	}
	l.fee, l.halls = fee, hallNames(g.Places)
	return l
}

func wordsOfPapers(p *catalog.Papers) *paperWords {
	w := &paperWords{stated: p.Stated}
	var bring, waived []string
	for _, line := range p.Lines {
		if line.Waived() {
			waived = append(waived, line.Name())
		} else {
			bring = append(bring, line.Name())
		}
	}
	w.bring, w.waived = len(bring), len(waived)
	w.toBring, w.notToBring = strings.Join(bring, "、"), strings.Join(waived, "、")
	return w
}

// limitWords is limits as a guide prints them, each with the case it holds for.
func limitWords(limits []record.Limit, cases []record.Case) string {
	words := make([]string, len(limits))
	for i, l := range limits {
		words[i] = l.String() + inCase(l.When, cases)
	}
	return strings.Join(words, "；")
}

// feeWords says what is charged: 不收费, or each charge with its amount or where the amount follows from.
func feeWords(f *record.Fee, cases []record.Case) string {
	switch {
	case f == nil || f.Charged == nil:
		return ""
	case !*f.Charged:
		return "不收费"
	case len(f.Items) == 0:
		return "收费"
	}
	words := make([]string, len(f.Items))
	for i, item := range f.Items {
		words[i] = item.Name
		switch {
		case item.Amount != "":
			words[i] += " " + item.Amount + " " + item.Unit
		case item.Standard != "":
			words[i] += " " + item.Standard
		}
		words[i] = strings.TrimSpace(words[i]) + inCase(item.When, cases)
	}
	return strings.Join(words, "；")
}

// inCase names the options for which something holds: （门店、网店）. Options of one question are joined by 、, questions by ，.
func inCase(when record.When, cases []record.Case) string {
	var questions []string
	for _, c := range cases {
		var options []string
		for _, id := range when[c.ID] {
			for _, o := range c.Options {
				if o.ID == id {
					options = append(options, o.Label)
				}
			}
		}
		if options != nil {
			questions = append(questions, strings.Join(options, "、"))
		}
	}
	if questions == nil {
		return ""
	}
	return "（" + strings.Join(questions, "，") + "）"
}

// hallNames names each hall once.
func hallNames(places []catalog.Place) string {
	if len(places) == 1 {
		return places[0].Hall.Name
	}
	var names []string
	for i, p := range places {
		if i == 0 || p.Hall != places[i-1].Hall {
			names = append(names, p.Hall.Name)
		}
	}
	return strings.Join(names, "、")
}

// statusVerified is the status of a record that was compared with its sources (vocab/verified-statuses.toml).
const statusVerified = "已核实"

// checked is the oldest day on which a record of the guide was compared with its sources, 0 where any was not.
func checked(g *catalog.Guide) record.Date {
	oldest := record.Date(0)
	all := true
	check := func(m *record.Meta) {
		if m.Verified == nil || m.Verified.Status != statusVerified || m.Verified.On == 0 {
			all = false
		} else if oldest == 0 || m.Verified.On < oldest {
			oldest = m.Verified.On
		}
	}
	check(&g.Item.Meta)
	check(&g.Procedure.Meta)
	for _, f := range g.Files {
		if r, ok := f.Record.(*record.Implementation); ok {
			check(&r.Meta)
		}
	}
	if !all {
		return 0
	}
	return oldest
}

// lastKey names what changed: an item, a procedure of it, either in a place.
type lastKey struct{ item, procedure, division string }

// lastChanges returns the day of the last change of every subject, and the day of the first state. The zero day without history.
func (x *exporter) lastChanges() (last map[lastKey]record.Date, first record.Date) {
	last = map[lastKey]record.Date{}
	for _, e := range x.Changes { // newest first
		k := lastKey{e.Subject.Item, e.Subject.Procedure, e.Subject.Division}
		if _, ok := last[k]; !ok && k.item != "" {
			last[k] = e.Date
		}
		first = e.Date
	}
	return last, first
}

// changed is the last day on which something of the guide changed: its item, its procedure, or the local records it is made of.
func (w *guideWords) changed(g *catalog.Guide) record.Date {
	day := w.first
	for _, no := range [2]string{"", g.Procedure.No} {
		day = max(day, w.last[lastKey{g.Item.ID, no, ""}])
		for _, f := range g.Files {
			day = max(day, w.last[lastKey{g.Item.ID, no, f.IDs[0]}])
		}
	}
	return day
}

// differing counts the keys that differ from the standard.
func (x *exporter) differing(g *catalog.Guide) int {
	n := 0
	seen := ""
	for i := range g.Origins {
		key, _, _ := strings.Cut(g.Origins[i].Key, ".")
		if key != seen && !shown[key] && !repeated(g.Origins[:i], key) {
			n++
		}
		seen = key
	}
	return n
}

// repeated reports whether some origin is of the key or a member of it.
func repeated(origins []catalog.Origin, key string) bool {
	for i := range origins {
		if rest, ok := strings.CutPrefix(origins[i].Key, key); ok && (rest == "" || rest[0] == '.') {
			return true
		}
	}
	return false
}
