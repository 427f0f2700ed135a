package page

import (
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/quality"
	"banshi/generator/internal/synth"
)

// BenchmarkSupervision measures what supervision costs of a build: counting, the lists, the files with their stamps, and writing them to
// nowhere. BANSHI_GUIDES=100000 sizes the province; without it the province has 2,000 guides.
func BenchmarkSupervision(b *testing.B) {
	n, _ := strconv.Atoi(os.Getenv("BANSHI_GUIDES"))
	dir := filepath.Join(b.TempDir(), "site")
	if err := synth.Write(dir, "../../..", synth.ForGuides(max(n, 2000), 1)); err != nil {
		b.Fatal(err)
	}
	s, theme := siteOf(b, os.DirFS(dir)), loadTheme(b)
	x, err := newBuilder(s, theme)
	if err != nil {
		b.Fatal(err)
	}
	measure := func(name string, run func(b *testing.B)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				run(b)
			}
		})
	}
	measure("count", func(*testing.B) { quality.New(s.Catalog, quality.Options{}) })
	measure("figures", func(*testing.B) { newSupervision(s, changes.NewTeller(s.Catalog.Source)) })
	measure("lists", func(b *testing.B) {
		b.StopTimer()
		q := newSupervision(s, changes.NewTeller(s.Catalog.Source))
		b.StartTimer()
		q.listAll()
	})
	x.quality().listAll()
	var files []output.File
	list := func(*testing.B) {
		x.fragments.forget()
		files = x.qualityPages()
	}
	list(b) // also where only writing is measured
	measure("stamps", list)
	x.listed = true
	measure("write", func(b *testing.B) {
		for _, f := range files {
			if err := f.Write(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	})
}
