package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"banshi/generator/internal/output"
)

// site is a site in the small: path → content.
type site map[string]string

// files makes what the renderers would make of a site.
func (s site) files() []output.File {
	var files []output.File
	for path, text := range s {
		var h output.Hasher
		h.String(text)
		files = append(files, output.File{Path: path, Stamp: h.Sum(), Write: func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}})
	}
	return files
}

// gone in place of a content leaves a file out.
const gone = "(gone)"

// with returns a copy with some files changed or left out.
func (s site) with(changes site) site {
	all := maps.Clone(s)
	maps.Copy(all, changes)
	maps.DeleteFunc(all, func(_, text string) bool { return text == gone })
	return all
}

// county is a portal as the tests publish it.
var county = site{
	"index.html":                    "<h1>涿鹿县办事指南</h1>",
	"130731/index.html":             "<h1>涿鹿县</h1>",
	"130731/food-business-01.html":  "<h1>食品经营许可（新办）</h1>承诺 10 个工作日",
	"130731/food-business-02.html":  "<h1>食品经营许可（变更）</h1>",
	"130732/index.html":             "<h1>赤城县</h1>",
	"api/v1/items/food.json":        `{"name":"食品经营许可"}`,
	"help/如何办理/index.html":          "<h1>如何办理</h1>",
	"search/index/shard-0001":       "\x00\x01\x02",
	"130731/forms/food-01/form.txt": "申请表",
	"empty.txt":                     "",
}

func mustPublish(t *testing.T, dir string, s site, o Options) Result {
	t.Helper()
	r, err := Publish(dir, s.files(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// tree reads a folder: path → content, with a trailing slash for folders; without the lock.
func tree(t testing.TB, dir string) site {
	t.Helper()
	s := site{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		rel = filepath.ToSlash(rel)
		switch {
		case rel == lockName:
		case e.IsDir():
			s[rel+"/"] = ""
		case e.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(path)
			s[rel] = "→ " + target
			return err
		default:
			data, err := os.ReadFile(path)
			s[rel] = string(data)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// checkTree fails unless the published files below dir are exactly s, its folders and the manifest.
func checkTree(t *testing.T, dir string, s site) {
	t.Helper()
	got := tree(t, dir)
	if _, ok := got[manifestName]; !ok {
		t.Error("no manifest")
	}
	delete(got, manifestName)
	want := maps.Clone(s)
	for path := range s {
		for up := parent(path); up != ""; up = parent(up) {
			want[up+"/"] = ""
		}
	}
	if diff := difference(got, want); diff != "" {
		t.Errorf("tree differs:\n%s", diff)
	}
}

func difference(got, want site) string {
	var b strings.Builder
	for _, path := range slices.Sorted(maps.Keys(want)) {
		if text, ok := got[path]; !ok {
			fmt.Fprintf(&b, "missing: %s\n", path)
		} else if text != want[path] {
			fmt.Fprintf(&b, "%s: have %q, want %q\n", path, text, want[path])
		}
	}
	for _, path := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[path]; !ok {
			fmt.Fprintf(&b, "not wanted: %s\n", path)
		}
	}
	return b.String()
}

// age sets the times of all files back, so that a write shows.
var longAgo = time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)

func age(t *testing.T, dir string) {
	t.Helper()
	for path := range tree(t, dir) {
		if err := os.Chtimes(filepath.Join(dir, path), longAgo, longAgo); err != nil {
			t.Fatal(err)
		}
	}
}

// touched returns the published files that were written since age.
func touched(t *testing.T, dir string) []string {
	t.Helper()
	var paths []string
	for path := range tree(t, dir) {
		info, err := os.Stat(filepath.Join(dir, path))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().IsRegular() && path != manifestName && !info.ModTime().Equal(longAgo) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// write puts files into a folder behind the back of publish.
func write(t *testing.T, dir string, s site) {
	t.Helper()
	for path, text := range s {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}
