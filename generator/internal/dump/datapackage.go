package dump

import (
	"io"
	"strings"
	"time"

	"banshi/generator/internal/output"
	"banshi/generator/internal/table"
)

// The tables of a release as a Data Package (datapackage.org, version 2), and the schema of each table beside the other schemas.

const (
	packageProfile = "https://datapackage.org/profiles/2.0/datapackage.json"
	schemaProfile  = "https://datapackage.org/profiles/2.0/tableschema.json"
	dialectProfile = "https://datapackage.org/profiles/2.0/tabledialect.json"
)

// tableSchema is the Table Schema of a table: its columns, its key, and the tables that it refers to.
func tableSchema(t *table.Table) object {
	var fields list
	for _, c := range t.Columns {
		f := object{{"name", c.Name}, {"type", c.Kind.String()}, {"title", c.Title + " / " + c.TitleEN}}
		if c.Description != "" {
			f = append(f, pair{"description", c.Description})
		}
		if c.Required {
			f = append(f, pair{"constraints", object{{"required", true}}})
		}
		fields = append(fields, f)
	}
	out := object{{"$schema", schemaProfile}, {"fields", fields}, {"missingValues", list{""}}}
	if len(t.Key) > 0 {
		out = append(out, pair{"primaryKey", t.Key})
	}
	var references list
	for _, r := range t.References {
		references = append(references, object{
			{"fields", list{r.Column}}, {"reference", object{{"resource", resourceName(r.Table)}, {"fields", list{r.To}}}},
		})
	}
	if references != nil {
		out = append(out, pair{"foreignKeys", references})
	}
	return out
}

// resourceName is the name of a table in a Data Package, which older readers want without an underscore.
func resourceName(table string) string { return strings.ReplaceAll(table, "_", "-") }

func tableSchemaPath(name string) string { return dirSchema + "tables/" + name + ".json" }

// tableSchemaFiles are data/schema/v1/tables/<table>.json.
func (x *exporter) tableSchemaFiles() []output.File {
	var files []output.File
	for _, t := range x.tables() {
		files = append(files, file(tableSchemaPath(t.Name), x.base, func() []byte { return tableSchema(t).document() }))
	}
	return files
}

// dataPackage is datapackage.json of a release, once its tables are written.
func (r *Release) dataPackage() *releaseFile {
	return &releaseFile{dataFile{Path: "datapackage.json", MediaType: "application/json"}, func(w io.Writer) (int, error) {
		x := r.x
		l := x.licence()
		licence := object{{"name", l.ID}, {"title", l.Name}}
		if l.URL != "" {
			licence = append(licence, pair{"path", l.URL})
		}
		var resources list
		for _, t := range r.tables {
			resources = append(resources, r.resource(t))
		}
		_, err := w.Write(object{
			{"$schema", packageProfile}, {"name", "government-service-items"}, {"id", x.url(dirReleases + r.id + "/datapackage.json")},
			{"title", x.Config.Title}, {"homepage", x.url("data/")}, {"version", r.id}, {"created", r.in.Time.UTC().Format(time.RFC3339)},
			{"description", "政务服务事项和办事指南的数据表。guides 是给人看的平表；要完整的一份，把 locals 盖在 standards 上。/ Service items and guides as tables. " +
				"guides is flat, for people; a whole guide is its locals laid over its standards."},
			{"licenses", list{licence}}, {"contributors", list{object{{"title", x.publisherName()}, {"roles", list{"publisher"}}}}},
			{"keywords", list{"政务服务", "办事指南", "government services"}}, {"resources", resources},
		}.document())
		return 0, err
	}}
}

// resource is a table of the release with its size and hash. Version 2 knows a table by its type, version 1 by its profile.
func (r *Release) resource(t *table.Table) object {
	f := r.file(t.Name + ".csv")
	return object{
		{"name", resourceName(t.Name)}, {"type", "table"}, {"profile", "tabular-data-resource"}, {"path", f.Path}, {"title", t.Title + " / " + t.TitleEN},
		{"format", "csv"}, {"mediatype", "text/csv"}, {"encoding", "utf-8"}, {"bytes", f.Bytes}, {"hash", "sha256:" + f.SHA256},
		{"dialect", object{{"$schema", dialectProfile}, {"delimiter", ","}, {"lineTerminator", "\r\n"}, {"quoteChar", "\""}, {"doubleQuote", true}, {"header", true}}},
		{"schema", tableSchema(t)},
	}
}
