package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"banshi/generator/internal/article"
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/config"
	"banshi/generator/internal/output"
	pages "banshi/generator/internal/page"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// hostile is the small portal whose texts are replaced by attacks. Every string of every record struct is found by reflection, so
// that a new key is attacked without anybody thinking of it; site.toml, articles and the words of changes as well.
type hostile struct {
	dir      string
	theme    *pages.Theme
	payloads []string
}

func newHostile(t *testing.T) *hostile {
	t.Helper()
	h := &hostile{dir: testSite(t)}
	copyDir(t, "testdata/kinds", h.dir)
	theme, err := pages.LoadTheme(os.DirFS(h.dir), "default")
	if err != nil {
		t.Fatal(err)
	}
	h.theme = theme
	data, err := os.ReadFile("testdata/payloads.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &h.payloads); err != nil {
		t.Fatal(err)
	}
	if n := len(slices.Compact(slices.Sorted(slices.Values(h.payloads)))); n < 300 {
		t.Fatalf("%d payloads, want 300", n)
	}
	return h
}

// leaf is a string of a record: its kind, its path in TOML without indices, and itself.
type leaf struct {
	kind  record.Kind
	path  string
	value reflect.Value
}

func (l leaf) name() string { return string(l.kind) + "." + l.path }

// structural reports whether the page of something hangs on the value: an id, the name of another record, a term of a vocabulary.
// Replacing all of these at once would leave nothing to attack, so they are replaced one after the other.
func (l leaf) structural() bool {
	last := l.path[strings.LastIndexByte(l.path, '.')+1:]
	if last == "id" || last == "no" || strings.Contains(l.path, "when.") {
		return true
	}
	k, ok := record.KeyOf(l.kind, l.path)
	return ok && (k.Ref != "" || k.Vocabulary != "" || k.Type == "map")
}

// leaves visits every string below v. With fill, tables and lists that are absent come into being with one member.
func leaves(v reflect.Value, kind record.Kind, path string, fill bool, visit func(leaf)) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			if !fill || v.Type().Elem().Kind() != reflect.Struct {
				return
			}
			v.Set(reflect.New(v.Type().Elem()))
		}
		leaves(v.Elem(), kind, path, fill, visit)
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			name := f.Tag.Get("toml")
			if !f.IsExported() || name == "-" {
				continue
			}
			if part := v.Field(i); f.Anonymous && part.Kind() == reflect.Pointer && !part.IsNil() { // shared by many records
				own := reflect.New(f.Type.Elem())
				own.Elem().Set(part.Elem())
				part.Set(own)
			}
			leaves(v.Field(i), kind, strings.Trim(path+"."+name, "."), fill, visit)
		}
	case reflect.Slice:
		if v.Len() == 0 && fill {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		}
		for i := range v.Len() {
			leaves(v.Index(i), kind, path, fill, visit)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			member := reflect.New(v.Type().Elem()).Elem()
			member.Set(v.MapIndex(k))
			leaves(member, kind, path+"."+k.String(), fill, visit)
			v.SetMapIndex(k, member)
		}
	case reflect.String:
		visit(leaf{kind, path, v})
	}
}

// portal makes the site with every string replaced by what attack says of it ("" leaves it).
func (h *hostile) portal(t *testing.T, fill bool, attack func(leaf) string) *site.Site {
	t.Helper()
	fsys := os.DirFS(h.dir)
	day, _ := record.ParseDate("2026-11-13")
	src, err := catalog.Load(fsys, day)
	if err != nil {
		t.Fatal(err)
	}
	files, seen := src.Files, map[record.Kind]bool{}
	for _, f := range files {
		seen[f.Kind] = true
	}
	for _, kind := range record.Kinds {
		if !seen[kind] { // the small portal has none of it
			files = append(files, emptyRecord(t, kind))
		}
	}
	set := func(l leaf) {
		if s := attack(l); s != "" {
			l.value.SetString(s)
		}
	}
	for _, f := range files {
		leaves(reflect.ValueOf(f.Record).Elem(), f.Kind, "", fill, set)
	}
	c, _, err := config.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	leaves(reflect.ValueOf(c).Elem(), "site", "", fill, func(l leaf) {
		switch l.path {
		case "language", "base_url", "division", "theme": // checked when the site is loaded: they can be no text
		default:
			set(l)
		}
	})
	articles := h.articles(t, func(key string) string { return attack(leaf{"article", key, reflect.Value{}}) })
	entry := &changes.Entry{ID: "1", Date: day, Kind: "变更", Title: "x", Fields: []changes.Field{{Key: "promise", Label: "x", Old: "x", New: "x", Words: "x"}},
		Subject: changes.Subject{Kind: record.KindImplementation, Item: "food-business", Procedure: "01", Division: "139921"}}
	for _, l := range []struct {
		key string
		s   *string
	}{{"title", &entry.Title}, {"label", &entry.Fields[0].Label}, {"old", &entry.Fields[0].Old}, {"new", &entry.Fields[0].New}, {"words", &entry.Fields[0].Words}} {
		if s := attack(leaf{"change", l.key, reflect.Value{}}); s != "" {
			*l.s = s
		}
	}
	return site.Derive(site.Input{Config: c, Catalog: catalog.Resolve(catalog.NewSource(files, day), catalog.Options{}), Articles: articles, Changes: []*changes.Entry{entry}})
}

