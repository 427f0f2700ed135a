package rules

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// tightenRules hold that what a division sets itself is only ever better for the applicant than what it inherits.
var tightenRules = []Rule{
	tighten("tighten-promise", "承诺时限比标准长", "a promise longer than the standard's",
		`promise = [{ value = 15, unit = "工作日" }]  # 标准是 10 个工作日`, `promise = [{ value = 5, unit = "工作日" }]`, checkPromise),
	tighten("tighten-visits", "到现场次数比标准多", "more visits than the standard's",
		"visits = 2  # 标准是 1", "visits = 0", checkVisits),
	tighten("tighten-channels", "办理形式比标准少", "a channel of the standard removed",
		`channels = ["窗口办理"]  # 标准还有网上办理`, `channels = ["窗口办理", "网上办理", "移动端办理"]`, checkChannels),
	tighten("tighten-online", "网办深度比标准浅", "online less far than the standard",
		`online = { depth = "咨询" }  # 标准是受理`, `online = { depth = "证照反馈" }`, checkDepth),
	tighten("tighten-delivery", "送达方式比标准少", "a way of delivery removed",
		`delivery = { ways = ["窗口领取"] }  # 标准还能邮寄`, `delivery = { ways = ["窗口领取", "邮寄", "网上下载"] }`, checkDelivery),
	tighten("tighten-fee", "收费比标准高", "a fee higher than the standard's",
		"fee = { charged = true }  # 标准不收费", "fee = { charged = false }", checkFee),
	tighten("tighten-cross-region", "通办范围比标准窄", "cross-region handling narrower than the standard's",
		`cross_region = { scope = "全市" }  # 标准是全省`, `cross_region = { scope = "京津冀" }`, checkCrossRegion),
	tighten("tighten-tolerance", "收回了容缺受理", "tolerance withdrawn",
		"tolerance = { enabled = false }  # 标准实行容缺受理", `tolerance = { enabled = true, limit = { value = 10, unit = "工作日" } }`, checkTolerance),
	tighten("tighten-commitment", "收回了告知承诺", "the commitment withdrawn",
		"commitment = { enabled = false }  # 标准实行告知承诺", "commitment = { enabled = true }", checkCommitment),
	tighten("tighten-automatic", "收回了免申即享", "automatic enjoyment withdrawn",
		"automatic = false  # 标准免申即享", "automatic = true", checkAutomatic),
	tighten("tighten-representative", "代办比标准更难", "fewer people may represent the applicant",
		"representative = []  # 标准允许委托", "[[representative]]\nwho = \"受委托的任何人\"", checkRepresentative),
}

// tighten makes a rule of the class T, 只优不劣: its reason and explanation are the same for all.
func tighten(id, zh, en, bad, good string, check func(*checker)) Rule {
	return Rule{
		ID: id, Family: "standard",
		Title:       diag.Text{ZH: zh, EN: en},
		Reason:      diag.Text{ZH: "地方只能比省级标准更便民，不得额外增加或变相增加办理环节和申请材料（S3；冀政办“不多于先进省份”）。", EN: "A division may only be better for the applicant than the standard (S3)."},
		Explanation: diag.Text{ZH: "改得不差于标准，或者删掉这个键，照标准办。和上级（市）已经放宽的相比也不能退回去。", EN: "Make it no worse than what is inherited from the standard and the city, or remove the key."},
		Bad:         bad, Good: good, check: check,
	}
}

// tightened calls f once for every procedure and local record that overrides something of it.
func (c *checker) tightened(f func(g *catalog.Guide)) {
	for _, g := range c.overridden {
		f(g)
	}
}

// overriding calls f for every procedure and local record that sets a key.
func (c *checker) overriding(dotted string, f func(g *catalog.Guide, o catalog.Origin)) {
	top, _, _ := strings.Cut(dotted, ".")
	for _, g := range c.setters()[top] {
		if o, ok := here(g, dotted); ok {
			f(g, o)
		}
	}
}

