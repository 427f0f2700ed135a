package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestParts builds every part of the small portal apart and merges them: the result is byte for byte what one build makes, manifest
// and compressed forms included, and no file is in two parts.
func TestParts(t *testing.T) {
	t.Parallel()
	site, base := testSite(t), t.TempDir()
	names := strings.Fields(banshi(t, nil, "build", "--site", site, "--list-divisions"))
	if len(names) < 2 || names[0] != "130000" || !slices.Contains(names, "139900") {
		t.Fatalf("parts: %q", names)
	}
	whole := filepath.Join(base, "whole")
	banshi(t, nil, "build", "--site", site, "--out", whole, "--compress")
	merge := []string{"merge", "--site", site, "--out", filepath.Join(base, "merged")}
	total := 0
	for _, n := range names {
		dir := filepath.Join(base, "part", n)
		banshi(t, nil, "build", "--site", site, "--out", dir, "--compress", "--division", n)
		merge = append(merge, dir)
		files := readTree(t, dir)
		total += len(files)
		if _, home := files["index.html"]; home != (n == names[0]) || len(files) == 0 {
			t.Errorf("%s has %d files, and the home page: %v", n, len(files), home)
		}
	}
	if want := readTree(t, whole); total != len(want) {
		t.Errorf("%d files in the parts, %d in the whole", total, len(want))
	}
	banshi(t, nil, merge...)
	sameTree(t, readState(t, whole), readState(t, filepath.Join(base, "merged")))

	// What does not belong together is not merged, and what is there stays.
	part := func(name string) string { return filepath.Join(base, "part", name) }
	before := readState(t, filepath.Join(base, "merged"))
	merged := func(dirs ...string) string {
		return attempt(t, 2, append([]string{"merge", "--site", site, "--out", filepath.Join(base, "merged")}, dirs...)...)
	}
	says(t, merged(part("139900")), "还缺这些部分：130000")
	says(t, merged(part("130000"), part("139900"), part("139900")), "都是 139900")
	says(t, merged(part("130000"), filepath.Join(base, "whole")), "不是 build --division 编的一部分")
	writeFile(t, filepath.Join(part("139900"), "divisions/139921/index.html"), []byte("改过"))
	says(t, attempt(t, 2, "merge", "--out", filepath.Join(base, "other"), part("130000"), part("139900")), "编好以后变过")
	banshi(t, nil, "build", "--site", site, "--out", part("139900"), "--compress", "--division", "139900", "--as-of", "2026-12-01")
	says(t, merged(part("130000"), part("139900")), "不是从同一批记录")
	sameTree(t, before, readState(t, filepath.Join(base, "merged")))

	build := func(args ...string) string {
		return attempt(t, 2, append([]string{"build", "--site", site}, args...)...)
	}
	says(t, build("--division", "139900"), "--division 要和 --out 一起用")
	says(t, build("--division", "139921", "--out", filepath.Join(base, "x")), "139921 在 139900（示例市）里")
	says(t, build("--division", "139999", "--out", filepath.Join(base, "x")), "没有 139999 这个地方；能分开编的：130000")
	says(t, build("--division", "130000", "--out", filepath.Join(base, "whole")), "里面是整个网站")
}
