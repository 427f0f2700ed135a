package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/cespare/xxhash/v2"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/output"
)

// inputDirs are the folders a site is made from, beside site.toml.
var inputDirs = []string{"content", "data", "themes"}

// identify returns which program makes a build, and a stamp of everything it is made from: settings, the day, the commit, and every
// byte of the site's files. In a folder with the same of both there is nothing to do; else the records are loaded from the bytes that were
// stamped.
func (b *buildFlags) identify(g *global, l *library) (program string, inputs output.Stamp, err error) {
	var h output.Hasher
	against, err := l.resolveAgainst(b.against)
	if err != nil {
		return "", inputs, err
	}
	for _, s := range []string{l.asOf.String(), l.head.Hash, b.only, against} {
		h.String(s)
	}
	h.Bool(g.draft)
	h.Bool(b.compress)
	h.Bool(b.noHistory || l.noGit != nil)
	var programErr error
	var wg sync.WaitGroup
	wg.Go(func() { program, programErr = programID() })
	texts, err := hashSite(&h, l.fsys)
	wg.Wait()
	l.fsys = &readOnce{FS: l.fsys, texts: texts}
	return program, h.Sum(), errors.Join(err, programErr)
}

// readOnce is a site of which some files are in memory: each is handed out once, and from then on read from where it lies.
type readOnce struct {
	fs.FS
	mu    sync.Mutex
	texts map[string][]byte
}

// ReadFile is for [fs.ReadFile].
func (r *readOnce) ReadFile(name string) ([]byte, error) {
	r.mu.Lock()
	text, ok := r.texts[name]
	delete(r.texts, name)
	if len(r.texts) == 0 {
		r.texts = nil // with the room that the map has
	}
	r.mu.Unlock()
	if ok {
		return text, nil
	}
	return fs.ReadFile(r.FS, name)
}

// programID is the version and a hash of the program itself, so that one built from changed code never trusts another's stamps. It need not
// withstand attackers: who can put another program there needs none. SHA-256 of sixty megabytes was a fifth of building a small site.
var programID = sync.OnceValues(func() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := xxhash.New()
	if _, err := io.CopyBuffer(sum, struct{ io.Reader }{f}, make([]byte, 1<<20)); err != nil { // a file's own way is by 32 KB
		return "", err
	}
	return fmt.Sprintf("%s %016x", version, sum.Sum64()), nil
})

// hashSite adds the path and content of every file of a site, in order, and returns the contents of the records by path. Files are read on
// all processors.
func hashSite(h *output.Hasher, site fs.FS) (records map[string][]byte, err error) {
	paths := []string{config.File}
	for _, dir := range inputDirs {
		err := fs.WalkDir(site, dir, func(p string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) && p == dir {
				return nil
			}
			if err == nil && d.Type().IsRegular() && !strings.HasPrefix(d.Name(), ".") {
				paths = append(paths, p)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(paths)
	texts := make([][]byte, len(paths))
	sums, errs := make([][sha256.Size]byte, len(paths)), make([]error, runtime.GOMAXPROCS(0))
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range errs {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(paths) && errs[w] == nil; i = int(next.Add(1)) - 1 {
				data, err := fs.ReadFile(site, paths[i])
				sums[i], errs[w] = sha256.Sum256(data), err
				if strings.HasPrefix(paths[i], catalog.DataDir+"/") && strings.HasSuffix(paths[i], ".toml") {
					texts[i] = data
				}
			}
		})
	}
	wg.Wait()
	records = make(map[string][]byte, len(paths))
	for i, p := range paths {
		h.String(p)
		h.Bytes(sums[i][:])
		if texts[i] != nil {
			records[p] = texts[i]
		}
	}
	return records, errors.Join(errs...)
}
