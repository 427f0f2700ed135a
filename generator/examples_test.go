package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestExamples runs what the page about the data prints, as printed, from top to bottom in an empty folder: with sh and curl,
// python3, and DuckDB from npm. BANSHI_EXAMPLES=1 asks for it.
func TestExamples(t *testing.T) {
	if os.Getenv("BANSHI_EXAMPLES") == "" {
		t.Skip("BANSHI_EXAMPLES=1 runs the examples of the page about the data (curl, python3, DuckDB)")
	}
	tools := nodeTools(t, "open")
	dir := testSite(t)
	public := filepath.Join(dir, "public")
	server := httptest.NewServer(http.FileServer(http.Dir(public)))
	defer server.Close()
	replace(t, filepath.Join(dir, "site.toml"), "https://portal.example", server.URL)
	commitAll(t, dir)
	banshi(t, nil, "release", "--site", dir)
	banshi(t, nil, "build", "--site", dir)

	empty := t.TempDir()
	said := map[string]string{}
	for _, x := range examplesOf(t, filepath.Join(public, "data/index.html")) {
		cmd := exec.Command("sh", "-e", "-c", x.code)
		switch x.lang {
		case "python":
			cmd = exec.Command("python3", "-c", x.code)
		case "sql":
			cmd = exec.Command("node", filepath.Join(tools, "duckdb.mjs"), x.code)
		}
		cmd.Dir = empty
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s\n%s", x.id, err, x.code, out)
		}
		said[x.id] = string(out)
	}
	for id, want := range map[string]string{
		"ex-curl":    "guides.jsonl.gz: OK",
		"ex-python":  "示例县 食品经营许可 ",
		"ex-duckdb":  `"事项":"食品经营许可"`,
		"ex-release": "catalogue.sqlite: OK",
		"ex-parquet": `"地方":"示例县"`,
		"ex-sqlite":  "示例县 食品经营许可",
	} {
		if !strings.Contains(said[id], want) {
			t.Errorf("%s does not say %q:\n%s", id, want, said[id])
		}
	}
	checkMerged(t, said["ex-python"], filepath.Join(public, "api/v1/divisions/139921.json"))
}

// checkMerged compares the number of papers that the Python example counts in whole guides with what the headline of each says.
func checkMerged(t *testing.T, said, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var place struct {
		Guides []struct {
			Item     struct{ Name string }
			Headline struct{ Papers *struct{ Bring, Waived int } }
			Differs  struct{ Materials []struct{ Drop any } }
		}
	}
	if err := json.Unmarshal(data, &place); err != nil {
		t.Fatal(err)
	}
	for _, g := range place.Guides {
		dropped := 0
		for _, m := range g.Differs.Materials {
			if m.Drop != nil {
				dropped++
			}
		}
		n := 0
		if p := g.Headline.Papers; p != nil {
			n = p.Bring + p.Waived - dropped
		}
		if want := fmt.Sprintf("示例县 %s %d\n", g.Item.Name, n); !strings.Contains(said, want) {
			t.Errorf("the Python example does not say %q:\n%s", want, said)
		}
	}
}

type snippetOfPage struct{ id, lang, code string }

// examplesOf reads the examples off a page: <pre id="ex-…" data-lang="…">.
func examplesOf(t *testing.T, path string) []snippetOfPage {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out []snippetOfPage
	each(root, func(n *html.Node) {
		if n.Data == "pre" && attr(n, "data-lang") != "" {
			var b strings.Builder
			for c := range n.Descendants() {
				if c.Type == html.TextNode {
					b.WriteString(c.Data)
				}
			}
			out = append(out, snippetOfPage{attr(n, "id"), attr(n, "data-lang"), b.String()})
		}
	})
	if len(out) != 6 {
		t.Fatalf("%d examples, want 6", len(out))
	}
	return out
}
