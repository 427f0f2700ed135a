package publish

import (
	"compress/gzip"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

var packing = Options{Version: "v1", Compress: true}

// long is a page that is worth compressing.
func long(line string) string { return strings.Repeat(line+"\n", 100) }

// portal is what the tests here begin with: pages long and short, a download that is compressed already, one that is large.
var portal = county.with(site{
	"130731/index.html": long("涿鹿县办事指南"), "130732/index.html": long("赤城县办事指南"), "130731/index-all.html": long("全部事项"),
	"data/current/items.jsonl.gz": long("不是文字"), "data/guides.jsonl": strings.Repeat("{\"承诺\": 5}\n", 3*spillAt/14),
})

// packed are the forms below dir: path of the plain file → what all its forms say; they must say the same.
func packed(t *testing.T, dir string) site {
	t.Helper()
	out := site{}
	for path, text := range tree(t, dir) {
		plain, form := path[:max(0, len(path)-3)], path[max(0, len(path)-3):]
		var r io.Reader
		switch {
		case form == ".br":
			r = brotli.NewReader(strings.NewReader(text))
		case form == ".gz" && !strings.HasSuffix(plain, "jsonl") || path == "data/guides.jsonl.gz":
			z, err := gzip.NewReader(strings.NewReader(text))
			if err != nil {
				t.Fatal(path, err)
			}
			r = z
		default:
			continue
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(path, err)
		}
		if have, ok := out[plain]; ok && have != string(data) {
			t.Errorf("the forms of %s differ", plain)
		}
		out[plain] = string(data)
	}
	return out
}

// checkForms fails unless exactly the long texts of a site have both forms, with their content.
func checkForms(t *testing.T, dir string, s site) {
	t.Helper()
	want := maps.Clone(s)
	maps.DeleteFunc(want, func(path, text string) bool { return len(text) < 1024 || strings.HasSuffix(path, ".gz") })
	if diff := difference(packed(t, dir), want); diff != "" {
		t.Errorf("forms differ:\n%.1000s", diff)
	}
	all := tree(t, dir)
	for path := range want {
		if _, ok := all[path+".br"]; !ok {
			t.Errorf("%s.br is missing", path)
		}
		if _, ok := all[path+".gz"]; !ok {
			t.Errorf("%s.gz is missing", path)
		}
	}
}

// names are paths with their forms, sorted.
func names(paths ...string) []string {
	var out []string
	for _, p := range paths {
		out = append(out, p, p+".br", p+".gz")
	}
	slices.Sort(out)
	return out
}

func TestForms(t *testing.T) {
	dir := fastDir(t)
	r := mustPublish(t, dir, portal, packing)
	checkForms(t, dir, portal)
	if r.Forms != 8 || r.Files != len(portal)+8 || r.Written != r.Files {
		t.Errorf("first: %+v", r)
	}
	age(t, dir)
	if r := mustPublish(t, dir, portal, packing); r.Kept != r.Files || len(touched(t, dir)) > 0 {
		t.Errorf("nothing changed: %+v, %q", r, touched(t, dir))
	}

	// The same bytes from another program and other stamps: nothing is compressed again. The large file streams, so it is written again.
	mustPublish(t, dir, portal, Options{Version: "v2", Compress: true})
	if got := touched(t, dir); !slices.Equal(got, []string{"data/guides.jsonl"}) {
		t.Errorf("the same bytes: written %q", got)
	}

	next := portal.with(site{"130731/index.html": long("涿鹿县办事指南，新"), "130732/index.html": gone, "130731/index-all.html": "短"})
	mustPublish(t, dir, portal, packing)
	age(t, dir)
	r = mustPublish(t, dir, next, packing)
	checkForms(t, dir, next)
	if got, want := touched(t, dir), append(names("130731/index.html"), "130731/index-all.html"); !slices.Equal(got, sorted(want)) || r.Removed != 5 {
		t.Errorf("written %q, want %q; %+v", got, want, r)
	}

	// What somebody removed or cut comes back.
	if err := errors.Join(os.Remove(filepath.Join(dir, "130731/index.html.gz")), os.Truncate(filepath.Join(dir, "130731/index.html.br"), 10)); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, dir, next, packing)
	checkForms(t, dir, next)

	r = mustPublish(t, dir, next, Options{Version: "v1"})
	checkTree(t, dir, next)
	if r.Forms != 0 || r.Removed != 4 {
		t.Errorf("without forms: %+v", r)
	}
	age(t, dir)
	r = mustPublish(t, dir, next, packing) // of files that are not rendered
	checkForms(t, dir, next)
	if r.Written != 4 || slices.Contains(touched(t, dir), "130731/index.html") {
		t.Errorf("forms of what is there: %+v, %q", r, touched(t, dir))
	}
}

func sorted(list []string) []string { slices.Sort(list); return list }

// A file that is wanted for itself is never taken for a form.
func TestFormsMakeWay(t *testing.T) {
	dir := fastDir(t)
	s := site{"items.json": long("{}"), "items.json.gz": "一个下载"}
	mustPublish(t, dir, s, packing)
	checkTree(t, dir, s)
	s = s.with(site{"items.json.gz": gone})
	mustPublish(t, dir, s, packing)
	checkForms(t, dir, s)
	s = s.with(site{"items.json.gz": "一个下载"})
	mustPublish(t, dir, s, packing)
	checkTree(t, dir, s)
}

// Crashes with forms: each operation fails once, in place and with trees exchanged; the next publish is as a clean one.
func TestCrashWithForms(t *testing.T) {
	small := portal.with(site{"data/guides.jsonl": gone})
	next := small.with(site{"130731/index.html": long("涿鹿县，新"), "130732/index.html": gone, "130731/index-all.html": "短", "130733/index.html": long("沽源县")})
	b := &crashBench{t: t, dir: fastDir(t), after: next}
	mustPublish(t, b.at("old"), small, packing)
	mustPublish(t, b.at("new"), next, packing)
	b.old, b.new = tree(t, b.at("old")), tree(t, b.at("new"))
	for _, swap := range []bool{false, true} {
		o := packing
		o.Jobs, o.Swap = 1, swap
		for n := 0; ; n++ {
			dir := b.copyOf(b.at("old"))
			fault, done := failAt(n, true)
			_, err := disk{dir, fault}.locked(next.files(), o)
			if int(done.Load()) <= n {
				break
			}
			if !errors.Is(err, errFault) {
				t.Errorf("operation %d: %v", n, err)
			}
			b.checkNoHalfFile(dir, "crash")
			if _, err := Recover(dir); err != nil {
				t.Error(err)
			}
			b.checkState(dir, "recovered")
			mustPublish(t, dir, next, packing)
			if diff := difference(tree(t, dir), b.new); diff != "" {
				t.Fatalf("operation %d, swap %v: the next publish differs:\n%s", n, swap, diff)
			}
			os.RemoveAll(dir)
		}
	}
}
