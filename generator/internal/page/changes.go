package page

import (
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// ChangeView is one change in words: of what, and each field with the direction for the applicant.
type ChangeView struct {
	Name, URL string
	Day       string // 2026年11月16日
	Date      string // 2026-11-16
	Kind      string // 设立 变更 取消 …
	Title     string // the whole in one sentence, for short lists
	First     string // the first field that matters, for shorter ones
	Mark      string // ↑ 更方便, ↓, ＝, or the kind of event
	Better    bool
	Fields    []ChangeField
	More      []ChangeField // folded
	Document  string
	DocURL    string
	Guides    string // how many guides it reaches, where that is more than one
}

// ChangeField is one changed field.
type ChangeField struct {
	Arrow, Words string
	Better       bool
}

// DayView is the changes of one day.
type DayView struct {
	ID, Day, Week string
	Entries       []ChangeView
}

// changesView is the view of pages/changes.
type changesView struct {
	Page
	Crumbs    []Link
	Upcoming  []DayView
	Days      []DayView
	NoHistory bool
	Older     bool // there are more than are shown
	Months    []Link
	Groups    []Group // the pages of kinds, departments, topics and places
	Subscribe string  // the page of all feeds
}

// The bounds of lists of changes: on the page of all changes, on one of a place, department or month, on that of an item, and
// how many fields of one change are shown before the rest is folded.
const (
	maxChanges      = 60
	maxListed       = 200
	maxShownChanges = 8
	maxFields       = 6
)

// changesPages are the changes of all, by month, and by what one can subscribe to.
func (b *builder) changesPages() []output.File {
	const url = site.ChangesURL
	out := []output.File{b.page(url, "pages/changes", func() any {
		v := &changesView{Page: b.head(url, b.say("nav_changes"), b.say("changes_lead")), Crumbs: b.trail(url),
			NoHistory: b.site.NoHistory, Months: b.monthLinks(url), Groups: b.changeGroups(url)}
		v.Feeds = b.feedsOfAll(url)
		for _, e := range b.site.Upcoming() {
			v.Upcoming = b.onDay(v.Upcoming, "next", url, e)
		}
		shown := b.site.Changes[:min(len(b.site.Changes), maxChanges)]
		v.Days, v.Older = b.days(url, shown), len(shown) < len(b.site.Changes)
		if len(v.Feeds) > 0 {
			v.Subscribe = b.link(url, site.FeedsURL)
		}
		return v
	})}
	out = append(out, b.monthPages()...)
	return append(out, b.feedPages()...)
}

// days sorts changes, newest first, under their days.
func (b *builder) days(url string, entries []*changes.Entry) []DayView {
	var out []DayView
	for _, e := range entries {
		out = b.onDay(out, "day", url, e)
	}
	return out
}

// onDay adds a change to the last day of a list, or begins another day.
func (b *builder) onDay(days []DayView, id, url string, e *changes.Entry) []DayView {
	if n := len(days); n == 0 || days[n-1].Day != e.Date.Han() {
		days = append(days, DayView{ID: id + "-" + e.Date.String(), Day: e.Date.Han(), Week: b.say("weekday_" + itoa(int(e.Date.Time().Weekday())))})
	}
	d := &days[len(days)-1]
	v := b.changeView(url, e)
	v.Day = "" // the heading says it
	d.Entries = append(d.Entries, v)
	return days
}

// changeViews are the newest changes that pass a filter.
func (b *builder) changeViews(url string, most int, keep func(*changes.Entry) bool) []ChangeView {
	var out []ChangeView
	for _, e := range b.site.Changes {
		if len(out) == most {
			break
		}
		if keep(e) {
			out = append(out, b.changeView(url, e))
		}
	}
	return out
}

func (b *builder) changeView(url string, e *changes.Entry) ChangeView {
	v := ChangeView{Day: e.Date.Han(), Date: e.Date.String(), Kind: e.Kind, Title: e.Title, Name: b.subjectName(e.Subject)}
	if to := b.site.SubjectURL(e.Subject); to != "" {
		v.URL = b.link(url, to)
	}
	v.Name = or(v.Name, e.Title)
	better, worse := 0, 0
	for _, f := range e.Fields {
		if f.Class == changes.Technical {
			continue
		}
		cf := ChangeField{Arrow: f.Direction.String(), Words: f.Words, Better: f.Direction == changes.Better}
		if v.First == "" && f.Class == changes.Substantive {
			v.First = f.Words
		}
		switch f.Direction {
		case changes.Better:
			better++
		case changes.Worse:
			worse++
		}
		if len(v.Fields) < maxFields && f.Class != changes.Editorial {
			v.Fields = append(v.Fields, cf)
		} else {
			v.More = append(v.More, cf)
		}
	}
	if len(v.Fields) == 0 && len(v.More) <= maxFields {
		v.Fields, v.More = v.More, nil
	}
	switch {
	case e.Kind != "变更":
		v.Mark = e.Kind
	case better > 0 && worse == 0:
		v.Mark, v.Better = b.say("change_better"), true
	case worse > 0 && better == 0:
		v.Mark = b.say("change_worse")
	case worse > 0:
		v.Mark = b.say("change_both")
	default:
		v.Mark = b.say("change_same")
	}
	if len(v.Fields) == 0 {
		v.Name = e.Title
	}
	if e.Document != "" {
		v.Document, v.DocURL = b.documentName(e.Document), b.documentURL(url, e.Document)
	}
	if e.Guides > 1 {
		v.Guides = itoa(e.Guides)
	}
	return v
}

// subjectName is what changed, the place first: 示例县 食品经营许可.
func (b *builder) subjectName(s changes.Subject) string {
	name := ""
	if i := b.site.Catalog.Item(s.Item); i != nil {
		name = i.Name
		for _, p := range i.Procedures {
			if p.No == s.Procedure && p.Name != i.Name && !site.Single(i) {
				name += "（" + p.Name + "）"
			}
		}
	}
	if d := b.site.Catalog.Division(s.Division); d != nil {
		name = d.Name + " " + name
	} else if name != "" && b.site.Root != nil {
		name = b.say("whole_place", "place", b.site.Root.Name) + " " + name
	}
	return name
}

// changedIn reports whether a change concerns the place or one below it, or an item that the place handles.
func changedIn(d *catalog.Division, e *changes.Entry, c *catalog.Catalog) bool {
	if e.Subject.Division == "" {
		return e.Subject.Item != "" && site.Handles(d, e.Subject.Item)
	}
	for at, n := c.Division(e.Subject.Division), 0; at != nil && n < 8; at, n = at.Superior, n+1 {
		if at == d {
			return true
		}
	}
	return false
}
