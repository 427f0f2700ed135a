package cache

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(data)
}

// A file is in place when it is kept, and not before; what is not kept leaves nothing.
func TestKeep(t *testing.T) {
	dir := filepath.Join(t.TempDir(), ".cache")
	path := filepath.Join(dir, "trend", "2026.json")
	for _, keep := range []bool{false, true} {
		f, err := Create(dir, "trend/2026.json")
		if err != nil {
			t.Fatal(err)
		}
		f.WriteString("办件")
		if got := read(t, path); got != "" {
			t.Errorf("before it is kept the file says %q", got)
		}
		want := ""
		if keep {
			f.Keep()
			want = "办件"
		}
		f.Discard()
		if got := read(t, path); got != want {
			t.Errorf("keep %t: the file says %q, want %q", keep, got, want)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "trend", "*")); len(left) != 1 {
		t.Errorf("%v is left, want the file", left)
	}
	if read(t, filepath.Join(dir, ".gitignore")) != "*\n" {
		t.Error("git sees the cache")
	}
}

// What a killed program left half written goes; what another one is writing stays, and so does what is kept.
func TestTidy(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "trend"), 0o755); err != nil {
		t.Fatal(err)
	}
	files := map[string]struct {
		age  time.Duration
		goes bool
	}{
		"parsed-1.tmp": {2 * unfinished, true}, "trend/a.json-2.tmp": {2 * unfinished, true},
		"archive-3.tmp": {time.Minute, false}, "parsed": {2 * unfinished, false},
	}
	for name, f := range files {
		path, when := filepath.Join(dir, name), time.Now().Add(-f.age)
		if err := errors.Join(os.WriteFile(path, nil, 0o644), os.Chtimes(path, when, when)); err != nil {
			t.Fatal(err)
		}
	}
	Tidy(dir)
	for name, f := range files {
		if _, err := os.Stat(filepath.Join(dir, name)); errors.Is(err, os.ErrNotExist) != f.goes {
			t.Errorf("%s: want gone %t, got %v", name, f.goes, err)
		}
	}
}
