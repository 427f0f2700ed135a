package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/dump"
	"banshi/generator/internal/feed"
	"banshi/generator/internal/output"
	"banshi/generator/internal/page"
	"banshi/generator/internal/publish"
	"banshi/generator/internal/rules"
	"banshi/generator/internal/search"
	"banshi/generator/internal/site"
	"banshi/generator/internal/synth"
)

// BenchmarkStages measures every stage of a build on a made-up province, each alone and again and again: what [stages] measures once in a
// whole build, where stages run beside each other. BANSHI_GUIDES=100000 sizes it; without it the province has 2,000 guides. The metric that compares
// sizes is ns/guide. Parts of a stage have benchmarks in their packages.
func BenchmarkStages(b *testing.B) {
	n, _ := strconv.Atoi(os.Getenv("BANSHI_GUIDES"))
	x := newStaged(b, synth.ForGuides(max(n, 2000), 1))
	x.measure("hash inputs", func() error {
		_, err := hashSite(new(output.Hasher), x.library.fsys)
		return err
	})
	x.measure("load", func() (err error) { x.source, err = catalog.Load(x.library.fsys, x.library.asOf); return err })
	x.measure("resolve", func() error { x.catalog = catalog.Resolve(x.source, catalog.Options{}); return nil })
	x.measure("check", func() error { rules.Check(x.catalog, x.library.config); return nil })
	in := site.Input{Config: x.library.config, Catalog: x.catalog, NoHistory: true}
	x.measure("derive", func() error { x.site = site.Derive(in); return nil })
	x.measure("theme", func() (err error) {
		x.theme, err = page.LoadTheme(x.library.fsys, x.library.config.Theme)
		return err
	})
	x.site.Downloads = dump.New(x.site, nil).Downloads
	x.files("pages", func() ([]output.File, error) { return page.Files(x.site, x.theme) })
	for _, folder := range []string{"lists/", "compare/", "items/", "quality/"} {
		x.render("pages of "+folder, inFolder(folder, x.all))
	}
	x.files("search", func() ([]output.File, error) { return search.Files(x.site) })
	x.files("dump", func() ([]output.File, error) { return dump.New(x.site, nil).Files(), nil })
	x.publish("publish", publish.Options{Version: "v1"})
	x.publish("publish compressed", publish.Options{Version: "v1", Compress: true})
}

// BenchmarkPast measures what comes of a history: what changed in every commit, and feeds of it. The small portal has four; BenchmarkHistory reads
// thousands, and package history the log alone.
func BenchmarkPast(b *testing.B) {
	ctx := context.Background()
	l, err := (&global{site: testSite(b)}).read(ctx, readOptions{})
	if err != nil {
		b.Fatal(err)
	}
	x := &staged{b: b, guides: len(l.catalog.Guides)}
	x.measure("changes", func() error {
		past, _, err := l.past(ctx, "")
		if err == nil {
			past.Close()
		}
		return errors.Join(err, os.RemoveAll(filepath.Join(l.dir, cacheDir)))
	})
	s, err := l.derive(ctx, false, "")
	if err != nil {
		b.Fatal(err)
	}
	x.files("feeds", func() ([]output.File, error) { return feed.Files(s) })
	if len(x.all) == 0 {
		b.Fatal("no feeds")
	}
}

// staged is what one stage hands to the next.
type staged struct {
	b       *testing.B
	guides  int
	library *library
	source  *catalog.Source
	catalog *catalog.Catalog
	site    *site.Site
	theme   *page.Theme
	all     []output.File
}

func newStaged(b *testing.B, o synth.Options) *staged {
	dir := filepath.Join(b.TempDir(), "site")
	if err := synth.Write(dir, "..", o); err != nil {
		b.Fatal(err)
	}
	l, err := (&global{site: dir, asOf: benchAsOf}).open(context.Background(), readOptions{noHistory: true})
	if err != nil {
		b.Fatal(err)
	}
	return &staged{b: b, guides: o.Guides(), library: l}
}

// measure runs a stage again and again, and once before, also where -bench asks for another one: what it leaves is for the next.
func (x *staged) measure(name string, run func() error) {
	if err := run(); err != nil {
		x.b.Fatal(err)
	}
	x.b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := run(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(x.guides), "ns/guide")
	})
}

// files measures how long it takes to list the files of one part with their stamps, and to render them all to nowhere, on one processor.
func (x *staged) files(name string, list func() ([]output.File, error)) {
	var files []output.File
	x.measure("list "+name, func() (err error) { files, err = list(); return err })
	x.render(name, files)
	x.all = append(x.all, files...)
}

// render measures how long it takes to render files to nowhere, on one processor.
func (x *staged) render(name string, files []output.File) {
	x.measure("render "+name, func() error {
		for _, f := range files {
			if err := f.Write(io.Discard); err != nil {
				return err
			}
		}
		return nil
	})
}

// inFolder are the files of a folder.
func inFolder(folder string, files []output.File) []output.File {
	return slices.DeleteFunc(slices.Clone(files), func(f output.File) bool { return !strings.HasPrefix(f.Path, folder) })
}

// publish measures a first publish and one that finds nothing changed.
func (x *staged) publish(name string, o publish.Options) {
	dir := filepath.Join(x.b.TempDir(), "public")
	put := func() error { _, err := publish.Publish(dir, x.all, o); return err }
	x.measure(name+" anew", func() error {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
		return put()
	})
	x.measure(name+" unchanged", put)
}
