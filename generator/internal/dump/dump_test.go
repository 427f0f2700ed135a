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
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"
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
	files, err := Files(s)
	if err != nil {
		t.Fatal(err)
	}
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
		"api/v1/codes/departments.json", "api/v1/codes/levels.json", "api/v1/codes/statuses.json", "api/v1/codes/units.json",
		"api/v1/divisions/139000.json", "api/v1/divisions/139900.json", "api/v1/divisions/139921.json", "api/v1/divisions/139922.json",
		"api/v1/index.json", "api/v1/items/dibao.json", "api/v1/items/food-business.json",
		"data/current/guides.jsonl.gz", "data/current/items.jsonl.gz", "data/current/manifest.json", "data/latest.json",
		"data/schema/v1/guide.json", "data/schema/v1/item.json", "data/schema/v1/manifest.json",
	}
	if got := slices.Sorted(maps.Keys(fixture(t))); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestItemRow(t *testing.T) {
	items := rows(t, gunzip(t, fixture(t)[pathItems]))
	food := find(t, items, "food-business")
	same(t, food["status"], map[string]string{"code": "in-force", "label": "在用"})
	same(t, food["type"], map[string]string{"code": "行政许可", "label": "行政许可"}) // the vocabulary is not in the library
	same(t, at(t, food, "basis", 0, "law"), map[string]string{"id": "food-safety-law", "name": "中华人民共和国食品安全法"})
	same(t, at(t, food, "basis", 1), map[string]any{"law": map[string]any{"id": "not-in-library", "name": nil}, "article": nil, "note": nil})
	same(t, food["effective_from"], "2023-12-01")
	same(t, food["effective_to"], nil)
	same(t, food["sample"], false)
	same(t, food["documents"], nil)
	std := at(t, food, "procedures", 0, "standard")
	same(t, at(t, std, "materials", 1, "id"), "premises-layout") // the material's, as the line has none of its own
	same(t, at(t, std, "materials", 0, "originals"), 0)
	same(t, at(t, std, "materials", 0, "when"), nil)
	same(t, at(t, std, "materials", 1, "when"), map[string][]string{"place": {"shop"}})
	same(t, at(t, std, "legal_limit", 0), map[string]any{"value": 10, "unit": map[string]string{"code": "workday", "label": "工作日"},
		"extension": 5, "note": nil, "as_written": false, "when": nil})
	same(t, at(t, food, "procedures", 1, "standard", "materials"), []any{}) // stated: none
	same(t, at(t, food, "procedures", 1, "standard", "steps"), nil)         // not stated
	dibao := find(t, items, "dibao")
	same(t, dibao["sample"], true)
	same(t, dibao["basis"], []any{})
	same(t, dibao["plain"], "家里收入低的，按月领钱。\n\t\"低保\"")
	same(t, at(t, dibao, "procedures", 0, "standard", "materials"), nil)
}

