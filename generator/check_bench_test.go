package main

import (
	"os"
	"strconv"
	"testing"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/rules"
	"banshi/generator/internal/synth"
)

// BenchmarkCheck measures the check of a province alone, with what is worked out once for each record. BANSHI_GUIDES=100000 sizes it;
// without it the province has 2,000 guides.
func BenchmarkCheck(b *testing.B) {
	n, _ := strconv.Atoi(os.Getenv("BANSHI_GUIDES"))
	x := newStaged(b, synth.ForGuides(max(n, 2000), 1))
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		source, err := catalog.Load(x.library.fsys, x.library.asOf)
		if err != nil {
			b.Fatal(err)
		}
		c := catalog.Resolve(source, catalog.Options{})
		b.StartTimer()
		rules.Check(c, x.library.config)
	}
}
