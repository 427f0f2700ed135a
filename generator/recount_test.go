package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestRecount has testing/quality/recount.mjs count every figure of every place again, from the published JSON Lines alone: of the small
// portal with records for every metric, and, with BANSHI_QUALITY, of all of Hebei.
func TestRecount(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("node"); err != nil && os.Getenv("BANSHI_BROWSER") == "" {
		t.Skip(err)
	}
	dir := filepath.Join(t.TempDir(), "site")
	copyDir(t, testSite(t), dir)
	a, err := txtar.ParseFile("testdata/quality/rich.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		writeFile(t, name, f.Data)
	}
	recount(t, dir, "139900")
	if os.Getenv("BANSHI_QUALITY") != "" {
		recount(t, "..", "130100")
	}
}

// recount exports the data of a site, has the program say its figures of the province, of each level, department and place, and of a
// city with all below it, and has them counted again.
func recount(t *testing.T, site, city string) {
	t.Helper()
	tmp := t.TempDir()
	data := filepath.Join(tmp, "data")
	banshi(t, nil, "export", "--site", site, "--as-of", "2026-11-21", "--out", data)
	args := []string{"../testing/quality/recount.mjs", data, "testdata/public/data/codes"}
	for _, asked := range []string{"", "--by place", "--by department", "--place " + city + " --below"} {
		out := filepath.Join(tmp, strings.ReplaceAll(asked, " ", "")+"figures.json")
		banshi(t, nil, append([]string{"report", "--site", site, "--as-of", "2026-11-21", "--format", "json", "--out", out}, strings.Fields(asked)...)...)
		args = append(args, out)
	}
	out, err := exec.Command("node", args...).CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}
