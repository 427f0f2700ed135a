package page

import (
	"bytes"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/site"
)

// ItemGroup is the items of one topic or department in a place, with links to the guides there.
type ItemGroup struct {
	Title, N string
	Items    []Link
}

// TopicGroups are the topics of one classification.
type TopicGroups struct {
	Title  string
	Groups []ItemGroup
}

// ReferralGroup is what a place leaves to another.
type ReferralGroup struct {
	To, ToURL, Note string
	Items           []Link
}

// openItems is up to how many items the lists of a place stand open.
const openItems = 60

// LowerGroup is places below, by kind.
type LowerGroup struct {
	Title string
	Index []Count
}

// placeItemsView is the view of fragments/placeitems.
type placeItemsView struct {
	ByTopic []TopicGroups
	ByOrg   []ItemGroup
	Open    bool // the lists are short enough to stand open
}

// placeItemsKey is what fragments/placeitems is made from: the way from the page to the guides, and the ids of the items. Most
// counties have the same items, and the lists are by far the longest part of their pages.
type placeItemsKey struct{ way, items string }

// itemLists are the items of a place by topic and by department, each leading to the guide there; nil where there are none.
func (b *builder) itemLists(out *bytes.Buffer, way string, items []*catalog.Item) *splice {
	if len(items) == 0 {
		return nil
	}
	ids := make([]string, len(items))
	for i, item := range items {
		ids[i] = item.ID
	}
	f := b.fragment("fragments/placeitems", placeItemsKey{way, strings.Join(ids, " ")}, way, func() any { return b.placeItemsView(way, items) })
	return b.splice(out, f, "", "")
}

func (b *builder) placeItemsView(way string, items []*catalog.Item) *placeItemsView {
	v := &placeItemsView{Open: len(items) <= openItems}
	here := make(map[*catalog.Item]bool, len(items))
	for _, i := range items {
		here[i] = true
	}
	link := func(i *catalog.Item) (Link, bool) { return Link{URL: way + i.ID + ".html", Text: i.Name}, here[i] }
	for _, k := range b.topicKinds() {
		if g := groupsOf(k.facets, link); len(g) > 0 {
			v.ByTopic = append(v.ByTopic, TopicGroups{Title: b.say(k.word), Groups: g})
		}
	}
	v.ByOrg = groupsOf(b.site.Departments, link)
	return v
}

// groupsOf lists the items of each facet that link knows of.
func groupsOf(facets []*site.Facet, link func(*catalog.Item) (Link, bool)) []ItemGroup {
	var out []ItemGroup
	for _, f := range facets {
		g := ItemGroup{Title: f.Term}
		for _, i := range f.Items {
			if l, ok := link(i); ok {
				g.Items = append(g.Items, l)
			}
		}
		if len(g.Items) > 0 {
			g.N = itoa(len(g.Items))
			out = append(out, g)
		}
	}
	return out
}

// elsewhere is what the place leaves to others and what it has not adopted.
func (b *builder) elsewhere(url string, v *divisionView, d *catalog.Division) {
	at := map[string]int{}
	for _, r := range d.Referrals {
		if len(r.Item.Children) > 0 {
			continue
		}
		key := r.To.ID + r.Note
		n, ok := at[key]
		if !ok {
			n = len(v.Referrals)
			at[key] = n
			v.Referrals = append(v.Referrals, ReferralGroup{To: r.To.Name, ToURL: b.link(url, site.DivisionURL(r.To)), Note: r.Note})
		}
		v.Referrals[n].Items = append(v.Referrals[n].Items, Link{URL: b.link(url, site.OverviewURL(d, r.Item)), Text: r.Item.Name})
	}
	for _, n := range d.NotAdopted {
		if i := b.site.Catalog.Item(n.Item); i != nil {
			v.NotAdopted = append(v.NotAdopted, Row{URL: b.link(url, site.ItemURL(i)), Name: i.Name, Note: n.Reason})
		}
	}
}

// lower are the places below, by kind in the vocabulary's order.
func (b *builder) lower(url string, d *catalog.Division) []LowerGroup {
	var out []LowerGroup
	at := map[string]int{}
	for _, c := range d.Children {
		title := b.say("place_below")
		if !c.Acts() {
			title = b.say("place_statistical_areas")
		}
		n, ok := at[title]
		if !ok {
			n = len(out)
			at[title] = n
			out = append(out, LowerGroup{Title: title})
		}
		count := ""
		switch {
		case c.Sample:
			count = b.say("sample_tag")
		case c.Acts():
			count = itoa(len(itemsIn(c)))
		}
		out[n].Index = append(out[n].Index, Count{URL: b.link(url, site.DivisionURL(c)), Text: c.Name, N: count})
	}
	return out
}
