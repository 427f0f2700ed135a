package page

import (
	"strings"
	"testing"

	"banshi/generator/internal/config"
)

// Every section of a guide leads to the line that says it: the standard's, or the record of the place that says otherwise.
func TestSources(t *testing.T) {
	s := portalOf(t, portal())
	s.Config.Edit = config.Edit{Repository: "https://github.com/zwfw/banshi", Forge: "github", Branch: "main"}
	files := filesOf(t, s, loadTheme(t))
	own, plain := render(t, files["divisions/130731/food-business.01.html"]), render(t, files["divisions/130732/food-business.01.html"])
	const standard = "https://github.com/zwfw/banshi/blob/main/data/items/food-business/01.toml#L"
	if !strings.Contains(plain, standard) || strings.Count(plain, "https://github.com/zwfw/banshi/edit/main/") < 9 {
		t.Error("a section of a guide that no place changed does not lead to the standard")
	}
	if !strings.Contains(own, "https://github.com/zwfw/banshi/blob/main/data/divisions/130731/food-business.toml#L") {
		t.Error("a section that a county changed does not lead to the county's record")
	}
	if !strings.Contains(own, "%E7%89%88%E6%9C%AC") || !strings.Contains(own, "issues/new?title=%E6%8A%A5%E9%94%99") {
		t.Error("a mistake is not told with the version that was seen")
	}
	if article := render(t, files["help/index.html"]); !strings.Contains(article, "https://github.com/zwfw/banshi/edit/main/content/help") {
		t.Error("an article cannot be edited")
	}
}
