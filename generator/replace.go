package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/legality"
	"banshi/generator/internal/tomlfile"
)

// overlay is a site with some files as they would be.
type overlay struct {
	fs.FS
	texts map[string][]byte
}

// ReadFile returns the text that a file would have.
func (o overlay) ReadFile(name string) ([]byte, error) {
	if text, ok := o.texts[name]; ok {
		return text, nil
	}
	return fs.ReadFile(o.FS, name)
}

// answered returns the texts of the records with the opinions in them, by path; those that say so already are left out.
func answered(answers []legality.Answer) (map[string][]byte, error) {
	out := map[string][]byte{}
	for _, a := range answers {
		kind := a.File.Kind
		text, err := tomlfile.Edit(a.File.Doc.Data, func(path []string) []string { return keyOrder(kind, path) }, a.Change())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.File.Path, err)
		}
		if !bytes.Equal(text, a.File.Doc.Data) {
			out[a.File.Path] = text
		}
	}
	return out, nil
}

// replaceRecords writes the texts of records, all or none: first each beside its place, then all into place. If one cannot be put in
// place, those before it get their old text back.
func replaceRecords(site string, texts map[string][]byte) (err error) {
	type move struct{ temporary, file string }
	var moves []move
	defer func() {
		for _, m := range moves {
			os.Remove(m.temporary) // what was moved is gone already
		}
	}()
	old := map[string][]byte{}
	for _, p := range slices.Sorted(maps.Keys(texts)) {
		if !filepath.IsLocal(filepath.FromSlash(p)) || !strings.HasPrefix(p, catalog.DataDir+"/") {
			return fmt.Errorf("%s 不在 data/ 里 / is not in data/", p)
		}
		file := filepath.Join(site, filepath.FromSlash(p))
		if old[file], err = os.ReadFile(file); err != nil {
			return err
		}
		info, err := os.Lstat(file)
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%s 不是普通文件 / is no regular file", file)
		}
		t, err := os.CreateTemp(filepath.Dir(file), ".banshi-*")
		if err != nil {
			return err
		}
		moves = append(moves, move{t.Name(), file})
		_, err = t.Write(texts[p])
		err = errors.Join(err, t.Chmod(info.Mode().Perm()), t.Sync(), t.Close())
		if err != nil {
			return err
		}
	}
	for i, m := range moves {
		if err = os.Rename(m.temporary, m.file); err != nil {
			for _, done := range moves[:i] {
				err = errors.Join(err, os.WriteFile(done.file, old[done.file], 0o644))
			}
			return err
		}
	}
	return nil
}
