package dump

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"testing"
)

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
