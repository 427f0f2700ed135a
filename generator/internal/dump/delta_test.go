package dump

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"banshi/generator/internal/site"
)

// lines are the lines of an archive.
func linesOf(t testing.TB, a *archive) []string {
	t.Helper()
	var out []string
	for i := range a.members {
		for line := range a.lines(i) {
			out = append(out, string(line)+"\n")
		}
	}
	return out
}

func keep(t testing.TB, s *site.Site) *Kept {
	t.Helper()
	k, err := Keep(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.Close() })
	return k
}

// byID keys lines by file and id.
func byID(t testing.TB, x *exporter) map[string]string {
	t.Helper()
	out := map[string]string{}
	for i, file := range []string{"items ", "guides "} {
		for _, l := range linesOf(t, x.archives()[i]) {
			var row struct{ ID string }
			if err := json.Unmarshal([]byte(l), &row); err != nil {
				t.Fatal(err)
			}
			out[file+row.ID] = strings.TrimSuffix(l, "\n")
		}
	}
	return out
}

// TestDelta edits the fixture in the ways there are and lays the delta over the old lines: they are the new ones then.
func TestDelta(t *testing.T) {
	old := newExporter(derive(t, source(t), "2026-11-21"))
	files := source(t)
	edit := func(path, from, to string) {
		t.Helper()
		text := string(files[path].Data)
		if !strings.Contains(text, from) {
			t.Fatalf("%s has no %q", path, from)
		}
		files[path] = &fstest.MapFile{Data: []byte(strings.Replace(text, from, to, 1))}
	}
	edit("data/divisions/139921/food-business.toml", "value = 2", "value = 1")
	edit("data/items/dibao/item.toml", `name = "`, `name = "农村`)
	delete(files, "data/items/food-business/02.toml")
	now := newExporter(derive(t, files, "2026-11-21"))

	d := newDelta(keep(t, old.Site), now)
	lines := byID(t, old)
	schema := compileAll(t, fixture(t))["delta"]
	changed := map[string][]string{}
	for _, l := range linesOf(t, d.archive()) {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(l))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v", l, err)
		}
		var row struct {
			File, Op, ID string
			Changed      []string
			Record       json.RawMessage
		}
		if err := json.Unmarshal([]byte(l), &row); err != nil {
			t.Fatal(err)
		}
		key := row.File + " " + row.ID
		changed[key] = row.Changed
		switch row.Op {
		case "put":
			lines[key] = string(row.Record)
		case "delete":
			delete(lines, key)
		}
	}
	if want := byID(t, now); !maps.Equal(lines, want) {
		for k, l := range want {
			if lines[k] != l {
				t.Errorf("%s differs", k)
			}
		}
		t.Errorf("%d lines, want %d", len(lines), len(want))
	}
	if got := changed["guides 139921/food-business/01"]; !slices.Contains(got, "/headline/promise/0/value") || !slices.Contains(got, "/differs/promise/0/value") {
		t.Errorf("changed: %q", got)
	}
	if d.count.gone == 0 || d.count.changed == 0 || d.count.added != 0 {
		t.Errorf("counted %+v", d.count)
	}
}

// TestDeltaOfNothing: the same state twice has no delta, forward or backward.
func TestDeltaOfNothing(t *testing.T) {
	a, b := newExporter(derive(t, source(t), "2026-11-21")), newExporter(derive(t, source(t), "2026-11-21"))
	if got := linesOf(t, newDelta(keep(t, a.Site), b).archive()); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

func TestPointers(t *testing.T) {
	tests := []struct {
		old, now string
		want     string
	}{
		{`{"a":1,"b":[1,2]}`, `{"a":1,"b":[1,2]}`, ""},
		{`{"a":1}`, `{"a":"1"}`, "/a"},
		{`{"a":null}`, `{"a":[]}`, "/a"},
		{`{"a":[]}`, `{"a":null}`, "/a"},
		{`{"a":{"x":1}}`, `{"a":1}`, "/a"},
		{`{"a":1}`, `{"a":{"x":1}}`, "/a"},
		{`{"b":[1,2]}`, `{"b":[1,3]}`, "/b/1"},
		{`{"b":[1,2]}`, `{"b":[1]}`, "/b"},
		{`{"b":[{"c":1}]}`, `{"b":[{"c":2}]}`, "/b/0/c"},
		{`{"m/n":1,"o~p":1}`, `{"m/n":2,"o~p":2,"q":null}`, "/m~1n /o~0p /q"},
		{`{"n":9007199254740993}`, `{"n":9007199254740992}`, "/n"},
	}
	for _, tt := range tests {
		if got := strings.Join(pointers([]byte(tt.old), []byte(tt.now)), " "); got != tt.want {
			t.Errorf("%s → %s: %q, want %q", tt.old, tt.now, got, tt.want)
		}
	}
}
