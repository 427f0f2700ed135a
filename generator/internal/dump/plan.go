package dump

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/record"
)

// node is how values of one Go type, in one place, are written as JSON, and what the published schema says of them. Both come
// from one walk over the type, so that they cannot say different things.
type node struct {
	write  func(b []byte, v reflect.Value) []byte
	schema *schema
}

// scope is where in the table of keys a type stands: a kind of record (or value type) and a path in it. Views of this package,
// whose fields say everything in tags, have no kind.
type scope struct {
	kind record.Kind
	path string
}

func (s scope) in(name string) scope {
	if s.path != "" {
		name = s.path + "." + name
	}
	return scope{s.kind, name}
}

// attrs is what decides how a field is written beside its type.
type attrs struct {
	vocab, ref         string
	format             string
	title, description string
}

// planner makes nodes. Nodes look names and terms up in words; the schema does not depend on them.
type planner struct {
	words *words
	nodes map[planKey]*node
	defs  map[string]*schema // of structs, by snake_case name
}

type planKey struct {
	t reflect.Type
	s scope
}

func newPlanner(w *words) *planner {
	return &planner{words: w, nodes: map[planKey]*node{}, defs: map[string]*schema{}}
}

var (
	dateType     = reflect.TypeFor[record.Date]()
	whenType     = reflect.TypeFor[record.When]()
	standardType = reflect.TypeFor[standard]()
	differsType  = reflect.TypeFor[differs]()
)

// plan returns the node of a type at a place.
func (p *planner) plan(t reflect.Type, s scope, a attrs) *node {
	switch {
	case t == dateType:
		return &node{func(b []byte, v reflect.Value) []byte { return appendDate(b, v.Int()) }, nullable(&schema{Type: "string", Format: "date"})}
	case t == whenType:
		return &node{writeWhen, nullable(&schema{Type: "object", AdditionalProperties: listOf(&schema{Type: "string"})})}
	case t == standardType:
		return p.standardNode()
	case t == differsType:
		return p.differsNode()
	case t.Implements(spliceType):
		whole := p.plan(reflect.Zero(t).Interface().(splicer).whole(), scope{}, a)
		return &node{writeSplice, nullable(whole.schema)}
	}
	switch t.Kind() {
	case reflect.String:
		return p.text(a, true)
	case reflect.Bool:
		return &node{func(b []byte, v reflect.Value) []byte { return strconv.AppendBool(b, v.Bool()) }, &schema{Type: "boolean"}}
	case reflect.Int, reflect.Int64:
		return &node{func(b []byte, v reflect.Value) []byte { return strconv.AppendInt(b, v.Int(), 10) }, &schema{Type: "integer"}}
	case reflect.Float64:
		return &node{func(b []byte, v reflect.Value) []byte { return strconv.AppendFloat(b, v.Float(), 'f', -1, 64) }, &schema{Type: "number"}}
	case reflect.Pointer:
		return p.pointer(t, s, a)
	case reflect.Slice:
		return p.list(t, s, a)
	case reflect.Struct:
		return p.object(t, s)
	}
	panic("dump: no JSON for " + t.String())
}

// text is a plain text, a term of a vocabulary as {code, label}, or a reference as {id, name}. Inside lists "" is a text like
// any other, elsewhere it is not stated.
func (p *planner) text(a attrs, alone bool) *node {
	write, form := appendText, nullable(&schema{Type: "string", Format: a.format})
	switch {
	case a.vocab != "":
		terms := p.words.terms(a.vocab)
		p.defs["term"] = termSchema
		write, form = terms.write, nullable(&schema{Ref: "#/$defs/term"})
	case a.ref != "" && p.words.named(a.ref):
		names := p.words.names(a.ref)
		p.defs["reference"] = referenceSchema
		write, form = names.write, nullable(&schema{Ref: "#/$defs/reference"})
	case !alone:
		write, form = appendString, &schema{Type: "string"}
	}
	return &node{func(b []byte, v reflect.Value) []byte { return write(b, v.String()) }, form}
}

func (p *planner) pointer(t reflect.Type, s scope, a attrs) *node {
	to := p.plan(t.Elem(), s, a)
	return &node{func(b []byte, v reflect.Value) []byte {
		if v.IsNil() {
			return append(b, "null"...)
		}
		return to.write(b, v.Elem())
	}, nullable(to.schema)}
}

func (p *planner) list(t reflect.Type, s scope, a attrs) *node {
	var elem *node
	if t.Elem().Kind() == reflect.String {
		elem = p.text(a, false)
	} else {
		elem = p.plan(t.Elem(), s, a)
	}
	return &node{func(b []byte, v reflect.Value) []byte {
		if v.IsNil() {
			return append(b, "null"...)
		}
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			b = elem.write(b, v.Index(i))
		}
		return append(b, ']')
	}, nullable(listOf(elem.schema))}
}

