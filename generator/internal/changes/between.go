package changes

import (
	"context"
	"errors"
	"io/fs"
	"sort"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/history"
)

// Between returns what people see change from one state of the records to another: two revisions, or a revision and the
// working tree (a nil or empty to with the site's files). Worse changes come first, then better ones, then the rest.
func Between(ctx context.Context, repo *history.Repo, from, to string, tree fs.FS, o Options) ([]*Entry, error) {
	old, err := repo.FS(ctx, from, catalog.DataDir)
	if err != nil {
		return nil, err
	}
	if to != "" {
		if tree, err = repo.FS(ctx, to, catalog.DataDir); err != nil {
			return nil, err
		}
	}
	was, err := load(old, o)
	if err != nil {
		return nil, err
	}
	now, err := load(tree, o)
	if err != nil {
		return nil, err
	}
	out := Diff(was, now, o)
	Count(out, catalog.Resolve(now, catalog.Options{Draft: o.Draft}))
	return out, nil
}

// load reads the records of a state; a state from before the first record is empty.
func load(tree fs.FS, o Options) (*catalog.Source, error) {
	if _, err := fs.Stat(tree, catalog.DataDir); errors.Is(err, fs.ErrNotExist) {
		return catalog.NewSource(nil, o.AsOf), nil
	}
	return catalog.Load(tree, o.AsOf)
}

// Diff returns what people see change between two Sources.
func Diff(was, now *catalog.Source, o Options) []*Entry {
	r := &reader{state: byPath(now), o: o}
	old := map[string]*catalog.File{}
	before := byPath(was)
	var paths []string
	for p, f := range before {
		if !same(f, r.state[p]) {
			old[p] = f
			paths = append(paths, p)
		}
	}
	for p := range r.state {
		if before[p] == nil {
			old[p] = nil
			paths = append(paths, p)
		}
	}
	if len(paths) == 0 {
		return nil
	}
	sort.Strings(paths)
	out := r.compareStates(paths, old, o.AsOf)
	sort.SliceStable(out, func(i, j int) bool { return urgency(out[i]) < urgency(out[j]) })
	return out
}

// urgency orders entries for a reviewer: worse for citizens, then better, then neither.
func urgency(e *Entry) int {
	rank := 2
	for _, f := range e.Fields {
		switch f.Direction {
		case Worse:
			return 0
		case Better:
			rank = 1
		}
	}
	return rank
}

func byPath(s *catalog.Source) map[string]*catalog.File {
	out := make(map[string]*catalog.File, len(s.Files)+len(s.Future))
	for _, f := range s.Files {
		out[f.Path] = f
	}
	for _, f := range s.Future {
		out[f.Path] = f
	}
	return out
}
