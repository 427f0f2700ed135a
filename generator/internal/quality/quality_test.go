package quality

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// asOf is the day of all tests.
const asOf record.Date = 20261121

// small is the files of generator/testdata/site with the vocabularies, and some laid over them; an empty text removes a file.
func small(t *testing.T, over map[string]string) *catalog.Catalog {
	t.Helper()
	files := fstest.MapFS{}
	for prefix, dir := range map[string]string{"": "../../testdata/site", "data/vocab/": "../../../data/vocab"} {
		from := os.DirFS(dir)
		err := fs.WalkDir(from, ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(from, p)
			files[prefix+p] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for p, text := range over {
		if text == "" {
			delete(files, p)
			continue
		}
		files[p] = &fstest.MapFile{Data: []byte(text)}
	}
	source, err := catalog.Load(files, asOf)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range source.Problems {
		t.Error(p)
	}
	return catalog.Resolve(source, catalog.Options{})
}

// scopes are all scopes of a survey that a page may have.
func scopes(s *Survey) []Scope {
	out := []Scope{{}}
	for _, l := range record.Levels {
		out = append(out, Scope{Level: l})
	}
	departments := map[string]bool{}
	for _, i := range s.Catalog.Items {
		if !departments[i.Department] {
			departments[i.Department] = true
			out = append(out, Scope{Department: i.Department})
		}
	}
	for _, d := range s.Catalog.Divisions {
		out = append(out, Scope{Division: d}, Scope{Division: d, Below: true})
	}
	return out
}

// TestLists holds that the lists of every figure in every scope add up to the figure.
func TestLists(t *testing.T) {
	s := New(small(t, nil), Options{})
	n := 0
	for _, sc := range scopes(s) {
		for _, f := range s.Figures(sc) {
			var num, den, unknown int
			for e := range s.List(f, Numerator) {
				num += e.Num
			}
			for e := range s.List(f, Denominator) {
				den += e.Den
			}
			for range s.List(f, Unrecorded) {
				unknown++
			}
			if num != f.Num || den != f.Den || unknown != f.Unknown {
				t.Errorf("%s of %s is %d/%d and %d unknown; its lists have %d/%d and %d", f.Metric.ID, sc.Name(), f.Num, f.Den, f.Unknown, num, den, unknown)
			}
			n += den
		}
	}
	if n == 0 {
		t.Fatal("nothing was counted")
	}
}

// TestSamples holds that made-up places are counted in their own figures alone.
func TestSamples(t *testing.T) {
	s := New(small(t, nil), Options{})
	d := s.Catalog.Division("139921")
	m := Named("online-rate")
	if f := s.Figure(m, Scope{Division: d}); f.Den == 0 {
		t.Error("a made-up place has no figure of its own")
	}
	for _, sc := range []Scope{{}, {Level: record.LevelCounty}, {Division: s.Catalog.Division("130000"), Below: true}} {
		for _, p := range Parts {
			for e := range s.List(s.Figure(m, sc), p) {
				if e.Division != nil && e.Division.Sample {
					t.Errorf("%s is counted in %s", e.Key(), sc.Name())
				}
			}
		}
	}
}
