package dump

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestRegister enters two releases: the pointer, the index and the catalogue name them, and their stamps change with the register.
func TestRegister(t *testing.T) {
	files := source(t)
	before, stamps := render(t, derive(t, files, "2026-11-21"))
	same(t, at(t, one(t, before[pathLatest]), "release"), nil)
	same(t, at(t, one(t, before[pathReleases]), "releases"), []any{})
	sum := strings.Repeat("0a", 32)
	entry := func(id, previous string) {
		files["data/releases/"+id+".toml"] = &fstest.MapFile{Data: []byte("id = \"" + id + "\"\ncommit = \"" + sum[:40] + "\"\ndate = " + id[:10] + "\ntool = \"0.1.0\"\nmanifest_sha256 = \"" + sum +
			"\"\nitems_sha256 = \"" + sum + "\"\nguides_sha256 = \"" + sum + "\"\nprevious = \"" + previous + "\"\n[[files]]\npath = \"guides.parquet\"\nbytes = 9876\nrows = 12\nsha256 = \"" + sum + "\"\n")}
	}
	entry("2026-11-01-aaaaaaa", "")
	entry("2026-11-02-bbbbbbb", "2026-11-01-aaaaaaa")
	after, now := render(t, derive(t, files, "2026-11-21"))
	manifest := map[string]string{"path": "data/releases/2026-11-02-bbbbbbb/manifest.json", "sha256": sum}
	same(t, at(t, one(t, after[pathLatest]), "release"), map[string]any{
		"id": "2026-11-02-bbbbbbb", "date": "2026-11-02", "manifest": manifest, "previous": "2026-11-01-aaaaaaa"})
	newest := at(t, one(t, after[pathReleases]), "releases", 0)
	same(t, at(t, newest, "manifest"), manifest)
	same(t, at(t, newest, "files"), []any{map[string]any{"path": "data/releases/2026-11-02-bbbbbbb/guides.parquet",
		"media_type": "application/vnd.apache.parquet", "bytes": 9876, "rows": 12, "sha256": sum}})
	datasets := at(t, one(t, after[pathCatalog]), "dataset").([]any)
	if len(datasets) != 3 {
		t.Fatalf("%d datasets, want the current one and two releases", len(datasets))
	}
	same(t, at(t, datasets, 1, "prev"), "https://banshi.example/data/releases/2026-11-01-aaaaaaa/")
	same(t, at(t, datasets, 1, "distribution", 1, "byteSize"), 9876)
	for _, p := range []string{pathLatest, pathReleases, pathCatalog} {
		if stamps[p] == now[p] {
			t.Errorf("%s has other bytes and the same stamp", p)
		}
	}
}
