package record

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"

	"banshi/generator/internal/diag"
)

// kindTitles is what each kind of record is called, in the words of editors.
var kindTitles = map[Kind]diag.Text{
	KindItem:           {ZH: "事项", EN: "item"},
	KindProcedure:      {ZH: "业务办理项", EN: "procedure"},
	KindImplementation: {ZH: "各地的办理", EN: "implementation"},
	KindDivision:       {ZH: "区划", EN: "division"},
	KindDefaults:       {ZH: "某级区划的通例", EN: "defaults of a level"},
	KindLaw:            {ZH: "依据", EN: "law"},
	KindMaterial:       {ZH: "材料", EN: "material"},
	KindCertificate:    {ZH: "证照", EN: "certificate"},
	KindIntermediary:   {ZH: "中介服务", EN: "intermediary service"},
	KindDocument:       {ZH: "文件", EN: "document"},
	KindList:           {ZH: "清单", EN: "list"},
	KindBundle:         {ZH: "一件事", EN: "bundle"},
	KindSignposts:      {ZH: "指路", EN: "signposts"},
	KindSynonyms:       {ZH: "同义词", EN: "synonyms"},
	KindVocab:          {ZH: "词表", EN: "vocabulary"},
	KindProfile:        {ZH: "要素清单", EN: "profile"},
	KindTargets:        {ZH: "指标", EN: "targets"},
	KindMapping:        {ZH: "目录核对", EN: "mapping"},
	KindBenchmark:      {ZH: "对标", EN: "benchmark"},
	KindPowerList:      {ZH: "权责清单", EN: "power list"},
	KindPlan:           {ZH: "进度安排", EN: "plan"},
	KindSchema:         {ZH: "格式版本", EN: "format version"},
	KindRelease:        {ZH: "发布登记", EN: "release"},
}

// Title returns what the kind is called.
func (k Kind) Title() diag.Text { return kindTitles[k] }

// schemaDialect is the JSON Schema that is written. Nothing in it is newer than draft 4 but $defs, because editors of TOML know
// old drafts best: a reference stands in allOf, where what stands beside it is read too.
const schemaDialect = "https://json-schema.org/draft/2020-12/schema"

// JSONSchema returns the JSON Schema (2020-12) of a kind of record for editors of TOML: every key with its Chinese title and
// description, no others, and the terms of vocabularies as enumerations. Dates are texts of format date, as such editors read
// them. Terms gives the terms of a vocabulary; without any, the key takes every text. The result is nil for an unknown kind.
func JSONSchema(kind Kind, terms func(vocabulary string) []Term) []byte {
	r := New(kind)
	if r == nil {
		return nil
	}
	w := &schemaWriter{terms: terms, defs: map[string]object{}}
	schema := object{{"$schema", schemaDialect}, {"title", kind.Title().ZH}}
	schema = append(schema, w.table(kind, reflect.TypeOf(r).Elem(), "")...)
	if len(w.order) > 0 {
		var defs object
		for _, name := range w.order {
			defs = append(defs, member{name, w.defs[name]})
		}
		schema = append(schema, member{"$defs", defs})
	}
	data, err := json.MarshalIndent(schema, "", "  ")
	if err != nil {
		panic(err)
	}
	return append(data, '\n')
}

// schemaWriter makes one schema; defs are the value types it uses, in the order in which they are met.
type schemaWriter struct {
	terms func(string) []Term
	defs  map[string]object
	order []string
	// overrides is true inside an org or hall of a division: it may stand in divisions/defaults and be overridden here key by
	// key, so that it needs nothing but its id, and whole members of its lists.
	overrides bool
}

// table returns the schema of a struct whose members have rows of the kind at paths that begin with prefix.
func (w *schemaWriter) table(kind Kind, t reflect.Type, prefix string) object {
	var properties object
	var required []string
	for _, f := range fieldsOf(t) {
		k, ok := KeyOf(kind, prefix+f.name)
		if !ok {
			panic("record: no row for " + string(kind) + "." + prefix + f.name)
		}
		if kind == KindImplementation && k.Lock == LockCatalogue {
			continue
		}
		if k.Required && (!w.overrides || k.Path == "id" || strings.Contains(k.Path, ".")) {
			required = append(required, f.name)
		}
		properties = append(properties, member{f.name, w.property(kind, k, t.FieldByIndex(f.index).Type, prefix+f.name)})
	}
	out := object{{"type", "object"}, {"properties", properties}}
	if len(required) > 0 {
		out = append(out, member{"required", required})
	}
	return append(out, member{"additionalProperties", false})
}