func (l *library) settersOf() map[string][]*catalog.Guide {
	out := map[string][]*catalog.Guide{}
	for _, g := range l.overridden {
		for n := range g.Origins {
			if o := &g.Origins[n]; o.File == nearest(g) {
				top, _, _ := strings.Cut(o.Key, ".")
				if list := out[top]; len(list) == 0 || list[len(list)-1] != g {
					out[top] = append(list, g)
				}
			}
		}
	}
	return out
}

// here returns where the nearest record of a guide sets a key, and false if it does not.
func here(g *catalog.Guide, dotted string) (catalog.Origin, bool) {
	o, ok := origin(g, dotted)
	return o, ok && o.File == nearest(g)
}

// inherited returns the value of a key without the nearest record: that of the place above which set it last, else the
// standard's.
func inherited[T any](g *catalog.Guide, dotted string, standard T) T {
	for i := len(g.Origins) - 1; i >= 0; i-- {
		o := g.Origins[i]
		rest, within := strings.CutPrefix(dotted, o.Key)
		if o.File == nearest(g) || !within || rest != "" && rest[0] != '.' {
			continue
		}
		path := o.Path
		if rest != "" {
			path = join(path, strings.Split(rest[1:], ".")...)
		}
		if v, ok := at(reflect.ValueOf(o.File.Record), path).(T); ok {
			return v
		}
	}
	return standard
}

// at returns the value at a path of a record, or nil.
func at(v reflect.Value, path []string) any {
	for v.Kind() == reflect.Pointer && len(path) > 0 {
		v = v.Elem()
	}
	if !v.IsValid() || len(path) == 0 {
		if !v.IsValid() {
			return nil
		}
		return v.Interface()
	}
	switch v.Kind() {
	case reflect.Map:
		return at(v.MapIndex(reflect.ValueOf(path[0])), path[1:])
	case reflect.Struct:
		if index, ok := keysOf(v.Type())[path[0]]; ok {
			return at(v.FieldByIndex(index), path[1:])
		}
	}
	return nil
}

// keysByType is where each type of table keeps each key, looked up once a type.
var keysByType sync.Map // reflect.Type → map[string][]int

func keysOf(t reflect.Type) map[string][]int {
	if known, ok := keysByType.Load(t); ok {
		return known.(map[string][]int)
	}
	keys := map[string][]int{}
	for _, f := range reflect.VisibleFields(t) {
		if name := f.Tag.Get("toml"); name != "" {
			keys[name] = f.Index
		}
	}
	keysByType.Store(t, keys)
	return keys
}

// worse reports a key of a guide that is worse than what is inherited.
func (c *checker) worse(g *catalog.Guide, o catalog.Origin, zh, en string, standard ...string) {
	w := words{
		zh: zh, en: en,
		hint:   "地方只能更便民，不能更差：改好，或者删掉这一处照标准办",
		hintEN: "a division may only be better for the applicant: mend it or remove the key",
	}.standardNote(g.Procedure, standard...)
	for _, above := range g.Origins {
		if above.Key == o.Key && above.File != o.File {
			w = w.note(above.File.Position(above.Path...), "上级已经放宽到这里", "the place above has made it better here")
		}
	}
	c.report(o.File, o.Path, w)
}

func checkPromise(c *checker) {
	c.overriding("promise", func(g *catalog.Guide, o catalog.Origin) {
		base := inherited(g, "promise", g.Procedure.Timing.Promise)
		for _, choice := range choices(g.Scope.Cases) {
			zh, en := inCase(g.Scope.Cases, choice)
			was, n, promised := limitOf(base, choice)
			is, m, still := limitOf(g.Timing.Promise, choice)
			if is.When == nil && was.When == nil {
				zh, en = "", "" // it is so in every case
			}
			switch {
			case promised && !still:
				c.worse(g, o, zh+"标准承诺"+was.String()+"，这里没有承诺时限", "no promise is left"+en, "promise", strconv.Itoa(n))
				return
			case promised && c.longer(is, was):
				o.Path = join(o.Path, strconv.Itoa(m), "value")
				verb, verbEN := "比标准的"+was.String()+"长", " is longer than the standard's "
				if _, comparable := is.Compare(was); !comparable {
					verb, verbEN = "和标准的"+was.String()+"单位不同，比不出更短", " cannot be compared with the standard's "
				}
				c.worse(g, o, zh+"承诺时限"+is.String()+verb, "the promise of "+is.String()+verbEN+was.String()+en, "promise", strconv.Itoa(n))
				return
			}
		}
	})
}

