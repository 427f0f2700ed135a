package site

import (
	"slices"

	"banshi/generator/internal/record"
)

// Releases are the immutable releases in the register, newest first: along the chain, then by day what the chain does not reach.
func (s *Site) Releases() []*record.Release {
	if s.Catalog.Source == nil {
		return nil
	}
	byID, previous := map[string]*record.Release{}, map[string]bool{}
	var all []*record.Release
	for _, f := range s.Catalog.Source.Files {
		if r, ok := f.Record.(*record.Release); ok {
			all = append(all, r)
			byID[r.ID], previous[r.Previous] = r, true
		}
	}
	slices.SortStableFunc(all, func(a, b *record.Release) int { return int(b.Date) - int(a.Date) })
	out := make([]*record.Release, 0, len(all))
	taken := map[*record.Release]bool{}
	for _, head := range all {
		for r := head; r != nil && !taken[r] && (r != head || !previous[r.ID]); r = byID[r.Previous] {
			taken[r] = true
			out = append(out, r)
		}
	}
	for _, r := range all {
		if !taken[r] { // a ring, which is nobody's head
			out = append(out, r)
		}
	}
	return out
}
