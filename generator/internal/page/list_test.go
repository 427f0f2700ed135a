package page

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// Lists tell the standard and what places have of their own, made-up places apart, with a page for each county and a file.
func TestListsByPlace(t *testing.T) {
	m := compareFixture()
	m["data/divisions/139921/food-prepack.toml"] = &fstest.MapFile{Data: []byte("hall_entry = { entered = false, reason = \"=要到现场看\" }\n")}
	files := filesOf(t, siteOf(t, m), loadTheme(t))
	say := func(path string, want ...string) string {
		t.Helper()
		text := render(t, files[path])
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %s", path, w)
			}
		}
		return text
	}
	// A real county dropped a paper.
	shareable := say("lists/shareable/index.html", "不要营业执照（数据共享）", `href="../../divisions/130731/food-business.01.html"`, `href="130731.html"`, `href="list.csv"`)
	if strings.Contains(shareable, `id="made"`) || strings.Contains(shareable, `id="list"`) {
		t.Error("a list of what places dropped speaks of made-up places that dropped nothing, or of the standard")
	}
	say("lists/shareable/130731.html", "涿鹿县", "不要营业执照（数据共享）")
	if _, is := files["lists/shareable/130732.html"]; is {
		t.Error("a county without anything on a list has a page of it")
	}
	// A made-up county leaves the hall: said apart, and its reason is no formula.
	outside := say("lists/outside-hall/index.html", `id="made"`, "=要到现场看")
	if strings.Contains(outside, `id="own"`) {
		t.Error("a made-up place stands among the real ones")
	}
	say("lists/outside-hall/list.csv", "\ufeff地方,", "示例县,139921,是,", "'=要到现场看")
	// What the standard has is on the page of every county, with the county's guide, in rows that counties share.
	a, b := say("lists/once/130732.html", `href="../../divisions/130732/food-business.01.html"`), say("lists/once/130733.html", `href="../../divisions/130733/food-business.01.html"`)
	if a == b || regexp.MustCompile(`m[0-9a-f]{32}`).MatchString(a+b) {
		t.Error("the rows of a county are not its own")
	}
	say("lists/nearby/index.html", "最低生活保障审核确认", "乡镇（街道）就能办")
	say("divisions/130731/index.html", `href="../../lists/shareable/130731.html"`)
	// The same item elsewhere, from its guide.
	say("divisions/130732/food-business.01.html", `href="../../items/food-business/index.html#places"`, `href="../../compare/food-business/index.html"`)
	say("index.html", `href="lists/no-proof/index.html"`)
}

// A paper that is all one must bring leads to what it is enough for, by the standard; the identity card does not count.
func TestEnough(t *testing.T) {
	line := func(material string, necessity string, waived ...string) *catalog.Paper {
		return &catalog.Paper{MaterialUse: &record.MaterialUse{Material: material, Necessity: necessity, WaivedBy: waived}}
	}
	for want, lines := range map[string][]*catalog.Paper{
		"alone":                 {line("photo", "必要")},
		"with the card":         {line("photo", "必要"), line("id-card", "必要")},
		"others are looked up":  {line("photo", "必要"), line("licence", "必要", "数据共享")},
		"others follow later":   {line("photo", "必要"), line("licence", record.Deferrable)},
		"no: another one too":   {line("photo", "必要"), line("form", "必要")},
		"no: it is looked up":   {line("photo", "必要", "数据共享")},
		"no: it is not there":   {line("form", "必要")},
		"no: nothing is needed": {},
	} {
		p := &catalog.Procedure{Sections: catalog.Sections{Papers: &catalog.Papers{Lines: lines}}}
		if got := enough(p, "photo"); got == strings.HasPrefix(want, "no") {
			t.Errorf("%s: %t", want, got)
		}
	}
}
