package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// everyKind is the small portal with more records, so that every kind of page is in it, built by a theme that differs from the
// default in one thing: at its end each page names the template it was made from. Draft pages lie below draft/.
type everyKind struct {
	dir   string
	site  tree
	kinds map[string][]string // template below pages/ → paths
}

var everyKindOnce once[*everyKind]

// builtKinds is that portal, built. A template that no page is made from is an error: whoever adds a kind of page adds a record to
// testdata/kinds, and all that is asked of pages is asked of it.
func builtKinds(t *testing.T) *everyKind {
	t.Helper()
	return everyKindOnce.get(t, func() *everyKind { return newEveryKind(t) })
}

func newEveryKind(t *testing.T) *everyKind {
	t.Helper()
	r := newRepository(t)
	copyDir(t, "testdata/kinds", r.dir)
	r.edit("site.toml", `theme = "default"`, `theme = "marked"`)
	k := &everyKind{kinds: map[string][]string{}}
	templates := markedTheme(t, filepath.Join(r.dir, "themes"))
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "every kind")
	k.dir, k.site = sharedFolder(t, "every kind", func(dir string) {
		banshi(t, nil, "build", "--site", r.dir, "--out", dir, "--as-of", "2026-12-20") // the month after the last commit: figures have a trend
		banshi(t, nil, "build", "--draft", "--site", r.dir, "--out", filepath.Join(dir, "draft"))
	})
	mark := regexp.MustCompile(`data-kind="([a-z]+)"`)
	for _, p := range k.site.paths() {
		if !strings.HasSuffix(p, ".html") {
			continue
		}
		m := mark.FindStringSubmatch(k.site[p])
		if m == nil {
			t.Errorf("%s is made from no template of pages/", p)
			continue
		}
		k.kinds[m[1]] = append(k.kinds[m[1]], p)
	}
	for _, name := range templates {
		if len(k.kinds[name]) == 0 {
			t.Errorf("no page is made from pages/%s.html: testdata/kinds needs a record that has one", name)
		}
	}
	return k
}

// markedTheme writes the theme and returns the names of the page templates.
func markedTheme(t *testing.T, themes string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(themes, "default/templates/pages/*.html"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no page templates: %v", err)
	}
	var names []string
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(f), ".html")
		const end = `{{template "layout/close" .Page}}`
		if !strings.Contains(string(text), end) {
			t.Fatalf("pages/%s.html does not end with %s", name, end)
		}
		marked := strings.Replace(string(text), end, `<div hidden data-kind="`+name+`"></div>`+end, 1)
		writeFile(t, filepath.Join(themes, "marked/templates/pages", name+".html"), []byte(marked))
		names = append(names, name)
	}
	return names
}

// richest is the longest page of each kind, of the plain site where it has one, and pages that look different from it although they
// are of one kind.
func (k *everyKind) richest() []string {
	out := []string{
		"items/food-circulation/index.html", "divisions/139971/index.html", "divisions/139921101/dibao.html", "departments/index.html",
		"divisions/139921/food-business.01.html", "topics/index.html", "changes/division/139921/index.html",
	}
	weight := func(p string) int {
		if strings.HasPrefix(p, "draft/") {
			return 1
		}
		return len(k.site[p])
	}
	for _, paths := range k.kinds {
		out = append(out, slices.MaxFunc(paths, func(a, b string) int { return weight(a) - weight(b) }))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// pages are all pages of all kinds.
func (k *everyKind) pages() []string {
	var out []string
	for _, paths := range k.kinds {
		out = append(out, paths...)
	}
	slices.Sort(out)
	return out
}