// member is one key of an object.
type member struct {
	open  string // ,"key":
	index []int
	node  *node
	after string // what follows the value: a constant key, as the currency of an amount

	name  string
	of    string // name of the struct it is a field of
	attrs attrs
	in    scope
	field reflect.Type
	never bool // null
}

// object is a struct with its keys in the order of its fields; embedded structs are flattened.
func (p *planner) object(t reflect.Type, s scope) *node {
	key := planKey{t, s}
	if n := p.nodes[key]; n != nil {
		return n
	}
	form := &schema{Type: "object"}
	members := p.members(t, s, nil, form)
	n := &node{func(b []byte, v reflect.Value) []byte {
		from := len(b)
		for i := range members {
			m := &members[i]
			b = append(b, m.open...)
			f := v
			for _, x := range m.index {
				if f.Kind() == reflect.Pointer {
					f = f.Elem()
				}
				f = f.Field(x)
			}
			b = m.node.write(b, f)
			b = append(b, m.after...)
		}
		b[from] = '{'
		return append(b, '}')
	}, form}
	if s.kind != "" {
		name := snake(t.Name())
		if p.defs[name] == nil {
			p.defs[name] = form
		}
		n.schema = &schema{Ref: "#/$defs/" + name}
	}
	p.nodes[key] = n
	return n
}

// members lists the keys of a struct. A field is a key of a record (tag toml, told by the table of keys), a key of a view (tag
// json, with vocab, ref and doc, rows where its type is a record's, and "always" where it is never null), or embedded; skip
// names what a view leaves out.
func (p *planner) members(t reflect.Type, s scope, skip []string, form *schema) []member {
	var out []member
	for i := range t.NumField() {
		f := t.Field(i)
		inner := s
		if rows := f.Tag.Get("rows"); rows != "" {
			kind, path, _ := strings.Cut(rows, ":")
			inner = scope{record.Kind(kind), path}
		}
		if f.Anonymous {
			et := f.Type
			if et.Kind() == reflect.Pointer {
				et = et.Elem()
			}
			if slices.Contains(skip, et.Name()) {
				continue
			}
			for _, m := range p.members(et, inner, append(skip, strings.Split(f.Tag.Get("skip"), ",")...), form) {
				m.index = append([]int{i}, m.index...)
				out = append(out, m)
			}
			continue
		}
		name, always := strings.CutSuffix(f.Tag.Get("json"), ",always")
		a := attrs{vocab: f.Tag.Get("vocab"), ref: f.Tag.Get("ref"), format: f.Tag.Get("format"), description: f.Tag.Get("doc")}
		if toml := f.Tag.Get("toml"); toml != "" {
			name, inner = toml, s.in(toml)
			a = rowOf(inner)
		}
		if name == "" || slices.Contains(skip, name) {
			continue
		}
		m := member{open: `,"` + name + `":`, index: []int{i}, node: p.plan(f.Type, inner, a),
			name: name, of: t.Name(), attrs: a, in: inner, field: f.Type, never: always}
		form.add(name, m.node.schema, a)
		if always {
			form.Properties[len(form.Properties)-1].form.Nullable = false
		}
		if c := constants[t.Name()+"."+name]; c != nil {
			m.after = `,"` + c.name + `":"` + c.form.Const + `"`
			form.Properties = append(form.Properties, *c)
		}
		out = append(out, m)
	}
	return out
}

// constants are keys that follow another and always say the same: money is a decimal text with its currency.
var constants = map[string]*property{
	"FeeItem.amount": {"currency", &schema{Const: "CNY"}},
	"Amount.value":   {"currency", &schema{Const: "CNY"}},
}

// rowOf reads what the table of keys says of a place. A key without a row is a mistake of the programmer.
func rowOf(s scope) attrs {
	k, ok := record.KeyOf(s.kind, s.path)
	if !ok {
		panic("dump: no row for the key " + s.path + " of " + string(s.kind))
	}
	return attrs{vocab: k.Vocabulary, ref: k.Ref, title: k.Title.ZH + " / " + k.Title.EN, description: k.Description.ZH + " / " + k.Description.EN}
}

// writeWhen writes the questions in order of their ids.
func writeWhen(b []byte, v reflect.Value) []byte {
	if v.IsNil() {
		return append(b, "null"...)
	}
	when := v.Interface().(record.When)
	questions := make([]string, 0, len(when))
	for q := range when {
		questions = append(questions, q)
	}
	slices.Sort(questions)
	b = append(b, '{')
	for i, q := range questions {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, q), ':', '[')
		for j, o := range when[q] {
			if j > 0 {
				b = append(b, ',')
			}
			b = appendString(b, o)
		}
		b = append(b, ']')
	}
	return append(b, '}')
}

// snake turns the name of a Go type into a key: MaterialUse is material_use, FAQ is faq.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		upper := r >= 'A' && r <= 'Z'
		if upper && i > 0 && (name[i-1] > 'Z' || i+1 < len(name) && name[i+1] > 'Z') {
			b.WriteByte('_')
		}
		b.WriteString(strings.ToLower(string(r)))
	}
	return b.String()
}
