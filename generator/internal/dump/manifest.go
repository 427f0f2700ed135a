package dump

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"iter"

	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
)

// manifest is data/current/manifest.json: what the data is and what each file holds.
type manifest struct {
	SchemaVersion int    `json:"schema_version" doc:"格式版本 / version of the format"`
	Title         string `json:"title,always"`
	URL           string `json:"url,always" doc:"网站 / the portal"`
	Release       string `json:"release" doc:"不变版本的编号，current 为 null / id of the release; null for current"`
	Previous      string `json:"previous" doc:"上一个不变版本 / the release before"`
	// PreviousManifest chains releases: who trusts one trusts all before it.
	PreviousManifest string      `json:"previous_manifest_sha256" doc:"上一个版本清单的 SHA-256 / SHA-256 of the manifest of the release before"`
	Commit           string      `json:"commit" doc:"记录的提交，没有历史为 null / commit of the records; null without history"`
	GeneratedAt      string      `json:"generated_at" format:"date-time" doc:"提交的时刻，UTC；不变版本才有 / moment of the commit, UTC; of releases only"`
	AsOf             record.Date `json:"as_of,always" doc:"数据日期 / day for which the data holds"`
	Tool             tool        `json:"tool" doc:"生成它的程序 / program that made it"`
	Licence          licence     `json:"licence" doc:"数据许可 / licence of the data"`
	Sample           bool        `json:"sample" doc:"true：含演示用的假数据 / true: some of it is made up for demonstration"`
	Counts           counts      `json:"counts"`
	Files            []dataFile  `json:"files,always"`
}

type tool struct {
	Name    string `json:"name,always"`
	Version string `json:"version,always"`
}

type licence struct {
	ID   string `json:"id,always" doc:"SPDX"`
	Name string `json:"name,always"`
	URL  string `json:"url"`
}

type counts struct {
	Items      int `json:"items"`
	Procedures int `json:"procedures"`
	Divisions  int `json:"divisions"`
	Guides     int `json:"guides"`
}

// dataFile is a file of the data; uncompressed figures are of what gunzip gives.
type dataFile struct {
	Path               string `json:"path,always" doc:"从网站根目录起 / from the root of the site"`
	MediaType          string `json:"media_type,always"`
	Compression        string `json:"compression" doc:"gzip，没压缩为 null / gzip, or null"`
	Schema             string `json:"schema" doc:"每行的 JSON Schema；不是 JSON 为 null / schema of a line; null where it is no JSON"`
	Table              string `json:"table" doc:"哪张表；不是表为 null / which table; null where it is none"`
	Bytes              int64  `json:"bytes"`
	SHA256             string `json:"sha256,always"`
	UncompressedBytes  int64  `json:"uncompressed_bytes"`
	UncompressedSHA256 string `json:"uncompressed_sha256,always"`
	Rows               int    `json:"rows" doc:"多少条；库文件是各表合计 / how many records; of a database, of all its tables"`
}

// latest is data/latest.json, the one pointer that moves.
type latest struct {
	SchemaVersion int            `json:"schema_version"`
	AsOf          record.Date    `json:"as_of,always"`
	Commit        string         `json:"commit" doc:"记录的提交，没有历史为 null / commit of the records; null without history"`
	Manifest      pointer        `json:"manifest" doc:"当前数据的清单 / manifest of the current data"`
	Release       *latestRelease `json:"release" doc:"最新的不变版本，还没有为 null / the newest immutable release; null: none yet"`
}

// latestRelease is the newest release of the register.
type latestRelease struct {
	ID       string      `json:"id,always"`
	Date     record.Date `json:"date,always"`
	Manifest pointer     `json:"manifest"`
	Previous string      `json:"previous" doc:"上一个版本 / the release before"`
}

type pointer struct {
	Path   string `json:"path,always"`
	SHA256 string `json:"sha256,always"`
}

func (x *exporter) licence() licence {
	l := x.Config.Licence
	return licence{l.Data, l.Name, l.URL}
}

func (x *exporter) counts() counts {
	c := counts{Items: len(x.Items), Divisions: len(x.Catalog.Divisions), Guides: len(x.Catalog.Guides)}
	for _, i := range x.Items {
		c.Procedures += len(i.Procedures)
	}
	return c
}

// current is data/current and the pointer to it.
func (x *exporter) current(archives []*archive) []output.File {
	var files []output.File
	for _, a := range archives {
		files = append(files, output.File{Path: a.path, Stamp: a.stamp(x.base), Write: a.Write})
	}
	stamp := x.manifestStamp(archives)
	write := func(w io.Writer) error { return x.writeManifest(w, archives) }
	return append(files,
		output.File{Path: pathManifest, Stamp: stamp, Write: write},
		output.File{Path: pathLatest, Stamp: x.catalogueStamp(stamp), Write: func(w io.Writer) error { return x.writeLatest(w, write) }},
		output.File{Path: pathCatalog, Stamp: x.catalogueStamp(stamp), Write: func(w io.Writer) error { return x.catalogue(w, archives) }})
}

