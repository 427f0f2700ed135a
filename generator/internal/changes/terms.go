package changes

import (
	"sync"

	"banshi/generator/internal/catalog"
)

// Teller tells in words how the terms of one library differ from each other: what a place says otherwise than the standard.
// It only reads the library, so that it may be asked from several goroutines.
type Teller struct {
	names state
	mu    sync.Mutex
	told  map[*catalog.Terms][]Field // by Guide
}

// NewTeller returns a Teller that takes names (of materials, laws, documents …) from a library.
func NewTeller(s *catalog.Source) *Teller {
	return &Teller{names: state{newSources(everything(s)), s.AsOf}, told: map[*catalog.Terms][]Field{}}
}

// Terms returns what differs between two terms of one procedure, in the order of the second, then what only the first has. Names
// of bodies and halls are those of the place; nil names none. Keys that the caller has no use for are passed over. A Field has Words where
// it is better or worse.
func (t *Teller) Terms(from, to *catalog.Terms, place *catalog.Division, without ...string) []Field {
	if from == to {
		return nil
	}
	old, now := flattenBeside(to, from, place, t.names, without), flattenBeside(from, to, place, t.names, without)
	defer old.free()
	defer now.free()
	return compared(old, now, false)
}

// ownAffairs are what every place has its own of: bodies, windows, phones, addresses, questions.
var ownAffairs = []string{"places", "phones", "org", "faq", "handling_unit", "official_url", "progress"}

// Place returns what differs between the standard and the terms of a place, but for what every place has its own of, as Terms does.
func (t *Teller) Place(standard, terms *catalog.Terms, place *catalog.Division) []Field {
	return t.Terms(standard, terms, place, ownAffairs...)
}

// Guide is Place for the terms of guides, which two ask for, supervision and pages of comparison: the answer is kept for the second, and both must
// leave it as it is. The place is the first that has the terms.
func (t *Teller) Guide(standard, terms *catalog.Terms, place *catalog.Division) []Field {
	if terms == standard {
		return nil
	}
	t.mu.Lock()
	fields, known := t.told[terms]
	delete(t.told, terms)
	t.mu.Unlock()
	if known {
		return fields
	}
	fields = t.Place(standard, terms, place)
	t.mu.Lock()
	t.told[terms] = fields
	t.mu.Unlock()
	return fields
}

// Forget lets go what Guide keeps.
func (t *Teller) Forget() {
	t.mu.Lock()
	clear(t.told)
	t.mu.Unlock()
}
