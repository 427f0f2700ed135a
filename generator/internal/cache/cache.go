// Package cache writes the files that a site keeps from one run to the next. Its folder may be deleted at any time, so what cannot be written is
// not kept, and that is no failure. A file comes into place whole or not at all; two programs may write one at the same time.
package cache

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// half is how the name of a file ends that is being written.
const half = ".tmp"

// File is a file that is being written.
type File struct {
	*os.File
	path string // where it belongs
}

// Create begins a file of a cache, by its path in the folder of the cache, which is made, and kept out of git. The file must be ended by
// [File.Discard], before which [File.Keep] puts it in place.
func Create(dir, path string) (*File, error) {
	path = filepath.Join(dir, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("*\n"), 0o644); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+"-*"+half)
	if err != nil {
		return nil, err
	}
	return &File{f, path}, nil
}

// Keep puts the file in place of the one before.
func (f *File) Keep() {
	if f.Close() == nil {
		os.Rename(f.Name(), f.path)
	}
}

// Discard removes what was not kept.
func (f *File) Discard() {
	f.Close()
	os.Remove(f.Name()) // after Keep there is nothing left to remove
}

// unfinished is how long a file may be written; one that is older was left by a program that was killed.
const unfinished = 24 * time.Hour

// Tidy removes from the folder of a cache what killed programs left half written. Another program may be writing there.
func Tidy(dir string) {
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, half) {
			return nil // what cannot be looked at stays
		}
		if info, err := d.Info(); err == nil && time.Since(info.ModTime()) > unfinished {
			os.Remove(path)
		}
		return nil
	})
}
