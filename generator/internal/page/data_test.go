package page

import (
	"strings"
	"testing"
	"testing/fstest"

	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// The page about the data shows sizes and digests of what every build makes, and of the newest release from the register.
func TestDataPage(t *testing.T) {
	m := fixture()
	sum := strings.Repeat("0a", 32)
	for _, r := range []string{"2026-11-01-aaaaaaa", "2026-11-02-bbbbbbb"} {
		text := "id = \"" + r + "\"\ncommit = \"" + sum + "\"\ndate = " + r[:10] + "\ntool = \"dev\"\nmanifest_sha256 = \"" + sum + "\"\nitems_sha256 = \"" + sum + "\"\nguides_sha256 = \"" + sum + "\"\n" +
			"[[files]]\npath = \"guides.xlsx\"\nbytes = 1234567\nrows = 20305\nsha256 = \"" + sum + "\"\n[[files]]\npath = \"of-a-later-program.txt\"\nbytes = 1\nsha256 = \"" + sum + "\"\n"
		m["data/releases/"+r+".toml"] = &fstest.MapFile{Data: []byte(text)}
	}
	s, theme := siteOf(t, m), loadTheme(t)
	plain := filesOf(t, s, theme)["data/index.html"]
	if page := render(t, plain); strings.Contains(page, "sha256sum -c <<") || !strings.Contains(page, ">guides.jsonl.gz<") {
		t.Error("without sizes the page is not what it should be")
	}
	given := site.Downloads{Stamp: output.Stamp{1}, List: func() ([]site.Download, error) {
		return []site.Download{{Path: "data/current/items.jsonl.gz", Bytes: 999, Rows: 154, SHA256: "abc"}, {Path: "data/current/guides.jsonl.gz", Bytes: 2_345_678, Rows: 100240, SHA256: "def"}}, nil
	}}
	s.Downloads = func() site.Downloads { return given }
	sized := filesOf(t, s, theme)["data/index.html"]
	page := render(t, sized)
	for _, want := range []string{"999 B", "2.3 MB", "100,240", "def  guides.jsonl.gz", "2026-11-02-bbbbbbb", "1.2 MB", "20,305", sum + "  guides.xlsx", "2026-11-01-aaaaaaa/manifest.json"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(page, "of-a-later-program") || strings.Contains(page, "2026-11-01-aaaaaaa/guides.xlsx") {
		t.Error("the page shows a file it has no words for, or an older release as the newest")
	}
	given.Stamp = output.Stamp{2}
	if again := filesOf(t, s, theme)["data/index.html"]; again.Stamp == sized.Stamp || plain.Stamp == sized.Stamp {
		t.Error("other data and the same stamp")
	}
}