func TestGuideRow(t *testing.T) {
	guides := rows(t, gunzip(t, fixture(t)[pathGuides]))
	g := find(t, guides, "139921/food-business/01")
	same(t, g["url"], "https://banshi.example/divisions/139921/food-business.01.html")
	same(t, g["sample"], true)
	same(t, g["procedure"], map[string]string{"no": "01", "name": "新办"})
	same(t, g["org"], map[string]any{"division": "139921", "id": "market", "name": "示例县市场监督管理局", "uscc": nil})
	same(t, g["task_code"], nil)
	same(t, at(t, g, "places", 0, "window"), map[string]string{"number": "3", "name": "市场监管窗口"})
	same(t, at(t, g, "headline", "promise", 0, "value"), 2)
	same(t, at(t, g, "headline", "papers"), map[string]int{"bring": 0, "waived": 2})
	same(t, at(t, g, "headline", "charged"), false)
	same(t, at(t, g, "headline", "online", "url"), "https://zwfw.example/food")
	same(t, g["step_limits_hidden"], true)
	differs := g["differs"].(map[string]any)
	if keys := slices.Sorted(maps.Keys(differs)); !slices.Equal(keys, []string{"faq", "materials", "promise"}) {
		t.Errorf("differs in %q", keys)
	}
	same(t, at(t, differs, "materials", 1, "drop", "note"), "窗口自己画")
	same(t, at(t, differs, "faq", 1, "id"), "park")
	same(t, at(t, g, "origins", 0, "record"), "data/divisions/139900/food-business.toml")

	city := find(t, guides, "139900/food-business/01")
	same(t, city["task_code"], "1199999900009202123000131016000")
	same(t, city["procedure_code"], "119999990000920212300013101600001")
	pure := find(t, guides, "139922/food-business/02")
	same(t, at(t, pure, "headline", "promise", 0, "value"), 4) // handed down by the city
	same(t, at(t, find(t, guides, "139921/dibao/01"), "differs", "benefit", "amount"), map[string]any{
		"value": "610", "currency": "CNY", "unit": "元/人·月", "from": "2026-01-01",
		"document": map[string]string{"id": "sample-doc", "name": "关于低保标准的通知（示例）"}, "when": nil})
}

// TestMerge is the recipe of docs/open-data.md: a guide laid over its standard gives what the catalog resolved.
func TestMerge(t *testing.T) {
	s := derive(t, source(t), "2026-11-21")
	contents, _ := render(t, s)
	items, guides := rows(t, gunzip(t, contents[pathItems])), rows(t, gunzip(t, contents[pathGuides]))
	x := newExporter(s)
	write := writerOf[standard](x.plan)
	for _, g := range s.Catalog.Guides {
		row := find(t, guides, guideID(g))
		var merged map[string]any
		for _, p := range find(t, items, g.Item.ID)["procedures"].([]any) {
			if at(t, p, "no") == g.Procedure.No {
				merged = maps.Clone(at(t, p, "standard").(map[string]any))
			}
		}
		keys := len(merged)
		for k, v := range row["differs"].(map[string]any) {
			if _, ok := merged[k]; ok {
				merged[k] = v
			}
		}
		var want map[string]any
		if err := json.Unmarshal(write.append(nil, &standard{&g.Sections}), &want); err != nil {
			t.Fatal(err)
		}
		if keys == 0 || keys != len(want) {
			t.Fatalf("%s: %d keys, want %d", row["id"], keys, len(want))
		}
		same(t, merged, want)
	}
}

func TestFilesOfPlacesAndItems(t *testing.T) {
	contents := fixture(t)
	guides := rows(t, gunzip(t, contents[pathGuides]))
	n := 0
	for _, id := range []string{"139000", "139900", "139921", "139922"} {
		d := rows(t, bytes.ReplaceAll(contents["api/v1/divisions/"+id+".json"], []byte("\n"), nil))[0]
		for _, g := range d["guides"].([]any) {
			same(t, g, find(t, guides, at(t, g, "id").(string)))
			n++
		}
	}
	if n != len(guides) || n == 0 {
		t.Errorf("%d guides in the files of places, %d in the dump", n, len(guides))
	}
	d := rows(t, bytes.ReplaceAll(contents["api/v1/divisions/139921.json"], []byte("\n"), nil))[0]
	same(t, at(t, d, "parent"), map[string]string{"id": "139900", "name": "示例市"})
	same(t, at(t, d, "location"), map[string]float64{"lat": 38.5, "lon": 115.25})
	same(t, at(t, d, "orgs", 0, "name"), "示例县市场监督管理局")
	same(t, at(t, d, "orgs", 0, "default"), true)
	i := rows(t, bytes.ReplaceAll(contents["api/v1/items/food-business.json"], []byte("\n"), nil))[0]
	if got := len(i["handled_by"].([]any)); got != 6 {
		t.Errorf("food is handled in %d guides, want 6", got)
	}
	same(t, at(t, i, "handled_by", 0, "guide"), "139900/food-business/01")
	same(t, at(t, i, "handled_by", 0, "decides"), true)
}

