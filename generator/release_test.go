package main

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// attempt runs banshi and returns what it prints and whether it ended with the exit code.
func attempt(t *testing.T, code int, args ...string) string {
	t.Helper()
	cmd := exec.Command("banshi", args...)
	out, _ := cmd.CombinedOutput()
	if got := cmd.ProcessState.ExitCode(); got != code {
		t.Fatalf("banshi %s: exit code %d, want %d\n%s", strings.Join(args, " "), got, code, out)
	}
	return string(out)
}

// says fails unless a text has all the words.
func says(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("does not say %q:\n%s", w, text)
		}
	}
}

// released makes a site with two releases, the second after an edit, and returns its folder and those of the releases.
func released(t *testing.T) (dir, first, second string) {
	t.Helper()
	site := testSite(t)
	dir = folder(t, "released", func() string {
		banshi(t, nil, "release", "--site", site)
		replace(t, filepath.Join(site, "data/divisions/139921/food-business.toml"), "value = 5", "value = 3")
		commitAll(t, site)
		banshi(t, nil, "release", "--site", site)
		return site
	})
	all, err := filepath.Glob(filepath.Join(dir, "public/data/releases/2*"))
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	return dir, all[0], all[1]
}

// replace edits a file, which must have the text.
func replace(t *testing.T, path, old, text string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		t.Fatalf("%s has no %q", path, old)
	}
	writeFile(t, path, []byte(strings.Replace(string(data), old, text, 1)))
}

// TestRelease makes releases as an editor does: the second says what changed, is chained to the first, and neither is touched again.
func TestRelease(t *testing.T) {
	t.Parallel()
	dir, first, second := released(t)
	before := readTree(t, first)
	notes := readTree(t, second)["RELEASE_NOTES.md"]
	says(t, notes, "新增 / new 0，有变化 / changed 1，没有了 / gone 0", "↑ 食品经营许可 新办（示例县）：承诺时限 5→3 个工作日", filepath.Base(first))
	lines := linesIn(t, first)
	if n := lines.replay(t, readTree(t, second)["delta.jsonl.gz"]); n != 1 || !maps.Equal(lines, linesIn(t, second)) {
		t.Errorf("the first release and its delta of %d rows are not the second", n)
	}
	says(t, attempt(t, 0, "verify", "--site", dir, second), "都对")
	says(t, attempt(t, 2, "release", "--site", dir), "已经有了，发布过的版本不会再改")
	entry := filepath.Join(dir, "data/releases", filepath.Base(second)+".toml")
	if err := os.Rename(entry, entry+".away"); err != nil {
		t.Fatal(err)
	}
	says(t, attempt(t, 2, "release", "--site", dir), "没有登记")
	if err := os.Rename(entry+".away", entry); err != nil {
		t.Fatal(err)
	}
	sameAsExported(t, dir, second)

	// The entries of the register are records like others, and build lists them and leaves the folders alone.
	banshi(t, nil, "fmt", "--check", "--site", dir, "data/releases")
	commitAll(t, dir)
	banshi(t, nil, "build", "--site", dir)
	index := readTree(t, filepath.Join(dir, "public/data/releases"))["index.json"]
	says(t, index, filepath.Base(first), filepath.Base(second))
	sameTree(t, before, readTree(t, first))
	says(t, attempt(t, 0, "verify", "--site", dir, filepath.Join(dir, "public")), "清单 3")

	server := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(dir, "public"))))
	defer server.Close()
	says(t, attempt(t, 0, "verify", "--site", dir, server.URL), "清单 3")
	says(t, attempt(t, 0, "verify", "--site", t.TempDir(), server.URL+"/data/releases/"+filepath.Base(second)+"/"), "清单 1")
}

// sameAsExported: export --at gives the files of a release, but for workbooks, which name the release.
func sameAsExported(t *testing.T, dir, release string) {
	t.Helper()
	got, want := readTree(t, export(t, dir, "--at", "HEAD", "--format", "jsonl,csv,parquet,sqlite,geojson")), readTree(t, release)
	if len(got) < 50 {
		t.Errorf("%d files", len(got))
	}
	for name, data := range got {
		if want[name] != data {
			t.Errorf("%s is not that of the release", name)
		}
	}
	books := readTree(t, export(t, dir, "--format", "xlsx", "--division", "139921"))
	if len(books) != 3 || books["guides.xlsx"] == "" || books["xlsx/139921.xlsx"] == "" || books["xlsx/139921101.xlsx"] == "" {
		t.Errorf("workbooks of the county: %q", books.paths())
	}
}

// TestReleaseAgain makes a registered release again in another clone, folder and zone: it has the same bytes, or is not kept.
func TestReleaseAgain(t *testing.T) {
	t.Parallel()
	dir, first, second := released(t)
	commitAll(t, dir)
	clone := filepath.Join(t.TempDir(), "克隆 clone")
	if out, err := exec.Command("git", "clone", "-q", dir, clone).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.RemoveAll(filepath.Join(clone, "public")); err != nil { // the test's repository has it
		t.Fatal(err)
	}
	for _, want := range []string{second, first} { // in any order
		id := filepath.Base(want)
		env := []string{"GOMAXPROCS=1", "TZ=Pacific/Auckland", "LC_ALL=tr_TR.UTF-8"}
		banshi(t, env, "release", "--site", clone, "--at", id[len("2026-11-13-"):])
		sameTree(t, readTree(t, want), readTree(t, filepath.Join(clone, "public/data/releases", id)))
	}
	says(t, attempt(t, 0, "verify", "--site", clone, filepath.Join(clone, "public/data/releases", filepath.Base(second))), "都对")

	// A register that says otherwise wins.
	id := filepath.Base(first)
	if err := os.RemoveAll(filepath.Join(clone, "public")); err != nil {
		t.Fatal(err)
	}
	entry := filepath.Join(clone, "data/releases", id+".toml")
	replace(t, entry, `manifest_sha256 = "`, `manifest_sha256 = "0`)
	says(t, attempt(t, 2, "release", "--site", clone, "--at", id[len("2026-11-13-"):]), "和登记的不一样")
	if _, err := os.Stat(filepath.Join(clone, "public/data/releases", id)); !os.IsNotExist(err) {
		t.Errorf("the release that is not as registered was kept: %v", err)
	}
}

