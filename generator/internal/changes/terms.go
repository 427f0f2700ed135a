package changes

import "banshi/generator/internal/catalog"

// Teller tells in words how the terms of one library differ from each other: what a place says otherwise than the standard.
// It only reads the library, so that it may be asked from several goroutines.
type Teller struct{ names state }

// NewTeller returns a Teller that takes names (of materials, laws, documents …) from a library.
func NewTeller(s *catalog.Source) *Teller {
	return &Teller{state{newSources(everything(s)), s.AsOf}}
}

// Terms returns what differs between two terms of one procedure, in the order of the second, then what only the first has. Names
// of bodies and halls are those of the place; nil names none. Keys that the caller has no use for are passed over.
func (t *Teller) Terms(from, to *catalog.Terms, place *catalog.Division, without ...string) []Field {
	if from == to {
		return nil
	}
	return compare(flattenBeside(to, from, place, t.names, without), flattenBeside(from, to, place, t.names, without))
}
