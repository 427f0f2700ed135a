package page

import (
	"io"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// CompareRow is one thing that differs between two versions, in words on both sides; "" on a side says nothing of it.
type CompareRow struct {
	Label, Old, New, Arrow string
	Better                 bool
}

// versionView is the view of pages/version: the text of a standard that holds no more, headed by what is different now.
type versionView struct {
	Page
	Crumbs          []Link
	Item, Procedure string
	ID, Days        string
	Status          string // of an item that ended: what became of it
	Changed         []CompareRow
	Now             Link // where the text that holds is
	All             string

	Ask, Card, Conditions, Papers, Access *Fragment
	Steps, Time, Cost, Outcome, Deadlines *Fragment
	FAQ, Basis                            *Fragment
}

// allVersionsView is the view of pages/versions: all versions of a standard, what each changed, and every value it ever had.
type allVersionsView struct {
	Page
	Crumbs          []Link
	Item, Procedure string
	Versions        []VersionPart // newest first
	Values          []ValueRow
	Script          string
}

// VersionPart is one version on the page of all.
type VersionPart struct {
	ID, Days, URL string
	N             string // 1 is the oldest
	Current       bool
	Before        string       // the one it replaced, "" of the first
	Changed       []CompareRow // from that one
}

// ValueRow is one thing that was not always the same, with all its values, the newest first.
type ValueRow struct {
	Key, Label string
	Values     []ValueAt
}

// ValueAt is a value ("" where nothing is said) and the versions that have it: by id, and by number between spaces, for the script.
type ValueAt struct {
	Text, At string
	IDs      []string
}

// versionPages are the old versions of standards, and for each standard that had several the page of all. They are found from the
// guides and items, not by search engines: the canonical page of an old version is the item's. A view is only made to write the
// page: that reads records of the past.
func (b *builder) versionPages() []output.File {
	if b.site.Past == nil {
		return nil
	}
	today := b.librariesStamp()
	var out []output.File
	for _, i := range b.site.Items {
		for _, p := range i.Procedures {
			list := b.versions(versionKey{procedure: p})
			if list == nil {
				continue
			}
			stamp := b.versionsStamp(p.Item.Name+" "+p.Name, list, today)
			url := versionsURL(p)
			out = append(out, b.past(url, "pages/versions", stamp, func() (any, error) { return b.allVersionsView(url, p, list) }))
			for _, old := range ago(list) {
				url := versionURL(p, old.ID)
				out = append(out, b.past(url, "pages/version", stamp, func() (any, error) { return b.versionView(url, p, old, list) }))
			}
		}
	}
	return append(out, b.placeVersionPages(today)...)
}

// past is the file of a page about the past. Its stamp is given: to make the view is what costs.
func (b *builder) past(url, name string, stamp output.Stamp, view func() (any, error)) output.File {
	write := func(w io.Writer) error {
		v, err := view()
		if err != nil {
			return err
		}
		return b.execute(w, name, url, v)
	}
	if b.lazy {
		return b.later(site.File(url), write)
	}
	h := hashers.Get().(*output.Hasher)
	defer hashers.Put(h)
	h.Reset()
	h.Stamp(b.base)
	h.Stamp(stamp)
	h.String(name)
	h.String(url)
	c := b.chrome(url)
	for _, around := range []*Fragment{c.head, c.top, c.foot} {
		h.Stamp(around.stamp)
	}
	return output.File{Path: site.File(url), Stamp: h.Sum(), Write: write}
}

// versionsStamp is the hash of what pages about some versions are made from: the contents of the versions are in their ids.
func (b *builder) versionsStamp(name string, list []*changes.Version, today output.Stamp) output.Stamp {
	h := hashers.Get().(*output.Hasher)
	defer hashers.Put(h)
	h.Reset()
	h.Stamp(today)
	h.String(name)
	h.Bool(b.site.Sample)
	for _, v := range list {
		h.String(v.ID)
		h.Int(len(v.Spans))
		for _, s := range v.Spans {
			h.Int(int(s.From))
			h.Int(int(s.Until))
			h.String(s.Commit)
		}
	}
	return h.Sum()
}

// librariesStamp is the hash of what pages about the past take from today beside the layout: names of library records and items,
// which there are, and settings of the site.
func (b *builder) librariesStamp() output.Stamp {
	h := hashers.Get().(*output.Hasher)
	defer hashers.Put(h)
	h.Reset()
	c := b.site.Catalog
	for _, s := range []string{b.site.Config.BaseURL, b.site.Config.Title, b.phone()} {
		h.String(s)
	}
	for _, i := range c.Items {
		h.Bytes(i.File.Print[:])
	}
	if depths := c.Vocab["depths"]; depths != nil {
		h.Bytes(depths.File.Print[:])
	}
	each := func(n int, file func(int) *catalog.File) {
		h.Int(n)
		for k := range n {
			h.Bytes(file(k).Print[:])
		}
	}
	each(len(c.Laws.All), func(k int) *catalog.File { return c.Laws.All[k].File })
	each(len(c.Materials.All), func(k int) *catalog.File { return c.Materials.All[k].File })
	each(len(c.Certificates.All), func(k int) *catalog.File { return c.Certificates.All[k].File })
	each(len(c.Documents.All), func(k int) *catalog.File { return c.Documents.All[k].File })
	each(len(c.Intermediaries.All), func(k int) *catalog.File { return c.Intermediaries.All[k].File })
	return h.Sum()
}

// compareRows are changed fields as two sides.
func (b *builder) compareRows(fields []changes.Field) []CompareRow {
	var out []CompareRow
	for _, f := range fields {
		if f.Class == changes.Technical {
			continue
		}
		label := f.Label
		if f.Member != "" && f.Member != f.Old && f.Member != f.New {
			label = f.Member + b.say("colon") + label
		}
		out = append(out, CompareRow{Label: label, Old: f.Old, New: f.New, Arrow: f.Direction.String(), Better: f.Direction == changes.Better})
	}
	return out
}

// current returns the version that holds, or nil.
func current(list []*changes.Version) *changes.Version {
	for _, v := range list {
		if v.Current() {
			return v
		}
	}
	return nil
}

func (b *builder) versionView(url string, p *catalog.Procedure, old *changes.Version, list []*changes.Version) (*versionView, error) {
	was, err := old.Procedure()
	if err != nil {
		return nil, err
	}
	v := &versionView{
		Page: b.head(url, b.say("version_title", "name", p.Item.Name+" "+p.Name, "id", old.ID), b.say("version_lead", "name", p.Item.Name, "days", b.daysOf(old))),
		Item: was.Item.Name, Procedure: was.Name, ID: old.ID, Days: b.daysOf(old), All: b.link(url, versionsURL(p)),
		Now:    Link{URL: b.link(url, site.ItemURL(p.Item)), Text: p.Item.Name},
		Crumbs: b.trail(url, Link{URL: site.ItemURL(p.Item), Text: p.Item.Name}, Link{URL: versionsURL(p), Text: b.say("versions_all")}),
	}
	v.Canonical = b.absolute(site.File(site.ItemURL(p.Item)))
	if v.Procedure == v.Item {
		v.Procedure = ""
	}
	if p.Item.Current() && !p.Current {
		v.Status = p.Status
	} else if !p.Item.Current() {
		v.Status = p.Item.Status
	}
	if now := current(list); now != nil {
		fields, err := old.To(now)
		if err != nil {
			return nil, err
		}
		v.Changed = b.compareRows(fields)
	}
	b.versionText(v, was)
	return v, nil
}

// versionText is the text of the standard in the sections of a guide, made for this page alone.
func (b *builder) versionText(v *versionView, p *catalog.Procedure) {
	own := b.alone()
	g := &catalog.Guide{Item: p.Item, Procedure: p, Terms: &catalog.Terms{Sections: p.Sections}}
	set := &sectionSet{}
	own.sections(set, g, sectionKey{procedure: p, sections: p.Sections})
	v.Ask, v.Card, v.Conditions, v.Papers = set.at(slotAsk), set.at(slotCard), set.at(slotConditions), set.at(slotPapers)
	v.Access, v.Steps, v.Time, v.Cost = set.at(slotAccess), set.at(slotSteps), set.at(slotTime), set.at(slotCost)
	v.Outcome, v.Deadlines, v.FAQ, v.Basis = set.at(slotOutcome), set.at(slotDeadlines), set.at(slotFAQ), set.at(slotBasis)
}

// alone is a builder for the fragments of one page that shares them with no other.
func (b *builder) alone() *builder {
	return &builder{site: b.site, theme: b.theme, words: b.words, set: b.set, base: b.base,
		lazy: true, qr: b.qr, edit: b.edit}
}

func (b *builder) allVersionsView(url string, p *catalog.Procedure, list []*changes.Version) (*allVersionsView, error) {
	name := p.Item.Name
	if p.Name != name {
		name += " " + p.Name
	}
	v := &allVersionsView{
		Page: b.head(url, b.say("versions_of", "name", name), b.say("versions_lead", "name", name, "n", itoa(len(list)))),
		Item: p.Item.Name, Procedure: p.Name, Script: rootOf(url) + b.theme.asset("compare.js"),
		Crumbs: b.trail(url, Link{URL: site.ItemURL(p.Item), Text: p.Item.Name}),
	}
	if v.Procedure == v.Item {
		v.Procedure = ""
	}
	v.Canonical = b.absolute(site.File(site.ItemURL(p.Item)))
	for n, version := range list {
		part := VersionPart{ID: version.ID, N: itoa(n + 1), Days: b.daysOf(version), Current: version.Current(), URL: b.link(url, versionURL(p, version.ID))}
		if part.Current {
			part.URL = b.link(url, site.ItemURL(p.Item))
		}
		if n > 0 {
			part.Before = list[n-1].ID
			fields, err := list[n-1].To(version)
			if err != nil {
				return nil, err
			}
			part.Changed = b.compareRows(fields)
		}
		v.Versions = append([]VersionPart{part}, v.Versions...)
	}
	var err error
	v.Values, err = valueRows(list)
	return v, err
}

// valueRows are the values that differ between any of the versions. What all versions say alike is left out.
func valueRows(list []*changes.Version) ([]ValueRow, error) {
	type row struct {
		label string
		texts []string // by version
	}
	rows := map[string]*row{}
	var keys []string
	for n, version := range list {
		values, err := version.Values()
		if err != nil {
			return nil, err
		}
		for _, x := range values {
			r := rows[x.Key]
			if r == nil {
				r = &row{texts: make([]string, len(list))}
				rows[x.Key] = r
				keys = append(keys, x.Key)
			}
			r.label, r.texts[n] = x.Label, x.Text
		}
	}
	var out []ValueRow
	for _, key := range keys {
		r := rows[key]
		if !slices.ContainsFunc(r.texts, func(t string) bool { return t != r.texts[0] }) {
			continue
		}
		// What only came and went with its list member is told with that.
		if m := rows[key[:max(strings.LastIndexByte(key, '.'), 0)]]; m != nil && together(r.texts, m.texts) {
			continue
		}
		out = append(out, ValueRow{Key: key, Label: r.label, Values: valuesAt(r.texts, list)})
	}
	return out, nil
}

// together reports whether a value of a list member is there when the member is, and then always the same.
func together(value, member []string) bool {
	is := ""
	for n, text := range value {
		if (text == "") != (member[n] == "") || text != "" && is != "" && text != is {
			return false
		}
		if text != "" {
			is = text
		}
	}
	return true
}

// valuesAt are the distinct values of a row, the newest first, each with the versions that have it.
func valuesAt(texts []string, list []*changes.Version) []ValueAt {
	var out []ValueAt
	for n := len(texts) - 1; n >= 0; n-- {
		i := slices.IndexFunc(out, func(v ValueAt) bool { return v.Text == texts[n] })
		if i < 0 {
			i = len(out)
			out = append(out, ValueAt{Text: texts[n], At: " "})
		}
		out[i].At += itoa(n+1) + " "
		out[i].IDs = append(out[i].IDs, list[n].ID)
	}
	return out
}
