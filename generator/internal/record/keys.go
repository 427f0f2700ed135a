package record

import (
	"strings"
	"sync"

	"banshi/generator/internal/diag"
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
	Label       string // what citizens see in guides and differences; the Chinese title where the row says nothing
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
	KindSignposts, KindSynonyms, KindVocab, KindProfile, KindTargets, KindBenchmark, KindPowerList, KindPlan, KindMapping,
	KindSchema, KindRelease,
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

// KeyOfMember returns the row of a key of an implementation in which members of lists are named by their ids, as origins and differences
// have it: materials.layout.necessity is materials.necessity, materials.layout.drop is material.drop. What the table lacks has the
// row of the list, or an empty one.
func KeyOfMember(key string) Key {
	list, _, _ := strings.Cut(key, ".")
	if strings.Count(key, ".") > 1 {
		parts := strings.Split(key, ".")
		for _, path := range []string{
			strings.TrimSuffix(list, "s") + "." + strings.Join(parts[1:], "."), // material.<id>.drop
			list + "." + parts[len(parts)-1],
		} {
			if k, ok := KeyOf(KindImplementation, path); ok {
				return k
			}
		}
	}
	if k, ok := KeyOf(KindImplementation, key); ok {
		return k
	}
	k, _ := KeyOf(KindImplementation, list)
	return k
}

// locks are the lock classes of keys that were asked for: a few, for which ten thousand places are compared.
var locks sync.Map // key → Lock

// LockOf is the lock class of such a key; what no row is about is set locally.
func LockOf(key string) Lock {
	if l, known := locks.Load(key); known {
		return l.(Lock)
	}
	l := LockLocal
	if k := KeyOfMember(key); k.Lock != "" {
		l = k.Lock
	}
	locks.Store(strings.Clone(key), l)
	return l
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
