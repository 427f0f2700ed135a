package main

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"

	"banshi/generator/internal/changes"
	"banshi/generator/internal/dump"
	"banshi/generator/internal/feed"
	"banshi/generator/internal/output"
	"banshi/generator/internal/page"
	"banshi/generator/internal/search"
	"banshi/generator/internal/site"
)

// derive makes what will be shown from the library and, unless told otherwise, its history. A draft site knows what it would change,
// also against another revision.
func (l *library) derive(ctx context.Context, noHistory bool, against string) (*site.Site, error) {
	in := site.Input{Config: l.config, Catalog: l.catalog, Articles: l.articles, Commit: l.head.Hash, Trend: l.trend, NoHistory: noHistory || l.noGit != nil}
	if !in.NoHistory {
		var err error
		if in.Past, in.Changes, err = l.past(ctx, ""); err != nil {
			return nil, err
		}
	}
	if l.catalog.Draft {
		l.consult(&in)
		var err error
		if in.Proposed, err = l.proposed(ctx, against); err != nil {
			return nil, err
		}
	}
	return site.Derive(in), nil
}

// cacheDir is the folder of a site that holds what may be deleted at any time.
const cacheDir = ".cache"

// past reads what changed in every published state up to a commit ("" is HEAD), newest first.
func (l *library) past(ctx context.Context, at string) (*changes.Past, []*changes.Entry, error) {
	program, err := programID()
	if err != nil {
		return nil, nil, err
	}
	past, err := changes.Open(ctx, l.repo, withoutHeld(changes.Options{
		At: at, Since: l.config.History.Since, AsOf: l.catalog.AsOf, Draft: l.catalog.Draft,
		Cache: &changes.Cache{Dir: filepath.Join(l.dir, cacheDir), Program: program},
	}, l.config))
	if err != nil {
		return nil, nil, err
	}
	entries, err := past.Entries(ctx)
	changes.Count(entries, l.catalog)
	return past, entries, err
}

// part makes the files of one part of a site.
type part = func(*site.Site) ([]output.File, error)

// others are the parts of a site beside its pages. The page about the data asks the first for sizes, so that it is told of it.
func (l *library) others(s *site.Site) ([]part, error) {
	program, err := programID()
	if err != nil {
		return nil, err
	}
	data := dump.New(s, &dump.Cache{Dir: filepath.Join(l.dir, cacheDir), Program: program})
	s.Downloads = data.Downloads
	return []part{func(*site.Site) ([]output.File, error) { return data.Files(), nil }, feed.Files, search.Files}, nil
}

// list lists the pages in the site's theme, and other parts.
func (l *library) list(s *site.Site, pages func(*site.Site, *page.Theme) ([]output.File, error), parts []part) ([]output.File, error) {
	theme, err := page.LoadTheme(l.fsys, l.config.Theme)
	if err != nil {
		return nil, err
	}
	themed := func(s *site.Site) ([]output.File, error) { return pages(s, theme) }
	return together(s, append(slices.Clone(parts), themed))
}

// together lists the files of several parts at once, and joins them in order. The site is only read.
func together(s *site.Site, parts []part) ([]output.File, error) {
	lists, errs := make([][]output.File, len(parts)), make([]error, len(parts))
	var wg sync.WaitGroup
	for i, part := range parts {
		wg.Go(func() { lists[i], errs[i] = part(s) })
	}
	wg.Wait()
	return slices.Concat(lists...), errors.Join(errs...)
}

// outputs is every file of the published site.
func outputs(l *library, s *site.Site, only string) ([]output.File, error) {
	var parts []part
	if only == "" {
		var err error
		if parts, err = l.others(s); err != nil {
			return nil, err
		}
	}
	return l.list(s, page.Files, parts)
}
