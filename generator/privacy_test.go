package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestNobodyIsNamed commits a site by people with telling names, with telling messages, and looks for them in everything the
// program writes: pages, feeds, open data, its cache, differences and exports, packed or not.
func TestNobodyIsNamed(t *testing.T) {
	t.Parallel()
	site := testSite(t)
	telling := []string{"欧阳泄密", "ouyang.leak", "Committer-Leak", "committer.leak", "司马偷看", "ticket LEAK-4711", "机密交办"}
	for n, edit := range []string{"value = 4", "value = 3"} {
		path := filepath.Join(site, "data/divisions/139921/food-business.toml")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		old := []string{"value = 5", "value = 4"}[n]
		if !bytes.Contains(data, []byte(old)) {
			t.Fatalf("no %q in the record", old)
		}
		writeFile(t, path, bytes.Replace(data, []byte(old), []byte(edit), 1))
		cmd := exec.Command("git", "-C", site, "commit", "-q", "-a", "-m", "机密交办 ticket LEAK-4711\n\nReviewed-by: 司马偷看 <ouyang.leak@example.com>")
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=欧阳泄密", "GIT_AUTHOR_EMAIL=ouyang.leak@example.com",
			"GIT_COMMITTER_NAME=Committer-Leak", "GIT_COMMITTER_EMAIL=committer.leak@example.com")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git commit: %v\n%s", err, out)
		}
	}
	out := t.TempDir()
	banshi(t, nil, "build", "--site", site, "--out", filepath.Join(out, "public"))
	banshi(t, nil, "export", "--site", site, "--at", "HEAD", "--out", filepath.Join(out, "export"))
	for _, format := range diffFormats {
		writeFile(t, filepath.Join(out, "diff."+format), []byte(banshi(t, nil, "diff", "--site", site, "HEAD~2", "HEAD", "--format", format)))
	}
	copyDir(t, filepath.Join(site, cacheDir), filepath.Join(out, "cache"))
	seen := map[string]bool{}
	walkFiles(t, out, func(rel string, data []byte) {
		for _, text := range unpacked(data) {
			seen[filepath.Ext(rel)] = seen[filepath.Ext(rel)] || bytes.Contains(text, []byte("食品经营许可"))
			for _, name := range telling {
				if bytes.Contains(text, []byte(name)) {
					t.Errorf("%s names %q", rel, name)
				}
			}
		}
	})
	for _, ext := range []string{".html", ".xml", ".atom", ".json", ".gz", ".jsonl", ".markdown", ".text"} {
		if !seen[ext] {
			t.Errorf("no %s file speaks of the changed item: the test looks in the wrong place", ext)
		}
	}
}

// unpacked returns a file's content, and what is inside if it is packed.
func unpacked(data []byte) [][]byte {
	out := [][]byte{data}
	if r, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
		if text, err := io.ReadAll(r); err == nil {
			out = append(out, text)
		}
	}
	if z, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil {
		for _, f := range z.File {
			if r, err := f.Open(); err == nil {
				text, _ := io.ReadAll(r)
				out = append(out, text, []byte(strings.TrimSpace(f.Name)))
			}
		}
	}
	return out
}
