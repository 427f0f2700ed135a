package record

import (
	"cmp"
	"embed"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/tomlfile"
)

// Lock is the lock class of a key: what a division may do with it.
type Lock string

// The lock classes. Keys that no implementation can have, those of libraries and divisions, have none.
const (
	LockCatalogue Lock = "C" // the same in the whole province (四同): may not appear in an implementation
	LockStandard  Lock = "P" // the provincial standard (能同尽同): only with a deviation that was approved
	LockTighten   Lock = "T" // may only be better for the applicant
	LockLocal     Lock = "L" // set locally
)

// Key is one row of the table of keys: everything the program knows about a key beside its Go type.
type Key struct {
	Kind Kind   // of record; for members of a shared value type the name of that type, such as "limit"
	Path string // as in TOML, without array indices: materials.copies
	// Type is one of KeyTypes.
	Type string
	// Of is the value type whose rows are the members of this key: a table, table-list, limit, limits or basis-list with Of
	// "basis" has the members KeysOf("basis"). Empty where the members are rows of this kind, or there are none.
	Of         string
	Lock       Lock // for a member of a shared value type that of the key it belongs to
	Required   bool
	Inherits   bool // a local key that a city's record hands down to its counties; standard and tightened keys always do
	Markdown   bool
	Vocabulary string    // name of data/vocab/<name>.toml
	Ref        string    // kind of record that the value names, or org, hall, topic, target
	Column     string    // column of the national exchange tables, domain facts 2.2–2.5
	Title      diag.Text // what editors call it
	// Description is one sentence for an editor: what it is and how it is written.
	Description diag.Text
	Label       string // what citizens see in guides and differences; the Chinese title where keys.toml says nothing
}

// KeyTypes are the values of Key.Type. Limit, limits and basis-list are tables with the members of Key.Of; when is a map from
// question ids to lists of option ids; map is any other map.
var KeyTypes = []string{
	"text", "integer", "number", "boolean", "date", "text-list",
	"table", "table-list", "limit", "limits", "basis-list", "when", "map",
}

// Kinds is every kind of record, in the order of documentation.
var Kinds = []Kind{
	KindItem, KindProcedure, KindImplementation, KindDivision, KindDefaults,
	KindLaw, KindMaterial, KindCertificate, KindIntermediary, KindDocument, KindList, KindBundle,
	KindSignposts, KindSynonyms, KindVocab, KindProfile, KindTargets, KindSchema, KindRelease,
}

// Keys returns all rows: kind by kind as in [Kinds], then the shared value types, each in the order of its file. The slice is
// not to be changed.
func Keys() []Key { return table().keys }

// KeysOf returns the rows of a kind or of a value type (see Key.Of), in the order of the file. For an implementation these are
// its own rows and those of a procedure that it may have. Required is then true only inside members of lists, which an
// implementation writes whole; overrides of one material or step (material.<id>, step.<id>) require nothing. The slice is not
// to be changed.
func KeysOf(kind Kind) []Key { return table().of[kind] }

// KeyOf returns the row of the key at a path as written in TOML, with or without array indices: materials.2.copies,
// materials[2].copies and materials.copies are the same. Members of value types are found through the key they belong to,
// with its lock: promise.unit. What stands in a map or a when has the row of the map.
//
// For an implementation the path may begin with procedure.NN; material.<id>.x is materials.x and step.<id>.x is steps.x,
// except material.<id>.drop and step.<id>.drop. Keys that only procedures and items have are found too, so that one can say
// why they are not allowed.
func KeyOf(kind Kind, path string) (Key, bool) {
	rows := table().paths[kind]
	if k, ok := rows[path]; ok {
		return k, true
	}
	if kind == KindImplementation {
		if k, ok, done := overrideKey(rows, path); done {
			return k, ok
		}
	}
	return lookup(rows, withoutIndices(path))
}

