package office

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

// The clerk's sheet has a row a guide of one place: what the place may set is white, with what is given beside it in grey.

const (
	clerkSheet     = "办事指南"
	titleDocument  = "依据文号"
	titleEffective = "生效日期"
)

// given are the grey columns that say what the guide is about and what the standard asks.
var given = []struct {
	title string
	text  func(r *Records, g *catalog.Guide) string
}{
	{"事项名称", func(_ *Records, g *catalog.Guide) string { return g.Item.Name }},
	{"业务办理项", func(_ *Records, g *catalog.Guide) string { return g.Procedure.Name }},
	{"区划名称", func(_ *Records, g *catalog.Guide) string { return g.Division.Name }},
	{"事项类型", func(_ *Records, g *catalog.Guide) string { return g.Item.Type }},
	{"基本编码", func(_ *Records, g *catalog.Guide) string { return g.Item.Code }},
	{"实施单位（现在的）", func(_ *Records, g *catalog.Guide) string {
		if g.Org == nil {
			return ""
		}
		return g.Org.Name
	}},
	{"法定办结时限（全省标准）", func(r *Records, g *catalog.Guide) string {
		c := &column{form: formLimits, path: []string{"legal_limit"}}
		return r.writer(record.KindImplementation, []string{g.Division.ID}).text(plainOf(g.Procedure.Timing.LegalLimit), c)
	}},
	{"申请材料（全省标准）", func(_ *Records, g *catalog.Guide) string {
		var names []string
		for _, p := range g.Procedure.Papers.Lines {
			names = append(names, p.Name()+"（"+p.Necessity+"）")
		}
		return strings.Join(names, "\n")
	}},
	{"办理流程（全省标准）", func(_ *Records, g *catalog.Guide) string {
		var names []string
		for _, s := range g.Procedure.Process.Steps {
			names = append(names, s.Name)
		}
		return strings.Join(names, "→")
	}},
}

// clerkDesign is the design of the clerk's sheet. It never changes.
func clerkDesign() *design {
	d := &design{kind: record.KindImplementation, name: clerkSheet, clerk: true}
	d.columns = []column{{title: "区划编号", ident: identID}, {title: "事项编号", ident: identID}, {title: titlePart, ident: identPart}}
	for i := range given {
		d.columns = append(d.columns, column{title: given[i].title, locked: true, given: i + 1})
	}
	maker := &designer{kind: record.KindImplementation}
	all := &design{kind: record.KindImplementation}
	maker.fill(all, rows(record.KeysOf(record.KindImplementation), ""), "", nil)
	var tightened, local, last []column
	for _, c := range all.columns {
		switch {
		case slices.Contains([]string{"reach", "deviation", "review", "verified", "events"}, c.path[0]):
		case c.path[0] == "handling_unit":
			last = append(last, c)
		case c.key.Lock == record.LockTighten:
			beside := c
			beside.title, beside.locked, beside.standard = c.title+"（省标准）", true, true
			tightened = append(tightened, c, beside)
		case c.key.Lock == record.LockLocal:
			local = append(local, c)
		}
	}
	d.columns = slices.Concat(d.columns, tightened, local)
	d.columns = append(d.columns, column{title: titleDocument, ident: identDocument}, column{title: titleEffective, ident: identEffective})
	d.columns = append(d.columns, last...)
	unique(d.columns)
	return d
}

// Clerk makes the workbook of a division: one sheet, one row a guide.
func (r *Records) Clerk(d *catalog.Division) table.Workbook {
	b := r.book(d.Name + "办事指南")
	words := newWords(r)
	design := clerkDesign()
	s := r.sheet(design, words)
	s.Fixed = 5 // the names stay in sight with the ids
	for i := range 3 {
		s.Columns[i].Width = 14
	}
	s.Rows[0][0].Text = d.Name + "办事指南（" + r.Catalog.AsOf.String() + "）"
	for _, g := range d.Guides {
		s.Rows = append(s.Rows, r.guideRow(design, g))
	}
	b.Sheets = []table.Sheet{explanation(d.Name+"办事指南", true), s, words.sheet()}
	return b
}

