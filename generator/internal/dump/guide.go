package dump

import (
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// procedurePieces is what all guides of a procedure share, written once.
type procedurePieces struct {
	item      spliced[ref]
	procedure spliced[procedureRef]
	headline  spliced[headline] // of the standard
	stamp     output.Stamp      // of all that the row of a guide takes from its item and its standard
}

// pieces writes everything that guides share.
func (x *exporter) pieces() {
	c := x.Catalog
	x.divisions = make(map[*catalog.Division]spliced[ref], len(c.Divisions))
	x.orgs, x.halls = map[*catalog.Org]spliced[orgRef]{}, map[*catalog.Hall]spliced[hallRef]{}
	x.procedures = map[*catalog.Procedure]*procedurePieces{}
	for _, d := range c.Divisions {
		x.divisions[d] = x.write.ref.splice(&ref{d.ID, d.Name})
		for _, o := range d.Orgs {
			x.orgs[o] = x.write.org.splice(&orgRef{d.ID, o.ID, o.Name, o.USCC})
		}
		for _, h := range d.Halls {
			x.halls[h] = x.write.hall.splice(&hallRef{d.ID, h.ID, h.Name})
		}
	}
	for _, i := range c.Items {
		item := x.write.ref.splice(&ref{i.ID, i.Name})
		for _, p := range i.Procedures {
			x.procedures[p] = x.procedurePieces(p, item)
		}
	}
}

func (x *exporter) procedurePieces(p *catalog.Procedure, item spliced[ref]) *procedurePieces {
	out := &procedurePieces{
		item:      item,
		procedure: x.write.procedure.splice(&procedureRef{p.No, p.Name}),
		headline:  x.write.headline.splice(headlineOf(&p.Sections)),
	}
	var h output.Hasher
	h.Stamp(item.stamp)
	h.Stamp(out.procedure.stamp)
	h.Bool(site.Single(p.Item)) // decides the address of the guides
	h.Bool(isSample(p.Item))
	h.String(p.Item.Code)
	h.Bytes(p.File.Print[:]) // the cases of handling, and the headline where it is the standard's
	out.stamp = h.Sum()
	return out
}

func guideID(g *catalog.Guide) string { return g.Division.ID + "/" + g.Item.ID + "/" + g.Procedure.No }

func appendGuideID(b []byte, g *catalog.Guide) []byte {
	return appendJoined(b, g.Division.ID, "/", g.Item.ID, "/", g.Procedure.No)
}

// guideWriter writes the rows of guides, one after the other into the same row. It serves one goroutine.
type guideWriter struct {
	x       *exporter
	row     guideRow
	id, url []byte // of the row
}

func (x *exporter) guideWriter() *guideWriter {
	return &guideWriter{x: x, row: guideRow{Handling: []handling{}, Places: []place{}, Agents: []spliced[hallRef]{}, Origins: []origin{}}}
}

// append writes the row of a guide.
func (w *guideWriter) append(b []byte, g *catalog.Guide) []byte {
	w.fill(g)
	return w.x.write.guide.append(b, &w.row)
}

// fill makes the row of a guide in place of the one before.
func (w *guideWriter) fill(g *catalog.Guide) {
	x, r := w.x, &w.row
	p := x.procedures[g.Procedure]
	*r = guideRow{
		Sample: isSample(g.Item) || g.Division.Sample,
		Item:   p.item, Procedure: p.procedure, Division: x.divisions[g.Division],
		Level: g.Level, Org: x.orgs[g.Org], Supervising: x.orgs[g.Supervising],
		Headline: p.headline, StepLimitsHidden: g.Process.HideLimits, Differs: differs{g},
		Handling: r.Handling[:0], Places: r.Places[:0], Agents: r.Agents[:0], Origins: r.Origins[:0],
	}
	r.ID.json = appendGuideID(w.id[:0], g)
	r.URL.json = appendJoined(w.url[:0], x.Config.BaseURL, "/", site.GuideURL(g))
	w.id, w.url = r.ID.json, r.URL.json
	r.TaskCode, r.ProcedureCode = officialCodes(g)
	for i := range g.Handling {
		h := &g.Handling[i]
		r.Handling = append(r.Handling, handling{h.When, h.AcceptHere, h.AcceptAt, h.Level, h.DecideHere, x.orgs[h.Decider]})
	}
	for i := range g.Places {
		at := &g.Places[i]
		r.Places = append(r.Places, place{x.halls[at.Hall], windowOf(at.Window), at.Role})
	}
	for _, h := range g.Agents {
		r.Agents = append(r.Agents, x.halls[h])
	}
	for i := range g.Origins {
		r.Origins = append(r.Origins, x.origin(&g.Origins[i], g.Procedure.No))
	}
	if !x.pureHeadline(g) {
		r.Headline.json = x.write.headline.append(nil, headlineOf(&g.Sections))
	}
}

func windowOf(w *record.Window) *window {
	if w == nil {
		return nil
	}
	return &window{w.Number, w.Name}
}

// origin makes the row of an origin: where it is written, who may change it, and by which approval.
func (x *exporter) origin(o *catalog.Origin, no string) origin {
	lock := record.LockOf(o.Key)
	out := origin{Key: o.Key, Record: o.File.Path, Lock: string(lock)}
	if lock == record.LockStandard {
		out.Deviation = o.File.Record.(*record.Implementation).DeviationOf(no)
	}
	return out
}

// pureHeadline reports whether the headline is that of the standard.
func (x *exporter) pureHeadline(g *catalog.Guide) bool {
	s := &g.Procedure.Sections
	return g.Timing == s.Timing && g.Papers == s.Papers && g.Cost == s.Cost && g.Access == s.Access
}

// officialCodes returns the codes of 31 and 33 characters, or "" where the body's credit code or the item's code lacks.
func officialCodes(g *catalog.Guide) (task, procedure string) {
	if g.Org == nil || g.Org.USCC == "" {
		return "", ""
	}
	task, err := record.TaskCode(g.Org.USCC, g.Level, g.Item.Code)
	if err != nil {
		return "", ""
	}
	procedure, err = record.ProcedureCode(task, g.Procedure.No)
	if err != nil {
		return task, ""
	}
	return task, procedure
}

// hashGuide adds everything that a guide's row is made from.
func (x *exporter) hashGuide(h *scratch, g *catalog.Guide) {
	h.Stamp(x.procedures[g.Procedure].stamp)
	h.Bool(g.Division.Sample)
	h.String(g.Level)
	h.Stamp(x.orgs[g.Org].stamp)
	h.Stamp(x.orgs[g.Supervising].stamp)
	h.Int(len(g.Handling))
	for i := range g.Handling {
		a := &g.Handling[i]
		h.Bool(a.AcceptHere)
		h.Int(len(a.AcceptAt))
		for _, l := range a.AcceptAt {
			h.String(l)
		}
		h.String(a.Level)
		h.Bool(a.DecideHere)
		h.Stamp(x.orgs[a.Decider].stamp)
	}
	h.Int(len(g.Places))
	for i := range g.Places {
		at := &g.Places[i]
		h.Stamp(x.halls[at.Hall].stamp)
		h.String(at.Role)
		h.Bool(at.Window != nil)
		if at.Window != nil {
			h.String(at.Window.Number)
			h.String(at.Window.Name)
		}
	}
	h.Int(len(g.Agents))
	for _, a := range g.Agents {
		h.Stamp(x.halls[a].stamp)
	}
	x.hashLocal(h, g)
}

// hashLocal adds what a place says otherwise. What differs goes in as it will be written, with the names it refers to.
func (x *exporter) hashLocal(h *scratch, g *catalog.Guide) {
	h.Bool(g.Process.HideLimits)
	h.Int(len(g.Origins))
	if len(g.Origins) == 0 {
		return
	}
	for i := range g.Origins {
		o := x.origin(&g.Origins[i], g.Procedure.No)
		h.String(o.Key)
		h.String(o.Record)
		if d := o.Deviation; d != nil {
			h.String(d.Document)
			h.String(d.ApprovedBy)
			h.Int(int(d.Until))
		}
	}
	h.buf = x.write.differs.append(h.buf[:0], &differs{g})
	h.Bytes(h.buf)
}

// guideStamps returns, place by place, the stamp of the rows of its guides.
func (x *exporter) guideStamps() []output.Stamp {
	stamps := make([]output.Stamp, len(x.Catalog.Divisions))
	each(len(stamps), func(i int, s *scratch) {
		d := x.Catalog.Divisions[i]
		s.Stamp(x.base)
		s.Stamp(x.divisions[d].stamp)
		s.Int(len(d.Guides))
		for _, g := range d.Guides {
			x.hashGuide(s, g)
		}
		stamps[i] = s.Sum()
	})
	return stamps
}