// overrideKey resolves procedure.NN… , material.<id>… and step.<id>… ; done is false for all other paths.
func overrideKey(rows map[string]Key, path string) (k Key, ok, done bool) {
	if rest, found := strings.CutPrefix(path, "procedure."); found {
		_, rest, found = strings.Cut(rest, ".")
		if !found {
			return rows["procedure"], true, true
		}
		k, ok = KeyOf(KindImplementation, rest)
		return k, ok, true
	}
	word, rest, _ := strings.Cut(path, ".")
	if word != "material" && word != "step" {
		return Key{}, false, false
	}
	_, rest, found := strings.Cut(rest, ".")
	if !found {
		return rows[word], true, true
	}
	if strings.HasPrefix(rest+".", "drop.") {
		k, ok = lookup(rows, word+"."+rest)
		return k, ok, true
	}
	rest = withoutIndices(rest)
	k, ok = lookup(rows, word+"s."+rest)
	if !strings.Contains(rest, ".") {
		k.Required = false
	}
	return k, ok, true
}

// lookup finds a path without indices, or the map that it leads into.
func lookup(rows map[string]Key, path string) (Key, bool) {
	if k, ok := rows[path]; ok {
		return k, true
	}
	for i := strings.LastIndexByte(path, '.'); i > 0; i = strings.LastIndexByte(path[:i], '.') {
		if k, ok := rows[path[:i]]; ok {
			return k, k.Type == "map" || k.Type == "when"
		}
	}
	return Key{}, false
}

// withoutIndices turns materials[2].copies and materials.2.copies into materials.copies.
func withoutIndices(path string) string {
	parts := strings.Split(path, ".")
	kept := parts[:0]
	for _, p := range parts {
		name, _, _ := strings.Cut(p, "[")
		if !isDigits(name) {
			kept = append(kept, name)
		}
	}
	return strings.Join(kept, ".")
}

//go:embed keys/*.toml
var keyFiles embed.FS

// keyRow is a row as the files of keys/ have it.
type keyRow struct {
	Type        string `toml:"type"`
	Of          string `toml:"of"`
	Lock        string `toml:"lock"`
	Required    bool   `toml:"required"`
	Inherits    bool   `toml:"inherits"`
	Markdown    bool   `toml:"markdown"`
	Vocabulary  string `toml:"vocabulary"`
	Ref         string `toml:"ref"`
	Column      string `toml:"column"`
	ZH          string `toml:"zh"`
	EN          string `toml:"en"`
	Label       string `toml:"label"`
	Description string `toml:"desc"`
	DescEN      string `toml:"desc_en"`
}

// keyTable is the rows in the forms in which they are asked for.
type keyTable struct {
	keys  []Key
	of    map[Kind][]Key
	paths map[Kind]map[string]Key // with the members of value types
}

// kindMeta is the rows of Meta, which every kind that embeds it gets.
const kindMeta Kind = "meta"

// table reads keys/*.toml once. A mistake in them is a programmer's.
var table = sync.OnceValue(func() *keyTable {
	rows, order := readKeys()
	for _, kind := range Kinds {
		if _, ok := reflect.TypeOf(New(kind)).Elem().FieldByName("Meta"); ok {
			for _, k := range rows[kindMeta] {
				k.Kind, k.Lock = kind, metaLock(kind)
				rows[kind] = append(rows[kind], k)
			}
		}
	}
	delete(rows, kindMeta)
	t := &keyTable{of: map[Kind][]Key{}, paths: map[Kind]map[string]Key{}}
	for _, kind := range append(slices.Clone(Kinds), order...) {
		if t.of[kind] == nil && rows[kind] != nil {
			t.keys = append(t.keys, rows[kind]...)
			t.of[kind] = rows[kind]
			t.paths[kind] = map[string]Key{}
			expand(t.paths[kind], rows, rows[kind], "", Key{})
		}
	}
	t.addImplementation()
	return t
})

// metaLock returns the lock of verified and events: they belong to the record they stand in.
func metaLock(kind Kind) Lock {
	switch kind {
	case KindItem, KindProcedure:
		return LockCatalogue
	case KindImplementation:
		return LockLocal
	}
	return ""
}

