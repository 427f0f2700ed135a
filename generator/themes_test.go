package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestThemeOfACounty builds the small portal in a theme of three files: each stands in for that of the default theme, and nothing
// else differs.
func TestThemeOfACounty(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	plain := builtPortal(t).site
	copyDir(t, "testdata/themes/county", filepath.Join(r.dir, "themes/county"))
	r.edit("site.toml", `theme = "default"`, `theme = "county"`)
	own := readTree(t, r.build())
	guide := own["divisions/139921/food-business.01.html"]
	if !strings.Contains(guide, `<h3 class="county">本县常问</h3>`) || !strings.Contains(guide, "还没装修好，能先申请吗？") {
		t.Error("the theme's fragment is not shown, or not with the questions of the record")
	}
	style, icon := false, false
	for p, text := range own {
		style = style || strings.HasPrefix(p, "assets/style.") && strings.Contains(text, "#7a2e1d") && strings.Contains(text, "#f0a793")
		icon = icon || strings.HasPrefix(p, "assets/icon.") && strings.Contains(text, "<circle")
	}
	if !style || !icon {
		t.Errorf("the theme's accent is used: %v, its icon: %v", style, icon)
	}
	for p := range plain {
		if _, ok := own[p]; !ok && !strings.HasPrefix(p, "assets/") {
			t.Errorf("%s is missing in the theme", p)
		}
	}

	// A template that asks for what no view has: the message names the template and what it was to show.
	writeFile(t, filepath.Join(r.dir, "themes/county/templates/fragments/faq.html"), []byte("{{.Questions}}"))
	cmd := exec.Command("banshi", "build", "--site", r.dir, "--out", filepath.Join(t.TempDir(), "public"))
	said, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(said), "fragments/faq") || !strings.Contains(string(said), "Questions") || !strings.Contains(string(said), "食品经营许可") && !strings.Contains(string(said), "最低生活保障") {
		t.Errorf("a broken template says %q", said)
	}
}

const themesDoc = "../docs/themes.md"

// TestGoldenThemeViews holds docs/themes.md against the templates and view structs: which template sees which view, and every
// field of it with its comment. With -update it is written anew, and what is gone from it asks for a new version of the theme API.
func TestGoldenThemeViews(t *testing.T) {
	t.Parallel()
	old, err := os.ReadFile(themesDoc)
	if err != nil {
		t.Fatal(err)
	}
	const mark = "<!-- generated from here -->\n"
	head, promised, ok := strings.Cut(string(old), mark)
	if !ok {
		t.Fatalf("%s has no %s", themesDoc, mark)
	}
	now := viewsDoc(t, viewsOfTemplates(t))
	if now != promised {
		if !*update {
			t.Fatalf("docs/themes.md does not say what templates see now: go test ./generator -run TestGoldenThemeViews -update")
		}
		writeFile(t, themesDoc, []byte(head+mark+now))
	}
	api := themeAPI(t)
	if !strings.Contains(head, fmt.Sprintf("api = %d", api)) {
		t.Errorf("docs/themes.md does not speak of version %d of the theme API", api)
	}
}

// themeAPI reads the version from the source of package page, which does not export it.
func themeAPI(t *testing.T) (api int) {
	t.Helper()
	data, err := os.ReadFile("internal/page/theme.go")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`const themeAPI = (\d+)`).FindSubmatch(data)
	if m == nil {
		t.Fatal("no version of the theme API")
	}
	fmt.Sscan(string(m[1]), &api)
	return api
}

