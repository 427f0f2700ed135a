package dump

import (
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
)

// index is api/v1/index.json: where everything is.
type index struct {
	SchemaVersion int             `json:"schema_version"`
	Title         string          `json:"title,always"`
	AsOf          record.Date     `json:"as_of,always"`
	Licence       licence         `json:"licence"`
	Sample        bool            `json:"sample" doc:"true：含演示用的假数据 / true: some of it is made up for demonstration"`
	Counts        counts          `json:"counts"`
	Data          string          `json:"data,always" doc:"整库下载从这里开始 / where downloads of everything begin"`
	OpenAPI       string          `json:"openapi,always" doc:"接口说明，OpenAPI 3.1 / description of this interface"`
	Catalog       string          `json:"catalog,always" doc:"数据目录，DCAT-AP / catalogue of the data"`
	Releases      string          `json:"releases,always" doc:"不变版本的目录 / immutable releases"`
	Tombstones    string          `json:"tombstones,always" doc:"取消和合并了的事项 / items that are no more"`
	Lookups       string          `json:"lookups,always" doc:"编码查编号，含曾用编码 / official codes to ids, former codes included"`
	Changes       []string        `json:"changes" doc:"按月的变更，旧的在前；没读历史为 null / changes by month, oldest first; null: built without history"`
	Schemas       []string        `json:"schemas,always"`
	Items         []indexItem     `json:"items,always"`
	Divisions     []indexDivision `json:"divisions,always"`
	Vocabularies  []indexVocab    `json:"vocabularies,always"`
}

type indexItem struct {
	ID      string `json:"id,always"`
	Name    string `json:"name,always"`
	Code    string `json:"code"`
	Status  string `json:"status" vocab:"statuses"`
	Path    string `json:"path,always"`
	History string `json:"history,always" doc:"它的变更 / its changes"`
}

type indexDivision struct {
	ID     string `json:"id,always"`
	Name   string `json:"name,always"`
	Level  string `json:"level" vocab:"levels"`
	Parent string `json:"parent" doc:"上级区划编号 / id of the place above by code"`
	Guides int    `json:"guides"`
	Path   string `json:"path,always"`
}

type indexVocab struct {
	ID   string `json:"id,always"`
	Name string `json:"name,always"`
	Path string `json:"path,always"`
}

func (x *exporter) index(months []*month) output.File {
	content := indent(x.write.index.append(nil, x.indexOf(months)))
	var h output.Hasher
	h.Stamp(x.base)
	h.Bytes(content)
	return file(pathIndex, h.Sum(), func() []byte { return content })
}

func (x *exporter) indexOf(months []*month) *index {
	out := &index{
		SchemaVersion: SchemaVersion, Title: x.Config.Title, AsOf: x.Catalog.AsOf, Licence: x.licence(), Sample: x.Sample,
		Counts: x.counts(), Data: pathLatest, OpenAPI: pathOpenAPI, Catalog: pathCatalog, Releases: pathReleases,
		Tombstones: pathTombstones, Lookups: pathLookups, Schemas: x.schemaPaths(),
		Items: []indexItem{}, Divisions: []indexDivision{}, Vocabularies: []indexVocab{},
	}
	if !x.NoHistory {
		out.Changes = []string{}
		for _, m := range months {
			out.Changes = append(out.Changes, m.path())
		}
	}
	for _, i := range x.Items {
		out.Items = append(out.Items, indexItem{i.ID, i.Name, i.Code, i.Status, itemPath(i), historyPath(i)})
	}
	for _, d := range x.Catalog.Divisions {
		out.Divisions = append(out.Divisions, indexDivision{d.ID, d.Name, d.Level, d.Division.Parent, len(d.Guides), divisionPath(d)})
	}
	for _, name := range x.vocabNames() {
		out.Vocabularies = append(out.Vocabularies, indexVocab{name, x.plan.words.vocabOf(name).Name, vocabPath(name)})
	}
	return out
}
