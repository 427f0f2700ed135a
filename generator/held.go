package main

import (
	"fmt"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/config"
	"banshi/generator/internal/review"
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

// withoutHeld makes the changes of the past those of the plain site too: what was held back was not published.
func withoutHeld(o changes.Options, c *config.Config) changes.Options {
	if o.Draft {
		return o
	}
	o.Held, o.HeldBy = held(c), fmt.Sprint(review.PolicyOf(c))
	return o
}
