// Package dump makes the open data of the portal: JSON for every item and every place, the vocabularies, gzipped JSON Lines of
// all items and all guides with a manifest, and the JSON Schemas of what they hold. docs/open-data.md tells readers about it.
//
//   - The views in rows.go and manifest.go are the published format, version [SchemaVersion]. Records are written with the keys
//     of their TOML, in that order; every key is always there. null is not stated, [] is stated: none. Terms of vocabularies are
//     {code, label}, references {id, name}, days YYYY-MM-DD, money a decimal text with its currency. UTF-8, LF, no BOM.
//   - A guide is its ids, its headline and what differs from its standard; the standard is a key of its item. A reader lays one
//     over the other: {**standard, **differs}. So a hundred and seventy counties do not repeat it, and there is no file a guide.
//   - The same walk over a type makes the bytes and the schema ([node]), so that they cannot disagree.
//   - A stamp is the hash of what a file is made from: of the JSON of items and places, which is short, and for a guide of the
//     shared pieces it is put together from and the whole of what differs.
//   - What is the same in many guides (names of places and bodies, the headline of a standard) is written once and spliced.
//   - A gzip file is one member a place, in order, so that a change of one place leaves the bytes of the others alone. Only the members
//     that changed are pressed; the others lie in a [Cache]. Nothing is held but a few members at a time.
//   - Tables (tables.go) are columns made of the same types by the same table of keys; package table writes them in every format. What
//     a standard says has a row once. A [Release] is all formats with a manifest, and what differs from the release before ([Kept]).
package dump

