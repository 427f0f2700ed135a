package changes

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// leaf is one comparable value of a state.
type leaf struct {
	key    string // with the ids of list members: materials.id-card.necessity
	plain  string // the same without ids, as in the key table: materials.necessity
	owner  string // the key of the list member it belongs to: materials.id-card
	member string // what people call that member: 居民身份证
	outer  string // and the member in which that member is: a window's hall
	text   string // the value in words
	raw    string // the value as written, which decides whether it is the same: a renamed law is no change of those who cite it
	value  any    // nil for a text
}

// isThere is the raw value of the leaf that says that a list member exists; its text is the member's name.
const isThere = "有"

// leaves is a flattened state in the order of the record's keys.
type leaves struct {
	kind       record.Kind
	state      state
	place      *catalog.Division // whose bodies and halls ids may name; nil for none
	cases      []record.Case     // the questions that the conditions of values speak of
	hideLimits bool              // the limits of steps are not shown
	room       *[fewLeaves]leaf
	all        []leaf         // in the room as long as there are few
	at         map[string]int // by key; nil while there are few
}

// rooms are for the leaves of terms, of which there are some for every place, and which are gone when they are compared.
var rooms = sync.Pool{New: func() any { return new([fewLeaves]leaf) }}

func newLeaves(kind record.Kind, s state) *leaves {
	room := rooms.Get().(*[fewLeaves]leaf)
	return &leaves{kind: kind, state: s, room: room, all: room[:0]}
}

// free lets others have the room.
func (l *leaves) free() {
	clear(l.room[:])
	rooms.Put(l.room)
	l.room, l.all = nil, nil
}

// fewLeaves are found as fast one by one. Most differences between two places are a handful.
const fewLeaves = 16

func (l *leaves) add(x leaf) {
	if _, twice := l.find(x.key); twice {
		return
	}
	l.all = append(l.all, x)
	switch {
	case l.at != nil:
		l.at[x.key] = len(l.all) - 1
	case len(l.all) > fewLeaves:
		l.at = make(map[string]int, 2*fewLeaves)
		for i := range l.all {
			l.at[l.all[i].key] = i
		}
	}
}

// find returns where the leaf with a key stands.
func (l *leaves) find(key string) (int, bool) {
	if l.at != nil {
		i, ok := l.at[key]
		return i, ok
	}
	for i := range l.all {
		if l.all[i].key == key {
			return i, true
		}
	}
	return 0, false
}

func (l *leaves) get(key string) (leaf, bool) {
	i, ok := l.find(key)
	if !ok {
		return leaf{}, false
	}
	return l.all[i], true
}

// skipped keys say nothing about the subject itself: what happened before the library, who looked at the record, how far it
// reaches (its effect is compared where it shows), and internal marks.
var skipped = map[string]bool{
	"events": true, "verified": true, "review": true, "deviation": true, "reach": true, "list_reviews": true, "sample": true,
}

// flattenRecord flattens a record as written (an item, a law, a list …).
func flattenRecord(f *catalog.File, s state) *leaves {
	l := newLeaves(f.Kind, s)
	switch r := f.Record.(type) {
	case *record.Procedure:
		l.cases = r.Cases
	case *record.Bundle:
		l.cases = r.Cases
	}
	l.walk(reflect.ValueOf(f.Record).Elem(), at{})
	return l
}

// flattenPlace flattens a place with the bodies and halls it really has, the defaults of its level included.
func flattenPlace(d *catalog.Division, s state) *leaves {
	l := newLeaves(record.KindDivision, s)
	l.place = d
	r := *d.Division
	r.Orgs, r.Halls = nil, nil
	for _, o := range d.Orgs {
		r.Orgs = append(r.Orgs, *o.Org)
	}
	for _, h := range d.Halls {
		r.Halls = append(r.Halls, *h.Hall)
	}
	l.walk(reflect.ValueOf(&r).Elem(), at{})
	return l
}

