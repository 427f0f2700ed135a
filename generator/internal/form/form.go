// Package form lets a place change what it may set itself (lock class L: phones, hours, a suspension, the amount of a benefit …)
// without knowing TOML: it makes the questions of a guide's form from the key table, turns the answers into edits of the place's
// records, says in words what people will see change, and checks the result by the rules of every other record.
//
//   - A [Form] is asked of a [Library] for one guide. It speaks of two records at most: the place's own of the item, which may not be
//     there yet, and the place's, for the hall where the guide is handled.
//   - [Form.Propose] takes answers and makes a [Proposal]: the new bytes of the records, their changes and what is wrong.
//     Nothing is written.
//   - [Proposal.Write] writes it, each file in one piece, and only while the files are what they were.
//
// Edits keep comments, order and everything that the form does not ask about (package tomlfile).
package form

import (
	"reflect"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// Library is the records that forms speak of.
type Library struct {
	Source  *catalog.Source  // every version of every record
	Catalog *catalog.Catalog // what is shown of it
	// Check resolves and checks a Source that differs by an answer.
	Check func(*catalog.Source) (*catalog.Catalog, []diag.Problem)
	// Order is the canonical order of the keys of the table at a path, see [tomlfile.Format].
	Order func(kind record.Kind, path []string) []string
	Lang  string // of messages
}

// Form is the questions about one guide.
type Form struct {
	Guide  *catalog.Guide
	Title  string // item and place
	Groups []Group

	library *Library
}

// Group is the questions about one key, or about one list with a row an element.
type Group struct {
	ID, Title, Hint string
	Note            string // what holds where nothing is answered
	Fields          []Field
	Rows            [][]Field

	record *target
	path   []string   // of the key in its record
	key    record.Key // zero for a key that is a single value
	have   int        // rows that are in the record
}

// Field is one question. Name is that of its input, Value what the record says.
type Field struct {
	Name, Label, Hint, Value string
	Kind                     Kind
	Options                  []Option
	Required                 bool

	member string // of a table; "" for the key itself
	typ    string // of the key table
}

// Option is one answer to choose.
type Option struct{ Value, Label string }

// Kind is how a question is answered.
type Kind string

// The kinds of questions.
const (
	Text   Kind = "text"
	Date   Kind = "date"
	Choice Kind = "choice"
	Lines  Kind = "lines"
)

// target is a record that a form edits.
type target struct {
	path string // of the file
	kind record.Kind
	data []byte // as it is, empty where there is none
	at   reflect.Value
	file *catalog.File // nil where there is none
}

// localKeys are the keys that the form asks about, of those with lock class L. The others need more than a clerk's word: which
// body acts, what is entrusted, what may deviate and what was reviewed.
var localKeys = []string{
	"phones", "suspended", "benefit.amount", "open_period", "places", "appointment", "self_service", "pickup", "one_window", "official_url",
}

// hallKeys are the keys of a hall that the form asks about.
var hallKeys = []string{"hours", "phones"}

// New returns the form of a guide.
func (l *Library) New(g *catalog.Guide) *Form {
	f := &Form{Guide: g, Title: g.Item.Name + "（" + g.Division.Name + "）", library: l}
	own := f.ownRecord()
	for _, path := range localKeys {
		k, ok := record.KeyOf(record.KindImplementation, path)
		if !ok || path == "benefit.amount" && g.Outcome.Benefit == nil {
			continue
		}
		f.Groups = append(f.Groups, f.group(own, own.base(g.Procedure.No, path), k, k.Title.In(l.Lang)))
	}
	if hall := f.hall(); hall != nil {
		place := f.placeRecord()
		at := []string{"halls", strconv.Itoa(place.hallAt(hall.ID))}
		for _, path := range hallKeys {
			if k, ok := record.KeyOf("hall", path); ok {
				group := f.group(place, append(append([]string(nil), at...), path), k, hall.Name+"："+k.Title.In(l.Lang))
				group.Note = l.say("改了这里，这个大厅办的事项全都跟着变。", "This changes for everything that the hall handles.")
				f.Groups = append(f.Groups, group)
			}
		}
	}
	return f
}

// hall is where the guide is handled, nil where that is not known.
func (f *Form) hall() *catalog.Hall {
	for _, p := range f.Guide.Places {
		if p.Hall != nil && p.Hall.Division == f.Guide.Division {
			return p.Hall
		}
	}
	return nil
}

// ownRecord is the place's own record of the item.
func (f *Form) ownRecord() *target {
	g := f.Guide
	t := &target{kind: record.KindImplementation, path: catalog.DataDir + "/" + record.Path(record.KindImplementation, g.Division.ID, g.Item.ID)}
	if t.file = g.Division.Local[g.Item.ID]; t.file != nil {
		t.path, t.data = t.file.Path, t.file.Doc.Data
		t.at = reflect.ValueOf(t.file.Record).Elem()
	} else {
		t.at = reflect.ValueOf(record.New(t.kind)).Elem()
	}
	return t
}

// placeRecord is the record of the place.
func (f *Form) placeRecord() *target {
	file := f.Guide.Division.File
	return &target{kind: record.KindDivision, path: file.Path, data: file.Doc.Data, at: reflect.ValueOf(file.Record).Elem(), file: file}
}

// base is where a key of an implementation is said, or would be: under the procedure if it is there already, else for all.
func (t *target) base(no, path string) []string {
	key := strings.Split(path, ".")
	if below := append([]string{"procedure", no}, key...); valueAt(t.at, below).IsValid() {
		return below
	}
	return key
}

// hallAt is the place of a hall among those of a place's record, the next one where it is only a default.
func (t *target) hallAt(id string) int {
	halls := t.at.Addr().Interface().(*record.Division).Halls
	for i := range halls {
		if halls[i].ID == id {
			return i
		}
	}
	return len(halls)
}

// group makes the questions about one key.
func (f *Form) group(t *target, path []string, k record.Key, title string) Group {
	g := Group{ID: strings.Join(path, "."), Title: title, Hint: k.Description.In(f.library.Lang), record: t, path: path, key: k}
	value := valueAt(t.at, path)
	switch k.Type {
	case "table":
		g.Fields = f.members(g.ID, k, value)
	case "table-list":
		if value.IsValid() {
			g.have = value.Len()
		}
		for i := range g.have {
			g.Rows = append(g.Rows, f.members(g.ID+"."+strconv.Itoa(i), k, value.Index(i)))
		}
		g.Rows = append(g.Rows, f.members(g.ID+"."+strconv.Itoa(g.have), k, reflect.Value{})) // one to add
	default:
		g.Fields = []Field{f.field(g.ID, "", k, value)}
	}
	return g
}

// members makes the questions about the members of a table.
func (f *Form) members(name string, k record.Key, table reflect.Value) []Field {
	var out []Field
	for _, m := range membersOf(k) {
		if m.Type == "when" {
			continue // what depends on cases is not a clerk's word
		}
		member := m.Path[strings.LastIndexByte(m.Path, '.')+1:]
		field := f.field(name+"."+member, member, m, valueAt(table, []string{member}))
		field.Required = m.Required
		out = append(out, field)
	}
	return out
}

// membersOf returns the rows of the members of a key.
func membersOf(k record.Key) []record.Key {
	if k.Of != "" {
		return record.KeysOf(record.Kind(k.Of))
	}
	var out []record.Key
	for _, m := range record.KeysOf(k.Kind) {
		if rest, ok := strings.CutPrefix(m.Path, k.Path+"."); ok && !strings.Contains(rest, ".") {
			out = append(out, m)
		}
	}
	return out
}

// field makes one question.
func (f *Form) field(name, member string, k record.Key, value reflect.Value) Field {
	out := Field{Name: name, Label: k.Title.In(f.library.Lang), Hint: k.Description.In(f.library.Lang), Value: written(value), Kind: Text, member: member, typ: k.Type}
	switch {
	case k.Type == "date":
		out.Kind = Date
	case k.Type == "text-list":
		out.Kind = Lines
	case k.Type == "boolean":
		out.Kind, out.Options = Choice, []Option{{"true", f.library.say("是", "yes")}, {"false", f.library.say("否", "no")}}
	default:
		out.Options = f.options(k)
		if out.Options != nil {
			out.Kind = Choice
		}
	}
	if k.Ref != "" || strings.Contains(out.Hint, "[") {
		out.Hint = "" // it tells how TOML wants it, which a form does by itself
	}
	out.Hint = strings.ReplaceAll(out.Hint, `"`, "")
	return out
}

// options are the values that a key may have, nil where it may have any.
func (f *Form) options(k record.Key) []Option {
	var out []Option
	c := f.library.Catalog
	switch {
	case k.Vocabulary != "":
		if v := c.Vocab[k.Vocabulary]; v != nil {
			for _, t := range v.Terms {
				if !t.Deprecated {
					out = append(out, Option{t.Term, t.Term})
				}
			}
		}
	case k.Ref == "hall":
		for _, h := range f.Guide.Division.Halls {
			out = append(out, Option{h.ID, h.Name})
		}
	case k.Ref == "document":
		for _, d := range c.Documents.All {
			out = append(out, Option{d.ID, strings.TrimSpace(d.Record.Number + " " + d.Record.Title)})
		}
	}
	return out
}

func (l *Library) say(zh, en string) string { return diag.Text{ZH: zh, EN: en}.In(l.Lang) }
