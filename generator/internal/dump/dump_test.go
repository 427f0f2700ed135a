package dump

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/tools/txtar"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// source returns the fixture as files that a test may change.
func source(t testing.TB) fstest.MapFS {
	t.Helper()
	a, err := txtar.ParseFile("testdata/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	m := fstest.MapFS{}
	for _, f := range a.Files {
		m[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return m
}

// derive makes the site of some files.
func derive(t testing.TB, fsys fs.FS, asOf string) *site.Site {
	t.Helper()
	c, problems, err := config.Load(fsys)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	day, err := record.ParseDate(asOf)
	if err != nil {
		t.Fatal(err)
	}
	src, err := catalog.Load(fsys, day)
	if err != nil || len(src.Problems) > 0 {
		t.Fatal(err, src.Problems)
	}
	return site.Derive(site.Input{Config: c, Catalog: catalog.Resolve(src, catalog.Options{}), Commit: "8a6b0bc"})
}

// render writes every file of a site.
func render(t testing.TB, s *site.Site) (contents map[string][]byte, stamps map[string]output.Stamp) {
	t.Helper()
	files := New(s, nil).Files()
	if err := output.Collisions(files); err != nil {
		t.Fatal(err)
	}
	contents, stamps = map[string][]byte{}, map[string]output.Stamp{}
	for _, f := range files {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(f.Path, err)
		}
		contents[f.Path], stamps[f.Path] = b.Bytes(), f.Stamp
	}
	return contents, stamps
}

func fixture(t testing.TB) map[string][]byte {
	contents, _ := render(t, derive(t, source(t), "2026-11-21"))
	return contents
}

func gunzip(t testing.TB, packed []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// rows decodes JSON Lines.
func rows(t testing.TB, raw []byte) []map[string]any {
	t.Helper()
	var out []map[string]any
	for line := range bytes.Lines(raw) {
		var v map[string]any
		if err := json.Unmarshal(line, &v); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		out = append(out, v)
	}
	return out
}

// at follows keys and indices into decoded JSON.
func at(t testing.TB, v any, path ...any) any {
	t.Helper()
	for _, p := range path {
		switch p := p.(type) {
		case string:
			m, ok := v.(map[string]any)
			if _, has := m[p]; !ok || !has {
				t.Fatalf("no %q of %v in %v", p, path, v)
			}
			v = m[p]
		case int:
			v = v.([]any)[p]
		}
	}
	return v
}

func find(t testing.TB, all []map[string]any, id string) map[string]any {
	t.Helper()
	for _, r := range all {
		if r["id"] == id {
			return r
		}
	}
	t.Fatalf("no row %s", id)
	return nil
}

func same(t testing.TB, got, want any) {
	t.Helper()
	g, _ := json.Marshal(got)
	w, _ := json.Marshal(want)
	if !bytes.Equal(g, w) {
		t.Errorf("got %s, want %s", g, w)
	}
}

func TestPaths(t *testing.T) {
	want := []string{
		"api/v1/codes/000131016000.json", "api/v1/codes/119999990000920212.json", "api/v1/codes/130511963000.json",
		"api/v1/codes/139000.json", "api/v1/codes/139900.json", "api/v1/codes/139921.json", "api/v1/codes/139922.json", "api/v1/codes/index.json",
		"api/v1/divisions/139000.json", "api/v1/divisions/139900.json", "api/v1/divisions/139921.json", "api/v1/divisions/139922.json",
		"api/v1/index.json", "api/v1/items/dibao.json", "api/v1/items/dibao/history.json", "api/v1/items/food-business.json",
		"api/v1/items/food-business/history.json", "api/v1/openapi.json", "api/v1/tombstones.json",
		"data/catalog.jsonld", "data/codes/change-classes.json", "data/codes/change-directions.json", "data/codes/code-uses.json",
		"data/codes/departments.json", "data/codes/levels.json", "data/codes/statuses.json", "data/codes/units.json",
		"data/current/guides.jsonl.gz", "data/current/items.jsonl.gz", "data/current/library.jsonl.gz",
		"data/current/manifest.json", "data/current/places.jsonl.gz", "data/latest.json", "data/releases/index.json",
	}
	names := []string{"api-code", "api-codes", "api-division", "api-history", "api-index", "api-item", "api-tombstones", "change", "delta", "guide",
		"item", "latest", "library", "manifest", "place", "releases", "tombstone", "vocabulary"}
	for _, name := range names {
		want = append(want, schemaPath(name))
		if name == "change" {
			want = append(want, pathContext)
		}
	}
	got := slices.DeleteFunc(slices.Sorted(maps.Keys(fixture(t))), func(p string) bool { return strings.HasPrefix(p, dirSchema+"tables/") })
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func decode(t testing.TB, data []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

func TestDeterminism(t *testing.T) {
	one := fixture(t)
	old := runtime.GOMAXPROCS(1)
	other := fixture(t)
	runtime.GOMAXPROCS(old)
	for p, b := range one {
		if !bytes.Equal(b, other[p]) {
			t.Errorf("%s differs between two builds", p)
		}
		if bytes.HasSuffix([]byte(p), []byte(".gz")) {
			b = gunzip(t, b)
		}
		if !norm.NFC.IsNormal(b) || bytes.Contains(b, []byte("\r")) || bytes.HasPrefix(b, []byte("\xef\xbb\xbf")) || b[len(b)-1] != '\n' {
			t.Errorf("%s is not plain UTF-8 with LF in NFC", p)
		}
	}
}