// flattenGuide flattens the guide of a place: its terms, its body and where it is handled, whoever says so.
func flattenGuide(g *catalog.Guide, s state) *leaves {
	t := *g.Terms
	local := *t.Local
	local.Org, local.Places = g.Org.ID, nil
	t.Local = &local
	l := flattenTerms(&t, g.Division, s)
	list := at{key: "places", plain: "places"}
	for _, p := range g.Places {
		m := l.member(list, p.Hall.ID, p.Hall.Name)
		if p.Window != nil {
			l.leaf(m.in("window"), p.Window.Number, p.Window.Number, nil)
		}
		if p.Role != "" {
			l.leaf(m.in("role"), p.Role, p.Role, nil)
		}
	}
	return l
}

// flattenTerms flattens what a guide says beyond its identity: every section, resolved, and the local values.
func flattenTerms(t *catalog.Terms, place *catalog.Division, s state) *leaves {
	return flattenBeside(&catalog.Terms{}, t, place, s, nil)
}

// flattenBeside flattens terms to compare them with others. What is the very same in both is left out, papers and steps too, for places
// share nearly all of a standard: also where the cases are others, in whose words conditions are told, for what is written decides. Keys in without
// are left out of sections.
func flattenBeside(other, t *catalog.Terms, place *catalog.Division, s state, without []string) *leaves {
	l := newLeaves(record.KindImplementation, s)
	l.place, l.cases = place, t.Scope.Cases
	sections, others := sectionsOf(t), sectionsOf(other)
	for i, section := range sections {
		if section != others[i] {
			l.walkBeside(reflect.ValueOf(others[i]).Elem(), reflect.ValueOf(section).Elem(), without)
		}
	}
	if t.Papers != other.Papers {
		l.papers(t.Papers, other.Papers)
	}
	l.hideLimits = t.Process.HideLimits
	if t.Process != other.Process {
		l.steps(t.Process, other.Process)
	}
	return l
}

// sectionsOf are the sections that are walked as they are, papers and steps apart.
func sectionsOf(t *catalog.Terms) [11]any {
	return [...]any{t.Scope, t.Powers, t.Timing, t.Outcome, t.Cost, t.Access, t.Relations, t.Facilitation, t.Protection, t.Questions, t.Local}
}

// walkBeside walks a section without the given keys and those that have the same value in another section, which may be missing.
func (l *leaves) walkBeside(other, v reflect.Value, without []string) {
	if !other.IsValid() && without == nil {
		l.walk(v, at{})
		return
	}
	for _, k := range keysOf(v.Type()) {
		f := v.Field(k.index)
		if slices.Contains(without, k.name) || other.IsValid() && equal(f, other.Field(k.index)) {
			continue
		}
		l.key(f, k, at{})
	}
}

// equal reports whether two values of one type are the same; most are not stated.
func equal(x, y reflect.Value) bool {
	return x.IsZero() && y.IsZero() || reflect.DeepEqual(x.Interface(), y.Interface())
}

// papers adds the papers that stand otherwise in the other list, which may be missing, and what is said of those that are other papers.
func (l *leaves) papers(papers, others *catalog.Papers) {
	var lines []*catalog.Paper
	if others != nil {
		lines = others.Lines
	}
	for i, p := range papers.Lines {
		other := beside(lines, i, func(o *catalog.Paper) bool { return o.MaterialUse == p.MaterialUse })
		if other != nil && other.Drop == nil && p.Drop == nil {
			continue
		}
		m := l.member(at{key: "materials", plain: "materials"}, p.Key(), l.material(p.MaterialUse))
		if p.Drop != nil {
			l.drop(m, p.Drop)
		}
		if other == nil {
			l.walk(reflect.ValueOf(p.MaterialUse).Elem(), m)
		}
	}
}

// steps adds the steps as papers does the papers.
func (l *leaves) steps(process, others *catalog.Process) {
	var steps []*catalog.Step
	if others != nil {
		steps = others.Steps
	}
	for i, step := range process.Steps {
		other := beside(steps, i, func(o *catalog.Step) bool { return o.Step == step.Step })
		if other != nil && other.Drop == nil && step.Drop == nil {
			continue
		}
		m := l.member(at{key: "steps", plain: "steps"}, step.ID, step.Name)
		if step.Drop != nil {
			l.drop(m, step.Drop)
		}
		if other == nil {
			l.walk(reflect.ValueOf(step.Step).Elem(), m)
		}
	}
}

