// Package tomlfile decodes a record strictly and knows where every key stands.
//
// Records come from many hands, so a file passes three gates:
//
//  1. refuse.go reads the bytes once and refuses what no record needs and what
//     would hurt the decoder or the reader: files over 64 KiB, brackets nested
//     over 8 deep, keys of more than 8 parts or 512 bytes, more than 2,000
//     keys, bytes that are not UTF-8, a byte order mark, control characters,
//     and characters that reverse the reading direction.
//  2. BurntSushi/toml parses. Where it stops at a mistake, index.go finds all
//     mistakes of syntax and all keys written twice, and the rest of the file
//     is read without them.
//  3. fill.go moves the values into the Go type. Keys must agree exactly, also
//     in case; a key the type does not have, a value of another type and a
//     value that its type refuses are problems, and all of them are reported.
//
// What has no problem is always filled in, so that other rules can speak about
// the rest of the file in the same run.
//
// What was parsed may be kept from one run to the next ([Kept]); what is wrong is always found anew.
//
// Which keys a struct has is said by its `toml:"name"` tags alone; a field
// without a tag is not a key. Embedded structs without a tag lend their keys.
// A type with UnmarshalTOML(any) error gets the parsed value (string, int64,
// float64, bool, time.Time, []any, []map[string]any or map[string]any) and
// answers for all that is inside. A type with encoding.TextUnmarshaler gets
// text only.
//
// [Format] writes a file again in canonical form, and [Edit] changes single keys
// in place. Both work on the text, in outline.go, format.go and edit_*.go, since
// decoded values have no comments, and hold their result against the values.
package tomlfile

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/BurntSushi/toml"

	"banshi/generator/internal/diag"
)

// Rules are the ids of all problems that this package reports.
var Rules = []string{
	"bad-encoding", "control-character", "file-too-large", "nesting-too-deep", "key-too-long", "too-many-keys",
	"syntax", "duplicate-key", "unknown-key", "wrong-type", "wrong-value",
}

// Options change how a file is decoded. The zero value is ready to use.
type Options struct {
	// Unknown is asked about a key that the target type does not have, so that
	// the caller can say something better than "unknown key", for example that
	// the key belongs to the catalogue. The path is that of the key, with array
	// indices as decimal strings. With ok false the default problem is reported.
	Unknown func(path []string) (rule string, message, hint diag.Text, ok bool)
	// Kept is what was parsed before; nil where everything is to be parsed.
	Kept *Kept
}

// Decode parses data as TOML and fills v, a pointer to a struct or a map.
// Name is the file's name in positions. The problems are sorted; where they
// concern only some keys, v holds the values of all the others, and nothing of
// a key with a problem. Decode panics when v is no such pointer or its type has
// fields that TOML cannot fill: that is a programmer's mistake.
func Decode(name string, data []byte, v any, o Options) (*Document, []diag.Problem) {
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		panic(fmt.Sprintf("tomlfile: cannot decode into %T, want a pointer to a struct or map", v))
	}
	target = target.Elem()
	if plan := planOf(target.Type()); plan.role != roleStruct && plan.role != roleMap {
		panic(fmt.Sprintf("tomlfile: cannot decode into %T, want a pointer to a struct or map", v))
	}

	d := &Document{Name: name, Data: data}
	tree, faults := d.values(o.Kept)
	f := filler{document: d, options: o, root: planOf(target.Type()), problems: d.problems(faults)}
	if tree != nil {
		f.fill(tree, target)
	}
	return d, diag.Sort(f.problems)
}

// values returns the values of the file, nil where they cannot be read, and what is wrong with its text.
func (d *Document) values(kept *Kept) (map[string]any, []fault) {
	id := kept.id(d.Data)
	if tree := kept.tree(id); tree != nil {
		return tree, nil
	}
	faults, dotted := refuse(d.Data)
	if len(faults) > 0 {
		d.refused = true
		return nil, faults
	}
	tree, err := parse(d.Data)
	if err != nil || dotted && indexOf(d.Data).twiceWritten() {
		return d.repair()
	}
	kept.keep(id, tree)
	return tree, nil
}

// parse returns the values of a file as the library parses them.
func parse(data []byte) (tree map[string]any, err error) {
	defer func() {
		// The library's parser panics with a text where its lexer and parser
		// disagree. Whoever wrote the file must not be able to stop us.
		if r := recover(); r != nil {
			s, ok := r.(string)
			if !ok || !strings.HasPrefix(s, "BUG: ") {
				panic(r)
			}
			err = errors.New(strings.TrimSpace(s))
		}
	}()
	var value any
	if _, err := toml.NewDecoder(bytes.NewReader(data)).Decode(&value); err != nil {
		return nil, err
	}
	return value.(map[string]any), nil
}

// maxRepairs bounds the work on a file that is wrong everywhere.
const maxRepairs = 20

// repair finds all mistakes of syntax in the file, blanks the expressions they
// are in, and parses the rest. The tree is nil when no rest could be parsed.
func (d *Document) repair() (map[string]any, []fault) {
	x := d.index()
	faults := x.faults
	rest := bytes.Clone(d.Data)
	for _, f := range faults {
		blank(rest, f.start, f.end)
	}
	for range maxRepairs {
		// A mistake may have hidden from the first look what stands after it.
		if hidden, _ := refuse(rest); len(hidden) > 0 {
			return nil, faults
		}
		tree, err := parse(rest)
		if err == nil {
			return tree, faults
		}
		f := x.libraryFault(err)
		faults = append(faults, f)
		if !blank(rest, f.start, f.end) {
			break
		}
	}
	return nil, faults
}

// blank overwrites data[start:end] with spaces, so that what follows keeps its
// place, and reports whether there was something to overwrite.
func blank(data []byte, start, end int) bool {
	found := false
	for i := start; i < end; i++ {
		switch data[i] {
		case ' ', '\t', '\r', '\n':
		default:
			data[i] = ' '
			found = true
		}
	}
	return found
}
