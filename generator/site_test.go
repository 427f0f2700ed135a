package main

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// testSite copies testdata/site into a temporary repository, with the theme and the vocabularies of this one and the history
// of testdata/history, and returns its folder.
func testSite(t testing.TB) string {
	t.Helper()
	return folder(t, "site", func() string { return makeTestSite(t) })
}

func makeTestSite(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	copyDir(t, "testdata/site", dir)
	copyDir(t, "../themes", filepath.Join(dir, "themes"))
	copyDir(t, "../data/vocab", filepath.Join(dir, "data/vocab"))
	git := func(day int, args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "core.autocrlf=false", "-c", "commit.gpgsign=false"}, args...)...)
		date := "2026-11-" + strconv.Itoa(10+day) + "T10:00:00+08:00"
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=Editor", "GIT_AUTHOR_EMAIL=editor@example.com",
			"GIT_COMMITTER_NAME=Editor", "GIT_COMMITTER_EMAIL=editor@example.com", "GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE="+date)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	git(0, "init", "-q", "-b", "main", "--template=") // without samples of hooks
	for day := 1; ; day++ {
		state := filepath.Join("testdata/history", strconv.Itoa(day))
		_, err := os.Stat(state)
		done := os.IsNotExist(err)
		copyDir(t, "testdata/site", dir)
		if !done {
			overlayState(t, state, dir)
		}
		git(day, "add", "-A")
		git(day, "commit", "-q", "-m", "state "+strconv.Itoa(day))
		if done {
			git(day, "repack", "-a", "-d", "-q") // two files in place of three hundred: it is copied for every test
			return dir
		}
	}
}

// overlayState puts the files of an earlier state over the site.
func overlayState(t testing.TB, state, dir string) {
	t.Helper()
	walkFiles(t, state, func(rel string, data []byte) {
		if absent, ok := strings.CutSuffix(rel, ".absent"); ok {
			if err := os.Remove(filepath.Join(dir, absent)); err != nil {
				t.Fatal(err)
			}
			return
		}
		writeFile(t, filepath.Join(dir, rel), data)
	})
}

func copyDir(t testing.TB, from, to string) {
	t.Helper()
	walkFiles(t, from, func(rel string, data []byte) { writeFile(t, filepath.Join(to, rel), data) })
}

func writeFile(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// walkFiles calls f for every file below root with its path relative to it, in order.
func walkFiles(t testing.TB, root string, f func(rel string, data []byte)) {
	t.Helper()
	if err := eachFile(root, f); err != nil {
		t.Fatal(err)
	}
}

// eachFile is walkFiles where no test runs.
func eachFile(root string, f func(rel string, data []byte)) error {
	return filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		f(filepath.ToSlash(rel), data)
		return err
	})
}

// tree is the published files of a folder: path → content. What publish keeps for itself is left out.
type tree map[string]string

func readTree(t testing.TB, dir string) tree {
	t.Helper()
	out := tree{}
	walkFiles(t, dir, func(rel string, data []byte) {
		if rel != ".manifest" && rel != ".lock" && rel != ".gitignore" {
			out[rel] = string(data)
		}
	})
	return out
}

func (x tree) paths() []string {
	out := make([]string, 0, len(x))
	for p := range x {
		out = append(out, p)
	}
	sort.Strings(out)
	return out
}

// sameTree fails for every file that differs between two builds; it stops after ten.
func sameTree(t testing.TB, want, got tree) {
	t.Helper()
	bad := 0
	for _, p := range want.paths() {
		g, ok := got[p]
		switch {
		case !ok:
			t.Errorf("%s is missing", p)
		case g != want[p]:
			t.Errorf("%s differs at byte %d: %q, want %q", p, firstDifference(g, want[p]), around(g, want[p]), around(want[p], g))
		default:
			continue
		}
		if bad++; bad == 10 {
			t.Fatal("and more")
		}
	}
	for _, p := range got.paths() {
		if _, ok := want[p]; !ok {
			t.Errorf("%s is too much", p)
		}
	}
}

func firstDifference(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func around(a, b string) string {
	n := firstDifference(a, b)
	return a[max(0, n-40):min(len(a), n+60)]
}

func digest(x tree) string {
	h := sha256.New()
	for _, p := range x.paths() {
		h.Write([]byte(p + "\x00" + x[p] + "\x00"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// banshi runs the program with arguments and fails the test unless it exits with 0.
func banshi(t testing.TB, env []string, args ...string) string {
	t.Helper()
	cmd := exec.Command("banshi", args...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("banshi %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}
