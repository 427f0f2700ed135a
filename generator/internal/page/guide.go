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
	frames  map[frameKey]*frame
	locals  map[whereKey]local
}

// guideView is the view of pages/guide. The page is rendered once for all places that share its sections: the fields above the
// line are the place's own and hold marks that are replaced later, so a template may place or omit them, in text and in quoted
// attributes, but not compare or change them.
type guideView struct {
	Page
	Place, Verified              string
	QR, Notices, Spot, Where     template.HTML
	Agents, Body, Remedy         template.HTML
	History                      template.HTML
	DataPlace, Source, SourceURL string
	Edit, Report                 string
	// ——
	Item, Procedure, Plain string
	Level, Type            string
	Overview               string // address of the overview where the item has several procedures here
	AsOf                   string
	DataItem, Official     string

	Ask, Card, Conditions, Papers, Access *Fragment
	Steps, Time, Cost, Outcome, Deadlines *Fragment
	Related, FAQ, Basis, Slip             *Fragment
}

// guidePages are the guides of all places, the overviews of items with several procedures, and the pointers of places that
// leave an item to another.
func (b *builder) guidePages() []output.File {
	b.indexChanges()
	b.guides.digests = map[cardKey]digest{}
	b.guides.frames = map[frameKey]*frame{}
	b.guides.locals = map[whereKey]local{}
	b.guides.near = map[*catalog.Division]map[string]bool{}
	for _, d := range b.site.Catalog.Divisions {
		near := make(map[string]bool, len(d.Guides))
		for _, g := range d.Guides {
			near[g.Item.ID] = true
		}
		b.guides.near[d] = near
	}
	out := make([]output.File, 0, len(b.site.Catalog.Guides))
	for _, g := range b.site.Catalog.Guides {
		out = append(out, b.guideFile(g))
	}
	return append(append(out, b.overviewPages()...), b.pointerPages()...)
}

// guideFile is the file of one guide. Its stamp leaves out the drawing of the QR code, which follows from address and version.
func (b *builder) guideFile(g *catalog.Guide) output.File {
	l := b.local(g)
	f := b.guideFrame(g, l)
	address := site.GuideURL(g)
	h := hashers.Get().(*output.Hasher)
	defer hashers.Put(h)
	h.Reset()
	h.Stamp(f.stamp)
	var s slots
	b.fill(&s, g, l, address)
	s.hash(h)
	return output.File{Path: address, Stamp: h.Sum(), Write: func(w io.Writer) error {
		var s slots
		b.fill(&s, g, l, address)
		var err error
		if s[slotQR].raw, err = b.qr.svg(s[slotCanonical].text+"?v="+s[slotVersion].text, b.say("qr_label")); err != nil {
			return err
		}
		return f.write(w, &s)
	}}
}

// frameKey is what a guide's frame is made from: all sections, and what else is not left to slots.
type frameKey struct {
	procedure       *catalog.Procedure
	sections        catalog.Sections
	level, official string
	near            string // which related items the place handles itself
	phone           string
}

// guideFrame returns the frame of a guide: that of the standard, unless the place overrides a section.
func (b *builder) guideFrame(g *catalog.Guide, l local) *frame {
	k := frameKey{
		procedure: g.Procedure, sections: g.Sections, level: g.Level, official: or(g.Local.OfficialURL, g.Item.OfficialURL),
		near: b.nearby(g), phone: l.complaint,
	}
	f := b.guides.frames[k]
	if f == nil {
		f = b.newFrame("pages/guide", g.Item.Name, func(m marks) any { return b.guideView(g, k, m) })
		b.guides.frames[k] = f
	}
	f.users++
	return f
}

