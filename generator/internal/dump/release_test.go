package dump

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"banshi/generator/internal/site"
)

// made writes a release into memory.
func made(t *testing.T, r *Release) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, round := range r.Rounds() {
		files, err := round()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			var b bytes.Buffer
			if err := f.Write(&b); err != nil {
				t.Fatal(f.Path, err)
			}
			out[f.Path] = b.String()
		}
	}
	return out
}

func newFirst(s *site.Site) *Release {
	return NewRelease(ReleaseInput{Site: s, Time: time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC), Since: s.Changes})
}

// TestReleaseWithoutProvinceBook: with more guides than a sheet of Excel holds there is no workbook of the province, and everything that
// names the files of a release gets along without it.
func TestReleaseWithoutProvinceBook(t *testing.T) {
	r := newFirst(derive(t, source(t), "2026-11-21"))
	r.files = slices.DeleteFunc(r.files, func(f *releaseFile) bool { return f.Path == "guides.xlsx" })
	files := made(t, r)
	if e := r.Register(); len(e.Files) != len(asked)-1 || e.ManifestSHA256 == "" {
		t.Errorf("the register names %+v", e.Files)
	}
	if strings.Contains(files["manifest.json"], "/guides.xlsx") || strings.Contains(files["SHA256SUMS"], " guides.xlsx") {
		t.Error("a file that is not there is listed")
	}
}

// TestReleaseFiles: each file of the release is in the manifest and the sums, with rows as in the lines.
func TestReleaseFiles(t *testing.T) {
	s := derive(t, source(t), "2026-11-21")
	r := newFirst(s)
	files := made(t, r)
	for path := range files {
		if path == "manifest.json" || path == "SHA256SUMS" {
			continue
		}
		if !strings.Contains(files["manifest.json"], "/"+r.ID()+"/"+path+"\"") || !strings.Contains(files["SHA256SUMS"], "  "+path+"\n") {
			t.Errorf("%s is not listed", path)
		}
	}
	books := 0
	for _, f := range r.files {
		if f.Table == "guides" && !strings.HasPrefix(f.Path, "xlsx/") && f.Rows != len(s.Catalog.Guides) {
			t.Errorf("%s has %d rows, there are %d guides", f.Path, f.Rows, len(s.Catalog.Guides))
		}
		if strings.HasPrefix(f.Path, "xlsx/") {
			books += f.Rows
		}
	}
	if books != len(s.Catalog.Guides) {
		t.Errorf("%d rows in the workbooks of places", books)
	}
}
