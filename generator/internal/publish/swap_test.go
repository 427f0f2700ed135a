//go:build linux

package publish

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// release and note are files in the folder that publish did not make.
const (
	release = "data/releases/2026-11-22-3f9a0c1/manifest.json"
	note    = ".gitignore"
)

func hold(t *testing.T, dir string) *Held {
	t.Helper()
	h, err := Hold(context.Background(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func rollback(t *testing.T, dir string) error {
	t.Helper()
	h := hold(t, dir)
	defer h.Close()
	_, err := h.Rollback()
	return err
}

// The new site comes in one exchange, what did not change is not written, others' files stay, and the site before can be had back, and
// forward again.
func TestSwapAndRollback(t *testing.T) {
	dir := filepath.Join(fastDir(t), "public")
	swap := Options{Version: "v1", Swap: true}
	if r := mustPublish(t, dir, county, swap); r.Written != len(county) {
		t.Errorf("first: %+v", r)
	}
	if isThere(dir + previousSuffix) {
		t.Error("an empty folder was kept as the site before")
	}
	if err := rollback(t, dir); err == nil || !strings.Contains(err.Error(), "no site before") {
		t.Errorf("nothing to go back to: %v", err)
	}
	others := site{note: "*\n", release: "{}"}
	write(t, dir, others)
	age(t, dir)
	next := county.with(site{"index.html": "新首页", "130732/index.html": gone, "130733/index.html": "<h1>沽源县</h1>"})
	if r := mustPublish(t, dir, next, swap); r.Written != 2 || r.Removed != 1 || r.Kept != len(next)-2 {
		t.Errorf("second: %+v", r)
	}
	checkTree(t, dir, next.with(others))
	if got, want := touched(t, dir), []string{"130733/index.html", "index.html"}; !slices.Equal(got, want) {
		t.Errorf("written: %q", got)
	}
	checkTree(t, dir+previousSuffix, county.with(others))

	mustPublish(t, dir, next, swap)
	checkTree(t, dir+previousSuffix, county.with(others)) // the same again is no site before

	later := site{"data/releases/2026-12-01-0123456/manifest.json": "{}"}
	write(t, dir, later)
	for _, want := range []site{county, next, county} {
		if err := rollback(t, dir); err != nil {
			t.Fatal(err)
		}
		checkTree(t, dir, want.with(others).with(later))
	}
	mustPublish(t, dir, next, Options{Version: "v1"}) // in place, on a tree that shares files with another
	checkTree(t, dir, next.with(others).with(later))
	checkTree(t, dir+previousSuffix, next.with(others).with(later))
}

// Where the folder is a symbolic link, what it leads to is exchanged, and the link stays.
func TestSwapBehindALink(t *testing.T) {
	base := fastDir(t)
	dir, link := filepath.Join(base, "srv"), filepath.Join(base, "public")
	if err := errors.Join(os.Mkdir(dir, 0o750), os.Symlink(dir, link)); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, link, county, Options{Swap: true})
	mustPublish(t, link, county.with(site{"index.html": "新首页"}), Options{Swap: true})
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o750 {
		t.Errorf("permissions: %v, %v", info, err)
	}
	checkTree(t, dir+previousSuffix, county)
}

// While whole trees are prepared and exchanged the folder is one publish's alone, and so it is for one that waits.
func TestSwapIsLocked(t *testing.T) {
	dir := filepath.Join(fastDir(t), "public")
	mustPublish(t, dir, county, Options{Swap: true})
	h := hold(t, dir)
	for _, s := range []site{county.with(site{"index.html": "二"}), county.with(site{"index.html": "三"})} {
		if _, err := h.Publish(s.files(), Options{Swap: true}); err != nil {
			t.Fatal(err)
		}
		if _, err := Publish(dir, county.files(), Options{}); !errors.Is(err, errBusy) {
			t.Errorf("another may publish: %v", err)
		}
	}
	told := make(chan error, 1)
	done := make(chan error, 1)
	go func() {
		h, err := Hold(context.Background(), dir, func(err error) error { told <- err; return nil })
		if err == nil && !h.Waited {
			err = errors.New("did not wait")
		}
		if err == nil {
			defer h.Close()
			_, err = h.Publish(county.files(), Options{})
		}
		done <- err
	}()
	if err := <-told; !errors.Is(err, errBusy) {
		t.Errorf("told: %v", err)
	}
	h.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
	checkTree(t, dir, county)
}
