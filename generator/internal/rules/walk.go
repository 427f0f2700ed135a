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
	key  *record.Key
}

// wanted says which keys a rule wants to see; it is asked once for each key that records may have.
type wanted func(k *field) bool

// hooks are what rules want to see of the walk.
type hooks struct {
	text   []hook[func(at *place, s string)]
	stated []hook[func(at *place, v reflect.Value)]
	absent []hook[func(at *place, v reflect.Value)]
	found  []finder
	list   []func(at *place, v reflect.Value)
	when   []func(at *place, w record.When)
	finish []func()
}

type hook[F any] struct {
	wants wanted
	f     F
}

// finder looks for something in all texts, wherever they stand.
type finder struct {
	find func(s string) string
	f    func(at *place, s, found string)
}

// onText calls f for the texts of some keys of every record, those of lists one by one. Empty texts are not told from absent ones and
// are passed over.
func (c *checker) onText(wants wanted, f func(at *place, s string)) {
	c.hooks.text = append(c.hooks.text, hook[func(*place, string)]{wants, f})
}

// onFound calls f for every text of every record in which find finds something; what it finds follows from the text alone, for it is
// asked once for a text that many places have. What that means where the text stands is up to f.
func (c *checker) onFound(find func(s string) string, f func(at *place, s, found string)) {
	c.hooks.found = append(c.hooks.found, finder{find, f})
}

// onKey calls f for some keys wherever a record states them: with a value that is not zero.
func (c *checker) onKey(wants wanted, f func(at *place, v reflect.Value)) {
	c.hooks.stated = append(c.hooks.stated, hook[func(*place, reflect.Value)]{wants, f})
}

// onAbsent calls f for some keys that a table of a record could have and has not, or with a zero.
func (c *checker) onAbsent(wants wanted, f func(at *place, v reflect.Value)) {
	c.hooks.absent = append(c.hooks.absent, hook[func(*place, reflect.Value)]{wants, f})
}

// onList calls f for every list of tables.
func (c *checker) onList(f func(at *place, v reflect.Value)) { c.hooks.list = append(c.hooks.list, f) }

// onWhen calls f for every condition on cases.
func (c *checker) onWhen(f func(at *place, w record.When)) { c.hooks.when = append(c.hooks.when, f) }

// atEnd calls f after the walk.
func (c *checker) atEnd(f func()) { c.hooks.finish = append(c.hooks.finish, f) }

// keyed wants texts by the names of their keys.
func keyed(names ...string) wanted {
	return func(k *field) bool { return k.shape == shapeText && slices.Contains(names, k.name) }
}

// refersTo wants what refers to a kind of records.
func refersTo(kinds ...string) wanted {
	return func(k *field) bool { return slices.Contains(kinds, k.key.Ref) }
}

// typed wants keys by their type in Go.
func typed(types ...reflect.Type) wanted {
	return func(k *field) bool { return slices.Contains(types, k.goType) }
}

// sight is what a pass has to show of one key.
type sight struct {
	text           []func(at *place, s string)
	stated, absent []func(at *place, v reflect.Value)
}

// look finds out what to show of each key, and of which sections what they lack.
func (p *pass) look() {
	all := plans()
	p.sights, p.lacks = make([]sight, len(all.fields)), make([]bool, all.sections)
	for n, f := range all.fields {
		p.sights[n] = sight{sightsOf(p.hooks.text, f), sightsOf(p.hooks.stated, f), sightsOf(p.hooks.absent, f)}
		p.lacks[f.section] = p.lacks[f.section] || len(p.sights[n].absent) > 0
	}
}

func sightsOf[F any](hooks []hook[F], f *field) []F {
	var out []F
	for _, h := range hooks {
		if h.wants(f) {
			out = append(out, h.f)
		}
	}
	return out
}

// walk visits every key of some records once.
func (p *pass) walk(files []*catalog.File) {
	p.look()
	at := &place{path: make([]string, 0, 16)}
	for _, f := range files {
		at.file, at.path = f, at.path[:0]
		p.table(at, planOf(f.Kind), reflect.ValueOf(f.Record).Elem())
	}
	for _, f := range p.hooks.finish {
		f()
	}
}

