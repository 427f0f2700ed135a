package dump

import (
	"reflect"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// standard is the keys of a standard, or of a guide's resolved form of it, as one object.
type standard struct{ *catalog.Sections }

// differs is the keys of a standard whose value is another one in a guide, and the local keys it states. It is the part that a
// reader lays over the standard.
type differs struct{ *catalog.Guide }

// paper is a line of the materials: the use, with the id by which it is addressed, and whether the place drops it.
type paper struct {
	record.MaterialUse `rows:"procedure:materials"`
	Drop               *record.Drop `json:"drop" rows:"drop" doc:"本地不收这份材料的原因，null 是要收 / why the place does not ask for it; null: it does"`
}

// step is one step, and whether the place drops it.
type step struct {
	record.Step `rows:"procedure:steps"`
	Drop        *record.Drop `json:"drop" rows:"drop" doc:"本地不用这一步的原因 / why the place does without this step"`
}

// standardKey is one key of the standard: its node and how to find its value in the resolved sections.
type standardKey struct {
	name  string
	node  *node
	attrs attrs
	value func(*catalog.Sections) reflect.Value
}

// standardKeys lists the keys of record.Standard in their order.
func (p *planner) standardKeys() []standardKey {
	var out []standardKey
	t, resolved := reflect.TypeFor[record.Standard](), reflect.TypeFor[catalog.Sections]()
	for i := range t.NumField() {
		section := t.Field(i)
		at, ok := resolved.FieldByName(section.Name)
		if !ok {
			panic("dump: a guide has no section " + section.Name)
		}
		for j := range section.Type.NumField() {
			f := section.Type.Field(j)
			s := scope{record.KindProcedure, f.Tag.Get("toml")}
			k := standardKey{name: s.path, attrs: rowOf(s)}
			switch s.path {
			case "materials":
				k.node = p.plan(reflect.TypeFor[[]paper](), scope{}, attrs{})
				k.value = func(s *catalog.Sections) reflect.Value { return reflect.ValueOf(papersOf(s.Papers)) }
			case "steps":
				k.node = p.plan(reflect.TypeFor[[]step](), scope{}, attrs{})
				k.value = func(s *catalog.Sections) reflect.Value { return reflect.ValueOf(stepsOf(s.Process)) }
			default:
				k.node = p.plan(f.Type, s, k.attrs)
				k.value = func(s *catalog.Sections) reflect.Value {
					return reflect.ValueOf(s).Elem().FieldByIndex(at.Index).Elem().Field(j)
				}
			}
			out = append(out, k)
		}
	}
	return out
}

func papersOf(p *catalog.Papers) []paper {
	if !p.Stated {
		return nil
	}
	out := make([]paper, len(p.Lines))
	for i, line := range p.Lines {
		out[i] = paper{*line.MaterialUse, line.Drop}
		out[i].ID = line.Key()
	}
	return out
}

func stepsOf(p *catalog.Process) []step {
	if p.Steps == nil {
		return nil
	}
	out := make([]step, len(p.Steps))
	for i, s := range p.Steps {
		out[i] = step{*s.Step, s.Drop}
	}
	return out
}

// standardNode writes all keys of a standard.
func (p *planner) standardNode() *node {
	keys := p.standardKeys()
	form := &schema{Type: "object"}
	for _, k := range keys {
		form.add(k.name, k.node.schema, k.attrs)
	}
	p.defs["standard"] = form
	return &node{func(b []byte, v reflect.Value) []byte {
		s := v.Field(0).Interface().(*catalog.Sections)
		from := len(b)
		for i := range keys {
			b = append(append(append(b, `,"`...), keys[i].name...), `":`...)
			b = keys[i].node.write(b, keys[i].value(s))
		}
		b[from] = '{'
		return append(b, '}')
	}, &schema{Ref: defsPrefix + "standard"}}
}

// localKey is one key of record.Local.
type localKey struct {
	name  string
	index int
	node  *node
	attrs attrs
}

// shown are the local keys that a guide's row has resolved at its top and not among what differs.
var shown = map[string]bool{"org": true, "places": true}

func (p *planner) localKeys() []localKey {
	var out []localKey
	t := reflect.TypeFor[record.Local]()
	for i := range t.NumField() {
		s := scope{record.KindImplementation, t.Field(i).Tag.Get("toml")}
		if !shown[s.path] {
			a := rowOf(s)
			out = append(out, localKey{s.path, i, p.plan(t.Field(i).Type, s, a), a})
		}
	}
	return out
}

// differences are the keys in which a guide may differ from its standard: those of the standard, then the local ones.
type differences struct {
	standard []standardKey
	local    []localKey
	at       map[string]int // by name
}

func (p *planner) differences() *differences {
	d := &differences{p.standardKeys(), p.localKeys(), map[string]int{}}
	for i := range len(d.standard) + len(d.local) {
		d.at[d.name(i)] = i
	}
	return d
}

func (d *differences) name(i int) string {
	if i < len(d.standard) {
		return d.standard[i].name
	}
	return d.local[i-len(d.standard)].name
}

// of returns the keys that the origins of a guide set, or a member of which, in order.
func (d *differences) of(g *catalog.Guide) []int {
	var out []int
	for i := range g.Origins {
		key, _, _ := strings.Cut(g.Origins[i].Key, ".")
		if n, ok := d.at[key]; ok && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// append writes the whole value of a key in a guide.
func (d *differences) append(b []byte, i int, g *catalog.Guide) []byte {
	if i < len(d.standard) {
		return d.standard[i].node.write(b, d.standard[i].value(&g.Sections))
	}
	l := &d.local[i-len(d.standard)]
	return l.node.write(b, reflect.ValueOf(g.Local).Elem().Field(l.index))
}

// differsNode writes the keys that the origins of a guide name.
func (p *planner) differsNode() *node {
	d := p.differences()
	form := &schema{Type: "object", Optional: true}
	for _, k := range d.standard {
		form.add(k.name, k.node.schema, k.attrs)
	}
	for _, k := range d.local {
		form.add(k.name, k.node.schema, k.attrs)
	}
	return &node{func(b []byte, v reflect.Value) []byte {
		g := v.Field(0).Interface().(*catalog.Guide)
		from := len(b)
		for _, i := range d.of(g) {
			b = append(append(append(b, `,"`...), d.name(i)...), `":`...)
			b = d.append(b, i, g)
		}
		if len(b) == from {
			b = append(b, '{')
		}
		b[from] = '{'
		return append(b, '}')
	}, form}
}
