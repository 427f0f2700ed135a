// Package feed tells subscribers what changed: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1 and a list of all feeds as OPML.
// docs/feeds.md tells readers about them.
//
//   - There is a feed of everything, one for the province and each city and county that has entries, and one for each
//     department that has. A township's changes are in its county's feed. A place's feed also has what its standards inherit:
//     the changes of every item it handles.
//   - A feed holds the newest 50 entries, or all of the last 90 days before the day of the site if these are more, but never
//     more than 200, nor more than 512 KiB. More than 50 changes in one commit are one summary entry.
//   - The id of an entry is that of the change (changes.Entry.ID), so that a rebuild, a fresh clone or a reformatted record
//     brings nothing new to a reader. The same change made again later is the same id with its number behind it.
//   - Dates are those of commits, never of the clock. No authors, no commit messages.
//   - An entry is written once for each format and spliced into every feed that has it.
package feed

import (
	"io"
	"time"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// Version is the version of the program, part of every stamp and the generator that feeds name.
var Version = "dev"

// The bounds of a feed.
const (
	least      = 50        // entries that are there however old
	days       = 90        // entries younger than these days are there too …
	most       = 200       // … up to this many
	mostBytes  = 512 << 10 // and so many bytes
	mostCommit = 50        // changes of one commit that are told one by one
)

// zone is where the dates of a feed are meant.
var zone = time.FixedZone("Asia/Shanghai", 8*3600)

// feed is one list of entries in some formats.
type feed struct {
	path    string // without extension: feeds/division/130731
	title   string
	about   string
	page    string // address of the page it belongs to, relative to the root
	atom    bool
	entries []*entry // newest first
}

// Files returns the feeds of a site; none for a site without history. It gives no error today; the error is there because all
// makers of files have it.
func Files(s *site.Site) ([]output.File, error) {
	if s.Changes == nil {
		return nil, nil
	}
	m := &maker{Site: s}
	feeds := m.feeds()
	var files []output.File
	for _, f := range feeds {
		files = append(files, m.files(f)...)
	}
	return append(files, m.opml(feeds)), nil
}

// maker makes the feeds of one site.
type maker struct{ *site.Site }

// url is the full address of a page or file.
func (m *maker) url(path string) string { return m.Config.BaseURL + "/" + path }

// changesPage is the page that lists all changes.
const changesPage = "changes/"

// feeds returns all feeds in the order of the OPML file: everything, places in the order of the tree, departments by their
// vocabulary.
func (m *maker) feeds() []*feed {
	all := m.entries()
	everything := &feed{path: site.FeedOfAll, title: m.Config.Title + " 变更", about: "办事事项、标准和各地办法的变更", page: changesPage, atom: true}
	everything.entries = m.choose(everything.path, all)
	feeds := []*feed{everything}
	for _, d := range m.Catalog.Divisions {
		if !m.HasFeed(d) {
			continue
		}
		f := &feed{path: site.FeedOfDivision(d), title: d.Name + "办事指南变更", about: d.Name + "自己的变更，和这里所办事项的全省标准的变更", page: site.DivisionURL(d)}
		f.entries = m.choose(f.path, m.of(d, all))
		feeds = append(feeds, f)
	}
	return append(feeds, m.departments(all)...)
}

// of returns the entries that concern a place.
func (m *maker) of(d *catalog.Division, all []*entry) []*entry {
	fedTo := m.FedTo(d)
	var out []*entry
	for i, e := range all {
		if fedTo(m.Changes[i]) {
			out = append(out, e)
		}
	}
	return out
}

func (m *maker) departments(all []*entry) []*feed {
	v := m.Catalog.Vocab["departments"]
	if v == nil {
		return nil
	}
	by := map[string][]*entry{}
	for _, e := range all {
		by[e.department] = append(by[e.department], e)
	}
	var out []*feed
	for _, t := range v.Terms {
		if t.ID == "" || len(by[t.Term]) == 0 {
			continue
		}
		f := &feed{path: site.FeedOfDepartment(t.ID), title: t.Term + "事项变更", about: "业务指导部门是" + t.Term + "的事项的变更", page: changesPage}
		f.entries = m.choose(f.path, by[t.Term])
		out = append(out, f)
	}
	return out
}

// choose picks the entries of a feed: long commits as one, then the newest.
func (m *maker) choose(path string, all []*entry) []*entry {
	var out []*entry
	for len(all) > 0 && len(out) < most {
		n := 1
		for n < len(all) && all[n].commit == all[0].commit {
			n++
		}
		if n > mostCommit {
			out = append(out, m.summary(path, all[:n]))
		} else {
			out = append(out, all[:n]...)
		}
		all = all[n:]
	}
	since := m.Catalog.AsOf.AddDays(-days)
	n := 0
	for n < len(out) && n < most && (n < least || out[n].date >= since) {
		n++
	}
	return out[:n]
}

// files are a feed in its formats.
func (m *maker) files(f *feed) []output.File {
	var h output.Hasher
	for _, s := range []string{Version, m.Config.BaseURL, m.Config.Title, m.Config.Language, m.Config.Licence.Name, m.publisher(),
		f.path, f.title, f.about, f.page} {
		h.String(s)
	}
	h.Int(int(m.Catalog.AsOf))
	h.Int(len(f.entries))
	for _, e := range f.entries {
		h.Stamp(e.stamp)
	}
	stamp := h.Sum()
	in := func(extension string, render func(*feed, string) ([]byte, error)) output.File {
		path := f.path + extension
		return output.File{Path: path, Stamp: stamp, Write: func(w io.Writer) error {
			b, err := render(f, m.url(path))
			if err == nil {
				_, err = w.Write(b)
			}
			return err
		}}
	}
	files := []output.File{in(".xml", m.rss), in(".json", m.json)}
	if f.atom {
		files = append(files, in(".atom", m.atom))
	}
	return files
}

// publisher is who answers for the site.
func (m *maker) publisher() string {
	if m.Config.Footer.Organiser != "" {
		return m.Config.Footer.Organiser
	}
	return m.Config.Title
}

// updated is when a feed last changed: the day of the site for one without entries.
func (m *maker) updated(f *feed) time.Time {
	if len(f.entries) > 0 {
		return f.entries[0].time
	}
	y, mo, d := m.Catalog.AsOf.Time().Date()
	return time.Date(y, mo, d, 0, 0, 0, 0, zone)
}

// fit returns how many entries, newest first, a feed of at most mostBytes takes: size is that of an entry.
func fit(f *feed, size func(*entry) int) int {
	const head = 8 << 10 // more than head and foot of any format
	sum := head
	for i, e := range f.entries {
		if sum += size(e); sum > mostBytes {
			return i
		}
	}
	return len(f.entries)
}
