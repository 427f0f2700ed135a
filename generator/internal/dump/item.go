package dump

import (
	"io"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// item makes the row of an item.
func (x *exporter) item(i *catalog.Item) *itemRow {
	r := &itemRow{
		ID: i.ID, URL: x.url(site.ItemURL(i)), Record: i.File.Path, Sample: isSample(i), Item: i.Item,
		Children: []string{}, Procedures: []procedureRow{},
	}
	for _, c := range i.Children {
		r.Children = append(r.Children, c.ID)
	}
	for _, p := range i.Procedures {
		r.Procedures = append(r.Procedures, procedureRow{
			ID: i.ID + "/" + p.No, No: p.No, Record: p.File.Path, Current: p.Current,
			Procedure: p.Procedure, Standard: standard{&p.Sections},
		})
	}
	return r
}

// isSample reports whether the item is made up: its code is no official one.
func isSample(i *catalog.Item) bool { return i.CodeStatus != codeOfficial }

// codeOfficial is the status of a code that was really issued (vocab/code-statuses.toml).
const codeOfficial = "official"

// itemStamps returns the stamp of every item's row: of its JSON, in which the names of laws and materials are too.
func (x *exporter) itemStamps() []output.Stamp {
	return rowStamps(x.base, len(x.Items), x.itemRow)
}

// itemRow writes the row of the n-th item.
func (x *exporter) itemRow(b []byte, n int) []byte { return x.write.item.append(b, x.item(x.Items[n])) }

// itemFiles are api/v1/items/<id>.json: the row and the places that handle it.
func (x *exporter) itemFiles(rows []output.Stamp) []output.File {
	files := make([]output.File, len(x.Items))
	each(len(x.Items), func(n int, s *scratch) {
		i := x.Items[n]
		s.Stamp(rows[n])
		s.Int(len(i.Guides))
		for _, g := range i.Guides {
			accepts, decides := parts(g)
			s.String(g.Procedure.No)
			s.String(g.Level)
			s.Stamp(x.divisions[g.Division].stamp)
			s.Stamp(x.orgs[g.Org].stamp)
			s.Bool(accepts)
			s.Bool(decides)
		}
		files[n] = output.File{Path: itemPath(i), Stamp: s.Sum(), Write: func(w io.Writer) error { return x.writeItem(w, i) }}
	})
	return files
}

func itemPath(i *catalog.Item) string { return dirAPI + "items/" + i.ID + ".json" }

func (x *exporter) writeItem(w io.Writer, i *catalog.Item) error {
	var row handlerRow
	var id []byte
	head := func(b []byte) []byte { return x.write.item.append(b, x.item(i)) }
	return writeList(w, head, "handled_by", len(i.Guides), func(b []byte, n int) []byte {
		g := i.Guides[n]
		accepts, decides := parts(g)
		id = appendGuideID(id[:0], g)
		row = handlerRow{
			Guide: spliced[string]{json: id}, Procedure: g.Procedure.No, Division: x.divisions[g.Division], Level: g.Level, Org: x.orgs[g.Org],
			Accepts: accepts, Decides: decides,
		}
		return x.write.handler.append(b, &row)
	})
}

// parts returns whether a place accepts in some case, and whether it decides in every case.
func parts(g *catalog.Guide) (accepts, decides bool) {
	for i := range g.Handling {
		accepts = accepts || g.Handling[i].AcceptHere
	}
	return accepts, g.Decides()
}
