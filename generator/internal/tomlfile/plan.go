package tomlfile

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
)

// role is what is done to fill a type.
type role byte

const (
	roleScalar      role = iota // text, number, boolean
	roleTime                    // time.Time itself
	roleAny                     // any: takes the value as it was parsed
	roleUnmarshaler             // UnmarshalTOML
	roleText                    // UnmarshalText
	rolePointer
	roleStruct
	roleMap
	roleSlice
	roleArray
)

// plan is what filling needs to know about a type, found out once.
type plan struct {
	role   role
	fields map[string][]int // of a struct: index path of the field of a key
	names  []string         // the keys of fields, in the order of the struct
	shared []sharedPart     // the embedded pointers to structs
}

// sharedPart is an embedded pointer to a struct, and the empty struct it points to where the file has none of its keys.
type sharedPart struct {
	index []int
	empty reflect.Value
}

var plans sync.Map // reflect.Type → *plan

var (
	unmarshalerType = reflect.TypeFor[toml.Unmarshaler]()
	textType        = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// planOf returns the plan of a type. It panics for a type that TOML cannot fill.
func planOf(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	p := &plan{role: roleOf(t)}
	if p.role == roleStruct {
		p.fields = map[string][]int{}
		p.addFields(t, nil)
	}
	plans.Store(t, p)
	// Look at what is inside as well, so that a type that cannot be filled is
	// found by the first test and not by the first record with that key.
	switch p.role {
	case rolePointer, roleSlice, roleArray, roleMap:
		planOf(t.Elem())
	case roleStruct:
		for _, index := range p.fields {
			planOf(t.FieldByIndex(index).Type)
		}
	}
	return p
}

func roleOf(t reflect.Type) role {
	switch pointer := reflect.PointerTo(t); {
	case t.Kind() == reflect.Pointer:
		return rolePointer
	case t == timeType:
		return roleTime
	case pointer.Implements(unmarshalerType):
		return roleUnmarshaler
	case pointer.Implements(textType):
		return roleText
	}
	switch t.Kind() {
	case reflect.Struct:
		return roleStruct
	case reflect.Slice:
		return roleSlice
	case reflect.Array:
		return roleArray
	case reflect.Map:
		if t.Key().Kind() == reflect.String {
			return roleMap
		}
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return roleAny
		}
	case reflect.String, reflect.Bool, reflect.Float32, reflect.Float64,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return roleScalar
	}
	panic(fmt.Sprintf("tomlfile: TOML cannot fill a %s", t))
}

// addFields adds the keys of struct t, which is embedded at index. A key may
// not be there twice: Go's rule of the shallower field would hide a mistake.
func (p *plan) addFields(t reflect.Type, index []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		at := append(slices.Clone(index), i)
		name, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
		if name == "" && f.Anonymous {
			embedded := f.Type
			if embedded.Kind() == reflect.Pointer {
				embedded = embedded.Elem()
				p.shared = append(p.shared, sharedPart{at, reflect.New(embedded)})
			}
			if embedded.Kind() == reflect.Struct && f.Tag.Get("toml") == "" {
				p.addFields(embedded, at)
			}
			continue
		}
		if name == "" || name == "-" {
			continue
		}
		if !f.IsExported() {
			panic(fmt.Sprintf("tomlfile: %s.%s has a key but is not exported", t, f.Name))
		}
		if _, ok := p.fields[name]; ok {
			panic(fmt.Sprintf("tomlfile: %s has the key %q twice", t, name))
		}
		p.fields[name] = at
		p.names = append(p.names, name)
	}
}
