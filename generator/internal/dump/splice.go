package dump

import (
	"reflect"

	"banshi/generator/internal/output"
)

// spliced is a value that is written already: the JSON of a T, made once for all guides that share it. The schema sees the T. The
// zero value is null.
type spliced[T any] struct {
	json  []byte
	stamp output.Stamp // of json, if it goes into the stamps of others
}

type splicer interface{ whole() reflect.Type }

func (spliced[T]) whole() reflect.Type { return reflect.TypeFor[T]() }

var spliceType = reflect.TypeFor[splicer]()

func writeSplice(b []byte, v reflect.Value) []byte {
	json := v.Field(0).Bytes()
	if json == nil {
		return append(b, "null"...)
	}
	return append(b, json...)
}

// writer is the node of a view type, asked for once and then only read, so that many may write at the same time.
type writer[T any] struct{ *node }

func writerOf[T any](p *planner) writer[T] {
	return writer[T]{p.plan(reflect.TypeFor[T](), scope{}, attrs{})}
}

// append writes a view.
func (w writer[T]) append(b []byte, v *T) []byte { return w.write(b, reflect.ValueOf(v).Elem()) }

// splice writes a view for all who share it.
func (w writer[T]) splice(v *T) spliced[T] {
	json := w.append(nil, v)
	var h output.Hasher
	h.Bytes(json)
	return spliced[T]{json, h.Sum()}
}
