package quality

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

var update = flag.Bool("update", false, "write the tables of docs/quality.md")

// TestDocs holds the tables of docs/quality.md against the metrics, the documents and the targets of the library.
func TestDocs(t *testing.T) {
	const path, from, to = "../../../docs/quality.md", "-update -->\n", "<!-- /metrics -->"
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(page), from)
	old, tail, found := strings.Cut(rest, to)
	if !found {
		t.Fatal("docs/quality.md has no place for the metrics")
	}
	now := describe(&Survey{Catalog: resolve(t, documents(t))})
	switch {
	case old == now:
	case *update:
		if err := os.WriteFile(path, []byte(head+from+now+to+tail), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Error("docs/quality.md is not what the program counts: go test ./generator/internal/quality -run TestDocs -update")
	}
}

// documents are the records that the tables need: the library's documents and targets.
func documents(t *testing.T) fstest.MapFS {
	t.Helper()
	paths, err := filepath.Glob("../../../data/documents/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	out := fstest.MapFS{}
	for _, p := range append(paths, "../../../data/targets.toml") {
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.ToSlash(p[len("../../../"):])] = &fstest.MapFile{Data: data}
	}
	return out
}

func describe(s *Survey) string {
	var b strings.Builder
	for _, family := range Families {
		fmt.Fprintf(&b, "\n### %s\n\n| metric | how it is counted | after | demanded |\n|---|---|---|---|\n", family.Title().ZH+" / "+family.Title().EN)
		for _, m := range metrics {
			if m.Family != family {
				continue
			}
			var after, demanded []string
			for _, f := range m.Sources {
				after = append(after, s.Citation(f))
			}
			for i := range s.Catalog.Targets {
				t := &s.Catalog.Targets[i]
				if g := newGoal(t); t.Metric == m.Title.ZH && g != nil {
					demanded = append(demanded, fmt.Sprintf("%s%s %s（%d）", cmp.Or(t.Scope, "全省"), t.Level, g.Words(), t.Year))
				}
			}
			better := map[Direction]string{Higher: "↑", Lower: "↓"}[m.Better]
			fmt.Fprintf(&b, "| %s %s `%s` | %s<br>%s | %s | %s |\n", m.Title.ZH, better, m.ID, m.Formula.ZH, m.Formula.EN, strings.Join(after, "<br>"), strings.Join(demanded, "<br>"))
		}
	}
	b.WriteString("\n### 没有算的 / Not counted\n\n| what | why |\n|---|---|\n")
	for _, u := range Uncounted {
		fmt.Fprintf(&b, "| %s | %s<br>%s |\n", u.Title.ZH+" / "+u.Title.EN, u.Reason.ZH, u.Reason.EN)
	}
	b.WriteString("\n")
	return b.String()
}
