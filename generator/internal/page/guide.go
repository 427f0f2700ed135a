package page

import (
	"html/template"
	"io"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// guideNotes is what the guide pages share while they are made; it is only read once the files are listed.
type guideNotes struct {
	changes map[string][]*changes.Entry           // item → its changes
	near    map[*catalog.Division]map[string]bool // place → items it has guides of
	digests map[cardKey]digest
}

// guideView is the view of pages/guide. What is said of the place and of this guide alone are texts; the rest is fragments.
type guideView struct {
	Page
	Item, Procedure    string
	Plain              string
	Place, Level, Type string
	Verified           string
	Overview           string // address of the overview where the item has several procedures here
	QR                 template.HTML
	AsOf               string

	Ask, Notices, Card, Spot                       *Fragment
	Conditions, Papers, Access, Where, Agents      *Fragment
	Steps, Time, Cost, Outcome, Deadlines, Related *Fragment
	Remedy, FAQ, Basis, Body, History, Slip        *Fragment
	DataItem, DataPlace, Source, SourceURL         string
	Edit, Report, Official                         string
	Phone                                          string
}

// guidePages are the guides of all places, the overviews of items with several procedures, and the pointers of places that
// leave an item to another.
func (b *builder) guidePages() []output.File {
	b.indexChanges()
	b.guides.digests = map[cardKey]digest{}
	b.guides.near = map[*catalog.Division]map[string]bool{}
	for _, d := range b.site.Catalog.Divisions {
		near := make(map[string]bool, len(d.Guides))
		for _, g := range d.Guides {
			near[g.Item.ID] = true
		}
		b.guides.near[d] = near
	}
	var out []output.File
	for _, g := range b.site.Catalog.Guides {
		out = append(out, b.guideFile(g))
	}
	return append(append(out, b.overviewPages()...), b.pointerPages()...)
}

// guideFile is the file of one guide. Its stamp leaves out the drawing of the QR code, which follows from address and version.
func (b *builder) guideFile(g *catalog.Guide) output.File {
	url := site.GuideURL(g)
	return output.File{
		Path:  url,
		Stamp: b.stamp("pages/guide", b.guideView(g, url)),
		Write: func(w io.Writer) error {
			v := b.guideView(g, url)
			var err error
			if v.QR, err = b.qr.svg(v.Canonical+"?v="+v.VersionID, b.say("qr_label")); err != nil {
				return err
			}
			return b.execute(w, "pages/guide", url, v)
		},
	}
}

func (b *builder) guideView(g *catalog.Guide, url string) *guideView {
	d := g.Division
	name := g.Item.Name
	if short := shortName(g); short != "" {
		name += "（" + short + "）"
	}
	k := cardKey{g.Scope, g.Timing, g.Papers, g.Cost, g.Access, g.Facilitation}
	sum := b.digest(k)
	v := &guideView{
		Page: b.head(url, name+" · "+d.Name, b.say("guide_description", "place", d.Name, "name", name,
			"visits", sum.Visits, "time", sum.Time, "cost", sum.Cost, "papers", sum.Papers)),
		Item: g.Item.Name, Procedure: g.Procedure.Name, Plain: or(g.Procedure.Plain, g.Item.Plain),
		Place: d.Name, Level: g.Level, Type: g.Item.Type, Verified: b.verified(g), AsOf: b.site.Catalog.AsOf.String(), Phone: b.phone(),
		DataItem: "../../api/v1/items/" + g.Item.ID + ".json", DataPlace: "../../api/v1/divisions/" + d.ID + ".json",
		Official: webURL(or(g.Local.OfficialURL, g.Item.OfficialURL)),
	}
	v.VersionID = site.Version(g)
	v.Procedure = shortName(g)
	if !site.Single(g.Item) {
		v.Overview = g.Item.ID + ".html"
	}
	b.sources(v, g)
	b.sections(v, g, k)
	if !b.site.Sample {
		v.Data = b.ld(guideLD(g, v))
	}
	return v
}

// shortName is the procedure's name without the item's, where it begins with it: 新办 of 食品经营许可新办, and nothing where the two
// are one.
func shortName(g *catalog.Guide) string {
	return strings.Trim(strings.TrimPrefix(g.Procedure.Name, g.Item.Name), "（）() ·—－-")
}

// sections are the fragments of a guide, each kept by the sections it is made from: a guide that overrides one gets its own,
// all others share the standard's.
func (b *builder) sections(v *guideView, g *catalog.Guide, k cardKey) {
	name, qs := g.Item.Name, questions(g.Scope.Cases)
	part := func(file string, key any, view func() any) *Fragment {
		return b.fragment("fragments/"+file, key, name, view)
	}
	type scoped struct {
		scope   *record.Scope
		section any
	}
	if len(g.Scope.NotNeeded) > 0 || len(g.Scope.Cases) > 0 {
		v.Ask = part("ask", g.Scope, func() any { return b.askView(g.Scope) })
	}
	v.Notices = b.notices(g)
	v.Card = part("card", k, func() any { return b.cardView(k) })
	where := whereKeyOf(g)
	v.Spot = part("spot", where, func() any { return b.spotView(g) })
	v.Conditions = part("conditions", g.Scope, func() any { return b.conditionsView(g.Scope) })
	v.Papers = part("papers", k, func() any { return b.papersView(g) })
	v.Access = part("access", k, func() any { return b.accessView(g.Access, g.Scope, g.Facilitation) })
	v.Where = part("where", where, func() any { return b.whereView(g) })
	if len(g.Agents) > 0 {
		v.Agents = part("agents", bodyKey{division: g.Division, procedure: g.Procedure}, func() any { return b.agentsView(g) })
	}
	v.Steps = part("steps", scoped{g.Scope, g.Process}, func() any { return b.stepsView(qs, g.Process) })
	v.Time = part("time", scoped{g.Scope, g.Timing}, func() any { return b.timeView(qs, g.Timing) })
	v.Cost = part("cost", scoped{g.Scope, g.Cost}, func() any { return b.costView(qs, g.Cost) })
	v.Outcome = part("outcome", scoped{g.Scope, g.Outcome}, func() any { return b.outcomeView(qs, g.Outcome) })
	v.Deadlines = part("deadlines", scoped{g.Scope, g.Timing}, func() any { return b.deadlinesView(qs, g.Timing) })
	v.Related = b.related(g)
	remedy := remedyKey{decidingKind(g), g.Protection.RemedyNote, b.phones(g, "监督", g.Org.Complaint)[0].Number}
	v.Remedy = part("remedy", remedy, func() any { return b.remedyView(remedy.kind, remedy.note, remedy.phone) })
	v.FAQ = part("faq", g.Questions, func() any { return faqOf(g.Questions) })
	v.Basis = part("basis", itemKey{g.Procedure, g.Scope, g.Powers, g.Protection}, func() any { return b.itemView(g) })
	v.Body = part("body", bodyKeyOf(g), func() any { return b.bodyView(g) })
	v.History = b.history(g)
	permit := g.Item.Type == "行政许可"
	v.Slip = part("slip", slipKey{permit, remedy.phone}, func() any { return &slipView{Permit: permit, Phone: remedy.phone} })
}

// remedyKey is what fragments/remedy is made from.
type remedyKey struct{ kind, note, phone string }

// itemKey is what fragments/basis is made from.
type itemKey struct {
	procedure  *catalog.Procedure
	scope      *record.Scope
	powers     *record.Powers
	protection *record.Protection
}

// slipKey is what the foot of the printed guide is made from.
type slipKey struct {
	permit bool
	phone  string
}

// slipView is the view of fragments/slip: what the law gives the reader of the paper, and the part that the window keeps.
type slipView struct {
	Permit bool
	Phone  string
}

// relatedKey is what fragments/related is made from; near tells which of the related items the place handles itself.
type relatedKey struct {
	item      *catalog.Item
	scope     *record.Scope
	relations *record.Relations
	near      string
}

func (b *builder) related(g *catalog.Guide) *Fragment {
	near := b.guides.near[g.Division]
	var flags strings.Builder
	flag := func(item string) {
		if near[item] {
			flags.WriteByte('1')
		} else {
			flags.WriteByte('0')
		}
	}
	for _, r := range g.Relations.Before {
		flag(r.Item)
	}
	for _, r := range g.Relations.After {
		flag(r.Item)
	}
	for _, item := range g.Relations.Then {
		flag(item)
	}
	k := relatedKey{g.Item, g.Scope, g.Relations, flags.String()}
	return b.fragment("fragments/related", k, g.Item.Name, func() any { return b.relatedView(g, near) })
}

// sources are where the records stand: the local one where there is one, else the standard's.
func (b *builder) sources(v *guideView, g *catalog.Guide) {
	v.Source = g.Procedure.File.Path
	if n := len(g.Files); n > 0 {
		v.Source = g.Files[n-1].Path
	}
	v.SourceURL, v.Edit = b.sourceURL(v.Source), b.editURL(v.Source)
	v.Report = b.reportURL("报错："+g.Item.Name+"（"+g.Division.Name+"）", "页面："+v.Canonical+"\n版本："+v.VersionID+"\n记录："+v.Source+"\n\n哪里不对：\n")
}

// verified says when the guide was compared with its sources: the oldest day of its records, or 未核实 where any was not.
func (b *builder) verified(g *catalog.Guide) string {
	oldest := record.Date(0)
	check := func(m record.Meta) bool {
		if m.Verified == nil || m.Verified.Status != "已核实" || m.Verified.On == 0 {
			return false
		}
		if oldest == 0 || m.Verified.On < oldest {
			oldest = m.Verified.On
		}
		return true
	}
	ok := check(g.Item.Meta) && check(g.Procedure.Meta)
	for _, f := range g.Files {
		if r, is := f.Record.(*record.Implementation); is {
			ok = ok && check(r.Meta)
		}
	}
	if !ok {
		return b.say("unverified")
	}
	return b.say("verified_on", "date", oldest.String())
}
