package main

import (
	"fmt"
	"strings"

	"banshi/generator/internal/record"
)

// blank writes a new record from the table of keys: what is required as marked blanks, everything else commented out. A
// commented key is #key without a space, so that it is told from prose and comes to life when the # is removed. Plain keys
// stand before tables, as TOML wants it also after some of them have come to life.
type blank struct {
	kind  record.Kind
	ids   []string
	terms func(vocabulary string) []record.Term
	// values are what is known of plain keys, as TOML.
	values map[string]string
	b      strings.Builder
}

// text returns the record.
func (x *blank) text() string {
	fmt.Fprintf(&x.b, "# %s带这个字样的行，填好后把它删掉。行首是 # 的键可写可不写，去掉 # 就用上。\n", mark)
	fmt.Fprintf(&x.b, "# 详细说明：banshi explain %s.键\n", x.kind)
	if x.kind == record.KindImplementation {
		x.b.WriteString("# 这里只写本地和全省标准不一样的：地点、电话，以及对群众更方便的。其余都照全省标准，不用抄。\n")
	}
	keys := x.keys()
	for _, required := range []bool{true, false} {
		for _, k := range keys {
			if !isTable(k) && k.Required == required {
				x.plain(k)
			}
		}
	}
	for _, k := range keys {
		if isTable(k) {
			x.table(k)
		}
	}
	if x.kind == record.KindImplementation {
		x.b.WriteString(ofOneProcedure)
	}
	return x.b.String() + closing(x.kind)
}

// ofOneProcedure shows how an implementation speaks about one procedure, one material or one step.
const ofOneProcedure = `
# 只对一个业务办理项的，写在它的编号下面。
#[procedure.01]
#promise = [{ value = 3, unit = "工作日" }]

# 某份材料这里不用交：写材料的编号和原因。
#[procedure.01.material.business-license]
#drop = { reason = "数据共享" }
`

// keys are the rows at the top of a record that its author writes. An implementation gets those that a place decides itself or
// may improve.
func (x *blank) keys() []record.Key {
	var out []record.Key
	for _, k := range record.KeysOf(x.kind) {
		switch {
		case strings.Contains(k.Path, "."), k.Path == "verified", k.Path == "events", k.Path == "review":
		case k.Path == "procedure", k.Path == "material", k.Path == "step":
		case x.kind == record.KindImplementation && k.Lock == record.LockStandard:
		default:
			out = append(out, k)
		}
	}
	return out
}

// isTable reports whether a key gets a header of its own, because its members do not fit on a line.
func isTable(k record.Key) bool {
	return k.Type == "table" || k.Type == "table-list" || k.Type == "map" || k.Type == "basis-list" && k.Required
}

// plain writes one key on one line below what it means.
func (x *blank) plain(k record.Key) {
	fmt.Fprintf(&x.b, "\n# %s：%s%s\n", k.Title.ZH, k.Description.ZH, x.choices(k))
	value, known := x.known(k)
	switch {
	case known:
		fmt.Fprintf(&x.b, "%s = %s\n", k.Path, value)
	case !k.Required:
		fmt.Fprintf(&x.b, "#%s = %s\n", k.Path, example(k))
	case k.Type == "text":
		fmt.Fprintf(&x.b, "%s = \"\" # %s%s\n", k.Path, mark, k.Title.ZH)
	case k.Type == "text-list":
		fmt.Fprintf(&x.b, "%s = [\n  \"\", # %s%s\n]\n", k.Path, mark, k.Title.ZH)
	default: // no value of these types is a blank
		fmt.Fprintf(&x.b, "#%s = %s # %s%s\n", k.Path, example(k), mark, k.Title.ZH)
	}
}

// known returns the values that a new record begins with.
func (x *blank) known(k record.Key) (value string, ok bool) {
	if value, ok := x.values[k.Path]; ok {
		return value, true
	}
	switch {
	case k.Path == "id":
		return fmt.Sprintf("%q", x.ids[0]), true
	case k.Path == "status" && k.Required:
		return fmt.Sprintf("%q", record.StatusDraft), true
	case k.Path == "code" && x.kind == record.KindDivision:
		return fmt.Sprintf("%q", x.ids[0]), true
	}
	return "", false
}

// table writes a key with its members below a header; all of it commented out unless the key is required.
func (x *blank) table(k record.Key) {
	fmt.Fprintf(&x.b, "\n# %s：%s\n", k.Title.ZH, k.Description.ZH)
	off := "#"
	if k.Required {
		off = ""
	}
	if k.Type == "table" || k.Type == "map" {
		fmt.Fprintf(&x.b, "%s[%s]\n", off, k.Path)
	} else {
		fmt.Fprintf(&x.b, "%s[[%s]]\n", off, k.Path)
	}
	for _, m := range members(x.kind, k) {
		note := m.Title.ZH + x.choices(m.Key)
		switch {
		case m.Required && k.Required && m.Type == "text":
			fmt.Fprintf(&x.b, "%s = \"\" # %s%s\n", m.name, mark, note)
		case m.Required:
			fmt.Fprintf(&x.b, "#%s = %s # 必填，%s\n", m.name, x.inline(m), note)
		default:
			fmt.Fprintf(&x.b, "#%s = %s # %s\n", m.name, x.inline(m), note)
		}
	}
}

// inline is an example value that fits on a line, with the members of tables.
func (x *blank) inline(m namedMember) string {
	if m.Type != "table" && m.Type != "table-list" {
		return example(m.Key)
	}
	var parts []string
	for _, in := range members(m.owner, m.Key) {
		if in.Type != "table" && in.Type != "table-list" {
			parts = append(parts, in.name+" = "+example(in.Key))
		}
	}
	text := "{ " + strings.Join(parts, ", ") + " }"
	if m.Type == "table-list" {
		return "[" + text + "]"
	}
	return text
}

// namedMember is a member of a table under its own name; owner is the kind of record or value whose rows it has.
type namedMember struct {
	record.Key
	name  string
	owner record.Kind
}

// members returns the rows directly inside a key of a kind.
func members(kind record.Kind, k record.Key) []namedMember {
	prefix := k.Path + "."
	if k.Of != "" {
		kind, prefix = record.Kind(k.Of), ""
	}
	var out []namedMember
	for _, m := range record.KeysOf(kind) {
		if name, ok := strings.CutPrefix(m.Path, prefix); ok && !strings.Contains(name, ".") {
			out = append(out, namedMember{m, name, kind})
		}
	}
	return out
}

// choices lists the terms of a key's vocabulary, or says where they are when they are many.
func (x *blank) choices(k record.Key) string {
	if k.Vocabulary == "" {
		return ""
	}
	terms := x.terms(k.Vocabulary)
	const most = 12
	if len(terms) == 0 || len(terms) > most {
		return "（词见 data/vocab/" + k.Vocabulary + ".toml）"
	}
	words := make([]string, len(terms))
	for i, t := range terms {
		words[i] = t.Term
	}
	return "（" + strings.Join(words, "、") + "）"
}

// example is a value of the type of a key.
func example(k record.Key) string {
	switch k.Type {
	case "text-list":
		return `[""]`
	case "integer":
		return "0"
	case "number":
		return "0.0"
	case "boolean":
		return "false"
	case "date":
		return "2026-01-31"
	case "limit":
		return `{ value = 5, unit = "工作日" }`
	case "limits":
		return `[{ value = 5, unit = "工作日" }]`
	case "basis-list":
		return `[{ law = "", article = "" }]`
	case "when":
		return `{ question = ["option"] }`
	case "table", "map":
		return "{}"
	case "table-list":
		return "[]"
	}
	return `""`
}
