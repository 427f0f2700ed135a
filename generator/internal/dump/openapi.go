package dump

import (
	"cmp"

	"banshi/generator/internal/output"
)

// operation is one GET of the API. All its files are static.
type operation struct {
	path, id, tag string
	summary       string
	schema        string // of data/schema/v1, of the document or of each line; "" for what no JSON Schema describes
	media         string // application/json unless said otherwise
	parameters    []parameter
}

type parameter struct{ name, description, example string }

// operations lists what openapi.json describes, with examples that exist on this site.
func (x *exporter) operations(months []*month) []operation {
	item, division, code, month := x.examples(months)
	items := parameter{"item", "事项编号 / id of an item", item}
	ops := []operation{
		{"/api/v1/index.json", "getIndex", "api", "目录：全部事项、地方、词表和文件在哪里 / index of everything", "api-index", "", nil},
		{"/api/v1/items/{item}.json", "getItem", "api", "一个事项、它的标准和办理它的地方 / an item, its standards, and the places that handle it", "api-item", "",
			[]parameter{items}},
		{"/api/v1/items/{item}/history.json", "getHistory", "api", "一个事项的变更 / changes of an item", "api-history", "", []parameter{items}},
		{"/api/v1/divisions/{division}.json", "getDivision", "api", "一个地方和它的全部办事指南 / a place with all its guides", "api-division", "",
			[]parameter{{"division", "区划编号 / id of a division", division}}},
		{"/api/v1/codes/index.json", "getCodes", "api", "全部编码 / all official codes", "api-codes", "", nil},
		{"/api/v1/codes/{code}.json", "getCode", "api", "编码查编号，含曾用编码 / what an official code stands for, former codes included", "api-code", "",
			[]parameter{{"code", "基本编码、区划代码或统一社会信用代码 / code of an item or division, or credit code of a body", code}}},
		{"/api/v1/tombstones.json", "getTombstones", "api", "取消和合并了的事项 / items that are no more", "api-tombstones", "", nil},
		{"/data/latest.json", "getLatest", "downloads", "最新一版在哪里 / where the latest data is", "latest", "", nil},
		{"/data/current/manifest.json", "getManifest", "downloads", "清单：大小、校验值、行数 / manifest: sizes, hashes, rows", "manifest", "", nil},
		{"/data/current/items.jsonl.gz", "getItems", "downloads", "全部事项，JSON Lines，gzip / all items", "item", gzipMedia, nil},
		{"/data/current/guides.jsonl.gz", "getGuides", "downloads", "全部办事指南，JSON Lines，gzip / all guides", "guide", gzipMedia, nil},
		{"/data/current/places.jsonl.gz", "getPlaces", "downloads", "全部地方，JSON Lines，gzip / all places", "place", gzipMedia, nil},
		{"/data/current/library.jsonl.gz", "getLibrary", "downloads", "依据、材料、证照等库，JSON Lines，gzip / the libraries", "library", gzipMedia, nil},
		{"/data/releases/index.json", "getReleases", "downloads", "不变版本 / immutable releases", "releases", "", nil},
		{"/data/catalog.jsonld", "getCatalog", "downloads", "数据目录，DCAT-AP 3.0.1 / catalogue of the data", "", "application/ld+json", nil},
		{"/data/codes/{vocabulary}.json", "getVocabulary", "vocabularies", "一个词表 / a vocabulary", "vocabulary", "",
			[]parameter{{"vocabulary", "词表编号 / id of a vocabulary", "change-classes"}}},
	}
	if month != "" {
		ops = append(ops, operation{"/data/changes/{month}.jsonl.gz", "getChanges", "downloads", "一个月的变更，JSON Lines，gzip / changes of a month", "change", gzipMedia,
			[]parameter{{"month", "月份 / month", month}}})
	}
	return ops
}

const gzipMedia = "application/gzip"

// examples are a value for each parameter that exists on this site; month is "" without history.
func (x *exporter) examples(months []*month) (item, division, code, month string) {
	if len(x.Items) > 0 {
		item, code = x.Items[0].ID, x.Items[0].Code
	}
	for _, g := range x.Catalog.Guides {
		item, division, code = g.Item.ID, g.Division.ID, g.Item.Code
		break
	}
	if len(months) > 0 {
		month = months[len(months)-1].name
	}
	return item, division, code, month
}

// openAPI is api/v1/openapi.json: the files of the API as an OpenAPI 3.1 description, with the published schemas by reference.
func (x *exporter) openAPI(months []*month) output.File {
	paths := object{}
	for _, op := range x.operations(months) {
		paths = append(paths, pair{op.path, object{{"get", op.describe()}}})
	}
	l := x.licence()
	license := object{{"name", l.Name}}
	if l.URL != "" {
		license = append(license, pair{"url", l.URL})
	} else {
		license = append(license, pair{"identifier", l.ID})
	}
	doc := object{
		{"openapi", "3.1.1"},
		{"info", object{
			{"title", x.Config.Title},
			{"summary", "政务服务事项的开放数据 / open data of government service items"},
			{"description", "全部是静态文件：不用登记，没有限流，没有查询参数。路径从网站根目录算起。/ All files are static: no registration, no rate limit, no query parameters."},
			{"version", "1"}, // of the format: the document changes with the data, the format does not
			{"license", license},
		}},
		{"servers", list{object{{"url", x.Config.BaseURL}}}},
		{"security", list{}},
		{"tags", list{
			object{{"name", "api"}, {"description", "按事项、按地方、按编码 / by item, by place, by code"}},
			object{{"name", "downloads"}, {"description", "整库下载 / everything at once"}},
			object{{"name", "vocabularies"}, {"description", "词表 / vocabularies"}},
		}},
		{"paths", paths},
	}.document()
	var h output.Hasher
	h.Stamp(x.base)
	h.Bytes(doc)
	return file(pathOpenAPI, h.Sum(), func() []byte { return doc })
}

// describe is the operation object of OpenAPI.
func (op operation) describe() object {
	out := object{{"operationId", op.id}, {"tags", list{op.tag}}, {"summary", op.summary}}
	if len(op.parameters) > 0 {
		var parameters list
		for _, p := range op.parameters {
			parameters = append(parameters, object{
				{"name", p.name}, {"in", "path"}, {"required", true}, {"description", p.description},
				{"schema", object{{"type", "string"}}}, {"example", p.example},
			})
		}
		out = append(out, pair{"parameters", parameters})
	}
	form, ref := object{}, object{{"$ref", "../../" + schemaPath(op.schema)}}
	switch {
	case op.schema != "" && op.media == gzipMedia:
		form = object{{"description", "x-line-schema：解压后每行的格式 / schema of a line of what gunzip gives"}, {"x-line-schema", ref}}
	case op.schema != "":
		form = ref
	}
	content := object{{cmp.Or(op.media, "application/json"), object{{"schema", form}}}}
	return append(out, pair{"responses", object{
		{"200", object{{"description", "有这个文件 / the file"}, {"content", content}}},
		{"404", object{{"description", "没有这个文件 / no such file"}}},
	}})
}
