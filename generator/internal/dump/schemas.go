package dump

import (
	"io"

	"banshi/generator/internal/output"
)

// publishedSchema is a file of data/schema/v1: what a file or a line of one holds.
type publishedSchema struct {
	name        string
	form        *schema
	title, text string
}

// published lists the schemas, those of lines first. Forms are made from the types that write the data; documents that hold
// lines of a dump refer to the schema of the line.
func (x *exporter) published() []publishedSchema {
	w := &x.write
	return []publishedSchema{
		{"item", w.item.schema, "事项 / item", "items.jsonl 的一行 / a line of items.jsonl"},
		{"guide", w.guide.schema, "办事指南 / guide",
			"guides.jsonl 的一行：一个地方的一项业务，标准部分在 items.jsonl / a line of guides.jsonl, to be laid over the standard in items.jsonl"},
		{"place", w.division.schema, "地方 / place", "places.jsonl 的一行：一个地方，指南在 guides.jsonl / a line of places.jsonl; its guides are in guides.jsonl"},
		{"library", w.library.schema, "库 / library", "library.jsonl 的一行：依据、材料、证照、一件事等库里的一条 / a line of library.jsonl: a record of the libraries"},
		{"change", w.change.schema, "变更 / change", "data/changes/<月>.jsonl 的一行 / a line of data/changes/<month>.jsonl"},
		{"tombstone", w.tombstone.schema, "墓碑 / tombstone", "取消或合并了的事项，永远留着 / an item that is no more; it stays for ever"},
		{"delta", w.delta.schema, "差别 / delta", "delta.jsonl 的一行：从一版到另一版，一行怎么变 / a line of delta.jsonl: what becomes of a line from one state to another"},
		{"manifest", w.manifest.schema, "清单 / manifest", "数据是什么，每个文件有多少 / what the data is and what each file holds"},
		{"latest", w.latest.schema, "最新一版 / latest", "data/latest.json：唯一会变的指针 / the one pointer that moves"},
		{"releases", w.releases.schema, "不变版本 / releases", "data/releases/index.json"},
		{"vocabulary", w.vocabulary.schema, "词表 / vocabulary", "data/codes/<词表>.json"},
		{"api-index", w.index.schema, "接口目录 / index of the API", "api/v1/index.json"},
		{"api-item", with(refTo("item"), "handled_by", listOf(w.handler.schema), "办理它的地方 / places that handle it"),
			"一个事项 / an item", "api/v1/items/<事项>.json"},
		{"api-history", w.history.schema, "一个事项的变更 / history of an item", "api/v1/items/<事项>/history.json"},
		{"api-division", with(w.division.schema, "guides", listOf(refTo("guide")), "这里的全部办事指南 / all guides of the place"),
			"一个地方 / a place", "api/v1/divisions/<区划>.json"},
		{"api-code", w.lookup.schema, "查编码 / lookup of a code", "api/v1/codes/<编码>.json"},
		{"api-codes", w.lookups.schema, "全部编码 / all codes", "api/v1/codes/index.json"},
		{"api-tombstones", w.tombstones.schema, "全部墓碑 / all tombstones", "api/v1/tombstones.json"},
	}
}

// refTo refers to another published schema, which lies beside.
func refTo(name string) *schema { return &schema{Ref: name + ".json"} }

// with returns a schema with one key more, at the end.
func with(s *schema, name string, form *schema, description string) *schema {
	out := *s
	out.Properties = append([]property(nil), s.Properties...)
	out.add(name, form, attrs{description: description})
	return &out
}

func schemaPath(name string) string { return dirSchema + name + ".json" }

func (x *exporter) schemaPaths() []string {
	var out []string
	for _, s := range x.published() {
		out = append(out, schemaPath(s.name))
	}
	return out
}

// schemaFiles are data/schema/v1/<name>.json.
func (x *exporter) schemaFiles() []output.File {
	var files []output.File
	for _, s := range x.published() {
		path := schemaPath(s.name)
		files = append(files, output.File{Path: path, Stamp: x.base, Write: func(w io.Writer) error {
			doc, err := x.plan.document(s.form, x.url(path), s.title, s.text)
			if err != nil {
				return err
			}
			_, err = w.Write(doc)
			return err
		}})
	}
	return files
}