func TestManifest(t *testing.T) {
	contents := fixture(t)
	var m manifestFile
	decode(t, contents[pathManifest], &m)
	if m.SchemaVersion != 1 || m.Commit != "8a6b0bc" || m.AsOf != "2026-11-21" || m.Licence.ID != "CC-BY-4.0" || !m.Sample {
		t.Errorf("manifest says %+v", m)
	}
	want := map[string]int{pathItems: m.Counts.Items, pathGuides: m.Counts.Guides}
	for _, f := range m.Files {
		packed := contents[f.Path]
		raw := gunzip(t, packed)
		if int64(len(packed)) != f.Bytes || sum(packed) != f.SHA256 || int64(len(raw)) != f.UncompressedBytes || sum(raw) != f.UncompressedSHA256 {
			t.Errorf("%s is not what the manifest says", f.Path)
		}
		if n := len(rows(t, raw)); n != f.Rows || n != want[f.Path] || n == 0 {
			t.Errorf("%s: %d rows, %d in files, %d in counts", f.Path, n, f.Rows, want[f.Path])
		}
		if contents[f.Schema] == nil {
			t.Errorf("no schema %s", f.Schema)
		}
		delete(want, f.Path)
	}
	for p := range contents {
		if strings.HasPrefix(p, "data/current/") && p != pathManifest && !slices.ContainsFunc(m.Files, func(f dataFile) bool { return f.Path == p }) {
			t.Errorf("%s is not listed", p)
		}
	}
	var l struct{ Manifest pointer }
	decode(t, contents[pathLatest], &l)
	if l.Manifest.Path != pathManifest || l.Manifest.SHA256 != sum(contents[pathManifest]) {
		t.Errorf("latest points at %+v", l.Manifest)
	}
}