// emptyRecord is a record of a kind that the small portal has none of, without a key.
func emptyRecord(t *testing.T, kind record.Kind) *catalog.File {
	t.Helper()
	for _, ids := range [][]string{{"x"}, {}, {"2026-11-01"}} {
		if p := record.Path(kind, ids...); p != "" {
			if f, _ := catalog.Decode("data/"+p, nil); f != nil && f.Record != nil {
				return f
			}
		}
	}
	t.Fatalf("no path for a record of kind %s", kind)
	return nil
}

// articles is one article whose head and body are attacks; an attack that no article may have leaves it as it was.
func (h *hostile) articles(t *testing.T, attack func(key string) string) []*article.Article {
	t.Helper()
	say := func(key, benign string) string {
		if s := attack(key); s != "" {
			return s
		}
		return benign
	}
	load := func(say func(key, benign string) string) []*article.Article {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, "content/help/index.md"), fmt.Appendf(nil, "+++\ntitle = %s\nkind = \"帮助\"\nsummary = %s\naliases = [%s]\n+++\n\n## 一、%s\n\n%s\n\n> %[5]s\n",
			strconv.Quote(say("title", "怎么用")), strconv.Quote(say("summary", "怎么搜")), strconv.Quote(say("aliases", "搜")), strings.ReplaceAll(say("heading", "怎么搜"), "\n", " "), say("body", "文字")))
		out, _, err := article.Load(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if out := load(say); len(out) == 1 {
		return out
	}
	return load(func(_, benign string) string { return benign })
}

// write renders every page of a site. A page that cannot be made is no way out for an attacker, but it is a failure of ours.
func (h *hostile) write(t *testing.T, s *site.Site) tree {
	t.Helper()
	s.Sample = false // JSON-LD is in the pages too
	files, err := pages.Files(s, h.theme)
	if err != nil {
		t.Fatal(err)
	}
	out := tree{}
	for _, f := range files {
		out[f.Path] = rendered(t, f)
	}
	return out
}

func rendered(t *testing.T, f output.File) string {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatalf("%s: %v", f.Path, err)
	}
	return b.String()
}

var ownAsset = regexp.MustCompile(`^(\.\./)*/?assets/[a-z]+\.[0-9a-f]{8}\.(js|css|svg)$`)

// executable returns what is wrong with an element: it runs something, loads something from elsewhere, or has a look of its own.
// The pages of the theme have no such element.
func executable(n *html.Node) string {
	switch n.Data {
	case "iframe", "object", "embed", "base", "img", "image", "video", "audio", "source", "foreignobject", "animate", "set", "use", "style", "marquee", "template",
		"plaintext", "frame", "frameset", "applet", "math", "xss", "textarea":
		return "<" + n.Data + ">"
	case "script":
		if src := attr(n, "src"); !ownAsset.MatchString(src) && !(attr(n, "type") == "application/ld+json" && src == "") {
			return "a script"
		}
		if n.FirstChild != nil && attr(n, "type") == "application/ld+json" && !json.Valid([]byte(n.FirstChild.Data)) {
			return "JSON-LD that is no JSON"
		}
	case "link":
		if r := attr(n, "rel"); r == "stylesheet" && !ownAsset.MatchString(attr(n, "href")) {
			return "a style sheet from elsewhere"
		}
	case "meta":
		if strings.EqualFold(attr(n, "http-equiv"), "refresh") && strings.Contains(attr(n, "content"), ":") {
			return "a refresh to elsewhere"
		}
	}
	for _, a := range n.Attr {
		if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" || a.Key == "formaction" {
			return a.Key
		}
		switch a.Key {
		case "href", "src", "action", "data", "poster", "background", "xlink:href", "cite", "srcset", "ping":
			if s := schemeOf(a.Val); !slices.Contains([]string{"", "https", "http", "mailto", "tel"}, s) {
				return a.Key + "=" + a.Val
			}
		}
	}
	return ""
}

// schemeOf reads the scheme of an address as browsers do: blanks and control characters do not count.
func schemeOf(address string) string {
	s := strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, address)
	scheme, _, ok := strings.Cut(s, ":")
	if !ok || strings.ContainsAny(scheme, "/?#") {
		return ""
	}
	return strings.ToLower(scheme)
}