import (
	"io"
	"runtime"
	"sync"
	"sync/atomic"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// Version is the version of the program: it is in the manifest and part of every stamp.
var Version = "dev"

// SchemaVersion is the version of the published format, the N of api/vN and data/schema/vN.
const SchemaVersion = 1

// The paths of files that others name.
const (
	pathItems    = "data/current/items.jsonl.gz"
	pathGuides   = "data/current/guides.jsonl.gz"
	pathPlaces   = "data/current/places.jsonl.gz"
	pathLibrary  = "data/current/library.jsonl.gz"
	pathManifest = "data/current/manifest.json"
	pathLatest   = "data/latest.json"
	pathReleases = "data/releases/index.json"
	pathCatalog  = "data/catalog.jsonld"
	pathContext  = "data/schema/v1/context.jsonld"
	pathIndex    = "api/v1/index.json"
	pathOpenAPI  = "api/v1/openapi.json"
	pathLookups  = "api/v1/codes/index.json"
	// pathTombstones lists the items that are no more.
	pathTombstones = "api/v1/tombstones.json"
	dirAPI         = "api/v1/"
	dirSchema      = "data/schema/v1/"
	dirCodes       = "data/codes/"
	dirChanges     = "data/changes/"
)

// Data is the open data that every build of a site publishes. It is worked out when it is first asked for.
type Data struct {
	listed func() *listed
}

// listed is the open data with its files in their order.
type listed struct {
	files     []output.File
	downloads site.Downloads
}

// New returns the open data of a site. What it makes is kept in the cache for the next time.
func New(s *site.Site, c *Cache) *Data {
	return &Data{sync.OnceValue(func() *listed { return listFiles(s, c) })}
}

// Files returns all files.
func (d *Data) Files() []output.File { return d.listed().files }

// Downloads returns the files below data/current, for the page about the data.
func (d *Data) Downloads() site.Downloads { return d.listed().downloads }

func listFiles(s *site.Site, c *Cache) *listed {
	x := newExporter(s)
	items, guides, places, months := x.itemStamps(), x.guideStamps(), x.placeStamps(), x.months()
	files := x.itemFiles(items)
	files = append(files, x.historyFiles()...)
	files = append(files, x.divisionFiles(places, guides)...)
	files = append(files, x.lookupFiles()...)
	files = append(files, x.vocabularyFiles()...)
	files = append(files, x.changeFiles(months)...)
	files = append(files, x.schemaFiles()...)
	files = append(files, x.tableSchemaFiles()...)
	files = append(files, x.tombstoneFile(), x.index(months), x.openAPI(months), x.releaseIndex(), x.context())
	archives := x.archives()
	whole := func(rows []output.Stamp) []output.Stamp { return []output.Stamp{join(x.base, rows)} }
	for i, members := range [][]output.Stamp{whole(items), guides, whole(places), whole(x.libraryStamps())} {
		archives[i].cache, archives[i].stamps = c, members
	}
	return &listed{append(files, x.current(archives)...), downloads(archives, x.archivesStamp(archives))}
}

// downloads are the archives as the page about the data shows them.
func downloads(archives []*archive, stamp output.Stamp) site.Downloads {
	return site.Downloads{Stamp: stamp, List: func() ([]site.Download, error) {
		var out []site.Download
		for _, a := range archives {
			d, err := a.digest()
			if err != nil {
				return nil, err
			}
			out = append(out, site.Download{Path: a.path, Bytes: int(d.bytes), Rows: d.rows, SHA256: d.sha256})
		}
		return out, nil
	}}
}

// exporter is what the files of one site are made with. It is complete before the first file is written and then only read.
type exporter struct {
	*site.Site
	plan  *planner
	write writers
	// base is the stamp of what every file depends on: the program, the address of the site, the vocabularies.
	base output.Stamp

	divisions  map[*catalog.Division]spliced[ref]
	orgs       map[*catalog.Org]spliced[orgRef]
	halls      map[*catalog.Hall]spliced[hallRef]
	procedures map[*catalog.Procedure]*procedurePieces
}

// writers are the nodes of all views.
type writers struct {
	item       writer[itemRow]
	handler    writer[handlerRow]
	guide      writer[guideRow]
	division   writer[divisionRow]
	library    writer[libraryRow]
	headline   writer[headline]
	differs    writer[differs]
	ref        writer[ref]
	org        writer[orgRef]
	hall       writer[hallRef]
	procedure  writer[procedureRef]
	change     writer[changeRow]
	history    writer[history]
	lookup     writer[codeLookup]
	lookups    writer[codeIndex]
	delta      writer[deltaRow]
	tombstone  writer[tombstone]
	tombstones writer[tombstones]
	vocabulary writer[vocabulary]
	index      writer[index]
	releases   writer[releases]
	manifest   writer[manifest]
	latest     writer[latest]
}

func newWriters(p *planner) writers {
	return writers{
		item: writerOf[itemRow](p), handler: writerOf[handlerRow](p), guide: writerOf[guideRow](p), division: writerOf[divisionRow](p), library: writerOf[libraryRow](p),
		headline: writerOf[headline](p), differs: writerOf[differs](p), ref: writerOf[ref](p), org: writerOf[orgRef](p),
		hall: writerOf[hallRef](p), procedure: writerOf[procedureRef](p), change: writerOf[changeRow](p), history: writerOf[history](p),
		lookup: writerOf[codeLookup](p), lookups: writerOf[codeIndex](p), tombstone: writerOf[tombstone](p), delta: writerOf[deltaRow](p),
		tombstones: writerOf[tombstones](p), vocabulary: writerOf[vocabulary](p), index: writerOf[index](p),
		releases: writerOf[releases](p), manifest: writerOf[manifest](p), latest: writerOf[latest](p),
	}
}

func newExporter(s *site.Site) *exporter {
	p := newPlanner(newWords(s.Catalog))
	x := &exporter{Site: s, plan: p, write: newWriters(p)}
	x.base = x.baseStamp()
	x.pieces()
	return x
}

func (x *exporter) baseStamp() output.Stamp {
	var h output.Hasher
	h.String(Version)
	h.Int(SchemaVersion)
	h.String(x.Config.BaseURL)
	for _, name := range x.vocabNames() {
		h.String(name)
		if v := x.Catalog.Vocab[name]; v != nil {
			h.Bytes(v.File.Print[:])
		}
	}
	return h.Sum()
}

// file makes a file whose bytes fit in memory.
func file(path string, stamp output.Stamp, content func() []byte) output.File {
	return output.File{Path: path, Stamp: stamp, Write: func(w io.Writer) error {
		_, err := w.Write(content())
		return err
	}}
}

// pieceSize is how much of a long file is written at once.
const pieceSize = 32 << 10

// pieces are the buffers that rows pass through on their way to a file.
var pieces = sync.Pool{New: func() any { return new([]byte) }}

// writeList writes an object whose last key has a list, a row a line, and holds a few rows of it at a time.
func writeList(w io.Writer, object func(b []byte) []byte, key string, rows int, row func(b []byte, n int) []byte) error {
	buf := pieces.Get().(*[]byte)
	defer pieces.Put(buf)
	b := object((*buf)[:0])
	b = append(append(append(b[:len(b)-1], `,"`...), key...), `":[`...)
	for n := range rows {
		if n > 0 {
			b = append(b, ',')
		}
		if b = row(append(b, '\n'), n); len(b) < pieceSize {
			continue
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
		b = b[:0]
	}
	*buf = append(b, "]}\n"...)
	_, err := w.Write(*buf)
	return err
}

// url is the full address of a page or file.
func (x *exporter) url(path string) string { return x.Config.BaseURL + "/" + path }

// scratch is what a worker uses again from one file to the next: room to write in, and a hasher for the stamp. Both are empty when a
// file begins.
type scratch struct {
	output.Hasher
	buf []byte
}

// rowStamps returns the stamps of rows that are quickly written: of the rows themselves.
func rowStamps(base output.Stamp, n int, row func(b []byte, n int) []byte) []output.Stamp {
	stamps := make([]output.Stamp, n)
	each(n, func(i int, s *scratch) {
		s.buf = row(s.buf, i)
		s.Stamp(base)
		s.Bytes(s.buf)
		stamps[i] = s.Sum()
	})
	return stamps
}

// each calls f for 0…n-1 on all processors, with the scratch of the worker.
func each(n int, f func(i int, s *scratch)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		workers.Go(func() {
			var s scratch
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				s.buf = s.buf[:0]
				s.Reset()
				f(i, &s)
			}
		})
	}
	workers.Wait()
}