// guideRow writes the row of a guide.
func (r *Records) guideRow(d *design, g *catalog.Guide) []table.Cell {
	cells := make([]table.Cell, len(d.columns))
	texts := r.guideTexts(d, g)
	for i := range d.columns {
		c := &d.columns[i]
		cells[i].Text = texts[i]
		if c.locked || c.ident == identID || c.ident == identPart {
			cells[i].Look = table.Locked
		}
	}
	return cells
}

// guideTexts are the texts of all cells of a guide's row.
func (r *Records) guideTexts(d *design, g *catalog.Guide) []string {
	w := r.writer(record.KindImplementation, []string{g.Division.ID})
	now, standard := termsTree(g.Terms), termsTree(&catalog.Terms{Sections: g.Procedure.Sections, Local: new(record.Local)})
	out := make([]string, len(d.columns))
	ids := []string{g.Division.ID, g.Item.ID}
	for i := range d.columns {
		c := &d.columns[i]
		switch {
		case c.ident == identID:
			out[i], ids = ids[0], ids[1:]
		case c.ident == identPart:
			out[i] = g.Procedure.No
		case c.ident != notIdent:
		case c.given > 0:
			out[i] = given[c.given-1].text(r, g)
		case c.standard:
			out[i] = w.text(lookup(standard, c.path...), c)
		default:
			out[i] = w.text(lookup(now, c.path...), c)
		}
	}
	return out
}

// guide returns the guide of a row, nil where the place has none.
func (r *Records) guide(ids []string, part string) *catalog.Guide {
	d := r.Catalog.Division(ids[0])
	if d == nil {
		return nil
	}
	for _, g := range d.Guides {
		if g.Item.ID == ids[1] && g.Procedure.No == part {
			return g
		}
	}
	return nil
}

// inherited are the values that a guide would have without the record of its place.
func (r *Records) inherited(g *catalog.Guide) map[string]any {
	return termsTree(r.Catalog.HandedDown(g.Division.Superior, g.Procedure))
}

// termsTree is the values of terms as TOML has them, without the lists that have sheets of their own.
func termsTree(t *catalog.Terms) map[string]any {
	tree := map[string]any{}
	for _, section := range []any{t.Powers, t.Timing, t.Outcome, t.Cost, t.Access, t.Facilitation, t.Local} {
		if table, ok := plainOf(section).(map[string]any); ok {
			for k, v := range table {
				tree[k] = v
			}
		}
	}
	return tree
}

// plainOf turns a value of a record into what TOML has for it; what is not stated is nil.
func plainOf(v any) any { return plainValue(reflect.ValueOf(v)) }

func plainValue(v reflect.Value) any {
	if !v.IsValid() {
		return nil
	}
	if d, ok := v.Interface().(record.Date); ok {
		if d == 0 {
			return nil
		}
		return d.Time()
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		// A number or truth value that is stated counts, also when it is zero.
		if e := v.Elem(); e.Kind() == reflect.Int {
			return e.Int()
		} else if e.Kind() == reflect.Bool {
			return e.Bool()
		}
		return plainValue(v.Elem())
	case reflect.Struct:
		return plainTable(v)
	case reflect.Slice:
		if v.IsNil() {
			return nil
		}
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plainValue(v.Index(i))
		}
		return list
	case reflect.Map:
		if v.Len() == 0 {
			return nil
		}
		table := map[string]any{}
		for _, k := range v.MapKeys() {
			table[k.String()] = plainValue(v.MapIndex(k))
		}
		return table
	case reflect.String:
		if v.String() == "" {
			return nil
		}
		return v.String()
	case reflect.Int:
		return v.Int()
	case reflect.Bool:
		return v.Bool()
	case reflect.Float64:
		return v.Float()
	}
	return fmt.Sprint(v.Interface())
}

// plainTable is a struct as a table. Numbers and truth values that are not pointers are always stated.
func plainTable(v reflect.Value) map[string]any {
	table := map[string]any{}
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		if key := f.Tag.Get("toml"); key != "" {
			if value := plainValue(v.Field(i)); value != nil {
				table[key] = value
			}
		} else if f.Anonymous {
			for k, inner := range plainTable(reflect.Indirect(v.Field(i))) {
				table[k] = inner
			}
		}
	}
	return table
}
