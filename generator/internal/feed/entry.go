package feed

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode"

	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// entry is a change as feeds show it.
type entry struct {
	guid       string
	title      string
	link       string   // full address
	lines      []string // every field in words
	categories []string
	time       time.Time
	date       record.Date
	commit     string

	stamp output.Stamp
	rss   func() []byte // <item>…</item>
	atom  func() []byte // <entry>…</entry>
	json  func() []byte // {…}
}

// mostLines bounds the fields that one entry tells.
const mostLines = 100

// entries makes the entries of all changes, newest first.
func (m *maker) entries() []*entry {
	out := make([]*entry, len(m.Changes))
	m.made = make(map[*changes.Entry]*entry, len(m.Changes))
	for i, c := range m.Changes {
		out[i] = m.entry(c)
		m.made[c] = out[i]
	}
	return out
}

func (m *maker) entry(c *changes.Entry) *entry {
	e := &entry{guid: c.ID, title: clean(c.Title), time: c.Time.In(zone), date: c.Date, commit: c.Commit}
	e.link = m.url(cmp.Or(m.SubjectURL(c.Subject), site.ChangesURL))
	for n, f := range c.Fields {
		if n == mostLines {
			e.lines = append(e.lines, fmt.Sprintf("另有 %d 处", len(c.Fields)-n))
			break
		}
		e.lines = append(e.lines, clean(f.Direction.String()+" "+f.Words))
	}
	if doc := m.Catalog.Documents.Get(c.Document); doc != nil {
		e.lines = append(e.lines, basis(doc.Record))
	}
	if c.Guides > 0 {
		e.lines = append(e.lines, fmt.Sprintf("涉及 %d 份办事指南", c.Guides))
	}
	e.categories = []string{c.Kind}
	if c.Department != "" {
		e.categories = append(e.categories, c.Department)
	}
	if d := m.Catalog.Division(c.Subject.Division); d != nil {
		e.categories = append(e.categories, d.Name)
	}
	return e.finish()
}

// events are what happened before the library began, as its records tell it, newest first. They go to the archive only: to a
// subscriber they are no news.
func (m *maker) events() []*entry {
	began := m.Catalog.AsOf
	if n := len(m.Changes); n > 0 {
		began = m.Changes[n-1].Date
	}
	var out []*entry
	for _, c := range changes.Events(m.Catalog) {
		if c.Date < began && c.Date > 0 {
			out = append(out, m.entry(c))
		}
	}
	return out
}

func basis(d *record.Document) string {
	return clean("依据：" + strings.TrimSpace(d.Number+" "+d.Title))
}

// summary is many changes of one commit as one entry of a feed.
func (m *maker) summary(f *site.Feed, group []*entry) *entry {
	first := group[0]
	e := &entry{link: m.url(f.PageURL()), time: first.time, date: first.date, commit: first.commit, categories: []string{"变更"}}
	h := sha256.New()
	fmt.Fprintln(h, f.Path())
	for i, g := range group {
		fmt.Fprintln(h, g.guid)
		if i < mostCommit/2 {
			e.lines = append(e.lines, g.title)
		}
	}
	e.guid = hex.EncodeToString(h.Sum(nil))[:32]
	e.title = fmt.Sprintf("一次更新 %d 条：%s 等", len(group), first.title)
	e.lines = append(e.lines, fmt.Sprintf("共 %d 条，全部见变更页", len(group)))
	return e.finish()
}

// finish gives an entry its stamp and the ways in which it is written.
func (e *entry) finish() *entry {
	var h output.Hasher
	h.String(e.guid)
	h.String(e.title)
	h.String(e.link)
	h.Int(int(e.time.Unix()))
	for _, list := range [][]string{e.lines, e.categories} {
		h.Int(len(list))
		for _, s := range list {
			h.String(s)
		}
	}
	e.stamp = h.Sum()
	e.rss = sync.OnceValue(func() []byte { return rssItem(e) })
	e.atom = sync.OnceValue(func() []byte { return atomEntry(e) })
	e.json = sync.OnceValue(func() []byte { return jsonItem(e) })
	return e
}

// clean takes out what XML cannot hold (control characters) and what people cannot see, and joins lines.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r) || r == 0xfffe || r == 0xffff:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// uuid is a guid as an IRI, which Atom asks for: a UUID of version 8 (RFC 9562) made from the same change.
func uuid(guid string) string {
	sum := sha256.Sum256([]byte(guid))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
