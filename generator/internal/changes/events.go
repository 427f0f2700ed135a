package changes

import (
	"slices"
	"strings"
	"time"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// Events returns what happened to items and procedures before this library existed, as their records tell it ([[events]]),
// newest first. It belongs to histories and archives, never to a live feed.
func Events(c *catalog.Catalog) []*Entry {
	s := state{newSources(c.Source.Files), c.AsOf}
	var out []*Entry
	for _, i := range c.Items {
		for _, e := range i.Events {
			out = append(out, s.event(e, i, "", i.Name))
		}
		for _, p := range i.Procedures {
			for _, e := range p.Events {
				out = append(out, s.event(e, i, p.No, i.Name+" "+p.Name))
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *Entry) int { return int(b.Date - a.Date) })
	return out
}

func (s state) event(e record.Event, i *catalog.Item, procedure, name string) *Entry {
	out := &Entry{
		Kind: e.Kind, Date: e.Date, Department: i.Department, Document: e.Document,
		Subject: Subject{Kind: record.KindItem, Item: i.ID, Procedure: procedure},
	}
	if procedure != "" {
		out.Subject.Kind = record.KindProcedure
	}
	year, month, day := e.Date.Time().Date()
	out.Time = time.Date(year, month, day, 0, 0, 0, 0, zone).UTC()
	document := s.name(record.KindDocument, e.Document)
	said := join("，", strings.TrimSuffix(e.Note, "。"), document)
	out.Title = name + "：" + e.Kind
	if said != "" {
		out.Title += "（" + said + "）"
	}
	out.ID = hashOf("event", i.ID, procedure, e.Date.String(), e.Kind, e.Document, e.Note)
	out.topics(i)
	return out
}
