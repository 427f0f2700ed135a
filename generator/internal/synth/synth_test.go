package synth

import (
	"os"
	"path/filepath"
	"testing"

	"banshi/generator/internal/catalog"
)

// made writes a small province and returns its files.
func made(t *testing.T, o Options) (string, map[string]string) {
	t.Helper()
	dir := t.TempDir()
	if err := Write(dir, "../../..", o); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		files[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir, files
}

func resolve(t *testing.T, dir string) *catalog.Catalog {
	t.Helper()
	s, err := catalog.Load(os.DirFS(dir), 20261121)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Problems {
		t.Fatalf("%s: %s", p.Position, p.Message.EN)
	}
	return catalog.Resolve(s, catalog.Options{})
}

// The same options give the same bytes, another seed others, and the province has the guides it promises.
func TestWrite(t *testing.T) {
	o := Options{Items: 30, Divisions: 20, Seed: 3}
	dir, one := made(t, o)
	_, two := made(t, o)
	other := o
	other.Seed = 4
	_, three := made(t, other)
	if len(one) != len(two) {
		t.Fatalf("%d files, then %d", len(one), len(two))
	}
	same := 0
	for p, text := range one {
		if two[p] != text {
			t.Errorf("%s differs between two runs", p)
		}
		if three[p] == text {
			same++
		}
	}
	if same == len(one) {
		t.Error("another seed makes the same province")
	}
	c := resolve(t, dir)
	if len(c.Guides) != o.Guides() {
		t.Errorf("%d guides, want %d", len(c.Guides), o.Guides())
	}
	local := 0
	for _, g := range c.Guides {
		if len(g.Files) > 0 {
			local++
		}
	}
	if local < o.Guides()/5 || local > o.Guides()/3 {
		t.Errorf("%d of %d guides have local records, want about a quarter", local, o.Guides())
	}
}

// Distinct guides share no conditions with the standard.
func TestDistinct(t *testing.T) {
	dir, _ := made(t, Options{Items: 5, Divisions: 4, Distinct: 1, Seed: 1})
	for _, g := range resolve(t, dir).Guides {
		if g.Scope == g.Procedure.Scope {
			t.Errorf("%s in %s shares the standard's conditions", g.Item.ID, g.Division.ID)
		}
	}
}

// Changed touches one record and nothing else.
func TestChanged(t *testing.T) {
	o := Options{Items: 5, Divisions: 4, Seed: 1}
	dir, _ := made(t, o)
	before := resolve(t, dir)
	if err := Changed(dir, o, 2); err != nil {
		t.Fatal(err)
	}
	after, changed := resolve(t, dir), 0
	for i, g := range after.Guides {
		if len(g.Timing.Promise) > 0 && g.Timing.Promise[0].Value != before.Guides[i].Timing.Promise[0].Value {
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("%d guides changed, want 1", changed)
	}
}

func TestForGuides(t *testing.T) {
	for _, n := range []int{1, 100, 10_000, 100_000, 400_000} {
		if o := ForGuides(n, 1); o.Guides() < n || o.Guides() > n+200 {
			t.Errorf("%d guides asked for, %d made", n, o.Guides())
		}
	}
}

// A province with townships has its items spread over the levels, and as many guides as its options say.
func TestSpread(t *testing.T) {
	o := Options{Items: 300, Divisions: 400, Seed: 1}
	dir, _ := made(t, o)
	c := resolve(t, dir)
	if len(c.Guides) != o.Guides() {
		t.Errorf("%d guides, want %d", len(c.Guides), o.Guides())
	}
	if len(c.Divisions) != o.Divisions+1 {
		t.Errorf("%d places, want %d and the province", len(c.Divisions), o.Divisions)
	}
	at := map[string]int{}
	for _, g := range c.Guides {
		at[g.Level]++
	}
	if len(at) != 4 {
		t.Errorf("guides at %v, want all four levels", at)
	}
}

// Names are distinct and as long as those of a catalogue: of the 154 items of this repository the median is 8 characters, of
// provincial catalogues, which have fewer everyday matters, 12.
func TestNames(t *testing.T) {
	w := &writer{o: Options{Items: 10_000, Seed: 1}}
	taken, codes, kinds, aliases, characters := map[string]bool{}, map[string]int{}, map[string]int{}, 0, 0
	for i := range w.o.Items {
		n := w.name(i, taken)
		codes[n.kind.code+n.thing.field.code]++
		kinds[n.kind.term]++
		aliases += len(n.aliases)
		characters += len([]rune(n.name))
	}
	if len(taken) != w.o.Items {
		t.Errorf("%d distinct names, want %d", len(taken), w.o.Items)
	}
	if mean := characters / w.o.Items; mean < 9 || mean > 16 {
		t.Errorf("names have %d characters on average", mean)
	}
	if aliases < w.o.Items || aliases > 2*w.o.Items {
		t.Errorf("%d aliases of %d items", aliases, w.o.Items)
	}
	if len(kinds) != 7 {
		t.Errorf("types %v", kinds)
	}
	numbers := map[string]bool{}
	for n := range 9610 {
		numbers[sequence(n)] = true
	}
	for pair, n := range codes {
		if n > len(numbers) || len(numbers) != 9610 {
			t.Errorf("%d items of type and department %s have %d different codes at most", n, pair, len(numbers))
		}
	}
}
