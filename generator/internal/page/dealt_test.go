package page

import (
	"strings"
	"testing"
)

// Rows that are dealt out are those that each page would render for itself, in a theme that lets no row stand alone.
func TestDealtRows(t *testing.T) {
	own := defaultThemeFiles(t)
	for _, name := range []string{"fragments/listrows", "pages/comparison"} {
		file := own["themes/default/templates/"+name+".html"]
		file.Data = append([]byte("{{$variable := .Name}}{{if not $variable}}{{range .Rows}}{{end}}{{end}}"), file.Data...)
	}
	whole, err := LoadTheme(own, "default")
	if err != nil {
		t.Fatal(err)
	}
	m := compareFixture()
	edit(m, "data/divisions/139921/division.toml", "示例县", "示例<县>“&”")
	edit(m, "data/divisions/139921/food-business.toml", "visits = 0\n", "visits = 0\nconditions = [{ id = \"place\", text = \"A+B < 20 & '固定' \\\"场所\\\"。\" }]\n")
	s := siteOf(t, m)
	dealt, each := filesOf(t, s, loadTheme(t)), filesOf(t, s, whole)
	if page := render(t, each["compare/food-business/index.html"]); !strings.Contains(page, "<b>A&#43;B &lt; 20 &amp; &#39;固定&#39; &#34;场所&#34;。</b>") {
		t.Error("the text of a place is not compared")
	}
	n := 0
	for path, f := range dealt {
		if !strings.HasPrefix(path, "lists/") && !strings.HasPrefix(path, "compare/") || !strings.HasSuffix(path, ".html") {
			continue
		}
		n++
		for range 2 { // the first time a row is cut, the second time it is known
			if got, want := render(t, f), render(t, each[path]); got != want {
				t.Errorf("%s differs where rows are dealt out:\n%s\n%s", path, got, want)
			}
		}
	}
	if n < 10 {
		t.Errorf("%d pages compared", n)
	}
}
