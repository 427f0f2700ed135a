package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestSiteBeside(t *testing.T) {
	root := t.TempDir()
	put := func(folders ...string) {
		t.Helper()
		for _, f := range folders {
			if err := os.MkdirAll(filepath.Join(root, f), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(root, f, "site.toml"), nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	find := func(dir string) string {
		found, err := siteBeside(filepath.Join(root, dir))
		if err != nil {
			return err.Error()
		}
		rel, err := filepath.Rel(root, found)
		if err != nil {
			t.Fatal(err)
		}
		return rel
	}
	if err := os.MkdirAll(filepath.Join(root, "empty/program"), 0o755); err != nil {
		t.Fatal(err)
	}
	put("hebei", "two/a", "two/b", "one/site")
	if err := os.MkdirAll(filepath.Join(root, "hebei/bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]string{
		"hebei": "hebei", "hebei/bin": "hebei", "one": "one/site", "empty/program": "程序旁边没有站点", "two": "程序旁边有 2 个站点",
	} {
		if got := find(dir); !strings.HasPrefix(got, want) {
			t.Errorf("beside %s is %q, want %q", dir, got, want)
		}
	}
}

// A command line is never a double click; without a window system there is nobody to show a browser to.
func TestClicked(t *testing.T) {
	if clicked([]string{"check"}) {
		t.Error("a command is no double click")
	}
	if runtime.GOOS != "linux" {
		return
	}
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	if clicked(nil) {
		t.Error("nobody clicks where there is no window system")
	}
}

func TestStayTells(t *testing.T) {
	if runtime.GOOS == "linux" {
		t.Setenv("PATH", t.TempDir()) // no browser is opened
		t.Setenv("TMPDIR", t.TempDir())
	}
	var out bytes.Buffer
	stay(errors.New("程序旁边没有站点"), strings.NewReader("\n"), &out)
	if !strings.Contains(out.String(), "程序旁边没有站点") {
		t.Errorf("it says %q", out.String())
	}
	if runtime.GOOS == "linux" {
		pages, _ := filepath.Glob(filepath.Join(os.TempDir(), "banshi-*.html"))
		if len(pages) != 1 {
			t.Errorf("%d pages for somebody without a window", len(pages))
		}
	}
}
