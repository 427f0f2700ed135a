package site

import (
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// Version identifies the state of a guide as <standard>-<local>, seven hexadecimal digits each: the standard is the content of
// the item's and the procedure's records, the local part that of the division's records which made the guide, with the place's
// own. It says nothing of the libraries a guide links to, and the same content gives the same id in every build and clone.
func Version(g *catalog.Guide) string {
	standard := record.Combine(g.Item.File.Print, g.Procedure.File.Print)
	prints := make([]record.Print, 0, 4)
	for _, f := range g.Files {
		prints = append(prints, f.Print)
	}
	prints = append(prints, g.Division.File.Print)
	return standard.String() + "-" + record.Combine(prints...).String()
}
