package publish

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"banshi/generator/internal/output"
)

func TestPublishNewSite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "public")
	r := mustPublish(t, dir, county, Options{})
	checkTree(t, dir, county)
	var bytes int64
	for _, text := range county {
		bytes += int64(len(text))
	}
	if want := (Result{Files: 10, Written: 10, Bytes: bytes, WrittenBytes: bytes}); r != want {
		t.Errorf("Result = %+v, want %+v", r, want)
	}
}

func TestPublishWritesOnlyWhatChanged(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, county, Options{})
	age(t, dir)

	r := mustPublish(t, dir, county, Options{})
	if got := touched(t, dir); len(got) > 0 || r.Kept != len(county) || r.Written != 0 {
		t.Errorf("nothing changed, yet written: %q, %+v", got, r)
	}
	manifest, err := os.Stat(filepath.Join(dir, manifestName))
	if err != nil || !manifest.ModTime().Equal(longAgo) {
		t.Errorf("nothing changed, yet the manifest was written (%v)", err)
	}

	next := county.with(site{"130731/food-business-01.html": "承诺 5 个工作日", "130731/food-business-03.html": "<h1>补证</h1>"})
	r = mustPublish(t, dir, next, Options{})
	checkTree(t, dir, next)
	if got, want := touched(t, dir), []string{"130731/food-business-01.html", "130731/food-business-03.html"}; !slices.Equal(got, want) {
		t.Errorf("written: %q, want %q", got, want)
	}
	if r.Written != 2 || r.Kept != 9 || r.Removed != 0 {
		t.Errorf("Result = %+v", r)
	}
}

// current asks a folder as a command does.
func current(dir, version string, inputs output.Stamp) (Result, bool) {
	h, err := Hold(context.Background(), dir, nil)
	if err != nil {
		return Result{}, false
	}
	defer h.Close()
	return h.Current(version, inputs, Part{})
}

// Current answers without any file being made: yes only for the same program and inputs, with every file in place.
func TestCurrent(t *testing.T) {
	dir := t.TempDir()
	inputs, other := output.Stamp{1}, output.Stamp{2}
	if _, ok := current(dir, "v1", inputs); ok {
		t.Error("an empty folder is current")
	}
	o := Options{Version: "v1", Inputs: inputs}
	want := mustPublish(t, dir, county, o)
	r, ok := current(dir, "v1", inputs)
	if !ok || r.Files != want.Files || r.Kept != want.Files || r.Written != 0 || r.Bytes != want.Bytes {
		t.Errorf("Current = %+v, %t", r, ok)
	}
	for name, ok := range map[string]bool{
		"another program": second(current(dir, "v2", inputs)), "other inputs": second(current(dir, "v1", other)), "unknown inputs": second(current(dir, "v1", output.Stamp{})),
	} {
		if ok {
			t.Errorf("%s: still current", name)
		}
	}
	if err := os.Truncate(filepath.Join(dir, "130731/food-business-01.html"), 3); err != nil {
		t.Fatal(err)
	}
	if _, ok := current(dir, "v1", inputs); ok {
		t.Error("a page was cut short, yet current")
	}
	o.Inputs = other
	mustPublish(t, dir, county, o)
	if _, ok := current(dir, "v1", other); !ok {
		t.Error("new inputs that change no file must be remembered")
	}
}

func second[A, B any](_ A, b B) B { return b }

func TestPublishRendersAgain(t *testing.T) {
	change := map[string]func(t *testing.T, dir string, o *Options){
		"Full":            func(t *testing.T, dir string, o *Options) { o.Full = true },
		"another version": func(t *testing.T, dir string, o *Options) { o.Version = "v2.0.0" },
		"manifest removed": func(t *testing.T, dir string, o *Options) {
			if err := os.Remove(filepath.Join(dir, manifestName)); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, change := range change {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			mustPublish(t, dir, county, Options{Version: "v1.0.0"})
			age(t, dir)
			o := Options{Version: "v1.0.0"}
			change(t, dir, &o)
			calls := 0
			o.Progress = func(done, total int, bytes int64) {
				calls++
				if done != calls || total != len(county) {
					t.Errorf("call %d: Progress(%d, %d, %d)", calls, done, total, bytes)
				}
			}
			r := mustPublish(t, dir, county, o)
			if calls != len(county) {
				t.Errorf("rendered %d files, want all %d", calls, len(county))
			}
			if got := touched(t, dir); len(got) > 0 || r.Kept != len(county) {
				t.Errorf("same bytes, yet written: %q, %+v", got, r)
			}
			checkTree(t, dir, county)
		})
	}
}

