package page

import (
	"fmt"
	"strings"
	"testing"
)

// themeWith is the default theme with a template changed.
func themeWith(t *testing.T, name, old, new string) *Theme {
	t.Helper()
	files := defaultThemeFiles(t)
	file := files["themes/default/templates/"+name+".html"]
	text := strings.Replace(string(file.Data), old, new, 1)
	if text == string(file.Data) {
		t.Fatalf("%s has no %s", name, old)
	}
	file.Data = []byte(text)
	theme, err := LoadTheme(files, "default")
	if err != nil {
		t.Fatal(err)
	}
	return theme
}

// What is filled with texts is what the template writes for them, also with more texts than there are slots.
func TestTextsAreFilledIn(t *testing.T) {
	var faq strings.Builder
	for n := range maxWords {
		fmt.Fprintf(&faq, "\n[[faq]]\nid = \"more-%d\"\nq = \"第 %d 问 <b>？\"\na = \"1+1 & '%d' \\\"\\\\\\\"。 \"\n", n, n, n)
	}
	m := compareFixture()
	m["data/divisions/139921/food-business.toml"].Data = []byte(faq.String() + `[procedure.01]
conditions = [{ id = "place", text = "A+B < 20 & '固定' \"场所\"。" }, { id = "when", text = " 二。" }]
`)
	s := siteOf(t, m)
	const guide = "divisions/139921/food-business.01.html"
	filled := render(t, filesOf(t, s, loadTheme(t))[guide])
	for _, want := range []string{"<li class=\"\">A&#43;B &lt; 20 &amp; &#39;固定&#39; &#34;场所&#34;。</li>", "第 259 问 &lt;b&gt;？"} {
		if !strings.Contains(filled, want) {
			t.Errorf("the guide lacks %s", want)
		}
	}
	for _, name := range []string{"conditions", "faq"} {
		theme := themeWith(t, "fragments/"+name, "<section", "{{$whole := 1}}<section")
		if textual(theme)["fragments/"+name] != 0 {
			t.Errorf("%s has a variable, and is filled with texts", name)
		}
		if whole := render(t, filesOf(t, s, theme)[guide]); whole != filled {
			t.Errorf("%s differs where it is filled with texts:\n%s\n%s", name, filled, whole)
		}
	}
}

// A theme may ask what a text is, or put it where more is escaped: then it gets the text itself.
func TestTextsThatAreNotOnlyShown(t *testing.T) {
	for name, n := range textual(loadTheme(t)) {
		if n == 0 {
			t.Errorf("%s shows texts as they are, and gets each for itself", name)
		}
	}
	if n := len(textual(loadTheme(t))); n != 3 {
		t.Errorf("%d templates of the default theme only show texts, want 3", n)
	}
	for _, c := range [][3]string{
		{"fragments/faq", "{{.Q}}", `{{if eq .Q "？"}}问{{else}}{{.Q}}{{end}}`},
		{"fragments/faq", "<p>{{.A}}", `<p title="{{.A}}">{{.A}}`},
		{"fragments/faq", "{{range .FAQ}}", `{{len .FAQ}}{{range .FAQ}}`},
		{"fragments/faq", "{{.Q}}", `{{printf "%v" .}}{{.Q}}`},
		{"fragments/conditions", "{{.Text}}", `{{.Text | len}}`},
		{"pages/comparison", "{{.Same}}", `<script>{{.Same}}</script>`},
	} {
		if textual(themeWith(t, c[0], c[1], c[2]))[c[0]] != 0 {
			t.Errorf("%s does more with texts than show them: %s", c[0], c[2])
		}
	}
	theme := themeWith(t, "pages/comparison", "<em>{{.Says}}</em>", `<em>{{if eq .Text "1 个工作日"}}一天{{else}}{{.Says}}{{end}}</em>`)
	page := render(t, filesOf(t, siteOf(t, compareFixture()), theme)["compare/food-business/index.html"])
	if !strings.Contains(page, "<b>1 个工作日</b><em>一天</em>") {
		t.Error("the theme did not get the text")
	}
}
