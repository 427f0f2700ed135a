package changes

import (
	"fmt"
	"reflect"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// leaf is one comparable value of a state: its key with the ids of list members, the citizen's label, what it belongs to, and
// its value in words.
type leaf struct {
	key    string // materials.id-card.necessity
	plain  string // the same without ids, as in the key table: materials.necessity
	member string // the name of the list member it belongs to: 居民身份证
	text   string
	value  any
}

// isThere is the text of the leaf that only says that a list member exists.
const isThere = "有"

// leaves is a flattened state in the order of the record's keys.
type leaves struct {
	kind       record.Kind
	hideLimits bool // the limits of steps are not shown
	all        []leaf
	at         map[string]int
	c          *catalog.Catalog
}

func newLeaves(kind record.Kind, c *catalog.Catalog) *leaves {
	return &leaves{kind: kind, at: map[string]int{}, c: c}
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

// skipped keys say nothing about the subject itself: what happened before the library, and internal ids.
var skipped = map[string]bool{"events": true, "verified": true, "review": true, "deviation": true, "reach": true}

// flattenRecord flattens a record as written (an item, a law, a division …).
func flattenRecord(kind record.Kind, r any, c *catalog.Catalog) *leaves {
	l := newLeaves(kind, c)
	l.walk(reflect.ValueOf(r).Elem(), "", "", "")
	return l
}

// flattenGuide flattens what a guide says beyond its identity: every section, resolved, and the local values.
func flattenGuide(s *catalog.Sections, local *record.Local, c *catalog.Catalog) *leaves {
	l := newLeaves(record.KindImplementation, c)
	for _, section := range []any{s.Scope, s.Powers, s.Timing, s.Outcome, s.Cost, s.Access, s.Relations, s.Facilitation, s.Protection, s.Questions, local} {
		if v := reflect.ValueOf(section); !v.IsNil() {
			l.walk(v.Elem(), "", "", "")
		}
	}
	for _, p := range s.Papers.Lines {
		key := "materials." + p.Key()
		if p.Drop != nil {
			continue
		}
		l.add(leaf{key: key, plain: "materials", member: p.Name(), text: isThere})
		l.walk(reflect.ValueOf(p.MaterialUse).Elem(), key+".", "materials.", p.Name())
	}
	l.hideLimits = s.Process.HideLimits
	for _, st := range s.Process.Steps {
		if st.Drop != nil {
			continue
		}
		key := "steps." + st.ID
		l.add(leaf{key: key, plain: "steps", member: st.Name, text: isThere})
		l.walk(reflect.ValueOf(st.Step).Elem(), key+".", "steps.", st.Name)
	}
	return l
}

// walk adds the stated keys of a struct.
func (l *leaves) walk(v reflect.Value, key, plain, member string) {
	t := v.Type()
	for i := range t.NumField() {
		f, name := v.Field(i), t.Field(i).Tag.Get("toml")
		if t.Field(i).Anonymous {
			l.walk(f, key, plain, member)
			continue
		}
		if f.IsZero() || skipped[name] && key == "" || name == "id" {
			continue
		}
		l.field(f, key+name, plain+name, member)
	}
}

// field adds one key: a value as a leaf, a table key by key, a list of tables member by member.
func (l *leaves) field(f reflect.Value, key, plain, member string) {
	switch v := f.Interface().(type) {
	case []record.Limit:
		l.add(leaf{key, plain, member, l.limits(v), v})
		return
	case *record.Limit:
		l.add(leaf{key, plain, member, v.String(), *v})
		return
	case *record.Amount:
		l.add(leaf{key, plain, member, v.Value + " " + v.Unit, v})
		return
	case record.When:
		l.add(leaf{key, plain, member, fmt.Sprint(map[string][]string(v)), v})
		return
	case []record.Basis:
		l.add(leaf{key, plain, member, l.basis(v), v})
		return
	case record.Date:
		l.add(leaf{key, plain, member, v.String(), v})
		return
	}
	switch f.Kind() {
	case reflect.Pointer:
		if f.Elem().Kind() == reflect.Struct {
			l.walk(f.Elem(), key+".", plain+".", member)
			return
		}
		l.field(f.Elem(), key, plain, member)
	case reflect.Struct:
		l.walk(f, key+".", plain+".", member)
	case reflect.Slice:
		if f.Type().Elem().Kind() == reflect.Struct {
			l.members(f, key, plain)
			return
		}
		l.add(leaf{key, plain, member, l.names(plain, f.Interface().([]string)), f.Interface()})
	case reflect.Map:
		for _, k := range f.MapKeys() {
			l.field(f.MapIndex(k), key+"."+k.String(), plain, member)
		}
	case reflect.Bool:
		text := "否"
		if f.Bool() {
			text = "是"
		}
		l.add(leaf{key, plain, member, text, f.Bool()})
	case reflect.String:
		l.add(leaf{key, plain, member, l.names(plain, []string{f.String()}), f.Interface()})
	default:
		l.add(leaf{key, plain, member, fmt.Sprint(f.Interface()), f.Interface()})
	}
}

// names prints the values of a key; where they are ids of records, the records' names.
func (l *leaves) names(plain string, values []string) string {
	k, _ := l.keyOf(plain)
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v
		if name := nameOf(l.c, k.Ref, v); name != "" {
			out[i] = name
		}
	}
	return strings.Join(out, "、")
}

// nameOf returns what people call the record of a kind with the id, or "".
func nameOf(c *catalog.Catalog, kind, id string) string {
	switch record.Kind(kind) {
	case record.KindItem:
		if x := c.Item(id); x != nil {
			return x.Name
		}
	case record.KindLaw:
		if x := c.Laws.Get(id); x != nil {
			return "《" + x.Record.Name + "》"
		}
	case record.KindMaterial:
		if x := c.Materials.Get(id); x != nil {
			return x.Record.Name
		}
	case record.KindCertificate:
		if x := c.Certificates.Get(id); x != nil {
			return x.Record.Name
		}
	case record.KindDocument:
		if x := c.Documents.Get(id); x != nil {
			return x.Record.Title
		}
	case record.KindIntermediary:
		if x := c.Intermediaries.Get(id); x != nil {
			return x.Record.Name
		}
	case record.KindDivision:
		if x := c.Division(id); x != nil {
			return x.Name
		}
	}
	return ""
}

// members adds a list of tables: one leaf for each member's existence and then its keys. A member is known by its id, or by
// what it names; only nameless ones count by position.
func (l *leaves) members(f reflect.Value, key, plain string) {
	for i := range f.Len() {
		m := f.Index(i)
		id, name := memberNames(m, i)
		if u, ok := m.Addr().Interface().(*record.MaterialUse); ok {
			id, name = u.Key(), or(nameOf(l.c, string(record.KindMaterial), u.Material), u.Material)
		}
		if k, ok := l.keyOf(plain + ".item"); ok && name == id {
			name = or(nameOf(l.c, k.Ref, id), name)
		}
		l.add(leaf{key: key + "." + id, plain: plain, member: name, text: isThere})
		l.walk(m, key+"."+id+".", plain+".", name)
	}
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// memberNames returns the id of a list member and how people call it.
func memberNames(m reflect.Value, i int) (id, name string) {
	t := m.Type()
	values := map[string]string{}
	for n := range t.NumField() {
		if m.Field(n).Kind() == reflect.String {
			values[t.Field(n).Tag.Get("toml")] = m.Field(n).String()
		}
	}
	for _, k := range []string{"id", "no", "law", "certificate", "hall", "who", "item", "number", "kind"} {
		if id = values[k]; id != "" {
			break
		}
	}
	for _, k := range []string{"name", "no", "q", "question", "text", "label", "title", "what", "who", "kind"} {
		if name = values[k]; name != "" {
			break
		}
	}
	if id == "" {
		id = fmt.Sprint(i + 1)
	}
	if name == "" {
		name = id
	}
	return id, name
}

// limits prints a list of limits; those that hold only in some cases say so.
func (l *leaves) limits(list []record.Limit) string {
	if len(list) == 0 {
		return "法律法规未规定期限"
	}
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = x.String()
		if len(x.When) > 0 {
			parts[i] += "（部分情形）"
		}
	}
	return strings.Join(parts, "；")
}

func (l *leaves) basis(list []record.Basis) string {
	parts := make([]string, len(list))
	for i, b := range list {
		name := b.Law
		if e := l.c.Laws.Get(b.Law); e != nil {
			name = "《" + e.Record.Name + "》"
		}
		parts[i] = name + b.Article
	}
	return strings.Join(parts, "；")
}
