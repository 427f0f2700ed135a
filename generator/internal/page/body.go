package page

import (
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// HandlingView says for some answers where to apply and who decides.
type HandlingView struct {
	Only
	Text string
	Away bool // people do not apply here
}

// bodyView is the view of fragments/body: which body takes the matter on in this place.
type bodyView struct {
	Org, Unverified, Kind, Level, Supervising string
	Handling                                  []HandlingView
	Unit                                      string
}

// bodyKey is what bodyView is made from. Where all is done by one body, places and procedures do not matter.
type bodyKey struct {
	org, supervising *catalog.Org
	level, unit      string
	division         *catalog.Division
	procedure        *catalog.Procedure
}

func bodyKeyOf(g *catalog.Guide) bodyKey {
	k := bodyKey{org: g.Org, supervising: g.Supervising, level: g.Level, unit: g.Powers.HandlingUnit}
	if !simple(g) {
		k.division, k.procedure = g.Division, g.Procedure
	}
	return k
}

// simple reports whether everything is accepted and decided here.
func simple(g *catalog.Guide) bool {
	for _, h := range g.Handling {
		if !h.AcceptHere || !h.DecideHere {
			return false
		}
	}
	return true
}

func (b *builder) bodyView(g *catalog.Guide) *bodyView {
	v := &bodyView{Org: g.Org.Name, Kind: g.Org.Kind, Level: g.Level, Unit: g.Powers.HandlingUnit}
	if g.Org.NameStatus == record.NameByRule {
		v.Unverified = b.say("name_unverified")
	}
	if g.Supervising != nil {
		v.Supervising = g.Supervising.Name
	}
	v.Handling = b.handling(g)
	return v
}

// handling tells who accepts and who decides where that is not simply this place.
func (b *builder) handling(g *catalog.Guide) []HandlingView {
	if simple(g) {
		return nil
	}
	qs := questions(g.Scope.Cases)
	var out []HandlingView
	for _, h := range g.Handling {
		decider := b.levelName(h.Level)
		if h.Decider != nil {
			decider = h.Decider.Name
		}
		var at []string
		for _, l := range h.AcceptAt {
			at = append(at, b.levelName(l))
		}
		key := "handled_away"
		switch {
		case h.AcceptHere && h.DecideHere:
			key = "handled_here"
		case h.AcceptHere:
			key = "accepted_here"
		case h.DecideHere:
			key = "decided_here"
		}
		text := b.say(key, "decider", decider, "accept", strings.Join(at, "、"))
		out = append(out, HandlingView{Only: b.only(qs, h.When), Text: text, Away: !h.AcceptHere})
	}
	return out
}

// levelName is a level as people say it: 乡镇（街道）.
func (b *builder) levelName(level string) string {
	if i := record.LevelRank(level); i >= 0 {
		return b.say("level_" + record.LevelSlugs[i])
	}
	return level
}

// decidingKind is the kind of the body whose decision people contest: that of the decider where it is known, else of the org.
func decidingKind(g *catalog.Guide) string {
	for _, h := range g.Handling {
		if h.Decider != nil && !h.DecideHere && h.AcceptHere {
			return h.Decider.Kind
		}
	}
	return g.Org.Kind
}

// noticesView is the view of fragments/notices: what a reader must know before anything else.
type noticesView struct {
	Suspended, Instead string
	Handling           []HandlingView
	Lines              []string
	Drafts             []Link // what of the guide is a draft, leading to what would change
}

// noticesKey is what noticesView is made from.
type noticesKey struct {
	division  *catalog.Division
	procedure *catalog.Procedure
}

// notices returns the fragment of what must be known first, or nil where there is nothing.
func (b *builder) notices(g *catalog.Guide) *Fragment {
	if g.Local.Suspended == nil && g.Local.EntrustedBy == "" && g.Local.HallEntry == nil && simple(g) && deviation(g) == nil &&
		g.Procedure.Status == record.StatusInForce && g.Item.Status == record.StatusInForce && len(b.site.DraftsOf(g)) == 0 {
		return nil
	}
	v := b.noticesView(g)
	if v.Suspended == "" && len(v.Handling) == 0 && len(v.Lines) == 0 && len(v.Drafts) == 0 {
		return nil
	}
	return b.fragment("fragments/notices", noticesKey{g.Division, g.Procedure}, g.Item.Name, func() any { return b.noticesView(g) })
}

func (b *builder) noticesView(g *catalog.Guide) *noticesView {
	v := &noticesView{}
	for _, h := range b.handling(g) {
		if h.Away {
			v.Handling = append(v.Handling, h)
		}
	}
	if s := g.Local.Suspended; s != nil && (s.To == 0 || b.site.Catalog.AsOf <= s.To) {
		days := s.From.Han()
		if s.To != 0 {
			days += b.say("until") + s.To.Han()
		}
		v.Suspended = b.say("suspended", "days", days, "reason", strings.TrimSuffix(s.Reason, "。"))
		v.Instead = s.Instead
	}
	if g.Procedure.Status == record.StatusSuspended || g.Item.Status == record.StatusSuspended {
		v.Lines = append(v.Lines, b.say("paused"))
	}
	for _, d := range b.site.DraftsOf(g) {
		v.Drafts = append(v.Drafts, Link{URL: b.link(site.GuideURL(g), "consultation/") + "#" + d.ID(), Text: d.Name()})
	}
	if g.Local.EntrustedBy != "" {
		v.Lines = append(v.Lines, b.say("entrusted_by", "document", b.documentName(g.Local.EntrustedBy)))
	}
	if d := deviation(g); d != nil {
		v.Lines = append(v.Lines, b.say("deviation", "document", b.documentName(d.Document), "body", d.ApprovedBy, "until", d.Until.Han()))
	}
	if e := g.Local.HallEntry; e != nil && !e.Entered {
		v.Lines = append(v.Lines, b.say("not_in_hall", "reason", strings.TrimSuffix(e.Reason, "。")))
	}
	return v
}

// documentName is how a document is referred to: by its number, else its title.
func (b *builder) documentName(id string) string {
	if e := b.site.Catalog.Documents.Get(id); e != nil {
		if e.Record.Number != "" {
			return e.Record.Number
		}
		return bracket(e.Record.Title)
	}
	return id
}

// deviation returns the permission of the guide's place to differ from the standard, or nil.
func deviation(g *catalog.Guide) *record.Deviation {
	for i := len(g.Files) - 1; i >= 0; i-- {
		r, ok := g.Files[i].Record.(*record.Implementation)
		if !ok {
			continue
		}
		if p := r.Procedure[g.Procedure.No]; p != nil && p.Deviation != nil {
			return p.Deviation
		}
		if r.Deviation != nil {
			return r.Deviation
		}
	}
	return nil
}
