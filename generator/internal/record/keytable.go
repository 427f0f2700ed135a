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
