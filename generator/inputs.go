package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"banshi/generator/internal/config"
	"banshi/generator/internal/output"
)

// inputDirs are the folders a site is made from, beside site.toml.
var inputDirs = []string{"content", "data", "themes"}

// identify returns which program makes a build, and a stamp of everything it is made from: settings, the day, the commit, and every
// byte of the site's files. In a folder with the same of both there is nothing to do.
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
	if err := hashSite(&h, l.fsys); err != nil {
		return "", inputs, err
	}
	program, err = programID()
	return program, h.Sum(), err
}

// programID is the version and a hash of the program itself, so that one built from changed code never trusts another's stamps.
var programID = sync.OnceValues(func() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return version + " " + hex.EncodeToString(sum[:8]), nil
})

// hashSite adds the path and content of every file of a site, in order. Files are read on all processors.
func hashSite(h *output.Hasher, site fs.FS) error {
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
			return err
		}
	}
	slices.Sort(paths)
	sums, errs := make([][sha256.Size]byte, len(paths)), make([]error, runtime.GOMAXPROCS(0))
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range errs {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(paths) && errs[w] == nil; i = int(next.Add(1)) - 1 {
				data, err := fs.ReadFile(site, paths[i])
				sums[i], errs[w] = sha256.Sum256(data), err
			}
		})
	}
	wg.Wait()
	for i, p := range paths {
		h.String(p)
		h.Bytes(sums[i][:])
	}
	return errors.Join(errs...)
}
