package page

import (
	"encoding/xml"
	"strings"
	"testing"
	"testing/fstest"

	"banshi/generator/internal/output"
)

// official is the fixture with codes that are no samples.
func official() fstest.MapFS {
	m := fixture()
	for _, f := range m {
		f.Data = []byte(strings.ReplaceAll(string(f.Data), `code_status = "sample"`, `code_status = "official"`))
	}
	return m
}

func locs(t *testing.T, text string) []string {
	t.Helper()
	var d struct {
		Maps  []location `xml:"sitemap"`
		Pages []location `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(text), &d); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range append(d.Maps, d.Pages...) {
		out = append(out, l.Address)
	}
	return out
}

// A real site names every page by its canonical address; codes that moved are not among them.
func TestSitemap(t *testing.T) {
	m := official()
	edit(m, "data/items/food-business/item.toml", `origin = "国家"`, "origin = \"国家\"\nformer_codes = [\"XK0010100Y\"]")
	files := filesOf(t, siteOf(t, m), loadTheme(t))
	index := locs(t, render(t, files["sitemap.xml"]))
	if len(index) != 1 || index[0] != "https://banshi.example.gov.cn/sitemap-1.xml" {
		t.Fatalf("the index names %q", index)
	}
	if robots := render(t, files["robots.txt"]); !strings.Contains(robots, "Sitemap: https://banshi.example.gov.cn/sitemap.xml\n") || strings.Contains(robots, "Disallow") {
		t.Errorf("robots.txt is %q", robots)
	}
	listed := map[string]bool{}
	for _, l := range locs(t, render(t, files["sitemap-1.xml"])) {
		if listed[l] {
			t.Errorf("%s stands twice", l)
		}
		listed[l] = true
	}
	for path, f := range files {
		if !strings.HasSuffix(path, ".html") || strings.HasPrefix(path, "codes/") {
			continue // the canonical address of a former code is that of another page
		}
		page := render(t, f)
		_, rest, _ := strings.Cut(page, `<link rel="canonical" href="`)
		canonical, _, _ := strings.Cut(rest, `"`)
		if hidden := strings.Contains(page, `content="noindex"`); hidden == listed[canonical] {
			t.Errorf("%s (%s): noindex %t, in the sitemap %t", path, canonical, hidden, listed[canonical])
		}
		delete(listed, canonical)
	}
	for l := range listed {
		t.Errorf("the sitemap names %s, which is no page", l)
	}
}

func TestDemonstrationHasNoSitemap(t *testing.T) {
	files := filesOf(t, siteOf(t, fixture()), loadTheme(t))
	for path := range files {
		if strings.HasPrefix(path, "sitemap") {
			t.Errorf("a demonstration has %s", path)
		}
	}
	if robots := render(t, files["robots.txt"]); robots != "User-agent: *\nDisallow: /\n" {
		t.Errorf("robots.txt of a demonstration is %q", robots)
	}
}

// A province has more addresses than one sitemap may hold.
func TestSitemapIsSplit(t *testing.T) {
	b, err := newBuilder(siteOf(t, official()), loadTheme(t))
	if err != nil {
		t.Fatal(err)
	}
	pages := make([]output.File, 2*maxSitemap+1)
	for i := range pages {
		pages[i].Path = "divisions/130731/item-" + itoa(i) + ".html"
	}
	var sizes []int
	for _, f := range b.crawlerFiles(func() []output.File { return pages }) {
		if strings.HasPrefix(f.Path, "sitemap-") {
			sizes = append(sizes, len(locs(t, render(t, f))))
		}
	}
	if len(sizes) != 3 || sizes[0] != maxSitemap || sizes[1] != maxSitemap || sizes[2] != 1 {
		t.Errorf("sitemaps of %d", sizes)
	}
}

// The stamps of what is made without a template follow its text.
func TestCrawlerStamps(t *testing.T) {
	theme := loadTheme(t)
	before := filesOf(t, siteOf(t, official()), theme)
	m := official()
	edit(m, "data/items/food-prepack/01.toml", `name = "仅销售预包装食品备案"`, `name = "备案"`)
	after := filesOf(t, siteOf(t, m), theme)
	if before["sitemap-1.xml"].Stamp != after["sitemap-1.xml"].Stamp {
		t.Error("a name changes the sitemap, which has only addresses")
	}
	m["data/items/food-prepack/02.toml"] = &fstest.MapFile{Data: []byte("name = \"备案变更\"\nstatus = \"在用\"\neffective_from = 2015-10-01")}
	if before["sitemap-1.xml"].Stamp == filesOf(t, siteOf(t, m), theme)["sitemap-1.xml"].Stamp {
		t.Error("another guide leaves the sitemap's stamp")
	}
}

