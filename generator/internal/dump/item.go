package dump

import (
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
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
		files[n] = file(dirAPI+"items/"+i.ID+".json", h.Sum(), func() []byte { return x.itemFile(i) })
		return b
	})
	return files
}

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

// codes is api/v1/codes/<vocabulary>.json.
type codes struct {
	ID     string     `json:"id" doc:"词表 / vocabulary"`
	Name   string     `json:"name"`
	EN     string     `json:"en"`
	Source string     `json:"source" doc:"出处 / where it comes from"`
	Terms  []codeTerm `json:"terms"`
}

type codeTerm struct {
	Code         string   `json:"code" doc:"本词表内唯一 / unique in the vocabulary"`
	NationalCode string   `json:"national_code" doc:"国家代码，可能为 null，也可能几项相同 / national code; may be null, may be shared"`
	Label        string   `json:"label"`
	EN           string   `json:"en"`
	Definition   string   `json:"definition"`
	Aliases      []string `json:"aliases"`
	Deprecated   bool     `json:"deprecated"`
	ReplacedBy   string   `json:"replaced_by"`
}

func (x *exporter) codeFiles() []output.File {
	var files []output.File
	for _, name := range x.vocabNames() {
		v := x.Catalog.Vocab[name]
		files = append(files, file(dirAPI+"codes/"+name+".json", x.base, func() []byte {
			c := &codes{ID: name, Name: v.Name, EN: v.EN, Source: v.Source, Terms: []codeTerm{}}
			for i := range v.Terms {
				c.Terms = append(c.Terms, termRow(&v.Terms[i]))
			}
			return indent(x.write.codes.append(nil, c))
		}))
	}
	return files
}

func termRow(t *record.Term) codeTerm {
	return codeTerm{codeOf(t), t.Code, t.Term, t.EN, t.Definition, t.Aliases, t.Deprecated, t.ReplacedBy}
}
