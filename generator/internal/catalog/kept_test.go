package catalog

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

// TestKept edits a library at random, as people, editors and git do, and holds that what is kept says the same as reading it all.
func TestKept(t *testing.T) {
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(7, 7))
	path := func() string {
		return filepath.Join(dir, "data/divisions", []string{"139921", "139922", "139923"}[random.IntN(3)], []string{"dibao", "id-card", "tax-clear"}[random.IntN(3)]+".toml")
	}
	old := time.Now().Add(-time.Hour)
	var kept Kept
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	for range 300 {
		p := path()
		switch random.IntN(8) {
		case 0:
			os.Remove(p)
		case 1:
			os.RemoveAll(filepath.Dir(p))
		case 2: // the file rests from now on
			os.Chtimes(p, old, old)
		case 3: // git puts another file in its place
			os.Rename(p, path())
		default: // the same length, often within a tick of the clock
			os.MkdirAll(filepath.Dir(p), 0o755)
			text := fmt.Sprintf("[hours]\ntext = \"%d点\"\n", random.IntN(9))
			if random.IntN(3) == 0 {
				text = "consult = \n"
			}
			os.WriteFile(p, []byte(text), 0o644)
		}
		got, err := kept.Load(os.DirFS(dir), 0)
		if err != nil {
			t.Fatal(err)
		}
		want, err := Load(os.DirFS(dir), 0)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.Problems, want.Problems) || len(got.Files) != len(want.Files) {
			t.Fatalf("%d files, %d problems; want %d and %d", len(got.Files), len(got.Problems), len(want.Files), len(want.Problems))
		}
		for i, f := range want.Files {
			if g := got.Files[i]; g.Path != f.Path || string(g.Doc.Data) != string(f.Doc.Data) {
				t.Fatalf("%s is\n%s\nand should be %s\n%s", g.Path, g.Doc.Data, f.Path, f.Doc.Data)
			}
		}
	}
}

// A file at rest is not decoded again.
func TestKeptIsKept(t *testing.T) {
	dir := t.TempDir()
	p := filepath.Join(dir, "data/divisions/139921/dibao.toml")
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte("consult = \"0310-0000000\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(p, old, old); err != nil {
		t.Fatal(err)
	}
	var kept Kept
	load := func() *File {
		s, err := kept.Load(os.DirFS(dir), 0)
		if err != nil {
			t.Fatal(err)
		}
		return s.Files[0]
	}
	if first := load(); first != load() {
		t.Error("a file nobody touched was decoded twice")
	}
}
