package quality

import (
	"iter"
	"math/bits"
	"slices"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
)

// Places are some places of the catalog. Groups of the same places share one value; nil is no place.
type Places struct {
	catalog []*catalog.Division
	in      []uint64 // a bit for each place of the catalog
	n       int
}

// Len is how many places there are.
func (p *Places) Len() int {
	if p == nil {
		return 0
	}
	return p.n
}

// All gives the places in the order of the catalog.
func (p *Places) All() iter.Seq[*catalog.Division] {
	return func(yield func(*catalog.Division) bool) {
		if p == nil {
			return
		}
		for i, word := range p.in {
			for ; word != 0; word &= word - 1 {
				if !yield(p.catalog[64*i+bits.TrailingZeros64(word)]) {
					return
				}
			}
		}
	}
}

// placeSets keeps one copy of the same places: most groups are of all places of a level, or of those that say the same of several metrics.
type placeSets struct {
	mu   sync.Mutex
	kept map[output.Stamp]*Places
	hash output.Hasher
}

// of returns some places of a catalog, of which there is a bit for each.
func (s *placeSets) of(all []*catalog.Division, in []uint64) *Places {
	n := 0
	for _, word := range in {
		n += bits.OnesCount64(word)
	}
	if n == 0 {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hash.Reset()
	for _, word := range in {
		s.hash.Int(int(word))
	}
	print := s.hash.Sum()
	known := s.kept[print]
	if known == nil {
		if s.kept == nil {
			s.kept = map[output.Stamp]*Places{}
		}
		known = &Places{all, slices.Clone(in), n}
		s.kept[print] = known
	}
	return known
}
