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
	changes   map[string][]*changes.Entry // item → its changes
	changed   map[changedKey]bool
	digests   once[cardKey, digest]
	asking    once[askKey, *record.Scope]
	parts     once[fragmentKey, *Fragment] // the sections
	frames    map[frameKey]*frame
	overviews map[overviewKey]*frame
	sets      map[sectionKey]*sectionSet
	first     map[*catalog.Procedure]firstSet
	locals    map[whereKey]*local
	calendars map[string]*calendar     // by path
	places    map[versionKey]*Fragment // what places said before; nil for those that always said the same
}

// guideView is the view of pages/guide. The page is rendered once for all places: the fields above the line are a guide's own
// and hold marks that are replaced later, so a template may place or omit them, in text and in quoted attributes, but not
// compare or change them.
type guideView struct {
	Page
	Place, Verified              string
	QR, Notices, Spot, Where     template.HTML
	Agents, Body, Remedy         template.HTML
	History                      template.HTML
	Versions, PlaceVersions      template.HTML
	DataPlace, Source, SourceURL string
	Edit, Report, Propose        string
	Sources                      template.HTML // which file each section is from

	Ask, Card, Conditions, Papers, Access template.HTML
	Steps, Time, Cost, Outcome, Deadlines template.HTML
	Related, FAQ, Basis, Slip             template.HTML
	// ——
	Item, Procedure, Plain string
	Level, Type            string
	Overview               string // address of the overview where the item has several procedures here
	AsOf                   string
	DataItem, Official     string
	Elsewhere, Compare     string // the same item in other places: to choose one, and to compare them
}

// indexGuides prepares what guides share.
func (b *builder) indexGuides() {
	b.indexChanges()
	b.indexCalendars()
	b.guides.frames = map[frameKey]*frame{}
	b.guides.overviews = map[overviewKey]*frame{}
	b.guides.sets = map[sectionKey]*sectionSet{}
	b.guides.first = map[*catalog.Procedure]firstSet{}
	b.guides.locals = map[whereKey]*local{}
	b.guides.places = map[versionKey]*Fragment{}
}

// placePages are the guides of a place, the overviews of items with several procedures, and the pointers where the place leaves
// an item to another.
func (b *builder) placePages(d *catalog.Division) []output.File {
	out := make([]output.File, 0, len(d.Guides))
	for _, g := range d.Guides {
		if b.lazy {
			out = append(out, b.later(site.GuideURL(g), func(w io.Writer) error { return b.guideFile(g).Write(w) }))
			continue
		}
		out = append(out, b.guideFile(g))
	}
	return append(append(out, b.overviewPages(d)...), b.pointerPages(d)...)
}

// handles reports whether a place has a guide of the item. Without a place, nobody has.
func handles(d *catalog.Division, item string) bool { return d != nil && site.Handles(d, item) }

// guideFile is the file of one guide. Its stamp leaves out the drawing of the QR code, which follows from address and version.
func (b *builder) guideFile(g *catalog.Guide) output.File {
	l := b.local(g)
	f, set := b.guideFrame(g), b.sectionSet(g)
	h := hashers.Get().(*output.Hasher)
	defer hashers.Put(h)
	h.Reset()
	h.Stamp(f.stamp)
	h.Stamp(set.stamp)
	var s slots
	b.fill(&s, g, l)
	s.hash(h)
	return output.File{Path: site.GuideURL(g), Stamp: h.Sum(), Write: func(w io.Writer) error {
		var s slots
		for i, part := range set.parts {
			s[firstSection+slot(i)].part = part
		}
		b.fill(&s, g, l)
		s[slotDescription].text = b.say("guide_description", "place", g.Division.Name, "name", fullName(g),
			"visits", set.sum.Visits, "time", set.sum.Time, "cost", set.sum.Cost, "papers", set.sum.Papers)
		s[slotQR].text, s[slotQR].qr = s[slotCanonical].text+"?v="+s[slotVersion].text, true
		return f.write(w, &s)
	}}
}

// frameKey is what a guide's frame is made from.
type frameKey struct {
	procedure       *catalog.Procedure
	level, official string
}

// guideFrame returns the frame of a guide, which all places of a level share.
func (b *builder) guideFrame(g *catalog.Guide) *frame {
	k := frameKey{procedure: g.Procedure, level: g.Level, official: or(g.Local.OfficialURL, g.Item.OfficialURL)}
	f := b.guides.frames[k]
	if f == nil {
		f = b.newFrame("pages/guide", g.Item.Name, func(m marks) any { return b.guideView(g, k, m) })
		b.guides.frames[k] = f
	}
	f.users++
	return f
}

