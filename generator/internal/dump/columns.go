package dump

import (
	"reflect"
	"slices"
	"strings"

	"banshi/generator/internal/output"
	"banshi/generator/internal/table"
)

// column is a column of a table and how its value is found in what a row is made of.
type column[T any] struct {
	table.Column
	value func(row T) table.Value
}

// columnsOf makes columns of the keys of a struct, as the JSON has them and in that order, with the titles of the table of keys:
//
//   - a term of a vocabulary is two columns, its code under the name of the key and its label under <key>_label;
//   - a reference is its id and <key>_name;
//   - an object of plain values is a column for each, <key>_<member>;
//   - a list or anything else with a structure is its JSON.
//
// Keys in skip are left out: those that have a table of their own.
func (p *planner) columnsOf(t reflect.Type, s scope, skip ...string) []column[reflect.Value] {
	var out []column[reflect.Value]
	for _, m := range p.members(t, s, skip, new(schema)) {
		for _, c := range p.columnsOfMember(&m) {
			get := c.value
			c.value = func(v reflect.Value) table.Value {
				for _, i := range m.index {
					if v.Kind() == reflect.Pointer {
						v = v.Elem()
					}
					v = v.Field(i)
				}
				return get(v)
			}
			out = append(out, c)
		}
	}
	return out
}

// columnsOfMember makes the columns of one key; their values are found in the value of the key.
func (p *planner) columnsOfMember(m *member) []column[reflect.Value] {
	c := titled(m.name, m.attrs)
	c.Required = m.never
	if m.field.Kind() == reflect.String {
		return p.columnsOfText(m, c)
	}
	if object := plain(m.field); object != nil {
		return p.columnsOfObject(m, c, object)
	}
	to := func(k table.Kind, f func(reflect.Value) table.Value) []column[reflect.Value] {
		c.Kind = k
		return []column[reflect.Value]{{c, func(v reflect.Value) table.Value {
			if v.Kind() == reflect.Pointer {
				if v.IsNil() {
					return table.Value{}
				}
				v = v.Elem()
			}
			return f(v)
		}}}
	}
	of := m.field
	if of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	switch {
	case of == dateType:
		return to(table.Date, func(v reflect.Value) table.Value { return table.DateOf(int(v.Int())) })
	case of.Kind() == reflect.Bool:
		return to(table.Boolean, func(v reflect.Value) table.Value { return table.BooleanOf(v.Bool()) })
	case of.Kind() == reflect.Int:
		return to(table.Integer, func(v reflect.Value) table.Value { return table.IntegerOf(int(v.Int())) })
	case of.Kind() == reflect.Float64:
		return to(table.Number, func(v reflect.Value) table.Value { return table.NumberOf(v.Float()) })
	}
	c.Kind = table.JSON
	return []column[reflect.Value]{{c, func(v reflect.Value) table.Value { return table.JSONOf(string(m.node.write(nil, v))) }}}
}

func (p *planner) columnsOfText(m *member, c table.Column) []column[reflect.Value] {
	var words *lookup
	more, code, codeEN := "", "", ""
	switch {
	case m.attrs.vocab != "":
		words, more, code, codeEN = p.words.terms(m.attrs.vocab), "_label", "代码", " code"
	case m.attrs.ref != "" && p.words.named(m.attrs.ref):
		words, more, code, codeEN = p.words.names(m.attrs.ref), "_name", "编号", " id"
	default:
		out := []column[reflect.Value]{{c, func(v reflect.Value) table.Value { return text(v.String()) }}}
		if k := constants[m.of+"."+m.name]; k != nil {
			out = append(out, column[reflect.Value]{table.Column{Name: k.name, Title: "币种", TitleEN: "Currency"}, func(v reflect.Value) table.Value {
				if v.String() == "" {
					return table.Value{}
				}
				return table.TextOf(k.form.Const)
			}})
		}
		return out
	}
	first, second := c, c
	first.Title, first.TitleEN = c.Title+code, c.TitleEN+codeEN
	second.Name, second.Required, second.Description = c.Name+more, false, ""
	return []column[reflect.Value]{
		{first, func(v reflect.Value) table.Value { a, _ := words.pair(v.String()); return text(a) }},
		{second, func(v reflect.Value) table.Value { _, b := words.pair(v.String()); return text(b) }},
	}
}

// columnsOfObject flattens an object of plain values.
func (p *planner) columnsOfObject(m *member, c table.Column, object reflect.Type) []column[reflect.Value] {
	var out []column[reflect.Value]
	for _, in := range p.columnsOf(object, m.in) {
		get := in.value
		in.Name, in.Title, in.TitleEN, in.Required = c.Name+"_"+in.Name, c.Title+"·"+in.Title, c.TitleEN+": "+in.TitleEN, false
		in.value = func(v reflect.Value) table.Value {
			if v.Kind() == reflect.Pointer {
				if v.IsNil() {
					return table.Value{}
				}
				v = v.Elem()
			}
			return get(v)
		}
		out = append(out, in)
	}
	return out
}

// plain returns the struct that t is or points to if all its fields are plain values (a condition on cases counts as one), else nil.
func plain(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	for i := range t.NumField() {
		f := t.Field(i)
		k := f.Type.Kind()
		if k == reflect.Pointer {
			k = f.Type.Elem().Kind()
		}
		if f.Anonymous || k == reflect.Struct || k == reflect.Slice || k == reflect.Map && f.Type != whenType {
			return nil
		}
	}
	return t
}

// titled makes a column with the titles that its key has.
func titled(name string, a attrs) table.Column {
	title, description := a.title, a.description
	if title == "" {
		title, description = description, ""
	}
	zh, en, _ := strings.Cut(title, " / ")
	if zh == "" {
		zh, en = name, name
	}
	return table.Column{Name: name, Title: zh, TitleEN: en, Description: description}
}

// text is a text of a record in NFC with LF line ends, as in the JSON.
func text(s string) table.Value {
	s = output.NFC(s)
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	}
	return table.TextOf(s)
}

// tableOf makes a table of columns and of what its rows are made of.
func tableOf[T any](name, title, titleEN string, key []string, columns []column[T], rows func(yield func(T) bool)) *table.Table {
	t := &table.Table{Name: name, Title: title, TitleEN: titleEN, Key: key}
	for _, c := range columns {
		c.Required = c.Required || slices.Contains(key, c.Name)
		t.Columns = append(t.Columns, c.Column)
	}
	t.Rows = func(yield func([]table.Value) bool) {
		row := make([]table.Value, len(columns))
		for v := range rows {
			for i := range columns {
				row[i] = columns[i].value(v)
			}
			if !yield(row) {
				return
			}
		}
	}
	return t
}
