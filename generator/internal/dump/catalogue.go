package dump

import (
	"cmp"
	"io"
	"path"

	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
)

// data/catalog.jsonld describes the data in DCAT-AP 3.0.1, so that portals of open data can harvest it: a catalogue, a series of
// states, the current state and every release of the register as a dataset, and the API. Terms of controlled vocabularies carry
// their class, because whoever validates the file alone cannot look it up.

// The authorities whose terms the catalogue uses.
const (
	authority = "http://publications.europa.eu/resource/authority/"
	iana      = "https://www.iana.org/assignments/media-types/"
)

// term is a thing known by its address, with its class.
func term(iri, class string) object { return object{{"@id", iri}, {"@type", class}} }

// concept is a term of an authority table with its class, its table and what it is called.
func concept(table, code, class, zh, en string) object {
	return append(term(authority+table+"/"+code, class), pair{"inScheme", authority + table}, pair{"prefLabel", bilingual(zh, en)})
}

// bilingual is a text in both languages of the open data.
func bilingual(zh, en string) object { return object{{"zh", zh}, {"en", en}} }

var (
	languages = list{
		concept("language", "ZHO", "dct:LinguisticSystem", "中文", "Chinese"),
		concept("language", "ENG", "dct:LinguisticSystem", "英文", "English"),
	}
	publicAccess = concept("access-right", "PUBLIC", "dct:RightsStatement", "公开", "public")
	irregular    = concept("frequency", "IRREG", "dct:Frequency", "不定期", "irregular")
	theme        = concept("data-theme", "GOVE", "skos:Concept", "政府和公共部门", "Government and public sector")
	themes       = append(term(authority+"data-theme", "skos:ConceptScheme"), pair{"title", bilingual("数据主题", "Data theme")})
	stable       = concept("planned-availability", "STABLE", "skos:Concept", "长期提供", "stable")
	gzipType     = term(iana+"application/gzip", "dct:MediaType")
)

// catalogue writes data/catalog.jsonld. Sizes and hashes are those of the archives.
func (x *exporter) catalogue(w io.Writer, archives []*archive) error {
	current, err := x.currentDataset(archives)
	if err != nil {
		return err
	}
	datasets := list{current}
	for _, r := range x.Releases() {
		datasets = append(datasets, x.releaseDataset(r))
	}
	root := x.url("data/")
	doc := object{
		{"@context", x.url(pathContext)},
		{"@id", root + "#catalog"},
		{"@type", "Catalog"},
		{"title", x.titled("的开放数据", "Open data of government service items")},
		{"description", bilingual("政务服务事项、办事指南、变更和词表，可以整库下载，也可以逐个取。", "Service items, guides, changes and vocabularies, as downloads and file by file.")},
		{"homepage", root},
		{"language", languages},
		{"license", x.licenceTerm()},
		{"modified", x.Catalog.AsOf.String()},
		{"publisher", x.publisher()},
		{"spatial", x.place()},
		{"themeTaxonomy", themes},
		{"dataset", datasets},
		{"service", x.dataService()},
	}
	_, err = w.Write(doc.document())
	return err
}

// catalogueStamp is of what the catalogue and data/latest.json say beside the manifest.
func (x *exporter) catalogueStamp(manifest output.Stamp) output.Stamp {
	var h output.Hasher
	h.Stamp(manifest)
	h.String(x.Config.Footer.Organiser)
	h.String(x.Config.Phone)
	if x.Root != nil {
		h.String(x.Root.Name)
		h.String(x.Root.Code)
	}
	for _, r := range x.Releases() {
		h.String(r.ID)
		h.Int(int(r.Date))
		h.String(r.Previous)
		h.String(r.ManifestSHA256)
		h.Int(len(r.Files))
		for _, f := range r.Files {
			h.String(f.Path)
			h.Int(f.Bytes)
			h.String(f.SHA256)
		}
	}
	return h.Sum()
}

// titled is the site's title before a text, marked where the data is made up.
func (x *exporter) titled(zh, en string) object {
	zh, en = x.Config.Title+zh, en+", "+x.Config.Title
	if x.Sample {
		zh, en = "【示例】"+zh, "[Sample] "+en
	}
	return bilingual(zh, en)
}

func (x *exporter) licenceTerm() object {
	l := x.licence()
	return object{{"@id", cmp.Or(l.URL, "https://spdx.org/licenses/"+l.ID)}, {"@type", "dct:LicenseDocument"}, {"identifier", l.ID}, {"licenceName", l.Name}}
}

// publisherName is who publishes: the organiser of the site where it is known.
func (x *exporter) publisherName() string { return cmp.Or(x.Config.Footer.Organiser, x.Config.Title) }

func (x *exporter) publisher() object {
	return object{{"@id", x.url("#publisher")}, {"@type", "foaf:Agent"}, {"name", x.publisherName()}, {"homepage", x.url("")}}
}

