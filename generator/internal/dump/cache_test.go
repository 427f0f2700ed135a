package dump

import (
	"bytes"
	"fmt"
	"iter"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"banshi/generator/internal/output"
)

// placesArchive is an archive of a member a place, which notes whose lines are made.
func placesArchive(c *Cache, made *[]string, places ...string) *archive {
	var mu sync.Mutex
	a := &archive{path: "data/current/guides.jsonl.gz", members: len(places), cache: c, lines: func(i int) iter.Seq[[]byte] {
		mu.Lock()
		*made = append(*made, places[i])
		mu.Unlock()
		return sequence(40, func(b []byte, n int) []byte {
			return fmt.Appendf(b, "{\"division\":%q,\"name\":\"食品经营许可\",\"no\":%d}", places[i], n)
		})
	}}
	for _, p := range places {
		var h output.Hasher
		h.String(p)
		a.stamps = append(a.stamps, h.Sum())
	}
	return a
}

// TestCache makes an archive again after its members changed, and after its file in the cache was damaged: always the same bytes and digest as
// without a cache, and what was kept is not made again.
func TestCache(t *testing.T) {
	old := []string{"139900", "139921", "139922", "139923"}
	for _, test := range []struct {
		name   string
		places []string
		damage func(kept []byte) []byte
		made   string // whose lines are made; those after a change are, for the hash of all lines
	}{
		{name: "nothing changed", places: old},
		{name: "one changed", places: []string{"139900", "139921", "139922 new", "139923"}, made: "139922 new 139923"},
		{name: "the first is gone", places: old[1:], made: "139921 139922 139923"},
		{name: "one more", places: append(slices.Clone(old), "139924"), made: "139924"},
		{name: "the last is gone", places: old[:3]},
		{name: "the cache is gone", places: old, damage: func([]byte) []byte { return nil }, made: strings.Join(old, " ")},
		{name: "cut off", places: old, damage: func(kept []byte) []byte { return kept[:len(kept)-9] }, made: "139923"},
		{name: "a byte is another", places: old, damage: func(kept []byte) []byte {
			kept = bytes.Clone(kept)
			kept[len(kept)*5/8] ^= 1 // in the third of four
			return kept
		}, made: "139922 139923"},
		{name: "of another program", places: old, damage: func(kept []byte) []byte {
			return bytes.Replace(kept, []byte("one"), []byte("two"), 1)
		}, made: strings.Join(old, " ")},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := &Cache{Dir: t.TempDir(), Program: "one"}
			var made []string
			first := placesArchive(c, &made, old...)
			if err := first.Write(new(bytes.Buffer)); err != nil {
				t.Fatal(err)
			}
			if test.damage != nil {
				kept, err := os.ReadFile(c.file(first))
				if err == nil {
					err = os.WriteFile(c.file(first), test.damage(kept), 0o644)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			want, wantDigest := written(t, placesArchive(nil, &made, test.places...))
			made = nil
			got, gotDigest := written(t, placesArchive(c, &made, test.places...))
			if slices.Sort(made); strings.Join(made, " ") != test.made {
				t.Errorf("made the lines of %q, want %q", made, test.made)
			}
			if !bytes.Equal(got, want) || gotDigest != wantDigest {
				t.Errorf("got %d bytes and %+v, without a cache %d bytes and %+v", len(got), gotDigest, len(want), wantDigest)
			}
			made = nil
			if again, _ := written(t, placesArchive(c, &made, test.places...)); !bytes.Equal(again, want) || len(made) > 0 {
				t.Errorf("the next time made the lines of %q", made)
			}
			if files, err := os.ReadDir(c.Dir); err != nil || len(files) != 2 {
				t.Errorf("the cache holds %v, %v", files, err)
			}
		})
	}
}

// written asks what an archive comes to before it is written, and after: the same, and what its bytes are.
func written(t *testing.T, a *archive) ([]byte, digest) {
	t.Helper()
	before, err := a.digest()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := a.Write(&b); err != nil {
		t.Fatal(err)
	}
	after, err := a.digest()
	raw := gunzip(t, b.Bytes())
	is := digest{int64(b.Len()), int64(len(raw)), sum(b.Bytes()), sum(raw), bytes.Count(raw, []byte("\n"))}
	if err != nil || after != before || before != is {
		t.Errorf("before %+v, after %+v, is %+v, %v", before, after, is, err)
	}
	return b.Bytes(), is
}
