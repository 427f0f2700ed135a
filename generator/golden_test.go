package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/public anew from what the program makes")

const golden = "testdata/public"

// TestGolden builds the small portal and compares every byte with testdata/public.
func TestGolden(t *testing.T) {
	if !*update { // others read testdata/public
		t.Parallel()
	}
	got := builtPortal(t).site
	if *update {
		if err := os.RemoveAll(golden); err != nil {
			t.Fatal(err)
		}
		for p, text := range got {
			writeFile(t, filepath.Join(golden, p), []byte(text))
		}
		return
	}
	sameTree(t, readTree(t, golden), got)
	if t.Failed() {
		t.Log("if the output is meant to change: go test ./generator -run TestGolden -update, and look at the difference")
	}
}

// TestDeterministic builds the same commit in other circumstances: one processor and many, another folder, zone and locale.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	site := testSite(t)
	var want tree
	for i, env := range [][]string{
		{"GOMAXPROCS=1", "TZ=UTC", "LANG=C"},
		{"GOMAXPROCS=8", "TZ=America/New_York", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8"},
		{"GOMAXPROCS=3", "TZ=Pacific/Auckland", "LANG=zh_CN.UTF-8"},
	} {
		dir := filepath.Join(t.TempDir(), "另一个 folder", "site")
		copyDir(t, site, dir)
		out := filepath.Join(t.TempDir(), "out")
		banshi(t, env, "build", "--site", dir, "--out", out)
		got := readTree(t, out)
		if i == 0 {
			want = got
			continue
		}
		sameTree(t, want, got)
	}
}
