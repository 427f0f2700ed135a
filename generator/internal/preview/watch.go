package preview

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// silence is how long nothing must have changed before the site is loaded: an editor that saves touches a file several times
	// in a few milliseconds, and git a thousand files one after the other.
	silence = 25 * time.Millisecond
	// patience is how long changes may go on without silence before the site is loaded all the same.
	patience = time.Second
)

// watchedFolders and siteFile are what a site is made from.
var watchedFolders = []string{"data", "content", "themes"}

const siteFile = "site.toml"

// watch calls changed after every change of the site in dir, until ctx ends; the group is done then. Folders that appear are
// watched too. What cannot be watched is told to warn and passed over.
func watch(ctx context.Context, dir string, changed func(), warn func(error)) (*sync.WaitGroup, error) {
	fw, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watcher{Watcher: fw, dir: filepath.Clean(dir), warn: warn}
	// The root itself is watched for site.toml, which editors replace by another file, and for folders that appear.
	if err := fw.Add(w.dir); err != nil {
		return nil, errors.Join(err, fw.Close())
	}
	for _, folder := range watchedFolders {
		w.addTree(filepath.Join(w.dir, folder))
	}
	done := new(sync.WaitGroup)
	done.Go(func() {
		defer fw.Close()
		w.run(ctx, changed)
	})
	return done, nil
}

type watcher struct {
	*fsnotify.Watcher
	dir  string
	warn func(error)
}

// addTree watches a folder and all below it.
func (w *watcher) addTree(root string) {
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // gone again, or a site without articles
			return nil
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case p != root && ignored(d.Name()):
			return fs.SkipDir
		}
		if err := w.Add(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
	if err != nil {
		w.warn(err)
	}
}

// run waits for changes and for silence after them.
func (w *watcher) run(ctx context.Context, changed func()) {
	quiet := time.NewTimer(silence)
	quiet.Stop()
	var since time.Time // the first change that was not loaded yet
	wait := func() {
		if since.IsZero() {
			since = time.Now()
		}
		quiet.Reset(max(0, min(silence, patience-time.Since(since))))
	}
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-w.Events:
			if !ok {
				return
			}
			if w.matters(e) {
				wait()
			}
		case err, ok := <-w.Errors:
			if !ok {
				return
			}
			// Too many events at once: which ones is not known, so everything is looked at.
			w.warn(err)
			for _, folder := range watchedFolders {
				w.addTree(filepath.Join(w.dir, folder))
			}
			wait()
		case <-quiet.C:
			since = time.Time{}
			changed()
		}
	}
}

// matters reports whether an event changes the site; a folder that appeared is watched from now on.
func (w *watcher) matters(e fsnotify.Event) bool {
	rel, err := filepath.Rel(w.dir, e.Name)
	if err != nil || e.Op == fsnotify.Chmod {
		return false
	}
	parts := strings.Split(rel, string(filepath.Separator))
	for _, p := range parts {
		if ignored(p) {
			return false
		}
	}
	if !inSite(parts) {
		return false
	}
	if e.Has(fsnotify.Create) {
		if info, err := os.Lstat(e.Name); err == nil && info.IsDir() {
			w.addTree(e.Name)
		}
	}
	return true
}

func inSite(parts []string) bool {
	if len(parts) == 1 && parts[0] == siteFile {
		return true
	}
	for _, folder := range watchedFolders {
		if parts[0] == folder {
			return true
		}
	}
	return false
}

// ignored reports whether a name is what editors and systems leave beside the files one edits.
func ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "#") || strings.HasSuffix(name, "~") ||
		strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".tmp") || name == "4913" // the last is vim's
}
