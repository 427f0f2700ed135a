package page

import (
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// divisionView is the view of pages/division: a place with its halls, its items and the places below it.
type divisionView struct {
	Page
	Crumbs      []Link
	Name        string
	Tags, Meta  []string
	Search      string
	Script      string
	PlaceID     string // the place whose items the box searches
	SearchIn    string // and its name
	Statistical bool
	ServedBy    *Link
	Hall        string // the first hall heads the sheet
	Unverified  string
	Items       string
	OfItems     string
	Windows     string
	NoWindows   bool // none is known
	Zones       string
	Online      string
	OnlineShare string
	Once        string
	OnceShare   string
	Facts       []Pair
	Phone, Dial string
	Halls       []HallView
	Points      []HallView // stations and agents, folded
	PointsN     string
	ByTopic     []TopicGroups
	ByOrg       []ItemGroup
	Open        bool // the lists of items are short enough to stand open
	Referrals   []ReferralGroup
	NotAdopted  []Row
	Orgs        []OrgView
	Lower       []LowerGroup
	Members     []Link
	Changes     []ChangeView
	Upcoming    []ChangeView
	NoHistory   bool
	Feeds       []Link
	ChangesURL  string
	Reviews     []string
	DataURL     string
	DataLinks   sourceLinks
}

// HallView is a hall with its windows.
type HallView struct {
	ID, Name, Kind, Unverified string
	Facts                      []Pair
	Windows                    []WindowView
	NoWindows                  bool
}

// WindowView is one window.
type WindowView struct{ No, Name, Zone, Does string }

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

// OrgView is a body of a place.
type OrgView struct{ Name, Kind, Unverified, Phone, Dial, Former string }

// LowerGroup is places below, by kind.
type LowerGroup struct {
	Title string
	Index []Count
}

// openItems is up to how many items the lists of a place stand open.
const openItems = 60

func (b *builder) divisionPages() []output.File {
	out := []output.File{b.divisionIndex()}
	for _, d := range b.site.Catalog.Divisions {
		url := site.DivisionURL(d)
		out = append(out, b.page(url, "pages/division", func() any { return b.divisionView(url, d) }))
	}
	return out
}

func (b *builder) divisionView(url string, d *catalog.Division) *divisionView {
	items := itemsIn(d)
	v := &divisionView{
		Page: b.head(url, d.Name, b.say("place_description", "place", d.Name, "n", itoa(len(items)))),
		Name: d.Name, Search: b.link(url, searchURL), Script: b.searchScript("../../"), PlaceID: d.ID, SearchIn: d.Name, Phone: b.phone(), Dial: dial(b.phone()), NoHistory: b.site.NoHistory,
		DataURL: "../../api/v1/divisions/" + d.ID + ".json", ChangesURL: b.link(url, "changes/"), Items: itoa(len(items)),
	}
	v.DataLinks = b.sourceLinks(d.File, d.Name, v.Canonical)
	v.Crumbs = b.placeTrail(url, d)
	v.Meta = b.placeMeta(d)
	if d.Sample {
		v.Tags = append(v.Tags, b.say("sample_tag"))
	}
	if d.Kind == catalog.KindStatistical {
		v.Statistical = true
		v.Page.Description = b.say("place_statistical", "place", d.Name)
		if by := b.site.Catalog.Division(d.ServedBy); by != nil {
			v.PlaceID, v.SearchIn = by.ID, by.Name
			v.ServedBy = &Link{URL: b.link(url, site.DivisionURL(by)), Text: by.Name}
			items = itemsIn(by)
			v.Items = itoa(len(items))
			b.itemLists(url, v, by, items)
		}
		return v
	}
	b.placeFigures(v, d, items)
	b.placeHalls(v, d)
	b.itemLists(url, v, d, items)
	b.elsewhere(url, v, d)
	for _, o := range d.Orgs {
		ov := OrgView{Name: o.Name, Kind: o.Kind, Phone: or(o.Phone, b.phone()), Former: aliasText(o.FormerNames)}
		ov.Dial = dial(ov.Phone)
		if o.NameStatus == record.NameByRule {
			ov.Unverified = b.say("name_unverified")
		}
		v.Orgs = append(v.Orgs, ov)
	}
	v.Lower = b.lower(url, d)
	for _, id := range d.Members {
		if m := b.site.Catalog.Division(id); m != nil {
			v.Members = append(v.Members, Link{URL: b.link(url, site.DivisionURL(m)), Text: m.Name})
		}
	}
	b.placeChanges(url, v, d)
	return v
}

// itemsIn are the items a place has guides of, by id.
func itemsIn(d *catalog.Division) []*catalog.Item {
	var out []*catalog.Item
	for _, g := range d.Guides {
		if len(out) == 0 || out[len(out)-1] != g.Item {
			out = append(out, g.Item)
		}
	}
	return out
}

// placeTrail is the way down the tree of places.
func (b *builder) placeTrail(url string, d *catalog.Division) []Link {
	var up []Link
	for at, n := d.Superior, 0; at != nil && n < 8; at, n = at.Superior, n+1 {
		up = append(up, Link{URL: site.DivisionURL(at), Text: at.Name})
	}
	slices.Reverse(up)
	return b.trail(url, append([]Link{{URL: "divisions/", Text: b.say("nav_places")}}, up...)...)
}

func (b *builder) placeMeta(d *catalog.Division) []string {
	out := filled(d.Level)
	if d.Kind != "" && d.Kind != d.Level {
		out = append(out, d.Kind)
	}
	if d.Code != "" {
		out = append(out, b.say("place_code", "code", d.Code))
	}
	if len(d.Aliases) > 0 {
		out = append(out, b.say("also_called", "names", aliasText(d.Aliases)))
	}
	return out
}

// placeFigures are the four figures of the sheet: items, windows, what can be done online, and with one visit at most.
func (b *builder) placeFigures(v *divisionView, d *catalog.Division, items []*catalog.Item) {
	total := 0
	for _, i := range b.site.Items {
		if site.Listed(i) && len(i.Children) == 0 {
			total++
		}
	}
	online, once := map[*catalog.Item]bool{}, map[*catalog.Item]bool{}
	notOnce := map[*catalog.Item]bool{}
	for _, g := range d.Guides {
		if site.Online(g.Access) {
			online[g.Item] = true
		}
		if !site.Once(g.Access) {
			notOnce[g.Item] = true
		}
	}
	for _, i := range items {
		once[i] = !notOnce[i]
	}
	n := 0
	for _, yes := range once {
		if yes {
			n++
		}
	}
	v.OfItems = b.say("place_of_items", "n", itoa(total))
	v.Online, v.OnlineShare = itoa(len(online)), b.share(len(online), len(items))
	v.Once, v.OnceShare = itoa(n), b.share(n, len(items))
}

// share is a part in per cent, in words.
func (b *builder) share(part, whole int) string {
	if whole == 0 {
		return b.say("none")
	}
	return b.say("place_share", "n", itoa((part*100+whole/2)/whole))
}

// placeHalls fills in the halls: the first heads the sheet, village stations and agents' points are folded.
func (b *builder) placeHalls(v *divisionView, d *catalog.Division) {
	windows := 0
	zones := map[string]bool{}
	for n, h := range d.Halls {
		hv := b.hallView(h)
		hv.ID = "hall-" + itoa(n+1)
		for _, w := range h.Windows {
			windows++
			if w.Zone != "" {
				zones[w.Zone] = true
			}
		}
		if h.Kind == "便民服务站" || h.Kind == "代办点" || h.Kind == "自助服务点" {
			v.Points = append(v.Points, hv)
		} else {
			v.Halls = append(v.Halls, hv)
		}
	}
	v.PointsN = itoa(len(v.Points))
	v.Windows, v.Zones, v.NoWindows = b.say("place_windows_unknown"), b.say("ask_window"), windows == 0
	if windows > 0 {
		v.Windows, v.Zones = itoa(windows), b.say("place_zones", "n", itoa(len(zones)))
	}
	unknown := b.say("local_unknown", "phone", b.phone())
	v.Facts = []Pair{{Label: b.say("hall_address"), Value: unknown}, {Label: b.say("hall_hours"), Value: unknown}}
	if len(v.Halls) > 0 {
		first := v.Halls[0]
		v.Hall, v.Unverified, v.Facts = first.Name, first.Unverified, first.Facts
	}
}

func (b *builder) hallView(h *catalog.Hall) HallView {
	unknown := b.say("local_unknown", "phone", b.phone())
	v := HallView{Name: h.Name, Kind: h.Kind, NoWindows: len(h.Windows) == 0}
	if h.NameStatus == record.NameByRule {
		v.Unverified = b.say("name_unverified")
	}
	hours := b.hours(h.Hours)
	if len(hours) == 0 {
		hours = []string{unknown}
	}
	v.Facts = append(v.Facts, Pair{Label: b.say("hall_address"), Value: or(h.Address, unknown)})
	if len(h.Hours) > 0 {
		hours = append(hours, b.say("holidays"))
	}
	v.Facts = append(v.Facts, Pair{Label: b.say("hall_hours"), Lines: hours})
	v.Facts = append(v.Facts, Pair{Label: b.say("hall_phone"), Value: b.hallPhones(h.Phones)})
	if h.Traffic != "" {
		v.Facts = append(v.Facts, Pair{Label: b.say("hall_traffic"), Value: h.Traffic})
	}
	if len(h.Serves) > 0 {
		v.Facts = append(v.Facts, Pair{Label: b.say("hall_serves"), Value: strings.Join(h.Serves, "、")})
	}
	if h.Does != nil && len(h.Does.Agent) > 0 {
		v.Facts = append(v.Facts, Pair{Label: b.say("hall_agent"), Value: b.itemNames(h.Does.Agent)})
	}
	for i := range h.Windows {
		v.Windows = append(v.Windows, b.windowView(&h.Windows[i]))
	}
	return v
}

// hallPhones are the numbers of a hall, each once with all it is for.
func (b *builder) hallPhones(list []record.Phone) string {
	var numbers []string
	kinds := map[string][]string{}
	for _, p := range list {
		if p.Number == "" {
			continue
		}
		if kinds[p.Number] == nil {
			numbers = append(numbers, p.Number)
		}
		kinds[p.Number] = append(kinds[p.Number], filled(p.Kind, p.Note)...)
	}
	if len(numbers) == 0 {
		return b.phone()
	}
	for n, number := range numbers {
		if k := kinds[number]; len(k) > 0 {
			numbers[n] += "（" + strings.Join(k, "、") + "）"
		}
	}
	return strings.Join(numbers, "，")
}

func (b *builder) windowView(w *record.Window) WindowView {
	does := b.itemNames(w.Items)
	if len(w.Departments) > 0 {
		does = strings.TrimPrefix(does+"；"+b.say("window_departments", "names", strings.Join(w.Departments, "、")), "；")
	}
	if w.Note != "" {
		does = strings.TrimPrefix(does+"；"+w.Note, "；")
	}
	return WindowView{No: or(w.Number, "—"), Name: or(w.Name, w.Kind), Zone: w.Zone, Does: or(does, w.Kind, b.say("window_any"))}
}

func (b *builder) itemNames(ids []string) string {
	var names []string
	for _, id := range ids {
		if i := b.site.Catalog.Item(id); i != nil {
			names = append(names, i.Name)
		}
	}
	return strings.Join(names, "、")
}

// itemLists are the items of a place by topic and by the body that handles them, each leading to the guide there.
func (b *builder) itemLists(url string, v *divisionView, d *catalog.Division, items []*catalog.Item) {
	v.Open = len(items) <= openItems
	here := make(map[*catalog.Item]bool, len(items))
	for _, i := range items {
		here[i] = true
	}
	link := func(i *catalog.Item) (Link, bool) {
		if !here[i] {
			return Link{}, false
		}
		return Link{URL: b.link(url, site.OverviewURL(d, i)), Text: i.Name}, true
	}
	for _, k := range b.topicKinds() {
		if g := groupsOf(k.facets, link); len(g) > 0 {
			v.ByTopic = append(v.ByTopic, TopicGroups{Title: b.say(k.word), Groups: g})
		}
	}
	v.ByOrg = groupsOf(b.site.Departments, link)
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

// placeChanges are the newest changes that concern the place, what is known to come, and its feeds.
func (b *builder) placeChanges(url string, v *divisionView, d *catalog.Division) {
	c := b.site.Catalog
	v.Changes = b.changeViews(url, maxShownChanges, func(e *changes.Entry) bool { return changedIn(d, e, c) })
	for _, e := range b.site.Upcoming() {
		if changedIn(d, e, c) {
			v.Upcoming = append(v.Upcoming, b.changeView(url, e))
		}
	}
	if len(v.Changes) > 0 && record.LevelRank(d.Level) < 3 {
		v.Feeds = b.feeds(url, "division/"+d.ID)
	}
	for i := range d.ListReviews {
		r := &d.ListReviews[i]
		if r.Published != nil {
			v.Reviews = append(v.Reviews, b.say("list_published", "body", r.Published.Body, "date", r.Published.Date.Han()))
		}
	}
}

// divisionIndexView is the view of pages/divisions: the tree of places.
type divisionIndexView struct {
	Page
	Crumbs []Link
	Search string
	Script string
	Places []string
	Own    *Link
	Meta   []string
	Cities []CityView
}

// CityView is a place right below the province with its counties.
type CityView struct {
	ID, Name, URL, Tag, Kind, Items string
	Counties                        []Count
}

func (b *builder) divisionIndex() output.File {
	const url = "divisions/"
	return b.page(url, "pages/divisions", func() any {
		v := &divisionIndexView{Page: b.head(url, b.say("places_title"), b.say("places_lead")), Crumbs: b.trail(url), Search: b.link(url, searchURL),
			Script: b.searchScript("../"), Places: b.placeNames(), Meta: []string{b.say("n_places", "n", thousands(len(b.site.Catalog.Divisions)))}}
		if root := b.site.Root; root != nil {
			v.Own = &Link{URL: b.link(url, site.DivisionURL(root)), Text: b.say("place_own", "place", root.Name)}
		}
		for _, d := range b.topPlaces() {
			c := CityView{ID: "p-" + d.ID, Name: d.Name, URL: b.link(url, site.DivisionURL(d)), Kind: d.Kind, Items: itoa(len(itemsIn(d)))}
			if d.Sample {
				c.Tag = b.say("sample_tag")
			}
			for _, county := range d.Children {
				n := Count{URL: b.link(url, site.DivisionURL(county)), Text: county.Name}
				if !county.Acts() {
					n.N = b.say("place_statistical_tag")
				}
				c.Counties = append(c.Counties, n)
			}
			v.Cities = append(v.Cities, c)
		}
		return v
	})
}
