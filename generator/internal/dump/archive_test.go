package dump

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"
)

func TestManifest(t *testing.T) {
	contents := fixture(t)
	var m manifestFile
	decode(t, contents[pathManifest], &m)
	if m.SchemaVersion != 1 || m.Commit != "8a6b0bc" || m.AsOf != "2026-11-21" || m.Licence.ID != "CC-BY-4.0" || !m.Sample {
		t.Errorf("manifest says %+v", m)
	}
	want := map[string]int{pathItems: m.Counts.Items, pathGuides: m.Counts.Guides, pathPlaces: m.Counts.Divisions, pathLibrary: 4}
	for _, f := range m.Files {
		packed := contents[f.Path]
		raw := gunzip(t, packed)
		if int64(len(packed)) != f.Bytes || sum(packed) != f.SHA256 || int64(len(raw)) != f.UncompressedBytes || sum(raw) != f.UncompressedSHA256 {
			t.Errorf("%s is not what the manifest says", f.Path)
		}
		if n := len(rows(t, raw)); n != f.Rows || n != want[f.Path] || n == 0 {
			t.Errorf("%s: %d rows, %d in files, %d in counts", f.Path, n, f.Rows, want[f.Path])
		}
		if contents[f.Schema] == nil {
			t.Errorf("no schema %s", f.Schema)
		}
		delete(want, f.Path)
	}
	for p := range contents {
		if strings.HasPrefix(p, "data/current/") && p != pathManifest && !slices.ContainsFunc(m.Files, func(f dataFile) bool { return f.Path == p }) {
			t.Errorf("%s is not listed", p)
		}
	}
	var l struct{ Manifest pointer }
	decode(t, contents[pathLatest], &l)
	if l.Manifest.Path != pathManifest || l.Manifest.SHA256 != sum(contents[pathManifest]) {
		t.Errorf("latest points at %+v", l.Manifest)
	}
}

// manifestFile is a manifest as a reader decodes it.
type manifestFile struct {
	SchemaVersion int    `json:"schema_version"`
	Commit        string `json:"commit"`
	AsOf          string `json:"as_of"`
	Licence       licence
	Sample        bool
	Counts        counts
	Files         []dataFile
}

// TestOnlyMember presses a member of many pieces, whose lines are not kept: the bytes are those of its lines pressed in one go.
func TestOnlyMember(t *testing.T) {
	var all []byte
	line := func(b []byte, n int) []byte {
		return fmt.Appendf(b, "{\"id\":%d,\"hash\":%q}", n, sum([]byte{byte(n), byte(n >> 8)}))
	}
	const rows = 5 * pieceSize / 64
	for n := range rows {
		all = append(line(all, n), '\n')
	}
	got, is := written(t, &archive{path: "items.jsonl.gz", members: 1, lines: func(int) iter.Seq[[]byte] { return sequence(rows, line) }})
	p := &pressed{raw: all}
	if err := errors.Join(p.begin(), p.end()); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, p.packed.Bytes()) || is.rows != rows || is.rawSHA256 != sum(all) {
		t.Errorf("%d bytes, in one go %d; %+v", len(got), p.packed.Len(), is)
	}
}

// TestMembers checks that a gzip member holds the guides of one place, and that its header tells no time and no name.
func TestMembers(t *testing.T) {
	contents := fixture(t)
	r := bytes.NewReader(contents[pathGuides])
	z, err := gzip.NewReader(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range derive(t, source(t), "2026-11-21").Catalog.Divisions {
		z.Multistream(false)
		if z.ModTime.Unix() > 0 || z.Name != "" {
			t.Errorf("%s: the member has time %v and name %q", d.ID, z.ModTime, z.Name)
		}
		raw, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		lines := rows(t, raw)
		if len(lines) != len(d.Guides) {
			t.Errorf("%s: %d lines, %d guides", d.ID, len(lines), len(d.Guides))
		}
		for _, l := range lines {
			same(t, at(t, l, "division", "id"), d.ID)
		}
		if err := z.Reset(r); err != nil && err != io.EOF {
			t.Fatal(err)
		}
	}
}
