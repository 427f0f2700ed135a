package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/rules"
)

// TestNarrowFindsTheSame checks the mistakes of every rule's archive twice, in the whole site and in the part of it that check
// reads for one path: the problems of that path are the same.
func TestNarrowFindsTheSame(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil || len(archives) < 100 {
		t.Fatal(len(archives), err)
	}
	compared := 0
	for _, archive := range archives {
		a, err := txtar.ParseFile(archive)
		if err != nil {
			t.Fatal(err)
		}
		site := archiveSite(t, a)
		all := problemsOf(t, site)
		for _, f := range a.Files {
			if f.Name == "want" || !isNarrow(site, f.Name) || len(f.Data) == 0 {
				continue
			}
			compared++
			paths := []string{f.Name}
			if dir := path.Dir(f.Name); strings.HasPrefix(f.Name, divisionsDir) && isNarrow(site, dir) {
				paths = append(paths, dir)
			}
			for _, p := range paths {
				if got, want := below(problemsOf(t, narrow(site, []string{p})), p), below(all, p); !slices.Equal(got, want) {
					t.Errorf("%s: check %s\nfinds %q\nof    %q", archive, p, got, want)
				}
			}
		}
	}
	if compared < 100 {
		t.Errorf("only %d files were compared", compared)
	}
}

// archiveSite is the site of a rule's archive: the shared records with its files over them, an empty one removing what is shared.
// Two more places stand in it, so that there is something to leave out.
func archiveSite(t *testing.T, a *txtar.Archive) fstest.MapFS {
	t.Helper()
	site := fstest.MapFS{}
	walkFiles(t, "testdata/rules/base", func(rel string, data []byte) { site[rel] = &fstest.MapFile{Data: data} })
	site["data/divisions/130000/division.toml"] = &fstest.MapFile{Data: []byte("id = \"130000\"\nname = \"河北省\"\nlevel = \"省级\"\nkind = \"省\"\n")}
	site["data/divisions/139999/division.toml"] = &fstest.MapFile{Data: []byte("id = \"139999\"\nname = \"远县\"\nlevel = \"县级\"\nkind = \"县\"\nparent = \"130000\"\n")}
	for _, f := range a.Files {
		if len(f.Data) == 0 {
			delete(site, f.Name)
		} else if f.Name != "want" {
			site[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return site
}

func problemsOf(t *testing.T, site fs.FS) []diag.Problem {
	t.Helper()
	cfg, found, err := config.Load(site)
	if err != nil {
		t.Fatal(err)
	}
	source, err := catalog.Load(site, 20261121)
	if err != nil {
		t.Fatal(err)
	}
	return diag.Sort(slices.Concat(found, source.Problems, rules.Check(catalog.Resolve(source, catalog.Options{}), cfg)))
}

// below returns the problems at or below a path, as text.
func below(problems []diag.Problem, p string) []string {
	var b strings.Builder
	problems = slices.DeleteFunc(slices.Clone(problems), func(x diag.Problem) bool { return !under(x.File, []string{p}) })
	if err := diag.Print(&b, problems, "text", "zh"); err != nil {
		panic(err)
	}
	return strings.Split(b.String(), "\n")
}

// TestNarrowLeavesOut holds what is seen of the real library for one record of a county: the places above and around it, not the
// other counties; and that everything is seen for a law, a city, the province or a mistyped path.
func TestNarrowLeavesOut(t *testing.T) {
	t.Parallel()
	site := os.DirFS("..")
	if !isNarrow(site, "data/divisions/139921/dibao.toml") {
		t.Error("the credit codes of a county's bodies are of no matter to its other records")
	}
	entries, err := fs.ReadDir(narrow(site, []string{"data/divisions/130731/division.toml"}), divisionsDir)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, e := range entries {
		ids = append(ids, e.Name())
	}
	if len(ids) > 40 || !slices.Contains(ids, "130731") || !slices.Contains(ids, "130700") || !slices.Contains(ids, "130000") || !slices.Contains(ids, "defaults") || slices.Contains(ids, "130732") {
		t.Errorf("%d places are seen: %v", len(ids), ids)
	}
	for _, p := range []string{"data/laws/food-safety-law.toml", "data/divisions/130700", "data/divisions/139921", "data/divisions/139921/division.toml", "data/divisions/130000", "data", "data/divisions", "content", "data/items/nowhere"} {
		if _, ok := narrow(site, []string{p}).(narrowed); ok {
			t.Errorf("for %s only a part is read", p)
		}
	}
}

// TestNarrowStandards holds whose standards are read for one record of a county: those of its item and of the items that its
// records name, and every item itself.
func TestNarrowStandards(t *testing.T) {
	t.Parallel()
	site := narrow(os.DirFS(".."), []string{"data/divisions/139921/dibao.toml"})
	for item, want := range map[string]bool{"dibao": true, "forest-cut": false} {
		entries, err := fs.ReadDir(site, path.Join(itemsDir, item))
		if err != nil {
			t.Fatal(err)
		}
		var standards, itself bool
		for _, e := range entries {
			standards = standards || isStandard(e.Name())
			itself = itself || e.Name() == "item.toml"
		}
		if standards != want || !itself {
			t.Errorf("%s: standards seen %v, item seen %v", item, standards, itself)
		}
	}
}

func isNarrow(site fs.FS, p string) bool {
	_, ok := narrow(site, []string{p}).(narrowed)
	return ok
}