// fill sets what is the guide's own.
func (b *builder) fill(s *slots, g *catalog.Guide, l *local) {
	d, address := g.Division, site.GuideURL(g)
	s[slotPlace].text = d.Name
	s[slotCanonical].text = b.site.Config.BaseURL + "/" + address
	s[slotVersion].text = g.Version()
	s[slotVerified].text = b.verified(g)
	s[slotNotices].part = b.notices(g)
	s[slotSpot].part, s[slotWhere].part = l.spot, l.where
	if len(g.Agents) > 0 {
		s[slotAgents].part = b.fragment("fragments/agents", bodyKey{division: d, procedure: g.Procedure}, g.Item.Name, func() any { return b.agentsView(g) })
	}
	s[slotBody].part = b.fragment("fragments/body", bodyKeyOf(g), g.Org.Name, func() any { return b.bodyView(g) })
	remedy := remedyKey{decidingKind(g), g.Protection.RemedyNote, l.complaint}
	s[slotRemedy].part = b.fragment("fragments/remedy", remedy, g.Org.Name, func() any { return b.remedyView(remedy) })
	slip := slipKey{g.Item.Type == "行政许可", l.complaint}
	s[slotSlip].part = b.fragment("fragments/slip", slip, g.Org.Name, func() any { return &slipView{Permit: slip.permit, Phone: slip.phone} })
	s[slotHistory].part = b.history(g)
	s[slotVersions].part, s[slotPlaceVersions].part = b.standardVersions(g.Procedure), b.localVersions(g)
	s[slotDataPlace].text = "../../api/v1/divisions/" + d.ID + ".json"
	source := g.Procedure.File.Path
	if n := len(g.Files); n > 0 {
		source = g.Files[n-1].Path
	}
	s[slotSource].text = source
	if b.edit.Known() {
		s[slotSourceURL].text, s[slotEdit].text = b.edit.Source(source, 0), b.edit.Editor(source)
		s[slotReport].text = b.report(fullName(g)+"（"+d.Name+"）", s[slotCanonical].text, source, s[slotVersion].text)
		s[slotSources].part = b.sources(g)
		s[slotPropose].text = b.edit.NewIssue("向省里提："+fullName(g), "提的地方："+d.Name+"\n标准："+g.Procedure.File.Path+"\n页面："+s[slotCanonical].text+" "+s[slotVersion].text+
			"\n\n想改哪一项：\n现在怎样写：\n应当怎样写：\n理由和依据：\n")
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
func (b *builder) local(g *catalog.Guide) *local {
	k := whereKeyOf(g)
	l := b.guides.locals[k]
	if l != nil {
		l.spot.users.Add(1)
		l.where.users.Add(1)
		return l
	}
	l = &local{
		spot:      b.fragment("fragments/spot", k, g.Division.Name, func() any { return b.spotView(g) }),
		where:     b.fragment("fragments/where", k, g.Division.Name, func() any { return b.whereView(g) }),
		complaint: b.phones(g, "监督", g.Org.Complaint)[0].Number,
	}
	b.guides.locals[k] = l
	return l
}

// fullName is the item with the procedure: 食品经营许可（新办）.
func fullName(g *catalog.Guide) string {
	if short := shortName(g); short != "" {
		return g.Item.Name + "（" + short + "）"
	}
	return g.Item.Name
}

// guideView makes the view of a frame: what all places of a level say alike, and marks for all else.
func (b *builder) guideView(g *catalog.Guide, k frameKey, m marks) *guideView {
	v := &guideView{
		Page:  b.head(site.GuideURL(g), fullName(g)+" · "+m.at(slotPlace), m.at(slotDescription)),
		Place: m.at(slotPlace), Verified: m.at(slotVerified), QR: m.html(slotQR), Notices: m.html(slotNotices), Spot: m.html(slotSpot),
		Where: m.html(slotWhere), Agents: m.html(slotAgents), Body: m.html(slotBody), Remedy: m.html(slotRemedy), History: m.html(slotHistory),
		Versions: m.html(slotVersions), PlaceVersions: m.html(slotPlaceVersions),
		DataPlace: m.at(slotDataPlace), Source: m.at(slotSource),
		Ask: m.html(slotAsk), Card: m.html(slotCard), Conditions: m.html(slotConditions), Papers: m.html(slotPapers),
		Access: m.html(slotAccess), Steps: m.html(slotSteps), Time: m.html(slotTime), Cost: m.html(slotCost),
		Outcome: m.html(slotOutcome), Deadlines: m.html(slotDeadlines), Related: m.html(slotRelated), FAQ: m.html(slotFAQ),
		Basis: m.html(slotBasis), Slip: m.html(slotSlip),
		Item: g.Item.Name, Procedure: shortName(g), Plain: or(g.Procedure.Plain, g.Item.Plain), Level: g.Level, Type: g.Item.Type,
		AsOf: b.site.Catalog.AsOf.String(), DataItem: "../../api/v1/items/" + g.Item.ID + ".json", Official: webURL(k.official),
	}
	v.Elsewhere = b.link(site.GuideURL(g), site.ItemURL(g.Item)) + "#places"
	if compared(g.Item) {
		v.Compare = b.link(site.GuideURL(g), comparisonURL(g.Item))
	}
	v.Canonical, v.VersionID = m.at(slotCanonical), m.at(slotVersion)
	if !site.Single(g.Item) {
		v.Overview = g.Item.ID + ".html"
	}
	if b.edit.Known() {
		v.Sources = m.html(slotSources)
		v.SourceURL, v.Edit, v.Report, v.Propose = m.at(slotSourceURL), m.at(slotEdit), m.at(slotReport), m.at(slotPropose)
	}
	if !b.site.Sample {
		v.Data = b.ld(guideLD(v, m))
	}
	return v
}

// shortName is the procedure's name without the item's, where it begins with it: 新办 of 食品经营许可新办, and nothing where the two
// are one.
func shortName(g *catalog.Guide) string { return shortNameOf(g.Procedure) }

func shortNameOf(p *catalog.Procedure) string {
	name, cut := strings.CutPrefix(p.Name, p.Item.Name)
	name = strings.Trim(name, " ·—－-")
	if inner, ok := strings.CutSuffix(name, "）"); cut && ok && strings.HasPrefix(inner, "（") {
		name = strings.TrimPrefix(inner, "（")
	}
	return name
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
