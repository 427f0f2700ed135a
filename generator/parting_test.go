package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
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
	says(t, build("--division", "130000", "--out", filepath.Join(base, "whole")), "里面是整个网站")
}

// TestPartsWorkflow reads the matrix of docs/scale as GitHub does and runs its steps by hand: what it merges is what one build makes.
func TestPartsWorkflow(t *testing.T) {
	if os.Getenv("BANSHI_WORKFLOWS") == "" {
		t.Skip("BANSHI_WORKFLOWS=1 runs the steps of docs/scale/github.yml (npm ci --prefix testing/workflows; Debian: jq)")
	}
	out, err := exec.Command("node", "../testing/workflows/check.mjs", "../docs/scale").Output()
	if err != nil {
		t.Fatal(err)
	}
	var files map[string]map[string]workflowJob
	if err := json.Unmarshal(out, &files); err != nil {
		t.Fatal(err)
	}
	jobs, site, said := files["github.yml"], testSite(t), filepath.Join(t.TempDir(), "output")
	program, err := exec.LookPath("banshi")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(site, "banshi"), data)
	os.Chmod(filepath.Join(site, "banshi"), 0o755)
	step := func(job, name string, env ...string) {
		t.Helper()
		for _, s := range jobs[job].Steps {
			if s.Name == name {
				cmd := exec.Command("bash", "-e", "-o", "pipefail", "-c", s.Run)
				cmd.Dir, cmd.Env = site, append(append(os.Environ(), "GITHUB_OUTPUT="+said), env...)
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("%s: %v\n%s", name, err, out)
				}
				return
			}
		}
		t.Fatalf("%s has no step %s", job, name)
	}
	step("list", "分成哪些")
	text, err := os.ReadFile(said)
	if err != nil {
		t.Fatal(err)
	}
	outputs := map[string]string{}
	for line := range strings.Lines(string(text)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		outputs[key] = value
	}
	var parts []string
	if err := json.Unmarshal([]byte(outputs["parts"]), &parts); err != nil || len(parts) < 2 {
		t.Fatalf("parts %q (%v)", outputs["parts"], err)
	}
	for _, p := range parts {
		step("build", "编一部分", "PART="+p, "DAY="+outputs["day"])
	}
	step("merge", "合起来")
	whole := filepath.Join(t.TempDir(), "whole")
	banshi(t, nil, "build", "--site", site, "--out", whole, "--compress", "--as-of", outputs["day"])
	sameTree(t, readTree(t, whole), readTree(t, filepath.Join(site, "public")))
}

// A file is of the first place that its path names as a whole, whatever else is written in it.
func TestPartOfAPath(t *testing.T) {
	p := parting{names: []string{"130000", "130100", "130200"}, owner: map[string]string{
		"130000": "130000", "130100": "130100", "130102": "130100", "130102101": "130100", "130200": "130200",
	}}
	for path, want := range map[string]string{
		"index.html": "130000", "divisions/130000/dibao.html": "130000", "divisions/130102101/dibao.01.html": "130100",
		"api/v1/divisions/130102.json": "130100", "feeds/division/130200.xml": "130200", "lists/fee/130102.html": "130100", "search/0a1b2c3d4e5f/division/130200.js": "130200",
		"items/130102-permit/index.html": "130000", "api/v1/codes/130102901000.json": "130000", "divisions/130102/index.html.gz": "130100",
	} {
		if got := p.of(path); got != want {
			t.Errorf("%s is of %s, want %s", path, got, want)
		}
	}
	if part, err := p.part(nil, "130200"); err != nil || part.Name != "130200" || len(part.All) != 3 {
		t.Errorf("%+v, %v", part, err)
	}
	if _, err := p.part(nil, "139999"); err == nil || !strings.Contains(err.Error(), "没有 139999 这个地方；能分开编的：130000、130100、130200") {
		t.Errorf("an unknown place: %v", err)
	}
}

// The portal of a city has a part for each county, and what is above the city is a part of its own.
func TestPartsOfACity(t *testing.T) {
	place := func(id string, parent *catalog.Division) *catalog.Division {
		return &catalog.Division{Division: &record.Division{ID: id}, Parent: parent}
	}
	province := place("130000", nil)
	city := place("130100", province)
	county := place("130102", city)
	c := &catalog.Catalog{Divisions: []*catalog.Division{province, city, county, place("130102101", county), place("130200", province)}}
	p := newParting(c, "130100")
	if got := strings.Join(p.names, " "); got != "130100 130000 130102" {
		t.Errorf("parts: %s", got)
	}
	for id, want := range map[string]string{"130000": "130000", "130100": "130100", "130102": "130102", "130102101": "130102", "130200": "130000"} {
		if got := p.of("divisions/" + id + "/index.html"); got != want {
			t.Errorf("%s is of %s, want %s", id, got, want)
		}
	}
}
