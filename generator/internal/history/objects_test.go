package history

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
)

// Blobs come in any order, from several goroutines, as often as they are asked for; what is no blob is an error and ends the
// process with its reason.
func TestObjects(t *testing.T) {
	s := newSandbox(t)
	for i := range 20 {
		s.write(fmt.Sprintf("data/%d.toml", i), strings.Repeat("x", i*1000))
	}
	commit := s.commit("files")
	r := s.open()
	tree, err := r.Tree(t.Context(), "HEAD", "data")
	if err != nil || len(tree) != 20 {
		t.Fatalf("%d files, %v", len(tree), err)
	}
	o := r.Objects()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 20 {
				data, err := o.Get(tree[fmt.Sprintf("data/%d.toml", i)])
				if err != nil || len(data) != i*1000 {
					t.Errorf("file %d: %d bytes, %v", i, len(data), err)
				}
			}
		})
	}
	wg.Wait()
	if _, err := o.Get("HEAD\n" + commit); err == nil {
		t.Error("a question with a line break was asked")
	}
	if _, err := o.Get(commit); err == nil || !strings.Contains(err.Error(), "git answers") {
		t.Errorf("a commit is no blob: %v", err)
	}
	if _, err := o.Get(tree["data/1.toml"]); err == nil {
		t.Error("after a failure the process must not be trusted")
	}
	o = r.Objects()
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Get(tree["data/1.toml"]); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
	o = r.Objects()
	if _, err := o.Get(tree["data/1.toml"]); err != nil {
		t.Fatal(err)
	}
	r.Close()
	if _, err := o.Get(tree["data/2.toml"]); err == nil {
		t.Error("a closed repository still answers")
	}
	if _, err := r.Tree(t.Context(), "no-such-tag"); err == nil {
		t.Error("a tree of nothing")
	}
}