func (x *exporter) contact() object {
	out := object{{"@id", x.url("#contact")}, {"@type", list{"vcard:Kind", "vcard:Organization"}}, {"fn", x.publisherName()}, {"hasURL", x.url("")}}
	if x.Config.Phone != "" {
		out = append(out, pair{"hasTelephone", "tel:" + x.Config.Phone})
	}
	return out
}

// place is the division whose portal this is.
func (x *exporter) place() object {
	out := object{{"@type", "dct:Location"}}
	if x.Root != nil {
		out = append(out, pair{"prefLabel", object{{"zh", x.Root.Name}}}, pair{"identifier", x.Root.Code})
	}
	return out
}

// series is the dataset series of all states.
func (x *exporter) series() object {
	return object{
		{"@id", x.url("data/#series")}, {"@type", "DatasetSeries"},
		{"title", x.titled("：各个版本", "All versions")},
		{"description", bilingual("每个版本是某一天的全部事项和办事指南；发布以后不再改动。", "Each version is all items and guides of one day; a release never changes.")},
		{"frequency", irregular}, {"publisher", x.publisher()}, {"contactPoint", x.contact()}, {"modified", x.Catalog.AsOf.String()},
	}
}

// dataset is what the current state and a release have in common.
func (x *exporter) dataset(id, version string, day record.Date, title object) object {
	return object{
		{"@id", id}, {"@type", "Dataset"}, {"identifier", id}, {"title", title},
		{"description", bilingual("政务服务事项目录、各业务办理项的全省标准、各地办事指南中和标准不同的部分。",
			"The catalogue of service items, the provincial standard of each procedure, and what the guides of each place state beside it.")},
		{"keyword", object{{"zh", list{"政务服务", "办事指南", "行政许可"}}, {"en", list{"government services", "public service guides", "administrative licences"}}}},
		{"theme", theme}, {"accessRights", publicAccess}, {"language", languages}, {"spatial", x.place()}, {"frequency", irregular},
		{"publisher", x.publisher()}, {"contactPoint", x.contact()}, {"landingPage", term(x.url("data/"), "foaf:Document")},
		{"modified", day.String()}, {"version", version},
	}
}

// currentDataset is the state that every build makes.
func (x *exporter) currentDataset(archives []*archive) (object, error) {
	out := x.dataset(x.url("data/current/"), cmp.Or(x.Commit, x.Catalog.AsOf.String()), x.Catalog.AsOf, x.titled("：当前数据", "Current data"))
	out = append(out, pair{"inSeries", x.series()})
	distributions := list{}
	for _, a := range archives {
		d, err := a.digest()
		if err != nil {
			return nil, err
		}
		title := bilingual(a.path+"（JSON Lines，gzip）", a.path+" (JSON Lines, gzip)")
		distribution := x.distribution(a.path, title, int(d.bytes), d.sha256)
		distributions = append(distributions, append(distribution, pair{"compressFormat", gzipType}, pair{"conformsTo", term(x.url(a.schema), "dct:Standard")}))
	}
	return append(out, pair{"distribution", distributions}), nil
}

func sha256Checksum(hex string) object {
	return object{
		{"@type", "spdx:Checksum"}, {"checksumValue", hex},
		{"algorithm", term("http://spdx.org/rdf/terms#checksumAlgorithm_sha256", "spdx:ChecksumAlgorithm")},
	}
}

// releaseDataset is an immutable release. Its manifest lists its files.
func (x *exporter) releaseDataset(r *record.Release) object {
	out := x.dataset(x.url(dirReleases+r.ID+"/"), r.ID, r.Date, x.titled("："+r.ID, "Release "+r.ID))
	out = append(out, pair{"issued", r.Date.String()}, pair{"inSeries", x.url("data/#series")})
	if r.Previous != "" {
		out = append(out, pair{"prev", x.url(dirReleases + r.Previous + "/")})
	}
	manifest := x.distribution(dirReleases+r.ID+"/manifest.json", object{{"en", r.ID + "/manifest.json"}}, 0, r.ManifestSHA256)
	distributions := list{append(manifest, pair{"conformsTo", term(x.url(schemaPath("manifest")), "dct:Standard")})}
	for _, f := range r.Files {
		name := r.ID + "/" + f.Path
		distributions = append(distributions, x.distribution(dirReleases+name, object{{"en", name}}, f.Bytes, f.SHA256))
	}
	return append(out, pair{"distribution", distributions})
}

// distribution is a file that can be downloaded; 0 bytes are not known.
func (x *exporter) distribution(file string, title object, bytes int, sha256 string) object {
	out := object{
		{"@id", x.url(file)}, {"@type", "Distribution"}, {"title", title}, {"accessURL", x.url("data/")}, {"downloadURL", x.url(file)},
		{"license", x.licenceTerm()}, {"mediaType", term(iana+mediaOf(file), "dct:MediaType")}, {"availability", stable},
		{"checksum", sha256Checksum(sha256)},
	}
	if f, ok := fileTypes[path.Ext(file)]; ok {
		out = append(out, pair{"format", concept("file-type", f, "dct:MediaTypeOrExtent", f, f)})
	}
	if bytes > 0 {
		out = append(out, pair{"byteSize", bytes})
	}
	return out
}

