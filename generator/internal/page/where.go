package page

import (
	"fmt"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// PlaceView is one place where a matter is handled.
type PlaceView struct {
	Hall, Unverified, Role, Window, WindowNote string
	Address, Traffic, Map                      string
	Hours                                      []string
	HoursUnknown                               string
}

// PhoneView is a number people call, and what for.
type PhoneView struct {
	Number, Dial, Note string
}

// whereView is the view of fragments/where.
type whereView struct {
	Places      []PlaceView
	Away        string // people apply elsewhere
	NoPlace     string // nothing is known of where
	Consult     []PhoneView
	Complain    []PhoneView
	Appointment string
	SelfService string
	Place       string // the division's page
	Holidays    string
}

// whereKey is what the local part of a guide is made from. Local values are told by what they say: two items of which a place
// says the same (this window, this number) share the part.
type whereKey struct {
	away   *catalog.Guide // set where nothing is accepted here
	org    *catalog.Org
	local  record.Print
	hall   *catalog.Hall
	window *record.Window
}

func whereKeyOf(g *catalog.Guide) whereKey {
	k := whereKey{org: g.Org}
	if len(g.Files) > 0 {
		k.local = record.PrintOf(g.Local)
	}
	if away(g) {
		k.away = g
	}
	// Several places come from the local values only, which the print covers.
	if len(g.Places) > 0 {
		k.hall, k.window = g.Places[0].Hall, g.Places[0].Window
	}
	return k
}

// away reports whether people apply elsewhere in every case.
func away(g *catalog.Guide) bool {
	for _, h := range g.Handling {
		if h.AcceptHere {
			return false
		}
	}
	return true
}

// acceptAt names the levels at which people apply.
func (b *builder) acceptAt(g *catalog.Guide) string {
	var at []string
	for _, h := range g.Handling {
		for _, l := range h.AcceptAt {
			if name := b.levelName(l); !slices.Contains(at, name) {
				at = append(at, name)
			}
		}
	}
	return strings.Join(at, "、")
}

func (b *builder) whereView(g *catalog.Guide) *whereView {
	v := &whereView{Appointment: g.Local.Appointment, SelfService: g.Local.SelfService, Place: g.Division.Name, Holidays: b.say("holidays")}
	if away(g) {
		v.Away = b.say("apply_away", "accept", b.acceptAt(g))
	}
	seen := map[*catalog.Hall]bool{}
	for i := range g.Places {
		p := b.placeView(&g.Places[i])
		if seen[g.Places[i].Hall] { // another window of a hall whose address and hours stand above
			p.Address, p.Traffic, p.Map, p.Hours, p.HoursUnknown = "", "", "", nil, ""
		}
		seen[g.Places[i].Hall] = true
		v.Places = append(v.Places, p)
	}
	if len(v.Places) == 0 {
		v.NoPlace = b.say("local_unknown", "phone", b.phone())
	}
	v.Consult = b.phones(g, "咨询", g.Org.Phone)
	v.Complain = b.phones(g, "监督", g.Org.Complaint)
	return v
}

func (b *builder) placeView(p *catalog.Place) PlaceView {
	h := p.Hall
	v := PlaceView{Hall: h.Name, Role: p.Role, Address: h.Address, Traffic: h.Traffic, Hours: b.hours(h.Hours)}
	if h.NameStatus == record.NameByRule {
		v.Unverified = b.say("name_unverified")
	}
	if w := p.Window; w != nil {
		v.Window, v.WindowNote = b.windowName(w), w.Note
	}
	if v.Address == "" {
		v.Address = b.say("local_unknown", "phone", b.phone())
	}
	if len(v.Hours) == 0 {
		v.HoursUnknown = b.say("local_unknown", "phone", b.phone())
	}
	if l := h.Location; l != nil {
		v.Map = fmt.Sprintf("%.5f,%.5f", l.Lat, l.Lon)
	}
	return v
}

// windowName is «A01 窗口，企业开办».
func (b *builder) windowName(w *record.Window) string {
	name := w.Number
	if name != "" && !strings.HasSuffix(name, "区") {
		name = b.say("window_no", "no", name)
	}
	if w.Name != "" {
		name = strings.TrimPrefix(name+"，"+w.Name, "，")
	}
	return name
}

// hours prints opening times, one line a season and set of days.
func (b *builder) hours(list []record.Hours) []string {
	var out []string
	for _, h := range list {
		line := h.Days + " " + strings.Join(h.Open, "、")
		if h.Season != "" {
			line = h.Season + "：" + line
		}
		out = append(out, line)
	}
	return out
}

// phones are the numbers of a kind: the record's, else the org's, else the hall's, else the site's.
func (b *builder) phones(g *catalog.Guide, kind, org string) []PhoneView {
	var out []PhoneView
	add := func(number, note string) {
		for _, p := range out {
			if p.Number == number {
				return
			}
		}
		out = append(out, PhoneView{Number: number, Dial: dial(number), Note: note})
	}
	for _, p := range g.Local.Phones {
		if p.Kind == kind && p.Number != "" {
			add(p.Number, p.Note)
		}
	}
	if len(out) == 0 && org != "" {
		add(org, "")
	}
	if len(out) == 0 {
		for _, place := range g.Places {
			for _, p := range place.Hall.Phones {
				if p.Kind == kind && p.Number != "" {
					add(p.Number, p.Note)
				}
			}
		}
	}
	if len(out) == 0 {
		add(b.phone(), "")
	}
	return out
}

// spotView is the view of fragments/spot: where to go and whom to call, on the card.
type spotView struct {
	Place, Unverified string
	Phone, Dial       string
}

func (b *builder) spotView(g *catalog.Guide) *spotView {
	v := &spotView{Place: b.say("place_unknown")}
	if len(g.Places) > 0 {
		p := b.placeView(&g.Places[0])
		v.Place, v.Unverified = p.Hall, p.Unverified
		if w := g.Places[0].Window; w != nil && w.Number != "" {
			v.Place += " " + b.windowName(&record.Window{Number: w.Number})
		}
	}
	if away(g) {
		v.Place, v.Unverified = b.say("apply_at_level", "accept", b.acceptAt(g)), ""
	}
	phone := b.phones(g, "咨询", g.Org.Phone)[0]
	v.Phone, v.Dial = phone.Number, phone.Dial
	return v
}

// agentsView is the view of fragments/agents: village points and stations that help.
type agentsView struct {
	Points []PlaceView
	More   string
}

// maxAgents bounds the points a guide lists; a county may have hundreds.
const maxAgents = 12

func (b *builder) agentsView(g *catalog.Guide) *agentsView {
	v := &agentsView{}
	for i, h := range g.Agents {
		if i == maxAgents {
			v.More = b.say("agents_more", "n", itoa(len(g.Agents)))
			break
		}
		p := b.placeView(&catalog.Place{Hall: h})
		if len(h.Serves) > 0 {
			p.Role = strings.Join(h.Serves, "、")
		}
		v.Points = append(v.Points, p)
	}
	return v
}

// accessView is the view of fragments/access: by which ways and by whom.
type accessView struct {
	Channels, Depth, OnlineNote string
	Online, Mobile              string
	Progress, ProgressURL       string
	Region                      string
	Automatic                   bool
	InPerson, Visits, VisitWhy  string
	ApplyAt                     string
}

func (b *builder) accessView(a *record.Access, s *record.Scope, f *record.Facilitation) *accessView {
	v := &accessView{Channels: strings.Join(a.Channels, "、"), InPerson: a.InPerson, VisitWhy: a.VisitReason, ApplyAt: s.ApplyAt}
	if o := a.Online; o != nil {
		v.Depth, v.Online, v.Mobile = o.Depth, webURL(o.URL), webURL(o.MobileURL)
		if t := b.site.Catalog.Vocab["depths"].Term(o.Depth); t != nil && t.Definition != "" {
			v.Depth += "（" + strings.TrimSuffix(t.Definition, "。") + "）"
		}
		v.OnlineNote = o.Reason
		if o.Planned != 0 {
			v.OnlineNote = join(v.OnlineNote, b.say("online_planned", "date", o.Planned.Han()))
		}
	}
	if p := a.Progress; p != nil {
		v.Progress, v.ProgressURL = p.Phone, webURL(p.URL)
	}
	if r := a.CrossRegion; r != nil {
		v.Region = r.Scope + b.say("cross_region")
		if len(r.Modes) > 0 {
			v.Region += "，" + strings.Join(r.Modes, "、")
		}
		if r.Except != "" {
			v.Region += "；" + b.say("cross_except", "what", r.Except)
		}
	}
	if a.Visits != nil {
		v.Visits = b.say("visits_n", "n", itoa(*a.Visits))
		if *a.Visits == 0 {
			v.Visits = b.say("visits_0")
		}
	}
	v.Automatic = f.Automatic != nil && *f.Automatic
	return v
}
