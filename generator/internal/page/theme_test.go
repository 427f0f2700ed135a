package page

import (
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// defaultThemeFiles are the files of the default theme.
func defaultThemeFiles(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(project, "themes/default", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(project, p)
		files[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A theme of a site's own overrides single files, and what is wrong with it is said.
func TestThemes(t *testing.T) {
	files := defaultThemeFiles(t)
	own := func(name, text string) fstest.MapFS {
		m := fstest.MapFS{}
		for k, v := range files {
			m[k] = v
		}
		m["themes/zhuolu/"+name] = &fstest.MapFile{Data: []byte(text)}
		return m
	}
	theme, err := LoadTheme(own("templates/fragments/faq.html", `<p id="faq">本县问答 {{len .FAQ}}</p>`), "zhuolu")
	if err != nil {
		t.Fatal(err)
	}
	page := render(t, filesOf(t, siteOf(t, fixture()), theme)["divisions/130732/food-business.01.html"])
	if !strings.Contains(page, `<p id="faq">本县问答 1</p>`) || !strings.Contains(page, "带什么") {
		t.Error("an overridden fragment is not shown, or the rest of the default theme is not")
	}
	for name, bad := range map[string][2]string{
		"对比度":     {"theme.toml", "api = 1\n[accent]\naccent = \"#99ccbb\""},
		"api = 7": {"theme.toml", "api = 7"},
		"faq":     {"templates/fragments/faq.html", "{{if .FAQ}}"},
	} {
		if _, err := LoadTheme(own(bad[0], bad[1]), "zhuolu"); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error %v, want one that names %q", bad[0], err, name)
		}
	}
	if _, err := LoadTheme(own("templates/fragments/faq.html", "{{.Nonsense}}"), "zhuolu"); err != nil {
		t.Fatal(err)
	}
	theme, _ = LoadTheme(own("templates/fragments/faq.html", "{{.Nonsense}}"), "zhuolu")
	err = filesOf(t, siteOf(t, fixture()), theme)["divisions/130732/food-prepack.html"].Write(io.Discard)
	if err == nil || !strings.Contains(err.Error(), "fragments/faq") || !strings.Contains(err.Error(), "最低生活保障审核确认") {
		t.Errorf("error %v names neither the template nor the first item whose questions look so: none", err)
	}
	// Rows are dealt out where the theme lets each stand alone, else every page has its own.
	for text, want := range map[string]string{
		`<ol>{{range .Rows}}<li><a href="{{.URL}}">{{.Name}}</a></li>{{end}}</ol>`:    `<ol><li><a href="../../divisions/130732/food-business.01.html">食品经营许可</a></li></ol>`,
		"{{$of := .Name}}{{range .Rows}}<i>{{$of}}{{.URL}}</i>{{end}}":                "<i>最多跑一次../../divisions/130732/food-business.01.html</i>",
		"{{range .Rows}}<i>{{.Name}}</i>{{end}}{{range .Rows}}<b>{{.URL}}</b>{{end}}": "<i>食品经营许可</i><b>../../divisions/130732/food-business.01.html</b>",
	} {
		theme, _ = LoadTheme(own("templates/fragments/listrows.html", text), "zhuolu")
		files := filesOf(t, siteOf(t, fixture()), theme)
		for _, place := range []string{"130733", "130732"} {
			if page = render(t, files["lists/once/"+place+".html"]); !strings.Contains(page, strings.ReplaceAll(want, "130732", place)) {
				t.Errorf("a theme's own table of a list is not %s", want)
			}
		}
	}
	theme, _ = LoadTheme(own("templates/fragments/listrows.html", "{{range .Rows}}{{.Nonsense}}{{end}}"), "zhuolu")
	err = filesOf(t, siteOf(t, fixture()), theme)["lists/once/130732.html"].Write(io.Discard)
	if err == nil || !strings.Contains(err.Error(), "fragments/listrows") {
		t.Errorf("error %v does not name the template", err)
	}
	old := own("theme.toml", "api = 1")
	words := string(old["themes/default/i18n/zh-CN.toml"].Data)
	old["themes/default/i18n/zh-CN.toml"] = &fstest.MapFile{Data: []byte(regexp.MustCompile(`(?m)^compare_lead = .*$`).ReplaceAllString(words, ""))}
	if theme, err = LoadTheme(old, "zhuolu"); err != nil {
		t.Fatal(err)
	}
	if _, err = Files(siteOf(t, fixture()), theme); err == nil || !strings.Contains(err.Error(), "compare_lead") || !strings.Contains(err.Error(), "zhuolu") {
		t.Errorf("error %v names neither the theme nor the word that it lacks", err)
	}
}

// Both languages have the same words, filled in by the same names, and a site in English renders.
func TestWords(t *testing.T) {
	theme := loadTheme(t)
	zh, en := theme.words["zh-CN"], theme.words["en"]
	name := regexp.MustCompile(`\{[a-z]+\}`)
	for key, w := range zh {
		if en[key] == "" || w == "" {
			t.Errorf("%s: %q in Chinese, %q in English", key, w, en[key])
		}
		a, b := name.FindAllString(w, -1), name.FindAllString(en[key], -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(slices.Compact(a), slices.Compact(b)) {
			t.Errorf("%s: filled in are %v in Chinese, %v in English", key, a, b)
		}
	}
	if len(zh) != len(en) {
		t.Errorf("%d words in Chinese, %d in English", len(zh), len(en))
	}
	s := siteOf(t, fixture())
	s.Config.Language = "en"
	for path, f := range filesOf(t, s, theme) {
		if isGuide(path) && !strings.Contains(render(t, f), "Main navigation") {
			t.Errorf("%s is not in English", path)
		}
	}
	s.Config.Language = "fr"
	if _, err := Files(s, theme); err == nil {
		t.Error("no error for a language without words")
	}
}

// A word is filled with what is given, once: what a record says is not looked through for names.
func TestFill(t *testing.T) {
	words := map[string]string{"at": "{place}的{name}：{n} 项，{place}", "none": "没有", "open": "到 {place 为止"}
	for _, c := range []struct {
		key, want string
		pairs     []string
	}{
		{"none", "没有", []string{"place", "示例县"}},
		{"at", "示例县的{n}：3 项，示例县", []string{"place", "示例县", "name", "{n}", "n", "3"}},
		{"at", "{place}的低保：{n} 项，{place}", []string{"name", "低保"}},
		{"open", "到 {place 为止", []string{"place", "示例县"}},
	} {
		if got, err := fill(words, c.key, c.pairs...); got != c.want || err != nil {
			t.Errorf("%s with %q is %q (%v), want %q", c.key, c.pairs, got, err, c.want)
		}
	}
}