func TestPublishMendsWhatIsNotInPlace(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, county, Options{})
	at := func(p string) string { return filepath.Join(dir, p) }
	err := errors.Join(
		os.Remove(at("index.html")),
		os.RemoveAll(at("130732")),
		os.Truncate(at("130731/food-business-01.html"), 5),
		os.Remove(at("130731/index.html")), os.Mkdir(at("130731/index.html"), 0o755),
		os.RemoveAll(at("help")), os.WriteFile(at("help"), []byte("a file"), 0o644),
		os.Remove(at("empty.txt")), os.Symlink("index.html", at("empty.txt")),
	)
	if err != nil {
		t.Fatal(err)
	}
	mustPublish(t, dir, county, Options{})
	checkTree(t, dir, county)
	if info, err := os.Lstat(at("empty.txt")); err != nil || !info.Mode().IsRegular() {
		t.Errorf("the symbolic link is still there (%v)", err)
	}
}

func TestPublishRemovesWhatIsGone(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, county, Options{})
	next := site{"index.html": county["index.html"], "130731/index.html": county["130731/index.html"]}
	r := mustPublish(t, dir, next, Options{})
	checkTree(t, dir, next)
	if r.Removed != len(county)-2 || r.Files != 2 {
		t.Errorf("Result = %+v", r)
	}
	r = mustPublish(t, dir, site{}, Options{})
	checkTree(t, dir, site{})
	if r.Removed != 2 {
		t.Errorf("Result = %+v", r)
	}
}

func TestPublishLeavesFilesOfOthersAlone(t *testing.T) {
	dir := t.TempDir()
	others := site{".gitignore": "*\n!.gitignore\n", "130731/note.txt": "别人的文件", "own/photo.jpg": "…"}
	write(t, dir, others)
	write(t, dir, site{"index.html": "a page from before the first publish", ".staging/tree/index.html": "half"})
	mustPublish(t, dir, county, Options{})
	checkTree(t, dir, county.with(others))
	mustPublish(t, dir, site{"index.html": "只剩首页"}, Options{})
	checkTree(t, dir, others.with(site{"index.html": "只剩首页"}))
}

func TestPublishFileBecomesFolderAndBack(t *testing.T) {
	file := county.with(site{"130731/food": "一页", "data": "一个文件", "law/2015/food-safety": "法"})
	folder := county.with(site{"130731/food/01.html": "第一页", "130731/food/02/a.html": "第二页", "data/latest.json": "{}", "law": "法"})
	dir := t.TempDir()
	for _, s := range []site{file, folder, file, folder, county} {
		mustPublish(t, dir, s, Options{})
		checkTree(t, dir, s)
	}
}

func TestPublishUnicodePaths(t *testing.T) {
	s := site{
		"办事/食品经营许可.html": "一", "办事/𠮷野.html": "二", "办 事/a b.html": "三", "cafe\u0301/é.html": "四", "a\"b'c$d.html": "五", "-rf/--.html": "六",
	}
	dir := t.TempDir()
	mustPublish(t, dir, s, Options{})
	checkTree(t, dir, s)
	if r := mustPublish(t, dir, s, Options{}); r.Kept != len(s) {
		t.Errorf("the manifest does not give the paths back: %+v", r)
	}
	mustPublish(t, dir, site{}, Options{})
	checkTree(t, dir, site{})
}

func TestPublishLargeFilesStream(t *testing.T) {
	text := strings.Repeat("食品经营许可\n", 5*spillAt/19)
	s := site{"data/current/guides.jsonl": text, "index.html": "首页"}
	dir := t.TempDir()
	r := mustPublish(t, dir, s, Options{})
	checkTree(t, dir, s)
	if want := int64(len(text) + len("首页")); r.Bytes != want {
		t.Errorf("Bytes = %d, want %d", r.Bytes, want)
	}
	if r := mustPublish(t, dir, s, Options{}); r.Kept != 2 {
		t.Errorf("Result = %+v", r)
	}
}

// The same site comes out, manifest and all, with one worker and with eight, in any order, at once and step by step.
func TestPublishIsDeterministic(t *testing.T) {
	s := site{}
	for i := range 400 {
		s[fmt.Sprintf("%d/food-business-%02d.html", 130700+i%23, i/23)] = strings.Repeat(fmt.Sprint("第", i, "页"), i)
	}
	half := maps.Clone(s)
	maps.DeleteFunc(half, func(path, _ string) bool { return len(path)%2 == 0 || strings.HasPrefix(path, "13071") })
	want := t.TempDir()
	mustPublish(t, want, s, Options{Jobs: 1})
	for _, jobs := range []int{1, 8} {
		dir := t.TempDir()
		mustPublish(t, dir, half, Options{Jobs: jobs})
		mustPublish(t, dir, s, Options{Jobs: jobs})
		if diff := difference(tree(t, dir), tree(t, want)); diff != "" {
			t.Errorf("Jobs %d, in two steps:\n%s", jobs, diff)
		}
		dir = t.TempDir()
		mustPublish(t, dir, s, Options{Jobs: jobs})
		if diff := difference(tree(t, dir), tree(t, want)); diff != "" {
			t.Errorf("Jobs %d:\n%s", jobs, diff)
		}
	}
}