// longer reports whether a limit may be longer than another: also where units differ so that nobody can tell. A unit that is none is
// found by unknown-term, and says nothing of length.
func (c *checker) longer(is, was record.Limit) bool {
	n, ok := is.Compare(was)
	units := c.Vocab["units"]
	return n > 0 || !ok && (units == nil || units.Term(is.Unit) != nil && units.Term(was.Unit) != nil)
}

func checkVisits(c *checker) {
	c.overriding("visits", func(g *catalog.Guide, o catalog.Origin) {
		was := inherited(g, "visits", g.Procedure.Access.Visits)
		if was != nil && *g.Access.Visits > *was {
			c.worse(g, o, fmt.Sprintf("要跑 %d 次，标准是 %d 次", *g.Access.Visits, *was), fmt.Sprintf("%d visits, the standard has %d", *g.Access.Visits, *was), "visits")
		}
	})
}

// lost returns the members of a list that another no longer has.
func lost(was, is []string) []string {
	var out []string
	for _, s := range was {
		if !slices.Contains(is, s) {
			out = append(out, s)
		}
	}
	return out
}

func checkChannels(c *checker) {
	c.overriding("channels", func(g *catalog.Guide, o catalog.Origin) {
		if gone := lost(inherited(g, "channels", g.Procedure.Access.Channels), g.Access.Channels); gone != nil {
			c.worse(g, o, "少了标准有的办理形式："+strings.Join(gone, "、"), "a channel of the standard is gone: "+strings.Join(gone, ", "), "channels")
		}
	})
}

// rank returns the rank of a term; terms outside the vocabulary have none.
func (c *checker) rank(vocabulary, term string) (int, bool) {
	t := c.Vocab[vocabulary].Term(term)
	if t == nil {
		return 0, false
	}
	return t.Rank, true
}

func checkDepth(c *checker) {
	c.overriding("online.depth", func(g *catalog.Guide, o catalog.Origin) {
		if g.Access.Online == nil {
			return
		}
		standard := ""
		if g.Procedure.Access.Online != nil {
			standard = g.Procedure.Access.Online.Depth
		}
		was := inherited(g, "online.depth", standard)
		before, known := c.rank("depths", was)
		now, stated := c.rank("depths", g.Access.Online.Depth)
		if known && stated && now < before {
			c.worse(g, o, fmt.Sprintf("网上只能办到“%s”，标准到“%s”", g.Access.Online.Depth, was), fmt.Sprintf("online reaches %s only, the standard %s", g.Access.Online.Depth, was), "online", "depth")
		}
	})
}

func checkDelivery(c *checker) {
	c.overriding("delivery.ways", func(g *catalog.Guide, o catalog.Origin) {
		if g.Outcome.Delivery == nil {
			return
		}
		var standard []string
		if g.Procedure.Outcome.Delivery != nil {
			standard = g.Procedure.Outcome.Delivery.Ways
		}
		if gone := lost(inherited(g, "delivery.ways", standard), g.Outcome.Delivery.Ways); gone != nil {
			c.worse(g, o, "少了标准有的送达方式："+strings.Join(gone, "、"), "a way of delivery is gone: "+strings.Join(gone, ", "), "delivery", "ways")
		}
	})
}

