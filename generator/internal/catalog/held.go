package catalog

import "slices"

// Plain returns the Source without the records that are held: the version before them, where there is one, stays in force. It
// returns s itself where nothing is held. What decoding found is said of both.
func (s *Source) Plain(held func(*File) bool) *Source {
	all := s.everything()
	left := slices.DeleteFunc(slices.Clone(all), held)
	if len(left) == len(all) {
		return s
	}
	out := NewSource(left, s.AsOf)
	out.Problems = s.Problems
	return out
}

// Proposed returns the Source with the held records in force already, also those that are written ahead: what the draft site
// shows. Of several held versions of a record the last counts. It returns s itself where nothing changes by it.
func (s *Source) Proposed(held func(*File) bool) *Source {
	if !slices.ContainsFunc(s.Future, held) {
		return s
	}
	out := &Source{AsOf: s.AsOf, Problems: s.Problems, byPath: make(map[string]*File, len(s.byPath))}
	out.pick(s.everything(), held)
	return out
}

// everything is all files of all versions, sorted by path within Files, Superseded and Future.
func (s *Source) everything() []*File { return slices.Concat(s.Files, s.Superseded, s.Future) }