// Former codes of items and places lead to what has them now, by pages and by rules for hosts.
func TestMovedCodes(t *testing.T) {
	m := official()
	edit(m, "data/items/food-business/item.toml", `origin = "国家"`, "origin = \"国家\"\nformer_codes = [\"XK0010100Y\", \"../x\", \"JY01\"]")
	edit(m, "data/items/food-prepack/item.toml", `origin = "国家"`, "origin = \"国家\"\nformer_codes = [\"JY01\"]")
	edit(m, "data/divisions/130733/division.toml", `kind = "县"`, "kind = \"县\"\nformer_codes = [\"130734\", \"130731\"]")
	s := siteOf(t, m)
	files := filesOf(t, s, loadTheme(t))

	one := render(t, files["codes/XK0010100Y/index.html"])
	for _, want := range []string{
		`<meta http-equiv="refresh" content="0; url=../../items/food-business/index.html">`, `href="../../items/food-business/index.html"`,
		`<link rel="canonical" href="https://banshi.example.gov.cn/items/food-business/">`, `content="noindex"`,
	} {
		if !strings.Contains(one, want) {
			t.Errorf("the page of a former code lacks %s", want)
		}
	}
	two := render(t, files["codes/JY01/index.html"])
	if strings.Contains(two, "http-equiv=\"refresh\"") || !strings.Contains(two, "items/food-business/") || !strings.Contains(two, "items/food-prepack/") {
		t.Error("a code that was divided does not let the reader choose")
	}
	for file, wants := range map[string][]string{
		"_redirects":          {"/codes/XK0010100Y/ /items/food-business/ 301\n", "/codes/130734 /divisions/130733/ 301\n", "/divisions/130734/* /divisions/130733/:splat 301\n"},
		"redirects.nginx.map": {"/codes/XK0010100Y/ /items/food-business/;\n", "~^/divisions/130734/(?<banshi_rest>.*)$ /divisions/130733/$banshi_rest;\n"},
		"redirects.caddy":     {"redir /codes/XK0010100Y /items/food-business/ 301\n", "@moved-130734 path_regexp moved ^/divisions/130734/(.*)$\nredir @moved-130734 /divisions/130733/{re.moved.1} 301\n"},
	} {
		text := render(t, files[file])
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q:\n%s", file, want, text)
			}
		}
		if strings.Contains(text, "JY01") || strings.Contains(text, "..") {
			t.Errorf("%s redirects a code that leads to two, or is no address:\n%s", file, text)
		}
		if strings.Contains(text, "/divisions/130731/") {
			t.Errorf("%s leads away from a place that has the code today:\n%s", file, text)
		}
	}

	s.Config.BaseURL = "https://example.gov.cn/banshi"
	if text := render(t, filesOf(t, s, loadTheme(t))["_redirects"]); !strings.HasPrefix(text, "/banshi/codes/130731/ /banshi/divisions/130733/ 301\n") {
		t.Errorf("below a path the rules are\n%s", text)
	}
}

func TestNothingMoved(t *testing.T) {
	for path := range filesOf(t, siteOf(t, official()), loadTheme(t)) {
		if strings.HasPrefix(path, "codes/") || strings.Contains(path, "redirects") {
			t.Errorf("without former codes there is %s", path)
		}
	}
}

// The previewer has the same files as the builder.
func TestPreviewHasTheSame(t *testing.T) {
	s, theme := siteOf(t, official()), loadTheme(t)
	pages, err := Preview(s, theme)
	if err != nil {
		t.Fatal(err)
	}
	preview, err := pages.Files()
	if err != nil {
		t.Fatal(err)
	}
	built := filesOf(t, s, theme)
	if len(preview) != len(built) {
		t.Errorf("%d files in the preview, %d in the build", len(preview), len(built))
	}
	for _, f := range preview {
		if strings.HasSuffix(f.Path, ".xml") && render(t, f) != render(t, built[f.Path]) {
			t.Errorf("%s differs in the preview", f.Path)
		}
		if found, ok, err := pages.Lookup(f.Path); !ok || err != nil || found.Path != f.Path {
			t.Errorf("%s is not found in the preview: %v", f.Path, err)
		}
	}
	for _, path := range []string{"divisions/139921/none.html", "divisions/999999/index.html", "divisions/", "none"} {
		if f, ok, err := pages.Lookup(path); ok || err != nil {
			t.Errorf("%s is %q, %v; there is no such page", path, f.Path, err)
		}
	}
}
