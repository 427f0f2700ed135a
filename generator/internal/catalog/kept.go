package catalog

import (
	"errors"
	"io/fs"
	"time"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// Kept is decoded records that are taken again while their files rest, so that a preview reads only what somebody writes. The
// zero value keeps nothing yet. It is used by one goroutine.
type Kept struct {
	files map[string]kept
}

type kept struct {
	look     look
	file     *File
	problems []diag.Problem
}

// look is what a folder says of a file. A file whose look is the same has the same content, if it was at rest when it was read.
type look struct {
	size    int64
	changed time.Time
	rested  bool
}

// rest is how long a file must not have been written to before its look says what is in it: the clocks of file systems tick in
// up to two seconds (FAT), and in one tick a file may be written twice.
const rest = 2 * time.Second

// Load is the function [Load] for a site that is read again and again.
func (k *Kept) Load(site fs.FS, asOf record.Date) (*Source, error) {
	found, strays, err := entries(site)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	all, errs := make([]kept, len(found)), make([]error, len(found))
	parallel(len(found), func(i int) { all[i], errs[i] = k.read(site, found[i], now) })
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	k.files = make(map[string]kept, len(all))
	files := make([]*File, len(all))
	for i, f := range all {
		k.files[found[i].path], files[i] = f, f.file
	}
	s := NewSource(files, asOf)
	s.Strays = strays
	for _, f := range all {
		s.Problems = append(s.Problems, f.problems...)
	}
	return s, nil
}

// read returns a file as it was kept, or reads and decodes it. A file that is gone since its folder was read is nothing.
func (k *Kept) read(site fs.FS, e entry, now time.Time) (kept, error) {
	info, err := e.Info()
	if errors.Is(err, fs.ErrNotExist) {
		return kept{}, nil
	}
	if err != nil {
		return kept{}, err
	}
	seen := look{info.Size(), info.ModTime(), e.Type().IsRegular() && now.Sub(info.ModTime()) > rest}
	if old, ok := k.files[e.path]; ok && seen.rested && old.look == seen {
		return old, nil
	}
	data, err := fs.ReadFile(site, e.path)
	if errors.Is(err, fs.ErrNotExist) {
		return kept{}, nil
	}
	if err != nil {
		return kept{}, err
	}
	f := kept{look: seen}
	f.file, f.problems = Decode(e.path, data)
	return f, nil
}