// manifestFile is a manifest as a reader decodes it.
type manifestFile struct {
	SchemaVersion int    `json:"schema_version"`
	Commit        string `json:"commit"`
	AsOf          string `json:"as_of"`
	Licence       licence
	Sample        bool
	Counts        counts
	Files         []dataFile
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

// TestMembers checks that a gzip member holds the guides of one place, and that its header tells no time and no name.
func TestMembers(t *testing.T) {
	contents := fixture(t)
	r := bytes.NewReader(contents[pathGuides])
	z, err := gzip.NewReader(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range derive(t, source(t), "2026-11-21").Catalog.Divisions {
		z.Multistream(false)
		if z.ModTime.Unix() > 0 || z.Name != "" {
			t.Errorf("%s: the member has time %v and name %q", d.ID, z.ModTime, z.Name)
		}
		raw, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		lines := rows(t, raw)
		if len(lines) != len(d.Guides) {
			t.Errorf("%s: %d lines, %d guides", d.ID, len(lines), len(d.Guides))
		}
		for _, l := range lines {
			same(t, at(t, l, "division", "id"), d.ID)
		}
		if err := z.Reset(r); err != nil && err != io.EOF {
			t.Fatal(err)
		}
	}
}

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

// TestStamps edits one record after the other. Wherever bytes change the stamp must; and an edit must not reach files that it
// does not concern.
func TestStamps(t *testing.T) {
	before, stamps := render(t, derive(t, source(t), "2026-11-21"))
	for _, e := range []struct {
		file, old, new string
		untouched      []string
	}{
		{"data/divisions/139921/food-business.toml", "value = 2", "value = 1", []string{"api/v1/divisions/139922.json", "api/v1/items/*.json", pathItems}},
		{"data/divisions/139921/food-business.toml", "3", "9", []string{"api/v1/divisions/139922.json", pathItems}},
		{"data/divisions/139900/food-business.toml", "value = 4", "value = 3", []string{"api/v1/items/*.json"}},
		{"data/items/food-business/item.toml", "食品经营许可\"", "食品经营许可（新）\"", []string{"api/v1/items/dibao.json"}},
		{"data/items/food-business/item.toml", "official", "sample", []string{"api/v1/items/dibao.json"}},
		{"data/items/food-business/item.toml", "000131016000", "000131016001", []string{"api/v1/items/dibao.json"}},
		{"data/items/food-business/02.toml", "在用", "取消", []string{"api/v1/items/dibao.json"}},
		{"data/items/dibao/01.toml", "月\" }", "工作日\" }", []string{"api/v1/items/food-business.json", "api/v1/divisions/139922.json"}},
		{"data/laws/food-safety-law.toml", "中华人民共和国", "", []string{"api/v1/divisions/*.json", pathGuides}},
		{"data/materials/business-licence.toml", "营业执照", "营业执照副本", []string{"api/v1/divisions/139922.json", "api/v1/items/dibao.json"}},
		{"data/documents/sample-doc.toml", "（示例）", "", []string{"api/v1/items/*.json", "api/v1/divisions/139922.json"}},
		{"data/divisions/defaults/county.toml", "市场监督管理局", "市监局", nil},
		{"data/divisions/defaults/county.toml", "市场监管窗口", "综合窗口", []string{"api/v1/items/*.json"}},
		{"data/divisions/139921/division.toml", "示例县", "示例新县", []string{"api/v1/divisions/139922.json"}},
		{"data/divisions/139921/division.toml", "sample = true", "", []string{"api/v1/items/*.json"}},
		{"data/divisions/139900/division.toml", "920212", "920213", []string{"api/v1/divisions/139921.json"}},
		{"data/vocab/units.toml", "workday", "working-day", nil},
		{"site.toml", "示例省", "示范省", []string{"api/v1/divisions/*.json", "api/v1/items/*.json", pathItems, pathGuides}},
		{"site.toml", "banshi.example", "other.example", nil},
	} {
		t.Run(e.file+" "+e.new, func(t *testing.T) {
			files := source(t)
			edited := strings.ReplaceAll(string(files[e.file].Data), e.old, e.new)
			if edited == string(files[e.file].Data) {
				t.Fatal("the edit changes nothing")
			}
			files[e.file] = &fstest.MapFile{Data: []byte(edited)}
			after, now := render(t, derive(t, files, "2026-11-21"))
			changed := 0
			for p, b := range after {
				if !bytes.Equal(b, before[p]) {
					changed++
					if stamps[p] == now[p] {
						t.Errorf("%s has other bytes and the same stamp", p)
					}
				}
				for _, u := range e.untouched {
					if ok, _ := path.Match(u, p); ok && stamps[p] != now[p] {
						t.Errorf("%s has another stamp for nothing", p)
					}
				}
			}
			if changed == 0 {
				t.Error("no file changed")
			}
		})
	}
}

func TestAppendString(t *testing.T) {
	for _, s := range []string{"", "食品", "\"引号\"和\\", "行一\n行二\t", "\x00\x1f\x7f", "a<b>&c", "\u2028"} {
		var back string
		decode(t, appendString(nil, s), &back)
		if back != s {
			t.Errorf("%q came back as %q", s, back)
		}
	}
	if got := string(appendString(nil, "一\r\n二\r三")); got != `"一\n二\n三"` {
		t.Errorf("line ends: %s", got)
	}
	if got := string(appendDate(nil, 9870102)); got != `"0987-01-02"` {
		t.Errorf("date: %s", got)
	}
}

func FuzzAppendString(f *testing.F) {
	f.Add("食品经营许可\n“新办”\"\\")
	f.Add("\x01\u2029")
	f.Fuzz(func(t *testing.T, s string) {
		if !json.Valid(appendString(nil, strings.ToValidUTF8(s, "？"))) {
			t.Errorf("%q is no JSON", s)
		}
	})
}