// fill sets what is the guide's own.
func (b *builder) fill(s *slots, g *catalog.Guide, l local, address string) {
	d := g.Division
	s[slotPlace].text = d.Name
	s[slotCanonical].text = b.site.Config.BaseURL + "/" + address
	s[slotVersion].text = site.Version(g)
	s[slotVerified].text = b.verified(g)
	s[slotNotices].part = b.notices(g)
	s[slotSpot].part, s[slotWhere].part = l.spot, l.where
	if len(g.Agents) > 0 {
		s[slotAgents].part = b.fragment("fragments/agents", bodyKey{division: d, procedure: g.Procedure}, g.Item.Name, func() any { return b.agentsView(g) })
	}
	s[slotBody].part = b.fragment("fragments/body", bodyKeyOf(g), g.Org.Name, func() any { return b.bodyView(g) })
	remedy := remedyKey{decidingKind(g), g.Protection.RemedyNote, l.complaint}
	s[slotRemedy].part = b.fragment("fragments/remedy", remedy, g.Org.Name, func() any { return b.remedyView(remedy) })
	s[slotHistory].part = b.history(g)
	s[slotDataPlace].text = "../../api/v1/divisions/" + d.ID + ".json"
	source := g.Procedure.File.Path
	if n := len(g.Files); n > 0 {
		source = g.Files[n-1].Path
	}
	s[slotSource].text = source
	if b.repository != "" {
		s[slotSourceURL].text, s[slotEdit].text = b.sourceURL(source), b.editURL(source)
		s[slotReport].text = b.reportURL(g.Item.Name+"（"+d.Name+"）", s[slotCanonical].text+" "+s[slotVersion].text+" "+source)
	}
	if !b.site.Sample {
		s[slotPlaceJSON].raw, s[slotOrgJSON].raw = jsonText(d.Name), jsonText(g.Org.Name)
		s[slotPlaceURL].text = b.site.Config.BaseURL + "/" + site.DivisionURL(d)
	}
}

// local is what guides at one place of one body share: where to go and whom to call.
type local struct {
	spot, where *Fragment
	complaint   string
}

// local returns the local parts of a guide. It must be called only while files are listed, once a guide.
func (b *builder) local(g *catalog.Guide) local {
	k := whereKeyOf(g)
	l, ok := b.guides.locals[k]
	if ok {
		l.spot.users++
		l.where.users++
		return l
	}
	l = local{
		spot:      b.fragment("fragments/spot", k, g.Division.Name, func() any { return b.spotView(g) }),
		where:     b.fragment("fragments/where", k, g.Division.Name, func() any { return b.whereView(g) }),
		complaint: b.phones(g, "监督", g.Org.Complaint)[0].Number,
	}
	b.guides.locals[k] = l
	return l
}

// guideView makes the view of a frame: the standard's sections, and marks for what is a place's own.
func (b *builder) guideView(g *catalog.Guide, k frameKey, m marks) *guideView {
	name := g.Item.Name
	if short := shortName(g); short != "" {
		name += "（" + short + "）"
	}
	card := cardKey{g.Scope, g.Timing, g.Papers, g.Cost, g.Access, g.Facilitation}
	sum := b.digest(card)
	v := &guideView{
		Page: b.head(site.GuideURL(g), name+" · "+m.at(slotPlace), b.say("guide_description", "place", m.at(slotPlace), "name", name,
			"visits", sum.Visits, "time", sum.Time, "cost", sum.Cost, "papers", sum.Papers)),
		Place: m.at(slotPlace), Verified: m.at(slotVerified), QR: m.html(slotQR), Notices: m.html(slotNotices), Spot: m.html(slotSpot),
		Where: m.html(slotWhere), Agents: m.html(slotAgents), Body: m.html(slotBody), Remedy: m.html(slotRemedy), History: m.html(slotHistory),
		DataPlace: m.at(slotDataPlace), Source: m.at(slotSource),
		Item: g.Item.Name, Procedure: shortName(g), Plain: or(g.Procedure.Plain, g.Item.Plain), Level: g.Level, Type: g.Item.Type,
		AsOf: b.site.Catalog.AsOf.String(), DataItem: "../../api/v1/items/" + g.Item.ID + ".json", Official: webURL(k.official),
	}
	v.Canonical, v.VersionID = m.at(slotCanonical), m.at(slotVersion)
	if !site.Single(g.Item) {
		v.Overview = g.Item.ID + ".html"
	}
	if b.repository != "" {
		v.SourceURL, v.Edit, v.Report = m.at(slotSourceURL), m.at(slotEdit), m.at(slotReport)
	}
	b.sections(v, g, card, k)
	if !b.site.Sample {
		v.Data = b.ld(guideLD(v, m))
	}
	return v
}

