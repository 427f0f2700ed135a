package page

import (
	"sort"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/record"
)

// HistoryView is one line of a history: the day, what happened in words, and by which document.
type HistoryView struct {
	Day, Text, Place, Document string
}

// historyView is the view of fragments/history.
type historyView struct {
	Lines     []HistoryView
	NoHistory bool
	All       string // where all changes stand
}

// maxHistory bounds the lines a guide shows; the rest stand on the pages of changes.
const maxHistory = 8

// historyKey is whose history it is: division is nil where the place has none of its own.
type historyKey struct {
	procedure *catalog.Procedure
	division  *catalog.Division
}

// changedKey is an item in a place that changed there.
type changedKey struct{ item, division string }

// indexChanges sorts the changes by item, newest first as they come.
func (b *builder) indexChanges() {
	b.guides.changes = map[string][]*changes.Entry{}
	b.guides.changed = map[changedKey]bool{}
	for _, e := range b.site.Changes {
		if e.Subject.Item != "" {
			b.guides.changes[e.Subject.Item] = append(b.guides.changes[e.Subject.Item], e)
			b.guides.changed[changedKey{e.Subject.Item, e.Subject.Division}] = true
		}
	}
}

// concerns reports whether an entry belongs to the history of a guide.
func concerns(e *changes.Entry, procedure, division string) bool {
	return (e.Subject.Procedure == "" || e.Subject.Procedure == procedure) && (e.Subject.Division == "" || e.Subject.Division == division)
}

func (b *builder) history(g *catalog.Guide) *Fragment {
	k := historyKey{procedure: g.Procedure}
	if b.guides.changed[changedKey{g.Item.ID, g.Division.ID}] {
		k.division = g.Division
	}
	return b.fragment("fragments/history", k, g.Item.Name, func() any { return b.historyView(k) })
}

func (b *builder) historyView(k historyKey) *historyView {
	item := k.procedure.Item
	v := &historyView{NoHistory: b.site.NoHistory, All: "../../changes/index.html"}
	type line struct {
		date record.Date
		HistoryView
	}
	var lines []line
	division := ""
	if k.division != nil {
		division = k.division.ID
	}
	for _, e := range b.guides.changes[item.ID] {
		if concerns(e, k.procedure.No, division) {
			lines = append(lines, line{e.Date, HistoryView{Day: e.Date.Han(), Text: e.Title}})
		}
	}
	events := append(append([]record.Event(nil), item.Events...), k.procedure.Events...)
	for _, e := range events {
		h := HistoryView{Day: e.Date.Han(), Text: join(e.Kind, e.Note)}
		if e.Document != "" {
			h.Document = b.documentName(e.Document)
		}
		lines = append(lines, line{e.Date, h})
	}
	sort.SliceStable(lines, func(i, j int) bool { return lines[i].date > lines[j].date })
	for i, l := range lines {
		if i == maxHistory {
			break
		}
		v.Lines = append(v.Lines, l.HistoryView)
	}
	return v
}
