package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers is the house: a package imports lower layers only, and siblings do not meet. ARCHITECTURE.md has the same table.
var layers = map[string]int{
	"diag": 0, "output": 0, "tomlfile": 0, "markdown": 0, "zh": 0, "table": 0, "verify": 0, "compress": 0, "cache": 0,
	"config": 1, "record": 1, "article": 1,
	"catalog": 2, "history": 2, "review": 2,
	"rules": 3, "changes": 3, "office": 3, "synth": 3, "reconcile": 3,
	"site": 4, "legality": 4, "quality": 4,
	"form": 4,
	"page": 5, "dump": 5, "feed": 5, "search": 5,
	"publish": 6, "preview": 6,
}

// siblings are the pairs on one layer that may meet after all, with the reason.
var siblings = map[[2]string]string{
	{"tomlfile", "diag"}:  "a decoder speaks in problems",
	{"tomlfile", "cache"}: "what was parsed is kept",
}

// homes is where each third-party module may be imported in code that ships: one package each.
var homes = map[string]string{
	"github.com/BurntSushi/toml":             "tomlfile",
	"github.com/pelletier/go-toml/v2":        "tomlfile",
	"github.com/yuin/goldmark":               "markdown",
	"github.com/microcosm-cc/bluemonday":     "markdown",
	"github.com/mozillazg/go-pinyin":         "zh",
	"github.com/cespare/xxhash/v2":           "record generator",
	"golang.org/x/text":                      "output table",
	"golang.org/x/sys":                       "publish",
	"rsc.io/qr":                              "page",
	"github.com/gorilla/feeds":               "feed",
	"github.com/blevesearch/bleve/v2":        "search",
	"github.com/klauspost/compress":          "dump compress",
	"github.com/andybalholm/brotli":          "compress verify",
	"github.com/fsnotify/fsnotify":           "preview",
	"github.com/spf13/cobra":                 "generator",
	"github.com/blevesearch/bleve_index_api": "search",
	"github.com/xuri/excelize/v2":            "table",
	"github.com/parquet-go/parquet-go":       "table",
	"modernc.org/sqlite":                     "table",
}

// TestLayers holds the direction of imports and the homes of third-party modules.
func TestLayers(t *testing.T) {
	t.Parallel()
	for _, imp := range imports(t) {
		from, file := imp.from, imp.file
		if to, ours := strings.CutPrefix(imp.path, "banshi/generator/internal/"); ours {
			checkLayer(t, file, from, to)
			continue
		}
		if !strings.Contains(strings.SplitN(imp.path, "/", 2)[0], ".") {
			continue
		}
		if imp.test {
			continue // tests may use what they need
		}
		home := ""
		for module, h := range homes {
			if imp.path == module || strings.HasPrefix(imp.path, module+"/") {
				home = h
			}
		}
		if !slices.Contains(strings.Fields(home), from) {
			t.Errorf("%s: %s imports %s, whose home is %q", file, from, imp.path, home)
		}
	}
}

func checkLayer(t *testing.T, file, from, to string) {
	t.Helper()
	low, ok := layers[to]
	if !ok {
		t.Errorf("%s: package %s has no layer; add it to layers_test.go and ARCHITECTURE.md", file, to)
		return
	}
	if from == "generator" {
		return
	}
	high, ok := layers[from]
	if !ok {
		t.Errorf("%s: package %s has no layer; add it to layers_test.go and ARCHITECTURE.md", file, from)
		return
	}
	if low > high || low == high && from != to && siblings[[2]string{from, to}] == "" {
		t.Errorf("%s: %s (layer %d) imports %s (layer %d); imports run downward and siblings do not meet", file, from, high, to, low)
	}
}

type imported struct {
	file, from, path string
	test             bool
}

// imports lists every import in the generator.
func imports(t *testing.T) []imported {
	t.Helper()
	var out []imported
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "testdata" {
			return fs.SkipDir
		}
		if !strings.HasSuffix(p, ".go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		from := "generator"
		if rest, ok := strings.CutPrefix(filepath.ToSlash(filepath.Dir(p)), "internal/"); ok {
			from = rest
		}
		for _, i := range f.Imports {
			path, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			out = append(out, imported{file: p, from: from, path: path, test: strings.HasSuffix(p, "_test.go")})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
