package dump

import (
	"bytes"
	"encoding/json"
	"strings"
)

// schema is the part of JSON Schema 2020-12 that the published files need. What it describes is tolerant: any value may be
// null, and keys it does not know are allowed, so that a reader of v1 survives keys added later.
type schema struct {
	Head                 []property // $schema, $id
	Ref                  string
	Title, Description   string
	Type                 string
	Format               string
	Const                string
	Nullable             bool
	Items                *schema
	Properties           []property
	Optional             bool // properties may be absent
	AdditionalProperties *schema
	Defs                 []property
}

// property is a key and what it holds; lists of them keep the order in which the keys are written.
type property struct {
	name string
	form *schema
}

var (
	termSchema = &schema{Type: "object", Title: "词表中的一项 / a term of a vocabulary",
		Description: "code 是本词表内唯一、不变的编号，全表（含国家代码）在 /data/codes/<词表>.json；label 是中文名 / code is unique in its vocabulary and never changes; /data/codes/<vocabulary>.json has all terms with their national codes",
		Properties:  []property{{"code", &schema{Type: "string"}}, {"label", &schema{Type: "string"}}}}
	referenceSchema = &schema{Type: "object", Title: "指向另一条记录 / a reference to another record",
		Properties: []property{{"id", &schema{Type: "string"}}, {"name", nullable(&schema{Type: "string"})}}}
)

func nullable(s *schema) *schema {
	n := *s
	n.Nullable = true
	return &n
}

func listOf(s *schema) *schema { return &schema{Type: "array", Items: s} }

// add appends a property with its words.
func (s *schema) add(name string, form *schema, a attrs) {
	f := *form
	f.Title, f.Description = a.title, a.description
	s.Properties = append(s.Properties, property{name, &f})
}

// MarshalJSON writes the keywords in a fixed order.
func (s *schema) MarshalJSON() ([]byte, error) {
	o := new(ordered)
	for _, h := range s.Head {
		o.put(h.name, h.form.Const)
	}
	if s.Title != "" {
		o.put("title", s.Title)
	}
	if s.Description != "" {
		o.put("description", s.Description)
	}
	null := &schema{Type: "null"}
	switch {
	case s.Ref != "" && s.Nullable:
		o.put("anyOf", []*schema{{Ref: s.Ref}, null})
	case s.Ref != "":
		o.put("$ref", s.Ref)
	case s.Const != "" && s.Type == "":
		o.put("const", s.Const)
	case s.Nullable:
		o.put("type", []string{s.Type, "null"})
	default:
		o.put("type", s.Type)
	}
	if s.Format != "" {
		o.put("format", s.Format)
	}
	if s.Items != nil {
		o.put("items", s.Items)
	}
	if s.Properties != nil {
		o.properties(s)
	}
	if s.AdditionalProperties != nil {
		o.put("additionalProperties", s.AdditionalProperties)
	}
	if s.Defs != nil {
		o.put("$defs", orderedProperties(s.Defs))
	}
	return o.close()
}

// ordered writes a JSON object whose keys stay in order.
type ordered struct {
	b   bytes.Buffer
	err error
}

func (o *ordered) put(key string, value any) {
	if o.b.Len() > 0 {
		o.b.WriteByte(',')
	}
	o.b.Write(appendString(nil, key))
	o.b.WriteByte(':')
	e := json.NewEncoder(&o.b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil && o.err == nil {
		o.err = err
	}
}

func (o *ordered) properties(s *schema) {
	o.put("properties", orderedProperties(s.Properties))
	if s.Optional {
		return
	}
	required := make([]string, len(s.Properties))
	for i, p := range s.Properties {
		required[i] = p.name
	}
	o.put("required", required)
}

func (o *ordered) close() ([]byte, error) {
	return append(append([]byte{'{'}, o.b.Bytes()...), '}'), o.err
}

type orderedProperties []property

// MarshalJSON writes the properties as one object.
func (ps orderedProperties) MarshalJSON() ([]byte, error) {
	o := new(ordered)
	for _, p := range ps {
		o.put(p.name, p.form)
	}
	return o.close()
}

// document returns a schema with the definitions it reaches as a file: 2020-12, indented, for people to read.
func (p *planner) document(root *schema, id, title, description string) ([]byte, error) {
	doc := *root
	if name, ok := strings.CutPrefix(root.Ref, defsPrefix); ok {
		doc = *p.defs[name]
	}
	doc.Head = []property{{"$schema", &schema{Const: "https://json-schema.org/draft/2020-12/schema"}}, {"$id", &schema{Const: id}}}
	doc.Title, doc.Description = title, description
	doc.Defs = p.reached(&doc)
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(&doc)
	return b.Bytes(), err
}

const defsPrefix = "#/$defs/"

// reached returns the definitions that a schema refers to, in the order in which a reader meets them.
func (p *planner) reached(root *schema) []property {
	var out []property
	seen := map[string]bool{}
	var walk func(s *schema)
	walk = func(s *schema) {
		if s == nil {
			return
		}
		if name, ok := strings.CutPrefix(s.Ref, defsPrefix); ok && !seen[name] {
			seen[name] = true
			out = append(out, property{name, p.defs[name]})
			walk(p.defs[name])
		}
		walk(s.Items)
		walk(s.AdditionalProperties)
		for _, c := range s.Properties {
			walk(c.form)
		}
	}
	walk(root)
	return out
}