// viewsOfTemplates returns the type of the view that each template was given, by building every kind of page in a theme whose
// templates say it.
func viewsOfTemplates(t *testing.T) map[string]string {
	t.Helper()
	r := newRepository(t)
	copyDir(t, "testdata/kinds", r.dir)
	r.edit("site.toml", `theme = "default"`, `theme = "spy"`)
	r.edit("site.toml", `theme = "spy"`, "theme = \"spy\"\nedit = { repository = \"https://git.example/portal\", forge = \"gitea\" }")
	root := filepath.Join(r.dir, "themes/default/templates")
	var names []string
	walkFiles(t, root, func(rel string, data []byte) {
		name := strings.TrimSuffix(rel, ".html")
		names = append(names, name)
		writeFile(t, filepath.Join(r.dir, "themes/spy/templates", rel), append([]byte("⟦"+name+` {{printf "%T" .}}⟧`), data...))
	})
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "spy")
	plain, draft := filepath.Join(t.TempDir(), "public"), filepath.Join(t.TempDir(), "draft")
	banshi(t, nil, "build", "--site", r.dir, "--out", plain)
	banshi(t, nil, "build", "--draft", "--site", r.dir, "--out", draft)
	out := map[string]string{}
	for _, dir := range []string{plain, draft} {
		for p, text := range readTree(t, dir) {
			if !strings.HasSuffix(p, ".html") {
				continue
			}
			for _, m := range regexp.MustCompile(`⟦([a-z/]+) ([^⟧]*)⟧`).FindAllStringSubmatch(text, -1) {
				seen := strings.NewReplacer("*page.", "", "page.", "").Replace(m[2])
				if strings.HasPrefix(m[1], "layout/") && seen != "chromeView" {
					seen = "Page" // which every page's view embeds
				}
				if was := out[m[1]]; was == "" || was == seen {
					out[m[1]] = seen
				} else if all := strings.Split(was, " or "); !slices.Contains(all, seen) {
					out[m[1]] = strings.Join(slices.Sorted(slices.Values(append(all, seen))), " or ")
				}
			}
		}
	}
	for _, n := range names {
		if out[n] == "" {
			out[n] = "?"
		}
	}
	return out
}

// viewsDoc writes the table of templates, then every view they reach with its fields.
func viewsDoc(t *testing.T, views map[string]string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("\n## What each template sees\n\n| template | its view |\n|---|---|\n")
	structs := viewStructs(t)
	var queue []string
	for _, name := range slices.Sorted(mapsKeys(views)) {
		if views[name] == "?" {
			fmt.Fprintf(&b, "| `%s` | see where it is called |\n", name)
			continue
		}
		fmt.Fprintf(&b, "| `%s` | `%s` |\n", name, views[name])
		queue = append(queue, identifiers(views[name])...)
	}
	done := map[string]string{}
	for len(queue) > 0 {
		name := queue[0]
		queue = queue[1:]
		s := structs[name]
		if s == nil || done[name] != "" {
			continue
		}
		var reached []string
		done[name], reached = s.describe()
		queue = append(queue, reached...)
	}
	b.WriteString("\n## The views\n")
	for _, name := range slices.Sorted(mapsKeys(done)) {
		b.WriteString(done[name])
	}
	return b.String()
}

func mapsKeys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func identifiers(typ string) []string { return regexp.MustCompile(`[A-Za-z]+`).FindAllString(typ, -1) }

// viewStruct is a struct of package page as its source has it.
type viewStruct struct {
	name, doc string
	fields    []*ast.Field
}

func viewStructs(t *testing.T) map[string]*viewStruct {
	t.Helper()
	files, err := filepath.Glob("internal/page/*.go")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*viewStruct{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.TYPE {
				continue
			}
			for _, spec := range g.Specs {
				s := spec.(*ast.TypeSpec)
				if st, ok := s.Type.(*ast.StructType); ok {
					out[s.Name.Name] = &viewStruct{s.Name.Name, oneLine(g.Doc), st.Fields.List}
				}
			}
		}
	}
	return out
}

// describe returns the section of a struct, and the types its fields reach. What is not exported no template can read.
func (s *viewStruct) describe() (text string, reached []string) {
	var b strings.Builder
	fmt.Fprintf(&b, "\n### %s\n\n", s.name)
	if s.doc != "" {
		b.WriteString(s.doc + "\n\n")
	}
	for _, f := range s.fields {
		typ := strings.ReplaceAll(types.ExprString(f.Type), "*", "")
		var names []string
		for _, n := range f.Names {
			if n.IsExported() {
				names = append(names, "`"+n.Name+"`")
			}
		}
		comment := oneLine(f.Comment)
		if comment == "" {
			comment = oneLine(f.Doc)
		}
		if comment != "" {
			comment = " – " + comment
		}
		switch {
		case len(f.Names) == 0:
			fmt.Fprintf(&b, "- all of `%s`%s\n", typ, comment)
		case len(names) > 0:
			fmt.Fprintf(&b, "- %s `%s`%s\n", strings.Join(names, ", "), typ, comment)
		default:
			continue
		}
		reached = append(reached, identifiers(typ)...)
	}
	return b.String(), reached
}

func oneLine(c *ast.CommentGroup) string { return strings.Join(strings.Fields(c.Text()), " ") }
