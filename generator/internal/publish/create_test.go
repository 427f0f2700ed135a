package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"banshi/generator/internal/output"
)

// rounds are two rounds of files, the second made of what came out of the first; inner is larger than the buffer of a writer.
func rounds() []func() ([]output.File, error) {
	inner := strings.Repeat("承诺 5 个工作日\n", 1<<13)
	size := 0
	return []func() ([]output.File, error){
		func() ([]output.File, error) {
			return []output.File{
				{Path: "guides.csv", Write: func(w io.Writer) error { n, err := io.WriteString(w, inner); size += n; return err }},
				{Path: "xlsx/130731.xlsx", Write: func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }},
			}, nil
		},
		func() ([]output.File, error) {
			if size != len(inner) {
				return nil, errors.New("asked for before the first round was written")
			}
			return []output.File{{Path: "manifest.json", Write: func(w io.Writer) error { _, err := io.WriteString(w, "{}"); return err }}}, nil
		},
	}
}

func inFolder(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != lockName {
			rel, _ := filepath.Rel(dir, p)
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return names
}

func TestCreate(t *testing.T) {
	dir := filepath.Join(fastDir(t), "data/releases", "2026-11-22-3f9a0c1")
	if err := Create(dir, rounds()...); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(inFolder(t, filepath.Dir(dir)), " "); got != "2026-11-22-3f9a0c1/guides.csv 2026-11-22-3f9a0c1/manifest.json 2026-11-22-3f9a0c1/xlsx/130731.xlsx" {
		t.Errorf("holds %s", got)
	}
	if err := Create(dir, rounds()...); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second time: %v", err)
	}
}

// TestCreateFails: whatever operation fails, and whether or not the machine stops with it, there is all of the folder or none of it, and
// the next try succeeds.
func TestCreateFails(t *testing.T) {
	const name = "2026-11-22-3f9a0c1"
	for _, dead := range []bool{false, true} {
		for n := 0; ; n++ {
			dir := fastDir(t)
			fault, done := failAt(n, dead)
			err := disk{dir, fault}.createFolder(name, rounds())
			if int(done.Load()) <= n { // n operations are all there are
				if err != nil || n < 10 {
					t.Fatalf("after %d operations: %v", n, err)
				}
				break
			}
			names := inFolder(t, filepath.Join(dir, name))
			if len(names) != 0 && len(names) != 3 {
				t.Errorf("operation %d: half of it is there: %q", n, names)
			}
			if err == nil {
				t.Errorf("operation %d failed and nobody says so", n)
			}
			if len(names) == 0 {
				if err := Create(filepath.Join(dir, name), rounds()...); err != nil {
					t.Errorf("after operation %d: %v", n, err)
				}
			}
			os.RemoveAll(dir)
		}
	}
}

func TestCreateRefuses(t *testing.T) {
	one := func(path string) func() ([]output.File, error) {
		return func() ([]output.File, error) {
			return []output.File{{Path: path, Write: func(io.Writer) error { return nil }}}, nil
		}
	}
	failing := func() ([]output.File, error) {
		return []output.File{{Path: "b.csv", Write: func(io.Writer) error { return errFault }}, {Path: "a.csv", Write: func(io.Writer) error { return errFault }}}, nil
	}
	for name, tt := range map[string]struct {
		rounds []func() ([]output.File, error)
		says   string
	}{
		"unsafe path":             {[]func() ([]output.File, error){one("../x.csv")}, "../x.csv"},
		"same path in two rounds": {[]func() ([]output.File, error){one("a.csv"), one("a.csv")}, "a.csv"},
		"writes that fail":        {[]func() ([]output.File, error){failing}, "a.csv: "},
	} {
		dir := filepath.Join(fastDir(t), "r")
		err := Create(dir, tt.rounds...)
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v", name, err)
		}
		if names := inFolder(t, filepath.Dir(dir)); len(names) > 0 {
			t.Errorf("%s: left %q", name, names)
		}
	}
}
