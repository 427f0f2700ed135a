package record

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"reflect"
	"sort"
	"sync"

	"github.com/cespare/xxhash/v2"
)

// Print is the fingerprint of a record's content: equal records have equal prints whatever their order of keys, spacing or
// comments. It identifies versions and is no protection against an attacker.
type Print [16]byte

// String returns the first seven hexadecimal digits, enough to tell the versions of one record apart.
func (p Print) String() string {
	var digits [2 * len(p)]byte
	hex.Encode(digits[:], p[:])
	return string(digits[:7])
}

// PrintOf returns the fingerprint of a record or a part of one: a pointer to a struct whose fields have toml tags. Fields that
// are not stated do not count, so that a key added to the format changes no print.
func PrintOf(v any) Print {
	h := printers.Get().(*printer)
	defer printers.Put(h)
	h.a.Reset()
	h.buf = h.buf[:0]
	h.value(reflect.ValueOf(v))
	h.flush()
	var p Print
	binary.BigEndian.PutUint64(p[:8], h.a.Sum64())
	// A second, differently seeded half makes accidental collisions among millions of versions negligible.
	h.b.Write([]byte{1})
	binary.BigEndian.PutUint64(p[8:], h.b.Sum64())
	h.b.ResetWithSeed(printSeed)
	return p
}

// Combine returns the print of several in order.
func Combine(prints ...Print) Print {
	var room [8 * len(Print{})]byte // for nearly all guides, so that nothing is allocated for each of a hundred thousand
	buf := room[:0]
	for _, p := range prints {
		buf = append(buf, p[:]...)
	}
	var out Print
	binary.BigEndian.PutUint64(out[:8], xxhash.Sum64(buf))
	var d xxhash.Digest
	d.ResetWithSeed(printSeed)
	d.Write(buf)
	binary.BigEndian.PutUint64(out[8:], d.Sum64())
	return out
}

const printSeed = 0x62616e736869

var printers = sync.Pool{New: func() any { return &printer{a: xxhash.New(), b: xxhash.NewWithSeed(printSeed)} }}

// printer writes a canonical form of a value: for every stated field its toml name and its value, lengths before contents.
type printer struct {
	a, b *xxhash.Digest
	buf  []byte
}

func (h *printer) flush() {
	h.a.Write(h.buf)
	h.b.Write(h.buf)
	h.buf = h.buf[:0]
}

func (h *printer) text(s string) {
	h.buf = binary.AppendUvarint(h.buf, uint64(len(s)))
	h.buf = append(h.buf, s...)
}

func (h *printer) value(v reflect.Value) {
	if len(h.buf) > 4096 {
		h.flush()
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			h.buf = append(h.buf, '0')
			return
		}
		h.value(v.Elem())
	case reflect.Struct:
		h.buf = append(h.buf, '{')
		h.fields(v)
		h.buf = append(h.buf, '}')
	case reflect.Slice:
		h.buf = append(h.buf, '[')
		h.buf = binary.AppendUvarint(h.buf, uint64(v.Len()))
		for i := range v.Len() {
			h.value(v.Index(i))
		}
	case reflect.Map:
		keys := v.MapKeys()
		sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
		h.buf = append(h.buf, '<')
		h.buf = binary.AppendUvarint(h.buf, uint64(len(keys)))
		for _, k := range keys {
			h.text(k.String())
			h.value(v.MapIndex(k))
		}
	case reflect.String:
		h.text(v.String())
	case reflect.Bool:
		if v.Bool() {
			h.buf = append(h.buf, 't')
		} else {
			h.buf = append(h.buf, 'f')
		}
	case reflect.Int, reflect.Int32:
		h.buf = binary.AppendVarint(h.buf, v.Int())
	case reflect.Float64:
		h.buf = binary.BigEndian.AppendUint64(h.buf, math.Float64bits(v.Float()))
	default:
		panic("record: no print for " + v.Kind().String())
	}
}

func (h *printer) fields(v reflect.Value) {
	for _, f := range fieldsOf(v.Type()) {
		fv := v.FieldByIndex(f.index)
		if fv.IsZero() {
			continue
		}
		h.text(f.name)
		h.value(fv)
	}
}

// field is one key of a struct: its toml name and where it stands, embedded structs flattened.
type field struct {
	name  string
	index []int
}

var fieldCache sync.Map // reflect.Type → []field

// fieldsOf returns the keys of a struct type in declaration order.
func fieldsOf(t reflect.Type) []field {
	if c, ok := fieldCache.Load(t); ok {
		return c.([]field)
	}
	var out []field
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			embedded := f.Type
			if embedded.Kind() == reflect.Pointer {
				embedded = embedded.Elem()
			}
			for _, sub := range fieldsOf(embedded) {
				out = append(out, field{sub.name, append([]int{i}, sub.index...)})
			}
			continue
		}
		if name := f.Tag.Get("toml"); name != "" && name != "-" {
			out = append(out, field{name, []int{i}})
		}
	}
	fieldCache.Store(t, out)
	return out
}
