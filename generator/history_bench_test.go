package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"banshi/generator/internal/changes"
	"banshi/generator/internal/history"
)

// BenchmarkHistory reads the past of a province in the real shape. BANSHI_HISTORY names a folder that keeps the repository: the
// first run makes it there, with 25,000 records and 2,000 commits of one to three edits, the next ones only read it, so that the
// peak of memory is that of reading. Without it the province is a tenth and goes away.
func BenchmarkHistory(b *testing.B) {
	dir := os.Getenv("BANSHI_HISTORY")
	made := false
	if dir == "" {
		dir, made = filepath.Join(b.TempDir(), "province"), true
		makeHistory(b, dir, 10000, 200)
	} else if _, err := os.Stat(dir); err != nil {
		made = true
		makeHistory(b, dir, 100000, 2000)
	}
	for b.Loop() {
		repo, err := history.Open(dir)
		if err != nil {
			b.Fatal(err)
		}
		entries, err := changes.Read(b.Context(), repo, changes.Options{})
		if err != nil {
			b.Fatal(err)
		}
		repo.Close()
		b.ReportMetric(float64(len(entries)), "entries")
	}
	if !made {
		b.ReportMetric(float64(peakMemory()>>20), "peak-MB")
	}
}

// makeHistory commits a province of so many guides and then edits of its standards and local records.
func makeHistory(b *testing.B, dir string, guides, commits int) {
	b.Helper()
	root := newRoot()
	root.SetArgs([]string{"synth", dir, "--guides", strconv.Itoa(guides), "--from", ".."})
	if err := root.Execute(); err != nil {
		b.Fatal(err)
	}
	var paths []string
	files := map[string]string{}
	var stream strings.Builder
	commit := func(n int) {
		fmt.Fprintf(&stream, "commit refs/heads/main\ncommitter Editor <editor@example.com> %d +0800\ndata 4\nedit\n", 1700000000+n*20000)
	}
	put := func(path string) {
		fmt.Fprintf(&stream, "M 100644 inline %s\ndata %d\n%s\n", path, len(files[path]), files[path])
	}
	commit(0)
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		files[filepath.ToSlash(rel)] = string(data)
		paths = append(paths, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	slices.Sort(paths)
	for _, p := range paths {
		put(p)
	}
	editable := slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return !strings.HasPrefix(p, "data/") || strings.Contains(p, "vocab") })
	r := rand.New(rand.NewPCG(1, 1))
	value := regexp.MustCompile(`value = \d+|。`)
	for n := range commits {
		commit(n + 1)
		for range 1 + r.IntN(3) {
			p := editable[r.IntN(len(editable))]
			files[p] = "# " + strconv.Itoa(n) + "\n" + value.ReplaceAllStringFunc(files[p], func(s string) string {
				if s == "。" {
					return strings.Repeat("吧", r.IntN(2)) + s
				}
				return "value = " + strconv.Itoa(1+r.IntN(9))
			})
			put(p)
		}
	}
	b.Logf("%d records, %d commits", len(editable), commits)
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"fast-import", "--quiet"}} {
		cmd := exec.Command("git", append([]string{"-C", dir}, args...)...)
		cmd.Stdin = strings.NewReader(stream.String())
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("git: %v\n%s", err, out)
		}
	}
}