// harmless looks through every page.
func harmless(t *testing.T, round string, site tree) {
	t.Helper()
	for p, text := range site {
		if !strings.HasSuffix(p, ".html") {
			continue
		}
		root, err := html.Parse(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		each(root, func(n *html.Node) {
			if bad := executable(n); bad != "" {
				var b strings.Builder
				_ = html.Render(&b, n)
				t.Errorf("%s: %s: %s: %.300s", round, p, bad, b.String())
			}
		})
	}
}

// TestHostileRecords puts 300 payloads into every string field of every kind of record, into site.toml, an article and a change, and
// looks for anything executable in every page. In each round each field has another payload; all 300 rounds run with BANSHI_BARS,
// else a few. What is shown of ids and terms is attacked one field after the other.
func TestHostileRecords(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	step := 100
	if bars {
		step = 1
	}
	numbers := map[string]int{}
	for round := 0; round < len(h.payloads); round += step {
		s := h.portal(t, round%(2*step) == 0, func(l leaf) string {
			if l.structural() {
				return ""
			}
			n, ok := numbers[l.name()]
			if !ok {
				n = len(numbers)
				numbers[l.name()] = n
			}
			return h.payloads[(n+round)%len(h.payloads)]
		})
		harmless(t, "round "+strconv.Itoa(round), h.write(t, s))
	}
	t.Logf("%d fields, %d payloads", len(numbers), len(h.payloads))
	h.terms(t)
}

// terms attacks what pages hang on.
func (h *hostile) terms(t *testing.T) {
	var names []string
	h.portal(t, true, func(l leaf) string {
		if l.structural() {
			names = append(names, l.name())
		}
		return ""
	})
	slices.Sort(names)
	names = slices.Compact(names)
	groups := 4 // fields of a group are attacked together
	if bars {
		groups = len(names)
	}
	all := strings.Join(h.payloads, " ")
	for g := range groups {
		s := h.portal(t, g%2 == 0, func(l leaf) string {
			i, ok := slices.BinarySearch(names, l.name())
			if !ok || i%groups != g {
				return ""
			}
			if bars {
				return all
			}
			return h.payloads[(i*7+g)%len(h.payloads)]
		})
		harmless(t, fmt.Sprintf("term %d %s", g, names[g]), h.write(t, s))
	}
	t.Logf("%d ids, references and terms", len(names))
}

// TestHostileFieldsReachPages makes sure that the attack arrives: how many fields are to be read on some page.
func TestHostileFieldsReachPages(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	seen := map[string]bool{} // is it shown?
	for _, fill := range []bool{false, true} {
		s := h.portal(t, fill, func(l leaf) string {
			if l.structural() {
				return ""
			}
			seen[l.name()] = seen[l.name()]
			return "⟦" + l.name() + "⟧<b>&"
		})
		for p, text := range h.write(t, s) {
			if !strings.HasSuffix(p, ".html") {
				continue
			}
			for _, m := range regexp.MustCompile(`⟦([^⟧]*)⟧(<b>)?`).FindAllStringSubmatch(text, -1) {
				seen[m[1]] = true
				if m[2] != "" {
					t.Errorf("%s: %s becomes markup", p, m[1])
				}
			}
		}
	}
	shown := 0
	for _, is := range seen {
		if is {
			shown++
		}
	}
	t.Logf("%d of %d fields are shown on pages", shown, len(seen))
	if shown < 180 {
		t.Errorf("only %d fields are shown: the attack does not arrive", shown)
	}
}

// TestBrowserHostilePages opens attacked pages of every folder in Chromium: nothing runs, and the console is empty, so that the
// content security policy had nothing to refuse.
func TestBrowserHostilePages(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("short")
	}
	program := chromium(t)
	h := newHostile(t)
	b := &browser{dir: filepath.Join(t.TempDir(), "public")}
	n := 0
	site := h.write(t, h.portal(t, true, func(l leaf) string {
		if l.structural() {
			return ""
		}
		n++
		return h.payloads[n%len(h.payloads)]
	}))
	sample, longest := []string{}, map[string]string{}
	for _, p := range site.paths() {
		writeFile(t, filepath.Join(b.dir, filepath.FromSlash(p)), []byte(site[p]))
		folder, _, _ := strings.Cut(p, "/")
		if strings.HasSuffix(p, ".html") && (bars || len(site[p]) > len(site[longest[folder]])) {
			longest[folder] = p
			if bars {
				sample = append(sample, p)
			}
		}
	}
	for _, p := range longest {
		sample = append(sample, p)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(b.dir)))
	t.Cleanup(server.Close)
	b.open(t, program, 10*time.Minute)
	b.do(t, command(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `window.alert = function () { console.error("an attack ran at " + location); };`}))
	for _, p := range slices.Compact(slices.Sorted(slices.Values(sample))) {
		b.do(t, chromedp.Navigate(server.URL+"/"+p), chromedp.WaitReady("main"))
		if at := ask(t, b, chromedp.Evaluate[string](`location.href`)); !strings.HasPrefix(at, server.URL) {
			t.Errorf("%s leads to %s by itself", p, at)
		}
	}
	b.quiet(t)
	t.Logf("%d pages opened", len(sample))
}
