package dump

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
	"banshi/generator/internal/table"
)

// ReleaseInput is everything a release is made from.
type ReleaseInput struct {
	Site *site.Site // with its history
	Time time.Time  // of the commit
	// Previous is the register's entry of the release before, nil for the first; Last is its lines, made again from its commit.
	Previous *record.Release
	Last     *Kept
	// Since is what changed since then, newest first; for the first release everything.
	Since []*changes.Entry
}

// Release is an immutable release in the making. Its files are written round by round ([Release.Rounds]), since the manifest says
// what came out of the others.
type Release struct {
	in    ReleaseInput
	id    string
	x     *exporter
	delta *delta // nil where there is none, and why says the reason
	why   string

	files    []*releaseFile
	tables   []*table.Table
	manifest string // SHA-256
}

// releaseFile is a file of a release with what the manifest says of it, complete when it is written.
type releaseFile struct {
	dataFile
	write func(w io.Writer) (rows int, err error)
}

// ReleaseID is <day>-<first 7 digits of the commit>.
func ReleaseID(day record.Date, commit string) string {
	return day.String() + "-" + commit[:min(7, len(commit))]
}

// NewRelease lists the files of a release.
func NewRelease(in ReleaseInput) *Release {
	r := &Release{in: in, id: ReleaseID(in.Site.Catalog.AsOf, in.Site.Commit), x: newExporter(in.Site)}
	r.tables = r.x.tables()
	r.compare()
	r.list()
	return r
}

// ID returns the id of the release, the name of its folder below data/releases/.
func (r *Release) ID() string { return r.id }

// compare prepares the delta: it is made only where the lines of the release before, made again, are those it published.
func (r *Release) compare() {
	if r.in.Previous == nil {
		r.why = "第一个版本 / the first release"
		return
	}
	p, last := r.in.Previous, r.in.Last
	if last.ItemsSHA256 != p.ItemsSHA256 || last.GuidesSHA256 != p.GuidesSHA256 {
		r.why = "程序换了，上一版的文件不再能逐字节重做 / the program has changed: the files of the release before cannot be made again byte for byte"
		return
	}
	r.delta = newDelta(last, r.x)
}

// list puts the files in the order in which they are made: the longest work first.
func (r *Release) list() {
	x := r.x
	about := x.about(r.id)
	r.files = append(r.files, x.databaseFile(r.tables))
	r.files = append(r.files, x.provinceBook(about)...)
	r.files = append(r.files, parquetFiles(r.tables)...)
	r.files = append(r.files, csvFiles(r.tables)...)
	archives := x.archives()
	r.archive("guides.jsonl.gz", archives[1])
	r.files = append(r.files, x.placeBooks(about)...)
	r.archive("items.jsonl.gz", archives[0])
	r.archive("places.jsonl.gz", archives[2])
	r.archive("library.jsonl.gz", archives[3])
	if r.delta != nil {
		r.archive("delta.jsonl.gz", r.delta.archive())
	}
	r.archive("changes.jsonl.gz", &archive{schema: schemaPath("change"), members: 1, lines: func(int) iter.Seq[[]byte] { return x.changeLines(r.in.Since) }})
	r.add(dataFile{Path: "tombstones.jsonl", MediaType: mediaLines, Schema: schemaPath("tombstone")}, func(w io.Writer) (int, error) {
		var b []byte
		all := x.tombstones()
		for i := range all {
			b = append(x.write.tombstone.append(b, &all[i]), '\n')
		}
		_, err := w.Write(b)
		return len(all), err
	})
	r.files = append(r.files, x.mapFile())
}

func (r *Release) add(f dataFile, write func(io.Writer) (int, error)) {
	r.files = append(r.files, &releaseFile{f, write})
}

// archive adds a file of JSON Lines; its uncompressed figures are known when it is written.
func (r *Release) archive(path string, a *archive) {
	a.path = path
	f := &releaseFile{dataFile: dataFile{Path: path, MediaType: mediaLines, Compression: "gzip", Schema: a.schema}}
	f.write = func(w io.Writer) (int, error) {
		if err := a.Write(w); err != nil {
			return 0, err
		}
		if r.delta != nil && r.in.Last.failed() != nil {
			return 0, r.in.Last.failed()
		}
		d, err := a.digest()
		f.UncompressedBytes, f.UncompressedSHA256 = d.rawBytes, d.rawSHA256
		return d.rows, err
	}
	r.files = append(r.files, f)
}

// Write writes the file and keeps what it came to.
func (f *releaseFile) Write(w io.Writer) error {
	sum := counter{Hash: sha256.New()}
	rows, err := f.write(tee{w, &sum})
	if err != nil {
		return err
	}
	f.Rows, f.Bytes, f.SHA256 = rows, sum.n, sum.hex()
	if f.Compression == "" {
		f.UncompressedBytes, f.UncompressedSHA256 = f.Bytes, f.SHA256
	}
	return nil
}

