package dump

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func TestSchemasValidate(t *testing.T) {
	contents := fixture(t)
	for _, f := range []struct {
		schema string
		data   []byte
	}{
		{"item", gunzip(t, contents[pathItems])},
		{"guide", gunzip(t, contents[pathGuides])},
		{"manifest", bytes.ReplaceAll(contents[pathManifest], []byte("\n"), nil)},
		{"item", bytes.ReplaceAll(contents["api/v1/items/food-business.json"], []byte("\n"), nil)},
	} {
		s := compile(t, contents[dirSchema+f.schema+".json"])
		for line := range bytes.Lines(f.data) {
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Validate(v); err != nil {
				t.Errorf("%s: %v", f.schema, err)
			}
		}
	}
	bad := map[string]any{"id": "food-business"}
	if compile(t, contents[dirSchema+"item.json"]).Validate(bad) == nil {
		t.Error("the schema takes a row without its keys")
	}
}

func compile(t testing.TB, doc []byte) *jsonschema.Schema {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	id := v.(map[string]any)["$id"].(string)
	if err := c.AddResource(id, v); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSchemaKnowsEveryKey checks that objects have no key that the schema does not describe, in its order.
func TestSchemaKnowsEveryKey(t *testing.T) {
	p := newPlanner(newWords(nil))
	form := writerOf[itemRow](p).schema
	names := make([]string, len(form.Properties))
	for i, q := range form.Properties {
		names[i] = q.name
		if q.form.Description == "" {
			t.Errorf("item.%s has no description", q.name)
		}
	}
	raw := gunzip(t, fixture(t)[pathItems])
	d := json.NewDecoder(bytes.NewReader(raw))
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	for i := 0; d.More(); i++ {
		key, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		if i >= len(names) || key != names[i] {
			t.Fatalf("key %d is %v, the schema has %q", i, key, names)
		}
		var v json.RawMessage
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
	}
}