// property returns the schema of one key at a path, with its words.
func (w *schemaWriter) property(kind Kind, k Key, t reflect.Type, path string) object {
	// Editors show the description alone, so that it begins with the title.
	out := object{{"title", k.Title.ZH}, {"description", strings.TrimSuffix(k.Title.ZH+"："+k.Description.ZH, "：")}}
	return append(out, w.value(kind, k, t, path)...)
}

func (w *schemaWriter) value(kind Kind, k Key, t reflect.Type, path string) object {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[Date]():
		return object{{"type", "string"}, {"format", "date"}}
	case k.Of != "" && t.Kind() == reflect.Struct:
		return object{{"allOf", []any{w.reference(kind, k.Of, t)}}}
	}
	switch t.Kind() {
	case reflect.String:
		return w.text(k, path)
	case reflect.Int:
		return integer
	case reflect.Float64:
		return object{{"type", "number"}}
	case reflect.Bool:
		return object{{"type", "boolean"}}
	case reflect.Struct:
		return w.table(kind, t, path+".")
	case reflect.Slice:
		return object{{"type", "array"}, {"items", w.value(kind, k, t.Elem(), path)}}
	case reflect.Map:
		out := object{{"type", "object"}}
		if path == "procedure" {
			out = append(out, member{"propertyNames", object{{"pattern", "^[0-9]{2}$"}}})
		}
		// Rows are found below any name that an editor gives; which one stands here does not matter.
		return append(out, member{"additionalProperties", w.value(kind, k, t.Elem(), path+".01")})
	}
	panic("record: no schema for " + t.String())
}

// integer is a number from 0 on: nothing that records count or measure in whole numbers is below it.
var integer = object{{"type", "integer"}, {"minimum", 0}}

// text is a text that is not empty, or one of the terms of its vocabulary.
func (w *schemaWriter) text(k Key, path string) object {
	out := object{{"type", "string"}}
	var terms []Term
	if k.Vocabulary != "" {
		terms = w.terms(k.Vocabulary)
	}
	if len(terms) == 0 {
		if p := form(k, path); p != "" {
			return append(out, member{"pattern", p})
		}
		return append(out, member{"minLength", 1})
	}
	words, docs := make([]string, len(terms)), make([]string, len(terms))
	for i, t := range terms {
		words[i] = t.Term
		docs[i] = strings.TrimSpace(t.EN + "\n" + t.Definition)
	}
	// x-taplo is what the TOML language server shows beside each choice.
	return append(out, member{"enum", words}, member{"x-taplo", object{{"docs", object{{"enumValues", docs}}}}})
}

// The forms of texts that can be told without looking anything up.
const (
	formID        = "^[a-z0-9][a-z0-9-]{1,62}$" // IsID
	formMember    = "^[a-z0-9][a-z0-9-]{0,62}$"
	formProcedure = "^(0[1-9]|[1-9][0-9])$" // IsProcedureNumber
	formCode      = "^(00|[1-9][0-9])[0-9]{4}[0-9A-HJ-NP-RTUWXY]{3}(00Y|[0-9]{3})$"
	formURL       = "^https?://[^ ]+$"
	formUSCC      = "^[0-9A-HJ-NPQRTUWXY]{18}$"
	formDivision  = "^([0-9]{6}|[0-9]{9}|[a-z0-9-]*[a-z-][a-z0-9-]*)$" // IsDivisionID
)

// form returns the pattern of a text that has a form of its own, or "".
func form(k Key, path string) string {
	switch k.Ref {
	case "law", "material", "certificate", "intermediary", "document", "list", "item":
		return formID
	case "division":
		return formDivision
	case "procedure":
		return formProcedure
	}
	switch name := path[strings.LastIndexByte(path, '.')+1:]; {
	case name == "url", name == "mobile_url", name == "official_url":
		return formURL
	case name == "uscc":
		return formUSCC
	case k.Kind == KindItem && path == "code":
		return formCode
	case k.Kind == KindDivision && path == "id":
		return formDivision
	case name == "id":
		return formMember
	}
	return ""
}

// reference returns a reference to a value type in a record of the kind, and defines it where it is met first.
func (w *schemaWriter) reference(kind Kind, of string, t reflect.Type) object {
	if _, ok := w.defs[of]; !ok {
		w.defs[of] = nil
		w.order = append(w.order, of)
		outer := w.overrides
		w.overrides = kind == KindDivision && (of == "org" || of == "hall")
		w.defs[of] = w.table(Kind(of), t, "")
		w.overrides = outer
	}
	return object{{"$ref", "#/$defs/" + of}}
}

// object is a JSON object whose members keep their order, that of the records.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
