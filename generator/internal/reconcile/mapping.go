package reconcile

import (
	"cmp"
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// mapping is the decisions of one upper-level catalogue, from all files of its mapping.
type mapping struct {
	id        string
	files     []*catalog.Entry[record.Mapping] // the first file, then those that go on with it
	decisions []*Decided
	byCode    map[string]*Decided
	byName    map[string]*Decided // name and type
	own       map[string]string   // item → reason
}

func newMapping(c *catalog.Catalog, id string) *mapping {
	m := &mapping{id: id, byCode: map[string]*Decided{}, byName: map[string]*Decided{}, own: map[string]string{}}
	for _, e := range c.Mappings.All {
		if e.ID == id || e.Record.Continues == id {
			m.files = append(m.files, e)
		}
	}
	slices.SortStableFunc(m.files, func(a, b *catalog.Entry[record.Mapping]) int {
		return cmp.Or(min(len(a.Record.Continues), 1)-min(len(b.Record.Continues), 1), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	for _, e := range m.files {
		for i := range e.Record.Decisions {
			d := &Decided{&e.Record.Decisions[i], e.File, i}
			m.decisions = append(m.decisions, d)
			if d.Code != "" && m.byCode[d.Code] == nil {
				m.byCode[d.Code] = d
			}
			if key := sameName(d.Name, d.Type); m.byName[key] == nil {
				m.byName[key] = d
			}
		}
		for _, o := range e.Record.Own {
			m.own[o.Item] = o.Reason
		}
	}
	return m
}

// sameName is what two rows agree in when they have the same name and type.
func sameName(name, typ string) string { return nameKey(name) + "\x00" + typ }
