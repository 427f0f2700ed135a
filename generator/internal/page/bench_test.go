package page

import (
	"fmt"
	"io"
	"testing"
	"testing/fstest"

	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// province is the fixture with many counties that say nothing of their own, as most of a province does.
func province(counties int) fstest.MapFS {
	m := fixture()
	for i := range counties {
		id := fmt.Sprintf("14%04d", i)
		m["data/divisions/"+id+"/division.toml"] = &fstest.MapFile{Data: fmt.Appendf(nil, "id = %q\ncode = %q\nname = \"第%d县\"\nlevel = \"县级\"\nkind = \"县\"\nparent = \"130000\"", id, id, i)}
	}
	return m
}

// BenchmarkGuides renders guides to nowhere; BenchmarkStamps lists them with their stamps.
func BenchmarkGuides(b *testing.B) {
	s := siteOf(b, province(200))
	all := filesOf(b, s, loadTheme(b))
	var files []output.File
	for _, g := range s.Catalog.Guides {
		files = append(files, all[site.GuideURL(g)])
	}
	size := len(render(b, files[0]))
	b.SetBytes(int64(size))
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if err := files[i%len(files)].Write(io.Discard); err != nil {
			b.Fatal(err)
		}
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

func BenchmarkStamps(b *testing.B) {
	s := siteOf(b, province(200))
	theme := loadTheme(b)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		files, err := Files(s, theme)
		if err != nil {
			b.Fatal(err)
		}
		n += len(files)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/file")
}

func BenchmarkQR(b *testing.B) {
	plans, err := newQRPlans()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	var buf []byte
	for b.Loop() {
		if buf, err = plans.appendSVG(buf[:0], "https://banshi.example.gov.cn/divisions/130731/food-business.01.html?v=4c1e7ab-0123456", "看版本"); err != nil {
			b.Fatal(err)
		}
	}
}
