package history

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// summary writes the changes of a commit as "A path, M path".
func summary(c Commit) string {
	var parts []string
	for _, change := range c.Changes {
		parts = append(parts, string(change.Status)+" "+change.Path)
	}
	return strings.Join(parts, ", ")
}

// summaries writes a log as "subject: changes", a commit a line.
func summaries(commits []Commit) []string {
	var lines []string
	for _, c := range commits {
		lines = append(lines, c.Subject+": "+summary(c))
	}
	return lines
}

func checkLog(t *testing.T, r *Repo, since string, paths []string, want ...string) []Commit {
	t.Helper()
	commits, err := r.Log(t.Context(), "", since, paths...)
	if err != nil {
		t.Fatal(err)
	}
	if got := summaries(commits); !slices.Equal(got, want) {
		t.Errorf("Log(%q, %q):\n%s\nwant\n%s", since, paths, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	return commits
}

func TestLog(t *testing.T) {
	s := newSandbox(t)
	s.write("data/items/dibao/item.toml", dibao)
	s.write("data/divisions/130731/食品经营许可.toml", "item = \"food-business\"\n")
	s.write("README.md", "# 办事\n")
	s.commit(":data 设立 低保") // a subject that looks like a change
	s.write("data/items/dibao/item.toml", strings.Replace(dibao, "20", "15", 1))
	edit := s.commit("data: 承诺时限 20→15")
	s.git("mv", "data/items/dibao", "data/items/zuidi-shenghuo")
	s.commit("data: move")
	s.write("README.md", "# 办事指南\n")
	s.commit("docs: title")
	s.git("rm", "-q", "data/divisions/130731/食品经营许可.toml")
	s.commit("data: 取消")
	s.commit("nothing at all")
	r := s.open()

	commits := checkLog(t, r, "", []string{"data"},
		":data 设立 低保: A data/divisions/130731/食品经营许可.toml, A data/items/dibao/item.toml",
		"data: 承诺时限 20→15: M data/items/dibao/item.toml",
		"data: move: D data/items/dibao/item.toml, A data/items/zuidi-shenghuo/item.toml",
		"data: 取消: D data/divisions/130731/食品经营许可.toml")
	before, after := s.git("rev-parse", edit+"~1:data/items/dibao/item.toml"), s.git("rev-parse", edit+":data/items/dibao/item.toml")
	if commits[0].Changes[1] != (Change{"data/items/dibao/item.toml", 'A', "", before}) ||
		commits[1].Changes[0] != (Change{"data/items/dibao/item.toml", 'M', before, after}) ||
		commits[2].Changes[0] != (Change{"data/items/dibao/item.toml", 'D', after, ""}) ||
		commits[2].Changes[1] != (Change{"data/items/zuidi-shenghuo/item.toml", 'A', "", after}) {
		t.Errorf("blob ids: %+v", commits[:3])
	}
	if commits[1].Hash != edit || commits[1].Tree != s.git("rev-parse", edit+"^{tree}") {
		t.Errorf("commit: %+v", commits[1])
	}

	checkLog(t, r, edit, []string{"data/divisions", "README.md"},
		"docs: title: M README.md",
		"data: 取消: D data/divisions/130731/食品经营许可.toml")
	checkLog(t, r, "HEAD~2", nil, "data: 取消: D data/divisions/130731/食品经营许可.toml")
	checkLog(t, r, "HEAD", nil)
	checkLog(t, r, "", []string{"data/*"}) // no globs
	if _, err := r.Log(t.Context(), "", "no-such-tag"); !errors.Is(err, ErrUnknownRevision) {
		t.Errorf("unknown since: %v", err)
	}
	for _, path := range []string{"../x", "/etc", "", "data/"} {
		if _, err := r.Log(t.Context(), "", "", path); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("path %q: %v", path, err)
		}
	}
}

func TestLogMerge(t *testing.T) {
	s := newSandbox(t)
	s.write("data/items/dibao/item.toml", dibao)
	base := s.commit("data: 低保")
	s.git("checkout", "-q", "-b", "county")
	s.write("data/divisions/130731/dibao.toml", "item = \"dibao\"\n")
	s.commit("county: draft")
	s.write("data/divisions/130731/dibao.toml", "item = \"dibao\"\nwindow = \"3\"\n")
	county := s.commit("county: window")
	s.git("checkout", "-q", "main")
	s.write("data/items/dibao/item.toml", strings.Replace(dibao, "20", "10", 1))
	s.commit("data: 提速")
	s.git("merge", "-q", "--no-ff", "-m", "merge county", "county")
	s.write("data/divisions/130731/dibao.toml", "item = \"dibao\"\nwindow = \"5\"\n")
	s.commit("county: window 5")
	r := s.open()
	faster, merge, last := "data: 提速: M data/items/dibao/item.toml",
		"merge county: A data/divisions/130731/dibao.toml", "county: window 5: M data/divisions/130731/dibao.toml"
	checkLog(t, r, base, []string{"data"}, faster, merge, last)
	checkLog(t, r, "", []string{"data/divisions"}, merge, last)
	checkLog(t, r, county, nil, faster, merge, last) // a merged branch excludes only what it holds
}

func TestLogSubfolder(t *testing.T) {
	s := newSandbox(t)
	s.write("portal/site.toml", "title = \"办事\"\n")
	s.write("portal/data/items/dibao/item.toml", dibao)
	s.write("data/other.toml", "x = 1\n")
	s.commit("portal: 低保")
	s.write("data/other.toml", "x = 2\n")
	s.commit("other project")
	r := s.open("portal")
	checkLog(t, r, "", nil, "portal: 低保: A data/items/dibao/item.toml, A site.toml")
	checkLog(t, r, "", []string{"data"}, "portal: 低保: A data/items/dibao/item.toml")
	s.write("data/other.toml", "x = 3\n")
	if dirty, err := r.Dirty(t.Context()); dirty || err != nil {
		t.Errorf("Dirty = %v, %v: the edit is outside the site", dirty, err)
	}
	files, err := r.FS(t.Context(), "HEAD", "data")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := fs.ReadFile(files, "data/items/dibao/item.toml"); err != nil || string(got) != dibao {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := fs.Stat(files, "data/other.toml"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file outside the site: %v", err)
	}
}

// Links, submodules, the executable bit and unspeakable names are not content.
func TestOnlyRegularFiles(t *testing.T) {
	s := newSandbox(t)
	s.write("data/items/dibao/item.toml", dibao)
	s.write("data/run.toml", "x = 1\n")
	first := s.commit("first")
	blob := s.git("rev-parse", "HEAD:data/run.toml")
	s.git("update-index", "--chmod=+x", "data/run.toml")
	s.git("update-index", "--add", "--cacheinfo", "120000,"+blob+",data/link.toml")
	s.git("update-index", "--add", "--cacheinfo", "160000,"+first+",data/module")
	s.git("update-index", "--add", "--cacheinfo", "100644,"+blob+",data/\xff.toml")
	s.git("commit", "-q", "-m", "second")
	s.git("update-index", "--cacheinfo", "120000,"+blob+",data/run.toml")
	s.git("update-index", "--cacheinfo", "100644,"+blob+",data/link.toml")
	s.git("commit", "-q", "-m", "third")
	r := s.open()
	commits := checkLog(t, r, "", nil,
		"first: A data/items/dibao/item.toml, A data/run.toml",
		"second: ",
		"third: A data/link.toml, D data/run.toml")
	if commits[2].Changes[1] != (Change{"data/run.toml", 'D', blob, ""}) {
		t.Errorf("file turned link: %+v", commits[2].Changes[1])
	}
	files, err := r.FS(t.Context(), commits[1].Hash, "data")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range must(fs.ReadDir(files, "data")) {
		names = append(names, e.Name())
	}
	if got := strings.Join(names, " "); got != "items run.toml" {
		t.Errorf("data holds %s", got)
	}
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func TestReadLogBroken(t *testing.T) {
	id, tree := strings.Repeat("a", 40), strings.Repeat("b", 40)
	head := id + " " + tree + " 1740792600 data: 低保\x00"
	for name, text := range map[string]string{
		"cut in a header":       head[:30],
		"cut before the path":   head + "\n:000000 100644 " + id + " " + tree + " A\x00",
		"cut in the path":       head + "\n:000000 100644 " + id + " " + tree + " A\x00data/it",
		"a change first":        ":000000 100644 " + id + " " + tree + " A\x00data/item.toml\x00",
		"combined merge format": head + "\n::100644 100644 100644 " + id + " " + id + " " + tree + " MM\x00data/item.toml\x00",
		"no time":               id + " " + tree + " noon data\x00",
		"no hash":               "HEAD " + tree + " 1 data\x00",
	} {
		if commits, err := readLog(bufio.NewReader(strings.NewReader(text))); err == nil {
			t.Errorf("%s: read as %+v", name, commits)
		} else if strings.HasPrefix(name, "cut") != errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if commits, err := readLog(bufio.NewReader(strings.NewReader(""))); err != nil || commits != nil {
		t.Errorf("nothing: %+v, %v", commits, err)
	}
}

// fastImport fills the sandbox with n commits over 1,000 records, 20 edits each.
func (s sandbox) fastImport(n int) {
	s.t.Helper()
	var in bytes.Buffer
	for c := range n {
		fmt.Fprintf(&in, "commit refs/heads/main\ncommitter 张三 <z@example.com> %d +0800\ndata 12\ndata: 修订\n", 1735689600+c*3600)
		files := 20
		if c == 0 {
			files = 1000
		}
		for f := range files {
			number := (c*37 + f) % 1000
			text := fmt.Sprintf("item = \"item-%03d\"\nrevision = %d\n", number, c)
			fmt.Fprintf(&in, "M 100644 inline data/divisions/13%02d/item-%03d.toml\ndata %d\n%s\n", number%50, number, len(text), text)
		}
	}
	cmd := exec.Command("git", "-C", s.dir, "fast-import", "--quiet", "--force")
	cmd.Env, cmd.Stdin = environment(os.Environ()), &in
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("git fast-import: %v\n%s", err, out)
	}
}

func TestLogSynthetic(t *testing.T) {
	s := newSandbox(t)
	s.fastImport(30)
	commits, err := s.open().Log(t.Context(), "", "", "data")
	if err != nil || len(commits) != 30 {
		t.Fatalf("%d commits, %v", len(commits), err)
	}
	// Replaying the changes must lead to exactly the last tree.
	replayed := map[string]string{}
	for _, c := range commits {
		for _, change := range c.Changes {
			if replayed[change.Path] != change.Old {
				t.Fatalf("%s: %+v does not follow %q", c.Hash, change, replayed[change.Path])
			}
			replayed[change.Path] = change.New
		}
	}
	lines := strings.Split(s.git("ls-tree", "-r", "--format=%(path) %(objectname)", "main"), "\n")
	for _, line := range lines {
		path, id, _ := strings.Cut(line, " ")
		if replayed[path] != id {
			t.Errorf("%s: %s, want %s", filepath.Base(path), replayed[path], id)
		}
	}
	if len(lines) != len(replayed) {
		t.Errorf("%d files replayed, %d in the tree", len(replayed), len(lines))
	}
}

func BenchmarkLog(b *testing.B) {
	s := newSandbox(b)
	s.fastImport(500)
	r := s.open()
	b.ReportAllocs()
	for b.Loop() {
		commits, err := r.Log(b.Context(), "", "", "data")
		if err != nil || len(commits) != 500 {
			b.Fatal(len(commits), err)
		}
	}
}