// beside finds the member of another list that is the same, most often at the same place; nil for none.
func beside[T any](list []*T, i int, same func(*T) bool) *T {
	if i < len(list) && same(list[i]) {
		return list[i]
	}
	if n := slices.IndexFunc(list, same); n >= 0 {
		return list[n]
	}
	return nil
}

// at is where a walk is: in which key, and in which member of a list (and of which member's list).
type at struct{ key, plain, owner, name, outer string }

// in returns the place of a key of the table the walk is in.
func (a at) in(key string) at {
	if a.key != "" {
		a.key, a.plain = a.key+".", a.plain+"."
	}
	a.key += key
	a.plain += key
	return a
}

func (l *leaves) leaf(a at, text, raw string, value any) {
	l.add(leaf{a.key, a.plain, a.owner, a.name, a.outer, text, raw, value})
}

// member adds the leaf that says that a list member exists and returns where its keys stand. Members with one id are counted.
func (l *leaves) member(list at, id, name string) at {
	key := list.key + "." + id
	for n := 2; ; n++ {
		if _, twice := l.find(key); !twice {
			break
		}
		key = list.key + "." + id + "-" + strconv.Itoa(n)
	}
	if name == "" {
		name = id
	}
	if l.kind == record.KindDefaults {
		name = strings.TrimPrefix(name, "{name}")
	}
	l.add(leaf{key, list.plain, list.owner, name, list.name, name, isThere, nil})
	return at{key, list.plain, key, name, list.name}
}

func (l *leaves) drop(m at, d *record.Drop) {
	text := d.Reason
	if d.Note != "" {
		text += "（" + d.Note + "）"
	}
	l.leaf(m.in("drop"), text, text, d)
}

// structKey is a field of a struct of records.
type structKey struct {
	index    int
	name     string // in TOML
	embedded bool
}

var structKeys sync.Map // reflect.Type → []structKey

// keysOf are the fields of a struct type, worked out once.
func keysOf(t reflect.Type) []structKey {
	if known, ok := structKeys.Load(t); ok {
		return known.([]structKey)
	}
	out := make([]structKey, t.NumField())
	for i := range out {
		f := t.Field(i)
		out[i] = structKey{i, f.Tag.Get("toml"), f.Anonymous}
	}
	structKeys.Store(t, out)
	return out
}

// walk adds the stated keys of a struct.
func (l *leaves) walk(v reflect.Value, a at) {
	for _, k := range keysOf(v.Type()) {
		l.key(v.Field(k.index), k, a)
	}
}

// key adds one key of a struct if it is stated.
func (l *leaves) key(f reflect.Value, k structKey, a at) {
	if k.embedded {
		l.walk(reflect.Indirect(f), a)
		return
	}
	if f.IsZero() && f.Kind() != reflect.Bool || skipped[k.name] && a.key == "" || k.name == "id" {
		return
	}
	l.field(f, a.in(k.name))
}

// field adds one key: a value as a leaf, a table key by key, a list of tables member by member.
func (l *leaves) field(f reflect.Value, a at) {
	if f.Kind() != reflect.String && l.whole(f.Interface(), a) {
		return
	}
	switch f.Kind() {
	case reflect.Pointer:
		l.field(f.Elem(), a)
	case reflect.Struct:
		l.walk(f, a)
	case reflect.Slice:
		if f.Type().Elem().Kind() == reflect.Struct {
			l.members(f, a)
			return
		}
		list := f.Interface().([]string)
		l.list(a, l.names(a.plain, list), list)
	case reflect.Bool:
		text := "否"
		if f.Bool() {
			text = "是"
		}
		l.leaf(a, text, text, f.Bool())
	case reflect.String:
		raw := f.String()
		if l.kind == record.KindDivision && a.owner != "" {
			// The names of bodies and halls follow that of the place: its change is told once.
			raw = strings.ReplaceAll(raw, l.place.Name, "{name}")
		}
		l.leaf(a, l.named(a.plain, f.String()), raw, nil)
	case reflect.Int:
		text := strconv.FormatInt(f.Int(), 10)
		if unit := units[a.plain]; unit != "" {
			text += " " + unit
		}
		l.leaf(a, text, text, int(f.Int()))
	default:
		text := fmt.Sprint(f.Interface())
		l.leaf(a, text, text, f.Interface())
	}
}