// readKeys returns the rows by kind in the order of their files, and the kinds in order.
func readKeys() (rows map[Kind][]Key, order []Kind) {
	rows = map[Kind][]Key{}
	for _, name := range []string{"item", "procedure", "implementation", "division", "library", "site", "values"} {
		name = "keys/" + name + ".toml"
		data, err := keyFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		var file map[string]map[string]keyRow
		doc, problems := tomlfile.Decode(name, data, &file, tomlfile.Options{})
		if len(problems) > 0 {
			panic(fmt.Sprintf("%s: %s", problems[0].Position, problems[0].Message.EN))
		}
		type placed struct {
			line int
			key  Key
		}
		var all []placed
		for kind, keys := range file {
			for path, row := range keys {
				all = append(all, placed{doc.Position(kind, path).Line, row.key(Kind(kind), path)})
			}
		}
		slices.SortFunc(all, func(a, b placed) int { return cmp.Compare(a.line, b.line) })
		for _, p := range all {
			kind := p.key.Kind
			if rows[kind] == nil {
				order = append(order, kind)
			}
			p.key.takeFrom(parentOf(rows[kind], p.key.Path))
			rows[kind] = append(rows[kind], p.key)
		}
	}
	return rows, order
}

func (r keyRow) key(kind Kind, path string) Key {
	of := map[string]string{"limit": "limit", "limits": "limit", "basis-list": "basis"}[r.Type]
	return Key{
		Kind: kind, Path: path, Type: r.Type, Of: cmp.Or(r.Of, of), Lock: Lock(r.Lock),
		Required: r.Required, Inherits: r.Inherits, Markdown: r.Markdown,
		Vocabulary: r.Vocabulary, Ref: r.Ref, Column: r.Column,
		Title:       diag.Text{ZH: r.ZH, EN: r.EN},
		Description: diag.Text{ZH: r.Description, EN: r.DescEN},
		Label:       cmp.Or(r.Label, r.ZH),
	}
}

// parentOf returns the row of the table that a path is in; the zero Key for a path at the top. Tables stand before members.
func parentOf(rows []Key, path string) Key {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return Key{}
	}
	for _, k := range rows {
		if k.Path == path[:i] {
			return k
		}
	}
	panic("record: no row for the table of " + path)
}

// takeFrom gives a member what it has from its table unless it says otherwise.
func (k *Key) takeFrom(parent Key) {
	k.Lock = cmp.Or(k.Lock, parent.Lock)
	k.Inherits = k.Inherits || parent.Inherits
}

// expand adds the rows to paths under a prefix, and below each the members of its value type. Parent is the key whose value
// type the rows are.
func expand(paths map[string]Key, rows map[Kind][]Key, keys []Key, prefix string, parent Key) {
	for _, k := range keys {
		k.takeFrom(parent)
		paths[prefix+k.Path] = k
		if k.Of != "" {
			expand(paths, rows, rows[Kind(k.Of)], prefix+k.Path+".", k)
		}
	}
}

// addImplementation gives implementations the rows of procedures, and lets them find those of items.
func (t *keyTable) addImplementation() {
	own := t.paths[KindImplementation]
	list := slices.Clone(t.of[KindImplementation])
	for _, k := range t.of[KindProcedure] {
		if k.Lock != LockCatalogue {
			list = append(list, t.whole(k, k.Path))
		}
	}
	t.of[KindImplementation] = list
	for _, kind := range []Kind{KindProcedure, KindItem} {
		for path, k := range t.paths[kind] {
			if _, ok := own[path]; !ok {
				own[path] = t.whole(k, path)
			}
		}
	}
}

// whole returns k for an implementation: it requires a member only where it writes a whole list or limit.
func (t *keyTable) whole(k Key, path string) Key {
	required := false
	for i := range path {
		if path[i] == '.' {
			switch t.paths[KindProcedure][path[:i]].Type {
			case "table-list", "limit", "limits", "basis-list":
				required = k.Required
			}
		}
	}
	k.Required = required
	return k
}