func (p *pass) table(at *place, keys *plan, v reflect.Value) {
	depth := len(at.path)
	for i := range keys.sections {
		s := &keys.sections[i]
		in := v
		if len(s.index) > 0 {
			// Most records of places state nothing of most sections.
			if in = reflect.Indirect(v.FieldByIndex(s.index)); !p.lacks[s.no] && in.IsZero() {
				continue
			}
		}
		for n := range s.fields {
			f := &s.fields[n]
			at.path = append(at.path[:depth], f.name)
			p.value(at, f, in.Field(f.index[len(f.index)-1]))
		}
	}
	at.path = at.path[:depth]
}

// value visits one key and what is below it.
func (p *pass) value(at *place, f *field, v reflect.Value) {
	at.key = &f.key
	see := &p.sights[f.no]
	if v.IsZero() {
		for _, h := range see.absent {
			h(at, v)
		}
		return
	}
	for _, h := range see.stated {
		h(at, v)
	}
	switch f.shape {
	case shapeText:
		p.text(at, see, v.String())
	case shapeTexts:
		for i := range v.Len() {
			at.path = append(at.path, strconv.Itoa(i))
			p.text(at, see, v.Index(i).String())
			at.path = at.path[:len(at.path)-1]
		}
	case shapeWhen:
		for _, h := range p.hooks.when {
			h(at, v.Interface().(record.When))
		}
	case shapeTable:
		p.table(at, f.members, reflect.Indirect(v))
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

func (p *pass) text(at *place, see *sight, s string) {
	if s == "" {
		return
	}
	for _, h := range see.text {
		h(at, s)
	}
	for n, in := 0, p.foundIn(at.file, s); in != 0; n, in = n+1, in>>1 {
		if in&1 != 0 {
			h := &p.hooks.found[n]
			h.f(at, s, h.find(s))
		}
	}
}

// foundIn returns a bit for each finder that finds something in a text. Places say the same as others: of their records it is kept.
func (p *pass) foundIn(file *catalog.File, s string) uint64 {
	local := file.Kind == record.KindImplementation || file.Kind == record.KindDivision
	if local {
		if in, known := p.texts[s]; known {
			return in
		}
	}
	var in uint64
	for n := range p.hooks.found {
		if p.hooks.found[n].find(s) != "" {
			in |= 1 << n
		}
	}
	if local {
		p.texts[s] = in
	}
	return in
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
type plan struct {
	fields   []field
	sections []section
}

// section is keys that stand in one Go struct: the record itself, or one that is embedded in it.
type section struct {
	no     int   // among those of all plans
	index  []int // of the embedded struct
	fields []field
}

type field struct {
	no      int // among those of all plans
	section int // its number
	name    string
	index   []int
	goType  reflect.Type
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

// planned is the plans of all kinds, with all their fields by number.
type planned struct {
	of       map[record.Kind]*plan
	fields   []*field
	sections int
}

var plans = sync.OnceValue(func() *planned {
	out := &planned{of: map[record.Kind]*plan{}}
	for _, kind := range record.Kinds {
		out.of[kind] = newPlan(kind, reflect.TypeOf(record.New(kind)).Elem(), "")
		out.number(out.of[kind])
	}
	return out
})

func planOf(kind record.Kind) *plan { return plans().of[kind] }

// number parts a plan, and those of its members, into sections, and numbers what it has.
func (x *planned) number(p *plan) {
	for n := range p.fields {
		f := &p.fields[n]
		in := f.index[:len(f.index)-1]
		if last := len(p.sections) - 1; last < 0 || !slices.Equal(p.sections[last].index, in) {
			p.sections = append(p.sections, section{no: x.sections, index: in, fields: p.fields[n:n]})
			x.sections++
		}
		s := &p.sections[len(p.sections)-1]
		s.fields = s.fields[:len(s.fields)+1]
		f.no, f.section = len(x.fields), s.no
		x.fields = append(x.fields, f)
		if f.members != nil {
			x.number(f.members)
		}
	}
}

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
	out := field{name: name, index: f.Index, goType: f.Type, key: k}
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
