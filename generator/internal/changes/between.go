package changes

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/history"
)

// Between returns what people see change from one state of the records to another: two revisions, or a revision and the
// working tree (an empty to with the site's files). Worse changes come first, then better ones, then the rest. The problems are
// those of reading the newer state: what is written there in a way that nobody can read is not compared.
func Between(ctx context.Context, repo *history.Repo, from, to string, tree fs.FS, o Options) ([]*Entry, []diag.Problem, error) {
	old, err := repo.FS(ctx, from, catalog.DataDir)
	if err != nil {
		return nil, nil, err
	}
	if to != "" {
		if tree, err = repo.FS(ctx, to, catalog.DataDir); err != nil {
			return nil, nil, err
		}
	}
	now, err := load(tree, o, nil)
	if err != nil {
		return nil, nil, err
	}
	was, err := load(old, o, now)
	if err != nil {
		return nil, nil, err
	}
	out := diff(was, now, o, unreadable(now.Problems))
	Count(out, catalog.Resolve(now, catalog.Options{Draft: o.Draft}))
	return out, now.Problems, nil
}

// load reads the records of a state; a state from before the first record is empty. What is byte for byte the same in known is
// taken from there.
func load(tree fs.FS, o Options, known *catalog.Source) (*catalog.Source, error) {
	if _, err := fs.Stat(tree, catalog.DataDir); errors.Is(err, fs.ErrNotExist) {
		return catalog.NewSource(nil, o.AsOf), nil
	}
	if known == nil {
		return catalog.Load(tree, o.AsOf)
	}
	return catalog.Reload(tree, o.AsOf, catalog.DecodeBeside(everything(known)))
}

func everything(s *catalog.Source) []*catalog.File {
	return slices.Concat(s.Files, s.Superseded, s.Future)
}

// unreadable returns the files of which some value cannot be read: half a record would tell changes that nobody made. A key
// that is not known hurts none of the others.
func unreadable(problems []diag.Problem) map[string]bool {
	out := map[string]bool{}
	for _, p := range problems {
		if p.Severity == diag.Error && p.Rule != "unknown-key" && p.Rule != "path" {
			out[p.Position.File] = true
		}
	}
	return out
}

// Diff returns what people see change between two Sources on the day of the newer one.
func Diff(was, now *catalog.Source, o Options) []*Entry { return diff(was, now, o, nil) }

// diff leaves some files out.
func diff(was, now *catalog.Source, o Options, without map[string]bool) []*Entry {
	before, after := newSources(everything(was)), newSources(everything(now))
	var paths []string
	for p, f := range before.byPath {
		if !same(f, after.byPath[p]) {
			paths = append(paths, p)
		}
	}
	for p := range after.byPath {
		if before.byPath[p] == nil {
			paths = append(paths, p)
		}
	}
	paths = slices.DeleteFunc(paths, func(p string) bool { return without[p] })
	x := &comparison{old: state{before, o.AsOf}, now: state{after, o.AsOf}, draft: o.Draft}
	out := merge(x.entries(paths))
	slices.SortStableFunc(out, func(a, b *Entry) int { return urgency(a) - urgency(b) })
	return out
}

// urgency orders entries for a reviewer: worse for citizens, then better, then neither.
func urgency(e *Entry) int {
	return slices.Index([]Direction{Worse, Better, Same}, e.Direction())
}