// shortName is the procedure's name without the item's, where it begins with it: 新办 of 食品经营许可新办, and nothing where the two
// are one.
func shortName(g *catalog.Guide) string {
	return strings.Trim(strings.TrimPrefix(g.Procedure.Name, g.Item.Name), "（）() ·—－-")
}

// sections are the fragments of a frame, each kept by the sections it is made from: a guide that overrides one gets its own,
// all others share the standard's.
func (b *builder) sections(v *guideView, g *catalog.Guide, card cardKey, k frameKey) {
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
	v.Card = part("card", card, func() any { return b.cardView(card) })
	v.Conditions = part("conditions", g.Scope, func() any { return b.conditionsView(g.Scope) })
	v.Papers = part("papers", card, func() any { return b.papersView(g) })
	v.Access = part("access", card, func() any { return b.accessView(g.Access, g.Scope, g.Facilitation) })
	v.Steps = part("steps", scoped{g.Scope, g.Process}, func() any { return b.stepsView(qs, g.Process) })
	v.Time = part("time", scoped{g.Scope, g.Timing}, func() any { return b.timeView(qs, g.Timing) })
	v.Cost = part("cost", scoped{g.Scope, g.Cost}, func() any { return b.costView(qs, g.Cost) })
	v.Outcome = part("outcome", scoped{g.Scope, g.Outcome}, func() any { return b.outcomeView(qs, g.Outcome) })
	v.Deadlines = part("deadlines", scoped{g.Scope, g.Timing}, func() any { return b.deadlinesView(qs, g.Timing) })
	v.Related = part("related", relatedKey{g.Item, g.Scope, g.Relations, k.near}, func() any { return b.relatedView(g, b.guides.near[g.Division]) })
	v.FAQ = part("faq", g.Questions, func() any { return faqOf(g.Questions) })
	v.Basis = part("basis", itemKey{g.Procedure, g.Scope, g.Powers, g.Protection}, func() any { return b.itemView(g) })
	permit := g.Item.Type == "行政许可"
	v.Slip = part("slip", slipKey{permit, k.phone}, func() any { return &slipView{Permit: permit, Phone: k.phone} })
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

// relatedKey is what fragments/related is made from.
type relatedKey struct {
	item      *catalog.Item
	scope     *record.Scope
	relations *record.Relations
	near      string
}

// nearby tells which of the items that come before and after the place handles itself: one character each, in order.
func (b *builder) nearby(g *catalog.Guide) string {
	r := g.Relations
	if len(r.Before)+len(r.After)+len(r.Then) == 0 {
		return ""
	}
	near := b.guides.near[g.Division]
	out := make([]byte, 0, 16)
	flag := func(item string) {
		if near[item] {
			out = append(out, '1')
		} else {
			out = append(out, '0')
		}
	}
	for _, x := range r.Before {
		flag(x.Item)
	}
	for _, x := range r.After {
		flag(x.Item)
	}
	for _, item := range r.Then {
		flag(item)
	}
	return string(out)
}

// verified says when the guide was compared with its sources: the oldest day of its records, or 未核实 where any was not.
func (b *builder) verified(g *catalog.Guide) string {
	oldest := record.Date(0)
	check := func(m *record.Meta) bool {
		if m.Verified == nil || m.Verified.Status != "已核实" || m.Verified.On == 0 {
			return false
		}
		if oldest == 0 || m.Verified.On < oldest {
			oldest = m.Verified.On
		}
		return true
	}
	ok := check(&g.Item.Meta) && check(&g.Procedure.Meta)
	for _, f := range g.Files {
		if r, is := f.Record.(*record.Implementation); is {
			ok = ok && check(&r.Meta)
		}
	}
	if !ok {
		return b.say("unverified")
	}
	return b.say("verified_on", "date", oldest.String())
}
