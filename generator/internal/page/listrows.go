package page

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// shownList is a generated list with its rows, which are made when a page first asks for them.
type shownList struct {
	*site.List
	no   int // in their order
	rows func() *listRows
}

// listRows are the rows of a list, each once: what the standard says, and what places say otherwise.
type listRows struct {
	standard map[*catalog.Procedure]*listedRow
	own      map[*catalog.Guide]*listedRow // of guides that say something else than the standard
}

// listedRow is a row: a procedure, and what puts it on the list. Its only word is the id of the place.
type listedRow struct {
	procedure *catalog.Procedure
	lines     []string
	at        func(url string) ListRow // as a page shows it that leads to an address
	pattern   *rowPattern[ListRow]
}

// listTable is the view of fragments/listrows.
type listTable struct {
	Name, Column string
	Rows         iter.Seq[ListRow]
}

func (b *builder) showLists() []*shownList {
	var out []*shownList
	for no, l := range b.site.Lists() {
		out = append(out, &shownList{l, no, sync.OnceValue(func() *listRows { return b.listRows(l) })})
	}
	return out
}

func (b *builder) listRows(l *site.List) *listRows {
	r := &listRows{map[*catalog.Procedure]*listedRow{}, map[*catalog.Guide]*listedRow{}}
	for _, p := range l.Procedures {
		r.standard[p] = b.listedRow(p, b.listLines(l.ID, p, b.site.Catalog.HandedDown(nil, p)))
	}
	for _, g := range l.Local {
		lines := b.listLines(l.ID, g.Procedure, g.Terms)
		if s := r.standard[g.Procedure]; s == nil || !slices.Equal(lines, s.lines) {
			r.own[g] = b.listedRow(g.Procedure, lines)
		}
	}
	return r
}

func (b *builder) listedRow(p *catalog.Procedure, lines []string) *listedRow {
	row := ListRow{Name: p.Item.Name, Department: p.Item.Department, Type: p.Item.Type, Lines: lines}
	if !site.Single(p.Item) {
		row.Procedure = p.Name
	}
	if len(lines) == 0 {
		row.Lines = []string{b.say("list_see_guide")}
	}
	at := func(url string) ListRow {
		row := row
		row.URL = url
		return row
	}
	return &listedRow{p, lines, at, newPattern(b, func(word func(slot) string) ListRow { return at("../../" + site.GuideURLIn(word(0), p)) })}
}

// row is what a guide that is on the list says there.
func (r *listRows) row(g *catalog.Guide) *listedRow {
	if own := r.own[g]; own != nil {
		return own
	}
	return r.standard[g.Procedure]
}

// listTable is the table of some rows of a list, in a place.
func (b *builder) listTable(out *bytes.Buffer, l *shownList, rows []*listedRow, place string) *splice {
	const name = "fragments/listrows"
	words := []string{place}
	dealt := make([]dealtRow[ListRow], len(rows))
	for n, r := range rows {
		dealt[n] = dealtRow[ListRow]{r.pattern, words}
	}
	v := &listTable{Name: b.say(listKey(l.ID)), Column: b.say(listKey(l.ID) + "_column")}
	v.Rows = deal(out, !b.theme.rangesOnce(name, "Rows"), dealt)
	return &splice{
		stamp: b.stampOf(name, func(h *output.Hasher) {
			h.String(v.Name)
			h.String(v.Column)
			hashRows(h, dealt)
		}),
		out: out,
		write: func(out *bytes.Buffer) error {
			if err := b.set.ExecuteTemplate(out, name, v); err != nil {
				return fmt.Errorf("%s：模板 %s 出错 (template %[2]s): %w", v.Name, name, err)
			}
			return nil
		},
	}
}
