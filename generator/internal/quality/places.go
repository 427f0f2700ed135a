package quality

import (
	"encoding/binary"
	"math/bits"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
)

// placeSets keeps one copy of each list of places: most groups are of all places of a level, or of those that say the same of several
// metrics.
type placeSets struct {
	mu   sync.Mutex
	kept map[output.Stamp][]*catalog.Division
}

// of returns the list of some of the places, of which there is a bit for each.
func (s *placeSets) of(all []*catalog.Division, in []uint64) []*catalog.Division {
	var buf [512]byte
	key := buf[:0]
	n := 0
	for _, word := range in {
		key = binary.LittleEndian.AppendUint64(key, word)
		n += bits.OnesCount64(word)
	}
	var h output.Hasher
	h.Bytes(key)
	print := h.Sum()
	s.mu.Lock()
	defer s.mu.Unlock()
	list, known := s.kept[print]
	if !known {
		list = make([]*catalog.Division, 0, n)
		for i, word := range in {
			for ; word != 0; word &= word - 1 {
				list = append(list, all[64*i+bits.TrailingZeros64(word)])
			}
		}
		if s.kept == nil {
			s.kept = map[output.Stamp][]*catalog.Division{}
		}
		s.kept[print] = list
	}
	return list
}
