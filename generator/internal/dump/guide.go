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
	single    bool              // decides the address of the guides
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
			x.procedures[p] = &procedurePieces{
				item:      item,
				procedure: x.write.procedure.splice(&procedureRef{p.No, p.Name}),
				headline:  x.write.headline.splice(headlineOf(&p.Sections)),
				single:    site.Single(i),
			}
		}
	}
}

func guideID(g *catalog.Guide) string { return g.Division.ID + "/" + g.Item.ID + "/" + g.Procedure.No }

// guide makes the row of a guide.
func (x *exporter) guide(g *catalog.Guide) *guideRow {
	p := x.procedures[g.Procedure]
	r := &guideRow{
		ID: guideID(g), URL: x.url(site.GuideURL(g)), Sample: isSample(g.Item) || g.Division.Sample,
		Item: p.item, Procedure: p.procedure, Division: x.divisions[g.Division],
		Level: g.Level, Org: x.orgs[g.Org], Supervising: x.orgs[g.Supervising],
		Headline: p.headline, StepLimitsHidden: g.Process.HideLimits, Differs: differs{g},
		Handling: make([]handling, len(g.Handling)), Places: make([]place, len(g.Places)),
		Agents: make([]spliced[hallRef], len(g.Agents)), Origins: make([]origin, len(g.Origins)),
	}
	r.TaskCode, r.ProcedureCode = officialCodes(g)
	for i := range g.Handling {
		h := &g.Handling[i]
		r.Handling[i] = handling{h.When, h.AcceptHere, h.AcceptAt, h.Level, h.DecideHere, x.orgs[h.Decider]}
	}
	for i, at := range g.Places {
		r.Places[i] = place{Hall: x.halls[at.Hall], Role: at.Role}
		if at.Window != nil {
			r.Places[i].Window = &window{at.Window.Number, at.Window.Name}
		}
	}
	for i, h := range g.Agents {
		r.Agents[i] = x.halls[h]
	}
	for i := range g.Origins {
		r.Origins[i] = x.origin(&g.Origins[i], g.Procedure.No)
	}
	if !x.pureHeadline(g) {
		r.Headline = x.write.headline.splice(headlineOf(&g.Sections))
	}
	return r
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

// hashGuide adds everything that a guide's row is made from. buf is scratch.
func (x *exporter) hashGuide(h *output.Hasher, g *catalog.Guide, buf []byte) []byte {
	p := x.procedures[g.Procedure]
	h.Bytes(p.item)
	h.Bytes(p.procedure)
	h.Bool(p.single)
	h.Bool(isSample(g.Item) || g.Division.Sample)
	h.String(g.Item.Code)
	h.String(g.Level)
	h.Bytes(x.orgs[g.Org])
	h.Bytes(x.orgs[g.Supervising])
	h.Bytes(g.Procedure.File.Print[:]) // the cases of handling, and the headline where it is the standard's
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
		h.Bytes(x.orgs[a.Decider])
	}
	h.Int(len(g.Places))
	for _, at := range g.Places {
		h.Bytes(x.halls[at.Hall])
		h.String(at.Role)
		h.Bool(at.Window != nil)
		if at.Window != nil {
			h.String(at.Window.Number)
			h.String(at.Window.Name)
		}
	}
	h.Int(len(g.Agents))
	for _, a := range g.Agents {
		h.Bytes(x.halls[a])
	}
	return x.hashLocal(h, g, buf)
}

// hashLocal adds what a place says otherwise. What differs goes in as it will be written, with the names it refers to.
func (x *exporter) hashLocal(h *output.Hasher, g *catalog.Guide, buf []byte) []byte {
	h.Bool(g.Process.HideLimits)
	h.Int(len(g.Origins))
	if len(g.Origins) == 0 {
		return buf
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
	buf = x.write.differs.append(buf[:0], &differs{g})
	h.Bytes(buf)
	return buf
}

// guideStamps returns, place by place, the stamp of the rows of its guides.
func (x *exporter) guideStamps() []output.Stamp {
	stamps := make([]output.Stamp, len(x.Catalog.Divisions))
	each(len(stamps), func(i int, b []byte) []byte {
		d := x.Catalog.Divisions[i]
		var h output.Hasher
		h.Stamp(x.base)
		h.Bytes(x.divisions[d])
		h.Int(len(d.Guides))
		for _, g := range d.Guides {
			b = x.hashGuide(&h, g, b)
		}
		stamps[i] = h.Sum()
		return b
	})
	return stamps
}
