package publish

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"banshi/generator/internal/output"
)

// randomSite draws from few names, so that files and folders often trade places from one site to the next.
func randomSite(r *rand.Rand) site {
	names := []string{"130731", "食品经营", "index.html", "law", "a-b", "a", "a.html", "a-b.html"}
	s := site{}
	for range r.IntN(12) {
		path := names[r.IntN(len(names))]
		for range r.IntN(3) {
			path += "/" + names[r.IntN(len(names))]
		}
		if output.Collisions(s.with(site{path: "x"}).files()) == nil {
			s[path] = strings.Repeat(fmt.Sprint("第", r.IntN(3), "版"), 1+r.IntN(2)*300)
		}
	}
	return s
}

// However a site came about, edit by edit and with crashes in between, it is what a first publish of it makes.
func TestPublishRandomEdits(t *testing.T) {
	base := fastDir(t)
	edited := filepath.Join(base, "edited")
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 0))
		s := randomSite(r)
		if r.IntN(3) == 0 {
			fault, _ := failAt(r.IntN(60), r.IntN(2) == 0)
			disk{edited, fault}.locked(randomSite(r).files(), Options{Jobs: 1, Compress: r.IntN(2) == 0})
		}
		compress := r.IntN(3) > 0
		mustPublish(t, edited, s, Options{Jobs: 1 + r.IntN(3), Compress: compress})
		clean := filepath.Join(base, fmt.Sprint(seed))
		mustPublish(t, clean, s, Options{Compress: compress})
		if diff := difference(tree(t, edited), tree(t, clean)); diff != "" {
			t.Fatalf("seed %d:\n%s", seed, diff)
		}
	}
}

// A manifest that is taken is written back as it was, and names nothing outside.
func FuzzParseManifest(f *testing.F) {
	line := strings.Repeat("0f", 16) + " 18211 130731/food-business-01.html\n"
	for _, text := range []string{"", manifestHead + "\"v1.0\"\n", manifestHead + "\"v1.0\"\n" + line, manifestHead + "\"\"\n" + line + line,
		manifestHead + "\"v1\"\n" + strings.Replace(line, "130731", "办 事", 1), manifestHead + "`v1`\n" + strings.Replace(line, "130731", "..", 1)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := parseManifest(text)
		if err != nil {
			return
		}
		for _, e := range m.entries {
			if err := checkPath(e.path); err != nil {
				t.Error(err)
			}
		}
		again, err := parseManifest(string(m.text()))
		if err != nil || !again.equal(m) {
			t.Errorf("%q is written as %q (%v)", text, m.text(), err)
		}
	})
}
