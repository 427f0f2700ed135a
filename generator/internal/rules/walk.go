package rules

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// place is one key of one record while it is walked. Path is reused from key to key: copy it to keep it.
type place struct {
	file *catalog.File
	path []string
	key  record.Key
}

// hooks are what rules want to see of the walk.
type hooks struct {
	text   []func(at *place, s string)
	key    []func(at *place, v reflect.Value)
	list   []func(at *place, v reflect.Value)
	when   []func(at *place, w record.When)
	finish []func()
}

// onText calls f for every text of every record, those of lists one by one. Empty texts are not told from absent ones and
// are passed over.
func (c *checker) onText(f func(at *place, s string)) { c.hooks.text = append(c.hooks.text, f) }

// onKey calls f for every key that a table of a record has or could have; the value is zero where it is not stated.
func (c *checker) onKey(f func(at *place, v reflect.Value)) { c.hooks.key = append(c.hooks.key, f) }

// onList calls f for every list of tables.
func (c *checker) onList(f func(at *place, v reflect.Value)) { c.hooks.list = append(c.hooks.list, f) }

// onWhen calls f for every condition on cases.
func (c *checker) onWhen(f func(at *place, w record.When)) { c.hooks.when = append(c.hooks.when, f) }

// atEnd calls f after the walk.
func (c *checker) atEnd(f func()) { c.hooks.finish = append(c.hooks.finish, f) }

// walk visits every key of every record once.
func (p *pass) walk() {
	at := &place{path: make([]string, 0, 16)}
	for _, f := range p.files {
		at.file, at.path = f, at.path[:0]
		p.table(at, planOf(f.Kind), reflect.ValueOf(f.Record).Elem())
	}
	for _, f := range p.hooks.finish {
		f()
	}
}

func (p *pass) table(at *place, keys *plan, v reflect.Value) {
	depth := len(at.path)
	for i := range keys.fields {
		f := &keys.fields[i]
		at.path = append(at.path[:depth], f.name)
		p.value(at, f, v.FieldByIndex(f.index))
	}
	at.path = at.path[:depth]
}

// value visits one key and what is below it.
func (p *pass) value(at *place, f *field, v reflect.Value) {
	at.key = f.key
	for _, h := range p.hooks.key {
		h(at, v)
	}
	switch f.shape {
	case shapeText:
		p.text(at, v.String())
	case shapeTexts:
		for i := range v.Len() {
			at.path = append(at.path, strconv.Itoa(i))
			p.text(at, v.Index(i).String())
			at.path = at.path[:len(at.path)-1]
		}
	case shapeWhen:
		if w := v.Interface().(record.When); w != nil {
			for _, h := range p.hooks.when {
				h(at, w)
			}
		}
	case shapeTable:
		if v.IsZero() {
			return
		}
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		p.table(at, f.members, v)
	case shapeTables:
		if v.Len() == 0 {
			return
		}
		for _, h := range p.hooks.list {
			h(at, v)
		}
		for i := range v.Len() {
			at.path = append(at.path, strconv.Itoa(i))
			p.table(at, f.members, v.Index(i))
			at.path = at.path[:len(at.path)-1]
		}
	case shapeMap:
		for _, k := range sortedMapKeys(v) {
			if e := v.MapIndex(reflect.ValueOf(k)); !e.IsNil() {
				at.path = append(at.path, k)
				p.table(at, f.members, e.Elem())
				at.path = at.path[:len(at.path)-1]
			}
		}
	}
}

func (p *pass) text(at *place, s string) {
	if s == "" {
		return
	}
	for _, h := range p.hooks.text {
		h(at, s)
	}
}

func sortedMapKeys(v reflect.Value) []string {
	if v.Len() == 0 {
		return nil
	}
	keys := make([]string, 0, v.Len())
	for _, k := range v.MapKeys() {
		keys = append(keys, k.String())
	}
	slices.Sort(keys)
	return keys
}

// plan is how a Go type of record is walked: its keys in order, embedded sections flattened.
type plan struct{ fields []field }

type field struct {
	name    string
	index   []int
	key     record.Key
	shape   shape
	members *plan
}

type shape int

const (
	shapeOther shape = iota // numbers, truth values, dates and maps of other things
	shapeText
	shapeTexts
	shapeWhen
	shapeTable
	shapeTables
	shapeMap // of tables
)

var plans = sync.OnceValue(func() map[record.Kind]*plan {
	out := map[record.Kind]*plan{}
	for _, kind := range record.Kinds {
		out[kind] = newPlan(kind, reflect.TypeOf(record.New(kind)).Elem(), "")
	}
	return out
})

func planOf(kind record.Kind) *plan { return plans()[kind] }

// newPlan makes the plan of a struct whose keys begin with a prefix in the table of keys.
func newPlan(kind record.Kind, t reflect.Type, prefix string) *plan {
	p := new(plan)
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
		if name == "" || name == "-" {
			continue
		}
		path := prefix + name
		k, _ := record.KeyOf(kind, path)
		p.fields = append(p.fields, newField(kind, f, name, path, k))
	}
	return p
}

// anyMember stands for the name of a member of a map in paths of the table of keys.
const anyMember = ".01."

func newField(kind record.Kind, f reflect.StructField, name, path string, k record.Key) field {
	out := field{name: name, index: f.Index, key: k}
	t := f.Type
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[record.When]():
		out.shape = shapeWhen
	case t.Kind() == reflect.String:
		out.shape = shapeText
	case t.Kind() == reflect.Struct:
		out.shape, out.members = shapeTable, newPlan(kind, t, path+".")
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.String:
		out.shape = shapeTexts
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct:
		out.shape, out.members = shapeTables, newPlan(kind, t.Elem(), path+".")
	case t.Kind() == reflect.Map && t.Elem().Kind() == reflect.Pointer:
		out.shape, out.members = shapeMap, newPlan(kind, t.Elem().Elem(), path+anyMember)
	}
	return out
}