// archives are the JSON Lines of all items, guides and places and of the library.
func (x *exporter) archives() []*archive {
	one := func(n int, row func([]byte, int) []byte) func(int) iter.Seq[[]byte] {
		return func(int) iter.Seq[[]byte] { return sequence(n, row) }
	}
	library := x.libraryRows()
	return []*archive{
		{path: pathItems, schema: schemaPath("item"), members: 1, lines: one(len(x.Items), x.itemRow)},
		{path: pathGuides, schema: schemaPath("guide"), members: len(x.Catalog.Divisions), lines: func(n int) iter.Seq[[]byte] {
			d, guides := x.Catalog.Divisions[n], x.guideWriter()
			return sequence(len(d.Guides), func(b []byte, n int) []byte { return guides.append(b, d.Guides[n]) })
		}},
		{path: pathPlaces, schema: schemaPath("place"), members: 1, lines: one(len(x.Catalog.Divisions), x.divisionRow)},
		{path: pathLibrary, schema: schemaPath("library"), members: 1, lines: one(len(library), func(b []byte, n int) []byte {
			return x.write.library.append(b, &library[n])
		})},
	}
}

// join is the stamp of a list of stamps.
func join(first output.Stamp, rest []output.Stamp) output.Stamp {
	var h output.Hasher
	h.Stamp(first)
	h.Int(len(rest))
	for _, s := range rest {
		h.Stamp(s)
	}
	return h.Sum()
}

// stamp is of all members of an archive.
func (a *archive) stamp(base output.Stamp) output.Stamp { return join(base, a.stamps) }

// archivesStamp is of several archives together.
func (x *exporter) archivesStamp(archives []*archive) output.Stamp {
	stamps := make([]output.Stamp, len(archives))
	for i, a := range archives {
		stamps[i] = a.stamp(x.base)
	}
	return join(x.base, stamps)
}

func (x *exporter) manifestStamp(archives []*archive) output.Stamp {
	var h output.Hasher
	h.Stamp(x.archivesStamp(archives))
	h.Stamp(x.siteStamp())
	h.String(x.Commit)
	return h.Sum()
}

// siteStamp is of what manifest and index say about the site as a whole.
func (x *exporter) siteStamp() output.Stamp {
	var h output.Hasher
	c, l := x.counts(), x.licence()
	for _, s := range []string{x.Config.Title, l.ID, l.Name, l.URL} {
		h.String(s)
	}
	for _, n := range []int{int(x.Catalog.AsOf), c.Items, c.Procedures, c.Divisions, c.Guides} {
		h.Int(n)
	}
	h.Bool(x.Sample)
	return h.Sum()
}

func (x *exporter) writeManifest(w io.Writer, archives []*archive) error {
	m := &manifest{
		SchemaVersion: SchemaVersion, Title: x.Config.Title, URL: x.url(""), Commit: x.Commit, AsOf: x.Catalog.AsOf,
		Tool: tool{"banshi", Version}, Licence: x.licence(), Sample: x.Sample, Counts: x.counts(), Files: []dataFile{},
	}
	for _, a := range archives {
		d, err := a.digest()
		if err != nil {
			return err
		}
		m.Files = append(m.Files, dataFile{
			Path: a.path, MediaType: "application/x-ndjson", Compression: "gzip", Schema: a.schema,
			Bytes: d.bytes, SHA256: d.sha256, UncompressedBytes: d.rawBytes, UncompressedSHA256: d.rawSHA256, Rows: d.rows,
		})
	}
	_, err := w.Write(indent(x.write.manifest.append(nil, m)))
	return err
}

func (x *exporter) writeLatest(w io.Writer, manifest func(io.Writer) error) error {
	sum := sha256.New()
	if err := manifest(sum); err != nil {
		return err
	}
	l := &latest{SchemaVersion: SchemaVersion, AsOf: x.Catalog.AsOf, Commit: x.Commit,
		Manifest: pointer{pathManifest, hex.EncodeToString(sum.Sum(nil))}}
	for _, r := range x.Releases() {
		l.Release = &latestRelease{r.ID, r.Date, releasePointer(r), r.Previous}
		break
	}
	_, err := w.Write(indent(x.write.latest.append(nil, l)))
	return err
}

// indent lays out a short file for people. Its argument is valid JSON.
func indent(b []byte) []byte {
	var out bytes.Buffer
	if err := json.Indent(&out, b, "", "  "); err != nil {
		panic("dump: wrote no JSON: " + err.Error())
	}
	out.WriteByte('\n')
	return out.Bytes()
}
