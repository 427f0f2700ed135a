package main

import (
	"context"
	"fmt"
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/config"
	"banshi/generator/internal/record"
	"banshi/generator/internal/review"
	"banshi/generator/internal/site"
)

// held returns what decides which records the plain site must not show: drafts, and those that lack what [publish] demands.
func held(c *config.Config) func(*catalog.File) bool {
	policy := review.PolicyOf(c)
	return func(f *catalog.File) bool {
		return policy.Held(review.Subject{Kind: f.Kind, From: f.From, Value: f.Record})
	}
}

// shown is the records that a site is made of: without those that are held, or in a draft site with them as if they held already.
func shown(s *catalog.Source, c *config.Config, draft bool) *catalog.Source {
	if draft {
		return s.Proposed(held(c))
	}
	return s.Plain(held(c))
}

// consult makes a site the one that drafts are put to comment with: it says so on every page, and has its own address where
// site.toml names one.
func (l *library) consult(in *site.Input) {
	in.Consultation = true
	if to := l.config.Consultation.URL; to != "" && to != l.config.BaseURL {
		c := *l.config
		in.Published, c.BaseURL = c.BaseURL, to
		in.Config = &c
	}
}

// proposed is what a draft site would change: of what is published now, or of what a revision published.
func (l *library) proposed(ctx context.Context, against string) ([]*changes.Entry, error) {
	was := l.source
	if against != "" {
		tree, err := l.repo.FS(ctx, against, catalog.DataDir)
		if err != nil {
			return nil, err
		}
		if was, err = catalog.Load(tree, l.asOf); err != nil {
			return nil, err
		}
	}
	plain := was.Plain(held(l.config))
	if plain == l.catalog.Source {
		return nil, nil
	}
	out := changes.Diff(plain.Now(), l.catalog.Source.Now(), changes.Options{AsOf: l.asOf, Draft: true})
	changes.Count(out, l.catalog)
	return slices.DeleteFunc(out, onlyDraft), nil
}

// onlyDraft takes what says that the record is a draft out of an entry, which the page says anyway, and reports whether nothing is
// left of a change.
func onlyDraft(e *changes.Entry) bool {
	some := len(e.Fields) > 0
	e.Fields = slices.DeleteFunc(e.Fields, func(f changes.Field) bool { return f.Key == "status" && f.New == record.StatusDraft })
	return some && len(e.Fields) == 0
}

// resolveAgainst returns the commit that a revision names, "" for none.
func (l *library) resolveAgainst(rev string) (string, error) {
	if rev == "" {
		return "", nil
	}
	if l.repo == nil {
		return "", l.noGit
	}
	c, err := l.repo.Commit(context.Background(), rev)
	return c.Hash, err
}

// withoutHeld makes the changes of the past those of the plain site too: what was held back was not published.
func withoutHeld(o changes.Options, c *config.Config) changes.Options {
	if o.Draft {
		return o
	}
	o.Held, o.HeldBy = held(c), fmt.Sprint(review.PolicyOf(c))
	return o
}
