package dump

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
)

func one(t testing.TB, doc []byte) map[string]any {
	t.Helper()
	if doc == nil {
		t.Fatal("no such file")
	}
	return rows(t, bytes.ReplaceAll(doc, []byte("\n"), nil))[0]
}

// TestLookups asks what codes stand for: of items, places and bodies, in use and formerly.
func TestLookups(t *testing.T) {
	files := source(t)
	for path, lines := range map[string]string{
		"data/items/food-business/item.toml":  "former_codes = [\"000131015000\", \"13-old-A1\"]\nlocal_code = \"HB-0916\"\n",
		"data/items/dibao/item.toml":          "former_codes = [\"13-OLD-a1\", \"000131016000\", \"../etc\", \"index\"]\n",
		"data/divisions/139922/division.toml": "former_codes = [\"139999\"]\n",
	} {
		files[path] = &fstest.MapFile{Data: append([]byte(lines), files[path].Data...)}
	}
	contents, _ := render(t, derive(t, files, "2026-11-21"))
	is := func(code, kind, id, use string, n int) {
		t.Helper()
		l := one(t, contents["api/v1/codes/"+code+".json"])
		same(t, at(t, l, "matches", n, "kind"), kind)
		same(t, at(t, l, "matches", n, "id"), id)
		same(t, at(t, l, "matches", n, "use", "code"), use)
		if p := at(t, l, "matches", n, "path").(string); contents[p] == nil {
			t.Errorf("%s leads to %s, which is not there", code, p)
		}
	}
	is("000131016000", "item", "food-business", "current", 0)
	is("000131016000", "item", "dibao", "former", 1)
	is("000131015000", "item", "food-business", "former", 0)
	is("HB-0916", "item", "food-business", "local", 0)
	is("139921", "division", "139921", "current", 0)
	is("139999", "division", "139922", "former", 0)
	is("119999990000920212", "org", "market", "current", 0)
	same(t, at(t, one(t, contents["api/v1/codes/119999990000920212.json"]), "matches", 0, "division", "id"), "139900")
	// Codes that differ in case only share a file; a path or a reserved name is no code.
	if matches := at(t, one(t, contents["api/v1/codes/13-OLD-a1.json"]), "matches").([]any); len(matches) != 2 {
		t.Errorf("a former code of two items has %d matches", len(matches))
	}
	index := at(t, one(t, contents[pathLookups]), "codes").([]any)
	n := 0
	for p := range contents {
		if strings.HasPrefix(p, "api/v1/codes/") && p != pathLookups {
			n++
		}
		if strings.Contains(p, "etc") {
			t.Errorf("%s", p)
		}
	}
	if len(index) != n || n < 9 {
		t.Errorf("%d codes in the index, %d files", len(index), n)
	}
}

// TestTombstones ends an item and looks for what stays of it.
func TestTombstones(t *testing.T) {
	files := source(t)
	p := "data/items/dibao/item.toml"
	files[p] = &fstest.MapFile{Data: []byte(strings.Replace(string(files[p].Data), "在用", "合并", 1) + "\neffective_to = 2026-10-01\nending = { document = \"sample-doc\", replaced_by = \"food-business\" }\n")}
	contents, _ := render(t, derive(t, files, "2026-11-21"))
	same(t, at(t, one(t, contents[pathTombstones]), "tombstones"), []any{map[string]any{
		"id": "dibao", "code": "130511963000", "name": "最低生活保障审核确认", "status": map[string]string{"code": "合并", "label": "合并"},
		"replaced_by": map[string]string{"id": "food-business", "name": "食品经营许可"}, "date": "2026-10-01",
		"document": map[string]string{"id": "sample-doc", "name": "关于低保标准的通知（示例）"},
	}})
	if contents["api/v1/items/dibao.json"] == nil {
		t.Error("the file of a merged item is gone")
	}
}
