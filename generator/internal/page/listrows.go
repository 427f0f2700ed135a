package page

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
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

// listRows are the rows of a list, each once: what the standard says, and what places say otherwise. In a hundred and seventy
// counties a row is the same but for the address of the place, so the table is rendered once with all rows, and cut.
type listRows struct {
	standard map[*catalog.Procedure]*listedRow
	own      map[*catalog.Guide]*listedRow // of guides that say something else than the standard
	all      []*listedRow
	stamp    output.Stamp // of the table without rows
	cut      func() (*cutTable, error)
}

// listedRow is a row: a procedure, and what puts it on the list.
type listedRow struct {
	no        int // among all
	procedure *catalog.Procedure
	lines     []string
	stamp     output.Stamp
}

// cutTable is a rendered table: what is before its rows, the rows, and what follows.
type cutTable struct {
	before, after string
	rows          []string
}

// listTable is the view of fragments/listrows, which is executed once for all places: with every row that some place shows. It ranges
// over them once and takes no notice of the others.
type listTable struct {
	Name, Column string
	Rows         iter.Seq[ListRow]
}

// placeToken stands for the place in the rows. No id has a capital or an underscore.
const placeToken = "PLACE_ID"

func (b *builder) showLists() []*shownList {
	var out []*shownList
	for no, l := range b.site.Lists() {
		out = append(out, &shownList{l, no, sync.OnceValue(func() *listRows { return b.listRows(l) })})
	}
	return out
}

func (b *builder) listRows(l *site.List) *listRows {
	name, column := b.say(listKey(l.ID)), b.say(listKey(l.ID)+"_column")
	r := &listRows{standard: map[*catalog.Procedure]*listedRow{}, own: map[*catalog.Guide]*listedRow{}}
	r.stamp = b.stamp("fragments/listrows", Pair{Label: name, Value: column})
	r.cut = sync.OnceValues(func() (*cutTable, error) { return b.cutRows(name, column, r.all) })
	add := func(p *catalog.Procedure, lines []string) *listedRow {
		row := &listedRow{no: len(r.all), procedure: p, lines: lines}
		row.stamp = b.stamp("", b.placeRow(row))
		r.all = append(r.all, row)
		return row
	}
	for _, p := range l.Procedures {
		r.standard[p] = add(p, b.listLines(l.ID, p, b.site.Catalog.HandedDown(nil, p)))
	}
	for _, g := range l.Local {
		lines := b.listLines(l.ID, g.Procedure, g.Terms)
		if s := r.standard[g.Procedure]; s == nil || !slices.Equal(lines, s.lines) {
			r.own[g] = add(g.Procedure, lines)
		}
	}
	return r
}

// row is what a guide that is on the list says there.
func (r *listRows) row(g *catalog.Guide) *listedRow {
	if own := r.own[g]; own != nil {
		return own
	}
	return r.standard[g.Procedure]
}

// placeRow is a row as the page of a place shows it, with the token for the place.
func (b *builder) placeRow(r *listedRow) ListRow {
	return b.listRow(r, "../../"+site.GuideURLIn(placeToken, r.procedure))
}

// listRow is a row that leads to an address.
func (b *builder) listRow(r *listedRow, url string) ListRow {
	p := r.procedure
	row := ListRow{Name: p.Item.Name, URL: url, Department: p.Item.Department, Type: p.Item.Type, Lines: r.lines}
	if !site.Single(p.Item) {
		row.Procedure = p.Name
	}
	if len(row.Lines) == 0 {
		row.Lines = []string{b.say("list_see_guide")}
	}
	return row
}

// cutRows renders the table with all rows and cuts it where each begins: where the output stands when the template asks for the next one.
func (b *builder) cutRows(name, column string, rows []*listedRow) (*cutTable, error) {
	var buf bytes.Buffer
	var at []int
	each := func(yield func(ListRow) bool) {
		for _, r := range rows {
			at = append(at, buf.Len())
			if !yield(b.placeRow(r)) {
				return
			}
		}
		at = append(at, buf.Len())
	}
	const template = "fragments/listrows"
	err := b.set.ExecuteTemplate(&buf, template, &listTable{name, column, each})
	if err == nil && len(at) != len(rows)+1 {
		err = errors.New("要用 range 把 .Rows 走一遍 (does not range over all of .Rows once)")
	}
	if err != nil {
		return nil, fmt.Errorf("%s：模板 %s 出错 (template %[2]s): %w", name, template, err)
	}
	html := buf.String()
	t := &cutTable{before: strings.TrimLeft(html[:at[0]], " \n"), after: strings.TrimRight(html[at[len(rows)]:], " \n")}
	for n := range rows {
		t.rows = append(t.rows, html[at[n]:at[n+1]])
	}
	return t, nil
}

// listTable is the table of some rows, in a place.
func (b *builder) listTable(out *bytes.Buffer, r *listRows, rows []*listedRow, place string) *splice {
	stamp := b.stampOf("fragments/listrows", func(h *output.Hasher) {
		h.Stamp(r.stamp)
		h.String(place)
		h.Int(len(rows))
		for _, row := range rows {
			h.Stamp(row.stamp)
		}
	})
	return &splice{stamp, out, func(out *bytes.Buffer) error {
		t, err := r.cut()
		if err != nil {
			return err
		}
		out.WriteString(t.before)
		for _, row := range rows {
			fillToken(out, t.rows[row.no], placeToken, place)
		}
		out.WriteString(t.after)
		return nil
	}}
}
