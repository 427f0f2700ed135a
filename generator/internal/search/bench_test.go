package search

import (
	"os"
	"testing"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
	"banshi/generator/internal/synth"
)

// BenchmarkProvince measures the index of a province in the real shape, listed and written; BANSHI_GUIDES=100000 sizes it.
func BenchmarkProvince(b *testing.B) {
	dir := b.TempDir()
	o := synth.Options{Items: 56, Divisions: 179, Seed: 1}
	if os.Getenv("BANSHI_GUIDES") == "100000" {
		o.Items = 560
	}
	if err := synth.Write(dir, "../../..", o); err != nil {
		b.Fatal(err)
	}
	fsys := os.DirFS(dir)
	c, _, err := config.Load(fsys)
	if err != nil {
		b.Fatal(err)
	}
	day, err := record.ParseDate("2026-11-21")
	if err != nil {
		b.Fatal(err)
	}
	source, err := catalog.Load(fsys, day)
	if err != nil {
		b.Fatal(err)
	}
	s := site.Derive(site.Input{Config: c, Catalog: catalog.Resolve(source, catalog.Options{}), NoHistory: true})
	b.Run("list", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Files(s); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("write", func(b *testing.B) {
		files, err := Files(s)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			if _, err := contents(files); err != nil {
				b.Fatal(err)
			}
		}
	})
}
