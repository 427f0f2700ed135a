package page

import (
	"strings"
	"testing"

	"banshi/generator/internal/changes"
	"banshi/generator/internal/record"
)

// TestFormerGuides looks at the addresses of guides that were printed and are no more: of an item that was cancelled, of a
// procedure that ended, and of the one that was left and has moved to the address of its item.
func TestFormerGuides(t *testing.T) {
	m := fixture()
	edit(m, "data/items/food-prepack/item.toml", `status = "在用"`, "status = \"取消\"\neffective_to = 2026-10-01\nending = { what_now = \"不用再备案。\", document = \"none\" }")
	edit(m, "data/items/food-business/02.toml", `status = "在用"`, "status = \"取消\"\neffective_to = 2026-10-01")
	delete(m, "data/divisions/130731/food-business.toml")
	s := siteOf(t, m)
	theme := loadTheme(t)
	before := filesOf(t, s, theme)
	for _, p := range []string{"divisions/130731/food-prepack.html", "divisions/130731/food-business.02.html", "divisions/130731/food-business.01.html"} {
		if _, there := before[p]; there {
			t.Errorf("%s is there though it never was in the history", p)
		}
	}
	s.Changes = []*changes.Entry{
		{ID: "a", Date: 20261001, Kind: "取消", Title: "取消", Subject: changes.Subject{Kind: record.KindItem, Item: "food-prepack"}},
		{ID: "b", Date: 20261001, Kind: "取消", Title: "取消", Subject: changes.Subject{Kind: record.KindProcedure, Item: "food-business", Procedure: "02"}},
	}
	files := filesOf(t, s, theme)
	for p, want := range map[string][]string{
		"divisions/130731/food-prepack.html":     {"这件事已经取消（2026年10月1日）", "不用再备案。", `href="../../items/food-prepack/index.html"`},
		"divisions/130732/food-prepack.html":     {"这件事已经取消"},
		"divisions/130731/food-business.02.html": {"“食品经营许可延续”已经不单独办了", `href="food-business.html" data-keep`},
		"divisions/130731/food-business.01.html": {"现在都在一页里", `rel="canonical" href="https://banshi.example.gov.cn/divisions/130731/food-business.html"`},
	} {
		page := render(t, files[p])
		for _, w := range append(want, `content="noindex"`) {
			if !strings.Contains(page, w) {
				t.Errorf("%s lacks %q", p, w)
			}
		}
	}
	// A place that says itself why it has no guide goes on saying so.
	if page := render(t, files["divisions/130733/food-prepack.html"]); !strings.Contains(page, "由市里统一办。") {
		t.Errorf("the pointer of a place is gone")
	}
}
