package dump

import (
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
	"banshi/generator/internal/synth"
)

// loadDir derives the site in a folder.
func loadDir(t testing.TB, dir string) *site.Site {
	t.Helper()
	fsys := os.DirFS(dir)
	c, problems, err := config.Load(fsys)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	asOf, err := record.ParseDate("2026-11-21")
	if err != nil {
		t.Fatal(err)
	}
	source, err := catalog.Load(fsys, asOf)
	if err != nil {
		t.Fatal(err)
	}
	return site.Derive(site.Input{Config: c, Catalog: catalog.Resolve(source, catalog.Options{}), NoHistory: true})
}

// BenchmarkProvince measures stamps and bytes of a province in the real shape; BANSHI_GUIDES=100000 sizes it.
func BenchmarkProvince(b *testing.B) {
	dir := b.TempDir()
	o := synth.Options{Items: 56, Divisions: 179, Seed: 1}
	if os.Getenv("BANSHI_GUIDES") == "100000" {
		o.Items = 560
	}
	if err := synth.Write(dir, "../../..", o); err != nil {
		b.Fatal(err)
	}
	s := loadDir(b, dir)
	var files []output.File
	list := func() { files = New(s, nil).Files() }
	list()
	runtime.GC()
	b.Run("stamps", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			list()
		}
	})
	for _, part := range []string{"api/v1/items/", "api/v1/divisions/", pathItems, pathGuides} {
		b.Run(strings.ReplaceAll(part, "/", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n := int64(0)
				for _, f := range files {
					if strings.HasPrefix(f.Path, part) {
						if err := f.Write(counting{&n}); err != nil {
							b.Fatal(err)
						}
					}
				}
				b.ReportMetric(float64(n)/1e6, "MB")
			}
		})
	}
}

type counting struct{ n *int64 }

func (c counting) Write(p []byte) (int, error) { *c.n += int64(len(p)); return len(p), nil }

var _ io.Writer = counting{}
