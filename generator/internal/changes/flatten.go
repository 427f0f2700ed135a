package changes

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

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
	value  any
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
	all        []leaf
	at         map[string]int
}

func newLeaves(kind record.Kind, s state) *leaves {
	return &leaves{kind: kind, state: s, at: map[string]int{}}
}

func (l *leaves) add(x leaf) {
	if _, twice := l.at[x.key]; twice {
		return
	}
	l.at[x.key] = len(l.all)
	l.all = append(l.all, x)
}

func (l *leaves) get(key string) (leaf, bool) {
	i, ok := l.at[key]
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

// flattenBeside flattens terms to compare them with others. What is the very same in both is left out, for places share nearly all of
// a standard. With other cases even what is shared reads otherwise, as conditions are told in their words. Keys in without are left
// out of sections.
func flattenBeside(other, t *catalog.Terms, place *catalog.Division, s state, without []string) *leaves {
	l := newLeaves(record.KindImplementation, s)
	l.place, l.cases = place, t.Scope.Cases
	if other.Scope != t.Scope {
		other = &catalog.Terms{}
	}
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
	t, rest := v.Type(), reflect.New(v.Type()).Elem()
	for i := range v.NumField() {
		if slices.Contains(without, t.Field(i).Tag.Get("toml")) || other.IsValid() && reflect.DeepEqual(v.Field(i).Interface(), other.Field(i).Interface()) {
			continue
		}
		rest.Field(i).Set(v.Field(i))
	}
	l.walk(rest, at{})
}

// papers adds the papers, and of those that are other than in the other list what is said of them. That list may be missing.
func (l *leaves) papers(papers, others *catalog.Papers) {
	same := map[*record.MaterialUse]bool{}
	if others != nil {
		for _, p := range others.Lines {
			same[p.MaterialUse] = true
		}
	}
	for _, p := range papers.Lines {
		m := l.member(at{key: "materials", plain: "materials"}, p.Key(), l.material(p.MaterialUse))
		if p.Drop != nil {
			l.drop(m, p.Drop)
		}
		if !same[p.MaterialUse] {
			l.walk(reflect.ValueOf(p.MaterialUse).Elem(), m)
		}
	}
}

// steps adds the steps as papers does the papers.
func (l *leaves) steps(process, other *catalog.Process) {
	same := map[*record.Step]bool{}
	if other != nil {
		for _, s := range other.Steps {
			same[s.Step] = true
		}
	}
	for _, step := range process.Steps {
		m := l.member(at{key: "steps", plain: "steps"}, step.ID, step.Name)
		if step.Drop != nil {
			l.drop(m, step.Drop)
		}
		if !same[step.Step] {
			l.walk(reflect.ValueOf(step.Step).Elem(), m)
		}
	}
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
		if _, twice := l.at[key]; !twice {
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

// walk adds the stated keys of a struct.
func (l *leaves) walk(v reflect.Value, a at) {
	t := v.Type()
	for i := range t.NumField() {
		f, name := v.Field(i), t.Field(i).Tag.Get("toml")
		if t.Field(i).Anonymous {
			l.walk(reflect.Indirect(f), a)
			continue
		}
		if f.IsZero() && f.Kind() != reflect.Bool || skipped[name] && a.key == "" || name == "id" {
			continue
		}
		l.field(f, a.in(name))
	}
}

// field adds one key: a value as a leaf, a table key by key, a list of tables member by member.
func (l *leaves) field(f reflect.Value, a at) {
	if l.whole(f.Interface(), a) {
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
		l.leaf(a, l.names(a.plain, []string{f.String()})[0], raw, f.Interface())
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
