package publish

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"banshi/generator/internal/output"
)

// refused publishes and fails unless that is an error that tells want and changes nothing.
func refused(t *testing.T, dir string, files []output.File, o Options, want ...string) {
	t.Helper()
	before := tree(t, dir)
	r, err := Publish(dir, files, o)
	if err == nil {
		t.Fatalf("no error, %+v", r)
	}
	for _, part := range want {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error does not tell %q: %v", part, err)
		}
	}
	if diff := difference(tree(t, dir), before); diff != "" {
		t.Errorf("refused, yet changed:\n%s", diff)
	}
}

func TestPublishRefusesPaths(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustPublish(t, dir, county, Options{})
	for _, path := range []string{"../index.html", "/etc/passwd", ".manifest", ".staging/x", ".Journal", ".lock/x", "INDEX.html", "index.html/x", ""} {
		refused(t, dir, county.with(site{path: "x"}).files(), Options{}, path)
	}
}

func TestPublishRefusesToRemoveFilesOfOthers(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, county, Options{})
	write(t, dir, site{"130731/forms/note.txt": "别人的文件"})
	next := county.with(site{"130731/forms/food-01/form.txt": gone, "130731/forms": "一页"})
	refused(t, dir, next.files(), Options{}, filepath.Join(dir, "130731/forms/note.txt"))
	if err := os.Remove(filepath.Join(dir, "130731/forms/note.txt")); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, dir, next, Options{})
	checkTree(t, dir, next)
}

func TestPublishRefusesSymbolicLinks(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	write(t, outside, site{"latest.json": "{}"})
	if err := os.Symlink(outside, filepath.Join(dir, "data")); err != nil {
		t.Skip(err)
	}
	refused(t, dir, county.with(site{"data/latest.json": "新"}).files(), Options{}, filepath.Join(dir, "data"), "symbolic link")

	// What an earlier publish wrote into a folder is not removed through a link that took the place of the folder.
	dir = t.TempDir()
	mustPublish(t, dir, county.with(site{"data/latest.json": "{}"}), Options{})
	err := errors.Join(os.RemoveAll(filepath.Join(dir, "data")), os.Symlink(outside, filepath.Join(dir, "data")))
	if err != nil {
		t.Fatal(err)
	}
	refused(t, dir, county.files(), Options{}, "symbolic link")
	if tree(t, outside)["latest.json"] != "{}" {
		t.Error("a file outside was changed")
	}
}

func TestPublishFailingWriteChangesNothing(t *testing.T) {
	failing := func(path, reason string) output.File {
		return output.File{Path: path, Stamp: output.Stamp{1}, Write: func(w io.Writer) error {
			io.WriteString(w, strings.Repeat("半页", spillAt/4))
			return errors.New(reason)
		}}
	}
	dir := t.TempDir()
	mustPublish(t, dir, county, Options{})
	files := append(county.with(site{"index.html": "新首页", "130732/index.html": gone}).files(),
		failing("130733/a.html", "模板出错 a"), failing("130732/b.html", "模板出错 b"), failing("130732/d.html", "模板出错 d"))
	for i := range 9 { // a full folder comes first
		files = append(files, failing(fmt.Sprintf("zz/%d.html", i), "模板出错 z"))
	}
	for _, jobs := range []int{1, 8} {
		refused(t, dir, files, Options{Jobs: jobs}, "130732/b.html: 模板出错 b")
	}
}

func TestPublishRefusesABrokenManifest(t *testing.T) {
	const good = manifestHead + "\"v1\"\n" + "00000000000000000000000000000000 3 index.html\n"
	for name, text := range map[string]string{
		"empty":        "",
		"newer format": strings.Replace(good, "manifest 1", "manifest 2", 1),
		"no version":   strings.Replace(good, `"v1"`, "v1", 1),
		"cut off":      strings.TrimSuffix(good, "\n"),
		"bad stamp":    strings.Replace(good, "\n00", "\n0x", 1),
		"bad size":     strings.Replace(good, " 3 ", " -3 ", 1),
		"outside":      strings.Replace(good, "index.html", "../../etc/passwd", 1),
		"ours":         strings.Replace(good, "index.html", ".lock", 1),
		"not sorted":   good + "00000000000000000000000000000000 3 a.html\n",
		"twice":        good + "00000000000000000000000000000000 3 index.html\n",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, site{manifestName: text})
			refused(t, dir, county.files(), Options{}, manifestName)
		})
	}
	dir := t.TempDir()
	write(t, dir, site{manifestName: good})
	mustPublish(t, dir, county, Options{})
	checkTree(t, dir, county)
}

func TestPublishTwoAtOnce(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, county, Options{})
	next := county.with(site{"index.html": "新首页"})
	files := next.files()
	for i := range files {
		write := files[i].Write
		files[i].Write = func(w io.Writer) error {
			_, err := Publish(dir, county.files(), Options{}) // while the other is rendering
			if !errors.Is(err, errBusy) || !strings.Contains(err.Error(), dir) {
				t.Errorf("second publish: %v, want %v", err, errBusy)
			}
			if _, err := Recover(dir); err != nil { // must not take the staging of a living publish away
				t.Errorf("Recover beside a publish: %v", err)
			}
			return write(w)
		}
	}
	if _, err := Publish(dir, files, Options{}); err != nil {
		t.Fatal(err)
	}
	checkTree(t, dir, next)
	mustPublish(t, dir, county, Options{})
}
