// Package feed tells subscribers what changed: RSS 2.0, Atom (RFC 4287) with archives by month (RFC 5005), JSON Feed 1.1 and a
// list of all feeds as OPML. docs/feeds.md tells readers about them. Which feeds there are, and what belongs to each, is said by
// site.Feeds.
//
//   - A feed holds the newest 50 entries, or all of the last 90 days before the day of the site if these are more, but never
//     more than 200, nor more than 512 KiB. More than 50 changes in one commit are one summary entry.
//   - The id of an entry is that of the change (changes.Entry.ID), so that a rebuild, a fresh clone or a reformatted record
//     brings nothing new to a reader.
//   - An archive has all of a month that is over. That of the running month is there only when the live feed cannot hold it all.
//   - Dates are those of commits, never of the clock. No authors, no commit messages.
//   - An entry is written once for each format and spliced into every feed that has it.
package feed

import (
	"io"
	"time"

	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
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
	*site.Feed
	title, about string
	entries      []*entry // newest first

	month      string // of an archive: 2026-10; "" of a live feed
	prev, next string // archives: those before and behind an archive, and the newest one of a live feed; months, "" for none
}

// path is the address of the feed's files, without an extension.
func (f *feed) path() string {
	if f.month != "" {
		return archivePath(f.month)
	}
	return f.Path()
}

// Files returns the feeds of a site; none for a site without history. It gives no error today; the error is there because all
// makers of files have it.
func Files(s *site.Site) ([]output.File, error) {
	if s.Changes == nil {
		return nil, nil
	}
	m := &maker{Site: s}
	all := m.entries()
	var files []output.File
	var feeds []*feed
	for _, sf := range m.Feeds() {
		f := m.feed(sf)
		feeds = append(feeds, f)
		if sf.Group == site.FeedAll {
			for _, month := range m.archives(f, all) {
				files = append(files, m.file(month, ".atom", m.atom))
			}
			files = append(files, m.file(f, ".atom", m.atom))
		}
		files = append(files, m.file(f, ".xml", m.rss), m.file(f, ".json", m.json))
	}
	return append(files, m.opml(feeds), stylesheet()), nil
}

// maker makes the feeds of one site.
type maker struct {
	*site.Site
	made map[*changes.Entry]*entry
}

// url is the full address of a page or file.
func (m *maker) url(path string) string { return m.Config.BaseURL + "/" + path }

// feed gives a feed its words and chooses its entries.
func (m *maker) feed(sf *site.Feed) *feed {
	f := &feed{Feed: sf}
	switch name := sf.Name; sf.Group {
	case site.FeedAll:
		f.title, f.about = m.Config.Title+" 变更", "办事事项、标准和各地办法的变更"
	case site.FeedKind:
		f.title, f.about = m.Config.Title+" 变更："+name, "种类是“"+name+"”的变更"
	case site.FeedDepartment:
		f.title, f.about = name+"事项变更", "业务指导部门是“"+name+"”的事项的变更"
	case site.FeedTopic:
		f.title, f.about = name+"事项变更", "主题是“"+name+"”的事项的变更"
	case site.FeedDivision:
		f.title, f.about = name+"办事指南变更", name+"自己的变更，和这里所办事项的全省标准的变更"
	}
	all := make([]*entry, len(sf.Entries))
	for i, c := range sf.Entries {
		all[i] = m.made[c]
	}
	f.entries = m.newest(m.bulk(sf, all, most))
	return f
}

// bulk tells many changes of one commit as one entry, and returns at least so many entries, if there are.
func (m *maker) bulk(f *site.Feed, all []*entry, enough int) []*entry {
	var out []*entry
	for len(all) > 0 && len(out) < enough {
		n := 1
		for n < len(all) && all[n].commit == all[0].commit {
			n++
		}
		if n > mostCommit {
			out = append(out, m.summary(f, all[:n]))
		} else {
			out = append(out, all[:n]...)
		}
		all = all[n:]
	}
	return out
}

// newest picks the entries that a live feed holds.
func (m *maker) newest(all []*entry) []*entry {
	since := m.Catalog.AsOf.AddDays(-days)
	n := 0
	for n < len(all) && n < most && (n < least || all[n].date >= since) {
		n++
	}
	return all[:n]
}

// file is a feed in one format.
func (m *maker) file(f *feed, extension string, render func(*feed, string) ([]byte, error)) output.File {
	path := f.path() + extension
	return output.File{Path: path, Stamp: m.stamp(f, extension), Write: func(w io.Writer) error {
		b, err := render(f, m.url(path))
		if err == nil {
			_, err = w.Write(b)
		}
		return err
	}}
}

// stamp is the hash of everything that a format of a feed says.
func (m *maker) stamp(f *feed, extension string) output.Stamp {
	var h output.Hasher
	for _, s := range []string{Version, extension, m.Config.BaseURL, m.Config.Title, m.Config.Language, m.Config.Licence.Name, m.publisher(),
		f.path(), f.title, f.about, f.PageURL(), f.prev, f.next} {
		h.String(s)
	}
	if len(f.entries) == 0 {
		h.Int(int(m.Catalog.AsOf))
	}
	h.Int(len(f.entries))
	for _, e := range f.entries {
		h.Stamp(e.stamp)
	}
	return h.Sum()
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
	return midnight(m.Catalog.AsOf)
}

// midnight is the moment at which a day begins.
func midnight(d record.Date) time.Time {
	y, m, day := d.Time().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, zone)
}

// fit returns how many entries, newest first, a feed of at most mostBytes takes: size is that of an entry. An archive takes all.
func fit(f *feed, size func(*entry) int) int {
	if f.month != "" {
		return len(f.entries)
	}
	const head = 8 << 10 // more than head and foot of any format
	sum := head
	for i, e := range f.entries {
		if sum += size(e); sum > mostBytes {
			return i
		}
	}
	return len(f.entries)
}