type tee struct {
	w   io.Writer
	sum *counter
}

func (t tee) Write(p []byte) (int, error) {
	n, err := t.w.Write(p)
	t.sum.Write(p[:n])
	return n, err
}

// Rounds are the files of the release, relative to its folder: the data, then the notes and the Data Package, then the manifest and the sums of all.
func (r *Release) Rounds() []func() ([]output.File, error) {
	return []func() ([]output.File, error){
		func() ([]output.File, error) { return outputsOf(r.files), nil },
		func() ([]output.File, error) {
			notes := &releaseFile{dataFile{Path: "RELEASE_NOTES.md", MediaType: "text/markdown"}, func(w io.Writer) (int, error) {
				_, err := io.WriteString(w, r.notes())
				return 0, err
			}}
			last := []*releaseFile{notes, r.dataPackage()}
			r.files = append(r.files, last...)
			return outputsOf(last), nil
		},
		func() ([]output.File, error) {
			slices.SortFunc(r.files, func(a, b *releaseFile) int { return strings.Compare(a.Path, b.Path) })
			content := r.manifestBytes()
			sum := sha256.Sum256(content)
			r.manifest = hex.EncodeToString(sum[:])
			return []output.File{
				file("manifest.json", output.Stamp{}, func() []byte { return content }),
				file("SHA256SUMS", output.Stamp{}, r.sums),
			}, nil
		},
	}
}

func outputsOf(files []*releaseFile) []output.File {
	out := make([]output.File, len(files))
	for i, f := range files {
		out[i] = output.File{Path: f.Path, Write: f.Write}
	}
	return out
}

func (r *Release) manifestBytes() []byte {
	x := r.x
	m := &manifest{
		SchemaVersion: SchemaVersion, Title: x.Config.Title, URL: x.url(""), Release: r.id, Commit: x.Commit,
		GeneratedAt: r.in.Time.UTC().Format(time.RFC3339), AsOf: x.Catalog.AsOf, Tool: tool{"banshi", Version}, Licence: x.licence(),
		Sample: x.Sample, Counts: x.counts(), Files: []dataFile{},
	}
	if p := r.in.Previous; p != nil {
		m.Previous, m.PreviousManifest = p.ID, p.ManifestSHA256
	}
	for _, f := range r.files {
		d := f.dataFile
		d.Path = dirReleases + r.id + "/" + d.Path
		m.Files = append(m.Files, d)
	}
	return indent(x.write.manifest.append(nil, m))
}

// sums is SHA256SUMS, for sha256sum -c in the folder of the release.
func (r *Release) sums() []byte {
	var b []byte
	for _, f := range r.files {
		b = fmt.Appendf(b, "%s  %s\n", f.SHA256, f.Path)
	}
	return fmt.Appendf(b, "%s  manifest.json\n", r.manifest)
}

// Register returns the entry of the register, once all rounds are written.
func (r *Release) Register() *record.Release {
	out := &record.Release{
		ID: r.id, Commit: r.x.Commit, Date: r.x.Catalog.AsOf, Tool: Version, ManifestSHA256: r.manifest,
		ItemsSHA256: r.file("items.jsonl.gz").UncompressedSHA256, GuidesSHA256: r.file("guides.jsonl.gz").UncompressedSHA256,
	}
	if r.in.Previous != nil {
		out.Previous = r.in.Previous.ID
	}
	for _, path := range asked {
		f := r.find(path)
		if f == nil {
			continue // a province that is too large for one sheet of Excel
		}
		out.Files = append(out.Files, record.ReleaseFile{Path: path, Bytes: int(f.Bytes), Rows: f.Rows, SHA256: f.SHA256})
	}
	return out
}

// asked are the files of a release that people ask for, which the register, the catalogue and the page about the data name.
var asked = []string{"guides.xlsx", "guides.csv", "guides.parquet", "catalogue.sqlite", "items.jsonl.gz", "guides.jsonl.gz", "datapackage.json"}

// Bytes and Files say how large the release is.
func (r *Release) Bytes() (n int64) {
	for _, f := range r.files {
		n += f.Bytes
	}
	return n
}

// Files returns the number of files that the manifest lists.
func (r *Release) Files() int { return len(r.files) }

// file returns a file that every release has.
func (r *Release) file(path string) *releaseFile {
	f := r.find(path)
	if f == nil {
		panic("dump: a release without " + path)
	}
	return f
}

// find returns nil where the release has no such file.
func (r *Release) find(path string) *releaseFile {
	for _, f := range r.files {
		if f.Path == path {
			return f
		}
	}
	return nil
}
