package dump

import (
	"fmt"
	"io"
	"path"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
	"banshi/generator/internal/table"
)

// Media types of more than one file.
const (
	mediaLines = "application/x-ndjson"
	mediaXLSX  = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

func csvFiles(tables []*table.Table) []*releaseFile {
	var out []*releaseFile
	for _, t := range tables {
		out = append(out, &releaseFile{dataFile{Path: t.Name + ".csv", MediaType: "text/csv", Table: t.Name}, func(w io.Writer) (int, error) { return table.WriteCSV(w, t) }})
	}
	return out
}

func parquetFiles(tables []*table.Table) []*releaseFile {
	var out []*releaseFile
	for _, t := range tables {
		out = append(out, &releaseFile{dataFile{Path: t.Name + ".parquet", MediaType: "application/vnd.apache.parquet", Table: t.Name},
			func(w io.Writer) (int, error) { return table.WriteParquet(w, t) }})
	}
	return out
}

// databaseFile is all tables as one SQLite database with full-text search.
func (x *exporter) databaseFile(tables []*table.Table) *releaseFile {
	return &releaseFile{dataFile{Path: "catalogue.sqlite", MediaType: "application/vnd.sqlite3"}, func(w io.Writer) (int, error) {
		return table.WriteSQLite(w, tables, searches, SchemaVersion)
	}}
}

// searches are the full-text indexes of the database. A standard is indexed once, not once a place.
var searches = []table.Search{{
	Name: "search", Columns: []string{"item", "procedure", "aliases", "plain"},
	Select: `SELECT p.rowid, i.name, p.name, concat(i.aliases, ' ', p.aliases), concat(i.plain, ' ', p.plain) FROM procedures p JOIN items i ON i.id = p.item`,
}}

// inBooks are the columns of guides that a workbook has first, for people; ids and codes come after them. The first three stay in sight.
var inBooks = []string{
	"division_name", "item_name", "procedure_name", "promise", "legal_limit", "visits", "papers_to_bring", "papers_to_bring_names", "papers_waived",
	"papers_waived_names", "charged", "fee", "online", "halls", "org_name", "last_changed", "verified", "verified_on", "sample", "url",
}

// provinceBook is the workbook of all guides; none where Excel could not hold it.
func (x *exporter) provinceBook(about func(title string) table.Book) []*releaseFile {
	if len(x.Catalog.Guides) > table.MaxSheetRows {
		return nil
	}
	return []*releaseFile{{dataFile{Path: "guides.xlsx", MediaType: mediaXLSX, Table: "guides"}, func(w io.Writer) (int, error) {
		return table.WriteXLSX(w, x.guideTable(x.Catalog.Divisions).Front(inBooks...), about(x.Config.Title))
	}}}
}

// placeBooks are the workbooks of the places that have guides.
func (x *exporter) placeBooks(about func(title string) table.Book) []*releaseFile {
	var out []*releaseFile
	for _, d := range x.Catalog.Divisions {
		if len(d.Guides) > 0 {
			out = append(out, &releaseFile{dataFile{Path: "xlsx/" + d.ID + ".xlsx", MediaType: mediaXLSX, Table: "guides"}, func(w io.Writer) (int, error) {
				return table.WriteXLSX(w, x.guideTable([]*catalog.Division{d}).Front(inBooks...), about(d.Name))
			}})
		}
	}
	return out
}

// mapFile is the halls whose coordinates are known.
func (x *exporter) mapFile() *releaseFile {
	return &releaseFile{dataFile{Path: "halls.geojson", MediaType: "application/geo+json"}, func(w io.Writer) (int, error) {
		return table.WriteGeoJSON(w, x.hallTable(), "location_lon", "location_lat")
	}}
}

// about returns what a workbook of a title says of itself: the data, its day, the release if it is of one, the licence.
func (x *exporter) about(release string) func(title string) table.Book {
	return func(title string) table.Book {
		b := table.Book{Title: title + " 办事指南", Time: x.Catalog.AsOf.Time(), Fixed: 3, About: [][2]string{
			{"名称", x.Config.Title}, {"范围", title}, {"数据截至", x.Catalog.AsOf.String()}, {"提交", x.Commit}, {"版本", release},
			{"许可", x.Config.Licence.Name + "（" + x.Config.Licence.Data + "）"}, {"网站", x.url("")},
		}}
		if o := x.Config.OfficialPortal; o.URL != "" {
			b.About = append(b.About, [2]string{"以什么为准", o.Name + " " + o.URL})
		}
		if x.Sample {
			b.About = append(b.About, [2]string{"演示数据", "“演示数据”一列为“是”的都是编造的，不能用来办事"})
		}
		return b
	}
}

// Formats are the formats of [Export].
var Formats = []string{"jsonl", "csv", "xlsx", "parquet", "sqlite", "geojson"}

// Export returns the open data of a site in some of [Formats], with the names that the files have in a release. The error is that
// of an unknown format.
func Export(s *site.Site, formats []string) ([]output.File, error) {
	x := newExporter(s)
	tables := x.tables()
	var files []*releaseFile
	for _, f := range formats {
		switch f {
		case "jsonl":
			for _, a := range x.archives() {
				files = append(files, &releaseFile{dataFile{Path: path.Base(a.path)}, func(w io.Writer) (int, error) { return 0, a.Write(w) }})
			}
		case "csv":
			files = append(files, csvFiles(tables)...)
		case "xlsx":
			files = append(files, x.provinceBook(x.about(""))...)
			files = append(files, x.placeBooks(x.about(""))...)
		case "parquet":
			files = append(files, parquetFiles(tables)...)
		case "sqlite":
			files = append(files, x.databaseFile(tables))
		case "geojson":
			files = append(files, x.mapFile())
		default:
			return nil, fmt.Errorf("没有格式 %q，有 %q / no such format", f, Formats)
		}
	}
	return outputsOf(files), nil
}
