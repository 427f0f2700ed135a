package dump

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestSchemasValidate holds every JSON document, and every line of every dump, against the schema that describes it: of the
// fixture, and of the golden site or the built site in the folder that BANSHI_SWEEP names.
func TestSchemasValidate(t *testing.T) {
	contents, _ := render(t, withHistory(derive(t, source(t), "2026-11-21")))
	validate(t, contents)
	schemas := compileAll(t, contents)
	if schemas["item"].Validate(map[string]any{"id": "food-business"}) == nil {
		t.Error("the schema takes a row without its keys")
	}
	built := cmp.Or(os.Getenv("BANSHI_SWEEP"), "../../testdata/public")
	contents = map[string][]byte{}
	for _, folder := range []string{"api", "data"} {
		err := fs.WalkDir(os.DirFS(built), folder, func(p string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				contents[p], err = os.ReadFile(filepath.Join(built, p))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	validate(t, contents)
}

// validate checks all files that schemas describe, and that every schema describes something.
func validate(t *testing.T, contents map[string][]byte) {
	t.Helper()
	schemas := compileAll(t, contents)
	used := map[string]bool{}
	lines := 0
	for p, data := range contents {
		name := schemaOf(p)
		if name == "" {
			continue
		}
		used[name] = true
		docs := [][]byte{data}
		if strings.HasSuffix(p, ".gz") {
			docs = bytes.SplitAfter(bytes.TrimSuffix(gunzip(t, data), []byte("\n")), []byte("\n"))
			lines += len(docs)
		}
		for _, doc := range docs {
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
			if err != nil {
				t.Fatal(p, err)
			}
			if err := schemas[name].Validate(v); err != nil {
				t.Errorf("%s: %v", p, err)
			}
		}
	}
	t.Logf("%d files, %d lines", len(contents), lines)
	for name := range schemas {
		if !used[name] && name != "tombstone" && name != "delta" && name != "change" { // lines of releases, see TestDelta; of a site with history
			t.Errorf("no document for the schema %s", name)
		}
	}
}

// schemaOf returns the schema that describes a published file or its lines, "" for files that none does.
func schemaOf(p string) string {
	for _, of := range []struct{ pattern, schema string }{
		{pathItems, "item"}, {pathGuides, "guide"}, {pathPlaces, "place"}, {pathLibrary, "library"}, {"data/changes/*.jsonl.gz", "change"},
		{pathManifest, "manifest"}, {pathLatest, "latest"}, {pathReleases, "releases"}, {"data/codes/*.json", "vocabulary"},
		{pathIndex, "api-index"}, {pathLookups, "api-codes"}, {pathTombstones, "api-tombstones"},
		{"api/v1/items/*.json", "api-item"}, {"api/v1/items/*/history.json", "api-history"},
		{"api/v1/divisions/*.json", "api-division"}, {"api/v1/codes/*.json", "api-code"},
	} {
		if ok, _ := path.Match(of.pattern, p); ok {
			return of.schema
		}
	}
	return ""
}

// compileAll compiles the published schemas together: they refer to each other.
func compileAll(t testing.TB, contents map[string][]byte) map[string]*jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	ids := map[string]string{}
	for p, data := range contents {
		if name, ok := strings.CutPrefix(p, dirSchema); ok && strings.HasSuffix(name, ".json") && !strings.Contains(name, "/") {
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			id := v.(map[string]any)["$id"].(string)
			if err := c.AddResource(id, v); err != nil {
				t.Fatal(err)
			}
			ids[strings.TrimSuffix(name, ".json")] = id
		}
	}
	out := map[string]*jsonschema.Schema{}
	for name, id := range ids {
		s, err := c.Compile(id)
		if err != nil {
			t.Fatal(name, err)
		}
		out[name] = s
	}
	return out
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
