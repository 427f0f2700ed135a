package page

import (
	"reflect"
	"sync"

	"banshi/generator/internal/output"
)

// hashView adds every field of a view to a hash: structs field by field, lists with their length, pointers as what they point
// to, and what has a stamp of its own, as fragments have, as that. How a type is hashed is worked out once per type.
func hashView(h *output.Hasher, view any) {
	v := reflect.ValueOf(view)
	hasherOf(v.Type())(h, v)
}

type hashFunc func(*output.Hasher, reflect.Value)

var hashFuncs sync.Map // reflect.Type → hashFunc

var stampType = reflect.TypeFor[output.Stamp]()

func hasherOf(t reflect.Type) hashFunc {
	if f, ok := hashFuncs.Load(t); ok {
		return f.(hashFunc)
	}
	f := makeHasher(t)
	hashFuncs.Store(t, f)
	return f
}

func makeHasher(t reflect.Type) hashFunc {
	switch t.Kind() {
	case reflect.String:
		return func(h *output.Hasher, v reflect.Value) { h.String(v.String()) }
	case reflect.Bool:
		return func(h *output.Hasher, v reflect.Value) { h.Bool(v.Bool()) }
	case reflect.Int, reflect.Int32, reflect.Int64:
		return func(h *output.Hasher, v reflect.Value) { h.Int(int(v.Int())) }
	case reflect.Pointer:
		return func(h *output.Hasher, v reflect.Value) {
			h.Bool(!v.IsNil())
			if !v.IsNil() {
				hasherOf(t.Elem())(h, v.Elem())
			}
		}
	case reflect.Slice:
		return func(h *output.Hasher, v reflect.Value) {
			h.Int(v.Len())
			if v.Len() == 0 {
				return
			}
			elem := hasherOf(t.Elem())
			for i := range v.Len() {
				elem(h, v.Index(i))
			}
		}
	case reflect.Struct:
		return structHasher(t)
	}
	panic("page: a view cannot hold " + t.String())
}

func structHasher(t reflect.Type) hashFunc {
	if own, ok := t.FieldByName("stamp"); ok && own.Type == stampType && len(own.Index) == 1 {
		return func(h *output.Hasher, v reflect.Value) { h.Stamp(stampIn(v.Field(own.Index[0]))) }
	}
	fields := make([]hashFunc, t.NumField())
	for i := range fields {
		fields[i] = hasherOf(t.Field(i).Type)
	}
	return func(h *output.Hasher, v reflect.Value) {
		for i, f := range fields {
			f(h, v.Field(i))
		}
	}
}

// stampIn reads a stamp from a field that is not exported, which reflection gives byte by byte only.
func stampIn(v reflect.Value) (s output.Stamp) {
	for i := range s {
		s[i] = byte(v.Index(i).Uint())
	}
	return s
}