// fileTypes are the terms of the EU's table of file types; it has none for SQLite.
var fileTypes = map[string]string{".gz": "GZIP", ".csv": "CSV", ".json": "JSON", ".xlsx": "XLSX", ".parquet": "PARQUET"}

// dataService is api/v1.
func (x *exporter) dataService() object {
	return object{
		{"@id", x.url(dirAPI) + "#service"}, {"@type", "DataService"}, {"title", x.titled("：接口", "API")},
		{"description", bilingual("按事项、按地方、按编码取 JSON；全部是静态文件。", "JSON by item, by place and by code; all files are static.")},
		{"endpointURL", term(x.url(dirAPI), "rdfs:Resource")}, {"endpointDescription", term(x.url(pathOpenAPI), "rdfs:Resource")}, {"servesDataset", x.url("data/current/")},
		{"license", x.licenceTerm()}, {"accessRights", publicAccess}, {"publisher", x.publisher()}, {"contactPoint", x.contact()}, {"theme", theme},
	}
}

// context is data/schema/v1/context.jsonld: what the keys of the catalogue mean.
func (x *exporter) context() output.File {
	id := func(iri string) object { return object{{"@id", iri}, {"@type", "@id"}} }
	typed := func(iri, datatype string) object { return object{{"@id", iri}, {"@type", datatype}} }
	words := func(iri string) object { return object{{"@id", iri}, {"@container", "@language"}} }
	context := object{{"@context", object{
		{"@version", 1.1},
		{"adms", "http://www.w3.org/ns/adms#"}, {"dcat", "http://www.w3.org/ns/dcat#"}, {"dcatap", "http://data.europa.eu/r5r/"},
		{"dct", "http://purl.org/dc/terms/"}, {"foaf", "http://xmlns.com/foaf/0.1/"}, {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
		{"skos", "http://www.w3.org/2004/02/skos/core#"}, {"spdx", "http://spdx.org/rdf/terms#"}, {"vcard", "http://www.w3.org/2006/vcard/ns#"},
		{"xsd", "http://www.w3.org/2001/XMLSchema#"},
		{"Catalog", "dcat:Catalog"}, {"Dataset", "dcat:Dataset"}, {"DatasetSeries", "dcat:DatasetSeries"},
		{"Distribution", "dcat:Distribution"}, {"DataService", "dcat:DataService"},
		{"title", words("dct:title")}, {"description", words("dct:description")}, {"keyword", words("dcat:keyword")}, {"prefLabel", words("skos:prefLabel")},
		{"identifier", "dct:identifier"}, {"version", "dcat:version"}, {"licenceName", "rdfs:label"}, {"name", "foaf:name"}, {"fn", "vcard:fn"},
		{"issued", typed("dct:issued", "xsd:date")}, {"modified", typed("dct:modified", "xsd:date")},
		{"byteSize", typed("dcat:byteSize", "xsd:nonNegativeInteger")}, {"checksumValue", typed("spdx:checksumValue", "xsd:hexBinary")},
		{"dataset", id("dcat:dataset")}, {"service", id("dcat:service")}, {"distribution", id("dcat:distribution")}, {"inSeries", id("dcat:inSeries")}, {"prev", id("dcat:prev")},
		{"publisher", id("dct:publisher")}, {"contactPoint", id("dcat:contactPoint")}, {"hasURL", id("vcard:hasURL")}, {"hasTelephone", id("vcard:hasTelephone")},
		{"homepage", id("foaf:homepage")}, {"landingPage", id("dcat:landingPage")}, {"license", id("dct:license")}, {"inScheme", id("skos:inScheme")}, {"language", id("dct:language")},
		{"accessRights", id("dct:accessRights")}, {"frequency", id("dct:accrualPeriodicity")}, {"theme", id("dcat:theme")}, {"themeTaxonomy", id("dcat:themeTaxonomy")},
		{"spatial", id("dct:spatial")}, {"conformsTo", id("dct:conformsTo")}, {"format", id("dct:format")}, {"mediaType", id("dcat:mediaType")},
		{"compressFormat", id("dcat:compressFormat")}, {"accessURL", id("dcat:accessURL")}, {"downloadURL", id("dcat:downloadURL")},
		{"checksum", id("spdx:checksum")}, {"algorithm", id("spdx:algorithm")}, {"availability", id("dcatap:availability")},
		{"endpointURL", id("dcat:endpointURL")}, {"endpointDescription", id("dcat:endpointDescription")}, {"servesDataset", id("dcat:servesDataset")},
	}}}
	return file(pathContext, x.base, context.document)
}
