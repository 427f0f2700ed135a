package dump

import (
	"bytes"
	"encoding/json"
)

// object is a JSON object whose keys stay in order: for documents that follow a standard of others (OpenAPI, DCAT, Data
// Package) and have no Go type.
type object []pair

type pair struct {
	key   string
	value any
}

// list is a JSON array of such a document.
type list []any

// MarshalJSON writes the keys in order.
func (o object) MarshalJSON() ([]byte, error) {
	out := new(ordered)
	for _, p := range o {
		out.put(p.key, p.value)
	}
	return out.close()
}

// document lays such a document out for people. It panics where a value has no JSON, which is a mistake of the programmer.
func (o object) document() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(o); err != nil {
		panic("dump: " + err.Error())
	}
	return b.Bytes()
}
