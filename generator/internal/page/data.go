package page

import (
	"fmt"
	"io"
	"path"
	"strings"

	"banshi/generator/internal/output"
	"banshi/generator/internal/quality"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// dataView is the view of pages/data: what open data there is and how it is used.
type dataView struct {
	Page
	Crumbs              []Link
	AsOf, Commit        string
	Licence, LicenceURL string
	Cite                string // how the data is named as a source
	Current             DataFiles
	Sums                string // "<sha256>  <name>" a line, as sha256sum -c reads it; "" where it is not known
	Release             *DataRelease
	Older               []Link
	More                int // releases that are not listed
	Examples            []Example
	API                 DataFiles
	Counts              []Count
	Repository          string
	Article             string // the page that explains the data to developers, "" where the site has none
}

// DataFile is one thing that can be downloaded. Size and Rows are "" where they are not known.
type DataFile struct{ Name, URL, What, Size, Rows string }

// DataFiles are the rows of a table of downloads. Sized says that it shows sizes and rows.
type DataFiles struct {
	Caption string
	Sized   bool
	Files   []DataFile
}

// DataRelease is the newest immutable release.
type DataRelease struct {
	ID, Day, Folder string
	Files           DataFiles
	Workbook        *DataFile // all guides as a workbook, nil where the release has none
	Sums            string
	Place           string // the workbook of one place
}

// Example is code that works as printed. ID is its anchor, Lang the language of the code: sh, python or sql.
type Example struct{ ID, Title, Note, Lang, Code string }

const dataURL = "data/"

// shownCommit is how many digits of the commit the page shows; manifest.json has all.
const shownCommit = 12

// dataPages is the page about the data. Sizes and digests are known when the data is made: they are asked for when the page is
// written, and its stamp has the data's.
func (b *builder) dataPages() []output.File {
	if b.site.Downloads == nil {
		return []output.File{b.page(dataURL, "pages/data", func() any { return b.dataView(nil) })}
	}
	write := func(w io.Writer) error {
		files, err := b.site.Downloads().List()
		if err != nil {
			return err
		}
		return b.execute(w, "pages/data", dataURL, b.dataView(files))
	}
	if b.lazy {
		return []output.File{b.later(site.File(dataURL), write)}
	}
	var h output.Hasher
	h.Stamp(b.stamp("pages/data", b.dataView(nil)))
	h.Stamp(b.site.Downloads().Stamp)
	return []output.File{{Path: site.File(dataURL), Stamp: h.Sum(), Write: write}}
}

func (b *builder) dataView(files []site.Download) *dataView {
	s, c := b.site, b.site.Config
	v := &dataView{
		Page: b.head(dataURL, b.say("nav_data"), b.say("data_lead")), Crumbs: b.trail(dataURL), AsOf: s.Catalog.AsOf.String(), Commit: s.Commit[:min(len(s.Commit), shownCommit)],
		Licence: c.Licence.Name, LicenceURL: webURL(c.Licence.URL), Repository: webURL(c.Edit.Repository),
		Cite: b.say("data_cite", "title", c.Title, "date", s.Catalog.AsOf.String(), "url", c.BaseURL+"/", "licence", c.Licence.Data),
	}
	v.Feeds = b.feedsOfAll(dataURL)
	v.Current = DataFiles{Caption: b.say("data_files"), Sized: files != nil}
	const items, guides = "data/current/items.jsonl.gz", "data/current/guides.jsonl.gz"
	known := map[string]site.Download{}
	for _, f := range files {
		known[f.Path] = f
		v.Sums += f.SHA256 + "  " + path.Base(f.Path) + "\n"
	}
	for _, f := range [][2]string{{items, "data_items"}, {guides, "data_guides"}, {"data/current/places.jsonl.gz", "data_places"}, {"data/current/library.jsonl.gz", "data_library"}, {"data/current/manifest.json", "data_manifest"}, {"data/latest.json", "data_latest"}} {
		row := DataFile{Name: path.Base(f[0]), URL: b.link(dataURL, f[0]), What: b.say(f[1])}
		if d, ok := known[f[0]]; ok {
			row.Size, row.Rows = size(d.Bytes), thousands(d.Rows)
		}
		v.Current.Files = append(v.Current.Files, row)
	}
	b.dataReleases(v)
	v.Examples = b.examples(v)
	v.API = b.dataAPI()
	v.Counts = b.libraryCounts(dataURL)
	for _, a := range s.Articles {
		if path.Base(strings.TrimSuffix(a.URL, "/")) == "use-the-data" {
			v.Article = b.link(dataURL, a.URL)
		}
	}
	return v
}

// maxOlder bounds the releases that the page lists; data/releases/index.json has all.
const maxOlder = 12

// dataReleases fills in the newest release of the register, and those before it.
func (b *builder) dataReleases(v *dataView) {
	for n, r := range b.site.Releases() {
		folder := "data/releases/" + r.ID + "/"
		switch {
		case n == 0:
			v.Release = b.dataRelease(r, folder)
		case n <= maxOlder:
			v.Older = append(v.Older, Link{URL: b.link(dataURL, folder+"manifest.json"), Text: r.ID})
		default:
			v.More++
		}
	}
}

// dataRelease is the newest release. Links are full addresses: a host keeps releases that this build did not make.
func (b *builder) dataRelease(r *record.Release, folder string) *DataRelease {
	base := b.site.Config.BaseURL + "/" + folder
	out := &DataRelease{ID: r.ID, Day: r.Date.Han(), Folder: base, Files: DataFiles{Caption: r.ID, Sized: true}}
	for _, g := range b.site.Catalog.Guides {
		out.Place = base + "xlsx/" + g.Division.ID + ".xlsx"
		break
	}
	for _, f := range r.Files {
		what := "data_release_" + strings.NewReplacer(".", "_", "-", "_").Replace(f.Path)
		if _, ok := b.words[what]; !ok {
			continue // a file that a later program enters
		}
		row := DataFile{Name: f.Path, URL: base + f.Path, What: b.say(what), Size: size(f.Bytes)}
		if f.Rows > 0 {
			row.Rows = thousands(f.Rows)
		}
		out.Files.Files = append(out.Files.Files, row)
		if f.Path == "guides.xlsx" {
			out.Workbook = &row
		}
		out.Sums += f.SHA256 + "  " + f.Path + "\n"
	}
	return out
}

// dataAPI lists the files of the API, with an item, a place and a code that there are.
func (b *builder) dataAPI() DataFiles {
	out := DataFiles{Caption: b.say("data_api")}
	add := func(path, what string, pairs ...string) {
		out.Files = append(out.Files, DataFile{Name: path, URL: b.link(dataURL, path), What: b.say(what, pairs...)})
	}
	add("api/v1/index.json", "data_index")
	for _, g := range b.site.Catalog.Guides {
		add("api/v1/items/"+g.Item.ID+".json", "data_item", "name", g.Item.Name)
		add("api/v1/items/"+g.Item.ID+"/history.json", "data_history")
		add("api/v1/divisions/"+g.Division.ID+".json", "data_place", "name", g.Division.Name)
		break
	}
	add("api/v1/codes/index.json", "data_codes")
	add("api/v1/tombstones.json", "data_tombstones")
	add("api/v1/openapi.json", "data_openapi")
	add("data/codes/levels.json", "data_vocabulary")
	add("data/schema/v1/guide.json", "data_schema")
	add("data/catalog.jsonld", "data_catalog")
	add("data/releases/index.json", "data_releases")
	return out
}

// libraryCounts are the parts of the library with how much each holds.
func (b *builder) libraryCounts(url string) []Count {
	c := b.site.Catalog
	count := func(to, word string, n int) Count {
		return Count{URL: b.link(url, to), Text: b.say(word), N: thousands(n)}
	}
	return []Count{
		count("items/", "count_items", len(b.site.Items)),
		count("divisions/", "count_places", len(c.Divisions)),
		count("bundles/", "nav_bundles", len(c.Bundles.All)),
		count("materials/", "materials", len(c.Materials.All)),
		count("certificates/", "certificates", len(c.Certificates.All)),
		count("laws/", "laws", len(c.Laws.All)),
		count("documents/", "documents", len(c.Documents.All)),
		count("intermediaries/", "intermediaries", len(c.Intermediaries.All)),
		count("signposts/", "signposts", len(c.Signposts)),
		count("lists/", "nav_lists", len(b.lists())),
		count(qualityURL, "nav_quality", len(quality.Metrics())),
	}
}

// thousands prints a number with commas: 2,567.
func thousands(n int) string {
	s := itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// size prints a number of bytes for people: 512 B, 9.8 KB, 1.2 MB, in thousands.
func size(n int) string {
	switch {
	case n < 1000:
		return itoa(n) + " B"
	case n < 1_000_000:
		return fmt.Sprintf("%.1f KB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
