package dump

import (
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
	stamps := make([]output.Stamp, len(x.Items))
	each(len(x.Items), func(i int, b []byte) []byte {
		var h output.Hasher
		h.Stamp(x.base)
		b = x.write.item.append(b, x.item(x.Items[i]))
		h.Bytes(b)
		stamps[i] = h.Sum()
		return b
	})
	return stamps
}

// itemFiles are api/v1/items/<id>.json: the row and the places that handle it.
func (x *exporter) itemFiles(rows []output.Stamp) []output.File {
	files := make([]output.File, len(x.Items))
	each(len(x.Items), func(n int, b []byte) []byte {
		i := x.Items[n]
		var h output.Hasher
		h.Stamp(rows[n])
		h.Int(len(i.Guides))
		for _, g := range i.Guides {
			accepts, decides := parts(g)
			h.String(g.Procedure.No)
			h.String(g.Level)
			h.Bytes(x.divisions[g.Division])
			h.Bytes(x.orgs[g.Org])
			h.Bool(accepts)
			h.Bool(decides)
		}
		files[n] = file(itemPath(i), h.Sum(), func() []byte { return x.itemFile(i) })
		return b
	})
	return files
}

func itemPath(i *catalog.Item) string { return dirAPI + "items/" + i.ID + ".json" }

func (x *exporter) itemFile(i *catalog.Item) []byte {
	b := x.write.item.append(nil, x.item(i))
	b = append(b[:len(b)-1], `,"handled_by":[`...)
	for n, g := range i.Guides {
		if n > 0 {
			b = append(b, ',')
		}
		accepts, decides := parts(g)
		b = x.write.handler.append(append(b, '\n'), &handlerRow{
			Guide: guideID(g), Procedure: g.Procedure.No, Division: x.divisions[g.Division], Level: g.Level, Org: x.orgs[g.Org],
			Accepts: accepts, Decides: decides,
		})
	}
	return append(b, "]}\n"...)
}

// parts returns whether a place accepts in some case, and whether it decides in every case.
func parts(g *catalog.Guide) (accepts, decides bool) {
	for i := range g.Handling {
		accepts = accepts || g.Handling[i].AcceptHere
	}
	return accepts, g.Decides()
}