// TestReleaseRefuses breaks promises to readers one by one.
func TestReleaseRefuses(t *testing.T) {
	t.Parallel()
	dir, first, _ := released(t)
	refused := func(args ...string) string {
		t.Helper()
		before := readTree(t, filepath.Join(dir, "data/releases"))
		out := attempt(t, 1, append([]string{"release", "--site", dir}, args...)...)
		sameTree(t, before, readTree(t, filepath.Join(dir, "data/releases")))
		return out
	}
	commitAll(t, dir)
	says(t, refused("--as-of", "2026-11-20"), "数据日期往回走了：2026-11-20")
	for _, gone := range []string{"items/food-circulation", "items/food-business/02.toml", "divisions/139971"} {
		if err := os.RemoveAll(filepath.Join(dir, "data", gone)); err != nil {
			t.Fatal(err)
		}
	}
	commitAll(t, dir)
	out := refused()
	for _, id := range []string{"事项 food-circulation ", "业务办理项 food-business/02 ", "地方 139971 "} {
		says(t, out, id+"在上一版里有，现在没有了")
	}

	// Somebody changes what was published, or when it was.
	gitOutput(t, dir, "revert", "--no-edit", "HEAD")
	manifest := filepath.Join(first, "manifest.json")
	replace(t, manifest, "示例", "样例")
	says(t, refused(), "版本 "+filepath.Base(first)+" 发布以后被改过")
	replace(t, manifest, "样例", "示例")
	entry := filepath.Join(dir, "data/releases", filepath.Base(first)+".toml")
	replace(t, entry, "date = 2026-11-13", "date = 2026-11-12")
	says(t, attempt(t, 2, "release", "--site", dir), filepath.Base(first)+".toml", "登记被改过")
	replace(t, entry, "date = 2026-11-12", "date = 2026-11-13")

	// Another history than the one that was released from.
	gitOutput(t, dir, "checkout", "-q", "--orphan", "other")
	commitAll(t, dir)
	says(t, attempt(t, 2, "release", "--site", dir), "不在", "的历史里")
}

// TestVerifyCatches changes what was published: a byte, a file gone, a file more, the chain.
func TestVerifyCatches(t *testing.T) {
	t.Parallel()
	dir, first, second := released(t)
	commitAll(t, dir)
	banshi(t, nil, "build", "--site", dir)
	public := filepath.Join(dir, "public")
	nowhere := t.TempDir() // no register at hand
	path := func(name string) string { return filepath.Join(second, name) }
	read := func(path string) []byte {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	mend := func(path string) func() {
		data := read(path)
		return func() { writeFile(t, path, data) }
	}
	verify := func(place string, words ...string) {
		t.Helper()
		says(t, attempt(t, 1, "verify", "--site", nowhere, place), words...)
	}

	undo := mend(path("guides.jsonl.gz"))
	data := read(path("guides.jsonl.gz"))
	data[len(data)/2] ^= 1
	writeFile(t, path("guides.jsonl.gz"), data)
	verify(second, "guides.jsonl.gz：内容被改过", "1 处不对")
	verify(public, "guides.jsonl.gz：内容被改过", "1 处不对")
	undo()

	undo = mend(path("steps.csv"))
	if err := os.Remove(path("steps.csv")); err != nil {
		t.Fatal(err)
	}
	verify(second, "steps.csv：文件不见了", "1 处不对")
	undo()

	writeFile(t, path("more.csv"), []byte("id\r\n"))
	verify(second, "more.csv：清单里没有这个文件", "1 处不对")
	if err := os.Remove(path("more.csv")); err != nil {
		t.Fatal(err)
	}

	undo = mend(path("SHA256SUMS"))
	replace(t, path("SHA256SUMS"), "steps.csv", "step.csv")
	verify(second, "SHA256SUMS：和清单说的不一样", "1 处不对")
	undo()

	// Somebody rewrites the past: the manifest of the first release is another, and fits its files.
	old := filepath.Join(first, "manifest.json")
	undo = mend(old)
	replace(t, old, "示例", "样例")
	verify(second, "manifest.json：链断了", "1 处不对")
	verify(public, filepath.Base(first)+"/manifest.json：清单被改过", filepath.Base(second)+"/manifest.json：链断了")
	says(t, attempt(t, 1, "verify", "--site", dir, first), "和登记 data/releases/"+filepath.Base(first)+".toml 的摘要不一样")
	undo()

	if err := os.Remove(old); err != nil {
		t.Fatal(err)
	}
	verify(public, filepath.Base(first)+"/manifest.json：文件不见了")
	says(t, attempt(t, 2, "verify", "--site", nowhere, nowhere), "不是一个版本")
}
