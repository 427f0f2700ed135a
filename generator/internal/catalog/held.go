package catalog

import (
	"path"
	"slices"

	"banshi/generator/internal/record"
)

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
	return s.again(func(f *File) bool { return f.From > s.AsOf && !held(f) })
}

// Waiting returns the Source in which later versions that are held wait with those of the future, also when their day has come: what
// rules look at, so that a draft does not hide the record that holds. It returns s itself where nothing changes by it.
func (s *Source) Waiting(held func(*File) bool) *Source {
	if !slices.ContainsFunc(s.Files, func(f *File) bool { return f.From != 0 && held(f) }) {
		return s
	}
	return s.again(func(f *File) bool { return f.From > s.AsOf || f.From != 0 && held(f) })
}

// again sorts the files of s anew.
func (s *Source) again(waits func(*File) bool) *Source {
	out := &Source{AsOf: s.AsOf, Problems: s.Problems, byPath: make(map[string]*File, len(s.byPath))}
	out.pick(s.everything(), waits)
	return out
}

// Now returns the records in force alone, each at its path without a day: two such Sources compare record by record, whatever
// day their versions carry.
func (s *Source) Now() *Source {
	files := make([]*File, len(s.Files))
	for i, f := range s.Files {
		now := *f
		now.Path, now.From = path.Join(DataDir, record.Path(f.Kind, f.IDs...)), 0
		files[i] = &now
	}
	return NewSource(files, s.AsOf)
}

// everything is all files of all versions, sorted by path within Files, Superseded and Future.
func (s *Source) everything() []*File { return slices.Concat(s.Files, s.Superseded, s.Future) }
