package dump

import (
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
)

// index is api/v1/index.json: where everything is.
type index struct {
	SchemaVersion int             `json:"schema_version"`
	Title         string          `json:"title"`
	AsOf          record.Date     `json:"as_of"`
	Licence       licence         `json:"licence"`
	Sample        bool            `json:"sample"`
	Counts        counts          `json:"counts"`
	Data          string          `json:"data" doc:"整库下载从这里开始 / where downloads of everything begin"`
	Schemas       []string        `json:"schemas"`
	Items         []indexItem     `json:"items"`
	Divisions     []indexDivision `json:"divisions"`
	Codes         []indexCodes    `json:"codes"`
}

type indexItem struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Code   string `json:"code"`
	Status string `json:"status" vocab:"statuses"`
	Path   string `json:"path"`
}

type indexDivision struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Level  string `json:"level" vocab:"levels"`
	Parent string `json:"parent" doc:"上级区划编号 / id of the place above by code"`
	Guides int    `json:"guides"`
	Path   string `json:"path"`
}

type indexCodes struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Path string `json:"path"`
}

func (x *exporter) index() output.File {
	i := x.indexOf()
	content := indent(x.write.index.append(nil, i))
	var h output.Hasher
	h.Stamp(x.base)
	h.Bytes(content)
	return file(pathIndex, h.Sum(), func() []byte { return content })
}

func (x *exporter) indexOf() *index {
	out := &index{
		SchemaVersion: SchemaVersion, Title: x.Config.Title, AsOf: x.Catalog.AsOf, Licence: x.licence(), Sample: x.Sample,
		Counts: x.counts(), Data: pathLatest, Schemas: []string{},
		Items: []indexItem{}, Divisions: []indexDivision{}, Codes: []indexCodes{},
	}
	for _, s := range schemaNames {
		out.Schemas = append(out.Schemas, dirSchema+s+".json")
	}
	for _, i := range x.Items {
		out.Items = append(out.Items, indexItem{i.ID, i.Name, i.Code, i.Status, dirAPI + "items/" + i.ID + ".json"})
	}
	for _, d := range x.Catalog.Divisions {
		out.Divisions = append(out.Divisions,
			indexDivision{d.ID, d.Name, d.Level, d.Division.Parent, len(d.Guides), dirAPI + "divisions/" + d.ID + ".json"})
	}
	for _, name := range x.vocabNames() {
		out.Codes = append(out.Codes, indexCodes{name, x.Catalog.Vocab[name].Name, dirAPI + "codes/" + name + ".json"})
	}
	return out
}

// schemaNames are the published schemas.
var schemaNames = []string{"item", "guide", "manifest"}

// schemaFiles are data/schema/v1/<name>.json, made from the types that write the data.
func (x *exporter) schemaFiles() ([]output.File, error) {
	forms := map[string]struct {
		form        *schema
		title, text string
	}{
		"item":     {x.write.item.schema, "事项 / item", "items.jsonl 的一行；api/v1/items/<事项>.json 另有 handled_by / a line of items.jsonl"},
		"guide":    {x.write.guide.schema, "办事指南 / guide", "guides.jsonl 的一行：一个地方的一项业务，标准部分在 items.jsonl / a line of guides.jsonl, to be laid over the standard in items.jsonl"},
		"manifest": {x.write.manifest.schema, "清单 / manifest", "数据是什么，每个文件有多少 / what the data is and what each file holds"},
	}
	var files []output.File
	for _, name := range schemaNames {
		f, path := forms[name], dirSchema+name+".json"
		doc, err := x.plan.document(f.form, x.url(path), f.title, f.text)
		if err != nil {
			return nil, err
		}
		files = append(files, file(path, x.base, func() []byte { return doc }))
	}
	return files, nil
}
