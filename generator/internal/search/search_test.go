package search

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"banshi/generator/internal/article"
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// project is the site of this repository, as of a fixed day.
var project = sync.OnceValues(func() (*site.Site, error) {
	fsys := os.DirFS("../../..")
	c, _, err := config.Load(fsys)
	if err != nil {
		return nil, err
	}
	day, err := record.ParseDate("2026-11-21")
	if err != nil {
		return nil, err
	}
	source, err := catalog.Load(fsys, day)
	if err != nil {
		return nil, err
	}
	articles, _, err := article.Load(fsys)
	if err != nil {
		return nil, err
	}
	return site.Derive(site.Input{Config: c, Catalog: catalog.Resolve(source, catalog.Options{Draft: true}), Articles: articles, NoHistory: true}), nil
})

func projectSite(t testing.TB) *site.Site {
	t.Helper()
	s, err := project()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func projectFiles(t testing.TB) []output.File {
	t.Helper()
	files, err := Files(projectSite(t))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// allTexts returns every name and alias of a site.
func allTexts(s *site.Site) []string {
	var out []string
	collect(s).texts(func(t string) { out = append(out, t) })
	return out
}

func openProject(t testing.TB) *Index {
	t.Helper()
	x, err := Open(FromFiles(projectFiles(t)))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func queryTable(t testing.TB) []Case {
	t.Helper()
	data, err := os.ReadFile("testdata/queries.json")
	if err != nil {
		t.Fatal(err)
	}
	var table []Case
	if err := json.Unmarshal(data, &table); err != nil {
		t.Fatal(err)
	}
	return table
}

// TestQueries holds the quality of the answers over the table of what people type: the half that was there when the index was
// tuned, and the half that was kept aside until that was done.
func TestQueries(t *testing.T) {
	x, table := openProject(t), queryTable(t)
	if len(table) < 250 {
		t.Fatalf("only %d queries", len(table))
	}
	for _, kept := range []bool{false, true} {
		half := slices.DeleteFunc(slices.Clone(table), func(c Case) bool { return c.Kept != kept })
		r := Evaluate(half, func(q Query) []Hit {
			a, err := x.Ask(q)
			if err != nil {
				t.Errorf("%q: %v", q.Text, err)
			}
			return a.Hits
		})
		t.Logf("kept %v: %d queries: hit@1 %.3f, hit@5 %.3f, MRR %.3f, zero %.3f", kept, r.Queries, r.Hit1, r.Hit5, r.MRR, r.Zero)
		for _, m := range r.Missed {
			t.Logf("%q (%s): rank %d, want %s, got %s", m.Query, m.Kind, m.Rank, strings.Join(m.Want, " "), strings.Join(m.Got, " "))
		}
		if len(half) < 100 || r.Hit1 < .85 || r.Hit5 < .97 || r.MRR < .92 || r.Zero > .02 {
			t.Errorf("kept %v: hit@1 %.3f (want .85), hit@5 %.3f (.97), MRR %.3f (.92), zero %.3f (.02)", kept, r.Hit1, r.Hit5, r.MRR, r.Zero)
		}
	}
}

// TestTextWithoutLetters holds that a name of signs alone is no trouble: an editor's slip is for the rules to tell.
func TestTextWithoutLetters(t *testing.T) {
	x := openProject(t)
	x.names[0] = newText(nil, "？！", false, 0)
	if _, err := x.Ask(Query{Text: "食品经营许可"}); err != nil {
		t.Fatal(err)
	}
}
