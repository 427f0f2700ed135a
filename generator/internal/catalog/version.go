package catalog

import "banshi/generator/internal/record"

// Version identifies the state of a guide as <standard>-<local>, seven hexadecimal digits each. It says nothing of the libraries
// a guide links to, and the same content gives the same id in every build and clone.
func (g *Guide) Version() string { return g.Procedure.Version() + "-" + g.LocalVersion() }

// Version identifies the state of a standard: the content of the item's and the procedure's records.
func (p *Procedure) Version() string { return record.Combine(p.Item.File.Print, p.File.Print).String() }

// LocalVersion identifies the place's part of a guide: the content of the local records that made it, of the place's own, and
// of the defaults of its level.
func (g *Guide) LocalVersion() string {
	prints := make([]record.Print, 0, 4)
	for _, f := range g.Files {
		prints = append(prints, f.Print)
	}
	prints = append(prints, g.Division.File.Print)
	if d := g.Division.Defaults; d != nil {
		prints = append(prints, d.Print)
	}
	return record.Combine(prints...).String()
}
