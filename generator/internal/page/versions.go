package page

import (
	"slices"
	"strings"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// A guide prints its version, <standard>-<local>, and a QR code with its address and version. At that address the guide of today
// tells what each half of the version was before, and what changed since; old versions have pages of their own. What never
// changed has none of this, and places that never changed share what the standard says: cost follows what is distinct.

// VersionRow is a version that holds no more: when it held, what changed since in a few words, and where its text is.
type VersionRow struct{ ID, Days, Since, URL string }

// versionsView is the view of fragments/versions (of a standard) and fragments/placeversions (of what a place says).
type versionsView struct {
	Rows      []VersionRow
	All       string // the page of all versions
	NoHistory bool
}

// maxVersions bounds the old versions a guide lists; the page of all versions has the rest.
const maxVersions = 12

// versionKey is whose versions are meant: of a procedure's standard, of what a place says to all guides, or of what it says to the
// guides of one procedure.
type versionKey struct {
	procedure *catalog.Procedure
	division  *catalog.Division
}

// versionLists are the versions that were asked for; pages that are written at once ask for them too.
type versionLists struct {
	mu sync.Mutex
	of map[versionKey][]*changes.Version
}

// versions returns all versions, the newest last, of what has had more than one; else nil.
func (b *builder) versions(k versionKey) []*changes.Version {
	if b.site.Past == nil {
		return nil
	}
	l := &b.versionLists
	l.mu.Lock()
	defer l.mu.Unlock()
	list, known := l.of[k]
	if !known {
		var err error
		if list, err = b.readVersions(k); err != nil {
			b.fail(err)
		}
		if len(list) < 2 {
			list = nil
		}
		if l.of == nil {
			l.of = map[versionKey][]*changes.Version{}
		}
		l.of[k] = list
	}
	return list
}

func (b *builder) readVersions(k versionKey) ([]*changes.Version, error) {
	switch past := b.site.Past; {
	case k.division == nil:
		return past.Standard(k.procedure.Item.ID, k.procedure.No)
	case k.procedure == nil:
		return past.Place(k.division.ID)
	default:
		return past.Local(k.division.ID, k.procedure.Item.ID, k.procedure.No)
	}
}

// ago are the versions that hold no more, newest first.
func ago(list []*changes.Version) []*changes.Version {
	out := slices.DeleteFunc(slices.Clone(list), (*changes.Version).Current)
	slices.SortStableFunc(out, func(x, y *changes.Version) int { return int(ended(y)) - int(ended(x)) })
	return out
}

// ended is the day on which a version was last replaced, 0 while it holds.
func ended(v *changes.Version) record.Date { return v.Spans[len(v.Spans)-1].Until }

// days are the times in which a version held: 2026年11月1日至11月12日.
func (b *builder) daysOf(v *changes.Version) string {
	var out []string
	for _, s := range v.Spans {
		switch s.Until {
		case 0:
			out = append(out, b.say("version_from", "from", s.From.Han()))
		case s.From:
			out = append(out, s.From.Han())
		default:
			out = append(out, b.say("version_days", "from", s.From.Han(), "to", s.Until.Han()))
		}
	}
	return strings.Join(slices.Compact(out), "、")
}

// since tells in a few words what changed from a day on, of the entries that are asked for.
func (b *builder) since(day record.Date, entries []*changes.Entry, keep func(*changes.Entry) bool) string {
	const most = 3
	var words []string
	n := 0
	for _, e := range entries {
		if e.Date < day || !keep(e) {
			continue
		}
		for _, f := range e.Fields {
			if f.Class == changes.Technical {
				continue
			}
			if n++; n <= most {
				words = append(words, f.Words)
			}
		}
	}
	if n > most {
		words = append(words, b.say("version_more", "n", itoa(n-most)))
	}
	return strings.Join(words, "；")
}

// standardVersions is the fragment of a guide that lists the earlier versions of its standard.
func (b *builder) standardVersions(p *catalog.Procedure) *Fragment {
	return b.fragment("fragments/versions", versionKey{procedure: p}, p.Item.Name, func() any {
		v := &versionsView{NoHistory: b.site.NoHistory}
		list := b.versions(versionKey{procedure: p})
		if list == nil {
			return v
		}
		v.All = "../../" + versionsURL(p)
		for _, old := range ago(list) {
			if len(v.Rows) == maxVersions {
				break
			}
			v.Rows = append(v.Rows, VersionRow{ID: old.ID, Days: b.daysOf(old), URL: "../../" + versionURL(p, old.ID),
				Since: b.since(ended(old), b.guides.changes[p.Item.ID], func(e *changes.Entry) bool { return concerns(e, p.No, "") })})
		}
		return v
	})
}

// localVersions is the fragment of a guide that lists what its place said before; nil where it never said anything else.
func (b *builder) localVersions(g *catalog.Guide) *Fragment {
	k := b.localKey(g)
	f, known := b.guides.places[k]
	switch {
	case known && f == nil:
		return nil
	case !known:
		if b.listed && !b.lazy {
			panic("page: versions of a place nobody listed: " + g.Division.ID)
		}
		if list := b.versions(k); list != nil {
			f = b.fragment("fragments/placeversions", k, g.Division.Name, func() any { return b.localVersionsView(k, list) })
		}
		b.guides.places[k] = f
		return f
	}
	if !b.listed {
		f.users.Add(1)
	}
	return f
}

// localKey is whose versions the second half of a guide's version is: the place's, unless a record of its own ever said something
// to this item.
func (b *builder) localKey(g *catalog.Guide) versionKey {
	k := versionKey{division: g.Division}
	if b.site.Past != nil && b.site.Past.Touched(g.Division.ID, g.Item.ID) {
		k.procedure = g.Procedure
	}
	return k
}

func (b *builder) localVersionsView(k versionKey, list []*changes.Version) *versionsView {
	v := &versionsView{All: placeVersionsFile}
	for _, old := range ago(list) {
		if len(v.Rows) == maxVersions {
			break
		}
		v.Rows = append(v.Rows, VersionRow{ID: old.ID, Days: b.daysOf(old), URL: placeVersionsFile + "#" + versionAnchor(k, old.ID),
			Since: b.since(ended(old), b.site.Changes, func(e *changes.Entry) bool {
				if e.Subject.Division != k.division.ID {
					return false
				}
				return e.Subject.Item == "" || k.procedure != nil && e.Subject.Item == k.procedure.Item.ID && concerns(e, k.procedure.No, k.division.ID)
			})})
	}
	return v
}

// versionURL is the page of an old version of a standard, named by the first half of the version that guides print.
func versionURL(p *catalog.Procedure, id string) string {
	return site.ItemURL(p.Item) + p.No + "." + id + ".html"
}

// versionsURL is the page of all versions of a standard.
func versionsURL(p *catalog.Procedure) string { return site.ItemURL(p.Item) + p.No + ".versions.html" }

// placeVersionsFile is the page of what a place said before, beside its guides.
const placeVersionsFile = "versions.html"

// versionAnchor is the part of that page on one version.
func versionAnchor(k versionKey, id string) string {
	if k.procedure == nil {
		return "v-" + id
	}
	return "v-" + k.procedure.Item.ID + "-" + k.procedure.No + "-" + id
}
