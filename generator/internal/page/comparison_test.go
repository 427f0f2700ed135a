package page

import (
	"strings"
	"testing"
	"testing/fstest"
)

// compareFixture adds a made-up county, which is better than any real place.
func compareFixture() fstest.MapFS {
	m := fixture()
	m["data/divisions/139921/division.toml"] = &fstest.MapFile{Data: []byte("id = \"139921\"\ncode = \"139921\"\nname = \"示例县\"\nlevel = \"县级\"\nkind = \"县\"\nparent = \"130000\"\nsample = true")}
	m["data/divisions/139921/food-business.toml"] = &fstest.MapFile{Data: []byte("one_window = true\n[procedure.01]\npromise = [{ value = 1, unit = \"工作日\" }]\nvisits = 0\n")}
	return m
}

// The figures of a real place and of a made-up one stand in tables of their own, a place without a record has none, and every
// figure leads to where it is said.
func TestComparison(t *testing.T) {
	s := siteOf(t, compareFixture())
	files := filesOf(t, s, loadTheme(t))
	page := render(t, files["compare/food-business/index.html"])
	real, rest, ok := strings.Cut(page, `id="sample"`)
	if !ok {
		t.Fatal("no table of made-up places")
	}
	sample, sides, ok := strings.Cut(rest, `id="levels"`)
	if !ok {
		t.Fatal("nothing side by side")
	}
	for text, in := range map[string]string{
		`<dd><b>3</b> 个<small>不含示例地方</small>`:                     real,
		`href="../../divisions/130731/food-business.01.html#how"`: real,
		`href="../../divisions/130731/food-business.01.html"`:     real,
		`href="../../items/food-business/index.html#standard"`:    real,
		`divisions/130731/food-business.toml">记录</a>`:             real,
		"涿鹿县最方便": real,
		"免交材料：营业执照（窗口自己查）": real,
		"其余 2 个地方按省级标准":    real,
		"<b>1 工作日</b>":     sample,
		"标准是 5–10 工作日":     sample,
		"<b>0 次</b>":       sample,
		"示例县最方便":           sample,
		"数据共享（窗口自己查）":      sides,
		`data-th="和标准相同"`:  sides,
		"只能更好的":            sides,
	} {
		if !strings.Contains(in, text) {
			t.Errorf("nowhere where it should stand: %s", text)
		}
	}
	for text, in := range map[string]string{"示例县": real, "<b>1 工作日</b>": real, "涿鹿县": sample, "赤城县": strings.Split(sides, `id="all"`)[0], "大厅搬迁": real} {
		if strings.Contains(in, text) {
			t.Errorf("stands where it should not: %s", text)
		}
	}
	// What is set as places like makes none differ: the second procedure has a window for all matters, and no line.
	if strings.Count(sample, "<tr>") != 3 {
		t.Errorf("%d rows of made-up places, want the head, the standard and one place", strings.Count(sample, "<tr>"))
	}
	csv := render(t, files["compare/food-business/places.csv"])
	for _, want := range []string{"\ufeff办理项,地方,", "食品经营许可新办,涿鹿县,130731,,3 工作日", "食品经营许可新办,示例县,139921,是,1 工作日,0 次", "data/divisions/130731/food-business.toml"} {
		if !strings.Contains(csv, want) {
			t.Errorf("the file lacks %q:\n%s", want, csv)
		}
	}
	// An item that nobody changes says so, and shows nothing side by side.
	plain := render(t, files["compare/dibao/index.html"])
	if !strings.Contains(plain, "都没有收录它们自己的规定") || strings.Contains(plain, `id="levels"`) || strings.Contains(plain, `id="sample"`) {
		t.Error("the page of an item without local records does not say so")
	}
}

// A place that changes its record changes the page of comparison of that item and no other.
func TestComparisonStamps(t *testing.T) {
	before := filesOf(t, siteOf(t, compareFixture()), loadTheme(t))
	m := compareFixture()
	edit(m, "data/divisions/139921/food-business.toml", "value = 1", "value = 2")
	after := filesOf(t, siteOf(t, m), loadTheme(t))
	for path, changed := range map[string]bool{
		"compare/food-business/index.html": true, "compare/food-business/places.csv": true,
		"compare/dibao/index.html": false, "compare/food-prepack/index.html": false, "compare/index.html": false,
	} {
		if (before[path].Stamp != after[path].Stamp) != changed {
			t.Errorf("%s: changed is %t", path, !changed)
		}
	}
}