func checkCrossRegion(c *checker) {
	c.tightened(func(g *catalog.Guide) {
		if g.Access.CrossRegion == nil {
			return
		}
		var standard record.CrossRegion
		if g.Procedure.Access.CrossRegion != nil {
			standard = *g.Procedure.Access.CrossRegion
		}
		if o, ok := here(g, "cross_region.scope"); ok {
			was := inherited(g, "cross_region.scope", standard.Scope)
			before, known := c.rank("cross-region-scopes", was)
			now, stated := c.rank("cross-region-scopes", g.Access.CrossRegion.Scope)
			if known && stated && now < before {
				c.worse(g, o, fmt.Sprintf("通办范围“%s”比标准的“%s”窄", g.Access.CrossRegion.Scope, was), fmt.Sprintf("%s is narrower than the standard's %s", g.Access.CrossRegion.Scope, was), "cross_region", "scope")
			}
		}
		if o, ok := here(g, "cross_region.modes"); ok {
			if gone := lost(inherited(g, "cross_region.modes", standard.Modes), g.Access.CrossRegion.Modes); gone != nil {
				c.worse(g, o, "少了标准有的通办方式："+strings.Join(gone, "、"), "a mode of the standard is gone: "+strings.Join(gone, ", "), "cross_region", "modes")
			}
		}
	})
}

// withdrawn reports a guide whose nearest record switches off what it would inherit.
func withdrawn(c *checker, table string, on func(*record.Facilitation) *bool, zh, en string) {
	c.overriding(table+".enabled", func(g *catalog.Guide, o catalog.Origin) {
		was := inherited(g, table+".enabled", on(g.Procedure.Facilitation))
		if is := on(g.Facilitation); was != nil && *was && is != nil && !*is {
			c.worse(g, o, zh, en, table, "enabled")
		}
	})
}

func checkTolerance(c *checker) {
	withdrawn(c, "tolerance", func(f *record.Facilitation) *bool {
		if f.Tolerance == nil {
			return nil
		}
		return f.Tolerance.Enabled
	}, "标准实行容缺受理，地方不能收回", "the standard tolerates missing papers; a division may not withdraw that")
	c.overriding("tolerance.limit", func(g *catalog.Guide, o catalog.Origin) {
		if g.Facilitation.Tolerance == nil || g.Facilitation.Tolerance.Limit == nil {
			return
		}
		var standard *record.Limit
		if g.Procedure.Facilitation.Tolerance != nil {
			standard = g.Procedure.Facilitation.Tolerance.Limit
		}
		is, was := g.Facilitation.Tolerance.Limit, inherited(g, "tolerance.limit", standard)
		if was != nil && c.longer(*was, *is) {
			c.worse(g, o, "补正期限"+is.String()+"比标准的"+was.String()+"短", "less time to hand papers in than the standard's "+was.String(), "tolerance", "limit")
		}
	})
}

func checkCommitment(c *checker) {
	withdrawn(c, "commitment", func(f *record.Facilitation) *bool {
		if f.Commitment == nil {
			return nil
		}
		return f.Commitment.Enabled
	}, "标准实行告知承诺，地方不能收回", "the standard offers a commitment; a division may not withdraw it")
}

func checkAutomatic(c *checker) {
	c.tightened(func(g *catalog.Guide) {
		o, ok := here(g, "automatic")
		was := inherited(g, "automatic", g.Procedure.Facilitation.Automatic)
		if ok && was != nil && *was && !*g.Facilitation.Automatic {
			c.worse(g, o, "标准是免申即享，地方不能改成要申请", "the standard gives it without an application", "automatic")
		}
	})
}

func checkRepresentative(c *checker) {
	c.tightened(func(g *catalog.Guide) {
		o, ok := here(g, "representative")
		if !ok {
			return
		}
		papers := map[string][]string{}
		var is []string
		for _, r := range g.Access.Representative {
			is = append(is, r.Who)
			papers[r.Who] = r.Papers
		}
		for _, r := range inherited(g, "representative", g.Procedure.Access.Representative) {
			switch {
			case !slices.Contains(is, r.Who):
				c.worse(g, o, "标准允许“"+r.Who+"”代办，这里没有了", r.Who+" may no longer represent the applicant", "representative")
			case lost(papers[r.Who], r.Papers) != nil:
				more := lost(papers[r.Who], r.Papers)
				c.worse(g, o, "“"+r.Who+"”代办要多带："+strings.Join(more, "、"), r.Who+" needs more papers: "+strings.Join(more, ", "), "representative")
			}
		}
	})
}
